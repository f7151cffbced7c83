/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observations become a panel: indicator x year x country, country contiguous. */
#include "panel/panel.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL_LIMIT = 400 * 1000 * 1000, NAMED = 40 };

void rift_panel_free(rift_panel *panel)
{
    rift_array_free_texts(panel->indicator, panel->n_indicator);
    rift_array_free_texts(panel->country, panel->n_country);
    free(panel->year);
    free(panel->value);
    free(panel->origin);
    *panel = (rift_panel){0};
}

static int find_text(char *const *text, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(text[i], code) == 0) {
            return (int)i;
        }
    }
    return -1;
}

int rift_panel_indicator(const rift_panel *panel, const char *code)
{
    return find_text(panel->indicator, panel->n_indicator, code);
}

int rift_panel_country(const rift_panel *panel, const char *code)
{
    return find_text(panel->country, panel->n_country, code);
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool copy_sorted(const char *const *from, size_t n, char ***out, size_t *n_out)
{
    char **text = calloc(n > 0 ? n : 1, sizeof *text);
    if (!text) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        text[i] = strdup(from[i]);
        if (!text[i]) {
            rift_array_free_texts(text, i);
            return false;
        }
    }
    qsort(text, n, sizeof *text, compare_text);
    *out = text;
    *n_out = n;
    return true;
}

static bool copy_axes(const rift_observations *seen, const rift_read_settings *settings,
                      rift_panel *panel)
{
    const rift_words *found = &seen->country;
    bool all = settings->n_country == 0;
    if (!copy_sorted(all ? (const char *const *)found->word : settings->country,
                     all ? found->n_word : settings->n_country, &panel->country,
                     &panel->n_country)) {
        return false;
    }
    int first = settings->first_year, last = settings->last_year;
    for (size_t i = 0; settings->last_year == 0 && i < seen->n_item; i++) {
        int year = seen->item[i].year;
        first = i == 0 || year < first ? year : first;
        last = i == 0 || year > last ? year : last;
    }
    panel->n_year = last > 0 ? (size_t)(last - first + 1) : 0;
    panel->year = calloc(panel->n_year ? panel->n_year : 1, sizeof *panel->year);
    panel->indicator =
        calloc(seen->series.n_word ? seen->series.n_word : 1, sizeof *panel->indicator);
    if (!panel->year || !panel->indicator) {
        return false;
    }
    for (size_t i = 0; i < panel->n_year; i++) {
        panel->year[i] = first + (int)i;
    }
    for (; panel->n_indicator < seen->series.n_word; panel->n_indicator++) {
        char *code = strdup(seen->series.word[panel->n_indicator]);
        if (!code) {
            return false;
        }
        panel->indicator[panel->n_indicator] = code;
    }
    return true;
}

/* Row of the panel for each country seen, -1 for those not asked for, which are told.
 */
static int32_t *map_countries(const rift_observations *seen, const rift_panel *panel,
                              rift_diag *diag)
{
    int32_t *map = calloc(seen->country.n_word + 1, sizeof *map);
    rift_text left = {0};
    size_t n_left = 0;
    for (size_t i = 0; map && i < seen->country.n_word; i++) {
        char *code = seen->country.word[i];
        char **at =
            bsearch(&code, panel->country, panel->n_country, sizeof *at, compare_text);
        map[i] = at ? (int32_t)(at - panel->country) : -1;
        if (!at && n_left++ < NAMED) {
            rift_text_format(&left, "%s%s", n_left > 1 ? ", " : "", code);
        }
    }
    if (n_left > 0) {
        rift_diag_at(
            diag, RIFT_NOTE, NULL,
            "%zu countries of the data are not among the study's and were left "
            "out: %s%s",
            n_left, rift_text_string(&left), n_left > NAMED ? ", ..." : "");
    }
    rift_text_free(&left);
    return map;
}

typedef struct fill {
    const rift_observations *seen;
    const rift_read_settings *settings;
    rift_diag *diag;
    uint32_t *first; /* number + 1 of the observation in each cell */
    size_t n_same;
    bool conflict;
    char *text; /* file that was read again to find a column */
    size_t n_text;
    uint32_t text_file;
} fill;

/* The place of a value. Its column is found by reading the file again: only complaints
   need it, and they are rare. */
static rift_place place_of(fill *fill, const rift_observation *item)
{
    const char *name = fill->settings->file[item->file];
    rift_place place = {.file = name, .line = item->line};
    if (!fill->text || fill->text_file != item->file) {
        rift_diag quiet = {0};
        free(fill->text);
        fill->text = NULL;
        fill->text_file = item->file;
        rift_status status =
            rift_file_read(name, SIZE_MAX / 2, &quiet, &fill->text, &fill->n_text);
        rift_diag_free(&quiet);
        if (status != RIFT_OK) {
            return place;
        }
    }
    rift_row row = {
        .file = name, .line = 1, .end = fill->text + fill->n_text, .delimiter = ','};
    row.start = fill->text;
    if (fill->n_text >= 3 && memcmp(row.start, "\xEF\xBB\xBF", 3) == 0) {
        row.start += 3;
    }
    while (row.line < item->line) {
        const char *next = memchr(row.start, '\n', (size_t)(row.end - row.start));
        if (!next) {
            return place;
        }
        row.start = next + 1;
        row.line++;
    }
    return rift_row_place(&row, item->cell);
}

static void fill_cell(fill *fill, rift_panel *panel, size_t cell, size_t number)
{
    const rift_observation *item = &fill->seen->item[number];
    if (fill->first[cell] == 0) {
        fill->first[cell] = (uint32_t)number + 1;
        panel->value[cell] = item->value;
        panel->origin[cell] = RIFT_OBSERVED;
        return;
    }
    const rift_observation *old = &fill->seen->item[fill->first[cell] - 1];
    if (old->value == item->value) {
        fill->n_same++;
        return;
    }
    char now[RIFT_NUMBER_SIZE], before[RIFT_NUMBER_SIZE];
    rift_number_format(item->value, now);
    rift_number_format(old->value, before);
    rift_place other = place_of(fill, old), place = place_of(fill, item);
    rift_diag_at(fill->diag, RIFT_ERROR, &place,
                 "%s of %s in %d is %s here but %s at %s:%zu:%zu; keep one of the two",
                 fill->seen->series.word[item->series],
                 fill->seen->country.word[item->country], item->year, now, before,
                 other.file, other.line, other.column);
    fill->conflict = true;
}

static rift_status fill_panel(fill *fill, const int32_t *map, rift_panel *panel)
{
    for (size_t i = 0; i < fill->seen->n_item; i++) {
        const rift_observation *item = &fill->seen->item[i];
        int32_t country = map[item->country];
        if (country >= 0) {
            size_t year = (size_t)(item->year - panel->year[0]);
            fill_cell(
                fill, panel,
                rift_panel_at(panel, (size_t)item->series, year) + (size_t)country, i);
        }
    }
    if (fill->n_same > 0) {
        rift_diag_at(fill->diag, RIFT_NOTE, NULL,
                     "%zu values stand twice with the same number and were taken once",
                     fill->n_same);
    }
    return fill->conflict ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status panel_alloc(const rift_observations *seen,
                               const rift_read_settings *settings, rift_diag *diag,
                               rift_panel *panel)
{
    if (!copy_axes(seen, settings, panel)) {
        return rift_diag_memory(diag);
    }
    double cells =
        (double)panel->n_indicator * (double)panel->n_year * (double)panel->n_country;
    if (cells > CELL_LIMIT || seen->n_item >= UINT32_MAX) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "%zu series x %zu years x %zu countries are more cells than the "
                     "limit of %d; narrow the years or the countries",
                     panel->n_indicator, panel->n_year, panel->n_country, CELL_LIMIT);
        return RIFT_ERR_DATA;
    }
    panel->value = rift_array_nan(panel->n_indicator, panel->n_year, panel->n_country);
    panel->origin =
        rift_array_zero(panel->n_indicator, panel->n_year, panel->n_country, 1);
    return panel->value && panel->origin ? RIFT_OK : rift_diag_memory(diag);
}

rift_status rift_panel_build(const rift_observations *observations,
                             const rift_read_settings *settings, rift_diag *diag,
                             rift_panel *panel)
{
    rift_panel made = {0};
    rift_status status = panel_alloc(observations, settings, diag, &made);
    if (status == RIFT_OK) {
        fill fill = {.seen = observations, .settings = settings, .diag = diag};
        int32_t *map = map_countries(observations, &made, diag);
        fill.first = rift_array_zero(made.n_indicator, made.n_year, made.n_country,
                                     sizeof *fill.first);
        status =
            map && fill.first ? fill_panel(&fill, map, &made) : rift_diag_memory(diag);
        free(map);
        free(fill.first);
        free(fill.text);
    }
    if (status != RIFT_OK) {
        rift_panel_free(&made);
        return status;
    }
    *panel = made;
    return RIFT_OK;
}
