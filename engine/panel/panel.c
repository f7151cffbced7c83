/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A panel's rows by their codes, and its end. */
#include "panel/panel.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/number.h"
#include "core/suggest.h"
#include "read/name/country.h"
#include "read/name/suggest.h"

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

int rift_panel_country_said(const rift_panel *panel, const char *said)
{
    int row = rift_panel_country(panel, said);
    const char *code = row < 0 ? rift_country_of(said) : NULL;
    return !code    ? row
           : !*code ? RIFT_COUNTRY_NO_MEMORY
                    : rift_panel_country(panel, code);
}

void rift_panel_country_unknown(const rift_panel *panel, const char *said,
                                rift_diag *diag, const rift_location *location,
                                const char *otherwise)
{
    const char *code = rift_country_of(said);
    rift_candidates near;
    rift_text names = {0};
    if (code && *code) {
        rift_diag_at(diag, RIFT_ERROR, location,
                     "the country '%s' (%s) is not among the countries here", said,
                     code);
        return;
    }
    if (code || !rift_country_candidates(said, &near)) {
        (void)!rift_diag_memory(diag);
        return;
    }
    rift_candidates_write(&near, &names);
    rift_names known =
        rift_names_of((const char *const *)panel->country, panel->n_country);
    rift_diag_unknown(diag, location, "country", said,
                      near.n > 0 ? rift_text_string(&names)
                                 : rift_names_nearest(known, said),
                      otherwise);
    rift_diag_text_free(diag, &names);
}

size_t rift_values_largest(const double *value, size_t n)
{
    size_t at = n;
    double most = -1;
    for (size_t i = 0; i < n; i++) { /* comparisons with NaN are false */
        if (fabs(value[i]) > most) {
            most = fabs(value[i]);
            at = i;
        }
    }
    return at;
}

rift_status rift_panel_check_sizes(const rift_panel *panel, rift_diag *diag)
{
    size_t n = panel->n_year * panel->n_country;
    bool good = true;
    for (size_t i = 0; i < panel->n_indicator; i++) {
        const double *value = panel->value + rift_panel_at(panel, i, 0);
        size_t at = rift_values_largest(value, n);
        if (at < n && !rift_value_fits(value[at])) {
            rift_diag_at(diag, RIFT_ERROR, NULL, "'%s' of %s in %d is %.6g: %s",
                         panel->indicator[i], panel->country[at % panel->n_country],
                         panel->year[at / panel->n_country], value[at],
                         rift_value_misfit(value[at]));
            good = false;
        }
    }
    return good ? RIFT_OK : RIFT_ERR_DATA;
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
