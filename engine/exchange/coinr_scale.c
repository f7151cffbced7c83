/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of iMeta that COINr's normalisations take their parameters from where
   `f_n_para = "use_iMeta"`: COINr, help pages of n_goalposts, n_minmax, n_zscore and
   n_dist2targ. */
#include "exchange/coinr_write.h"

#include "core/number.h"
#include "result/lookup.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

typedef struct family {
    const char *method;    /* Rift's */
    const char *column[5]; /* ended by NULL */
} family;

static const family families[] = {
    {"goalposts",
     {"goalpost_lower", "goalpost_upper", "goalpost_scale", "goalpost_trunc2posts"}},
    {"min-max", {"minmax_lower", "minmax_upper"}},
    {"z-score", {"zscore_mean", "zscore_sd"}},
    {"scaled-z-score", {"zscore_mean", "zscore_sd"}},
    {"distance-to-target", {"Target", "dist2targ_cap_max"}},
};
enum { N_FAMILY = sizeof families / sizeof *families };

const rift_normalise_choice *rift_coinr_choice(const rift_coinr_job *job, size_t node)
{
    const rift_series *series = rift_result_series(job->r, node);
    return !series                    ? NULL
           : series->normalise.method ? &series->normalise
                                      : &job->r->study.index.normalise;
}

bool rift_coinr_is_scale(const char *column)
{
    for (size_t f = 0; f < N_FAMILY; f++) {
        for (const char *const *c = families[f].column; *c; c++) {
            if (strcmp(*c, column) == 0 && strcmp(column, "Target") != 0) {
                return true;
            }
        }
    }
    return false;
}

/* Scores from 0 to 100 between the extremes are COINr's standard, and need no columns.
 */
static bool is_standard(const rift_coinr_job *job, size_t node)
{
    const rift_score_scale *scale = &rift_result_series(job->r, node)->scale;
    return strcmp(rift_coinr_choice(job, node)->method->name, "min-max") == 0 &&
           scale->worst_score == 0 && scale->best_score == 100;
}

static const char *const none[] = {NULL};

static const char *const *columns_of(const rift_coinr_job *job, size_t node)
{
    const rift_normalise_choice *choice = rift_coinr_choice(job, node);
    for (size_t f = 0; choice && f < N_FAMILY; f++) {
        if (strcmp(families[f].method, choice->method->name) == 0) {
            return families[f].column;
        }
    }
    return none;
}

const char *const *rift_coinr_scale_columns(const rift_coinr_job *job, size_t node)
{
    bool leaf = rift_result_series(job->r, node) != NULL;
    return leaf && is_standard(job, node) ? none : columns_of(job, node);
}

static double number_of(const rift_coinr_job *job, size_t node, const char *column)
{
    const rift_series *series = rift_result_series(job->r, node);
    const rift_normalise_choice *choice = rift_coinr_choice(job, node);
    bool plain = strcmp(choice->method->name, "z-score") == 0;
    return !strcmp(column, "goalpost_lower")   ? series->goalposts.low
           : !strcmp(column, "goalpost_upper") ? series->goalposts.high
           : !strcmp(column, "goalpost_scale") ? series->scale.best_score
           : !strcmp(column, "minmax_lower")   ? series->scale.worst_score
           : !strcmp(column, "minmax_upper")   ? series->scale.best_score
           : !strcmp(column, "zscore_mean")    ? (plain ? 0 : choice->mean)
           : !strcmp(column, "zscore_sd")      ? (plain ? 1 : choice->sd)
                                               : NAN;
}

void rift_coinr_put_scale(const rift_coinr_job *job, size_t node, const char *column,
                          rift_text *out)
{
    const char *const *c = columns_of(job, node);
    while (*c && strcmp(*c, column) != 0) {
        c++;
    }
    if (!*c) {
        rift_text_put(out, "NA");
    } else if (!strcmp(column, "goalpost_trunc2posts") ||
               !strcmp(column, "dist2targ_cap_max")) {
        bool clip = rift_result_series(job->r, node)->scale.clip == 1;
        rift_text_put(out, clip ? "TRUE" : "FALSE");
    } else {
        rift_coinr_put_number(out, number_of(job, node, column));
    }
}

bool rift_coinr_scale_held(const rift_coinr_job *job, size_t node)
{
    const rift_score_scale *scale = &rift_result_series(job->r, node)->scale;
    const rift_normalise_choice *choice = rift_coinr_choice(job, node);
    const char *method = choice->method->name;
    return !strcmp(method, "min-max") ||
           (!strcmp(method, "goalposts") && scale->worst_score == 0) ||
           (!strcmp(method, "scaled-z-score") && choice->sample) ||
           (!strcmp(method, "z-score") && choice->sample) ||
           (!strcmp(method, "distance-to-target") && scale->worst_score == 0 &&
            scale->best_score == 1);
}
