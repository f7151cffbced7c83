/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before the chain: series too large or too near 0 for squares and products get a unit
   of their own, so that nothing computed of them overflows or vanishes. */
#include "core/diag.h"
#include "core/number.h"
#include "core/text.h"
#include "core/unit.h"
#include "index/chain.h"
#include "panel/panel.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_number(double x)
{
    return !isnan(x);
}

static bool imputes(const rift_index *index, const rift_series *series)
{
    size_t n;
    const rift_impute_choice *step = rift_series_impute(index, series, &n);
    bool any = false;
    for (size_t k = 0; k < n; k++) {
        any = any || step[k].method->apply;
    }
    return any;
}

/* Whether a definition says numbers in the series' unit, or divides by another's. */
static bool names_its_unit(const rift_index *index, const rift_series *series)
{
    const rift_normalise_choice *normalise = rift_series_normalise(index, series);
    const rift_normalisation *method = normalise->method;
    return series->denominator || !series->denomination->needs_denominator ||
           series->has_goalposts || series->n_edition > 0 || series->n_period > 0 ||
           series->transformation.n > 0 || is_number(series->target.low) ||
           is_number(series->target.high) || is_number(series->low_cap) ||
           is_number(series->high_cap) || imputes(index, series) ||
           rift_series_treat(index, series)->method != rift_treatments ||
           method->needs_goalposts || method->needs_target ||
           strcmp(method->name, "bands") == 0 || strcmp(method->name, "none") == 0;
}

static bool is_one_of(const char *code, const char *const *list, size_t n)
{
    bool is = false;
    for (size_t i = 0; !is && i < n; i++) {
        is = list[i] && strcmp(list[i], code) == 0;
    }
    return is;
}

/* Whether values of a row can be in another unit without anything else changing. */
static bool may_change(const rift_index *index, const char *code,
                       const char *const *as_is, size_t n_as_is)
{
    bool may = !is_one_of(code, as_is, n_as_is);
    for (size_t s = 0; s < index->n_series; s++) {
        const rift_series *series = &index->series[s];
        bool is = strcmp(series->code, code) == 0;
        bool divides = series->denominator && strcmp(series->denominator, code) == 0;
        may = may && !divides && !(is && names_its_unit(index, series));
    }
    return may;
}

/* The double nearest to it, which pow does not promise. */
static double power_of_ten(int power)
{
    char text[16];
    snprintf(text, sizeof text, "1e%d", power);
    return strtod(text, NULL);
}

/* x 10^-power; in two steps where 10^-power is beyond what a double holds. */
static double scaled(double x, int power)
{
    if (power > 0) {
        return x / power_of_ten(power);
    }
    int second = power < -300 ? -300 - power : 0;
    return x * power_of_ten(-power - second) * power_of_ten(second);
}

/* Values that are so small in the new unit that they lose digits, or become 0; the
   first of them. */
static size_t count_lost(const double *value, size_t n, int power, size_t *first)
{
    size_t lost = 0;
    *first = n;
    for (size_t i = 0; i < n; i++) {
        if (value[i] != 0 && fabs(scaled(value[i], power)) < DBL_MIN) {
            *first = lost++ == 0 ? i : *first;
        }
    }
    return lost;
}

static void tell(const rift_panel *panel, size_t row, size_t at, int power,
                 rift_diag *diag)
{
    const double *value = panel->value + rift_panel_at(panel, row, 0);
    size_t n = panel->n_year * panel->n_country, first, n_country = panel->n_country;
    size_t lost = count_lost(value, n, power, &first);
    rift_diag_at(
        diag, RIFT_WARNING, NULL,
        "'%s' of %s in %d is %.6g, %s; '%s' is computed with, kept and told in "
        "units of 1e%d",
        panel->indicator[row], panel->country[at % n_country],
        panel->year[at / n_country], value[at],
        power > 0 ? "above 1e60" : "the largest and below 1e-60", panel->indicator[row],
        power);
    if (lost > 0) {
        rift_diag_at(diag, RIFT_WARNING, NULL,
                     "%zu values of '%s', such as %.6g of %s in %d, are so small in "
                     "units of 1e%d that they lose digits or become 0",
                     lost, panel->indicator[row], value[first],
                     panel->country[first % n_country], panel->year[first / n_country],
                     power);
    }
}

static bool change_unit(rift_panel *panel, size_t row, int power)
{
    double *value = panel->value + rift_panel_at(panel, row, 0);
    char *text = rift_unit_in_power(power, panel->unit[row]);
    if (!text) {
        return false;
    }
    free(panel->unit[row]);
    panel->unit[row] = text;
    for (size_t i = 0; i < panel->n_year * panel->n_country; i++) {
        value[i] = scaled(value[i], power);
    }
    return true;
}

rift_status rift_panel_fit_units(rift_panel *panel, const rift_index *index,
                                 const char *const *as_is, size_t n_as_is,
                                 rift_diag *diag)
{
    size_t n = panel->n_year * panel->n_country;
    for (size_t i = 0; i < panel->n_indicator; i++) {
        const double *value = panel->value + rift_panel_at(panel, i, 0);
        size_t at = rift_values_largest(value, n);
        if (at == n || rift_value_fits(value[at]) ||
            !may_change(index, panel->indicator[i], as_is, n_as_is)) {
            continue;
        }
        int power = 3 * (int)floor(log10(fabs(value[at])) / 3);
        tell(panel, i, at, power, diag);
        if (!change_unit(panel, i, power)) {
            return rift_diag_memory(diag);
        }
    }
    return RIFT_OK;
}
