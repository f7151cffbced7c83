/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a document: its first bytes tell encoding and format; a large plain file is
   then read in parts side by side. A part begins where the count of quotes says that a
   row begins; the part before it proves that by ending there, else it is read again. */
#include "read/file.h"

#include "core/diag.h"
#include "core/text.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
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

void rift_reports_free(rift_reports *reports)
{
    for (size_t i = 0; i < reports->n_file; i++) {
        rift_file_report *file = &reports->file[i];
        char *const text[] = {file->file,       file->format,  file->verdict,
                              file->encoding,   file->vintage, file->missing,
                              file->passed_over};
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            free(text[k]);
        }
    }
    free(reports->file);
    *reports = (rift_reports){0};
}

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

static rift_table_settings table_settings(const rift_head *head,
                                          const rift_layout *layout,
                                          const rift_read_settings *settings,
                                          rift_reader *reader)
{
    /* rows of series that nobody asked for need not even be cut into cells */
    bool by_code = settings->n_series > 0 && layout->series_code >= 0 &&
                   layout->n_dimension == 0 && !layout->judge;
    return (rift_table_settings){.file = head->name,
                                 .delimiter = head->delimiter,
                                 .libcsv_only = settings->libcsv_only,
                                 .row = rift_reader_row,
                                 .wants = by_code ? rift_reader_wants : NULL,
                                 .key = by_code ? (size_t)layout->series_code : 0,
                                 .data = reader,
                                 .diag = reader->diag,
                                 .cancel =
                                     settings->watch ? settings->watch->stop : NULL};
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

static size_t count_parts(const rift_reading *reading, const rift_document *document,
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

static rift_status read_side_by_side(rift_reading *reading, const rift_reader *first,
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

static rift_status read_alone(rift_reading *reading, rift_reader *reader,
                              const rift_table_settings *how, const rift_format *format,
                              rift_bytes *bytes, rift_file_report *report)
{
    rift_table_end end = {0};
    rift_status worst = rift_reader_init(reader);
    if (worst == RIFT_OK) {
        worst = format->read ? format->read(reader, bytes)
                             : rift_table_read(bytes, how, &end);
    }
    reader->n_odd = end.n_odd;
    if (worst == RIFT_OK || worst == RIFT_ERR_DATA) {
        rift_status status = rift_reader_finish(reader, 1, reading->out, report);
        worst = status > worst ? status : worst;
    }
    rift_reader_free(reader);
    return worst;
}

static bool describe(rift_file_report *report, const rift_head *head,
                     const rift_recognition *found)
{
    const rift_layout *layout = &found->layout;
    report->format = rift_text_copy(found->format ? found->format->name : "");
    report->verdict = rift_text_copy(found->verdict);
    report->encoding = rift_text_copy(rift_encoding_name(head->encoding));
    report->vintage = rift_text_copy(layout->vintage);
    report->missing = rift_text_copy("");
    report->passed_over =
        rift_text_copy(found->format ? rift_layout_passed_over(head, layout) : "");
    report->delimiter = head->delimiter;
    report->decimal = layout->decimal;
    return report->format && report->verdict && report->encoding && report->vintage &&
           report->missing && report->passed_over;
}

/* Why a document holds no data: an error where the user named it, else a warning, or a
   note where nothing is wrong with that. */
static rift_status no_data(rift_reading *reading, const rift_document *document,
                           const rift_recognition *found)
{
    rift_place place = {
        .file = document->name, .line = found->line, .column = found->line > 0};
    bool wrong = document->asked && !(found->metadata && reading->settings->survey);
    rift_diag_at(reading->diag,
                 wrong             ? RIFT_ERROR
                 : found->metadata ? RIFT_NOTE
                                   : RIFT_WARNING,
                 &place, "holds no data: %s", found->verdict);
    return wrong ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status read_format(rift_reading *reading, const rift_document *document,
                               rift_bytes *bytes, const rift_head *head,
                               const rift_recognition *found, rift_file_report *report)
{
    const rift_layout *layout = &found->layout;
    rift_file_seen seen = {document->name, reading->path, layout->vintage,
                           head->delimiter, found->format->read != NULL};
    int file = rift_observations_file(reading->out, &seen);
    if (file < 0) {
        return RIFT_ERR_MEMORY;
    }
    rift_place place = rift_place_file(document->name);
    if (layout->series_of_file) {
        rift_diag_at(reading->diag, RIFT_NOTE, &place,
                     "has no code for its series; its name, '%s', is used",
                     layout->series);
    }
    rift_reader *reader = calloc(1, sizeof *reader);
    if (!reader) {
        return RIFT_ERR_MEMORY;
    }
    reader->settings = reading->settings;
    reader->source = reading->source;
    reader->layout = layout;
    reader->resolver = &reading->resolver;
    reader->diag = reading->diag;
    reader->name = document->name;
    reader->file = (uint32_t)file;
    reader->encoding = head->encoding;
    rift_table_settings how = table_settings(head, layout, reading->settings, reader);
    bool converted = head->encoding >= RIFT_UTF16_LE;
    size_t n =
        found->format->read || converted ? 1 : count_parts(reading, document, layout);
    rift_status status =
        n > 1 ? read_side_by_side(reading, reader, &how, document, n, report)
              : read_alone(reading, reader, &how, found->format, bytes, report);
    if (*reader->vintage) { /* found behind the data */
        char *vintage = rift_text_copy(reader->vintage);
        const char *kept = rift_arena_text(&reading->out->words, reader->vintage);
        if (vintage && kept) {
            free(report->vintage);
            report->vintage = vintage;
            reading->out->file[file].vintage = kept;
        } else {
            free(vintage);
            status = RIFT_ERR_MEMORY;
        }
    }
    free(reader);
    return status;
}

/* Fill the head of a document: its first block, converted where it is UTF-16. */
static size_t fill(rift_bytes *bytes, char *block, size_t size, bool *failed)
{
    size_t n = 0;
    while (n < size) {
        ptrdiff_t got = bytes->read(bytes->data, block + n, size - n);
        *failed = got < 0;
        if (got <= 0) {
            break;
        }
        n += (size_t)got;
    }
    return n;
}

static rift_file_report *add_report(rift_reading *reading, const char *name)
{
    rift_reports *reports = &reading->reports;
    char *copy = rift_text_copy(name);
    if (!copy || !rift_array_grow((void **)&reports->file, reports->n_file,
                                  &reports->capacity, sizeof *reports->file)) {
        free(copy);
        return NULL;
    }
    rift_file_report *report = &reports->file[reports->n_file++];
    *report = (rift_file_report){.file = copy};
    return report;
}

static rift_status read_block(rift_reading *reading, const rift_document *document,
                              rift_bytes *bytes, char *block, rift_file_report *report)
{
    bool failed = false;
    size_t n = fill(bytes, block, RIFT_HEAD_BYTES, &failed);
    if (failed) {
        return RIFT_ERR_SYSTEM;
    }
    const rift_source_settings *source = reading->source;
    int stated = source && source->encoding ? rift_encoding_find(source->encoding) : -1;
    rift_encoding encoding =
        stated >= 0 ? (rift_encoding)stated : rift_encoding_guess(block, n);
    rift_replay replay = {{block, n}, bytes};
    rift_bytes again = {rift_replay_read, &replay};
    char *first = NULL;
    rift_utf16 *utf16 = NULL;
    rift_status status = RIFT_OK;
    rift_replay converted = {{NULL, 0}, NULL};
    rift_bytes source_bytes = again, utf8 = {rift_utf16_read, NULL};
    if (encoding >= RIFT_UTF16_LE) {
        first = malloc(RIFT_HEAD_BYTES);
        utf16 = malloc(sizeof *utf16);
        status = first && utf16 ? rift_utf16_open(utf16, &again, encoding,
                                                  document->name, reading->diag)
                                : RIFT_ERR_MEMORY;
        if (status == RIFT_OK) {
            utf8.data = utf16;
            n = fill(&utf8, first, RIFT_HEAD_BYTES, &failed);
            status = failed ? RIFT_ERR_DATA : RIFT_OK;
            converted = (rift_replay){{first, n}, &utf8};
            source_bytes = (rift_bytes){rift_replay_read, &converted};
        }
    }
    rift_head head = {0};
    rift_recognition found;
    if (status == RIFT_OK) {
        status = rift_head_read(&head, document->name, first ? first : block, n,
                                encoding, source ? source->delimiter : '\0');
    }
    if (status == RIFT_OK) {
        status = rift_format_recognise(&head, source, &found);
    }
    if (status == RIFT_OK && !describe(report, &head, &found)) {
        free(report->format); /* half a report is none */
        report->format = NULL;
        status = RIFT_ERR_MEMORY;
    }
    if (status == RIFT_OK) {
        status = found.format ? read_format(reading, document, &source_bytes, &head,
                                            &found, report)
                              : no_data(reading, document, &found);
    }
    rift_head_free(&head);
    if (utf16) {
        rift_utf16_close(utf16);
    }
    free(utf16);
    free(first);
    return status;
}

rift_status rift_document_read(rift_reading *reading, const rift_document *document,
                               rift_bytes *bytes)
{
    size_t errors = reading->diag->n_error, warnings = reading->diag->n_warning,
           notes = reading->diag->n_note;
    size_t number = reading->reports.n_file;
    rift_file_report *report = add_report(reading, document->name);
    char *block = malloc(RIFT_HEAD_BYTES);
    rift_status status = report && block
                             ? read_block(reading, document, bytes, block, report)
                             : RIFT_ERR_MEMORY;
    free(block);
    if (status == RIFT_ERR_MEMORY) {
        return rift_diag_memory(reading->diag);
    }
    report = &reading->reports.file[number];
    report->n_error = reading->diag->n_error - errors;
    report->n_warning = reading->diag->n_warning - warnings;
    report->n_note = reading->diag->n_note - notes;
    return status;
}
