/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: which data, years, countries, groups, index, measures, charts and report. */
#include "define/define.h"

#include "core/diag.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
} divide_read;

typedef struct map_read {
    const char *outlines, *disclaimer;
} map_read;

typedef struct partners_read {
    const char *grouping, *member;
} partners_read;

typedef struct study_read {
    rift_study study;
    const char *index;
    rift_texts files, sources, ignored, charts;
    const rift_yaml *years, *countries, *groups, *divide, *map, *partners;
} study_read;

static bool read_keys(const rift_source *source, const rift_yaml *root,
                      study_read *read)
{
#define AT(member) offsetof(study_read, member)
    const rift_field field[] = {
        {"code", RIFT_FIELD_TEXT, AT(study.code), true, 0, 0, {0}},
        {"title", RIFT_FIELD_TEXT, AT(study.title), true, 0, 0, {0}},
        {"notes", RIFT_FIELD_TEXT, AT(study.notes), false, 0, 0, {0}},
        {"years", RIFT_FIELD_NODE, AT(years), true, 0, 0, {0}},
        {"sources", RIFT_FIELD_TEXTS, AT(sources), true, 0, 0, {0}},
        {"ignored_codes", RIFT_FIELD_TEXTS, AT(ignored), false, 0, 0, {0}},
        {"countries", RIFT_FIELD_NODE, AT(countries), true, 0, 0, {0}},
        {"groups", RIFT_FIELD_NODE, AT(groups), false, 0, 0, {0}},
        {"population", RIFT_FIELD_TEXT, AT(study.population), false, 0, 0, {0}},
        {"gdp_per_head", RIFT_FIELD_TEXT, AT(study.income), false, 0, 0, {0}},
        {"series_files", RIFT_FIELD_TEXTS, AT(files), false, 0, 0, {0}},
        {"index", RIFT_FIELD_TEXT, AT(index), true, 0, 0, {0}},
        {"divide", RIFT_FIELD_NODE, AT(divide), false, 0, 0, {0}},
        {"charts", RIFT_FIELD_TEXTS, AT(charts), false, 0, 0, {0}},
        {"map", RIFT_FIELD_NODE, AT(map), false, 0, 0, {0}},
        {"partners", RIFT_FIELD_NODE, AT(partners), false, 0, 0, {0}},
        {"report", RIFT_FIELD_BOOLEAN, AT(study.report), false, 0, 0, {0}},
    };
#undef AT
    return rift_yaml_fields(source, root, field, sizeof field / sizeof *field,
                            "a study", read);
}

static bool file_exists(const rift_source *source, const rift_place *place,
                        const char *said, const char **path)
{
    *path = rift_source_path(source, said);
    if (*path && access(*path, R_OK) == 0) {
        return true;
    }
    rift_diag_at(source->diag, RIFT_ERROR, place,
                 "the file '%s' cannot be read; correct the path (it counts from this "
                 "file's folder)",
                 said);
    return false;
}

static bool read_years(const rift_source *source, const rift_yaml *node,
                       rift_study *study)
{
    static const rift_field field[] = {
        {"first",
         RIFT_FIELD_INTEGER,
         offsetof(years_read, first),
         true,
         1000,
         2999,
         {0}},
        {"last", RIFT_FIELD_INTEGER, offsetof(years_read, last), true, 1000, 2999, {0}},
    };
    years_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 2, "years", &read);
    if (good && read.first > read.last) {
        good =
            rift_yaml_error(source, node, "the first year %d lies after the last, %d",
                            read.first, read.last);
    }
    study->first_year = read.first;
    study->last_year = read.last;
    return good;
}

static bool read_sources(const rift_source *source, const rift_texts *list,
                         rift_study *study)
{
    study->source = rift_arena_alloc(source->arena, list->n + 1, sizeof *study->source);
    study->source_place = list->place;
    if (!study->source) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < list->n; i++) {
        good &= file_exists(source, &list->place[i], list->text[i], &study->source[i]);
    }
    study->n_source = list->n;
    return good;
}

static bool read_countries(const rift_source *source, const rift_yaml *node,
                           rift_study *study)
{
    static const rift_field field[] = {
        {"file", RIFT_FIELD_TEXT, offsetof(countries_read, file), true, 0, 0, {0}},
        {"only", RIFT_FIELD_TEXTS, offsetof(countries_read, only), false, 0, 0, {0}},
        {"except",
         RIFT_FIELD_TEXTS,
         offsetof(countries_read, except),
         false,
         0,
         0,
         {0}},
    };
    countries_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 3, "countries", &read);
    if (read.file) {
        study->countries_place = rift_yaml_get(node, "file")->place;
        good &=
            file_exists(source, &study->countries_place, read.file, &study->countries);
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
        {"code", RIFT_FIELD_TEXT, offsetof(group_read, group.code), true, 0, 0, {0}},
        {"name", RIFT_FIELD_TEXT, offsetof(group_read, group.name), false, 0, 0, {0}},
        {"column",
         RIFT_FIELD_TEXT,
         offsetof(group_read, group.column),
         true,
         0,
         0,
         {0}},
        {"labels", RIFT_FIELD_NODE, offsetof(group_read, labels), false, 0, 0, {0}},
    };
    group_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 4, "a group", &read);
    if (read.labels) {
        good &= read_labels(source, read.labels, &read.group);
    }
    read.group.name = read.group.name ? read.group.name : read.group.code;
    read.group.place = node->place;
    *group = read.group;
    return good;
}

static bool read_groups(const rift_source *source, const rift_yaml *list,
                        rift_study *study)
{
    if (list->kind != RIFT_YAML_LIST) {
        return rift_yaml_error(source, list, "'groups' must be a list");
    }
    study->group =
        rift_arena_alloc(source->arena, list->n_item + 1, sizeof *study->group);
    if (!study->group) {
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < list->n_item; i++) {
        good &= read_group(source, list->item[i], &study->group[i]);
        for (size_t j = 0; study->group[i].code && j < i; j++) {
            if (study->group[j].code &&
                !strcmp(study->group[i].code, study->group[j].code)) {
                good = rift_yaml_error(source, list->item[i],
                                       "the group '%s' stands twice; keep one",
                                       study->group[i].code);
            }
        }
    }
    study->n_group = list->n_item;
    return good;
}

static const rift_group_definition *find_group(const rift_study *study,
                                               const char *code)
{
    for (size_t i = 0; i < study->n_group; i++) {
        if (study->group[i].code && strcmp(study->group[i].code, code) == 0) {
            return &study->group[i];
        }
    }
    return NULL;
}

static bool check_group(const rift_source *source, const rift_place *place,
                        const rift_study *study, const char *code)
{
    if (find_group(study, code)) {
        return true;
    }
    rift_diag_at(source->diag, RIFT_ERROR, place,
                 "unknown group '%s'; define it under 'groups'", code);
    return false;
}

/* Rows of a table for a list of names; none given means all. */
static bool choose_rows(const rift_source *source, const rift_texts *list,
                        const rift_choices *choices, const char *what, bool given,
                        int **row, size_t *n)
{
    size_t n_all = *choices->n, room = (given ? list->n : n_all) + 1;
    int *out = rift_arena_alloc(source->arena, room, sizeof *out);
    if (!out) {
        return false;
    }
    const char *name[64];
    for (size_t k = 0; k < n_all && k < 64; k++) {
        name[k] = choices->name(k);
        if (!given) {
            out[k] = (int)k;
        }
    }
    bool good = true;
    for (size_t i = 0; given && i < list->n; i++) {
        size_t k = 0;
        while (k < n_all && strcmp(name[k], list->text[i]) != 0) {
            k++;
        }
        if (k == n_all) {
            const char *near = rift_text_nearest(list->text[i], name, n_all);
            rift_diag_at(source->diag, RIFT_ERROR, &list->place[i],
                         "unknown %s '%s'; %s%s%s", what, list->text[i],
                         near ? "did you mean '" : "",
                         near ? near : "'rift list' names them all", near ? "'?" : "");
            good = false;
        } else {
            out[i] = (int)k;
        }
    }
    *row = out;
    *n = given ? list->n : n_all;
    return good;
}

static bool read_divide(const rift_source *source, const rift_yaml *node,
                        rift_study *study)
{
    const rift_field field[] = {
        {"measures",
         RIFT_FIELD_TEXTS,
         offsetof(divide_read, measures),
         false,
         0,
         0,
         {0}},
        {"decompose",
         RIFT_FIELD_TEXTS,
         offsetof(divide_read, decompose),
         false,
         0,
         0,
         {0}},
        {"sample", RIFT_FIELD_CHOICE, offsetof(divide_read, sample), false, 0, 0,
         rift_choose_sample},
    };
    divide_read read = {0};
    bool good = node ? rift_yaml_fields(source, node, field, 3, "divide", &read) : true;
    good &= choose_rows(source, &read.measures, &rift_choose_measure, "measure",
                        read.measures.text != NULL, &study->measure, &study->n_measure);
    for (size_t i = 0; i < read.decompose.n; i++) {
        good &= check_group(source, &read.decompose.place[i], study,
                            read.decompose.text[i]);
    }
    study->n_decomposed = read.decompose.n;
    study->decomposed = read.decompose.text;
    study->balanced = read.sample == 1;
    return good;
}

static bool read_map(const rift_source *source, const rift_yaml *node,
                     rift_study *study)
{
    static const rift_field field[] = {
        {"outlines", RIFT_FIELD_TEXT, offsetof(map_read, outlines), true, 0, 0, {0}},
        {"disclaimer",
         RIFT_FIELD_TEXT,
         offsetof(map_read, disclaimer),
         false,
         0,
         0,
         {0}},
    };
    map_read read = {0};
    bool good = rift_yaml_fields(source, node, field, 2, "map", &read);
    study->disclaimer = read.disclaimer ? read.disclaimer : "";
    if (read.outlines) {
        study->outlines_place = rift_yaml_get(node, "outlines")->place;
        good &= file_exists(source, &study->outlines_place, read.outlines,
                            &study->outlines);
    }
    return good;
}

static bool read_partners(const rift_source *source, const rift_yaml *node,
                          rift_study *study)
{
    static const rift_field field[] = {
        {"grouping",
         RIFT_FIELD_TEXT,
         offsetof(partners_read, grouping),
         true,
         0,
         0,
         {0}},
        {"member", RIFT_FIELD_TEXT, offsetof(partners_read, member), true, 0, 0, {0}},
    };
    partners_read read = {0};
    if (!rift_yaml_fields(source, node, field, 2, "partners", &read)) {
        return false;
    }
    study->partners = read.grouping;
    study->partners_member = read.member;
    if (!check_group(source, &rift_yaml_get(node, "grouping")->place, study,
                     read.grouping)) {
        return false;
    }
    const rift_group_definition *group = find_group(study, read.grouping);
    for (size_t i = 0; i < group->n_label; i++) {
        if (strcmp(group->value[i], read.member) == 0) {
            study->partners_member = group->label[i]; /* as results name their groups */
            return true;
        }
    }
    return group->n_label == 0 ||
           rift_yaml_error(source, rift_yaml_get(node, "member"),
                           "the group '%s' has no value '%s' among its labels",
                           read.grouping, read.member);
}

/* Charts that need something the study does not give are errors before any work. */
static bool check_charts(const rift_source *source, const rift_texts *list,
                         const rift_study *study)
{
    bool good = true;
    for (size_t i = 0; i < study->n_chart; i++) {
        const char *name = rift_charts[study->chart[i]].name, *need = NULL;
        if (!strcmp(name, "map") && !study->outlines) {
            need = "map: outlines";
        } else if (!strcmp(name, "gdp") && !study->income) {
            need = "gdp_per_head";
        } else if (!strcmp(name, "partners") && !study->partners) {
            need = "partners";
        } else if (!strcmp(name, "regions") && !find_group(study, "region")) {
            need = "groups: region";
        } else if (!strcmp(name, "incomes") && !find_group(study, "income")) {
            need = "groups: income";
        }
        if (need) {
            rift_diag_at(
                source->diag, RIFT_ERROR, list->place ? &list->place[i] : NULL,
                "the chart '%s' needs '%s' in the study; add it or drop the chart",
                name, need);
            good = false;
        }
    }
    return good;
}

static bool check_series(const rift_catalogue *catalogue, const rift_source *source,
                         const rift_yaml *root, const char *key, const char *code,
                         rift_place *place)
{
    if (!code) {
        return true;
    }
    const rift_yaml *node = rift_yaml_get(root, key);
    *place = node->place;
    if (rift_catalogue_find(catalogue, code)) {
        return true;
    }
    const char *near = rift_catalogue_nearest(catalogue, code);
    return near ? rift_yaml_error(source, node,
                                  "unknown series '%s'; did you mean '%s'?", code, near)
                : rift_yaml_error(source, node,
                                  "unknown series '%s'; define it in a file of series",
                                  code);
}

static bool read_parts(rift_catalogue *catalogue, const rift_source *source,
                       const rift_yaml *root, study_read *read)
{
    rift_study *study = &read->study;
    bool good = true;
    if (read->years) {
        good &= read_years(source, read->years, study);
    }
    good &= read_sources(source, &read->sources, study);
    if (read->sources.text && read->sources.n == 0) {
        good = rift_yaml_error(source, rift_yaml_get(root, "sources"),
                               "'sources' is empty; name at least one data file");
    }
    if (read->countries) {
        good &= read_countries(source, read->countries, study);
    }
    if (read->groups) {
        good &= read_groups(source, read->groups, study);
    }
    if (read->map) {
        good &= read_map(source, read->map, study);
    }
    if (read->partners) {
        good &= read_partners(source, read->partners, study);
    }
    good &= read_divide(source, read->divide, study);
    good &= choose_rows(source, &read->charts, &rift_choose_chart, "chart", true,
                        &study->chart, &study->n_chart);
    good = good && check_charts(source, &read->charts, study);
    for (size_t i = 0; i < read->files.n; i++) {
        const char *path;
        good &=
            file_exists(source, &read->files.place[i], read->files.text[i], &path) &&
            rift_catalogue_add_file(catalogue, path);
    }
    const char *path;
    if (read->index) {
        good &= file_exists(source, &rift_yaml_get(root, "index")->place, read->index,
                            &path) &&
                rift_index_read(catalogue, path, &study->index);
    }
    if (!study->index.code) {
        return false; /* without its series, any other would be called unknown */
    }
    good &= check_series(catalogue, source, root, "population", study->population,
                         &study->population_place);
    good &= check_series(catalogue, source, root, "gdp_per_head", study->income,
                         &study->income_place);
    return good;
}

rift_status rift_study_load(const char *path, rift_diag *diag, rift_study *study)
{
    rift_arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    rift_catalogue catalogue = {.arena = arena, .diag = diag};
    size_t errors = diag->n_error;
    rift_source source = {0};
    rift_yaml *root = NULL;
    rift_status status = rift_catalogue_open(&catalogue, path, &source, &root);
    study_read read = {.study = {.notes = "", .disclaimer = "", .report = true}};
    bool good = status == RIFT_OK;
    if (root) {
        good &= read_keys(&source, root, &read);
        good &= read_parts(&catalogue, &source, root, &read);
    }
    if (!good || diag->n_error > errors) {
        rift_arena_free(arena);
        free(arena);
        return status == RIFT_ERR_SYSTEM || status == RIFT_ERR_MEMORY
                   ? status
                   : RIFT_ERR_DEFINITION;
    }
    *study = read.study;
    study->file = source.file;
    study->n_ignored = read.ignored.n;
    study->ignored = read.ignored.text;
    study->n_catalogue = catalogue.n_series;
    study->catalogue = catalogue.series;
    study->n_definition = catalogue.n_file;
    study->definition_file = catalogue.file;
    study->definition_text = catalogue.text;
    study->memory = arena;
    return RIFT_OK;
}

void rift_study_free(rift_study *study)
{
    if (study->memory) {
        rift_arena_free(study->memory);
        free(study->memory);
    }
    *study = (rift_study){0};
}
