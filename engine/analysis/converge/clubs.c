/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Convergence clubs of each variable: which there are, who belongs to them, and how
   their members moved relative to all. */
#include "analysis/converge/club_paths.h"

#include "stats/regress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Mean of a club's trends in a period; club -2: of all. `of` [n] are the clubs. */
static double mean_of(const rift_club_paths *p, const int32_t *of, int32_t club,
                      size_t t)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (club == -2 || of[i] == club) {
            sum += p->trend[i * p->n_time + t];
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

static size_t size_of(const rift_club_paths *p, const int32_t *of, int32_t club)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        n += club == -2 || of[i] == club;
    }
    return n;
}

static void put_club(const rift_scope *q, const rift_variable *v,
                     const rift_club_paths *p, const int32_t *of, int32_t club,
                     const rift_log_t *test, rift_table *table)
{
    const rift_clubs_settings how = rift_club_settings_of(q);
    double smoothing = rift_club_smoothing_of(q);
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
    RIFT_ROW(table, RIFT_W(v->code), RIFT_W(name), RIFT_N((double)size_of(p, of, club)),
             RIFT_N(test ? test->b : NAN), RIFT_N(test ? test->se : NAN),
             RIFT_N(test ? test->t : NAN), RIFT_N(rift_year_of(q, p->first)),
             RIFT_N(rift_year_of(q, p->last)), RIFT_N(mean_of(p, of, club, 0)),
             RIFT_N(mean_of(p, of, club, p->n_time - 1)),
             RIFT_N(rift_year_of(q, p->row[rift_clubs_first(p->n_time, &how)])),
             RIFT_N(smoothing > 0 ? smoothing : NAN),
             RIFT_W(how.independent ? "ols" : "hac"), RIFT_N(how.sieve),
             RIFT_W(conclusion));
}

/* The clubs before neighbours are merged. */
static void put_before(const rift_scope *q, const rift_variable *v,
                       const rift_club_paths *p, rift_table *table)
{
    const rift_clubs *clubs = &p->clubs;
    for (size_t k = 0; k < clubs->n_before; k++) {
        put_club(q, v, p, clubs->club_before, (int32_t)k, &clubs->test_before[k],
                 table);
    }
    if (size_of(p, clubs->club_before, -1) > 0) {
        put_club(q, v, p, clubs->club_before, -1, NULL, table);
    }
}

/* H_t, the mean square of relative trends less 1: of all (club -2), and of each club by
   its own mean. */
static void put_variance(const rift_scope *q, const rift_variable *v,
                         const rift_club_paths *p, rift_table *table)
{
    const int32_t *of = p->clubs.club;
    for (size_t t = 0; t < p->n_time; t++) {
        for (int32_t club = -2; club < (int32_t)p->clubs.n_club; club++) {
            double mean = mean_of(p, of, club, t), sum = 0;
            for (size_t i = 0; i < p->n; i++) {
                double away = p->trend[i * p->n_time + t] / mean - 1;
                sum += club == -2 || of[i] == club ? away * away : 0;
            }
            if (club != -1) {
                RIFT_ROW(table, RIFT_N(rift_year_of(q, p->row[t])), RIFT_W(v->code),
                         RIFT_N(club < 0 ? NAN : (double)club + 1),
                         RIFT_N((double)size_of(p, of, club)),
                         RIFT_N(sum / (double)size_of(p, of, club)));
            }
        }
    }
}

static void put_clubs(const rift_scope *q, const rift_variable *v,
                      const rift_club_paths *p, rift_table *table, rift_text *summary)
{
    const int32_t *of = p->clubs.club;
    put_club(q, v, p, of, -2, &p->clubs.all, table);
    for (size_t k = 0; k < p->clubs.n_club; k++) {
        put_club(q, v, p, of, (int32_t)k, &p->clubs.test[k], table);
    }
    size_t alone = size_of(p, of, -1);
    if (alone > 0) {
        put_club(q, v, p, of, -1, NULL, table);
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
                         k ? ", " : "", k + 1, size_of(p, of, (int32_t)k),
                         mean_of(p, of, (int32_t)k, p->n_time - 1));
    }
    rift_text_format(summary, "%s%zu in none.\n", p->clubs.n_club > 0 ? "; " : "",
                     alone);
}

static void put_members(const rift_scope *q, const rift_variable *v,
                        const rift_club_paths *p, rift_table *table)
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
                                 const rift_club_paths *p, rift_table *table)
{
    for (size_t t = 0; t < p->n_time; t++) {
        double mean = mean_of(p, p->clubs.club, -2, t);
        for (size_t i = 0; i < p->n; i++) {
            int32_t club = p->clubs.club[i];
            if (rift_view_wants(&q->choice, (size_t)p->country[i])) {
                RIFT_ROW(table, RIFT_N(rift_year_of(q, p->row[t])), RIFT_W(v->code),
                         RIFT_W(q->result->panel.country[p->country[i]]),
                         RIFT_N(club < 0 ? NAN : (double)club + 1),
                         RIFT_N(p->trend[i * p->n_time + t] / mean));
            }
        }
    }
}

/* By which convention the test was made: programs differ, and so do their clubs. */
static void tell_convention(const rift_scope *q, rift_text *out)
{
    const rift_clubs_settings how = rift_club_settings_of(q);
    double smoothing = rift_club_smoothing_of(q);
    rift_text_format(out,
                     " Convention: log t %s %.3g of the years, errors %s, a country "
                     "joins at t above %g, ",
                     how.at_start ? "from the last of the first" : "after the first",
                     how.start, how.independent ? "ols" : "hac", how.sieve);
    rift_text_format(out,
                     smoothing > 0 ? "trends of lambda %g, " : "values unsmoothed, ",
                     smoothing);
    rift_text_put(out, how.merge ? "neighbours merged that pass the test together."
                                 : "clubs not merged.");
}

enum { ALL_CLUBS, MEMBERS, PATHS, BEFORE, VARIANCE };

static rift_status run_clubs(const rift_scope *q, rift_table *table, rift_text *summary)
{
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        rift_club_paths p;
        rift_status status = rift_club_paths_find(q, v, &p);
        if (status == RIFT_ERR_MEMORY) {
            return status;
        }
        if (status == RIFT_OK) {
            put_clubs(q, v, &p, &table[ALL_CLUBS], &summary[ALL_CLUBS]);
            put_members(q, v, &p, &table[MEMBERS]);
            put_transition_paths(q, v, &p, &table[PATHS]);
            put_before(q, v, &p, &table[BEFORE]);
            put_variance(q, v, &p, &table[VARIANCE]);
            rift_club_paths_free(&p);
        }
    }
    rift_text_put(
        &summary[ALL_CLUBS],
        "The test rejects too often where countries come together as slowly "
        "as its hypothesis just allows: at b near 0, half of the time in some "
        "twenty years.");
    rift_text_put(&summary[MEMBERS], "Clubs are numbered from the highest; a country "
                                     "without a number belongs to no club.");
    tell_convention(q, &summary[ALL_CLUBS]);
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
    {"year_regression", RIFT_KIND_YEAR, 0, "", "first year of the log t regression"},
    {"smoothing", RIFT_KIND_NUMBER, 2, "",
     "lambda of the trends; empty: the values themselves"},
    {"errors", RIFT_KIND_CODE, 0, "", "hac, or ols as if the years were independent"},
    {"sieve", RIFT_KIND_NUMBER, 1, "",
     "t beside the core from which a country may join"},
    {"conclusion", RIFT_KIND_WORD, 0, "", "outcome of the test of convergence"},
};

static const rift_column_info variance_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    {"club", RIFT_KIND_COUNT, 0, "", "number of the club; empty: all countries"},
    RIFT_COLUMN_N_COUNTRIES,
    {"h", RIFT_KIND_NUMBER, 6, "",
     "H_t: mean square of trends over their mean, less 1"},
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
    .n_table = 5,
    .table =
        (const rift_table_form[]){
            [ALL_CLUBS] = {"clubs", "do all converge, and what clubs do they form",
                           clubs_column, RIFT_COUNT_OF(clubs_column),
                           "two countries with values from the first year to the last, "
                           "and four years from the log t regression's first on"},
            [MEMBERS] = {"club-members", "the club of each country", members_column,
                         RIFT_COUNT_OF(members_column),
                         "two countries with values from the first year to the last, "
                         "and four years from the log t regression's first on"},
            [PATHS] = {"transition-paths", "each country relative to the mean",
                       paths_column, RIFT_COUNT_OF(paths_column),
                       "two countries with values from the first year to the last, and "
                       "four years from the log t regression's first on"},
            [BEFORE] = {"clubs-before-merging",
                        "the clubs before neighbours are merged", clubs_column,
                        RIFT_COUNT_OF(clubs_column),
                        "two countries with values from the first year to the last, "
                        "and four years from the log t regression's first on"},
            [VARIANCE] =
                {"transition-variance",
                 "H_t, by which convergence is judged, of all and of each club",
                 variance_column, RIFT_COUNT_OF(variance_column),
                 "two countries with values from the first year to the last, and four "
                 "years from the log t regression's first on"},
        },
    .run = run_clubs,
};
