/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of this room share: names of methods, a catalogue of series. */
#ifndef RIFT_DEFINE_DEFINE_H
#define RIFT_DEFINE_DEFINE_H

#include "core/codes.h"
#include "define/definitions.h"

#include <math.h>

/** The keys of a rift_score_scale, a member of `type`, and one of which nothing is
 * said. */
#define RIFT_SCALE_KEYS(type, member)                                                  \
    RIFT_KEY_CHOICE("clip", type, member.clip, truth),                                 \
        RIFT_KEY_RANGE("worst_score", NUMBER, type, member.worst_score, -1e6, 1e6),    \
        RIFT_KEY_RANGE("best_score", NUMBER, type, member.best_score, -1e6, 1e6),      \
        RIFT_KEY("limits", BOUNDS, type, member.limits)
#define RIFT_SCALE_UNSAID ((rift_score_scale){-1, NAN, NAN, {NAN, NAN}})

/** Years before and after all others, where `from` and `to` are not said. */
enum { RIFT_YEAR_FIRST = -9999, RIFT_YEAR_LAST = 9999 };

/** Rows of the tables of methods as choices for a field. */
extern const rift_choices rift_choose_transformation, rift_choose_denomination,
    rift_choose_imputation, rift_choose_treatment, rift_choose_normalisation,
    rift_choose_penalty, rift_choose_extrapolation, rift_choose_weighting,
    rift_choose_aggregation, rift_choose_polarity, rift_choose_layer,
    rift_choose_department, rift_choose_scope, rift_choose_entities,
    rift_choose_relative, rift_choose_flags, rift_choose_sample,
    rift_choose_on_conflict, rift_choose_aim, rift_choose_ties, rift_choose_tied_points,
    rift_choose_ranking, rift_choose_truth;

/** Series from any number of files, and the texts those came from. */
typedef struct rift_catalogue {
    rift_arena *arena;
    rift_diag *diag;
    rift_series *series;
    size_t n_series, capacity;
    rift_codes codes;                /**< rows of series by their codes */
    rift_definitions all;            /**< definition files read so far */
    const rift_index_choice *choice; /**< what is chosen of the index; may be NULL */
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

/** Read a transformation, or a list of them that are taken in order. */
bool rift_transformations_read(const rift_source *source, const rift_yaml *node,
                               rift_transformations_of *out);

/** Read goalposts {low, high, source} of a series, or a list of such with the years
    `from` and `to` that each holds in. */
bool rift_goalposts_read(const rift_source *source, const rift_yaml *node,
                         rift_series *series);

/** A setting of a step's methods: its field, and what it is where nothing is said. */
typedef struct rift_setting {
    rift_field field;
    double
        standard[2]; /**< of numbers, and of both ends of bounds; the rest is empty */
    const char *help;
    bool needed; /**< by every method that takes it */
    /** More that must hold of a choice; `at` is the setting, or the map without it. */
    bool (*check)(const rift_source *source, const rift_yaml *at, const void *choice);
} rift_setting;

/** How a step's choice is written: its settings, in a struct that begins with `method`.
 */
typedef struct rift_choice_form {
    const char *key; /**< "aggregation" */
    const rift_choices *methods;
    const void *method; /**< where none is said; NULL: somebody else's */
    const rift_setting *setting;
    size_t n_setting, size;
    size_t place; /**< offset of its rift_location; 0: it has none */
} rift_choice_form;

extern const rift_choice_form rift_impute_form, rift_treat_form, rift_normalise_form,
    rift_weigh_form, rift_aggregate_form;

/** A choice where nothing is said. */
void rift_choice_standard(const rift_choice_form *form, void *choice);

/**
 * Set an option from n words, checked for their form alone: whether what they name is
 * there depends on a study or a result.
 *
 * @param arena  owns what is kept of the words
 * @param why    gets what is wrong, new, to be freed; NULL after a failure where memory
 *               ran out
 * @return       false where a word is not of the option's form
 */
bool rift_option_set(const rift_option *option, const char *const *word, size_t n,
                     rift_arena *arena, rift_options *options, char **why);

/** Whether a list of words, one space between two, has a word. */
bool rift_has_word(const char *list, const char *word);

/** Read a method and its settings: a name alone, or a map with `method`. Settings that
    the method does not take are errors, and so are those that it lacks. `out` is
   untouched after an error. */
bool rift_choice_read(const rift_source *source, const rift_yaml *node,
                      const rift_choice_form *form, void *out);
/** One step, or a list of them. */
bool rift_impute_read(const rift_source *source, const rift_yaml *node, size_t *n,
                      const rift_impute_choice **out);

/** Read the experts' votes on the children of a node from a CSV file: `expert`, then a
    column for each child. */
bool rift_votes_read(rift_catalogue *catalogue, const rift_source *source,
                     const char *const *child, size_t n, rift_weigh_choice *choice);

/** Series of an index, or of all files of series of a study; nodes of an index. */
enum { RIFT_SERIES_LIMIT = 10000, RIFT_NODE_LIMIT = 4096 };

enum { RIFT_LINKS_BYTES = 16 * 1024 * 1024 };
/**
 * Read a file of links from its text: columns from, to, weight, and where weights
 * change year. Errors, each at its cell and all at once: a weight that is no number or
 * below 0, a year that is none, a country that is missing or linked to itself, a link
 * that stands twice, no link at all. Whether countries are known is asked when a result
 * is.
 *
 * @param arena  owns what is kept
 * @param out    untouched after an error
 */
bool rift_links_parse(const char *file, const char *text, rift_arena *arena,
                      rift_diag *diag, rift_link_options *out);

/** Read {low, high}, either of which may be omitted, beyond which values are capped.
 */
bool rift_cap_read(const rift_source *source, const rift_yaml *node,
                   rift_series *series);

/** Take out what a choice leaves out of an index; false after an error. */
bool rift_index_leave_out(const rift_source *source, rift_yaml *root,
                          const rift_index_choice *choice);

/** Read the sets of weights of an index whose tree is there; false after an error. */
bool rift_weight_sets_read(const rift_source *source, const rift_yaml *list,
                           rift_index *index);
/** Use one of them; `at` is what names it, NULL: whoever asked for a variant. */
bool rift_weight_set_choose(const rift_source *source, const rift_yaml *at,
                            const char *name, rift_index *index);

/** Read the block `balance` of an index whose tree is there; false after an error. */
bool rift_balance_read(const rift_source *source, const rift_yaml *at,
                       rift_index *index);

/** Turn a country that a definition names, by a code or a name, into its alpha-3 code;
    an error where there is no such country. */
/** {breaks: [years], relative: edition, survey: [years], flags: ignore} of a series. */
bool rift_comparable_read(const rift_source *source, const rift_yaml *node,
                          rift_comparable *out);

bool rift_country_said(rift_diag *diag, const rift_location *place, const char **code);

/** The same of all that an index of countries names; `place` is of its normalisation.
 */
bool rift_index_countries(rift_diag *diag, const rift_location *place,
                          rift_index *index);

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

/** Room for one more element of an arena's growing array; false when memory runs out.
 */
bool rift_arena_grow(rift_arena *arena, void *array, size_t n, size_t *capacity,
                     size_t size);

/** Why a code is none of a study, and what to do; NULL where it is one. Files are named
   by it, so it must be a name of a file on any system. */
const char *rift_study_code_fault(const char *code);

#endif
