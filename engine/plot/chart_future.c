/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of time to come and of the question: fans, quadrants, years behind. */
#include "core/diag.h"
#include "plot/table_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FANS = 6, BARS = 30 };

static void put_fan(rift_drawing *drawing, const rift_table *table, const char *node,
                    const char *unit, size_t number)
{
    static const char *const line[] = {"fitted", "p2_5", "p25", "p50", "p75", "p97_5"};
    rift_text past = {0}, fan = {0};
    char part[32];
    for (size_t r = 0; r < table->n_row; r++) {
        if (!rift_kept_is(table, r, "variable", node) ||
            !rift_kept_is(table, r, "unit_name", unit)) {
            continue;
        }
        double year = rift_kept_number(table, r, "year");
        if (rift_kept_is(table, r, "part", "past")) {
            rift_text_format(&past, "%.0f\t%.5f\n", year,
                             rift_kept_number(table, r, "value"));
        } else {
            rift_text_format(&fan, "%.0f", year);
            for (size_t k = 0; k < 6; k++) {
                rift_text_format(&fan, "\t%.5f", rift_kept_number(table, r, line[k]));
            }
            rift_text_put(&fan, "\n");
        }
    }
    rift_kept_label(drawing, "panel", number, unit);
    snprintf(part, sizeof part, "past%zu", number);
    rift_drawing_data(drawing, part, &past);
    snprintf(part, sizeof part, "fan%zu", number);
    rift_drawing_data(drawing, part, &fan);
}

/* The first node asked for: the world and its groups, all on one scale. */
static rift_status draw_fan(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "forecast", "projection");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node = rift_kept_text(table, 0, "variable"), *unit[FANS];
    size_t all, n = rift_kept_words(table, "unit_name", node, unit, FANS, &all);
    if (all == 0) {
        return rift_diag_memory(drawing->diag);
    }
    rift_drawing_more(drawing, n, all, "paths", "projection");
    double high = 0;
    for (size_t r = 0; r < table->n_row; r++) {
        if (!rift_kept_is(table, r, "variable", node)) {
            continue;
        }
        high = fmax(high, fmax(rift_kept_number(table, r, "value"),
                               rift_kept_number(table, r, "p97_5")));
    }
    for (size_t i = 0; i < n; i++) {
        put_fan(drawing, table, node, unit[i], i + 1);
    }
    rift_kept_panels(drawing, n);
    rift_drawing_number(drawing, "y_high", high);
    rift_drawing_name(drawing, "node_name", rift_kept_name(drawing, node), 70, "%s",
                      "");
    return RIFT_OK;
}

const rift_chart_row rift_chart_fan = {
    {.name = "fan", .help = "future paths of the world and of groups"},
    draw_fan,
};

/* Points of the first node and pair, the rich and the others; the largest changes get
   their codes. */
static rift_status draw_quadrants(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "paradox", "quadrants");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node = rift_kept_text(table, 0, "variable");
    const char *pair = rift_kept_text(table, 0, "pair");
    rift_text points = {0}, labels = {0};
    double x_most = 1, y_most = 1;
    size_t count[2] = {0};
    for (int rich = 1; rich >= 0; rich--) {
        for (size_t r = 0; r < table->n_row; r++) {
            if (!rift_kept_is(table, r, "variable", node) ||
                !rift_kept_is(table, r, "pair", pair) ||
                (rift_kept_number(table, r, "high_income") == 1) != (rich == 1)) {
                continue;
            }
            double x = rift_kept_number(table, r, "home_change");
            double y = rift_kept_number(table, r, "abroad_change");
            rift_text_format(&points, "%.4f\t%.4f\n", x, y);
            x_most = fmax(x_most, fabs(x));
            y_most = fmax(y_most, fabs(y));
            count[rich]++;
        }
        rift_text_put(&points, count[rich] ? "\n\n" : "NaN\tNaN\n\n\n");
    }
    for (size_t r = 0; r < table->n_row; r++) {
        double x = rift_kept_number(table, r, "home_change");
        double y = rift_kept_number(table, r, "abroad_change");
        if (rift_kept_is(table, r, "variable", node) &&
            rift_kept_is(table, r, "pair", pair) &&
            (fabs(x) > 0.85 * x_most || fabs(y) > 0.85 * y_most)) {
            rift_text_format(&labels, "%.4f\t%.4f\t", x, y);
            rift_drawing_cell(&labels, rift_kept_text(table, r, "country"));
            rift_text_format(&labels, " %.0f\n",
                             rift_kept_number(table, r, "year_last"));
        }
    }
    rift_drawing_data(drawing, "points", &points);
    rift_drawing_data(drawing, "labels", &labels);
    rift_drawing_number(drawing, "x_most", 1.15 * x_most);
    rift_drawing_number(drawing, "y_most", 1.15 * y_most);
    rift_drawing_format(drawing, "key_1", "high-income countries (%zu periods)",
                        count[1]);
    rift_drawing_format(drawing, "key_2", "other countries (%zu periods)", count[0]);
    rift_drawing_name(drawing, "chart_title", rift_kept_name(drawing, node), 60,
                      ": gaps at home (%.60s) and abroad", pair);
    drawing->width = 900;
    drawing->height = 720;
    return RIFT_OK;
}

const rift_chart_row rift_chart_quadrants = {
    {.name = "quadrants", .help = "change of the gap at home against the one abroad"},
    draw_quadrants,
};

typedef struct bar {
    size_t row, country;
    double people, years;
} bar;

static int by_people(const void *a, const void *b)
{
    const bar *x = a, *y = b;
    return x->people != y->people ? (x->people < y->people) - (x->people > y->people)
                                  : (x->row > y->row) - (x->row < y->row);
}

static int by_years(const void *a, const void *b)
{
    const bar *x = a, *y = b;
    return x->years != y->years ? (x->years < y->years) - (x->years > y->years)
                                : (x->row > y->row) - (x->row < y->row);
}

/* Known distances of the first node from the frontier, the most populous first; their
   number. */
static size_t gather_bars(const rift_drawing *drawing, const rift_table *table,
                          const char *node, bar *bars, size_t *all)
{
    const rift_result *r = drawing->result;
    size_t n = 0;
    for (size_t row = 0; row < table->n_row; row++) {
        int country =
            rift_panel_country(&r->panel, rift_kept_text(table, row, "country"));
        if (!rift_kept_is(table, row, "variable", node) ||
            !rift_kept_is(table, row, "benchmark", "frontier") || country < 0 ||
            isnan(rift_kept_number(table, row, "years"))) {
            continue;
        }
        double people = 0;
        if (rift_result_population(r) >= 0) {
            size_t at =
                rift_result_at(r, (size_t)rift_result_population(r), drawing->year);
            people = r->panel.value[at + (size_t)country];
        }
        bars[n++] = (bar){row, (size_t)country, isnan(people) ? 0 : people,
                          rift_kept_number(table, row, "years")};
    }
    qsort(bars, n, sizeof *bars, by_people);
    *all = n;
    n = n > BARS ? BARS : n;
    qsort(bars, n, sizeof *bars, by_years);
    return n;
}

static rift_status draw_behind(rift_drawing *drawing)
{
    const rift_table *table = rift_kept_view(drawing, "converge", "time-distance");
    if (!table) {
        return rift_kept_missing(drawing);
    }
    const char *node[RIFT_PANELS], *first;
    size_t all,
        n_node = rift_kept_words(table, "variable", NULL, node, RIFT_PANELS, &all);
    if (n_node == 0) {
        return rift_diag_memory(drawing->diag);
    }
    first = node[n_node > 1 ? 1 : 0]; /* a series says more than the total */
    bar *bars = calloc(table->n_row + 1, sizeof *bars);
    if (!bars) {
        return rift_diag_memory(drawing->diag);
    }
    size_t n = gather_bars(drawing, table, first, bars, &all);
    if (n == 0) {
        free(bars);
        return rift_kept_empty(drawing, "time-distance", "converge");
    }
    rift_text text = {0};
    for (size_t i = 0; i < n; i++) {
        bool exact = rift_kept_is(table, bars[i].row, "kind", "exact");
        rift_text_format(&text, "%zu\t%.3f\t%d\t", n - 1 - i, bars[i].years, exact);
        rift_drawing_cell_name(&text,
                               rift_result_name(drawing->result, bars[i].country), 40);
        rift_text_put(&text, "\n");
    }
    rift_drawing_data(drawing, "bars", &text);
    rift_drawing_number(drawing, "n_bar", (double)n);
    rift_drawing_name(drawing, "chart_title", rift_kept_name(drawing, first), 60,
                      ": years behind the leading tenth");
    bool people = rift_result_population(drawing->result) >= 0;
    if (n < all) {
        rift_drawing_format(drawing, "chart_note",
                            people ? "the %zu most populous of %zu countries"
                                   : "the first %zu of %zu countries, by their codes",
                            n, all);
    } else {
        rift_drawing_text(drawing, "chart_note", "all countries");
    }
    drawing->width = 900;
    drawing->height = (int)(20 * n + 150);
    free(bars);
    return RIFT_OK;
}

const rift_chart_row rift_chart_behind = {
    {.name = "behind",
     .help = "years behind the leading tenth, of the largest countries"},
    draw_behind,
};
