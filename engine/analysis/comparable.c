/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which values of a variable may be compared over the years: those that were observed,
   in the years since its last break, and not those of editions that each have a scale
   of their own. */
#include "analysis/analysis.h"

#include "panel/panel.h"

#include <math.h>
#include <string.h>

/* The last year with any value among those looked at. */
static size_t last_with_values(const rift_scope *q, const double *value)
{
    size_t last = q->last;
    while (last > q->first && rift_count_year(q, value, last) == 0) {
        last--;
    }
    return last;
}

/* A copy without the years before one and after another; NULL when memory runs out. */
static const double *within(rift_scope *q, const double *value, size_t first,
                            size_t last)
{
    size_t n = q->result->panel.n_country, cells = q->result->panel.n_year * n;
    double *out = rift_arena_alloc(&q->arena, cells + 1, sizeof *out);
    for (size_t i = 0; out && i < cells; i++) {
        out[i] = i / (n ? n : 1) < first || i / (n ? n : 1) > last ? NAN : value[i];
    }
    q->no_memory = q->no_memory || !out;
    return out;
}

/* Rows of the panel in which a series was measured. */
static const uint8_t *survey_rows(rift_scope *q, const rift_comparable *c)
{
    const rift_panel *panel = &q->result->panel;
    if (c->n_survey == 0) {
        return NULL;
    }
    uint8_t *out = rift_arena_alloc(&q->arena, panel->n_year + 1, 1);
    for (size_t t = 0; out && t < panel->n_year; t++) {
        out[t] = 0;
        for (size_t i = 0; i < c->n_survey; i++) {
            out[t] |= c->survey[i] == panel->year[t];
        }
    }
    q->no_memory = q->no_memory || !out;
    return out;
}

/* Values of a series without a country's years before the last break that its provider
   flags; their copy, where there is any such year. */
static void leave_flagged(rift_scope *q, const rift_comparable *own, size_t last,
                          rift_variable *v)
{
    const rift_result *r = q->result;
    int row = own->ignores_flags ? -1 : rift_panel_indicator(&r->panel, v->code);
    size_t n = r->panel.n_country;
    size_t first = v->apart == RIFT_APART_EDITION ? q->first : v->since;
    double *out = NULL;
    for (size_t c = 0; c < n; c++) {
        size_t since = rift_result_own_since(r, row, c, first, last);
        bool any = false;
        for (size_t t = first; t < since && !any; t++) {
            any = !isnan(v->value[t * n + c]);
        }
        if (any && !out) {
            out = rift_arena_alloc(&q->arena, r->panel.n_year * n + 1, sizeof *out);
            if (!out) {
                q->no_memory = true;
                return;
            }
            memcpy(out, v->value, r->panel.n_year * n * sizeof *out);
        }
        for (size_t t = 0; any && t < since; t++) {
            out[t * n + c] = NAN;
        }
        v->n_flagged += any;
    }
    v->value = out ? out : v->value;
    v->observed = out ? out : v->observed;
}

/* `end` is the last row of scores that compare: the edition's, unless other years were
   asked for. */
static void compare(rift_scope *q, size_t end, const rift_variable *from,
                    rift_variable *seen, rift_variable *compared)
{
    const rift_result *r = q->result;
    size_t node = rift_result_node(r, from->code), last = q->last;
    const rift_comparable *own = rift_result_comparable(r, from->code);
    *seen = *from;
    bool inner = !from->observed;
    if (inner && end < last) {
        last = end;
        seen->provisional = true;
    }
    seen->value = inner ? from->value : from->observed;
    seen->value = last < q->last ? within(q, seen->value, q->first, last) : seen->value;
    if (!seen->value) {
        return;
    }
    seen->survey = survey_rows(q, own);
    rift_since since =
        rift_result_since(r, node, own, q->first, last_with_values(q, seen->value));
    seen->since = since.row;
    seen->apart = since.apart;
    seen->relative = since.relative;
    if (inner) {
        seen->flagged = rift_result_flagged(r, node, since.row, last);
    } else {
        leave_flagged(q, own, last, seen);
    }
    *compared = *seen;
    if (seen->since > q->first) {
        bool none = seen->apart == RIFT_APART_EDITION;
        compared->value = within(q, seen->value, none ? last + 1 : seen->since, last);
        compared->observed = inner ? NULL : compared->value;
    }
}

/* Of a study that wants the same countries throughout: values of the others become
   missing. */
static const double *balance(rift_scope *q, const double *value, size_t *n_left)
{
    const rift_panel *panel = &q->result->panel;
    size_t n = panel->n_country, cells = panel->n_year * n;
    double *out = rift_arena_alloc(&q->arena, cells + 1, sizeof *out);
    uint8_t *has_any = rift_arena_alloc(&q->arena, panel->n_year + 1, 1);
    *n_left = 0;
    if (!out || !has_any) {
        q->no_memory = true;
        return NULL;
    }
    for (size_t t = 0; t < panel->n_year; t++) {
        has_any[t] = t >= q->first && t <= q->last && rift_count_year(q, value, t) > 0;
    }
    for (size_t c = 0; c < n; c++) {
        bool all = true, any = false;
        for (size_t t = 0; t < panel->n_year; t++) {
            bool has = has_any[t] && !isnan(value[t * n + c]);
            any = any || has;
            all = all && (has || !has_any[t]);
        }
        for (size_t t = 0; t < panel->n_year; t++) {
            out[t * n + c] = all ? value[t * n + c] : NAN;
        }
        *n_left += any && all;
    }
    return out;
}

static void balance_all(rift_scope *q, rift_variable *v, size_t n)
{
    for (size_t i = 0; !q->no_memory && i < n; i++) {
        v[i].value = balance(q, v[i].value, &v[i].n_balanced);
        v[i].observed = v[i].observed && v[i].value
                            ? balance(q, v[i].observed, &(size_t){0})
                            : v[i].observed;
    }
}

bool rift_scope_compare(rift_scope *q, bool usual_years)
{
    q->seen = rift_arena_alloc(&q->arena, q->n_variable + 1, sizeof *q->seen);
    q->compared = rift_arena_alloc(&q->arena, q->n_variable + 1, sizeof *q->compared);
    q->no_memory = q->no_memory || !q->seen || !q->compared;
    size_t edition = usual_years ? rift_result_edition(q->result) : q->last;
    size_t end = edition >= q->first ? edition : q->last;
    for (size_t i = 0; !q->no_memory && i < q->n_variable; i++) {
        compare(q, end, &q->variable[i], &q->seen[i], &q->compared[i]);
    }
    for (size_t i = 0; !q->no_memory && i < q->n_channel; i++) {
        rift_variable seen, compared = {0};
        compare(q, end, &q->channel[i], &seen, &compared);
        q->channel[i] = compared;
    }
    if (q->result->study.balanced && !q->no_memory) {
        balance_all(q, q->variable, q->n_variable);
        balance_all(q, q->seen, q->n_variable);
        balance_all(q, q->compared, q->n_variable);
        balance_all(q, q->channel, q->n_channel);
    }
    return !q->no_memory;
}

size_t rift_next_measured(const rift_variable *v, size_t row, size_t last)
{
    while (v->survey && row <= last && !v->survey[row]) {
        row++;
    }
    return row;
}

static void tell_one(const rift_scope *q, const rift_variable *v, bool compares,
                     rift_text *summary)
{
    int year = q->result->panel.year[v->since];
    bool one_year = q->first == q->last; /* then no change is told */
    if (v->apart == RIFT_NOT_APART && (one_year || !(v->relative > 0))) {
        return;
    }
    rift_text_begin_line(summary);
    if (v->apart == RIFT_APART_EDITION && !compares) {
        rift_text_format(summary,
                         "Of %s each edition is scored against its own best: of "
                         "different years only the order of countries compares.",
                         v->name);
    } else if (v->apart == RIFT_APART_EDITION) {
        rift_text_format(summary,
                         "Of %s no years are compared: each edition is scored against "
                         "its own best. Ranks may be: 'rift converge rank-mobility'.",
                         v->name);
    } else if (v->apart == RIFT_APART_BREAK) {
        rift_text_format(summary,
                         "Of %s only years from %d on are compared: there the series "
                         "has a break.",
                         v->name, year);
    } else if (v->apart == RIFT_APART_DEFINITION) {
        rift_text_format(summary,
                         "Of %s only years from %d on are compared: there its "
                         "definition changes.",
                         v->name, year);
    } else {
        rift_text_format(summary,
                         "Of %s, %.0f %% of the weight is of series that are scored "
                         "against the best of each edition: a change may be theirs.",
                         v->name, 100 * v->relative);
    }
}

/* Breaks of single countries, where years are compared at all. */
static void tell_flagged(const rift_scope *q, const rift_variable *v,
                         rift_text *summary)
{
    if (q->first == q->last || v->apart == RIFT_APART_EDITION) {
        return;
    }
    if (v->n_flagged > 0) {
        bool one = v->n_flagged == 1;
        rift_text_begin_line(summary);
        rift_text_format(
            summary,
            one ? "Of %s, %zu country has a break of its own, flagged by "
                  "the provider: it is compared from it on."
                : "Of %s, %zu countries have a break of their own, flagged "
                  "by the provider: they are compared from it on.",
            v->name, v->n_flagged);
    }
    if (v->flagged > 0) {
        rift_text_begin_line(summary);
        rift_text_format(summary,
                         "Of %s, %.*f %% of the weight, on average over countries, is "
                         "of series with a break of the country's own, flagged by the "
                         "provider: a change may be theirs.",
                         v->name, v->flagged < 0.1, 100 * v->flagged);
    }
}

void rift_tell_compared(const rift_scope *q, rift_text *summary)
{
    bool provisional = false;
    for (size_t i = 0; i < q->n_variable; i++) {
        if (q->variable[i].main) {
            if (q->result->study.balanced) {
                rift_text_begin_line(summary);
                rift_text_format(summary,
                                 "Of %s the %zu countries with a value in every year "
                                 "are looked at, as the study says (sample: balanced).",
                                 q->variable[i].name, q->variable[i].n_balanced);
            }
            tell_one(q, &q->variable[i], q->variable == q->compared, summary);
            tell_flagged(q, &q->variable[i], summary);
            provisional = provisional || q->variable[i].provisional;
        }
    }
    if (provisional) {
        rift_text_begin_line(summary);
        rift_text_format(summary,
                         "Scores after %d, which are provisional, are not compared.",
                         q->result->panel.year[rift_result_edition(q->result)]);
    }
}
