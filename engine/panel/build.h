/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From observations to the panel. */
#ifndef RIFT_PANEL_BUILD_H
#define RIFT_PANEL_BUILD_H

#include "read/observe.h"

/**
 * Place observations in a panel. A cell that is observed twice with one value is
 * counted in a note; two values are settled by the settings, with a finding that names
 * both locations: a note where one was chosen, an error where none could be.
 */
RIFT_CHECKED rift_status rift_panel_build(const rift_observations *observations,
                                          const rift_read_settings *settings,
                                          rift_diag *diag, rift_panel *panel);

#endif
