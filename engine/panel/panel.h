/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a value in a panel. */
#ifndef RIFT_PANEL_PANEL_H
#define RIFT_PANEL_PANEL_H

#include "rift.h"

/** Offset of [indicator][year][0] in the arrays of a panel. */
static inline size_t rift_panel_at(const rift_panel *panel, size_t indicator,
                                   size_t year)
{
    return (indicator * panel->n_year + year) * panel->n_country;
}

/** Place of the largest value of an array by its size, n where there is none. */
size_t rift_values_largest(const double *value, size_t n);

/** Errors for series whose largest value is too large, or too near 0, to compute with.
    Smaller ones beside it are as good as 0 to every sum of squares. */
RIFT_CHECKED rift_status rift_panel_check_sizes(const rift_panel *panel,
                                                rift_diag *diag);

/** Number of countries of a row [country] that have a value. */
size_t rift_values_count(const double *row, size_t n_country);

/**
 * The first and the last year, from row `first` to row `last`, with a value of at least
 * 60 % of the countries of the best of these years: other years are of too different a
 * set of countries to stand beside them. False where no year has any.
 *
 * @param value  [year][country]
 */
bool rift_values_span(const double *value, size_t n_country, size_t first, size_t last,
                      size_t span[2]);

#endif
