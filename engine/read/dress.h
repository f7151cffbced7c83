/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers as people write them: "81.6%", "8 500", "8'100'000", "1,010,740,000". */
#ifndef RIFT_READ_DRESS_H
#define RIFT_READ_DRESS_H

#include <stdbool.h>
#include <stddef.h>

/** How a number was written. */
typedef struct rift_dress {
    bool percent;   /**< a percent sign stood behind it */
    bool thousands; /**< marks stood between its thousands */
} rift_dress;

/**
 * Read a number with a percent sign or thousands marks.
 *
 * Thousands are marked by blanks, among them the no-break and the thin ones of UTF-8
 * and of Windows-1252, by apostrophes, or by the mark that is not the decimal one. Only
 * whole groups of three are read, one mark throughout. A point or comma alone, as in
 * "8,500", may be the decimal mark: it is read only where `sure` says that it is not.
 *
 * @param comma  the decimal mark is a comma
 * @return       false for anything else; then nothing is set
 */
bool rift_dress_read(const char *text, size_t n, bool comma, bool sure, double *value,
                     rift_dress *dress);

#endif
