/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jackknife of a change: both years without one country, for each of them. */
#include "claim/jackknife.h"

#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values of one year, ascending, with weights and countries. */
typedef struct year {
    size_t n;
    double *x, *w;
    int32_t *country;
} year;

typedef struct room {
    year end[2], part; /* both years; the same without one country */
    double *own[2];    /* [country] values of both years */
    double *people[2]; /* [country] weights of both years */
    size_t *order;
    double *change; /* [left out] */
} room;

static void room_free(room *room)
{
    year *all[] = {&room->end[0], &room->end[1], &room->part};
    for (int k = 0; k < 3; k++) {
        free(all[k]->x);
        free(all[k]->country);
    }
    free(room->own[0]);
    free(room->order);
}

static bool room_make(size_t n, room *room)
{
    year *all[] = {&room->end[0], &room->end[1], &room->part};
    bool good = true;
    for (int k = 0; k < 3; k++) {
        all[k]->x = calloc(2 * n + 1, sizeof *all[k]->x);
        all[k]->w = all[k]->x ? all[k]->x + n : NULL;
        all[k]->country = calloc(n + 1, sizeof *all[k]->country);
        good = good && all[k]->x && all[k]->country;
    }
    double *own = calloc(5 * n + 1, sizeof *own);
    for (int k = 0; own && k < 2; k++) {
        room->own[k] = own + (size_t)k * n;
        room->people[k] = own + (size_t)(2 + k) * n;
    }
    room->change = own ? own + 4 * n : NULL;
    room->order = calloc(n + 1, sizeof *room->order);
    return good && own && room->order;
}

/* One year of the countries, ascending. */
static void sort_year(room *room, int k, size_t n, const int32_t *country)
{
    year *y = &room->end[k];
    rift_order(room->own[k], n, room->order);
    y->n = n;
    for (size_t i = 0; i < n; i++) {
        y->x[i] = room->own[k][room->order[i]];
        y->w[i] = room->people[k][room->order[i]];
        y->country[i] = country[room->order[i]];
    }
}

/* The measure of a year without a country (-1: with all); weights are made to sum to 1.
 */
static double measure_without(const year *y, int32_t left_out, year *part,
                              const rift_jackknifed *of)
{
    double sum = 0;
    part->n = 0;
    for (size_t i = 0; i < y->n; i++) {
        if (y->country[i] != left_out) {
            part->x[part->n] = y->x[i];
            part->w[part->n] = y->w[i];
            part->country[part->n++] = y->country[i];
            sum += y->w[i];
        }
    }
    for (size_t i = 0; i < part->n; i++) {
        part->w[i] /= sum;
    }
    return part->n > 0 ? of->measure(part->x, part->w, part->country, part->n, of->data)
                       : NAN;
}

/* What the last year is held against, without a country. */
static double base_without(const room *room, int32_t left_out, year *part,
                           const rift_jackknifed *of)
{
    return of->level ? of->null : measure_without(&room->end[0], left_out, part, of);
}

/* Values and weights of the countries that have both; their number. */
static size_t fill(const rift_scope *scope, const rift_variable *variable,
                   const rift_both *both, bool by_people, double less, room *room,
                   int32_t *country)
{
    size_t year[2] = {both->first, both->last}, n = 0;
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        bool in = both->keep[c];
        for (int k = 0; in && k < 2; k++) {
            double w = by_people ? rift_people_held(scope, year[k], c) : 1;
            double x = rift_value_at(scope, variable, year[k], c);
            room->own[k][n] = isnan(less) ? x : fmax(0, less - x);
            room->people[k][n] = w;
            in = w > 0;
        }
        if (in) {
            country[n++] = (int32_t)c;
        }
    }
    return n;
}

/* The error of the change, by n countries left out one after the other. */
static rift_shift shift_of(room *room, size_t n, const rift_jackknifed *of)
{
    double mean = 0, square = 0, all = 0, weights = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t c = room->end[1].country[i];
        room->change[i] = measure_without(&room->end[1], c, &room->part, of) -
                          base_without(room, c, &room->part, of);
        mean += room->change[i] / (double)n;
        all += room->end[1].w[i];
        weights += room->end[1].w[i] * room->end[1].w[i];
    }
    for (size_t i = 0; i < n; i++) {
        square += (room->change[i] - mean) * (room->change[i] - mean);
    }
    double error = sqrt((double)(n - 1) / (double)n * square);
    return (rift_shift){.standard_error = error, .df = all * all / weights - 1};
}

rift_status rift_jackknife(const rift_scope *scope, const rift_variable *variable,
                           const rift_both *both, bool by_people,
                           const rift_jackknifed *of, rift_reading *reading)
{
    room room = {0};
    size_t n_country = scope->result->panel.n_country;
    int32_t *country = calloc(n_country + 1, sizeof *country);
    bool good = room_make(n_country, &room) && country;
    size_t n =
        good ? fill(scope, variable, both, by_people, of->less, &room, country) : 0;
    if (n > 0) {
        sort_year(&room, 0, n, country);
        sort_year(&room, 1, n, country);
        reading->value_first = measure_without(&room.end[0], -1, &room.part, of);
        reading->value_last = measure_without(&room.end[1], -1, &room.part, of);
        reading->n = n;
        rift_shift shift = {NAN, NAN, NAN};
        if (n > 2) {
            shift = shift_of(&room, n, of);
        }
        shift.change =
            reading->value_last - (of->level ? of->null : reading->value_first);
        rift_reading_test(reading, &shift);
    }
    reading->test = "t of the jackknife over countries";
    room_free(&room);
    free(country);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
