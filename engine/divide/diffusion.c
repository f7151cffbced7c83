/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Diffusion: how a technology spreads, as a curve through the years, fitted by least
   squares (Levenberg and Marquardt, GSL) from several starts, the best of which counts.
 */
#include "stats/describe.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>

enum { STEP_LIMIT = 400, FEW = 6 };

typedef struct task {
    const rift_diffusion_model *model;
    const double *t, *y;
    size_t n, p;     /* observations, free parameters */
    double ceiling;  /* NaN: free, the first parameter */
    double scale[3]; /* of the parameters, so that all are near 1 */
    double unit;     /* of residuals: the search ends by sizes that are meant near 1 */
} task;

/* 1 for values of a usual size; else a power of 2 near the largest, which rounds
   nothing. */
static double unit_of(const double *y, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, fabs(y[i]));
    }
    bool usual = most == 0 || (most >= 1e-3 && most <= 1e12);
    return usual ? 1 : ldexp(1, ilogb(most));
}

/** K / (1 + exp(-(t - m) / b)): parameters K, m, b. Verhulst (1838). */
static double logistic(const double *a, double t)
{
    return a[0] / (1 + exp(-(t - a[1]) / a[2]));
}

/** K exp(-exp(-(t - m) / b)): parameters K, m, b; with c = exp(m / b) and g = exp(-1 /
   b) this is K exp(-c g^t). Gompertz (1825). */
static double gompertz(const double *a, double t)
{
    return a[0] * exp(-exp(-(t - a[1]) / a[2]));
}

/** m ((p + q)^2 / p) e / (1 + (q / p) e)^2, e = exp(-(p + q) t): what is added in year
   t by parameters m, p, q. Bass (1969). */
static double bass(const double *a, double t)
{
    double sum = a[1] + a[2], e = exp(-sum * t), below = 1 + a[2] / a[1] * e;
    return a[0] * sum * sum / a[1] * e / (below * below);
}

/* A straight line through (t, z) of those z that exist; false for fewer than two. The
   room for 3 n numbers begins with z. */
static bool line(const double *t, double *z, size_t n, double *at, double *slope)
{
    double *room = z + n, c[3], rest;
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (isfinite(z[i])) {
            room[m] = t[i];
            room[n + m++] = z[i];
        }
    }
    return m > 1 && gsl_fit_linear(room, 1, room + n, 1, m, at, slope, &c[0], &c[1],
                                   &c[2], &rest) == GSL_SUCCESS;
}

/* logit(y / K) is a line in t. */
static bool start_logistic(const double *t, const double *y, size_t n, double ceiling,
                           double *z, double *a)
{
    double at, slope;
    for (size_t i = 0; i < n; i++) {
        z[i] = log(y[i] / (ceiling - y[i]));
    }
    if (!line(t, z, n, &at, &slope) || slope == 0) {
        return false;
    }
    a[0] = ceiling;
    a[1] = -at / slope;
    a[2] = 1 / slope;
    return true;
}

/* -ln(-ln(y / K)) is a line in t. */
static bool start_gompertz(const double *t, const double *y, size_t n, double ceiling,
                           double *z, double *a)
{
    double at, slope;
    for (size_t i = 0; i < n; i++) {
        z[i] = -log(-log(y[i] / ceiling));
    }
    if (!line(t, z, n, &at, &slope) || slope == 0) {
        return false;
    }
    a[0] = ceiling;
    a[1] = -at / slope;
    a[2] = 1 / slope;
    return true;
}

/* y is a quadratic in what was added before: Bass's own least squares. The ceiling is
   taken for m. */
static bool start_bass(const double *t, const double *y, size_t n, double ceiling,
                       double *z, double *a)
{
    (void)t;
    (void)z;
    double total = 0, peak = 0;
    for (size_t i = 0; i < n; i++) {
        total += y[i];
        peak = fmax(peak, y[i]);
    }
    double m = fmax(ceiling, 1.05 * total);
    double sum = 4 * peak / m; /* at the peak m (p + q)^2 / (4 q) is added */
    a[0] = m;
    a[1] = fmax(y[0] / m, 1e-4);
    a[2] = fmax(sum, 1e-2);
    return n > 0 && total > 0;
}

static bool valid_curve(const double *a)
{
    return a[0] > 0 && a[2] != 0;
}

static bool valid_bass(const double *a)
{
    return a[0] > 0 && a[1] > 0 && a[2] > 0;
}

/* Where growth is fastest: m; for Bass ln(q / p) / (p + q). */
static double bend_curve(const double *a)
{
    return a[1];
}

static double bend_bass(const double *a)
{
    return log(a[2] / a[1]) / (a[1] + a[2]);
}

static double reaches_logistic(const double *a, double level)
{
    return level > 0 && level < a[0] ? a[1] + a[2] * log(level / (a[0] - level)) : NAN;
}

static double reaches_gompertz(const double *a, double level)
{
    return level > 0 && level < a[0] ? a[1] - a[2] * log(log(a[0] / level)) : NAN;
}

const rift_diffusion_model rift_diffusion_models[] = {
    {"logistic",
     "S-curve, symmetric about its middle",
     "Verhulst (1838)",
     {"K", "m", "b"},
     logistic,
     start_logistic,
     valid_curve,
     bend_curve,
     reaches_logistic},
    {"gompertz",
     "S-curve with an early inflection, at K / e",
     "Gompertz (1825)",
     {"K", "m", "b"},
     gompertz,
     start_gompertz,
     valid_curve,
     bend_curve,
     reaches_gompertz},
    {"bass",
     "yearly additions by innovators and imitators",
     "Bass (1969)",
     {"m", "p", "q"},
     bass,
     start_bass,
     valid_bass,
     bend_bass,
     NULL},
};
const size_t rift_n_diffusion_models =
    sizeof rift_diffusion_models / sizeof *rift_diffusion_models;

/* All parameters from the free ones. */
static void unpack(const task *task, const gsl_vector *x, double *a)
{
    size_t fixed = 3 - task->p;
    a[0] = task->ceiling;
    for (size_t i = 0; i < task->p; i++) {
        a[fixed + i] = gsl_vector_get(x, i) * task->scale[fixed + i];
    }
}

static int residuals(const gsl_vector *x, void *data, gsl_vector *f)
{
    const task *task = data;
    double a[3];
    unpack(task, x, a);
    for (size_t i = 0; i < task->n; i++) {
        double gap = (task->model->value(a, task->t[i]) - task->y[i]) / task->unit;
        gsl_vector_set(f, i, isfinite(gap) ? gap : 1e100);
    }
    return GSL_SUCCESS;
}

/* What a converged search found, if it is better than what there is. */
static rift_status keep(const task *task, gsl_multifit_nlinear_workspace *work,
                        bool converged, rift_diffusion *best)
{
    double a[3], rss = 0;
    unpack(task, gsl_multifit_nlinear_position(work), a);
    gsl_blas_ddot(gsl_multifit_nlinear_residual(work),
                  gsl_multifit_nlinear_residual(work), &rss);
    bool better = isfinite(rss) && (isnan(best->rss) || rss < best->rss);
    double all = 0;
    for (size_t i = 0; i < task->n; i++) {
        all += task->y[i] / task->unit * (task->y[i] / task->unit);
    }
    converged = converged || rss < 1e-24 * all; /* it was exact from the start */
    if (!converged || !better || !task->model->valid(a)) {
        return RIFT_OK;
    }
    gsl_matrix *cov = gsl_matrix_alloc(task->p, task->p);
    if (!cov) {
        return RIFT_ERR_MEMORY;
    }
    gsl_multifit_nlinear_covar(gsl_multifit_nlinear_jac(work), 0, cov);
    double variance = rss / (double)(task->n - task->p);
    size_t fixed = 3 - task->p;
    for (size_t i = 0; i < 3; i++) {
        best->parameter[i] = a[i];
        best->error[i] =
            i < fixed ? 0
                      : fabs(task->scale[i]) *
                            sqrt(gsl_matrix_get(cov, i - fixed, i - fixed) * variance);
    }
    for (size_t i = 0; i < 9; i++) {
        size_t r = i / 3, c = i % 3;
        bool free_both = r >= fixed && c >= fixed;
        best->covariance[i] = free_both ? gsl_matrix_get(cov, r - fixed, c - fixed) *
                                              variance * task->scale[r] * task->scale[c]
                                        : 0;
    }
    gsl_matrix_free(cov);
    best->rss = rss;
    return RIFT_OK;
}

static rift_status search(task *task, const double *start, rift_diffusion *best)
{
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    how.fdtype = GSL_MULTIFIT_NLINEAR_CTRDIFF;
    how.h_df = 6e-6; /* the cube root of the precision, for central differences */
    gsl_multifit_nlinear_fdf system = {
        .f = residuals, .n = task->n, .p = task->p, .params = task};
    gsl_multifit_nlinear_workspace *work =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, task->n, task->p);
    gsl_vector *x = gsl_vector_alloc(task->p);
    rift_status status = work && x ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; status == RIFT_OK && i < 3; i++) {
        task->scale[i] = start[i] != 0 ? start[i] : 1;
        if (i >= 3 - task->p) {
            gsl_vector_set(x, i - (3 - task->p), start[i] / task->scale[i]);
        }
    }
    int info = 0;
    if (status == RIFT_OK &&
        gsl_multifit_nlinear_init(x, &system, work) == GSL_SUCCESS) {
        int code = gsl_multifit_nlinear_driver(STEP_LIMIT, 1e-12, 1e-16, 0, NULL, NULL,
                                               &info, work);
        /* no further progress at a point that fits is as good as convergence */
        status = keep(task, work, code == GSL_SUCCESS || code == GSL_ENOPROG, best);
    }
    if (work) {
        gsl_multifit_nlinear_free(work);
    }
    gsl_vector_free(x);
    return status;
}

const char *rift_diffusion_refusal_text(rift_diffusion_refusal why)
{
    switch (why) {
    case RIFT_DIFFUSION_FITTED:
        return "fitted";
    case RIFT_DIFFUSION_FEW:
        return "fewer than six values";
    case RIFT_DIFFUSION_LOST:
        return "no curve of this kind fits";
    case RIFT_DIFFUSION_NO_INFLECTION:
        return "the inflection lies after the last observation";
    }
    return "unknown";
}

/* Akaike's criterion with the correction for few values; sigma is a parameter too.
   Hurvich and Tsai (1989). */
static double aicc(double rss, size_t n, size_t p)
{
    double k = (double)p + 1, m = (double)n;
    return m - k - 1 > 0 ? m * log(rss / m) + 2 * k + 2 * k * (k + 1) / (m - k - 1)
                         : NAN;
}

static rift_diffusion nothing_found(size_t n)
{
    return (rift_diffusion){.rss = NAN,
                            .aicc = NAN,
                            .inflection = NAN,
                            .n = n,
                            .parameter = {NAN, NAN, NAN},
                            .error = {NAN, NAN, NAN},
                            .refusal =
                                n < FEW ? RIFT_DIFFUSION_FEW : RIFT_DIFFUSION_LOST};
}

/* What follows from the parameters found, if any. */
static void finish(const task *task, rift_diffusion *best)
{
    if (!isnan(best->rss)) {
        best->rss *= task->unit * task->unit;
        best->aicc = aicc(best->rss, task->n, task->p);
        best->inflection = task->model->inflection(best->parameter);
        best->refusal = best->inflection > task->t[task->n - 1]
                            ? RIFT_DIFFUSION_NO_INFLECTION
                            : RIFT_DIFFUSION_FITTED;
    }
}

rift_status rift_diffusion_fit(const rift_diffusion_model *model, const double *t,
                               const double *y, size_t n, double ceiling,
                               rift_diffusion *fit)
{
    static const double above[] = {1.005, 1.05, 1.2, 1.6, 2.5, 5};
    rift_diffusion best = nothing_found(n);
    task task = {.model = model,
                 .t = t,
                 .y = y,
                 .n = n,
                 .ceiling = ceiling,
                 .unit = unit_of(y, n),
                 .p = isnan(ceiling) ? 3 : 2};
    double *room = calloc(3 * n + 1, sizeof *room), most = 0;
    rift_status status = room ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < n; i++) {
        most = fmax(most, y[i]);
    }
    bool fixed = !isnan(ceiling);
    for (size_t k = 0; n >= FEW && status == RIFT_OK &&
                       k < (fixed ? 1 : sizeof above / sizeof *above);
         k++) {
        double start[3], from = fixed ? ceiling : above[k] * most;
        if (model->start(t, y, n, from, room, start)) {
            status = search(&task, start, &best);
        }
    }
    free(room);
    finish(&task, &best);
    *fit = best;
    return status;
}

rift_status rift_diffusion_refit(const rift_diffusion_model *model, const double *t,
                                 const double *y, size_t n, double ceiling,
                                 const double start[3], rift_diffusion *fit)
{
    rift_diffusion best = nothing_found(n);
    task task = {.model = model,
                 .t = t,
                 .y = y,
                 .n = n,
                 .ceiling = ceiling,
                 .unit = unit_of(y, n),
                 .p = isnan(ceiling) ? 3 : 2};
    rift_status status = n >= FEW ? search(&task, start, &best) : RIFT_OK;
    finish(&task, &best);
    *fit = best;
    return status;
}
