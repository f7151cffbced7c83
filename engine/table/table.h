/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables made from a result: what `show` prints, `export` writes and the report shows.
 */
#ifndef RIFT_TABLE_TABLE_H
#define RIFT_TABLE_TABLE_H

#include "core/arena.h"
#include "core/text.h"
#include "result/lookup.h"

enum { RIFT_TABLE_COLUMNS = 64, RIFT_FULL_PRECISION = -1 };

typedef struct rift_column {
    const char *name;
    bool number;
    int decimals; /**< for people; files always get full precision */
} rift_column;

typedef struct rift_entry {
    const char *text; /**< of a text column */
    double number;    /**< of a number column; NaN is empty */
} rift_entry;

/** Rows of entries, row after row. `{0}` is empty. */
typedef struct rift_table {
    rift_arena arena;
    const char *title;
    rift_column column[RIFT_TABLE_COLUMNS];
    size_t n_column, n_row;
    rift_entry *entry;
    size_t n_entry, capacity;
    bool failed; /**< memory was short, or there were too many columns */
} rift_table;

void rift_table_column(rift_table *table, const char *name, bool number, int decimals);
/** Add the next entry of the row being filled; texts are copied. */
void rift_table_text(rift_table *table, const char *text);
void rift_table_number(rift_table *table, double number);
const rift_entry *rift_table_at(const rift_table *table, size_t row, size_t column);
void rift_table_free(rift_table *table);
/** A copy of its own; false when memory is short, and then empty. */
bool rift_table_copy(const rift_table *table, rift_table *out);

/** Which part of a result a table shows. */
typedef struct rift_table_choice {
    int year;               /**< row of the panel's years, -1 for all */
    size_t n_country;       /**< 0: all */
    const int32_t *country; /**< rows of the panel's countries */
} rift_table_choice;

static inline bool rift_table_wants_year(const rift_table_choice *choice, size_t year)
{
    return choice->year < 0 || choice->year == (int)year;
}

/** Whether a country is among those chosen. */
bool rift_table_wants(const rift_table_choice *choice, size_t country);

typedef struct rift_table_kind {
    const char *name, *help;
    void (*make)(const rift_result *result, const rift_table_choice *choice,
                 rift_table *table);
    bool one_year; /**< shows the latest year with ranks where no year is asked for */
    bool of_panel; /**< needs no index: also of a file that 'rift ingest' wrote */
} rift_table_kind;

extern const rift_table_kind rift_tables[];
extern const size_t rift_n_tables;

void rift_table_divide(const rift_result *result, const rift_table_choice *choice,
                       rift_table *table);
void rift_table_means(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table);
void rift_table_convergence(const rift_result *result, const rift_table_choice *choice,
                            rift_table *table);

void rift_table_weights(const rift_result *result, const rift_table_choice *choice,
                        rift_table *table);
void rift_table_coverage(const rift_result *result, const rift_table_choice *choice,
                         rift_table *table);
void rift_table_completeness(const rift_result *result, const rift_table_choice *choice,
                             rift_table *table);
void rift_table_treatment(const rift_result *result, const rift_table_choice *choice,
                          rift_table *table);
void rift_table_imputed(const rift_result *result, const rift_table_choice *choice,
                        rift_table *table);
void rift_table_screening(const rift_result *result, const rift_table_choice *choice,
                          rift_table *table);
void rift_table_changes(const rift_result *result, const rift_table_choice *choice,
                        rift_table *table);
void rift_table_trends(const rift_result *result, const rift_table_choice *choice,
                       rift_table *table);

void rift_table_story(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table);
void rift_table_panel(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table);
void rift_table_aggregates(const rift_result *result, const rift_table_choice *choice,
                           rift_table *table);
void rift_table_files(const rift_result *result, const rift_table_choice *choice,
                      rift_table *table);
void rift_table_findings(const rift_result *result, const rift_table_choice *choice,
                         rift_table *table);

/** Tidy CSV: comma, LF, "." decimals, empty for missing, full precision. Text that a
    spreadsheet would run (= + - @ first) gets a ' in front. */
void rift_table_csv(const rift_table *table, rift_text *out);
/** One JSON document: an object with the table's name and an array of rows. */
void rift_table_json(const rift_table *table, const char *name, rift_text *out);

/** Tidy rows country, year, node, value, rank from bare scores. */
void rift_table_scores(const rift_index *index, const rift_panel *panel,
                       const rift_scores *scores, const rift_table_choice *choice,
                       rift_table *table);

/** Row of a column by its name, or -1. */
int rift_table_find(const rift_table *table, const char *column);

#endif
