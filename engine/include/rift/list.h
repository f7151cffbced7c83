/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to use, from the tables that the engine itself reads: each function
   describes row i of its table, counted from 0, and gives false behind the last. Texts
   are constants. Part of rift.h. */
#ifndef RIFT_LIST_H
#define RIFT_LIST_H

#include "rift/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A method of a step of the index, or of measuring the divide. */
typedef struct rift_method_info {
    const char *step, *name, *help;
    const char *settings;  /**< keys that it takes, with blanks between; "" for none */
    const char *reference; /**< where it comes from */
} rift_method_info;

RIFT_API bool rift_method_describe(size_t i, rift_method_info *info);

/** A setting of methods. */
typedef struct rift_setting_info {
    const char *step, *key, *help;
    bool needed;       /**< by every method that takes it */
    char takes[64];    /**< "number from 0 to 1" */
    char standard[48]; /**< where nothing is said; "" where it is nothing */
} rift_setting_info;

RIFT_API bool rift_setting_describe(size_t i, rift_setting_info *info);

/** Something with a name and a line of help. */
typedef struct rift_item_info {
    const char *name, *help;
} rift_item_info;

/** Steps of the index, in their usual order. */
RIFT_API bool rift_step_describe(size_t i, rift_item_info *info);

/** Formats of data files. */
RIFT_API bool rift_format_describe(size_t i, rift_item_info *info);

/** An array or attribute of the result file. */
typedef struct rift_array_info {
    const char *name; /**< its path in the file; of an attribute its name */
    const char *type, *axes, *unit, *help;
    bool attribute;
} rift_array_info;

RIFT_API bool rift_array_describe(size_t i, rift_array_info *info);

#ifdef __cplusplus
}
#endif
#endif
