/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of definition files, from disk or from a result. */
#include "define/definitions.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"
#include "define/define.h"

#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 1000 };

/* Text that was malloc'd, moved to the arena; NULL where there was none. */
static const char *own(rift_arena *arena, char *text)
{
    const char *out = text ? rift_arena_text(arena, text) : NULL;
    free(text);
    return out;
}

/* The path of what a file names, from that file's folder, tidied. */
static const char *name_beside(const rift_source *source, const char *said)
{
    char *folder = rift_path_folder(source->name);
    char *joined = folder ? rift_path_join(folder, said) : NULL;
    const char *out = own(source->arena, joined ? rift_path_tidy(joined) : NULL);
    free(folder);
    free(joined);
    return out;
}

/* Which text stands under a name; n where none does. Names without folders are only
 * distinguished by the order in which files are opened, which is always the same. */
static size_t kept_row(const rift_definitions *all, const char *name)
{
    const rift_definition_texts *kept = all->kept;
    if (kept->format_2) {
        bool next =
            all->n < kept->n && strcmp(kept->name[all->n], rift_path_name(name)) == 0;
        return next ? all->n : kept->n;
    }
    size_t i = 0;
    while (i < kept->n && strcmp(kept->name[i], name) != 0) {
        i++;
    }
    return i;
}

/* How messages call a file that a result keeps. */
static const char *kept_file(const rift_definitions *all, rift_arena *arena,
                             const char *name)
{
    rift_text text = {0};
    if (!all->kept->holder) {
        return name;
    }
    rift_text_format(&text, "%s:%s", all->kept->holder, name);
    const char *out = text.failed ? NULL : rift_arena_text(arena, text.data);
    rift_text_free(&text);
    return out;
}

static const rift_definition *opened(const rift_definitions *all, const char *file)
{
    for (size_t i = 0; i < all->n; i++) {
        if (strcmp(all->file[i].file, file) == 0) {
            return &all->file[i];
        }
    }
    return NULL;
}

bool rift_definition_find(const rift_source *source, const rift_location *place,
                          const char *said, rift_definition *out)
{
    const rift_definitions *all = source->all;
    *out = (rift_definition){.name = name_beside(source, said)};
    if (!all->kept) {
        if (!rift_source_file(source, place, said, &out->file)) {
            return false;
        }
    } else if (out->name) {
        out->file = kept_file(all, source->arena, out->name);
    }
    if (!out->name || !out->file) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    if (all->kept && !opened(all, out->file) &&
        kept_row(all, out->name) == all->kept->n) {
        rift_diag_at(source->diag, RIFT_ERROR, place,
                     "the text of '%s' is not among those stored", said);
        return false;
    }
    return true;
}

bool rift_definition_first(const rift_definitions *all, rift_arena *arena,
                           const char *path, rift_definition *out)
{
    const char *name = all->kept ? all->kept->name[0] : rift_path_name(path);
    out->name = rift_arena_text(arena, name);
    out->file = all->kept && out->name ? kept_file(all, arena, out->name)
                                       : rift_arena_text(arena, path);
    return out->name && out->file;
}

static rift_status take_text(const rift_definitions *all, rift_arena *arena,
                             rift_diag *diag, size_t limit, rift_definition *file)
{
    if (all->kept) {
        size_t row = kept_row(all, file->name);
        file->text =
            row < all->kept->n ? rift_arena_text(arena, all->kept->text[row]) : NULL;
        return file->text ? RIFT_OK : rift_diag_memory(diag);
    }
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(file->file, limit, diag, &text, &n);
    if (status != RIFT_OK) {
        return status == RIFT_ERR_DATA ? RIFT_ERR_DEFINITION : status;
    }
    if (memchr(text, '\0', n) != NULL || !rift_text_is_utf8(text, n)) {
        rift_location place = rift_location_file(file->file);
        rift_diag_at(diag, RIFT_ERROR, &place, "is not UTF-8 text; save it as UTF-8");
        status = RIFT_ERR_DEFINITION;
    } else {
        file->text = rift_arena_copy(arena, text, n);
        status = file->text ? RIFT_OK : rift_diag_memory(diag);
    }
    free(text);
    return status;
}

rift_status rift_definition_open(rift_definitions *all, rift_arena *arena,
                                 rift_diag *diag, size_t limit, rift_definition *file)
{
    const rift_definition *before = opened(all, file->file);
    if (before) {
        *file = *before;
        return RIFT_OK;
    }
    if (all->n >= FILE_LIMIT) {
        rift_location place = rift_location_file(file->file);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "a study of more than %d files of definitions, the limit; join "
                     "some",
                     FILE_LIMIT);
        return RIFT_ERR_DEFINITION;
    }
    rift_status status = take_text(all, arena, diag, limit, file);
    if (status != RIFT_OK) {
        return status;
    }
    if (!rift_arena_grow(arena, &all->file, all->n, &all->capacity,
                         sizeof *all->file)) {
        return rift_diag_memory(diag);
    }
    all->file[all->n++] = *file;
    return RIFT_OK;
}
