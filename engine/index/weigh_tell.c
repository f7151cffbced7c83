/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is told of weights that were searched for. */
#include "index/weigh.h"

#include "core/diag.h"
#include "core/text.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Shares of correlation further from those meant than this were not reached, in the sum
   of squares that the search makes small: a thousandth of a share. */
static const double REACHED = 1e-6;

/* "a 0.624 (0.667 meant), b 0.376 (0.333 meant)"; false when memory runs out. */
static bool put_shares(const rift_work *w, const rift_weighed *of, rift_text *out)
{
    double *r = calloc(of->n_child + 2 * of->n_cell + 1, sizeof *r);
    if (!r) {
        return false;
    }
    double *a = r + of->n_child, *b = a + of->n_cell, all = 0, given = 0;
    for (size_t k = 0; k < of->n_child; k++) {
        size_t n = rift_pairs(of->child[k], of->score, of->n_cell, a, b);
        r[k] = rift_pearson(a, b, n);
        all += r[k];
        given += of->given[k];
    }
    for (size_t k = 0; k < of->n_child; k++) {
        rift_text_format(out, "%s'%s' %.3f (%.3f meant)", k > 0 ? ", " : "",
                         w->index->node[of->row[k]].code, r[k] / all,
                         of->given[k] / given);
    }
    free(r);
    return !out->failed;
}

rift_status rift_weigh_tell(const rift_work *w, const rift_weighed *of)
{
    const rift_node *node = &w->index->node[of->node];
    const rift_weighting_info *how = &w->info->weighted[of->node];
    bool balanced = strcmp(node->weigh.method->name, "correlation") == 0;
    rift_text shares = {0};
    bool good = true;
    if (how->optimised && !how->converged) {
        rift_diag_at(w->diag, RIFT_WARNING, &node->place,
                     "the weights of '%s' did not converge in %d steps; the best found "
                     "were used, at a distance of %.3g",
                     node->code, how->n_step, how->distance);
    } else if (how->optimised && balanced && how->distance > REACHED) {
        good = put_shares(w, of, &shares);
        rift_diag_at(w->diag, RIFT_WARNING, &node->place,
                     "no weights within bounds give the children of '%s' the shares of "
                     "correlation that are meant; the nearest were used, which give %s",
                     node->code, rift_text_string(&shares));
    }
    rift_diag_text_free(w->diag, &shares);
    return good ? RIFT_OK : rift_diag_memory(w->diag);
}
