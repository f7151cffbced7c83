/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, names and kin in a result. */
#include "result/lookup.h"

#include "core/text.h"
#include "core/unit.h"
#include "panel/panel.h"
#include "read/name/country.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

size_t rift_result_at(const rift_result *result, size_t node, size_t year)
{
    return (node * result->panel.n_year + year) * result->panel.n_country;
}

const char *rift_result_name(const rift_result *result, size_t country)
{
    const rift_groups *groups = &result->groups;
    if (country < groups->n_country &&
        strcmp(groups->country[country], result->panel.country[country]) == 0) {
        return groups->country_name[country];
    }
    return result->panel.country[country];
}

size_t rift_result_node(const rift_result *result, const char *code)
{
    const rift_index *index = &result->study.index;
    size_t i = 0;
    while (i < index->n_node && strcmp(index->node[i].code, code) != 0) {
        i++;
    }
    return i;
}

const char *rift_result_units(const rift_result *result)
{
    const rift_panel *panel = &result->panel;
    if (result->study.noun) {
        return result->study.noun;
    }
    size_t known = 0;
    for (size_t c = 0; c < panel->n_country; c++) {
        const char *code = rift_country_of(panel->country[c]);
        known += code && strcmp(code, panel->country[c]) == 0;
    }
    return 2 * known > panel->n_country ? "economies" : "places";
}

bool rift_result_is_layer(const rift_result *result, size_t node)
{
    return result->study.index.node[node].parent == 0 &&
           result->study.index.node[node].series < 0;
}

bool rift_result_is_under(const rift_result *result, size_t node, size_t top)
{
    int up = (int)node;
    while (up >= 0 && up != (int)top) {
        up = result->study.index.node[up].parent;
    }
    return up >= 0;
}

const rift_series *rift_result_indicator(const rift_result *result, size_t indicator)
{
    const rift_study *study = &result->study;
    for (size_t i = 0; i < study->n_catalogue; i++) {
        if (strcmp(study->catalogue[i].code, result->panel.indicator[indicator]) == 0) {
            return &study->catalogue[i];
        }
    }
    return NULL;
}

static int row_of(const rift_result *result, const char *code)
{
    return code ? rift_panel_indicator(&result->panel, code) : -1;
}

int rift_result_population(const rift_result *result)
{
    return row_of(result, result->study.population);
}

int rift_result_income(const rift_result *result)
{
    return row_of(result, result->study.income);
}

const rift_series *rift_result_series(const rift_result *result, size_t node)
{
    const rift_index *index = &result->study.index;
    int series = index->node[node].series;
    return series < 0 ? NULL : &index->series[series];
}

const char *rift_result_layer(const rift_result *result, size_t node)
{
    const rift_node *all = result->study.index.node;
    const rift_series *series = rift_result_series(result, node);
    if (series && series->layer[0]) {
        return series->layer;
    }
    int up = (int)node;
    while (all[up].parent > 0) {
        up = all[up].parent;
    }
    return up > 0 ? all[up].code : "";
}

const double *rift_result_values(const rift_result *result, size_t node)
{
    return rift_scores_values(&result->study.index, &result->scores, node);
}

const double *rift_scores_values(const rift_index *index, const rift_scores *scores,
                                 size_t node)
{
    int leaf = index->node[node].series;
    size_t cells = scores->n_year * scores->n_country;
    return leaf >= 0 ? scores->input + (size_t)leaf * cells
                     : scores->score + node * cells;
}

static void adopt_unit(const rift_panel *panel, rift_series *series)
{
    int row = rift_panel_indicator(panel, series->code);
    if (row >= 0 && rift_unit_power(panel->unit[row]) != 0) {
        series->unit = panel->unit[row];
    }
}

void rift_result_adopt_units(rift_result *result)
{
    rift_study *study = &result->study;
    for (size_t i = 0; i < study->index.n_series; i++) {
        adopt_unit(&result->panel, &study->index.series[i]);
    }
    for (size_t i = 0; i < study->n_catalogue; i++) {
        adopt_unit(&result->panel, &study->catalogue[i]);
    }
}

const char *rift_result_unit(const rift_result *result, size_t node)
{
    const rift_series *series = rift_result_series(result, node);
    return series ? series->unit : "score";
}

static const rift_normalisation *normalisation_of(const rift_result *result,
                                                  const rift_series *series)
{
    return series->normalise.method ? series->normalise.method
                                    : result->study.index.normalise.method;
}

const char *rift_result_method_of(const rift_result *result, size_t node,
                                  const rift_series *series)
{
    return series ? normalisation_of(result, series)->name
                  : result->study.index.node[node].aggregate.method->name;
}

const char *rift_result_method(const rift_result *result, size_t node)
{
    return rift_result_method_of(result, node, rift_result_series(result, node));
}

const char *rift_result_denominator(const rift_result *result, size_t node)
{
    const rift_series *series = rift_result_series(result, node);
    return series && series->denominator ? series->denominator : "";
}

static bool between_goalposts(const rift_result *result, const rift_series *series)
{
    return series && series->has_goalposts &&
           normalisation_of(result, series)->needs_goalposts;
}

rift_goalposts rift_result_goalposts_of(const rift_result *result,
                                        const rift_series *series)
{
    return between_goalposts(result, series) ? series->goalposts
                                             : (rift_goalposts){NAN, NAN};
}

rift_goalposts rift_result_goalposts(const rift_result *result, size_t node)
{
    return rift_result_goalposts_of(result, rift_result_series(result, node));
}

const char *rift_result_goalpost_source_of(const rift_result *result,
                                           const rift_series *series)
{
    bool told = between_goalposts(result, series) && series->goalpost_source;
    return told ? series->goalpost_source : "";
}

const char *rift_result_goalpost_source(const rift_result *result, size_t node)
{
    return rift_result_goalpost_source_of(result, rift_result_series(result, node));
}

int rift_result_polarity(const rift_result *result, size_t node)
{
    const rift_series *series = rift_result_series(result, node);
    return series ? series->polarity : result->study.index.node[node].polarity;
}

size_t rift_result_position(const rift_result *result, size_t node)
{
    const rift_node *all = result->study.index.node;
    size_t n = 0;
    for (size_t i = 1; i < node; i++) {
        n += all[i].parent == all[node].parent;
    }
    return n;
}

void rift_result_votes(const rift_result *result, size_t node, double *mean, double *sd,
                       double *experts)
{
    const rift_node *all = result->study.index.node;
    if (all[node].parent < 0) {
        return;
    }
    const rift_weigh_choice *weigh = &all[all[node].parent].weigh;
    size_t at = rift_result_position(result, node);
    if (at < weigh->n_child) {
        *mean = weigh->vote_mean[at];
        *sd = weigh->vote_sd[at];
        *experts = (double)weigh->n_expert;
    }
}

bool rift_result_open_ended(const rift_result *result)
{
    const rift_index *index = &result->study.index;
    bool open = false;
    for (size_t i = 0; !open && i < index->n_node; i++) {
        const rift_node *node = &index->node[i];
        open = node->series < 0 ? node->aggregate.method->open_ended
                                : rift_node_open_ended(index, i);
    }
    return open;
}

char *rift_result_notes(const rift_result *result)
{
    const char *study = result->study.notes, *index = result->study.index.notes;
    rift_text text = {0};
    rift_text_format(&text, "%s%s%s", study, study[0] && index[0] ? " " : "", index);
    if (text.failed) {
        rift_text_free(&text);
    }
    return text.data;
}

bool rift_result_index_used(const rift_result *result, size_t year, rift_arena *arena,
                            rift_index *index)
{
    static const rift_period never = {1, 0, 0, NULL};
    const rift_index *from = &result->study.index;
    rift_node *node = rift_arena_alloc(arena, from->n_node + 1, sizeof *node);
    if (!node) {
        return false;
    }
    const rift_weighting *as_given = rift_weighting_find("given");
    for (size_t i = 0; i < from->n_node; i++) {
        double share = rift_scores_weight(&result->scores, i, year);
        bool in = rift_node_in(&from->node[i], result->scores.first_year + (int)year);
        int up = from->node[i].parent;
        node[i] = from->node[i];
        node[i].weigh = (rift_weigh_choice){.method = as_given};
        /* shares of given weights would round differently */
        bool own =
            up >= 0 && from->node[up].weigh.method == as_given && !from->balance.asked;
        double given =
            rift_node_weight(&from->node[i], result->scores.first_year + (int)year);
        node[i].weight = isnan(share) ? 0 : own ? given : share;
        node[i].n_period = in ? 0 : 1;
        node[i].period = in ? NULL : &never;
    }
    *index = *from;
    index->node = node;
    index->balance.asked = false;
    return true;
}

static bool goes_on(const char *name, const char *other)
{
    size_t n = strlen(name);
    return strncmp(other, name, n) == 0 &&
           (other[n] == '\0' || strncmp(other + n, " on ", 4) == 0 ||
            strncmp(other + n, " in ", 4) == 0);
}

bool rift_result_name_is_shared(const rift_result *result, const char *code,
                                const char *name)
{
    bool shared = false;
    for (size_t i = 0; !shared && i < result->study.index.n_node; i++) {
        shared = strcmp(result->study.index.node[i].code, code) != 0 &&
                 goes_on(name, result->study.index.node[i].name);
    }
    for (size_t i = 0; !shared && i < result->panel.n_indicator; i++) {
        shared = strcmp(result->panel.indicator[i], code) != 0 &&
                 goes_on(name, result->panel.name[i]);
    }
    return shared;
}

bool rift_view_wants(const rift_view_choice *choice, size_t country)
{
    for (size_t i = 0; i < choice->n_country; i++) {
        if (choice->country[i] == (int32_t)country) {
            return true;
        }
    }
    return choice->n_country == 0;
}
