/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of a table: its country, series, year, then each of its values. This is the
   loop in which the time of reading goes; nothing is allocated for a row whose country
   and series have been seen. */
#include "read/reader.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/flag.h"
#include "read/subgroup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PART = 0x1F };

void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_place place = rift_row_place(row, cell);
    rift_diag_at(reader->diag, RIFT_ERROR, &place, "%s", rift_text_string(&message));
    rift_text_free(&message);
    reader->wrong = true;
}

/* A part of the first cell, which joins its keys by commas. */
static rift_cell joined_cell(const rift_row *row, int part)
{
    rift_cell cell = rift_cell_strip(row->cell[0]);
    for (; part > 0 && cell.n > 0; part--) {
        const char *comma = memchr(cell.text, ',', cell.n);
        size_t used = comma ? (size_t)(comma - cell.text) + 1 : cell.n;
        cell.text += used;
        cell.n -= used;
    }
    const char *comma = cell.n > 0 ? memchr(cell.text, ',', cell.n) : NULL;
    cell.n = comma ? (size_t)(comma - cell.text) : cell.n;
    return cell;
}

/* A cell of the row; empty beyond its end. */
static inline rift_cell cell_at(const rift_row *row, int column)
{
    static char none[] = "";
    if (column >= RIFT_JOINED) {
        return joined_cell(row, column - RIFT_JOINED);
    }
    if (column < 0 || (size_t)column >= row->n_cell) {
        return (rift_cell){none, 0};
    }
    return rift_cell_strip(row->cell[column]);
}

/* Whether a cell that is needed as text holds quotes that libcsv must undo. */
static inline bool is_odd(const rift_row *row, rift_cell cell)
{
    return row->plain && cell.n > 0 && memchr(cell.text, '"', cell.n);
}

/* A cell that is kept, as UTF-8, in the memory of the reader. */
static const char *keep(rift_reader *reader, rift_cell cell)
{
    bool good = rift_text_is_utf8(cell.text, cell.n);
    if (good && reader->encoding != RIFT_WINDOWS_1252) {
        return rift_arena_copy(&reader->words, cell.text, cell.n);
    }
    reader->mixed_encoding =
        reader->mixed_encoding || (!good && reader->encoding == RIFT_UTF8);
    rift_text text = {0};
    rift_encoding_latin(&text, cell.text, cell.n);
    const char *copy =
        text.failed ? NULL : rift_arena_text(&reader->words, rift_text_string(&text));
    rift_text_free(&text);
    return copy;
}

static inline bool same_key(const rift_last_key *last, const char *text, size_t n)
{
    return last->n == n && last->number >= 0 && memcmp(last->text, text, n) == 0;
}

static inline void remember(rift_last_key *last, const char *text, size_t n, int number)
{
    last->number = n < sizeof last->text ? number : -1;
    last->n = n;
    if (last->number >= 0) {
        memcpy(last->text, text, n);
    }
}

/* "AT: Austria" is AT. */
static rift_cell before_label(rift_cell cell)
{
    const char *colon = cell.n > 0 ? memchr(cell.text, ':', cell.n) : NULL;
    if (colon) {
        cell.n = (size_t)(colon - cell.text);
    }
    return rift_cell_strip(cell);
}

int rift_reader_country(rift_reader *reader, const char *code, size_t n_code,
                        const char *name, size_t n_name, size_t line, size_t column)
{
    char key[RIFT_KEY_SIZE];
    size_t n = n_code;
    if (n_code == 0) { /* a name stands for itself */
        key[0] = PART;
        n = n_name < sizeof key - 1 ? n_name : sizeof key - 1;
        memcpy(key + 1, name, n);
        code = key;
        n++;
    }
    size_t known = reader->country.n_word;
    int number = rift_words_add(&reader->country, code, n);
    if (number < 0 || (size_t)number < known) {
        return number;
    }
    if (!rift_array_grow((void **)&reader->key, known, &reader->key_capacity,
                         sizeof *reader->key)) {
        return -1;
    }
    const char *kept = keep(reader, (rift_cell){(char *)name, n_name});
    if (!kept) {
        return -1;
    }
    reader->key[number] = (rift_country_key){kept, line, column, 0};
    return number;
}

/* Number of the row's country text; RIFT_ROW_ODD where libcsv must see the row. */
static inline rift_status take_country(rift_reader *reader, const rift_row *row,
                                       int *country)
{
    const rift_layout *layout = reader->layout;
    rift_cell code = cell_at(row, layout->country_code);
    bool by_name = code.n == 0;
    rift_cell key = by_name ? cell_at(row, layout->country_name) : code;
    if (same_key(&reader->last_country, key.text, key.n)) {
        *country = reader->last_country.number;
        reader->key[*country].n_row++;
        return RIFT_OK;
    }
    rift_cell name = cell_at(row, layout->country_name);
    if (is_odd(row, code) || is_odd(row, name)) {
        return RIFT_ROW_ODD;
    }
    code = layout->labelled_codes ? before_label(code) : code;
    int column = by_name ? layout->country_name : layout->country_code;
    bool whole = column >= 0 && column < RIFT_JOINED;
    rift_place place = rift_row_place(row, whole ? (size_t)column : 0);
    *country = rift_reader_country(reader, code.text, code.n, name.text, name.n,
                                   place.line, place.column);
    if (*country < 0) {
        return RIFT_ERR_MEMORY;
    }
    reader->key[*country].n_row++;
    remember(&reader->last_country, key.text, key.n, *country);
    return RIFT_OK;
}

/* The cells that make the series of a row, one after the other. */
static rift_status series_key(rift_reader *reader, const rift_row *row, char *key,
                              size_t *n_key)
{
    const rift_layout *layout = reader->layout;
    rift_cell code = cell_at(row, layout->series_code);
    size_t n = 0;
    for (size_t i = 0; i <= layout->n_dimension; i++) {
        rift_cell cell =
            i == 0 ? code : cell_at(row, (int)layout->dimension[i - 1].cell);
        if (is_odd(row, cell)) {
            return RIFT_ROW_ODD;
        }
        cell = layout->labelled_codes ? before_label(cell) : cell;
        if (i > 0 && layout->fill_down && i <= 8) {
            char *down = reader->down[i - 1];
            if (cell.n > 0) {
                snprintf(down, sizeof reader->down[0], "%.*s", (int)cell.n, cell.text);
            }
            cell = (rift_cell){down, strlen(down)};
        }
        size_t room = RIFT_KEY_SIZE - n - 1;
        size_t used = cell.n < room ? cell.n : room;
        memcpy(key + n, cell.text, used);
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

/* Code, group of people, name and unit of a series that is seen for the first time. */
static rift_status name_series(rift_reader *reader, const rift_row *row,
                               const char *key, size_t n_key,
                               const rift_value_column *value, int *series)
{
    const rift_layout *layout = reader->layout;
    rift_text code = {0};
    char subgroup[512] = "";
    rift_text_put(&code, layout->series ? layout->series : "");
    size_t i = 0;
    for (const char *at = key; at < key + n_key; i++) {
        const char *end = memchr(at, PART, (size_t)(key + n_key - at));
        size_t n = (size_t)(end - at);
        const char *part = keep(reader, (rift_cell){(char *)at, n});
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
    rift_cell name = cell_at(row, layout->series_name),
              unit = cell_at(row, layout->unit);
    rift_series_seen seen = {.code = rift_text_string(&code),
                             .subgroup = subgroup,
                             .name = name.n > 0     ? keep(reader, name)
                                     : *value->name ? value->name
                                                    : layout->name,
                             .unit = unit.n > 0     ? keep(reader, unit)
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

static bool listed(const rift_read_settings *settings, const char *code)
{
    for (size_t i = 0; i < settings->n_series; i++) {
        if (strcmp(settings->series[i], code) == 0) {
            return true;
        }
    }
    return settings->n_series == 0;
}

/* Whether a series is among those asked for; 0 where memory is short. */
static int is_wanted(rift_reader *reader, int series)
{
    size_t row = (size_t)series;
    while (reader->wanted_capacity <= row || reader->n_bad_capacity <= row) {
        size_t before = reader->wanted_capacity, before_bad = reader->n_bad_capacity;
        if (!rift_array_grow((void **)&reader->wanted, before, &reader->wanted_capacity,
                             sizeof *reader->wanted)) {
            return 0;
        }
        memset(reader->wanted + before, 0, reader->wanted_capacity - before);
        if (!rift_array_grow((void **)&reader->n_bad, before_bad,
                             &reader->n_bad_capacity, sizeof *reader->n_bad)) {
            return 0;
        }
        memset(reader->n_bad + before_bad, 0,
               (reader->n_bad_capacity - before_bad) * sizeof *reader->n_bad);
    }
    if (reader->wanted[row] == 0) {
        const rift_read_settings *settings = reader->settings;
        const char *code = reader->out.series.word[row];
        bool yes =
            listed(settings, code) || listed(settings, reader->out.seen[row].code);
        reader->wanted[row] = yes ? 1 : 2;
    }
    return reader->wanted[row];
}

/* Number of the series of a value column in this row. */
static inline rift_status take_series(rift_reader *reader, const rift_row *row,
                                      const char *key, size_t n_key, size_t k)
{
    const rift_value_column *value = &reader->layout->value[k];
    /* columns of years share the row's series */
    bool shared = k > 0 && !value->series && !*value->subgroup;
    if (shared) {
        reader->series_of[k] = reader->series_of[0];
        return RIFT_OK;
    }
    rift_status status =
        name_series(reader, row, key, n_key, value, &reader->series_of[k]);
    if (status == RIFT_OK && is_wanted(reader, reader->series_of[k]) == 0) {
        status = RIFT_ERR_MEMORY;
    }
    return status;
}

/* Bring series_of up to the row; nothing to do where its cells are those of the row
   before. */
static rift_status take_all_series(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    char key[RIFT_KEY_SIZE];
    size_t n_key = 0;
    rift_cell code = cell_at(row, layout->series_code);
    if (layout->n_dimension == 0 && same_key(&reader->last_series, code.text, code.n)) {
        return RIFT_OK;
    }
    rift_status status = series_key(reader, row, key, &n_key);
    if (status != RIFT_OK) {
        return status;
    }
    if (layout->n_dimension > 0 && same_key(&reader->last_series, key, n_key)) {
        return RIFT_OK;
    }
    reader->last_series.number = -1;
    rift_cell name = cell_at(row, layout->series_name),
              unit = cell_at(row, layout->unit);
    if (is_odd(row, name) || is_odd(row, unit)) {
        return RIFT_ROW_ODD;
    }
    /* beside dimensions the indicator may be empty: some are totals of all of them */
    if (layout->series_code >= 0 && code.n == 0 && layout->n_dimension == 0) {
        rift_reader_error(reader, row, (size_t)layout->series_code,
                          "the indicator is empty; give its code");
        return RIFT_ERR_DATA;
    }
    for (size_t k = 0; status == RIFT_OK && k < layout->n_value; k++) {
        status = take_series(reader, row, key, n_key, k);
    }
    if (status == RIFT_OK && layout->n_dimension > 0) {
        remember(&reader->last_series, key, n_key, 0);
    } else if (status == RIFT_OK) {
        remember(&reader->last_series, code.text, code.n, 0);
    }
    return status;
}

bool rift_reader_wants(void *data, rift_cell cell)
{
    rift_reader *reader = data;
    cell = rift_cell_strip(cell);
    if (reader->skip > 0 || reader->ended || cell.n == 0 ||
        memchr(cell.text, '"', cell.n)) {
        return true;
    }
    for (size_t i = 0; i < reader->settings->n_series; i++) {
        const char *code = reader->settings->series[i];
        if (strncmp(code, cell.text, cell.n) == 0 && code[cell.n] == '\0') {
            return true;
        }
    }
    reader->n_row++;
    reader->n_unwanted++;
    return false;
}

static inline bool four_digits(rift_cell cell, int *year)
{
    const char *at = cell.text;
    if (cell.n != 4) {
        return false;
    }
    unsigned a = (unsigned)(at[0] - '0'), b = (unsigned)(at[1] - '0'),
             c = (unsigned)(at[2] - '0'), d = (unsigned)(at[3] - '0');
    *year = (int)(1000 * a + 100 * b + 10 * c + d);
    return a >= 1 && a <= 9 && b <= 9 && c <= 9 && d <= 9;
}

/* The year of a row; false where the row is to be left out. */
static bool take_year(rift_reader *reader, const rift_row *row, int *year)
{
    const rift_layout *layout = reader->layout;
    if (layout->year < 0) {
        *year = layout->year_of_all;
        return true;
    }
    rift_cell cell = cell_at(row, layout->year);
    if (four_digits(cell, year)) {
        return true;
    }
    if (cell.n == 0 && layout->has_headings) {
        reader->n_trailer++;
        return false;
    }
    /* 2019-Q1, 2019M01, 2019-S1, 2019-01: a part of a year */
    rift_cell start = {cell.text, 4};
    if (cell.n > 4 && cell.n <= 8 && four_digits(start, year) &&
        strchr("-QMSW", cell.text[4])) {
        reader->n_other_frequency++;
        return false;
    }
    rift_reader_error(reader, row, (size_t)layout->year,
                      "the year '%.*s' is not four digits such as 2024; correct it",
                      cell.n < 40 ? (int)cell.n : 40, cell.text);
    return false;
}

const char *rift_reader_missing(const rift_reader *reader, size_t n)
{
    static const char *const always[] = {"", "NA", ".."};
    size_t n_always = sizeof always / sizeof *always;
    if (n < n_always) {
        return always[n];
    }
    n -= n_always;
    const rift_source_settings *source = reader->source;
    if (source && n < source->n_missing) {
        return source->missing[n];
    }
    n -= source ? source->n_missing : 0;
    const char *const *more = reader->layout->missing;
    for (size_t i = 0; more && more[i]; i++) {
        if (i == n) {
            return more[i];
        }
    }
    return NULL;
}

static bool take_missing(rift_reader *reader, rift_cell cell)
{
    const char *marker;
    for (size_t i = 0; (marker = rift_reader_missing(reader, i)); i++) {
        if (strlen(marker) == cell.n && memcmp(marker, cell.text, cell.n) == 0) {
            reader->n_missing[i < RIFT_MISSING_LIMIT ? i : RIFT_MISSING_LIMIT - 1]++;
            return true;
        }
    }
    return false;
}

static rift_status take_bad(rift_reader *reader, const rift_row *row, size_t column,
                            uint32_t series, rift_cell cell)
{
    reader->n_bad[series]++;
    if (reader->n_bad[series] > RIFT_BAD_LIMIT) {
        return RIFT_OK; /* counted, and told how many */
    }
    if (!rift_array_grow((void **)&reader->bad, reader->n_bad_cell,
                         &reader->bad_capacity, sizeof *reader->bad)) {
        return RIFT_ERR_MEMORY;
    }
    rift_place place = rift_row_place(row, column);
    rift_bad_cell *bad = &reader->bad[reader->n_bad_cell++];
    *bad = (rift_bad_cell){series, place.line, place.column, ""};
    snprintf(bad->text, sizeof bad->text, "%.*s", cell.n < 40 ? (int)cell.n : 40,
             cell.text);
    return RIFT_OK;
}

static uint8_t take_flags(rift_reader *reader, rift_cell cell)
{
    bool known;
    uint8_t flags = rift_flag_read(cell.text, cell.n, &known);
    if (!known) {
        reader->n_unknown_flag++;
        rift_words_add(&reader->unknown_flag, cell.text, cell.n);
    }
    for (int bit = 0; flags && bit < 6; bit++) {
        reader->n_flag[bit] += flags >> bit & 1;
    }
    return flags;
}

/* "1.234,5" is refused; with a decimal comma that was stated or found, "1,5" is 1.5. */
static bool read_number(const rift_layout *layout, rift_cell cell, double *value)
{
    if (layout->decimal == '.') {
        return rift_number_read(cell.text, cell.n, value);
    }
    char text[64];
    if (cell.n >= sizeof text || memchr(cell.text, '.', cell.n)) {
        return false;
    }
    for (size_t i = 0; i < cell.n; i++) {
        text[i] = cell.text[i] == ',' ? '.' : cell.text[i];
    }
    return rift_number_read(text, cell.n, value);
}

/* "12.3 be": the flags behind the value. */
static rift_cell split_flags(rift_cell *cell)
{
    const char *blank = memchr(cell->text, ' ', cell->n);
    rift_cell flags = {cell->text, 0};
    if (blank) {
        size_t n = (size_t)(blank - cell->text);
        flags = rift_cell_strip((rift_cell){cell->text + n, cell->n - n});
        cell->n = n;
    }
    return flags;
}

rift_status rift_reader_add(rift_reader *reader, const rift_strip *at, double value,
                            uint8_t flags)
{
    const rift_read_settings *settings = reader->settings;
    if (settings->last_year > 0 &&
        (at->year < settings->first_year || at->year > settings->last_year)) {
        reader->n_outside++;
        return RIFT_OK;
    }
    return rift_observe(&reader->out, at, value, flags) ? RIFT_OK : RIFT_ERR_MEMORY;
}

static inline rift_status take_value(rift_reader *reader, const rift_row *row,
                                     const rift_value_column *column, rift_strip *at)
{
    const rift_layout *layout = reader->layout;
    rift_cell cell = cell_at(row, (int)column->cell);
    uint8_t flags = 0;
    if (cell.n == 0) {
        reader->n_missing[0]++;
        return RIFT_OK;
    }
    /* a number may be stated to mean "missing" */
    if (reader->source && reader->source->n_missing > 0 && take_missing(reader, cell)) {
        return RIFT_OK;
    }
    if (layout->flags_in_values) {
        rift_cell text = split_flags(&cell);
        flags = text.n > 0 ? take_flags(reader, text) : 0;
    }
    double value;
    if (!read_number(layout, cell, &value)) {
        return take_missing(reader, cell)
                   ? RIFT_OK
                   : take_bad(reader, row, column->cell, at->series, cell);
    }
    if (column->flag >= 0) {
        rift_cell text = cell_at(row, column->flag);
        flags |= text.n > 0 ? take_flags(reader, text) : 0;
    }
    if (column->remark >= 0) {
        rift_cell text = cell_at(row, column->remark);
        uint8_t remark = rift_flag_of_remark(text.text, text.n);
        reader->n_flag[1] += remark ? 1 : 0;
        flags |= remark;
    }
    at->cell = (uint32_t)column->cell;
    if (value == 0 && at->year <= column->zero_is_missing) {
        reader->n_zero++;
        rift_place place = rift_row_place(row, column->cell);
        rift_diag_at(reader->diag, RIFT_NOTE, &place,
                     "0 stands for 'not ranked' up to %d and is read as missing",
                     column->zero_is_missing);
        return RIFT_OK;
    }
    return rift_reader_add(reader, at, value, flags);
}

static bool is_empty_row(const rift_row *row)
{
    for (size_t i = 0; i < row->n_cell; i++) {
        if (rift_cell_strip(row->cell[i]).n > 0) {
            return false;
        }
    }
    return true;
}

/* Whether the row has the cells it needs and no more than the header. */
static bool check_length(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    const int key[] = {layout->country_code < 0 ? layout->country_name
                                                : layout->country_code,
                       layout->series_code, layout->year,
                       layout->n_value == 1 ? (int)layout->value[0].cell : -1};
    int last = -1;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        last = key[i] > last && key[i] < RIFT_JOINED ? key[i] : last;
    }
    if (row->n_cell <= (size_t)last) {
        rift_reader_error(reader, row, 0,
                          "the row has %zu cells, the header asks for %d; complete it",
                          row->n_cell, last + 1);
        return false;
    }
    for (size_t i = layout->n_cell; i < row->n_cell; i++) {
        if (rift_cell_strip(row->cell[i]).n > 0) {
            rift_reader_error(reader, row, i,
                              "the row has %zu cells, the header has %zu; correct it",
                              row->n_cell, layout->n_cell);
            return false;
        }
    }
    return true;
}

/* Whether a row is one of the table's, and annual. */
static bool belongs(rift_reader *reader, const rift_row *row)
{
    const rift_layout *layout = reader->layout;
    int verdict = layout->judge ? layout->judge(reader, row) : 0;
    reader->ended = reader->ended || verdict == 2;
    if (reader->ended || verdict == 1) {
        reader->n_trailer++;
        return false;
    }
    if (row->n_cell != layout->n_cell) {
        if (is_empty_row(row)) {
            reader->n_empty++;
            return false;
        }
        if (!check_length(reader, row)) {
            return false;
        }
    }
    if (layout->frequency >= 0) {
        rift_cell cell = cell_at(row, layout->frequency);
        cell = layout->labelled_codes ? before_label(cell) : cell;
        bool annual = (cell.n == 1 && (*cell.text | 32) == 'a') ||
                      (cell.n == 6 && strncasecmp(cell.text, "annual", 6) == 0);
        reader->n_other_frequency += !annual;
        return annual;
    }
    return true;
}

rift_status rift_reader_row(void *data, const rift_row *row)
{
    rift_reader *reader = data;
    const rift_layout *layout = reader->layout;
    if (reader->skip > 0) {
        reader->skip--;
        return RIFT_OK;
    }
    uint64_t trailers = reader->n_trailer;
    reader->n_row++;
    if (!belongs(reader, row)) {
        reader->n_row -= reader->n_trailer - trailers;
        return RIFT_OK;
    }
    int country = -1, year = 0;
    rift_status status = take_all_series(reader, row);
    if (status == RIFT_OK) {
        status = take_country(reader, row, &country);
    }
    if (status == RIFT_ROW_ODD) {
        reader->n_row--;
        return status;
    }
    if (status != RIFT_OK) {
        return status == RIFT_ERR_DATA ? RIFT_OK : status;
    }
    if (!take_year(reader, row, &year)) {
        return RIFT_OK;
    }
    rift_strip at = {
        .country = (uint32_t)country, .file = reader->file, .line = row->line};
    for (size_t k = 0; status == RIFT_OK && k < layout->n_value; k++) {
        const rift_value_column *value = &layout->value[k];
        at.series = (uint32_t)reader->series_of[k];
        at.year = value->year ? value->year : year;
        if (reader->wanted[at.series] == 1) {
            status = take_value(reader, row, value, &at);
        } else {
            reader->n_unwanted += k == 0;
        }
    }
    return status;
}
