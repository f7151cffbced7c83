/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The arrays of the result file: one row each, which the writer, the reader, the list
   of arrays and docs/result-file.md go by. */
#ifndef RIFT_STORE_SCHEMA_H
#define RIFT_STORE_SCHEMA_H

#include "rift.h"
#include "store/h5.h"

/** One element, on its way to the file; a text may lie in the buffer, or be owned. */
typedef struct rift_schema_value {
    const char *text;
    double number;
    char buffer[72];
    char *owned;
    bool no_memory; /**< for the text, which is absent where it is NULL otherwise */
} rift_schema_value;

/** What a member of a struct is. */
typedef enum rift_schema_member {
    RIFT_MEMBER_TEXT, /**< char *, owned */
    RIFT_MEMBER_HASH, /**< char[65] */
    RIFT_MEMBER_DOUBLE,
    RIFT_MEMBER_SIZE,     /**< size_t */
    RIFT_MEMBER_U64,      /**< uint64_t */
    RIFT_MEMBER_INT,      /**< int, or an enum */
    RIFT_MEMBER_BOOL,     /**< 0 or 1 in the file */
    RIFT_MEMBER_TREATMENT /**< const char *, the name of a treatment; "" is NULL */
} rift_schema_member;

/** Where the elements of an array are. */
typedef enum rift_schema_place {
    RIFT_PLACE_ARRAY,   /**< in an array of the result, as they lie */
    RIFT_PLACE_MEMBERS, /**< a member of each struct in an array of the result */
    RIFT_PLACE_MADE,    /**< made from the rest: for other readers, and as a check */
    RIFT_PLACE_NONE     /**< nowhere: an axis that only has a length */
} rift_schema_place;

/** A text, array or axis of the file. */
typedef struct rift_schema_row {
    const char *name;   /**< its path */
    const char *before; /**< its path in files of format 2, where that was another */
    rift_h5_type type;
    const char *axes; /**< names beside it, as "node year country"; "" for one text; of
                           an axis its own name */
    const char *long_name, *unit;
    rift_schema_place place;
    size_t array;        /**< offset of the array's pointer in rift_result */
    size_t size, member; /**< MEMBERS: of the struct, and of the member in it */
    rift_schema_member sort;
    size_t count; /**< an axis: offset of its length in rift_result, or 0 */
    size_t (*length)(const rift_result *result); /**< an axis without such a member */
    void (*make)(const rift_result *result, size_t i, rift_schema_value *value);
    bool optional; /**< the array may be NULL, and absent */
    bool apart;    /**< read by a function of its own, or not at all */
    bool since_3;  /**< files of format 2 have none */
    const char *coordinates, *flags; /**< meanings of 0, 1, ... */
    bool has_fill;
    int32_t fill;
} rift_schema_row;

extern const rift_schema_row rift_schema[];
extern const size_t rift_n_schema;

/** Name of the type that a row has in the file: "float64", "text". */
const char *rift_schema_type(const rift_schema_row *row);

/** Whether a row is an axis. */
bool rift_schema_is_axis(const rift_schema_row *row);

/** Length of an axis in a result. */
size_t rift_schema_length(const rift_schema_row *axis, const rift_result *result);

/** Number of elements of a row in a result, by its axes; false beyond any memory. */
bool rift_schema_elements(const rift_schema_row *row, const rift_result *result,
                          size_t *n);

/** Number of meanings of a row's flags. */
int rift_schema_flags(const rift_schema_row *row);

/** The pointer of an ARRAY or MEMBERS row in a result. */
void **rift_schema_array(const rift_schema_row *row, rift_result *result);

/* What is made from the definition and the rest, element by element. */
#define RIFT_MADE(what)                                                                \
    void rift_made_##what(const rift_result *result, size_t i, rift_schema_value *value)

RIFT_MADE(indicator_layer);
RIFT_MADE(indicator_department);
RIFT_MADE(node);
RIFT_MADE(series);
RIFT_MADE(node_name);
RIFT_MADE(node_unit);
RIFT_MADE(node_layer);
RIFT_MADE(node_department);
RIFT_MADE(node_parent);
RIFT_MADE(node_series);
RIFT_MADE(node_method);
RIFT_MADE(node_weighting);
RIFT_MADE(denominator);
RIFT_MADE(weight);
RIFT_MADE(goalpost_source);
RIFT_MADE(goalpost_low);
RIFT_MADE(goalpost_high);
RIFT_MADE(rule);
RIFT_MADE(node_rule);
RIFT_MADE(weighting);
RIFT_MADE(group_name);
RIFT_MADE(group_grouping);
RIFT_MADE(definition);
RIFT_MADE(definition_size);
RIFT_MADE(definition_hash);
size_t rift_length_node(const rift_result *result);
size_t rift_length_series(const rift_result *result);
size_t rift_length_rule(const rift_result *result);
size_t rift_length_weighting(const rift_result *result);
size_t rift_length_definition(const rift_result *result);

/** Attributes of the file as a whole: a text, or else a number. */
typedef struct rift_schema_attribute {
    const char *name, *help;
    bool number;
    /** NULL for the digest, which is made of all the rest */
    void (*make)(const rift_result *result, size_t i, rift_schema_value *value);
} rift_schema_attribute;

extern const rift_schema_attribute rift_schema_attributes[];
extern const size_t rift_n_schema_attributes;

#endif
