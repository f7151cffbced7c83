/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of options, which the reader of studies, the command line, --help and the
   guide go by. */
#include "rift/options.h"

#include <stddef.h>

#define MEMBER(name) .offset = offsetof(rift_options, name)
#define NUMBER(name) MEMBER(name), .offset_given = offsetof(rift_options, has_##name)

#define NUMBER_OR_WORD(name)                                                           \
    NUMBER(name), .offset_word = offsetof(rift_options, name##_word)

const rift_option rift_option_rows[] = {
    {"series", "divide converge forecast paradox", RIFT_OPTION_NODES, MEMBER(series),
     .letter = 's', .argument = "A,B", .help = "nodes or series to look at, or all",
     .standard = "the total and its layers"},
    {"by", "divide converge forecast paradox", RIFT_OPTION_GROUPINGS, MEMBER(by),
     .letter = 'b', .argument = "A,B", .help = "groupings",
     .standard = "those the study decomposes by"},
    {"measures", "divide", RIFT_OPTION_MEASURES, MEMBER(measures), .letter = 'm',
     .argument = "A,B", .help = "inequality measures, as in atkinson-0.5",
     .standard = "the study's"},
    {"reference", "divide converge", RIFT_OPTION_UNIT, MEMBER(reference),
     .argument = "WHO", .help = "gaps to a country, or a group: income=High income"},
    {"compare", "divide", RIFT_OPTION_UNITS, MEMBER(compare), .argument = "A,B",
     .help = "two countries or groups whose gap is split", .standard = "best and last"},
    {"target", "forecast", RIFT_OPTION_NUMBER, NUMBER(target), .letter = 't',
     .argument = "X", .help = "level to reach", .standard = "95 % of the ceiling"},
    {"ceiling", "forecast", RIFT_OPTION_NUMBER, NUMBER_OR_WORD(ceiling),
     .argument = "K", .words = "free fixed", .takes = "a number, free or fixed",
     .help = "ceiling of the curves: free, estimated; fixed, the variable's own",
     .standard = "100 for shares in %"},
    {"controls", "converge paradox", RIFT_OPTION_SERIES, MEMBER(controls),
     .argument = "A,B", .help = "series to hold constant"},
    {"errors", "converge", RIFT_OPTION_WORD, MEMBER(errors), .argument = "WORD",
     .words = "ols hc1 hc3",
     .help = "standard errors of beta: one variance for all, or each its own",
     .standard = "hc3"},
    {"classes", "converge", RIFT_OPTION_WORD, MEMBER(classes), .argument = "WORD",
     .words = "pooled yearly",
     .help =
         "fifths between which countries move: of all years' values, or each year's",
     .standard = "pooled"},
    {"level", "converge", RIFT_OPTION_NUMBER, NUMBER(level), .letter = 'l',
     .argument = "X", .help = "level whose year time-at-level gives",
     .standard = "half of the ceiling"},
    {"high_income", "paradox", RIFT_OPTION_GROUP, MEMBER(high_income),
     .argument = "WHO", .help = "the high-income countries, as in income=High income",
     .standard = "High income"},
    {"pairs", "paradox", RIFT_OPTION_PAIRS, MEMBER(pairs), .argument = "N=A/B",
     .help = "groups at home: name=LAGGING/LEADING, two series"},
    {"replicates", "divide forecast paradox", RIFT_OPTION_COUNT, MEMBER(replicates),
     .argument = "N", .help = "bootstrap samples", .standard = "500"},
    {"intervals", "divide", RIFT_OPTION_WORD, MEMBER(intervals), .argument = "WORD",
     .words = "bca percentile basic normal", .help = "kind of the bootstrap intervals",
     .standard = "bca"},
    {"intervals", "forecast", RIFT_OPTION_WORD, MEMBER(intervals), .argument = "WORD",
     .words = "percentile basic normal", .help = "kind of the bootstrap intervals",
     .standard = "percentile"},
    {"draws", "audit", RIFT_OPTION_COUNT, MEMBER(draws), .argument = "N",
     .help = "sets of weights to draw", .standard = "2000; 20 where each takes long"},
    {"noise", "audit", RIFT_OPTION_NUMBER, NUMBER(noise), .argument = "PERCENT",
     .least = 0, .most = 100,
     .help = "draw weights within so many % of the index's own",
     .standard = "all weights there are"},
    {"data", "audit", RIFT_OPTION_WORD, MEMBER(data), .argument = "WORD",
     .words = "raw input treated normalised",
     .help = "values that statistics are of: as in the files, or as they are scored, "
             "treated, normalised",
     .standard = "input"},
    {"levels", "audit", RIFT_OPTION_LEVELS, MEMBER(levels), .argument = "A,B",
     .help = "levels of the tree to correlate: series, total, 1 (the nodes under the "
             "total), 2 ..., all",
     .standard = "series, and nodes under one parent"},
    {"relation", "audit", RIFT_OPTION_WORD, MEMBER(relation), .argument = "WORD",
     .words = "any siblings family",
     .help = "pairs to correlate: any, siblings, or family (one above the other)",
     .standard = "any"},
    {"correlation", "audit", RIFT_OPTION_WORD, MEMBER(correlation), .argument = "WORD",
     .words = "pearson spearman kendall",
     .help = "correlation that flags, matrix and denominators are of",
     .standard = "pearson"},
    {"weak", "audit", RIFT_OPTION_NUMBER, NUMBER(weak), .argument = "R", .least = -1,
     .most = 1, .help = "correlation of siblings below which it is weak",
     .standard = "0.3"},
    {"strong", "audit", RIFT_OPTION_NUMBER, NUMBER(strong), .argument = "R",
     .least = -1, .most = 1, .help = "correlation above which one of two is redundant",
     .standard = "0.92"},
    {"size", "audit", RIFT_OPTION_NUMBER, NUMBER(size), .argument = "R", .least = 0,
     .most = 1, .help = "correlation with a denominator from which a series is of size",
     .standard = "0.6"},
    {"significance", "audit", RIFT_OPTION_NUMBER, NUMBER(significance), .argument = "P",
     .least = 0, .most = 1,
     .help = "p value above which a correlation is flagged and not in the matrix"},
    {"seed", "divide forecast paradox audit", RIFT_OPTION_SEED, MEMBER(seed),
     .argument = "N", .help = "of the random numbers", .standard = "1"},
};
const size_t rift_n_options = sizeof rift_option_rows / sizeof *rift_option_rows;
