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
                         rift_table *table, double sum[2], double *n)
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
        sum[0] += high - low;
        sum[1] += parity;
        ++*n;
        if (rift_view_wants(&q->choice, c)) {
            RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(pair->name),
                     RIFT_W(panel->country[c]), RIFT_N(low), RIFT_N(high),
                     RIFT_N(high - low), RIFT_N(parity), RIFT_W(state_of(parity)),
                     RIFT_N(share && p > 0 && p < 1 ? between / (p * (1 - p)) : NAN));
        }
    }
}

static rift_status measure_domestic(const rift_scope *q, rift_table *table,
                                    rift_text *summary)
{
    for (size_t k = 0; k < q->n_pair; k++) {
        double first[3] = {NAN, NAN, NAN}, last[3] = {NAN, NAN, NAN};
        for (size_t t = q->first; t <= q->last; t++) {
            double sum[2] = {0}, n = 0;
            put_domestic(q, &q->pair[k], t, table, sum, &n);
            if (n >= 5) {
                double *end = isnan(first[0]) ? first : last;
                end[0] = rift_year_of(q, t);
                end[1] = sum[0] / n;
                end[2] = n;
            }
        }
        if (!isnan(last[0])) {
            rift_text_format(summary,
                             "%s: mean gap at home %.1f in %.0f (%.0f countries), %.1f "
                             "in %.0f (%.0f).\n",
                             q->pair[k].name, first[1], first[0], first[2], last[1],
                             last[0], last[2]);
        }
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
