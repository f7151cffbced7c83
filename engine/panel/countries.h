/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The countries file: which countries a study has, their names and their groups. */
#ifndef RIFT_PANEL_COUNTRIES_H
#define RIFT_PANEL_COUNTRIES_H

#include "rift.h"

/**
 * Read the countries file of a study: columns `country`, `name` (optional) and one for
 * each grouping, and the files of members by year. Rows named in `only`/`except` are
 * kept or excluded.
 *
 * @param inputs  the files read are added to it
 */
RIFT_CHECKED rift_status rift_groups_read(const rift_study *study, rift_diag *diag,
                                          rift_groups *groups, rift_inputs *inputs);

#endif
