/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long measuring a divide takes: processor time of each part, and how many times
   that a plain way of doing the same takes in the same run. */
#include "rift/method.h"
#include "stats/describe.h"
#include "stats/random.h"
#include "uncertainty/bootstrap.h"

#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COUNTRIES = 217, MANY = 1000000 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void say(const char *what, double ours, double plain)
{
    printf("%-58s %8.1f ms", what, 1e3 * ours);
    printf(plain > 0 ? "  plain %9.1f ms, %.1f times\n" : "\n", 1e3 * plain,
           plain / ours);
}

static void fill(double *x, size_t n, uint64_t stream)
{
    uint32_t *word = malloc(2 * n * sizeof *word);
    rift_random_words(1, stream, word, 2 * n);
    for (size_t i = 0; i < n; i++) {
        x[i] = exp(3 * rift_random_uniform(word + 2 * i));
    }
    free(word);
}

/* The definition: order by heap sort, then 2 sum i x_(i) / (n sum x) - (n + 1) / n. */
static double plain_gini(const double *x, size_t n)
{
    double *y = malloc(n * sizeof *y), sum = 0, ranked = 0;
    memcpy(y, x, n * sizeof *y);
    gsl_sort(y, 1, n);
    for (size_t i = 0; i < n; i++) {
        sum += y[i];
        ranked += (double)(i + 1) * y[i];
    }
    free(y);
    return 2 * ranked / ((double)n * sum) - (double)(n + 1) / (double)n;
}

static void many_units(void)
{
    double *x = malloc(MANY * sizeof *x), *w = malloc(MANY * sizeof *w), sum = 0;
    fill(x, MANY, 1);
    fill(w, MANY, 2);
    for (size_t i = 0; i < MANY; i++) {
        sum += w[i];
    }
    for (size_t i = 0; i < MANY; i++) {
        w[i] /= sum;
    }
    double start = seconds();
    double gini = 0;
    (void)!rift_gini(x, w, MANY, &gini);
    double theil = rift_theil_t(x, w, MANY);
    double ours = seconds() - start;
    start = seconds();
    double plain = plain_gini(x, MANY) + rift_theil_t(x, w, MANY);
    say("Gini and Theil T of 1,000,000 weighted units", ours, seconds() - start);
    if (!(gini > 0 && theil > 0 && plain > 0)) {
        abort();
    }
    free(x);
    free(w);
}

static void resample(const double *x, const char *const *name, size_t n_measure,
                     size_t replicates, const char *what)
{
    rift_measure_choice measure[32];
    rift_interval out[32];
    for (size_t k = 0; k < n_measure; k++) {
        if (!rift_measure_find(name[k], &measure[k])) {
            abort();
        }
    }
    rift_bootstrap how = {replicates, 1, 0.95, RIFT_INTERVAL_BCA};
    double start = seconds();
    if (rift_bootstrap_measures(x, NULL, COUNTRIES, measure, n_measure, &how, out) !=
        RIFT_OK) {
        abort();
    }
    double ours = seconds() - start;
    double plain = 0;
    if (n_measure == 1) { /* draw, copy, sort */
        double y[COUNTRIES];
        uint32_t word[COUNTRIES];
        size_t few = replicates / 20;
        start = seconds();
        for (size_t r = 0; r < few; r++) {
            rift_random_words(1, r, word, COUNTRIES);
            for (size_t i = 0; i < COUNTRIES; i++) {
                y[i] = x[rift_random_index(word[i], COUNTRIES)];
            }
            plain += plain_gini(y, COUNTRIES) < 0;
        }
        plain = (seconds() - start) * 20;
    }
    say(what, ours, plain);
}

/* Clubs of 217 countries over 25 years. The plain reference is one pass of the search
   for a core alone, every cross-section summed anew and the line by GSL: R does that,
   and much more often. */
static void clubs(void)
{
    enum { YEARS = 25 };
    static double x[COUNTRIES * YEARS];
    double noise[COUNTRIES], log_t[YEARS], y[YEARS], sum = 0, c0, c1, a, b, c, rss;
    fill(noise, COUNTRIES, 4);
    for (size_t i = 0; i < COUNTRIES; i++) {
        for (size_t t = 0; t < YEARS; t++) {
            double limit = 20.0 * (double)(1 + i % 5);
            x[i * YEARS + t] = limit + 10 * noise[i] / (double)(t + 1);
        }
    }
    rift_clubs found;
    double start = seconds();
    if (rift_clubs_find(x, COUNTRIES, YEARS,
                        &(rift_clubs_settings){.start = 1 / 3.0, .merge = true},
                        &found) != RIFT_OK ||
        found.n_club < 2) {
        abort();
    }
    double ours = seconds() - start;
    rift_clubs_free(&found);
    start = seconds();
    for (size_t n = 2; n <= COUNTRIES; n++) {
        double h[YEARS];
        for (size_t t = 0; t < YEARS; t++) {
            double mean = 0;
            h[t] = 0;
            for (size_t i = 0; i < n; i++) {
                mean += x[i * YEARS + t] / (double)n;
            }
            for (size_t i = 0; i < n; i++) {
                double d = x[i * YEARS + t] / mean - 1;
                h[t] += d * d / (double)n;
            }
            log_t[t] = log((double)t + 1);
            y[t] = log(h[0] / h[t]) - 2 * log(log_t[t] > 0 ? log_t[t] : 1);
        }
        gsl_fit_linear(log_t + 8, 1, y + 8, 1, YEARS - 8, &c0, &c1, &a, &b, &c, &rss);
        sum += c1;
    }
    say("clubs of 217 countries x 25 years (plain: one pass)", ours, seconds() - start);
    if (isnan(sum)) {
        abort();
    }
}

int main(void)
{
    static const char *const gini[] = {"gini"};
    static const char *const all[] = {
        "gini",   "gini-corrected", "cv",         "p90p10",     "s80s20",
        "top-10", "bottom-40",      "theil-t",    "theil-l",    "ge-2",
        "hoover", "atkinson-0.5",   "atkinson-1", "atkinson-2", "sigma"};
    double x[COUNTRIES];
    fill(x, COUNTRIES, 3);
    rift_sort(x, COUNTRIES);
    many_units();
    resample(x, gini, 1, 100000, "Gini of 217 countries, 100,000 resamples");
    resample(x, all, 15, 10000, "15 measures of 217 countries, 10,000 resamples");
    clubs();
    return 0;
}
