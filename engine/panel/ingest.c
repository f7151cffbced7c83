/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first steps of every run: files are read and hashed, their observations become
   the panel. */
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "panel/panel.h"

#include <stdlib.h>
#include <string.h>

#define DATA_LIMIT ((size_t)4 * 1024 * 1024 * 1024)

void rift_inputs_free(rift_inputs *inputs)
{
    for (size_t i = 0; i < inputs->n_input; i++) {
        free(inputs->input[i].name);
    }
    free(inputs->input);
    *inputs = (rift_inputs){0};
}

static rift_status record_input(rift_inputs *inputs, const char *file, const char *text,
                                size_t n, rift_diag *diag)
{
    rift_input *input = &inputs->input[inputs->n_input];
    /* the name alone: a result must not depend on where a folder stands */
    input->name = strdup(rift_path_name(file));
    input->size = n;
    if (!input->name) {
        return rift_diag_memory(diag);
    }
    inputs->n_input++;
    rift_status status = rift_sha256_hex(text, n, input->sha256);
    if (status != RIFT_OK) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "OpenSSL cannot compute SHA-256");
    }
    return status;
}

/* Read each file even after one failed, so that all errors of a run are reported. */
static rift_status observe_all(const rift_read_settings *settings, rift_diag *diag,
                               rift_observations *seen, rift_inputs *inputs)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < settings->n_file; i++) {
        char *text = NULL;
        size_t n = 0;
        rift_status status =
            rift_file_read(settings->file[i], DATA_LIMIT, diag, &text, &n);
        if (status == RIFT_OK) {
            status = rift_file_observe(settings, (uint32_t)i, text, n, diag, seen);
        }
        rift_status recorded =
            text ? record_input(inputs, settings->file[i], text, n, diag) : RIFT_OK;
        free(text);
        status = status == RIFT_OK ? recorded : status;
        worst = status > worst ? status : worst;
    }
    return worst;
}

rift_status rift_panel_read(const rift_read_settings *settings, rift_diag *diag,
                            rift_panel *panel, rift_inputs *inputs)
{
    rift_observations seen = {0};
    rift_inputs read = {calloc(settings->n_file + 1, sizeof *read.input), 0};
    rift_status status =
        read.input ? observe_all(settings, diag, &seen, &read) : rift_diag_memory(diag);
    if (status == RIFT_OK) {
        status = rift_panel_build(&seen, settings, diag, panel);
    }
    rift_observations_free(&seen);
    if (status == RIFT_OK && inputs) {
        *inputs = read;
    } else {
        rift_inputs_free(&read);
    }
    return status;
}
