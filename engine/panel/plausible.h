/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What in a panel looks wrong without being known to be. */
#ifndef RIFT_PANEL_PLAUSIBLE_H
#define RIFT_PANEL_PLAUSIBLE_H

#include "read/observe.h"

/** Findings of what is suspicious in a panel; warnings, each with its location. */
RIFT_CHECKED rift_status rift_panel_check_plausible(
    const rift_panel *panel, const rift_observations *observations, rift_diag *diag);

#endif
