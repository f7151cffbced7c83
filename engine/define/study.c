/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Studies: which data, years, countries, groups, index, measures, charts and report. */
#include "define/study.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

typedef struct study_read {
    rift_study study;
    const char *index;
    rift_texts files, ignore;
    const char *aliases;
    int on_conflict;
    const rift_yaml *sources, *years, *countries, *groups, *divide, *map, *highlight,
        *edition;
    const rift_yaml *converge, *forecast, *paradox, *audit;
} study_read;

/* Files are named by the code of a study. */
static bool check_code(const rift_source *source, const rift_yaml *root,
                       const char *code)
{
    bool kept = source->all && source->all->kept;
    const char *fault = code && !kept ? rift_study_code_fault(code) : NULL;
    return !fault || rift_yaml_error(source, rift_yaml_get(root, "code"),
                                     "'%.80s' is no code of a study: %s", code, fault);
}

static bool read_keys(const rift_source *source, const rift_yaml *root,
                      study_read *read)
{
    const rift_field field[] = {
        RIFT_NEED("code", CODE, study_read, study.code),
        RIFT_NEED("title", TEXT, study_read, study.title),
        RIFT_KEY("notes", TEXT, study_read, study.notes),
        RIFT_KEY("noun", TEXT, study_read, study.noun),
        RIFT_NEED("years", NODE, study_read, years),
        RIFT_NEED("sources", NODE, study_read, sources),
        RIFT_KEY("aliases", TEXT, study_read, aliases),
        RIFT_KEY_CHOICE("on_conflict", study_read, on_conflict, on_conflict),
        RIFT_KEY("ignore", TEXTS, study_read, ignore),
        RIFT_NEED("countries", NODE, study_read, countries),
        RIFT_KEY("groups", NODE, study_read, groups),
        RIFT_KEY("population", TEXT, study_read, study.population),
        RIFT_KEY("gdp_per_head", TEXT, study_read, study.income),
        RIFT_KEY("series_files", TEXTS, study_read, files),
        RIFT_NEED("index", TEXT, study_read, index),
        RIFT_KEY("divide", NODE, study_read, divide),
        RIFT_KEY("converge", NODE, study_read, converge),
        RIFT_KEY("forecast", NODE, study_read, forecast),
        RIFT_KEY("paradox", NODE, study_read, paradox),
        RIFT_KEY("audit", NODE, study_read, audit),
        RIFT_KEY("charts", TEXTS, study_read, study.charts),
        RIFT_KEY("map", NODE, study_read, map),
        RIFT_KEY("highlight", NODE, study_read, highlight),
        RIFT_KEY("report", BOOLEAN, study_read, study.report),
        RIFT_KEY("edition", NODE, study_read, edition),
    };
    bool good = rift_yaml_fields(source, root, field, sizeof field / sizeof *field,
                                 "a study", read);
    return check_code(source, root, read->study.code) && good;
}

static bool check_series(const rift_catalogue *catalogue, const rift_source *source,
                         const rift_yaml *root, const char *key, const char *code,
                         rift_location *place)
{
    if (!code) {
        return true;
    }
    const rift_yaml *node = rift_yaml_get(root, key);
    *place = node->place;
    if (rift_catalogue_find(catalogue, code)) {
        return true;
    }
    return rift_yaml_unknown(source, node, "series", code,
                             rift_catalogue_nearest(catalogue, code),
                             "define it in a file of series");
}

static bool read_parts(rift_catalogue *catalogue, const rift_source *source,
                       const rift_yaml *root, study_read *read)
{
    rift_study *study = &read->study;
    bool good = true;
    if (read->years) {
        good &= rift_study_years(source, read->years, study);
    }
    if (read->sources) {
        good &= rift_study_sources(source, read->sources, study);
    }
    study->on_conflict = (rift_on_conflict)read->on_conflict;
    if (read->aliases) {
        good &= rift_source_file(source, &rift_yaml_get(root, "aliases")->place,
                                 read->aliases, &study->aliases);
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
    if (read->highlight) {
        good &= rift_study_highlight(source, read->highlight, study);
    }
    good &= rift_study_edition(source, read->edition, study);
    good &= rift_study_divide(source, read->divide, study);
    for (size_t i = 0; i < read->files.n; i++) {
        good &= rift_catalogue_add_named(catalogue, source, &read->files.place[i],
                                         read->files.text[i]);
    }
    rift_definition index = {0};
    if (read->index) {
        good &= rift_definition_find(source, &rift_yaml_get(root, "index")->place,
                                     read->index, &index) &&
                rift_index_read(catalogue, &index, &study->index);
    }
    if (!study->index.code) {
        return false; /* without its series, any other would be called unknown */
    }
    const rift_yaml *block[RIFT_OPTION_GROUPS] = {
        read->divide, read->converge, read->forecast, read->paradox, read->audit};
    for (size_t i = 0; i < RIFT_OPTION_GROUPS; i++) {
        good &= rift_study_options(source, catalogue, rift_option_group[i], block[i],
                                   study);
    }
    good &= check_series(catalogue, source, root, "population", study->population,
                         &study->population_place);
    good &= check_series(catalogue, source, root, "gdp_per_head", study->income,
                         &study->income_place);
    return good;
}

/* An index in its place: its many missing keys would not say so. */
static bool is_study(const rift_source *source, const rift_yaml *root)
{
    bool other = rift_yaml_get(root, "nodes") && !rift_yaml_get(root, "sources");
    return !other || rift_yaml_error(source, root,
                                     "this is an index, not a study; name it in a "
                                     "study, under 'index'");
}

/* From files on disk, or from what a result keeps. */
static rift_status load(const char *path, const rift_definition_texts *kept,
                        rift_diag *diag, rift_study *study)
{
    rift_arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    rift_catalogue catalogue = {.arena = arena, .diag = diag, .all = {.kept = kept}};
    size_t errors = diag->n_error;
    rift_source source = {0};
    rift_yaml *root = NULL;
    rift_definition first = {0};
    rift_status status = rift_definition_first(&catalogue.all, arena, path, &first)
                             ? rift_catalogue_open(&catalogue, &first, &source, &root)
                             : rift_diag_memory(diag);
    study_read read = {.study = {.notes = "", .disclaimer = "", .report = true}};
    bool good = status == RIFT_OK;
    if (root && !is_study(&source, root)) {
        good = false;
    } else if (root) {
        good &= read_keys(&source, root, &read);
        good &= read_parts(&catalogue, &source, root, &read);
    }
    if (!good || diag->n_error > errors) {
        rift_arena_free(arena);
        free(arena);
        return rift_diag_worse(diag, RIFT_ERR_DEFINITION);
    }
    *study = read.study;
    study->file = source.file;
    study->n_ignore = read.ignore.n;
    study->ignore = read.ignore.text;
    study->n_catalogue = catalogue.n_series;
    study->catalogue = catalogue.series;
    study->n_definition = catalogue.all.n;
    study->definition = catalogue.all.file;
    study->format_2 = kept && kept->format_2;
    study->memory = arena;
    return RIFT_OK;
}

rift_status rift_study_load(const char *path, rift_diag *diag, rift_study *study)
{
    return load(path, NULL, diag, study);
}

rift_status rift_study_from_texts(const rift_definition_texts *texts, rift_diag *diag,
                                  rift_study *study)
{
    if (texts->n == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "there is no definition to read");
        return RIFT_ERR_DEFINITION;
    }
    return load(NULL, texts, diag, study);
}

rift_status rift_study_named(const char *code, const char *title, rift_study *study)
{
    rift_arena *arena = calloc(1, sizeof *arena);
    rift_study made = {.file = "", .notes = "", .disclaimer = "", .memory = arena};
    made.index = (rift_index){.code = "", .name = "", .notes = ""};
    made.code = arena ? rift_arena_text(arena, code) : NULL;
    made.title = arena ? rift_arena_text(arena, title) : NULL;
    if (!made.code || !made.title) {
        rift_study_free(&made);
        return RIFT_ERR_MEMORY;
    }
    *study = made;
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
