/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The curves themselves: parameters of every model, and fans of paths to come. */
#include "analysis/forecast/forecast.h"

#include "stats/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAN_YEARS = 15, FAN_LINES = 5, FAN_PATHS = 500 };

static void put_curve(const rift_variable *v, const char *country, const char *model,
                      const rift_diffusion *fit, rift_table *table)
{
    rift_scope_row(table, "tttnnnnnnnnnnt", v->code, country, model, (double)fit->n,
                   fit->parameter[0], fit->error[0], fit->parameter[1], fit->error[1],
                   fit->parameter[2], fit->error[2], fit->bend, fit->rss, fit->aicc,
                   rift_diffusion_refusal_text(fit->refusal));
}

/* What each year added, in the run of years without a gap up to the last; t = 1, 2. */
static size_t additions(const rift_trajectory *path, double *t, double *y)
{
    size_t first = path->n > 0 ? path->n - 1 : 0, n = 0;
    while (first > 0 && path->year[first] - path->year[first - 1] == 1) {
        first--;
    }
    for (size_t i = first + 1; i < path->n; i++) {
        t[n] = (double)(i - first);
        y[n++] = path->y[i] - path->y[i - 1];
    }
    return n;
}

static rift_status curves_of(const rift_scope *q, const rift_variable *v, size_t c,
                             rift_trajectory *path, double *room, rift_table *table,
                             size_t count[RIFT_CURVES + 1])
{
    double ceiling = isnan(q->ceiling) ? v->ceiling : q->ceiling;
    rift_diffusion fit[RIFT_CURVES + 1];
    int best;
    const char *country = q->result->panel.country[c];
    rift_trajectory_country(q, v, c, path);
    if (path->n == 0) {
        return RIFT_OK;
    }
    rift_status status = rift_trajectory_curve(path, ceiling, fit, &best);
    size_t n = additions(path, room, room + path->n);
    if (status == RIFT_OK) {
        status = rift_diffusion_fit(&rift_diffusion_models[RIFT_CURVES], room,
                                    room + path->n, n, NAN, &fit[RIFT_CURVES]);
    }
    for (int k = 0; status == RIFT_OK && k <= RIFT_CURVES; k++) {
        put_curve(v, country, rift_diffusion_models[k].name, &fit[k], table);
    }
    if (status == RIFT_OK) {
        count[best < 0 ? RIFT_CURVES : best]++;
    }
    return status;
}

RIFT_ANALYSIS(curves)
{
    rift_trajectory path;
    rift_scope_columns(table, "node:t country:t curve:t n:n0 p1:n4 se1:n4 p2:n4 "
                              "se2:n4 p3:n4 se3:n4 bend:n1 rss:n3 aicc:n1 verdict:t");
    double *room = calloc(2 * q->result->panel.n_year + 1, sizeof *room);
    bool good = rift_trajectory_make(q, &path) && room;
    rift_status status = good ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t count[RIFT_CURVES + 1] = {0};
        if (!v->main || v->polarity < 0) {
            continue;
        }
        for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
            if (rift_table_wants(&q->choice, c)) {
                status = curves_of(q, v, c, &path, room, table, count);
            }
        }
        rift_text_format(verdict,
                         "%s: the logistic is the better curve in %zu countries, the "
                         "Gompertz in %zu; in %zu neither may be drawn on.\n",
                         v->name, count[0], count[1], count[2]);
    }
    rift_trajectory_free(&path);
    free(room);
    rift_text_put(verdict, "Logistic and Gompertz are of levels: K, middle or bend, "
                           "width. Bass is of what each year added: m, p, q; its AICc "
                           "is not to be compared with theirs.");
    return status;
}

/* Paths drawn again, and the room for them: [year][replicate]. */
typedef struct fan_room {
    rift_trajectory path;
    double *y, *drawn;
    uint32_t *word;
} fan_room;

static bool fan_make(const rift_scope *q, fan_room *room)
{
    size_t n = q->result->panel.n_year;
    room->y = calloc(n + 1, sizeof *room->y);
    room->word = calloc(2 * (n + FAN_YEARS) + 2, sizeof *room->word);
    room->drawn = calloc(FAN_YEARS * q->replicates + 1, sizeof *room->drawn);
    return rift_trajectory_make(q, &room->path) && room->y && room->word && room->drawn;
}

static void fan_free(fan_room *room)
{
    rift_trajectory_free(&room->path);
    free(room->y);
    free(room->word);
    free(room->drawn);
}

/* Each path: a curve fitted to values drawn again, and residuals of its own around it.
 */
static rift_status draw_fan(const rift_scope *q, int best, const rift_diffusion *fit,
                            double ceiling, fan_room *room)
{
    const rift_diffusion_model *model = &rift_diffusion_models[best];
    const rift_trajectory *path = &room->path;
    double last = path->year[path->n - 1];
    rift_status status = RIFT_OK;
    for (size_t r = 0; status == RIFT_OK && r < q->replicates; r++) {
        rift_diffusion again;
        status = rift_trajectory_redraw(path, best, fit, ceiling, q->seed, r, room->y,
                                        room->word, &again);
        const double *a = isnan(again.rss) ? fit->parameter : again.parameter;
        rift_random_words(q->seed, q->replicates + r, room->word, FAN_YEARS);
        for (size_t k = 0; k < FAN_YEARS; k++) {
            size_t i = rift_random_index(room->word[k], path->n);
            double residual = path->y[i] - model->value(fit->parameter, path->year[i]);
            double x = model->value(a, last + 1 + (double)k) + residual;
            x = fmax(0, isnan(ceiling) ? x : fmin(x, ceiling));
            room->drawn[k * q->replicates + r] = x;
        }
    }
    return status;
}

static void put_fan(const rift_scope *q, const rift_variable *v, const char *who,
                    const rift_diffusion_model *model, const rift_diffusion *fit,
                    fan_room *room, rift_table *table)
{
    static const double line[FAN_LINES] = {0.025, 0.25, 0.5, 0.75, 0.975};
    const rift_trajectory *path = &room->path;
    for (size_t i = 0; i < path->n; i++) {
        rift_scope_row(table, "ttnttnnnnnnn", v->code, who, path->year[i], "past",
                       model->name, path->y[i],
                       model->value(fit->parameter, path->year[i]), NAN, NAN, NAN, NAN,
                       NAN);
    }
    for (size_t k = 0; k < FAN_YEARS; k++) {
        double *x = room->drawn + k * q->replicates, at[FAN_LINES];
        double year = path->year[path->n - 1] + 1 + (double)k;
        rift_sort(x, q->replicates);
        for (int j = 0; j < FAN_LINES; j++) {
            at[j] = rift_quantile_sorted(x, q->replicates, line[j]);
        }
        rift_scope_row(table, "ttnttnnnnnnn", v->code, who, year, "to come",
                       model->name, NAN, model->value(fit->parameter, year), at[0],
                       at[1], at[2], at[3], at[4]);
    }
}

static rift_status fan_of(const rift_scope *q, const rift_variable *v, const char *who,
                          fan_room *room, rift_table *table)
{
    double ceiling = isnan(q->ceiling) ? v->ceiling : q->ceiling;
    rift_diffusion fit[RIFT_CURVES];
    int best = -1;
    rift_status status = room->path.n > 0
                             ? rift_trajectory_curve(&room->path, ceiling, fit, &best)
                             : RIFT_OK;
    if (status == RIFT_OK && best >= 0) {
        status = draw_fan(q, best, &fit[best], ceiling, room);
        if (status == RIFT_OK) {
            put_fan(q, v, who, &rift_diffusion_models[best], &fit[best], room, table);
        }
    }
    return status;
}

/* The world and every group asked for; countries only where they are named, for a fan
   of two hundred is nothing to look at. */
rift_status rift_analyse_fan(const rift_scope *asked, rift_table *table,
                             rift_text *verdict)
{
    fan_room room = {0};
    rift_scope more = *asked;
    const rift_scope *q = &more;
    more.replicates = more.replicates < FAN_PATHS ? FAN_PATHS : more.replicates;
    const rift_groups *groups = &q->result->groups;
    rift_scope_columns(table, "node:t who:t year:n0 part:t curve:t value:n2 "
                              "fitted:n2 p2_5:n2 p25:n2 p50:n2 p75:n2 p97_5:n2");
    rift_status status = fan_make(q, &room) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        if (!v->main || v->polarity < 0 || status != RIFT_OK) {
            continue;
        }
        status = rift_trajectory_group(q, v, NULL, 0, &room.path);
        status = status == RIFT_OK ? fan_of(q, v, "world", &room, table) : status;
        for (size_t k = 0; k < q->n_by; k++) {
            const int32_t *of = rift_groups_of_row(groups, q->by[k], q->last);
            for (size_t g = 0; status == RIFT_OK && g < groups->n_group[q->by[k]];
                 g++) {
                status = rift_trajectory_group(q, v, of, (int32_t)g, &room.path);
                if (status == RIFT_OK) {
                    status = fan_of(q, v, groups->group[q->by[k]][g], &room, table);
                }
            }
        }
        for (size_t k = 0; status == RIFT_OK && k < q->choice.n_country; k++) {
            size_t c = (size_t)q->choice.country[k];
            rift_trajectory_country(q, v, c, &room.path);
            status = fan_of(q, v, q->result->panel.country[c], &room, table);
        }
    }
    fan_free(&room);
    rift_text_put(verdict, "Half of the paths lie between the quarters, 95 of 100 "
                           "within the outer lines, if the curve is the right one and "
                           "errors do not cling together.");
    return status;
}
