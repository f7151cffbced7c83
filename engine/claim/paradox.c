/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether closing the gap at home widens the one abroad, by the verdict of the analysis
   `paradox`: one claim for each variable and pair of groups. */
#include "claim/kept.h"
#include "claim/words.h"

#include <math.h>
#include <string.h>

static rift_reading read_row(const rift_ledger *ledger, const rift_table *table,
                             size_t row)
{
    bool level = rift_kept_is(table, row, "scale", "level");
    rift_reading r = rift_kept_reading(
        ledger, table, row,
        level ? "share widened abroad where home closed, less elsewhere"
              : "the same by gaps on the logit scale",
        "periods of the same years");
    r.weighting = "";
    r.change = rift_kept_number(table, row, "estimate");
    r.ci_low = rift_kept_number(table, row, "ci_low");
    r.ci_high = rift_kept_number(table, row, "ci_high");
    r.p = rift_kept_number(table, row, "p_value");
    r.test = "robust score test within calendar periods, clustered by country";
    r.null = "the base rate of the other periods";
    return r;
}

/* "probably for" is for, not surely. */
static bool says(const char *verdict, const char *what, bool *probably)
{
    const char *found = strstr(verdict, what);
    *probably = strncmp(verdict, "probably ", 9) == 0;
    return found && (found == verdict || (*probably && found == verdict + 9));
}

/* The years differ between these periods: what decides is the difference within the
   same ones. */
static void say_same_years(rift_claim *claim)
{
    const rift_reading *r = &claim->reading[0];
    if (!isfinite(r->change) || !isfinite(r->ci_low) || !isfinite(r->ci_high)) {
        return;
    }
    rift_text_format(
        &claim->numbers,
        " Within the same years, where it closed the gap abroad widened in "
        "%.0f of 100 periods %s than elsewhere (95 %%: %.0f to %.0f)",
        fabs(100 * r->change), r->change < 0 ? "fewer" : "more", 100 * r->ci_low,
        100 * r->ci_high);
    if (claim->n > 1 && !isnan(claim->reading[1].change)) {
        const rift_reading *odds = &claim->reading[1];
        rift_text_format(&claim->numbers, "; allowing for floor and ceiling in %.0f %s",
                         fabs(100 * odds->change), odds->change < 0 ? "fewer" : "more");
    }
    rift_text_put(&claim->numbers, ".");
}

/* Of the periods in which the gap at home closed, stayed and widened, as far as there
   are such: in how many the one abroad widened. */
static void say_shares(const rift_table *table, size_t row, rift_text *out)
{
    static const char *const side[][3] = {
        {"n_closed", "share_closed", "the one at home closed"},
        {"n_stayed", "share_stayed", "it stayed"},
        {"n_widened", "share_widened", "it widened"}};
    bool said = false;
    for (size_t i = 0; i < 3; i++) {
        double n = rift_kept_number(table, row, side[i][0]);
        double share = rift_kept_number(table, row, side[i][1]);
        if (n > 0 && !isnan(share)) {
            rift_text_put(out, said ? ", in " : "; the gap abroad widened in ");
            rift_say_share(out, share);
            rift_text_format(out, " of the %.0f in which %s", n,
                             i > 0 && !said ? i > 1 ? "the one at home widened"
                                                    : "the one at home stayed"
                                            : side[i][2]);
            said = true;
        }
    }
    rift_text_put(out, ".");
}

static void say_verdict(const rift_ledger *ledger, const rift_table *table, size_t row,
                        rift_claim *claim)
{
    const char *verdict = rift_kept_text(table, row, "verdict");
    const char *pair = rift_kept_text(table, row, "pair");
    rift_text *out = &claim->sentence;
    bool probably;
    bool in_favour = says(verdict, "for", &probably);
    bool against = says(verdict, "against", &probably);
    bool none = says(verdict, "no difference", &probably);
    claim->standing = RIFT_CLAIM_TOLD;
    claim->accord = probably ? RIFT_ACCORD_MOST : RIFT_ACCORD_ALL;
    if (in_favour || against) {
        rift_text_format(out,
                         "where high-income %s closed the gap at home (by %s), the one "
                         "to the mean of the others %swidened %s often than in their "
                         "other periods of the "
                         "same years.",
                         ledger->units, pair, probably ? "probably " : "",
                         in_favour ? "more" : "less");
    } else if (none) {
        rift_text_format(out,
                         "whether high-income %s closed the gap at home (by %s) or not "
                         "%smade no difference to the one to the mean of the others: "
                         "fewer than %.0f "
                         "periods in 100.",
                         ledger->units, pair, probably ? "probably " : "",
                         100 * rift_kept_number(table, row, "smallest_effect"));
    } else {
        rift_text_format(
            out,
            "whether closing the gap at home (by %s) widens the one abroad, "
            "to the mean of other %s, cannot be decided from the data there "
            "are.",
            pair, ledger->units);
        claim->standing = RIFT_CLAIM_OPEN;
        claim->accord = RIFT_ACCORD_NONE;
        rift_text_put(&claim->reason, "the readings decide neither way");
    }
    rift_say_capital(out);
    rift_text_format(
        &claim->numbers, "%.0f periods of five years in %zu high-income %s",
        rift_kept_number(table, row, "n_values"), claim->reading[0].n, ledger->units);
    say_shares(table, row, &claim->numbers);
    say_same_years(claim);
    rift_say_readings(&claim->method, claim);
}

/* Rows of one pair, level first; behind the last of them. */
static size_t read_pair(const rift_ledger *ledger, const rift_table *table, size_t row,
                        rift_claim *claim)
{
    const char *pair = rift_kept_text(table, row, "pair");
    const char *code = rift_kept_text(table, row, "variable");
    size_t at = row;
    while (at < table->n_row && rift_kept_is(table, at, "variable", code) &&
           rift_kept_is(table, at, "pair", pair)) {
        rift_reading r = read_row(ledger, table, at);
        rift_claim_read(claim, &r);
        at++;
    }
    return at;
}

static rift_status state_paradox(rift_ledger *ledger, const rift_scope *scope,
                                 const rift_variable *variable)
{
    (void)scope;
    const rift_table *table = rift_kept_table(ledger, "paradox", "paradox");
    rift_status status = RIFT_OK;
    for (size_t row = 0; table && status == RIFT_OK && row < table->n_row;) {
        if (!rift_kept_is(table, row, "variable", variable->code)) {
            row++;
            continue;
        }
        rift_claim claim = rift_claim_about(ledger, &rift_claim_paradox, variable);
        size_t next = read_pair(ledger, table, row, &claim);
        say_verdict(ledger, table, row, &claim);
        status = rift_claim_end(ledger, &claim);
        row = next;
    }
    return status;
}

const rift_claim_kind rift_claim_paradox = {
    .name = "paradox",
    .topic = "at home and abroad",
    .group = "paradox",
    .table = "",
    .says = "whether the gap abroad widens more often where the one at home closed",
    .overturned =
        "more countries and periods, another pair of groups, or the other scale",
    .state = state_paradox,
};
