/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The country and the series of a row. Nothing is allocated for a row whose cells are
   those of a row before. */
#include "read/row.h"

#include "core/csv.h"
#include "core/diag.h"
#include "core/visible.h"
#include "read/subgroup.h"

#include <stdio.h>
#include <stdlib.h>

enum { PART = 0x1F };

/* Whether a cell that is needed as text holds quotes that libcsv must undo. */
static inline bool is_odd(const rift_row *row, rift_cell cell)
{
    return row->plain && cell.n > 0 && memchr(cell.text, '"', cell.n);
}

static bool is_ascii(rift_cell cell)
{
    for (size_t i = 0; i < cell.n; i++) {
        if ((unsigned char)cell.text[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static bool is_tidy(const char *text, size_t n)
{
    return !rift_csv_is_guarded(text, n) && rift_is_visible(text, n);
}

/* A text is warned of where it first stands. */
static void warn_of_hidden(rift_reader *reader, const char *text,
                           const rift_location *at)
{
    size_t known = reader->tidied.n_word;
    if (rift_string_table_add(&reader->tidied, text, strlen(text)) == (int)known) {
        rift_diag_at(reader->diag, RIFT_WARNING, at, RIFT_HIDDEN_IN "'%.80s'", text);
    }
}

const char *rift_reader_shown(rift_reader *reader, const char *text,
                              const rift_location *at)
{
    size_t n = strlen(text);
    if (is_tidy(text, n)) {
        return text;
    }
    char *copy = rift_arena_text(&reader->words, text);
    if (copy) {
        rift_csv_unguard(copy, n);
    }
    size_t shown = copy ? rift_visible_clean(copy, strlen(copy)) : 0;
    if (copy && copy[shown] != '\0') {
        warn_of_hidden(reader, text, at);
        copy[shown] = '\0';
    }
    return copy;
}

/* A cell that is kept, as UTF-8, in the memory of the reader. */
static const char *keep_utf8(rift_reader *reader, rift_cell cell)
{
    bool good = rift_text_is_utf8(cell.text, cell.n);
    bool latin = reader->encoding == RIFT_WINDOWS_1252;
    /* a cell that is valid UTF-8 beyond ASCII is hardly ever anything else */
    reader->mixed_encoding =
        reader->mixed_encoding || (latin ? good && !is_ascii(cell) : !good);
    if (good) {
        return rift_arena_copy(&reader->words, cell.text, cell.n);
    }
    rift_text text = {0};
    rift_encoding_latin(&text, cell.text, cell.n);
    const char *copy =
        text.failed ? NULL : rift_arena_text(&reader->words, rift_text_string(&text));
    rift_text_free(&text);
    return copy;
}

/* The same as it is meant. */
static const char *keep(rift_reader *reader, rift_cell cell, const rift_location *at)
{
    const char *kept = keep_utf8(reader, cell);
    return kept ? rift_reader_shown(reader, kept, at) : NULL;
}

/* A code, and a name behind a mark, as one text; its length. */
static size_t join_texts(char *key, rift_cell code, rift_cell name)
{
    enum { HALF = RIFT_KEY_SIZE / 2 };
    size_t n = code.n < HALF ? code.n : HALF - 1;
    if (n > 0) {
        memcpy(key, code.text, n);
    }
    if (name.n > 0 || n == 0) {
        key[n++] = PART;
        size_t n_name = name.n < HALF ? name.n : HALF - 1;
        memcpy(key + n, name.text, n_name);
        n += n_name;
    }
    return n;
}

int rift_reader_country(rift_reader *reader, rift_cell code, rift_cell name,
                        size_t line, size_t column)
{
    char key[RIFT_KEY_SIZE];
    rift_location at = {.file = reader->name, .line = line, .column = column};
    rift_cell *said = code.n == 0 ? &name : &code;
    if (!is_tidy(said->text, said->n)) {
        const char *kept = keep(reader, *said, &at);
        if (!kept) {
            return -1;
        }
        *said = (rift_cell){(char *)kept, strlen(kept)};
    }
    size_t n = join_texts(key, code, name);
    size_t known = reader->country.n_word;
    int number = rift_string_table_add(&reader->country, key, n);
    if (number < 0 || (size_t)number < known) {
        return number;
    }
    if (!rift_array_grow((void **)&reader->key, known, &reader->key_capacity,
                         sizeof *reader->key)) {
        return -1;
    }
    const char *kept_code = keep(reader, code, &at);
    const char *kept_name = keep(reader, name, &at);
    if (!kept_code || !kept_name) {
        return -1;
    }
    reader->key[number] = (rift_country_key){kept_code, kept_name, line, column, 0};
    return number;
}

/* Whether both cells are those of the row before. */
static bool is_same_country(const rift_row_keys *keys, rift_cell code, rift_cell name)
{
    return rift_same_key(&keys->country, code.text, code.n) &&
           rift_same_key(&keys->country_name, name.text, name.n);
}

rift_status rift_row_country(rift_reader *reader, const rift_row *row, int *country)
{
    const rift_layout *layout = reader->layout;
    rift_cell code = rift_row_cell(row, layout->country_code), key = code;
    rift_cell name = rift_row_cell(row, layout->country_name);
    if (is_same_country(&reader->keys, code, name)) {
        *country = reader->keys.country.number;
        reader->key[*country].n_row++;
        return RIFT_OK;
    }
    if (is_odd(row, code) || is_odd(row, name)) {
        return RIFT_ROW_ODD;
    }
    code = layout->labelled_codes ? rift_row_before_label(code) : code;
    if (!is_ascii(code) && (reader->encoding == RIFT_WINDOWS_1252 ||
                            !rift_text_is_utf8(code.text, code.n))) {
        const char *kept = keep_utf8(reader, code);
        if (!kept) {
            return RIFT_ERR_MEMORY;
        }
        code = (rift_cell){(char *)kept, strlen(kept)};
    }
    int column =
        code.n == 0 && name.n > 0 ? layout->country_name : layout->country_code;
    column = column < 0 ? layout->country_name : column;
    bool whole = column >= 0 && column < RIFT_JOINED;
    rift_location location = rift_row_location(row, whole ? (size_t)column : 0);
    *country = rift_reader_country(reader, code, name, location.line, location.column);
    if (*country < 0) {
        return RIFT_ERR_MEMORY;
    }
    reader->key[*country].n_row++;
    rift_remember_key(&reader->keys.country, key.text, key.n, *country);
    rift_remember_key(&reader->keys.country_name, name.text, name.n, *country);
    return RIFT_OK;
}

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
        if (is_odd(row, cell)) {
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
        const char *part = keep(reader, (rift_cell){(char *)at, n}, &at_code);
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
                             .name = name.n > 0     ? keep(reader, name, &at_name)
                                     : *value->name ? value->name
                                                    : layout->name,
                             .unit = unit.n > 0     ? keep(reader, unit, &at_unit)
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
    if (is_odd(row, rift_row_cell(row, layout->series_name)) ||
        is_odd(row, rift_row_cell(row, layout->unit))) {
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
        if (is_odd(row, code)) {
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
