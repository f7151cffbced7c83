/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/converge/scale.h"

#include <math.h>

const char *rift_scale_name(rift_scale scale)
{
    static const char *const name[] = {"level", "ln", "logit", "relative"};
    return name[scale];
}

double rift_on_scale(rift_scale scale, double x, double ceiling)
{
    switch (scale) {
    case RIFT_SCALE_LOG:
        return x > 0 ? log(x) : NAN;
    case RIFT_SCALE_LOGIT:
        return x > 0 && x < ceiling ? log(x / (ceiling - x)) : NAN;
    default:
        return x;
    }
}
