/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the order of countries changed between two years. */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

enum { DRAWS = 200 };

/* Standard error of tau-b: countries resampled. `x` and `y` have m values each,
   `room` is for 2 m. */
static rift_status tau_error(const rift_scope *q, const double *x, const double *y,
                             size_t m, double *room, double *se)
{
    double sum = 0, square = 0, n = 0;
    uint32_t *word = calloc(2 * m + 2, sizeof *word);
    uint16_t *often = calloc(m + 1, sizeof *often);
    rift_status status = word && often ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t r = 0; status == RIFT_OK && r < DRAWS; r++) {
        size_t k = 0;
        rift_bootstrap_draw(q->seed, r, m, word, often);
        for (size_t i = 0; i < m; i++) {
            for (uint16_t j = 0; j < often[i]; j++) {
                room[k] = x[i];
                room[m + k++] = y[i];
            }
        }
        double tau;
        status = rift_kendall(room, room + m, m, &tau);
        sum += isnan(tau) ? 0 : tau;
        square += isnan(tau) ? 0 : tau * tau;
        n += !isnan(tau);
    }
    free(word);
    free(often);
    *se = n > 1 ? sqrt(fmax(0, (square - sum * sum / n) / (n - 1))) : NAN;
    return status;
}

/* Values then and now of the countries that have both, more being better; their number.
 */
static size_t both_ends(const rift_scope *q, const rift_variable *v, size_t first,
                        size_t last, double *x, double *y)
{
    size_t m = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double then = rift_oriented_at(q, v, first, c);
        double now = rift_oriented_at(q, v, last, c);
        if (!isnan(then) && !isnan(now)) {
            x[m] = then;
            y[m++] = now;
        }
    }
    return m;
}

static rift_status put_ranks(const rift_scope *q, const rift_variable *v,
                             rift_table *table, rift_text *summary)
{
    size_t n = q->result->panel.n_country, first, last;
    if (!v->main || !rift_span(q, v->value, &first, &last) || first == last) {
        return RIFT_OK;
    }
    double *x = calloc(4 * n + 1, sizeof *x), *y = x ? x + n : NULL, shift = 0, rho, se,
           tau;
    size_t *order = calloc(n + 1, sizeof *order);
    size_t m = x && order ? both_ends(q, v, first, last, x, y) : 0;
    rift_status status = x && order ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && m > 1) {
        rift_ranks(x, m, order, x + 2 * n);
        rift_ranks(y, m, order, x + 3 * n);
        for (size_t i = 0; i < m; i++) {
            shift += fabs(x[2 * n + i] - x[3 * n + i]) / (double)m;
        }
        status = rift_kendall(x, y, m, &tau);
        if (status == RIFT_OK) {
            status = rift_spearman(x, y, m, &rho);
        }
        if (status == RIFT_OK) {
            status = tau_error(q, x, y, m, x + 2 * n, &se);
        }
        if (status == RIFT_OK) {
            RIFT_ROW(table, RIFT_W(v->code), RIFT_N(rift_year_of(q, first)),
                     RIFT_N(rift_year_of(q, last)), RIFT_N((double)m), RIFT_N(tau),
                     RIFT_N(se), RIFT_N(rho), RIFT_N(shift), RIFT_N(shift / (double)m));
            if (isnan(tau)) {
                rift_text_format(
                    summary,
                    "%s: all countries are alike in %.0f or %.0f, and have "
                    "no order.\n",
                    v->name, rift_year_of(q, first), rift_year_of(q, last));
            } else {
                rift_text_format(summary,
                                 "%s: from %.0f to %.0f a country moved by %.0f "
                                 "place%s of %zu on average (tau-b of the two orders "
                                 "%.2f).\n",
                                 v->name, rift_year_of(q, first), rift_year_of(q, last),
                                 shift, round(shift) == 1 ? "" : "s", m, tau);
            }
        }
    }
    free(x);
    free(order);
    return status;
}

static rift_status run_rank_mobility(const rift_scope *q, rift_table *table,
                                     rift_text *summary)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status != RIFT_ERR_MEMORY && i < q->n_variable; i++) {
        status = put_ranks(q, &q->variable[i], table, summary);
    }
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    RIFT_COLUMN_N_COUNTRIES,
    {"tau_b", RIFT_KIND_NUMBER, 4, "",
     "Kendall's tau-b of both years: 1 the same order, -1 the reverse"},
    {"standard_error_tau_b", RIFT_KIND_NUMBER, 4, "",
     "standard error of tau_b, countries resampled"},
    {"rho", RIFT_KIND_NUMBER, 4, "", "Spearman's correlation of the ranks"},
    {"mean_rank_change", RIFT_KIND_NUMBER, 2, "ranks",
     "ranks that a country moved by, on average"},
    {"mean_rank_change_relative", RIFT_KIND_NUMBER, 4, "",
     "the same over the number of countries"},
};

const rift_analysis rift_analysis_rank_mobility = {
    .group = "converge",
    .reference = "Kendall (1945); Boyle and McCarthy (1997)",
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table =
        &(const rift_table_form){"rank-mobility", "how far the order changed", column,
                                 RIFT_COUNT_OF(column),
                                 "two years, and two countries with a value in both"},
    .run = run_rank_mobility,
};
