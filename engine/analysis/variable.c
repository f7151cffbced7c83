/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an analysis measures: nodes by their score, series in their own unit. */
#include "analysis/analysis.h"

#include "panel/panel.h"

#include <math.h>
#include <string.h>

/* What all values say together. */
static void find_range(const rift_result *r, rift_variable *v)
{
    for (size_t i = 0; i < r->panel.n_year * r->panel.n_country; i++) {
        v->has_negative = v->has_negative || v->value[i] < 0;
        v->largest =
            isnan(v->value[i]) ? v->largest : fmax(v->largest, fabs(v->value[i]));
    }
}

/* Values above a ceiling. */
static size_t count_beyond(const rift_result *r, const double *value, double ceiling)
{
    size_t n = 0;
    for (size_t i = 0; i < r->panel.n_year * r->panel.n_country; i++) {
        n += value[i] > ceiling;
    }
    return n;
}

static size_t count_values(const rift_result *r, const double *value)
{
    return rift_values_count(value, r->panel.n_year * r->panel.n_country);
}

/* A share in percent of what it is a part of has no more than 100: where its upper
   goalpost says so, or all but one in a hundred of its values keep to it, for a
   wrong cell must not decide for all countries. An index from 0 to 1 has no more than
   1. */
static void find_ceiling(const rift_result *r, double goalpost, rift_variable *v)
{
    v->ceiling = strcmp(v->unit, "0-1") == 0 ? 1 : NAN;
    if (v->unit[0] == '%') {
        size_t beyond = count_beyond(r, v->value, 100);
        bool few = 100 * beyond <= count_values(r, v->value);
        v->ceiling = few || (goalpost <= 100 && goalpost > 0) ? 100 : NAN;
    }
    v->n_beyond = isnan(v->ceiling) ? 0 : count_beyond(r, v->value, v->ceiling);
}

/* What was scored of a leaf where it was observed in that very year: in the unit that
   its values have, after denominator, factor and caps. NULL when memory runs out. */
static const double *observed_of(rift_scope *q, size_t leaf)
{
    const rift_result *r = q->result;
    size_t cells = r->panel.n_year * r->panel.n_country, at = leaf * cells;
    double *out = rift_arena_alloc(&q->arena, cells + 1, sizeof *out);
    for (size_t i = 0; out && i < cells; i++) {
        bool own = r->scores.origin[at + i] == RIFT_OBSERVED;
        out[i] = own ? r->scores.input[at + i] : NAN;
    }
    q->no_memory = q->no_memory || !out;
    return out;
}

void rift_variable_of_node(rift_scope *q, size_t node, rift_variable *v)
{
    const rift_result *r = q->result;
    int32_t leaf = r->study.index.node[node].series;
    *v = (rift_variable){.code = r->study.index.node[node].code,
                         .name = r->study.index.node[node].name,
                         .unit = rift_result_unit(r, node),
                         .polarity = 1,
                         .ceiling = rift_result_open_ended(r)
                                        ? NAN
                                        : r->study.index.node[node].scale.best_score,
                         .main = node == 0 || rift_result_is_layer(r, node)};
    v->value = rift_result_values(r, node);
    find_range(r, v);
    if (leaf >= 0) {
        v->polarity = rift_result_polarity(r, node);
        v->observed = observed_of(q, (size_t)leaf);
        find_ceiling(r, rift_result_goalposts(r, node).high, v);
    }
}

static void panel_variable(const rift_result *r, size_t row, rift_variable *v)
{
    const rift_panel *panel = &r->panel;
    const double *value = r->panel.value + rift_panel_at(&r->panel, row, 0);
    *v = (rift_variable){.code = panel->indicator[row],
                         .name = panel->name[row],
                         .unit = panel->unit[row],
                         .value = value,
                         .observed = value,
                         .polarity = 1};
    find_range(r, v);
    find_ceiling(r, NAN, v);
}

bool rift_variable_find(rift_scope *q, const char *code, rift_variable *v)
{
    const rift_result *r = q->result;
    size_t node = rift_result_node(r, code);
    if (node < r->study.index.n_node) {
        rift_variable_of_node(q, node, v);
        return true;
    }
    int row = rift_panel_indicator(&r->panel, code);
    if (row >= 0) {
        panel_variable(r, (size_t)row, v);
    }
    return row >= 0;
}
