/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From which year on a node or a series compares with its last year. */
#include "result/lookup.h"

#include <math.h>
#include <string.h>

/* Share of a node's weight that may be of series that do not compare, before the node
   does not either: what is left for it in an edition, by the usual 80 %. */
static const double MAY_DIFFER = 0.2;

double rift_result_weight_within(const rift_result *r, size_t leaf, size_t node,
                                 size_t year)
{
    double product = 1;
    for (int at = (int)leaf; at > (int)node; at = r->study.index.node[at].parent) {
        double own = rift_scores_weight(&r->scores, (size_t)at, year);
        product *= isnan(own) ? 0 : own;
    }
    return product;
}

static bool has_break(const rift_comparable *c, int year)
{
    bool found = false;
    for (size_t i = 0; i < c->n_break; i++) {
        found = found || c->break_year[i] == year;
    }
    return found;
}

/* Whether a node is defined otherwise in a year than in the one before: it, or anything
   below it, begins, ends, or changes its weight or its goalposts. */
static bool is_redefined(const rift_result *r, size_t node, int year)
{
    const rift_index *index = &r->study.index;
    bool found = false;
    for (size_t i = node + 1; !found && i < index->n_node; i++) {
        const rift_node *at = &index->node[i];
        found = at->n_period > 0 && rift_result_is_under(r, i, node) &&
                rift_period_in(at->n_period, at->period, year) !=
                    rift_period_in(at->n_period, at->period, year - 1);
    }
    return found;
}

/* Share of a node's weight of series with a break in a year, or, year 0, that are
   relative to their edition. */
static double share_apart(const rift_result *r, size_t node, size_t row, int year)
{
    const rift_index *index = &r->study.index;
    double share = 0;
    for (size_t i = node; i < index->n_node; i++) {
        if (index->node[i].series >= 0 && rift_result_is_under(r, i, node)) {
            const rift_comparable *c = &index->series[index->node[i].series].comparable;
            bool is = year == 0 ? c->relative : has_break(c, year);
            share += is ? rift_result_weight_within(r, i, node, row) : 0;
        }
    }
    return share;
}

const rift_comparable *rift_result_comparable(const rift_result *result,
                                              const char *code)
{
    static const rift_comparable all = {0};
    for (size_t i = 0; i < result->study.n_catalogue; i++) {
        if (strcmp(result->study.catalogue[i].code, code) == 0) {
            return &result->study.catalogue[i].comparable;
        }
    }
    return &all;
}

rift_since rift_result_since(const rift_result *r, size_t node,
                             const rift_comparable *own, size_t first, size_t last)
{
    const rift_index *index = &r->study.index;
    bool inner = node < index->n_node && index->node[node].series < 0;
    rift_since out = {.row = first,
                      .relative = inner           ? share_apart(r, node, last, 0)
                                  : own->relative ? 1
                                                  : 0};
    for (size_t t = last; t > first && out.apart == RIFT_NOT_APART; t--) {
        int year = r->panel.year[t];
        bool broken =
            inner ? share_apart(r, node, t, year) > MAY_DIFFER : has_break(own, year);
        if (inner && is_redefined(r, node, year)) {
            out.apart = RIFT_APART_DEFINITION;
        } else if (broken) {
            out.apart = RIFT_APART_BREAK;
        }
        out.row = out.apart == RIFT_NOT_APART ? first : t;
    }
    if (out.relative > MAY_DIFFER && last > out.row) {
        out.apart = RIFT_APART_EDITION;
        out.row = last;
    }
    return out;
}
