/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budget allocation: a CSV file in which each expert spreads points over the children
   of a node. Points become shares of the expert's own sum, so that everybody counts
   once. Columns of other nodes' children may stand in the same file. */
#include "define/define.h"

#include "core/diag.h"
#include "decode/sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VOTES_BYTES = 16 * 1024 * 1024 };

static const rift_sheet_settings form = {.what = "a file of votes",
                                         .limit = VOTES_BYTES};

typedef struct votes {
    rift_sheet sheet;
    const char *const *child;
    size_t n, n_expert;
    int *column;           /* [n] of each child */
    double *share;         /* [n] of the expert being read */
    double *mean, *square; /* [n] running, by Welford */
} votes;

/* The first column names the expert, whatever its header says. */
static void take_columns(votes *votes)
{
    for (size_t k = 0; k < votes->n; k++) {
        votes->column[k] = rift_sheet_column(&votes->sheet, votes->child[k]);
        if (votes->column[k] < 1) {
            (void)rift_sheet_error(
                &votes->sheet, votes->sheet.header,
                "there is no column '%s'; experts must vote on every "
                "child of the node",
                votes->child[k]);
        }
    }
}

/* The shares of the expert of a row; false after an error. */
static bool read_shares(votes *votes, size_t row)
{
    double sum = 0;
    for (size_t k = 0; k < votes->n; k++) {
        rift_sheet_cell cell = rift_sheet_at(&votes->sheet, row, votes->column[k]);
        if (!rift_sheet_number(cell, &votes->share[k]) || !(votes->share[k] >= 0) ||
            !isfinite(votes->share[k])) {
            return rift_sheet_error(
                &votes->sheet, &cell,
                "'%s' is not a vote; write a number of points, 0 or more", cell.text);
        }
        sum += votes->share[k];
    }
    for (size_t k = 0; k < votes->n; k++) {
        votes->share[k] /= sum;
    }
    rift_sheet_cell expert = rift_sheet_at(&votes->sheet, row, 0);
    return sum > 0 ||
           rift_sheet_error(&votes->sheet, &expert, "the expert gave no points");
}

static void read_expert(votes *votes, size_t row)
{
    if (!read_shares(votes, row)) {
        return;
    }
    double n = (double)++votes->n_expert;
    for (size_t k = 0; k < votes->n; k++) {
        double gap = votes->share[k] - votes->mean[k];
        votes->mean[k] += gap / n;
        votes->square[k] += gap * (votes->share[k] - votes->mean[k]);
    }
}

/* The sums become means and standard deviations (divisor n - 1; none for one expert).
 */
static bool finish(votes *votes, rift_weigh_choice *choice)
{
    if (votes->n_expert == 0) {
        rift_location place = rift_location_file(votes->sheet.file);
        rift_diag_at(votes->sheet.diag, RIFT_ERROR, &place,
                     "no expert voted; write a row for each after the header");
        return false;
    }
    for (size_t k = 0; k < votes->n; k++) {
        votes->square[k] = votes->n_expert > 1
                               ? sqrt(votes->square[k] / ((double)votes->n_expert - 1))
                               : NAN;
    }
    choice->n_child = votes->n;
    choice->vote_mean = votes->mean;
    choice->vote_sd = votes->square;
    choice->n_expert = votes->n_expert;
    return true;
}

bool rift_votes_read(rift_catalogue *catalogue, const rift_source *source,
                     const char *const *child, size_t n, rift_weigh_choice *choice)
{
    if (catalogue->all.kept && catalogue->all.kept->format_2) {
        return true; /* results of format 2 keep what they came to instead */
    }
    rift_definition file = {0};
    if (!rift_definition_find(source, &choice->place, choice->votes, &file) ||
        rift_definition_open(&catalogue->all, source->arena, source->diag, VOTES_BYTES,
                             &file) != RIFT_OK) {
        return false;
    }
    votes votes = {.child = child,
                   .n = n,
                   .column = rift_arena_alloc(source->arena, n + 1, sizeof(int)),
                   .share = rift_arena_alloc(source->arena, n + 1, sizeof(double)),
                   .mean = rift_arena_alloc(source->arena, n + 1, sizeof(double)),
                   .square = rift_arena_alloc(source->arena, n + 1, sizeof(double))};
    if (!votes.column || !votes.share || !votes.mean || !votes.square) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    rift_status status = rift_sheet_parse(file.file, file.text, strlen(file.text),
                                          &form, source->diag, &votes.sheet);
    if (votes.sheet.usable) {
        take_columns(&votes);
    }
    bool known = votes.sheet.usable && !votes.sheet.wrong;
    for (size_t r = 0; known && r < votes.sheet.n_row; r++) {
        read_expert(&votes, r);
    }
    bool good = status == RIFT_OK && !votes.sheet.wrong && finish(&votes, choice);
    rift_sheet_free(&votes.sheet);
    return good;
}
