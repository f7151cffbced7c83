/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two groups of people in a country, by a series of each. */
#include "analysis/analysis.h"

#include "core/diag.h"
#include "core/unit.h"
#include "panel/panel.h"

#include <string.h>

static rift_pair *room_for(rift_scope *q, size_t n)
{
    rift_pair *room = rift_arena_alloc(&q->arena, n + 1, sizeof *room);
    q->no_memory = q->no_memory || !room;
    return room;
}

/* Whether two series are in units of one power of ten, as but those are that were given
   one because their values are too large or too near 0. */
static bool same_power(const rift_scope *q, int low, int high)
{
    char *const *unit = q->result->panel.unit;
    return rift_unit_power(unit[low]) == rift_unit_power(unit[high]);
}

static bool two_powers(const rift_scope *q, const rift_pair_option *pair)
{
    rift_diag_at(q->diag, RIFT_ERROR, q->place,
                 "'%s' and '%s' cannot be a pair: values of one are beyond what is "
                 "computed with and have a unit of their own; give both in one unit in "
                 "their files",
                 pair->lagging, pair->leading);
    return false;
}

static bool read_pairs(rift_scope *q, const rift_pair_options *pairs)
{
    bool good = true;
    q->pair = room_for(q, pairs->n);
    for (size_t i = 0; q->pair && i < pairs->n; i++) {
        const rift_pair_option *from = &pairs->pair[i];
        rift_pair *pair = &q->pair[q->n_pair++];
        pair->name = from->name;
        pair->low = rift_panel_indicator(&q->result->panel, from->lagging);
        pair->high = rift_panel_indicator(&q->result->panel, from->leading);
        good &= (pair->low >= 0 || rift_scope_unknown(q, from->lagging)) &&
                (pair->high >= 0 || rift_scope_unknown(q, from->leading)) &&
                (same_power(q, pair->low, pair->high) || two_powers(q, from));
    }
    return good;
}

/* Where no pair is given: series of a group of people that lags as a rule, beside the
   one that leads, as ingest names them: X[sex=female] and X[sex=male]. */
static void find_pairs(rift_scope *q)
{
    static const char *const known[][2] = {{"[sex=female]", "[sex=male]"},
                                           {"[area=rural]", "[area=urban]"}};
    const rift_panel *panel = &q->result->panel;
    q->pair = room_for(q, 2 * panel->n_indicator);
    for (size_t i = 0; q->pair && i < panel->n_indicator; i++) {
        for (size_t k = 0; k < 2; k++) {
            const char *at = strstr(panel->indicator[i], known[k][0]);
            rift_text other = {0};
            if (!at) {
                continue;
            }
            rift_text_add(&other, panel->indicator[i],
                          (size_t)(at - panel->indicator[i]));
            rift_text_format(&other, "%s%s", known[k][1], at + strlen(known[k][0]));
            int high = rift_panel_indicator(panel, rift_text_string(&other));
            if (high >= 0 && same_power(q, (int)i, high)) {
                q->pair[q->n_pair++] =
                    (rift_pair){panel->indicator[i], (int32_t)i, high};
            }
            q->no_memory = q->no_memory || other.failed;
            rift_text_free(&other);
        }
    }
}

bool rift_scope_pairs(rift_scope *q, const rift_pair_options *pairs)
{
    if (pairs->n > 0) {
        return read_pairs(q, pairs);
    }
    find_pairs(q);
    return true;
}
