/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling goes series by series, so that what must be remembered of each cell (who
   filled it, how often) is one plane of years and countries and not a second panel. */
#include "panel/merge.h"

#include "core/diag.h"
#include "core/text.h"
#include "panel/locate.h"
#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two values of one cell, and which is kept. */
typedef struct conflict {
    uint32_t old_strip, old_at, new_strip, new_at;
    bool settled, aggregate, new_kept;
} conflict;

typedef struct filling {
    rift_merge *fill;
    size_t *start, *order; /* strips by series */
    uint32_t *owner, *at;  /* [year][country or aggregate] strip + 1, value in it */
    uint32_t *count;       /* for the mean */
    conflict *conflict;
    size_t n_conflict, conflict_capacity;
    size_t n_same;
} filling;

/* Which of two vintages is later: 1 the new one, -1 the old one, 0 unknown or equal. */
static int compare_vintage(const rift_observations *seen, const conflict *conflict)
{
    const char *old = seen->file[seen->strip[conflict->old_strip].file].vintage;
    const char *new = seen->file[seen->strip[conflict->new_strip].file].vintage;
    int order = *old && *new ? strcmp(new, old) : 0;
    return order > 0 ? 1 : order < 0 ? -1 : 0;
}

static void decide(const filling *filling, conflict *conflict)
{
    switch (filling->fill->settings->on_conflict) {
    case RIFT_CONFLICT_ERROR:
        conflict->settled = false;
        break;
    case RIFT_CONFLICT_FIRST:
        conflict->settled = true;
        break;
    case RIFT_CONFLICT_LAST:
        conflict->settled = conflict->new_kept = true;
        break;
    case RIFT_CONFLICT_MEAN:
        conflict->settled = true;
        break;
    default: {
        int later = compare_vintage(filling->fill->seen, conflict);
        conflict->settled = later != 0;
        conflict->new_kept = later > 0;
    }
    }
}

/* The arrays of countries, or those of aggregates. */
typedef struct plane {
    double *value;
    uint8_t *origin, *obs_status; /* NULL for aggregates */
    bool aggregate;
} plane;

static bool fill_cell(filling *filling, const plane *plane, size_t cell, uint32_t strip,
                      uint32_t at)
{
    const rift_strip *item = &filling->fill->seen->strip[strip];
    double value = item->value[at];
    if (filling->owner[cell] == 0) {
        filling->owner[cell] = strip + 1;
        filling->at[cell] = at;
        filling->count[cell] = 1;
    } else {
        uint32_t old = filling->owner[cell] - 1;
        if (filling->fill->seen->strip[old].value[filling->at[cell]] == value) {
            filling->n_same += !plane->aggregate;
            return true;
        }
        if (!rift_array_grow((void **)&filling->conflict, filling->n_conflict,
                             &filling->conflict_capacity, sizeof *filling->conflict)) {
            return false;
        }
        conflict *conflict = &filling->conflict[filling->n_conflict++];
        *conflict = (struct conflict){old,   filling->at[cell], strip, at,
                                      false, plane->aggregate,  false};
        decide(filling, conflict);
        if (filling->fill->settings->on_conflict == RIFT_CONFLICT_MEAN) {
            double n = ++filling->count[cell];
            plane->value[cell] += (value - plane->value[cell]) / n;
            return true;
        }
        if (!conflict->new_kept) {
            return true;
        }
        filling->owner[cell] = strip + 1;
        filling->at[cell] = at;
    }
    plane->value[cell] = value;
    if (!plane->aggregate) {
        plane->origin[cell] = RIFT_OBSERVED;
        plane->obs_status[cell] = item->obs_status[at];
    }
    return true;
}

static bool fill_series(filling *filling, size_t series, const plane *plane)
{
    const rift_merge *fill = filling->fill;
    const rift_panel *panel = fill->panel;
    size_t width = plane->aggregate ? panel->aggregates.n : panel->n_country;
    memset(filling->owner, 0, panel->n_year * width * sizeof *filling->owner);
    for (size_t i = filling->start[series]; i < filling->start[series + 1]; i++) {
        uint32_t number = (uint32_t)filling->order[i];
        const rift_strip *strip = &fill->seen->strip[number];
        bool aggregate = strip->country & RIFT_AGGREGATE;
        int32_t column = aggregate ? fill->aggregate[strip->country & ~RIFT_AGGREGATE]
                                   : fill->country[strip->country];
        if (aggregate != plane->aggregate || column < 0) {
            continue;
        }
        for (uint32_t k = 0; k < strip->n; k++) {
            if (isnan(strip->value[k])) {
                continue;
            }
            size_t year = (size_t)(rift_strip_year(strip, k) - panel->year[0]);
            if (!fill_cell(filling, plane, year * width + (size_t)column, number, k)) {
                return false;
            }
        }
    }
    return true;
}

/* Where each value of a series stands; a mean stands where its first value does. */
static void keep_places(const filling *filling, size_t series)
{
    rift_panel *panel = filling->fill->panel;
    size_t at = rift_panel_at(panel, series, 0);
    for (size_t i = 0; panel->locations.file && i < panel->n_year * panel->n_country;
         i++) {
        if (filling->owner[i] > 0) {
            const rift_strip *strip =
                &filling->fill->seen->strip[filling->owner[i] - 1];
            uint64_t line = rift_strip_line(strip, filling->at[i]);
            panel->locations.file[at + i] = (uint32_t)strip->file;
            panel->locations.line[at + i] =
                line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
            bool column = filling->fill->seen->file[strip->file].cell_is_column;
            int64_t cell = rift_strip_cell(strip, filling->at[i]);
            panel->locations.field[at + i] = (uint32_t)(cell + (column ? 0 : 1));
        }
    }
}

static bool fill_planes(filling *filling)
{
    rift_panel *panel = filling->fill->panel;
    size_t most =
        panel->n_country > panel->aggregates.n ? panel->n_country : panel->aggregates.n;
    filling->owner = rift_array_zero(panel->n_year, most, 1, sizeof *filling->owner);
    filling->at = rift_array_zero(panel->n_year, most, 1, sizeof *filling->at);
    filling->count = rift_array_zero(panel->n_year, most, 1, sizeof *filling->count);
    bool good = filling->owner && filling->at && filling->count;
    for (size_t i = 0; good && i < panel->n_indicator; i++) {
        size_t at = rift_panel_at(panel, i, 0);
        plane countries = {panel->value + at, panel->origin + at,
                           panel->obs_status + at, false};
        plane aggregates = {panel->aggregates.value +
                                i * panel->n_year * panel->aggregates.n,
                            NULL, NULL, true};
        good = fill_series(filling, i, &countries);
        keep_places(filling, i);
        good = good && fill_series(filling, i, &aggregates);
    }
    return good;
}

/* Unsettled, it is an error; where conflicts are only to be reported it is a warning
 * where files differ. */
static rift_severity severity_of(const filling *filling, const conflict *conflict)
{
    const rift_strip *strip = filling->fill->seen->strip;
    bool one_file = strip[conflict->old_strip].file == strip[conflict->new_strip].file;
    if (conflict->settled || conflict->aggregate) {
        return RIFT_NOTE;
    }
    bool tell = filling->fill->settings->on_conflict == RIFT_CONFLICT_REPORT;
    return tell && !one_file ? RIFT_WARNING : RIFT_ERROR;
}

static void tell_conflict(const filling *filling, const conflict *conflict,
                          const rift_location *old, const rift_location *new)
{
    const rift_observations *seen = filling->fill->seen;
    const rift_strip *strip = &seen->strip[conflict->new_strip];
    char now[RIFT_NUMBER_SIZE], before[RIFT_NUMBER_SIZE];
    rift_number_format(strip->value[conflict->new_at], now);
    rift_number_format(seen->strip[conflict->old_strip].value[conflict->old_at],
                       before);
    bool mean = filling->fill->settings->on_conflict == RIFT_CONFLICT_MEAN;
    const char *done = !conflict->settled   ? conflict->aggregate
                                                  ? "the first is kept"
                                                  : "keep one of the two, or choose in "
                                                    "'on_conflict' which to take"
                       : mean               ? "their mean is taken"
                       : conflict->new_kept ? "this one is taken"
                                            : "the other is taken";
    const char *land = strip->country & RIFT_AGGREGATE
                           ? seen->aggregate.word[strip->country & ~RIFT_AGGREGATE]
                           : seen->country.word[strip->country];
    rift_severity severity = severity_of(filling, conflict);
    rift_diag_at(filling->fill->diag, severity, new,
                 "%s of %s in %d is %s here but %s at %s:%zu:%zu; %s",
                 seen->series.word[strip->series], land,
                 rift_strip_year(strip, conflict->new_at), now, before, old->file,
                 old->line, old->column, done);
}

/* Find both places of every conflict, then tell them in the order they came up. */
static rift_status tell_conflicts(filling *filling)
{
    size_t n = filling->n_conflict;
    rift_value_location *mark = calloc(2 * n + 1, sizeof *mark);
    if (!mark) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        const conflict *conflict = &filling->conflict[i];
        mark[2 * i] =
            (rift_value_location){.strip = conflict->old_strip, .at = conflict->old_at};
        mark[2 * i + 1] =
            (rift_value_location){.strip = conflict->new_strip, .at = conflict->new_at};
    }
    rift_status status = rift_locations_find(filling->fill->seen, mark, 2 * n);
    bool error = false;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        const conflict *conflict = &filling->conflict[i];
        tell_conflict(filling, conflict, &mark[2 * i].place, &mark[2 * i + 1].place);
        error = error || severity_of(filling, conflict) == RIFT_ERROR;
    }
    free(mark);
    error = error && !filling->fill->settings->keep_going;
    return status != RIFT_OK ? status : error ? RIFT_ERR_DATA : RIFT_OK;
}

rift_status rift_panel_merge(rift_merge *fill)
{
    filling filling = {.fill = fill};
    rift_status status = RIFT_ERR_MEMORY;
    if (rift_observations_order(fill->seen, &filling.start, &filling.order) &&
        fill_planes(&filling)) {
        status = tell_conflicts(&filling);
    }
    if (status == RIFT_OK && filling.n_same > 0) {
        rift_diag_at(fill->diag, RIFT_NOTE, NULL,
                     "%zu values stand twice with the same number and were taken once",
                     filling.n_same);
    }
    free(filling.start);
    free(filling.order);
    free(filling.owner);
    free(filling.at);
    free(filling.count);
    free(filling.conflict);
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(fill->diag) : status;
}
