/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of ranks: what they owe to single elements, to weights, to layers. */
#include "audit/audit.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAR = 10 }; /* places; JRC practice */

static const int32_t *ranks_of(const rift_audit *audit, size_t node)
{
    return audit->result->scores.rank +
           rift_result_at(audit->result, node, audit->year);
}

/* How two rankings differ, over the countries that both have. */
typedef struct shift {
    size_t n, far;
    double mean, most, spearman;
    size_t who; /* of the largest */
} shift;

/* Place of each of n ranks among them, the first 1: a country that only one ranking has
   moves nobody in the other. */
static void places_of(const double *rank, size_t n, double *place)
{
    for (size_t i = 0; i < n; i++) {
        place[i] = 1;
        for (size_t j = 0; j < n; j++) {
            place[i] += rank[j] < rank[i];
        }
    }
}

static rift_status shift_of(const int32_t *a, const int32_t *b, size_t n, shift *out)
{
    double *x = calloc(4 * n + 1, sizeof *x), sum = 0;
    size_t *who = calloc(n + 1, sizeof *who), m = 0;
    *out = (shift){.spearman = NAN, .mean = NAN};
    if (!x || !who) {
        free(x);
        free(who);
        return RIFT_ERR_MEMORY;
    }
    for (size_t c = 0; c < n; c++) {
        if (a[c] > 0 && b[c] > 0) {
            x[m] = a[c];
            x[n + m] = b[c];
            who[m++] = c;
        }
    }
    places_of(x, m, x + 2 * n);
    places_of(x + n, m, x + 3 * n);
    for (size_t i = 0; i < m; i++) {
        double gap = fabs(x[2 * n + i] - x[3 * n + i]);
        sum += gap;
        out->far += gap >= FAR;
        out->who = gap > out->most ? who[i] : out->who;
        out->most = fmax(out->most, gap);
    }
    out->n = m;
    rift_status status = RIFT_OK;
    if (m > 0) {
        out->mean = sum / (double)m;
        status = rift_spearman(x, x + n, m, &out->spearman);
    }
    free(x);
    free(who);
    return status;
}

static void shift_columns(rift_table *table)
{
    rift_table_column(table, "n", true, 0);
    rift_table_column(table, "mean_shift", true, 2);
    rift_table_column(table, "largest_shift", true, 0);
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "share_10", true, 3);
    rift_table_column(table, "spearman", true, 4);
}

static void shift_entries(const rift_audit *audit, const shift *s, rift_table *table)
{
    rift_table_number(table, (double)s->n);
    rift_table_number(table, s->mean);
    rift_table_number(table, s->most);
    rift_table_word(table, s->most > 0 ? audit->result->panel.country[s->who] : "");
    rift_table_number(table, s->n > 0 ? (double)s->far / (double)s->n : NAN);
    rift_table_number(table, s->spearman);
}

/* Mark the series under a node; whether any other is left. */
static bool mark_below(const rift_audit *audit, size_t node, uint8_t *screened_out)
{
    bool rest = false;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        int s = audit->index.node[i].series;
        if (s >= 0) {
            bool below = rift_result_is_under(audit->result, i, node);
            screened_out[s] = audit->result->scores.screened_out[s] || below;
            rest = rest || !screened_out[s];
        }
    }
    return rest;
}

/**
 * Ranks without each series and each node in turn, the weights of its siblings scaled
 * up, from the same normalised scores. Countries that fall below a coverage rule by it
 * are not compared, and move nobody.
 */
RIFT_AUDIT(removal)
{
    size_t n = audit->n_country;
    int32_t *rank = calloc(n + 1, sizeof *rank);
    uint8_t *screened_out = calloc(audit->index.n_series + 1, 1);
    rift_status status = rank && screened_out ? RIFT_OK : RIFT_ERR_MEMORY;
    double worst = 0;
    size_t which = 0;
    rift_table_column(table, "without", false, 0);
    rift_table_column(table, "kind", false, 0);
    shift_columns(table);
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        if (!rift_audit_takes_part(audit, i) || !mark_below(audit, i, screened_out)) {
            continue;
        }
        shift s;
        status = rift_audit_again(audit, &audit->index, screened_out, rank);
        if (status == RIFT_OK) {
            status = shift_of(ranks_of(audit, 0), rank, n, &s);
        }
        if (status == RIFT_OK) {
            rift_table_word(table, audit->index.node[i].code);
            rift_table_word(table, audit->index.node[i].series < 0 ? "node" : "series");
            shift_entries(audit, &s, table);
            bool more = audit->index.node[i].series >= 0 && s.mean > worst;
            which = more ? i : which;
            worst = more ? s.mean : worst;
        }
    }
    free(rank);
    free(screened_out);
    if (which == 0) {
        rift_text_put(verdict, "There is nothing that could be left out.");
    } else {
        rift_text_format(verdict,
                         "Ranks owe most to '%s': without it they shift by %.1f places "
                         "on average.",
                         audit->index.node[which].code, worst);
    }
    return status;
}

RIFT_AUDIT(rank_differences)
{
    rift_status status = RIFT_OK;
    rift_table_column(table, "node", false, 0);
    shift_columns(table);
    double low = INFINITY, high = 0;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        shift s;
        if (audit->index.node[i].series >= 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        status = shift_of(ranks_of(audit, 0), ranks_of(audit, i), audit->n_country, &s);
        rift_table_word(table, audit->index.node[i].code);
        shift_entries(audit, &s, table);
        double share = s.n > 0 ? (double)s.far / (double)s.n : NAN;
        low = fmin(low, share);
        high = fmax(high, share);
    }
    if (low > high) {
        rift_text_put(verdict, "There are no nodes under the total.");
    } else {
        rift_text_format(verdict,
                         "Between %.0f and %.0f %% of countries rank %d places or more "
                         "apart in a node and in the total: that much the nodes add.",
                         100 * low, 100 * high, FAR);
    }
    return status;
}

/* 1: a is as good in all and better in one; -1: b is; 0: neither, or gaps. */
static int dominates(const rift_audit *audit, size_t a, size_t b, bool *comparable)
{
    bool better = false, worse = false;
    *comparable = true;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        if (audit->index.node[i].series >= 0 && rift_audit_takes_part(audit, i)) {
            const double *x = rift_audit_score(audit, i);
            *comparable = *comparable && !isnan(x[a]) && !isnan(x[b]);
            better = better || x[a] > x[b];
            worse = worse || x[a] < x[b];
        }
    }
    return !*comparable || better == worse ? 0 : better ? 1 : -1;
}

RIFT_AUDIT(dominance)
{
    size_t n = audit->n_country, pairs = 0, settled = 0;
    size_t *count = calloc(2 * n + 1, sizeof *count);
    if (!count) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            bool comparable;
            int who = dominates(audit, a, b, &comparable);
            pairs += comparable;
            settled += who != 0;
            count[a] += who > 0;
            count[n + b] += who > 0;
            count[b] += who < 0;
            count[n + a] += who < 0;
        }
    }
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "rank", true, 0);
    rift_table_column(table, "dominates", true, 0);
    rift_table_column(table, "dominated_by", true, 0);
    for (size_t c = 0; c < n; c++) {
        if (count[c] + count[n + c] > 0) {
            int32_t rank = ranks_of(audit, 0)[c];
            rift_table_word(table, audit->result->panel.country[c]);
            rift_table_number(table, rank > 0 ? (double)rank : NAN);
            rift_table_number(table, (double)count[c]);
            rift_table_number(table, (double)count[n + c]);
        }
    }
    free(count);
    rift_text_format(
        verdict,
        "In %zu of %zu pairs of countries with every series (%.1f %%) one is "
        "as good as the other in all of them and better in some: their order "
        "owes nothing to the weights.",
        settled, pairs, pairs ? 100 * (double)settled / (double)pairs : 0);
    return RIFT_OK;
}

enum { SHOWN = 5 };

typedef struct place {
    double percentile; /* share of the ranked that are worse */
    size_t node;
} place;

static int compare_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->percentile != y->percentile) {
        return x->percentile > y->percentile ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

static void strength_row(const rift_audit *audit, size_t c, const char *kind,
                         const place *at, rift_table *table)
{
    rift_table_word(table, audit->result->panel.country[c]);
    rift_table_word(table, kind);
    rift_table_word(table, audit->index.node[at->node].code);
    rift_table_word(table, audit->index.node[at->node].department);
    rift_table_number(table, rift_audit_score(audit, at->node)[c]);
    rift_table_number(table, ranks_of(audit, at->node)[c]);
    rift_table_number(table, 100 * at->percentile);
}

RIFT_AUDIT(strengths)
{
    size_t n = audit->n_country;
    place *list = calloc(audit->index.n_node + 1, sizeof *list);
    size_t *ranked = calloc(audit->index.n_node + 1, sizeof *ranked);
    rift_status status = list && ranked ? RIFT_OK : RIFT_ERR_MEMORY;
    static const char *const text[] = {"country", "kind", "series", "department"};
    for (size_t i = 0; i < 4; i++) {
        rift_table_column(table, text[i], false, 0);
    }
    rift_table_column(table, "score", true, 1);
    rift_table_column(table, "rank", true, 0);
    rift_table_column(table, "percentile", true, 0);
    for (size_t i = 0; status == RIFT_OK && i < audit->index.n_node; i++) {
        for (size_t c = 0; c < n; c++) {
            ranked[i] += ranks_of(audit, i)[c] > 0;
        }
    }
    for (size_t c = 0; status == RIFT_OK && c < n; c++) {
        size_t m = 0;
        for (size_t i = 1; i < audit->index.n_node; i++) {
            int32_t rank = ranks_of(audit, i)[c];
            if (audit->index.node[i].series >= 0 && rank > 0 && ranked[i] > 1) {
                list[m++] =
                    (place){1 - ((double)rank - 1) / ((double)ranked[i] - 1), i};
            }
        }
        qsort(list, m, sizeof *list, compare_place);
        size_t each = m / 2 < SHOWN ? m / 2 : SHOWN;
        for (size_t k = 0; k < each; k++) {
            strength_row(audit, c, "strength", &list[k], table);
        }
        for (size_t k = 0; k < each; k++) {
            strength_row(audit, c, "weakness", &list[m - 1 - k], table);
        }
    }
    free(list);
    free(ranked);
    rift_text_format(verdict,
                     "Up to %d series in which each country ranks best and "
                     "worst among those with a value.",
                     SHOWN);
    return status;
}
