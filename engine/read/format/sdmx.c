/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SDMX-CSV 1.0 (DATAFLOW first) and 2.0 (STRUCTURE, STRUCTURE_ID, perhaps ACTION), with
   codes or with "code: label". Columns before OBS_VALUE are dimensions, those behind it
   attributes. SDMX-CSV Field Guide 1.0 and 2.0. */
#include "read/format.h"

#include <string.h>
#include <strings.h>

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++) {
        if (strcasecmp(name, *list) == 0) {
            return true;
        }
    }
    return false;
}

/* "ESTAT:ISOC_E_DII(1.0)" is ISOC_E_DII. */
static const char *dataflow_code(rift_layout *layout, const char *id)
{
    const char *colon = strchr(id, ':');
    const char *start = colon ? colon + 1 : id;
    return rift_arena_copy(layout->arena, start, strcspn(start, "(: "));
}

static bool recognise(rift_preview *head, rift_layout *layout)
{
    static const rift_header one[] = {
        {"DATAFLOW", RIFT_IGNORED, true},     {"TIME_PERIOD", RIFT_YEAR, true},
        {"OBS_VALUE", RIFT_VALUE, true},      {"FREQ", RIFT_FREQUENCY, false},
        {"OBS_FLAG", RIFT_OBS_STATUS, false}, {"OBS_STATUS", RIFT_OBS_STATUS, false}};
    static const rift_header two[] = {
        {"STRUCTURE", RIFT_IGNORED, true},       {"STRUCTURE_ID", RIFT_IGNORED, true},
        {"STRUCTURE_NAME", RIFT_IGNORED, false}, {"ACTION", RIFT_IGNORED, false},
        {"TIME_PERIOD", RIFT_YEAR, true},        {"OBS_VALUE", RIFT_VALUE, true},
        {"FREQ", RIFT_FREQUENCY, false},         {"OBS_FLAG", RIFT_OBS_STATUS, false},
        {"OBS_STATUS", RIFT_OBS_STATUS, false}};
    static const char *const area[] = {"REF_AREA", "geo",  "LOCATION",
                                       "COUNTRY",  "AREA", NULL};
    static const char *const unit[] = {"UNIT_MEASURE", "unit", "MEASURE_UNIT", NULL};
    bool first = rift_layout_match(head, one, 6, RIFT_OTHERS_ARE_DIMENSIONS, layout);
    if (!first &&
        !rift_layout_match(head, two, 9, RIFT_OTHERS_ARE_DIMENSIONS, layout)) {
        return false;
    }
    size_t value = layout->value[0].cell, kept = 0;
    for (size_t i = 0; i < layout->n_dimension; i++) {
        rift_dimension dimension = layout->dimension[i];
        if (layout->country_code < 0 && is_one_of(dimension.name, area)) {
            layout->country_code = (int)dimension.cell;
        } else if (dimension.cell < value) {
            layout->dimension[kept++] = dimension;
        }
        if (is_one_of(dimension.name, unit)) {
            layout->unit = (int)dimension.cell;
        }
    }
    layout->n_dimension = kept;
    layout->labelled_codes = true;
    layout->series = dataflow_code(
        layout, rift_preview_cell(head, layout->header + 1, first ? 0 : 1));
    static const char *const missing[] = {":", "NaN", NULL};
    layout->missing = missing;
    return layout->country_code >= 0 && layout->series && *layout->series;
}

const rift_format rift_format_sdmx = {
    "sdmx-csv", "SDMX-CSV 1.0 and 2.0, of Eurostat, OECD, ILO, UNICEF and others",
    recognise, NULL};
