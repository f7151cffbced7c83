/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to say where a method refuses a series or the children of a node: the value, its
   country and its year. */
#ifndef RIFT_INDEX_REFUSE_H
#define RIFT_INDEX_REFUSE_H

#include "index/chain.h"
#include "rift/method.h"

/** Who refuses what. */
typedef struct rift_refusal {
    const rift_location *place;
    const char *code;        /**< of a series or node */
    const char *action;      /**< "treated" */
    const char *method;      /**< its name */
    const char *domain;      /**< what it takes, or NULL: not told */
    const char *advice;      /**< what to do */
    const rift_block *block; /**< cells that were looked at, or NULL: all */
    const char *goal;        /**< what is to be reached, "the target 30", or NULL */
    const char *child;       /**< code of the child at fault, or NULL */
    const double *value;     /**< of all cells, of the series or child at fault */
} rift_refusal;

/** Add an error to the diag: RIFT_ERR_DATA, or RIFT_ERR_MEMORY. `fault.at` is a cell of
    the block. */
RIFT_CHECKED rift_status rift_refuse(const rift_work *w, const rift_refusal *refusal,
                                     rift_fault fault);

#endif
