/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divides at home, between groups of people of one country. */
#include "analysis/paradox/paradox.h"

#include <math.h>

static const rift_column_info domestic_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_PAIR,
    RIFT_COLUMN_COUNTRY,
    {"lagging", RIFT_KIND_NUMBER, 2, "", "value of the group that lags"},
    {"leading", RIFT_KIND_NUMBER, 2, "", "value of the group that leads"},
    {"gap", RIFT_KIND_NUMBER, 2, "", "leading less lagging"},
    {"parity", RIFT_KIND_NUMBER, 3, "", "lagging over leading"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "behind where parity is below 0.98, ahead above 1.02, else parity"},
    {"share_of_variance", RIFT_KIND_NUMBER, 5, "",
     "share of the variance within the country that lies between the two groups, taken "
     "as equally large"},
};

/* The ITU's practice. */
static const char *state_of(double parity)
{
    return isnan(parity)   ? ""
           : parity < 0.98 ? "behind"
           : parity > 1.02 ? "ahead"
                           : "parity";
}

/* Gaps of each country and pair. Where shares are in percent, the variance within the
   country is split between the two groups, taken as equally large. */
static void put_domestic(const rift_scope *q, const rift_pair *pair, size_t year,
                         rift_table *table)
{
    const rift_panel *panel = &q->result->panel;
    size_t cells = panel->n_year * panel->n_country;
    for (size_t c = 0; c < panel->n_country; c++) {
        size_t cell = year * panel->n_country + c;
        double low = panel->value[(size_t)pair->low * cells + cell];
        double high = panel->value[(size_t)pair->high * cells + cell];
        if (isnan(low) || isnan(high)) {
            continue;
        }
        double p = (low + high) / 200, between = pow((high - low) / 200, 2);
        bool share = low >= 0 && high >= 0 && low <= 100 && high <= 100;
        double parity = high > 0 ? low / high : NAN;
        if (rift_view_wants(&q->choice, c)) {
            RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(pair->name),
                     RIFT_W(panel->country[c]), RIFT_N(low), RIFT_N(high),
                     RIFT_N(high - low), RIFT_N(parity), RIFT_W(state_of(parity)),
                     RIFT_N(share && p > 0 && p < 1 ? between / (p * (1 - p)) : NAN));
        }
    }
}

static double gap_at(const rift_scope *q, const rift_pair *pair, size_t year, size_t c)
{
    const rift_panel *panel = &q->result->panel;
    size_t cells = panel->n_year * panel->n_country;
    size_t cell = year * panel->n_country + c;
    return panel->value[(size_t)pair->high * cells + cell] -
           panel->value[(size_t)pair->low * cells + cell];
}

/* Fewer countries have no mean worth telling. */
enum { LEAST_TOLD = 5 };

/* Mean gaps of the countries that have it in both years, and their number. */
static size_t mean_gaps(const rift_scope *q, const rift_pair *pair,
                        const size_t year[2], double mean[2])
{
    size_t n = 0;
    mean[0] = mean[1] = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double first = gap_at(q, pair, year[0], c), last = gap_at(q, pair, year[1], c);
        if (!isnan(first) && !isnan(last)) {
            mean[0] += first;
            mean[1] += last;
            n++;
        }
    }
    mean[0] /= (double)n;
    mean[1] /= (double)n;
    return n;
}

/* The same countries, in the first year and the last that five of them have. */
static void tell_domestic(const rift_scope *q, const rift_pair *pair,
                          rift_text *summary)
{
    for (size_t last = q->last; last > q->first; last--) {
        for (size_t first = q->first; first < last; first++) {
            double mean[2];
            const size_t year[2] = {first, last};
            size_t n = mean_gaps(q, pair, year, mean);
            if (n >= LEAST_TOLD) {
                rift_text_format(summary,
                                 "%s: in the same %zu countries the mean gap at home "
                                 "was %.1f in %.0f and %.1f in %.0f.\n",
                                 pair->name, n, mean[0], rift_year_of(q, first),
                                 mean[1], rift_year_of(q, last));
                return;
            }
        }
    }
}

static rift_status measure_domestic(const rift_scope *q, rift_table *table,
                                    rift_text *summary)
{
    for (size_t k = 0; k < q->n_pair; k++) {
        for (size_t t = q->first; t <= q->last; t++) {
            put_domestic(q, &q->pair[k], t, table);
        }
        tell_domestic(q, &q->pair[k], summary);
    }
    rift_text_put(summary, q->n_pair == 0
                               ? "The result has no series of groups of people; name "
                                 "them as pairs: name=LAGGING/LEADING."
                               : "Parity is 0.98 to 1.02, as the ITU has it.");
    return RIFT_OK;
}

const rift_analysis rift_analysis_domestic = {
    .group = "paradox",
    .reference = "parity of 0.98 to 1.02: ITU practice",
    .n_table = 1,
    .table =
        &(const rift_table_form){"domestic", "gaps between groups of people at home",
                                 domestic_column, RIFT_COUNT_OF(domestic_column),
                                 "a pair of series of groups of people, as 'pairs' "
                                 "names them, and a country with a value of both"},
    .run = measure_domestic,
};
