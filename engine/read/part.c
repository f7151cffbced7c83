/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large plain file is read in parts side by side. A part begins behind a line end;
   the part before it proves that a row begins there by ending there, else it is read
   again. */
#include "read/part.h"

#include "core/diag.h"
#include "core/status.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PART_BYTES = 8 * 1024 * 1024, PART_LIMIT = 16 };

typedef struct part {
    rift_reader reader;
    rift_diag diag;
    const rift_document *document;
    rift_rows_settings how;
    uint64_t start, stop; /* bytes of the file; stop 0: to its end */
    rift_rows_end end;
    rift_status status;
    bool started;
} part;

static void *read_part(void *data)
{
    part *part = data;
    rift_file_part file = {part->document->fd, part->start, part->document->name,
                           &part->diag};
    rift_bytes bytes = {rift_file_part_read, &file};
    part->status = rift_rows_read(&bytes, &part->how, &part->end);
    return NULL;
}

/* The first byte behind the line that contains `target`. Where that line end stands in
   a quoted cell, the part before will not end there, and this part is read again. */
static bool find_split(const rift_document *document, uint64_t target, rift_diag *diag,
                       uint64_t *out)
{
    char block[8192]; /* stacks may be small */
    rift_file_part file = {document->fd, target, document->name, diag};
    ptrdiff_t got;
    while ((got = rift_file_part_read(&file, block, sizeof block)) > 0) {
        const char *end = memchr(block, '\n', (size_t)got);
        if (end) {
            *out = file.offset - (uint64_t)got + (uint64_t)(end - block) + 1;
            return true;
        }
    }
    *out = document->size;
    return got == 0;
}

size_t rift_parts_count(const rift_reading *reading, const rift_document *document,
                        const rift_layout *layout)
{
    long wanted = reading->settings->threads;
    wanted = wanted > 0 ? wanted : sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t most = document->fd >= 0 ? document->size / PART_BYTES : 1;
    bool alone = layout->fill_down || layout->judge;
    most = most < 1 || alone ? 1 : most < PART_LIMIT ? most : PART_LIMIT;
    return wanted < 1 ? 1 : (uint64_t)wanted < most ? (size_t)wanted : (size_t)most;
}

static rift_status init_part(part *part, const rift_reader *first,
                             const rift_document *document,
                             const rift_rows_settings *how)
{
    part->reader = *first;
    part->reader.diag = &part->diag;
    part->document = document;
    part->how = *how;
    part->how.data = &part->reader;
    part->how.diag = &part->diag;
    part->how.watch = part->start == 0 ? how->watch : NULL; /* one of them reports */
    part->how.size = part->stop;
    part->how.not_first = part->start > 0;
    part->how.stop = part->stop > 0 ? part->stop - part->start : 0;
    rift_status status = rift_reader_init(&part->reader);
    if (part->start > 0) {
        part->reader.skip = 0;
    }
    return status;
}

static rift_status split(part *parts, size_t n, const rift_document *document,
                         rift_diag *diag)
{
    bool good = true;
    for (size_t i = 1; good && i < n; i++) {
        good = find_split(document, document->size / n * i, diag, &parts[i].start);
        parts[i - 1].stop = parts[i].start;
    }
    return good ? RIFT_OK : RIFT_ERR_SYSTEM;
}

static bool is_over(rift_status status)
{
    return status != RIFT_OK && status != RIFT_ERR_DATA;
}

/* Parts after the first that did not begin where the one before ended are read anew;
   nothing is read behind one that gave up, as one thread would not. */
static rift_status check_parts(part *parts, size_t n, const rift_reader *first,
                               const rift_rows_settings *how)
{
    for (size_t i = 1; i < n && !is_over(parts[i - 1].status); i++) {
        uint64_t end = parts[i - 1].start + parts[i - 1].end.n_byte;
        if (end == parts[i].start && !parts[i - 1].end.gave_up) {
            continue;
        }
        const rift_document *document = parts[i].document;
        bool gave_up = parts[i - 1].end.gave_up;
        bool nothing_left = gave_up || (parts[i].stop > 0 && parts[i].stop <= end);
        rift_reader_free(&parts[i].reader);
        rift_diag_free(&parts[i].diag);
        parts[i].start = end;
        rift_status status = init_part(&parts[i], first, document, how);
        if (status != RIFT_OK) {
            return status;
        }
        parts[i].end = (rift_rows_end){.line = 1, .gave_up = gave_up};
        parts[i].status = RIFT_OK;
        if (!nothing_left) {
            read_part(&parts[i]);
        }
    }
    return RIFT_OK;
}

/* Each part counted its lines from 1. */
static void shift_lines(part *parts, size_t n)
{
    size_t offset = 0;
    for (size_t i = 1; i < n; i++) {
        offset += parts[i - 1].end.line - 1;
        rift_reader *reader = &parts[i].reader;
        for (size_t k = 0; k < reader->out.n_strip; k++) {
            reader->out.strip[k].line += offset;
        }
        for (size_t k = 0; k < reader->country.n_word; k++) {
            reader->key[k].line += offset;
        }
        reader->nameless.line += offset;
        reader->deleted += offset;
        reader->several.line += offset;
        rift_apart_shift(&reader->apart, offset);
        for (size_t k = 0; k < reader->n_bad_cell; k++) {
            reader->bad[k].line += offset;
        }
        for (size_t k = 0; k < parts[i].diag.n_finding; k++) {
            rift_finding *finding = &parts[i].diag.finding[k];
            finding->line += finding->line > 0 ? offset : 0;
        }
    }
}

static rift_status run_parts(part *parts, size_t n)
{
    pthread_t thread[PART_LIMIT];
    for (size_t i = 1; i < n; i++) {
        parts[i].started = pthread_create(&thread[i], NULL, read_part, &parts[i]) == 0;
    }
    read_part(&parts[0]);
    for (size_t i = 1; i < n; i++) {
        if (parts[i].started) {
            pthread_join(thread[i], NULL);
        } else {
            read_part(&parts[i]);
        }
    }
    return RIFT_OK;
}

static rift_status worst_of(const part *parts, size_t n)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < n; i++) {
        worst = rift_status_worse(worst, parts[i].status);
    }
    return worst;
}

rift_status rift_parts_read(rift_reading *reading, const rift_reader *first,
                            const rift_rows_settings *how,
                            const rift_document *document, size_t n,
                            rift_file_report *report)
{
    part *parts = calloc(n, sizeof *parts);
    rift_reader *readers = calloc(n, sizeof *readers);
    rift_status status = parts && readers ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        status = split(parts, n, document, reading->diag);
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        status = init_part(&parts[i], first, document, how);
    }
    if (status == RIFT_OK) {
        run_parts(parts, n);
        status = check_parts(parts, n, first, how);
        shift_lines(parts, n);
    }
    rift_status worst = status == RIFT_OK ? worst_of(parts, n) : status;
    for (size_t i = 0; parts && readers && i < n; i++) {
        rift_diag_move(reading->diag, &parts[i].diag);
        parts[i].reader.diag = reading->diag;
        parts[i].reader.count.n_odd = parts[i].end.n_odd;
        parts[i].reader.count.n_row += parts[i].end.n_skipped;
        parts[i].reader.count.n_unwanted += parts[i].end.n_skipped;
        readers[i] = parts[i].reader;
    }
    if (worst == RIFT_OK || worst == RIFT_ERR_DATA) {
        status = rift_reader_finish(readers, n, reading->out, report);
        worst = rift_status_worse(worst, status);
    }
    for (size_t i = 0; parts && readers && i < n; i++) {
        rift_reader_free(&readers[i]);
    }
    free(readers);
    free(parts);
    return worst;
}
