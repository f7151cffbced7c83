/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headings that stand over the header and say what its columns are of. */
#ifndef RIFT_READ_OVER_H
#define RIFT_READ_OVER_H

#include "read/layout.h"

/**
 * Tell columns of values apart that have one heading, as 2019 and 2020 under "Use" and
 * again under "Skills": by the row over the header, in which a heading of several
 * columns stands in each of them or in the first. The series is that heading, or the
 * two joined by a blank where columns are series. Where that does not tell them apart
 * the layout has a problem. Columns that may be texts are not looked at.
 *
 * @return false when memory runs out
 */
RIFT_CHECKED bool rift_layout_tell_apart(const rift_preview *head, rift_layout *layout);

#endif
