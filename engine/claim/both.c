/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The countries that a sentence about two years speaks of. */
#include "claim/claim.h"
#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>

void rift_both_count(const rift_scope *scope, rift_both *both)
{
    size_t n_country = scope->result->panel.n_country;
    double all = 0, kept = 0;
    both->n = 0;
    both->n_all = n_country;
    for (size_t c = 0; c < n_country; c++) {
        double people = scope->people ? rift_people_held(scope, both->last, c) : NAN;
        all += people > 0 ? people : 0;
        kept += both->keep[c] && people > 0 ? people : 0;
        both->n += both->keep[c];
    }
    both->people = all > 0 ? kept / all : NAN;
}

bool rift_both_find(const rift_scope *scope, const rift_variable *variable, bool all,
                    rift_both *both, rift_status *status)
{
    size_t n_country = scope->result->panel.n_country;
    *both = (rift_both){.keep = calloc(n_country + 1, 1)};
    *status = both->keep ? RIFT_OK : RIFT_ERR_MEMORY;
    if (!both->keep || !rift_span(scope, variable->value, &both->first, &both->last) ||
        both->first == both->last) {
        return false;
    }
    rift_keep_both(scope, variable->value, both->first, both->last, false, false,
                   both->keep);
    for (size_t t = both->first; all && t <= both->last; t++) {
        bool any = rift_count_year(scope, variable->value, t) > 0;
        for (size_t c = 0; any && c < n_country; c++) {
            bool has = !isnan(rift_value_at(scope, variable, t, c));
            both->keep[c] = both->keep[c] && has;
        }
    }
    rift_both_count(scope, both);
    return both->n > 0;
}

void rift_both_free(rift_both *both)
{
    free(both->keep);
    *both = (rift_both){0};
}

rift_reading rift_both_reading(const rift_scope *scope, const rift_both *both,
                               const char *measure, bool by_people)
{
    const rift_panel *panel = &scope->result->panel;
    rift_reading r =
        rift_reading_of(measure, rift_weighting_name(by_people), "both years");
    r.year_first = panel->year[both->first];
    r.year_last = panel->year[both->last];
    r.n = both->n;
    r.n_all = both->n_all;
    r.people = both->people;
    r.null = "no change";
    return r;
}
