/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The density of the value some years on, given the value now. Quah (1997). */
#include "analysis/converge/kernel.h"

#include "stats/density.h"

#include <math.h>
#include <stdlib.h>

enum { KERNEL_GRID = 30, KERNEL_YEARS = 5 };

const rift_column_info rift_kernel_column[RIFT_KERNEL_COLUMNS] = {
    RIFT_COLUMN_VARIABLE,
    {"years", RIFT_KIND_COUNT, 0, "years", "years between the two values"},
    {"relative_now", RIFT_KIND_NUMBER, 3, "", "value over the mean of its year"},
    {"relative_next", RIFT_KIND_NUMBER, 3, "", "the same so many years later"},
    {"density", RIFT_KIND_NUMBER, 5, "",
     "density of the later value given the earlier"},
};

rift_status rift_kernel_rows(const rift_scope *q, const rift_variable *v,
                             const double *relative, rift_table *table)
{
    size_t n_country = q->result->panel.n_country, n = 0;
    size_t step = q->last - q->first < KERNEL_YEARS ? 1 : KERNEL_YEARS;
    size_t pairs = (q->last - q->first + 1) * n_country;
    double most = 0, grid[KERNEL_GRID];
    double *now = calloc(2 * pairs + 1, sizeof *now);
    double *out = calloc((size_t)KERNEL_GRID * KERNEL_GRID, sizeof *out);
    double *next = now ? now + pairs : NULL;
    rift_status status = now && out ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t t = q->first; status == RIFT_OK && t + step <= q->last; t++) {
        for (size_t c = 0; c < n_country; c++) {
            double x = relative[t * n_country + c];
            double y = relative[(t + step) * n_country + c];
            if (!isnan(x) && !isnan(y)) {
                now[n] = x;
                next[n++] = y;
                most = fmax(most, fmax(x, y));
            }
        }
    }
    for (int k = 0; k < KERNEL_GRID; k++) {
        grid[k] = most * k / (KERNEL_GRID - 1);
    }
    if (status == RIFT_OK && n > 2 && rift_differs(now, n) && rift_differs(next, n)) {
        status = rift_stochastic_kernel(now, next, n, grid, KERNEL_GRID, out);
        for (size_t i = 0; status == RIFT_OK && i < (size_t)KERNEL_GRID * KERNEL_GRID;
             i++) {
            RIFT_ROW(table, RIFT_W(v->code), RIFT_N((double)step),
                     RIFT_N(grid[i / KERNEL_GRID]), RIFT_N(grid[i % KERNEL_GRID]),
                     RIFT_N(out[i]));
        }
    }
    free(now);
    free(out);
    return status;
}
