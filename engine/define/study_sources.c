/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sources of a study: a path, or a path with what the user states of the file. */
#include "define/study.h"

#include "core/diag.h"
#include "core/text.h"
#include "decode/encoding.h"
#include "read/format.h"

#include <string.h>

typedef struct source_read {
    rift_source_settings settings;
    const char *file, *delimiter, *period;
    rift_yaml *decimal, *missing; /* for the file, or by column */
    rift_yaml *dimension, *where, *remarks;
    rift_column_settings *column;
    size_t n_column;
} source_read;

static bool wrong(const rift_source *source, const rift_yaml *map, const char *key,
                  const char *message)
{
    return rift_yaml_error(source, rift_yaml_get(map, key), "%s", message);
}

/* Words that stand for a mark, or the mark itself. */
static char mark_of(const char *text)
{
    static const struct {
        const char *word;
        char mark;
    } known[] = {{"tab", '\t'},
                 {"comma", ','},
                 {"semicolon", ';'},
                 {"pipe", '|'},
                 {"point", '.'}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(text, known[i].word) == 0) {
            return known[i].mark;
        }
    }
    return strlen(text) == 1 ? *text : '\0';
}

static bool check_marks(const rift_source *source, const rift_yaml *map,
                        source_read *read)
{
    bool good = true;
    if (read->delimiter) {
        read->settings.delimiter = mark_of(read->delimiter);
        bool fits =
            read->settings.delimiter && !strchr("\"\n\r", read->settings.delimiter);
        good = fits || wrong(source, map, "delimiter",
                             "'delimiter' must be one character, or comma, semicolon, "
                             "tab or pipe");
    }
    return good;
}

/* A list of texts, or one: how many and which; false with an error for anything else.
 */
static bool take_texts(const rift_source *source, const rift_yaml *node, size_t *n,
                       const char **out)
{
    bool one = node->kind == RIFT_YAML_SCALAR, good = node->kind != RIFT_YAML_MAP;
    *n = good ? one ? 1 : node->n_item : 0;
    for (size_t i = 0; i < *n; i++) {
        const rift_yaml *item = one ? node : node->item[i];
        good = good && item->kind == RIFT_YAML_SCALAR;
        out[i] = good ? item->text : "";
    }
    return good || rift_yaml_error(source, node,
                                   "'missing' must be a list of texts, or a map of "
                                   "columns with such lists");
}

static bool take_decimal(const rift_source *source, const rift_yaml *node, char *mark)
{
    *mark = node->kind == RIFT_YAML_SCALAR ? mark_of(node->text) : '\0';
    return *mark == '.' || *mark == ',' ||
           rift_yaml_error(source, node,
                           "'decimal' must be \".\" or \",\", or point or comma, or a "
                           "map of columns with these");
}

/* Texts for missing values, of the whole file or of single columns. */
static bool read_missing(const rift_source *source, source_read *read)
{
    const rift_yaml *node = read->missing;
    bool good = true;
    if (node->kind != RIFT_YAML_MAP) {
        const char **text =
            rift_arena_alloc(source->arena, node->n_item + 1, sizeof *text);
        good = text && take_texts(source, node, &read->settings.n_missing, text);
        read->settings.missing = text;
        return good;
    }
    for (size_t i = 0; i + 1 < node->n_item; i += 2) {
        const rift_yaml *list = node->item[i + 1];
        size_t n = 0;
        const char **text =
            rift_arena_alloc(source->arena, list->n_item + 1, sizeof *text);
        good &= text && take_texts(source, list, &n, text);
        for (size_t k = 0; good && k < n; k++) {
            read->column[read->n_column++] =
                (rift_column_settings){node->item[i]->text, '\0', text[k]};
        }
    }
    return good;
}

static bool read_decimal(const rift_source *source, source_read *read)
{
    const rift_yaml *node = read->decimal;
    if (node->kind != RIFT_YAML_MAP) {
        return take_decimal(source, node, &read->settings.decimal);
    }
    bool good = true;
    for (size_t i = 0; i + 1 < node->n_item; i += 2) {
        rift_column_settings *column = &read->column[read->n_column++];
        *column = (rift_column_settings){.name = node->item[i]->text};
        good &= take_decimal(source, node->item[i + 1], &column->decimal);
    }
    return good;
}

static size_t count_texts(const rift_yaml *node)
{
    size_t n = 0;
    for (size_t i = 0; node && node->kind == RIFT_YAML_MAP && i < node->n_item; i++) {
        n += 1 + node->item[i]->n_item;
    }
    return n;
}

static bool read_columns(const rift_source *source, source_read *read)
{
    size_t n = count_texts(read->decimal) + count_texts(read->missing);
    read->column = rift_arena_alloc(source->arena, n + 1, sizeof *read->column);
    bool good = read->column != NULL;
    good = good && (!read->decimal || read_decimal(source, read));
    good = good && (!read->missing || read_missing(source, read));
    read->settings.column = read->column;
    read->settings.n_column = read->n_column;
    return good;
}

/* Headers, or one. */
static bool read_headers(const rift_source *source, const rift_yaml *node,
                         const char *key, size_t *n, const char *const **out)
{
    bool one = node && node->kind == RIFT_YAML_SCALAR;
    bool good = !node || node->kind != RIFT_YAML_MAP;
    size_t count = !node || !good ? 0 : one ? 1 : node->n_item;
    const char **name = rift_arena_alloc(source->arena, count + 1, sizeof *name);
    for (size_t i = 0; name && i < count; i++) {
        const rift_yaml *item = one ? node : node->item[i];
        good = good && item->kind == RIFT_YAML_SCALAR;
        name[i] = good ? item->text : "";
    }
    *n = name ? count : 0;
    *out = name;
    return (good && name) ||
           rift_yaml_error(source, node, "'%s' must be a list of column names", key);
}

/* A map of headers and the text to be kept of each. */
static bool read_where(const rift_source *source, const rift_yaml *node,
                       rift_source_settings *out)
{
    bool good = !node || node->kind == RIFT_YAML_MAP;
    size_t n = node && good ? node->n_item / 2 : 0;
    const char *(*pair)[2] = rift_arena_alloc(source->arena, n + 1, sizeof *pair);
    for (size_t i = 0; pair && i < n; i++) {
        good = good && node->item[2 * i + 1]->kind == RIFT_YAML_SCALAR;
        pair[i][0] = node->item[2 * i]->text;
        pair[i][1] = good ? node->item[2 * i + 1]->text : "";
    }
    out->n_where = pair ? n : 0;
    out->where = (const char *const(*)[2])pair;
    return (good && pair) ||
           rift_yaml_error(source, node,
                           "'where' must be a map of column names, each with the text "
                           "of the rows to be kept");
}

static bool is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd' ? !digit : text[i] != shape[i]) {
            return false;
        }
    }
    return true;
}

static bool check_words(const rift_source *source, const rift_yaml *map,
                        source_read *read)
{
    bool good = true;
    if (read->settings.format && !rift_format_find(read->settings.format)) {
        good = wrong(source, map, "format",
                     "unknown format; 'rift list formats' names them all");
    }
    if (read->settings.encoding && rift_encoding_find(read->settings.encoding) < 0) {
        good = wrong(source, map, "encoding",
                     "'encoding' must be UTF-8, Latin-1, Windows-1252 or UTF-16");
    }
    if (read->period &&
        !rift_several_years_find(read->period, &read->settings.period)) {
        good = wrong(source, map, "period", "'period' must be first, middle or last");
    }
    if (read->settings.vintage && !is_date(read->settings.vintage)) {
        good = wrong(source, map, "vintage", "'vintage' must be a date, YYYY-MM-DD");
    }
    return good;
}

static bool read_map(const rift_source *source, const rift_yaml *map, source_read *read)
{
    static const rift_field field[] = {
        RIFT_NEED("file", TEXT, source_read, file),
        RIFT_KEY("format", TEXT, source_read, settings.format),
        RIFT_KEY("encoding", TEXT, source_read, settings.encoding),
        RIFT_KEY("sheet", TEXT, source_read, settings.sheet),
        RIFT_KEY("delimiter", TEXT, source_read, delimiter),
        RIFT_KEY("decimal", NODE, source_read, decimal),
        RIFT_KEY("missing", NODE, source_read, missing),
        RIFT_KEY("country", TEXT, source_read, settings.country),
        RIFT_KEY("year", TEXT, source_read, settings.year),
        RIFT_KEY("series", TEXT, source_read, settings.series),
        RIFT_KEY("value", TEXT, source_read, settings.value),
        RIFT_KEY("unit", TEXT, source_read, settings.unit),
        RIFT_KEY("obs_status", TEXT, source_read, settings.obs_status),
        RIFT_KEY_RANGE("year_of_file", INTEGER, source_read, settings.year_of_file,
                       1000, 2999),
        RIFT_KEY("series_of_file", TEXT, source_read, settings.series_of_file),
        RIFT_KEY("vintage", TEXT, source_read, settings.vintage),
        RIFT_KEY("period", TEXT, source_read, period),
        RIFT_KEY("dimension", NODE, source_read, dimension),
        RIFT_KEY("where", NODE, source_read, where),
        RIFT_KEY("remarks", NODE, source_read, remarks),
    };
    bool good = rift_yaml_fields(source, map, field, sizeof field / sizeof *field,
                                 "a source", read);
    good &= check_marks(source, map, read);
    good &= check_words(source, map, read);
    good &= read_columns(source, read);
    good &= read_headers(source, read->dimension, "dimension",
                         &read->settings.n_dimension, &read->settings.dimension);
    good &= read_headers(source, read->remarks, "remarks", &read->settings.n_remarks,
                         &read->settings.remarks);
    good &= read_where(source, read->where, &read->settings);
    return good;
}

bool rift_study_sources(const rift_source *source, const rift_yaml *list,
                        rift_study *study)
{
    if (list->kind != RIFT_YAML_LIST || list->n_item == 0) {
        return rift_yaml_error(source, list,
                               list->kind == RIFT_YAML_LIST
                                   ? "'sources' is empty; name at least one data file"
                                   : "'sources' must be a list");
    }
    size_t n = list->n_item;
    study->source = rift_arena_alloc(source->arena, n + 1, sizeof *study->source);
    study->source_settings =
        rift_arena_alloc(source->arena, n + 1, sizeof *study->source_settings);
    if (!study->source || !study->source_settings) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        const rift_yaml *item = list->item[i];
        source_read read = {0};
        if (item->kind == RIFT_YAML_SCALAR) {
            read.file = item->text;
        } else if (item->kind == RIFT_YAML_MAP) {
            good &= read_map(source, item, &read);
        } else {
            good = rift_yaml_error(source, item,
                                   "a source must be a path, or a map with 'file'");
        }
        study->source_settings[i] = read.settings;
        study->source_settings[i].place = item->place;
        if (read.file) {
            good &=
                rift_source_file(source, &item->place, read.file, &study->source[i]);
        }
    }
    study->n_source = n;
    return good;
}
