/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlines of countries, for maps. */
#ifndef RIFT_PANEL_OUTLINE_H
#define RIFT_PANEL_OUTLINE_H

#include "rift.h"

/** Read an outlines file: columns country, ring, longitude, latitude. */
RIFT_CHECKED rift_status rift_outlines_read(const char *path, const char *disclaimer,
                                            rift_diag *diag, rift_outlines *outlines,
                                            rift_input *input);

#endif
