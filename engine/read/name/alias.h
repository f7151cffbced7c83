/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user's own names and codes of countries. */
#ifndef RIFT_READ_NAME_ALIAS_H
#define RIFT_READ_NAME_ALIAS_H

#include "core/arena.h"
#include "rift.h"

/**
 * Read a CSV file with the columns `name` and `country`: a name or code as it stands in
 * data files, and the alpha-3 code it stands for, or "-" to ignore its rows. These
 * come before everything that Rift knows itself.
 *
 * @param arena     keeps the texts
 * @param settings  gets the pairs
 */
RIFT_CHECKED rift_status rift_aliases_read(const char *path, rift_arena *arena,
                                           rift_diag *diag,
                                           rift_read_settings *settings);

#endif
