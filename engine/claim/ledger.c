/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: every claim and every reading behind it, as two tables. */
#include "claim/claim.h"

#include <math.h>

rift_claim rift_claim_about(const rift_ledger *ledger, const rift_claim_kind *kind,
                            const rift_variable *variable)
{
    return (rift_claim){.kind = kind,
                        .code = variable ? variable->code : "",
                        .name =
                            variable ? variable->name : ledger->result->study.title};
}

static const char *standing_name(rift_standing standing)
{
    return standing == RIFT_CLAIM_TOLD   ? "told"
           : standing == RIFT_CLAIM_OPEN ? "open"
                                         : "withheld";
}

/* How sure the sentence is. */
static const char *certainty_of(const rift_claim *claim)
{
    return claim->standing == RIFT_CLAIM_WITHHELD ? ""
           : claim->accord == RIFT_ACCORD_ALL     ? "certain"
           : claim->accord == RIFT_ACCORD_MOST    ? "probable"
           : claim->accord == RIFT_ACCORD_BUT     ? "opposite readings"
                                                  : "undecided";
}

static double or_none(int year)
{
    return year > 0 ? (double)year : NAN;
}

static void put_reading(rift_ledger *ledger, size_t number, const rift_claim *claim,
                        const rift_reading *r)
{
    int way = rift_reading_way(r);
    RIFT_ROW(&ledger->readings, RIFT_N((double)number), RIFT_W(claim->kind->name),
             RIFT_W(claim->code), RIFT_W(r->measure), RIFT_W(r->weighting),
             RIFT_W(r->sample), RIFT_N(or_none(r->year_first)),
             RIFT_N(or_none(r->year_last)), RIFT_N((double)r->n),
             RIFT_N((double)r->n_all), RIFT_N(r->people), RIFT_N(r->value_first),
             RIFT_N(r->value_last), RIFT_N(r->change), RIFT_N(r->ci_low),
             RIFT_N(r->ci_high), RIFT_N(r->p), RIFT_W(r->test),
             RIFT_N(isnan(r->p) ? NAN : RIFT_CLAIM_LEVEL),
             RIFT_W(isnan(r->p) ? "" : r->null),
             RIFT_W(isnan(r->p) ? "not tested"
                    : way > 0   ? "rose"
                    : way < 0   ? "fell"
                                : "no change shown"));
}

rift_status rift_claim_end(rift_ledger *ledger, rift_claim *claim)
{
    size_t number = ++ledger->n;
    bool failed = claim->sentence.failed || claim->numbers.failed ||
                  claim->method.failed || claim->reason.failed;
    RIFT_ROW(&ledger->claims, RIFT_N((double)number), RIFT_W(claim->kind->name),
             RIFT_W(claim->code), RIFT_W(claim->name), RIFT_W(claim->kind->topic),
             RIFT_W(standing_name(claim->standing)), RIFT_W(certainty_of(claim)),
             RIFT_W(rift_text_string(&claim->sentence)),
             RIFT_W(rift_text_string(&claim->numbers)),
             RIFT_W(rift_text_string(&claim->method)),
             RIFT_W(rift_text_string(&claim->reason)), RIFT_W(claim->kind->overturned),
             RIFT_N((double)claim->n));
    for (size_t i = 0; i < claim->n; i++) {
        put_reading(ledger, number, claim, &claim->reading[i]);
    }
    rift_text_free(&claim->sentence);
    rift_text_free(&claim->numbers);
    rift_text_free(&claim->method);
    rift_text_free(&claim->reason);
    return failed ? RIFT_ERR_MEMORY : RIFT_OK;
}

rift_status rift_claim_of_editions(rift_ledger *ledger, const rift_claim_kind *kind,
                                   const rift_variable *variable)
{
    if (variable->apart != RIFT_APART_EDITION) {
        return RIFT_OK;
    }
    rift_claim claim = rift_claim_about(ledger, kind, variable);
    rift_claim_withhold(&claim, RIFT_EACH_EDITION);
    return rift_claim_end(ledger, &claim);
}
