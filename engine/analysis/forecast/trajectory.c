/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paths that forecasts start from, and the curves through them. */
#include "analysis/forecast/forecast.h"

#include "stats/random.h"

#include <math.h>
#include <stdlib.h>

bool rift_trajectory_make(const rift_scope *q, rift_trajectory *path)
{
    size_t n = q->result->panel.n_year;
    path->n = 0;
    path->year = calloc(2 * n + 1, sizeof *path->year);
    path->y = path->year ? path->year + n : NULL;
    return path->year != NULL;
}

void rift_trajectory_free(rift_trajectory *path)
{
    free(path->year);
    *path = (rift_trajectory){0};
}

static const double *values_of(const rift_variable *v)
{
    return v->observed ? v->observed : v->value;
}

void rift_trajectory_country(const rift_scope *q, const rift_variable *v,
                             size_t country, rift_trajectory *path)
{
    size_t n_country = q->result->panel.n_country;
    path->n = 0;
    for (size_t t = q->first; t <= q->last; t++) {
        double x = values_of(v)[t * n_country + country];
        if (!isnan(x)) {
            path->year[path->n] = rift_year_of(q, t);
            path->y[path->n++] = x;
        }
    }
}

/* Add a country's values from `first` to `last`, gaps closed, to sums over its group.
 */
static void add_country(const rift_scope *q, const double *value, size_t c,
                        size_t first, size_t last, double *sum, double *weight)
{
    size_t n_country = q->result->panel.n_country, after = first;
    for (size_t t = first; t <= last; t++) {
        double x = value[t * n_country + c],
               w = q->people ? rift_people_held(q, t, c) : 1;
        if (isnan(x)) {
            size_t before = t - 1; /* of the last value, for gaps are closed in order */
            while (isnan(value[before * n_country + c])) {
                before--;
            }
            for (after = t; isnan(value[after * n_country + c]);) {
                after++;
            }
            double from = value[before * n_country + c];
            double share = (double)(t - before) / (double)(after - before);
            x = from + share * (value[after * n_country + c] - from);
        }
        if (w > 0) {
            sum[t] += w * x;
            weight[t] += w;
        }
    }
}

rift_status rift_trajectory_group(const rift_scope *q, const rift_variable *v,
                                  const int32_t *of, int32_t member,
                                  rift_trajectory *path)
{
    size_t n_country = q->result->panel.n_country, first, last;
    const double *value = values_of(v);
    path->n = 0;
    if (!rift_span(q, value, &first, &last)) {
        return RIFT_OK;
    }
    size_t n_year = q->result->panel.n_year;
    uint8_t *keep = calloc(n_country + 1, 1);
    double *sum = calloc(2 * n_year + 1, sizeof *sum);
    rift_coverage coverage = {0};
    if (!keep || !sum) {
        free(keep);
        free(sum);
        return RIFT_ERR_MEMORY;
    }
    rift_keep_both(q, value, first, last, false, false, keep);
    for (size_t c = 0; c < n_country; c++) {
        if (of && of[c] != member) {
            continue;
        }
        rift_coverage_add(q, last, c, keep[c], &coverage);
        if (keep[c]) {
            add_country(q, value, c, first, last, sum, sum + n_year);
        }
    }
    bool enough = rift_coverage_enough(q, &coverage);
    for (size_t t = first; enough && t <= last; t++) {
        if (sum[n_year + t] > 0) {
            path->year[path->n] = rift_year_of(q, t);
            path->y[path->n++] = sum[t] / sum[n_year + t];
        }
    }
    free(keep);
    free(sum);
    return RIFT_OK;
}

rift_status rift_trajectory_curve(const rift_trajectory *path, double ceiling,
                                  rift_diffusion fit[RIFT_CURVES], int *best)
{
    rift_status status = RIFT_OK;
    *best = -1;
    for (int k = 0; k < RIFT_CURVES && status == RIFT_OK; k++) {
        status = rift_diffusion_fit(&rift_diffusion_models[k], path->year, path->y,
                                    path->n, ceiling, &fit[k]);
        bool fits = status == RIFT_OK && fit[k].refusal == RIFT_DIFFUSION_FITTED;
        if (fits && (*best < 0 || fit[k].aicc < fit[*best].aicc)) {
            *best = k;
        }
    }
    return status;
}

rift_ceilings rift_ceilings_of(const rift_scope *q, const rift_variable *v)
{
    double value = isnan(q->ceiling) ? v->ceiling : q->ceiling;
    return (rift_ceilings){value, q->ceiling_free ? NAN : value};
}

bool rift_target_of(const rift_scope *q, const rift_variable *v, double *ceiling,
                    double *target)
{
    rift_ceilings ceilings = rift_ceilings_of(q, v);
    *ceiling = ceilings.curve;
    *target = isnan(q->target) ? 0.95 * ceilings.value : q->target;
    return v->main && v->polarity > 0 && !isnan(*target) &&
           !(*target >= ceilings.value);
}

rift_status rift_trajectory_redraw(const rift_trajectory *path, int curve,
                                   const rift_diffusion *fit, double ceiling,
                                   uint64_t seed, uint64_t stream, double *y,
                                   uint32_t *word, rift_diffusion *out)
{
    const rift_diffusion_model *model = &rift_diffusion_models[curve];
    double swell = sqrt((double)path->n / ((double)path->n - (isnan(ceiling) ? 3 : 2)));
    rift_random_words(seed, stream, word, path->n);
    for (size_t i = 0; i < path->n; i++) { /* residuals are smaller than errors */
        size_t k = rift_random_index(word[i], path->n);
        double residual = path->y[k] - model->value(fit->parameter, path->year[k]);
        y[i] = model->value(fit->parameter, path->year[i]) + swell * residual;
    }
    return rift_diffusion_refit(model, path->year, y, path->n, ceiling, fit->parameter,
                                out);
}
