/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has it and who has not, person by person: the variance of a 0/1 trait within and
   between countries, exactly. */
#include "analysis/paradox/paradox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Which countries: all with a value, or those that can be followed all along. */
static const char *const sample_name[] = {"available", "balanced"};

static bool fill_people(const rift_scope *q, const rift_variable *v, size_t year,
                        bool balanced, const uint8_t *keep, rift_sample *s)
{
    rift_sample_fill(q, v->value, year, true, false, balanced ? keep : NULL, s);
    for (size_t i = 0; i < s->n; i++) {
        s->x[i] /= 100;
    }
    return s->n > 1;
}

static const rift_column_info persons_column[] = {
    RIFT_COLUMN_YEAR,       RIFT_COLUMN_VARIABLE,      RIFT_COLUMN_SAMPLE,
    RIFT_COLUMN_SHARE_WITH, RIFT_COLUMN_TOTAL(5),      RIFT_COLUMN_WITHIN(5),
    RIFT_COLUMN_BETWEEN(5), RIFT_COLUMN_SHARE_BETWEEN, RIFT_COLUMN_N_COUNTRIES,
};

static const rift_column_info groups_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_GROUPING,
    RIFT_COLUMN_SAMPLE,
    RIFT_COLUMN_SHARE_WITH,
    RIFT_COLUMN_TOTAL(5),
    {"between_groups", RIFT_KIND_NUMBER, 5, "", "part of the total between groups"},
    {"between_countries", RIFT_KIND_NUMBER, 5, "",
     "part of the total between the countries of a group"},
    {"within", RIFT_KIND_NUMBER, 5, "", "part of the total within countries"},
    RIFT_COLUMN_N_COUNTRIES,
};

/* The first and the last year of the countries that can be followed. */
typedef struct followed {
    size_t n_year;
    double year[2], share_with[2], share_between[2];
} followed;

static void follow(followed *f, double year, double share_with, double share_between)
{
    int end = f->n_year++ > 0;
    f->year[end] = year;
    f->share_with[end] = share_with;
    f->share_between[end] = share_between;
}

/* The variance of each year. */
static void split_persons(const rift_scope *q, const rift_variable *v,
                          const size_t year[2], const uint8_t *keep, rift_sample *s,
                          followed *f, rift_table *table)
{
    for (size_t t = year[0]; t <= year[1]; t++) {
        for (int k = 0; k < 2; k++) {
            if (!fill_people(q, v, t, k, keep, s)) {
                continue;
            }
            rift_split split = rift_split_binary(s->x, s->w, s->n);
            double with = rift_weighted_mean(s->x, s->w, s->n);
            double share = split.total > 0 ? split.between / split.total : NAN;
            if (k == 1) {
                follow(f, rift_year_of(q, t), with, share);
            }
            RIFT_ROW(table, RIFT_N(rift_year_of(q, t)), RIFT_W(v->code),
                     RIFT_W(sample_name[k]), RIFT_N(with), RIFT_N(split.total),
                     RIFT_N(split.within), RIFT_N(split.between), RIFT_N(share),
                     RIFT_N((double)s->n));
        }
    }
}

/* Years and countries of a variable that is a share of people; false without. */
static bool persons_of(const rift_scope *q, const rift_variable *v, size_t year[2],
                       uint8_t *keep)
{
    bool good = q->people && rift_paradox_wants(q, v) && rift_is_share(v) &&
                rift_span(q, v->value, &year[0], &year[1]);
    if (good) {
        rift_keep_balanced(q, v->value, year[0], year[1], true, keep);
    }
    return good;
}

static void tell_persons(const rift_variable *v, const followed *f, rift_text *summary)
{
    if (f->n_year > 1 && (isnan(f->share_between[0]) || isnan(f->share_between[1]))) {
        rift_text_format(summary,
                         "%s among people of the same countries: in the first or the "
                         "last year everybody has it, or nobody.\n",
                         v->name);
    } else if (f->n_year > 1) {
        rift_text_format(
            summary,
            "%s among people of the same countries: between countries lay %.0f %% of "
            "the difference between persons in %.0f (%.0f %% had it), %.0f %% in %.0f "
            "(%.0f %%).\n",
            v->name, 100 * f->share_between[0], f->year[0], 100 * f->share_with[0],
            100 * f->share_between[1], f->year[1], 100 * f->share_with[1]);
    }
}

/* p (1 - p) = between groups + between countries of a group + within countries. */
static void put_groups(const rift_scope *q, const rift_variable *v, size_t by,
                       size_t year, const rift_sample *s, double *weight, double *sum,
                       rift_table *table)
{
    const rift_groups *groups = &q->result->groups;
    const int32_t *of = rift_groups_of_row(groups, by, year);
    size_t n_group = groups->n_group[by] + 1;
    double p = rift_weighted_mean(s->x, s->w, s->n), between = 0, among = 0, within = 0;
    memset(weight, 0, n_group * sizeof *weight);
    memset(sum, 0, n_group * sizeof *sum);
    for (size_t i = 0; i < s->n; i++) {
        int32_t g = of[s->country[i]];
        size_t k = g < 0 ? n_group - 1 : (size_t)g;
        weight[k] += s->w[i];
        sum[k] += s->w[i] * s->x[i];
    }
    for (size_t i = 0; i < s->n; i++) {
        int32_t g = of[s->country[i]];
        size_t k = g < 0 ? n_group - 1 : (size_t)g;
        double d = s->x[i] - sum[k] / weight[k];
        among += s->w[i] * d * d;
        within += s->w[i] * s->x[i] * (1 - s->x[i]);
    }
    for (size_t k = 0; k < n_group; k++) {
        double d = weight[k] > 0 ? sum[k] / weight[k] - p : 0;
        between += weight[k] * d * d;
    }
    RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
             RIFT_W(groups->grouping[by]), RIFT_W("balanced"), RIFT_N(p),
             RIFT_N(p * (1 - p)), RIFT_N(between), RIFT_N(among), RIFT_N(within),
             RIFT_N((double)s->n));
}

/* The most groups that a grouping has. */
static size_t most_groups(const rift_groups *groups)
{
    size_t most = 0;
    for (size_t k = 0; k < groups->n_grouping; k++) {
        most = groups->n_group[k] > most ? groups->n_group[k] : most;
    }
    return most;
}

static void tell_of_method(const rift_scope *q, rift_text *summary)
{
    rift_text_put(&summary[0], q->people ? "Variance p (1 - p) of having it or not = "
                                           "within + between countries, exactly. Both "
                                           "parts shrink as a share nears 0 or 100."
                                         : "The study names no population.");
    rift_text_put(&summary[1], "The parts between groups, between the countries of a "
                               "group and within countries add up to the total "
                               "exactly.");
}

static rift_status measure_persons(const rift_scope *q, rift_table *table,
                                   rift_text *summary)
{
    rift_sample s;
    size_t most = most_groups(&q->result->groups);
    uint8_t *keep = calloc(q->result->panel.n_country + 1, 1);
    double *room = calloc(2 * most + 2, sizeof *room);
    bool good = rift_sample_make(q, &s) && keep && room;
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t year[2];
        followed f = {0};
        if (!persons_of(q, v, year, keep)) {
            continue;
        }
        split_persons(q, v, year, keep, &s, &f, &table[0]);
        tell_persons(v, &f, &summary[0]);
        for (size_t t = year[0]; t <= year[1]; t++) {
            bool there = fill_people(q, v, t, true, keep, &s);
            for (size_t k = 0; there && k < q->n_by; k++) {
                put_groups(q, v, q->by[k], t, &s, room, room + most + 1, &table[1]);
            }
        }
    }
    rift_sample_free(&s);
    free(keep);
    free(room);
    tell_of_method(q, summary);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

const rift_analysis rift_analysis_persons = {
    .group = "paradox",
    .reference = "p(1 - p) = sum s p(1 - p) + sum s (p_c - p)^2",
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            {"persons", "variance of a 0/1 trait within and between countries",
             persons_column, RIFT_COUNT_OF(persons_column),
             "a population, and a share of people in two countries and years"},
            {"persons-groups", "the same by groups of countries", groups_column,
             RIFT_COUNT_OF(groups_column),
             "a population, a share of people, and a grouping, named by 'by'"}},
    .run = measure_persons,
};
