/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has it and who has not, person by person: the variance of a 0/1 trait within and
   between countries, exactly; and Theil between the rich and the others. */
#include "analysis/paradox/paradox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rift_is_share(const rift_variable *v)
{
    return v->ceiling == 100 && (strstr(v->unit, "population") ||
                                 strstr(v->unit, "people") || !strcmp(v->unit, "%"));
}

bool rift_paradox_wants(const rift_scope *q, const rift_variable *v)
{
    return q->named ? v->main : rift_is_share(v);
}

/* Grouping and member of the rich; false where it goes by GDP per head. */
static bool rich_group(const rift_scope *q, size_t *by, int32_t *member)
{
    const rift_groups *groups = &q->result->groups;
    if (q->rich_by >= 0) {
        *by = (size_t)q->rich_by;
        *member = q->rich;
        return true;
    }
    for (size_t i = 0; i < groups->n_grouping; i++) {
        for (size_t k = 0; k < groups->n_group[i]; k++) {
            if (strncmp(groups->group[i][k], "High income", 11) == 0) {
                *by = i;
                *member = (int32_t)k;
                return true;
            }
        }
    }
    return false;
}

static rift_status rich_by_income(const rift_scope *q, int8_t *rich)
{
    size_t n = q->result->panel.n_country, m = 0;
    double *income = calloc(2 * n + 1, sizeof *income);
    if (!income) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t c = 0; c < n; c++) {
        income[c] = NAN;
        for (size_t t = q->first; q->income && isnan(income[c]) && t <= q->last; t++) {
            income[c] = q->income[t * n + c];
        }
        if (!isnan(income[c])) {
            income[n + m++] = income[c];
        }
    }
    rift_sort(income + n, m);
    double bound = m > 0 ? rift_quantile_sorted(income + n, m, 2.0 / 3) : NAN;
    for (size_t c = 0; c < n; c++) {
        rich[c] = isnan(income[c]) ? -1 : income[c] > bound;
    }
    free(income);
    return RIFT_OK;
}

rift_status rift_rich_of(const rift_scope *q, size_t year, int8_t *rich)
{
    size_t by;
    int32_t member;
    if (!rich_group(q, &by, &member)) {
        return rich_by_income(q, rich);
    }
    const int32_t *of = rift_groups_of_row(&q->result->groups, by, year);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        rich[c] = of[c] < 0 ? -1 : of[c] == member;
    }
    return RIFT_OK;
}

void rift_rich_text(const rift_scope *q, rift_text *out)
{
    size_t by;
    int32_t member;
    if (rich_group(q, &by, &member)) {
        rift_text_format(out, "%s (%s)", q->result->groups.group[by][member],
                         q->result->groups.grouping[by]);
    } else {
        rift_text_put(out, "the third with the highest GDP per head at the start");
    }
}

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

static void tell_people(const rift_variable *v, const rift_table *table, size_t from,
                        rift_text *verdict)
{
    size_t first = SIZE_MAX, last = SIZE_MAX;
    for (size_t r = from; r < table->n_row; r++) {
        if (strcmp(rift_table_word_at(table, r, 2), "balanced") == 0) {
            first = first != SIZE_MAX ? first : r;
            last = r;
        }
    }
    if (first != last) {
        rift_text_format(
            verdict,
            "%s among people of the same countries: between countries lay %.0f %% of "
            "the difference between persons in %.0f (%.0f %% had it), %.0f %% in %.0f "
            "(%.0f %%).\n",
            v->name, 100 * rift_table_number_at(table, first, 7),
            rift_table_number_at(table, first, 0),
            100 * rift_table_number_at(table, first, 3),
            100 * rift_table_number_at(table, last, 7),
            rift_table_number_at(table, last, 0),
            100 * rift_table_number_at(table, last, 3));
    }
}

RIFT_ANALYSIS(people)
{
    rift_sample s;
    rift_scope_columns(table, "year:n0 node:t sample:t share:n4 total:n5 within:n5 "
                              "between:n5 share_between:n3 countries:n0");
    uint8_t *keep = calloc(q->result->panel.n_country + 1, 1);
    bool good = rift_sample_make(q, &s) && keep;
    for (size_t i = 0; good && q->people && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last, from = table->n_row;
        if (!rift_paradox_wants(q, v) || !rift_is_share(v) ||
            !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        rift_keep_balanced(q, v->value, first, last, keep);
        for (size_t t = first; t <= last; t++) {
            for (int k = 0; k < 2; k++) {
                if (fill_people(q, v, t, k, keep, &s)) {
                    rift_split split = rift_split_binary(s.x, s.w, s.n);
                    rift_scope_row(table, "nttnnnnnn", rift_year_of(q, t), v->code,
                                   sample_name[k], rift_weighted_mean(s.x, s.w, s.n),
                                   split.total, split.within, split.between,
                                   split.total > 0 ? split.between / split.total : NAN,
                                   (double)s.n);
                }
            }
        }
        tell_people(v, table, from, verdict);
    }
    rift_sample_free(&s);
    free(keep);
    if (good) {
        rift_text_put(verdict, q->people ? "Variance p (1 - p) of having it or not = "
                                           "within + between countries, exactly. Both "
                                           "parts shrink as a share nears 0 or 100."
                                         : "The study names no population.");
    }
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
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
    rift_scope_row(table, "ntttnnnnnn", rift_year_of(q, year), v->code,
                   groups->grouping[by], "balanced", p, p * (1 - p), between, among,
                   within, (double)s->n);
}

RIFT_ANALYSIS(people_groups)
{
    rift_sample s;
    rift_scope_columns(table, "year:n0 node:t grouping:t sample:t share:n4 total:n5 "
                              "between_groups:n5 between_countries:n5 within:n5 "
                              "countries:n0");
    size_t most = 0, n = q->result->panel.n_country;
    for (size_t k = 0; k < q->result->groups.n_grouping; k++) {
        size_t own = q->result->groups.n_group[k];
        most = own > most ? own : most;
    }
    uint8_t *keep = calloc(n + 1, 1);
    double *room = calloc(2 * most + 2, sizeof *room);
    bool good = rift_sample_make(q, &s) && keep && room;
    for (size_t i = 0; good && q->people && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!rift_paradox_wants(q, v) || !rift_is_share(v) ||
            !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        rift_keep_balanced(q, v->value, first, last, keep);
        for (size_t t = first; t <= last; t++) {
            for (size_t k = 0; k < q->n_by && fill_people(q, v, t, true, keep, &s);
                 k++) {
                put_groups(q, v, q->by[k], t, &s, room, room + most + 1, table);
            }
        }
    }
    rift_sample_free(&s);
    free(keep);
    free(room);
    rift_text_put(verdict, "The parts between groups, between the countries of a "
                           "group and within countries add up to the total exactly.");
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Theil between the rich and the others and within both, over the same countries. */
static rift_status theil_of(const rift_scope *q, const rift_variable *v, size_t year,
                            int how, const uint8_t *keep, rift_sample *s, int8_t *rich,
                            int32_t *group, rift_table *table)
{
    rift_status status = rift_rich_of(q, year, rich);
    for (int m = 0; status == RIFT_OK && m < 2; m++) {
        rift_split split;
        rift_sample_fill(q, v->value, year, how, m == 1, keep, s);
        for (size_t i = 0; i < s->n; i++) {
            group[i] = rich[s->country[i]] < 0 ? 2 : rich[s->country[i]];
        }
        if (s->n < 2) {
            continue;
        }
        status = m == 0 ? rift_split_theil_t(s->x, s->w, group, s->n, 3, &split)
                        : rift_split_theil_l(s->x, s->w, group, s->n, 3, &split);
        if (status == RIFT_OK && !isnan(split.total)) {
            rift_scope_row(table, "ntttnnnnn", rift_year_of(q, year), v->code,
                           rift_weighting_name(how), m == 0 ? "theil-t" : "theil-l",
                           split.total, split.between, split.within,
                           split.total > 0 ? split.between / split.total : NAN,
                           (double)s->n);
        }
    }
    return status;
}

RIFT_ANALYSIS(theil)
{
    rift_sample s;
    rift_scope_columns(table, "year:n0 node:t weighting:t measure:t total:n4 "
                              "between:n4 within:n4 share_between:n3 countries:n0");
    size_t n = q->result->panel.n_country + 1;
    uint8_t *keep = calloc(n, 1);
    int8_t *rich = calloc(n, 1);
    int32_t *group = calloc(n, sizeof *group);
    bool good = rift_sample_make(q, &s) && keep && rich && group;
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t first, last;
        if (!rift_paradox_wants(q, v) || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        rift_keep_balanced(q, v->value, first, last, keep);
        for (size_t t = first; t <= last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                status = theil_of(q, v, t, how, keep, &s, rich, group, table);
            }
        }
    }
    rift_sample_free(&s);
    free(keep);
    free(rich);
    free(group);
    rift_text_put(verdict, "Between ");
    rift_rich_text(q, verdict);
    rift_text_put(verdict, " and all others, over the same countries each year.");
    return status;
}
