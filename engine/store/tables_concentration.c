/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who has it: concentration of each node over the rank of countries by GDP per head,
   with each country counting once and with each person. */
#include "store/table.h"

#include <math.h>
#include <stdlib.h>

typedef struct sample {
    double *y, *by, *w;
    size_t n;
} sample;

/* Countries of a year with a value, a GDP and, by people, a population; weights sum to
   1. */
static void gather(const rift_result *r, size_t node, size_t year, bool by_people,
                   sample *s)
{
    int32_t leaf = r->leaf[node];
    const double *value = leaf < 0 ? r->scores.score : r->scores.used;
    size_t at = rift_result_at(r, leaf < 0 ? node : (size_t)leaf, year);
    size_t gdp = rift_result_at(r, (size_t)r->income, year);
    double sum = 0;
    s->n = 0;
    for (size_t c = 0; c < r->panel.n_country; c++) {
        double people = 1;
        if (by_people) {
            people = r->panel.value[rift_result_at(r, (size_t)r->population, year) + c];
        }
        double y = value[at + c], by = r->panel.value[gdp + c];
        if (!isnan(y) && !isnan(by) && people > 0) {
            s->y[s->n] = y;
            s->by[s->n] = by;
            s->w[s->n++] = people;
            sum += people;
        }
    }
    for (size_t i = 0; i < s->n; i++) {
        s->w[i] /= sum;
    }
}

static void concentration_row(const rift_result *r, size_t node, size_t year,
                              bool by_people, sample *s, rift_table *table)
{
    gather(r, node, year, by_people, s);
    if (s->n < 2) {
        return;
    }
    double c = rift_concentration(s->y, s->by, s->w, s->n), mean = 0;
    for (size_t i = 0; i < s->n; i++) {
        mean += s->w[i] * s->y[i];
    }
    bool share = r->leaf[node] >= 0 && r->node[node].unit[0] == '%';
    bool score = r->leaf[node] < 0 && !r->open_ended && r->floor == 0;
    double ceiling = share ? 100 : score ? r->scale : NAN;
    rift_table_number(table, r->panel.year[year]);
    rift_table_text(table, r->node[node].code);
    rift_table_text(table, by_people ? "population" : "unweighted");
    rift_table_number(table, (double)s->n);
    rift_table_number(table, c);
    rift_table_number(table, c / (1 - mean / ceiling));
    rift_table_number(table, 4 * mean * c / ceiling);
}

/* C over the rank by GDP per head, from -1 (the poorest have it all) to 1; of bounded
   values also C / (1 - mean) by Wagstaff (2005) and 4 mean C by Erreygers (2009), both
   of shares of the ceiling: C of the online and of the offline rank years differently,
   Erreygers' does not. */
void rift_table_concentration(const rift_result *r, const rift_table_choice *choice,
                              rift_table *table)
{
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "weighting", false, 0);
    rift_table_column(table, "n", true, 0);
    rift_table_column(table, "concentration", true, 4);
    rift_table_column(table, "wagstaff", true, 4);
    rift_table_column(table, "erreygers", true, 4);
    size_t n = r->panel.n_country;
    double *room = calloc(3 * n + 1, sizeof *room);
    table->failed = table->failed || !room;
    sample s = {room, room ? room + n : NULL, room ? room + 2 * n : NULL, 0};
    for (size_t i = 0; room && r->income >= 0 && i < r->n_node; i++) {
        for (size_t t = 0; t < r->panel.n_year; t++) {
            if (rift_table_wants_year(choice, t)) {
                concentration_row(r, i, t, false, &s, table);
            }
            if (rift_table_wants_year(choice, t) && r->population >= 0) {
                concentration_row(r, i, t, true, &s, table);
            }
        }
    }
    free(room);
}
