/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Screening: which series and countries take part at all. What is screened out
   influences nobody's score. */
#include "index/chain.h"

#include "core/diag.h"

#include <math.h>
#include <string.h>

static bool is_named(const char *code, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(list[i], code) == 0) {
            return true;
        }
    }
    return false;
}

/** Excluded by name, whatever else. */
static bool excluded(const rift_screened *what, const rift_screening *how)
{
    return is_named(what->code, how->exclude, how->n_exclude);
}

static bool included(const rift_screened *what, const rift_screening *how)
{
    return is_named(what->code, how->include, how->n_include);
}

/** Fewer of its cells have a value than the minimum. JRC audit practice: 65 %. */
static bool country_share(const rift_screened *what, const rift_screening *how)
{
    return !included(what, how) &&
           (double)what->n_value < how->country * (double)what->n - 1e-9;
}

/** Fewer of its values differ from 0 than the minimum. As COINr's Screen. */
static bool nonzero_share(const rift_screened *what, const rift_screening *how)
{
    return !included(what, how) && (double)(what->n_value - what->n_zero) <
                                       how->nonzero * (double)what->n_value - 1e-9;
}

static bool series_share(const rift_screened *what, const rift_screening *how)
{
    return (double)what->n_value < how->series * (double)what->n - 1e-9;
}

/** Excluded from a year by some other rule, so from all others. */
static bool balanced(const rift_screened *what, const rift_screening *how)
{
    return how->balanced && !included(what, how);
}

const rift_screening_rule rift_screening_rules[] = {
    {"series-share", "series with values for too few countries and years are excluded",
     "JRC audit practice", "series", series_share, true, RIFT_RANKED},
    {"by-name", "countries are excluded, or kept, by their codes",
     "OECD/JRC Handbook (2008), step 2", "exclude include", excluded, false,
     RIFT_EXCLUDED},
    {"country-share",
     "countries with values of too few series are excluded from a year",
     "JRC audit practice", "country", country_share, false, RIFT_SCREENED},
    {"nonzero-share", "countries with too many zeros are excluded from a year",
     "Becker et al. (2022), COINr", "nonzero", nonzero_share, false,
     RIFT_SCREENED_ZERO},
    {"balanced", "countries excluded from one year are excluded from all",
     "OECD/JRC Handbook (2008), step 2", "balanced", balanced, false, RIFT_UNBALANCED},
};
const size_t rift_n_screening_rules =
    sizeof rift_screening_rules / sizeof *rift_screening_rules;

/* The first rule that a country or series fails; NULL for none. Being out of balance is
   for later. */
static const rift_screening_rule *rule_of(const rift_work *w, const rift_screened *what,
                                          bool of_series)
{
    for (size_t i = 0; i < rift_n_screening_rules; i++) {
        const rift_screening_rule *rule = &rift_screening_rules[i];
        if (rule->of_series == of_series && rule->why != RIFT_UNBALANCED &&
            rule->fails(what, &w->index->screening)) {
            return rule;
        }
    }
    return NULL;
}

static void count(rift_screened *what, double x)
{
    what->n++;
    what->n_value += !isnan(x);
    what->n_zero += x == 0;
}

static void screen_series(const rift_work *w)
{
    for (size_t s = 0; s < w->index->n_series; s++) {
        rift_screened what = {.code = w->index->series[s].code};
        for (size_t i = 0; i < w->n_cell; i++) {
            if (rift_series_in(&w->index->series[s], rift_cell_year(w, i))) {
                count(&what, w->value[s * w->n_cell + i]);
            }
        }
        if (rule_of(w, &what, true)) {
            w->out->screened_out[s] = 1;
            rift_diag_at(w->diag, RIFT_NOTE, &w->index->series[s].place,
                         "'%s' is screened out: %.1f %% of countries and years have a "
                         "value, the index requires %.1f %%",
                         what.code, 100 * (double)what.n_value / (double)what.n,
                         100 * w->index->screening.series);
        }
    }
}

static rift_exclusion reason_of(const rift_work *w, size_t cell)
{
    rift_screened what = {.code = w->panel->country[cell % w->out->n_country]};
    for (size_t s = 0; s < w->index->n_series; s++) {
        if (!w->out->screened_out[s] &&
            rift_series_in(&w->index->series[s], rift_cell_year(w, cell))) {
            count(&what, w->value[s * w->n_cell + cell]);
        }
    }
    const rift_screening_rule *rule = rule_of(w, &what, false);
    return rule ? rule->why : RIFT_RANKED;
}

/* A country that is out of one year goes out of all, if it is so asked. */
static void balance(const rift_work *w)
{
    size_t n = w->out->n_country;
    for (size_t c = 0; c < n; c++) {
        const rift_screened what = {.code = w->panel->country[c]};
        bool out = false;
        for (size_t cell = c; cell < w->n_cell; cell += n) {
            out = out || w->out->exclusion[cell] != RIFT_RANKED;
        }
        out = out && balanced(&what, &w->index->screening);
        for (size_t cell = c; out && cell < w->n_cell; cell += n) {
            uint8_t *why = &w->out->exclusion[cell];
            *why = *why == RIFT_RANKED ? RIFT_UNBALANCED : *why;
        }
    }
}

/* A name that is none is a mistake of the definition. */
static bool check_names(const rift_work *w, const char *const *list, size_t n)
{
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        if (rift_panel_country(w->panel, list[i]) < 0) {
            rift_diag_at(w->diag, RIFT_ERROR, &w->index->screening.place,
                         "'%s' is not a country of the data; correct or remove it",
                         list[i]);
            good = false;
        }
    }
    return good;
}

rift_status rift_step_screen(rift_work *w)
{
    const rift_screening *how = &w->index->screening;
    bool known = check_names(w, how->include, how->n_include);
    if (!check_names(w, how->exclude, how->n_exclude) || !known) {
        return RIFT_ERR_DATA;
    }
    memset(w->out->screened_out, 0, w->index->n_series);
    screen_series(w);
    for (size_t cell = 0; cell < w->n_cell; cell++) {
        w->out->exclusion[cell] = (uint8_t)reason_of(w, cell);
    }
    balance(w);
    for (size_t i = 0; i < w->index->n_series * w->n_cell; i++) {
        if (w->out->exclusion[i % w->n_cell] != RIFT_RANKED) {
            w->value[i] = NAN;
            w->out->origin[i] = RIFT_ABSENT;
            w->out->age[i] = -1;
        }
    }
    return RIFT_OK;
}
