/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was read: values in strips of successive years, each traceable to its cell. */
#ifndef RIFT_READ_OBSERVE_H
#define RIFT_READ_OBSERVE_H

#include "core/arena.h"
#include "core/array.h"
#include "rift.h"

/** Values of one series and country that stand beside or below one another in a file:
    value i is of year + i year_step, in line + i line_step, cell + i cell_step. */
typedef struct rift_strip {
    uint32_t series, country; /**< country | RIFT_AGGREGATE: row of the aggregates */
    uint32_t file, cell;
    uint64_t line;
    int32_t year, line_step;
    uint16_t n;
    int8_t year_step, cell_step;
    double *value;       /**< [n] NaN: the file has no number there */
    uint8_t *obs_status; /**< [n] bits of rift_obs_status */
} rift_strip;

enum { RIFT_AGGREGATE = 1u << 31, RIFT_STRIP_LIMIT = 4096 };

/** A series of the data: its code, the group of people it speaks of, its words. */
typedef struct rift_series_seen {
    const char *code, *subgroup, *name, *unit;
    uint32_t file; /**< the first file that has it */
} rift_series_seen;

/** A file that observations come from. */
typedef struct rift_file_seen {
    const char *name, *path, *vintage; /**< name is path or path:member */
    char delimiter;
    bool cell_is_column; /**< cells of strips are columns of the line already */
} rift_file_seen;

/** The observations of any number of files. `{0}` is empty. */
typedef struct rift_observations {
    rift_string_table country, aggregate;
    rift_string_table series; /**< code, or code[subgroup] */
    rift_series_seen *seen;
    size_t seen_capacity;
    rift_file_seen *file;
    size_t n_file, file_capacity;
    rift_strip *strip;
    size_t n_strip, capacity;
    struct rift_chunk *chunk; /**< memory of the values, last first */
    rift_arena words;         /**< memory of `seen` */
    uint64_t n_value;
} rift_observations;

void rift_observations_free(rift_observations *observations);

/** Add a value; false when memory runs out. */
bool rift_observe(rift_observations *out, const rift_strip *at, double value,
                  uint8_t obs_status);

/** Add a row of n values of successive years, beside one another in the file; NaN where
    there is none. At most RIFT_STRIP_LIMIT; false when memory runs out. */
bool rift_observe_row(rift_observations *out, const rift_strip *at, const double *value,
                      size_t n);

/** Row of a series, added if new; -1 when memory runs out. */
int rift_observations_series(rift_observations *out, const rift_series_seen *series);

/** Add a file; its number, or -1 when memory runs out. */
int rift_observations_file(rift_observations *out, const rift_file_seen *file);

/**
 * Strips in the order of their series, those of a series in the order of reading:
 * order[start[s]] .. order[start[s + 1] - 1] are the numbers of the strips of series s.
 * @return false when memory runs out; then nothing is allocated
 */
bool rift_observations_order(const rift_observations *observations, size_t **start,
                             size_t **order);

/** Move the strips and their memory of one set to the end of another. */
bool rift_observations_take(rift_observations *to, rift_observations *from);

static inline int rift_strip_year(const rift_strip *strip, size_t i)
{
    return strip->year + (int)i * strip->year_step;
}

/** Line of a value, from 1. */
static inline uint64_t rift_strip_line(const rift_strip *strip, size_t i)
{
    return strip->line + (uint64_t)((int64_t)i * strip->line_step);
}

/** Cell of a value in its line, from 0; see rift_file_seen.cell_is_column. */
static inline int64_t rift_strip_cell(const rift_strip *strip, size_t i)
{
    return (int64_t)strip->cell + (int64_t)i * strip->cell_step;
}

#endif
