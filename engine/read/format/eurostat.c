/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Eurostat's own TSV, whose first column joins the keys by commas and whose values
   carry their status, and the digital agenda's DESI export. */
#include "read/format.h"

#include <string.h>
#include <strings.h>

/* Give each of the joined keys its role: "freq,unit,sex,geo". */
static bool take_keys(rift_layout *layout, const char *keys, size_t n)
{
    char *copy = rift_arena_copy(layout->arena, keys, n), *rest = NULL;
    int part = RIFT_JOINED;
    for (char *key = copy ? strtok_r(copy, ",", &rest) : NULL; key;
         key = strtok_r(NULL, ",", &rest), part++) {
        if (!strcasecmp(key, "geo")) {
            layout->country_code = part;
        } else if (!strcasecmp(key, "freq")) {
            layout->frequency = part;
        } else if (!rift_layout_add_dimension(layout, (size_t)part, key)) {
            return false;
        }
        layout->unit = !strcasecmp(key, "unit") ? part : layout->unit;
    }
    return copy && layout->country_code >= 0;
}

static bool recognise_tsv(rift_preview *head, rift_layout *layout)
{
    if (head->delimiter != '\t' || head->n_row == 0) {
        return false;
    }
    const char *keys = rift_preview_cell(head, 0, 0);
    const char *time = strrchr(keys, '\\');
    if (!time ||
        (strcasecmp(time + 1, "TIME_PERIOD") && strcasecmp(time + 1, "time"))) {
        return false;
    }
    rift_layout made = rift_layout_empty(head);
    made.n_cell = head->row[0].n_cell;
    made.status_in_values = true;
    static const char *const missing[] = {":", NULL};
    made.missing = missing;
    made.series = rift_layout_series_by_name(head, &made);
    for (size_t i = 1; i < made.n_cell; i++) {
        int year = rift_year_of_header(rift_preview_cell(head, 0, i));
        if (year && !rift_layout_add_value(&made, i, year)) {
            return false;
        }
    }
    if (!take_keys(&made, keys, (size_t)(time - keys))) {
        return false;
    }
    *layout = made;
    return made.series && made.n_value > 0;
}

const rift_format rift_format_eurostat = {
    "eurostat-tsv", "Eurostat: TSV, keys joined by commas, status after the values",
    recognise_tsv, NULL};

static bool recognise_desi(rift_preview *head, rift_layout *layout)
{
    static const rift_header header[] = {
        {"observation", RIFT_IGNORED, false},  {"time_period", RIFT_YEAR, true},
        {"ref_area", RIFT_COUNTRY_CODE, true}, {"indicator", RIFT_SERIES_CODE, true},
        {"breakdown", RIFT_DIMENSION, true},   {"unit_measure", RIFT_DIMENSION, true},
        {"value", RIFT_VALUE, true},           {"flag", RIFT_OBS_STATUS, false},
        {"note", RIFT_IGNORED, false}};
    return rift_layout_match(head, header, 9, RIFT_OTHERS_IGNORED, layout);
}

const rift_format rift_format_desi = {
    "eu-desi", "European Commission: DESI and digital agenda export", recognise_desi,
    NULL};
