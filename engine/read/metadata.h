/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the World Bank's notes on countries, which come with its files, say of a code.
 */
#ifndef RIFT_READ_METADATA_H
#define RIFT_READ_METADATA_H

#include "core/array.h"
#include "rift.h"

/**
 * Codes that are groups of countries by the notes beside a data file: a member
 * Metadata_Country_* of the same archive, or the file Metadata_Country_NAME beside
 * NAME. A code without a region is a group; that is how those notes distinguish them.
 * Nothing is added where there are no notes; that the system cannot read them is an
 * error in the diag.
 *
 * @param path  the file as opened: the archive, or the data file itself
 * @return RIFT_ERR_MEMORY or RIFT_OK
 */
RIFT_CHECKED rift_status rift_metadata_groups(const char *path, rift_diag *diag,
                                              rift_string_table *groups);

#endif
