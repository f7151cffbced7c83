/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which series each country stands best and worst. */
#include "audit/audit.h"

#include <stdlib.h>

enum { SHOWN = 5 };

typedef struct place {
    double percentile; /* share of the ranked that are worse */
    size_t node;
} place;

static int compare_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->percentile != y->percentile) {
        return x->percentile > y->percentile ? -1 : 1;
    }
    return x->node < y->node ? -1 : x->node > y->node;
}

static void strength_row(const rift_audit *audit, size_t c, const char *kind,
                         const place *at, rift_table *table)
{
    RIFT_ROW(
        table, RIFT_N(rift_audit_year(audit)), RIFT_W(audit->result->panel.country[c]),
        RIFT_W(kind), RIFT_W(audit->index.node[at->node].code),
        RIFT_W(audit->index.node[at->node].department),
        RIFT_N(rift_audit_score(audit, at->node)[c]),
        RIFT_N(rift_audit_ranks(audit, at->node)[c]), RIFT_N(100 * at->percentile));
}

static const rift_column_info strengths_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    {"kind", RIFT_KIND_WORD, 0, "", "strength or weakness"},
    RIFT_COLUMN_SERIES,
    {"department", RIFT_KIND_WORD, 0, "", "department that acts on the series"},
    {"score", RIFT_KIND_NUMBER, 1, "", "normalised score in the series"},
    {"rank", RIFT_KIND_RANK, 0, "", "rank in the series"},
    {"percentile", RIFT_KIND_NUMBER, 0, "%", "ranked countries that do worse"},
};

static rift_status strengths(const rift_audit *audit, rift_table *table,
                             rift_text *summary)
{
    size_t n = audit->n_country;
    place *list = calloc(audit->index.n_node + 1, sizeof *list);
    size_t *ranked = calloc(audit->index.n_node + 1, sizeof *ranked);
    rift_status status = list && ranked ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < audit->index.n_node; i++) {
        for (size_t c = 0; c < n; c++) {
            ranked[i] += rift_audit_ranks(audit, i)[c] > 0;
        }
    }
    for (size_t c = 0; status == RIFT_OK && c < n; c++) {
        size_t m = 0;
        for (size_t i = 1; i < audit->index.n_node; i++) {
            double rank = rift_audit_ranks(audit, i)[c];
            if (audit->index.node[i].series >= 0 && rank > 0 && ranked[i] > 1) {
                list[m++] = (place){1 - (rank - 1) / ((double)ranked[i] - 1), i};
            }
        }
        qsort(list, m, sizeof *list, compare_place);
        size_t each = !rift_view_wants(audit->choice, c) ? 0
                      : m / 2 < SHOWN                    ? m / 2
                                                         : SHOWN;
        for (size_t k = 0; k < each; k++) {
            strength_row(audit, c, "strength", &list[k], table);
        }
        for (size_t k = 0; k < each; k++) {
            strength_row(audit, c, "weakness", &list[m - 1 - k], table);
        }
    }
    free(list);
    free(ranked);
    rift_text_format(summary,
                     "Up to %d series in which each country ranks best and "
                     "worst among those with a value.",
                     SHOWN);
    return status;
}

static rift_status run_strengths(const rift_scope *scope, rift_table *table,
                                 rift_text *summary)
{
    return rift_audit_run(scope, strengths, table, summary);
}

const rift_analysis rift_audit_strengths = {
    .group = "audit",
    .reference = "OECD/JRC Handbook (2008), step 8",
    .one_year = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){"strengths",
                                 "series in which each country stands best and worst",
                                 strengths_column, RIFT_COUNT_OF(strengths_column),
                                 "three series with values of a country in the year"},
    .run = run_strengths,
};
