/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every analysis, in the order in which they are listed and made. */
#include "analysis/analysis.h"

#include <string.h>

const rift_analysis *const rift_analyses[] = {
    &(const rift_analysis){
        "divide", "Efron (1987); see the measures", false, 1,
        &(const rift_table_form){"inequality",
                                 "every measure with its bootstrap error and interval",
                                 NULL, 0},
        rift_analyse_inequality},
    &(const rift_analysis){
        "divide", "differences, ratios, ln ratios, odds ratios", true, 1,
        &(const rift_table_form){"gaps",
                                 "each country's gap to the best, its group's median, "
                                 "the world, a reference",
                                 NULL, 0},
        rift_analyse_gaps},
    &(const rift_analysis){
        "divide", "least squares on ln GDP per head, prediction intervals", true, 1,
        &(const rift_table_form){
            "expected", "what income would lead one to expect, and who is beyond", NULL,
            0},
        rift_analyse_expected},
    &(const rift_analysis){
        "divide", "Theil (1967); Shorrocks (1980); Lambert and Aronson (1993)", false,
        1,
        &(const rift_table_form){
            "split", "Theil T, Theil L and Gini between and within groups", NULL, 0},
        rift_analyse_split},
    &(const rift_analysis){"divide", "Shorrocks (1980)", false, 1,
                           &(const rift_table_form){
                               "nested", "Theil T and L, group within group", NULL, 0},
                           rift_analyse_nested},
    &(const rift_analysis){
        "divide", "Lerman and Yitzhaki (1985); Shorrocks (2013)", true, 1,
        &(const rift_table_form){"sources", "Gini of a node by its children", NULL, 0},
        rift_analyse_sources},
    &(const rift_analysis){
        "divide", "Mookherjee and Shorrocks (1982); Shorrocks (2013)", false, 1,
        &(const rift_table_form){
            "change", "change of Theil by means, within groups, and by shares", NULL,
            0},
        rift_analyse_change},
    &(const rift_analysis){
        "divide", "Ang (2004) for geometric means; Shorrocks (2013)", true, 1,
        &(const rift_table_form){"contributions",
                                 "a gap between two in the total, by series", NULL, 0},
        rift_analyse_contributions},
    &(const rift_analysis){
        "divide", "Lorenz (1905); Shorrocks (1983)", false, 1,
        &(const rift_table_form){
            "lorenz", "Lorenz and generalised Lorenz curves, first and last year", NULL,
            0},
        rift_analyse_lorenz},
    &(const rift_analysis){
        "divide", "Bishop, Formby and Thistle (1992), errors by bootstrap", false, 1,
        &(const rift_table_form){
            "lorenz-dominance", "does one year's curve lie above the other's", NULL, 0},
        rift_analyse_dominance},
    &(const rift_analysis){
        "divide", "Kakwani (1980); Wagstaff (2005); Erreygers (2009)", false, 1,
        &(const rift_table_form){"concentration", "who has it, over the rank of income",
                                 NULL, 0},
        rift_analyse_concentration},
    &(const rift_analysis){
        "divide", "Kakwani (1980)", true, 1,
        &(const rift_table_form){"concentration-curve",
                                 "cumulative shares over the rank of income", NULL, 0},
        rift_analyse_concentration_curve},
    &(const rift_analysis){
        "divide", "Silverman (1986)", false, 1,
        &(const rift_table_form){"density", "kernel density of each year", NULL, 0},
        rift_analyse_density},
    &(const rift_analysis){
        "divide", "Silverman (1981)", false, 1,
        &(const rift_table_form){
            "modes", "peaks of the density, and whether one would do", NULL, 0},
        rift_analyse_modes},

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

    &(const rift_analysis){
        "paradox", "the parts below", false, 1,
        &(const rift_table_form){"paradox",
                                 "all evidence in one table, and the verdict", NULL, 0},
        rift_analyse_paradox},
    &(const rift_analysis){
        "paradox", "p(1 - p) = sum s p(1 - p) + sum s (p_c - p)^2", false, 1,
        &(const rift_table_form){
            "people", "variance of a 0/1 trait within and between countries", NULL, 0},
        rift_analyse_people},
    &(const rift_analysis){"paradox", "as above", false, 1,
                           &(const rift_table_form){"people-groups",
                                                    "the same by groups of countries",
                                                    NULL, 0},
                           rift_analyse_people_groups},
    &(const rift_analysis){
        "paradox", "Theil (1967)", false, 1,
        &(const rift_table_form){"theil-rich", "Theil between the rich and the others",
                                 NULL, 0},
        rift_analyse_theil},
    &(const rift_analysis){
        "paradox", "parity of 0.98 to 1.02: ITU practice", false, 1,
        &(const rift_table_form){"domestic", "gaps between groups of people at home",
                                 NULL, 0},
        rift_analyse_domestic},
    &(const rift_analysis){
        "paradox", "four quadrants", false, 1,
        &(const rift_table_form){
            "quadrants", "change at home against change abroad, country by country",
            NULL, 0},
        rift_analyse_quadrants},
    &(const rift_analysis){
        "paradox", "Cameron and Miller (2015); Cameron, Gelbach and Miller (2008)",
        false, 1,
        &(const rift_table_form){
            "regression", "panel regression of one change on the other", NULL, 0},
        rift_analyse_regression},
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
