/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether countries that were behind gained more than the others: in their unit, in
   proportion, and by the odds, where a ceiling is allowed for. From the regressions of
   the analysis `beta`. */
#include "claim/kept.h"
#include "claim/words.h"

#include <math.h>
#include <string.h>

static void read_scale(const rift_ledger *ledger, const rift_table *beta, size_t row,
                       rift_claim *claim)
{
    static const char *const scale[] = {"level", "logit", "ln"};
    static const char *const measure[] = {"gain on where they began",
                                          "gain of logit on where they began",
                                          "gain of ln on where they began"};
    for (size_t k = 0; k < RIFT_COUNT_OF(scale); k++) {
        if (rift_kept_is(beta, row, "scale", scale[k])) {
            rift_reading r =
                rift_kept_reading(ledger, beta, row, measure[k], "both years");
            const rift_shift shift = {.change = rift_kept_number(beta, row, "beta"),
                                      .standard_error =
                                          rift_kept_number(beta, row, "standard_error"),
                                      .df = (double)r.n - 2};
            rift_reading_test(&r, &shift);
            r.test = "coefficient of a regression";
            r.null = "equal gains";
            if (!isnan(r.change)) {
                rift_claim_read(claim, &r);
            }
        }
    }
}

/* Level first, whatever the order of the table. */
static void lead_by_level(rift_claim *claim)
{
    for (size_t i = 1; i < claim->n; i++) {
        if (!strcmp(claim->reading[i].measure, "gain on where they began")) {
            rift_reading first = claim->reading[0];
            claim->reading[0] = claim->reading[i];
            claim->reading[i] = first;
        }
    }
}

/* What those did that were behind: whoever began lower, or higher where that is worse.
 */
typedef struct words {
    const char *behind, *gained;
} words;

static const words higher_is_better = {"lower", "gained"};
static const words lower_is_better = {"higher", "improved"};

/* "gained more than the others" */
static void say_gained(rift_text *out, const words *say, int way)
{
    if (way == 0) {
        rift_text_format(out,
                         "%s neither clearly more nor clearly less than the others",
                         say->gained);
    } else {
        rift_text_format(out, "%s %s than the others", say->gained,
                         way < 0 ? "more" : "less");
    }
}

static void say_sentence(const rift_ledger *ledger, const words *say, double ceiling,
                         rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    const rift_reading *ln =
        rift_claim_by(claim, "gain of ln on where they began", "unweighted");
    const rift_reading *logit =
        rift_claim_by(claim, "gain of logit on where they began", "unweighted");
    rift_text *out = &claim->sentence;
    int way = rift_reading_way(lead), by_ln = ln ? rift_reading_way(ln) : way;
    bool probably = claim->standing == RIFT_CLAIM_TOLD &&
                    claim->accord == RIFT_ACCORD_MOST && way != 0;
    if (claim->accord == RIFT_ACCORD_NONE && way != 0) {
        rift_text_format(
            out,
            "whether the %s that started %s %s more than the others between %d and %d "
            "we cannot tell: ways of counting disagree.",
            ledger->units, say->behind, say->gained, lead->year_first, lead->year_last);
        rift_say_capital(out);
        return;
    }
    rift_text_format(out, "between %d and %d the %s that started %s %s",
                     lead->year_first, lead->year_last, ledger->units, say->behind,
                     probably ? "probably " : "");
    say_gained(out, say, way);
    if (by_ln != way && by_ln != 0) {
        rift_text_format(out, "; but in proportion to where they began they %s %s",
                         say->gained, by_ln < 0 ? "more" : "less");
    }
    rift_text_put(out, ".");
    if (logit) {
        int by_logit = rift_reading_way(logit);
        bool also = by_logit < 0 && (way < 0 || by_ln < 0);
        rift_text_format(out, " %s for the limits of 0 and ",
                         by_logit != 0 && by_logit == -way ? "But allowing"
                                                           : "Allowing");
        rift_say_number(out, ceiling);
        rift_text_put(out, ", ");
        if (by_logit == 0) {
            rift_text_put(out, "no difference is clear.");
        } else {
            rift_text_format(out, "they %s%s %s.", also ? "also " : "", say->gained,
                             by_logit < 0 ? "more" : "less");
        }
    }
    rift_say_capital(out);
}

static void say_catching_up(const rift_ledger *ledger, const rift_variable *variable,
                            rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    say_sentence(ledger, variable->polarity < 0 ? &lower_is_better : &higher_is_better,
                 variable->ceiling, claim);
    rift_text_format(&claim->numbers,
                     "%zu of %zu %s with data for both years, each counting once.",
                     lead->n, lead->n_all, ledger->units);
    const rift_reading *ln =
        rift_claim_by(claim, "gain of ln on where they began", "unweighted");
    if (variable->polarity > 0 && ln && rift_reading_way(ln) < 0 &&
        rift_reading_way(lead) >= 0) {
        rift_text_put(&claim->numbers,
                      " The same gain is more in proportion the lower the start.");
    }
    rift_say_readings(&claim->method, claim);
}

static rift_status state_catching_up(rift_ledger *ledger, const rift_scope *scope,
                                     const rift_variable *variable)
{
    const rift_table *beta = rift_kept_table(ledger, "converge", "beta");
    rift_claim claim = rift_claim_about(ledger, &rift_claim_catching_up, variable);
    for (size_t row = 0; beta && row < beta->n_row; row++) {
        if (rift_kept_is(beta, row, "variable", variable->code) &&
            rift_kept_is(beta, row, "kind", "absolute")) {
            read_scale(ledger, beta, row, &claim);
        }
    }
    if (claim.n == 0) {
        return rift_claim_cannot(ledger, scope, &rift_claim_catching_up, variable,
                                 "it takes at least four countries with data for both "
                                 "years that did not all begin alike");
    }
    lead_by_level(&claim);
    rift_claim_judge(&claim);
    say_catching_up(ledger, variable, &claim);
    return rift_claim_end(ledger, &claim);
}

const rift_claim_kind rift_claim_catching_up = {
    .name = "catching-up",
    .topic = "catching up",
    .group = "converge",
    .table = "beta",
    .says = "whether countries that were behind gained more than the others, in their "
            "unit, in proportion, and allowing for a ceiling",
    .overturned = "other years",
    .missing = "data of those that are left out",
    .state = state_catching_up,
};
