/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of a file: its parts are joined, each country text is looked up once, cells
   without a number become findings, and the observations move on. */
#include "read/reader.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/name/country.h"
#include "read/resolve.h"
#include "read/tell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void tell(const rift_reader *reader, rift_severity severity, const char *format,
                 uint64_t n, const char *what)
{
    if (n > 0) {
        rift_location location = rift_location_file(reader->name);
        rift_diag_at(reader->diag, severity, &location, format, (size_t)n, what);
    }
}

static void tell_nameless(rift_reader *reader)
{
    if (reader->count.n_nameless == 0) {
        return;
    }
    reader->wrong = true;
    if (reader->count.n_nameless == 1) {
        rift_diag_at(reader->diag, RIFT_ERROR, &reader->nameless,
                     "the indicator is empty; give its code");
    } else {
        rift_diag_at(reader->diag, RIFT_ERROR, &reader->nameless,
                     "the indicator is empty, here and in %zu further rows; give its "
                     "code",
                     (size_t)reader->count.n_nameless - 1);
    }
}

static void tell_deleted(rift_reader *reader)
{
    if (reader->count.n_deleted > 0) {
        rift_location location = {
            .file = reader->name, .line = reader->deleted, .column = 1};
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "the row deletes values (ACTION D), as %zu of the file do, which "
                     "is not done; remove those rows and what they delete",
                     (size_t)reader->count.n_deleted);
        reader->wrong = reader->mixed = true;
    }
}

static void tell_several(rift_reader *reader)
{
    if (reader->count.n_several > 0) {
        rift_location location = reader->several;
        location.file = reader->name;
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "%zu rows are of several years, such as '1999-2001'; say which "
                     "stands for them with --period first, middle or last (in a "
                     "study: period)",
                     (size_t)reader->count.n_several);
        reader->wrong = true;
    }
}

static void tell_counts(rift_reader *reader)
{
    const rift_read_settings *settings = reader->settings;
    char range[64];
    snprintf(range, sizeof range, "%d-%d", settings->first_year, settings->last_year);
    tell(reader, RIFT_NOTE, "%zu values lie outside the years %s and were excluded",
         reader->count.n_outside, range);
    tell(reader, RIFT_NOTE,
         "%zu rows are not annual (quarters, months%s) and were excluded",
         reader->count.n_other_frequency, "");
    tell(reader, RIFT_NOTE, "%zu rows of series that were not named were ignored%s",
         reader->count.n_unwanted, "");
    tell(reader, RIFT_NOTE,
         "%zu rows have other texts than those to be kept and were left out%s",
         reader->count.n_elsewhere, "");
    tell(reader, RIFT_NOTE, "%zu years are written as numbers, such as '2016.0'%s",
         reader->count.n_number_year, "");
    tell(reader, RIFT_NOTE, "%zu rows of several years are read as of one of them%s",
         reader->count.n_taken, "");
    tell(reader, RIFT_NOTE, "%zu rows say something of a series and hold no value%s",
         reader->count.n_partial, "");
    tell(reader, RIFT_NOTE,
         "%zu values are multiplied by the power of ten that stands beside them%s",
         reader->count.n_powers, "");
    tell(reader, RIFT_NOTE,
         "%zu numbers are written with marks between their thousands%s",
         reader->count.n_thousands, "");
    tell(reader, RIFT_NOTE, "%zu rows after or between the data were ignored%s",
         reader->count.n_trailer, "");
    if (reader->unknown_status.n_word > 0) {
        rift_text list = {0};
        for (size_t i = 0; i < reader->unknown_status.n_word && i < 10; i++) {
            rift_text_format(&list, "%s'%s'", i ? ", " : "",
                             reader->unknown_status.word[i]);
        }
        tell(reader, RIFT_NOTE,
             "%zu values have an observation status without an SDMX code: %s",
             reader->count.n_unknown_status, rift_text_string(&list));
        rift_diag_text_free(reader->diag, &list);
    }
    if (reader->mixed_encoding) {
        rift_location location = rift_location_file(reader->name);
        rift_diag_at(
            reader->diag, RIFT_WARNING, &location,
            "the file mixes UTF-8 and Windows-1252; each text was read as what "
            "it is");
    }
}

static int compare_location(const void *a, const void *b)
{
    const rift_finding *x = a, *y = b;
    size_t line_x = x->line ? x->line : SIZE_MAX, line_y = y->line ? y->line : SIZE_MAX;
    if (line_x != line_y) {
        return line_x < line_y ? -1 : 1;
    }
    return x->column < y->column ? -1 : x->column > y->column;
}

/* Move the findings of later parts behind those of the first, and sort by location. */
static void order_findings(rift_diag *diag, size_t first)
{
    if (diag->n_finding > first) {
        qsort(diag->finding + first, diag->n_finding - first, sizeof *diag->finding,
              compare_location);
    }
}

static size_t count_values(const rift_strip *strip)
{
    size_t n = 0;
    for (size_t k = 0; k < strip->n; k++) {
        n += !isnan(strip->value[k]);
    }
    return n;
}

/* A strip begins and ends with a value, so its ends tell its years. */
static void count_years(const rift_strip *strip, bool first, rift_file_report *report)
{
    int a = strip->year, b = rift_strip_year(strip, strip->n - 1u);
    int low = a < b ? a : b, high = a < b ? b : a;
    report->first_year = first || low < report->first_year ? low : report->first_year;
    report->last_year = first || high > report->last_year ? high : report->last_year;
}

static size_t count_set(const bool *set, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        count += set[i];
    }
    return count;
}

/* A series whose unit changed from one file to another. */
static void compare_units(const rift_reader *reader, const rift_series_seen *first,
                          const rift_series_seen *now)
{
    if (*first->unit && *now->unit && strcmp(first->unit, now->unit) != 0) {
        rift_location location = rift_location_file(reader->name);
        rift_diag_at(reader->diag, RIFT_WARNING, &location,
                     "the unit of '%s' is '%s' here and '%s' in a file read before",
                     now->code, now->unit, first->unit);
    }
}

/* Take the strips over: countries become what they stand for, series are renumbered in
   the order in which the file has values of them. */
static rift_status hand_on(rift_reader *reader, const int32_t *country,
                           rift_observations *out, rift_file_report *report)
{
    size_t n_series = reader->out.series.n_word;
    int32_t *series = malloc((n_series + 1) * sizeof *series);
    bool *has = calloc(out->country.n_word + 1, sizeof *has);
    bool *has_aggregate = calloc(out->aggregate.n_word + 1, sizeof *has_aggregate);
    bool good = series && has && has_aggregate;
    for (size_t i = 0; good && i < n_series; i++) {
        series[i] = -1;
    }
    for (size_t i = 0; good && i < reader->out.n_strip; i++) {
        const rift_strip *strip = &reader->out.strip[i];
        if (country[strip->country] != RIFT_STANDS_FOR_NOTHING && !reader->mixed) {
            series[strip->series] = 0;
        }
    }
    for (size_t i = 0; good && i < n_series; i++) {
        if (series[i] == 0) {
            series[i] = rift_observations_series(out, &reader->out.seen[i]);
            good = series[i] >= 0;
            report->n_series++;
            if (good) {
                compare_units(reader, &out->seen[series[i]], &reader->out.seen[i]);
            }
        }
    }
    size_t kept = 0;
    for (size_t i = 0; good && i < reader->out.n_strip; i++) {
        rift_strip strip = reader->out.strip[i];
        if (country[strip.country] == RIFT_STANDS_FOR_NOTHING || reader->mixed) {
            reader->out.n_value -= count_values(&strip);
            continue;
        }
        strip.series = (uint32_t)series[strip.series];
        strip.country = (uint32_t)country[strip.country];
        if (strip.country & RIFT_AGGREGATE) {
            has_aggregate[strip.country & ~RIFT_AGGREGATE] = true;
        } else {
            has[strip.country] = true;
        }
        count_years(&strip, kept == 0, report);
        reader->out.strip[kept++] = strip;
    }
    reader->out.n_strip = good ? kept : 0;
    report->n_value = reader->out.n_value;
    if (good) {
        report->n_country = count_set(has, out->country.n_word);
        report->n_aggregate = count_set(has_aggregate, out->aggregate.n_word);
    }
    good = good && rift_observations_take(out, &reader->out);
    free(series);
    free(has);
    free(has_aggregate);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

rift_status rift_reader_finish(rift_reader *parts, size_t n_part,
                               rift_observations *out, rift_file_report *report)
{
    rift_reader *all = &parts[0];
    size_t first = all->diag->n_finding;
    rift_status status = RIFT_OK;
    for (size_t i = 1; status == RIFT_OK && i < n_part; i++) {
        status = rift_reader_join(all, &parts[i]);
    }
    tell_nameless(all);
    tell_deleted(all);
    tell_several(all);
    if (status == RIFT_OK) {
        status = rift_tell_cells(all);
    }
    if (status == RIFT_OK) {
        status = rift_tell_percent(all);
    }
    if (status == RIFT_OK && !rift_tell_apart(all)) {
        status = RIFT_ERR_MEMORY;
    }
    rift_tell_lost(all);
    int32_t *country = NULL;
    if (status == RIFT_OK) {
        status = rift_resolve_countries(all, out, report, &country);
    }
    if (status == RIFT_OK) {
        rift_tell_countries(all, country);
    }
    order_findings(all->diag, first);
    if (status == RIFT_OK) {
        status = hand_on(all, country, out, report);
    }
    tell_counts(all);
    bool counted = rift_reader_count(all, report);
    free(country);
    return !counted                    ? RIFT_ERR_MEMORY
           : status == RIFT_ERR_MEMORY ? status
           : status != RIFT_OK         ? status
           : all->wrong                ? RIFT_ERR_DATA
                                       : RIFT_OK;
}
