/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings: where something is wrong, what was found, what to do. */
#include "core/diag.h"

#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_LIMIT = 400 };

/* The line of a location, without its line end; NULL when unknown or too long. */
static char *line_of(const rift_location *location)
{
    if (!location->text || location->line == 0) {
        return NULL;
    }
    const char *at = location->text;
    for (size_t line = 1; line < location->line; line++) {
        at = strchr(at, '\n');
        if (!at) {
            return NULL;
        }
        at++;
    }
    size_t n = strcspn(at, "\r\n");
    if (n > LINE_LIMIT) {
        return NULL;
    }
    rift_text text = {0};
    rift_text_printable(&text, at, n);
    if (text.failed) {
        rift_text_free(&text);
    }
    return text.data;
}

static bool finding_room(rift_diag *diag)
{
    if (diag->n_finding < diag->capacity) {
        return true;
    }
    size_t capacity = diag->capacity ? 2 * diag->capacity : 16;
    rift_finding *finding = realloc(diag->finding, capacity * sizeof *finding);
    if (!finding) {
        return false;
    }
    diag->finding = finding;
    diag->capacity = capacity;
    return true;
}

void rift_diag_at(rift_diag *diag, rift_severity severity,
                  const rift_location *location, const char *format, ...)
{
    if (!diag) {
        return;
    }
    diag->n_error += severity == RIFT_ERROR;
    diag->n_warning += severity == RIFT_WARNING;
    diag->n_note += severity == RIFT_NOTE;
    rift_text raw = {0}, message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&raw, format, list);
    va_end(list);
    rift_text_add(&message, "", 0);
    rift_text_printable(&message, rift_text_string(&raw), raw.n);
    bool lost = raw.failed || message.failed || !message.data;
    diag->out_of_memory = diag->out_of_memory || lost;
    rift_text_free(&raw);
    size_t limit = diag->limit ? diag->limit : RIFT_DIAG_LIMIT;
    if (lost || diag->n_finding >= limit || !finding_room(diag)) {
        diag->n_dropped++;
        rift_text_free(&message);
        return;
    }
    rift_finding *finding = &diag->finding[diag->n_finding++];
    *finding = (rift_finding){.severity = severity, .message = message.data};
    if (location) {
        finding->file = location->file ? strdup(location->file) : NULL;
        finding->line = location->line;
        finding->column = location->column;
        finding->length = location->length;
        finding->source = line_of(location);
    }
}

rift_status rift_diag_system(rift_diag *diag, const char *path, const char *what)
{
    int number = errno;
    rift_location location = rift_location_file(path);
    rift_diag_at(diag, RIFT_ERROR, &location, "%s: %s", what, strerror(number));
    if (diag) {
        diag->system_failed = true;
    }
    return RIFT_ERR_SYSTEM;
}

rift_status rift_diag_memory(rift_diag *diag)
{
    rift_diag_at(diag, RIFT_ERROR, NULL, "out of memory; free some and run again");
    if (diag) {
        diag->out_of_memory = true;
    }
    return RIFT_ERR_MEMORY;
}

rift_status rift_diag_worse(const rift_diag *diag, rift_status status)
{
    return diag->out_of_memory   ? RIFT_ERR_MEMORY
           : diag->system_failed ? RIFT_ERR_SYSTEM
                                 : status;
}

void rift_diag_move(rift_diag *to, rift_diag *from)
{
    for (size_t i = 0; i < from->n_finding; i++) {
        const rift_finding *finding = &from->finding[i];
        rift_location location = {finding->file, finding->line, finding->column, 0,
                                  NULL};
        rift_diag_at(to, finding->severity, &location, "%s", finding->message);
    }
    to->out_of_memory = to->out_of_memory || from->out_of_memory;
    to->system_failed = to->system_failed || from->system_failed;
    rift_diag_free(from);
}

rift_location rift_location_file(const char *path)
{
    return (rift_location){.file = path};
}

void rift_diag_free(rift_diag *diag)
{
    for (size_t i = 0; i < diag->n_finding; i++) {
        free(diag->finding[i].file);
        free(diag->finding[i].message);
        free(diag->finding[i].source);
    }
    free(diag->finding);
    *diag = (rift_diag){0};
}
