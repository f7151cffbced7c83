/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How well forecasts would have done: the last five years held out, every method judged
   on the same countries against a random walk with drift. */
#include "analysis/forecast/pool.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    HELD_OUT = 5,
    LEAST = 8,
    METHODS = 6,
    RECENT = 10
}; /* RECENT: last values of a line */

/* A value to come, and the standard error of a single one. */
typedef struct guess {
    double value, se, df; /* df of the t that the interval takes */
} guess;

/* What a method knows: a country's path up to the cut, and the fits to it. */
typedef struct known {
    const rift_trajectory *path; /* its n is of the training years */
    rift_ceilings ceiling;
    rift_diffusion fit[RIFT_CURVES];
} known;

static guess by_curve(const known *k, int curve, double year)
{
    const rift_diffusion *fit = &k->fit[curve];
    if (fit->refusal != RIFT_DIFFUSION_FITTED) {
        return (guess){NAN, NAN, 1};
    }
    double error, p = isnan(k->ceiling.curve) ? 3 : 2;
    double value =
        rift_diffusion_value(&rift_diffusion_models[curve], fit, year, &error);
    double df = (double)fit->n - p;
    return (guess){value, sqrt(error * error + fit->rss / df), df};
}

static guess by_logistic(const known *k, double year)
{
    return by_curve(k, 0, year);
}

static guess by_gompertz(const known *k, double year)
{
    return by_curve(k, 1, year);
}

/* The curve of lower AICc. */
static guess by_better(const known *k, double year)
{
    bool second =
        k->fit[1].refusal == RIFT_DIFFUSION_FITTED &&
        (k->fit[0].refusal != RIFT_DIFFUSION_FITTED || k->fit[1].aicc < k->fit[0].aicc);
    return by_curve(k, second, year);
}

/* y = a + b t over n points; the guess at t, with the error of a single value. */
static guess by_line(const double *t, const double *y, size_t n, double at)
{
    double mt = rift_mean(t, n), my = rift_mean(y, n), stt = 0, sty = 0, rss = 0;
    for (size_t i = 0; i < n; i++) {
        stt += (t[i] - mt) * (t[i] - mt);
        sty += (t[i] - mt) * (y[i] - my);
    }
    double b = sty / stt, count = (double)n;
    for (size_t i = 0; i < n; i++) {
        double e = y[i] - my - b * (t[i] - mt);
        rss += e * e;
    }
    double spread = 1 + 1 / count + (at - mt) * (at - mt) / stt;
    return (guess){my + b * (at - mt), sqrt(rss / (count - 2) * spread), count - 2};
}

static guess by_linear(const known *k, double year)
{
    size_t n = k->path->n, from = n > RECENT ? n - RECENT : 0;
    return by_line(k->path->year + from, k->path->y + from, n - from, year);
}

/* The gap to the ceiling shrinks by the same share each year: a line through its ln. */
static guess by_halving(const known *k, double year)
{
    double gap[RECENT];
    size_t n = k->path->n, from = n > RECENT ? n - RECENT : 0, m = n - from;
    for (size_t i = 0; i < m; i++) {
        gap[i] = log(k->ceiling.value - k->path->y[from + i]);
        if (!isfinite(gap[i])) {
            return (guess){NAN, NAN, 1};
        }
    }
    guess line = by_line(k->path->year + from, gap, m, year);
    double left = exp(line.value);
    return (guess){k->ceiling.value - left, left * line.se, line.df};
}

/* The last value and the mean step a year, with the error that the steps' scatter makes
   of it. Hyndman and Athanasopoulos (2021), 5.2 and table 5.2. */
static guess by_walk(const known *k, double year)
{
    const rift_trajectory *p = k->path;
    size_t n = p->n;
    double span = p->year[n - 1] - p->year[0];
    double drift = (p->y[n - 1] - p->y[0]) / span, square = 0;
    for (size_t i = 1; i < n; i++) {
        double step = p->year[i] - p->year[i - 1];
        double e = (p->y[i] - p->y[i - 1] - drift * step) / sqrt(step);
        square += e * e;
    }
    double df = (double)n - 2, h = year - p->year[n - 1];
    return (guess){p->y[n - 1] + drift * h, sqrt(square / df * h * (1 + h / span)), df};
}

static const struct {
    const char *name;
    guess (*apply)(const known *known, double year);
} methods[METHODS] = {{"walk-with-drift", by_walk}, {"logistic", by_logistic},
                      {"gompertz", by_gompertz},    {"better-curve", by_better},
                      {"linear", by_linear},        {"gap-halving", by_halving}};

typedef struct score {
    double n, error, absolute, square, inside, width;
} score;

typedef struct trial {
    score score[METHODS][HELD_OUT + 1]; /* by horizon; 0: all */
    size_t n_country;
} trial;

static void add_score(score *s, guess g, double x, double floor, double ceiling)
{
    double half = gsl_cdf_tdist_Pinv(0.975, g.df) * g.se;
    double low = fmax(floor, g.value - half), high = g.value + half, value = g.value;
    if (!isnan(ceiling)) { /* nobody would forecast above it */
        high = fmin(high, ceiling);
        value = fmin(value, ceiling);
        low = fmin(low, ceiling);
    }
    s->n++;
    s->error += value - x;
    s->absolute += fabs(value - x);
    s->square += (value - x) * (value - x);
    s->inside += x >= low && x <= high;
    s->width += high - low;
}

/* One country: every method guesses every held-out value, or the country is excluded.
 */
static rift_status try_country(rift_trajectory *path, double cut, double floor,
                               rift_ceilings ceilings, trial *trial)
{
    double ceiling = ceilings.value;
    size_t all = path->n, n = 0;
    int best;
    while (n < all && path->year[n] <= cut) {
        n++;
    }
    if (n < LEAST || n == all || (!isnan(ceiling) && path->y[n - 1] >= ceiling)) {
        return RIFT_OK;
    }
    known k = {.path = path, .ceiling = ceilings};
    path->n = n;
    rift_status status = rift_trajectory_curve(path, ceilings.curve, k.fit, &best);
    guess made[METHODS][HELD_OUT];
    bool complete = status == RIFT_OK && all - n <= HELD_OUT;
    for (int m = 0; complete && m < METHODS; m++) {
        for (size_t i = n; i < all; i++) {
            bool skipped = methods[m].apply == by_halving && isnan(ceiling);
            made[m][i - n] =
                skipped ? (guess){0, 0, 1} : methods[m].apply(&k, path->year[i]);
            complete = complete && isfinite(made[m][i - n].value) &&
                       isfinite(made[m][i - n].se);
        }
    }
    path->n = all;
    if (!complete) {
        return status;
    }
    trial->n_country++;
    for (int m = 0; m < METHODS; m++) {
        for (size_t i = n; i < all; i++) {
            size_t h = (size_t)(path->year[i] - cut);
            add_score(&trial->score[m][h], made[m][i - n], path->y[i], floor, ceiling);
            add_score(&trial->score[m][0], made[m][i - n], path->y[i], floor, ceiling);
        }
    }
    return RIFT_OK;
}

static int put_trial(const rift_variable *v, double ceiling, double cut,
                     const trial *trial, rift_table *table)
{
    int best = -1;
    for (int m = 0; m < METHODS; m++) {
        if (methods[m].apply == by_halving && isnan(ceiling)) {
            continue;
        }
        for (size_t h = 0; h <= HELD_OUT; h++) {
            const score *s = &trial->score[m][h];
            if (s->n > 0) {
                RIFT_ROW(table, RIFT_W(v->code), RIFT_W(methods[m].name), RIFT_N(cut),
                         RIFT_N((double)h), RIFT_N((double)trial->n_country),
                         RIFT_N(s->n), RIFT_N(s->error / s->n),
                         RIFT_N(s->absolute / s->n), RIFT_N(sqrt(s->square / s->n)),
                         RIFT_N(s->inside / s->n), RIFT_N(s->width / s->n));
            }
        }
        if (best < 0 || trial->score[m][0].absolute < trial->score[best][0].absolute) {
            best = m;
        }
    }
    return best;
}

static void tell_trial(const rift_variable *v, double cut, int best, const trial *trial,
                       rift_text *summary)
{
    const score *walk = &trial->score[0][0], *other = &trial->score[best][0];
    if (walk->n == 0) {
        rift_text_format(summary,
                         "%s: no country has enough values on both sides of %.0f.\n",
                         v->name, cut);
    } else if (best == 0) {
        rift_text_format(summary,
                         "%s: the random walk with drift wins, with a mean error of "
                         "%.2f over %zu countries; %.0f %% of values lie in its "
                         "intervals of 95 %%.\n",
                         v->name, walk->absolute / walk->n, trial->n_country,
                         100 * walk->inside / walk->n);
    } else {
        rift_text_format(summary,
                         "%s: %s has the least mean error, %.2f against %.2f of the "
                         "random walk with drift, over %zu countries; %.0f %% and %.0f "
                         "%% of values lie in their intervals of 95 %%.\n",
                         v->name, methods[best].name, other->absolute / other->n,
                         walk->absolute / walk->n, trial->n_country,
                         100 * other->inside / other->n, 100 * walk->inside / walk->n);
    }
}

/* What is told of the method that forecasts use. */
static rift_status tell_combined(const rift_scope *q, const rift_variable *v,
                                 rift_text *summary)
{
    rift_outlook *outlook = calloc(1, sizeof *outlook);
    rift_status status =
        outlook ? rift_outlook_make(q, v, false, outlook) : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        rift_held_tell(v, false, outlook->held, summary);
    }
    if (outlook) {
        rift_outlook_free(outlook);
    }
    free(outlook);
    return status;
}

static rift_status run_backtest(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_trajectory path;
    rift_status status = rift_trajectory_make(q, &path) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        rift_ceilings ceiling = rift_ceilings_of(q, v);
        const double *value = v->observed ? v->observed : v->value;
        size_t first, last;
        trial trial = {.n_country = 0};
        if (!v->main || v->polarity < 0 || status != RIFT_OK ||
            !rift_span(q, value, &first, &last)) {
            continue;
        }
        double cut = rift_year_of(q, last) - HELD_OUT;
        for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
            rift_trajectory_country(q, v, c, &path);
            while (path.n > 0 && path.year[path.n - 1] > rift_year_of(q, last)) {
                path.n--;
            }
            status = try_country(&path, cut, v->has_negative ? -INFINITY : 0, ceiling,
                                 &trial);
        }
        int best = put_trial(v, ceiling.value, cut, &trial, table);
        if (!rift_pool_wanted(q) || isnan(rift_pool_top(q, v))) {
            tell_trial(v, cut, best, &trial, summary);
        } else if (status == RIFT_OK) {
            status = tell_combined(q, v, summary);
        }
    }
    rift_trajectory_free(&path);
    rift_text_put(summary,
                  "Each of these methods alone: horizon 0 is all five years together; "
                  "every method is judged on the "
                  "same values, of countries for which all of them have a forecast.");
    return status;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    {"method", RIFT_KIND_CODE, 0, "", "method of forecasting"},
    {"cut", RIFT_KIND_YEAR, 0, "", "last year that the methods knew"},
    {"horizon", RIFT_KIND_COUNT, 0, "years",
     "years after the cut; 0: all held-out years together"},
    RIFT_COLUMN_N_COUNTRIES,
    RIFT_COLUMN_N_VALUES,
    {"bias", RIFT_KIND_NUMBER, 3, "", "mean of forecast less value"},
    {"mean_absolute_error", RIFT_KIND_NUMBER, 3, "",
     "mean distance of forecast and value"},
    {"rmse", RIFT_KIND_NUMBER, 3, "", "root of the mean squared error"},
    {"coverage", RIFT_KIND_NUMBER, 3, "",
     "share of values that lie in their 95 % interval"},
    {"mean_width", RIFT_KIND_NUMBER, 2, "", "mean width of the intervals"},
};

const rift_analysis rift_analysis_backtest = {
    .group = "forecast",
    .reference = "Hyndman and Athanasopoulos (2021), 5",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "backtest",
            "errors and coverage of single methods where the last five "
            "years are held out",
            column, RIFT_COUNT_OF(column),
            "a series or node of which more is better, and countries with eight values "
            "before the last five years and one within"},
    .run = run_backtest,
};
