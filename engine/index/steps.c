/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of the chain, and the order in which an index takes them. */
#include "index/chain.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"

#include <string.h>

static bool asks_carry(const rift_index *index)
{
    for (size_t s = 0; s < index->n_series; s++) {
        if (index->series[s].maximum_age > 0) {
            return true;
        }
    }
    return false;
}

static bool asks_screen(const rift_index *index)
{
    const rift_screening *how = &index->screening;
    return how->country > 0 || how->nonzero > 0 || how->series > 0 ||
           how->n_exclude > 0;
}

static bool asks_impute(const rift_index *index)
{
    for (size_t s = 0; s < index->n_series; s++) {
        size_t n;
        const rift_impute_choice *step =
            rift_series_impute(index, &index->series[s], &n);
        for (size_t k = 0; k < n; k++) {
            if (step[k].method->apply) {
                return true;
            }
        }
    }
    return false;
}

static bool transforms(const rift_series *series)
{
    bool any = series->transformation.n > 0;
    for (size_t i = 0; !any && i < series->n_period; i++) {
        any = series->period[i].series->transformation.n > 0;
    }
    return any;
}

static bool asks_transform(const rift_index *index)
{
    for (size_t s = 0; s < index->n_series; s++) {
        if (transforms(&index->series[s])) {
            return true;
        }
    }
    return false;
}

static bool asks_treat(const rift_index *index)
{
    for (size_t s = 0; s < index->n_series; s++) {
        if (rift_series_treat(index, &index->series[s])->method != rift_treatments) {
            return true;
        }
    }
    return false;
}

#define VALUE RIFT_DATA_VALUE

/* In the order of an index that says nothing else: OECD/JRC Handbook (2008). */
const rift_step rift_steps[] = {
    {"denominate", "values of each series, over its denominator, by its factor, capped",
     rift_step_denominate, RIFT_DATA_PANEL, VALUE, false, false, NULL},
    {"carry", "latest values within the maximum age", rift_step_carry, VALUE, VALUE,
     false, false, asks_carry},
    {"screen", "series and countries with too few values are excluded",
     rift_step_screen, RIFT_DATA_PANEL | VALUE, VALUE, false, false, asks_screen},
    {"impute", "gaps are filled", rift_step_impute, RIFT_DATA_PANEL | VALUE, VALUE,
     false, false, asks_impute},
    {"transform", "logarithms and the like", rift_step_transform, VALUE, VALUE, true,
     false, asks_transform},
    {"treat", "outliers are treated", rift_step_treat, VALUE, VALUE, true, false,
     asks_treat},
    {"normalise", "values become scores", rift_step_normalise, VALUE,
     RIFT_DATA_NORMALISED, true, false, NULL},
    {"aggregate", "siblings are weighed and aggregated, from the leaves up",
     rift_step_aggregate, RIFT_DATA_NORMALISED, RIFT_DATA_SCORE, false, true, NULL},
    {"exclude", "countries below their minimum coverage lose the total",
     rift_step_exclude, RIFT_DATA_SCORE, RIFT_DATA_SCORE, false, true, NULL},
    {"rank", "scores are ranked", rift_step_rank, RIFT_DATA_SCORE, RIFT_DATA_RANK,
     false, true, NULL},
};
const size_t rift_n_steps = RIFT_STEP_COUNT;
_Static_assert(sizeof rift_steps / sizeof *rift_steps == RIFT_STEP_COUNT,
               "a place in an order for each step");

static bool unknown(const rift_index *index, rift_diag *diag, const char *name)
{
    rift_text all = {0};
    rift_text_put(&all, "the steps are ");
    for (size_t i = 0; i < RIFT_STEP_COUNT; i++) {
        rift_text_format(&all, "%s%s", i ? ", " : "", rift_steps[i].name);
    }
    rift_names names = RIFT_NAMES(rift_steps, RIFT_STEP_COUNT, name);
    rift_diag_unknown(diag, &index->steps_place, "step", name,
                      rift_names_nearest(names, name), rift_text_string(&all));
    rift_diag_text_free(diag, &all);
    return false;
}

static bool takes(const rift_step_order *order, const rift_step *step)
{
    for (size_t k = 0; k < order->n; k++) {
        if (order->step[k] == step) {
            return true;
        }
    }
    return false;
}

/* The steps by their names, each once. */
static bool find_steps(const rift_index *index, rift_diag *diag, rift_step_order *order)
{
    for (size_t i = 0; i < index->n_step; i++) {
        int row = rift_names_find(RIFT_NAMES(rift_steps, RIFT_STEP_COUNT, name),
                                  index->step[i]);
        if (row < 0) {
            return unknown(index, diag, index->step[i]);
        }
        const rift_step *step = &rift_steps[row];
        if (takes(order, step)) {
            rift_diag_at(diag, RIFT_ERROR, &index->steps_place,
                         "the step '%s' appears twice; keep one", step->name);
            return false;
        }
        order->step[order->n++] = step;
    }
    for (size_t k = 0; index->n_step == 0 && k < RIFT_STEP_COUNT; k++) {
        order->step[order->n++] = &rift_steps[k];
    }
    return true;
}

/* Which of its two arrays VALUE is at each place. */
static void resolve(rift_step_order *order)
{
    bool treated = false;
    for (size_t k = 0; k < order->n; k++) {
        const rift_step *step = order->step[k];
        unsigned before = treated ? RIFT_DATA_TREATED : RIFT_DATA_INPUT;
        bool begins = step->keeps_input && !treated;
        treated = treated || step->keeps_input;
        unsigned after = treated ? RIFT_DATA_TREATED : RIFT_DATA_INPUT;
        order->reads[k] = step->reads & ~VALUE;
        order->reads[k] |= step->reads & VALUE ? before : 0;
        order->writes[k] = step->writes & ~VALUE;
        order->writes[k] |= (step->writes & VALUE) || begins ? after : 0;
    }
}

static const char *data_name(unsigned data)
{
    return data & RIFT_DATA_PANEL        ? "the panel"
           : data & RIFT_DATA_NORMALISED ? "normalised values"
           : data & RIFT_DATA_SCORE      ? "scores"
           : data & RIFT_DATA_RANK       ? "ranks"
                                         : "values";
}

/* What a step makes of something is out of date where a later one changes that. */
static bool check_stale(const rift_index *index, rift_diag *diag,
                        const rift_step_order *order, size_t k)
{
    unsigned taken = order->reads[k] & ~order->writes[k];
    for (size_t j = k + 1; j < order->n; j++) {
        if (order->writes[j] & taken) {
            rift_diag_at(diag, RIFT_ERROR, &index->steps_place,
                         "the step '%s' changes %s, which '%s' has already used; move "
                         "it forward",
                         order->step[j]->name, data_name(order->writes[j] & taken),
                         order->step[k]->name);
            return false;
        }
    }
    return true;
}

/* What a step reads must have been written. */
static bool check_written(const rift_index *index, rift_diag *diag,
                          const rift_step_order *order, size_t k)
{
    unsigned written = RIFT_DATA_PANEL;
    for (size_t j = 0; j < k; j++) {
        written |= order->writes[j];
    }
    unsigned missing = order->reads[k] & ~written;
    if (missing) {
        rift_diag_at(diag, RIFT_ERROR, &index->steps_place,
                     "the step '%s' reads %s, which no step before it writes; move it "
                     "back",
                     order->step[k]->name, data_name(missing));
    }
    return !missing;
}

static bool check_flow(const rift_index *index, rift_diag *diag,
                       const rift_step_order *order)
{
    for (size_t k = 0; k < order->n; k++) {
        if (!check_written(index, diag, order, k) ||
            !check_stale(index, diag, order, k)) {
            return false;
        }
    }
    return true;
}

/* Steps that an index requires, and those every result has, may not be omitted. */
static bool check_asked(const rift_index *index, rift_diag *diag,
                        const rift_step_order *order)
{
    for (size_t i = 0; i < RIFT_STEP_COUNT; i++) {
        const rift_step *step = &rift_steps[i];
        bool needed = !step->asked || step->asked(index);
        if (needed && !takes(order, step)) {
            rift_diag_at(
                diag, RIFT_ERROR, &index->steps_place,
                "the step '%s' (%s) is missing, which this index requires; add it",
                step->name, step->help);
            return false;
        }
    }
    return true;
}

bool rift_step_order_make(const rift_index *index, rift_diag *diag,
                          rift_step_order *order)
{
    *order = (rift_step_order){0};
    if (!find_steps(index, diag, order)) {
        return false;
    }
    resolve(order);
    return check_flow(index, diag, order) && check_asked(index, diag, order);
}

int rift_step_order_start(const rift_step_order *order, const char *step)
{
    int at = -1;
    for (size_t k = 0; k < order->n; k++) {
        at = strcmp(order->step[k]->name, step) == 0 ? (int)k : at;
    }
    for (; at > 0; at--) {
        unsigned written = 0;
        for (size_t k = (size_t)at; k < order->n; k++) {
            written |= order->writes[k];
        }
        if (!(order->reads[at] & written)) {
            break;
        }
    }
    return at;
}
