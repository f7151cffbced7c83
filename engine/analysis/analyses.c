/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every analysis, in the order in which they are listed and made. */
#include "analysis/analysis.h"

#include <string.h>

const rift_analysis *const rift_analyses[] = {
    &rift_analysis_inequality,
    &rift_analysis_gaps,
    &rift_analysis_income_adjusted,
    &rift_analysis_split,
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

    &(const rift_analysis){"converge", "Barro and Sala-i-Martin (1992)", false, 1,
                           &(const rift_table_form){
                               "sigma", "spread of each year on four scales", NULL, 0},
                           rift_analyse_sigma},
    &(const rift_analysis){"converge", "least squares; Andrews (1991)", false, 1,
                           &(const rift_table_form){
                               "sigma-trend", "does the spread have a trend", NULL, 0},
                           rift_analyse_sigma_trend},
    &(const rift_analysis){
        "converge", "Barro and Sala-i-Martin (1992)", false, 1,
        &(const rift_table_form){"beta", "do those behind grow faster", NULL, 0},
        rift_analyse_beta},
    &(const rift_analysis){
        "converge", "Barro and Sala-i-Martin (1992)", false, 1,
        &(const rift_table_form){"beta-points",
                                 "where each country began, and how it grew", NULL, 0},
        rift_analyse_beta_points},
    &(const rift_analysis){
        "converge", "Phillips and Sul (2007, 2009)", false, 1,
        &(const rift_table_form){"clubs", "do all converge, and which clubs are there",
                                 NULL, 0},
        rift_analyse_clubs},
    &(const rift_analysis){
        "converge", "Phillips and Sul (2009)", false, 1,
        &(const rift_table_form){"club-members", "the club of each country", NULL, 0},
        rift_analyse_club_members},
    &(const rift_analysis){"converge", "Phillips and Sul (2007)", false, 1,
                           &(const rift_table_form){"transition-paths",
                                                    "each country relative to the mean",
                                                    NULL, 0},
                           rift_analyse_transition_paths},
    &(const rift_analysis){
        "converge", "Quah (1993); Shorrocks (1978)", false, 1,
        &(const rift_table_form){"mobility", "moves between fifths of relative values",
                                 NULL, 0},
        rift_analyse_mobility},
    &(const rift_analysis){
        "converge", "Quah (1993)", false, 1,
        &(const rift_table_form){"transitions", "counts and probabilities of the moves",
                                 NULL, 0},
        rift_analyse_transitions},
    &(const rift_analysis){
        "converge", "Anderson and Goodman (1957)", false, 1,
        &(const rift_table_form){"homogeneity", "is the chain the same in both halves",
                                 NULL, 0},
        rift_analyse_homogeneity},
    &(const rift_analysis){"converge", "Quah (1997)", false, 1,
                           &(const rift_table_form){
                               "stochastic-kernel",
                               "density of the value to come, given this one", NULL, 0},
                           rift_analyse_stochastic_kernel},
    &(const rift_analysis){
        "converge", "Kendall (1945); Boyle and McCarthy (1997)", false, 1,
        &(const rift_table_form){"rank-mobility", "how far the order changed", NULL, 0},
        rift_analyse_rank_mobility},
    &(const rift_analysis){"converge", "Sicherl (1973, 2011)", false, 1,
                           &(const rift_table_form){
                               "time-distance",
                               "distance in time to the leader, the world, a reference",
                               NULL, 0},
                           rift_analyse_time_distance},
    &(const rift_analysis){
        "converge", "Sicherl (2011)", false, 1,
        &(const rift_table_form){"equality", "years until equality at present speeds",
                                 NULL, 0},
        rift_analyse_equality},
    &(const rift_analysis){
        "converge", "Callaway and Sant'Anna (2021); Sant'Anna and Zhao (2020)", false,
        1,
        &(const rift_table_form){
            "joining", "what joining a group did, against those who never joined", NULL,
            0},
        rift_analyse_joining},

    &(const rift_analysis){
        "forecast", "Griliches (1957); delta method: Oehlert (1992)", false, 1,
        &(const rift_table_form){"target", "when each country reaches the target", NULL,
                                 0},
        rift_analyse_target},
    &(const rift_analysis){"forecast", "Griliches (1957)", false, 1,
                           &(const rift_table_form){"group-target",
                                                    "the same of groups and the world",
                                                    NULL, 0},
                           rift_analyse_group_target},
    &(const rift_analysis){
        "forecast", "Verhulst (1838); Gompertz (1825); Bass (1969)", false, 1,
        &(const rift_table_form){"curves", "parameters of logistic, Gompertz and Bass",
                                 NULL, 0},
        rift_analyse_curves},
    &(const rift_analysis){
        "forecast", "Efron and Tibshirani (1993), 9.4", false, 1,
        &(const rift_table_form){"fan", "paths to come, with their quantiles", NULL, 0},
        rift_analyse_fan},
    &(const rift_analysis){
        "forecast", "Hyndman and Athanasopoulos (2021), 5", false, 1,
        &(const rift_table_form){
            "backtest", "errors and coverage where the last five years are held out",
            NULL, 0},
        rift_analyse_backtest},

    &rift_analysis_paradox,
    &rift_analysis_persons,
    &rift_analysis_theil_high_income,
    &rift_analysis_domestic,
    &rift_analysis_quadrants,
    &rift_analysis_regression,
};
const size_t rift_n_analyses = RIFT_COUNT_OF(rift_analyses);

const rift_table_form *rift_form_find(const char *name, const rift_analysis **analysis)
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

const char *rift_scope_group(const char *command)
{
    static const char *const group[] = {"inquiry_divide", "inquiry_converge",
                                        "inquiry_forecast", "inquiry_paradox"};
    size_t i = 0;
    while (i < 3 && strcmp(group[i] + strlen("inquiry_"), command) != 0) {
        i++;
    }
    return group[i];
}
