/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies between groups and what within them, each year. */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHARE_DRAWS = 200 };

enum {
    YEAR,
    VARIABLE,
    WEIGHTING,
    GROUPING,
    MEASURE,
    TOTAL,
    BETWEEN,
    WITHIN,
    OVERLAP,
    SHARE_BETWEEN
};

static const rift_column_info column[] = {
    [YEAR] = RIFT_COLUMN_YEAR,
    [VARIABLE] = RIFT_COLUMN_VARIABLE,
    [WEIGHTING] = RIFT_COLUMN_WEIGHTING,
    [GROUPING] = RIFT_COLUMN_GROUPING,
    [MEASURE] = RIFT_COLUMN_MEASURE,
    [TOTAL] = RIFT_COLUMN_TOTAL(4),
    [BETWEEN] = RIFT_COLUMN_BETWEEN(4),
    [WITHIN] = RIFT_COLUMN_WITHIN(4),
    [OVERLAP] = {"overlap", RIFT_KIND_NUMBER, 4, "",
                 "of a Gini, the part that groups owe to their overlapping"},
    [SHARE_BETWEEN] = RIFT_COLUMN_SHARE_BETWEEN,
    {"standard_error", RIFT_KIND_NUMBER, 3, "", "standard error of share_between"},
    RIFT_COLUMN_N_COUNTRIES,
};

typedef rift_status (*split_by)(const double *x, const double *w, const int32_t *group,
                                size_t n, size_t n_group, rift_split *split);

static const struct {
    const char *name;
    split_by apply;
    bool positive; /* values at 0 or below are excluded */
} splits[] = {{"theil-t", rift_split_theil_t, false},
              {"theil-l", rift_split_theil_l, true},
              {"gini", rift_split_gini, false}};

void rift_sample_groups(const rift_scope *q, size_t by, size_t year,
                        const rift_sample *s, int32_t *group)
{
    const int32_t *of = rift_groups_of_row(&q->result->groups, by, year);
    for (size_t i = 0; i < s->n; i++) {
        int32_t g = of[s->country[i]];
        group[i] = g >= 0 ? g : (int32_t)q->result->groups.n_group[by];
    }
}

/* Room for a sample and its groups, and for one resampled from it. */
typedef struct split_room {
    rift_sample s;
    int32_t *group, *drawn_group;
    double *x, *w;
    uint32_t *word;
    uint16_t *count;
} split_room;

static bool split_room_make(const rift_scope *q, split_room *room)
{
    size_t n = q->result->panel.n_country + 1;
    room->group = calloc(2 * n, sizeof *room->group);
    room->drawn_group = room->group ? room->group + n : NULL;
    room->x = calloc(2 * n, sizeof *room->x);
    room->w = room->x ? room->x + n : NULL;
    room->word = calloc(2 * n, sizeof *room->word);
    room->count = calloc(n, sizeof *room->count);
    return rift_sample_make(q, &room->s) && room->group && room->x && room->word &&
           room->count;
}

static void split_room_free(split_room *room)
{
    rift_sample_free(&room->s);
    free(room->group);
    free(room->x);
    free(room->word);
    free(room->count);
}

/* Standard error of the share between groups: countries resampled. */
static rift_status share_error(const rift_scope *q, split_by apply, size_t n_group,
                               split_room *room, double *se)
{
    const rift_sample *s = &room->s;
    size_t replicates = q->replicates < SHARE_DRAWS ? q->replicates : SHARE_DRAWS;
    double sum = 0, square = 0, n = 0;
    for (size_t r = 0; r < replicates; r++) {
        double all = 0;
        size_t m = 0;
        rift_bootstrap_draw(q->seed, r, s->n, room->word, room->count);
        for (size_t i = 0; i < s->n; i++) {
            if (room->count[i] > 0) {
                room->x[m] = s->x[i];
                room->w[m] = s->w[i] * room->count[i];
                room->drawn_group[m] = room->group[i];
                all += room->w[m++];
            }
        }
        for (size_t i = 0; i < m; i++) {
            room->w[i] /= all;
        }
        rift_split split;
        rift_status status =
            apply(room->x, room->w, room->drawn_group, m, n_group, &split);
        if (status != RIFT_OK) {
            return status;
        }
        if (split.total > 0) {
            double share = split.between / split.total;
            sum += share;
            square += share * share;
            n++;
        }
    }
    *se = n > 1 ? sqrt(fmax(0, (square - sum * sum / n) / (n - 1))) : NAN;
    return RIFT_OK;
}

/* One measure, grouping and year; its error too where it is one of the ends. */
static rift_status split_once(const rift_scope *q, const rift_variable *v, size_t year,
                              int how, size_t m, size_t by, bool end, split_room *room,
                              rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    size_t n_group = groups->n_group[by] + 1;
    const rift_sample *s = &room->s;
    rift_split split;
    double se = NAN;
    rift_sample_groups(q, by, year, s, room->group);
    rift_status status =
        splits[m].apply(s->x, s->w, room->group, s->n, n_group, &split);
    if (status != RIFT_OK || isnan(split.total)) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    status = end ? share_error(q, splits[m].apply, n_group, room, &se) : RIFT_OK;
    RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
             RIFT_W(rift_weighting_name(how)), RIFT_W(groups->grouping[by]),
             RIFT_W(splits[m].name), RIFT_N(split.total), RIFT_N(split.between),
             RIFT_N(split.within), RIFT_N(split.overlap),
             RIFT_N(split.total > 0 ? split.between / split.total : NAN), RIFT_N(se),
             RIFT_N((double)s->n));
    return status;
}

static rift_status split_year(const rift_scope *q, const rift_variable *v, size_t year,
                              int how, bool end, split_room *room, rift_table *table)
{
    rift_status status = RIFT_OK;
    for (size_t m = 0; m < 3; m++) {
        rift_sample_fill(q, v->value, year, how, splits[m].positive, NULL, &room->s);
        for (size_t k = 0; room->s.n > 1 && status == RIFT_OK && k < q->n_by; k++) {
            status = split_once(q, v, year, how, m, q->by[k], end, room, table);
        }
    }
    return status;
}

/* The share between groups, of the last year alone: between years the countries change,
   and the claims of the ledger compare the same ones. */
static void tell_split(const rift_scope *q, const rift_table *table, rift_text *summary)
{
    (void)rift_tell_no_grouping(q, summary);
    const char *how = rift_weighting_name(rift_weightings_of(q) - 1);
    const char *by = q->n_by > 0 ? q->result->groups.grouping[q->by[0]] : "";
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        for (size_t r = 0; r < table->n_row; r++) {
            double share = rift_table_number_at(table, r, SHARE_BETWEEN);
            if (!strcmp(rift_table_word_at(table, r, VARIABLE), v->code) &&
                !strcmp(rift_table_word_at(table, r, WEIGHTING), how) &&
                !strcmp(rift_table_word_at(table, r, GROUPING), by) &&
                !strcmp(rift_table_word_at(table, r, MEASURE), "theil-t") &&
                rift_table_number_at(table, r, YEAR) == rift_year_of(q, last) &&
                !isnan(share)) {
                rift_text_format(
                    summary,
                    "%s, %s: between groups by %s lay %.0f %% of Theil T in "
                    "%.0f; the rest lay within them.\n",
                    v->name, how, by, 100 * share, rift_year_of(q, last));
            }
        }
    }
}

static rift_status split_all(const rift_scope *q, rift_table *table, rift_text *summary)
{
    split_room room = {0};
    rift_status status = split_room_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        for (size_t t = q->first; t <= q->last; t++) {
            bool end = t == first || t == last; /* errors take their time */
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = split_year(q, v, t, how, end, &room, table);
            }
        }
    }
    split_room_free(&room);
    tell_split(q, table, summary);
    return status;
}

const rift_analysis rift_analysis_split = {
    .group = "divide",
    .reference = "Theil (1967); Shorrocks (1980); Lambert and Aronson (1993)",
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table =
        &(const rift_table_form){"split",
                                 "Theil T, Theil L and Gini between and within groups",
                                 column, RIFT_COUNT_OF(column),
                                 "a grouping, named by 'by', and two of its countries "
                                 "with a value in a year"},
    .run = split_all,
};
