/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Methods and what they are told: a name alone, or a map of `method` and settings.
   Which settings a method takes stands in its row; any other would have no effect and
   is an error. */
#include "define/define.h"

#include "core/diag.h"
#include "core/text.h"

#include <math.h>
#include <string.h>

const rift_normalise_choice rift_normalise_standard = {
    .mean = 100, .sd = 10, .target = {NAN, NAN}};
const rift_treat_choice rift_treat_standard = {.method = rift_treatments,
                                               .skewness = 2,
                                               .kurtosis = 3.5,
                                               .limit = 5,
                                               .low = 5,
                                               .high = 95,
                                               .factor = 1.5,
                                               .lambda = NAN};
const rift_weigh_choice rift_weigh_standard = {.method = rift_weightings, .high = 1};
const rift_aggregate_choice rift_aggregate_standard = {.method = rift_aggregations,
                                                       .power = 1,
                                                       .alpha = 1,
                                                       .downward = true,
                                                       .high = 1,
                                                       .peers = 25,
                                                       .draws = 200,
                                                       .seed = 1};

/* How a step's choices are written; the first field is `method`. */
typedef struct form {
    const char *key; /* of the step */
    const rift_field *field;
    size_t n_field;
    const char *(*settings)(const void *row);
} form;

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; (at = strstr(at, word)); at += n) {
        bool starts = at == list || at[-1] == ' ';
        if (starts && (at[n] == ' ' || at[n] == '\0')) {
            return true;
        }
    }
    return false;
}

/* Settings without which their method cannot do anything. */
static bool is_required(const char *key)
{
    return has_word("power order_weights reference bands votes", key);
}

static bool check_settings(const rift_source *source, const rift_yaml *node,
                           const form *form, const void *row)
{
    const char *takes = form->settings(row);
    const char *name = *(const char *const *)row; /* every row begins with it */
    bool good = true;
    for (size_t i = 0; node->kind == RIFT_YAML_MAP && i + 1 < node->n_item; i += 2) {
        const char *key = node->item[i]->text;
        if (strcmp(key, "method") != 0 && strncmp(key, "x-", 2) != 0 &&
            !has_word(takes, key)) {
            good =
                rift_yaml_error(source, node->item[i], "'%s' has no effect on %s; %s%s",
                                key, name, *takes ? "it takes " : "take it out", takes);
        }
    }
    for (size_t k = 1; k < form->n_field; k++) {
        const char *key = form->field[k].key;
        if (is_required(key) && has_word(takes, key) && !rift_yaml_get(node, key)) {
            good = rift_yaml_error(source, node,
                                   "%s needs '%s'; write %s: {method: %s, %s: ...}",
                                   name, key, form->key, name, key);
        }
    }
    return good;
}

/* The row that field 0 has filled. */
static const void *row_of(const form *form, const void *out)
{
    const void *row;
    memcpy(&row, (const char *)out + form->field[0].offset, sizeof row);
    return row;
}

static bool read_choice(const rift_source *source, const rift_yaml *node,
                        const form *form, void *out)
{
    if (node->kind != RIFT_YAML_MAP) {
        rift_yaml key = {.kind = RIFT_YAML_SCALAR, .text = form->key};
        rift_yaml *item[] = {&key, (rift_yaml *)node};
        rift_yaml map = {
            .kind = RIFT_YAML_MAP, .item = item, .n_item = 2, .place = node->place};
        rift_field named = form->field[0];
        named.key = form->key;
        return rift_yaml_fields(source, &map, &named, 1, form->key, out) &&
               check_settings(source, node, form, row_of(form, out));
    }
    return rift_yaml_fields(source, node, form->field, form->n_field, form->key, out) &&
           check_settings(source, node, form, row_of(form, out));
}

bool rift_bounds_read(const rift_source *source, const rift_yaml *node,
                      const char *what, rift_goalposts inside, rift_goalposts *out)
{
    const rift_field field[] = {
        RIFT_KEY_RANGE("low", NUMBER, rift_goalposts, low, inside.low, inside.high),
        RIFT_KEY_RANGE("high", NUMBER, rift_goalposts, high, inside.low, inside.high),
    };
    rift_goalposts read = *out;
    if (!rift_yaml_fields(source, node, field, 2, what, &read)) {
        return false;
    }
    if (read.low > read.high) {
        return rift_yaml_error(source, node,
                               "the low end %g of %s is above the high %g", read.low,
                               what, read.high);
    }
    *out = read;
    return true;
}

static const char *normalise_settings(const void *row)
{
    return ((const rift_normalisation *)row)->settings;
}

typedef struct normalise_read {
    rift_normalise_choice choice;
    rift_numbers bands, scores;
    const rift_yaml *target;
} normalise_read;

bool rift_target_read(const rift_source *source, const rift_yaml *node,
                      rift_goalposts *out)
{
    static const rift_goalposts anywhere = {0, 0};
    if (node->kind == RIFT_YAML_MAP) {
        rift_goalposts band = {NAN, NAN};
        bool good = rift_bounds_read(source, node, "'target'", anywhere, &band);
        if (good && (isnan(band.low) || isnan(band.high))) {
            good =
                rift_yaml_error(source, node, "'target' needs both 'low' and 'high'");
        }
        *out = band;
        return good;
    }
    double x;
    if (node->kind != RIFT_YAML_SCALAR ||
        !rift_number_read(node->text, strlen(node->text), &x)) {
        return rift_yaml_error(source, node,
                               "'target' must be a number, or {low, high}");
    }
    *out = (rift_goalposts){x, x};
    return true;
}

static bool check_bands(const rift_source *source, const rift_yaml *node,
                        const normalise_read *read)
{
    for (size_t i = 1; i < read->bands.n; i++) {
        if (!(read->bands.number[i] > read->bands.number[i - 1])) {
            return rift_yaml_error(source, rift_yaml_get(node, "bands"),
                                   "'bands' must ascend, found %g behind %g",
                                   read->bands.number[i], read->bands.number[i - 1]);
        }
    }
    return read->scores.n == 0 || read->scores.n == read->bands.n + 1 ||
           rift_yaml_error(source, rift_yaml_get(node, "scores"),
                           "%zu ends make %zu bands, but there are %zu scores",
                           read->bands.n, read->bands.n + 1, read->scores.n);
}

bool rift_normalise_read(const rift_source *source, const rift_yaml *node,
                         rift_normalise_choice *out)
{
    const rift_field field[] = {
        RIFT_NEED_METHOD("method", normalise_read, choice.method, normalisation),
        RIFT_KEY("mean", NUMBER, normalise_read, choice.mean),
        RIFT_KEY_RANGE("sd", NUMBER, normalise_read, choice.sd, 1e-9, 1e9),
        RIFT_KEY("sample", BOOLEAN, normalise_read, choice.sample),
        RIFT_KEY("reference", TEXT, normalise_read, choice.reference),
        RIFT_KEY("target", NODE, normalise_read, target),
        RIFT_KEY("bands", NUMBERS, normalise_read, bands),
        RIFT_KEY("scores", NUMBERS, normalise_read, scores),
    };
    const form form = {"normalisation", field, sizeof field / sizeof *field,
                       normalise_settings};
    normalise_read read = {.choice = rift_normalise_standard};
    bool good = read_choice(source, node, &form, &read);
    good = good &&
           (!read.target || rift_target_read(source, read.target, &read.choice.target));
    read.choice.has_target = read.target != NULL;
    good = good && check_bands(source, node, &read);
    read.choice.n_band = read.bands.n;
    read.choice.band = read.bands.number;
    read.choice.band_score = read.scores.number;
    if (read.choice.method) {
        *out = read.choice;
    }
    return good;
}

static const char *treat_settings(const void *row)
{
    return ((const rift_treatment *)row)->settings;
}

bool rift_treat_read(const rift_source *source, const rift_yaml *node,
                     rift_treat_choice *out)
{
    const rift_field field[] = {
        RIFT_NEED_METHOD("method", rift_treat_choice, method, treatment),
        RIFT_KEY_RANGE("skewness", NUMBER, rift_treat_choice, skewness, 0, 1e6),
        RIFT_KEY_RANGE("kurtosis", NUMBER, rift_treat_choice, kurtosis, -3, 1e6),
        RIFT_KEY_RANGE("limit", INTEGER, rift_treat_choice, limit, 0, 1e6),
        RIFT_KEY_RANGE("force", INTEGER, rift_treat_choice, force, 0, 1e6),
        RIFT_KEY_METHOD("then", rift_treat_choice, then, treatment),
        RIFT_KEY_RANGE("low", NUMBER, rift_treat_choice, low, 0, 100),
        RIFT_KEY_RANGE("high", NUMBER, rift_treat_choice, high, 0, 100),
        RIFT_KEY_RANGE("factor", NUMBER, rift_treat_choice, factor, 0, 1e6),
        RIFT_KEY_RANGE("lambda", NUMBER, rift_treat_choice, lambda, -5, 5),
    };
    const form form = {"treatment", field, sizeof field / sizeof *field,
                       treat_settings};
    rift_treat_choice read = rift_treat_standard;
    if (!read_choice(source, node, &form, &read)) {
        return false;
    }
    if (read.then == read.method && read.then != rift_treatments) {
        return rift_yaml_error(source, rift_yaml_get(node, "then"),
                               "'then' must be another treatment");
    }
    if (read.low > read.high) {
        return rift_yaml_error(source, node,
                               "the low percentile is above the high one");
    }
    if (read.force > read.limit) {
        return rift_yaml_error(source, rift_yaml_get(node, "force"),
                               "'force' %d is above 'limit' %d", read.force,
                               read.limit);
    }
    read.then = read.then == rift_treatments ? NULL : read.then;
    *out = read;
    return true;
}

static const char *impute_settings(const void *row)
{
    return ((const rift_imputation *)row)->settings;
}

typedef struct impute_read {
    rift_impute_choice choice;
    int extrapolate;
    rift_texts on;
} impute_read;

static bool read_step(const rift_source *source, const rift_yaml *node,
                      rift_impute_choice *out)
{
    const rift_field field[] = {
        RIFT_NEED_METHOD("method", impute_read, choice.method, imputation),
        RIFT_KEY_RANGE("maximum_age", INTEGER, impute_read, choice.maximum_age, 0, 100),
        RIFT_KEY_CHOICE("extrapolate", impute_read, extrapolate, extrapolation),
        RIFT_KEY("group", TEXT, impute_read, choice.group),
        RIFT_KEY("on", TEXTS, impute_read, on),
        RIFT_KEY_RANGE("neighbours", INTEGER, impute_read, choice.neighbours, 1, 1e4),
    };
    const form form = {"imputation", field, sizeof field / sizeof *field,
                       impute_settings};
    impute_read read = {
        .choice = {.method = rift_imputations, .maximum_age = 100, .neighbours = 5}};
    bool good = read_choice(source, node, &form, &read);
    read.choice.extrapolate = read.extrapolate == 1;
    read.choice.n_on = read.on.n;
    read.choice.on = read.on.text;
    read.choice.place = node->place;
    *out = read.choice;
    return good;
}

bool rift_impute_read(const rift_source *source, const rift_yaml *node, size_t *n,
                      const rift_impute_choice **out)
{
    bool list = node->kind == RIFT_YAML_LIST, good = true;
    size_t n_step = list ? node->n_item : 1;
    rift_impute_choice *step =
        rift_arena_alloc(source->arena, n_step + 1, sizeof *step);
    if (!step) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < n_step; i++) {
        good &= read_step(source, list ? node->item[i] : node, &step[i]);
    }
    *n = n_step;
    *out = step;
    return good;
}

static const char *weigh_settings(const void *row)
{
    return ((const rift_weighting *)row)->settings;
}

typedef struct weigh_read {
    rift_weigh_choice choice;
    const rift_yaml *bounds;
} weigh_read;

bool rift_weigh_read(const rift_source *source, const rift_yaml *node,
                     rift_weigh_choice *out)
{
    const rift_field field[] = {
        RIFT_NEED_METHOD("method", weigh_read, choice.method, weighting),
        RIFT_KEY("bounds", NODE, weigh_read, bounds),
        RIFT_KEY("votes", TEXT, weigh_read, choice.votes),
    };
    const form form = {"weighting", field, sizeof field / sizeof *field,
                       weigh_settings};
    weigh_read read = {.choice = rift_weigh_standard};
    bool good = read_choice(source, node, &form, &read);
    rift_goalposts bounds = {0, 1};
    if (read.bounds) {
        good =
            rift_bounds_read(source, read.bounds, "'bounds'", bounds, &bounds) && good;
    }
    read.choice.low = bounds.low;
    read.choice.high = bounds.high;
    read.choice.place = node->place;
    *out = read.choice;
    return good;
}

static const char *aggregate_settings(const void *row)
{
    return ((const rift_aggregation *)row)->settings;
}

typedef struct aggregate_read {
    rift_aggregate_choice choice;
    int penalty;
    rift_numbers order;
    rift_texts undesirable;
    const rift_yaml *shares;
} aggregate_read;

bool rift_aggregate_read(const rift_source *source, const rift_yaml *node,
                         rift_aggregate_choice *out)
{
    const rift_field field[] = {
        RIFT_NEED_METHOD("method", aggregate_read, choice.method, aggregation),
        RIFT_KEY_RANGE("power", NUMBER, aggregate_read, choice.power, -100, 100),
        {.key = "order_weights",
         .kind = RIFT_FIELD_NUMBERS,
         .offset = offsetof(aggregate_read, order),
         .low = 0,
         .high = 1e9},
        RIFT_KEY_CHOICE("penalty", aggregate_read, penalty, penalty),
        RIFT_KEY_RANGE("alpha", NUMBER, aggregate_read, choice.alpha, 0, 1),
        RIFT_KEY_RANGE("beta", NUMBER, aggregate_read, choice.beta, 0, 1e9),
        RIFT_KEY("shares", NODE, aggregate_read, shares),
        RIFT_KEY("undesirable", TEXTS, aggregate_read, undesirable),
        RIFT_KEY_RANGE("peers", INTEGER, aggregate_read, choice.peers, 1, 1e5),
        RIFT_KEY_RANGE("draws", INTEGER, aggregate_read, choice.draws, 1, 1e6),
        RIFT_KEY_RANGE("seed", INTEGER, aggregate_read, choice.seed, 0, 2e9),
    };
    const form form = {"aggregation", field, sizeof field / sizeof *field,
                       aggregate_settings};
    aggregate_read read = {.choice = rift_aggregate_standard, .penalty = 1};
    bool good = read_choice(source, node, &form, &read);
    double sum = 0;
    for (size_t i = 0; i < read.order.n; i++) {
        sum += read.order.number[i];
    }
    if (good && read.order.n > 0 && !(sum > 0)) {
        good = rift_yaml_error(source, rift_yaml_get(node, "order_weights"),
                               "'order_weights' sum to 0; give at least one a weight");
    }
    rift_goalposts shares = {0, 1};
    if (read.shares) {
        good =
            rift_bounds_read(source, read.shares, "'shares'", shares, &shares) && good;
    }
    read.choice.low = shares.low;
    read.choice.high = shares.high;
    read.choice.downward = read.penalty == 1;
    read.choice.n_order = read.order.n;
    read.choice.order_weight = read.order.number;
    read.choice.n_undesirable = read.undesirable.n;
    read.choice.undesirable = read.undesirable.text;
    *out = read.choice;
    return good;
}
