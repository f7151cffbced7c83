/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every analysis, in the order in which they are listed and made. */
#include "audit/audit.h"

#include <string.h>

/* Each stands in the file of its analysis. */
extern const rift_analysis rift_analysis_inequality, rift_analysis_levels,
    rift_analysis_gaps, rift_analysis_income_adjusted, rift_analysis_split,
    rift_analysis_split_groups, rift_analysis_nested, rift_analysis_gini_sources,
    rift_analysis_theil_change, rift_analysis_contributions, rift_analysis_lorenz,
    rift_analysis_lorenz_dominance, rift_analysis_concentration,
    rift_analysis_concentration_curve, rift_analysis_density, rift_analysis_modes,
    rift_analysis_sigma, rift_analysis_beta, rift_analysis_clubs,
    rift_analysis_mobility, rift_analysis_rank_mobility, rift_analysis_time_distance,
    rift_analysis_time_at_level, rift_analysis_catch_up_time,
    rift_analysis_accession_effect, rift_analysis_target_year,
    rift_analysis_group_target, rift_analysis_curves, rift_analysis_projection,
    rift_analysis_backtest, rift_analysis_coverage, rift_analysis_paradox,
    rift_analysis_persons, rift_analysis_theil_high_income, rift_analysis_domestic,
    rift_analysis_quadrants, rift_analysis_regression, rift_analysis_channels,
    rift_audit_statistics, rift_audit_correlations, rift_audit_denominators,
    rift_audit_parents, rift_audit_consistency, rift_audit_components,
    rift_audit_loadings, rift_audit_importance, rift_audit_removal,
    rift_audit_rank_differences, rift_audit_dominance, rift_audit_acceptability,
    rift_audit_outranking, rift_audit_weight_sets, rift_audit_strengths,
    rift_audit_silence;

const rift_analysis *const rift_analyses[] = {
    &rift_analysis_inequality,
    &rift_analysis_levels,
    &rift_analysis_gaps,
    &rift_analysis_income_adjusted,
    &rift_analysis_split,
    &rift_analysis_split_groups,
    &rift_analysis_nested,
    &rift_analysis_gini_sources,
    &rift_analysis_theil_change,
    &rift_analysis_contributions,
    &rift_analysis_lorenz,
    &rift_analysis_lorenz_dominance,
    &rift_analysis_concentration,
    &rift_analysis_concentration_curve,
    &rift_analysis_density,
    &rift_analysis_modes,

    &rift_analysis_sigma,
    &rift_analysis_beta,
    &rift_analysis_clubs,
    &rift_analysis_mobility,
    &rift_analysis_rank_mobility,
    &rift_analysis_time_distance,
    &rift_analysis_time_at_level,
    &rift_analysis_catch_up_time,
    &rift_analysis_accession_effect,

    &rift_analysis_target_year,
    &rift_analysis_group_target,
    &rift_analysis_curves,
    &rift_analysis_projection,
    &rift_analysis_backtest,
    &rift_analysis_coverage,

    &rift_analysis_paradox,
    &rift_analysis_persons,
    &rift_analysis_theil_high_income,
    &rift_analysis_domestic,
    &rift_analysis_quadrants,
    &rift_analysis_regression,
    &rift_analysis_channels,

    &rift_audit_statistics,
    &rift_audit_correlations,
    &rift_audit_denominators,
    &rift_audit_parents,
    &rift_audit_consistency,
    &rift_audit_components,
    &rift_audit_loadings,
    &rift_audit_importance,
    &rift_audit_removal,
    &rift_audit_silence,
    &rift_audit_rank_differences,
    &rift_audit_dominance,
    &rift_audit_acceptability,
    &rift_audit_weight_sets,
    &rift_audit_outranking,
    &rift_audit_strengths,
};
const size_t rift_n_analyses = RIFT_COUNT_OF(rift_analyses);

const rift_table_form *rift_table_form_find(const char *name,
                                            const rift_analysis **analysis)
{
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *one = rift_analyses[i];
        for (size_t k = 0; k < one->n_table; k++) {
            if (strcmp(one->table[k].name, name) == 0) {
                *analysis = one;
                return &one->table[k];
            }
        }
    }
    return NULL;
}
