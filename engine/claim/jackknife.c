/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The jackknife of a change: both years without one country, for each of them; of many
   countries, without a group of them. */
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

/* Of many countries, groups are left out instead of each alone. Kott (2001). */
enum { MOST_ALONE = 500, GROUPS = 200 };

/* What is left out: one of `n_part` parts of the countries; -1: nothing. */
typedef struct part {
    int32_t at, n_part;
} part;

static bool is_left_out(int32_t country, part out)
{
    return out.at >= 0 && country % out.n_part == out.at;
}

/* The measure of a year without a part; weights are made to sum to 1. */
static double measure_without(const year *y, part out, year *rest,
                              const rift_jackknifed *of)
{
    double sum = 0;
    rest->n = 0;
    for (size_t i = 0; i < y->n; i++) {
        if (!is_left_out(y->country[i], out)) {
            rest->x[rest->n] = y->x[i];
            rest->w[rest->n] = y->w[i];
            rest->country[rest->n++] = y->country[i];
            sum += y->w[i];
        }
    }
    for (size_t i = 0; i < rest->n; i++) {
        rest->w[i] /= sum;
    }
    return rest->n > 0 ? of->measure(rest->x, rest->w, rest->country, rest->n, of->data)
                       : NAN;
}

/* What the last year is held against, without a part. */
static double base_without(const room *room, part out, year *rest,
                           const rift_jackknifed *of)
{
    return of->level ? of->null : measure_without(&room->end[0], out, rest, of);
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

/* The error of the change, by parts left out one after the other: each of the n
   countries, or of many each group of them. */
static rift_shift shift_of(room *room, size_t n, const rift_jackknifed *of)
{
    double mean = 0, square = 0, all = 0, weights = 0;
    bool alone = n <= MOST_ALONE;
    int32_t n_country = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t c = room->end[1].country[i];
        n_country = c >= n_country ? c + 1 : n_country;
        all += room->end[1].w[i];
        weights += room->end[1].w[i] * room->end[1].w[i];
    }
    size_t n_part = alone ? n : GROUPS;
    for (size_t i = 0; i < n_part; i++) {
        const part out = {alone ? room->end[1].country[i] : (int32_t)i,
                          alone ? n_country : GROUPS};
        room->change[i] = measure_without(&room->end[1], out, &room->part, of) -
                          base_without(room, out, &room->part, of);
        mean += room->change[i] / (double)n_part;
    }
    for (size_t i = 0; i < n_part; i++) {
        square += (room->change[i] - mean) * (room->change[i] - mean);
    }
    double error = sqrt((double)(n_part - 1) / (double)n_part * square);
    return (rift_shift){.standard_error = error,
                        .df = fmin(all * all / weights, (double)n_part) - 1};
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
        reading->value_first =
            measure_without(&room.end[0], (part){-1, 1}, &room.part, of);
        reading->value_last =
            measure_without(&room.end[1], (part){-1, 1}, &room.part, of);
        reading->n = n;
        rift_shift shift = {NAN, NAN, NAN, 0};
        if (n > 2) {
            shift = shift_of(&room, n, of);
        }
        shift.among = of->among;
        shift.change =
            reading->value_last - (of->level ? of->null : reading->value_first);
        rift_reading_test(reading, &shift);
    }
    reading->test = "t of the jackknife over countries";
    room_free(&room);
    free(country);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
