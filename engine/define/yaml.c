/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML by libyaml's events into our own tree: every node keeps its place, aliases share
   their node, and depth is bounded before the parser can be made to crawl. */
#include "define/yaml.h"

#include "core/codes.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "core/visible.h"
#include "define/definitions.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

enum { DEPTH_LIMIT = 32, ANCHOR_LIMIT = 1024 };

typedef struct anchor {
    const char *name;
    rift_yaml *node;
    bool open; /* its own content is still being read */
} anchor;

typedef struct tree_reader {
    yaml_parser_t parser;
    const rift_source *source;
    anchor anchor[ANCHOR_LIMIT];
    size_t n_anchor;
    bool failed;
} tree_reader;

static rift_location place_at(const tree_reader *reader, yaml_mark_t start,
                              yaml_mark_t end)
{
    size_t length = end.line == start.line ? end.column - start.column : 0;
    return (rift_location){.file = reader->source->file,
                           .line = start.line + 1,
                           .column = start.column + 1,
                           .length = length,
                           .text = reader->source->text};
}

static void *fail_at(tree_reader *reader, yaml_mark_t start, yaml_mark_t end,
                     const char *message)
{
    rift_location place = place_at(reader, start, end);
    rift_diag_at(reader->source->diag, RIFT_ERROR, &place, "%s", message);
    reader->failed = true;
    return NULL;
}

static void *fail_memory(tree_reader *reader)
{
    (void)!rift_diag_memory(reader->source->diag);
    reader->failed = true;
    return NULL;
}

static bool next_event(tree_reader *reader, yaml_event_t *event)
{
    if (yaml_parser_parse(&reader->parser, event)) {
        return true;
    }
    rift_text text = {0};
    const yaml_parser_t *parser = &reader->parser;
    rift_text_format(&text, "not valid YAML: %s",
                     parser->problem ? parser->problem : "unknown problem");
    if (parser->context) {
        rift_text_format(&text, " %s", parser->context);
    }
    rift_text_put(&text, "; check indentation, quotes and ':'");
    yaml_mark_t mark = parser->problem_mark;
    fail_at(reader, mark, mark, rift_text_string(&text));
    rift_diag_text_free(reader->source->diag, &text);
    return false;
}

static rift_yaml *node_new(tree_reader *reader, const yaml_event_t *event,
                           rift_yaml_kind kind, const yaml_char_t *name)
{
    rift_arena *arena = reader->source->arena;
    rift_yaml *node = rift_arena_alloc(arena, 1, sizeof *node);
    if (!node) {
        return fail_memory(reader);
    }
    node->kind = kind;
    node->place = place_at(reader, event->start_mark, event->end_mark);
    if (name) {
        if (reader->n_anchor == ANCHOR_LIMIT) {
            return fail_at(reader, event->start_mark, event->end_mark,
                           "too many anchors; write the values out");
        }
        const char *copy = rift_arena_text(arena, (const char *)name);
        if (!copy) {
            return fail_memory(reader);
        }
        reader->anchor[reader->n_anchor++] =
            (anchor){copy, node, kind != RIFT_YAML_SCALAR};
    }
    return node;
}

static rift_yaml *alias_node(tree_reader *reader, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    for (size_t i = reader->n_anchor; i-- > 0;) {
        if (strcmp(reader->anchor[i].name, name) == 0) {
            if (reader->anchor[i].open) {
                return fail_at(reader, event->start_mark, event->end_mark,
                               "a cycle: this alias is inside what it refers to; "
                               "write the value out");
            }
            return reader->anchor[i].node;
        }
    }
    return fail_at(reader, event->start_mark, event->end_mark,
                   "unknown alias; define its anchor before");
}

static rift_yaml *read_node(tree_reader *reader, yaml_event_t *event, size_t depth);

typedef struct item_list {
    rift_yaml **item;
    size_t n, capacity;
    rift_codes keys; /* of a map: rows of its keys */
} item_list;

static bool list_add(tree_reader *reader, item_list *list, rift_yaml *item)
{
    if (list->n == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 8;
        rift_yaml **grown =
            rift_arena_alloc(reader->source->arena, capacity, sizeof *grown);
        if (!grown) {
            fail_memory(reader);
            return false;
        }
        if (list->n > 0) {
            memcpy(grown, list->item, list->n * sizeof *grown);
        }
        list->item = grown;
        list->capacity = capacity;
    }
    list->item[list->n++] = item;
    return true;
}

static bool check_key(tree_reader *reader, item_list *list, const rift_yaml *key)
{
    if (key->kind != RIFT_YAML_SCALAR) {
        return rift_yaml_error(reader->source, key, "a key must be a word");
    }
    size_t row = rift_codes_find(&list->keys, key->text);
    if (row < list->n) {
        return rift_yaml_error(
            reader->source, key,
            "the key '%s' appears twice, first in line %zu; keep one", key->text,
            list->item[row]->place.line);
    }
    if (!rift_codes_add(&list->keys, reader->source->arena, key->text, list->n)) {
        fail_memory(reader);
        return false;
    }
    return true;
}

static rift_yaml *read_items(tree_reader *reader, rift_yaml *node, size_t own_anchor,
                             size_t depth)
{
    item_list list = {0};
    bool map = node->kind == RIFT_YAML_MAP;
    for (;;) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        if (event.type == YAML_SEQUENCE_END_EVENT ||
            event.type == YAML_MAPPING_END_EVENT) {
            yaml_event_delete(&event);
            break;
        }
        rift_yaml *item = read_node(reader, &event, depth + 1);
        yaml_event_delete(&event);
        if (!item) {
            return NULL;
        }
        if (map && list.n % 2 == 0 && !check_key(reader, &list, item)) {
            reader->failed = true;
            if (item->kind != RIFT_YAML_SCALAR) {
                return NULL;
            }
        }
        if (!list_add(reader, &list, item)) {
            return NULL;
        }
    }
    node->item = list.item;
    node->n_item = list.n;
    if (own_anchor < reader->n_anchor) {
        reader->anchor[own_anchor].open = false;
    }
    return node;
}

/* A scalar's text, without what is not shown, of which there is a warning; but not of
   what a result keeps, which was warned of when it was made. */
static void read_text(tree_reader *reader, rift_yaml *node, const yaml_event_t *event)
{
    const rift_source *source = reader->source;
    size_t n = event->data.scalar.length;
    const char *value = (const char *)event->data.scalar.value;
    char *text = rift_arena_copy(source->arena, value, n);
    node->text = text ? text : "";
    if (!text) {
        fail_memory(reader);
    } else if (memchr(value, '\0', n)) {
        fail_at(reader, event->start_mark, event->end_mark,
                "the value holds a NUL character (\\0), which ends a text; remove it");
    } else {
        size_t shown = rift_visible_clean(text, n);
        node->hidden = shown < n;
        text[shown] = '\0';
    }
    if (node->hidden && !(source->all && source->all->kept)) {
        rift_diag_at(source->diag, RIFT_WARNING, &node->place,
                     RIFT_HIDDEN_IN "this text");
    }
}

static rift_yaml *read_node(tree_reader *reader, yaml_event_t *event, size_t depth)
{
    if (depth > DEPTH_LIMIT) {
        return fail_at(reader, event->start_mark, event->end_mark,
                       "nested more than 32 levels deep; flatten the definition");
    }
    size_t own = reader->n_anchor;
    bool named;
    rift_yaml *node;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        return alias_node(reader, event);
    case YAML_SCALAR_EVENT:
        node = node_new(reader, event, RIFT_YAML_SCALAR, event->data.scalar.anchor);
        if (node) {
            node->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
            read_text(reader, node, event);
        }
        return node;
    case YAML_SEQUENCE_START_EVENT:
        named = event->data.sequence_start.anchor != NULL;
        node =
            node_new(reader, event, RIFT_YAML_LIST, event->data.sequence_start.anchor);
        break;
    case YAML_MAPPING_START_EVENT:
        named = event->data.mapping_start.anchor != NULL;
        node = node_new(reader, event, RIFT_YAML_MAP, event->data.mapping_start.anchor);
        break;
    default:
        return fail_at(reader, event->start_mark, event->end_mark,
                       "unexpected here; write keys and values");
    }
    return node ? read_items(reader, node, named ? own : SIZE_MAX, depth) : NULL;
}

/* One document and nothing behind it. */
static rift_yaml *read_document(tree_reader *reader)
{
    rift_yaml *root = NULL;
    for (bool end = false; !end && !(reader->failed && !root);) {
        yaml_event_t event;
        if (!next_event(reader, &event)) {
            return NULL;
        }
        if (event.type == YAML_STREAM_END_EVENT) {
            end = true;
        } else if (event.type == YAML_DOCUMENT_START_EVENT && root) {
            fail_at(reader, event.start_mark, event.end_mark,
                    "a second document; keep one to a file");
            end = true;
        } else if (event.type != YAML_STREAM_START_EVENT &&
                   event.type != YAML_DOCUMENT_START_EVENT &&
                   event.type != YAML_DOCUMENT_END_EVENT) {
            root = read_node(reader, &event, 0);
            end = !root;
        }
        yaml_event_delete(&event);
    }
    return root;
}

rift_status rift_yaml_parse(const rift_source *source, size_t n, rift_yaml **root)
{
    tree_reader *reader = calloc(1, sizeof *reader);
    if (!reader || !yaml_parser_initialize(&reader->parser)) {
        free(reader);
        return rift_diag_memory(source->diag);
    }
    reader->source = source;
    yaml_parser_set_input_string(&reader->parser, (const unsigned char *)source->text,
                                 n);
    rift_yaml *made = read_document(reader);
    bool failed = reader->failed;
    yaml_parser_delete(&reader->parser);
    free(reader);
    if (!made && !failed) {
        rift_location place = rift_location_file(source->file);
        rift_diag_at(source->diag, RIFT_ERROR, &place, "the file has no content");
        failed = true;
    }
    if (!made) {
        return RIFT_ERR_DEFINITION;
    }
    *root = made;
    return failed ? RIFT_ERR_DEFINITION : RIFT_OK;
}

static const char *source_path(const rift_source *source, const char *path)
{
    char *joined = rift_path_join(source->folder, path);
    const char *out = joined ? rift_arena_text(source->arena, joined) : NULL;
    free(joined);
    return out;
}

bool rift_source_file(const rift_source *source, const rift_location *place,
                      const char *said, const char **path)
{
    *path = source_path(source, said);
    if (!*path) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    if (source->all && source->all->kept) {
        return true;
    }
    struct stat info = {0};
    const char *why;
    rift_status status = rift_file_look(*path, &info, &why);
    if (status == RIFT_OK && access(*path, R_OK) == 0) {
        return true;
    }
    const char *kind = status == RIFT_ERR_DATA ? rift_file_kind(info.st_mode) : NULL;
    if (kind) {
        rift_diag_at(source->diag, RIFT_ERROR, place,
                     "'%s' is not a regular file but %s; name a file", said, kind);
    } else if (status == RIFT_ERR_DATA) {
        rift_diag_at(source->diag, RIFT_ERROR, place,
                     "the file '%s' cannot be read; correct the path (it counts from "
                     "this file's folder)",
                     said);
    } else {
        rift_diag_at(source->diag, RIFT_ERROR, place,
                     "the file '%s' cannot be read: %s", said, strerror(errno));
        source->diag->system_failed = true;
    }
    return false;
}
