/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When one path reaches a target: the better curve through it, and how surely. */
#include "analysis/forecast/arrival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool rift_arrival_room_make(const rift_scope *q, rift_arrival_room *room)
{
    size_t n = q->result->panel.n_year;
    room->y = calloc(n + 1, sizeof *room->y);
    room->word = calloc(2 * n + 2, sizeof *room->word);
    room->when = calloc(q->replicates + 1, sizeof *room->when);
    return rift_trajectory_make(q, &room->path) && room->y && room->word && room->when;
}

void rift_arrival_room_free(rift_arrival_room *room)
{
    rift_trajectory_free(&room->path);
    free(room->y);
    free(room->word);
    free(room->when);
}

/* In how many years after the last value a target counts as never reached: a curve that
   is all but flat reaches it in millions. */
enum { NEVER_YEARS = 1000 };

/* When a curve comes up to the target: never is infinity, where it ends below it, falls
   or is all but flat, and where no curve was found. */
static double comes_up(const rift_trajectory *path, int model,
                       const rift_diffusion *curve, double target)
{
    double error, when = rift_diffusion_reaches(&rift_diffusion_models[model], curve,
                                                target, &error);
    bool rises = curve->parameter[2] > 0;
    bool never = !rises || !(when <= path->year[path->n - 1] + NEVER_YEARS);
    return never ? INFINITY : when;
}

/* The ends of an interval as years: none before the last value, which was below the
   target, and no number for never. */
static void put_years(const rift_trajectory *path, double low, double high,
                      double *low_out, double *high_out)
{
    double last = path->year[path->n - 1];
    *low_out = low <= last + NEVER_YEARS ? fmax(low, last) : NAN;
    *high_out = high <= last + NEVER_YEARS ? fmax(high, last) : NAN;
}

/* Ends of the interval of a year from resampled years, ascending, never being infinite.
   Percentile ends are the order statistics themselves; basic ones mirror them, normal
   ones are made of all, so neither exists where a year that it takes is infinite. */
static void put_ends(const rift_scope *q, const rift_trajectory *path,
                     const double *when, size_t n, rift_arrival *out)
{
    size_t low = (size_t)(0.025 * (double)n), high = n - 1 - low;
    double ends[2] = {when[low], when[high]};
    const char *kind = q->options->intervals;
    bool basic = kind && strcmp(kind, "basic") == 0;
    bool normal = kind && strcmp(kind, "normal") == 0;
    out->undefined = (basic && isinf(when[high])) || (normal && isinf(when[n - 1]));
    if (out->undefined) {
        return;
    }
    if (basic) {
        ends[0] = 2 * out->when - when[high];
        ends[1] = 2 * out->when - when[low];
    } else if (normal) {
        double mean = rift_mean(when, n), count = (double)n;
        double se = rift_sd_population(when, n) * sqrt(count / (count - 1));
        ends[0] = 2 * out->when - mean - 1.959963984540054 * se;
        ends[1] = 2 * out->when - mean + 1.959963984540054 * se;
    }
    put_years(path, ends[0], ends[1], &out->boot_low, &out->boot_high);
}

/* Interval of the year, curves that never reach it counting as never. */
static rift_status redraw(const rift_scope *q, rift_arrival_room *room, int best,
                          double ceiling, double target, uint64_t stream,
                          rift_arrival *out)
{
    rift_status status = RIFT_OK;
    size_t n = 0, never = 0;
    for (size_t r = 0; status == RIFT_OK && r < q->replicates; r++) {
        rift_diffusion again;
        status = rift_trajectory_redraw(&room->path, best, &out->fit, ceiling, q->seed,
                                        stream * q->replicates + r, room->y, room->word,
                                        &again);
        room->when[n] = comes_up(&room->path, best, &again, target);
        never += isinf(room->when[n++]) != 0;
    }
    rift_sort(room->when, n);
    if (status == RIFT_OK && n > 20) {
        out->never_share = (double)never / (double)n;
        put_ends(q, &room->path, room->when, n, out);
    }
    return status;
}

/* When a path first was at the target, by a straight line between two of its years. */
static double crossing(const rift_trajectory *path, double target, bool *before)
{
    size_t k = 0;
    while (path->y[k] < target) {
        k++;
    }
    *before = k == 0;
    if (k == 0) {
        return path->year[0];
    }
    double share = (target - path->y[k - 1]) / (path->y[k] - path->y[k - 1]);
    return path->year[k - 1] + share * (path->year[k] - path->year[k - 1]);
}

/* A ceiling estimated below the target: whether the target is out of reach for sure. It
   is not where the ceiling's 95 % interval holds it, or has no end, nor where the last
   value is above that ceiling. */
static const char *ends_below(const rift_trajectory *path, const rift_diffusion *fit,
                              double target)
{
    if (path->y[path->n - 1] > fit->parameter[0]) {
        return "no forecast: the last value lies above the curve's ceiling";
    }
    return fit->parameter[0] + 1.96 * fit->error[0] < target
               ? "never: the curve ends below the target"
               : "no forecast: the ceiling may lie above the target or below";
}

/* Why a fitted curve gives no year in which the target, which the last value is below,
   is reached; NULL where it does. */
static const char *why_never(const rift_trajectory *path, int model,
                             const rift_diffusion *fit, double target)
{
    const rift_diffusion_model *curve = &rift_diffusion_models[model];
    if (curve->value(fit->parameter, path->year[path->n - 1]) >= target) {
        return "no forecast: the curve lies above the last values";
    }
    if (!(fit->parameter[2] > 0)) {
        return "never: the curve falls";
    }
    if (!(fit->parameter[0] > target)) {
        return ends_below(path, fit, target);
    }
    return isinf(comes_up(path, model, fit, target))
               ? "never: the curve needs more than 1,000 years"
               : NULL;
}

/* An arrival of which nothing is known yet; whether it is reached already. */
static bool begin(const rift_trajectory *path, double target, rift_arrival *out)
{
    *out = (rift_arrival){.when = NAN,
                          .low = NAN,
                          .high = NAN,
                          .boot_low = NAN,
                          .boot_high = NAN,
                          .never_share = NAN,
                          .model = "",
                          .kind = "forecast"};
    bool reached = path->y[path->n - 1] >= target, before;
    if (reached) {
        out->when = crossing(path, target, &before);
        out->kind = before ? "reached before" : "reached";
    }
    return reached;
}

rift_status rift_arrive(const rift_scope *q, rift_arrival_room *room, double ceiling,
                        double target, uint64_t stream, rift_arrival *out)
{
    const rift_trajectory *path = &room->path;
    rift_diffusion fit[RIFT_CURVES];
    int best;
    if (begin(path, target, out)) {
        return RIFT_OK;
    }
    rift_status status = rift_trajectory_curve(path, ceiling, fit, &best);
    if (status != RIFT_OK || best < 0) {
        for (int k = 0; k < RIFT_CURVES;
             k++) { /* that of the curve that came furthest */
            out->refusal =
                fit[k].refusal > out->refusal ? fit[k].refusal : out->refusal;
        }
        out->kind = "no forecast";
        return status;
    }
    double error;
    const rift_diffusion_model *curve = &rift_diffusion_models[best];
    out->fit = fit[best];
    out->drawn = true;
    out->model = curve->name;
    const char *why = why_never(path, best, &fit[best], target);
    if (why) {
        out->kind = why;
        return RIFT_OK;
    }
    out->when = rift_diffusion_reaches(curve, &fit[best], target, &error);
    if (!isnan(error)) {
        put_years(path, out->when - 1.96 * error, out->when + 1.96 * error, &out->low,
                  &out->high);
    }
    return redraw(q, room, best, ceiling, target, stream, out);
}

/* Years ahead, whole ones; as many as are looked at where there is no year. */
static size_t years_ahead(double from, double to)
{
    return isnan(to) ? RIFT_POOL_FAR : (size_t)fmax(1, ceil(to - from));
}

/* The range of a forecast, where ranges as far ahead were tested and held. Further
   ahead than could be tested there is no range, but for an earlier end that is not. */
static void put_range(const rift_scope *q, const rift_outlook *outlook, double from,
                      double low, double high, rift_arrival *out)
{
    const rift_held *held = outlook->held;
    out->ahead = years_ahead(from, out->when);
    out->tested = rift_held_tested(held, out->ahead);
    out->held = out->tested > 0 ? &held[out->tested - 1] : NULL;
    bool enough = rift_held_enough(held, out->ahead);
    bool beyond = out->tested < out->ahead;
    size_t early = years_ahead(from, low), late = years_ahead(from, high);
    out->late_untested =
        beyond || (!isnan(high) && rift_held_tested(held, late) < late);
    if (enough && (!beyond || rift_held_tested(held, early) == early)) {
        out->low = fmax(low, rift_year_of(q, q->last));
        out->high = out->late_untested ? NAN : high;
    } else if (!isnan(out->when)) {
        out->kind = !out->held || enough
                        ? RIFT_ARRIVAL_UNTESTED
                        : "forecast without a range: too few of those in the past held";
    }
    if (isnan(out->when)) {
        out->kind = RIFT_ARRIVAL_LATER;
    }
}

void rift_arrive_pooled(const rift_scope *q, const rift_outlook *outlook, size_t unit,
                        const rift_trajectory *path, double target, rift_arrival *out)
{
    if (begin(path, target, out)) {
        return;
    }
    const rift_pool *pool = &outlook->pool;
    if (!pool->y) {
        out->kind = "no forecast: there are values below 0";
        return;
    }
    if (pool->last[unit] >= pool->n_year) {
        out->kind = "no forecast: fewer than five values";
        return;
    }
    double when, low, high;
    rift_outlook_reaches(outlook, unit, target, &when, &low, &high);
    out->model = "combined";
    if (when <= rift_year_of(q, q->last)) {
        out->kind = "no forecast: it may be there already, for its last value is old";
        return;
    }
    out->when = when;
    put_range(q, outlook, path->year[path->n - 1], low, high, out);
}
