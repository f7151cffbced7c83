/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the gap between two groups moved, over the same countries in both years. */
#include "view/story.h"

#include "panel/group.h"
#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { START = 2005, NUMBER = 48, SIGNIFICANT = 3, MOST_PLACES = 9 };

/* A group at one end of the gap. */
typedef struct side {
    int32_t member;
    const char *name;
    double mean[2];         /* of `both` in the first year and in the last */
    size_t n, n_last, both; /* countries; with a value in the last year, in both */
} side;

typedef struct gap {
    const rift_result *result;
    double *value; /* [year][country]; NaN where it does not count */
    size_t n, year[2];
    const int32_t *of; /* [country] group in the last year */
    side side[2];      /* of the highest mean, of the lowest */
} gap;

/* Countries that the study's sample leaves out: without a value in some year. */
static bool left_out(const rift_result *r, const double *value, size_t country)
{
    size_t n = r->panel.n_country;
    bool missing = false;
    for (size_t t = 0; r->study.balanced && !missing && t < r->panel.n_year; t++) {
        missing = isnan(value[t * n + country]) && rift_values_count(value + t * n, n);
    }
    return missing;
}

/* Values that count; false when memory runs out. */
static bool fill_values(gap *g, size_t node)
{
    const rift_result *r = g->result;
    const double *value = rift_result_values(r, node);
    int leaf = r->study.index.node[node].series;
    size_t cells = r->panel.n_year * g->n, edition = rift_result_edition(r);
    const uint8_t *origin = leaf < 0 ? NULL : r->scores.origin + (size_t)leaf * cells;
    g->value = malloc((cells + 1) * sizeof *g->value);
    for (size_t i = 0; g->value && i < cells; i++) {
        bool counts = origin ? origin[i] == RIFT_OBSERVED : i / g->n <= edition;
        g->value[i] = counts ? value[i] : NAN;
    }
    for (size_t c = 0; g->value && c < g->n; c++) {
        bool out = left_out(r, value, c);
        for (size_t t = 0; out && t < r->panel.n_year; t++) {
            g->value[t * g->n + c] = NAN;
        }
    }
    return g->value != NULL;
}

/* Mean of a group in one year, NaN without a value. */
static double mean_of(const gap *g, int32_t member, size_t year)
{
    double sum = 0, n = 0;
    for (size_t c = 0; c < g->n; c++) {
        double x = g->value[year * g->n + c];
        if (g->of[c] == member && !isnan(x)) {
            sum += x;
            n++;
        }
    }
    return n > 0 ? sum / n : NAN;
}

/* Highest and lowest group of a year, by income where there is such a grouping. */
static bool find_groups(gap *g, size_t year)
{
    const rift_groups *groups = &g->result->groups;
    int income = rift_groups_find(groups, "income");
    size_t by = income >= 0 ? (size_t)income : 0;
    double most = -INFINITY, least = INFINITY;
    g->of = groups->n_grouping > 0 ? rift_groups_of_row(groups, by, year) : NULL;
    for (size_t k = 0; g->of && k < groups->n_group[by]; k++) {
        double mean = mean_of(g, (int32_t)k, year);
        if (mean > most) {
            most = mean;
            g->side[0] = (side){.member = (int32_t)k, .name = groups->group[by][k]};
        }
        if (mean < least) {
            least = mean;
            g->side[1] = (side){.member = (int32_t)k, .name = groups->group[by][k]};
        }
    }
    return most > least;
}

/* Means of a group's countries with both years; false where these are fewer than half
   of those that have the last. */
static bool fill_side(const gap *g, side *s)
{
    double sum[2] = {0};
    s->n = s->n_last = s->both = 0;
    for (size_t c = 0; c < g->n; c++) {
        double then = g->value[g->year[0] * g->n + c];
        double now = g->value[g->year[1] * g->n + c];
        bool in = g->of[c] == s->member, both = in && !isnan(then) && !isnan(now);
        s->n += in;
        s->n_last += in && !isnan(now);
        s->both += both;
        sum[0] += both ? then : 0;
        sum[1] += both ? now : 0;
    }
    s->mean[0] = sum[0] / (double)s->both;
    s->mean[1] = sum[1] / (double)s->both;
    return s->both > 0 && 2 * s->both >= s->n_last;
}

/* Only of years that compare with the last one. */
static bool find_years(gap *g, size_t node)
{
    const rift_panel *panel = &g->result->panel;
    size_t span[2];
    if (panel->n_year == 0 ||
        !rift_values_span(g->value, g->n, 0, panel->n_year - 1, span) ||
        !find_groups(g, span[1])) {
        return false;
    }
    g->year[1] = span[1];
    const rift_comparable *own =
        rift_result_comparable(g->result, g->result->study.index.node[node].code);
    rift_since since = rift_result_since(g->result, node, own, 0, span[1]);
    for (size_t t = since.row; t < span[1]; t++) {
        g->year[0] = t;
        if (panel->year[t] >= START && fill_side(g, &g->side[0]) &&
            fill_side(g, &g->side[1])) {
            return true;
        }
    }
    return false;
}

/* Three digits and what stands before the point, without zeros behind it. */
static void write_number(double x, char out[NUMBER])
{
    int places = fabs(x) > 0 ? SIGNIFICANT - 1 - (int)floor(log10(fabs(x))) : 0;
    places = places < 0 ? 0 : places > MOST_PLACES ? MOST_PLACES : places;
    snprintf(out, NUMBER, "%.*f", places, x);
    if (strtod(out, NULL) == 0) { /* no "-0" */
        snprintf(out, NUMBER, "0");
        return;
    }
    for (size_t end = strlen(out); places > 0 && end > 0; end--) {
        bool point = out[end - 1] == '.';
        if (!point && out[end - 1] != '0') {
            break;
        }
        out[end - 1] = '\0';
        if (point) {
            break;
        }
    }
}

/* The unit of differences: "%" differ by percentage points. */
static void put_unit(const rift_result *r, size_t node, rift_text *out)
{
    const char *unit = rift_result_unit(r, node);
    bool leaf = rift_result_series(r, node) != NULL;
    if (!leaf || unit[0] == '%') {
        rift_text_put(out, leaf ? " percentage points" : " points");
    } else if (unit[0]) {
        rift_text_format(out, " (%s)", unit);
    }
}

/* A change as it is shown: -1, 0 or 1. */
static int way_of(const char *then, const char *now, double change)
{
    return strcmp(then, now) == 0 ? 0 : change < 0 ? -1 : 1;
}

/* The difference; whether it widened (1), stayed (0) or narrowed (-1). */
static int put_difference(const gap *g, size_t node, rift_text *out)
{
    const rift_result *r = g->result;
    double by[2];
    char text[2][NUMBER];
    for (int k = 0; k < 2; k++) {
        by[k] = g->side[0].mean[k] - g->side[1].mean[k];
        write_number(fabs(by[k]), text[k]);
    }
    /* by digits of both: turned round it is another gap, however large */
    bool turned = by[0] < 0;
    int way = way_of(text[0], text[1], fabs(by[1]) - fabs(by[0]));
    rift_text_format(out, "From %d to %d the gap between the groups %s and %s ",
                     r->panel.year[g->year[0]], r->panel.year[g->year[1]],
                     g->side[0].name, g->side[1].name);
    if (way == 0 && !turned) {
        rift_text_format(out, "did not change, at %s", text[1]);
    } else {
        rift_text_format(out, "%s from %s%s%s%s to %s",
                         way > 0   ? "widened"
                         : way < 0 ? "narrowed"
                                   : "turned round",
                         text[0], turned ? " (" : "", turned ? g->side[1].name : "",
                         turned ? " being the higher)" : "", text[1]);
    }
    put_unit(r, node, out);
    return way;
}

/* The ratio, where both are above 0; 1 where it went away from one, -1 towards it. */
static int put_ratio(const gap *g, rift_text *out)
{
    const side *a = &g->side[0], *b = &g->side[1];
    if (!(fmin(fmin(a->mean[0], a->mean[1]), fmin(b->mean[0], b->mean[1])) > 0)) {
        return 0;
    }
    double ratio[2] = {a->mean[0] / b->mean[0], a->mean[1] / b->mean[1]};
    char text[2][NUMBER];
    write_number(ratio[0], text[0]);
    write_number(ratio[1], text[1]);
    int way = way_of(text[0], text[1], ratio[1] - ratio[0]);
    if (way == 0) {
        rift_text_format(out, " The ratio of the two did not change, at %s", text[1]);
        return 0;
    }
    rift_text_format(out, " The ratio of the two %s from %s to %s",
                     way > 0 ? "rose" : "fell", text[0], text[1]);
    return fabs(log(ratio[1])) > fabs(log(ratio[0])) ? 1 : -1;
}

static void put_gap(const gap *g, size_t node, rift_text *out)
{
    const side *a = &g->side[0], *b = &g->side[1];
    char text[4][NUMBER];
    for (int k = 0; k < 4; k++) {
        write_number((k % 2 ? b : a)->mean[k / 2], text[k]);
    }
    int difference = put_difference(g, node, out);
    rift_text_format(out,
                     ": their means went from %s and %s to %s and %s, in the %zu of "
                     "%zu countries of %s and the %zu of %zu of %s with both years.",
                     text[0], text[1], text[2], text[3], a->both, a->n, a->name,
                     b->both, b->n, b->name);
    size_t length = strlen(rift_text_string(out));
    int ratio = put_ratio(g, out);
    if (difference * ratio < 0) {
        rift_text_format(out, ": they %s by their difference, but %s by their ratio",
                         difference > 0 ? "moved apart" : "came closer",
                         ratio > 0 ? "moved apart" : "came closer");
    }
    if (strlen(rift_text_string(out)) > length) {
        rift_text_put(out, ".");
    }
}

bool rift_story_gap(const rift_result *result, size_t node, rift_text *out)
{
    gap g = {.result = result, .n = result->panel.n_country};
    bool good = fill_values(&g, node);
    if (good && find_years(&g, node)) {
        put_gap(&g, node, out);
    }
    free(g.value);
    return good && !out->failed;
}
