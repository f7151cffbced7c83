/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a file become one: what each has numbered for itself is renumbered in
   the order of the parts, which is that of the file. */
#include "read/reader.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of a part's countries among the first part's. */
static int32_t *join_countries(rift_reader *all, const rift_reader *part)
{
    int32_t *map = malloc((part->country.n_word + 1) * sizeof *map);
    for (size_t i = 0; map && i < part->country.n_word; i++) {
        const char *text = part->country.word[i];
        const rift_country_key *key = &part->key[i];
        size_t known = all->country.n_word;
        map[i] = rift_string_table_add(&all->country, text, strlen(text));
        if (map[i] < 0 || ((size_t)map[i] == known &&
                           !rift_array_grow((void **)&all->key, known,
                                            &all->key_capacity, sizeof *all->key))) {
            free(map);
            return NULL;
        }
        if ((size_t)map[i] == known) {
            const char *code = rift_arena_text(&all->words, key->code);
            const char *name = rift_arena_text(&all->words, key->name);
            if (!code || !name) {
                free(map);
                return NULL;
            }
            all->key[known] = (rift_country_key){code, name, key->line, key->column, 0};
        }
        all->key[map[i]].n_row += key->n_row;
    }
    return map;
}

/* Cells that are no numbers go over with the series they belong to. */
static bool join_bad_cells(rift_reader *all, const rift_reader *part,
                           const int32_t *series)
{
    for (size_t i = 0; i < part->n_bad_cell; i++) {
        if (!rift_array_grow((void **)&all->bad, all->n_bad_cell, &all->bad_capacity,
                             sizeof *all->bad)) {
            return false;
        }
        rift_bad_cell *bad = &all->bad[all->n_bad_cell++];
        *bad = part->bad[i];
        bad->series = (uint32_t)series[bad->series];
    }
    return true;
}

/* Percent signs of a part, by the series of all. */
static bool join_percent(rift_reader *all, const rift_reader *part,
                         const int32_t *series)
{
    for (size_t i = 0; i < part->out.series.n_word && i < part->n_percent_capacity;
         i++) {
        size_t row = (size_t)series[i], before = all->n_percent_capacity;
        while (all->n_percent_capacity <= row) {
            if (!rift_array_grow((void **)&all->n_percent, all->n_percent_capacity,
                                 &all->n_percent_capacity, sizeof *all->n_percent)) {
                return false;
            }
        }
        memset(all->n_percent + before, 0,
               (all->n_percent_capacity - before) * sizeof *all->n_percent);
        all->n_percent[row] += part->n_percent[i];
    }
    return true;
}

static void join_counts(rift_reader *all, const rift_reader *part)
{
    all->count.n_row += part->count.n_row;
    all->count.n_empty += part->count.n_empty;
    all->count.n_trailer += part->count.n_trailer;
    all->count.n_outside += part->count.n_outside;
    all->count.n_other_frequency += part->count.n_other_frequency;
    all->count.n_unwanted += part->count.n_unwanted;
    all->count.n_elsewhere += part->count.n_elsewhere;
    all->count.n_thousands += part->count.n_thousands;
    for (size_t i = 0; i < 2 * all->layout->n_numbers; i++) {
        all->n_lost[i] += part->n_lost[i];
    }
    for (size_t i = 0; i < all->layout->n_value; i++) {
        all->n_number[i] += part->n_number[i];
    }
    all->count.n_zero += part->count.n_zero;
    all->deleted = all->count.n_deleted ? all->deleted : part->deleted;
    all->count.n_deleted += part->count.n_deleted;
    all->count.n_partial += part->count.n_partial;
    all->count.n_powers += part->count.n_powers;
    all->several = all->count.n_several ? all->several : part->several;
    all->count.n_several += part->count.n_several;
    all->count.n_taken += part->count.n_taken;
    all->count.n_number_year += part->count.n_number_year;
    all->nameless = all->count.n_nameless ? all->nameless : part->nameless;
    all->count.n_nameless += part->count.n_nameless;
    all->count.n_odd += part->count.n_odd;
    all->count.n_unknown_status += part->count.n_unknown_status;
    for (size_t i = 0; i < (all->layout->n_value + 1) * RIFT_MISSING_LIMIT; i++) {
        all->n_missing[i] += part->n_missing[i];
    }
    for (size_t i = 0; i < 6; i++) {
        all->count.n_obs_status[i] += part->count.n_obs_status[i];
    }
    for (size_t i = 0; i < part->unknown_status.n_word; i++) {
        const char *word = part->unknown_status.word[i];
        rift_string_table_add(&all->unknown_status, word, strlen(word));
    }
    all->wrong = all->wrong || part->wrong;
    all->mixed_encoding = all->mixed_encoding || part->mixed_encoding;
}

/* Series of a part among those of `out`, with the counts of cells without a number. */
static int32_t *join_series(rift_observations *out, const rift_reader *part)
{
    int32_t *map = malloc((part->out.series.n_word + 1) * sizeof *map);
    for (size_t i = 0; map && i < part->out.series.n_word; i++) {
        map[i] = rift_observations_series(out, &part->out.seen[i]);
        if (map[i] < 0) {
            free(map);
            return NULL;
        }
    }
    return map;
}

rift_status rift_reader_join(rift_reader *all, rift_reader *part)
{
    int32_t *country = join_countries(all, part);
    int32_t *series = join_series(&all->out, part);
    bool good = country && series && join_bad_cells(all, part, series) &&
                join_percent(all, part, series);
    for (size_t i = 0; good && i < part->out.n_strip; i++) {
        rift_strip *strip = &part->out.strip[i];
        strip->country = (uint32_t)country[strip->country];
        strip->series = (uint32_t)series[strip->series];
    }
    good = good && rift_observations_take(&all->out, &part->out);
    good = good && rift_apart_join(&all->apart, &part->apart, country, series);
    free(country);
    free(series);
    join_counts(all, part);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
