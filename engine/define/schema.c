/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The typed walker: a map's keys against a table of fields, every error reported. All
   scalars are text until a field says otherwise, so that NO stays a country code. */
#include "define/yaml.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"
#include "define/definitions.h"

#include <string.h>

enum { KEY_LIMIT = 64 }; /* letters of a name that was renamed, all of them our own */

bool rift_yaml_error(const rift_source *source, const rift_yaml *node,
                     const char *format, ...)
{
    rift_text text = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&text, format, list);
    va_end(list);
    rift_diag_at(source->diag, RIFT_ERROR, &node->place, "%s", rift_text_string(&text));
    rift_diag_text_free(source->diag, &text);
    return false;
}

bool rift_yaml_unknown(const rift_source *source, const rift_yaml *node,
                       const char *what, const char *word, const char *near,
                       const char *otherwise)
{
    rift_diag_unknown(source->diag, &node->place, what, word, near, otherwise);
    return false;
}

const rift_yaml *rift_yaml_get(const rift_yaml *map, const char *key)
{
    for (size_t i = 0; map->kind == RIFT_YAML_MAP && i + 1 < map->n_item; i += 2) {
        if (strcmp(map->item[i]->text, key) == 0) {
            return map->item[i + 1];
        }
    }
    return NULL;
}

bool rift_yaml_unknown_word(const rift_source *source, const rift_yaml *node,
                            const char *what, rift_names names)
{
    rift_text all = {0};
    const char *at = (const char *)names.first;
    for (size_t i = 0; i < names.n; i++, at += names.stride) {
        rift_text_format(&all, "%s%s",
                         i ? ", " : "known are: ", *(const char *const *)at);
    }
    rift_yaml_unknown(source, node, what, node->text,
                      rift_names_nearest(names, node->text), rift_text_string(&all));
    rift_diag_text_free(source->diag, &all);
    return false;
}

static bool read_number(const rift_source *source, const rift_yaml *node,
                        const rift_field *field, double *out)
{
    double x;
    if (!rift_number_read(node->text, strlen(node->text), &x)) {
        return rift_yaml_error(
            source, node, "'%s' is not a number for '%s'%s", node->text, field->key,
            strchr(node->text, ',') ? "; use '.' as the decimal mark"
                                    : "; write a finite decimal number such as 0.5");
    }
    if (!rift_value_fits(x)) {
        return rift_yaml_error(source, node, "'%s' for '%s' is %s", node->text,
                               field->key, rift_value_misfit(x));
    }
    if ((field->low != 0 || field->high != 0) && (x < field->low || x > field->high)) {
        return rift_yaml_error(source, node, "'%s' must lie within %g and %g, found %s",
                               field->key, field->low, field->high, node->text);
    }
    *out = x;
    return true;
}

/* A name as it is called today: of what a result keeps, the old name counts. */
static const char *name_today(const rift_source *source, const char *name, size_t size,
                              char *room)
{
    bool kept = source->all && source->all->kept;
    return kept && rift_name_renamed("method", name, size, room) ? room : name;
}

static bool read_choice(const rift_source *source, const rift_yaml *node,
                        const rift_field *field, size_t *out)
{
    char room[KEY_LIMIT];
    const char *wanted = name_today(source, node->text, sizeof room, room);
    size_t n = *field->choices->n;
    const char **name = rift_arena_alloc(source->arena, n + 1, sizeof *name);
    for (size_t i = 0; name && i < n; i++) {
        name[i] = field->choices->name(i);
        if (strcmp(name[i], wanted) == 0) {
            *out = i;
            return true;
        }
    }
    if (!name) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    return rift_yaml_unknown_word(source, node, field->key, rift_names_of(name, n));
}

static bool read_boolean(const rift_source *source, const rift_yaml *node, bool *out)
{
    if (strcmp(node->text, "true") != 0 && strcmp(node->text, "false") != 0) {
        return rift_yaml_error(source, node, "'%s' is neither true nor false",
                               node->text);
    }
    *out = node->text[0] == 't';
    return true;
}

static bool read_texts(const rift_source *source, const rift_yaml *node,
                       const rift_field *field, rift_texts *out)
{
    if (node->kind != RIFT_YAML_LIST) {
        return rift_yaml_error(source, node, "'%s' must be a list, as in [a, b]",
                               field->key);
    }
    const char **text = rift_arena_alloc(source->arena, node->n_item + 1, sizeof *text);
    rift_location *place =
        rift_arena_alloc(source->arena, node->n_item + 1, sizeof *place);
    if (!text || !place) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < node->n_item; i++) {
        if (node->item[i]->kind != RIFT_YAML_SCALAR) {
            return rift_yaml_error(source, node->item[i],
                                   "'%s' must contain words only", field->key);
        }
        text[i] = node->item[i]->text;
        place[i] = node->item[i]->place;
    }
    *out = (rift_texts){node->n_item, text, place};
    return true;
}

static bool read_numbers(const rift_source *source, const rift_yaml *node,
                         const rift_field *field, rift_numbers *out)
{
    if (node->kind != RIFT_YAML_LIST || node->n_item == 0) {
        return rift_yaml_error(source, node,
                               "'%s' must be a list of numbers, as in "
                               "[1, 2]",
                               field->key);
    }
    double *number = rift_arena_alloc(source->arena, node->n_item, sizeof *number);
    if (!number) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < node->n_item; i++) {
        good &= node->item[i]->kind == RIFT_YAML_SCALAR
                    ? read_number(source, node->item[i], field, &number[i])
                    : rift_yaml_error(source, node->item[i],
                                      "'%s' must contain numbers only", field->key);
    }
    *out = (rift_numbers){node->n_item, number};
    return good;
}

static bool read_bounds(const rift_source *source, const rift_yaml *node,
                        const rift_field *field, rift_goalposts *out)
{
    rift_text what = {0};
    rift_text_format(&what, "'%s'", field->key);
    bool good = rift_bounds_read(source, node, rift_text_string(&what),
                                 (rift_goalposts){field->low, field->high}, out);
    rift_diag_text_free(source->diag, &what);
    return good;
}

static bool read_text(const rift_source *source, const rift_yaml *node,
                      const rift_field *field, const char **out)
{
    if (node->text[0] == '\0' && field->required) {
        return rift_yaml_error(source, node, "'%s' is empty; give it", field->key);
    }
    *out = node->text;
    return true;
}

/* Two codes that look the same must be the same; of what a result keeps they are. */
static bool read_code(const rift_source *source, const rift_yaml *node,
                      const rift_field *field, const char **out)
{
    bool kept = source->all && source->all->kept;
    if (!kept && (node->hidden || strpbrk(node->text, "\t\n"))) {
        return rift_yaml_error(source, node,
                               "'%s' holds tabs, line ends or characters that are not "
                               "shown; type it anew, without them",
                               field->key);
    }
    return read_text(source, node, field, out);
}

static bool read_integer(const rift_source *source, const rift_yaml *node,
                         const rift_field *field, int *out)
{
    double number;
    if (!read_number(source, node, field, &number)) {
        return false;
    }
    if (number != (double)(int)number) {
        return rift_yaml_error(source, node, "'%s' must be a whole number, found %s",
                               field->key, node->text);
    }
    *out = (int)number;
    return true;
}

/* One of some names: as the row of it, as a pointer to it, or as whether it is the
   second. */
static bool read_name(const rift_source *source, const rift_yaml *node,
                      const rift_field *field, void *to)
{
    size_t row = 0;
    if (!read_choice(source, node, field, &row)) {
        return false;
    }
    if (field->kind == RIFT_FIELD_METHOD) {
        const void *method = field->choices->row(row);
        memcpy(to, &method, sizeof method); /* pointers to rows are of many types */
    } else if (field->kind == RIFT_FIELD_EITHER) {
        *(bool *)to = row == 1;
    } else {
        *(int *)to = (int)row;
    }
    return true;
}

static bool read_scalar(const rift_source *source, const rift_yaml *node,
                        const rift_field *field, void *to)
{
    if (node->kind != RIFT_YAML_SCALAR) {
        return rift_yaml_error(source, node, "'%s' must be a single value", field->key);
    }
    switch (field->kind) {
    case RIFT_FIELD_TEXT:
        return read_text(source, node, field, to);
    case RIFT_FIELD_CODE:
        return read_code(source, node, field, to);
    case RIFT_FIELD_NUMBER:
        return read_number(source, node, field, to);
    case RIFT_FIELD_INTEGER:
        return read_integer(source, node, field, to);
    case RIFT_FIELD_BOOLEAN:
        return read_boolean(source, node, to);
    default:
        return read_name(source, node, field, to);
    }
}

static bool read_field(const rift_source *source, const rift_yaml *node,
                       const rift_field *field, void *to)
{
    switch (field->kind) {
    case RIFT_FIELD_NODE:
        *(const rift_yaml **)to = node;
        return true;
    case RIFT_FIELD_TEXTS:
        return read_texts(source, node, field, to);
    case RIFT_FIELD_NUMBERS:
        return read_numbers(source, node, field, to);
    case RIFT_FIELD_BOUNDS:
        return read_bounds(source, node, field, to);
    case RIFT_FIELD_TARGET:
        return rift_target_read(source, node, to);
    default:
        return read_scalar(source, node, field, to);
    }
}

static bool unknown_key(const rift_source *source, const rift_yaml *key,
                        const rift_field *field, size_t n_field)
{
    double number;
    if (rift_number_read(key->text, strlen(key->text), &number)) {
        return rift_yaml_error(
            source, key,
            "'%s' is not a key; if the ',' before it is a decimal mark, "
            "use '.'",
            key->text);
    }
    return rift_yaml_unknown_word(source, key, "key", RIFT_NAMES(field, n_field, key));
}

/* The field of a key; n_field where there is none. */
static size_t field_of(const rift_source *source, const rift_yaml *key,
                       const rift_field *field, size_t n_field, const char *what)
{
    char renamed[KEY_LIMIT];
    const char *name = key->text;
    if (source->all && source->all->kept && source->all->kept->format_2 &&
        rift_key_renamed(what, name, sizeof renamed, renamed)) {
        name = renamed;
    }
    size_t k = 0;
    while (k < n_field && strcmp(field[k].key, name) != 0) {
        k++;
    }
    return k;
}

static bool has_field(const rift_source *source, const rift_yaml *map,
                      const rift_field *field, size_t n_field, size_t k,
                      const char *what)
{
    for (size_t i = 0; i + 1 < map->n_item; i += 2) {
        if (field_of(source, map->item[i], field, n_field, what) == k) {
            return true;
        }
    }
    return false;
}

bool rift_yaml_fields(const rift_source *source, const rift_yaml *map,
                      const rift_field *field, size_t n_field, const char *what,
                      void *out)
{
    if (map->kind != RIFT_YAML_MAP) {
        return rift_yaml_error(source, map,
                               "%s must be keys and values, as in 'key: value'", what);
    }
    bool good = true;
    for (size_t i = 0; i + 1 < map->n_item; i += 2) {
        const rift_yaml *key = map->item[i];
        size_t k = field_of(source, key, field, n_field, what);
        if (k < n_field) {
            good &= read_field(source, map->item[i + 1], &field[k],
                               (char *)out + field[k].offset);
        } else if (strncmp(key->text, "x-", 2) != 0) {
            good &= unknown_key(source, key, field, n_field);
        }
    }
    for (size_t k = 0; k < n_field; k++) {
        if (field[k].required && !has_field(source, map, field, n_field, k, what)) {
            good = rift_yaml_error(source, map, "the key '%s' of %s is missing; add it",
                                   field[k].key, what);
        }
    }
    return good;
}

bool rift_yaml_alone(const rift_source *source, const rift_yaml *node,
                     const rift_field *field, const char *what, void *out)
{
    rift_yaml key = {.kind = RIFT_YAML_SCALAR, .text = field->key};
    rift_yaml *item[] = {&key, (rift_yaml *)node};
    const rift_yaml map = {
        .kind = RIFT_YAML_MAP, .item = item, .n_item = 2, .place = node->place};
    return rift_yaml_fields(source, &map, field, 1, what, out);
}
