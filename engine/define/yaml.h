/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML as a tree of nodes that know their place, and a typed walker over it. */
#ifndef RIFT_DEFINE_YAML_H
#define RIFT_DEFINE_YAML_H

#include "core/arena.h"
#include "core/suggest.h"
#include "rift.h"

typedef enum rift_yaml_kind {
    RIFT_YAML_SCALAR,
    RIFT_YAML_LIST,
    RIFT_YAML_MAP
} rift_yaml_kind;

/** A node. A map's items alternate key, value. */
typedef struct rift_yaml {
    rift_yaml_kind kind;
    const char *text; /**< of a scalar, without what is not shown (core/visible.h) */
    bool plain;       /**< a scalar without quotes */
    bool hidden;      /**< something was removed from its text */
    struct rift_yaml **item;
    size_t n_item;
    rift_location place;
} rift_yaml;

/** One definition file while it is read, and the files it leads to. */
typedef struct rift_source {
    rift_arena *arena;
    rift_diag *diag;
    const char *file, *text, *folder;
    const char *name;                   /**< as results keep it */
    const struct rift_definitions *all; /**< the files of the whole definition */
} rift_source;

/**
 * Parse the n bytes of source->text; arena, diag and file are set. Syntax errors,
 * duplicate keys, deep nesting and anchors that contain themselves are added to diag
 * with their place.
 */
RIFT_CHECKED rift_status rift_yaml_parse(const rift_source *source, size_t n,
                                         rift_yaml **root);

/** Names to choose from, usually the rows of a table of methods. */
typedef struct rift_choices {
    const char *(*name)(size_t row);
    const size_t *n;
    const void *(*row)(size_t row); /**< of a table; NULL for words */
    /** Keys that a row of methods takes; NULL where they take none. */
    const char *(*settings)(const void *row);
} rift_choices;

typedef enum rift_field_kind {
    RIFT_FIELD_TEXT,    /**< const char * */
    RIFT_FIELD_CODE,    /**< the same, all of which can be seen */
    RIFT_FIELD_NUMBER,  /**< double within low..high */
    RIFT_FIELD_INTEGER, /**< int within low..high */
    RIFT_FIELD_BOOLEAN, /**< bool, from true or false */
    RIFT_FIELD_CHOICE,  /**< int, a row of the choices */
    RIFT_FIELD_METHOD,  /**< pointer to a row of a table of methods */
    RIFT_FIELD_EITHER,  /**< bool, from the first of two words or the second */
    RIFT_FIELD_BOUNDS,  /**< rift_goalposts, from {low, high}, each within low..high */
    RIFT_FIELD_TARGET,  /**< rift_goalposts, from a number or {low, high} */
    RIFT_FIELD_TEXTS,   /**< rift_texts, from a list */
    RIFT_FIELD_NUMBERS, /**< rift_numbers, from a list, each within low..high */
    RIFT_FIELD_NODE     /**< rift_yaml *, for the caller to read */
} rift_field_kind;

/** A key that a map may have, and where its value goes. */
typedef struct rift_field {
    const char *key;
    rift_field_kind kind;
    size_t offset;
    bool required;
    double low, high; /**< both 0: no bounds */
    const rift_choices *choices;
} rift_field;

/* Rows of a table of fields: key, kind, struct and its member; NEED for required ones.
 */
#define RIFT_KEY(name, sort, type, member)                                             \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_##sort, .offset = offsetof(type, member)       \
    }
#define RIFT_NEED(name, sort, type, member)                                            \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_##sort, .offset = offsetof(type, member),      \
        .required = true                                                               \
    }
#define RIFT_KEY_RANGE(name, sort, type, member, least, most)                          \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_##sort, .offset = offsetof(type, member),      \
        .low = least, .high = most                                                     \
    }
#define RIFT_NEED_RANGE(name, sort, type, member, least, most)                         \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_##sort, .offset = offsetof(type, member),      \
        .required = true, .low = least, .high = most                                   \
    }
#define RIFT_KEY_CHOICE(name, type, member, words)                                     \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_CHOICE, .offset = offsetof(type, member),      \
        .choices = &rift_choose_##words                                                \
    }
#define RIFT_NEED_CHOICE(name, type, member, words)                                    \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_CHOICE, .offset = offsetof(type, member),      \
        .required = true, .choices = &rift_choose_##words                              \
    }

#define RIFT_KEY_EITHER(name, type, member, words)                                     \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_EITHER, .offset = offsetof(type, member),      \
        .choices = &rift_choose_##words                                                \
    }
#define RIFT_KEY_METHOD(name, type, member, table)                                     \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_METHOD, .offset = offsetof(type, member),      \
        .choices = &rift_choose_##table                                                \
    }
#define RIFT_NEED_METHOD(name, type, member, table)                                    \
    {                                                                                  \
        .key = name, .kind = RIFT_FIELD_METHOD, .offset = offsetof(type, member),      \
        .required = true, .choices = &rift_choose_##table                              \
    }

/** Complain about a word that is none of `names`, which are listed where none is near;
    false. */
bool rift_yaml_unknown_word(const rift_source *source, const rift_yaml *node,
                            const char *what, rift_names names);

/**
 * Read a map into a struct. Unknown keys (but for those that begin with "x-"), missing
 * keys, wrong kinds and values out of bounds are errors, all of them reported.
 * @return false when any error was added; what was right is filled in
 */
bool rift_yaml_fields(const rift_source *source, const rift_yaml *map,
                      const rift_field *field, size_t n_field, const char *what,
                      void *out);

/** Read a value that stands by itself, as if it were that of a map with this one key.
 */
bool rift_yaml_alone(const rift_source *source, const rift_yaml *node,
                     const rift_field *field, const char *what, void *out);

/** Read {low, high} with low <= high; `inside` bounds both. What is not said stays. */
bool rift_bounds_read(const rift_source *source, const rift_yaml *node,
                      const char *what, rift_goalposts inside, rift_goalposts *out);

/** Read a target: a number, or {low, high}. */
bool rift_target_read(const rift_source *source, const rift_yaml *node,
                      rift_goalposts *out);

/** Value of a key, or NULL. */
const rift_yaml *rift_yaml_get(const rift_yaml *map, const char *key);

/** Add an error at a node; returns false. */
bool rift_yaml_error(const rift_source *source, const rift_yaml *node,
                     const char *format, ...) RIFT_PRINTF(3, 4);

/** Say of a word that it is none of those known, as rift_suggest does; returns false.
 */
bool rift_yaml_unknown(const rift_source *source, const rift_yaml *node,
                       const char *what, const char *word, const char *near,
                       const char *otherwise);

/** A file that a definition names, resolved against the definition's folder; an error
    at its place, and false, where it cannot be read. Where the definition is what a
    result keeps, its data files need not be there. */
bool rift_source_file(const rift_source *source, const rift_location *place,
                      const char *said, const char **path);

#endif
