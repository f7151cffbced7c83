/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a value in a panel. */
#ifndef RIFT_PANEL_PANEL_H
#define RIFT_PANEL_PANEL_H

#include "rift.h"

/** Offset of [indicator][year][0] in the arrays of a panel. */
static inline size_t rift_panel_at(const rift_panel *panel, size_t indicator,
                                   size_t year)
{
    return (indicator * panel->n_year + year) * panel->n_country;
}

#endif
