/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Countries that a definition names: by codes of either length, in any case, or by
   their names. */
#include "define/define.h"

#include "core/diag.h"
#include "read/name/country.h"
#include "read/name/suggest.h"

bool rift_country_said(rift_diag *diag, const rift_location *place, const char **code)
{
    const char *found = rift_country_of(*code);
    if (found && !*found) {
        (void)!rift_diag_memory(diag);
        return false;
    }
    if (found) {
        *code = found;
        return true;
    }
    rift_candidates near;
    rift_text said = {0};
    if (!rift_country_candidates(*code, &near)) {
        (void)!rift_diag_memory(diag);
        return false;
    }
    rift_candidates_write(&near, &said);
    rift_diag_unknown(diag, place, "country", *code,
                      near.n > 0 ? rift_text_string(&said) : NULL,
                      "use its ISO 3166-1 alpha-3 code");
    rift_diag_text_free(diag, &said);
    return false;
}

static bool reference(rift_diag *diag, const rift_location *place,
                      rift_normalise_choice *choice)
{
    return !choice->reference || rift_country_said(diag, place, &choice->reference);
}

static bool list(rift_diag *diag, const rift_location *place, const char **code,
                 size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        good &= rift_country_said(diag, place, &code[i]);
    }
    return good;
}

bool rift_index_countries(rift_diag *diag, const rift_location *place,
                          rift_index *index)
{
    if (index->any_entity) {
        return true;
    }
    rift_screening *screening = &index->screening;
    bool good = reference(diag, place, &index->normalise);
    good &= list(diag, &screening->place, screening->include, screening->n_include);
    good &= list(diag, &screening->place, screening->exclude, screening->n_exclude);
    for (size_t s = 0; s < index->n_series; s++) {
        rift_series *series = &index->series[s];
        good &= reference(diag, &series->place, &series->normalise);
        for (size_t i = 0; i < series->n_period; i++) { /* made for this index alone */
            rift_series *then = series->period[i].series;
            good &= reference(diag, &then->place, &then->normalise);
        }
    }
    return good;
}
