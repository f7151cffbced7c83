/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a scope: which variables, years, groups and numbers it looks at. */
#include "analysis/analysis.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "divide/divide.h"
#include "panel/panel.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

static bool unknown(const rift_scope *q, const char *what, const char *code,
                    const char *const *known, size_t n)
{
    rift_diag_unknown(q->diag, q->place, what, code,
                      rift_names_nearest(rift_names_of(known, n), code),
                      q->place ? "the study has none of this name"
                               : "the result has none of this name");
    return false;
}

bool rift_scope_unknown(const rift_scope *q, const char *code)
{
    const rift_result *r = q->result;
    const char *near = rift_names_nearest(
        RIFT_NAMES(r->study.index.node, r->study.index.n_node, code), code);
    return near
               ? unknown(q, "series or node", code, &near, 1)
               : unknown(q, "series or node", code,
                         (const char *const *)r->panel.indicator, r->panel.n_indicator);
}

/* Names that could be taken for another's get their codes. */
static void tell_apart(rift_scope *q, rift_variable *v)
{
    if (rift_result_name_is_shared(q->result, v->code, v->name)) {
        rift_text name = {0};
        rift_text_format(&name, "%s (%s)", v->name, v->code);
        const char *copy = rift_arena_text(&q->arena, rift_text_string(&name));
        q->no_memory = q->no_memory || name.failed || !copy;
        v->name = copy ? copy : v->name;
        rift_text_free(&name);
    }
}

/* Memory that the scope owns; NULL, and noted, where there is none. */
static void *room_for(rift_scope *q, size_t n, size_t size)
{
    void *room = rift_arena_alloc(&q->arena, n + 1, size);
    q->no_memory = q->no_memory || !room;
    return room;
}

static bool read_variables(rift_scope *q, const rift_name_list *series)
{
    const rift_index *index = &q->result->study.index;
    bool all = series->n == 1 && strcmp(series->name[0], "all") == 0, good = true;
    bool named = series->n > 0 && !all;
    size_t n = named ? series->n : index->n_node;
    q->named = series->n > 0;
    q->variable = room_for(q, n, sizeof *q->variable);
    for (size_t i = 0; q->variable && i < n; i++) {
        rift_variable *v = &q->variable[i];
        if (!named) {
            rift_variable_of_node(q, i, v);
            v->main = v->main || all;
        } else if (rift_variable_find(q, series->name[i], v)) {
            v->main = true;
        } else {
            good = rift_scope_unknown(q, series->name[i]);
        }
        if (good) {
            tell_apart(q, v);
        }
    }
    q->n_variable = q->variable ? n : 0;
    return good;
}

static bool find_grouping(const rift_scope *q, const char *code, size_t *out)
{
    int found = rift_groups_find(&q->result->groups, code);
    *out = found >= 0 ? (size_t)found : 0;
    return found >= 0 ||
           unknown(q, "grouping", code, (const char *const *)q->result->groups.grouping,
                   q->result->groups.n_grouping);
}

/* A group as rows of its grouping and of the group in it. */
static bool find_group(const rift_scope *q, const rift_unit_option *unit, int32_t *by,
                       int32_t *group)
{
    const rift_groups *groups = &q->result->groups;
    size_t grouping;
    if (!find_grouping(q, unit->grouping, &grouping)) {
        return false;
    }
    for (size_t k = 0; k < groups->n_group[grouping]; k++) {
        if (strcmp(groups->group[grouping][k], unit->name) == 0) {
            *by = (int32_t)grouping;
            *group = (int32_t)k;
            return true;
        }
    }
    return unknown(q, "group", unit->name, (const char *const *)groups->group[grouping],
                   groups->n_group[grouping]);
}

/* A country by its code, or by a name that is known or that the study gives it. */
static bool find_country(const rift_scope *q, const char *code, int32_t *out)
{
    const rift_panel *panel = &q->result->panel;
    *out = rift_panel_country_said(panel, code);
    if (*out == RIFT_COUNTRY_NO_MEMORY) {
        (void)!rift_diag_memory(q->diag);
        return false;
    }
    for (size_t c = 0; *out < 0 && c < panel->n_country; c++) {
        bool is = strcmp(rift_result_name(q->result, c), code) == 0;
        *out = is ? (int32_t)c : -1;
    }
    if (*out < 0) {
        rift_panel_country_unknown(panel, code, q->diag, q->place,
                                   q->place ? "the study has none of this name"
                                            : "the result has none of this name");
    }
    return *out >= 0;
}

static bool find_unit(const rift_scope *q, const rift_unit_option *unit,
                      int32_t *country, int32_t *by, int32_t *group)
{
    return unit->grouping ? find_group(q, unit, by, group)
                          : find_country(q, unit->name, country);
}

static bool read_groupings(rift_scope *q, const rift_name_list *by)
{
    const rift_divide *divide = &q->result->divide;
    bool good = true, named = by->n > 0;
    size_t n = named ? by->n : divide->n_grouping;
    q->by = room_for(q, n, sizeof *q->by);
    for (size_t i = 0; q->by && i < n; i++) {
        good &= find_grouping(q, named ? by->name[i] : divide->grouping[i], &q->by[i]);
    }
    q->n_by = q->by ? n : 0;
    return good;
}

static bool read_units(rift_scope *q, const rift_options *options)
{
    bool good = true;
    q->reference = q->reference_by = q->reference_member = q->rich_by = q->rich = -1;
    q->between[0] = q->between[1] = q->between_by[0] = q->between_by[1] = -1;
    if (options->reference.name) {
        good &= find_unit(q, &options->reference, &q->reference, &q->reference_by,
                          &q->reference_member);
    }
    for (size_t k = 0; k < options->compare.n; k++) { /* none or two */
        good &= find_unit(q, &options->compare.unit[k], &q->between[k],
                          &q->between_by[k], &q->between[k]);
    }
    if (options->high_income.n > 0) {
        good &= find_group(q, &options->high_income.unit[0], &q->rich_by, &q->rich);
    }
    return good;
}

static bool read_measures(rift_scope *q, const rift_name_list *measures)
{
    static const char *const usual[] = {"gini",         "theil-t", "theil-l",
                                        "atkinson-0.5", "hoover",  "cv"};
    const rift_divide *d = &q->result->divide;
    size_t n = measures->n > 0    ? measures->n
               : d->n_measure > 0 ? d->n_measure
                                  : RIFT_COUNT_OF(usual);
    bool good = true;
    q->measure = room_for(q, n, sizeof *q->measure);
    for (size_t i = 0; q->measure && i < n; i++) {
        const char *name = measures->n > 0    ? measures->name[i]
                           : d->n_measure > 0 ? d->measure[i]
                                              : usual[i];
        if (!rift_measure_find(name, &q->measure[i])) {
            rift_text why = {0};
            rift_measure_unknown(name, &why);
            rift_diag_at(q->diag, RIFT_ERROR, q->place, "%s", rift_text_string(&why));
            rift_diag_text_free(q->diag, &why);
            good = false;
        }
    }
    q->n_measure = q->measure ? n : 0;
    for (size_t i = 0; good && i < q->n_measure; i++) {
        rift_measure_choice *choice = &q->measure[i];
        if (q->options->has_bandwidth && strcmp(choice->method->name, "der-A") == 0) {
            choice->order[1] = q->options->bandwidth;
        }
    }
    return good;
}

static void read_numbers(rift_scope *q, const rift_options *options)
{
    q->target = options->has_target ? options->target : NAN;
    q->ceiling = options->has_ceiling ? options->ceiling : NAN;
    q->ceiling_free =
        options->ceiling_word && strcmp(options->ceiling_word, "free") == 0;
    q->replicates = options->replicates > 0 ? options->replicates : 1000;
    q->seed = options->seed > 0 ? options->seed : 1;
    q->minimum_people = q->result->study.minimum_people;
    q->minimum_countries = q->result->study.minimum_countries;
}

/* Whether every question of a command is of change: then one year is the one that it is
   answered for, with all the years before it. */
static bool is_of_change(const char *command)
{
    static const char *const of_change[] = {"converge", "forecast", "paradox"};
    bool is = false;
    for (size_t i = 0; i < RIFT_COUNT_OF(of_change); i++) {
        is = is || strcmp(command, of_change[i]) == 0;
    }
    return is;
}

static bool read_years(rift_scope *q, int first, int last)
{
    const rift_panel *panel = &q->result->panel;
    if (first > 0 && first == last && panel->n_year > 0 && first > panel->year[0] &&
        is_of_change(q->command)) {
        first = panel->year[0];
    }
    q->first = 0;
    q->last = panel->n_year > 0 ? panel->n_year - 1 : 0;
    if (first == 0) {
        return true;
    }
    size_t found = 0;
    for (size_t t = 0; t < panel->n_year; t++) {
        if (panel->year[t] == first || panel->year[t] == last) {
            q->first = panel->year[t] == first ? t : q->first;
            q->last = panel->year[t] == last ? t : q->last;
            found += 1 + (first == last);
        }
    }
    if (found < 2 && panel->n_year > 0) {
        rift_diag_at(q->diag, RIFT_ERROR, q->place,
                     "the years %d to %d are not all in the result, which has %d to %d",
                     first, last, panel->year[0], panel->year[panel->n_year - 1]);
    }
    return found == 2;
}

/* A ceiling that is to be fixed must be there, and a target that is given must be one
   that a curve can reach. */
static bool check_targets(const rift_scope *q)
{
    bool good = true;
    const char *ceiling_word = q->options->ceiling_word;
    for (size_t i = 0; i < q->n_variable && ceiling_word && !q->ceiling_free; i++) {
        const rift_variable *v = &q->variable[i];
        if (v->main && isnan(v->ceiling)) {
            rift_diag_at(q->diag, RIFT_ERROR, q->place,
                         "'%s' has no ceiling of its own to be fixed; say it as a "
                         "number, or 'free', or leave it out with --series",
                         v->code);
            good = false;
        }
    }
    for (size_t i = 0; i < q->n_variable && !isnan(q->target); i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling = isnan(q->ceiling) ? v->ceiling : q->ceiling;
        if (v->main && q->target >= ceiling) {
            rift_diag_at(q->diag, RIFT_ERROR, q->place,
                         "the target %g is not below the ceiling %g of '%s', which a "
                         "curve only approaches; lower it, or raise the ceiling",
                         q->target, ceiling, v->code);
            good = false;
        }
    }
    return good;
}

/* A correlation cannot be too weak and too strong at once. */
static bool check_bounds(const rift_scope *q)
{
    double weak = rift_weak_of(q->options), strong = rift_strong_of(q->options);
    if (weak >= strong) {
        rift_diag_at(q->diag, RIFT_ERROR, q->place,
                     "'weak' %g is not below 'strong' %g; siblings are to be "
                     "correlated between the two",
                     weak, strong);
    }
    return weak < strong;
}

rift_status rift_scope_open(const rift_result *result, const char *command,
                            const rift_options *options, int first, int last,
                            rift_diag *diag, rift_scope *scope)
{
    rift_scope q = {
        .result = result, .command = command, .diag = diag, .choice = {.year = -1}};
    size_t cells = result->panel.n_year * result->panel.n_country;
    q.people =
        rift_result_population(result) >= 0
            ? result->panel.value + (size_t)rift_result_population(result) * cells
            : NULL;
    q.income = rift_result_income(result) >= 0
                   ? result->panel.value + (size_t)rift_result_income(result) * cells
                   : NULL;
    if (!options) {
        options = &result->study.options[rift_option_group_find(command)];
        q.place = options->given ? &options->place : NULL;
    }
    q.options = options;
    bool good = read_variables(&q, &options->series);
    good &= rift_scope_controls(&q, &options->controls);
    good &= rift_scope_channels(&q, &options->channels);
    good &= rift_scope_links(&q, &options->links);
    good &= read_groupings(&q, &options->by);
    good &= read_units(&q, options);
    good &= rift_scope_levels(&q, &options->levels);
    good &= check_bounds(&q);
    good &= read_measures(&q, &options->measures);
    read_numbers(&q, options);
    good &= rift_scope_pairs(&q, &options->pairs);
    good &= read_years(&q, first, last);
    good = good && rift_scope_compare(&q, first == 0);
    good = good && check_targets(&q);
    if (q.no_memory) {
        (void)!rift_diag_memory(diag);
        good = false;
    }
    *scope = q;
    if (!good) {
        rift_scope_close(scope);
        return diag->out_of_memory ? RIFT_ERR_MEMORY : RIFT_ERR_USAGE;
    }
    return RIFT_OK;
}

void rift_scope_close(rift_scope *scope)
{
    rift_arena_free(&scope->arena);
    *scope = (rift_scope){0};
}
