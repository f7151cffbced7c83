/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading a document: its first bytes give encoding and format, then come its rows. */
#include "read/part.h"

#include "core/diag.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/workbook/workbook.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 8 * 1000 * 1000 }; /* of a smaller file no progress is shown */

void rift_reports_free(rift_reports *reports)
{
    for (size_t i = 0; i < reports->n_file; i++) {
        rift_file_report *file = &reports->file[i];
        char *const text[] = {file->file,
                              file->format,
                              file->reason,
                              file->encoding,
                              file->vintage,
                              file->missing,
                              file->missing_columns,
                              file->comma_columns,
                              file->ignored_columns};
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            free(text[k]);
        }
    }
    free(reports->file);
    *reports = (rift_reports){0};
}

static rift_rows_settings table_settings(const rift_preview *head,
                                         const rift_layout *layout,
                                         const rift_read_settings *settings,
                                         rift_reader *reader)
{
    /* rows of series that nobody named need not even be cut into cells */
    bool by_code = settings->n_series > 0 && layout->series_code >= 0 &&
                   layout->n_dimension == 0 && !layout->judge;
    return (rift_rows_settings){.file = head->name,
                                .delimiter = head->delimiter,
                                .libcsv_only = settings->libcsv_only,
                                .row = rift_reader_row,
                                .wants = by_code ? rift_reader_wants : NULL,
                                .key = by_code ? (size_t)layout->series_code : 0,
                                .data = reader,
                                .diag = reader->diag,
                                .cancel =
                                    settings->watch ? settings->watch->stop : NULL,
                                .watch = settings->watch};
}

static rift_status read_alone(rift_reading *reading, rift_reader *reader,
                              const rift_rows_settings *how, const rift_format *format,
                              rift_bytes *bytes, rift_file_report *report)
{
    rift_rows_end end = {0};
    rift_status worst = rift_reader_init(reader);
    if (worst == RIFT_OK) {
        worst = format->read ? format->read(reader, bytes)
                             : rift_rows_read(bytes, how, &end);
    }
    reader->count.n_odd = end.n_odd;
    reader->count.n_row += end.n_skipped;
    reader->count.n_unwanted += end.n_skipped;
    if (worst == RIFT_OK || worst == RIFT_ERR_DATA) {
        rift_status status = rift_reader_finish(reader, 1, reading->out, report);
        worst = rift_status_worse(worst, status);
    }
    rift_reader_free(reader);
    return worst;
}

static bool describe(rift_file_report *report, const rift_preview *head,
                     const rift_recognition *found)
{
    const rift_layout *layout = &found->layout;
    report->format = rift_text_copy(found->format ? found->format->name : "");
    report->reason = rift_text_copy(found->reason);
    report->encoding = rift_text_copy(rift_encoding_name(head->encoding));
    report->vintage = rift_text_copy(layout->vintage);
    report->missing = rift_text_copy("");
    report->missing_columns = rift_text_copy("");
    report->comma_columns = rift_text_copy("");
    report->ignored_columns =
        rift_text_copy(found->format ? rift_layout_ignored(layout, NULL) : "");
    report->delimiter = head->delimiter;
    return report->format && report->reason && report->encoding && report->vintage &&
           report->missing && report->missing_columns && report->comma_columns &&
           report->ignored_columns;
}

/* Why a document holds no data: an error where the user named it, else a warning, or a
   note where nothing is wrong with that. */
static rift_status no_data(rift_reading *reading, const rift_document *document,
                           const rift_recognition *found)
{
    rift_location location = {
        .file = document->name, .line = found->line, .column = found->line > 0};
    bool wrong =
        document->named && (!reading->settings->plausibility || found->foreign);
    /* a sheet of prose beside one of data is as it should be */
    bool prose = document->sheet && found->line == 0;
    reading->n_foreign += found->foreign || prose;
    rift_diag_at(reading->diag,
                 wrong                      ? RIFT_ERROR
                 : found->metadata || prose ? RIFT_NOTE
                                            : RIFT_WARNING,
                 &location, "holds no data: %s",
                 document->sheet && found->empty ? "the sheet is empty"
                                                 : found->reason);
    return wrong ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status read_format(rift_reading *reading, const rift_document *document,
                               rift_bytes *bytes, const rift_preview *head,
                               const rift_recognition *found, rift_file_report *report)
{
    const rift_layout *layout = &found->layout;
    rift_file_seen seen = {document->name, reading->path, layout->vintage,
                           head->delimiter, found->format->read != NULL};
    int file = rift_observations_file(reading->out, &seen);
    if (file < 0) {
        return RIFT_ERR_MEMORY;
    }
    rift_location location = rift_location_file(document->name);
    if (layout->series_is_name) {
        rift_diag_at(reading->diag, RIFT_NOTE, &location,
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
    reader->diag = reading->diag;
    reader->name = document->name;
    reader->path = reading->path;
    reader->file = (uint32_t)file;
    reader->encoding = head->encoding;
    rift_rows_settings how = table_settings(head, layout, reading->settings, reader);
    bool converted = head->encoding >= RIFT_UTF16_LE;
    how.size = document->size > SHOWN_BYTES ? document->size : 0;
    size_t n = found->format->read || converted
                   ? 1
                   : rift_parts_count(reading, document, layout);
    rift_status status =
        n > 1 ? rift_parts_read(reading, reader, &how, document, n, report)
              : read_alone(reading, reader, &how, found->format, bytes, report);
    if (*reader->vintage) { /* found after the data */
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
    if (document->sheet && (status == RIFT_OK || status == RIFT_ERR_DATA)) {
        status = rift_status_worse(status, rift_sheet_tell(document, reading->diag));
    }
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

/* Recognise a document under the delimiter that cuts it most alike, else under one of
   the others: keys that are joined by commas can look more alike than tabs. */
static rift_status recognise(const rift_reading *reading, const rift_document *document,
                             const char *text, size_t n, rift_encoding encoding,
                             rift_preview *head, rift_recognition *found)
{
    static const char other[] = {',', '\t', ';', '|'};
    const rift_source_settings *source = reading->source;
    char stated = document->sheet ? ',' : source ? source->delimiter : '\0';
    rift_status status =
        rift_preview_read(head, document->name, text, n, encoding, stated);
    head->any_entity = reading->settings->any_entity;
    head->title = document->title;
    if (status == RIFT_OK) {
        status = rift_format_recognise(head, source, found);
    }
    bool settled = head->delimiter_stated || found->format || found->metadata;
    for (size_t i = 0; status == RIFT_OK && !settled && i < sizeof other; i++) {
        rift_preview again = {0};
        rift_recognition second;
        status = rift_preview_read(&again, document->name, text, n, encoding, other[i]);
        again.any_entity = head->any_entity;
        if (status == RIFT_OK) {
            status = rift_format_recognise(&again, source, &second);
        }
        settled = status == RIFT_OK && (second.format || second.metadata);
        rift_preview spare = settled ? *head : again;
        if (settled) {
            *head = again;
            *found = second;
            found->layout.arena = &head->arena;
        }
        rift_preview_free(&spare);
    }
    return status;
}

static rift_status read_recognised(rift_reading *reading, const rift_document *document,
                                   rift_bytes *bytes, const char *text, size_t n,
                                   rift_encoding encoding, rift_file_report *report)
{
    rift_preview head = {0};
    rift_recognition found = {0};
    rift_status status = recognise(reading, document, text, n, encoding, &head, &found);
    if (status == RIFT_OK && !describe(report, &head, &found)) {
        free(report->format); /* half a report is none */
        report->format = NULL;
        status = RIFT_ERR_MEMORY;
    }
    if (status == RIFT_OK) {
        status = found.format
                     ? read_format(reading, document, bytes, &head, &found, report)
                     : no_data(reading, document, &found);
    }
    rift_preview_free(&head);
    return status;
}

static rift_status read_utf16(rift_reading *reading, const rift_document *document,
                              rift_bytes *bytes, rift_encoding encoding,
                              rift_file_report *report)
{
    char *first = malloc(RIFT_PREVIEW_BYTES);
    rift_utf16 *utf16 = malloc(sizeof *utf16);
    rift_status status = first && utf16 ? rift_utf16_open(utf16, bytes, encoding,
                                                          document->name, reading->diag)
                                        : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        bool failed = false;
        rift_bytes utf8 = {rift_utf16_read, utf16};
        size_t n = fill(&utf8, first, RIFT_PREVIEW_BYTES, &failed);
        rift_replay replay = {{first, n}, &utf8};
        rift_bytes again = {rift_replay_read, &replay};
        status = failed ? RIFT_ERR_DATA
                        : read_recognised(reading, document, &again, first, n, encoding,
                                          report);
        rift_utf16_close(utf16);
    }
    free(utf16);
    free(first);
    return status;
}

static rift_status read_block(rift_reading *reading, const rift_document *document,
                              rift_bytes *bytes, char *block, rift_file_report *report)
{
    bool failed = false;
    size_t n = fill(bytes, block, RIFT_PREVIEW_BYTES, &failed);
    if (failed) {
        return RIFT_ERR_SYSTEM;
    }
    const rift_source_settings *source = document->sheet ? NULL : reading->source;
    int stated = source && source->encoding ? rift_encoding_find(source->encoding) : -1;
    rift_encoding encoding = document->sheet ? RIFT_UTF8
                             : stated >= 0   ? (rift_encoding)stated
                                             : rift_encoding_guess(block, n);
    rift_replay replay = {{block, n}, bytes};
    rift_bytes again = {rift_replay_read, &replay};
    return encoding >= RIFT_UTF16_LE
               ? read_utf16(reading, document, &again, encoding, report)
               : read_recognised(reading, document, &again, block, n, encoding, report);
}

rift_status rift_document_read(rift_reading *reading, const rift_document *document,
                               rift_bytes *bytes)
{
    size_t errors = reading->diag->n_error, warnings = reading->diag->n_warning,
           notes = reading->diag->n_note;
    size_t number = reading->reports.n_file;
    reading->n_sheet += document->sheet != NULL;
    rift_file_report *report = add_report(reading, document->name);
    char *block = malloc(RIFT_PREVIEW_BYTES);
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
