/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Suggestions: the one place that says "did you mean". */
#include "core/suggest.h"

#include "core/diag.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

static const char *name_at(rift_names names, size_t i)
{
    const void *at = (const char *)names.first + i * names.stride;
    return *(const char *const *)(names.of_rows ? *(const void *const *)at : at);
}

int rift_names_find(rift_names names, const char *word)
{
    for (size_t i = 0; i < names.n; i++) {
        if (strcmp(name_at(names, i), word) == 0) {
            return (int)i;
        }
    }
    return -1;
}

const char *rift_names_nearest(rift_names names, const char *word)
{
    size_t n_word = strlen(word), limit = n_word / 3;
    limit = n_word < 3 ? 0 : limit > 3 ? 3 : limit; /* any two letters are near */
    const char *best = NULL;
    for (size_t i = 0; i < names.n; i++) { /* letters of another case are the same */
        const char *name = name_at(names, i);
        if (name && strcasecmp(name, word) == 0) {
            return name;
        }
    }
    for (size_t i = 0; i < names.n; i++) {
        const char *name = name_at(names, i);
        size_t distance = name ? rift_text_distance(word, name) : SIZE_MAX;
        if (distance <= limit) {
            best = name;
            limit = distance > 0 ? distance - 1 : 0;
            if (distance <= 1) {
                break;
            }
        }
    }
    return best;
}

void rift_suggest(rift_text *out, const char *what, const char *word, const char *near,
                  const char *otherwise)
{
    rift_text_format(out, "unknown %s '%s'", what, word);
    if (near) {
        rift_text_format(out, "; did you mean '%s'?", near);
    } else if (otherwise) {
        rift_text_format(out, "; %s", otherwise);
    }
}

void rift_diag_unknown(rift_diag *diag, const rift_location *location, const char *what,
                       const char *word, const char *near, const char *otherwise)
{
    rift_text text = {0};
    rift_suggest(&text, what, word, near, otherwise);
    rift_diag_at(diag, RIFT_ERROR, location, "%s", rift_text_string(&text));
    rift_diag_text_free(diag, &text);
}
