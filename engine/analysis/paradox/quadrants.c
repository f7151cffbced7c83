/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the gap at home did in each period of a country beside what the one abroad did.
 */
#include "analysis/paradox/period.h"

#include <math.h>
#include <string.h>

/* [home closes, stays, widens][abroad closes, stays as it was, widens] */
static const char *const quadrant_name[RIFT_HOMES][3] = {
    {"both close", "home closes, abroad stays", "home closes, abroad widens"},
    {"home stays, abroad closes", "both stay", "home stays, abroad widens"},
    {"home widens, abroad closes", "home widens, abroad stays", "both widen"}};

static const rift_column_info quadrants_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_PAIR,
    RIFT_COLUMN_COUNTRY,
    {"high_income", RIFT_KIND_COUNT, 0, "",
     "1 for a high-income country in the first year, 0 for another"},
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"home_gap", RIFT_KIND_NUMBER, 2, "",
     "gap at home in the first year, whichever group leads"},
    {"home_change", RIFT_KIND_NUMBER, 2, "", "change of the gap at home"},
    {"abroad_gap", RIFT_KIND_NUMBER, 2, "",
     "gap abroad in the first year, to the mean of the other kind of countries"},
    {"abroad_change", RIFT_KIND_NUMBER, 2, "", "change of the gap abroad"},
    {"level", RIFT_KIND_NUMBER, 2, "", "value of the country in the first year"},
    {"quadrant", RIFT_KIND_WORD, 0, "",
     "which of the two gaps closed, stayed or widened"},
};

/* Periods of the rich and of the others by what the gap at home did, and those of them
   in which the one abroad widened. */
typedef struct counts {
    size_t all[2][RIFT_HOMES], wider[2][RIFT_HOMES];
} counts;

static void put_periods(const rift_scope *q, const rift_variable *v,
                        const rift_pair *pair, const rift_home_periods *p, counts *n,
                        rift_table *table)
{
    memset(n, 0, sizeof *n);
    for (size_t i = 0; i < p->n; i++) {
        const rift_home_period *one = &p->period[i];
        double abroad = one->abroad[1] - one->abroad[0];
        n->all[one->rich][one->state]++;
        n->wider[one->rich][one->state] += abroad > 0;
        if (rift_view_wants(&q->choice, (size_t)one->country)) {
            RIFT_ROW(
                table, RIFT_W(v->code), RIFT_W(pair->name),
                RIFT_W(q->result->panel.country[one->country]),
                RIFT_N((double)one->rich), RIFT_N(rift_year_of(q, one->year[0])),
                RIFT_N(rift_year_of(q, one->year[1])), RIFT_N(one->home[0]),
                RIFT_N(one->home[1] - one->home[0]), RIFT_N(one->abroad[0]),
                RIFT_N(abroad), RIFT_N(one->level),
                RIFT_W(quadrant_name[one->state][1 + (abroad > 0) - (abroad < 0)]));
        }
    }
}

static void tell_quadrants(const rift_variable *v, const rift_pair *pair,
                           const counts *n, rift_text *summary)
{
    for (int rich = 1; rich >= 0; rich--) {
        const size_t *all = n->all[rich], *wider = n->wider[rich];
        if (all[0] + all[1] + all[2] > 0) {
            rift_text_format(
                summary,
                "%s and %s, %s economies, periods of five years: the gap at home "
                "closed in %zu, and in %zu of these the one abroad widened; it stayed "
                "in %zu, %zu of them with a wider gap abroad; it widened in %zu, with "
                "a wider one abroad in %zu.\n",
                v->name, pair->name, rich ? "high-income" : "other",
                all[RIFT_HOME_CLOSED], wider[RIFT_HOME_CLOSED], all[RIFT_HOME_STAYED],
                wider[RIFT_HOME_STAYED], all[RIFT_HOME_WIDENED],
                wider[RIFT_HOME_WIDENED]);
        }
    }
}

static rift_status place_in_quadrants(const rift_scope *q, rift_table *table,
                                      rift_text *summary)
{
    rift_home_periods p;
    rift_status status = rift_periods_make(q, &p) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0; rift_paradox_wants(q, v) && k < q->n_pair; k++) {
            counts n;
            if (status == RIFT_OK) {
                status = rift_periods_fill(q, v, &q->pair[k], RIFT_SCALE_LEVEL, &p);
                put_periods(q, v, &q->pair[k], &p, &n, table);
                tell_quadrants(v, &q->pair[k], &n, summary);
            }
        }
    }
    rift_periods_free(&p);
    rift_text_format(summary,
                     "A gap at home that changed by %g at most, in the unit of its "
                     "series, has stayed (option tolerance). Rich are ",
                     rift_tolerance(q));
    rift_rich_text(q, summary);
    rift_text_put(summary, ". Near saturation both gaps close by themselves.");
    return status;
}

const rift_analysis rift_analysis_quadrants = {
    .group = "paradox",
    .reference = "four quadrants",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "quadrants", "change at home against change abroad, country by country",
            quadrants_column, RIFT_COUNT_OF(quadrants_column),
            "a pair of series of groups of people, as 'pairs' names them, and values "
            "of both and of the variable five years apart"},
    .run = place_in_quadrants,
};
