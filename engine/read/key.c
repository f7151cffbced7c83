/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The series of a row. Nothing is allocated for a row whose cells are
   those of a row before. */
#include "read/row.h"

#include "core/text.h"
#include "read/subgroup.h"

#include <stdio.h>
#include <stdlib.h>

enum { PART = 0x1F };

/* The cells that make the series of a row, one after the other. */
static rift_status series_key(rift_reader *reader, const rift_row *row, char *key,
                              size_t *n_key)
{
    const rift_layout *layout = reader->layout;
    rift_cell code = rift_row_cell(row, layout->series_code);
    size_t n = 0;
    for (size_t i = 0; i <= layout->n_dimension; i++) {
        rift_cell cell =
            i == 0 ? code : rift_row_cell(row, (int)layout->dimension[i - 1].cell);
        if (rift_row_is_odd(row, cell)) {
            return RIFT_ROW_ODD;
        }
        cell = layout->labelled_codes ? rift_row_before_label(cell) : cell;
        if (i > 0 && layout->fill_down && i <= 8) {
            char *down = reader->keys.down[i - 1];
            if (cell.n > 0) {
                snprintf(down, sizeof reader->keys.down[0], "%.*s", (int)cell.n,
                         cell.text);
            }
            cell = (rift_cell){down, strlen(down)};
        }
        size_t room = RIFT_KEY_SIZE - n - 1;
        size_t used = cell.n < room ? cell.n : room;
        for (size_t k = 0; k < used; k++) { /* the mark itself is no part of a text */
            key[n + k] = cell.text[k] == PART ? ' ' : cell.text[k];
        }
        n += used;
        key[n++] = PART;
        if (n >= RIFT_KEY_SIZE - 1) {
            rift_reader_error(reader, row, 0,
                              "the cells that name the series of this row have more "
                              "than %d bytes; shorten them",
                              RIFT_KEY_SIZE);
            return RIFT_ERR_DATA;
        }
    }
    *n_key = n;
    return RIFT_OK;
}

/* The unit that a name ends with: "(% of population)". */
static const char *unit_of_name(rift_reader *reader, const char *name)
{
    size_t n = strlen(name);
    const char *open = n > 0 && name[n - 1] == ')' ? strrchr(name, '(') : NULL;
    return open ? rift_arena_copy(&reader->words, open + 1,
                                  n - 2 - (size_t)(open - name))
                : "";
}

/* Where a cell of a row stands, in the file as the user knows it. */
static rift_location location_of(const rift_reader *reader, const rift_row *row,
                                 int column)
{
    bool whole = column >= 0 && column < RIFT_JOINED;
    rift_location location = rift_row_location(row, whole ? (size_t)column : 0);
    location.file = reader->name;
    return location;
}

/* Code, group of people, name and unit of a series that is seen for the first time. */
static rift_status name_series(rift_reader *reader, const rift_row *row,
                               const char *key, size_t n_key,
                               const rift_value_column *value, int *series)
{
    const rift_layout *layout = reader->layout;
    rift_text code = {0};
    char subgroup[512] = "";
    rift_location at_code = location_of(reader, row, layout->series_code);
    rift_text_put(&code, layout->series ? layout->series : "");
    size_t i = 0;
    for (const char *at = key; at < key + n_key; i++) {
        bool joined = layout->n_dimension > 0 || layout->series_code < 0;
        const char *end = joined ? memchr(at, PART, (size_t)(key + n_key - at)) : NULL;
        end = end ? end : key + n_key; /* a lone code is not followed by a mark */
        size_t n = (size_t)(end - at);
        const char *part = rift_row_keep(reader, (rift_cell){(char *)at, n}, &at_code);
        if (!part) {
            code.failed = true;
            break;
        }
        if (i > 0 && layout->dimension[i - 1].group) {
            rift_subgroup_add(subgroup, sizeof subgroup, layout->dimension[i - 1].group,
                              part, strlen(part));
        } else if (n > 0) {
            rift_text_format(&code, "%s%s", code.n ? "." : "", part);
        }
        at = end + 1;
    }
    if (value->series) {
        rift_text_format(&code, "%s%s", code.n ? "." : "", value->series);
    }
    if (*value->subgroup) {
        snprintf(subgroup + strlen(subgroup), sizeof subgroup - strlen(subgroup),
                 "%s%s", *subgroup ? "," : "", value->subgroup);
    }
    rift_cell name = rift_row_cell(row, layout->series_name),
              unit = rift_row_cell(row, layout->unit);
    rift_location at_name = location_of(reader, row, layout->series_name),
                  at_unit = location_of(reader, row, layout->unit);
    rift_series_seen seen = {.code = rift_text_string(&code),
                             .subgroup = subgroup,
                             .name = name.n > 0 ? rift_row_keep(reader, name, &at_name)
                                     : *value->name ? value->name
                                                    : layout->name,
                             .unit = unit.n > 0 ? rift_row_keep(reader, unit, &at_unit)
                                     : *value->unit ? value->unit
                                                    : layout->unit_of_all,
                             .file = reader->file};
    bool whole = !code.failed && seen.name && seen.unit;
    if (whole && !*seen.unit) {
        seen.unit = unit_of_name(reader, seen.name);
    }
    *series = whole && seen.unit ? rift_observations_series(&reader->out, &seen) : -1;
    rift_text_free(&code);
    return *series < 0 ? RIFT_ERR_MEMORY : RIFT_OK;
}

/* Give each slot of a new key its series; every column that is a series of its own has
   a slot, columns of years share one. */
static rift_status name_slots(rift_reader *reader, const rift_row *row, const char *key,
                              size_t n_key, int *series)
{
    const rift_layout *layout = reader->layout;
    rift_status status = RIFT_OK;
    size_t named = 0;
    for (size_t k = 0; status == RIFT_OK && k < layout->n_value; k++) {
        if (reader->slot[k] < named) {
            continue;
        }
        status = name_series(reader, row, key, n_key, &layout->value[k],
                             &series[reader->slot[k]]);
        if (status == RIFT_OK &&
            rift_row_wanted(reader, series[reader->slot[k]]) == 0) {
            status = RIFT_ERR_MEMORY;
        }
        named++;
    }
    return status;
}

/* A key that is met for the first time: name, unit and code are needed as text. */
static rift_status new_key(rift_reader *reader, const rift_row *row, const char *key,
                           size_t n_key)
{
    const rift_layout *layout = reader->layout;
    if (rift_row_is_odd(row, rift_row_cell(row, layout->series_name)) ||
        rift_row_is_odd(row, rift_row_cell(row, layout->unit))) {
        return RIFT_ROW_ODD;
    }
    size_t n = reader->keys.known.n_word, need = (n + 1) * reader->n_slot;
    while (reader->keys.capacity < need) {
        if (!rift_array_grow((void **)&reader->keys.number, reader->keys.capacity,
                             &reader->keys.capacity, sizeof *reader->keys.number)) {
            return RIFT_ERR_MEMORY;
        }
    }
    rift_status status =
        name_slots(reader, row, key, n_key, reader->keys.number + n * reader->n_slot);
    if (status == RIFT_OK &&
        rift_string_table_add(&reader->keys.known, key, n_key) < 0) {
        status = RIFT_ERR_MEMORY;
    }
    return status;
}

/* Whether no cell of the key, nor the layout, says what the series is. */
static bool is_nameless(const rift_reader *reader, const char *key, size_t n_key)
{
    const rift_layout *layout = reader->layout;
    for (size_t i = 0; i < n_key; i++) {
        if (key[i] != PART) {
            return false;
        }
    }
    return !layout->series && !layout->value[0].series;
}

/* Reported once, with the location of the first such row and their number. */
static rift_status nameless_row(rift_reader *reader, const rift_row *row)
{
    int column = reader->layout->series_code;
    if (reader->count.n_nameless++ == 0) {
        reader->nameless = rift_row_location(row, column < 0 ? 0 : (size_t)column);
    }
    return RIFT_ERR_DATA;
}

/* There is nothing to do where the cells are those of the row before. */
rift_status rift_row_series(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    char joined[RIFT_KEY_SIZE];
    rift_cell code = rift_row_cell(row, layout->series_code);
    const char *key = code.text;
    size_t n_key = code.n;
    if (layout->n_dimension > 0 || layout->series_code < 0) {
        rift_status status = series_key(reader, row, joined, &n_key);
        if (status != RIFT_OK) {
            return status;
        }
        key = joined;
    }
    if (rift_same_key(&reader->keys.series, key, n_key)) {
        return RIFT_OK;
    }
    int number = rift_string_table_find(&reader->keys.known, key, n_key);
    if (number < 0) {
        /* beside dimensions the indicator may be empty: a total of all of them */
        if (is_nameless(reader, key, n_key)) {
            return nameless_row(reader, row);
        }
        if (rift_row_is_odd(row, code)) {
            return RIFT_ROW_ODD;
        }
        number = (int)reader->keys.known.n_word;
        rift_status status = new_key(reader, row, key, n_key);
        if (status != RIFT_OK) {
            return status;
        }
    }
    reader->keys.now = (size_t)number * reader->n_slot;
    rift_remember_key(&reader->keys.series, key, n_key, number);
    return RIFT_OK;
}
