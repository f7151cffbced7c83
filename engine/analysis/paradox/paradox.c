/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question itself: what all the evidence comes to, in plain words. */
#include "analysis/paradox/paradox.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

/* Pieces of evidence, counted by what they say. */
typedef struct evidence {
    rift_table *table;
    const char *variable; /* its code */
    size_t n[3];          /* against, undecided, for */
} evidence;

static const char *const says_name[] = {"against", "undecided", "for"};

static void add_evidence(evidence *e, const char *test, double estimate, double low,
                         double high, double p, int says, const char *caveat)
{
    e->n[says]++;
    RIFT_ROW(e->table, RIFT_W(e->variable), RIFT_W(test), RIFT_N(estimate), RIFT_N(low),
             RIFT_N(high), RIFT_N(p), RIFT_W(says_name[says]), RIFT_W(caveat));
}

/* The share between countries, first and last, over the same countries. */
static rift_status evidence_persons(const rift_scope *q, const rift_variable *v,
                                    evidence *e)
{
    double change;
    rift_status status = rift_persons_change(q, v, &change);
    if (status == RIFT_OK) {
        add_evidence(e, "change of the share between countries, persons", change, NAN,
                     NAN, NAN,
                     fabs(change) < 0.01 ? 1
                     : change > 0        ? 2
                                         : 0,
                     "no sampling error: these are all countries that can be followed");
    }
    return status == RIFT_ERR_DOMAIN ? RIFT_OK : status;
}

/* Of rich countries' periods in which home closed, the share in which abroad widened,
   with Wilson's interval; against that where home did not close, by Fisher's test. */
static rift_status evidence_quadrants(const rift_scope *q, const rift_variable *v,
                                      const rift_pair *pair, evidence *e)
{
    size_t count[2][4] = {{0}};
    rift_status status = rift_quadrants_count(q, v, pair, count);
    const size_t *rich = count[1];
    unsigned n[2][2] = {/* home not closing, closing; abroad not wider, wider */
                        {(unsigned)rich[2], (unsigned)rich[3]},
                        {(unsigned)rich[0], (unsigned)rich[1]}};
    unsigned closing = n[1][0] + n[1][1], other = n[0][0] + n[0][1];
    if (status == RIFT_OK && closing > 0) {
        double m = closing, share = n[1][1] / m, z = 1.96;
        double middle = (share + z * z / (2 * m)) / (1 + z * z / m);
        double half =
            z / (1 + z * z / m) * sqrt(share * (1 - share) / m + z * z / (4 * m * m));
        double p = other == 0 ? NAN
                   : n[1][1] == 0
                       ? 1
                       : gsl_cdf_hypergeometric_Q(n[1][1] - 1, n[1][1] + n[0][1],
                                                  n[1][0] + n[0][0], closing);
        int says = middle - half > 0.5 ? 2 : middle + half < 0.5 ? 0 : 1;
        add_evidence(e, "abroad widens where home closes, share of periods", share,
                     middle - half, middle + half, p, says,
                     "periods of one country, and countries in one period, depend on "
                     "each other: "
                     "the interval is too short");
    }
    return status;
}

static rift_status evidence_regression(const rift_scope *q, const rift_variable *v,
                                       const rift_pair *pair, int model, rift_gaps *g,
                                       evidence *e)
{
    rift_panel_fit fit;
    rift_status status = rift_gaps_fit(q, v, pair, model, g, &fit);
    if (status == RIFT_OK) {
        double half = gsl_cdf_tdist_Pinv(0.975, (double)fit.n_cluster - 1) * fit.se;
        bool sure = fit.wild_p < 0.05;
        add_evidence(e,
                     model == 0 ? "regression: rich countries' own gap"
                                : "regression: others on the rich",
                     fit.b, fit.b - half, fit.b + half, fit.wild_p,
                     !sure       ? 1
                     : fit.b < 0 ? 2
                                 : 0,
                     fit.lead_p < 0.05
                         ? "the placebo is significant too: do not read b as causal"
                     : fit.n_cluster < 12 ? "few clusters"
                                          : "");
    }
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* Mean of the rich in the last year with enough countries: near 100, both gaps close
   whatever anybody does. */
static rift_status saturation(const rift_scope *q, const rift_variable *v, rift_gaps *g,
                              double *level)
{
    size_t first, last;
    double sum = 0, n = 0;
    *level = NAN;
    if (!rift_span(q, v->value, &first, &last)) {
        return RIFT_OK;
    }
    rift_status status = rift_rich_of(q, last, g->rich);
    for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
        double x = rift_value_at(q, v, last, c);
        if (g->rich[c] == 1 && !isnan(x)) {
            sum += x;
            n++;
        }
    }
    *level = n > 0 ? sum / n : NAN;
    return status;
}

static void conclude(const rift_scope *q, const rift_variable *v, const evidence *e,
                     double level, rift_text *summary)
{
    size_t all = e->n[0] + e->n[1] + e->n[2];
    if (all == 0) {
        rift_text_format(summary, "%s: the data cannot decide.\n", v->name);
        return;
    }
    const char *word =
        e->n[2] > 0 && e->n[0] == 0   ? "What the data decide speaks for it"
        : e->n[0] > 0 && e->n[2] == 0 ? "What the data decide speaks against it"
        : e->n[0] > 0                 ? "The evidence is divided"
                                      : "Nothing in the data decides it";
    rift_text_format(summary,
                     "Does closing the divide within rich countries widen the one "
                     "between countries? By %s: %s. Of %zu pieces of evidence %zu "
                     "speak for it, %zu against it, and %zu decide nothing at 95 %%.",
                     v->name, word, all, e->n[2], e->n[0], e->n[1]);
    if (level > 80 && v->ceiling == 100) {
        rift_text_format(summary,
                         " Caution: the rich are at %.0f %%, near saturation, where "
                         "both gaps close by themselves.",
                         level);
    }
    rift_text_put(summary, " Rich are ");
    rift_rich_text(q, summary);
    rift_text_put(summary, ". Countries whose groups are counted are few and mostly "
                           "rich; association is not causation.\n");
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    {"test", RIFT_KIND_WORD, 0, "", "piece of evidence"},
    {"estimate", RIFT_KIND_NUMBER, 4, "", "what it comes to"},
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    RIFT_COLUMN_P_VALUE(4),
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "for: closing the divide at home goes with a wider one abroad; against; "
     "undecided"},
    {"caveat", RIFT_KIND_WORD, 0, "", "reason for caution"},
};

static rift_status weigh_evidence(const rift_scope *q, rift_table *table,
                                  rift_text *summary)
{
    rift_gaps g = {0};
    rift_status status = rift_gaps_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        evidence e = {.table = table, .variable = v->code};
        double level = NAN;
        if (!rift_paradox_wants(q, v) || status != RIFT_OK) {
            continue;
        }
        status = rift_is_share(v) ? evidence_persons(q, v, &e) : RIFT_OK;
        for (size_t k = 0; status == RIFT_OK && k < q->n_pair; k++) {
            status = evidence_quadrants(q, v, &q->pair[k], &e);
            for (int m = 0; status == RIFT_OK && m < RIFT_PARADOX_MODELS; m++) {
                status = evidence_regression(q, v, &q->pair[k], m, &g, &e);
            }
        }
        if (status == RIFT_OK) {
            status = saturation(q, v, &g, &level);
        }
        conclude(q, v, &e, level, summary);
    }
    rift_gaps_free(&g);
    return status;
}

const rift_analysis rift_analysis_paradox = {
    .group = "paradox",
    .reference = "the parts below",
    .n_table = 1,
    .table = &(const rift_table_form){"paradox",
                                      "all evidence in one table, and the conclusion",
                                      column, RIFT_COUNT_OF(column),
                                      "changes at home and abroad that one of the "
                                      "tables of this command can tell of"},
    .run = weigh_evidence,
};
