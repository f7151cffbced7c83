/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the world would reach the target, by the forecast of groups; told only where a
   range with both ends held often enough in past tests. */
#include "claim/kept.h"
#include "claim/words.h"

#include <math.h>
#include <string.h>

/* Countries that have reached it, would, and of which no year can be given. */
static void count(const rift_table *table, const char *code, size_t n[3])
{
    for (size_t row = 0; table && row < table->n_row; row++) {
        if (rift_kept_is(table, row, "variable", code)) {
            n[rift_kept_is(table, row, "conclusion", "reached")    ? 0
              : rift_kept_is(table, row, "conclusion", "forecast") ? 1
                                                                   : 2]++;
        }
    }
}

static void say_target(const rift_ledger *ledger, const rift_variable *variable,
                       const rift_table *table, size_t row, rift_claim *claim)
{
    const rift_reading *r = &claim->reading[0];
    double held = rift_kept_number(table, row, "coverage");
    rift_text *out = &claim->sentence;
    if (isnan(r->ci_low)) {
        static const char none[] = "no forecast: ";
        const char *why = rift_kept_text(table, row, "conclusion");
        bool is_none = strncmp(why, none, sizeof none - 1) == 0;
        rift_claim_withhold(
            claim, is_none ? "%s" : "past forecasts of this kind held too seldom: %s",
            why);
        return;
    }
    bool both = !isnan(r->ci_high);
    rift_text_format(
        out,
        "if it goes on as before, slower near the top, the mean of all %s would reach ",
        ledger->units);
    rift_say_amount(out, variable, rift_kept_number(table, row, "target"), false);
    if (both) {
        rift_text_format(out, " about %.0f, between %.0f and %.0f.", r->value_last,
                         floor(r->ci_low), ceil(r->ci_high));
    } else {
        rift_text_format(out,
                         " not before %.0f; whether within 60 years we cannot tell.",
                         floor(r->ci_low));
    }
    claim->standing = both ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN;
    claim->accord = both ? RIFT_ACCORD_MOST : RIFT_ACCORD_NONE;
    rift_text_put(&claim->reason, both ? "" : "the range has no upper end");
    size_t n[3] = {0};
    count(rift_kept_table(ledger, "forecast", "target-year"), variable->code, n);
    rift_text_put(&claim->numbers, "Such ranges held in ");
    rift_say_share(&claim->numbers, held);
    rift_text_format(
        &claim->numbers,
        " of past tests, which overlap; %zu %s have reached it, %zu would, of "
        "%zu no year can be given.",
        n[0], ledger->units, n[1], n[2]);
    rift_say_capital(out);
    rift_text_put(&claim->method,
                  "Average of curves, damped drift and gap-halving; range "
                  "of pooled past errors by horizon: table "
                  "forecast-coverage.");
}

static rift_status state_target(rift_ledger *ledger, const rift_scope *scope,
                                const rift_variable *variable)
{
    const rift_table *table = rift_kept_table(ledger, "forecast", "group-target");
    for (size_t row = 0; table && row < table->n_row; row++) {
        if (!rift_kept_is(table, row, "variable", variable->code) ||
            !rift_kept_is(table, row, "grouping", "world")) {
            continue;
        }
        rift_claim claim = rift_claim_about(ledger, &rift_claim_target, variable);
        rift_reading r =
            rift_reading_of("year of the target", "population", "the world's mean");
        double last = rift_kept_number(table, row, "year_last");
        r.year_last = last > 0 ? (int)last : 0;
        r.n_all = ledger->result->panel.n_country;
        r.value_last = rift_kept_number(table, row, "target_year");
        r.ci_low = rift_kept_number(table, row, "ci_low");
        r.ci_high = rift_kept_number(table, row, "ci_high");
        r.test = "range of past errors";
        rift_claim_read(&claim, &r);
        say_target(ledger, variable, table, row, &claim);
        return rift_claim_end(ledger, &claim);
    }
    return rift_claim_cannot(ledger, scope, &rift_claim_target, variable,
                             "there is no forecast of the mean of all");
}

const rift_claim_kind rift_claim_target = {
    .name = "target",
    .topic = "when",
    .group = "forecast",
    .table = "",
    .says =
        "when the mean of the world would reach the target, by a range that held in "
        "past tests",
    .overturned = "another pace in years to come",
    .state = state_target,
};
