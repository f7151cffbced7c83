/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The countries file: which countries a study has, their names and their groups. */
#ifndef RIFT_PANEL_GROUP_H
#define RIFT_PANEL_GROUP_H

#include "rift.h"

/** Add a file that was read to a list of inputs; false when memory is short. */
bool rift_inputs_add(rift_inputs *inputs, const char *path, const char *text, size_t n);

/**
 * Read the countries file of a study: columns `country`, `name` (optional) and one for
 * each grouping, and the files of members by year. Rows named in `only`/`except` are
 * kept or left out.
 *
 * @param inputs  the files read are added to it
 */
RIFT_CHECKED rift_status rift_groups_read(const rift_study *study, rift_diag *diag,
                                          rift_groups *groups, rift_inputs *inputs);

/** Read an outlines file: columns country, ring, longitude, latitude. */
RIFT_CHECKED rift_status rift_outlines_read(const char *path, const char *disclaimer,
                                            rift_diag *diag, rift_outlines *outlines,
                                            rift_input *input);

/** Give every year the same membership; false when memory is short. */
bool rift_groups_spread(rift_groups *groups, int first_year, size_t n_year);

/** Fill a grouping from its file of members: country, group, first, last year;
   countries that the study does not have are passed over. */
RIFT_CHECKED rift_status rift_members_read(const rift_group_definition *group,
                                           size_t grouping, rift_diag *diag,
                                           rift_groups *groups, rift_inputs *inputs);

/** Group of each country in a year of the panel (row t), -1 for none. */
const int32_t *rift_groups_of_row(const rift_groups *groups, size_t grouping, size_t t);

/** Row of a grouping by its code, or -1. */
int rift_groups_find(const rift_groups *groups, const char *code);

#endif
