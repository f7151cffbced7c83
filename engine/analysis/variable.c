/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an analysis measures: nodes by their score, series in their own unit. */
#include "analysis/analysis.h"

#include "panel/panel.h"

#include <math.h>
#include <string.h>

/* Highest value of a bounded unit: 100 of a share in percent that never is above it, 1
   of an index from 0 to 1; else NaN. */
static double ceiling_of(const rift_result *r, const char *unit, const double *value)
{
    bool percent = unit[0] == '%';
    for (size_t i = 0; percent && i < r->panel.n_year * r->panel.n_country; i++) {
        percent = !(value[i] > 100);
    }
    return percent ? 100 : strcmp(unit, "0-1") == 0 ? 1 : NAN;
}

void rift_variable_of_node(const rift_result *r, size_t node, rift_variable *v)
{
    int32_t leaf = r->study.index.node[node].series;
    *v = (rift_variable){
        .code = r->study.index.node[node].code,
        .name = r->study.index.node[node].name,
        .unit = rift_result_unit(r, node),
        .polarity = 1,
        .ceiling = rift_result_open_ended(r) ? NAN : r->study.index.best_score,
        .main = node == 0 || rift_result_is_layer(r, node)};
    v->value = rift_result_values(r, node);
    if (leaf >= 0) {
        v->polarity = rift_result_polarity(r, node);
        v->ceiling = ceiling_of(r, v->unit, v->value);
        int row = rift_panel_indicator(&r->panel, v->code);
        bool plain = row >= 0 && !*rift_result_denominator(r, node);
        v->observed =
            plain ? r->panel.value + rift_panel_at(&r->panel, (size_t)row, 0) : NULL;
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
                         .polarity = 1,
                         .ceiling = ceiling_of(r, panel->unit[row], value)};
}

bool rift_variable_find(const rift_scope *q, const char *code, rift_variable *v)
{
    const rift_result *r = q->result;
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (strcmp(r->study.index.node[i].code, code) == 0) {
            rift_variable_of_node(r, i, v);
            return true;
        }
    }
    int row = rift_panel_indicator(&r->panel, code);
    if (row >= 0) {
        panel_variable(r, (size_t)row, v);
    }
    return row >= 0;
}
