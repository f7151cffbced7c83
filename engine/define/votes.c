/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Budget allocation: a CSV file in which each expert spreads points over the children
   of a node. Points become shares of the expert's own sum, so that everybody counts
   once. Columns of other nodes' children may stand in the same file. */
#include "define/define.h"

#include "core/diag.h"
#include "core/number.h"
#include "decode/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VOTES_BYTES = 16 * 1024 * 1024 };

typedef struct votes {
    const rift_source *source;
    const char *const *child;
    size_t n, n_expert;
    size_t *column;        /* [n] of each child */
    double *share;         /* [n] of the expert being read */
    double *mean, *square; /* [n] running, by Welford */
    bool header, wrong;
} votes;

static bool wrong(votes *votes, const rift_row *row, size_t cell, const char *format,
                  const char *what)
{
    rift_location place = rift_row_place(row, cell);
    rift_diag_at(votes->source->diag, RIFT_ERROR, &place, format, what);
    votes->wrong = true;
    return false;
}

static void read_header(votes *votes, const rift_row *row)
{
    votes->header = true;
    for (size_t k = 0; k < votes->n; k++) {
        bool found = false;
        for (size_t i = 1; i < row->n_cell; i++) {
            if (strcmp(rift_cell_trim(row->cell[i]).text, votes->child[k]) == 0) {
                votes->column[k] = i;
                found = true;
            }
        }
        if (!found) {
            wrong(votes, row, 0,
                  "there is no column '%s'; experts must vote on every "
                  "child of the node",
                  votes->child[k]);
        }
    }
}

static bool read_shares(votes *votes, const rift_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < votes->n; k++) {
        size_t at = votes->column[k];
        if (at >= row->n_cell) {
            return wrong(votes, row, 0, "the row has too few cells; complete it%s", "");
        }
        rift_cell cell = rift_cell_trim(row->cell[at]);
        if (!rift_number_read(cell.text, cell.n, &votes->share[k]) ||
            !(votes->share[k] >= 0) || !isfinite(votes->share[k])) {
            return wrong(votes, row, at,
                         "'%s' is no vote; write a number of points, 0 "
                         "or more",
                         cell.text);
        }
        sum += votes->share[k];
    }
    for (size_t k = 0; k < votes->n; k++) {
        votes->share[k] /= sum;
    }
    return sum > 0 || wrong(votes, row, 0, "the expert gave no points%s", "");
}

static rift_status read_row(void *data, const rift_row *row)
{
    votes *votes = data;
    if (!votes->header) {
        read_header(votes, row);
        return votes->wrong ? RIFT_ERR_DATA : RIFT_OK;
    }
    if (read_shares(votes, row)) {
        double n = (double)++votes->n_expert;
        for (size_t k = 0; k < votes->n; k++) {
            double gap = votes->share[k] - votes->mean[k];
            votes->mean[k] += gap / n;
            votes->square[k] += gap * (votes->share[k] - votes->mean[k]);
        }
    }
    return RIFT_OK;
}

/* The sums become means and standard deviations (divisor n - 1; none for one expert).
 */
static bool finish(votes *votes, const char *path, rift_weigh_choice *choice)
{
    if (votes->n_expert == 0) {
        rift_location place = rift_location_file(path);
        rift_diag_at(votes->source->diag, RIFT_ERROR, &place,
                     "no expert voted; write a row for each behind the header");
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
    if (catalogue->all.kept && catalogue->all.kept->bare) {
        return true; /* results of format 2 keep no votes, but the weights they made */
    }
    rift_definition file = {0};
    if (!rift_definition_find(source, &choice->place, choice->votes, &file) ||
        rift_definition_open(&catalogue->all, source->arena, source->diag, VOTES_BYTES,
                             &file) != RIFT_OK) {
        return false;
    }
    votes votes = {.source = source,
                   .child = child,
                   .n = n,
                   .column = rift_arena_alloc(source->arena, n + 1, sizeof(size_t)),
                   .share = rift_arena_alloc(source->arena, n + 1, sizeof(double)),
                   .mean = rift_arena_alloc(source->arena, n + 1, sizeof(double)),
                   .square = rift_arena_alloc(source->arena, n + 1, sizeof(double))};
    if (!votes.column || !votes.share || !votes.mean || !votes.square) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    return rift_csv_read(file.file, file.text, strlen(file.text), read_row, &votes,
                         source->diag) == RIFT_OK &&
           !votes.wrong && finish(&votes, file.file, choice);
}
