/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of sizes: how each series goes with each denominator of the index, as files
   have it and as it is scored. A series that still goes with one after it was divided,
   or was never divided, measures how large a country is. */
#include "audit/audit.h"

#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double SIZE = 0.6;

/* Rows of the panel that divide: of series that the index divides by, and of people.
   Their number. */
static size_t find_denominators(const rift_audit *audit, size_t *row)
{
    const rift_result *r = audit->result;
    size_t n = 0;
    for (size_t k = 0; k < r->panel.n_indicator; k++) {
        bool divides = rift_result_population(r) == (int)k;
        for (size_t i = 0; !divides && i < audit->index.n_node; i++) {
            divides = strcmp(rift_result_denominator(r, i), r->panel.indicator[k]) == 0;
        }
        if (divides) {
            row[n++] = k;
        }
    }
    return n;
}

/* Values of a row of the panel in the audit's year. */
static const double *values_of(const rift_audit *audit, size_t row)
{
    return audit->result->panel.value +
           rift_panel_at(&audit->result->panel, row, audit->year);
}

/* A correlation over the countries that have both. */
static rift_status correlate(const rift_audit *audit, const double *x, const double *y,
                             double *room, size_t *n, double *r, double *p)
{
    size_t n_country = audit->n_country;
    *n = rift_pairs(x, y, n_country, room, room + n_country);
    return rift_correlate(rift_audit_kind(audit), room, room + n_country, *n, r, p);
}

static const rift_column_info denominators_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    {"denominator", RIFT_KIND_CODE, 0, "",
     "series that the index divides by, or the population"},
    {"own", RIFT_KIND_WORD, 0, "", "yes where the series is divided by it"},
    {"n_raw", RIFT_KIND_COUNT, 0, "countries", "countries with both, in the files"},
    {"r_raw", RIFT_KIND_NUMBER, 3, "",
     "correlation of the series, as files have it, with the denominator"},
    {"r_raw_p_value", RIFT_KIND_NUMBER, 3, "",
     "probability of one at least as large if the two did not go together"},
    {"n_scored", RIFT_KIND_COUNT, 0, "countries", "countries with both, as scored"},
    {"r_scored", RIFT_KIND_NUMBER, 3, "",
     "the same of the series as it is scored: divided, filled, before treatment"},
    {"r_scored_p_value", RIFT_KIND_NUMBER, 3, "", "probability of that"},
    RIFT_COLUMN_FLAG,
};

/* A series with a denominator; whether it is flagged. */
static rift_status add_row(const rift_audit *audit, size_t node, size_t below,
                           double *room, rift_table *table, bool *flagged)
{
    const rift_result *r = audit->result;
    const double *size = values_of(audit, below);
    const char *code = audit->index.node[node].code;
    const rift_options *o = audit->scope->options;
    double most = o->has_size ? o->size : SIZE, raw = NAN, scored = NAN;
    double p_raw = NAN, p_scored = NAN;
    size_t n_raw = 0, n_scored = 0;
    const rift_series *series = rift_result_series(r, node);
    int row = series ? rift_panel_indicator(&r->panel, series->code) : -1;
    rift_status status = RIFT_OK;
    if (row >= 0) {
        status = correlate(audit, values_of(audit, (size_t)row), size, room, &n_raw,
                           &raw, &p_raw);
    }
    if (status == RIFT_OK) {
        status = correlate(
            audit, rift_audit_input(audit, (size_t)audit->index.node[node].series),
            size, room, &n_scored, &scored, &p_scored);
    }
    bool own = strcmp(rift_result_denominator(r, node), r->panel.indicator[below]) == 0;
    *flagged = fabs(scored) >= most;
    RIFT_ROW(table, RIFT_N(rift_audit_year(audit)), RIFT_W(code),
             RIFT_W(r->panel.indicator[below]), RIFT_W(own ? "yes" : ""),
             RIFT_N((double)n_raw), RIFT_N(raw), RIFT_N(p_raw),
             RIFT_N((double)n_scored), RIFT_N(scored), RIFT_N(p_scored),
             RIFT_W(*flagged ? "goes with size" : ""));
    return status;
}

static rift_status denominators(const rift_audit *audit, rift_table *table,
                                rift_text *summary)
{
    size_t *row = calloc(audit->result->panel.n_indicator + 1, sizeof *row);
    double *room = calloc(2 * audit->n_country + 1, sizeof *room);
    rift_status status = row && room ? RIFT_OK : RIFT_ERR_MEMORY;
    size_t n = row ? find_denominators(audit, row) : 0, n_series = 0, n_flagged = 0;
    for (size_t i = 0; status == RIFT_OK && i < audit->index.n_node; i++) {
        bool any = false;
        if (!rift_audit_is_series(audit, i)) {
            continue;
        }
        for (size_t k = 0; status == RIFT_OK && k < n; k++) {
            bool flagged = false;
            status = add_row(audit, i, row[k], room, table, &flagged);
            any = any || flagged;
        }
        n_series++;
        n_flagged += any;
    }
    free(row);
    free(room);
    if (n == 0) {
        rift_text_put(summary, "The index divides by no series, and the study names no "
                               "population.");
    } else {
        rift_text_format(summary,
                         "%zu of %zu series still go with one of %zu denominators as "
                         "they are scored.",
                         n_flagged, n_series, n);
    }
    return status;
}

static rift_status run_denominators(const rift_scope *scope, rift_table *table,
                                    rift_text *summary)
{
    return rift_audit_run(scope, denominators, table, summary);
}

const rift_analysis rift_audit_denominators = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 2; JRC audit practice",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "denominators",
            "each series, before and after division, with each denominator",
            denominators_column, RIFT_COUNT_OF(denominators_column),
            "a series that is divided by another, or a population"},
    .run = run_denominators,
};
