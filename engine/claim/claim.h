/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements as data: of what and of whom, by which readings, whether they stand, and
   in what words. Whatever prints a sentence takes it from the ledger of these. */
#ifndef RIFT_CLAIM_CLAIM_H
#define RIFT_CLAIM_CLAIM_H

#include "analysis/analysis.h"
#include "stats/trend_test.h"

/** How a claim may be said. */
typedef enum rift_standing {
    RIFT_CLAIM_TOLD,     /**< its readings agree */
    RIFT_CLAIM_OPEN,     /**< they do not, or decide nothing: said as such */
    RIFT_CLAIM_WITHHELD, /**< the data cannot show it; why stands in the ledger alone */
} rift_standing;

/** How far the readings of a claim agree. */
typedef enum rift_accord {
    RIFT_ACCORD_ALL,  /**< all of them show the same change: it is so */
    RIFT_ACCORD_MOST, /**< the first shows it, and none changes the other way: probably
                       */
    RIFT_ACCORD_BUT,  /**< two of them show changes that are opposite */
    RIFT_ACCORD_UNTESTED, /**< there is nothing to test: a count, a limit, a range */
    RIFT_ACCORD_NONE,     /**< nothing is shown, or some change the other way: open */
} rift_accord;

/** One way of looking at what a claim is about. What does not apply is NaN, or "". */
typedef struct rift_reading {
    const char *measure;   /**< of which column `measure` tells */
    const char *weighting; /**< "unweighted", "population" */
    const char *sample;    /**< which countries or years */
    int year_first, year_last;
    size_t n, n_all;                /**< countries, and those that there are */
    double people;                  /**< share of the people of all of them */
    double value_first, value_last; /**< of the measure */
    double change, ci_low,
        ci_high; /**< of the measure, or, as `test` says, of its ln */
    double p;    /**< of a change of 0, unless `null` says else */
    const char *test, *null;
} rift_reading;

/** The p below which a reading shows a change. */
#define RIFT_CLAIM_LEVEL 0.05

enum { RIFT_MOST_READINGS = 16 };

typedef struct rift_claim {
    const struct rift_claim_kind *kind;
    const char *code, *name; /**< of the variable; of the study "" and its name */
    rift_apart apart;        /**< why years before `since` do not compare */
    int since;
    size_t n;
    rift_reading reading[RIFT_MOST_READINGS]; /**< the first leads */
    rift_standing standing;
    rift_accord accord;
    rift_text sentence; /**< for everyone; empty where it is withheld */
    rift_text numbers;  /**< the numbers behind it, and the sample */
    rift_text method;   /**< for statisticians: tests and intervals */
    rift_text reason;   /**< why it is not told as it is asked */
} rift_claim;

/** The ledger being made. */
typedef struct rift_ledger {
    const rift_result *result;
    const rift_answers *answers; /**< tables that analyses made */
    bool of_answers;             /**< only claims that come before one of these */
    rift_table claims, readings;
    size_t n;
    rift_trend_laws laws;
    const char *units; /**< what countries are called in a sentence */
    /** Name of the variable at hand with those that have the same values; or NULL. */
    const char *likewise;
} rift_ledger;

/** A kind of claim. To add one: its file with this row, and the row in claims.c. */
typedef struct rift_claim_kind {
    const char *name;
    const char *topic;      /**< heading of its sentence */
    const char *group;      /**< of the block of a study that asks for it */
    const char *table;      /**< of the analysis whose words it comes before */
    const char *says;       /**< what it says, for the documentation */
    const char *overturned; /**< what would overturn it */
    const char *missing;    /**< what else, where countries are not in it; or NULL */
    /** States it of one variable. `tables` are those of the result. */
    rift_status (*state)(rift_ledger *ledger, const rift_scope *scope,
                         const rift_variable *variable);
} rift_claim_kind;

extern const rift_claim_kind rift_claim_scored, rift_claim_inequality,
    rift_claim_groups, rift_claim_path, rift_claim_catching_up, rift_claim_clubs,
    rift_claim_years_behind, rift_claim_coverage, rift_claim_edition,
    rift_claim_paradox, rift_claim_target;

/** Begin a claim about a variable (NULL: about the study). */
rift_claim rift_claim_about(const rift_ledger *ledger, const rift_claim_kind *kind,
                            const rift_variable *variable);
/** A reading without numbers. */
rift_reading rift_reading_of(const char *measure, const char *weighting,
                             const char *sample);
/** Add a reading; there is room for RIFT_MOST_READINGS. */
void rift_claim_read(rift_claim *claim, const rift_reading *reading);
/** Sign of the change that a reading shows at 5 %, 0 where it shows none. */
int rift_reading_way(const rift_reading *reading);
/** Sign of the change as it was found, shown or not. */
int rift_reading_sign(const rift_reading *reading);
/** Whether nothing changed at all, in any country. */
bool rift_reading_is_still(const rift_reading *reading);
/** Whether the interval of a change that is not shown is within a tenth of the value.
 */
bool rift_reading_is_close(const rift_reading *reading);
/** The reading of a measure and a weighting; NULL without it. */
const rift_reading *rift_claim_by(const rift_claim *claim, const char *measure,
                                  const char *weighting);
/** How the readings agree. */
rift_accord rift_claim_accord(const rift_claim *claim);
/** Decide by its readings whether a claim is told or open, and why it is open. */
void rift_claim_judge(rift_claim *claim);
/** Withhold a claim: no sentence, and why. */
void rift_claim_withhold(rift_claim *claim, const char *why, ...) RIFT_PRINTF(2, 3);
#define RIFT_EACH_EDITION                                                              \
    "each edition is scored against its own best, so that values of different years "  \
    "do not compare"
#define RIFT_FEW_COUNTRIES "too few countries have data for two years"
/** Withhold a claim about two years: for none compare, or there is one alone, else for
    `why`; where the variable has no value at all, false: there is nothing to claim. */
bool rift_claim_withhold_years(const rift_scope *scope, const rift_variable *variable,
                               rift_claim *claim, const char *why);
/** A claim about several years that no analysis has numbers for, withheld as above. */
rift_status rift_claim_cannot(rift_ledger *ledger, const rift_scope *scope,
                              const rift_claim_kind *kind,
                              const rift_variable *variable, const char *why);
/** Write a claim into the ledger and free it. */
rift_status rift_claim_end(rift_ledger *ledger, rift_claim *claim);

/** What a change of a sample is tested by. */
typedef struct rift_shift {
    double change, standard_error, df;
    double among; /**< changes that it was chosen among; 0 as 1 */
} rift_shift;

/** 95 % interval and p of a change by Student's t. Where the change was chosen among
    k of them, p is k times as large and the interval one of 1 - 0.05 / k (Bonferroni),
    so that both decide alike. */
void rift_reading_test(rift_reading *reading, const rift_shift *shift);

/** Countries with a value in both years, and how much of the whole they are. */
typedef struct rift_both {
    size_t first, last; /**< rows of the years */
    uint8_t *keep;      /**< [country] */
    size_t n, n_all;
    double people; /**< share of the people of all; NaN where they are not known */
} rift_both;

/** The same countries at both ends of a variable's span; false with n = 0 where there
    are no two years, or when memory runs out, which `status` tells. `all`: only those
    with a value in each year between that any has. */
bool rift_both_find(const rift_scope *scope, const rift_variable *variable, bool all,
                    rift_both *both, rift_status *status);
/** Count and weigh the countries kept. */
void rift_both_count(const rift_scope *scope, rift_both *both);
void rift_both_free(rift_both *both);
/** A reading with the years and the sample of these countries. */
rift_reading rift_both_reading(const rift_scope *scope, const rift_both *both,
                               const char *measure, bool by_people);

/**
 * Make the claims of every block that a result's study has, from its scores and the
 * tables that analyses left in it; keep them in it as the tables `claims` and
 * `readings` of the group `claims`.
 */
RIFT_CHECKED rift_status rift_claims_keep(rift_result *result, rift_diag *diag);

/** Put the sentences of claims before what tables come to in words, each before that of
    its kind: of the variables of the scope that the tables were made for. */
RIFT_CHECKED rift_status rift_claims_lead(const rift_scope *scope,
                                          rift_answers *answers);

/** The ledger of a result as JSON: study, edition, and the claims, each with its
    readings; without claims where the study asks no questions. The text is new. */
RIFT_CHECKED rift_status rift_claims_json(const rift_result *result, char **text);

#endif
