/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a divide is made of: sources that add up to a whole, the change between two
   years, the gap between two countries. */
#include "divide/divide.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

rift_status rift_shapley(size_t k, double (*value)(const bool *in, void *data),
                         void *data, double *out)
{
    if (k == 0 || k > RIFT_SHAPLEY_LIMIT) {
        return RIFT_ERR_USAGE;
    }
    size_t sets = (size_t)1 << k;
    double *of = calloc(sets, sizeof *of), weight[RIFT_SHAPLEY_LIMIT];
    if (!of) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t s = 0; s < sets; s++) {
        bool in[RIFT_SHAPLEY_LIMIT];
        for (size_t i = 0; i < k; i++) {
            in[i] = s >> i & 1;
        }
        of[s] = value(in, data);
    }
    weight[0] = 1 / (double)k; /* size! (k - size - 1)! / k! of a set without i */
    for (size_t size = 1; size < k; size++) {
        weight[size] = weight[size - 1] * (double)size / (double)(k - size);
    }
    for (size_t i = 0; i < k; i++) {
        out[i] = 0;
        for (size_t s = 0; s < sets; s++) {
            if (!(s >> i & 1)) {
                size_t size = (size_t)__builtin_popcountll(s);
                out[i] += weight[size] * (of[s | (size_t)1 << i] - of[s]);
            }
        }
    }
    free(of);
    return RIFT_OK;
}

/* Covariance with the fractional rank by another variable, ties sharing theirs, over
   the mean: the concentration index. */
rift_status rift_gini_sources(const double *const *source, size_t k, const double *w,
                              size_t n, rift_gini_source *out)
{
    double *total = calloc(n + 1, sizeof *total);
    if (!total) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t s = 0; s < k; s++) {
            total[i] += source[s][i];
        }
    }
    double mean = 0, gini = NAN;
    rift_status status = rift_gini(total, w, n, &gini);
    for (size_t i = 0; i < n; i++) {
        mean += rift_weight_at(w, n, i) * total[i];
    }
    for (size_t s = 0; status == RIFT_OK && s < k; s++) {
        double own = 0, concentration = NAN, own_gini = NAN;
        for (size_t i = 0; i < n; i++) {
            own += rift_weight_at(w, n, i) * source[s][i];
        }
        status = rift_concentration(source[s], total, w, n, &concentration);
        if (status == RIFT_OK) {
            status = rift_gini(source[s], w, n, &own_gini);
        }
        out[s] = (rift_gini_source){.share = own / mean, .gini = own_gini};
        out[s].correlation = own_gini > 0 ? concentration / own_gini : NAN;
        /* what is all zero, or the same everywhere, adds nothing */
        out[s].part = isnan(concentration) ? 0 : out[s].share * concentration;
        out[s].marginal = gini > 0 ? out[s].part / gini - out[s].share : NAN;
    }
    free(total);
    return status;
}

typedef struct change {
    const rift_group_state *from, *to;
    size_t n;
    bool by_total; /**< Theil T: groups weigh by their share of the total */
} change;

/* Theil T or L put together from shares, means and what is within the groups, each of
   which is as it was, or as it became. */
static double put_together(const bool *in, void *data)
{
    const change *c = data;
    double mean = 0, sum = 0, people = 0;
    for (size_t g = 0; g < c->n; g++) {
        double s = (in[0] ? c->to : c->from)[g].share;
        mean += s * (in[1] ? c->to : c->from)[g].mean;
        people += s;
    }
    mean /= people;
    for (size_t g = 0; g < c->n; g++) {
        double s = (in[0] ? c->to : c->from)[g].share / people;
        double m = (in[1] ? c->to : c->from)[g].mean;
        double t = (in[2] ? c->to : c->from)[g].within;
        double weight = c->by_total ? s * m / mean : s;
        double between = c->by_total ? log(m / mean) : log(mean / m);
        sum += s > 0 && weight > 0 ? weight * (t + between) : 0;
    }
    return sum;
}

rift_status rift_split_change(const rift_group_state *from, const rift_group_state *to,
                              size_t n, bool theil_t, rift_change *out)
{
    change c = {from, to, n, theil_t};
    double part[3];
    rift_status status = rift_shapley(3, put_together, &c, part);
    if (status == RIFT_OK) {
        *out = (rift_change){.shares = part[0], .means = part[1], .within = part[2]};
        out->total = part[0] + part[1] + part[2];
    }
    return status;
}

double rift_logarithmic_mean(double a, double b)
{
    if (a == b) {
        return a;
    }
    return a > 0 && b > 0 ? (a - b) / log(a / b) : 0;
}
