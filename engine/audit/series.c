/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of single series and of pairs: statistics, correlations. Statistics are of
   values in the series' own unit, correlations of scores, which all point upwards. */
#include "audit/audit.h"

#include "stats/correlate.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COVERAGE = 0.65, WEAK = 0.3, REDUNDANT = 0.92;

/* Columns of texts, then of numbers, which are counts where they are called so. */
static void columns(rift_table *table, const char *const *text, size_t n_text,
                    const char *const *number, size_t n_number, int decimals)
{
    for (size_t i = 0; i < n_text; i++) {
        rift_table_column(table, text[i], false, 0);
    }
    for (size_t i = 0; i < n_number; i++) {
        bool count = !strcmp(number[i], "n") || !strcmp(number[i], "distinct");
        rift_table_column(table, number[i], true, count ? 0 : decimals);
    }
}

/* Ascending values that are there; their number, how many are 0, how many differ. */
static size_t sorted_of(const double *x, size_t n, double *out, size_t *zero,
                        size_t *distinct)
{
    size_t m = rift_present(x, n, out);
    *zero = *distinct = 0;
    gsl_sort(out, 1, m);
    for (size_t i = 0; i < m; i++) {
        *zero += out[i] == 0;
        *distinct += i == 0 || out[i] != out[i - 1];
    }
    return m;
}

static void statistics_row(const rift_audit *audit, size_t node, double *room,
                           rift_table *table, size_t *flagged)
{
    size_t zero, distinct, n_country = audit->n_country;
    const double *x = rift_audit_used(audit, (size_t)audit->index.node[node].series);
    size_t n = sorted_of(x, n_country, room, &zero, &distinct);
    double share = (double)n / (double)n_country;
    double skewness = rift_skewness(room, n), kurtosis = rift_kurtosis(room, n);
    rift_text flag = {0};
    if (share < COVERAGE) {
        rift_text_put(&flag, "few values");
    }
    if (fabs(skewness) > 2 && kurtosis > 3.5) {
        rift_text_format(&flag, "%soutliers", flag.n ? ", " : "");
    }
    if (n > 0 && distinct == 1) {
        rift_text_format(&flag, "%sconstant", flag.n ? ", " : "");
    }
    if (2 * zero > n) {
        rift_text_format(&flag, "%smostly zero", flag.n ? ", " : "");
    }
    *flagged += flag.n > 0;
    rift_table_word(table, audit->index.node[node].code);
    const double number[] = {(double)n,
                             share,
                             n > 0 ? (double)zero / (double)n : NAN,
                             (double)distinct,
                             n > 0 ? room[0] : NAN,
                             rift_quantile_sorted(room, n, 0.5),
                             rift_mean(room, n),
                             n > 0 ? room[n - 1] : NAN,
                             rift_sd_population(room, n),
                             skewness,
                             kurtosis};
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        rift_table_number(table, number[i]);
    }
    rift_table_word(table, rift_text_string(&flag));
    if (flag.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&flag);
}

RIFT_AUDIT(statistics)
{
    static const char *const text[] = {"series"};
    static const char *const number[] = {"n",   "share",    "zeros",   "distinct",
                                         "min", "median",   "mean",    "max",
                                         "sd",  "skewness", "kurtosis"};
    double *room = calloc(audit->n_country + 1, sizeof *room);
    size_t n = 0, flagged = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    columns(table, text, 1, number, sizeof number / sizeof *number, 2);
    rift_table_column(table, "flag", false, 0);
    for (size_t i = 0; i < audit->index.n_node; i++) {
        if (audit->index.node[i].series >= 0) {
            statistics_row(audit, i, room, table, &flagged);
            n++;
        }
    }
    free(room);
    rift_text_format(verdict,
                     "%zu of %zu series are flagged: values for less than %.0f %% of "
                     "countries, |skewness| above 2 with kurtosis above 3.5, one value "
                     "for all, or mostly 0.",
                     flagged, n, 100 * COVERAGE);
    return RIFT_OK;
}

/* Whether two nodes are compared: any two series, or two under one parent. */
static bool compared(const rift_audit *audit, size_t a, size_t b)
{
    const rift_node *node = audit->index.node;
    bool series = node[a].series >= 0 && node[b].series >= 0;
    return rift_audit_takes_part(audit, a) && rift_audit_takes_part(audit, b) &&
           a != 0 && (series || node[a].parent == node[b].parent);
}

static const char *judge(double r, bool siblings)
{
    return r < 0                  ? "negative"
           : r > REDUNDANT        ? "redundant"
           : siblings && r < WEAK ? "weak"
                                  : "";
}

RIFT_AUDIT(correlations)
{
    static const char *const text[] = {"a", "b", "where"};
    static const char *const number[] = {"n", "pearson", "p", "spearman", "kendall"};
    size_t n_country = audit->n_country, n_pair = 0, n_flag[3] = {0};
    rift_status status = RIFT_OK;
    double *x = calloc(2 * n_country + 1, sizeof *x);
    if (!x) {
        return RIFT_ERR_MEMORY;
    }
    columns(table, text, 3, number, 5, 3);
    rift_table_column(table, "flag", false, 0);
    for (size_t a = 1; a < audit->index.n_node; a++) {
        for (size_t b = a + 1; b < audit->index.n_node; b++) {
            if (status != RIFT_OK || !compared(audit, a, b)) {
                continue;
            }
            bool siblings = audit->index.node[a].parent == audit->index.node[b].parent;
            size_t n =
                rift_pairs(rift_audit_score(audit, a), rift_audit_score(audit, b),
                           n_country, x, x + n_country);
            double r = rift_pearson(x, x + n_country, n), rho;
            const char *flag = judge(r, siblings);
            n_pair++;
            n_flag[0] += *flag == 'n' && siblings;
            n_flag[1] += *flag == 'r';
            n_flag[2] += *flag == 'w';
            rift_table_word(table, audit->index.node[a].code);
            rift_table_word(table, audit->index.node[b].code);
            rift_table_word(table, siblings ? "siblings" : "across");
            rift_table_number(table, (double)n);
            rift_table_number(table, r);
            rift_table_number(table, rift_correlation_p(r, n));
            status = rift_spearman(x, x + n_country, n, &rho);
            rift_table_number(table, rho);
            rift_table_number(table, rift_kendall(x, x + n_country, n));
            rift_table_word(table, flag);
        }
    }
    free(x);
    rift_text_format(
        verdict,
        "Of %zu pairs %zu siblings are correlated negatively, %zu siblings "
        "below %.1f, and %zu pairs above %.2f, so that one of the two adds "
        "little.",
        n_pair, n_flag[0], n_flag[2], WEAK, n_flag[1], REDUNDANT);
    return status;
}

static double correlation_of(const rift_audit *audit, size_t a, size_t b, double *room,
                             size_t *n)
{
    size_t n_country = audit->n_country;
    *n = rift_pairs(rift_audit_score(audit, a), rift_audit_score(audit, b), n_country,
                    room, room + n_country);
    return rift_pearson(room, room + n_country, *n);
}

RIFT_AUDIT(parents)
{
    static const char *const text[] = {"series", "parent", "best_parent"};
    static const char *const number[] = {"n", "r_parent", "r_best", "r_total"};
    double *room = calloc(2 * audit->n_country + 1, sizeof *room);
    size_t misplaced = 0, negative = 0, n_leaf = 0;
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    columns(table, text, 3, number, 4, 3);
    rift_table_column(table, "flag", false, 0);
    for (size_t i = 1; i < audit->index.n_node; i++) {
        const rift_node *node = &audit->index.node[i];
        if (node->series < 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        size_t n, m, best = (size_t)node->parent;
        double own = correlation_of(audit, i, best, room, &n), most = own;
        for (size_t p = 1; p < audit->index.n_node; p++) {
            bool kin =
                audit->index.node[p].parent == audit->index.node[node->parent].parent;
            double r = audit->index.node[p].series < 0 && kin
                           ? correlation_of(audit, i, p, room, &m)
                           : NAN;
            if (r > most) {
                most = r;
                best = p;
            }
        }
        bool elsewhere = best != (size_t)node->parent;
        n_leaf++;
        misplaced += elsewhere;
        negative += own < 0;
        rift_table_word(table, node->code);
        rift_table_word(table, audit->index.node[node->parent].code);
        rift_table_word(table, audit->index.node[best].code);
        rift_table_number(table, (double)n);
        rift_table_number(table, own);
        rift_table_number(table, most);
        rift_table_number(table, correlation_of(audit, i, 0, room, &m));
        rift_table_word(table, own < 0     ? "negative"
                               : elsewhere ? "fits elsewhere"
                                           : "");
    }
    free(room);
    rift_text_format(verdict,
                     "%zu of %zu series go with another node more than with their own; "
                     "%zu go against their own.",
                     misplaced, n_leaf, negative);
    return RIFT_OK;
}
