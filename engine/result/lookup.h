/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places, names and kin in a result. */
#ifndef RIFT_RESULT_LOOKUP_H
#define RIFT_RESULT_LOOKUP_H

#include "rift.h"

/** The latest year in which any country has a total; 0 where there is none. */
size_t rift_result_latest(const rift_result *result);

/** Offset of [node][year][0] in score, rank and coverage. */
size_t rift_result_at(const rift_result *result, size_t node, size_t year);

/** The name of a country of the panel, its code where it has none. */
const char *rift_result_name(const rift_result *result, size_t country);

/** Whether a node is a layer: an inner node right under the total. */
bool rift_result_is_layer(const rift_result *result, size_t node);

/** Whether a node is another or stands below it. */
bool rift_result_is_under(const rift_result *result, size_t node, size_t top);

#endif
