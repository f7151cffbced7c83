/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Observations become a panel: indicator x year x country, country contiguous. */
#include "panel/build.h"

#include "core/diag.h"
#include "core/text.h"
#include "panel/merge.h"

#include <stdlib.h>
#include <string.h>

enum { CELL_LIMIT = 400 * 1000 * 1000, NAMED = 40 };

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
    const rift_string_table *found = &seen->country;
    bool all = settings->n_country == 0;
    if (!copy_sorted(all ? (const char *const *)found->word : settings->country,
                     all ? found->n_word : settings->n_country, &panel->country,
                     &panel->n_country)) {
        return false;
    }
    int first = settings->first_year, last = settings->last_year;
    for (size_t i = 0; settings->last_year == 0 && i < seen->n_strip; i++) {
        const rift_strip *strip = &seen->strip[i];
        int from = strip->year, to = rift_strip_year(strip, strip->n - 1u);
        int low = from < to ? from : to, high = from < to ? to : from;
        first = i == 0 || low < first ? low : first;
        last = i == 0 || high > last ? high : last;
    }
    panel->n_year = last > 0 ? (size_t)(last - first + 1) : 0;
    panel->year = calloc(panel->n_year ? panel->n_year : 1, sizeof *panel->year);
    size_t n_series = seen->series.n_word;
    panel->indicator = calloc(n_series + 1, sizeof *panel->indicator);
    panel->name = calloc(n_series + 1, sizeof *panel->name);
    panel->unit = calloc(n_series + 1, sizeof *panel->unit);
    if (!panel->year || !panel->indicator || !panel->name || !panel->unit) {
        return false;
    }
    for (size_t i = 0; i < panel->n_year; i++) {
        panel->year[i] = first + (int)i;
    }
    panel->n_indicator = n_series;
    for (size_t i = 0; i < n_series; i++) {
        panel->indicator[i] = strdup(seen->series.word[i]);
        panel->name[i] = strdup(seen->seen[i].name);
        panel->unit[i] = strdup(seen->seen[i].unit);
        if (!panel->indicator[i] || !panel->name[i] || !panel->unit[i]) {
            return false;
        }
    }
    return copy_sorted((const char *const *)seen->aggregate.word,
                       seen->aggregate.n_word, &panel->aggregates.code,
                       &panel->aggregates.n);
}

/* Row of the panel for each country seen, -1 for others, which are reported.
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
        rift_diag_at(diag, RIFT_NOTE, NULL,
                     "%zu countries of the data are not among the study's and were "
                     "excluded: %s%s",
                     n_left, rift_text_string(&left), n_left > NAMED ? ", ..." : "");
    }
    rift_diag_text_free(diag, &left);
    return map;
}

/* Row of the panel for each aggregate seen. */
static int32_t *map_aggregates(const rift_observations *seen, const rift_panel *panel)
{
    int32_t *map = calloc(seen->aggregate.n_word + 1, sizeof *map);
    for (size_t i = 0; map && i < seen->aggregate.n_word; i++) {
        char *code = seen->aggregate.word[i];
        char **at = bsearch(&code, panel->aggregates.code, panel->aggregates.n,
                            sizeof *at, compare_text);
        map[i] = (int32_t)(at - panel->aggregates.code);
    }
    return map;
}

static rift_status panel_alloc(const rift_observations *seen,
                               const rift_read_settings *settings, rift_diag *diag,
                               rift_panel *panel)
{
    if (!copy_axes(seen, settings, panel)) {
        return rift_diag_memory(diag);
    }
    double cells = (double)panel->n_indicator * (double)panel->n_year *
                   (double)(panel->n_country + panel->aggregates.n);
    if (cells > CELL_LIMIT || seen->n_strip >= UINT32_MAX) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "%zu series x %zu years x %zu countries are more cells than the "
                     "limit of %d; narrow the years or the countries",
                     panel->n_indicator, panel->n_year, panel->n_country, CELL_LIMIT);
        return RIFT_ERR_DATA;
    }
    size_t n = panel->n_indicator, m = panel->n_year, c = panel->n_country;
    panel->value = rift_array_nan(n, m, c);
    panel->origin = rift_array_zero(n, m, c, 1);
    panel->obs_status = rift_array_zero(n, m, c, 1);
    panel->aggregates.value = rift_array_nan(n, m, panel->aggregates.n);
    bool good =
        panel->value && panel->origin && panel->obs_status && panel->aggregates.value;
    if (settings->locations) {
        panel->locations.file = rift_array_zero(n, m, c, sizeof *panel->locations.file);
        panel->locations.line = rift_array_zero(n, m, c, sizeof *panel->locations.line);
        panel->locations.field =
            rift_array_zero(n, m, c, sizeof *panel->locations.field);
        good = good && panel->locations.file && panel->locations.line &&
               panel->locations.field;
    }
    return good ? RIFT_OK : rift_diag_memory(diag);
}

rift_status rift_panel_build(const rift_observations *observations,
                             const rift_read_settings *settings, rift_diag *diag,
                             rift_panel *panel)
{
    rift_panel made = {0};
    rift_status status = panel_alloc(observations, settings, diag, &made);
    if (status == RIFT_OK) {
        int32_t *country = map_countries(observations, &made, diag);
        int32_t *aggregate = map_aggregates(observations, &made);
        rift_merge merge = {.seen = observations,
                            .settings = settings,
                            .diag = diag,
                            .panel = &made,
                            .country = country,
                            .aggregate = aggregate};
        status =
            country && aggregate ? rift_panel_merge(&merge) : rift_diag_memory(diag);
        free(country);
        free(aggregate);
    }
    if (status != RIFT_OK) {
        rift_panel_free(&made);
        return status;
    }
    *panel = made;
    return RIFT_OK;
}
