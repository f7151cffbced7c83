/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between groups and within them, group in group; and the change of that over time. */
#include "analysis/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const theil_name[] = {"theil-t", "theil-l"};

static const rift_column_info nested_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_MEASURE,
    {"level", RIFT_KIND_COUNT, 0, "", "1 for the outermost grouping"},
    {"grouping", RIFT_KIND_CODE, 0, "",
     "grouping whose groups are compared within those of the level before; countries: "
     "what remains between these"},
    {"part", RIFT_KIND_NUMBER, 4, "", "part of the measure that lies at this level"},
    RIFT_COLUMN_CONTRIBUTION_SHARE,
};

static const rift_column_info change_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_MEASURE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"change", RIFT_KIND_NUMBER, 4, "", "last year's measure less the first year's"},
    {"by_means", RIFT_KIND_NUMBER, 4, "",
     "part of the change owed to the means of groups"},
    {"by_within", RIFT_KIND_NUMBER, 4, "",
     "part of the change owed to inequality within groups"},
    {"by_shares", RIFT_KIND_NUMBER, 4, "",
     "part of the change owed to the sizes of groups"},
    RIFT_COLUMN_N_COUNTRIES,
};

/* Cells of all groupings up to one: who is together in every one of them. */
static size_t cells_of(const rift_scope *q, size_t year, const rift_sample *s,
                       size_t level, int32_t *cell, int32_t *group)
{
    size_t n = 1;
    memset(cell, 0, s->n * sizeof *cell);
    for (size_t k = 0; k <= level; k++) {
        size_t most = q->result->groups.n_group[q->by[k]] + 1, found = 0;
        rift_sample_groups(q, q->by[k], year, s, group);
        int32_t *number = malloc(n * most * sizeof *number);
        if (!number) {
            return 0;
        }
        memset(number, -1, n * most * sizeof *number);
        for (size_t i = 0; i < s->n; i++) {
            int32_t *at = &number[(size_t)cell[i] * most + (size_t)group[i]];
            *at = *at < 0 ? (int32_t)found++ : *at;
            cell[i] = *at;
        }
        free(number);
        n = found;
    }
    return n;
}

/* Between the groups of the first grouping, between those of the second within the
   first, ..., within the last: exact for Theil T and L. */
static rift_status nest_year(const rift_scope *q, const rift_variable *v, size_t year,
                             int how, rift_sample *s, int32_t *cell, rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    int32_t *group = cell + q->result->panel.n_country + 1;
    for (size_t m = 0; m < 2; m++) {
        double before = 0;
        rift_split split = {0};
        rift_sample_fill(q, v->value, year, how, m == 1, NULL, s);
        for (size_t level = 0; s->n > 1 && level <= q->n_by; level++) {
            double part = split.within;
            if (level < q->n_by) {
                size_t n = cells_of(q, year, s, level, cell, group);
                rift_status status =
                    n == 0   ? RIFT_ERR_MEMORY
                    : m == 0 ? rift_split_theil_t(s->x, s->w, cell, s->n, n, &split)
                             : rift_split_theil_l(s->x, s->w, cell, s->n, n, &split);
                if (status == RIFT_ERR_MEMORY) {
                    return status;
                }
                if (status != RIFT_OK || isnan(split.total)) {
                    break;
                }
                part = split.between - before;
                before = split.between;
            }
            RIFT_ROW(
                table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
                RIFT_W(rift_weighting_name(how)), RIFT_W(theil_name[m]),
                RIFT_N((double)level + 1),
                RIFT_W(level < q->n_by ? groups->grouping[q->by[level]] : "countries"),
                RIFT_N(part), RIFT_N(split.total > 0 ? part / split.total : NAN));
        }
    }
    return RIFT_OK;
}

static rift_status nest_all(const rift_scope *q, rift_table *table, rift_text *summary)
{
    rift_sample s;
    if (rift_tell_no_grouping(q, summary)) {
        return RIFT_OK;
    }
    int32_t *cell = calloc(2 * q->result->panel.n_country + 2, sizeof *cell);
    if (!rift_sample_make(q, &s) || !cell) {
        rift_sample_free(&s);
        free(cell);
        return RIFT_ERR_MEMORY;
    }
    rift_status status = RIFT_OK;
    for (size_t i = 0; i < q->n_variable; i++) {
        for (size_t t = q->first; q->variable[i].main && t <= q->last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = nest_year(q, &q->variable[i], t, how, &s, cell, table);
            }
        }
    }
    rift_sample_free(&s);
    free(cell);
    rift_text_put(summary, "Each level lies within the one before it; the parts of a "
                           "year add up to its Theil index exactly.");
    return status;
}

const rift_analysis rift_analysis_nested = {
    .group = "divide",
    .reference = "Shorrocks (1980)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "nested", "Theil T and L, group within group", nested_column,
            RIFT_COUNT_OF(nested_column),
            "a grouping, named by 'by', and two countries with a value in a year"},
    .run = nest_all,
};

/* Share of people, mean and own Theil of each group in a year; the groups that have
   countries in the sample. */
static bool states_of(const rift_sample *s, const int32_t *group, size_t n_group,
                      bool theil_t, rift_group_state *out)
{
    double *x = calloc(2 * s->n + 1, sizeof *x), *w = x ? x + s->n : NULL;
    for (size_t g = 0; x && g < n_group; g++) {
        double share = 0, mean = 0;
        size_t n = 0;
        for (size_t i = 0; i < s->n; i++) {
            if (group[i] == (int32_t)g) {
                x[n] = s->x[i];
                w[n++] = s->w[i];
                share += s->w[i];
                mean += s->w[i] * s->x[i];
            }
        }
        for (size_t i = 0; i < n; i++) {
            w[i] /= share;
        }
        out[g] = (rift_group_state){0};
        if (n > 0) {
            double within = theil_t ? rift_theil_t(x, w, n) : rift_theil_l(x, w, n);
            out[g] = (rift_group_state){share, mean / share, within};
        }
    }
    free(x);
    return x != NULL;
}

/* Room for one change, and the numbers that describe it. */
typedef struct change_room {
    rift_sample s;
    uint8_t *keep, *both;
    int32_t *group;
    rift_group_state *state; /* [2][groups + 1] */
} change_room;

static bool change_room_make(const rift_scope *q, change_room *room)
{
    size_t most = 0, n = q->result->panel.n_country;
    for (size_t k = 0; k < q->n_by; k++) {
        size_t own = q->result->groups.n_group[q->by[k]];
        most = own > most ? own : most;
    }
    room->keep = calloc(2 * n + 1, 1);
    room->both = room->keep ? room->keep + n : NULL;
    room->group = calloc(n + 1, sizeof *room->group);
    room->state = calloc(2 * most + 2, sizeof *room->state);
    return rift_sample_make(q, &room->s) && room->keep && room->group && room->state;
}

static void change_room_free(change_room *room)
{
    rift_sample_free(&room->s);
    free(room->keep);
    free(room->group);
    free(room->state);
}

/* A group without a country at one end has no mean there: that of the other end is
   held, so that its coming or going is a change of shares alone. */
static void hold_absent(rift_group_state *from, rift_group_state *to)
{
    if (!(from->share > 0)) {
        *from = (rift_group_state){0, to->mean, to->within};
    } else if (!(to->share > 0)) {
        *to = (rift_group_state){0, from->mean, from->within};
    }
}

/* The groups at both ends; those without a country at both drop out. Their number, or
   SIZE_MAX when memory runs out. */
static size_t ends_of(const rift_scope *q, const rift_variable *v, size_t by,
                      const size_t year[2], int how, bool theil_t, change_room *room)
{
    size_t n_country = q->result->panel.n_country, left = 0;
    size_t n_group = q->result->groups.n_group[by] + 1;
    rift_keep_both(q, v->value, year[0], year[1], false, how, room->keep);
    for (size_t c = 0; c < n_country; c++) {
        bool good = room->keep[c];
        for (int end = 0; !theil_t && end < 2; end++) {
            good = good && rift_value_at(q, v, year[end], c) > 0;
        }
        room->both[c] = good;
    }
    for (int end = 0; end < 2; end++) {
        rift_sample_fill(q, v->value, year[end], how, false, room->both, &room->s);
        rift_sample_groups(q, by, year[end], &room->s, room->group);
        if (!states_of(&room->s, room->group, n_group, theil_t,
                       room->state + (size_t)end * n_group)) {
            return SIZE_MAX;
        }
    }
    for (size_t g = 0; g < n_group; g++) {
        hold_absent(&room->state[g], &room->state[n_group + g]);
        if (room->state[g].share > 0 || room->state[n_group + g].share > 0) {
            room->state[left] = room->state[g];
            room->state[n_group + left++] = room->state[n_group + g];
        }
    }
    return left;
}

static rift_status change_of(const rift_scope *q, const rift_variable *v, size_t by,
                             const size_t year[2], int how, bool theil_t,
                             change_room *room, rift_table *table, rift_text *summary)
{
    const rift_groups *groups = &q->result->groups;
    size_t n = ends_of(q, v, by, year, how, theil_t, room);
    rift_change change;
    if (n == SIZE_MAX) {
        return RIFT_ERR_MEMORY;
    }
    rift_status status = rift_split_change(
        room->state, room->state + groups->n_group[by] + 1, n, theil_t, &change);
    if (status != RIFT_OK || isnan(change.total) || room->s.n < 2) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    RIFT_ROW(table, RIFT_W(v->code), RIFT_W(rift_weighting_name(how)),
             RIFT_W(groups->grouping[by]), RIFT_W(theil_name[!theil_t]),
             RIFT_N(rift_year_of(q, year[0])), RIFT_N(rift_year_of(q, year[1])),
             RIFT_N(change.total), RIFT_N(change.means), RIFT_N(change.within),
             RIFT_N(change.shares), RIFT_N((double)room->s.n));
    if (theil_t && how == rift_weightings_of(q) - 1 && by == q->by[0]) {
        rift_text_format(
            summary,
            "%s, %s: relative inequality %s from %.0f to %.0f (Theil T "
            "%+.3f: %+.3f by the means of groups by %s, %+.3f within them, "
            "%+.3f by their sizes).\n",
            v->name, rift_weighting_words(how),
            change.total < 0   ? "fell"
            : change.total > 0 ? "rose"
                               : "stayed",
            rift_year_of(q, year[0]), rift_year_of(q, year[1]), change.total,
            change.means, groups->grouping[by], change.within, change.shares);
    }
    return RIFT_OK;
}

static rift_status change_all(const rift_scope *q, rift_table *table,
                              rift_text *summary)
{
    change_room room = {0};
    rift_status status = change_room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t year[2];
        if (!v->main || status != RIFT_OK ||
            !rift_span(q, v->value, &year[0], &year[1]) || year[0] == year[1]) {
            continue;
        }
        for (size_t k = 0; k < q->n_by; k++) {
            for (int how = 0; how < 2 * rift_weightings_of(q); how++) {
                status = status == RIFT_OK
                             ? change_of(q, v, q->by[k], year, how / 2, how % 2 == 0,
                                         &room, table, summary)
                             : status;
            }
        }
    }
    (void)rift_tell_no_grouping(q, summary);
    change_room_free(&room);
    return status;
}

const rift_analysis rift_analysis_theil_change = {
    .group = "divide",
    .reference = "Mookherjee and Shorrocks (1982); Shorrocks (2013)",
    .sees = RIFT_SEES_COMPARED,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "theil-change", "change of Theil by means, within groups, and by shares",
            change_column, RIFT_COUNT_OF(change_column),
            "a grouping, named by 'by', two years, and two of its countries with a "
            "value above 0 in both"},
    .run = change_all,
};
