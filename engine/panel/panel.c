/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A panel's rows by their codes, and its end. */
#include "panel/panel.h"

#include "core/array.h"
#include "core/suggest.h"
#include "read/name/country.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void rift_panel_free(rift_panel *panel)
{
    rift_array_free_texts(panel->indicator, panel->n_indicator);
    rift_array_free_texts(panel->country, panel->n_country);
    free(panel->year);
    rift_array_free_texts(panel->name, panel->n_indicator);
    rift_array_free_texts(panel->unit, panel->n_indicator);
    rift_array_free_texts(panel->aggregates.code, panel->aggregates.n);
    free(panel->value);
    free(panel->origin);
    free(panel->obs_status);
    free(panel->aggregates.value);
    free(panel->locations.file);
    free(panel->locations.line);
    free(panel->locations.field);
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

int rift_panel_country_said(const rift_panel *panel, const char *said,
                            const char **near)
{
    int row = rift_panel_country(panel, said);
    const char *code = row < 0 ? rift_country_of(said) : NULL;
    *near = NULL;
    if (code && !*code) {
        return RIFT_COUNTRY_NO_MEMORY;
    }
    row = code ? rift_panel_country(panel, code) : row;
    *near = row < 0
                ? rift_names_nearest(rift_names_of((const char *const *)panel->country,
                                                   panel->n_country),
                                     said)
                : NULL;
    return row;
}

size_t rift_values_count(const double *row, size_t n_country)
{
    size_t n = 0;
    for (size_t c = 0; c < n_country; c++) {
        n += !isnan(row[c]);
    }
    return n;
}

bool rift_values_span(const double *value, size_t n_country, size_t first, size_t last,
                      size_t span[2])
{
    size_t most = 0;
    bool found = false;
    for (size_t t = first; t <= last; t++) {
        size_t n = rift_values_count(value + t * n_country, n_country);
        most = n > most ? n : most;
    }
    for (size_t t = first; most > 0 && t <= last; t++) {
        if (10 * rift_values_count(value + t * n_country, n_country) >= 6 * most) {
            span[0] = found ? span[0] : t;
            span[1] = t;
            found = true;
        }
    }
    return found;
}
