/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A panel's rows by their codes, and its end. */
#include "panel/panel.h"

#include "core/array.h"

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
