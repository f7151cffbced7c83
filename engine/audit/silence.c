/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of silence: what a country gains or loses by not having a value. A missing
   child is ignored, and its weight goes to its siblings; where its scores are lower
   than theirs, for its goalposts are harsher, a country does better without it. Each
   series is left out of the countries that have it, and put into those that do not:
   imputed, and at the lowest and the highest score there is. Manski (1990), bounds
   without assumptions; Little and Rubin (2002). */
#include "audit/silence.h"

#include "stats/describe.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Of the tests of all series together: each is held to it over their number (Dunn
   1961). */
static const double LEVEL = 0.05;
enum { FAR = 5 }; /* places that a score imputed moves a country, to be told */

/* What leaving out a series brings the countries that have it. */
typedef struct price {
    size_t n_with, n_without, n_compared, n_better, n_unranked, who;
    double score, siblings; /* means of the countries that have the series and others */
    double parent_gain, gain, t, p, places, most;
} price;

/* Everything that is found, and what is told of it. */
typedef struct found {
    size_t n_pays, n_costs, n_gap, n_far, n_test;
    double best, worst, widest;
    price of_best, of_worst;
    size_t best_node, worst_node;
    double *gain; /* room for n_country */
} found;

/* Mean of a country's scores in the siblings of a node, by weight; NaN without any. */
static double siblings_mean(const rift_audit *audit, size_t node, size_t country)
{
    double sum = 0, weight = 0;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        if (i != node &&
            audit->index.node[i].parent == audit->index.node[node].parent &&
            rift_audit_takes_part(audit, i)) {
            double score = rift_audit_score(audit, i)[country];
            double w = isnan(score) ? 0 : rift_audit_weight(audit, i);
            sum += w > 0 ? w * score : 0;
            weight += w;
        }
    }
    return weight > 0 ? sum / weight : NAN;
}

/* The paired t test of no mean gain: t = mean / (sd / sqrt(n)), n - 1 degrees of
   freedom. Without spread every gain is the same: p is 0, or 1 where it is 0. */
static void test_gain(price *out, const double *gain)
{
    size_t n = out->n_compared;
    out->gain = rift_mean(gain, n);
    out->t = out->p = NAN;
    if (n > 1) {
        double sd = rift_sd_population(gain, n) * sqrt((double)n / (double)(n - 1));
        double error = sd / sqrt((double)n);
        bool spread = error > 1e-12 * fabs(out->gain);
        out->t = spread ? out->gain / error : NAN;
        out->p = spread           ? 2 * gsl_cdf_tdist_Q(fabs(out->t), (double)n - 1)
                 : out->gain == 0 ? 1
                                  : 0;
    }
}

static price price_of(const rift_silence *s, double *gain)
{
    const rift_audit *audit = s->audit;
    const double *own = rift_audit_score(audit, 0), *rank = rift_audit_ranks(audit, 0);
    const double *parent =
        rift_audit_score(audit, (size_t)audit->index.node[s->node].parent);
    price out = {0};
    double score = 0, siblings = 0, above = 0, places = 0, n_pair = 0, n_above = 0;
    for (size_t c = 0; c < audit->n_country; c++) {
        out.n_without += rank[c] > 0 && !s->has[c];
        if (!(rank[c] > 0) || !s->has[c]) {
            continue;
        }
        double mean = siblings_mean(audit, s->node, c);
        double without = s->score[RIFT_SILENCE_IGNORED][c];
        out.n_with++;
        score += isnan(mean) ? 0 : rift_audit_score(audit, s->node)[c];
        siblings += isnan(mean) ? 0 : mean;
        n_pair += !isnan(mean);
        above += isnan(s->parent[c]) ? 0 : s->parent[c] - parent[c];
        n_above += !isnan(s->parent[c]);
        out.n_unranked += isnan(without);
        if (!isnan(without)) {
            double better = rift_silence_place(audit, c, own[c]) -
                            rift_silence_place(audit, c, without);
            gain[out.n_compared++] = without - own[c];
            out.n_better += without - own[c] > 1e-9;
            places += better;
            out.who = fabs(better) > fabs(out.most) ? c : out.who;
            out.most = fabs(better) > fabs(out.most) ? better : out.most;
        }
    }
    out.score = n_pair > 0 ? score / n_pair : NAN;
    out.siblings = n_pair > 0 ? siblings / n_pair : NAN;
    out.parent_gain = n_above > 0 ? above / n_above : NAN;
    out.places = out.n_compared > 0 ? places / (double)out.n_compared : NAN;
    test_gain(&out, gain);
    return out;
}

/* Silence pays, or costs, where the test says so and more than half of the countries
   fare that way. */
static int sign_of(const price *p, size_t n_test)
{
    bool sure = p->p < LEVEL / (double)n_test;
    return sure && p->gain > 0 && 2 * p->n_better > p->n_compared   ? 1
           : sure && p->gain < 0 && 2 * p->n_better < p->n_compared ? -1
                                                                    : 0;
}

static void price_row(const rift_audit *audit, size_t node, const price *p,
                      rift_table *table, found *found)
{
    int sign = sign_of(p, found->n_test);
    double n = (double)p->n_compared;
    bool any = p->most != 0;
    RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
             RIFT_W(audit->index.node[node].code),
             RIFT_W(audit->index.node[audit->index.node[node].parent].code),
             RIFT_N((double)p->n_with), RIFT_N((double)p->n_without),
             RIFT_N((double)p->n_unranked), RIFT_N(p->score), RIFT_N(p->siblings),
             RIFT_N(p->parent_gain), RIFT_N(p->gain), RIFT_N(p->places),
             RIFT_N(n > 0 ? p->most : NAN),
             RIFT_W(any ? audit->result->panel.country[p->who] : ""),
             RIFT_N(n > 0 ? (double)p->n_better / n : NAN), RIFT_N(p->t), RIFT_N(p->p),
             RIFT_W(sign > 0   ? "silence pays"
                    : sign < 0 ? "silence costs"
                               : "neither"));
    found->n_pays += sign > 0;
    found->n_costs += sign < 0;
    if (sign > 0 && p->gain > found->best) {
        found->best = p->gain;
        found->best_node = node;
        found->of_best = *p;
    }
    if (sign < 0 && p->gain < found->worst) {
        found->worst = p->gain;
        found->worst_node = node;
        found->of_worst = *p;
    }
}

/* A row for each ranked country that lacks the series. */
static void country_rows(const rift_silence *s, rift_table *table, found *found)
{
    const rift_audit *audit = s->audit;
    for (size_t c = 0; c < audit->n_country; c++) {
        if (s->has[c] || !(rift_audit_ranks(audit, 0)[c] > 0)) {
            continue;
        }
        double score[RIFT_SILENCE_CASES], place[RIFT_SILENCE_CASES];
        for (size_t k = 0; k < RIFT_SILENCE_CASES; k++) {
            score[k] = s->score[k][c];
            place[k] = rift_silence_place(audit, c, score[k]);
        }
        const double *x = score, *r = place;
        double moved = r[RIFT_SILENCE_IMPUTED] - r[RIFT_SILENCE_IGNORED];
        double wide = r[RIFT_SILENCE_LOW] - r[RIFT_SILENCE_HIGH];
        found->n_gap++;
        found->n_far += fabs(moved) >= FAR;
        found->widest = wide > found->widest ? wide : found->widest;
        if (rift_view_wants(audit->choice, c)) {
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)),
                     RIFT_W(audit->result->panel.country[c]),
                     RIFT_W(audit->index.node[s->node].code), RIFT_N(s->imputed[c]),
                     RIFT_N(x[0]), RIFT_N(x[1]), RIFT_N(x[2]), RIFT_N(x[3]),
                     RIFT_N(r[0]), RIFT_N(r[1]), RIFT_N(r[2]), RIFT_N(r[3]),
                     RIFT_N(x[1] - x[0]), RIFT_N(moved));
        }
    }
}

static void tell_one(const rift_audit *audit, size_t node, const price *p,
                     rift_text *out)
{
    rift_text_begin_line(out);
    rift_text_format(
        out,
        "Silence %s most with %s: without it the %zu ranked countries that "
        "have it would score %.1f points %s and stand %.1f places %s, on "
        "average.",
        p->gain > 0 ? "pays" : "costs", audit->index.node[node].name, p->n_compared,
        fabs(p->gain), p->gain > 0 ? "higher" : "lower", fabs(p->places),
        p->places < 0 ? "worse" : "better");
}

enum { SILENCE, SILENCE_COUNTRIES }; /* rows of the tables */

static void tell(const rift_audit *audit, const found *found, rift_text *summary)
{
    int year = (int)rift_audit_year(audit);
    rift_text *one = &summary[SILENCE], *many = &summary[SILENCE_COUNTRIES];
    rift_text_format(one,
                     "In %d, not reporting a value pays with %zu of %zu series, costs "
                     "with %zu, and with %zu does neither for sure.",
                     year, found->n_pays, found->n_test, found->n_costs,
                     found->n_test - found->n_pays - found->n_costs);
    if (found->best_node) {
        tell_one(audit, found->best_node, &found->of_best, one);
    }
    if (found->worst_node) {
        tell_one(audit, found->worst_node, &found->of_worst, one);
    }
    rift_text_begin_line(one);
    rift_text_format(one,
                     "Pays, or costs: the mean change of the total, with a paired t "
                     "test below %.2g over the number of series, and of more than half "
                     "of the countries.",
                     LEVEL);
    if (found->n_gap == 0) {
        rift_text_format(many, "No ranked country lacks a series in %d.", year);
        return;
    }
    rift_text_format(many,
                     "Ranked countries lack %zu values in %d. Imputed instead of "
                     "ignored, %zu of these move their country by %d places or more.",
                     found->n_gap, year, found->n_far, FAR);
    rift_text_begin_line(many);
    rift_text_format(many,
                     "Between the lowest and the highest score in the series, a single "
                     "missing value leaves up to %.0f places open.",
                     found->widest);
}

static rift_status each_series(const rift_audit *audit, rift_silence *s, found *found,
                               rift_table *table)
{
    rift_status status = RIFT_OK;
    for (size_t i = 1; status == RIFT_OK && i < audit->index.n_node; i++) {
        if (audit->index.node[i].series < 0 || !rift_audit_takes_part(audit, i)) {
            continue;
        }
        status = rift_silence_score(s, i);
        if (status == RIFT_OK) {
            price p = price_of(s, found->gain);
            price_row(audit, i, &p, &table[SILENCE], found);
            country_rows(s, &table[SILENCE_COUNTRIES], found);
        }
    }
    return status;
}

static rift_status silence(const rift_audit *audit, rift_table *table,
                           rift_text *summary)
{
    int compares = rift_silence_compares(&audit->index);
    if (compares >= 0) {
        for (size_t k = 0; k < 2; k++) {
            rift_text_format(&summary[k],
                             "What silence pays cannot be told: scores of '%s' depend "
                             "on which other countries there are.",
                             audit->index.node[compares].code);
        }
        return RIFT_OK;
    }
    rift_silence s;
    found found = {.gain = calloc(audit->n_country + 1, sizeof *found.gain)};
    for (size_t i = 1; i < audit->index.n_node; i++) {
        found.n_test +=
            audit->index.node[i].series >= 0 && rift_audit_takes_part(audit, i);
    }
    rift_status status = rift_silence_alloc(audit, &s) && found.gain
                             ? each_series(audit, &s, &found, table)
                             : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        tell(audit, &found, summary);
    }
    rift_silence_free(&s);
    free(found.gain);
    return status;
}

static rift_status run_silence(const rift_scope *scope, rift_table *table,
                               rift_text *summary)
{
    return rift_audit_run(scope, silence, table, summary);
}

static const rift_column_info silence_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    {"parent", RIFT_KIND_CODE, 0, "", "node that the series is under"},
    {"n_with", RIFT_KIND_COUNT, 0, "countries", "ranked countries that have a value"},
    {"n_without", RIFT_KIND_COUNT, 0, "countries",
     "ranked countries that have none, or an imputed one"},
    {"n_unranked", RIFT_KIND_COUNT, 0, "countries",
     "countries with a value that would not be ranked without it"},
    {"mean_score", RIFT_KIND_NUMBER, 1, "",
     "mean score in the series, of countries that have it and a sibling"},
    {"siblings_score", RIFT_KIND_NUMBER, 1, "",
     "mean of the same countries' scores in its siblings, by weight"},
    {"parent_gain", RIFT_KIND_NUMBER, 2, "",
     "mean change of the parent's score where a country that has the series leaves it "
     "out"},
    {"score_gain", RIFT_KIND_NUMBER, 2, "", "the same of the total"},
    {"places_gained", RIFT_KIND_NUMBER, 2, "ranks",
     "places gained in the total by it on average; below 0: lost"},
    {"largest_places", RIFT_KIND_NUMBER, 1, "ranks",
     "places gained or lost by it by the country that it moves most"},
    {"country", RIFT_KIND_CODE, 0, "", "country that it moves most"},
    {"share_gaining", RIFT_KIND_NUMBER, 3, "",
     "share of the countries that score higher without the series"},
    {"t", RIFT_KIND_NUMBER, 2, "",
     "paired t of no change of the total on average; empty: no spread"},
    RIFT_COLUMN_P_VALUE(4),
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "silence pays, silence costs, or neither: by the sign of score_gain, where "
     "p_value "
     "is below 0.05 over the number of series and most countries fare so"},
};

static const rift_column_info countries_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"series", RIFT_KIND_CODE, 0, "", "series that the country lacks, by its code"},
    {"imputed_score", RIFT_KIND_NUMBER, 1, "",
     "score in the series as imputed by em from those under the same node; empty: the "
     "country has none of them"},
    {"score_ignored", RIFT_KIND_NUMBER, 2, "",
     "score in the total, the series ignored"},
    {"score_imputed", RIFT_KIND_NUMBER, 2, "", "the same, the series imputed"},
    {"score_low", RIFT_KIND_NUMBER, 2, "",
     "the same, at the lowest score that a country has in the series"},
    {"score_high", RIFT_KIND_NUMBER, 2, "", "the same, at the highest"},
    {"rank_ignored", RIFT_KIND_RANK, 0, "",
     "place among the ranked countries, the series ignored"},
    {"rank_imputed", RIFT_KIND_RANK, 0, "", "the same, the series imputed"},
    {"rank_low", RIFT_KIND_RANK, 0, "", "the same, at the lowest score"},
    {"rank_high", RIFT_KIND_RANK, 0, "", "the same, at the highest score"},
    {"score_change", RIFT_KIND_NUMBER, 2, "", "score imputed less score ignored"},
    {"rank_change", RIFT_KIND_RANK_CHANGE, 0, "ranks",
     "rank imputed less rank ignored; below 0: better"},
};

const rift_analysis rift_audit_silence = {
    .group = "audit",
    .reference = "Manski (1990); Little and Rubin (2002); OECD/JRC Handbook (2008), "
                 "step 3",
    .one_year = true,
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            [SILENCE] = {"silence",
                         "what leaving out a series gains or costs those that have it",
                         silence_column, RIFT_COUNT_OF(silence_column),
                         "a series with values in the year, in an index whose scores "
                         "do not depend on other countries"},
            [SILENCE_COUNTRIES] =
                {"silence-countries",
                 "each missing value ignored, imputed, and at its bounds",
                 countries_column, RIFT_COUNT_OF(countries_column),
                 "a ranked country that lacks a series, in an index whose scores do "
                 "not depend on other countries"}},
    .run = run_silence,
};
