/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share: names of methods, a catalogue of series. */
#ifndef RIFT_DEFINE_DEFINE_H
#define RIFT_DEFINE_DEFINE_H

#include "define/definitions.h"

/** Rows of the tables of methods as choices for a field. */
extern const rift_choices rift_choose_transformation, rift_choose_denomination,
    rift_choose_imputation, rift_choose_treatment, rift_choose_normalisation,
    rift_choose_penalty, rift_choose_extrapolation, rift_choose_weighting,
    rift_choose_aggregation, rift_choose_measure, rift_choose_chart,
    rift_choose_polarity, rift_choose_layer, rift_choose_department, rift_choose_scope,
    rift_choose_entities, rift_choose_sample, rift_choose_on_conflict;

/** Series from any number of files, and the texts those came from. */
typedef struct rift_catalogue {
    rift_arena *arena;
    rift_diag *diag;
    rift_series *series;
    size_t n_series, capacity;
    rift_definitions all; /**< definition files read so far */
} rift_catalogue;

/** Read a YAML file into the catalogue's arena and remember its text. */
RIFT_CHECKED rift_status rift_catalogue_open(rift_catalogue *catalogue,
                                             rift_definition *file, rift_source *source,
                                             rift_yaml **root);

/** Read a list of series; false after an error. */
bool rift_catalogue_add(rift_catalogue *catalogue, const rift_source *source,
                        const rift_yaml *list);

/** Read a file of series that a definition names; false after an error. */
bool rift_catalogue_add_named(rift_catalogue *catalogue, const rift_source *source,
                              const rift_location *place, const char *said);

/** Read a file of series. */
bool rift_catalogue_add_file(rift_catalogue *catalogue, const char *path);

const rift_series *rift_catalogue_find(const rift_catalogue *catalogue,
                                       const char *code);

/** The code nearest to a misspelt one, or NULL. */
const char *rift_catalogue_nearest(const rift_catalogue *catalogue, const char *code);

/** Read goalposts {low, high, source} of a series. */
bool rift_goalposts_read(const rift_source *source, const rift_yaml *node,
                         rift_series *series);

/** What methods do where nothing is said. */
extern const rift_normalise_choice rift_normalise_standard;
extern const rift_treat_choice rift_treat_standard;
extern const rift_weigh_choice rift_weigh_standard;
extern const rift_aggregate_choice rift_aggregate_standard;

/** Read a method and its settings: a name alone, or a map with `method`. Settings that
    the method does not take are errors, and so are those that it lacks. */
bool rift_normalise_read(const rift_source *source, const rift_yaml *node,
                         rift_normalise_choice *out);
bool rift_treat_read(const rift_source *source, const rift_yaml *node,
                     rift_treat_choice *out);
bool rift_weigh_read(const rift_source *source, const rift_yaml *node,
                     rift_weigh_choice *out);
bool rift_aggregate_read(const rift_source *source, const rift_yaml *node,
                         rift_aggregate_choice *out);
/** One step, or a list of them. */
bool rift_impute_read(const rift_source *source, const rift_yaml *node, size_t *n,
                      const rift_impute_choice **out);

/** Read {low, high} with low <= high; `inside` bounds both. */
bool rift_bounds_read(const rift_source *source, const rift_yaml *node,
                      const char *what, rift_goalposts inside, rift_goalposts *out);

/** Read the experts' votes on the children of a node from a CSV file: `expert`, then a
    column for each child. */
bool rift_votes_read(rift_catalogue *catalogue, const rift_source *source,
                     const char *const *child, size_t n, rift_weigh_choice *choice);

/** Read a target: a number, or {low, high}. */
bool rift_target_read(const rift_source *source, const rift_yaml *node,
                      rift_goalposts *out);

/** Read {low, high}, either of which may be left out, beyond which values are capped.
 */
bool rift_cap_read(const rift_source *source, const rift_yaml *node,
                   rift_series *series);

/** Read an index file; its series files join the catalogue. */
bool rift_index_read(rift_catalogue *catalogue, rift_definition *file,
                     rift_index *index);

/** What a node takes from its index where it says nothing itself. */
typedef struct rift_tree_defaults {
    double layer_coverage;
    rift_aggregate_choice aggregate;
    rift_weigh_choice weigh;
} rift_tree_defaults;

/** Turn the nodes of an index file into the tree of an index. */
bool rift_tree_build(rift_catalogue *catalogue, const rift_source *source,
                     const rift_yaml *nodes, const rift_tree_defaults *defaults,
                     rift_index *index);

/** Room for one more element of an arena's growing array; false when memory is short.
 */
bool rift_arena_grow(rift_arena *arena, void *array, size_t n, size_t *capacity,
                     size_t size);

#endif
