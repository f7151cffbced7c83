/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lorenz curves, and which of two lies above the other. */
#include "analysis/analysis.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CURVE_STEPS = 50, DECILES = 9 };

static const rift_column_info lorenz_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    RIFT_COLUMN_CUMULATIVE_SHARE(2),
    {"lorenz", RIFT_KIND_NUMBER, 4, "",
     "share of the value that these have, the lowest first"},
    {"generalised", RIFT_KIND_NUMBER, 4, "", "the same times the mean"},
    RIFT_COLUMN_N_COUNTRIES,
};

/* Years to draw: two of the same countries, or, where editions do not compare, the
   last. */
static size_t years_of(const rift_scope *q, const rift_variable *v, size_t year[2])
{
    size_t n = v->main ? rift_ends_shown(q, v, year) : 0;
    if (n == 2 && v->apart == RIFT_APART_EDITION) {
        year[0] = year[1];
        n = 1;
    }
    return n;
}

static rift_status draw_lorenz(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    rift_sample s;
    uint8_t *keep = calloc(q->result->panel.n_country + 1, 1);
    if (!rift_sample_make(q, &s) || !keep) {
        rift_sample_free(&s);
        free(keep);
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t year[2], n = years_of(q, v, year);
        for (size_t k = 0; k < n; k++) {
            for (int how = 0; how < rift_weightings_of(q); how++) {
                rift_keep_both(q, v->value, year[0], year[n - 1], false, how, keep);
                rift_sample_fill(q, v->value, year[k], how, false, keep, &s);
                double mean = rift_weighted_mean(s.x, s.w, s.n);
                for (int step = 0; s.n > 1 && step <= CURVE_STEPS; step++) {
                    double p = (double)step / CURVE_STEPS;
                    double share = rift_lorenz(s.x, s.w, s.n, p);
                    RIFT_ROW(table, RIFT_N(rift_year_of(q, year[k])), RIFT_W(v->code),
                             RIFT_W(rift_weighting_name(how)), RIFT_N(p), RIFT_N(share),
                             RIFT_N(share * mean), RIFT_N((double)s.n));
                }
            }
        }
    }
    rift_sample_free(&s);
    free(keep);
    rift_text_put(summary, "The generalised curve is the Lorenz curve times the mean: "
                           "where it lies higher throughout, everyone is better off "
                           "(Shorrocks 1983).");
    return RIFT_OK;
}

const rift_analysis rift_analysis_lorenz = {
    .group = "divide",
    .reference = "Lorenz (1905); Shorrocks (1983)",
    .sees = RIFT_SEES_OBSERVED,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "lorenz",
            "Lorenz and generalised Lorenz curves of the same countries, first and "
            "last "
            "year",
            lorenz_column, RIFT_COUNT_OF(lorenz_column),
            "two countries with a value in the first year or the last, none of them "
            "below 0"},
    .run = draw_lorenz,
};

/* Deciles of two curves of the same countries, and what they would be for others. */
typedef struct duel {
    rift_sample s[2]; /* the first and the last year, by country */
    uint8_t *keep;
    uint32_t *word;
    uint16_t *count, *of_country; /* how often drawn, in order of the sample */
    double *x, *w;                /* a sample drawn */
    double *change;               /* [DECILES][replicate] */
    double *largest;              /* [replicate] */
} duel;

static bool duel_make(const rift_scope *q, duel *d)
{
    size_t n = q->result->panel.n_country + 1;
    d->keep = calloc(n, 1);
    d->word = calloc(2 * n, sizeof *d->word);
    d->count = calloc(2 * n, sizeof *d->count);
    d->of_country = d->count ? d->count + n : NULL;
    d->x = calloc(2 * n, sizeof *d->x);
    d->w = d->x ? d->x + n : NULL;
    d->change = calloc((DECILES + 1) * q->replicates + 1, sizeof *d->change);
    d->largest = d->change ? d->change + DECILES * q->replicates : NULL;
    return rift_sample_make(q, &d->s[0]) && rift_sample_make(q, &d->s[1]) && d->keep &&
           d->word && d->count && d->x && d->change;
}

static void duel_free(duel *d)
{
    rift_sample_free(&d->s[0]);
    rift_sample_free(&d->s[1]);
    free(d->keep);
    free(d->word);
    free(d->count);
    free(d->x);
    free(d->change);
}

/* The deciles of a sample, each unit counting so often; NULL: once. */
static void deciles_of(const rift_sample *s, const uint16_t *of_country, duel *d,
                       bool generalised, double out[DECILES])
{
    size_t n = 0;
    double all = 0, mean = 0;
    for (size_t i = 0; i < s->n; i++) {
        uint16_t often = of_country ? of_country[s->country[i]] : 1;
        if (often > 0) {
            d->x[n] = s->x[i];
            d->w[n++] = s->w[i] * often;
            all += s->w[i] * often;
        }
    }
    for (size_t i = 0; i < n; i++) {
        d->w[i] /= all;
        mean += d->w[i] * d->x[i];
    }
    for (int k = 0; k < DECILES; k++) {
        double share = rift_lorenz(d->x, d->w, n, (k + 1) / 10.0);
        out[k] = generalised ? share * mean : share;
    }
}

static void draw_countries(const rift_scope *q, size_t replicate, duel *d)
{
    size_t n = d->s[0].n, at = 0;
    rift_bootstrap_draw(q->seed, replicate, n, d->word, d->count);
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        d->of_country[c] = d->keep[c] ? d->count[at++] : 0;
    }
}

/* Change of each decile with its standard error, and the 95 % limit of the largest |t|
   over all deciles at once. */
static double test_deciles(const rift_scope *q, duel *d, bool generalised,
                           double then[DECILES], double now[DECILES],
                           double se[DECILES])
{
    size_t n = q->replicates;
    double a[DECILES], b[DECILES];
    deciles_of(&d->s[0], NULL, d, generalised, then);
    deciles_of(&d->s[1], NULL, d, generalised, now);
    for (size_t r = 0; r < n; r++) {
        draw_countries(q, r, d);
        deciles_of(&d->s[0], d->of_country, d, generalised, a);
        deciles_of(&d->s[1], d->of_country, d, generalised, b);
        for (int k = 0; k < DECILES; k++) {
            d->change[(size_t)k * n + r] = b[k] - a[k];
        }
    }
    memset(d->largest, 0, n * sizeof *d->largest);
    for (int k = 0; k < DECILES; k++) {
        const double *change = d->change + (size_t)k * n;
        double mean = rift_mean(change, n);
        se[k] = rift_sd_population(change, n);
        for (size_t r = 0; se[k] > 0 && r < n; r++) {
            d->largest[r] = fmax(d->largest[r], fabs(change[r] - mean) / se[k]);
        }
    }
    rift_sort(d->largest, n);
    return rift_quantile_sorted(d->largest, n, 0.95);
}

/* Which of two curves lies higher. */
typedef enum conclusion { CROSS, LATER, EARLIER, UNCLEAR } conclusion;

static const char *const conclusion_name[] = {
    [CROSS] = "the curves cross",
    [LATER] = "the later curve dominates",
    [EARLIER] = "the earlier curve dominates",
    [UNCLEAR] = "no significant difference",
};

static conclusion judge(const double t[DECILES], double limit)
{
    bool above = false, below = false;
    for (int k = 0; k < DECILES; k++) {
        above = above || t[k] > limit;
        below = below || t[k] < -limit;
    }
    return above && below ? CROSS : above ? LATER : below ? EARLIER : UNCLEAR;
}

/* A curve that lies higher is less unequal by every measure that is relative; times the
   mean, it is better for all who weigh the low ones as much as others, or more. */
static void tell_duel(conclusion found, bool generalised, double first, double last,
                      rift_text *summary)
{
    const char *what = generalised ? "the countries as a whole were better off in"
                                   : "relative to their average, countries were less "
                                     "unequal in";
    if (found == LATER || found == EARLIER) {
        rift_text_format(summary, "%s %.0f than in %.0f, and %s clearly says otherwise",
                         what, found == LATER ? last : first,
                         found == LATER ? first : last,
                         generalised ? "no way of counting those with less for more"
                                     : "no measure that goes by shares");
        return;
    }
    rift_text_format(summary, "whether %s %.0f than in %.0f %s", what, last, first,
                     found == UNCLEAR ? "is not clear"
                     : generalised    ? "depends on how much the low ones count"
                                      : "depends on which measure by shares is taken");
}

static void duel_of(const rift_scope *q, const rift_variable *v, const size_t year[2],
                    int how, bool generalised, duel *d, rift_table *table,
                    rift_text *summary)
{
    double then[DECILES], now[DECILES], se[DECILES], t[DECILES];
    double limit = test_deciles(q, d, generalised, then, now, se);
    for (int k = 0; k < DECILES; k++) {
        t[k] = se[k] > 0 ? (now[k] - then[k]) / se[k] : 0;
    }
    conclusion found = judge(t, limit);
    for (int k = 0; k < DECILES; k++) {
        RIFT_ROW(table, RIFT_W(v->code), RIFT_W(rift_weighting_name(how)),
                 RIFT_W(generalised ? "generalised" : "lorenz"),
                 RIFT_N(rift_year_of(q, year[0])), RIFT_N(rift_year_of(q, year[1])),
                 RIFT_N((k + 1) / 10.0), RIFT_N(then[k]), RIFT_N(now[k]),
                 RIFT_N(now[k] - then[k]), RIFT_N(se[k]), RIFT_N(t[k]), RIFT_N(limit),
                 RIFT_W(conclusion_name[found]));
    }
    if (generalised && v->polarity < 0) { /* higher is not better off */
        return;
    }
    rift_text_format(summary, "%s, %s: ", v->name, rift_weighting_words(how));
    tell_duel(found, generalised, rift_year_of(q, year[0]), rift_year_of(q, year[1]),
              summary);
    rift_text_format(summary, " (%s curves of %zu countries: %s).\n",
                     generalised ? "generalised Lorenz" : "Lorenz", d->s[0].n,
                     conclusion_name[found]);
}

static const rift_column_info dominance_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    {"curve", RIFT_KIND_CODE, 0, "", "lorenz, or generalised: times the mean"},
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    RIFT_COLUMN_CUMULATIVE_SHARE(1),
    {"value_first", RIFT_KIND_NUMBER, 4, "", "curve of the first year there"},
    {"value_last", RIFT_KIND_NUMBER, 4, "", "curve of the last year there"},
    {"change", RIFT_KIND_NUMBER, 4, "", "the last year's less the first year's"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    {"t", RIFT_KIND_NUMBER, 2, "", "change over its standard error"},
    {"limit", RIFT_KIND_NUMBER, 2, "",
     "size of t beyond which a change is significant at 5 %, all tenths tested at "
     "once"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "which curve lies above the other, whether they cross, or that no difference is "
     "significant"},
};

static rift_status compare_lorenz(const rift_scope *q, rift_table *table,
                                  rift_text *summary)
{
    duel d = {0};
    bool good = duel_make(q, &d);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t year[2];
        if (!v->main || rift_ends_shown(q, v, year) < 2) {
            continue;
        }
        for (int how = 0; how < rift_weightings_of(q); how++) {
            rift_keep_both(q, v->value, year[0], year[1], false, how, d.keep);
            for (int end = 0; end < 2; end++) {
                rift_sample_fill(q, v->value, year[end], how, false, d.keep, &d.s[end]);
            }
            for (int form = 0; d.s[0].n > 2 && form < 2; form++) {
                duel_of(q, v, year, how, form, &d, table, summary);
            }
        }
    }
    duel_free(&d);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

const rift_analysis rift_analysis_lorenz_dominance = {
    .group = "divide",
    .reference = "Bishop, Formby and Thistle (1992), errors by bootstrap",
    .sees = RIFT_SEES_COMPARED,
    .n_table = 1,
    .table = &(const rift_table_form){"lorenz-dominance",
                                      "does one year's curve lie above the other's",
                                      dominance_column, RIFT_COUNT_OF(dominance_column),
                                      "two years, and three countries with a value in "
                                      "both, none of them below 0"},
    .run = compare_lorenz,
};
