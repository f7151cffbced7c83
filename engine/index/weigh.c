/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of siblings, up to a common factor: whoever uses them divides by their sum,
   once and at the end, so that three equal scores keep their value. Definitions whose
   weights sum to 0 are refused before. What looks at scores looks at all years
   together, in the cells in which every child has one, so that a weight does not change
   from year to year. */
#include "index/weigh.h"

static rift_fault given(const rift_weigh_input *input, double *out,
                        rift_weighting_info *how)
{
    (void)how;
    for (size_t k = 0; k < input->n_child; k++) {
        out[k] = input->given[k];
    }
    return rift_fault_of(RIFT_OK);
}

static rift_fault equal(const rift_weigh_input *input, double *out,
                        rift_weighting_info *how)
{
    (void)how;
    for (size_t k = 0; k < input->n_child; k++) {
        out[k] = 1;
    }
    return rift_fault_of(RIFT_OK);
}

/** As many parts as there are series below, so that each series has the same effective
    weight. OECD/JRC (2008), step 6, "equal weights" of indicators, not of layers. */
static rift_fault effective_share(const rift_weigh_input *input, double *out,
                                  rift_weighting_info *how)
{
    (void)how;
    for (size_t k = 0; k < input->n_child; k++) {
        out[k] = input->n_leaf[k];
    }
    return rift_fault_of(RIFT_OK);
}

/** Mean of the experts' shares, relative to those of the children that take part: who
    is screened out leaves its points to the others in their proportion. OECD/JRC
   (2008), step 6, budget allocation. */
static rift_fault budget(const rift_weigh_input *input, double *out,
                         rift_weighting_info *how)
{
    (void)how;
    for (size_t k = 0; k < input->n_child; k++) {
        if (input->place[k] >= input->choice.n_child) {
            return rift_fault_of(RIFT_ERR_USAGE);
        }
        out[k] = input->choice.vote_mean[input->place[k]];
    }
    return rift_fault_of(RIFT_OK);
}

const rift_weighting rift_weightings[] = {
    {"given", "the weights of the definition, relative to each other",
     "OECD/JRC Handbook (2008), step 6", "", given, .domain = NULL},
    {"equal", "the same weight for each child", "OECD/JRC Handbook (2008), step 6", "",
     equal, .domain = NULL},
    {"effective-share", "the same effective weight for each series below",
     "OECD/JRC Handbook (2008), step 6", "", effective_share, .domain = NULL},
    {"budget", "mean of the shares that experts gave, from a file of their votes",
     "OECD/JRC Handbook (2008), step 6, budget allocation", "votes", budget,
     .domain = NULL},
    {"entropy", "more for scores that distinguish countries",
     "Shannon (1948); Zeleny (1982)", "", rift_weigh_entropy,
     .domain = "scores of 0 and above"},
    {"critic", "more for scores that differ, and differ from the other scores",
     "Diakoulaki, Mavrotas and Papayannakis (1995)", "", rift_weigh_critic,
     .domain = NULL},
    {"pca", "loadings of the first principal component",
     "OECD/JRC Handbook (2008), step 6", "", rift_weigh_pca, .domain = NULL},
    {"factor", "squared loadings of rotated factors, by the variance they explain",
     "Nicoletti, Scarpetta and Boylaud (2000); OECD/JRC Handbook (2008), step 6", "",
     rift_weigh_factor, .domain = NULL},
    {"correlation",
     "so that correlations with the parent are in proportion to the given weights",
     "Becker et al. (2017)", "bounds", rift_weigh_correlation, .domain = NULL},
    {"infomax", "so that the sum of correlations with the parent is largest",
     "Becker et al. (2017, 2022)", "bounds", rift_weigh_infomax, .domain = NULL},
};
const size_t rift_n_weightings = sizeof rift_weightings / sizeof *rift_weightings;
