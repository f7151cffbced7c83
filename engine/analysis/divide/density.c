/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Densities of a year's values, and whether they have one peak. */
#include "analysis/analysis.h"

#include "stats/density.h"

#include <math.h>
#include <stdlib.h>

enum { GRID = 120, SPLITS = 200, DIPS = 1000 };

static void density_of(const rift_scope *q, const rift_variable *v, size_t year,
                       int how, const rift_sample *s, const double range[2],
                       rift_table *table)
{
    double h = rift_bandwidth(s->x, s->n);
    for (int k = 0; !isnan(h) && k <= GRID; k++) {
        double at = range[0] + (range[1] - range[0]) * k / GRID;
        RIFT_ROW(table, RIFT_N(rift_year_of(q, year)), RIFT_W(v->code),
                 RIFT_W(rift_weighting_name(how)), RIFT_N(at),
                 RIFT_N(rift_density(s->x, s->w, s->n, h, at)));
    }
}

static const rift_column_info density_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_WEIGHTING,
    {"value", RIFT_KIND_NUMBER, 3, "", "value at which the density is taken"},
    {"density", RIFT_KIND_NUMBER, 5, "",
     "share of countries, or people, for each 1 of the value"},
};

static rift_status draw_density(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_sample s;
    if (!rift_sample_make(q, &s)) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        double range[2] = {INFINITY, -INFINITY};
        size_t first, last; /* few countries make no density */
        if (!v->main || !rift_span(q, v->value, &first, &last)) {
            continue;
        }
        for (size_t t = first; t <= last; t++) {
            rift_sample_fill(q, v->value, t, 0, false, NULL, &s);
            range[0] = s.n > 0 ? fmin(range[0], s.x[0]) : range[0];
            range[1] = s.n > 0 ? fmax(range[1], s.x[s.n - 1]) : range[1];
        }
        for (size_t t = first; t <= last; t++) {
            for (int how = 0; how < rift_weightings_of(q); how++) {
                rift_sample_fill(q, v->value, t, how, false, NULL, &s);
                density_of(q, v, t, how, &s, range, table);
            }
        }
    }
    rift_sample_free(&s);
    rift_text_put(summary, "Gaussian kernels, bandwidth by Silverman's rule from the "
                           "countries, whatever their people.");
    return RIFT_OK;
}

const rift_analysis rift_analysis_density = {
    .group = "divide",
    .sees = RIFT_SEES_OBSERVED,
    .reference = "Silverman (1986)",
    .n_table = 1,
    .table =
        &(const rift_table_form){"density", "kernel density of each year",
                                 density_column, RIFT_COUNT_OF(density_column),
                                 "two countries in a year with values that differ"},
    .run = draw_density,
};

/* Two tests of one mode, the second also of equal values that are spread. */
typedef struct modality {
    size_t peaks;
    double critical, p, dip, dip_p, spread_p;
} modality;

static const double LEVEL = 0.05;

/* p of the dip of equal values that are spread; NaN where none are equal. */
static rift_status test_spread(const rift_sample *s, size_t replicates, uint64_t seed,
                               double *p)
{
    double *spread = calloc(s->n + 1, sizeof *spread), dip;
    bool tied = false;
    rift_status status =
        spread ? rift_spread_ties(s->x, s->n, spread, &tied) : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && tied) {
        status = rift_dip_test(spread, s->n, replicates, seed, &dip, p);
    }
    free(spread);
    return status;
}

static rift_status test_modes(const rift_scope *q, const rift_sample *s, modality *m)
{
    size_t most = q->replicates < SPLITS ? q->replicates : SPLITS;
    rift_status status =
        rift_modes_test(s->x, s->n, 1, most, q->seed, &m->critical, &m->p);
    most = q->replicates < DIPS ? q->replicates : DIPS;
    if (status != RIFT_ERR_MEMORY) {
        status = rift_dip_test(s->x, s->n, most, q->seed, &m->dip, &m->dip_p);
    }
    if (status != RIFT_ERR_MEMORY) {
        status = test_spread(s, most, q->seed, &m->spread_p);
    }
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* By the dip, which holds its level whatever the density with one mode; where it is
   that of equal values alone, it says nothing of camps. */
static void tell_modes(const rift_variable *v, double year, const modality *m,
                       rift_text *summary)
{
    bool rejected = m->dip_p < LEVEL, ties = rejected && m->spread_p >= LEVEL;
    rift_text_format(summary,
                     "%s in %.0f: %s (%zu peak%s; one peak is %srejected, dip "
                     "test, ",
                     v->name, year,
                     ties ? "whether countries fall into camps we cannot tell, for "
                            "many countries have equal values"
                     : rejected ? "countries fall into camps, with few in between"
                                : "that countries fall into camps is not shown",
                     m->peaks, m->peaks == 1 ? "" : "s", rejected ? "" : "not ");
    rift_scope_p(summary, m->dip_p);
    if (ties) {
        rift_text_put(summary, ", but not once equal values are spread, ");
        rift_scope_p(summary, m->spread_p);
    }
    rift_text_put(summary, ").\n");
}

/* How many peaks, and whether one would do, in the first year and the last. */
static rift_status modes_of(const rift_scope *q, const rift_variable *v, rift_sample *s,
                            rift_table *table, rift_text *summary)
{
    size_t year[2], n_end = rift_ends_shown(q, v, year);
    for (size_t t = q->first; t <= q->last; t++) {
        modality m = {0, NAN, NAN, NAN, NAN, NAN};
        bool tested =
            n_end > 0 && (t == year[0] || t == year[n_end - 1]); /* it takes long */
        rift_sample_fill(q, v->value, t, 0, false, NULL, s);
        double h = rift_bandwidth(s->x, s->n);
        if (s->n < 5 || isnan(h)) {
            continue;
        }
        if (tested && test_modes(q, s, &m) != RIFT_OK) {
            return RIFT_ERR_MEMORY;
        }
        m.peaks = rift_modes(s->x, NULL, s->n, h);
        RIFT_ROW(table, RIFT_N(rift_year_of(q, t)), RIFT_W(v->code), RIFT_N(h),
                 RIFT_N((double)m.peaks), RIFT_N(m.critical), RIFT_N(m.p),
                 RIFT_N(m.dip), RIFT_N(m.dip_p), RIFT_N(m.spread_p),
                 RIFT_N((double)s->n));
        if (tested) {
            tell_modes(v, rift_year_of(q, t), &m, summary);
        }
    }
    return RIFT_OK;
}

static const rift_column_info modes_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    {"bandwidth", RIFT_KIND_NUMBER, 3, "", "width of the kernels, by Silverman's rule"},
    {"modes", RIFT_KIND_COUNT, 0, "peaks", "peaks of the density at this bandwidth"},
    {"critical", RIFT_KIND_NUMBER, 3, "",
     "smallest bandwidth at which the density is unimodal; first and last year"},
    {"p_value", RIFT_KIND_NUMBER, 3, "",
     "probability of so large a bandwidth if the density were unimodal; too small "
     "where "
     "it is flat or has a long tail; first and last year"},
    {"dip", RIFT_KIND_NUMBER, 4, "",
     "distance to the nearest unimodal distribution; first and last year"},
    {"dip_p_value", RIFT_KIND_NUMBER, 3, "",
     "probability of so large a dip if the density were uniform, which dips most of "
     "all "
     "that are unimodal; first and last year"},
    {"dip_spread_p_value", RIFT_KIND_NUMBER, 3, "",
     "the same once equal values are spread evenly over what they may have been "
     "rounded "
     "from: where only dip_p_value is below 0.05, equal values are the reason, and no "
     "camps are told; empty where none are equal; first and last year"},
    RIFT_COLUMN_N_COUNTRIES,
};

static rift_status count_modes(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    rift_sample s;
    if (!rift_sample_make(q, &s)) {
        return RIFT_ERR_MEMORY;
    }
    rift_status status = RIFT_OK;
    for (size_t i = 0; i < q->n_variable; i++) {
        if (q->variable[i].main && status == RIFT_OK) {
            status = modes_of(q, &q->variable[i], &s, table, summary);
        }
    }
    rift_sample_free(&s);
    return status;
}

const rift_analysis rift_analysis_modes = {
    .group = "divide",
    .sees = RIFT_SEES_OBSERVED,
    .reference = "Silverman (1981); Hartigan and Hartigan (1985)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "modes", "peaks of the density, and a test of unimodality", modes_column,
            RIFT_COUNT_OF(modes_column),
            "five countries in the first year or the last, with values that differ"},
    .run = count_modes,
};
