/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "read/apart.h"

#include <stdlib.h>

enum { EMPTY = 0 };

static size_t hash_of(uint32_t country, uint32_t series)
{
    uint64_t key = (uint64_t)country << 32 | series;
    key *= 0x9FB21C651E98DF25u;
    return (size_t)(key ^ key >> 32);
}

/* Slot of a country and series, or the empty one where they belong. */
static size_t slot_of(const rift_apart *apart, uint32_t country, uint32_t series)
{
    size_t at = hash_of(country, series) & (apart->n_slot - 1);
    while (apart->slot[at]) {
        const rift_apart_rows *rows = &apart->rows[apart->slot[at] - 1];
        if (rows->country == country && rows->series == series) {
            break;
        }
        at = (at + 1) & (apart->n_slot - 1);
    }
    return at;
}

static bool rehash(rift_apart *apart)
{
    size_t n_slot = apart->n_slot ? 2 * apart->n_slot : 256;
    uint32_t *slot = calloc(n_slot, sizeof *slot);
    if (!slot) {
        return false;
    }
    free(apart->slot);
    apart->slot = slot;
    apart->n_slot = n_slot;
    for (size_t i = 0; i < apart->n_rows; i++) {
        const rift_apart_rows *rows = &apart->rows[i];
        slot[slot_of(apart, rows->country, rows->series)] = (uint32_t)i + 1;
    }
    return true;
}

/* Room for the texts of one more country and series. */
static bool grow(rift_apart *apart)
{
    if (!rift_array_grow((void **)&apart->rows, apart->n_rows, &apart->rows_capacity,
                         sizeof *apart->rows)) {
        return false;
    }
    while (apart->first_capacity < (apart->n_rows + 1) * apart->n_column) {
        if (!rift_array_grow((void **)&apart->first, apart->first_capacity,
                             &apart->first_capacity, sizeof *apart->first)) {
            return false;
        }
    }
    return true;
}

/* Number of the rows of a country and series, added if new; SIZE_MAX: no memory. */
static size_t find_rows(rift_apart *apart, uint32_t country, uint32_t series,
                        const uint32_t *text, uint64_t line)
{
    if (2 * apart->n_rows >= apart->n_slot && !rehash(apart)) {
        return SIZE_MAX;
    }
    size_t at = slot_of(apart, country, series);
    if (apart->slot[at]) {
        return apart->slot[at] - 1;
    }
    if (!grow(apart)) {
        return SIZE_MAX;
    }
    size_t i = apart->n_rows++;
    apart->rows[i] = (rift_apart_rows){country, series, 0, line};
    for (size_t k = 0; k < apart->n_column; k++) {
        apart->first[i * apart->n_column + k] = text[k];
    }
    apart->slot[at] = (uint32_t)i + 1;
    return i;
}

static void note(rift_apart_pair *pair, const rift_apart_rows *rows, uint32_t first,
                 uint32_t text, uint64_t line)
{
    if (!pair->found) {
        *pair = (rift_apart_pair){.line = {rows->line, line},
                                  .text = {first, text},
                                  .country = {rows->country, rows->country},
                                  .series = rows->series,
                                  .found = true};
    }
}

/* Compare n rows of the same texts with the first of their country and series. */
static bool compare(rift_apart *apart, const rift_apart_rows *seen,
                    const uint32_t *text)
{
    size_t i = find_rows(apart, seen->country, seen->series, text, seen->line);
    if (i == SIZE_MAX) {
        return false;
    }
    apart->last = i;
    apart->rows[i].n += seen->n;
    for (size_t k = 0; k < apart->n_column; k++) {
        uint32_t *first = &apart->first[i * apart->n_column + k];
        if (*first == text[k]) {
            continue;
        }
        bool empty = *first == EMPTY || text[k] == EMPTY;
        note(empty ? &apart->partly[k] : &apart->within[k], &apart->rows[i], *first,
             text[k], seen->line);
        *first = *first == EMPTY ? text[k] : *first;
    }
    return true;
}

bool rift_apart_look(rift_apart *apart, const size_t *column, const rift_row *row,
                     uint32_t country, uint32_t series)
{
    if (apart->text.n_word == 0 && rift_string_table_add(&apart->text, "", 0) < 0) {
        return false;
    }
    bool same = apart->n_rows > 0 && apart->rows[apart->last].country == country &&
                apart->rows[apart->last].series == series;
    for (size_t k = 0; k < apart->n_column; k++) {
        rift_cell cell = rift_row_text(row, column[k]);
        uint32_t last = apart->last_text[k];
        if (cell.n == apart->text.length[last] &&
            rift_same_bytes(apart->text.word[last], cell.text, cell.n)) {
            continue;
        }
        int text = rift_string_table_add(&apart->text, cell.text, cell.n);
        if (text < 0) {
            return false;
        }
        apart->last_text[k] = (uint32_t)text;
        same = false;
    }
    if (same) {
        apart->rows[apart->last].n++;
        return true;
    }
    return compare(apart, &(rift_apart_rows){country, series, 1, row->line},
                   apart->last_text);
}

static bool join_texts(rift_apart *all, const rift_apart *part, uint32_t *map)
{
    for (size_t i = 0; i < part->text.n_word; i++) {
        int text =
            rift_string_table_add(&all->text, part->text.word[i], part->text.length[i]);
        if (text < 0) {
            return false;
        }
        map[i] = (uint32_t)text;
    }
    return true;
}

static void join_pair(rift_apart_pair *all, const rift_apart_pair *part,
                      const uint32_t *text, const int32_t *country,
                      const int32_t *series)
{
    if (!all->found && part->found) {
        *all = *part;
        for (int i = 0; i < 2; i++) {
            all->text[i] = text[part->text[i]];
            all->country[i] = (uint32_t)country[part->country[i]];
        }
        all->series = (uint32_t)series[part->series];
    }
}

bool rift_apart_join(rift_apart *all, const rift_apart *part, const int32_t *country,
                     const int32_t *series)
{
    uint32_t text[RIFT_APART_LIMIT] = {0};
    uint32_t *map = malloc((part->text.n_word + 1) * sizeof *map);
    bool good = map && join_texts(all, part, map);
    for (size_t i = 0; good && i < part->n_rows; i++) {
        rift_apart_rows rows = part->rows[i];
        rows.country = (uint32_t)country[rows.country];
        rows.series = (uint32_t)series[rows.series];
        for (size_t k = 0; k < part->n_column; k++) {
            text[k] = map[part->first[i * part->n_column + k]];
        }
        good = compare(all, &rows, text);
    }
    for (size_t k = 0; good && k < part->n_column; k++) {
        join_pair(&all->within[k], &part->within[k], map, country, series);
        join_pair(&all->partly[k], &part->partly[k], map, country, series);
    }
    free(map);
    return good;
}

void rift_apart_shift(rift_apart *apart, size_t n_line)
{
    for (size_t i = 0; i < apart->n_rows; i++) {
        apart->rows[i].line += n_line;
    }
    for (size_t k = 0; k < apart->n_column; k++) {
        for (int i = 0; i < 2; i++) {
            apart->within[k].line[i] += n_line;
            apart->partly[k].line[i] += n_line;
        }
    }
}

/* What the countries and the series have in one column. */
typedef struct spread {
    uint32_t *of_country, *of_series; /* text + 1; rows + 1 */
    uint64_t *n;                      /* [country] rows */
    size_t n_country, n_series;
    bool varies; /* some country has two texts */
} spread;

static bool open_spread(const rift_apart *apart, spread *out)
{
    for (size_t i = 0; i < apart->n_rows; i++) {
        size_t country = apart->rows[i].country, series = apart->rows[i].series;
        out->n_country = country >= out->n_country ? country + 1 : out->n_country;
        out->n_series = series >= out->n_series ? series + 1 : out->n_series;
    }
    out->of_country = calloc(out->n_country + 1, sizeof *out->of_country);
    out->of_series = calloc(out->n_series + 1, sizeof *out->of_series);
    out->n = calloc(out->n_country + 1, sizeof *out->n);
    return out->of_country && out->of_series && out->n;
}

static void add_rows(const rift_apart *apart, size_t i, uint32_t text, size_t column,
                     spread *out, rift_apart_pair *pair)
{
    const rift_apart_rows *rows = &apart->rows[i];
    uint32_t *of_country = &out->of_country[rows->country];
    uint32_t *of_series = &out->of_series[rows->series];
    out->n[rows->country] += rows->n;
    out->varies = out->varies || (*of_country && *of_country != text + 1);
    *of_country = text + 1;
    if (*of_series == 0) {
        *of_series = (uint32_t)i + 1;
        return;
    }
    const rift_apart_rows *first = &apart->rows[*of_series - 1];
    uint32_t other = apart->first[(*of_series - 1) * apart->n_column + column];
    if (other != text && !pair->found) {
        *pair = (rift_apart_pair){.line = {first->line, rows->line},
                                  .text = {other, text},
                                  .country = {first->country, rows->country},
                                  .series = rows->series,
                                  .found = true};
    }
}

/* Whether half of the countries or more have several rows, and each one text in them.
 */
static bool belongs_to_countries(const spread *spread)
{
    size_t n = 0, several = 0;
    for (size_t i = 0; i < spread->n_country; i++) {
        n += spread->n[i] > 0;
        several += spread->n[i] > 1;
    }
    return !spread->varies && 2 * several >= n;
}

bool rift_apart_between(const rift_apart *apart, size_t column, bool always,
                        rift_apart_pair *out)
{
    spread spread = {0};
    bool good = open_spread(apart, &spread);
    *out = (rift_apart_pair){0};
    for (size_t i = 0; good && i < apart->n_rows; i++) {
        uint32_t text = apart->first[i * apart->n_column + column];
        if (text != EMPTY) {
            add_rows(apart, i, text, column, &spread, out);
        }
    }
    if (good && !always && belongs_to_countries(&spread)) {
        out->found = false;
    }
    free(spread.of_country);
    free(spread.of_series);
    free(spread.n);
    return good;
}

void rift_apart_free(rift_apart *apart)
{
    rift_string_table_free(&apart->text);
    free(apart->rows);
    free(apart->first);
    free(apart->slot);
    *apart = (rift_apart){0};
}
