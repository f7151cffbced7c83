/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of methods: a row each, which the reader of definitions, `rift list
   settings` and the guide go by. Which methods take one stands in their own rows. */
#include "define/define.h"
#include "rift/method.h"

#include <math.h>
#include <stdio.h>

static bool bands_ascend(const rift_source *source, const rift_yaml *at,
                         const void *choice)
{
    const rift_numbers *bands = &((const rift_normalise_choice *)choice)->bands;
    for (size_t i = 1; i < bands->n; i++) {
        if (!(bands->number[i] > bands->number[i - 1])) {
            return rift_yaml_error(source, at, "'bands' must ascend, found %g after %g",
                                   bands->number[i], bands->number[i - 1]);
        }
    }
    return true;
}

static bool scores_fit(const rift_source *source, const rift_yaml *at,
                       const void *choice)
{
    const rift_normalise_choice *how = choice;
    return how->scores.n == 0 || how->scores.n == how->bands.n + 1 ||
           rift_yaml_error(source, at,
                           "%zu ends make %zu bands, but there are %zu scores",
                           how->bands.n, how->bands.n + 1, how->scores.n);
}

static bool then_differs(const rift_source *source, const rift_yaml *at,
                         const void *choice)
{
    const rift_treat_choice *how = choice;
    return how->then != how->method ||
           rift_yaml_error(source, at, "'then' must be another treatment");
}

static bool combine_has_then(const rift_source *source, const rift_yaml *at,
                             const void *choice)
{
    const rift_treat_choice *how = choice;
    return !how->combine || how->then ||
           rift_yaml_error(source, at, "'combine' has no effect without 'then'");
}

static bool percentiles_ascend(const rift_source *source, const rift_yaml *at,
                               const void *choice)
{
    const rift_treat_choice *how = choice;
    return how->low <= how->high ||
           rift_yaml_error(source, at, "the low percentile is above the high one");
}

static bool force_within_limit(const rift_source *source, const rift_yaml *at,
                               const void *choice)
{
    const rift_treat_choice *how = choice;
    return how->force <= how->limit ||
           rift_yaml_error(source, at, "'force' %d is above 'limit' %d", how->force,
                           how->limit);
}

static bool some_weight(const rift_source *source, const rift_yaml *at,
                        const void *choice)
{
    const rift_numbers *order = &((const rift_aggregate_choice *)choice)->order_weights;
    double sum = 0;
    for (size_t i = 0; i < order->n; i++) {
        sum += order->number[i];
    }
    return order->n == 0 || sum > 0 ||
           rift_yaml_error(source, at,
                           "'order_weights' sum to 0; give at least one a weight");
}

static const rift_setting impute[] = {
    {RIFT_KEY_RANGE("maximum_age", INTEGER, rift_impute_choice, maximum_age, 0, 100),
     .standard = {100}, .help = "years that a value may be carried forward"},
    {RIFT_KEY_EITHER("extrapolate", rift_impute_choice, extrapolate, extrapolation),
     .help = "whether the first and the last value extend beyond their years"},
    {RIFT_KEY("group", TEXT, rift_impute_choice, group),
     .help = "grouping of countries whose centre is taken; else that of all"},
    {RIFT_KEY("on", TEXTS, rift_impute_choice, on),
     .help = "series to learn from; else all others of the index"},
    {RIFT_KEY_RANGE("neighbours", INTEGER, rift_impute_choice, neighbours, 1, 1e4),
     .standard = {5}, .help = "how many countries to take the mean of"},
};

static const rift_setting treat[] = {
    {RIFT_KEY_RANGE("skewness", NUMBER, rift_treat_choice, skewness, 0, 1e6),
     .standard = {2}, .help = "series fail where both this and kurtosis are exceeded"},
    {RIFT_KEY_RANGE("kurtosis", NUMBER, rift_treat_choice, kurtosis, -3, 1e6),
     .standard = {3.5}, .help = "of type 2, above that of a normal"},
    {RIFT_KEY_RANGE("limit", INTEGER, rift_treat_choice, limit, 0, 1e6),
     .standard = {5}, .help = "points to change at most; with ties together, steps"},
    {RIFT_KEY_RANGE("force", INTEGER, rift_treat_choice, force, 0, 1e6),
     .help = "points to change at least, whatever the rule",
     .check = force_within_limit},
    {RIFT_KEY_EITHER("ties", rift_treat_choice, together, tied_points),
     .help = "whether points at the same value move one by one or as one"},
    {RIFT_KEY_METHOD("then", rift_treat_choice, then, treatment),
     .help = "another treatment for what still fails", .check = then_differs},
    {RIFT_KEY("combine", BOOLEAN, rift_treat_choice, combine),
     .help = "`then` takes the winsorised values, not those that came",
     .check = combine_has_then},
    {RIFT_KEY_RANGE("low", NUMBER, rift_treat_choice, low, 0, 100), .standard = {5},
     .help = "percentile to raise values to"},
    {RIFT_KEY_RANGE("high", NUMBER, rift_treat_choice, high, 0, 100), .standard = {95},
     .help = "percentile to lower values to", .check = percentiles_ascend},
    {RIFT_KEY_RANGE("factor", NUMBER, rift_treat_choice, factor, 0, 1e6),
     .standard = {1.5}, .help = "interquartile ranges beyond the quartiles"},
    {RIFT_KEY_RANGE("lambda", NUMBER, rift_treat_choice, lambda, -5, 5),
     .standard = {NAN}, .help = "power of Box and Cox; else the most likely"},
    {RIFT_KEY_RANGE("shift", NUMBER, rift_treat_choice, shift, 1e-12, 1e12),
     .standard = {NAN}, .help = "added to x - min; else 1 % of the range"},
};

static const rift_setting normalise[] = {
    {RIFT_KEY("mean", NUMBER, rift_normalise_choice, mean), .standard = {100},
     .help = "of the scores"},
    {RIFT_KEY_RANGE("sd", NUMBER, rift_normalise_choice, sd, 1e-9, 1e9),
     .standard = {10}, .help = "standard deviation of the scores"},
    {RIFT_KEY("sample", BOOLEAN, rift_normalise_choice, sample),
     .help = "divisor n - 1 instead of n"},
    {RIFT_KEY("reference", TEXT, rift_normalise_choice, reference), .needed = true,
     .help = "code of the country to compare with"},
    {RIFT_KEY("target", TARGET, rift_normalise_choice, target), .standard = {NAN, NAN},
     .help = "best value, or ends of the best values; else the series' own"},
    {RIFT_KEY("bands", NUMBERS, rift_normalise_choice, bands), .needed = true,
     .help = "lower ends of the second band, the third, ...", .check = bands_ascend},
    {RIFT_KEY("scores", NUMBERS, rift_normalise_choice, scores),
     .help = "of each band; else evenly from worst to best", .check = scores_fit},
    {RIFT_KEY_CHOICE("ties", rift_normalise_choice, ties, ties),
     .help = "which of their ranks from the bottom countries at the same value get"},
};

static const rift_setting weigh[] = {
    {{.key = "bounds",
      .kind = RIFT_FIELD_BOUNDS,
      .offset = offsetof(rift_weigh_choice, bounds),
      .low = 0,
      .high = 1},
     .standard = {0, 1},
     .help = "least and largest share of a child"},
    {RIFT_KEY("votes", TEXT, rift_weigh_choice, votes), .needed = true,
     .help = "CSV file: expert, and a column of votes for each child"},
};

static const rift_setting aggregate[] = {
    {RIFT_KEY_RANGE("power", NUMBER, rift_aggregate_choice, power, -100, 100),
     .standard = {1}, .needed = true, .help = "1 arithmetic, 0 geometric, -1 harmonic"},
    {{.key = "order_weights",
      .kind = RIFT_FIELD_NUMBERS,
      .offset = offsetof(rift_aggregate_choice, order_weights),
      .low = 0,
      .high = 1e9},
     .needed = true,
     .help = "of the best score, the second, ...",
     .check = some_weight},
    {RIFT_KEY_EITHER("penalty", rift_aggregate_choice, downward, penalty),
     .standard = {1}, .help = "minus where more is better, plus where it is worse"},
    {RIFT_KEY("sample", BOOLEAN, rift_aggregate_choice, sample),
     .help = "deviations divide by n - 1 instead of n"},
    {RIFT_KEY_RANGE("alpha", NUMBER, rift_aggregate_choice, alpha, 0, 1),
     .standard = {1}, .help = "0 the mean, 1 towards the minimum"},
    {RIFT_KEY_RANGE("beta", NUMBER, rift_aggregate_choice, beta, 0, 1e9),
     .help = "how smoothly the move begins"},
    {{.key = "shares",
      .kind = RIFT_FIELD_BOUNDS,
      .offset = offsetof(rift_aggregate_choice, shares),
      .low = 0,
      .high = 1},
     .standard = {0, 1},
     .help = "least and largest share of a child in the score"},
    {RIFT_KEY("undesirable", TEXTS, rift_aggregate_choice, undesirable),
     .help = "children to be kept small"},
    {RIFT_KEY_RANGE("peers", INTEGER, rift_aggregate_choice, peers, 1, 1e5),
     .standard = {25}, .help = "countries drawn to compare with"},
    {RIFT_KEY_RANGE("draws", INTEGER, rift_aggregate_choice, draws, 1, 1e6),
     .standard = {200}, .help = "how often they are drawn"},
    {RIFT_KEY_RANGE("seed", INTEGER, rift_aggregate_choice, seed, 0, 2e9),
     .standard = {1}, .help = "of the draws"},
};

#define FORM(name, word, kind, standard_row, at)                                       \
    const rift_choice_form rift_##name##_form = {.key = word,                          \
                                                 .methods = &rift_choose_##kind,       \
                                                 .method = standard_row,               \
                                                 .setting = name,                      \
                                                 .n_setting =                          \
                                                     sizeof name / sizeof *name,       \
                                                 .size = sizeof(rift_##name##_choice), \
                                                 .place = at}
#define METHOD_FIRST(name)                                                             \
    _Static_assert(offsetof(rift_##name##_choice, method) == 0, "the method is first")

METHOD_FIRST(impute);
METHOD_FIRST(treat);
METHOD_FIRST(normalise);
METHOD_FIRST(weigh);
METHOD_FIRST(aggregate);

FORM(impute, "imputation", imputation, rift_imputations,
     offsetof(rift_impute_choice, place));
FORM(treat, "treatment", treatment, rift_treatments, 0);
FORM(normalise, "normalisation", normalisation, NULL, 0);
FORM(weigh, "weighting", weighting, rift_weightings,
     offsetof(rift_weigh_choice, place));
FORM(aggregate, "aggregation", aggregation, rift_aggregations, 0);

/* "average, min or max" */
static void put_names(const rift_choices *choices, char *out, size_t size)
{
    size_t at = 0, n = *choices->n;
    for (size_t i = 0; i < n && at < size; i++) {
        const char *before = i == 0 ? "" : i + 1 < n ? ", " : " or ";
        at += (size_t)snprintf(out + at, size - at, "%s%s", before, choices->name(i));
    }
}

/* "number from 0 to 1" */
static void put_takes(const rift_field *field, char *out, size_t size)
{
    static const char *const kind[] = {[RIFT_FIELD_TEXT] = "text",
                                       [RIFT_FIELD_NUMBER] = "number",
                                       [RIFT_FIELD_INTEGER] = "whole number",
                                       [RIFT_FIELD_BOOLEAN] = "true or false",
                                       [RIFT_FIELD_METHOD] = "method",
                                       [RIFT_FIELD_TEXTS] = "list of codes",
                                       [RIFT_FIELD_NUMBERS] = "list of numbers",
                                       [RIFT_FIELD_BOUNDS] = "{low, high}",
                                       [RIFT_FIELD_TARGET] = "number or {low, high}"};
    if (field->kind == RIFT_FIELD_EITHER) {
        snprintf(out, size, "%s or %s", field->choices->name(0),
                 field->choices->name(1));
    } else if (field->kind == RIFT_FIELD_CHOICE) {
        put_names(field->choices, out, size);
    } else if (field->low != 0 || field->high != 0) {
        snprintf(out, size, "%s from %g to %g", kind[field->kind], field->low,
                 field->high);
    } else {
        snprintf(out, size, "%s", kind[field->kind]);
    }
}

static void put_standard(const rift_setting *setting, char *out, size_t size)
{
    const rift_field *field = &setting->field;
    double x = setting->standard[0];
    out[0] = '\0';
    if (setting->needed || isnan(x)) {
        return;
    }
    if (field->kind == RIFT_FIELD_NUMBER || field->kind == RIFT_FIELD_INTEGER) {
        snprintf(out, size, "%g", x);
    } else if (field->kind == RIFT_FIELD_BOUNDS) {
        snprintf(out, size, "{%g, %g}", x, setting->standard[1]);
    } else if (field->kind == RIFT_FIELD_BOOLEAN) {
        snprintf(out, size, "%s", x != 0 ? "true" : "false");
    } else if (field->kind == RIFT_FIELD_EITHER || field->kind == RIFT_FIELD_CHOICE) {
        snprintf(out, size, "%s", field->choices->name((size_t)x));
    }
}

bool rift_setting_describe(size_t i, rift_setting_info *info)
{
    const rift_choice_form *const form[] = {&rift_impute_form, &rift_treat_form,
                                            &rift_normalise_form, &rift_weigh_form,
                                            &rift_aggregate_form};
    for (size_t k = 0; k < sizeof form / sizeof *form; k++) {
        if (i < form[k]->n_setting) {
            const rift_setting *setting = &form[k]->setting[i];
            *info = (rift_setting_info){.step = form[k]->key,
                                        .key = setting->field.key,
                                        .help = setting->help,
                                        .needed = setting->needed};
            put_takes(&setting->field, info->takes, sizeof info->takes);
            put_standard(setting, info->standard, sizeof info->standard);
            return true;
        }
        i -= form[k]->n_setting;
    }
    return false;
}
