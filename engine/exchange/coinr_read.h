/* SPDX-License-Identifier: GPL-3.0-or-later */
/* iData and iMeta as they were read and checked. */
#ifndef RIFT_EXCHANGE_COINR_READ_H
#define RIFT_EXCHANGE_COINR_READ_H

#include "core/text.h"
#include "decode/sheet.h"

typedef enum rift_coinr_kind {
    RIFT_COINR_INDICATOR,
    RIFT_COINR_AGGREGATE,
    RIFT_COINR_GROUP,
    RIFT_COINR_DENOMINATOR,
    RIFT_COINR_OTHER
} rift_coinr_kind;

enum { RIFT_COINR_KINDS = 5, RIFT_COINR_KNOWN = 10 };

/** The Unit of what has none: COINr wants one of everything but groups. */
#define RIFT_COINR_NO_UNIT "not stated"

/** Names of the kinds, as iMeta's Type has them. */
extern const char *const rift_coinr_kind_name[RIFT_COINR_KINDS];

/** Columns of iMeta that Rift has words for. */
extern const char *const rift_coinr_known[RIFT_COINR_KNOWN];

/** How a series is scored, as columns of iMeta say it. */
typedef struct rift_coinr_scale {
    const char *method;        /**< Rift's; NULL: none is said, COINr's standard */
    const char *const *column; /**< those that said it, ended by NULL */
    double low, high;          /**< goalposts, mean and sd; `high` a target */
    double worst, best;        /**< scores */
    bool clip;
} rift_coinr_scale;

/** A row of iMeta; texts are "" where they are missing. */
typedef struct rift_coinr_entry {
    const char *code, *name, *parent, *unit, *denominator, *target;
    rift_coinr_kind kind;
    double direction, weight;
    rift_coinr_scale scale;
    int column;   /**< of iData, or -1 */
    bool numeric; /**< every value is a number */
} rift_coinr_entry;

typedef struct rift_coinr_tables {
    const rift_coinr_paths *paths;
    rift_diag *diag;
    rift_sheet data, meta;
    rift_coinr_entry *entry; /**< [meta.n_row] */
    int code, name, time;    /**< columns of iData, -1 where it has none */
    bool country;            /**< every unit is a country */
    int first, last;         /**< years */
} rift_coinr_tables;

/** Read and check both files; `tables` holds paths and diag. False after an error. */
bool rift_coinr_read(rift_coinr_tables *tables);
void rift_coinr_tables_free(rift_coinr_tables *tables);

/** Year of a row of iData; 0 and false, with an error, where it is none. */
bool rift_coinr_year(rift_coinr_tables *tables, size_t row, int *year);

/** Read how the series of a row is scored; false after an error. */
bool rift_coinr_read_scale(rift_coinr_tables *tables, size_t row);

/** The scale of all indicators, where they have one; else COINr's standard. */
rift_coinr_scale rift_coinr_scale_of_all(const rift_coinr_tables *tables);

/** The keys of a series that say its scale, where it is not `standard`. */
void rift_coinr_put_keys(const rift_coinr_entry *entry,
                         const rift_coinr_scale *standard, rift_text *out);

/** Whether a column said how the series is scored. */
bool rift_coinr_scale_used(const rift_coinr_entry *entry, const char *column);

/** Whether a text means "no value" in R. */
bool rift_coinr_missing(const char *text);

/** Whether an entry's column becomes a series, or belongs to the units. */
static inline bool rift_coinr_is_series(const rift_coinr_entry *e)
{
    return e->kind == RIFT_COINR_INDICATOR || e->kind == RIFT_COINR_DENOMINATOR ||
           (e->kind == RIFT_COINR_OTHER && e->numeric);
}

static inline bool rift_coinr_in_tree(const rift_coinr_entry *e)
{
    return e->kind == RIFT_COINR_INDICATOR || e->kind == RIFT_COINR_AGGREGATE;
}

#endif
