/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order of values: a few hundred by buckets, many by their bits. */
#include "stats/describe.h"

#include <gsl/gsl_sort_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, PASSES = 6 };

enum { BUCKETS = 512 };

/* Spread by value over buckets, then put right by insertion; equal values keep their
   order. A few hundred values are sorted in a tenth of the time of a heap sort. */
static void order_few(const double *x, size_t n, double low, double high, size_t *order)
{
    uint16_t start[BUCKETS + 1] = {0}, bucket[BUCKETS];
    double scale = (BUCKETS - 1) / (high - low);
    for (size_t i = 0; i < n; i++) {
        bucket[i] = (uint16_t)((x[i] - low) * scale);
        start[bucket[i] + 1]++;
    }
    for (size_t b = 0; b < BUCKETS; b++) {
        start[b + 1] = (uint16_t)(start[b + 1] + start[b]);
    }
    for (size_t i = 0; i < n; i++) {
        order[start[bucket[i]]++] = i;
    }
    for (size_t i = 1; i < n; i++) {
        size_t moved = order[i], j = i;
        for (; j > 0 && x[order[j - 1]] > x[moved]; j--) {
            order[j] = order[j - 1];
        }
        order[j] = moved;
    }
}

typedef struct keyed {
    uint64_t key;
    uint64_t row;
} keyed;

/* The bits of a number, turned so that they ascend as the numbers do; -0 is 0. */
static uint64_t key_of(double x)
{
    uint64_t bits;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits ^ (bits >> 63 ? UINT64_MAX : 1ull << 63);
}

/* Least digit first, each digit keeping the order before it; a digit that is the same
 * in all is skipped. False when memory runs out. */
static bool order_many(const double *x, size_t n, size_t *order)
{
    keyed *from = malloc(2 * n * sizeof *from), *to = from ? from + n : NULL;
    size_t(*start)[RADIX] = calloc(PASSES, sizeof *start);
    if (!from || !start) {
        free(from);
        free(start);
        return false;
    }
    keyed *room = from;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = key_of(x[i]);
        from[i] = (keyed){key, i};
        for (int k = 0; k < PASSES; k++) {
            start[k][(key >> (RADIX_BITS * k)) & (RADIX - 1)]++;
        }
    }
    for (int k = 0; k < PASSES; k++) {
        size_t sum = 0;
        bool same = false;
        for (size_t d = 0; d < RADIX; d++) {
            size_t here = start[k][d];
            same = same || here == n;
            start[k][d] = sum;
            sum += here;
        }
        if (same) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            to[start[k][(from[i].key >> (RADIX_BITS * k)) & (RADIX - 1)]++] = from[i];
        }
        keyed *spare = from;
        from = to;
        to = spare;
    }
    for (size_t i = 0; i < n; i++) {
        order[i] = from[i].row;
    }
    free(room);
    free(start);
    return true;
}

void rift_order(const double *x, size_t n, size_t *order)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    double range = high - low; /* subnormal ones would overflow the scale */
    if (n <= BUCKETS && isfinite(range) && range > 1e-290) {
        order_few(x, n, low, high, order);
    } else if (n <= BUCKETS || !order_many(x, n, order)) {
        gsl_sort_index(order, x, 1, n);
    }
}

void rift_sort(double *x, size_t n)
{
    gsl_sort(x, 1, n);
}
