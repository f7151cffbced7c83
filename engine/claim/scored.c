/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a score is: of how many series, under which heads, on which scale. */
#include "claim/words.h"

static size_t series_under(const rift_result *r, size_t top)
{
    size_t n = 0;
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        n += r->study.index.node[i].series >= 0 &&
             (i == top || rift_result_is_under(r, i, top));
    }
    return n;
}

/* "Access (5), Use (4) and Capacity (3)", where the total has such heads. */
static void say_heads(rift_text *out, const rift_result *r)
{
    const rift_index *index = &r->study.index;
    size_t n = 0, at = 0;
    bool heads = true;
    for (size_t i = 1; i < index->n_node; i++) {
        n += index->node[i].parent == 0;
        heads = heads && (index->node[i].parent != 0 || index->node[i].series < 0);
    }
    for (size_t i = 1; heads && n > 1 && i < index->n_node; i++) {
        if (index->node[i].parent == 0) {
            at++;
            rift_text_format(out, "%s%s (%zu)",
                             at == 1   ? ": "
                             : at == n ? " and "
                                       : ", ",
                             index->node[i].name, series_under(r, i));
        }
    }
}

/* Whether years compare. */
static void say_editions(const rift_result *r, rift_text *out)
{
    double relative = rift_result_since(r, 0, NULL, 0, rift_result_edition(r)).relative;
    if (relative > 1 - 1e-9) {
        rift_text_put(out,
                      "Each edition is scored against its own best, so that scores "
                      "of different years do not compare.");
    } else if (relative > 0) {
        rift_text_put(out, "Of ");
        rift_say_share(out, relative);
        rift_text_put(out,
                      " of its weight each edition is scored against its own best, "
                      "so that scores of different years do not wholly compare.");
    }
}

static rift_status state_scored(rift_ledger *ledger, const rift_scope *scope,
                                const rift_variable *variable)
{
    (void)variable;
    const rift_result *r = scope->result;
    const rift_index *index = &r->study.index;
    size_t n = index->n_node > 0 ? series_under(r, 0) : 0;
    if (n == 0 || index->node[0].series >= 0) {
        return RIFT_OK;
    }
    rift_claim claim = rift_claim_about(ledger, &rift_claim_scored, NULL);
    claim.accord = RIFT_ACCORD_UNTESTED;
    rift_text *out = &claim.sentence;
    rift_text_format(out, "%s sums up %zu series in one score", index->node[0].name, n);
    if (!rift_node_open_ended(index, 0)) {
        rift_text_put(out, " from ");
        rift_say_number(out, index->worst_score);
        rift_text_put(out, " to ");
        rift_say_number(out, index->best_score);
    }
    say_heads(out, r);
    rift_text_put(out, ".");
    say_editions(r, &claim.numbers);
    return rift_claim_end(ledger, &claim);
}

const rift_claim_kind rift_claim_scored = {
    .name = "scored",
    .topic = "what is scored",
    .group = "study",
    .table = "",
    .says = "of how many series a score is made, under which heads, on which scale",
    .overturned = "another index",
    .state = state_scored,
};
