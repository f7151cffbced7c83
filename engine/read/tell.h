/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file's columns turn out to mean once all of it was read. */
#ifndef RIFT_READ_TELL_H
#define RIFT_READ_TELL_H

#include "read/reader.h"

/** Add an error for each column that tells rows of one country and series apart, which
    sets reader->mixed, and a warning for each that may. False when memory runs
    out. */
RIFT_CHECKED bool rift_tell_apart(rift_reader *reader);

/**
 * Findings of the cells that are no numbers: an error each, one for all cells of a
 * series with the same text where there are several, and a warning for a series without
 * any number, which is excluded. Columns that have nothing but texts are no series.
 */
RIFT_CHECKED rift_status rift_tell_cells(rift_reader *reader);

/** Numbers with a percent sign are percent, in a series where all have one; where some
    have none an error asks what is meant. */
RIFT_CHECKED rift_status rift_tell_percent(rift_reader *reader);

/** A warning of columns of numbers that nothing was made of, with how many they have.
 */
void rift_tell_lost(const rift_reader *reader);

/** Where dimensions make series of which each has one country, and there are several:
   an error, which sets reader->mixed, for they name the countries once more. `stands`
   is what the country texts stand for; groups of countries are no countries. */
void rift_tell_countries(rift_reader *reader, const int32_t *stands);

#endif
