/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convergence clubs of each variable: which there are, who belongs to them, and how
   their members moved relative to all. */
#include "analysis/analysis.h"

#include "stats/regress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double SMOOTH = 6.25; /* of annual data: Ravn and Uhlig (2002) */
static const double TRIM = 1.0 / 3;

/* Trends, of ln x so that they stay above 0, of the countries that can be followed from
 * a first year to a last. */
typedef struct paths {
    size_t first, last, n, n_time;
    int32_t *country; /* [n] */
    double *trend;    /* [n][n_time] */
    rift_clubs clubs;
} paths;

/* ln of a country's values, its gaps closed by straight lines; false unless all are
   above 0. */
static bool close_gaps(const rift_scope *q, const rift_variable *v, size_t c,
                       const paths *p, double *out)
{
    size_t before = p->first;
    for (size_t t = p->first; t <= p->last; t++) {
        double x = rift_value_at(q, v, t, c);
        if (isnan(x)) {
            continue;
        }
        if (!(x > 0)) {
            return false;
        }
        double from = rift_value_at(q, v, before, c);
        for (size_t i = before + 1; i < t; i++) {
            double share = (double)(i - before) / (double)(t - before);
            out[i - p->first] = log(from + share * (x - from));
        }
        out[t - p->first] = log(x);
        before = t;
    }
    return true;
}

static rift_status fill_paths(const rift_scope *q, const rift_variable *v, paths *p)
{
    uint8_t *keep = calloc(q->result->panel.n_country + 1, 1);
    double *raw = calloc(p->n_time + 1, sizeof *raw);
    size_t both =
        keep ? rift_keep_both(q, v->value, p->first, p->last, false, false, keep) : 0;
    p->country = calloc(both + 1, sizeof *p->country);
    p->trend = calloc(both * p->n_time + 1, sizeof *p->trend);
    bool good = keep && raw && p->country && p->trend;
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
        double *trend = p->trend + p->n * p->n_time;
        if (!keep[c] || !close_gaps(q, v, c, p, raw)) {
            continue;
        }
        status = rift_trend_filter(raw, p->n_time, SMOOTH, trend);
        for (size_t t = 0; t < p->n_time; t++) {
            trend[t] = exp(trend[t]);
        }
        p->country[p->n++] = (int32_t)c;
    }
    free(keep);
    free(raw);
    return status;
}

static void paths_free(paths *p)
{
    free(p->country);
    free(p->trend);
    rift_clubs_free(&p->clubs);
    *p = (paths){0};
}

/* RIFT_ERR_DOMAIN where a variable has too few years or countries. */
static rift_status find_paths(const rift_scope *q, const rift_variable *v, paths *p)
{
    *p = (paths){0};
    if (!v->main || !rift_span(q, v->value, &p->first, &p->last)) {
        return RIFT_ERR_DOMAIN;
    }
    p->n_time = p->last - p->first + 1;
    rift_status status = p->n_time < 6 ? RIFT_ERR_DOMAIN : fill_paths(q, v, p);
    if (status == RIFT_OK) {
        status = rift_clubs_find(p->trend, p->n, p->n_time, TRIM, true, &p->clubs);
    }
    if (status != RIFT_OK) {
        paths_free(p);
    }
    return status;
}

/* Mean of a club's trends in a period; club -2: of all. */
static double mean_of(const paths *p, int32_t club, size_t t)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (club == -2 || p->clubs.club[i] == club) {
            sum += p->trend[i * p->n_time + t];
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

static size_t size_of(const paths *p, int32_t club)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        n += club == -2 || p->clubs.club[i] == club;
    }
    return n;
}

static void put_club(const rift_scope *q, const rift_variable *v, const paths *p,
                     int32_t club, const rift_log_t *test, rift_table *table)
{
    char name[32];
    snprintf(name, sizeof name,
             club == -2 ? "all"
             : club < 0 ? "none"
                        : "%d",
             club + 1);
    const char *conclusion = !test                            ? "in no club"
                             : isnan(test->t)                 ? "alike in some year"
                             : test->t <= RIFT_LOG_T_CRITICAL ? "rejected"
                             : test->b >= 2                   ? "levels converge"
                             : test->b >= 0                   ? "growth converges"
                                                              : "not rejected";
    RIFT_ROW(table, RIFT_W(v->code), RIFT_W(name), RIFT_N((double)size_of(p, club)),
             RIFT_N(test ? test->b : NAN), RIFT_N(test ? test->se : NAN),
             RIFT_N(test ? test->t : NAN), RIFT_N(rift_year_of(q, p->first)),
             RIFT_N(rift_year_of(q, p->last)), RIFT_N(mean_of(p, club, 0)),
             RIFT_N(mean_of(p, club, p->n_time - 1)), RIFT_W(conclusion));
}

static void put_clubs(const rift_scope *q, const rift_variable *v, const paths *p,
                      rift_table *table, rift_text *summary)
{
    put_club(q, v, p, -2, &p->clubs.all, table);
    for (size_t k = 0; k < p->clubs.n_club; k++) {
        put_club(q, v, p, (int32_t)k, &p->clubs.test[k], table);
    }
    size_t alone = size_of(p, -1);
    if (alone > 0) {
        put_club(q, v, p, -1, NULL, table);
    }
    rift_text_format(summary, "%s, %zu countries, %.0f to %.0f: ", v->name, p->n,
                     rift_year_of(q, p->first), rift_year_of(q, p->last));
    if (isnan(p->clubs.all.t)) {
        rift_text_put(summary, "there is nothing to test, for all are alike in some "
                               "year.\n");
        return;
    }
    if (p->clubs.all.t > RIFT_LOG_T_CRITICAL) {
        rift_text_format(summary, "all may converge (t %.1f).\n", p->clubs.all.t);
        return;
    }
    rift_text_format(summary, "convergence of all is rejected (t %.1f); ",
                     p->clubs.all.t);
    for (size_t k = 0; k < p->clubs.n_club; k++) {
        rift_text_format(summary, "%sclub %zu has %zu countries with a mean of %.3g",
                         k ? ", " : "", k + 1, size_of(p, (int32_t)k),
                         mean_of(p, (int32_t)k, p->n_time - 1));
    }
    rift_text_format(summary, "%s%zu in none.\n", p->clubs.n_club > 0 ? "; " : "",
                     alone);
}

static void put_members(const rift_scope *q, const rift_variable *v, const paths *p,
                        rift_table *table)
{
    for (size_t i = 0; i < p->n; i++) {
        if (rift_view_wants(&q->choice, (size_t)p->country[i])) {
            int32_t club = p->clubs.club[i];
            RIFT_ROW(table, RIFT_W(v->code),
                     RIFT_W(q->result->panel.country[p->country[i]]),
                     RIFT_N(club < 0 ? NAN : (double)club + 1),
                     RIFT_N(p->trend[i * p->n_time]),
                     RIFT_N(p->trend[i * p->n_time + p->n_time - 1]));
        }
    }
}

static void put_transition_paths(const rift_scope *q, const rift_variable *v,
                                 const paths *p, rift_table *table)
{
    for (size_t t = 0; t < p->n_time; t++) {
        double mean = mean_of(p, -2, t);
        for (size_t i = 0; i < p->n; i++) {
            int32_t club = p->clubs.club[i];
            if (rift_view_wants(&q->choice, (size_t)p->country[i])) {
                RIFT_ROW(table, RIFT_N(rift_year_of(q, p->first + t)), RIFT_W(v->code),
                         RIFT_W(q->result->panel.country[p->country[i]]),
                         RIFT_N(club < 0 ? NAN : (double)club + 1),
                         RIFT_N(p->trend[i * p->n_time + t] / mean));
            }
        }
    }
}

enum { ALL_CLUBS, MEMBERS, PATHS };

static rift_status run_clubs(const rift_scope *q, rift_table *table, rift_text *summary)
{
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        paths p;
        rift_status status = find_paths(q, v, &p);
        if (status == RIFT_ERR_MEMORY) {
            return status;
        }
        if (status == RIFT_OK) {
            put_clubs(q, v, &p, &table[ALL_CLUBS], &summary[ALL_CLUBS]);
            put_members(q, v, &p, &table[MEMBERS]);
            put_transition_paths(q, v, &p, &table[PATHS]);
            paths_free(&p);
        }
    }
    rift_text_put(
        &summary[ALL_CLUBS],
        "The test rejects too often where countries come together as slowly "
        "as its hypothesis just allows: at b near 0, half of the time in some "
        "twenty years.");
    rift_text_put(&summary[MEMBERS], "Clubs are numbered from the highest; a country "
                                     "without a number belongs to no club.");
    rift_text_put(&summary[PATHS], "Each country's trend over the mean of all: paths "
                                   "that come together at 1 converge.");
    return RIFT_OK;
}

#define COLUMN_CLUB                                                                    \
    {                                                                                  \
        "club", RIFT_KIND_COUNT, 0, "",                                                \
            "number of the country's club, the highest first; empty: in none"          \
    }

static const rift_column_info clubs_column[] = {
    RIFT_COLUMN_VARIABLE,
    {"club", RIFT_KIND_WORD, 0, "",
     "all countries, a club by its number (the highest first), or those in none"},
    RIFT_COLUMN_N_COUNTRIES,
    {"b", RIFT_KIND_NUMBER, 3, "",
     "slope of the log t regression: twice the speed of convergence"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    {"t", RIFT_KIND_NUMBER, 3, "",
     "b over its standard error; convergence is rejected at -1.65 and below"},
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"mean_first", RIFT_KIND_NUMBER, 2, "", "mean of the trends in the first year"},
    {"mean_last", RIFT_KIND_NUMBER, 2, "", "mean of the trends in the last year"},
    {"conclusion", RIFT_KIND_WORD, 0, "", "outcome of the test of convergence"},
};

static const rift_column_info members_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_COUNTRY,
    COLUMN_CLUB,
    {"trend_first", RIFT_KIND_NUMBER, 2, "", "smoothed value in the first year"},
    {"trend_last", RIFT_KIND_NUMBER, 2, "", "smoothed value in the last year"},
};

static const rift_column_info paths_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_COUNTRY,
    COLUMN_CLUB,
    {"relative", RIFT_KIND_NUMBER, 4, "",
     "smoothed value over the mean of all countries"},
};

const rift_analysis rift_analysis_clubs = {
    .group = "converge",
    .reference = "Phillips and Sul (2007, 2009)",
    .n_table = 3,
    .table =
        (const rift_table_form[]){
            [ALL_CLUBS] = {"clubs", "do all converge, and what clubs do they form",
                           clubs_column, RIFT_COUNT_OF(clubs_column)},
            [MEMBERS] = {"club-members", "the club of each country", members_column,
                         RIFT_COUNT_OF(members_column)},
            [PATHS] = {"transition-paths", "each country relative to the mean",
                       paths_column, RIFT_COUNT_OF(paths_column)},
        },
    .run = run_clubs,
};
