/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: which data, years, countries, groups, index, measures, charts and report. */
#include "define/study.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

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
        } else if (!strcmp(name, "regions") && !rift_study_group(study, "region")) {
            need = "groups: region";
        } else if (!strcmp(name, "incomes") && !rift_study_group(study, "income")) {
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
        good &= rift_study_years(source, read->years, study);
    }
    good &= rift_study_sources(source, &read->sources, study);
    if (read->sources.text && read->sources.n == 0) {
        good = rift_yaml_error(source, rift_yaml_get(root, "sources"),
                               "'sources' is empty; name at least one data file");
    }
    if (read->countries) {
        good &= rift_study_countries(source, read->countries, study);
    }
    if (read->groups) {
        good &= rift_study_groups(source, read->groups, study);
    }
    if (read->map) {
        good &= rift_study_map(source, read->map, study);
    }
    if (read->partners) {
        good &= rift_study_partners(source, read->partners, study);
    }
    good &= rift_study_divide(source, read->divide, study);
    good &= rift_study_rows(source, &read->charts, &rift_choose_chart, "chart", true,
                            &study->chart, &study->n_chart);
    good = good && check_charts(source, &read->charts, study);
    for (size_t i = 0; i < read->files.n; i++) {
        const char *path;
        good &= rift_study_file(source, &read->files.place[i], read->files.text[i],
                                &path) &&
                rift_catalogue_add_file(catalogue, path);
    }
    const char *path;
    if (read->index) {
        good &= rift_study_file(source, &rift_yaml_get(root, "index")->place,
                                read->index, &path) &&
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
