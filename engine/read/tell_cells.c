/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells that should hold a number and do not, and numbers with a percent sign. */
#include "core/diag.h"
#include "core/text.h"
#include "read/tell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ALONE = 3 }; /* cells of one text that are told one by one */

/* Of each series: numbers, cells that are none; of each kind of cell: how many. */
typedef struct tally {
    uint64_t *n_number, *n_bad;
    rift_string_table kind; /* series and text */
    uint64_t *n;            /* [bad cell] by the number of its kind */
    int *of;                /* [bad cell] its kind */
} tally;

static bool is_text_column(const rift_reader *reader, const rift_bad_cell *bad)
{
    const rift_layout *layout = reader->layout;
    return bad->value < layout->n_value && layout->value[bad->value].maybe &&
           reader->n_number[bad->value] == 0;
}

static void free_tally(tally *tally)
{
    free(tally->n_number);
    free(tally->n_bad);
    free(tally->n);
    free(tally->of);
    rift_string_table_free(&tally->kind);
}

static bool count_kinds(const rift_reader *reader, tally *tally)
{
    for (size_t i = 0; i < reader->n_bad_cell; i++) {
        const rift_bad_cell *bad = &reader->bad[i];
        rift_text key = {0};
        rift_text_format(&key, "%u ", bad->series);
        rift_text_put(&key, bad->text);
        tally->of[i] =
            key.failed ? -1 : rift_string_table_add(&tally->kind, key.data, key.n);
        rift_text_free(&key);
        if (tally->of[i] < 0) {
            return false;
        }
        tally->n[tally->of[i]]++;
        tally->n_bad[bad->series]++;
    }
    return true;
}

static bool open_tally(const rift_reader *reader, tally *tally)
{
    size_t n_series = reader->out.series.n_word;
    tally->n_number = calloc(n_series + 1, sizeof *tally->n_number);
    tally->n_bad = calloc(n_series + 1, sizeof *tally->n_bad);
    tally->n = calloc(reader->n_bad_cell + 1, sizeof *tally->n);
    tally->of = calloc(reader->n_bad_cell + 1, sizeof *tally->of);
    if (!tally->n_number || !tally->n_bad || !tally->n || !tally->of) {
        return false;
    }
    for (size_t i = 0; i < reader->out.n_strip; i++) {
        tally->n_number[reader->out.strip[i].series]++;
    }
    return count_kinds(reader, tally);
}

static const char *advice(const rift_bad_cell *bad)
{
    return strchr(bad->text, ',')
               ? "use '.' as the decimal mark and no thousands marks"
               : "write digits only, or leave the cell empty if missing";
}

static void tell_cell(const rift_reader *reader, const rift_bad_cell *bad, uint64_t n)
{
    rift_location location = {
        .file = reader->name, .line = bad->line, .column = bad->column};
    if (n <= ALONE) {
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "the value '%s' is not a number; %s", bad->text, advice(bad));
    } else {
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "the value '%s' is not a number, here and in %zu%s further cells "
                     "of '%.80s'; %s, or say with --missing that it means no value",
                     bad->text, (size_t)n - 1, n >= RIFT_BAD_LIMIT ? " or more" : "",
                     reader->out.series.word[bad->series], advice(bad));
    }
}

/* A series that holds categories, not measurements. */
static void tell_series(const rift_reader *reader, const rift_bad_cell *bad, uint64_t n)
{
    rift_location location = {
        .file = reader->name, .line = bad->line, .column = bad->column};
    rift_diag_at(reader->diag, RIFT_WARNING, &location,
                 "the series '%s' holds text such as '%s' and no number; it was "
                 "excluded, %zu cells%s",
                 reader->out.series.word[bad->series], bad->text, (size_t)n,
                 n >= RIFT_BAD_LIMIT ? " or more" : "");
}

rift_status rift_tell_cells(rift_reader *reader)
{
    tally tally = {0};
    if (!open_tally(reader, &tally)) {
        free_tally(&tally);
        return RIFT_ERR_MEMORY;
    }
    for (size_t i = 0; i < reader->n_bad_cell; i++) {
        const rift_bad_cell *bad = &reader->bad[i];
        uint64_t *n = &tally.n_bad[bad->series], *of_kind = &tally.n[tally.of[i]];
        if (*n == 0 || *of_kind == 0 || is_text_column(reader, bad)) {
            continue;
        }
        if (*n > 3 && tally.n_number[bad->series] == 0) {
            tell_series(reader, bad, *n);
            *n = 0;
        } else {
            tell_cell(reader, bad, *of_kind);
            *of_kind = *of_kind <= ALONE ? *of_kind : 0;
            reader->wrong = true;
        }
    }
    free_tally(&tally);
    return RIFT_OK;
}

static size_t count_values(const rift_reader *reader, uint32_t series)
{
    size_t n = 0;
    for (size_t i = 0; i < reader->out.n_strip; i++) {
        const rift_strip *strip = &reader->out.strip[i];
        for (size_t k = 0; strip->series == series && k < strip->n; k++) {
            n += !isnan(strip->value[k]);
        }
    }
    return n;
}

rift_status rift_tell_percent(rift_reader *reader)
{
    size_t n_series = reader->out.series.n_word;
    for (size_t i = 0; i < n_series && i < reader->n_percent_capacity; i++) {
        size_t n = (size_t)reader->n_percent[i];
        size_t all = n > 0 ? count_values(reader, (uint32_t)i) : 0;
        rift_series_seen *seen = &reader->out.seen[i];
        if (n > 0 && n < all) {
            rift_location location = rift_location_file(reader->name);
            rift_diag_at(reader->diag, RIFT_ERROR, &location,
                         "of the numbers of '%.80s' %zu have a percent sign and %zu "
                         "have none; write them alike",
                         reader->out.series.word[i], n, all - n);
            reader->wrong = reader->mixed = true;
        } else if (n > 0 && !*seen->unit) {
            seen->unit = "%";
        }
    }
    return RIFT_OK;
}
