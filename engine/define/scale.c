/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scales of scores: each node and series has what it says itself, and what the node
   above has. */
#include "define/tree.h"

void rift_scale_overlay(rift_score_scale *scale, const rift_score_scale *said)
{
    scale->clip = said->clip < 0 ? scale->clip : said->clip;
    scale->worst_score =
        isnan(said->worst_score) ? scale->worst_score : said->worst_score;
    scale->best_score = isnan(said->best_score) ? scale->best_score : said->best_score;
    bool limits = !isnan(said->limits.low) || !isnan(said->limits.high);
    scale->limits = limits ? said->limits : scale->limits;
}

bool rift_scale_resolve(const rift_tree_builder *b, const rift_yaml *at,
                        const char *code, int parent, rift_score_scale *scale)
{
    const rift_index *index = b->index;
    rift_score_scale made = parent < 0
                                ? (rift_score_scale){.clip = index->clip,
                                                     .worst_score = index->worst_score,
                                                     .best_score = index->best_score}
                                : index->node[parent].scale;
    made.limits = (rift_goalposts){NAN, NAN};
    rift_scale_overlay(&made, scale);
    *scale = made;
    return made.worst_score < made.best_score ||
           rift_yaml_error(b->source, at,
                           "'worst_score' %g of '%s' must be below 'best_score' %g",
                           made.worst_score, code, made.best_score);
}
