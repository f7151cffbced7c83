/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Imputation: gaps of a series filled from its own past and future, or from other
   countries. Cells that hold a value are never touched. A series without any value
   stays empty; one with a single value gives that value to whoever asks for it, with no
   standard error. */
#include "index/impute.h"

#include "stats/describe.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t rift_impute_others(const rift_impute_panel *panel, size_t s,
                          const rift_impute_choice *how, size_t *row)
{
    size_t n = 0;
    for (size_t i = 0; i < panel->n_series; i++) {
        bool named = how->on.n == 0;
        for (size_t k = 0; k < how->on.n; k++) {
            named = named || strcmp(how->on.text[k], panel->code[i]) == 0;
        }
        if (named && i != s) {
            row[n++] = i;
        }
    }
    return n;
}

rift_status rift_impute_each(rift_impute_one one, rift_impute_panel *panel,
                             const size_t *s, size_t n_s, const rift_impute_choice *how)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < n_s; i++) {
        status = one(panel, s[i], how);
    }
    return status;
}

/** The latest value, at most maximum_age years old: no standard error. OECD/JRC (2008),
    step 3, "cold deck". */
static rift_status latest_one(rift_impute_panel *panel, size_t s,
                              const rift_impute_choice *how)
{
    size_t n = panel->n_country;
    for (size_t t = panel->n_year; t-- > 1;) { /* backwards: none is taken twice */
        for (size_t c = 0; c < n; c++) {
            size_t cell = t * n + c;
            for (size_t back = 1; isnan(panel->value[s][cell]) && back <= t &&
                                  back <= (size_t)how->maximum_age;
                 back++) {
                size_t from = cell - back * n;
                if (!isnan(panel->value[s][from])) {
                    panel->value[s][cell] = panel->value[s][from];
                    panel->origin[s][cell] = RIFT_OLDER;
                    panel->age[s][cell] = (int8_t)back;
                }
            }
        }
    }
    return RIFT_OK;
}

static void interpolate(rift_impute_panel *panel, size_t s, size_t from, size_t to)
{
    size_t n = panel->n_country;
    double *value = panel->value[s];
    for (size_t cell = from + n; cell < to; cell += n) {
        double share = (double)(cell - from) / (double)(to - from);
        value[cell] = value[from] + share * (value[to] - value[from]);
        panel->origin[s][cell] = RIFT_INTERPOLATED;
    }
}

static void hold(rift_impute_panel *panel, size_t s, size_t cell, size_t from)
{
    panel->value[s][cell] = panel->value[s][from];
    panel->origin[s][cell] = RIFT_INTERPOLATED;
}

/** A straight line in time between a country's own values; beyond the first and the
    last nothing, or with `extrapolate: constant` that value. OECD/JRC (2008), step 3;
   as R's approx, rules 1 and 2. No standard error. */
static rift_status linear_one(rift_impute_panel *panel, size_t s,
                              const rift_impute_choice *how)
{
    size_t n = panel->n_country, end = panel->n_year * n;
    for (size_t c = 0; c < n; c++) {
        size_t last = SIZE_MAX;
        for (size_t cell = c; cell < end; cell += n) {
            if (isnan(panel->value[s][cell])) {
                continue;
            }
            if (last != SIZE_MAX) {
                interpolate(panel, s, last, cell);
            }
            for (size_t i = c; how->extrapolate && last == SIZE_MAX && i < cell;
                 i += n) {
                hold(panel, s, i, cell);
            }
            last = cell;
        }
        for (size_t cell = last; how->extrapolate && last != SIZE_MAX && cell < end;
             cell += n) {
            if (cell != last) {
                hold(panel, s, cell, last);
            }
        }
    }
    return RIFT_OK;
}

/* Fill the gaps of the countries of one group in one year by their centre. */
static void fill_group(rift_impute_panel *panel, size_t s, size_t year, int32_t group,
                       bool median, double *room)
{
    size_t n = panel->n_country, m = 0;
    for (size_t c = 0; c < n; c++) {
        size_t cell = year * n + c;
        bool member = !panel->group || panel->group[c] == group;
        if (member && rift_impute_known(panel, s, cell)) {
            room[m++] = panel->value[s][cell];
        }
    }
    if (m == 0) {
        return;
    }
    gsl_sort(room, 1, m);
    double centre = median ? rift_quantile_sorted(room, m, 0.5) : rift_mean(room, m);
    /* a new draw scatters about the mean by sd sqrt(1 + 1 / m) */
    double sd = rift_sd_population(room, m) * sqrt((double)m / ((double)m - 1));
    double error = median || m < 2 ? NAN : sd * sqrt(1 + 1 / (double)m);
    for (size_t c = 0; c < n; c++) {
        size_t cell = year * n + c;
        bool member = !panel->group || panel->group[c] == group;
        if (member && isnan(panel->value[s][cell])) {
            rift_impute_set(panel, s, cell, centre, error);
        }
    }
}

static rift_status centre(rift_impute_panel *panel, size_t s, bool median)
{
    double *room = calloc(panel->n_country + 1, sizeof *room);
    if (!room) {
        return RIFT_ERR_MEMORY;
    }
    size_t n_group = panel->group ? panel->n_group : 1;
    for (size_t t = 0; t < panel->n_year; t++) {
        for (size_t g = 0; g < n_group; g++) {
            fill_group(panel, s, t, (int32_t)g, median, room);
        }
    }
    free(room);
    return RIFT_OK;
}

/** Mean of the countries with a value that year, of all or of one's own group; a group
    without any stays empty. OECD/JRC (2008), step 3, "unconditional mean". */
static rift_status mean_one(rift_impute_panel *panel, size_t s,
                            const rift_impute_choice *how)
{
    (void)how;
    return centre(panel, s, false);
}

/** The same by the median; no standard error. OECD/JRC (2008), step 3. */
static rift_status median_one(rift_impute_panel *panel, size_t s,
                              const rift_impute_choice *how)
{
    (void)how;
    return centre(panel, s, true);
}

RIFT_IMPUTATION(latest)
{
    return rift_impute_each(latest_one, panel, s, n_s, how);
}

static rift_status linear(rift_impute_panel *panel, const size_t *s, size_t n_s,
                          const rift_impute_choice *how)
{
    return rift_impute_each(linear_one, panel, s, n_s, how);
}

static rift_status mean(rift_impute_panel *panel, const size_t *s, size_t n_s,
                        const rift_impute_choice *how)
{
    return rift_impute_each(mean_one, panel, s, n_s, how);
}

static rift_status median(rift_impute_panel *panel, const size_t *s, size_t n_s,
                          const rift_impute_choice *how)
{
    return rift_impute_each(median_one, panel, s, n_s, how);
}

const rift_imputation rift_imputations[] = {
    {"none", "a gap stays a gap", "-", "", NULL},
    {"latest", "latest value within maximum_age years",
     "OECD/JRC Handbook (2008), step 3", "maximum_age", rift_impute_latest},
    {"linear", "straight line in time between a country's own values",
     "OECD/JRC Handbook (2008), step 3", "extrapolate", linear},
    {"mean", "mean of the year, of all or of one's group",
     "OECD/JRC Handbook (2008), step 3", "group", mean},
    {"median", "median of the year, of all or of one's group",
     "OECD/JRC Handbook (2008), step 3", "group", median},
    {"within-parent", "mean of the siblings' scores, after normalising",
     "Becker et al. (2022), COINr", "", NULL},
    {"regression", "least squares on other series, over all countries and years",
     "OECD/JRC Handbook (2008), step 3", "on", rift_impute_regression},
    {"em", "maximum likelihood of a multivariate normal, over all countries and years",
     "Dempster, Laird and Rubin (1977); Little and Rubin (2002), 11.2", "on",
     rift_impute_em},
    {"nearest", "mean of the nearest countries by other series",
     "Troyanskaya et al. (2001)", "on neighbours", rift_impute_nearest},
};
const size_t rift_n_imputations = sizeof rift_imputations / sizeof *rift_imputations;
