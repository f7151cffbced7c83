/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the tables that analyses left in a result, by their columns. */
#include "claim/kept.h"

#include <math.h>
#include <string.h>

const rift_table *rift_kept_table(const rift_ledger *ledger, const char *group,
                                  const char *name)
{
    for (size_t i = 0; i < ledger->answers->n; i++) {
        const rift_kept *kept = &ledger->answers->kept[i];
        if (!strcmp(kept->info.group, group) && !strcmp(kept->info.name, name)) {
            return kept->table;
        }
    }
    return NULL;
}

static int year_at(const rift_table *table, size_t row, const char *column)
{
    double year = rift_kept_number(table, row, column);
    return isnan(year) ? 0 : (int)year;
}

rift_reading rift_kept_reading(const rift_ledger *ledger, const rift_table *table,
                               size_t row, const char *measure, const char *sample)
{
    double n = rift_kept_number(table, row, "n_countries");
    rift_reading r = rift_reading_of(measure, rift_weighting_name(0), sample);
    r.year_first = year_at(table, row, "year_first");
    r.year_last = year_at(table, row, "year_last");
    r.n = n > 0 ? (size_t)n : 0;
    r.n_all = ledger->result->panel.n_country;
    r.null = "0";
    return r;
}
