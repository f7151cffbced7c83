/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The counts of a file as its report has them: for the file and for each column. */
#include "read/reader.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static void put_marker(rift_text *out, const char *between, const char *marker,
                       uint64_t n)
{
    rift_text_format(out, "%s'%s' %zu", between, marker, (size_t)n);
}

/* Texts for missing values and how often they stand in the file. */
static void put_missing(const rift_reader *reader, rift_file_report *report,
                        rift_text *out)
{
    size_t n_column = reader->layout->n_value + 1;
    const char *marker;
    for (size_t i = 0; i < RIFT_MISSING_LIMIT; i++) {
        uint64_t n = 0;
        for (size_t k = 0; k < n_column; k++) {
            n += reader->n_missing[k * RIFT_MISSING_LIMIT + i];
        }
        report->n_missing += n;
        marker = rift_reader_missing(reader, i);
        if (!marker) {
            break;
        }
        if (n > 0) {
            put_marker(out, out->n ? ", " : "", marker, n);
        }
    }
}

static void put_heading(const rift_layout *layout, size_t k, rift_text *out)
{
    const char *heading = rift_layout_heading(layout, k);
    if (*heading) {
        rift_text_put(out, heading);
    } else {
        rift_text_format(out, "column %zu", layout->value[k].cell + 1);
    }
}

/* The same by column, where there are several. */
static void put_missing_columns(const rift_reader *reader, rift_text *out)
{
    const rift_layout *layout = reader->layout;
    for (size_t k = 0; layout->n_value > 1 && k < layout->n_value; k++) {
        const char *between = NULL, *marker;
        for (size_t i = 0; i < RIFT_MISSING_LIMIT; i++) {
            uint64_t n = reader->n_missing[k * RIFT_MISSING_LIMIT + i];
            if (n == 0 || !(marker = rift_reader_missing(reader, i))) {
                continue;
            }
            if (!between) {
                rift_text_put(out, out->n ? "; " : "");
                put_heading(layout, k, out);
                between = ": ";
            }
            put_marker(out, between, marker, n);
            between = ", ";
        }
    }
}

static void put_comma_columns(const rift_layout *layout, rift_text *out)
{
    size_t n = 0;
    for (size_t k = 0; k < layout->n_value; k++) {
        n += layout->value[k].comma;
    }
    if (n > 0 && n == layout->n_value) {
        rift_text_put(out, "all");
        return;
    }
    for (size_t k = 0; n > 0 && k < layout->n_value; k++) {
        if (layout->value[k].comma) {
            rift_text_put(out, out->n ? ", " : "");
            put_heading(layout, k, out);
        }
    }
}

static bool hand_over(rift_text *text, char **to)
{
    char *copy = text->failed ? NULL : rift_text_copy(rift_text_string(text));
    rift_text_free(text);
    if (copy) {
        free(*to);
        *to = copy;
    }
    return copy != NULL;
}

bool rift_reader_count(const rift_reader *reader, rift_file_report *report)
{
    rift_text missing = {0}, columns = {0}, comma = {0};
    put_missing(reader, report, &missing);
    put_missing_columns(reader, &columns);
    put_comma_columns(reader->layout, &comma);
    bool good = hand_over(&missing, &report->missing);
    good &= hand_over(&columns, &report->missing_columns);
    good &= hand_over(&comma, &report->comma_columns);
    char *ignored =
        rift_text_copy(rift_layout_ignored(reader->layout, reader->n_number));
    good = good && ignored;
    if (ignored) {
        free(report->ignored_columns);
        report->ignored_columns = ignored;
    }
    report->n_row = reader->count.n_row;
    report->n_excluded += reader->count.n_outside + reader->count.n_other_frequency +
                          reader->count.n_trailer + reader->count.n_zero;
    memcpy(report->n_obs_status, reader->count.n_obs_status,
           sizeof report->n_obs_status);
    return good;
}
