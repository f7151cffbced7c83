/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How series are scored, by the columns that COINr's Normalise takes with
   f_n_para = "use_iMeta": COINr, help pages of n_goalposts, n_minmax, n_scaled,
   n_zscore and n_dist2targ. iMeta does not say which of these is used; where a row has
   columns of several, the first in the table below goes before. Target alone says
   nothing of the method. */
#include "exchange/coinr_read.h"

#include "core/diag.h"
#include "core/number.h"

#include <math.h>
#include <string.h>

typedef struct family {
    const char *method;
    const char *column[5]; /* two that must be there, and others; ended by NULL */
} family;

static const family families[] = {
    {"goalposts",
     {"goalpost_lower", "goalpost_upper", "goalpost_scale", "goalpost_trunc2posts"}},
    {"min-max", {"minmax_lower", "minmax_upper"}},
    {"scaled", {"scaled_lower", "scaled_upper"}},
    {"scaled-z-score", {"zscore_mean", "zscore_sd"}},
    {"distance-to-target", {"Target", "dist2targ_cap_max"}},
};
enum { N_FAMILY = sizeof families / sizeof *families };

static rift_sheet_cell cell_of(const rift_coinr_tables *job, size_t row,
                               const char *column)
{
    rift_sheet_cell cell =
        rift_sheet_at(&job->meta, row, rift_sheet_column(&job->meta, column));
    cell.text = rift_coinr_missing(cell.text) ? "" : cell.text;
    return cell;
}

static bool read_number(rift_coinr_tables *job, size_t row, const char *column,
                        double *out)
{
    rift_sheet_cell cell = cell_of(job, row, column);
    return !*cell.text || rift_number_read(cell.text, strlen(cell.text), out) ||
           rift_sheet_error(&job->meta, &cell,
                            "'%s' is not a number for %s; write one, or NA", cell.text,
                            column);
}

static bool read_truth(rift_coinr_tables *job, size_t row, const char *column,
                       bool *out)
{
    static const char *const word[] = {"TRUE", "FALSE", "true", "false", "T", "F"};
    rift_sheet_cell cell = cell_of(job, row, column);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++) {
        if (strcmp(word[i], cell.text) == 0) {
            *out = i % 2 == 0;
            return true;
        }
    }
    return !*cell.text ||
           rift_sheet_error(&job->meta, &cell, "%s is TRUE or FALSE, found '%s'",
                            column, cell.text);
}

/* Numbers of a family, as COINr means them: what is scaled has no goalposts to stay
   within, and where lower is better is turned before it is scaled. */
static bool read_family(rift_coinr_tables *job, size_t row, const family *family,
                        rift_coinr_scale *out)
{
    double a = NAN, b = NAN;
    bool target = !strcmp(family->method, "distance-to-target");
    bool posts = !strcmp(family->method, "goalposts");
    bool scaled = !strcmp(family->method, "scaled");
    bool up = job->entry[row].direction > 0;
    *out = (rift_coinr_scale){.method = scaled ? "goalposts" : family->method,
                              .column = family->column,
                              .best = target  ? 1
                                      : posts ? 1
                                              : 100,
                              .clip = posts};
    bool good = read_number(job, row, family->column[0], &a) &&
                (target ? read_truth(job, row, family->column[1], &out->clip)
                        : read_number(job, row, family->column[1], &b)) &&
                (!posts || (read_number(job, row, family->column[2], &out->best) &&
                            read_truth(job, row, family->column[3], &out->clip)));
    out->low = scaled && !up ? -b : a;
    out->high = target ? a : scaled && !up ? -a : b;
    if (!strcmp(family->method, "min-max")) {
        out->worst = a;
        out->best = b;
    }
    bool ordered = target || (!strcmp(family->method, "scaled-z-score")
                                  ? b > 0
                                  : out->low < out->high && out->worst < out->best);
    rift_sheet_cell cell = cell_of(job, row, family->column[1]);
    return good &&
           (ordered ||
            rift_sheet_error(
                &job->meta, &cell, "%s of '%s' must be above %s", family->column[1],
                job->entry[row].code,
                strcmp(family->method, "scaled-z-score") ? family->column[0] : "0"));
}

bool rift_coinr_read_scale(rift_coinr_tables *job, size_t row)
{
    rift_coinr_entry *e = &job->entry[row];
    for (size_t f = 0; e->kind == RIFT_COINR_INDICATOR && f < N_FAMILY; f++) {
        const char *const *column = families[f].column;
        rift_sheet_cell first = cell_of(job, row, column[0]);
        rift_sheet_cell second = cell_of(job, row, column[1]);
        bool target = !strcmp(column[0], "Target");
        if (*first.text && *second.text) {
            if (!e->scale.method && !read_family(job, row, &families[f], &e->scale)) {
                return false;
            }
        } else if (!target && (*first.text || *second.text)) {
            return rift_sheet_error(&job->meta, *first.text ? &second : &first,
                                    "'%s' has %s without %s; give both, or neither",
                                    e->code, column[*first.text ? 0 : 1],
                                    column[*first.text ? 1 : 0]);
        }
    }
    return true;
}

/* Whether two series are scored by one method on one scale; each has its own goalposts
   and target. */
static bool is_same(const rift_coinr_scale *a, const rift_coinr_scale *b)
{
    const char *x = a->method ? a->method : "min-max",
               *y = b->method ? b->method : "min-max";
    bool moments =
        strcmp(x, "scaled-z-score") != 0 || (a->low == b->low && a->high == b->high);
    return !strcmp(x, y) && a->worst == b->worst && a->best == b->best &&
           a->clip == b->clip && moments;
}

rift_coinr_scale rift_coinr_scale_of_all(const rift_coinr_tables *job)
{
    const rift_coinr_scale standard = {.best = 100};
    const rift_coinr_scale *first = NULL;
    for (size_t i = 0; i < job->meta.n_row; i++) {
        const rift_coinr_entry *e = &job->entry[i];
        if (e->kind != RIFT_COINR_INDICATOR) {
            continue;
        }
        if (first && !is_same(first, &e->scale)) {
            return standard;
        }
        first = &e->scale;
    }
    return first ? *first : standard;
}

static void put_number(rift_text *out, const char *key, double x)
{
    rift_text_put(out, key);
    rift_text_number(out, x);
}

void rift_coinr_put_keys(const rift_coinr_entry *e, const rift_coinr_scale *standard,
                         rift_text *out)
{
    const rift_coinr_scale *scale = &e->scale;
    const char *method = scale->method ? scale->method : "min-max";
    bool moments = !strcmp(method, "scaled-z-score");
    if (!is_same(scale, standard)) {
        rift_text_put(out, ", normalisation: ");
        if (moments) {
            put_number(out, "{method: scaled-z-score, mean: ", scale->low);
            put_number(out, ", sd: ", scale->high);
            rift_text_put(out, ", sample: true}");
        } else {
            rift_text_put(out, method);
        }
        if (!moments) {
            put_number(out, ", worst_score: ", scale->worst);
            put_number(out, ", best_score: ", scale->best);
            rift_text_put(out, scale->clip ? ", clip: true" : ", clip: false");
        }
    }
    if (!strcmp(method, "goalposts")) {
        put_number(out, ", goalposts: {low: ", scale->low);
        put_number(out, ", high: ", scale->high);
        rift_text_put(out, "}");
    }
}

bool rift_coinr_scale_used(const rift_coinr_entry *e, const char *column)
{
    const char *const *c = e->scale.column;
    while (c && *c && strcmp(*c, column) != 0) {
        c++;
    }
    return c && *c;
}
