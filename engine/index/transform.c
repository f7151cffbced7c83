/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transformations of a value before it is normalised. Goalposts pass through the same
   function, so that a score is 0 and 100 exactly at its goalposts. */
#include "rift.h"
#include "rift/method.h"

#include <math.h>

static double same(double x)
{
    return x;
}

static double log_natural(double x)
{
    return x > 0 ? log(x) : NAN;
}

static double log_one_more(double x)
{
    return x > -1 ? log1p(x) : NAN;
}

static double log_decimal(double x)
{
    return x > 0 ? log10(x) : NAN;
}

static double square_root(double x)
{
    return x >= 0 ? sqrt(x) : NAN;
}

/* Parity of two groups: 1 where both are equal, whichever is ahead. */
static double parity(double x)
{
    return x > 0 ? fmin(x, 1 / x) : NAN;
}

double rift_transform(const rift_transformations_of *how, double x)
{
    for (size_t i = 0; i < how->n; i++) {
        x = how->step[i]->apply(x); /* comparisons with NaN are false: it stays */
    }
    return x;
}

const rift_transformation rift_transformations[] = {
    {"none", "the value itself", "-", same},
    {"log", "natural logarithm; values <= 0 become missing", "OECD/JRC (2008), step 5",
     log_natural},
    {"log1p", "ln(x + 1), for counts and traffic that start at 0",
     "ITU, The ICT Development Index 2024, annex 1", log_one_more},
    {"log10", "decimal logarithm; values <= 0 become missing",
     "ITU, Measuring the Information Society 2011, annex 1", log_decimal},
    {"sqrt", "square root; values < 0 become missing", "OECD/JRC (2008), step 5",
     square_root},
    {"parity", "min(x, 1/x) of a ratio, 1 at parity", "UNESCO, adjusted parity index",
     parity},
};
const size_t rift_n_transformations =
    sizeof rift_transformations / sizeof *rift_transformations;
