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
    double *abroad;    /* [year][country] */
    double *home_mean; /* [year] of the rich */
    rift_panel_row *row;
} gaps;

static bool gaps_make(const rift_scope *q, gaps *g)
{
    size_t n = q->result->panel.n_country, n_year = q->result->panel.n_year;
    g->rich = calloc(n + 1, 1);
    g->keep = calloc(n + 1, 1);
    g->abroad = calloc(n * n_year + n_year + 1, sizeof *g->abroad);
    g->home_mean = g->abroad ? g->abroad + n * n_year : NULL;
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
    rift_keep_balanced(q, v->value, first, last, g->keep);
    for (size_t t = q->first; status == RIFT_OK && t <= q->last; t++) {
        double sum = 0, count = 0;
        rift_international_gap(q, v, t, g->rich, g->keep, g->abroad + t * n);
        for (size_t c = 0; c < n; c++) {
            double home = rift_domestic_gap(q, pair, t, c);
            sum += g->rich[c] == 1 && !isnan(home) ? home : 0;
            count += g->rich[c] == 1 && !isnan(home);
        }
        g->home_mean[t] = count >= 3 ? sum / count : NAN;
    }
    return status;
}

/* Change of the gap at home in a year, of the country or of the rich. */
static double home_change(const rift_scope *q, const rift_pair *pair, const gaps *g,
                          int model, size_t t, size_t c)
{
    if (t == 0 || t > q->last) {
        return NAN;
    }
    return model == 0
               ? rift_domestic_gap(q, pair, t, c) - rift_domestic_gap(q, pair, t - 1, c)
               : g->home_mean[t] - g->home_mean[t - 1];
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
            row.y = g->abroad[t * n_country + c] - g->abroad[(t - 1) * n_country + c];
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

/* One variable, pair and model; RIFT_ERR_DOMAIN where the data cannot tell. */
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
    rift_scope_row(table, "ttttnnnnnnnnnnnn", v->code, pair->name, model_name[model],
                   model == 0 ? "countries and years" : "countries", (double)fit->n,
                   (double)fit->n_country, (double)fit->n_cluster, fit->b, fit->se,
                   fit->t, fit->p, fit->b - half, fit->b + half, fit->wild_p, fit->lead,
                   fit->lead_p);
}

static const char *const regression_columns =
    "node:t pair:t model:t effects:t n:n0 countries:n0 clusters:n0 b:n4 se:n4 t:n3 "
    "p:n4 low:n4 high:n4 wild_p:n4 lead:n4 lead_p:n4";

RIFT_ANALYSIS(regression)
{
    gaps g = {0};
    rift_scope_columns(table, regression_columns);
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
                    verdict,
                    "%s, %s, model %s: one point less at home goes with %+.2f points "
                    "abroad (p %.3f, wild bootstrap %.3f); next year's change, a "
                    "placebo: p %.2f.\n",
                    v->name, pair->name, model_name[k % MODELS], -fit.b, fit.p,
                    fit.wild_p, fit.lead_p);
            }
        }
    }
    gaps_free(&g);
    rift_text_put(verdict,
                  "Changes from year to year. own: of rich countries, their lead over "
                  "the others, clustered by country. others-on-rich: of the others, "
                  "their distance to the rich, on the mean change of the rich, "
                  "clustered by year. b below 0 is what the paradox would have.");
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* Pieces of evidence, counted by what they say. */
typedef struct evidence {
    rift_table *table;
    size_t n[3]; /* against, undecided, for */
} evidence;

static const char *const says_name[] = {"against", "undecided", "for"};

static void add_evidence(evidence *e, const char *node, const char *test,
                         double estimate, double low, double high, double p, int says,
                         const char *caveat)
{
    e->n[says]++;
    rift_scope_row(e->table, "ttnnnntt", node, test, estimate, low, high, p,
                   says_name[says], caveat);
}

/* The share between countries, first and last, over the same countries. */
static rift_status evidence_people(const rift_scope *q, const rift_variable *v,
                                   evidence *e)
{
    rift_table table = {0};
    rift_text text = {0};
    rift_status status = rift_analyse_people(q, &table, &text);
    size_t first = SIZE_MAX, last = SIZE_MAX;
    for (size_t r = 0; r < table.n_row; r++) {
        if (!strcmp(rift_table_word_at(&table, r, 1), v->code) &&
            !strcmp(rift_table_word_at(&table, r, 2), "balanced")) {
            first = first != SIZE_MAX ? first : r;
            last = r;
        }
    }
    if (first != last) {
        double change = rift_table_number_at(&table, last, 7) -
                        rift_table_number_at(&table, first, 7);
        add_evidence(e, v->code, "change of the share between countries, persons",
                     change, NAN, NAN, NAN,
                     fabs(change) < 0.01 ? 1
                     : change > 0        ? 2
                                         : 0,
                     "no sampling error: these are all countries that can be followed");
    }
    rift_table_free(&table);
    rift_text_free(&text);
    return status;
}

/* Of rich countries' periods in which home closed, the share in which abroad widened,
   with Wilson's interval; against that where home did not close, by Fisher's test. */
static rift_status evidence_quadrants(const rift_scope *q, const rift_variable *v,
                                      const rift_pair *pair, evidence *e)
{
    rift_table table = {0};
    rift_text text = {0};
    rift_status status = rift_analyse_quadrants(q, &table, &text);
    unsigned n[2][2] = {{0}}; /* home not closing, closing; abroad not wider, wider */
    for (size_t r = 0; r < table.n_row; r++) {
        if (!strcmp(rift_table_word_at(&table, r, 0), v->code) &&
            !strcmp(rift_table_word_at(&table, r, 1), pair->name) &&
            rift_table_number_at(&table, r, 3) == 1) {
            n[rift_table_number_at(&table, r, 7) < 0]
             [rift_table_number_at(&table, r, 9) > 0]++;
        }
    }
    unsigned closing = n[1][0] + n[1][1], other = n[0][0] + n[0][1];
    if (closing > 0) {
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
        add_evidence(e, v->code, "abroad widens where home closes, share of periods",
                     share, middle - half, middle + half, p, says,
                     "periods of one country depend on each other");
    }
    rift_table_free(&table);
    rift_text_free(&text);
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
        add_evidence(e, v->code,
                     model == 0 ? "regression: rich countries' own gap"
                                : "regression: others on the rich",
                     fit.b, fit.b - half, fit.b + half, fit.wild_p,
                     !sure       ? 1
                     : fit.b < 0 ? 2
                                 : 0,
                     fit.lead_p < 0.05
                         ? "the placebo is significant too: do not read b as a cause"
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
                     double level, rift_text *verdict)
{
    size_t all = e->n[0] + e->n[1] + e->n[2];
    if (all == 0) {
        rift_text_format(verdict, "%s: the data cannot tell.\n", v->name);
        return;
    }
    const char *word =
        e->n[2] > 0 && e->n[0] == 0   ? "What the data decide speaks for it"
        : e->n[0] > 0 && e->n[2] == 0 ? "What the data decide speaks against it"
        : e->n[0] > 0                 ? "The evidence is divided"
                                      : "Nothing in the data decides it";
    rift_text_format(verdict,
                     "Does closing the divide within rich countries widen the one "
                     "between countries? By %s: %s. Of %zu pieces of evidence %zu "
                     "speak for it, %zu against it, and %zu decide nothing at 95 %%.",
                     v->name, word, all, e->n[2], e->n[0], e->n[1]);
    if (level > 80 && v->ceiling == 100) {
        rift_text_format(verdict,
                         " Caution: the rich are at %.0f %%, near saturation, where "
                         "both gaps close by themselves.",
                         level);
    }
    rift_text_put(verdict, " Rich are ");
    rift_rich_text(q, verdict);
    rift_text_put(verdict,
                  ". Countries whose groups are counted are few and mostly rich; what "
                  "goes together is not thereby cause and effect.\n");
}

RIFT_ANALYSIS(paradox)
{
    gaps g = {0};
    rift_scope_columns(table,
                       "node:t test:t estimate:n4 low:n4 high:n4 p:n4 says:t caveat:t");
    rift_status status = gaps_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        evidence e = {.table = table};
        double level = NAN;
        if (!rift_paradox_wants(q, v) || status != RIFT_OK) {
            continue;
        }
        status = rift_is_share(v) ? evidence_people(q, v, &e) : RIFT_OK;
        for (size_t k = 0; status == RIFT_OK && k < q->n_pair; k++) {
            status = evidence_quadrants(q, v, &q->pair[k], &e);
            for (int m = 0; status == RIFT_OK && m < MODELS; m++) {
                status = evidence_regression(q, v, &q->pair[k], m, &g, &e);
            }
        }
        if (status == RIFT_OK) {
            status = saturation(q, v, &g, &level);
        }
        conclude(q, v, &e, level, verdict);
    }
    gaps_free(&g);
    return status;
}
