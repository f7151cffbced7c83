/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line and column of a value, found again for the few that findings name. */
#ifndef RIFT_PANEL_LOCATE_H
#define RIFT_PANEL_LOCATE_H

#include "read/observe.h"

/** Where a value stands: a strip of the observations and the value's number in it. */
typedef struct rift_value_location {
    uint32_t strip, at;
    rift_location location;
    size_t order; /**< of the caller */
} rift_value_location;

/**
 * Find lines and columns of marks by reading their files once more: only findings need
 * them, and they are rare. The marks come back in their old order. A file that is
 * damaged leaves the line alone; one that the system cannot read is an error.
 */
RIFT_CHECKED rift_status rift_locations_find(const rift_observations *observations,
                                             rift_diag *diag, rift_value_location *mark,
                                             size_t n);

#endif
