/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The levels behind measures of inequality: means and percentiles of each year, and of
   the same countries in the first year and the last. */
#include "analysis/analysis.h"

#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

enum { PERCENTILES = 7 };
static const double percentile[PERCENTILES] = {0, 10, 25, 50, 75, 90, 100};

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    {"sample", RIFT_KIND_CODE, 0, "",
     "all: countries with a value in the year; both: those with one in the first and "
     "in "
     "the last year compared"},
    RIFT_COLUMN_N_COUNTRIES,
    {"mean", RIFT_KIND_NUMBER, 2, "", "mean of countries, or of people"},
    {"minimum", RIFT_KIND_NUMBER, 2, "", "lowest value"},
    {"p10", RIFT_KIND_NUMBER, 2, "", "10th percentile"},
    {"p25", RIFT_KIND_NUMBER, 2, "", "25th percentile"},
    {"median", RIFT_KIND_NUMBER, 2, "", "50th percentile"},
    {"p75", RIFT_KIND_NUMBER, 2, "", "75th percentile"},
    {"p90", RIFT_KIND_NUMBER, 2, "", "90th percentile"},
    {"maximum", RIFT_KIND_NUMBER, 2, "", "highest value"},
};

/* Of countries type 7, of people the value of the country in which a share is reached.
 */
static void put_row(const rift_scope *q, const rift_variable *v, size_t year, int how,
                    const char *sample, const rift_sample *s, rift_table *table)
{
    if (s->n == 0) {
        return;
    }
    RIFT_CELLS(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
               RIFT_W(rift_weighting_name(how)), RIFT_W(sample), RIFT_N((double)s->n),
               RIFT_N(rift_weighted_mean(s->x, s->w, s->n)));
    for (size_t k = 0; k < PERCENTILES; k++) {
        double p = percentile[k] / 100;
        rift_table_number(table,
                          how ? rift_weighted_quantile_sorted(s->x, s->w, s->n, p)
                              : rift_quantile_sorted(s->x, s->n, p));
    }
    rift_table_end_row(table);
}

/* Every year with whoever has a value, and the ends of the span with who has both. */
static void put_variable(const rift_scope *q, const rift_variable *v, int how,
                         uint8_t *keep, rift_sample *s, rift_table *table)
{
    size_t first, last;
    if (!v->main || !rift_span(q, v->value, &first, &last)) {
        return;
    }
    for (size_t t = q->first; t <= q->last; t++) {
        rift_sample_fill(q, v->value, t, how, false, NULL, s);
        put_row(q, v, t, how, "all", s, table);
    }
    if (first < last) {
        (void)rift_keep_both(q, v->value, first, last, false, how, keep);
        for (int end = 0; end < 2; end++) {
            size_t t = end ? last : first;
            rift_sample_fill(q, v->value, t, how, false, keep, s);
            put_row(q, v, t, how, "both", s, table);
        }
    }
}

static rift_status find_levels(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    rift_sample s = {0};
    uint8_t *keep = calloc(q->result->panel.n_country + 1, 1);
    bool good = rift_sample_make(q, &s) && keep;
    for (size_t i = 0; good && i < q->n_variable; i++) {
        for (int how = 0; how < rift_weightings_of(q); how++) {
            put_variable(q, &q->variable[i], how, keep, &s, table);
        }
    }
    rift_sample_free(&s);
    free(keep);
    rift_text_put(summary, "Levels of one year and another compare where the countries "
                           "are the same: the rows of the sample 'both'.");
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

const rift_analysis rift_analysis_levels = {
    .group = "divide",
    .reference = "Hyndman and Fan (1996)",
    .sees = RIFT_SEES_COMPARED,
    .n_table = 1,
    .table = &(const rift_table_form){"levels",
                                      "means and percentiles of each year, and of the "
                                      "same countries at first and at last",
                                      column, RIFT_COUNT_OF(column),
                                      "a country with a value in one of the years"},
    .run = find_levels,
};
