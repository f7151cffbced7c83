/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ledger: every claim and every reading behind it, as two tables. */
#include "claim/claim.h"

#include <math.h>
#include <string.h>

rift_claim rift_claim_about(const rift_ledger *ledger, const rift_claim_kind *kind,
                            const rift_variable *variable)
{
    if (!variable) {
        return (rift_claim){
            .kind = kind, .code = "", .name = ledger->result->study.title};
    }
    return (rift_claim){.kind = kind,
                        .code = variable->code,
                        .name = ledger->likewise ? ledger->likewise : variable->name,
                        .apart = variable->apart,
                        .since = ledger->result->panel.year[variable->since]};
}

static const char *standing_name(rift_standing standing)
{
    return standing == RIFT_CLAIM_TOLD   ? "told"
           : standing == RIFT_CLAIM_OPEN ? "open"
                                         : "withheld";
}

/* How far the readings agree. */
static const char *agreement_of(const rift_claim *claim)
{
    return claim->standing == RIFT_CLAIM_WITHHELD  ? ""
           : claim->accord == RIFT_ACCORD_ALL      ? "all agree"
           : claim->accord == RIFT_ACCORD_MOST     ? "none against"
           : claim->accord == RIFT_ACCORD_BUT      ? "opposite"
           : claim->accord == RIFT_ACCORD_UNTESTED ? "not tested"
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

/* Why a sentence about two years does not go back further. */
static void say_since(rift_claim *claim)
{
    bool two_years = claim->n > 0 && claim->reading[0].year_first > 0;
    bool breaks = claim->apart == RIFT_APART_BREAK;
    if (claim->standing != RIFT_CLAIM_WITHHELD && two_years &&
        (breaks || claim->apart == RIFT_APART_DEFINITION)) {
        rift_text_format(&claim->numbers,
                         "%s%s changed in %d, so that earlier years do not compare.",
                         claim->numbers.n > 0 ? " " : "",
                         breaks ? "What is measured" : "The definition", claim->since);
    }
}

/* What is withheld is overturned by nothing but what its reason names; what all
   countries are in, not by others. */
static void say_overturned(const rift_claim *claim, rift_text *out)
{
    const rift_claim_kind *kind = claim->kind;
    const rift_reading *lead = &claim->reading[0];
    if (claim->standing == RIFT_CLAIM_WITHHELD) {
        return;
    }
    rift_text_put(out, kind->overturned);
    if (kind->missing && claim->n > 0 && lead->n < lead->n_all) {
        rift_text_format(out, "%s%s", out->n > 0 ? ", or " : "", kind->missing);
    }
}

/* Reasons speak of countries; a study may call them otherwise. */
static void name_units(const rift_ledger *ledger, rift_text *reason)
{
    static const char word[] = "countries";
    rift_text named = {0};
    const char *at = rift_text_string(reason), *found;
    while ((found = strstr(at, word))) {
        rift_text_add(&named, at, (size_t)(found - at));
        rift_text_put(&named, ledger->units);
        at = found + sizeof word - 1;
    }
    rift_text_put(&named, at);
    named.failed = named.failed || reason->failed;
    rift_text_free(reason);
    *reason = named;
}

rift_status rift_claim_end(rift_ledger *ledger, rift_claim *claim)
{
    size_t number = ++ledger->n;
    say_since(claim);
    name_units(ledger, &claim->reason);
    rift_text overturned = {0};
    say_overturned(claim, &overturned);
    bool failed = overturned.failed || claim->sentence.failed ||
                  claim->numbers.failed || claim->method.failed || claim->reason.failed;
    RIFT_ROW(&ledger->claims, RIFT_N((double)number), RIFT_W(claim->kind->name),
             RIFT_W(claim->code), RIFT_W(claim->name), RIFT_W(claim->kind->topic),
             RIFT_W(standing_name(claim->standing)), RIFT_W(agreement_of(claim)),
             RIFT_W(rift_text_string(&claim->sentence)),
             RIFT_W(rift_text_string(&claim->numbers)),
             RIFT_W(rift_text_string(&claim->method)),
             RIFT_W(rift_text_string(&claim->reason)),
             RIFT_W(rift_text_string(&overturned)), RIFT_N((double)claim->n));
    for (size_t i = 0; i < claim->n; i++) {
        put_reading(ledger, number, claim, &claim->reading[i]);
    }
    rift_text_free(&overturned);
    rift_text_free(&claim->sentence);
    rift_text_free(&claim->numbers);
    rift_text_free(&claim->method);
    rift_text_free(&claim->reason);
    return failed ? RIFT_ERR_MEMORY : RIFT_OK;
}

rift_status rift_claim_cannot(rift_ledger *ledger, const rift_scope *scope,
                              const rift_claim_kind *kind,
                              const rift_variable *variable, const char *why)
{
    rift_claim claim = rift_claim_about(ledger, kind, variable);
    bool any = rift_claim_withhold_years(scope, variable, &claim, why);
    return any ? rift_claim_end(ledger, &claim) : RIFT_OK;
}
