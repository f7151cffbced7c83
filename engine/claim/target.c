/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the world would reach the target, by the forecast of groups; told only where a
   range with both ends held often enough in past tests. */
#include "analysis/forecast/arrival.h"
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

/* How ranges did that were given in the past, and whether as far ahead. */
static void say_tested(const rift_table *table, size_t row, double when, rift_text *out)
{
    double horizon = rift_kept_number(table, row, "tested_horizon");
    double n = rift_kept_number(table, row, "n_tested");
    double held = round(n * rift_kept_number(table, row, "coverage"));
    bool beyond = horizon < ceil(when - rift_kept_number(table, row, "year_last"));
    rift_text_format(out,
                     "Of %.0f ranges for 95 of 100, given %.0f year%s ahead%s in %.0f "
                     "past years for %.0f overlapping groups, ",
                     n, horizon, horizon == 1 ? "" : "s",
                     beyond ? ", the furthest that could be tested," : "",
                     rift_kept_number(table, row, "n_tested_origins"),
                     rift_kept_number(table, row, "n_tested_units"));
    if (held < n) {
        rift_text_format(out, "%.0f held", held);
    } else {
        rift_text_put(out, "all held");
    }
    rift_text_put(out, ".");
}

/* Who has reached it, who would, and of whom no year can be given. */
static void say_counts(const rift_ledger *ledger, const rift_variable *variable,
                       rift_text *out)
{
    size_t n[3] = {0}, n_all = ledger->result->panel.n_country;
    count(rift_kept_table(ledger, "forecast", "target-year"), variable->code, n);
    size_t without = n_all - n[0] - n[1] - n[2];
    rift_text_format(out, " Of %zu %s %zu had reached it, %zu would", n_all,
                     ledger->units, n[0], n[1]);
    if (n[2] > 0) {
        rift_text_format(out, ", of %zu no year can be given", n[2]);
    }
    if (without > 0) {
        rift_text_format(out, ", and %zu %s no data", without,
                         without == 1 ? "has" : "have");
    }
    rift_text_put(out, ".");
}

/* Why there is no year and no range. */
static void withhold(const rift_table *table, size_t row, rift_claim *claim)
{
    static const char *const begins[] = {"no forecast: ", "forecast without a range: "};
    const char *why = rift_kept_text(table, row, "conclusion");
    for (size_t k = 0; k < RIFT_COUNT_OF(begins); k++) {
        size_t n = strlen(begins[k]);
        why += strncmp(why, begins[k], n) == 0 ? n : 0;
    }
    rift_claim_withhold(claim, "no range can be given: %s", why);
}

static void say_mean(rift_text *out, const rift_ledger *ledger, const rift_scope *scope)
{
    rift_text_format(out, "the mean of all %s, %s, ", ledger->units,
                     scope->people ? "weighted by their people" : "each counting once");
}

/* The average of forecasts stays below the target; their range may not. */
static void say_later(const rift_ledger *ledger, const rift_scope *scope,
                      const rift_variable *variable, double target, rift_claim *claim)
{
    const rift_reading *r = &claim->reading[0];
    rift_text *out = &claim->sentence;
    rift_text_put(out, "whether ");
    say_mean(out, ledger, scope);
    rift_text_put(out, "will reach ");
    rift_say_amount(out, variable, target, false);
    rift_text_put(out,
                  " within 60 years we cannot tell: if it goes on as before, slower "
                  "near the top, it stays below");
    if (isnan(r->ci_low)) {
        rift_text_put(out, ".");
    } else {
        rift_text_format(out,
                         ", but by the range of past errors it may come from %.0f on.",
                         floor(r->ci_low));
    }
    rift_say_capital(out);
    claim->standing = RIFT_CLAIM_OPEN;
    claim->accord = RIFT_ACCORD_UNTESTED;
    rift_text_put(&claim->reason, "the average of forecasts stays below the target");
}

static void say_target(const rift_ledger *ledger, const rift_scope *scope,
                       const rift_variable *variable, const rift_table *table,
                       size_t row, rift_claim *claim)
{
    const rift_reading *r = &claim->reading[0];
    rift_text *out = &claim->sentence;
    double target = rift_kept_number(table, row, "target");
    if (rift_kept_is(table, row, "conclusion", RIFT_ARRIVAL_LATER)) {
        say_later(ledger, scope, variable, target, claim);
        return;
    }
    if (isnan(r->ci_low)) {
        withhold(table, row, claim);
        return;
    }
    bool both = !isnan(r->ci_high);
    rift_text_put(out, "if it goes on as before, slower near the top, ");
    say_mean(out, ledger, scope);
    rift_text_put(out, "would reach ");
    rift_say_amount(out, variable, target, false);
    if (both) {
        rift_text_format(out, " about %.0f, between %.0f and %.0f.", r->value_last,
                         floor(r->ci_low), ceil(r->ci_high));
    } else {
        double last = rift_kept_number(table, row, "year_last");
        double tested = rift_kept_number(table, row, "tested_horizon");
        if (tested >= ceil(r->value_last - last)) {
            rift_text_format(out, " about %.0f,", r->value_last);
        }
        rift_text_format(out, " not before %.0f; how late it may be cannot be tested.",
                         floor(r->ci_low));
    }
    claim->standing = both ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN;
    claim->accord = RIFT_ACCORD_UNTESTED;
    rift_text_put(&claim->reason, both ? "" : "the range has no upper end");
    say_tested(table, row, r->value_last, &claim->numbers);
    say_counts(ledger, variable, &claim->numbers);
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
        rift_reading r = rift_reading_of("year of the target",
                                         rift_weighting_name(scope->people != NULL),
                                         "the world's mean");
        double last = rift_kept_number(table, row, "year_last");
        r.year_last = last > 0 ? (int)last : 0;
        r.n_all = ledger->result->panel.n_country;
        r.value_last = rift_kept_number(table, row, "target_year");
        r.ci_low = rift_kept_number(table, row, "ci_low");
        r.ci_high = rift_kept_number(table, row, "ci_high");
        r.test = "range of past errors";
        rift_claim_read(&claim, &r);
        say_target(ledger, scope, variable, table, row, &claim);
        return rift_claim_end(ledger, &claim);
    }
    return rift_claim_cannot(ledger, scope, &rift_claim_target, variable,
                             "there is no forecast of the mean of all");
}

const rift_claim_kind rift_claim_target = {
    .name = "target",
    .topic = "when",
    .group = "forecast",
    .table = "group-target",
    .says =
        "when the mean of the world would reach the target, with a range that held in "
        "past tests",
    .overturned = "another pace in years to come",
    .state = state_target,
};
