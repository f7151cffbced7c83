/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a definition is shows in its keys. */
#include "define/define.h"

#include "core/diag.h"

static bool has_any(const rift_yaml *root, const char *const *key)
{
    for (; root && *key; key++) {
        if (rift_yaml_get(root, *key)) {
            return true;
        }
    }
    return false;
}

rift_status rift_definition_kind_of(const char *path, rift_diag *diag,
                                    rift_definition_kind *kind)
{
    static const char *const of_study[] = {"sources", "years", "countries", "index",
                                           NULL};
    static const char *const of_index[] = {"nodes", "normalisation", "series_files",
                                           NULL};
    static const char *const of_series[] = {"series", NULL};
    rift_arena arena = {0};
    rift_diag quiet = {0};
    rift_source source = {0};
    rift_yaml *root = NULL;
    rift_catalogue catalogue = {.arena = &arena, .diag = &quiet};
    rift_definition file = {.name = path, .file = path};
    rift_status status =
        rift_diag_worse(&quiet, rift_catalogue_open(&catalogue, &file, &source, &root));
    bool lost = status == RIFT_ERR_MEMORY || status == RIFT_ERR_SYSTEM;
    if (lost) {
        rift_diag_move(diag, &quiet);
    } else {
        *kind = has_any(root, of_study)             ? RIFT_DEFINITION_STUDY
                : has_any(root, of_index)           ? RIFT_DEFINITION_INDEX
                : !root || has_any(root, of_series) ? RIFT_DEFINITION_SERIES
                                                    : RIFT_DEFINITION_NONE;
    }
    rift_arena_free(&arena);
    rift_diag_free(&quiet);
    return lost ? status : RIFT_OK;
}
