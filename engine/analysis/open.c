/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening an inquiry: which variables, years, groups and numbers it looks at. */
#include "analysis/analysis.h"

#include "core/diag.h"
#include "core/number.h"
#include "core/suggest.h"
#include "panel/panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of a setting: from the list, from the study, or NULL. */
static const char *setting(const rift_scope *q, const rift_settings_list *list,
                           const char *key)
{
    char full[96];
    for (size_t i = 0; list && i < list->n; i++) {
        if (strcmp(list->item[i].key, key) == 0) {
            return list->item[i].value;
        }
    }
    snprintf(full, sizeof full, "%s.%s", q->command, key);
    for (size_t i = 0; i < q->result->study.n_asked; i++) {
        if (strcmp(q->result->study.asked[i].key, full) == 0) {
            return q->result->study.asked[i].value;
        }
    }
    return NULL;
}

/* The words of a setting; 0 where it is not given. */
static size_t words_of(rift_scope *q, const char *text, char **word)
{
    char *copy = text ? rift_arena_text(&q->arena, text) : NULL, *rest = copy;
    size_t n = 0;
    q->no_memory = q->no_memory || (text && !copy);
    for (char *w; copy && n < RIFT_SCOPE_LIST && (w = strtok_r(rest, ",", &rest));) {
        word[n++] = w;
    }
    return n;
}

static bool unknown(const rift_scope *q, const char *what, const char *code,
                    const char *const *known, size_t n)
{
    rift_diag_unknown(q->diag, NULL, what, code,
                      rift_names_nearest(rift_names_of(known, n), code),
                      "the result has none of this name");
    return false;
}

static bool unknown_series(const rift_scope *q, const char *code)
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

static bool read_variables(rift_scope *q, const rift_settings_list *list)
{
    char *word[RIFT_SCOPE_LIST];
    const rift_result *r = q->result;
    size_t n = words_of(q, setting(q, list, "series"), word);
    bool all = n == 1 && strcmp(word[0], "all") == 0;
    n = all ? 0 : n;
    size_t room = (n > 0 ? n : r->study.index.n_node) + 1;
    q->variable = rift_arena_alloc(&q->arena, room, sizeof *q->variable);
    if (!q->variable) {
        (void)!rift_diag_memory(q->diag);
        return false;
    }
    bool good = true;
    q->named = n > 0 || all;
    q->n_variable = n > 0 ? n : r->study.index.n_node;
    for (size_t i = 0; i < q->n_variable; i++) {
        if (n == 0) {
            rift_variable_of_node(r, i, &q->variable[i]);
            q->variable[i].main = q->variable[i].main || all;
        } else if (rift_variable_find(q, word[i], &q->variable[i])) {
            q->variable[i].main = true;
        } else {
            good = unknown_series(q, word[i]);
        }
        if (good) {
            tell_apart(q, &q->variable[i]);
        }
    }
    n = words_of(q, setting(q, list, "controls"), word);
    if (n > RIFT_CONTROLS) {
        rift_diag_at(q->diag, RIFT_ERROR, NULL,
                     "'controls' takes at most %d series, found %zu; leave some out",
                     RIFT_CONTROLS, n);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        good &= rift_variable_find(q, word[i], &q->control[i]) ||
                unknown_series(q, word[i]);
    }
    q->n_control = n;
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

/* GROUPING=GROUP as rows of both. */
static bool find_member(const rift_scope *q, const char *text, int32_t *by,
                        int32_t *member)
{
    const rift_groups *groups = &q->result->groups;
    char code[64];
    const char *equal = strchr(text, '=');
    size_t grouping;
    snprintf(code, sizeof code, "%.*s", (int)(equal - text), text);
    if (!find_grouping(q, code, &grouping)) {
        return false;
    }
    for (size_t k = 0; k < groups->n_group[grouping]; k++) {
        if (strcmp(groups->group[grouping][k], equal + 1) == 0) {
            *by = (int32_t)grouping;
            *member = (int32_t)k;
            return true;
        }
    }
    return unknown(q, "group", equal + 1, (const char *const *)groups->group[grouping],
                   groups->n_group[grouping]);
}

static bool find_country(const rift_scope *q, const char *code, int32_t *out)
{
    *out = rift_panel_country(&q->result->panel, code);
    return *out >= 0 ||
           unknown(q, "country", code, (const char *const *)q->result->panel.country,
                   q->result->panel.n_country);
}

static bool read_groups(rift_scope *q, const rift_settings_list *list)
{
    char *word[RIFT_SCOPE_LIST];
    const char *text = setting(q, list, "by");
    bool good = true;
    q->n_by = words_of(q, text, word);
    for (size_t i = 0; i < q->n_by; i++) {
        good &= find_grouping(q, word[i], &q->by[i]);
    }
    for (size_t i = 0; !text && i < q->result->divide.n_grouping; i++) {
        good &= find_grouping(q, q->result->divide.grouping[i], &q->by[q->n_by++]);
    }
    q->reference = q->reference_by = q->reference_member = q->rich_by = q->rich = -1;
    q->between[0] = q->between[1] = q->between_by[0] = q->between_by[1] = -1;
    if ((text = setting(q, list, "reference"))) {
        good &= strchr(text, '=')
                    ? find_member(q, text, &q->reference_by, &q->reference_member)
                    : find_country(q, text, &q->reference);
    }
    if ((text = setting(q, list, "between"))) {
        if (words_of(q, text, word) != 2) {
            rift_diag_at(q->diag, RIFT_ERROR, NULL,
                         "'between' takes two countries or groups, such as CHN,PAK or "
                         "income=High income,income=Low income; found '%s'",
                         text);
            return false;
        }
        for (int k = 0; k < 2; k++) {
            good &= strchr(word[k], '=')
                        ? find_member(q, word[k], &q->between_by[k], &q->between[k])
                        : find_country(q, word[k], &q->between[k]);
        }
    }
    if ((text = setting(q, list, "rich"))) {
        if (!strchr(text, '=')) {
            rift_diag_at(q->diag, RIFT_ERROR, NULL,
                         "'rich' takes a group, as in 'income=High income'; found '%s'",
                         text);
            return false;
        }
        good &= find_member(q, text, &q->rich_by, &q->rich);
    }
    return good;
}

/* name=LOW/HIGH */
static bool read_pair(rift_scope *q, char *text, rift_pair *pair)
{
    char *equal = strchr(text, '='), *slash = equal ? strchr(equal, '/') : NULL;
    if (!slash) {
        rift_diag_at(q->diag, RIFT_ERROR, NULL,
                     "'%s' is no pair; write it as name=LAGGING/LEADING, two series",
                     text);
        return false;
    }
    *equal = *slash = '\0';
    pair->name = text;
    pair->low = rift_panel_indicator(&q->result->panel, equal + 1);
    pair->high = rift_panel_indicator(&q->result->panel, slash + 1);
    return (pair->low >= 0 || unknown_series(q, equal + 1)) &&
           (pair->high >= 0 || unknown_series(q, slash + 1));
}

/* Where no pair is given: series of a group of people that lags as a rule, beside the
   one that leads, as ingest names them: X[sex=female] and X[sex=male]. */
static void find_pairs(rift_scope *q)
{
    static const char *const known[][2] = {{"[sex=female]", "[sex=male]"},
                                           {"[area=rural]", "[area=urban]"}};
    const rift_panel *panel = &q->result->panel;
    for (size_t i = 0; i < panel->n_indicator; i++) {
        for (size_t k = 0; k < 2 && q->n_pair < RIFT_PAIRS; k++) {
            const char *at = strstr(panel->indicator[i], known[k][0]);
            rift_text other = {0};
            if (!at) {
                continue;
            }
            rift_text_add(&other, panel->indicator[i],
                          (size_t)(at - panel->indicator[i]));
            rift_text_format(&other, "%s%s", known[k][1], at + strlen(known[k][0]));
            int high = rift_panel_indicator(panel, rift_text_string(&other));
            if (high >= 0) {
                q->pair[q->n_pair++] =
                    (rift_pair){panel->indicator[i], (int32_t)i, high};
            }
            q->no_memory = q->no_memory || other.failed;
            rift_text_free(&other);
        }
    }
}

static bool read_number(const rift_scope *q, const rift_settings_list *list,
                        const char *key, double least, double *out)
{
    const char *text = setting(q, list, key);
    double x;
    if (!text) {
        return true;
    }
    if (!rift_number_read(text, strlen(text), &x) || !(x >= least)) {
        rift_diag_at(q->diag, RIFT_ERROR, NULL,
                     "'%s' takes a number%s, such as 95; found '%s'", key,
                     least > 0 ? " from 1" : "", text);
        return false;
    }
    *out = x;
    return true;
}

static bool read_numbers(rift_scope *q, const rift_settings_list *list)
{
    char *word[RIFT_SCOPE_LIST];
    double replicates = 500, seed = 1;
    q->target = q->ceiling = NAN;
    bool good = read_number(q, list, "target", -INFINITY, &q->target);
    good &= read_number(q, list, "ceiling", -INFINITY, &q->ceiling);
    good &= read_number(q, list, "replicates", 1, &replicates);
    good &= read_number(q, list, "seed", 1, &seed);
    q->replicates = (size_t)fmin(replicates, 1e7);
    q->seed = (uint64_t)seed;
    size_t n = words_of(q, setting(q, list, "pairs"), word);
    for (size_t i = 0; i < n && i < RIFT_PAIRS; i++) {
        good &= read_pair(q, word[i], &q->pair[q->n_pair++]);
    }
    if (n == 0) {
        find_pairs(q);
    }
    const rift_divide *d = &q->result->divide;
    n = words_of(q, setting(q, list, "measures"), word);
    static const char *const usual[] = {"gini",         "theil-t", "theil-l",
                                        "atkinson-0.5", "hoover",  "cv"};
    size_t n_usual = sizeof usual / sizeof *usual;
    q->n_measure = n > 0 ? n : d->n_measure > 0 ? d->n_measure : n_usual;
    q->n_measure = q->n_measure > RIFT_SCOPE_LIST ? RIFT_SCOPE_LIST : q->n_measure;
    for (size_t i = 0; i < q->n_measure; i++) {
        const char *name = n > 0              ? word[i]
                           : d->n_measure > 0 ? d->measure[i]
                                              : usual[i];
        if (!rift_measure_find(name, &q->measure[i])) {
            const char *near = rift_names_nearest(
                RIFT_NAMES(rift_measures, rift_n_measures, name), name);
            rift_diag_unknown(q->diag, NULL, "measure", name, near,
                              "'rift list methods' names all");
            good = false;
        }
    }
    return good;
}

/* What share of a group its mean must rest on, as the study's block `divide` has it. */
static void read_coverage(rift_scope *q)
{
    q->cover_people = 60;
    q->cover_countries = 50;
    for (size_t i = 0; i < q->result->study.n_asked; i++) {
        const char *value = q->result->study.asked[i].value,
                   *comma = strchr(value, ',');
        if (comma && strcmp(q->result->study.asked[i].key, "divide.coverage") == 0) {
            (void)!rift_number_read(value, (size_t)(comma - value), &q->cover_people);
            (void)!rift_number_read(comma + 1, strlen(comma + 1), &q->cover_countries);
        }
    }
}

static bool read_years(rift_scope *q, int first, int last)
{
    const rift_panel *panel = &q->result->panel;
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
        rift_diag_at(q->diag, RIFT_ERROR, NULL,
                     "the years %d to %d are not all there; the years are %d to %d",
                     first, last, panel->year[0], panel->year[panel->n_year - 1]);
    }
    return found == 2;
}

/* A target that is given must be one that a curve can reach. */
static bool check_targets(const rift_scope *q)
{
    bool good = true;
    for (size_t i = 0; i < q->n_variable && !isnan(q->target); i++) {
        const rift_variable *v = &q->variable[i];
        double ceiling = isnan(q->ceiling) ? v->ceiling : q->ceiling;
        if (v->main && q->target >= ceiling) {
            rift_diag_at(q->diag, RIFT_ERROR, NULL,
                         "the target %g is not below the ceiling %g of '%s', which a "
                         "curve only nears; lower it, or raise the ceiling",
                         q->target, ceiling, v->code);
            good = false;
        }
    }
    return good;
}

rift_status rift_scope_open(const rift_result *result, const char *command,
                            const rift_settings_list *settings, int first, int last,
                            rift_diag *diag, rift_scope *inquiry)
{
    rift_gsl_start();
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
    bool good = read_variables(&q, settings);
    good &= read_groups(&q, settings);
    good &= read_numbers(&q, settings);
    good &= read_years(&q, first, last);
    read_coverage(&q);
    good = good && check_targets(&q);
    if (q.no_memory) {
        (void)!rift_diag_memory(diag);
        good = false;
    }
    *inquiry = q;
    if (!good) {
        rift_scope_close(inquiry);
        return diag->out_of_memory ? RIFT_ERR_MEMORY : RIFT_ERR_USAGE;
    }
    return RIFT_OK;
}

void rift_scope_close(rift_scope *inquiry)
{
    rift_arena_free(&inquiry->arena);
    *inquiry = (rift_scope){0};
}
