/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a path over the years turns. */
#ifndef RIFT_CLAIM_PATH_H
#define RIFT_CLAIM_PATH_H

#include <stddef.h>

/** Fewest years on either side of a turn. */
enum { RIFT_TURN_LEAST = 4 };

/**
 * Whether n values of the years x turn: a parabola, or a line that is broken once,
 * describes them better than a straight line, by 2 of the corrected criterion of Akaike
 * at the least, and the two slopes of the broken line have opposite signs. The
 * criterion is that of least squares (Hurvich and Tsai 1989), with 3 parameters of the
 * straight line, 4 of the parabola and 5 of the broken one, whose year is one.
 *
 * @param row  of the highest value, or the lowest: RIFT_TURN_LEAST years from either
 * end at the least
 * @return     -1 where values rise to it and fall after, 1 where they fall first, else
 * 0
 */
int rift_path_turn(const double *x, const double *y, size_t n, size_t *row);

#endif
