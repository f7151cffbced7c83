/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each group adds to what lies between groups and within them: its weight, its own
   inequality, its part of Theil T and L. */
#include "analysis/analysis.h"

#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_GROUPING,
    {"group", RIFT_KIND_WORD, 0, "", "group of countries; empty: those in none"},
    RIFT_COLUMN_N_COUNTRIES,
    {"weight_share", RIFT_KIND_NUMBER, 4, "", "its countries, or people, over all"},
    {"value_share", RIFT_KIND_NUMBER, 4, "", "what it has of the sum over all"},
    {"mean", RIFT_KIND_NUMBER, 2, "", "mean of its members"},
    {"theil_t", RIFT_KIND_NUMBER, 4, "", "Theil T among its members"},
    {"theil_l", RIFT_KIND_NUMBER, 4, "",
     "Theil L among its members; empty: a value is 0"},
    {"gini", RIFT_KIND_NUMBER, 4, "", "Gini coefficient among its members"},
    {"theil_t_between", RIFT_KIND_NUMBER, 4, "",
     "its part of Theil T between groups: value share times ln of its mean over that "
     "of all; below 0 where its mean is lower"},
    {"theil_t_within", RIFT_KIND_NUMBER, 4, "",
     "its part of Theil T within groups: value share times its own"},
    {"theil_t_share", RIFT_KIND_NUMBER, 3, "", "both parts over Theil T of all"},
    {"theil_l_between", RIFT_KIND_NUMBER, 4, "",
     "its part of Theil L between groups: weight share times ln of the mean of all "
     "over its own; below 0 where its mean is higher"},
    {"theil_l_within", RIFT_KIND_NUMBER, 4, "",
     "its part of Theil L within groups: weight share times its own"},
    {"theil_l_share", RIFT_KIND_NUMBER, 3, "", "both parts over Theil L of all"},
};

typedef struct room {
    rift_sample s;
    int32_t *group;
    double *x, *w; /* of one group, in ascending order, and its shares */
} room;

static bool room_make(const rift_scope *q, room *r)
{
    size_t n = q->result->panel.n_country + 1;
    r->group = calloc(n, sizeof *r->group);
    r->x = calloc(2 * n, sizeof *r->x);
    r->w = r->x ? r->x + n : NULL;
    return rift_sample_make(q, &r->s) && r->group && r->x;
}

static void room_free(room *r)
{
    rift_sample_free(&r->s);
    free(r->group);
    free(r->x);
}

/* Members of a group and their shares of its weight, which is returned. */
static double gather(room *r, int32_t group, size_t *n)
{
    double weight = 0;
    *n = 0;
    for (size_t i = 0; i < r->s.n; i++) {
        if (r->group[i] == group) {
            r->x[*n] = r->s.x[i];
            r->w[(*n)++] = r->s.w[i];
            weight += r->s.w[i];
        }
    }
    for (size_t i = 0; i < *n; i++) {
        r->w[i] /= weight;
    }
    return weight;
}

/* One grouping of a sample; Theil T and L of all are NaN where they are undefined. */
static rift_status put_groups(const rift_scope *q, const rift_variable *v, size_t year,
                              int how, size_t by, room *r, rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    double mean = rift_weighted_mean(r->s.x, r->s.w, r->s.n);
    double all_t = rift_theil_t(r->s.x, r->s.w, r->s.n);
    double all_l = rift_theil_l(r->s.x, r->s.w, r->s.n);
    rift_sample_groups(q, by, year, &r->s, r->group);
    for (size_t g = 0; g <= groups->n_group[by]; g++) {
        size_t n;
        double weight = gather(r, (int32_t)g, &n), gini = NAN;
        if (n == 0) {
            continue;
        }
        rift_status status = rift_gini(r->x, r->w, n, &gini);
        if (status == RIFT_ERR_MEMORY) {
            return status;
        }
        double own = rift_weighted_mean(r->x, r->w, n), share = weight * own / mean;
        double t = rift_theil_t(r->x, r->w, n), l = rift_theil_l(r->x, r->w, n);
        double t_between = own > 0 ? share * log(own / mean) : 0;
        double t_within = own > 0 ? share * t : 0; /* who has nothing adds nothing */
        double l_between = weight * log(mean / own), l_within = weight * l;
        bool defined_t = !isnan(all_t), defined_l = !isnan(all_l);
        RIFT_ROW(
            table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
            RIFT_W(rift_weighting_name(how)), RIFT_W(groups->grouping[by]),
            RIFT_W(g < groups->n_group[by] ? groups->group[by][g] : ""),
            RIFT_N((double)n), RIFT_N(weight), RIFT_N(mean > 0 ? share : NAN),
            RIFT_N(own), RIFT_N(t), RIFT_N(l), RIFT_N(gini),
            RIFT_N(defined_t ? t_between : NAN), RIFT_N(defined_t ? t_within : NAN),
            RIFT_N(all_t > 0 ? (t_between + t_within) / all_t : NAN),
            RIFT_N(defined_l ? l_between : NAN), RIFT_N(defined_l ? l_within : NAN),
            RIFT_N(all_l > 0 ? (l_between + l_within) / all_l : NAN));
    }
    return RIFT_OK;
}

static rift_status split_groups(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    room r = {0};
    rift_status status = room_make(q, &r) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        for (size_t t = q->first; status == RIFT_OK && t <= q->last; t++) {
            for (int how = 0; how < rift_weightings_of(q); how++) {
                rift_sample_fill(q, v->value, t, how, false, NULL, &r.s);
                for (size_t k = 0; r.s.n > 1 && status == RIFT_OK && k < q->n_by; k++) {
                    status = put_groups(q, v, t, how, q->by[k], &r, table);
                }
            }
        }
    }
    room_free(&r);
    if (rift_tell_no_grouping(q, summary)) {
        return status;
    }
    rift_text_put(summary, "The parts of all groups add up to Theil T and L of all; a "
                           "group whose mean is far from that of all adds most between "
                           "them, one that is unequal itself, within.");
    return status;
}

const rift_analysis rift_analysis_split_groups = {
    .group = "divide",
    .reference = "Theil (1967); Shorrocks (1980)",
    .latest = true,
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table = &(const rift_table_form){"split-groups",
                                      "what each group adds to Theil T and L", column,
                                      RIFT_COUNT_OF(column),
                                      "a grouping, named by 'by', and two of its "
                                      "countries with a value in the year"},
    .run = split_groups,
};
