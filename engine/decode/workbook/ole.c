/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every number in the file is taken for a lie: sectors are asked for by a function that
   knows where the file ends, and chains end after as many as there are. */
#include "decode/workbook/ole.h"

#include "core/diag.h"
#include "decode/workbook/little.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_BYTES = 256 * 1024 * 1024, ENTRY = 128, HEADER = 512, NAME_LIMIT = 64 };
enum { END = 0xFFFFFFFE, NONE = 0xFFFFFFFF };

typedef struct container {
    const unsigned char *file;
    size_t n;
    size_t sector, mini; /* bytes */
    size_t n_sector;
    uint32_t cutoff;
    uint32_t *next; /* [n_sector] */
    uint32_t *next_mini;
    size_t n_mini;
    char *directory, *small; /* streams of their own */
    size_t n_directory, n_small;
} container;

/* A stream that is read out of chained pieces. */
typedef struct pieces {
    const unsigned char *from;
    size_t n_from, offset, size; /* piece k begins at offset + k * size */
    const uint32_t *next;
    size_t n_next;
} pieces;

bool rift_ole_begins(const unsigned char *start, size_t n)
{
    return n >= 8 && memcmp(start, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0;
}

static const unsigned char *piece_at(const pieces *at, uint32_t number)
{
    size_t start = at->offset + (size_t)number * at->size;
    return number < at->n_next && start + at->size <= at->n_from ? at->from + start
                                                                 : NULL;
}

/* The bytes of a chain, at most `most`; NULL where it leads astray, or no memory. */
static char *read_chain(const pieces *at, uint32_t first, size_t most, size_t *n,
                        bool *no_memory)
{
    size_t n_piece = 0;
    uint32_t number = first;
    for (; number < END && n_piece <= at->n_next && n_piece * at->size < most;
         number = at->next[number]) {
        if (!piece_at(at, number)) {
            return NULL;
        }
        n_piece++;
    }
    if (n_piece > at->n_next) {
        return NULL;
    }
    char *out = malloc(n_piece * at->size + 1);
    *no_memory = *no_memory || !out;
    number = first;
    for (size_t i = 0; out && i < n_piece; i++) {
        memcpy(out + i * at->size, piece_at(at, number), at->size);
        number = at->next[number];
    }
    *n = n_piece * at->size < most ? n_piece * at->size : most;
    return out;
}

/* Number of the k-th sector of the table of sectors: the first 109 stand in the header,
   the others in a chain. */
static bool read_table(container *at, bool *no_memory)
{
    size_t per = at->sector / 4, filled = 0, n_chain = 0;
    uint32_t chain = rift_little_32(at->file + 68);
    at->next = malloc(at->n_sector * sizeof *at->next + sizeof *at->next);
    if (!at->next) {
        *no_memory = true;
        return false;
    }
    memset(at->next, 0xFF, at->n_sector * sizeof *at->next);
    const unsigned char *list = at->file + 76;
    size_t n_list = 109;
    while (list && filled < at->n_sector) {
        for (size_t i = 0; i < n_list && filled < at->n_sector; i++) {
            size_t start = (rift_little_32(list + 4 * i) + (size_t)1) * at->sector;
            if (start + at->sector > at->n) {
                filled += per;
                continue;
            }
            for (size_t k = 0; k < per && filled < at->n_sector; k++) {
                at->next[filled++] = rift_little_32(at->file + start + 4 * k);
            }
        }
        size_t start = (chain + (size_t)1) * at->sector;
        bool more = chain < END && start + at->sector <= at->n;
        list = more && n_chain++ < at->n_sector ? at->file + start : NULL;
        n_list = per - 1;
        chain = list ? rift_little_32(list + 4 * (per - 1)) : END;
    }
    return true;
}

static bool read_header(container *at)
{
    if (at->n < HEADER) {
        return false;
    }
    unsigned shift = rift_little_16(at->file + 30),
             mini = rift_little_16(at->file + 32);
    at->cutoff = rift_little_32(at->file + 56);
    if ((shift != 9 && shift != 12) || mini != 6) {
        return false;
    }
    at->sector = (size_t)1 << shift;
    at->mini = (size_t)1 << mini;
    at->n_sector = at->n / at->sector;
    return true;
}

static bool open_container(container *at, bool *no_memory)
{
    if (!read_header(at) || !read_table(at, no_memory)) {
        return false;
    }
    const pieces sectors = {at->file,   at->n,    at->sector,
                            at->sector, at->next, at->n_sector};
    at->directory = read_chain(&sectors, rift_little_32(at->file + 48), FILE_BYTES,
                               &at->n_directory, no_memory);
    if (!at->directory || at->n_directory < ENTRY) {
        return false;
    }
    const unsigned char *root = (unsigned char *)at->directory;
    at->small = read_chain(&sectors, rift_little_32(root + 116), FILE_BYTES,
                           &at->n_small, no_memory);
    char *table = read_chain(&sectors, rift_little_32(at->file + 60), FILE_BYTES,
                             &at->n_mini, no_memory);
    at->n_mini /= 4;
    at->next_mini = calloc(at->n_mini + 1, sizeof *at->next_mini);
    *no_memory = *no_memory || !at->next_mini;
    for (size_t i = 0; table && at->next_mini && i < at->n_mini; i++) {
        at->next_mini[i] = rift_little_32((unsigned char *)table + 4 * i);
    }
    at->n_mini = table ? at->n_mini : 0;
    free(table);
    return at->next_mini != NULL;
}

/* Whether an entry has a name of ASCII. */
static bool is_named(const unsigned char *entry, const char *name)
{
    size_t n = rift_little_16(entry + 64);
    if (n != 2 * strlen(name) + 2) {
        return false;
    }
    for (size_t i = 0; name[i]; i++) {
        if (rift_little_16(entry + 2 * i) != (unsigned char)name[i]) {
            return false;
        }
    }
    return true;
}

/* The entry of a name among those of the root, NULL where there is none. Storages below
   it may hold workbooks of their own, which are only embedded. */
static const unsigned char *find_entry(const container *at, const char *name)
{
    size_t n_entry = at->n_directory / ENTRY, n = 0, n_seen = 0;
    uint32_t stack[64];
    stack[n++] = rift_little_32((unsigned char *)at->directory + 76);
    while (n > 0 && n_seen++ < 2 * n_entry + 2) {
        uint32_t number = stack[--n];
        if (number >= n_entry) {
            continue;
        }
        const unsigned char *entry =
            (unsigned char *)at->directory + (size_t)number * ENTRY;
        if (is_named(entry, name)) {
            return entry;
        }
        for (int side = 0; side < 2 && n < RIFT_COUNT_OF(stack); side++) {
            stack[n++] = rift_little_32(entry + 68 + 4 * side);
        }
    }
    return NULL;
}

static char *read_entry(const container *at, const unsigned char *entry, size_t *n,
                        bool *no_memory)
{
    size_t size = rift_little_32(entry + 120);
    bool is_small = size < at->cutoff;
    const pieces pieces = {is_small ? (unsigned char *)at->small : at->file,
                           is_small ? at->n_small : at->n,
                           is_small ? 0 : at->sector,
                           is_small ? at->mini : at->sector,
                           is_small ? at->next_mini : at->next,
                           is_small ? at->n_mini : at->n_sector};
    if (is_small && !at->small) {
        return NULL;
    }
    return read_chain(&pieces, rift_little_32(entry + 116), size, n, no_memory);
}

char *rift_ole_stream(const unsigned char *file, size_t n, size_t *n_stream,
                      const char **why, bool *no_memory)
{
    static const char *const books[] = {"Workbook", "Book", "WORKBOOK", "BOOK"};
    container at = {.file = file, .n = n};
    char *out = NULL;
    *why = "is damaged: its directory cannot be read; fetch the file again";
    if (open_container(&at, no_memory)) {
        const unsigned char *entry = NULL;
        for (size_t i = 0; !entry && i < RIFT_COUNT_OF(books); i++) {
            entry = find_entry(&at, books[i]);
        }
        if (entry) {
            out = read_entry(&at, entry, n_stream, no_memory);
        } else {
            *why = find_entry(&at, "EncryptedPackage")
                       ? "is encrypted; save it without a password"
                       : NULL;
        }
    }
    free(at.next);
    free(at.next_mini);
    free(at.directory);
    free(at.small);
    return out;
}

/* The whole file, which is NULL after an error that was told. */
static char *read_file(rift_book *book)
{
    const rift_workbook_source *source = book->source;
    if (source->size > FILE_BYTES) {
        (void)!rift_book_wrong(book, "is larger than 256 MiB, the limit of old "
                                     "spreadsheets; save it as .xlsx");
        return NULL;
    }
    size_t n = 0, size = (size_t)source->size;
    char *file = malloc(size + 1);
    if (!file) {
        (void)!rift_diag_memory(source->diag);
        return NULL;
    }
    while (n < size) {
        ssize_t got = pread(source->fd, file + n, size - n, (off_t)n);
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            break;
        }
        n += got > 0 ? (size_t)got : 0;
    }
    if (n < size) {
        (void)!rift_diag_system(source->diag, source->path, "cannot read");
        free(file);
        return NULL;
    }
    return file;
}

rift_status rift_ole_open(rift_book *book)
{
    const rift_workbook_source *source = book->source;
    char *read = source->fd < 0 ? NULL : read_file(book);
    const char *file = source->fd < 0 ? source->memory : read, *why = NULL;
    bool no_memory = false;
    if (!file) {
        return source->diag->out_of_memory   ? RIFT_ERR_MEMORY
               : source->diag->system_failed ? RIFT_ERR_SYSTEM
                                             : RIFT_ERR_DATA;
    }
    book->stream = rift_ole_stream((const unsigned char *)file, (size_t)source->size,
                                   &book->n_stream, &why, &no_memory);
    free(read);
    if (no_memory) {
        return rift_diag_memory(source->diag);
    }
    if (!book->stream && !why) {
        book->foreign = RIFT_BOOK_OFFICE;
    }
    return book->stream || !why ? RIFT_OK : rift_book_wrong(book, "%s", why);
}
