/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Regressions of the change abroad on the change at home. */
#include "analysis/paradox/period.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* own: rich countries, their lead abroad on their gap at home; rich: the other
   countries, their distance to the rich on the mean gap at home of the rich. */
static const char *const model_name[RIFT_PARADOX_MODELS] = {"own", "others-on-rich"};

bool rift_gaps_make(const rift_scope *q, rift_gaps *g)
{
    size_t n = q->result->panel.n_country, n_year = q->result->panel.n_year;
    g->rich = calloc(n + 1, 1);
    g->keep = calloc(n + 1, 1);
    g->abroad = calloc(n * n_year + n_year + 1, sizeof *g->abroad);
    g->home_change = g->abroad ? g->abroad + n * n_year : NULL;
    g->row = calloc(n * n_year + 1, sizeof *g->row);
    return g->rich && g->keep && g->abroad && g->row;
}

void rift_gaps_free(rift_gaps *g)
{
    free(g->rich);
    free(g->keep);
    free(g->abroad);
    free(g->row);
}

/* Change of the distance between the two groups since the year before. */
static double change_at_home(const rift_scope *q, const rift_pair *pair, size_t t,
                             size_t c)
{
    return rift_home_gap(q, pair, RIFT_SCALE_LEVEL, t, c) -
           rift_home_gap(q, pair, RIFT_SCALE_LEVEL, t - 1, c);
}

/* Change of the gap abroad since the year before, of the countries that have both
   years: the means are of the same countries then. */
static void change_abroad(const rift_scope *q, const rift_variable *v, size_t year,
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

/* Who is rich stays as it was in the first year, so that nobody changes sides. */
static rift_status gaps_fill(const rift_scope *q, const rift_variable *v,
                             const rift_pair *pair, rift_gaps *g)
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
        change_abroad(q, v, t, g->rich, g->keep, g->abroad + t * n);
        for (size_t c = 0; c < n; c++) {
            double home = change_at_home(q, pair, t, c);
            sum += g->rich[c] == 1 && !isnan(home) ? home : 0;
            count += g->rich[c] == 1 && !isnan(home);
        }
        g->home_change[t] = count >= 3 ? sum / count : NAN;
    }
    return status;
}

/* Change of the gap at home in a year, of the country or of the rich. */
static double home_change(const rift_scope *q, const rift_pair *pair,
                          const rift_gaps *g, int model, size_t t, size_t c)
{
    if (t <= q->first || t > q->last) {
        return NAN;
    }
    return model == 0 ? change_at_home(q, pair, t, c) : g->home_change[t];
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
                          rift_gaps *g)
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
rift_status rift_gaps_fit(const rift_scope *q, const rift_variable *v,
                          const rift_pair *pair, int model, rift_gaps *g,
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

/* With few clusters the p of Student's t rejects too often: only the bootstrap's is
   said. */
static void put_p(const rift_panel_fit *fit, rift_text *summary)
{
    if (fit->n_cluster >= 12 && !isnan(fit->p)) {
        rift_text_format(summary, "p %.3f, ", fit->p);
    }
    if (isnan(fit->wild_p)) {
        rift_text_put(summary, "no test)");
    } else {
        rift_text_format(summary, "wild bootstrap %.3f)", fit->wild_p);
    }
    if (isnan(fit->lead_p)) {
        rift_text_put(summary, "; no placebo can be tested.\n");
    } else {
        rift_text_format(summary, "; next year's change, a placebo: p %.2f.\n",
                         fit->lead_p);
    }
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
    {"p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of so large a t by chance; with fewer than 12 clusters too small: "
     "read wild_p_value"},
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    {"wild_p_value", RIFT_KIND_NUMBER, 4, "",
     "the same probability by the wild cluster bootstrap, which is reliable with few "
     "clusters"},
    {"lead", RIFT_KIND_NUMBER, 4, "",
     "coefficient of next year's change at home, a placebo that should be 0"},
    {"lead_p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of such a placebo by chance, by the wild cluster bootstrap"},
};

static rift_status regress_gaps(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_gaps g = {0};
    rift_status status = rift_gaps_make(q, &g) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0;
             rift_paradox_wants(q, v) && k < q->n_pair * RIFT_PARADOX_MODELS; k++) {
            const rift_pair *pair = &q->pair[k / RIFT_PARADOX_MODELS];
            rift_panel_fit fit;
            if (status == RIFT_ERR_MEMORY) {
                break;
            }
            status =
                rift_gaps_fit(q, v, pair, (int)(k % RIFT_PARADOX_MODELS), &g, &fit);
            if (status == RIFT_OK) {
                put_fit(v, pair, (int)(k % RIFT_PARADOX_MODELS), &fit, table);
                rift_text_format(
                    summary,
                    "%s, %s: %s (model %s; one point less at home, %+.2f points "
                    "abroad; ",
                    v->name, pair->name,
                    !(fit.wild_p < 0.05) ? "nothing shows that gaps at home and abroad "
                                           "change together from year to year"
                    : fit.b < 0 ? "where the gap at home closes, the one abroad widens"
                                : "where the gap at home closes, the one abroad closes",
                    model_name[k % RIFT_PARADOX_MODELS], -fit.b);
                put_p(&fit, summary);
            }
        }
    }
    rift_gaps_free(&g);
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
        &(const rift_table_form){
            "regression", "panel regression of one change on the other",
            regression_column, RIFT_COUNT_OF(regression_column),
            "a pair of series of groups of people, or rich countries and others, and "
            "ten changes from year to year"},
    .run = regress_gaps,
};
