/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a row as they are meant, and its country. Nothing is allocated for a row
   whose cells are those of a row before. */
#include "read/row.h"

#include "core/csv.h"
#include "core/diag.h"
#include "core/text.h"
#include "core/visible.h"

enum { PART = 0x1F };

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

const char *rift_row_keep(rift_reader *reader, rift_cell cell, const rift_location *at)
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
        const char *kept = rift_row_keep(reader, *said, &at);
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
    const char *kept_code = rift_row_keep(reader, code, &at);
    const char *kept_name = rift_row_keep(reader, name, &at);
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
    if (rift_row_is_odd(row, code) || rift_row_is_odd(row, name)) {
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
