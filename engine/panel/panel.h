/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From observations to the panel, and from files to observations. */
#ifndef RIFT_PANEL_PANEL_H
#define RIFT_PANEL_PANEL_H

#include "read/format.h"

/** Offset of [indicator][year][0] in the arrays of a panel. */
static inline size_t rift_panel_at(const rift_panel *panel, size_t indicator,
                                   size_t year)
{
    return (indicator * panel->n_year + year) * panel->n_country;
}

/**
 * Place observations in a panel. The same cell twice with different values is an error
 * that names both places; twice with the same value is a note.
 */
RIFT_CHECKED rift_status rift_panel_build(const rift_observations *observations,
                                          const rift_read_settings *settings,
                                          rift_diag *diag, rift_panel *panel);

#endif
