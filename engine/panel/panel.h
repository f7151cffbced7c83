/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From observations to the panel, and from files to observations. */
#ifndef RIFT_PANEL_PANEL_H
#define RIFT_PANEL_PANEL_H

#include "read/file.h"

/** Offset of [indicator][year][0] in the arrays of a panel. */
static inline size_t rift_panel_at(const rift_panel *panel, size_t indicator,
                                   size_t year)
{
    return (indicator * panel->n_year + year) * panel->n_country;
}

/**
 * Place observations in a panel. A cell that is observed twice with one value is
 * counted in a note; two values are settled by the settings, with a finding that names
 * both places: a note where one was chosen, an error where none could be.
 */
RIFT_CHECKED rift_status rift_panel_build(const rift_observations *observations,
                                          const rift_read_settings *settings,
                                          rift_diag *diag, rift_panel *panel);

/** Where a value stands: a strip of the observations and the value's number in it. */
typedef struct rift_value_location {
    uint32_t strip, at;
    rift_location place;
    size_t order; /**< of the caller */
} rift_value_location;

/**
 * Find lines and columns of marks by reading their files once more: only findings need
 * them, and they are rare. The marks come back in their old order. A file that cannot
 * be read again leaves the line alone.
 */
RIFT_CHECKED rift_status rift_marks_place(const rift_observations *observations,
                                          rift_value_location *mark, size_t n);

/** Findings of what is suspicious in a panel; warnings, each with its place. */
RIFT_CHECKED rift_status rift_panel_survey(const rift_panel *panel,
                                           const rift_observations *observations,
                                           rift_diag *diag);

#endif
