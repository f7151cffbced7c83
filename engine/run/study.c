/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study becomes a result: files are read, the index scored, the divide measured, and
   everything that tables, charts and the report need is gathered in one struct. */
#include "run/study.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "core/unit.h"
#include "panel/countries.h"
#include "panel/outline.h"
#include "panel/panel.h"
#include "read/name/alias.h"
#include "result/lookup.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The unit of the definition, else of the file; in the power of ten that the values
   were given. */
static char *unit_of(const rift_series *known, const char *of_panel)
{
    int power = rift_unit_power(of_panel);
    return !known       ? rift_text_copy(of_panel)
           : power == 0 ? rift_text_copy(known->unit)
                        : rift_unit_in_power(power, known->unit);
}

/* Names and units as the study has them; a code where there is no name at all. */
static bool name_indicators(rift_result *out)
{
    rift_panel *panel = &out->panel;
    bool good = true;
    for (size_t i = 0; good && i < panel->n_indicator; i++) {
        const rift_series *known = rift_result_indicator(out, i);
        const char *name = known             ? known->name
                           : *panel->name[i] ? panel->name[i]
                                             : panel->indicator[i];
        char *copy = rift_text_copy(name);
        char *unit = unit_of(known, panel->unit[i]);
        good = copy && unit;
        free(panel->name[i]);
        free(panel->unit[i]);
        panel->name[i] = copy;
        panel->unit[i] = unit;
    }
    return good;
}

/* Inputs besides the data files join the list of inputs; they own their name. */
static bool add_input(rift_result *out, rift_input *input)
{
    rift_inputs *list = &out->provenance.inputs;
    rift_input *grown = realloc(list->input, (list->n_input + 1) * sizeof *grown);
    if (!grown) {
        return false;
    }
    list->input = grown;
    list->input[list->n_input++] = *input;
    input->name = NULL;
    return true;
}

static bool stopped(const rift_watch *watch)
{
    return watch && watch->stop && *watch->stop;
}

static void progress(const rift_watch *watch, const char *stage, size_t done)
{
    if (watch && watch->progress) {
        watch->progress(watch->data, stage, done, 4);
    }
}

/* Data are read even where the countries or the outlines are wrong, so that all errors
   of a run are reported; every country of the data is then taken, and the panel not
   used. */
static rift_status read_inputs(const rift_study *study, const rift_watch *watch,
                               rift_diag *diag, rift_result *out)
{
    progress(watch, "reading", 0);
    rift_inputs countries = {0};
    rift_input outlines = {0};
    rift_status status = rift_groups_read(study, diag, &out->groups, &countries);
    rift_status drawn = RIFT_OK;
    if (study->outlines) {
        drawn = rift_outlines_read(study->outlines, study->disclaimer, diag,
                                   &out->outlines, &outlines);
    }
    rift_read_settings settings = {.n_file = study->n_source,
                                   .file = study->source,
                                   .any_entity = study->index.any_entity,
                                   .first_year = study->first_year,
                                   .last_year = study->last_year,
                                   .n_country = out->groups.n_country,
                                   .country = (const char *const *)out->groups.country,
                                   .n_ignore = study->n_ignore,
                                   .ignore = study->ignore,
                                   .source = study->source_settings,
                                   .on_conflict = study->on_conflict,
                                   .aliases = study->aliases,
                                   .watch = watch};
    const char **series = calloc(study->n_catalogue + 1, sizeof *series);
    if (!series) {
        rift_inputs_free(&countries);
        free(outlines.name);
        return rift_diag_memory(diag);
    }
    for (size_t i = 0; i < study->n_catalogue; i++) {
        series[i] = study->catalogue[i].code;
    }
    settings.n_series = study->n_catalogue;
    settings.series = series;
    rift_status data =
        rift_panel_read(&settings, diag, &out->panel, &out->provenance.inputs, NULL);
    free(series);
    status = status == RIFT_OK ? drawn : status;
    status = status == RIFT_OK ? data : status;
    const char *const as_is[] = {study->population, study->income};
    if (status == RIFT_OK) {
        status = rift_panel_fit_units(&out->panel, &study->index, as_is,
                                      RIFT_COUNT_OF(as_is), diag);
    }
    if (status == RIFT_OK) {
        status = rift_panel_check_sizes(&out->panel, diag);
    }
    bool good = true;
    for (size_t i = 0; status == RIFT_OK && good && i < countries.n_input; i++) {
        good = add_input(out, &countries.input[i]);
    }
    if (status == RIFT_OK &&
        (!good || (study->outlines && !add_input(out, &outlines)))) {
        status = rift_diag_memory(diag);
    }
    rift_inputs_free(&countries);
    free(outlines.name);
    return status;
}

/* The result keeps what the texts of the definition say, as whoever reads it will. */
static rift_status keep_definition(const rift_study *study, rift_diag *diag,
                                   rift_result *out)
{
    size_t n = study->n_definition;
    const char **text = calloc(2 * n + 1, sizeof *text);
    if (!text) {
        return rift_diag_memory(diag);
    }
    for (size_t i = 0; i < n; i++) {
        text[i] = study->definition[i].text;
        text[n + i] = study->definition[i].name;
    }
    const rift_definition_texts kept = {.n = n, .text = text, .name = text + n};
    rift_status status = rift_study_from_texts(&kept, diag, &out->study);
    free(text);
    return status;
}

rift_status rift_study_run(const rift_study *study, const rift_watch *watch,
                           rift_diag *diag, rift_result *result)
{
    rift_result made = {0};
    rift_status status = read_inputs(study, watch, diag, &made);
    if (status == RIFT_OK && stopped(watch)) {
        status = RIFT_ERR_STOPPED;
    }
    if (status == RIFT_OK) {
        progress(watch, "scoring", 1);
        const rift_chain chain = {&study->index, &made.panel, &made.groups};
        status = rift_compute(&chain, diag, &made.scores, &made.info);
    }
    if (status == RIFT_OK) {
        progress(watch, "measuring the divide", 2);
        status = rift_divide_compute(study, diag, &made);
    }
    if (status == RIFT_OK && study->income &&
        rift_panel_indicator(&made.panel, study->income) < 0) {
        rift_diag_at(
            diag, RIFT_ERROR, &study->income_place,
            "no data file has a value of the series '%s'; add a file that does",
            study->income);
        status = RIFT_ERR_DATA;
    }
    if (status == RIFT_OK) {
        status = keep_definition(study, diag, &made);
    }
    if (status == RIFT_OK &&
        (!name_indicators(&made) || !rift_provenance_record(study, &made))) {
        status = rift_diag_memory(diag);
    }
    if (status == RIFT_OK) { /* else there may be none */
        rift_result_adopt_units(&made);
    }
    if (status == RIFT_OK && stopped(watch)) {
        status = RIFT_ERR_STOPPED;
    }
    if (status != RIFT_OK) {
        rift_result_free(&made);
        return status;
    }
    progress(watch, "done", 4);
    *result = made;
    return RIFT_OK;
}
