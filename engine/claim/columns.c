/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of the ledger's two tables, in the order of its cells. */
#include "claim/columns.h"

#define COLUMN_CLAIM                                                                   \
    {                                                                                  \
        "claim", RIFT_KIND_COUNT, 0, "", "number of the claim, as in the other table"  \
    }
#define COLUMN_KIND                                                                    \
    {                                                                                  \
        "kind", RIFT_KIND_CODE, 0, "", "kind of claim"                                 \
    }

const rift_column_info rift_claims_column[RIFT_CLAIMS_COLUMNS] = {
    COLUMN_CLAIM,
    COLUMN_KIND,
    RIFT_COLUMN_VARIABLE,
    {"name", RIFT_KIND_WORD, 0, "", "name of the variable; or of the study"},
    {"topic", RIFT_KIND_WORD, 0, "", "what the sentence is about"},
    {"standing", RIFT_KIND_CODE, 0, "",
     "told: its readings agree; open: they do not, or decide nothing, and the sentence "
     "says so; withheld: the data cannot show it"},
    {"agreement", RIFT_KIND_WORD, 0, "",
     "of the readings. all agree: each shows it; none against: the first does, and "
     "none goes the other way; opposite: two show opposite changes; undecided; or not "
     "tested: a count, a limit or a range"},
    {"sentence", RIFT_KIND_WORD, 0, "", "the claim, for everyone"},
    {"numbers", RIFT_KIND_WORD, 0, "", "the numbers behind it, and the sample"},
    {"method", RIFT_KIND_WORD, 0, "", "its readings with intervals and tests"},
    {"reason", RIFT_KIND_WORD, 0, "", "why it is open or withheld"},
    {"overturned_by", RIFT_KIND_WORD, 0, "",
     "what would overturn it; empty of what is withheld"},
    {"n_readings", RIFT_KIND_COUNT, 0, "readings", "readings that were tried"},
};

const rift_column_info rift_readings_column[RIFT_READINGS_COLUMNS] = {
    COLUMN_CLAIM,
    COLUMN_KIND,
    RIFT_COLUMN_VARIABLE,
    {"measure", RIFT_KIND_CODE, 0, "", "what is measured"},
    RIFT_COLUMN_WEIGHTING,
    {"sample", RIFT_KIND_WORD, 0, "",
     "both years: countries with a value in both; every year: in each between as well; "
     "or the years"},
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    RIFT_COLUMN_N_COUNTRIES,
    {"n_all", RIFT_KIND_COUNT, 0, "countries", "countries of the study"},
    {"people_share", RIFT_KIND_NUMBER, 3, "",
     "share of the people of all countries of the study"},
    {"value_first", RIFT_KIND_NUMBER, 4, "", "the measure in the first year"},
    {"value_last", RIFT_KIND_NUMBER, 4, "", "the measure in the last year"},
    {"change", RIFT_KIND_NUMBER, 4, "",
     "change of the measure; of a ratio, of its logarithm"},
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    RIFT_COLUMN_P_VALUE(4),
    {"test", RIFT_KIND_WORD, 0, "", "test of the change"},
    {"test_level", RIFT_KIND_NUMBER, 2, "", "p below which it shows a change"},
    {"null", RIFT_KIND_WORD, 0, "", "what it is tested against"},
    {"shows", RIFT_KIND_WORD, 0, "", "rose, fell or no change shown, at 5 %"},
};
