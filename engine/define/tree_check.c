/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a series is defined as its methods need it: goalposts, targets, denominators,
   units, and keys that would have no effect. */
#include "define/tree.h"

#include "core/diag.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

/* A treatment that changes the unit, and goalposts or targets in the old unit. */
static bool check_unit(const rift_tree_builder *b, const rift_yaml *at,
                       const rift_series *series, const rift_normalise_choice *choice)
{
    const rift_treat_choice *treat =
        series->has_treat ? &series->treat : &b->index->treat;
    const rift_normalisation *method = choice->method;
    bool in_unit =
        method->needs_goalposts || method->needs_target || choice->bands.n > 0;
    const rift_treatment *change =
        treat->method->changes_scale ? treat->method : treat->then;
    if (in_unit && change && change->changes_scale) {
        return rift_yaml_error(b->source, at,
                               "'%s' is scored by %s in its own unit, which the "
                               "treatment %s changes; use 'transformation' instead",
                               series->code, method->name, change->name);
    }
    if (choice->bands.n > 0 && series->transformation.n > 0) {
        return rift_yaml_error(b->source, at,
                               "'%s' has bands in its own unit, which '%s' would "
                               "change; leave the transformation out",
                               series->code, series->transformation.name);
    }
    return true;
}

/* Keys that would have no effect, or an unexpected one. What a result keeps was read
   before these were errors. */
static bool check_idle(const rift_tree_builder *b, const rift_yaml *at,
                       const rift_series *series, const rift_normalisation *method)
{
    bool good = true;
    if (b->source->all && b->source->all->kept) {
        return true;
    }
    if (series->factor != 1 && !series->denominator &&
        series->denomination == rift_denominations) {
        good = rift_yaml_error(b->source, at,
                               "'factor' goes with a 'denominator', which '%s' does "
                               "not have; name it or take 'factor' out",
                               series->code);
    }
    /* a file of series may say of each what some index needs */
    bool own = strcmp(series->place.file, b->source->file) == 0;
    if (own && !isnan(series->target.low) && method->needs_goalposts &&
        !method->needs_target) {
        good = rift_yaml_error(b->source, at,
                               "'target' has no effect on '%s', which is scored by %s; "
                               "use distance-to-target or target-band, or take it out",
                               series->code, method->name);
    }
    return good;
}

/* What holds of one definition of a series. */
static bool check_definition(const rift_tree_builder *b, const rift_yaml *at,
                             const rift_series *series, const rift_aggregation *parent)
{
    const rift_normalise_choice *choice =
        series->normalise.method ? &series->normalise : &b->index->normalise;
    if (!choice->method) {
        return true; /* the index's own was wrong, and reported */
    }
    const rift_normalisation *method = choice->method;
    const rift_transformations_of *change = &series->transformation;
    if (series->denominator &&
        !rift_catalogue_find(b->catalogue, series->denominator)) {
        rift_diag_at(
            b->source->diag, RIFT_ERROR, &series->place,
            "the denominator '%s' of '%s' is not defined; define it as a series",
            series->denominator, series->code);
        return false;
    }
    if (series->denomination != rift_denominations && !series->denominator &&
        series->denomination->needs_denominator) {
        return rift_yaml_error(b->source, at,
                               "'%s' needs a 'denominator' for %s; name the series to "
                               "divide by",
                               series->code, series->denomination->name);
    }
    if (method->needs_target && isnan(choice->target.low) &&
        isnan(series->target.low)) {
        return rift_yaml_error(b->source, at,
                               "'%s' has no target, which '%s' needs; add it",
                               series->code, method->name);
    }
    if (method->needs_goalposts && !series->has_goalposts) {
        return rift_yaml_error(b->source, at,
                               "'%s' has no goalposts, which '%s' needs; add them",
                               series->code, method->name);
    }
    if (method->needs_goalposts &&
        !isfinite(rift_transform(change, series->goalposts.low))) {
        return rift_yaml_error(b->source, at,
                               "the low goalpost %g of '%s' has no %s; raise it or use "
                               "another transformation",
                               series->goalposts.low, series->code, change->name);
    }
    if (method->always_negative && parent->needs_positive) {
        return rift_yaml_error(
            b->source, at,
            "'%s' gives negative scores, which %s does not take; change either",
            method->name, parent->name);
    }
    return check_idle(b, at, series, method) && check_unit(b, at, series, choice);
}

bool rift_tree_check_leaf(const rift_tree_builder *b, const rift_yaml *at,
                          const rift_series *series, const rift_aggregation *parent)
{
    rift_series edition = *series;
    bool good = series->n_edition > 0 || check_definition(b, at, series, parent);
    for (size_t i = 0; good && i < series->n_edition; i++) {
        edition.goalposts = series->edition[i].goalposts;
        good = check_definition(b, at, &edition, parent);
    }
    return good;
}
