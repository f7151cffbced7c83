/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks that a provider flags, cell by cell: the values of one country before that
   year do not compare with those from it on (SDMX, code list CL_OBS_STATUS, B). */
#include "panel/panel.h"
#include "result/lookup.h"

#include <math.h>

size_t rift_result_own_since(const rift_result *r, int indicator, size_t country,
                             size_t first, size_t last)
{
    size_t since = first;
    for (size_t t = first + 1; r->panel.obs_status && indicator >= 0 && t <= last;
         t++) {
        size_t at = rift_panel_at(&r->panel, (size_t)indicator, t) + country;
        since = r->panel.obs_status[at] & RIFT_OBS_BREAK ? t : since;
    }
    return since;
}

/* Share of the countries with a score whose values of an indicator have a break. */
static double share_of(const rift_result *r, const double *score, int indicator,
                       size_t first, size_t last)
{
    double n = 0, flagged = 0;
    for (size_t c = 0; c < r->panel.n_country; c++) {
        bool has = !isnan(score[c]);
        n += has;
        flagged += has && rift_result_own_since(r, indicator, c, first, last) > first;
    }
    return n > 0 ? flagged / n : 0;
}

double rift_result_flagged(const rift_result *r, size_t node, size_t first, size_t last)
{
    const rift_index *index = &r->study.index;
    const double *score = r->scores.score + rift_result_at(r, node, last);
    double share = 0;
    for (size_t i = node + 1; r->panel.obs_status && i < index->n_node; i++) {
        int leaf = index->node[i].series;
        if (leaf < 0 || !rift_result_is_under(r, i, node) ||
            index->series[leaf].comparable.ignores_flags) {
            continue;
        }
        int row = rift_panel_indicator(&r->panel, index->series[leaf].code);
        share += rift_result_weight_within(r, i, node, last) *
                 share_of(r, score, row, first, last);
    }
    return share;
}
