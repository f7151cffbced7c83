/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a result's nodes were made, kept so that they can be made again: as one row of
   numbers a node, with names for its columns. */
#ifndef RIFT_STORE_RULE_H
#define RIFT_STORE_RULE_H

#include "core/arena.h"
#include "rift.h"

/** Columns of the file's arrays of numbers, in the order of their structs. */
extern const char *const rift_rule_name[], *const rift_treatment_info_name[],
                                               *const rift_weighting_info_name[];

enum {
    RIFT_RULE_COLUMNS = sizeof(rift_node_rule) / sizeof(double),
    RIFT_TREATED_COLUMNS = 10,
    RIFT_WEIGHED_COLUMNS = 5
};

/** The rule of a node of an index. */
rift_node_rule rift_rule_of(const rift_index *index, size_t node);

/** What was done to a series, as numbers, and back. */
void rift_treatment_info_pack(const rift_treatment_info *treated,
                              double out[RIFT_TREATED_COLUMNS]);
rift_treatment_info rift_treatment_info_unpack(const double in[RIFT_TREATED_COLUMNS]);
void rift_weighting_info_pack(const rift_weighting_info *weighed,
                              double out[RIFT_WEIGHED_COLUMNS]);
rift_weighting_info rift_weighting_info_unpack(const double in[RIFT_WEIGHED_COLUMNS]);

/**
 * The tree of a result as an index: nodes, series, rules, with the weights that were
 * used. It scores normalised values again; it has nothing to normalise others by.
 * Texts belong to the result, arrays to the arena. False when memory is short.
 */
bool rift_result_index(const rift_result *result, rift_arena *arena, rift_index *index);

#endif
