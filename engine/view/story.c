/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger of claims as it is kept in a result, and the story: its sentences,
   variable by variable, and what cannot be told. */
#include "claim/columns.h"
#include "result/answers.h"
#include "view/view.h"

#include <stdlib.h>
#include <string.h>

static const rift_table *ledger_of(const rift_result *r, const char *name)
{
    const rift_kept *kept = rift_result_kept(r, "claims", name);
    return kept ? kept->table : NULL;
}

/* The rows of a kept table, by the columns that the view has. */
static void copy_rows(const rift_table *from, rift_table *to)
{
    for (size_t row = 0; from && row < from->n_row; row++) {
        for (size_t c = 0; c < to->n_column; c++) {
            const char *name = to->column[c].info.name;
            if (rift_column_has_words(&to->column[c])) {
                rift_table_word(to, rift_kept_text(from, row, name));
            } else {
                rift_table_number(to, rift_kept_number(from, row, name));
            }
        }
        rift_table_end_row(to);
    }
}

static void make_claims(const rift_result *r, const rift_view_choice *choice,
                        rift_table *table)
{
    (void)choice;
    copy_rows(ledger_of(r, "claims"), table);
}

static void make_readings(const rift_result *r, const rift_view_choice *choice,
                          rift_table *table)
{
    (void)choice;
    copy_rows(ledger_of(r, "readings"), table);
}

/* Whether two claims are of one variable and withheld for one reason. */
static bool withheld_alike(const rift_table *claims, size_t a, size_t b)
{
    return rift_kept_is(claims, a, "standing", "withheld") &&
           rift_kept_is(claims, b, "standing", "withheld") &&
           rift_kept_is(claims, b, "variable", rift_kept_text(claims, a, "variable")) &&
           rift_kept_is(claims, b, "reason", rift_kept_text(claims, a, "reason"));
}

/* One claim; or, of those that are withheld for the same reason, all in one line. */
static void put_claim(const rift_table *claims, size_t row, bool *told,
                      rift_table *table)
{
    rift_text sentence = {0}, topic = {0};
    rift_text_put(&topic, rift_kept_text(claims, row, "topic"));
    told[row] = true;
    for (size_t i = row + 1; i < claims->n_row; i++) {
        if (!told[i] && withheld_alike(claims, row, i)) {
            rift_text_format(&topic, ", %s", rift_kept_text(claims, i, "topic"));
            told[i] = true;
        }
    }
    if (rift_kept_is(claims, row, "standing", "withheld")) {
        rift_text_format(&sentence, "This cannot be told: %s.",
                         rift_kept_text(claims, row, "reason"));
    } else {
        rift_text_put(&sentence, rift_kept_text(claims, row, "sentence"));
    }
    RIFT_ROW(table, RIFT_W(rift_kept_text(claims, row, "variable")),
             RIFT_W(rift_kept_text(claims, row, "name")),
             RIFT_W(rift_text_string(&topic)), RIFT_W(rift_text_string(&sentence)),
             RIFT_W(rift_kept_text(claims, row, "numbers")));
    if (sentence.failed || topic.failed) {
        rift_table_fail(table);
    }
    rift_text_free(&sentence);
    rift_text_free(&topic);
}

/* Variable by variable, each where it first comes. */
static void make_story(const rift_result *r, const rift_view_choice *choice,
                       rift_table *table)
{
    (void)choice;
    const rift_table *claims = ledger_of(r, "claims");
    size_t n = claims ? claims->n_row : 0;
    bool *told = calloc(n + 1, sizeof *told);
    if (!told) {
        rift_table_fail(table);
    }
    for (size_t first = 0; told && first < n; first++) {
        const char *code = rift_kept_text(claims, first, "variable");
        for (size_t row = first; row < n; row++) {
            if (!told[row] && rift_kept_is(claims, row, "variable", code)) {
                put_claim(claims, row, told, table);
            }
        }
    }
    free(told);
}

static const rift_column_info story_column[] = {
    RIFT_COLUMN_NODE,
    {"name", RIFT_KIND_WORD, 0, "", "name of the node"},
    {"topic", RIFT_KIND_WORD, 0, "", "what the sentence is about"},
    {"sentence", RIFT_KIND_WORD, 0, "", "the sentence"},
    {"numbers", RIFT_KIND_WORD, 0, "", "the numbers behind it, and the sample"},
};

const rift_view rift_view_story = {
    .name = "story",
    .help = "how the divide moved, in sentences, from the ledger of claims",
    .column = story_column,
    .n_column = RIFT_COUNT_OF(story_column),
    .make = make_story,
};

const rift_view rift_view_claims = {
    .name = "claims",
    .help = "the ledger: what may be said, what is open, what is withheld, and why",
    .column = rift_claims_column,
    .n_column = RIFT_CLAIMS_COLUMNS,
    .make = make_claims,
};

const rift_view rift_view_readings = {
    .name = "readings",
    .help = "the numbers behind each claim, by every way of looking at it",
    .column = rift_readings_column,
    .n_column = RIFT_READINGS_COLUMNS,
    .make = make_readings,
};
