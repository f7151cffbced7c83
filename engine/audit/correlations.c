/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit of pairs: correlations of scores, which all point upwards, between any two
   levels of the tree, as a list and as a matrix. */
#include "audit/audit.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How two nodes stand in the tree. */
typedef enum relation { SIBLINGS, FAMILY, ACROSS } relation;

enum { N_KIND = RIFT_CORRELATION_KINDS };

/* What is correlated, and what is made of it. */
typedef struct pairs {
    const rift_audit *audit;
    size_t n_level;
    const int *level;
    const char *relation;
    bool family; /* without levels: every node with those above it */
    size_t kind; /* that flags and the matrix are of */
    double weak, strong, significance;
    double *x; /* room for two lists of countries */
} pairs;

/* The correlations of a pair, each with its p value. */
typedef struct correlated {
    size_t n;
    double r[N_KIND], p[N_KIND];
} correlated;

static relation relation_of(const pairs *of, size_t a, size_t b)
{
    const rift_audit *audit = of->audit;
    bool above = rift_result_is_under(audit->result, a, b) ||
                 rift_result_is_under(audit->result, b, a);
    return above                                                        ? FAMILY
           : audit->index.node[a].parent == audit->index.node[b].parent ? SIBLINGS
                                                                        : ACROSS;
}

/* Whether a node stands at one side of the pairs: 0 or 1. */
static bool has_side(const pairs *of, size_t side, size_t node)
{
    if (!rift_audit_takes_part(of->audit, node)) {
        return false;
    }
    if (of->n_level == 0) {
        return node != 0 || of->family;
    }
    size_t which = of->n_level > side ? side : 0;
    return rift_level_has(&of->audit->index, of->level[which], node);
}

/* Whether two nodes are a pair: of levels that were asked for, or else any two series
   and nodes under one parent; and of the relation that was asked for. */
static bool related(const pairs *of, size_t a, size_t b)
{
    const rift_node *node = of->audit->index.node;
    bool usual = (node[a].series >= 0 && node[b].series >= 0) ||
                 node[a].parent == node[b].parent;
    relation is = relation_of(of, a, b);
    bool asked = strcmp(of->relation, "siblings") == 0 ? is == SIBLINGS
                 : strcmp(of->relation, "family") == 0 ? is == FAMILY
                                                       : true;
    return a != b && asked && (of->n_level > 0 || usual || of->family);
}

/* Each pair once, though both nodes may be of both levels. */
static bool listed(const pairs *of, size_t a, size_t b)
{
    bool again = has_side(of, 0, b) && has_side(of, 1, a);
    return has_side(of, 0, a) && has_side(of, 1, b) && (a < b || !again) &&
           related(of, a, b);
}

/* One kind, or, KIND being N_KIND, all of them; the same to the last bit whichever of
   the two comes first. */
static rift_status correlate(const pairs *of, size_t a, size_t b, size_t kind,
                             correlated *out)
{
    size_t room = of->audit->n_country;
    double *x = of->x, *y = x + room;
    bool all = kind == N_KIND;
    rift_status status = RIFT_OK;
    *out = (correlated){.r = {NAN, NAN, NAN}, .p = {NAN, NAN, NAN}};
    out->n = rift_pairs(rift_audit_score(of->audit, a < b ? a : b),
                        rift_audit_score(of->audit, a < b ? b : a), room, x, y);
    for (size_t k = 0; status == RIFT_OK && k < RIFT_CORRELATION_KINDS; k++) {
        if (all || k == kind) {
            status = rift_correlate((rift_correlation_kind)k, x, y, out->n, &out->r[k],
                                    &out->p[k]);
        }
    }
    return status;
}

static bool is_significant(const pairs *of, double p)
{
    return isnan(of->significance) || p <= of->significance;
}

/* A node goes with those below it by its making, so that such a pair is never
   redundant. */
static const char *judge(const pairs *of, double r, double p, relation is)
{
    return isnan(r)                         ? ""
           : !is_significant(of, p)         ? "not significant"
           : r < 0                          ? "negative"
           : is != FAMILY && r > of->strong ? "redundant"
           : is != ACROSS && r < of->weak   ? "weak"
                                            : "";
}

static const rift_column_info correlations_column[] = {
    RIFT_COLUMN_YEAR,
    {"variable_a", RIFT_KIND_CODE, 0, "", "one of the two, by its code"},
    {"variable_b", RIFT_KIND_CODE, 0, "", "the other, by its code"},
    {"relation", RIFT_KIND_WORD, 0, "",
     "siblings under one parent, family where one is above the other, or across the "
     "tree"},
    RIFT_COLUMN_N_COUNTRIES,
    {"pearson", RIFT_KIND_NUMBER, 3, "", "Pearson's correlation of the scores"},
    {"pearson_p_value", RIFT_KIND_NUMBER, 3, "",
     "probability of one at least as large if the two did not go together"},
    {"spearman", RIFT_KIND_NUMBER, 3, "", "Spearman's correlation of ranks"},
    {"spearman_p_value", RIFT_KIND_NUMBER, 3, "",
     "the same of Spearman's: of up to 8 countries exact, else by t"},
    {"kendall", RIFT_KIND_NUMBER, 3, "", "Kendall's tau-b"},
    {"kendall_p_value", RIFT_KIND_NUMBER, 3, "",
     "the same of Kendall's: exact of few countries, else normal, with ties"},
    RIFT_COLUMN_FLAG,
};

static const rift_column_info matrix_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_VARIABLE,
    {"<variable>", RIFT_KIND_NUMBER, 3, "",
     "correlation with this node or series, by its code; empty: not asked for, or not "
     "significant"},
};

/* Pairs by their relation, and those of each kind that are flagged. */
typedef struct counted {
    size_t n[ACROSS + 1], negative, weak, weak_family, strong;
} counted;

static void count_pair(counted *count, relation is, const char *flag)
{
    count->n[is]++;
    count->negative += *flag == 'n' && flag[1] == 'e' && is == SIBLINGS;
    count->weak += *flag == 'w' && is == SIBLINGS;
    count->weak_family += *flag == 'w' && is == FAMILY;
    count->strong += *flag == 'r';
}

/* What is flagged, of the pairs that are there to be flagged. */
static void tell(const pairs *of, const counted *count, rift_text *summary)
{
    size_t siblings = count->n[SIBLINGS], family = count->n[FAMILY],
           apart = siblings + count->n[ACROSS];
    if (siblings > 0) {
        rift_text_format(summary,
                         "Of %zu pairs of siblings %zu are correlated negatively and "
                         "%zu below %.2g.",
                         siblings, count->negative, count->weak, of->weak);
    }
    if (apart > 0) {
        rift_text_format(summary,
                         "%sOf %zu pairs of which neither is part of the other %zu are "
                         "correlated above %.2g, so that one of the two adds little.",
                         siblings > 0 ? " " : "", apart, count->strong, of->strong);
    }
    if (family > 0) {
        rift_text_format(summary,
                         "%sOf %zu pairs of which one is part of the other, and which "
                         "go together for that, %zu are below %.2g.",
                         apart > 0 ? " " : "", family, count->weak_family, of->weak);
    }
    if (apart + family == 0) {
        rift_text_put(summary, "There are no such pairs.");
    }
}

static rift_status list_row(const pairs *of, size_t a, size_t b, rift_table *table,
                            counted *count)
{
    static const char *const word[] = {"siblings", "family", "across"};
    const rift_audit *audit = of->audit;
    correlated c;
    rift_status status = correlate(of, a, b, N_KIND, &c);
    relation is = relation_of(of, a, b);
    const char *flag = judge(of, c.r[of->kind], c.p[of->kind], is);
    count_pair(count, is, flag);
    RIFT_CELLS(table, RIFT_N(rift_audit_year(audit)), RIFT_W(audit->index.node[a].code),
               RIFT_W(audit->index.node[b].code), RIFT_W(word[is]),
               RIFT_N((double)c.n));
    for (size_t k = 0; k < N_KIND; k++) {
        rift_table_number(table, c.r[k]);
        rift_table_number(table, c.p[k]);
    }
    rift_table_word(table, flag);
    rift_table_end_row(table);
    return status;
}

static rift_status make_list(const pairs *of, rift_table *table, rift_text *summary)
{
    size_t n = of->audit->index.n_node;
    counted count = {0};
    rift_status status = RIFT_OK;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; status == RIFT_OK && b < n; b++) {
            if (listed(of, a, b)) {
                status = list_row(of, a, b, table, &count);
            }
        }
    }
    tell(of, &count, summary);
    return status;
}

static rift_status matrix_row(const pairs *of, size_t a, rift_table *table)
{
    rift_status status = RIFT_OK;
    RIFT_CELLS(table, RIFT_N(rift_audit_year(of->audit)),
               RIFT_W(of->audit->index.node[a].code));
    for (size_t b = 0; b < of->audit->index.n_node; b++) {
        if (has_side(of, 1, b)) {
            correlated c = {.r = {1, 1, 1}};
            if (status == RIFT_OK && related(of, a, b)) {
                status = correlate(of, a, b, of->kind, &c);
            } else if (a != b) {
                c.r[of->kind] = NAN;
            }
            bool told = is_significant(of, c.p[of->kind]);
            rift_table_number(table, told ? c.r[of->kind] : NAN);
        }
    }
    rift_table_end_row(table);
    return status;
}

static rift_status make_matrix(const pairs *of, rift_table *table, rift_text *summary)
{
    const rift_index *index = &of->audit->index;
    rift_status status = RIFT_OK;
    size_t n = 0, m = 0;
    for (size_t b = 0; b < index->n_node; b++) {
        if (has_side(of, 1, b)) {
            rift_column_info info = matrix_column[2];
            info.name = index->node[b].code;
            rift_table_add_columns(table, &info, 1);
            m++;
        }
    }
    for (size_t a = 0; status == RIFT_OK && a < index->n_node; a++) {
        if (has_side(of, 0, a)) {
            status = matrix_row(of, a, table);
            n++;
        }
    }
    rift_text_format(summary, "Correlations (%s) of %zu with %zu nodes and series.",
                     rift_correlation_name[of->kind], n, m);
    return status;
}

static rift_status correlations(const rift_audit *audit, rift_table *table,
                                rift_text *summary)
{
    const rift_options *o = audit->scope->options;
    pairs of = {.audit = audit,
                .n_level = audit->scope->n_level,
                .level = audit->scope->level,
                .relation = o->relation ? o->relation : "any",
                .kind = rift_audit_kind(audit),
                .weak = rift_weak_of(o),
                .strong = rift_strong_of(o),
                .significance = o->has_significance ? o->significance : NAN,
                .x = calloc(2 * audit->n_country + 1, sizeof *of.x)};
    of.family = of.n_level == 0 && strcmp(of.relation, "family") == 0;
    rift_status status = of.x ? RIFT_OK : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        status = make_list(&of, &table[0], &summary[0]);
    }
    if (status == RIFT_OK) {
        status = make_matrix(&of, &table[1], &summary[1]);
    }
    free(of.x);
    return status;
}

static rift_status run_correlations(const rift_scope *scope, rift_table *table,
                                    rift_text *summary)
{
    return rift_audit_run(scope, correlations, table, summary);
}

const rift_analysis rift_audit_correlations = {
    .group = "audit",
    .reference = "JRC audit practice: 0.3 to 0.92 among siblings; Kendall (1970)",
    .one_year = true,
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            {"correlations", "between any two levels of the tree, pair by pair",
             correlations_column, RIFT_COUNT_OF(correlations_column),
             "two nodes or series in the year that stand to each other as 'levels' and "
             "'relation' ask"},
            {"correlation-matrix", "the same of one kind, as a matrix", matrix_column,
             RIFT_COUNT_OF(matrix_column),
             "two nodes or series with values in the year"}},
    .run = run_correlations,
};
