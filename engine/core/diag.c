/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Findings: where something is wrong, what was found, what to do. */
#include "core/diag.h"

#include "core/array.h"
#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LINE_LIMIT = 400 };

/* The line of a location, without its line end, in `out`, which stays NULL where it is
   unknown, empty or too long; false when memory runs out. */
static bool copy_line(const rift_location *location, char **out)
{
    const char *at = location->line > 0 ? location->text : NULL;
    for (size_t line = 1; at && line < location->line; line++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    size_t n = at ? strcspn(at, "\r\n") : 0;
    if (n == 0 || n > LINE_LIMIT) {
        return true;
    }
    rift_text text = {0};
    rift_text_printable(&text, at, n);
    *out = rift_text_take(&text);
    return *out;
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

/* The message, fit to be printed; NULL when memory runs out. */
static char *message_of(const char *format, va_list list)
{
    rift_text raw = {0}, message = {0};
    rift_text_vformat(&raw, format, list);
    rift_text_printable(&message, rift_text_string(&raw), raw.n);
    message.failed = message.failed || raw.failed;
    rift_text_free(&raw);
    return rift_text_take(&message);
}

static bool copy_place(const rift_location *location, rift_finding *out)
{
    out->line = location->line;
    out->column = location->column;
    out->length = location->length;
    out->file = location->file ? strdup(location->file) : NULL;
    return (out->file || !location->file) && copy_line(location, &out->source);
}

static void finding_free(rift_finding *finding)
{
    free(finding->file);
    free(finding->message);
    free(finding->source);
}

/* A finding is kept whole or not at all: half of one would say something else. */
void rift_diag_at(rift_diag *diag, rift_severity severity,
                  const rift_location *location, const char *format, ...)
{
    if (!diag) {
        return;
    }
    diag->n_error += severity == RIFT_ERROR;
    diag->n_warning += severity == RIFT_WARNING;
    diag->n_note += severity == RIFT_NOTE;
    va_list list;
    va_start(list, format);
    rift_finding made = {.severity = severity, .message = message_of(format, list)};
    va_end(list);
    bool full = diag->n_finding >= (diag->limit ? diag->limit : RIFT_DIAG_LIMIT);
    bool good = made.message && (!location || copy_place(location, &made)) &&
                (full || finding_room(diag));
    diag->out_of_memory = diag->out_of_memory || !good;
    if (good && !full) {
        diag->finding[diag->n_finding++] = made;
    } else {
        diag->n_dropped++;
        finding_free(&made);
    }
}

void rift_diag_text_free(rift_diag *diag, rift_text *text)
{
    if (diag) {
        diag->out_of_memory = diag->out_of_memory || text->failed;
    }
    rift_text_free(text);
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

rift_status rift_diag_note_read(rift_diag *diag, const char *path,
                                const struct stat *info)
{
    if (!diag) {
        return RIFT_OK;
    }
    char *copy = rift_text_copy(path);
    if (!copy || !rift_array_grow((void **)&diag->read, diag->n_read,
                                  &diag->read_capacity, sizeof *diag->read)) {
        free(copy);
        return rift_diag_memory(diag);
    }
    diag->read[diag->n_read++] =
        (rift_file_read_mark){(uint64_t)info->st_dev, (uint64_t)info->st_ino, copy};
    return RIFT_OK;
}

const char *rift_diag_was_read(const rift_diag *diag, const struct stat *info)
{
    for (size_t i = diag->n_read; i-- > 0;) {
        if (diag->read[i].inode == info->st_ino &&
            diag->read[i].device == info->st_dev) {
            return diag->read[i].path;
        }
    }
    return NULL;
}

static void hand_reads(rift_diag *to, const rift_diag *from)
{
    for (size_t i = 0; i < from->n_read; i++) {
        struct stat info = {.st_dev = (dev_t)from->read[i].device,
                            .st_ino = (ino_t)from->read[i].inode};
        (void)!rift_diag_note_read(to, from->read[i].path, &info);
    }
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
    hand_reads(to, from);
    rift_diag_free(from);
}

void rift_diag_hand_on(const rift_diag *from, bool errors, rift_diag *to)
{
    for (size_t i = 0; i < from->n_finding; i++) {
        const rift_finding *finding = &from->finding[i];
        rift_location place = {finding->file, finding->line, finding->column, 0, NULL};
        if (errors || finding->severity != RIFT_ERROR) {
            rift_diag_at(to, finding->severity, &place, "%s", finding->message);
        }
    }
    if (to && errors) {
        to->out_of_memory = to->out_of_memory || from->out_of_memory;
        to->system_failed = to->system_failed || from->system_failed;
    }
}

rift_location rift_location_file(const char *path)
{
    return (rift_location){.file = path};
}

void rift_diag_free(rift_diag *diag)
{
    for (size_t i = 0; i < diag->n_finding; i++) {
        finding_free(&diag->finding[i]);
    }
    for (size_t i = 0; i < diag->n_read; i++) {
        free(diag->read[i].path);
    }
    free(diag->read);
    free(diag->finding);
    *diag = (rift_diag){0};
}
