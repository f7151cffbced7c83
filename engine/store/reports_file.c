/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports of files and findings as arrays of the group "reading", and back. */
#include "store/reports_file.h"

#include "core/array.h"
#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

/* The texts and numbers of a report, each an array over the files. */
typedef struct column {
    const char *name, *long_name;
    const char *(*text)(const rift_file_report *report);
    double (*number)(const rift_file_report *report);
} column;

#define TEXT(member)                                                                   \
    static const char *text_of_##member(const rift_file_report *report)                \
    {                                                                                  \
        return report->member ? report->member : "";                                   \
    }
#define NUMBER(member)                                                                 \
    static double number_of_##member(const rift_file_report *report)                   \
    {                                                                                  \
        return (double)report->member;                                                 \
    }

TEXT(file)
TEXT(format)
TEXT(verdict)
TEXT(encoding)
TEXT(vintage)
TEXT(missing)
TEXT(missing_columns)
TEXT(comma_columns)
TEXT(passed_over)
NUMBER(n_series)
NUMBER(n_country)
NUMBER(n_aggregate)
NUMBER(first_year)
NUMBER(last_year)
NUMBER(n_row)
NUMBER(n_value)
NUMBER(n_missing)
NUMBER(n_left_out)
NUMBER(n_error)
NUMBER(n_warning)
NUMBER(n_note)

static const column columns[] = {
    {"format", "format recognised, empty for none", text_of_format, NULL},
    {"verdict", "why the file holds no data", text_of_verdict, NULL},
    {"encoding", "encoding of the file", text_of_encoding, NULL},
    {"vintage", "date of the last update", text_of_vintage, NULL},
    {"missing_texts", "texts read as missing and their number", text_of_missing, NULL},
    {"missing_by_column", "the same by column", text_of_missing_columns, NULL},
    {"decimal_comma", "columns with a decimal comma", text_of_comma_columns, NULL},
    {"passed_over", "columns passed over", text_of_passed_over, NULL},
    {"n_series", "series with a value", NULL, number_of_n_series},
    {"n_country", "countries with a value", NULL, number_of_n_country},
    {"n_aggregate", "aggregates with a value", NULL, number_of_n_aggregate},
    {"first_year", "first year with a value", NULL, number_of_first_year},
    {"last_year", "last year with a value", NULL, number_of_last_year},
    {"n_row", "rows", NULL, number_of_n_row},
    {"n_value", "values", NULL, number_of_n_value},
    {"n_missing", "cells read as missing", NULL, number_of_n_missing},
    {"n_left_out", "rows and values left out", NULL, number_of_n_left_out},
    {"n_error", "errors", NULL, number_of_n_error},
    {"n_warning", "warnings", NULL, number_of_n_warning},
    {"n_note", "notes", NULL, number_of_n_note},
};
enum { N_TEXT = 8, N_COLUMN = sizeof columns / sizeof *columns };

static void put_files(rift_h5_writer *w, hid_t group, const rift_reports *reports)
{
    size_t n = reports->n_file;
    const char **text = calloc(n + 1, sizeof *text);
    double *number = calloc(n + 1, sizeof *number);
    w->failed = w->failed || !text || !number;
    for (size_t i = 0; !w->failed && i < n; i++) {
        text[i] = text_of_file(&reports->file[i]);
    }
    rift_h5_axis(w, group, "file", RIFT_H5_TEXT, text, n,
                 &(rift_h5_about){.long_name = "file, or member of an archive"});
    for (size_t k = 0; !w->failed && k < N_COLUMN; k++) {
        for (size_t i = 0; i < n; i++) {
            const rift_file_report *report = &reports->file[i];
            if (columns[k].text) {
                text[i] = columns[k].text(report);
            } else {
                number[i] = columns[k].number(report);
            }
        }
        rift_h5_array(w, group, columns[k].name,
                      columns[k].text ? RIFT_H5_TEXT : RIFT_H5_F64,
                      columns[k].text ? (const void *)text : number, "file",
                      &(rift_h5_about){.long_name = columns[k].long_name});
    }
    free(text);
    free(number);
}

static void put_findings(rift_h5_writer *w, hid_t group, const rift_diag *findings)
{
    size_t n = findings->n_finding;
    const char **file = calloc(n + 1, sizeof *file),
               **said = calloc(n + 1, sizeof *said);
    double *line = calloc(n + 1, sizeof *line), *place = calloc(n + 1, sizeof *place);
    int32_t *severity = calloc(n + 1, sizeof *severity);
    w->failed = w->failed || !file || !said || !line || !place || !severity;
    for (size_t i = 0; !w->failed && i < n; i++) {
        const rift_finding *finding = &findings->finding[i];
        file[i] = finding->file ? finding->file : "";
        said[i] = finding->message;
        line[i] = (double)finding->line;
        place[i] = (double)finding->column;
        severity[i] = (int32_t)finding->severity;
    }
    rift_h5_dimension(w, group, "finding", n);
    rift_h5_array(w, group, "finding_severity", RIFT_H5_I32, severity, "finding",
                  &(rift_h5_about){.long_name = "how serious it is",
                                   .flag_meanings = "error warning note",
                                   .n_flag = 3});
    rift_h5_array(w, group, "finding_file", RIFT_H5_TEXT, file, "finding",
                  &(rift_h5_about){.long_name = "file it is about"});
    rift_h5_array(w, group, "finding_line", RIFT_H5_F64, line, "finding",
                  &(rift_h5_about){.long_name = "line, 0 for the whole file"});
    rift_h5_array(w, group, "finding_column", RIFT_H5_F64, place, "finding",
                  &(rift_h5_about){.long_name = "column in characters"});
    rift_h5_array(w, group, "finding_message", RIFT_H5_TEXT, said, "finding",
                  &(rift_h5_about){.long_name = "what was found"});
    free(file);
    free(said);
    free(line);
    free(place);
    free(severity);
}

/* They have the axes of the panel, and so stand beside it. */
static void put_places(rift_h5_writer *w, const rift_panel *panel)
{
    const char *axes = "indicator year country";
    rift_h5_array(
        w, w->file, "value_file", RIFT_H5_U32, panel->locations.file, axes,
        &(rift_h5_about){.long_name = "row in reading/file of the file read from"});
    rift_h5_array(w, w->file, "value_line", RIFT_H5_U32, panel->locations.line, axes,
                  &(rift_h5_about){.long_name = "its line, 0 where there is no value"});
    rift_h5_array(w, w->file, "value_field", RIFT_H5_U32, panel->locations.field, axes,
                  &(rift_h5_about){.long_name = "its field of the line, from 1"});
}

void rift_store_put_reading(rift_h5_writer *w, const rift_result *result)
{
    if (result->reports.n_file == 0) {
        return;
    }
    hid_t group = rift_h5_group(w, "reading");
    put_files(w, group, &result->reports);
    put_findings(w, group, &result->findings);
    if (result->panel.locations.file) {
        put_places(w, &result->panel);
    }
    H5Gclose(group);
}

static void take_number(rift_file_report *report, size_t k, double x)
{
    size_t *const sizes[] = {&report->n_series, &report->n_country,
                             &report->n_aggregate};
    uint64_t *const counts[] = {&report->n_row, &report->n_value, &report->n_missing,
                                &report->n_left_out};
    size_t *const findings[] = {&report->n_error, &report->n_warning, &report->n_note};
    x = x >= 0 && x < 1e15 ? x : 0;
    k -= N_TEXT;
    if (k < 3) {
        *sizes[k] = (size_t)x;
    } else if (k < 5) {
        *(k == 3 ? &report->first_year : &report->last_year) = x < 1e4 ? (int)x : 0;
    } else if (k < 9) {
        *counts[k - 5] = (uint64_t)x;
    } else {
        *findings[k - 9] = (size_t)x;
    }
}

static void take_column(rift_h5_reader *in, rift_reports *reports, size_t k)
{
    char path[64];
    size_t n = reports->n_file;
    snprintf(path, sizeof path, "reading/%s", columns[k].name);
    char **text = columns[k].text ? rift_h5_read_texts(in, path, n) : NULL;
    double *number = columns[k].text ? NULL : rift_h5_read(in, path, RIFT_H5_F64, n);
    for (size_t i = 0; i < n && (text || number); i++) {
        rift_file_report *report = &reports->file[i];
        char **const to[N_TEXT] = {&report->format,        &report->verdict,
                                   &report->encoding,      &report->vintage,
                                   &report->missing,       &report->missing_columns,
                                   &report->comma_columns, &report->passed_over};
        if (text) {
            *to[k] = text[i];
        } else {
            take_number(report, k, number[i]);
        }
    }
    free(text);
    free(number);
}

static void take_findings(rift_h5_reader *in, rift_diag *findings)
{
    size_t n = rift_h5_length(in, "reading/finding_line");
    int32_t *severity = rift_h5_read(in, "reading/finding_severity", RIFT_H5_I32, n);
    double *line = rift_h5_read(in, "reading/finding_line", RIFT_H5_F64, n);
    double *place = rift_h5_read(in, "reading/finding_column", RIFT_H5_F64, n);
    char **file = rift_h5_read_texts(in, "reading/finding_file", n);
    char **said = rift_h5_read_texts(in, "reading/finding_message", n);
    findings->limit = n + 1;
    for (size_t i = 0; !in->failed && i < n; i++) {
        rift_severity is = severity[i] == 0   ? RIFT_ERROR
                           : severity[i] == 1 ? RIFT_WARNING
                                              : RIFT_NOTE;
        rift_location at = {file[i], line[i] > 0 ? (size_t)line[i] : 0,
                            place[i] > 0 ? (size_t)place[i] : 0, 0, NULL};
        rift_diag_at(findings, is, &at, "%s", said[i]);
    }
    in->no_memory = in->no_memory || findings->out_of_memory;
    free(severity);
    free(line);
    free(place);
    rift_array_free_texts(file, file ? n : 0);
    rift_array_free_texts(said, said ? n : 0);
}

static void take_places(rift_h5_reader *in, rift_panel *panel, size_t n_file)
{
    size_t n = panel->n_indicator * panel->n_year * panel->n_country;
    panel->locations.file = rift_h5_read(in, "value_file", RIFT_H5_U32, n);
    panel->locations.line = rift_h5_read(in, "value_line", RIFT_H5_U32, n);
    panel->locations.field = rift_h5_read(in, "value_field", RIFT_H5_U32, n);
    for (size_t i = 0; !in->failed && i < n; i++) {
        if (panel->locations.line[i] > 0 && panel->locations.file[i] >= n_file) {
            rift_text_format(&in->why, "a value names a file that is not listed");
            in->failed = true;
        }
    }
}

void rift_store_take_reading(rift_h5_reader *in, rift_result *result)
{
    if (in->failed || !rift_h5_has(in, "reading")) {
        return;
    }
    rift_reports *reports = &result->reports;
    size_t n = rift_h5_length(in, "reading/file");
    char **name = rift_h5_read_texts(in, "reading/file", n);
    reports->file = rift_array_zero(n, 1, 1, sizeof *reports->file);
    if (in->failed || !reports->file) {
        in->failed = true;
        in->no_memory = in->no_memory || !reports->file;
        rift_array_free_texts(name, name ? n : 0);
        return;
    }
    reports->n_file = reports->capacity = n;
    for (size_t i = 0; i < n; i++) {
        reports->file[i].file = name[i];
    }
    free(name);
    for (size_t k = 0; k < N_COLUMN; k++) {
        take_column(in, reports, k);
    }
    if (rift_h5_has(in, "reading/finding_line")) {
        take_findings(in, &result->findings);
    }
    if (rift_h5_has(in, "value_file")) {
        take_places(in, &result->panel, n);
    }
}
