/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The marks that stand beside a number in reports of international organisations: e, i,
   p, y. */
#include "panel/panel.h"
#include "result/lookup.h"

#include <stdlib.h>

bool rift_marks_make(const rift_result *result, rift_marks *marks)
{
    const rift_index *index = &result->study.index;
    *marks = (rift_marks){.result = result, .edition = rift_result_edition(result)};
    marks->row = calloc(index->n_node + 1, sizeof *marks->row);
    for (size_t i = 0; marks->row && i < index->n_node; i++) {
        const rift_series *series = rift_result_series(result, i);
        marks->row[i] =
            series ? rift_panel_indicator(&result->panel, series->code) : -1;
    }
    return marks->row != NULL;
}

void rift_marks_free(rift_marks *marks)
{
    free(marks->row);
    *marks = (rift_marks){0};
}

/* What a provider says of the value that a leaf's score was made from. */
static unsigned status_behind(const rift_marks *marks, size_t leaf, size_t year,
                              size_t country, size_t at)
{
    const rift_result *r = marks->result;
    int age = r->scores.age[at];
    size_t back = age > 0 ? (size_t)age : 0;
    if (marks->row[leaf] < 0 || !r->panel.obs_status || back > year) {
        return 0;
    }
    return r->panel
        .obs_status[rift_panel_at(&r->panel, (size_t)marks->row[leaf], year - back) +
                    country];
}

void rift_result_marks(const rift_marks *marks, size_t node, size_t year,
                       size_t country, char out[RIFT_MARKS_SIZE])
{
    const rift_result *r = marks->result;
    bool estimated = false, imputed = false, provisional = year > marks->edition;
    bool older = false, any = false;
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (r->study.index.node[i].series < 0 || !rift_result_is_under(r, i, node)) {
            continue;
        }
        size_t at =
            rift_result_at(r, (size_t)r->study.index.node[i].series, year) + country;
        uint8_t origin = r->scores.origin[at];
        if (origin == RIFT_ABSENT) {
            continue;
        }
        unsigned status = origin == RIFT_OBSERVED || origin == RIFT_OLDER
                              ? status_behind(marks, i, year, country, at)
                              : 0;
        any = true;
        estimated = estimated || (status & (RIFT_OBS_ESTIMATED | RIFT_OBS_FORECAST));
        imputed = imputed || origin == RIFT_IMPUTED || origin == RIFT_INTERPOLATED ||
                  (status & RIFT_OBS_IMPUTED);
        provisional = provisional || (status & RIFT_OBS_PROVISIONAL);
        older = older || origin == RIFT_OLDER;
    }
    size_t n = 0;
    const bool has[] = {estimated, imputed, provisional, older};
    for (size_t k = 0; any && k < RIFT_MARKS_SIZE - 1; k++) {
        if (has[k]) {
            out[n++] = "eipy"[k];
        }
    }
    out[n] = '\0';
}
