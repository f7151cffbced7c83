/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether other readers find the axes of arrays that Rift reads by schema.c: xarray and
   the like go by labels and references, and would give values other names. */
#include "store/reading.h"

#include <string.h>

/* Whether the labels of a record, one behind the other, are names with blanks between.
 */
static bool are_labels(const rift_record *record, const char *axes)
{
    const unsigned char *at = record->data;
    for (size_t i = 0; i < record->n; i++) {
        uint32_t length;
        memcpy(&length, at, sizeof length);
        at += sizeof length;
        if (strcspn(axes, " ") != length || memcmp(at, axes, length) != 0) {
            return false;
        }
        at += length;
        axes += length + (axes[length] == ' ');
    }
    return *axes == '\0';
}

static void check_labels(rift_reading *r, const rift_schema_row *row)
{
    const char *path = rift_reading_path(r, row);
    const rift_content *content = &r->in.content;
    rift_text name = {0};
    rift_text_format(&name, "%s@DIMENSION_LABELS", path);
    if (!rift_reading_memory(r, name.data)) {
        return;
    }
    const rift_record *array = rift_content_find(content, 'd', path),
                      *labels = rift_content_find(content, 'a', name.data);
    if (array && (!labels || labels->type != 's' || !are_labels(labels, row->axes))) {
        rift_reading_wrong(r, "'%s' has other labels on its axes than '%s'", path,
                           row->axes);
    }
    rift_text_free(&name);
}

void rift_reading_axes(rift_reading *r)
{
    if (!r->in.failed && r->in.content.odd_axes) {
        rift_reading_wrong(r,
                           "'%s' is not tied to the axes that its labels name, so that "
                           "other programs would give its values other names",
                           r->in.content.odd_axes);
    }
    for (size_t i = 0; !r->in.failed && i < rift_n_schema; i++) {
        const rift_schema_row *row = &rift_schema[i];
        if (!rift_schema_is_axis(row) && *row->axes && !(r->old && row->since_3)) {
            check_labels(r, row);
        }
    }
}
