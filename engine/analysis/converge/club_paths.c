/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trends whose clubs are sought, and by which convention. */
#include "analysis/converge/club_paths.h"

#include "stats/regress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SMOOTH = 6.25; /* of annual data: Ravn and Uhlig (2002) */
static const double START = 1.0 / 3;

static bool is_word(const char *word, const char *wanted)
{
    return word && strcmp(word, wanted) == 0;
}

rift_clubs_settings rift_club_settings_of(const rift_scope *q)
{
    const rift_options *o = q->options;
    return (rift_clubs_settings){.start = o->has_start ? o->start : START,
                                 .at_start = is_word(o->first_period, "at"),
                                 .independent = is_word(o->log_t_errors, "ols"),
                                 .sieve = o->has_sieve ? o->sieve : 0,
                                 .merge = !is_word(o->merging, "none")};
}

double rift_club_smoothing_of(const rift_scope *q)
{
    const rift_options *o = q->options;
    return is_word(o->smoothing_word, "none") ? 0
           : o->has_smoothing                 ? o->smoothing
                                              : SMOOTH;
}

/* ln of a country's values, its gaps closed by straight lines; false unless all are
   above 0. */
static bool close_gaps(const rift_scope *q, const rift_variable *v, size_t c,
                       const rift_club_paths *p, double *out)
{
    size_t before = 0;
    for (size_t t = 0; t < p->n_time; t++) {
        double x = rift_value_at(q, v, p->row[t], c);
        if (isnan(x)) {
            continue;
        }
        if (!(x > 0)) {
            return false;
        }
        double from = rift_value_at(q, v, p->row[before], c);
        for (size_t i = before + 1; i < t; i++) {
            double share = (double)(p->row[i] - p->row[before]) /
                           (double)(p->row[t] - p->row[before]);
            out[i] = log(from + share * (x - from));
        }
        out[t] = log(x);
        before = t;
    }
    return true;
}

static rift_status fill_paths(const rift_scope *q, const rift_variable *v,
                              rift_club_paths *p)
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
        status = rift_trend_filter(raw, p->n_time, rift_club_smoothing_of(q), trend);
        for (size_t t = 0; t < p->n_time; t++) {
            trend[t] = exp(trend[t]);
        }
        p->country[p->n++] = (int32_t)c;
    }
    free(keep);
    free(raw);
    return status;
}

void rift_club_paths_free(rift_club_paths *p)
{
    free(p->row);
    free(p->country);
    free(p->trend);
    rift_clubs_free(&p->clubs);
    *p = (rift_club_paths){0};
}

rift_status rift_club_paths_find(const rift_scope *q, const rift_variable *v,
                                 rift_club_paths *p)
{
    *p = (rift_club_paths){0};
    if (!v->main || !rift_span(q, v->value, &p->first, &p->last)) {
        return RIFT_ERR_DOMAIN;
    }
    p->row = calloc(p->last - p->first + 1, sizeof *p->row);
    if (!p->row) {
        return RIFT_ERR_MEMORY;
    }
    size_t t = rift_next_measured(v, p->first, p->last);
    for (; t <= p->last; t = rift_next_measured(v, t + 1, p->last)) {
        p->row[p->n_time++] = t;
    }
    rift_status status = p->n_time < 6 ? RIFT_ERR_DOMAIN : fill_paths(q, v, p);
    if (status == RIFT_OK) {
        const rift_clubs_settings how = rift_club_settings_of(q);
        status = rift_clubs_find(p->trend, p->n, p->n_time, &how, &p->clubs);
    }
    if (status != RIFT_OK) {
        rift_club_paths_free(p);
    }
    return status;
}
