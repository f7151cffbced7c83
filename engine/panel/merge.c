/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merging goes series by series, so that what must be remembered of each cell (who
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

typedef struct merging {
    rift_merge *merge;
    size_t *start, *order; /* strips by series */
    uint32_t *owner, *at;  /* [year][country or aggregate] strip + 1, value in it */
    uint32_t *count;       /* for the mean */
    conflict *conflict;
    size_t n_conflict, conflict_capacity;
    size_t n_same;
} merging;

/* Which of two vintages is later: 1 the new one, -1 the old one, 0 unknown or equal. */
static int compare_vintage(const rift_observations *seen, const conflict *conflict)
{
    const char *old = seen->file[seen->strip[conflict->old_strip].file].vintage;
    const char *new = seen->file[seen->strip[conflict->new_strip].file].vintage;
    int order = *old && *new ? strcmp(new, old) : 0;
    return order > 0 ? 1 : order < 0 ? -1 : 0;
}

static void decide(const merging *merging, conflict *conflict)
{
    switch (merging->merge->settings->on_conflict) {
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
        int later = compare_vintage(merging->merge->seen, conflict);
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

static bool merge_cell(merging *merging, const plane *plane, size_t cell,
                       uint32_t strip, uint32_t at)
{
    const rift_strip *item = &merging->merge->seen->strip[strip];
    double value = item->value[at];
    if (merging->owner[cell] == 0) {
        merging->owner[cell] = strip + 1;
        merging->at[cell] = at;
        merging->count[cell] = 1;
    } else {
        uint32_t old = merging->owner[cell] - 1;
        if (merging->merge->seen->strip[old].value[merging->at[cell]] == value) {
            merging->n_same += !plane->aggregate;
            return true;
        }
        if (!rift_array_grow((void **)&merging->conflict, merging->n_conflict,
                             &merging->conflict_capacity, sizeof *merging->conflict)) {
            return false;
        }
        conflict *conflict = &merging->conflict[merging->n_conflict++];
        *conflict = (struct conflict){old,   merging->at[cell], strip, at,
                                      false, plane->aggregate,  false};
        decide(merging, conflict);
        if (merging->merge->settings->on_conflict == RIFT_CONFLICT_MEAN) {
            double n = ++merging->count[cell];
            plane->value[cell] += (value - plane->value[cell]) / n;
            return true;
        }
        if (!conflict->new_kept) {
            return true;
        }
        merging->owner[cell] = strip + 1;
        merging->at[cell] = at;
    }
    plane->value[cell] = value;
    if (!plane->aggregate) {
        plane->origin[cell] = RIFT_OBSERVED;
        plane->obs_status[cell] = item->obs_status[at];
    }
    return true;
}

static bool merge_series(merging *merging, size_t series, const plane *plane)
{
    const rift_merge *merge = merging->merge;
    const rift_panel *panel = merge->panel;
    size_t width = plane->aggregate ? panel->aggregates.n : panel->n_country;
    memset(merging->owner, 0, panel->n_year * width * sizeof *merging->owner);
    for (size_t i = merging->start[series]; i < merging->start[series + 1]; i++) {
        uint32_t number = (uint32_t)merging->order[i];
        const rift_strip *strip = &merge->seen->strip[number];
        bool aggregate = strip->country & RIFT_AGGREGATE;
        int32_t column = aggregate ? merge->aggregate[strip->country & ~RIFT_AGGREGATE]
                                   : merge->country[strip->country];
        if (aggregate != plane->aggregate || column < 0) {
            continue;
        }
        for (uint32_t k = 0; k < strip->n; k++) {
            if (isnan(strip->value[k])) {
                continue;
            }
            size_t year = (size_t)(rift_strip_year(strip, k) - panel->year[0]);
            if (!merge_cell(merging, plane, year * width + (size_t)column, number, k)) {
                return false;
            }
        }
    }
    return true;
}

/* Where each value of a series stands; a mean stands where its first value does. */
static void keep_locations(const merging *merging, size_t series)
{
    rift_panel *panel = merging->merge->panel;
    size_t at = rift_panel_at(panel, series, 0);
    for (size_t i = 0; panel->locations.file && i < panel->n_year * panel->n_country;
         i++) {
        if (merging->owner[i] > 0) {
            const rift_strip *strip =
                &merging->merge->seen->strip[merging->owner[i] - 1];
            uint64_t line = rift_strip_line(strip, merging->at[i]);
            panel->locations.file[at + i] = (uint32_t)strip->file;
            panel->locations.line[at + i] =
                line < UINT32_MAX ? (uint32_t)line : UINT32_MAX;
            bool column = merging->merge->seen->file[strip->file].cell_is_column;
            int64_t cell = rift_strip_cell(strip, merging->at[i]);
            panel->locations.field[at + i] = (uint32_t)(cell + (column ? 0 : 1));
        }
    }
}

static bool merge_planes(merging *merging)
{
    rift_panel *panel = merging->merge->panel;
    size_t most =
        panel->n_country > panel->aggregates.n ? panel->n_country : panel->aggregates.n;
    merging->owner = rift_array_zero(panel->n_year, most, 1, sizeof *merging->owner);
    merging->at = rift_array_zero(panel->n_year, most, 1, sizeof *merging->at);
    merging->count = rift_array_zero(panel->n_year, most, 1, sizeof *merging->count);
    bool good = merging->owner && merging->at && merging->count;
    for (size_t i = 0; good && i < panel->n_indicator; i++) {
        size_t at = rift_panel_at(panel, i, 0);
        plane countries = {panel->value + at, panel->origin + at,
                           panel->obs_status + at, false};
        plane aggregates = {panel->aggregates.value +
                                i * panel->n_year * panel->aggregates.n,
                            NULL, NULL, true};
        good = merge_series(merging, i, &countries);
        keep_locations(merging, i);
        good = good && merge_series(merging, i, &aggregates);
    }
    return good;
}

/* Unsettled, it is an error; where conflicts are only to be reported it is a warning
 * where files differ. */
static rift_severity severity_of(const merging *merging, const conflict *conflict)
{
    const rift_strip *strip = merging->merge->seen->strip;
    bool one_file = strip[conflict->old_strip].file == strip[conflict->new_strip].file;
    if (conflict->settled || conflict->aggregate) {
        return RIFT_NOTE;
    }
    bool tell = merging->merge->settings->on_conflict == RIFT_CONFLICT_REPORT;
    return tell && !one_file ? RIFT_WARNING : RIFT_ERROR;
}

static void tell_conflict(const merging *merging, const conflict *conflict,
                          const rift_location *old, const rift_location *new)
{
    const rift_observations *seen = merging->merge->seen;
    const rift_strip *strip = &seen->strip[conflict->new_strip];
    char now[RIFT_NUMBER_SIZE], before[RIFT_NUMBER_SIZE];
    rift_number_format(strip->value[conflict->new_at], now);
    rift_number_format(seen->strip[conflict->old_strip].value[conflict->old_at],
                       before);
    bool mean = merging->merge->settings->on_conflict == RIFT_CONFLICT_MEAN;
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
    rift_severity severity = severity_of(merging, conflict);
    rift_diag_at(merging->merge->diag, severity, new,
                 "%s of %s in %d is %s here but %s at %s:%zu:%zu; %s",
                 seen->series.word[strip->series], land,
                 rift_strip_year(strip, conflict->new_at), now, before, old->file,
                 old->line, old->column, done);
}

/* Find both locations of every conflict, then report them in the order they came up. */
static rift_status tell_conflicts(merging *merging)
{
    size_t n = merging->n_conflict;
    rift_value_location *mark = calloc(2 * n + 1, sizeof *mark);
    if (!mark) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        const conflict *conflict = &merging->conflict[i];
        mark[2 * i] =
            (rift_value_location){.strip = conflict->old_strip, .at = conflict->old_at};
        mark[2 * i + 1] =
            (rift_value_location){.strip = conflict->new_strip, .at = conflict->new_at};
    }
    rift_status status =
        rift_locations_find(merging->merge->seen, merging->merge->diag, mark, 2 * n);
    bool error = false;
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        const conflict *conflict = &merging->conflict[i];
        tell_conflict(merging, conflict, &mark[2 * i].location,
                      &mark[2 * i + 1].location);
        error = error || severity_of(merging, conflict) == RIFT_ERROR;
    }
    free(mark);
    error = error && !merging->merge->settings->keep_going;
    return status != RIFT_OK ? status : error ? RIFT_ERR_DATA : RIFT_OK;
}

rift_status rift_panel_merge(rift_merge *merge)
{
    merging merging = {.merge = merge};
    rift_status status = RIFT_ERR_MEMORY;
    if (rift_observations_order(merge->seen, &merging.start, &merging.order) &&
        merge_planes(&merging)) {
        status = tell_conflicts(&merging);
    }
    if (status == RIFT_OK && merging.n_same > 0) {
        rift_diag_at(merge->diag, RIFT_NOTE, NULL,
                     "%zu values appear twice with the same number and were used once",
                     merging.n_same);
    }
    free(merging.start);
    free(merging.order);
    free(merging.owner);
    free(merging.at);
    free(merging.count);
    free(merging.conflict);
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(merge->diag) : status;
}
