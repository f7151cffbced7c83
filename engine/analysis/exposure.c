/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Series beside those looked at, held constant or asked about as channels, and the
   links by which countries are exposed to each other. */
#include "analysis/analysis.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "panel/panel.h"

#include <string.h>

static void *room_for(rift_scope *q, size_t n, size_t size)
{
    void *room = rift_arena_alloc(&q->arena, n + 1, size);
    q->no_memory = q->no_memory || !room;
    return room;
}

static bool find_series(rift_scope *q, const rift_name_list *list, rift_variable **out,
                        size_t *n)
{
    bool good = true;
    *out = room_for(q, list->n, sizeof **out);
    for (size_t i = 0; *out && i < list->n; i++) {
        good &= rift_variable_find(q, list->name[i], &(*out)[i]) ||
                rift_scope_unknown(q, list->name[i]);
    }
    *n = *out ? list->n : 0;
    return good;
}

bool rift_scope_controls(rift_scope *q, const rift_name_list *controls)
{
    if (controls->n > RIFT_CONTROLS) {
        rift_diag_at(q->diag, RIFT_ERROR, q->place,
                     "'controls' takes at most %d series, found %zu; drop some",
                     RIFT_CONTROLS, controls->n);
        return false;
    }
    return find_series(q, controls, &q->control, &q->n_control);
}

bool rift_scope_channels(rift_scope *q, const rift_name_list *channels)
{
    return find_series(q, channels, &q->channel, &q->n_channel);
}

/* Country of a cell; where the cell before said the same, it is the same. */
static bool find_country(rift_scope *q, const rift_link_options *links, size_t row,
                         int end, const char *before, int32_t *out)
{
    const rift_panel *panel = &q->result->panel;
    const rift_link_option *link = &links->link[row];
    const char *code = end ? link->to : link->from;
    if (before && strcmp(before, code) == 0) {
        return *out >= 0; /* said before */
    }
    *out = rift_panel_country_said(panel, code);
    if (*out == RIFT_COUNTRY_NO_MEMORY) {
        (void)!rift_diag_memory(q->diag);
    } else if (*out < 0) {
        rift_location place = rift_location_file(links->file);
        place.line = link->line;
        place.column = link->column[end];
        rift_panel_country_unknown(
            panel, code, q->diag, &place,
            "the result has none of this name; drop the row, or add the country");
    }
    return *out >= 0;
}

bool rift_scope_links(rift_scope *q, const rift_link_options *links)
{
    int32_t at[2] = {-1, -1};
    const char *before[2] = {NULL, NULL};
    bool good = true;
    q->has_links = links->file != NULL;
    q->link = room_for(q, links->n, sizeof *q->link);
    for (size_t i = 0; q->link && i < links->n; i++) {
        const rift_link_option *from = &links->link[i];
        for (int end = 0; end < 2; end++) {
            good &= find_country(q, links, i, end, before[end], &at[end]);
            before[end] = end ? from->to : from->from;
        }
        q->link[q->n_link++] = (rift_link){at[0], at[1], from->weight, from->year};
    }
    return good;
}
