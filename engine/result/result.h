/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the parts of a result are made. */
#ifndef RIFT_RESULT_RESULT_H
#define RIFT_RESULT_RESULT_H

#include "rift.h"

/** Fill a label with copies; false when memory runs out. */
bool rift_label_set(rift_label *label, const char *code, const char *name,
                    const char *unit, const char *layer, const char *department);

/** Lay out the tree of the result's study: labels, parents, leaves, weights. False when
    memory runs out. */
bool rift_result_tree(rift_result *result);

#endif
