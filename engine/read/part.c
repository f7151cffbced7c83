/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A large plain file is read in parts side by side. A part begins where the count of
   quotes says that a row begins; the part before it proves that by ending there, else
   it is read again. */
#include "read/part.h"

#include "core/diag.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { PART_BYTES = 8 * 1024 * 1024, PART_LIMIT = 16 };

typedef struct part {
    rift_reader reader;
    rift_diag diag;
    const rift_document *document;
    rift_table_settings how;
    uint64_t start, stop; /* bytes of the file; stop 0: to its end */
    rift_table_end end;
    rift_status status;
    bool started;
} part;

static void *read_part(void *data)
{
    part *part = data;
    rift_file_part file = {part->document->fd, part->start, part->document->name,
                           &part->diag};
    rift_bytes bytes = {rift_file_part_read, &file};
    part->status = rift_table_read(&bytes, &part->how, &part->end);
    return NULL;
}

static void move_findings(rift_diag *to, rift_diag *from)
{
    for (size_t i = 0; i < from->n_finding; i++) {
        const rift_finding *finding = &from->finding[i];
        rift_place place = {finding->file, finding->line, finding->column, 0, NULL};
        rift_diag_at(to, finding->severity, &place, "%s", finding->message);
    }
    to->out_of_memory = to->out_of_memory || from->out_of_memory;
    rift_diag_free(from);
}

/* The first byte behind the row that contains `target`, by the count of quotes up to
   there, and the number of its line. */
static uint64_t find_split(const rift_document *document, uint64_t from,
                           uint64_t target, size_t *line, char *block, size_t size)
{
    uint64_t at = from;
    bool quoted = false;
    while (at < document->size) {
        ssize_t got = pread(document->fd, block, size, (off_t)at);
        if (got <= 0) {
            return document->size;
        }
        size_t n = (size_t)got, done = 0;
        while (done < n && at + done < target) {
            /* whole lines are counted by their ends, quotes by their parity */
            size_t left = n - done;
            size_t step = at + n > target ? (size_t)(target - at) - done : left;
            size_t quotes = 0, lines = 0;
            for (size_t i = 0; i < step; i++) {
                quotes += block[done + i] == '"';
                lines += block[done + i] == '\n';
            }
            quoted ^= quotes & 1;
            *line += lines;
            done += step;
        }
        for (; done < n; done++) {
            quoted ^= block[done] == '"';
            if (block[done] == '\n') {
                ++*line;
                if (!quoted) {
                    return at + done + 1;
                }
            }
        }
        at += n;
    }
    return document->size;
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
                             const rift_table_settings *how)
{
    part->reader = *first;
    part->reader.diag = &part->diag;
    part->document = document;
    part->how = *how;
    part->how.data = &part->reader;
    part->how.diag = &part->diag;
    part->how.not_first = part->start > 0;
    part->how.stop = part->stop > 0 ? part->stop - part->start : 0;
    rift_status status = rift_reader_init(&part->reader);
    if (part->start > 0) {
        part->reader.skip = 0;
    }
    return status;
}

/* Split the file at the ends of rows; false where it cannot be. */
static bool split(part *parts, size_t n, const rift_document *document)
{
    enum { BLOCK = 256 * 1024 };
    char *block = malloc(BLOCK);
    size_t line = 1;
    uint64_t at = 0;
    for (size_t i = 0; block && i < n; i++) {
        parts[i].start = at;
        parts[i].how.line = line;
        if (i + 1 < n) {
            uint64_t target = document->size / n * (i + 1);
            at = find_split(document, at, target > at ? target : at, &line, block,
                            BLOCK);
            parts[i].stop = at;
        }
    }
    free(block);
    return block != NULL;
}

/* Parts after the first that did not begin where the one before ended are read anew. */
static rift_status check_parts(part *parts, size_t n, const rift_reader *first,
                               const rift_table_settings *how)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t end = parts[i - 1].start + parts[i - 1].end.n_byte;
        bool whole = parts[i - 1].status == RIFT_OK ||
                     (parts[i - 1].status == RIFT_ERR_DATA && end > parts[i - 1].start);
        if (!whole ||
            (end == parts[i].start && parts[i - 1].end.line == parts[i].how.line)) {
            continue;
        }
        const rift_document *document = parts[i].document;
        rift_reader_free(&parts[i].reader);
        rift_diag_free(&parts[i].diag);
        parts[i].start = end;
        rift_status status = init_part(&parts[i], first, document, how);
        if (status != RIFT_OK) {
            return status;
        }
        parts[i].how.line = parts[i - 1].end.line;
        parts[i].how.not_first = true;
        parts[i].reader.skip = 0;
        if (parts[i].stop > 0 && parts[i].stop <= end) {
            parts[i].stop = end; /* nothing is left of it */
            parts[i].end = (rift_table_end){.line = parts[i].how.line};
            parts[i].status = RIFT_OK;
            continue;
        }
        read_part(&parts[i]);
    }
    return RIFT_OK;
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
        worst = parts[i].status > worst ? parts[i].status : worst;
    }
    return worst;
}

rift_status rift_parts_read(rift_reading *reading, const rift_reader *first,
                            const rift_table_settings *how,
                            const rift_document *document, size_t n,
                            rift_file_report *report)
{
    part *parts = calloc(n, sizeof *parts);
    rift_reader *readers = calloc(n, sizeof *readers);
    rift_status status =
        parts && readers && split(parts, n, document) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        size_t line = parts[i].how.line;
        status = init_part(&parts[i], first, document, how);
        parts[i].how.line = line;
    }
    if (status == RIFT_OK) {
        run_parts(parts, n);
        status = check_parts(parts, n, first, how);
    }
    rift_status worst = status == RIFT_OK ? worst_of(parts, n) : status;
    for (size_t i = 0; parts && readers && i < n; i++) {
        move_findings(reading->diag, &parts[i].diag);
        parts[i].reader.diag = reading->diag;
        parts[i].reader.n_odd = parts[i].end.n_odd;
        readers[i] = parts[i].reader;
    }
    if (worst == RIFT_OK || worst == RIFT_ERR_DATA) {
        status = rift_reader_finish(readers, n, reading->out, report);
        worst = status > worst ? status : worst;
    }
    for (size_t i = 0; parts && readers && i < n; i++) {
        rift_reader_free(&readers[i]);
    }
    free(readers);
    free(parts);
    return worst;
}
