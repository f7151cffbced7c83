/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verdict in words: what counts, the answer, the numbers, the test. */
#include "analysis/paradox/verdict.h"

#include <math.h>

double rift_smallest_effect(const rift_scope *q)
{
    return q->options->has_smallest_effect ? q->options->smallest_effect : 0.2;
}

const char *rift_verdict_word(const rift_verdict *verdict)
{
    static const char *const word[][2] = {
        [RIFT_SAYS_UNDECIDED] = {"undecided", "undecided"},
        [RIFT_SAYS_FOR] = {"probably for", "for"},
        [RIFT_SAYS_AGAINST] = {"probably against", "against"},
        [RIFT_SAYS_NONE] = {"probably no difference", "no difference"}};
    return word[verdict->says][verdict->sure];
}

void rift_verdict_begin(const rift_scope *q, rift_text *summary)
{
    rift_text_format(
        summary,
        "What would count for it: the gap abroad widened more often in periods in "
        "which the gap at home closed than in other periods of the same years. What "
        "would count against it: it widened less often, or the difference is surely "
        "smaller than %.0f periods in 100. Anything else decides nothing.\n",
        100 * rift_smallest_effect(q));
}

/* The answer for a minister; the sample follows. */
static const char *answer_of(const rift_verdict *verdict)
{
    static const char *const answer[][2] = {
        [RIFT_SAYS_UNDECIDED] = {"Whether closing the gap at home widens the one "
                                 "abroad cannot be decided from the data there are",
                                 "Whether closing the gap at home widens the one "
                                 "abroad cannot be decided from the data there are"},
        [RIFT_SAYS_FOR] = {"Where the gap at home closed, the one abroad probably "
                           "widened more often",
                           "Where the gap at home closed, the one abroad widened more "
                           "often"},
        [RIFT_SAYS_AGAINST] = {"Where the gap at home closed, the one abroad probably "
                               "widened less often",
                               "Where the gap at home closed, the one abroad widened "
                               "less often"},
        [RIFT_SAYS_NONE] = {"Closing the gap at home probably makes no difference to "
                            "the one abroad that would matter",
                            "Closing the gap at home makes no difference to the one "
                            "abroad that would matter"}};
    return answer[verdict->says][verdict->sure];
}

static void tell_answer(const rift_verdict *verdict, rift_text *summary)
{
    const rift_compared *level = &verdict->by[0];
    rift_text_format(summary,
                     "%s: %zu periods of five years in %zu high-income economies",
                     answer_of(verdict), level->n, level->n_country);
    if (verdict->region) {
        rift_text_format(summary, ", %zu of them in %s", verdict->n_region,
                         verdict->region);
    }
    rift_text_format(summary, ", one kind of gap (%s).\n", verdict->pair->name);
}

/* "35 of 100 (22 of 62)", or "none" of none. */
static void put_share(size_t wider, size_t all, rift_text *summary)
{
    rift_text_format(summary, "%.0f of 100 periods (%zu of %zu)",
                     100 * (double)wider / (double)all, wider, all);
}

static void tell_shares(const rift_verdict *verdict, rift_text *summary)
{
    static const char *const where[RIFT_HOMES] = {"closed", "stayed", "widened"};
    const rift_compared *level = &verdict->by[0];
    rift_text_format(summary, "(%s: the gap abroad widened in ", verdict->v->name);
    bool any = false;
    for (int k = 0; k < RIFT_HOMES; k++) {
        if (level->all[k] > 0) {
            rift_text_put(summary, any ? "; in " : "");
            put_share(level->wider[k], level->all[k], summary);
            rift_text_format(summary, " in which the gap at home %s", where[k]);
            any = true;
        }
    }
    rift_text_put(summary, ".");
    if (!level->fitted) {
        rift_text_put(summary, " In no span of years did it close in some economies "
                               "and not in others, so nothing can be compared.");
    } else {
        rift_text_format(
            summary,
            " Between periods of the same years, the difference is %+.0f in 100",
            100 * level->fit.b);
        if (isfinite(level->fit.low) && isfinite(level->fit.high)) {
            rift_text_format(summary, " (95 %%: %+.0f to %+.0f)", 100 * level->fit.low,
                             100 * level->fit.high);
        }
        rift_text_put(summary, ".");
    }
    rift_text_put(summary, ")\n");
}

static void tell_test(const rift_scope *q, const rift_compared *by, rift_text *summary)
{
    rift_text_format(summary, "%s scale: difference %+.2f, ",
                     by->scale == RIFT_SCALE_LEVEL ? "Level" : "Logit", by->fit.b);
    if (isnan(by->fit.p)) {
        rift_text_put(summary, "no test, for nothing varies. ");
        return;
    }
    rift_scope_p(summary, by->fit.p);
    if (!isnan(by->fit.equivalence_p)) {
        rift_text_format(summary, "; as large as %g either way, ",
                         rift_smallest_effect(q));
        rift_scope_p(summary, by->fit.equivalence_p);
    }
    rift_text_format(summary, " (%zu periods, %zu clusters). ", by->fit.n,
                     by->fit.n_cluster);
}

/* What would decide it. */
static void tell_needed(const rift_verdict *verdict, rift_text *summary)
{
    const rift_compared *level = &verdict->by[0], *logit = &verdict->by[1];
    if (verdict->says != RIFT_SAYS_UNDECIDED) {
        return;
    }
    if (level->fitted && level->countries_needed > 0) {
        rift_text_format(summary,
                         "To decide it either way in four cases of five it takes about "
                         "%.0f economies like these with %.1f periods each, %.0f "
                         "periods in all; there are %zu with %zu.",
                         level->countries_needed,
                         (double)level->fit.n / (double)level->fit.n_cluster,
                         level->periods_needed, level->fit.n_cluster, level->fit.n);
        if (logit->fitted && level->fit.b * logit->fit.b < 0) {
            rift_text_put(summary,
                          " Gaps in points and gaps on the logit scale point "
                          "opposite ways, so the answer hangs on the scale too.");
        }
        rift_text_put(summary, "\n");
    }
}

void rift_verdict_tell(const rift_scope *q, const rift_verdict *verdict,
                       rift_text *summary)
{
    if (verdict->by[0].n == 0) {
        rift_text_format(summary,
                         "Whether closing the gap at home widens the one abroad cannot "
                         "be decided by %s and %s: there are no periods of five years "
                         "with both gaps of high-income economies.\n",
                         verdict->v->name, verdict->pair->name);
        return;
    }
    tell_answer(verdict, summary);
    tell_shares(verdict, summary);
    tell_needed(verdict, summary);
    for (size_t k = 0; k < verdict->n_scale; k++) {
        if (verdict->by[k].fitted) {
            tell_test(q, &verdict->by[k], summary);
        }
    }
    if (verdict->level > 80 && verdict->v->ceiling == 100) {
        rift_text_format(summary,
                         "Caution: the high-income economies are at %.0f %%, near "
                         "saturation, where both gaps close by themselves.",
                         verdict->level);
    }
    rift_text_put(summary, "\n");
}

void rift_verdict_end(const rift_scope *q, rift_text *summary)
{
    rift_text_format(
        summary,
        "Difference of shares within calendar periods (Mantel and Haenszel), robust "
        "score test clustered by country, two one-sided tests of the smallest effect. "
        "A gap at home that changed by %g at most has stayed. The high-income "
        "economies are those of ",
        rift_tolerance(q));
    rift_rich_text(q, summary);
    rift_text_put(summary,
                  ". A gap at home that closes because those behind rise lifts the "
                  "economy's own level too, and so its lead; going together is not "
                  "causation.\n");
}
