/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series: one entry per indicator, collected from any number of files. */
#include "define/define.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/suggest.h"
#include "core/text.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { YAML_BYTES = 1024 * 1024 };

bool rift_arena_grow(rift_arena *arena, void *array, size_t n, size_t *capacity,
                     size_t size)
{
    if (n < *capacity) {
        return true;
    }
    size_t more = *capacity ? 2 * *capacity : 16;
    void *grown = rift_arena_alloc(arena, more, size);
    if (!grown) {
        return false;
    }
    void *old;
    memcpy(&old, array, sizeof old);
    if (n > 0) {
        memcpy(grown, old, n * size);
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = more;
    return true;
}

/* Whether some line begins with a key of a definition. Of a file without one nothing is
   quoted: it is none, and may be somebody's secret. */
static bool is_likely(const char *text)
{
    static const char *const key[] = {
        "code",    "title",  "series",        "nodes",        "sources",  "years",
        "index",   "groups", "countries",     "series_files", "children", "name",
        "charts",  "report", "normalisation", "divide",       "audit",    "weight_sets",
        "balance", "unit",   "aggregation",   "goalposts"};
    bool any = false, blank = true;
    for (const char *at = text; *at && !any;) {
        const char *word = at + strspn(at, " \t-{[\"'?");
        for (size_t i = 0; !any && i < RIFT_COUNT_OF(key); i++) {
            size_t n = strlen(key[i]);
            const char *after = strncmp(word, key[i], n) == 0 ? word + n : "";
            any = after[strspn(after, "\"' ")] == ':';
        }
        blank = blank && strchr("#\r\n", *word) != NULL; /* the end is among them */
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    return any || blank;
}

rift_status rift_catalogue_open(rift_catalogue *catalogue, rift_definition *file,
                                rift_source *source, rift_yaml **root)
{
    rift_arena *arena = catalogue->arena;
    *root = NULL;
    rift_status status =
        rift_definition_open(&catalogue->all, arena, catalogue->diag, YAML_BYTES, file);
    if (status != RIFT_OK) {
        return status;
    }
    if (!catalogue->all.kept && !is_likely(file->text)) {
        rift_location place = rift_location_file(file->file);
        rift_diag_at(catalogue->diag, RIFT_ERROR, &place,
                     "is no definition: it looks like plain text, of which no line "
                     "begins with a key such as 'code:', 'series:' or 'nodes:'");
        return RIFT_ERR_DEFINITION;
    }
    char *folder = rift_path_folder(catalogue->all.kept ? file->name : file->file);
    *source = (rift_source){.arena = arena,
                            .diag = catalogue->diag,
                            .file = file->file,
                            .text = file->text,
                            .folder = folder ? rift_arena_text(arena, folder) : NULL,
                            .name = file->name,
                            .all = &catalogue->all};
    free(folder);
    return source->folder ? rift_yaml_parse(source, strlen(source->text), root)
                          : rift_diag_memory(catalogue->diag);
}

const rift_series *rift_catalogue_find(const rift_catalogue *catalogue,
                                       const char *code)
{
    size_t row = rift_codes_find(&catalogue->codes, code);
    return row < catalogue->n_series ? &catalogue->series[row] : NULL;
}

const char *rift_catalogue_nearest(const rift_catalogue *catalogue, const char *code)
{
    return rift_names_nearest(RIFT_NAMES(catalogue->series, catalogue->n_series, code),
                              code);
}

bool rift_cap_read(const rift_source *source, const rift_yaml *node,
                   rift_series *series)
{
    rift_goalposts cap = {NAN, NAN};
    bool good = rift_bounds_read(source, node, "'cap'", (rift_goalposts){0, 0}, &cap);
    series->low_cap = cap.low;
    series->high_cap = cap.high;
    return good;
}

typedef struct series_read {
    rift_series series;
    int polarity, layer, department;
    const rift_yaml *transformation, *goalposts, *normalisation, *treatment,
        *imputation, *cap, *target, *comparable;
} series_read;

/* Methods, goalposts and caps that a series has of its own. */
static bool read_methods(const rift_source *source, series_read *read)
{
    rift_series *series = &read->series;
    bool good = true;
    if (read->transformation) {
        good &= rift_transformations_read(source, read->transformation,
                                          &series->transformation);
    }
    if (read->goalposts) {
        good &= rift_goalposts_read(source, read->goalposts, series);
        series->has_goalposts = true; /* wrong ones were reported: not missing too */
    }
    if (read->normalisation) {
        good &= rift_choice_read(source, read->normalisation, &rift_normalise_form,
                                 &series->normalise);
    }
    if (read->treatment) {
        good &=
            rift_choice_read(source, read->treatment, &rift_treat_form, &series->treat);
        series->has_treat = true;
    }
    if (read->imputation) {
        good &= rift_impute_read(source, read->imputation, &series->n_impute,
                                 &series->impute);
        series->has_impute = true;
    }
    series->target = (rift_goalposts){NAN, NAN};
    if (read->target) {
        good &= rift_target_read(source, read->target, &series->target);
    }
    if (read->comparable) {
        good &= rift_comparable_read(source, read->comparable, &series->comparable);
    }
    series->low_cap = series->high_cap = NAN;
    return (!read->cap || rift_cap_read(source, read->cap, series)) && good;
}

static const rift_field series_field[] = {
    RIFT_NEED("code", CODE, series_read, series.code),
    RIFT_KEY("name", TEXT, series_read, series.name),
    RIFT_KEY("unit", TEXT, series_read, series.unit),
    RIFT_KEY_CHOICE("layer", series_read, layer, layer),
    RIFT_KEY_CHOICE("department", series_read, department, department),
    RIFT_KEY_CHOICE("polarity", series_read, polarity, polarity),
    RIFT_KEY("transformation", NODE, series_read, transformation),
    RIFT_KEY("normalisation", NODE, series_read, normalisation),
    RIFT_KEY("treatment", NODE, series_read, treatment),
    RIFT_KEY("imputation", NODE, series_read, imputation),
    RIFT_KEY("cap", NODE, series_read, cap),
    RIFT_KEY("target", NODE, series_read, target),
    RIFT_KEY("comparable", NODE, series_read, comparable),
    RIFT_KEY_METHOD("denomination", series_read, series.denomination, denomination),
    RIFT_KEY("goalposts", NODE, series_read, goalposts),
    RIFT_KEY_RANGE("maximum_age", INTEGER, series_read, series.maximum_age, 0, 100),
    RIFT_KEY("denominator", TEXT, series_read, series.denominator),
    RIFT_KEY("factor", NUMBER, series_read, series.factor),
    RIFT_SCALE_KEYS(series_read, series.scale),
    RIFT_KEY("notes", TEXT, series_read, series.notes),
};

static bool read_series(rift_catalogue *catalogue, const rift_source *source,
                        const rift_yaml *node)
{
    series_read read = {.polarity = 1, .layer = -1, .department = -1};
    rift_choice_standard(&rift_normalise_form, &read.series.normalise);
    rift_choice_standard(&rift_treat_form, &read.series.treat);
    read.series.transformation.name = rift_transformations[0].name;
    read.series.denomination = rift_denominations;
    read.series.factor = 1;
    read.series.scale = RIFT_SCALE_UNSAID;
    read.series.place = node->place;
    bool good =
        rift_yaml_fields(source, node, series_field,
                         sizeof series_field / sizeof *series_field, "a series", &read);
    good &= read_methods(source, &read);
    rift_series *series = &read.series;
    if (!series->code) {
        return false;
    }
    series->polarity = read.polarity ? 1 : -1;
    series->name = series->name ? series->name : series->code;
    series->unit = series->unit ? series->unit : "";
    series->layer = read.layer < 0 ? "" : rift_choose_layer.name((size_t)read.layer);
    series->department =
        read.department < 0 ? "" : rift_choose_department.name((size_t)read.department);
    if (series->factor == 0) {
        good = rift_yaml_error(source, rift_yaml_get(node, "factor"),
                               "a factor of 0 would erase the series; give another");
    }
    const rift_series *other = rift_catalogue_find(catalogue, series->code);
    if (other) {
        return rift_yaml_error(source, rift_yaml_get(node, "code"),
                               "the series '%s' is already defined at %s:%zu; keep one",
                               series->code, other->place.file, other->place.line);
    }
    if (!rift_arena_grow(catalogue->arena, &catalogue->series, catalogue->n_series,
                         &catalogue->capacity, sizeof *series) ||
        !rift_codes_add(&catalogue->codes, catalogue->arena, series->code,
                        catalogue->n_series)) {
        (void)!rift_diag_memory(catalogue->diag);
        return false;
    }
    /* A series with an error joins too, or each use of it would be called unknown. */
    catalogue->series[catalogue->n_series++] = *series;
    return good;
}

bool rift_catalogue_add(rift_catalogue *catalogue, const rift_source *source,
                        const rift_yaml *list)
{
    if (list->kind != RIFT_YAML_LIST) {
        return rift_yaml_error(source, list, "'series' must be a list of series");
    }
    if (list->n_item > RIFT_SERIES_LIMIT - catalogue->n_series) {
        return rift_yaml_error(source, list,
                               "there are more than %d series, the limit; leave out "
                               "those that are not used, or divide the index",
                               RIFT_SERIES_LIMIT);
    }
    bool good = true;
    for (size_t i = 0; i < list->n_item; i++) {
        good &= read_series(catalogue, source, list->item[i]);
    }
    return good;
}

static bool add_file(rift_catalogue *catalogue, rift_definition *file)
{
    for (size_t i = 0; i < catalogue->all.n; i++) {
        if (strcmp(catalogue->all.file[i].file, file->file) == 0) {
            return true; /* a study and its index may name the same file */
        }
    }
    rift_source source = {0};
    rift_yaml *root = NULL;
    bool good = rift_catalogue_open(catalogue, file, &source, &root) == RIFT_OK;
    if (!root) {
        return false;
    }
    const rift_yaml *list = NULL;
    const rift_field field[] = {
        {.key = "series", .kind = RIFT_FIELD_NODE, .required = true},
    };
    good &= rift_yaml_fields(&source, root, field, 1, "a file of series", &list);
    return list ? rift_catalogue_add(catalogue, &source, list) && good : false;
}

bool rift_catalogue_add_named(rift_catalogue *catalogue, const rift_source *source,
                              const rift_location *place, const char *said)
{
    rift_definition file = {0};
    return rift_definition_find(source, place, said, &file) &&
           add_file(catalogue, &file);
}

bool rift_catalogue_add_file(rift_catalogue *catalogue, const char *path)
{
    rift_definition file = {0};
    if (!rift_definition_first(&catalogue->all, catalogue->arena, path, &file)) {
        (void)!rift_diag_memory(catalogue->diag);
        return false;
    }
    return add_file(catalogue, &file);
}

rift_status rift_series_load(const char *path, rift_diag *diag, rift_series_file *file)
{
    rift_arena *arena = calloc(1, sizeof *arena);
    if (!arena) {
        return rift_diag_memory(diag);
    }
    rift_catalogue catalogue = {.arena = arena, .diag = diag};
    if (!rift_catalogue_add_file(&catalogue, path)) {
        rift_arena_free(arena);
        free(arena);
        return rift_diag_worse(diag, RIFT_ERR_DEFINITION);
    }
    *file = (rift_series_file){catalogue.n_series, catalogue.series, arena};
    return RIFT_OK;
}

void rift_series_file_free(rift_series_file *file)
{
    if (file->memory) {
        rift_arena_free(file->memory);
    }
    free(file->memory);
    *file = (rift_series_file){0};
}
