/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a fitted curve says, and how surely: values, and years in which it reaches them.
 */
#include "rift.h"

#include <math.h>

/* A value of a curve, or the year in which it has it. */
typedef double (*of_curve)(const double *parameter, double at);

/* Standard error of what a function makes of the parameters, by the delta method. */
static double delta_error(of_curve of, const rift_diffusion *fit, double at)
{
    double gradient[3], variance = 0;
    for (size_t i = 0; i < 3; i++) {
        double a[3], step = 1e-6 * fmax(fabs(fit->parameter[i]), 1e-6);
        for (size_t k = 0; k < 3; k++) {
            a[k] = fit->parameter[k] + (k == i ? step : 0);
        }
        double up = of(a, at);
        a[i] -= 2 * step;
        gradient[i] = (up - of(a, at)) / (2 * step);
    }
    for (size_t i = 0; i < 9; i++) { /* what is given has no variance, nor a say */
        double part = fit->covariance[i];
        variance += part != 0 ? gradient[i / 3] * part * gradient[i % 3] : 0;
    }
    return sqrt(variance);
}

double rift_diffusion_reaches(const rift_diffusion_model *model,
                              const rift_diffusion *fit, double level, double *error)
{
    bool has = model->reaches && !isnan(fit->rss);
    *error = has ? delta_error(model->reaches, fit, level) : NAN;
    return has ? model->reaches(fit->parameter, level) : NAN;
}

double rift_diffusion_value(const rift_diffusion_model *model,
                            const rift_diffusion *fit, double t, double *error)
{
    bool has = !isnan(fit->rss);
    *error = has ? delta_error(model->value, fit, t) : NAN;
    return has ? model->value(fit->parameter, t) : NAN;
}
