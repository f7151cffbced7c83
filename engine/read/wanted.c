/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which series the user named. */
#include "read/row.h"

#include "core/array.h"
#include "core/visible.h"

int rift_row_wanted(rift_reader *reader, int series)
{
    size_t row = (size_t)series;
    while (reader->wanted_capacity <= row || reader->n_bad_capacity <= row ||
           reader->n_percent_capacity <= row) {
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
        size_t before_percent = reader->n_percent_capacity;
        if (!rift_array_grow((void **)&reader->n_percent, before_percent,
                             &reader->n_percent_capacity, sizeof *reader->n_percent)) {
            return 0;
        }
        memset(reader->n_percent + before_percent, 0,
               (reader->n_percent_capacity - before_percent) *
                   sizeof *reader->n_percent);
    }
    if (reader->wanted[row] == 0) {
        const char *full = reader->out.series.word[row];
        const char *code = reader->out.seen[row].code;
        bool yes = reader->settings->n_series == 0 ||
                   rift_string_table_find(&reader->named, full, strlen(full)) >= 0 ||
                   rift_string_table_find(&reader->named, code, strlen(code)) >= 0;
        reader->wanted[row] = yes ? 1 : 2;
    }
    return reader->wanted[row];
}

bool rift_reader_wants(void *data, rift_cell cell)
{
    rift_reader *reader = data;
    cell = rift_cell_strip(cell);
    if (reader->skip > 0 || reader->ended || cell.n == 0) {
        return true;
    }
    bool same = rift_same_key(&reader->keys.wanted, cell.text, cell.n);
    if (!same) {
        bool odd = memchr(cell.text, '"', cell.n) || *cell.text == '\'' ||
                   !rift_is_visible(cell.text, cell.n);
        int found = odd ? 0 : rift_string_table_find(&reader->named, cell.text, cell.n);
        rift_remember_key(&reader->keys.wanted, cell.text, cell.n, found >= 0);
    }
    return reader->keys.wanted.number == 1;
}
