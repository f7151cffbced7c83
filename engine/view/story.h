/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of a story that are computed here, not by an analysis. */
#ifndef RIFT_VIEW_STORY_H
#define RIFT_VIEW_STORY_H

#include "core/text.h"
#include "rift.h"

/**
 * How the gap of a node between its highest and its lowest group (by income where there
 * is such a grouping) moved, over the countries of both that have a value in both
 * years: a mean over others moves by who is in it. The last year is one of enough
 * countries, of a node not beyond the result's edition, of a leaf by values observed in
 * the year itself; the first the earliest from 2005 on in which half of the last year's
 * countries of each group have a value. Groups are those of the last year. Nothing is
 * added where there are no such years.
 *
 * @return false when memory runs out
 */
bool rift_story_gap(const rift_result *result, size_t node, rift_text *out);

#endif
