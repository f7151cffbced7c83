/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a series is transformed by: one method, or several in order. */
#include "define/define.h"

#include "core/diag.h"
#include "core/text.h"
#include "rift/method.h"

/* One of them; NULL after an error. */
static const rift_transformation *read_one(const rift_source *source,
                                           const rift_yaml *node)
{
    typedef struct choice {
        const rift_transformation *method;
    } choice;
    static const rift_field field =
        RIFT_KEY_METHOD("transformation", choice, method, transformation);
    choice read = {0};
    return rift_yaml_alone(source, node, &field, "a series", &read) ? read.method
                                                                    : NULL;
}

bool rift_transformations_read(const rift_source *source, const rift_yaml *node,
                               rift_transformations_of *out)
{
    bool list = node->kind == RIFT_YAML_LIST, good = true;
    size_t n = list ? node->n_item : 1, m = 0;
    const rift_transformation **step =
        rift_arena_alloc(source->arena, n + 1, sizeof *step);
    rift_text name = {0};
    if (list && n == 0) {
        return rift_yaml_error(source, node,
                               "'transformation' is empty; name one, or leave it out");
    }
    for (size_t i = 0; step && i < n; i++) {
        const rift_transformation *one = read_one(source, list ? node->item[i] : node);
        good = good && one;
        if (one && one != rift_transformations) {
            rift_text_format(&name, "%s%s", m ? ", then " : "", one->name);
            step[m++] = one;
        }
    }
    const char *kept = m == 0 ? rift_transformations[0].name
                       : name.failed
                           ? NULL
                           : rift_arena_text(source->arena, rift_text_string(&name));
    rift_text_free(&name);
    if (!step || !kept) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    *out = (rift_transformations_of){m, step, kept};
    return good;
}
