/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nodes and children of an index as the file says them, before they become a tree. */
#ifndef RIFT_DEFINE_TREE_H
#define RIFT_DEFINE_TREE_H

#include "define/define.h"

typedef struct rift_child_read {
    const char *node, *series;
    double weight;
    int polarity, maximum_age;
    const rift_denomination *denomination;
    const char *denominator;
    double factor;
    rift_score_scale scale;
    const rift_yaml *transformation, *goalposts, *normalisation, *treatment,
        *imputation, *cap, *target;
    int from, to; /* years of this entry */
    const rift_yaml *at;
    rift_series merged; /* the series as this index uses it */
    size_t n_period;    /* of all entries of this child, which become one */
    rift_period *period;
} rift_child_read;

typedef struct rift_node_read {
    rift_node node;
    const rift_yaml *children, *at;
    rift_child_read *child;
    size_t n_child;
    bool is_child;
    int state; /* 0 not met, 1 on the path, 2 done, 3 a second one of its name */
} rift_node_read;

typedef struct rift_tree_builder {
    rift_catalogue *catalogue;
    const rift_source *source;
    const rift_tree_defaults *defaults;
    rift_node_read *read;
    size_t n_read;
    rift_codes nodes, leaves; /* rows of what was read, and of series in the index */
    rift_index *index;
    size_t capacity, series_capacity;
} rift_tree_builder;

/** Put what is said of a scale over what it is without. */
void rift_scale_overlay(rift_score_scale *scale, const rift_score_scale *said);

/** Complete what is said of a scale by that of the node above, a row of the index, or
   -1 for the index itself; false after an error. */
bool rift_scale_resolve(const rift_tree_builder *b, const rift_yaml *at,
                        const char *code, int parent, rift_score_scale *scale);

/** The node of a code, or NULL. */
rift_node_read *rift_tree_find(const rift_tree_builder *b, const char *code);

/** Read one entry of `nodes`. */
bool rift_tree_node(rift_tree_builder *b, const rift_yaml *at, rift_node_read *read);

/** Whether a series has all that its methods need, in each of its editions. */
bool rift_tree_check_leaf(const rift_tree_builder *b, const rift_yaml *at,
                          const rift_series *series, const rift_aggregation *parent);

/** Make one child of all entries of a code, with a period for each; false where years
    overlap, or something changes that must hold in all years. */
bool rift_tree_periods(rift_tree_builder *b, rift_node_read *read);

/** Leave of each node's years those of the node above; false when memory runs out. */
bool rift_tree_inherit_periods(const rift_tree_builder *b);

/** Read the children of a node, once all nodes are known. */
bool rift_tree_children(rift_tree_builder *b, rift_node_read *read);

#endif
