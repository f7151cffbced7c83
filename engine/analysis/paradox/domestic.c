/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Divides at home, between groups of people of one country, beside the one abroad. */
#include "analysis/paradox/paradox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PERIOD = 5 }; /* years of a period whose changes are compared */

double rift_domestic_gap(const rift_scope *q, const rift_pair *pair, size_t year,
                         size_t country)
{
    const rift_panel *panel = &q->result->panel;
    size_t cell = year * panel->n_country + country;
    size_t cells = panel->n_year * panel->n_country;
    return panel->value[(size_t)pair->high * cells + cell] -
           panel->value[(size_t)pair->low * cells + cell];
}

void rift_international_gap(const rift_scope *q, const rift_variable *v, size_t year,
                            const int8_t *rich, const uint8_t *keep, double *out)
{
    size_t n = q->result->panel.n_country;
    double sum[2] = {0}, count[2] = {0};
    for (size_t c = 0; c < n; c++) {
        double x = rift_oriented_at(q, v, year, c);
        if (keep[c] && rich[c] >= 0 && !isnan(x)) {
            sum[rich[c]] += x;
            count[rich[c]]++;
        }
    }
    for (size_t c = 0; c < n; c++) {
        double x = rift_oriented_at(q, v, year, c);
        bool known = rich[c] >= 0 && count[0] > 0 && count[1] > 0;
        out[c] = !known ? NAN : rich[c] ? x - sum[0] / count[0] : sum[1] / count[1] - x;
    }
}

void rift_international_change(const rift_scope *q, const rift_variable *v, size_t year,
                               const int8_t *rich, const uint8_t *keep, double *out)
{
    size_t n = q->result->panel.n_country;
    double sum[2] = {0}, count[2] = {0};
    for (size_t c = 0; c < n; c++) {
        double x =
            rift_oriented_at(q, v, year, c) - rift_oriented_at(q, v, year - 1, c);
        if (keep[c] && rich[c] >= 0 && !isnan(x)) {
            sum[rich[c]] += x;
            count[rich[c]]++;
        }
    }
    for (size_t c = 0; c < n; c++) {
        double x =
            rift_oriented_at(q, v, year, c) - rift_oriented_at(q, v, year - 1, c);
        bool known = rich[c] >= 0 && count[0] > 0 && count[1] > 0;
        out[c] = !known ? NAN : rich[c] ? x - sum[0] / count[0] : sum[1] / count[1] - x;
    }
}

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

static const char *const quadrant_name[] = {"both close", "home closes, abroad widens",
                                            "home widens, abroad closes", "both widen"};

static const rift_column_info quadrants_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_PAIR,
    RIFT_COLUMN_COUNTRY,
    {"high_income", RIFT_KIND_COUNT, 0, "",
     "1 for a high-income country in the first year, 0 for another"},
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"home_gap", RIFT_KIND_NUMBER, 2, "", "gap at home in the first year"},
    {"home_change", RIFT_KIND_NUMBER, 2, "", "change of the gap at home"},
    {"abroad_gap", RIFT_KIND_NUMBER, 2, "",
     "gap abroad in the first year, to the mean of the other kind of countries"},
    {"abroad_change", RIFT_KIND_NUMBER, 2, "", "change of the gap abroad"},
    {"level", RIFT_KIND_NUMBER, 2, "", "value of the country in the first year"},
    {"quadrant", RIFT_KIND_WORD, 0, "", "which of the two gaps closed, which widened"},
};

/* Room for a period, and its countries counted so far. */
typedef struct quadrants {
    int8_t *rich;
    uint8_t *keep;
    double *gap; /* [2][country] at both ends of a period */
    size_t count[2][4];
} quadrants;

static bool quadrants_make(const rift_scope *q, quadrants *m)
{
    size_t n = q->result->panel.n_country;
    *m = (quadrants){.rich = calloc(n + 1, 1),
                     .keep = calloc(n + 1, 1),
                     .gap = calloc(2 * n + 1, sizeof *m->gap)};
    return m->rich && m->keep && m->gap;
}

static void quadrants_free(quadrants *m)
{
    free(m->rich);
    free(m->keep);
    free(m->gap);
}

/* One period; rows go to a table where there is one. */
static rift_status put_period(const rift_scope *q, const rift_variable *v,
                              const rift_pair *pair, const size_t end[2], quadrants *m,
                              rift_table *table)
{
    size_t n = q->result->panel.n_country;
    rift_status status = rift_rich_of(q, end[0], m->rich);
    rift_keep_both(q, v->value, end[0], end[1], false, false, m->keep);
    for (int k = 0; status == RIFT_OK && k < 2; k++) {
        rift_international_gap(q, v, end[k], m->rich, m->keep, m->gap + (size_t)k * n);
    }
    for (size_t c = 0; status == RIFT_OK && c < n; c++) {
        double home = rift_domestic_gap(q, pair, end[1], c) -
                      rift_domestic_gap(q, pair, end[0], c);
        double abroad = m->gap[n + c] - m->gap[c];
        if (isnan(home) || isnan(abroad) || !m->keep[c] || m->rich[c] < 0) {
            continue;
        }
        int quadrant = 2 * (home >= 0) + (abroad > 0);
        m->count[m->rich[c]][quadrant]++;
        if (table && rift_view_wants(&q->choice, c)) {
            RIFT_ROW(table, RIFT_W(v->code), RIFT_W(pair->name),
                     RIFT_W(q->result->panel.country[c]), RIFT_N((double)m->rich[c]),
                     RIFT_N(rift_year_of(q, end[0])), RIFT_N(rift_year_of(q, end[1])),
                     RIFT_N(rift_domestic_gap(q, pair, end[0], c)), RIFT_N(home),
                     RIFT_N(m->gap[c]), RIFT_N(abroad),
                     RIFT_N(rift_value_at(q, v, end[0], c)),
                     RIFT_W(quadrant_name[quadrant]));
        }
    }
    return status;
}

/* The last year in which at least five countries have both groups. */
static size_t last_year(const rift_scope *q, const rift_pair *pair)
{
    size_t t = q->last, n = 0;
    for (; t > q->first; t--) {
        n = 0;
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            n += !isnan(rift_domestic_gap(q, pair, t, c));
        }
        if (n >= 5) {
            break;
        }
    }
    return t;
}

/* Every period of a variable and a pair, the last first. */
static rift_status put_periods(const rift_scope *q, const rift_variable *v,
                               const rift_pair *pair, quadrants *m, rift_table *table)
{
    rift_status status = RIFT_OK;
    memset(m->count, 0, sizeof m->count);
    for (size_t t = last_year(q, pair); status == RIFT_OK && t >= q->first + PERIOD;
         t -= PERIOD) {
        size_t end[2] = {t - PERIOD, t};
        status = put_period(q, v, pair, end, m, table);
    }
    return status;
}

rift_status rift_quadrants_count(const rift_scope *q, const rift_variable *v,
                                 const rift_pair *pair, size_t count[2][4])
{
    quadrants m;
    rift_status status = quadrants_make(q, &m) ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        status = put_periods(q, v, pair, &m, NULL);
        memcpy(count, m.count, sizeof m.count);
    }
    quadrants_free(&m);
    return status;
}

static void tell_quadrants(const rift_variable *v, const rift_pair *pair,
                           const quadrants *m, rift_text *summary)
{
    for (int rich = 1; rich >= 0; rich--) {
        const size_t *n = m->count[rich];
        size_t closing = n[0] + n[1], opening = n[2] + n[3];
        if (closing + opening == 0) {
            continue;
        }
        rift_text_format(summary,
                         "%s and %s, %s countries: the gap at home closed in %zu "
                         "periods of five years, and in %zu of these the one abroad "
                         "widened; it did not close in %zu, %zu of them with a wider "
                         "gap abroad.\n",
                         v->name, pair->name, rich ? "rich" : "other", closing, n[1],
                         opening, n[3]);
    }
}

static rift_status place_in_quadrants(const rift_scope *q, rift_table *table,
                                      rift_text *summary)
{
    quadrants m;
    rift_status status = quadrants_make(q, &m) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0; rift_paradox_wants(q, v) && k < q->n_pair; k++) {
            if (status == RIFT_OK) {
                status = put_periods(q, v, &q->pair[k], &m, table);
                tell_quadrants(v, &q->pair[k], &m, summary);
            }
        }
    }
    quadrants_free(&m);
    rift_text_put(summary, "Rich are ");
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
