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
        keep ? rift_keep_both(q, v->value, p->first, p->last, false, keep) : 0;
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

typedef void (*each_paths)(const rift_scope *q, const rift_variable *v, const paths *p,
                           rift_table *table, rift_text *verdict);

static rift_status each_variable(const rift_scope *q, each_paths put, rift_table *table,
                                 rift_text *verdict)
{
    for (size_t i = 0; i < q->n_variable; i++) {
        paths p;
        rift_status status = find_paths(q, &q->variable[i], &p);
        if (status == RIFT_ERR_MEMORY) {
            return status;
        }
        if (status == RIFT_OK) {
            put(q, &q->variable[i], &p, table, verdict);
            paths_free(&p);
        }
    }
    return RIFT_OK;
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
    const char *judgement = !test              ? "in no club"
                            : isnan(test->t)   ? "alike in some year"
                            : test->t <= -1.65 ? "rejected"
                            : test->b >= 2     ? "levels converge"
                            : test->b >= 0     ? "growth converges"
                                               : "not rejected";
    rift_scope_row(table, "ttnnnnnnnnt", v->code, name, (double)size_of(p, club),
                   test ? test->b : NAN, test ? test->se : NAN, test ? test->t : NAN,
                   rift_year_of(q, p->first), rift_year_of(q, p->last),
                   mean_of(p, club, 0), mean_of(p, club, p->n_time - 1), judgement);
}

static void put_clubs(const rift_scope *q, const rift_variable *v, const paths *p,
                      rift_table *table, rift_text *verdict)
{
    put_club(q, v, p, -2, &p->clubs.all, table);
    for (size_t k = 0; k < p->clubs.n_club; k++) {
        put_club(q, v, p, (int32_t)k, &p->clubs.test[k], table);
    }
    size_t alone = size_of(p, -1);
    if (alone > 0) {
        put_club(q, v, p, -1, NULL, table);
    }
    rift_text_format(verdict, "%s, %zu countries, %.0f to %.0f: ", v->name, p->n,
                     rift_year_of(q, p->first), rift_year_of(q, p->last));
    if (p->clubs.all.t > -1.65) {
        rift_text_format(verdict, "all may converge (t %.1f).\n", p->clubs.all.t);
        return;
    }
    rift_text_format(verdict, "that all converge is rejected (t %.1f); ",
                     p->clubs.all.t);
    for (size_t k = 0; k < p->clubs.n_club; k++) {
        rift_text_format(verdict, "%sclub %zu has %zu countries with a mean of %.3g",
                         k ? ", " : "", k + 1, size_of(p, (int32_t)k),
                         mean_of(p, (int32_t)k, p->n_time - 1));
    }
    rift_text_format(verdict, "%s%zu in none.\n", p->clubs.n_club > 0 ? "; " : "",
                     alone);
}

RIFT_ANALYSIS(clubs)
{
    rift_scope_columns(table, "node:t club:t countries:n0 b:n3 se:n4 t:n3 first:n0 "
                              "last:n0 mean_first:n2 mean_last:n2 judgement:t");
    return each_variable(q, put_clubs, table, verdict);
}

static void put_members(const rift_scope *q, const rift_variable *v, const paths *p,
                        rift_table *table, rift_text *verdict)
{
    (void)verdict;
    for (size_t i = 0; i < p->n; i++) {
        if (rift_table_wants(&q->choice, (size_t)p->country[i])) {
            int32_t club = p->clubs.club[i];
            rift_scope_row(table, "ttnnn", v->code,
                           q->result->panel.country[p->country[i]],
                           club < 0 ? NAN : (double)club + 1, p->trend[i * p->n_time],
                           p->trend[i * p->n_time + p->n_time - 1]);
        }
    }
}

RIFT_ANALYSIS(club_members)
{
    rift_scope_columns(table, "node:t country:t club:n0 trend_first:n2 trend_last:n2");
    rift_text_put(verdict, "Clubs are numbered from the highest; a country without a "
                           "number converges with nobody.");
    return each_variable(q, put_members, table, verdict);
}

static void put_transition_paths(const rift_scope *q, const rift_variable *v,
                                 const paths *p, rift_table *table, rift_text *verdict)
{
    (void)verdict;
    for (size_t t = 0; t < p->n_time; t++) {
        double mean = mean_of(p, -2, t);
        for (size_t i = 0; i < p->n; i++) {
            int32_t club = p->clubs.club[i];
            if (rift_table_wants(&q->choice, (size_t)p->country[i])) {
                rift_scope_row(table, "nttnn", rift_year_of(q, p->first + t), v->code,
                               q->result->panel.country[p->country[i]],
                               club < 0 ? NAN : (double)club + 1,
                               p->trend[i * p->n_time + t] / mean);
            }
        }
    }
}

RIFT_ANALYSIS(transition_paths)
{
    rift_scope_columns(table, "year:n0 node:t country:t club:n0 relative:n4");
    rift_text_put(verdict, "Each country's trend over the mean of all: paths that come "
                           "together at 1 converge.");
    return each_variable(q, put_transition_paths, table, verdict);
}
