/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts over the years: Gini by layer, and partners against other countries. */
#include "plot/drawing.h"

#include "core/diag.h"
#include "divide/divide.h"
#include "panel/group.h"
#include "stats/describe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 6 };

/* Gini of a node over the years; years with fewer than 60 % of the countries of the
   best year are left out, for a different set of countries is a different divide. */
static void put_gini(const rift_divide *d, size_t measure, rift_unit_weight how,
                     size_t node, const int *year, rift_text *text)
{
    size_t at = rift_divide_at(d, measure, how, node, 0);
    int32_t most = 0;
    for (size_t t = 0; t < d->n_year; t++) {
        most = d->n[at + t] > most ? d->n[at + t] : most;
    }
    for (size_t t = 0; t < d->n_year; t++) {
        if (!isnan(d->value[at + t]) && 10 * d->n[at + t] >= 6 * most) {
            rift_text_format(text, "%d\t%.5f\n", year[t], d->value[at + t]);
        } else {
            rift_text_format(text, "%d\tNaN\n", year[t]);
        }
    }
    rift_text_put(text, "\n\n");
}

rift_status rift_draw_gini(rift_drawing *drawing)
{
    const rift_divide *d = &drawing->result->divide;
    int measure = rift_divide_measure(d, "gini");
    if (measure < 0) {
        rift_diag_at(
            drawing->diag, RIFT_ERROR, NULL,
            "the chart 'gini' needs the measure 'gini'; add it under 'divide'");
        return RIFT_ERR_DEFINITION;
    }
    size_t node[NODES] = {0},
           n = 1 + rift_drawing_layers(drawing, "divide", node + 1, NODES - 1);
    bool people = rift_result_population(drawing->result) >= 0, any = false;
    for (size_t t = 0; t < d->n_year; t++) {
        for (size_t i = 0; i < n; i++) {
            size_t at = rift_divide_at(d, (size_t)measure, RIFT_UNWEIGHTED, node[i], t);
            any = any || !isnan(d->value[at]);
        }
    }
    if (!any) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'gini' has nothing to show: no year has a Gini (scores "
                     "below 0, such as z-scores, have none); drop the chart or use "
                     "goalposts");
        return RIFT_ERR_DEFINITION;
    }
    rift_text text[2] = {{0}, {0}};
    for (size_t i = 0; i < n; i++) {
        char name[32];
        snprintf(name, sizeof name, "line_%zu", i + 1);
        rift_drawing_name(drawing, name,
                          drawing->result->study.index.node[node[i]].name, 50, "%s",
                          "");
        for (size_t how = 0; how < (people ? 2u : 1u); how++) {
            put_gini(d, (size_t)measure, (rift_unit_weight)how, node[i],
                     drawing->result->panel.year, &text[how]);
        }
    }
    rift_drawing_number(drawing, "n_line", (double)n);
    rift_drawing_number(drawing, "n_panel", people ? 2 : 1);
    rift_drawing_data(drawing, "states", &text[0]);
    if (people) {
        rift_drawing_data(drawing, "people", &text[1]);
    }
    drawing->width = people ? 1100 : 640;
    drawing->height = 520;
    return RIFT_OK;
}

typedef struct band {
    const rift_drawing *drawing;
    const int32_t *of;
    int32_t member;
    bool inside;
    uint8_t *keep;
    double *x;
} band;

static bool in_band(const band *band, size_t c)
{
    return (band->of[c] == band->member) == band->inside && band->keep[c];
}

/* One year of a group: mean and quartiles of the scores. */
static void put_year(const band *band, size_t node, size_t year, rift_text *text)
{
    const rift_result *result = band->drawing->result;
    size_t n = 0;
    for (size_t c = 0; c < result->panel.n_country; c++) {
        double score = rift_drawing_score(band->drawing, node, year, c);
        if (in_band(band, c) && !isnan(score)) {
            band->x[n++] = score;
        }
    }
    if (n == 0) {
        return;
    }
    size_t *order = calloc(n, sizeof *order);
    double *sorted = calloc(n, sizeof *sorted);
    if (order && sorted) {
        rift_order(band->x, n, order);
        for (size_t i = 0; i < n; i++) {
            sorted[i] = band->x[order[i]];
        }
        rift_text_format(text, "%d\t%.4f\t%.4f\t%.4f\n", result->panel.year[year],
                         rift_mean(sorted, n), rift_quantile_sorted(sorted, n, 0.25),
                         rift_quantile_sorted(sorted, n, 0.75));
    }
    text->failed = text->failed || !order || !sorted;
    free(order);
    free(sorted);
}

/* First year with 60 % of the countries of the latest; and who has every year since. */
static size_t balance(const rift_drawing *drawing, size_t node, uint8_t *keep)
{
    const rift_panel *panel = &drawing->result->panel;
    size_t first = drawing->year, latest = 0;
    for (size_t t = drawing->year + 1; t-- > 0;) {
        size_t n = 0;
        for (size_t c = 0; c < panel->n_country; c++) {
            n += !isnan(rift_drawing_score(drawing, node, t, c));
        }
        latest = t == drawing->year ? n : latest;
        if (10 * n < 6 * latest) {
            break;
        }
        first = t;
    }
    for (size_t c = 0; c < panel->n_country; c++) {
        keep[c] = 1;
        for (size_t t = first; t <= drawing->year; t++) {
            keep[c] = keep[c] && !isnan(rift_drawing_score(drawing, node, t, c));
        }
    }
    return first;
}

static void put_group_lines(rift_drawing *drawing, band *band, size_t number,
                            size_t node)
{
    size_t first = balance(drawing, node, band->keep), count[2] = {0};
    rift_text text = {0};
    for (int side = 0; side < 2; side++) {
        band->inside = side == 0;
        for (size_t c = 0; c < drawing->result->panel.n_country; c++) {
            count[side] += in_band(band, c);
        }
        for (size_t t = first; t <= drawing->year; t++) {
            put_year(band, node, t, &text);
        }
        rift_text_put(&text, "\n\n");
    }
    char name[32], part[32];
    snprintf(name, sizeof name, "panel_%zu", number);
    rift_drawing_name(drawing, name, drawing->result->study.index.node[node].name, 50,
                      " (%zu and %zu economies)", count[0], count[1]);
    snprintf(part, sizeof part, "lines%zu", number);
    rift_drawing_data(drawing, part, &text);
}

/* The group of a member's value as the study names it: its label or its number. */
static int32_t find_member(const rift_groups *groups, size_t grouping,
                           const char *value)
{
    for (size_t k = 0; k < groups->n_group[grouping]; k++) {
        if (strcmp(groups->group[grouping][k], value) == 0) {
            return (int32_t)k;
        }
    }
    return -1;
}

rift_status rift_draw_partners(rift_drawing *drawing)
{
    const rift_result *result = drawing->result;
    const rift_groups *groups = &result->groups;
    if (!result->study.highlight) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'partners' needs a study that names them; give it "
                     "'highlight: {grouping: GROUPING, group: GROUP}'");
        return RIFT_ERR_DEFINITION;
    }
    int found = rift_groups_find(groups, result->study.highlight);
    size_t grouping = (size_t)found;
    int32_t member =
        found >= 0 ? find_member(groups, grouping, result->study.highlight_group) : -1;
    if (member < 0) {
        rift_diag_at(drawing->diag, RIFT_ERROR, NULL,
                     "the chart 'partners' finds no group '%s' in the grouping '%s'",
                     result->study.highlight_group, result->study.highlight);
        return RIFT_ERR_DEFINITION;
    }
    size_t n_country = result->panel.n_country;
    band band = {.drawing = drawing,
                 .of = groups->of + grouping * groups->n_country,
                 .member = member,
                 .keep = calloc(n_country + 1, 1),
                 .x = calloc(n_country + 1, sizeof(double))};
    size_t node[4] = {0}, n = 1 + rift_drawing_layers(drawing, "scores", node + 1, 3);
    for (size_t i = 0; band.keep && band.x && i < n; i++) {
        put_group_lines(drawing, &band, i + 1, node[i]);
    }
    if (!band.keep || !band.x) {
        drawing->status = rift_diag_memory(drawing->diag);
    }
    free(band.keep);
    free(band.x);
    rift_drawing_number(drawing, "n_panel", (double)n);
    rift_drawing_number(drawing, "n_row", (double)((n + 1) / 2));
    rift_drawing_name(drawing, "group_1", groups->group[grouping][member], 40, "%s",
                      "");
    rift_drawing_name(drawing, "group_2",
                      groups->n_group[grouping] == 2 ? groups->group[grouping][!member]
                                                     : "all others",
                      40, "%s", "");
    drawing->width = 1100;
    drawing->height = (int)(330 * ((n + 1) / 2) + 110);
    return RIFT_OK;
}
