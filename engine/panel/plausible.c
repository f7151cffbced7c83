/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What in a panel looks wrong without being known to be: values outside the bounds of
   their unit, jumps, gaps, countries that end early, units and names that change from
   file to file. Nothing is changed here; everything is a warning or a note. */
#include "panel/plausible.h"

#include "core/diag.h"
#include "core/text.h"
#include "panel/locate.h"
#include "panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LEAST_STEPS = 101, EARLY_YEARS = 5, NAMED = 12, MESSAGE = 240 };

typedef struct inspection {
    const rift_panel *panel;
    const rift_observations *seen;
    rift_diag *diag;
    size_t *start, *order;     /* strips by series */
    rift_value_location *mark; /* values to be reported, with the message of each */
    char (*message)[MESSAGE];
    size_t n_mark, mark_capacity, message_capacity;
} inspection;

static double value_at(const rift_panel *panel, size_t series, size_t year,
                       size_t country)
{
    return panel->value[rift_panel_at(panel, series, year) + country];
}

/* A share of a whole lies within 0 and 100. Growth rates, gross rates and shares of
   other sums ("% of GDP", "% gross") may not. */
static bool is_share(const char *unit)
{
    static const char *const whole[] = {
        "% of population",  "% of total population", "% of adults",
        "% of individuals", "% of households",       "% of female",
        "% of male",        "% of people",           "% of rural",
        "% of urban",       "% of children"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        if (strncasecmp(unit, whole[i], strlen(whole[i])) == 0) {
            return true;
        }
    }
    return strcmp(unit, "%") == 0 || strncmp(unit, "PC_IND", 6) == 0;
}

static bool is_count(const char *unit)
{
    return strncasecmp(unit, "per ", 4) == 0 || strcasecmp(unit, "people") == 0 ||
           strcasecmp(unit, "number") == 0;
}

/* Remember the value of a cell, to be reported once its location is known. */
static bool mark(inspection *inspection, size_t series, size_t country, int year,
                 const char *message)
{
    const rift_observations *seen = inspection->seen;
    const char *code = inspection->panel->country[country];
    double value = value_at(inspection->panel, series,
                            (size_t)(year - inspection->panel->year[0]), country);
    for (size_t k = inspection->start[series]; k < inspection->start[series + 1]; k++) {
        size_t i = inspection->order[k];
        const rift_strip *strip = &seen->strip[i];
        int at = (year - strip->year) * strip->year_step;
        if ((strip->country & RIFT_AGGREGATE) || at < 0 || at >= strip->n ||
            strip->value[at] != value ||
            strcmp(seen->country.word[strip->country], code) != 0) {
            continue;
        }
        if (!rift_array_grow((void **)&inspection->mark, inspection->n_mark,
                             &inspection->mark_capacity, sizeof *inspection->mark) ||
            !rift_array_grow((void **)&inspection->message, inspection->n_mark,
                             &inspection->message_capacity,
                             sizeof *inspection->message)) {
            return false;
        }
        inspection->mark[inspection->n_mark] =
            (rift_value_location){.strip = (uint32_t)i, .at = (uint32_t)at};
        snprintf(inspection->message[inspection->n_mark++], sizeof *inspection->message,
                 "%s", message);
        return true;
    }
    return true;
}

static bool check_bounds(inspection *inspection, size_t series)
{
    const rift_panel *panel = inspection->panel;
    const char *unit = panel->unit[series];
    bool share = is_share(unit), count = is_count(unit);
    size_t n_found = 0;
    for (size_t t = 0; (share || count) && t < panel->n_year; t++) {
        for (size_t c = 0; c < panel->n_country; c++) {
            double x = value_at(panel, series, t, c);
            if (!(x < 0 || (share && x > 100)) || n_found++ >= NAMED) {
                continue;
            }
            char number[RIFT_NUMBER_SIZE], message[MESSAGE];
            rift_number_format(x, number);
            snprintf(message, sizeof message,
                     "%.60s of %s in %d is %s, outside the bounds of '%.40s'",
                     panel->indicator[series], panel->country[c], panel->year[t],
                     number, unit);
            if (!mark(inspection, series, c, panel->year[t], message)) {
                return false;
            }
        }
    }
    return true;
}

/* Changes from one observed year to the next, over all countries of a series. */
static size_t collect_steps(const rift_panel *panel, size_t series, double *step)
{
    size_t n = 0;
    for (size_t c = 0; c < panel->n_country; c++) {
        for (size_t t = 1; t < panel->n_year; t++) {
            double d =
                value_at(panel, series, t, c) - value_at(panel, series, t - 1, c);
            if (isfinite(d)) {
                step[n++] = d;
            }
        }
    }
    return n;
}

/* A change of more than ten standard deviations of all changes of the series. Of n
   values none can lie further than (n - 1) / sqrt(n) from their mean (Shiffler 1988),
   so fewer than 102 cannot show one. */
static bool check_jumps(inspection *inspection, size_t series, double *step)
{
    const rift_panel *panel = inspection->panel;
    size_t n = collect_steps(panel, series, step), n_found = 0;
    double mean = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        mean += step[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        sum += (step[i] - mean) * (step[i] - mean);
    }
    double sd = n > LEAST_STEPS ? sqrt(sum / (double)(n - 1)) : 0;
    for (size_t c = 0; sd > 0 && c < panel->n_country; c++) {
        for (size_t t = 1; t < panel->n_year; t++) {
            double d =
                value_at(panel, series, t, c) - value_at(panel, series, t - 1, c);
            if (!(fabs(d - mean) > 10 * sd) || n_found++ >= NAMED) {
                continue;
            }
            char message[MESSAGE];
            snprintf(
                message, sizeof message,
                "%.60s of %s jumps by %.4g from %d to %d, %.0f standard deviations "
                "of its changes",
                panel->indicator[series], panel->country[c], d, panel->year[t] - 1,
                panel->year[t], fabs(d - mean) / sd);
            if (!mark(inspection, series, c, panel->year[t], message)) {
                return false;
            }
        }
    }
    return true;
}

typedef struct span {
    int first, last; /* years with a value, as rows; -1: none */
    size_t missing;  /* years without one between them */
} span;

static span span_of(const rift_panel *panel, size_t series, size_t country)
{
    span span = {-1, -1, 0};
    size_t n = 0;
    for (size_t t = 0; t < panel->n_year; t++) {
        if (!isnan(value_at(panel, series, t, country))) {
            span.first = span.first < 0 ? (int)t : span.first;
            span.last = (int)t;
            n++;
        }
    }
    span.missing = span.first < 0 ? 0 : (size_t)(span.last - span.first) + 1 - n;
    return span;
}

/* Of each series in a line: countries with gaps, and those whose values end five years
   or more before the last of the series. */
static void check_gaps(inspection *inspection, size_t series)
{
    const rift_panel *panel = inspection->panel;
    size_t n_gap = 0, n_missing = 0, n_early = 0;
    int last = -1;
    for (size_t c = 0; c < panel->n_country; c++) {
        span span = span_of(panel, series, c);
        last = span.last > last ? span.last : last;
        n_gap += span.missing > 0;
        n_missing += span.missing;
    }
    rift_text early = {0};
    for (size_t c = 0; c < panel->n_country; c++) {
        span span = span_of(panel, series, c);
        if (span.last >= 0 && last - span.last >= EARLY_YEARS && n_early++ < NAMED) {
            rift_text_format(&early, "%s%s (%d)", n_early > 1 ? ", " : "",
                             panel->country[c], panel->year[span.last]);
        }
    }
    if (n_gap > 0) {
        rift_diag_at(inspection->diag, RIFT_NOTE, NULL,
                     "%s: %zu %s %zu %s without a value in the middle",
                     panel->indicator[series], n_gap,
                     n_gap == 1 ? "country has" : "countries have", n_missing,
                     n_missing == 1 ? "year" : "years");
    }
    if (n_early > 0) {
        rift_diag_at(
            inspection->diag, RIFT_NOTE, NULL,
            "%s: the values of %zu countries end %d years or more before %d: %s%s",
            panel->indicator[series], n_early, EARLY_YEARS, panel->year[last],
            rift_text_string(&early), n_early > NAMED ? ", ..." : "");
    }
    rift_diag_text_free(inspection->diag, &early);
}

/* Which countries of a series a file has. */
static void countries_of(const inspection *inspection, size_t series, uint32_t file,
                         uint8_t *has)
{
    const rift_observations *seen = inspection->seen;
    memset(has, 0, seen->country.n_word + 1);
    for (size_t k = inspection->start[series]; k < inspection->start[series + 1]; k++) {
        const rift_strip *strip = &seen->strip[inspection->order[k]];
        if (strip->file == file && !(strip->country & RIFT_AGGREGATE)) {
            has[strip->country] = 1;
        }
    }
}

static void tell_vanished(inspection *inspection, size_t series, uint32_t old,
                          uint32_t new, const uint8_t *had, const uint8_t *has)
{
    const rift_observations *seen = inspection->seen;
    rift_text list = {0};
    size_t n = 0;
    for (size_t c = 0; c < seen->country.n_word; c++) {
        if (had[c] && !has[c] && n++ < NAMED) {
            rift_text_format(&list, "%s%s", n > 1 ? ", " : "", seen->country.word[c]);
        }
    }
    if (n > 0) {
        rift_location location = rift_location_file(seen->file[new].name);
        rift_diag_at(inspection->diag, RIFT_WARNING, &location,
                     "%s: %zu countries of %s (vintage %s) are not in this later file: "
                     "%s%s",
                     seen->series.word[series], n, seen->file[old].name,
                     seen->file[old].vintage, rift_text_string(&list),
                     n > NAMED ? ", ..." : "");
    }
    rift_diag_text_free(inspection->diag, &list);
}

/* The dated files of a series, marked in `of`; their number. */
static size_t dated_files(const inspection *inspection, size_t series, uint8_t *of)
{
    const rift_observations *seen = inspection->seen;
    size_t n = 0;
    memset(of, 0, seen->n_file);
    for (size_t k = inspection->start[series]; k < inspection->start[series + 1]; k++) {
        uint32_t file = seen->strip[inspection->order[k]].file;
        bool dated = *seen->file[file].vintage && !of[file];
        n += dated;
        of[file] |= dated;
    }
    return n;
}

/* The file of the vintage that follows, or UINT32_MAX. */
static uint32_t next_vintage(const rift_observations *seen, const uint8_t *of,
                             uint32_t old)
{
    uint32_t next = UINT32_MAX;
    for (uint32_t f = 0; f < seen->n_file; f++) {
        const char *date = seen->file[f].vintage;
        bool later = of[f] && strcmp(date, seen->file[old].vintage) > 0;
        if (later &&
            (next == UINT32_MAX || strcmp(date, seen->file[next].vintage) < 0)) {
            next = f;
        }
    }
    return next;
}

/* Countries that an earlier vintage of a series has and the next one lacks. */
static bool check_vanished(inspection *inspection)
{
    const rift_observations *seen = inspection->seen;
    size_t n = seen->country.n_word + 1;
    uint8_t *had = malloc(n), *has = malloc(n), *of = calloc(seen->n_file + 1, 1);
    bool good = had && has && of;
    for (size_t s = 0; good && s < seen->series.n_word && seen->n_file > 1; s++) {
        if (dated_files(inspection, s, of) < 2) {
            continue;
        }
        for (uint32_t old = 0; old < seen->n_file; old++) {
            uint32_t next = of[old] ? next_vintage(seen, of, old) : UINT32_MAX;
            if (next != UINT32_MAX) {
                countries_of(inspection, s, old, had);
                countries_of(inspection, s, next, has);
                tell_vanished(inspection, s, old, next, had, has);
            }
        }
    }
    free(had);
    free(has);
    free(of);
    return good;
}

static rift_status tell_marks(inspection *inspection)
{
    rift_status status = rift_locations_find(inspection->seen, inspection->diag,
                                             inspection->mark, inspection->n_mark);
    for (size_t i = 0; status == RIFT_OK && i < inspection->n_mark; i++) {
        rift_diag_at(inspection->diag, RIFT_WARNING, &inspection->mark[i].location,
                     "%s", inspection->message[i]);
    }
    return status;
}

rift_status rift_panel_check_plausible(const rift_panel *panel,
                                       const rift_observations *observations,
                                       rift_diag *diag)
{
    inspection inspection = {.panel = panel, .seen = observations, .diag = diag};
    double *step = rift_array_zero(panel->n_year, panel->n_country, 1, sizeof *step);
    bool good = step && rift_observations_order(observations, &inspection.start,
                                                &inspection.order);
    for (size_t i = 0; good && i < panel->n_indicator; i++) {
        good = check_bounds(&inspection, i) && check_jumps(&inspection, i, step);
        check_gaps(&inspection, i);
    }
    good = good && check_vanished(&inspection);
    rift_status status = good ? tell_marks(&inspection) : RIFT_ERR_MEMORY;
    free(step);
    free(inspection.start);
    free(inspection.order);
    free(inspection.mark);
    free(inspection.message);
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
}
