/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a study: years, sources, countries, groups, divide, map, highlight. */
#include "define/study.h"

#include "core/diag.h"
#include "core/number.h"
#include "core/suggest.h"
#include "core/text.h"
#include "divide/divide.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

typedef struct years_read {
    int first, last;
} years_read;

typedef struct countries_read {
    const char *file;
    rift_texts only, except;
} countries_read;

typedef struct divide_read {
    rift_texts measures, decompose;
    int sample;
    const rift_yaml *coverage, *other;
} divide_read;

typedef struct map_read {
    const char *outlines, *disclaimer;
} map_read;

typedef struct highlight_read {
    const char *grouping, *group;
} highlight_read;

bool rift_study_years(const rift_source *source, const rift_yaml *node,
                      rift_study *study)
{
    static const rift_field field[] = {
        RIFT_NEED_RANGE("first", INTEGER, years_read, first, 1000, 2999),
        RIFT_NEED_RANGE("last", INTEGER, years_read, last, 1000, 2999),
    };
    years_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 2, "years", &read);
    if (good && read.first > read.last) {
        good = rift_yaml_error(source, node, "the first year %d is after the last, %d",
                               read.first, read.last);
    }
    study->first_year = read.first;
    study->last_year = read.last;
    return good;
}

bool rift_study_countries(const rift_source *source, const rift_yaml *node,
                          rift_study *study)
{
    static const rift_field field[] = {
        RIFT_NEED("file", TEXT, countries_read, file),
        RIFT_KEY("only", TEXTS, countries_read, only),
        RIFT_KEY("except", TEXTS, countries_read, except),
    };
    countries_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 3, "countries", &read);
    if (read.file) {
        study->countries_place = rift_yaml_get(node, "file")->place;
        good &= rift_source_file(source, &study->countries_place, read.file,
                                 &study->countries);
    }
    study->n_only = read.only.n;
    study->only = read.only.text;
    study->n_except = read.except.n;
    study->except = read.except.text;
    return good;
}

static bool read_labels(const rift_source *source, const rift_yaml *labels,
                        rift_group_definition *group)
{
    if (labels->kind != RIFT_YAML_MAP) {
        return rift_yaml_error(source, labels, "'labels' must be 'value: label' pairs");
    }
    size_t n = labels->n_item / 2;
    group->value = rift_arena_alloc(source->arena, n + 1, sizeof *group->value);
    group->label = rift_arena_alloc(source->arena, n + 1, sizeof *group->label);
    if (!group->value || !group->label) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        if (labels->item[2 * i + 1]->kind != RIFT_YAML_SCALAR) {
            return rift_yaml_error(source, labels->item[2 * i + 1],
                                   "a label must be a text");
        }
        group->value[i] = labels->item[2 * i]->text;
        group->label[i] = labels->item[2 * i + 1]->text;
    }
    group->n_label = n;
    return true;
}

static bool read_group(const rift_source *source, const rift_yaml *node,
                       rift_group_definition *group)
{
    typedef struct group_read {
        rift_group_definition group;
        const rift_yaml *labels;
    } group_read;
    static const rift_field field[] = {
        RIFT_NEED("code", CODE, group_read, group.code),
        RIFT_KEY("name", TEXT, group_read, group.name),
        RIFT_KEY("column", TEXT, group_read, group.column),
        RIFT_KEY("members", TEXT, group_read, group.members),
        RIFT_KEY("labels", NODE, group_read, labels),
    };
    group_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 5, "a group", &read);
    if (good && !read.group.column == !read.group.members) {
        good = rift_yaml_error(source, node,
                               "a group needs a 'column' of the countries file or a "
                               "file of 'members', one of them");
    }
    if (read.group.members) {
        good &= rift_source_file(source, &rift_yaml_get(node, "members")->place,
                                 read.group.members, &read.group.members);
    }
    if (read.labels) {
        good &= read_labels(source, read.labels, &read.group);
    }
    read.group.name = read.group.name ? read.group.name : read.group.code;
    read.group.place = node->place;
    *group = read.group;
    return good;
}

bool rift_study_groups(const rift_source *source, const rift_yaml *list,
                       rift_study *study)
{
    if (list->kind != RIFT_YAML_LIST) {
        return rift_yaml_error(source, list, "'groups' must be a list");
    }
    study->group =
        rift_arena_alloc(source->arena, list->n_item + 1, sizeof *study->group);
    if (!study->group) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < list->n_item; i++) {
        good &= read_group(source, list->item[i], &study->group[i]);
        for (size_t j = 0; study->group[i].code && j < i; j++) {
            if (study->group[j].code &&
                !strcmp(study->group[i].code, study->group[j].code)) {
                good = rift_yaml_error(source, list->item[i],
                                       "the group '%s' appears twice; keep one",
                                       study->group[i].code);
            }
        }
    }
    study->n_group = list->n_item;
    return good;
}

const rift_group_definition *rift_study_group(const rift_study *study, const char *code)
{
    for (size_t i = 0; i < study->n_group; i++) {
        if (study->group[i].code && strcmp(study->group[i].code, code) == 0) {
            return &study->group[i];
        }
    }
    return NULL;
}

static bool check_group(const rift_source *source, const rift_location *place,
                        const rift_study *study, const char *code)
{
    if (rift_study_group(study, code)) {
        return true;
    }
    rift_diag_at(source->diag, RIFT_ERROR, place,
                 "unknown group '%s'; define it under 'groups'", code);
    return false;
}

/* Measures by their names, which may hold numbers; a usual few where none are named. */
static bool read_measures(const rift_source *source, const rift_texts *list,
                          rift_study *study)
{
    static const char *const usual[] = {
        "gini",   "cv",           "p90p10",     "theil-t",    "theil-l",
        "hoover", "atkinson-0.5", "atkinson-1", "atkinson-2", "sigma"};
    size_t n = list->text ? list->n : sizeof usual / sizeof *usual;
    rift_measure_choice *out = rift_arena_alloc(source->arena, n + 1, sizeof *out);
    bool good = out != NULL;
    if (!out) {
        (void)!rift_diag_memory(source->diag);
    }
    for (size_t i = 0; out && i < n; i++) {
        const char *name = list->text ? list->text[i] : usual[i];
        if (!rift_measure_find(name, &out[i])) {
            rift_text why = {0};
            rift_measure_unknown(name, &why);
            rift_diag_at(source->diag, RIFT_ERROR, &list->place[i], "%s",
                         rift_text_string(&why));
            rift_diag_text_free(source->diag, &why);
            good = false;
        }
    }
    study->measure = out;
    study->n_measure = n;
    return good;
}

typedef struct coverage_read {
    double people, countries;
} coverage_read;

/* 60 % of people and 50 % of countries where the study does not say. A definition of
   format 2 says it in percent. */
static bool read_coverage(const rift_source *source, const rift_yaml *node,
                          rift_study *study)
{
    bool percent = source->all && source->all->kept && source->all->kept->format_2;
    double unit = percent ? 100 : 1;
    const rift_field field[] = {
        RIFT_KEY_RANGE("people", NUMBER, coverage_read, people, 0, unit),
        RIFT_KEY_RANGE("countries", NUMBER, coverage_read, countries, 0, unit),
    };
    coverage_read read = {0.6 * unit, 0.5 * unit};
    bool good =
        !node || rift_yaml_fields(source, node, field, 2, "minimum_coverage", &read);
    study->minimum_people = read.people / unit;
    study->minimum_countries = read.countries / unit;
    return good;
}

/* The keys of the block: its own, and the options of `rift divide`, whose values are
   read later; NULL when memory runs out. */
static const rift_field *divide_fields(const rift_source *source, size_t *n)
{
    const rift_field own[] = {
        RIFT_KEY("measures", TEXTS, divide_read, measures),
        RIFT_KEY("decompose", TEXTS, divide_read, decompose),
        RIFT_KEY_CHOICE("sample", divide_read, sample, sample),
        RIFT_KEY("minimum_coverage", NODE, divide_read, coverage),
    };
    *n = sizeof own / sizeof *own;
    rift_field *field =
        rift_arena_alloc(source->arena, *n + rift_n_options, sizeof *field);
    if (!field) {
        (void)!rift_diag_memory(source->diag);
        return NULL;
    }
    memcpy(field, own, sizeof own);
    for (size_t i = 0; i < rift_n_options; i++) {
        const rift_option *option = &rift_option_rows[i];
        if (strstr(option->groups, "divide") && option->kind != RIFT_OPTION_MEASURES) {
            field[(*n)++] = (rift_field)RIFT_KEY(option->key, NODE, divide_read, other);
        }
    }
    return field;
}

bool rift_study_divide(const rift_source *source, const rift_yaml *node,
                       rift_study *study)
{
    divide_read read = {0};
    size_t n_field = 0;
    const rift_field *field = divide_fields(source, &n_field);
    bool good = field && (!node || rift_yaml_fields(source, node, field, n_field,
                                                    "divide", &read));
    good &= read_coverage(source, read.coverage, study);
    good &= read_measures(source, &read.measures, study);
    for (size_t i = 0; i < read.decompose.n; i++) {
        good &= check_group(source, &read.decompose.place[i], study,
                            read.decompose.text[i]);
    }
    study->n_decomposed = read.decompose.n;
    study->decomposed = read.decompose.text;
    study->balanced = read.sample == 1;
    return good;
}

bool rift_study_edition(const rift_source *source, const rift_yaml *node,
                        rift_study *study)
{
    static const rift_field field[] = {
        RIFT_KEY_RANGE("share", NUMBER, rift_study, edition_share, 0, 1)};
    study->edition_share = 0.8;
    if (node && node->kind == RIFT_YAML_MAP) {
        return rift_yaml_fields(source, node, field, 1, "edition", study);
    }
    if (!node) {
        return true;
    }
    bool latest = node->kind == RIFT_YAML_SCALAR && strcmp(node->text, "latest") == 0;
    double year = NAN;
    bool number = node->kind == RIFT_YAML_SCALAR &&
                  rift_number_read(node->text, strlen(node->text), &year);
    bool in = number && year >= study->first_year && year <= study->last_year;
    if (!latest && (!in || year != floor(year))) {
        return rift_yaml_error(source, node,
                               "'edition' is a year of the study, %d to %d, latest, or "
                               "{share: ...} of values that are of the year itself",
                               study->first_year, study->last_year);
    }
    study->edition = latest ? 0 : (int)year;
    study->edition_share = latest ? 0 : study->edition_share;
    return true;
}

bool rift_study_map(const rift_source *source, const rift_yaml *node, rift_study *study)
{
    static const rift_field field[] = {
        RIFT_NEED("outlines", TEXT, map_read, outlines),
        RIFT_KEY("disclaimer", TEXT, map_read, disclaimer),
    };
    map_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 2, "map", &read);
    study->disclaimer = read.disclaimer ? read.disclaimer : "";
    if (read.outlines) {
        study->outlines_place = rift_yaml_get(node, "outlines")->place;
        good &= rift_source_file(source, &study->outlines_place, read.outlines,
                                 &study->outlines);
    }
    return good;
}

bool rift_study_highlight(const rift_source *source, const rift_yaml *node,
                          rift_study *study)
{
    static const rift_field field[] = {
        RIFT_NEED("grouping", TEXT, highlight_read, grouping),
        RIFT_NEED("group", TEXT, highlight_read, group),
    };
    highlight_read read = {0};
    if (!rift_yaml_fields(source, node, field, 2, "highlight", &read)) {
        return false;
    }
    study->highlight = read.grouping;
    study->highlight_group = read.group;
    if (!check_group(source, &rift_yaml_get(node, "grouping")->place, study,
                     read.grouping)) {
        return false;
    }
    const rift_group_definition *group = rift_study_group(study, read.grouping);
    for (size_t i = 0; i < group->n_label; i++) {
        if (strcmp(group->value[i], read.group) == 0) {
            study->highlight_group = group->label[i]; /* as results name their groups */
            return true;
        }
    }
    return group->n_label == 0 ||
           rift_yaml_error(source, rift_yaml_get(node, "group"),
                           "the group '%s' has no value '%s' among its labels",
                           read.grouping, read.group);
}
