/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question itself: regressions of the change abroad on the change at home, and what
   all the evidence comes to, in plain words. */
#include "analysis/paradox/paradox.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MODELS = 2 };

/* own: rich countries, their lead abroad on their gap at home; rich: the other
   countries, their distance to the rich on the mean gap at home of the rich. */
static const char *const model_name[MODELS] = {"own", "others-on-rich"};

/* Gaps of every year, and room for the rows. */
typedef struct gaps {
    int8_t *rich;
    uint8_t *keep;
    double *abroad;      /* [year][country] change of the gap since the year before */
    double *home_change; /* [year] mean of the rich that have both years */
    rift_panel_row *row;
} gaps;

static bool gaps_make(const rift_scope *q, gaps *g)
{
    size_t n = q->result->panel.n_country, n_year = q->result->panel.n_year;
    g->rich = calloc(n + 1, 1);
    g->keep = calloc(n + 1, 1);
    g->abroad = calloc(n * n_year + n_year + 1, sizeof *g->abroad);
    g->home_change = g->abroad ? g->abroad + n * n_year : NULL;
    g->row = calloc(n * n_year + 1, sizeof *g->row);
    return g->rich && g->keep && g->abroad && g->row;
}

static void gaps_free(gaps *g)
{
    free(g->rich);
    free(g->keep);
    free(g->abroad);
    free(g->row);
}

/* Who is rich stays as it was in the first year, so that nobody changes sides. */
static rift_status gaps_fill(const rift_scope *q, const rift_variable *v,
                             const rift_pair *pair, gaps *g)
{
    size_t n = q->result->panel.n_country, first, last;
    if (!rift_span(q, v->value, &first, &last)) {
        return RIFT_ERR_DOMAIN;
    }
    rift_status status = rift_rich_of(q, first, g->rich);
    rift_keep_balanced(q, v->value, first, last, false, g->keep);
    for (size_t t = q->first; status == RIFT_OK && t <= q->last; t++) {
        double sum = 0, count = 0;
        g->home_change[t] = NAN;
        if (t == q->first) {
            continue;
        }
        rift_international_change(q, v, t, g->rich, g->keep, g->abroad + t * n);
        for (size_t c = 0; c < n; c++) {
            double home =
                rift_domestic_gap(q, pair, t, c) - rift_domestic_gap(q, pair, t - 1, c);
            sum += g->rich[c] == 1 && !isnan(home) ? home : 0;
            count += g->rich[c] == 1 && !isnan(home);
        }
        g->home_change[t] = count >= 3 ? sum / count : NAN;
    }
    return status;
}

/* Change of the gap at home in a year, of the country or of the rich. */
static double home_change(const rift_scope *q, const rift_pair *pair, const gaps *g,
                          int model, size_t t, size_t c)
{
    if (t <= q->first || t > q->last) {
        return NAN;
    }
    return model == 0
               ? rift_domestic_gap(q, pair, t, c) - rift_domestic_gap(q, pair, t - 1, c)
               : g->home_change[t];
}

/* Changes of the controls; ln where they have no ceiling. */
static bool control_changes(const rift_scope *q, size_t t, size_t c,
                            double out[RIFT_CONTROLS])
{
    for (size_t j = 0; j < q->n_control; j++) {
        const rift_variable *v = &q->control[j];
        double now = rift_value_at(q, v, t, c), then = rift_value_at(q, v, t - 1, c);
        out[j] = isnan(v->ceiling) ? (now > 0 && then > 0 ? log(now / then) : NAN)
                                   : now - then;
        if (isnan(out[j])) {
            return false;
        }
    }
    return true;
}

static size_t gather_rows(const rift_scope *q, const rift_pair *pair, int model,
                          gaps *g)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    for (size_t t = q->first + 1; t <= q->last; t++) {
        for (size_t c = 0; c < n_country; c++) {
            rift_panel_row row = {.country = (int32_t)c, .year = (int32_t)t};
            row.cluster = model == 0 ? row.country : row.year;
            row.y = g->abroad[t * n_country + c];
            row.x = home_change(q, pair, g, model, t, c);
            row.lead = home_change(q, pair, g, model, t + 1, c);
            if (g->rich[c] == (model == 0) && g->keep[c] && !isnan(row.y) &&
                !isnan(row.x) && control_changes(q, t, c, row.control)) {
                g->row[n++] = row;
            }
        }
    }
    return n;
}

/* One variable, pair and model; RIFT_ERR_DOMAIN where the data cannot decide. */
static rift_status fit_model(const rift_scope *q, const rift_variable *v,
                             const rift_pair *pair, int model, gaps *g,
                             rift_panel_fit *fit)
{
    rift_status status = gaps_fill(q, v, pair, g);
    if (status != RIFT_OK) {
        return status;
    }
    size_t n = gather_rows(q, pair, model, g);
    return n < 10 ? RIFT_ERR_DOMAIN
                  : rift_panel_regress(g->row, n, q->n_control, model == 0,
                                       q->replicates, q->seed, fit);
}

static void put_fit(const rift_variable *v, const rift_pair *pair, int model,
                    const rift_panel_fit *fit, rift_table *table)
{
    double half = gsl_cdf_tdist_Pinv(0.975, (double)fit->n_cluster - 1) * fit->se;
    RIFT_ROW(table, RIFT_W(v->code), RIFT_W(pair->name), RIFT_W(model_name[model]),
             RIFT_W(model == 0 ? "countries and years" : "countries"),
             RIFT_N((double)fit->n), RIFT_N((double)fit->n_country),
             RIFT_N((double)fit->n_cluster), RIFT_N(fit->b), RIFT_N(fit->se),
             RIFT_N(fit->t), RIFT_N(fit->p), RIFT_N(fit->b - half),
             RIFT_N(fit->b + half), RIFT_N(fit->wild_p), RIFT_N(fit->lead),
             RIFT_N(fit->lead_p));
}

static const rift_column_info regression_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_PAIR,
    {"model", RIFT_KIND_CODE, 0, "",
     "own: high-income countries, their lead abroad on their gap at home; "
     "others-on-rich: the others, their distance on the mean gap at home of the "
     "former"},
    {"effects", RIFT_KIND_WORD, 0, "", "what has an intercept of its own"},
    RIFT_COLUMN_N_VALUES,
    RIFT_COLUMN_N_COUNTRIES,
    {"n_clusters", RIFT_KIND_COUNT, 0, "clusters",
     "countries, or years, within which errors may depend on each other"},
    {"b", RIFT_KIND_NUMBER, 4, "",
     "change of the gap abroad for each 1 more of the gap at home"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    {"t", RIFT_KIND_NUMBER, 3, "", "b over its standard error"},
    RIFT_COLUMN_P_VALUE(4),
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    {"wild_p_value", RIFT_KIND_NUMBER, 4, "",
     "the same probability by the wild cluster bootstrap, which is reliable with few "
     "clusters"},
    {"lead", RIFT_KIND_NUMBER, 4, "",
     "coefficient of next year's change at home, a placebo that should be 0"},
    {"lead_p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of such a placebo by chance"},
};

static rift_status regress_gaps(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    gaps g = {0};
    rift_status status = gaps_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0; rift_paradox_wants(q, v) && k < q->n_pair * MODELS; k++) {
            const rift_pair *pair = &q->pair[k / MODELS];
            rift_panel_fit fit;
            if (status == RIFT_ERR_MEMORY) {
                break;
            }
            status = fit_model(q, v, pair, (int)(k % MODELS), &g, &fit);
            if (status == RIFT_OK) {
                put_fit(v, pair, (int)(k % MODELS), &fit, table);
                rift_text_format(
                    summary,
                    "%s, %s, model %s: one point less at home goes with %+.2f points "
                    "abroad (p %.3f, wild bootstrap %.3f); next year's change, a "
                    "placebo: p %.2f.\n",
                    v->name, pair->name, model_name[k % MODELS], -fit.b, fit.p,
                    fit.wild_p, fit.lead_p);
            }
        }
    }
    gaps_free(&g);
    rift_text_put(summary,
                  "Changes from year to year. own: of rich countries, their lead over "
                  "the others, clustered by country. others-on-rich: of the others, "
                  "their distance to the rich, on the mean change of the rich, "
                  "clustered by year. b below 0 is what the paradox predicts.");
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

const rift_analysis rift_analysis_regression = {
    .group = "paradox",
    .reference = "Cameron and Miller (2015); Cameron, Gelbach and Miller (2008)",
    .n_table = 1,
    .table =
        &(const rift_table_form){"regression",
                                 "panel regression of one change on the other",
                                 regression_column, RIFT_COUNT_OF(regression_column)},
    .run = regress_gaps,
};

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
                     "periods of one country depend on each other");
    }
    return status;
}

static rift_status evidence_regression(const rift_scope *q, const rift_variable *v,
                                       const rift_pair *pair, int model, gaps *g,
                                       evidence *e)
{
    rift_panel_fit fit;
    rift_status status = fit_model(q, v, pair, model, g, &fit);
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
static rift_status saturation(const rift_scope *q, const rift_variable *v, gaps *g,
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
    gaps g = {0};
    rift_status status = gaps_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
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
            for (int m = 0; status == RIFT_OK && m < MODELS; m++) {
                status = evidence_regression(q, v, &q->pair[k], m, &g, &e);
            }
        }
        if (status == RIFT_OK) {
            status = saturation(q, v, &g, &level);
        }
        conclude(q, v, &e, level, summary);
    }
    gaps_free(&g);
    return status;
}

const rift_analysis rift_analysis_paradox = {
    .group = "paradox",
    .reference = "the parts below",
    .n_table = 1,
    .table = &(const rift_table_form){"paradox",
                                      "all evidence in one table, and the conclusion",
                                      column, RIFT_COUNT_OF(column)},
    .run = weigh_evidence,
};
