/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Levels of a tree, and the weights of one that are found together. */
#ifndef RIFT_INDEX_BALANCE_H
#define RIFT_INDEX_BALANCE_H

#include "index/chain.h"

/** Levels of a tree that are no depth. */
typedef enum rift_level {
    RIFT_LEVEL_NONE = -3,
    RIFT_LEVEL_ALL = -2,
    RIFT_LEVEL_SERIES = -1
} rift_level;

/** The level that a word names: series, all, total (0), or a number from 1 to 1000;
    RIFT_LEVEL_NONE for any other. */
int rift_level_of(const char *word);

/** How far a node stands below the total, which is at 0. */
int rift_node_depth(const rift_index *index, size_t node);
/** Whether a node is of a level: a series, or an inner node of a depth. */
bool rift_level_has(const rift_index *index, int level, size_t node);
/** The node above another, or itself, at a depth. */
size_t rift_node_above(const rift_index *index, size_t node, int depth);
/** Whether a node and its siblings are weighed by the weights of the definition. */
bool rift_weighs_by_given(const rift_index *index, size_t node);

/**
 * Replace the weights of the level that the index balances, and put together again all
 * above it. Over all nodes k of the level and the nodes above that they are to matter
 * to, min sum_k (r_k / sum r - t_k / sum t)^2 with r_k Pearson's correlation of the two
 * over all years and countries and t_k what is meant; or max sum_k r_k. The weights are
 * shares within bounds among siblings of the level; other siblings keep theirs. Becker,
 * Saisana, Paruolo and Vandecasteele (2017); COINr, Becker et al. (2022). There are
 * fewer weights than nodes, so that what is meant is often not reached; `distance` of
 * the weighting's info says what is left.
 */
RIFT_CHECKED rift_status rift_balance_weights(rift_work *w, rift_scoring *room);

#endif
