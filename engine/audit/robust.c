/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of ranks: what they owe to single elements, to weights, to layers. */
#include "audit/audit.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAR = 10 }; /* ranks; JRC practice */

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

/* Columns of a shift, behind those that say whose it is. */
#define SHIFT_COLUMNS                                                                  \
    RIFT_COLUMN_N_COUNTRIES,                                                           \
        {"mean_shift", RIFT_KIND_NUMBER, 2, "ranks",                                   \
         "places that a country shifts on average, either way"},                       \
        {"largest_shift", RIFT_KIND_COUNT, 0, "ranks", "largest shift of a country"},  \
        {"country", RIFT_KIND_CODE, 0, "", "country of the largest shift"},            \
        {"share_shifted_10", RIFT_KIND_NUMBER, 3, "",                                  \
         "share of countries that shift by 10 ranks or more"},                         \
    {                                                                                  \
        "spearman", RIFT_KIND_NUMBER, 4, "", "Spearman's correlation of the ranks"     \
    }

static void shift_entries(const rift_audit *audit, const shift *s, rift_table *table)
{
    const char *who = s->most > 0 ? audit->result->panel.country[s->who] : "";
    RIFT_ROW(table, RIFT_N((double)s->n), RIFT_N(s->mean), RIFT_N(s->most), RIFT_W(who),
             RIFT_N(s->n > 0 ? (double)s->far / (double)s->n : NAN),
             RIFT_N(s->spearman));
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

static const rift_column_info removal_column[] = {
    RIFT_COLUMN_YEAR,
    {"without", RIFT_KIND_CODE, 0, "", "series or node that is removed"},
    {"kind", RIFT_KIND_WORD, 0, "", "series, or node with all below it"},
    SHIFT_COLUMNS,
};

/* Ranks without each series and each node in turn, the weights of its siblings scaled
   up, from the same normalised scores. Countries that fall below a coverage rule by it
   are not compared, and move nobody. */
static rift_status removal(const rift_audit *audit, rift_table *table,
                           rift_text *summary)
{
    size_t n = audit->n_country;
    int32_t *rank = calloc(n + 1, sizeof *rank);
    uint8_t *screened_out = calloc(audit->index.n_series + 1, 1);
    rift_status status = rank && screened_out ? RIFT_OK : RIFT_ERR_MEMORY;
    double worst = 0;
    size_t which = 0;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        if (!rift_audit_takes_part(audit, i) || !mark_below(audit, i, screened_out)) {
            continue;
        }
        shift s;
        status = rift_audit_again(audit, &audit->index, screened_out, rank);
        if (status == RIFT_OK) {
            status = shift_of(rift_audit_ranks(audit, 0), rank, n, &s);
        }
        if (status == RIFT_OK) {
            RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)),
                       RIFT_W(audit->index.node[i].code),
                       RIFT_W(audit->index.node[i].series < 0 ? "node" : "series"));
            shift_entries(audit, &s, table);
            bool more = audit->index.node[i].series >= 0 && s.mean > worst;
            which = more ? i : which;
            worst = more ? s.mean : worst;
        }
    }
    free(rank);
    free(screened_out);
    if (which == 0) {
        rift_text_put(summary, "There is nothing to remove.");
    } else {
        rift_text_format(summary,
                         "Ranks owe most to '%s': without it they shift by %.1f places "
                         "on average.",
                         audit->index.node[which].code, worst);
    }
    return status;
}

static rift_status run_removal(const rift_scope *scope, rift_table *table,
                               rift_text *summary)
{
    return rift_audit_run(scope, removal, table, summary);
}

const rift_analysis rift_audit_removal = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 7",
    .one_year = true,
    .n_table = 1,
    .table = &(const rift_table_form){"removal",
                                      "rank changes when a series or a node is removed",
                                      removal_column, RIFT_COUNT_OF(removal_column)},
    .run = run_removal,
};

static const rift_column_info rank_differences_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_NODE,
    SHIFT_COLUMNS,
};

static rift_status rank_differences(const rift_audit *audit, rift_table *table,
                                    rift_text *summary)
{
    rift_status status = RIFT_OK;
    double low = INFINITY, high = 0;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        shift s;
        if (audit->index.node[i].series >= 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        status = shift_of(rift_audit_ranks(audit, 0), rift_audit_ranks(audit, i),
                          audit->n_country, &s);
        RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)),
                   RIFT_W(audit->index.node[i].code));
        shift_entries(audit, &s, table);
        double share = s.n > 0 ? (double)s.far / (double)s.n : NAN;
        low = fmin(low, share);
        high = fmax(high, share);
    }
    if (low > high) {
        rift_text_put(summary, "There are no nodes under the total.");
    } else {
        rift_text_format(
            summary,
            "Between %.0f and %.0f %% of countries rank %d places or more apart in a "
            "node and in the total: this is what the nodes add.",
            100 * low, 100 * high, FAR);
    }
    return status;
}

static rift_status run_rank_differences(const rift_scope *scope, rift_table *table,
                                        rift_text *summary)
{
    return rift_audit_run(scope, rank_differences, table, summary);
}

const rift_analysis rift_audit_rank_differences = {
    .group = "audit",
    .reference = "JRC audit practice: 10 ranks",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "rank-differences", "how often a layer's rank is far from the total's",
            rank_differences_column, RIFT_COUNT_OF(rank_differences_column)},
    .run = run_rank_differences,
};

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

static const rift_column_info dominance_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"rank", RIFT_KIND_COUNT, 0, "", "rank in the total"},
    {"dominates", RIFT_KIND_COUNT, 0, "countries",
     "countries that it matches in every series and beats in some"},
    {"dominated_by", RIFT_KIND_COUNT, 0, "countries",
     "countries that match it in every series and beat it in some"},
};

static rift_status dominance(const rift_audit *audit, rift_table *table,
                             rift_text *summary)
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
    for (size_t c = 0; c < n; c++) {
        if (count[c] + count[n + c] > 0 && rift_view_wants(audit->choice, c)) {
            int32_t rank = rift_audit_ranks(audit, 0)[c];
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                     RIFT_W(audit->result->panel.country[c]),
                     RIFT_N(rank > 0 ? (double)rank : NAN), RIFT_N((double)count[c]),
                     RIFT_N((double)count[n + c]));
        }
    }
    free(count);
    rift_text_format(
        summary,
        "In %zu of %zu pairs of countries with every series (%.1f %%) one is "
        "as good as the other in all of them and better in some: their order "
        "owes nothing to the weights.",
        settled, pairs, pairs ? 100 * (double)settled / (double)pairs : 0);
    return RIFT_OK;
}

static rift_status run_dominance(const rift_scope *scope, rift_table *table,
                                 rift_text *summary)
{
    return rift_audit_run(scope, dominance, table, summary);
}

const rift_analysis rift_audit_dominance = {
    .group = "audit",
    .reference = "JRC audit practice; Pareto",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){"dominance",
                                 "countries better in everything, whatever the weights",
                                 dominance_column, RIFT_COUNT_OF(dominance_column)},
    .run = run_dominance,
};
