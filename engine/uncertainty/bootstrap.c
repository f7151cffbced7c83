/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bootstrap by counts: a sample is how often each unit was drawn, so that values sorted
   once stay sorted. */
#include "uncertainty/bootstrap.h"

#include "rift/method.h"
#include "stats/describe.h"
#include "stats/random.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const rift_interval_name[RIFT_INTERVAL_KINDS] = {"bca", "percentile",
                                                             "basic", "normal"};

rift_interval_kind rift_interval_kind_of(const char *name)
{
    int k = name ? RIFT_INTERVAL_KINDS - 1 : 0;
    while (k > 0 && strcmp(rift_interval_name[k], name) != 0) {
        k--;
    }
    return (rift_interval_kind)k;
}

typedef struct room {
    uint32_t *word;
    uint16_t *count;
    double *x, *w;     /* a sample, one place for each unit drawn */
    double *replicate; /* [measure][replicate] */
    double *without;   /* [measure][block] */
} room;

/* Units are removed one by one for the acceleration, but not more often than this: of
   many units, every n_block-th together. Their skewness adds up as that of single ones
   does, so the acceleration is estimated alike. */
enum { BLOCK_LIMIT = 2000 };

static size_t blocks_of(size_t n)
{
    return n < BLOCK_LIMIT ? n : BLOCK_LIMIT;
}

static bool room_make(size_t n, size_t n_measure, size_t replicates, room *room)
{
    room->word = calloc(2 * n + 2, sizeof *room->word);
    room->count = calloc(n + 1, sizeof *room->count);
    room->x = calloc(2 * n + 2, sizeof *room->x);
    room->w = room->x ? room->x + n + 1 : NULL;
    room->replicate = calloc(n_measure * replicates + 1, sizeof *room->replicate);
    room->without = calloc(n_measure * blocks_of(n) + 1, sizeof *room->without);
    return room->word && room->count && room->x && room->replicate && room->without;
}

static void room_free(room *room)
{
    free(room->word);
    free(room->count);
    free(room->x);
    free(room->replicate);
    free(room->without);
}

/* How many indices below n a 64-bit word gives, each with a bias below 2^-32. */
static size_t indices_per_word(size_t n)
{
    size_t k = 1;
    for (double all = (double)n * (double)n; all < 0x1p32 && k < 8; k++) {
        all *= (double)n;
    }
    return k;
}

void rift_bootstrap_draw(uint64_t seed, uint64_t stream, size_t n, uint32_t *room,
                         uint16_t *count)
{
    size_t each = indices_per_word(n), words = (n + each - 1) / each;
    rift_random_words(seed, stream, room, 2 * words);
    memset(count, 0, n * sizeof *count);
    size_t left = n;
    for (size_t i = 0; i < words; i++) {
        uint64_t word = (uint64_t)room[2 * i] << 32 | room[2 * i + 1];
        size_t most = left < each ? left : each;
        for (size_t k = 0; k < most; k++) { /* the digits of a fraction to the base n */
            unsigned __int128 product = (unsigned __int128)word * n;
            count[(uint64_t)(product >> 64)]++;
            word = (uint64_t)product;
        }
        left -= most;
    }
}

/* The units of a sample one by one, still ascending, with weights that sum to 1. */
static void lay_out(const double *x, const double *w, const uint16_t *count, size_t n,
                    room *room)
{
    size_t m = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        for (uint16_t k = 0; k < count[i]; k++) {
            room->x[m] = x[i];
            room->w[m] = w ? w[i] : 1;
            sum += room->w[m++];
        }
    }
    for (size_t i = 0; w && i < m; i++) {
        room->w[i] /= sum;
    }
}

/* Measures of the sample that `count` gives, to out[k * step]. */
static rift_status measure_sample(const double *x, const double *w, size_t n,
                                  const rift_measure_choice *measure, size_t n_measure,
                                  const uint16_t *count, size_t drawn, room *room,
                                  double *out, size_t step)
{
    bool laid = false;
    rift_status status = RIFT_OK;
    for (size_t k = 0; status == RIFT_OK && k < n_measure; k++) {
        const rift_measure *how = measure[k].method;
        if (how->counted) {
            out[k * step] = how->counted(x, w, count, n);
            continue;
        }
        if (!laid) {
            lay_out(x, w, count, n, room);
            laid = true;
        }
        status = how->apply(room->x, w ? room->w : NULL, drawn, measure[k].order,
                            &out[k * step]);
    }
    return status;
}

/* Efron and Tibshirani (1993), 14.10: the share of replicates at which to cut. */
static double cut_at(double z0, double acceleration, double z)
{
    return gsl_cdf_ugaussian_P(z0 + (z0 + z) / (1 - acceleration * (z0 + z)));
}

/* sum (mean - x)^3 / (6 (sum (mean - x)^2)^(3/2)) of the measures without each unit.
 */
static double acceleration_of(const double *without, size_t n)
{
    double mean = rift_mean(without, n), square = 0, cube = 0;
    for (size_t i = 0; i < n; i++) {
        double d = mean - without[i];
        square += d * d;
        cube += d * d * d;
    }
    double a = cube / (6 * pow(square, 1.5));
    return isfinite(a) ? a : 0;
}

/* The shares of sorted replicates at which a BCa interval ends. */
static void bca_shares(double value, const double *sorted, size_t n, double a, double z,
                       double share[2])
{
    size_t below = 0, same = 0;
    double count = (double)n;
    for (size_t i = 0; i < n; i++) {
        below += sorted[i] < value;
        same += sorted[i] == value;
    }
    double less = ((double)below + (double)same / 2) / count;
    less = fmin(fmax(less, 0.5 / count), 1 - 0.5 / count);
    double z0 = gsl_cdf_ugaussian_Pinv(less);
    share[0] = cut_at(z0, a, -z);
    share[1] = cut_at(z0, a, z);
}

void rift_bootstrap_interval(double value, double *replicate, size_t n_replicate,
                             const double *without, size_t n_without,
                             const rift_bootstrap *how, rift_interval *out)
{
    *out = (rift_interval){value, NAN, NAN, NAN, 0};
    double *sorted = replicate;
    size_t n = rift_present(replicate, n_replicate, sorted);
    out->n_defined = n;
    if (isnan(value) || n < 2) {
        return;
    }
    rift_sort(sorted, n);
    double count = (double)n, sd = rift_sd_population(sorted, n);
    out->se = sd * sqrt(count / (count - 1));
    double z = gsl_cdf_ugaussian_Pinv((1 + how->level) / 2);
    double share[2] = {(1 - how->level) / 2, (1 + how->level) / 2};
    if (how->kind == RIFT_INTERVAL_NORMAL) {
        double middle = 2 * value - rift_mean(sorted, n);
        out->low = middle - z * out->se;
        out->high = middle + z * out->se;
        return;
    }
    if (how->kind == RIFT_INTERVAL_BCA) {
        bca_shares(value, sorted, n, acceleration_of(without, n_without), z, share);
    }
    out->low = rift_quantile_sorted(sorted, n, share[0]);
    out->high = rift_quantile_sorted(sorted, n, share[1]);
    if (how->kind == RIFT_INTERVAL_BASIC) {
        double low = 2 * value - out->high;
        out->high = 2 * value - out->low;
        out->low = low;
    }
}

/* Count each unit of a block so often; how many they are. */
static size_t count_block(uint16_t *count, size_t n, size_t block, uint16_t often)
{
    size_t units = 0;
    for (size_t i = block; i < n; i += blocks_of(n)) {
        count[i] = often;
        units++;
    }
    return units;
}

rift_status rift_bootstrap_measures(const double *x, const double *w, size_t n,
                                    const rift_measure_choice *measure,
                                    size_t n_measure, const rift_bootstrap *how,
                                    rift_interval *out)
{
    size_t replicates = n < 3 ? 0 : how->replicates;
    size_t blocks = replicates > 0 && how->kind == RIFT_INTERVAL_BCA ? blocks_of(n) : 0;
    room room = {0};
    if (!room_make(n, n_measure, replicates, &room)) {
        room_free(&room);
        return RIFT_ERR_MEMORY;
    }
    rift_status status = RIFT_OK;
    for (size_t r = 0; status == RIFT_OK && r < replicates; r++) {
        rift_bootstrap_draw(how->seed, r, n, room.word, room.count);
        status = measure_sample(x, w, n, measure, n_measure, room.count, n, &room,
                                room.replicate + r, replicates);
    }
    for (size_t i = 0; i < n; i++) {
        room.count[i] = 1;
    }
    for (size_t b = 0; status == RIFT_OK && b < blocks; b++) {
        size_t left = n - count_block(room.count, n, b, 0);
        status = measure_sample(x, w, n, measure, n_measure, room.count, left, &room,
                                room.without + b, blocks);
        (void)count_block(room.count, n, b, 1);
    }
    for (size_t k = 0; status == RIFT_OK && k < n_measure; k++) {
        double value = NAN;
        status = measure[k].method->apply(x, w, n, measure[k].order, &value);
        rift_bootstrap_interval(value, room.replicate + k * replicates, replicates,
                                room.without + k * blocks, blocks, how, &out[k]);
    }
    room_free(&room);
    return status;
}
