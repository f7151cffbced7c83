/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the numbers of a divide stand. */
#ifndef RIFT_DIVIDE_DIVIDE_H
#define RIFT_DIVIDE_DIVIDE_H

#include "core/text.h"
#include "rift.h"

/** Offset of [outer][weight][variable][year]; outer is a measure, grouping or group. */
static inline size_t rift_divide_at(const rift_divide *divide, size_t outer,
                                    rift_unit_weight how, size_t variable, size_t year)
{
    return ((2 * outer + (size_t)how) * divide->n_variable + variable) *
               divide->n_year +
           year;
}

/** Append that a measure is unknown, and which was meant; of one whose numbers are out
    of range, which they may be. */
void rift_measure_unknown(const char *name, rift_text *out);

/** Row of a measure by its name, or -1. */
int rift_divide_measure(const rift_divide *divide, const char *name);

/* Those below a line, of n ascending values; weights sum to 1, NULL: equal. Whoever is
   on the line is not below it. 0 where nobody is; NaN for n 0. */

/** sum over x < z of w ((z - x) / z)^a: the share below the line (a 0), their mean gap
   (1), its severity (2). Foster, Greer and Thorbecke (1984). */
double rift_foster_greer_thorbecke(const double *x, const double *w, size_t n,
                                   double aversion, double line);
/** sum over x < z of w ln(z / x), of values above 0, else NaN. Watts (1968). */
double rift_watts(const double *x, const double *w, size_t n, double line);
/** H (I + (1 - I) G): share below the line, their mean gap, their Gini coefficient; the
    limit for many of the index of Sen (1976), which does not change where each is there
    twice. NaN with values below 0. */
double rift_sen(const double *x, const double *w, size_t n, double line);

/** (1 / a) ln sum w exp(a (mean - x)): absolute inequality, in the unit of the values,
   for n ascending ones of any sign. Kolm (1976). NaN for n 0. */
double rift_kolm(const double *x, const double *w, size_t n, double aversion);

#endif
