/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Membership of groups by year. */
#ifndef RIFT_PANEL_MEMBER_H
#define RIFT_PANEL_MEMBER_H

#include "rift.h"

/** Fill a grouping from its file of members: country, group, first, last year;
   countries that the study does not have are ignored. */
RIFT_CHECKED rift_status rift_members_read(const rift_group_definition *group,
                                           size_t grouping, rift_diag *diag,
                                           rift_groups *groups, rift_inputs *inputs);

#endif
