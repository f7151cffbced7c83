/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which countries are rich, and Theil between them and the others. */
#include "analysis/paradox/paradox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rift_is_share(const rift_variable *v)
{
    return v->ceiling == 100 && !v->has_negative &&
           (strstr(v->unit, "population") || strstr(v->unit, "people") ||
            !strcmp(v->unit, "%"));
}

bool rift_paradox_wants(const rift_scope *q, const rift_variable *v)
{
    return q->named ? v->main : rift_is_share(v);
}

#define HIGH_INCOME "High income"

static bool is_high_income(const char *group)
{
    return strncmp(group, HIGH_INCOME, strlen(HIGH_INCOME)) == 0;
}

/* Grouping and group of the rich; the group is -1 where all are meant whose names begin
   with "High income" (OECD, other). False where it goes by GDP per head. */
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
            if (is_high_income(groups->group[i][k])) {
                *by = i;
                *member = -1;
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
    const rift_groups *groups = &q->result->groups;
    const int32_t *of = rift_groups_of_row(groups, by, year);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        rich[c] = of[c] < 0     ? -1
                  : member >= 0 ? of[c] == member
                                : is_high_income(groups->group[by][of[c]]);
    }
    return RIFT_OK;
}

void rift_rich_text(const rift_scope *q, rift_text *out)
{
    size_t by;
    int32_t member;
    const rift_groups *groups = &q->result->groups;
    if (rich_group(q, &by, &member)) {
        const char *and = "";
        for (size_t k = 0; k < groups->n_group[by]; k++) {
            if (member >= 0 ? (int32_t)k == member
                            : is_high_income(groups->group[by][k])) {
                rift_text_format(out, "%s%s", and, groups->group[by][k]);
                and = " and ";
            }
        }
        rift_text_format(out, " (%s)", groups->grouping[by]);
    } else {
        rift_text_put(out, "the third with the highest GDP per head at the start");
    }
}

static const rift_column_info theil_column[] = {
    RIFT_COLUMN_YEAR,      RIFT_COLUMN_VARIABLE,      RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_MEASURE,   RIFT_COLUMN_TOTAL(4),      RIFT_COLUMN_BETWEEN(4),
    RIFT_COLUMN_WITHIN(4), RIFT_COLUMN_SHARE_BETWEEN, RIFT_COLUMN_N_COUNTRIES,
};

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
            RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
                     RIFT_W(rift_weighting_name(how)),
                     RIFT_W(m == 0 ? "theil-t" : "theil-l"), RIFT_N(split.total),
                     RIFT_N(split.between), RIFT_N(split.within),
                     RIFT_N(split.total > 0 ? split.between / split.total : NAN),
                     RIFT_N((double)s->n));
        }
    }
    return status;
}

static rift_status split_theil(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    rift_sample s;
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
        for (size_t t = first; t <= last; t++) {
            for (int how = 0; status == RIFT_OK && how < rift_weightings_of(q); how++) {
                rift_keep_balanced(q, v->value, first, last, how, keep);
                status = theil_of(q, v, t, how, keep, &s, rich, group, table);
            }
        }
    }
    rift_sample_free(&s);
    free(keep);
    free(rich);
    free(group);
    rift_text_put(summary, "Between ");
    rift_rich_text(q, summary);
    rift_text_put(summary, " and all others, over the same countries each year.");
    return status;
}

const rift_analysis rift_analysis_theil_high_income = {
    .group = "paradox",
    .reference = "Theil (1967)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "theil-high-income", "Theil between the rich and the others", theil_column,
            RIFT_COUNT_OF(theil_column),
            "GDP per head or a group of the rich, named by 'high_income', and two "
            "countries with values in each year"},
    .run = split_theil,
};
