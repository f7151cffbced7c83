/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cells of a panel, and what to do with two values of one. */
#ifndef RIFT_PANEL_MERGE_H
#define RIFT_PANEL_MERGE_H

#include "read/observe.h"

typedef struct rift_merge {
    const rift_observations *seen;
    const rift_read_settings *settings;
    rift_diag *diag;
    rift_panel *panel;
    const int32_t *country, *aggregate; /**< rows of the panel, -1: excluded */
} rift_merge;

/** Merge observations into the arrays of a panel; RIFT_ERR_DATA where a conflict could
 * not be settled. */
RIFT_CHECKED rift_status rift_panel_merge(rift_merge *merge);

#endif
