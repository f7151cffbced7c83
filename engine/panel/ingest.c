/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first steps of every run: paths become files, files are read and hashed, their
   observations become the panel. */
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/status.h"
#include "core/text.h"
#include "panel/build.h"
#include "panel/plausible.h"
#include "read/file.h"
#include "read/name/alias.h"

#include <stdlib.h>
#include <string.h>

static rift_status record_input(rift_inputs *inputs, size_t *capacity,
                                const rift_opened *file, rift_diag *diag)
{
    if (!rift_array_grow((void **)&inputs->input, inputs->n_input, capacity,
                         sizeof *inputs->input)) {
        return rift_diag_memory(diag);
    }
    rift_input *input = &inputs->input[inputs->n_input];
    *input = (rift_input){0};
    rift_status status = rift_sha256_opened(file, diag, input->sha256, &input->size);
    if (status != RIFT_OK) {
        return status;
    }
    /* the name alone: a result must not depend on where a folder stands */
    input->name = strdup(rift_path_name(file->path));
    if (!input->name) {
        return rift_diag_memory(diag);
    }
    inputs->n_input++;
    return RIFT_OK;
}

typedef struct ingest {
    rift_reading reading;
    rift_inputs *inputs; /* NULL: not wanted */
    size_t input_capacity;
} ingest;

static rift_status visit(void *data, const rift_document *document, rift_bytes *bytes)
{
    ingest *ingest = data;
    return rift_document_read(&ingest->reading, document, bytes);
}

static void show_progress(const rift_read_settings *settings, size_t done, size_t n)
{
    if (n > 1 && settings->watch && settings->watch->progress) {
        settings->watch->progress(settings->watch->data, "reading", done, n);
    }
}

/* Sheets that hold no data are as they should be, unless they are all there is. */
static rift_status check_sheets(const rift_reading *reading, const char *path,
                                size_t first)
{
    for (size_t i = first; i < reading->reports.n_file; i++) {
        const char *format = reading->reports.file[i].format;
        if (format && *format) {
            return RIFT_OK;
        }
    }
    rift_location location = rift_location_file(path);
    rift_diag_at(reading->diag, RIFT_ERROR, &location,
                 "no sheet holds data; see what is said of each");
    return RIFT_ERR_DATA;
}

/* Read a file and hash it while it is open: both are of the same state of it. */
static rift_status read_file(ingest *ingest, const char *path, bool named)
{
    rift_reading *reading = &ingest->reading;
    rift_opened file;
    rift_status status = rift_file_open(path, reading->diag, &file);
    if (status != RIFT_OK) {
        return status;
    }
    reading->path = path;
    const char *sheet = reading->source ? reading->source->sheet : NULL;
    size_t n_sheet = reading->n_sheet, n_report = reading->reports.n_file;
    status = rift_documents_read(&file, named, sheet, reading->diag, visit, ingest);
    if (status == RIFT_OK && named && reading->n_sheet > n_sheet &&
        !reading->settings->plausibility) {
        status = check_sheets(reading, path, n_report);
    }
    if (ingest->inputs && (status == RIFT_OK || status == RIFT_ERR_DATA)) {
        rift_status recorded =
            record_input(ingest->inputs, &ingest->input_capacity, &file, reading->diag);
        status = rift_status_worse(status, recorded);
    }
    if (status == RIFT_OK || status == RIFT_ERR_DATA) {
        status = rift_status_worse(status, rift_file_same(&file, reading->diag));
    }
    rift_opened_close(&file);
    return status;
}

/* Each file is read even after one failed, so that all errors of a run are reported. */
static rift_status read_path(ingest *ingest, const char *path, bool *over)
{
    rift_reading *reading = &ingest->reading;
    char **file = NULL;
    size_t n = 0;
    rift_status worst = rift_documents_list(path, reading->diag, &file, &n);
    bool named = n == 1 && strcmp(file[0], path) == 0;
    *over = worst == RIFT_ERR_MEMORY;
    if (worst == RIFT_OK && n == 0) {
        rift_location location = rift_location_file(path);
        rift_diag_at(reading->diag, RIFT_ERROR, &location, "the folder holds no file");
        worst = RIFT_ERR_DATA;
    }
    for (size_t i = 0; i < n && !*over; i++) {
        show_progress(reading->settings, i, n);
        rift_status status = read_file(ingest, file[i], named);
        *over = status == RIFT_ERR_MEMORY || status == RIFT_ERR_STOPPED;
        worst = rift_status_worse(worst, status);
    }
    rift_array_free_texts(file, n);
    return worst;
}

/* A sheet was asked for of a source of a study that is no spreadsheet, or on a command
   line where no file is one. */
static rift_status no_sheets(const rift_reading *reading, const char *path,
                             const rift_source_settings *source)
{
    rift_location location =
        source->place.line > 0 ? source->place : rift_location_file(path);
    rift_diag_at(reading->diag, RIFT_ERROR, &location,
                 "no spreadsheet was found, so there is no sheet '%s'; do not ask for "
                 "one",
                 source->sheet);
    return RIFT_ERR_DATA;
}

static rift_status read_all(ingest *ingest, const rift_read_settings *settings)
{
    rift_status worst = RIFT_OK;
    bool over = false;
    rift_reading *reading = &ingest->reading;
    for (size_t i = 0; i < settings->n_file && !over; i++) {
        const rift_source_settings *source =
            settings->source ? &settings->source[i] : NULL;
        size_t n_sheet = reading->n_sheet;
        reading->source = source;
        rift_status status = read_path(ingest, settings->file[i], &over);
        bool each = source && source->place.line > 0, last = i + 1 == settings->n_file;
        if (source && source->sheet && status == RIFT_OK && worst == RIFT_OK &&
            (each ? reading->n_sheet == n_sheet : last && reading->n_sheet == 0)) {
            status = no_sheets(reading, settings->file[i], source);
        }
        worst = rift_status_worse(worst, status);
    }
    return worst;
}

/* A check takes files without data as they come, unless there is nothing else; files of
   data have values of a country. */
static rift_status check_any(const ingest *ingest, const rift_panel *made,
                             rift_diag *diag)
{
    const rift_reports *reports = &ingest->reading.reports;
    bool doubt = ingest->reading.n_foreign > 0;
    for (size_t i = 0; i < reports->n_file; i++) {
        const rift_file_report *file = &reports->file[i];
        if (file->format && *file->format && made->n_country > 0) {
            return RIFT_OK;
        }
        if (file->format && *file->format) {
            rift_diag_at(diag, RIFT_ERROR, NULL,
                         "the files hold no value of any country");
            return RIFT_ERR_DATA;
        }
        doubt = doubt || file->n_warning > 0;
    }
    if (!doubt) {
        return RIFT_OK;
    }
    rift_diag_at(diag, RIFT_ERROR, NULL,
                 "no file holds data; see what is said of each");
    return RIFT_ERR_DATA;
}

/* The first report of each file, for every file that values come from; false when
   memory runs out. */
static bool find_reports(const rift_observations *seen, const rift_reports *reports,
                         uint32_t *row)
{
    rift_string_table names = {0};
    uint32_t *first = rift_array_zero(reports->n_file + 1, 1, 1, sizeof *first);
    bool good = first != NULL;
    for (size_t k = 0; good && k < reports->n_file; k++) {
        const char *name = reports->file[k].file;
        size_t before = names.n_word;
        int at = rift_string_table_add(&names, name, strlen(name));
        good = at >= 0;
        if (names.n_word > before) {
            first[before] = (uint32_t)k;
        }
    }
    for (size_t i = 0; good && i < seen->n_file; i++) {
        const char *name = seen->file[i].name;
        int at = rift_string_table_find(&names, name, strlen(name));
        row[i] = at >= 0 ? first[at] : 0;
    }
    rift_string_table_free(&names);
    free(first);
    return good;
}

/* Files that values come from are numbered as they are read, reports as they are made,
   and some files hold nothing but have a report. */
static rift_status number_by_report(rift_panel *panel, const rift_observations *seen,
                                    const rift_reports *reports, rift_diag *diag)
{
    uint32_t *row = rift_array_zero(seen->n_file, 1, 1, sizeof *row);
    if (!row || !find_reports(seen, reports, row)) {
        free(row);
        return rift_diag_memory(diag);
    }
    size_t n = panel->n_indicator * panel->n_year * panel->n_country;
    for (size_t i = 0; i < n; i++) {
        if (panel->locations.line[i] > 0) {
            panel->locations.file[i] = row[panel->locations.file[i]];
        }
    }
    free(row);
    return RIFT_OK;
}

/* Files are read even where the aliases are wrong, so that every error is reported. */
rift_status rift_panel_read(const rift_read_settings *given, rift_diag *diag,
                            rift_panel *panel, rift_inputs *inputs,
                            rift_reports *reports)
{
    rift_read_settings with = *given, *settings = &with;
    rift_arena aliases = {0};
    rift_status named =
        given->aliases ? rift_aliases_read(given->aliases, &aliases, diag, settings)
                       : RIFT_OK;
    rift_observations seen = {0};
    rift_inputs read = {0};
    ingest ingest = {.reading = {.settings = settings, .diag = diag, .out = &seen},
                     .inputs = inputs ? &read : NULL};
    rift_panel made = {0};
    rift_status status = read_all(&ingest, settings);
    status = named == RIFT_OK ? status : rift_status_worse(named, status);
    bool go_on = settings->plausibility || settings->keep_going;
    if (status == RIFT_OK || (status == RIFT_ERR_DATA && go_on)) {
        rift_status built = rift_panel_build(&seen, settings, diag, &made);
        status = settings->keep_going && named == RIFT_OK
                     ? built
                     : rift_status_worse(status, built);
    }
    if (status == RIFT_OK && settings->locations) {
        status = number_by_report(&made, &seen, &ingest.reading.reports, diag);
    }
    if (status == RIFT_OK && settings->plausibility) {
        status = check_any(&ingest, &made, diag);
    }
    if (status == RIFT_OK && settings->plausibility) {
        status = rift_panel_check_plausible(&made, &seen, diag);
    }
    rift_observations_free(&seen);
    rift_arena_free(&aliases);
    if (status == RIFT_OK || status == RIFT_ERR_DATA) {
        status = rift_diag_worse(diag, status);
    }
    if (status == RIFT_OK) {
        *panel = made;
    } else {
        rift_panel_free(&made);
    }
    if (status == RIFT_OK && inputs) {
        *inputs = read;
    } else {
        rift_inputs_free(&read);
    }
    if (reports) {
        *reports = ingest.reading.reports;
    } else {
        rift_reports_free(&ingest.reading.reports);
    }
    return status;
}
