/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many years half of the countries lie behind the leading tenth, from the analysis
   `time-distance`. Values of which only a limit is known make the median one too. */
#include "analysis/converge/lane.h"
#include "claim/kept.h"
#include "claim/words.h"

#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>

/* Limits of the years behind, in the order of the table; their number. */
static size_t fill(const rift_table *table, const char *code, double *low, double *high)
{
    size_t n = 0;
    for (size_t row = 0; row < table->n_row; row++) {
        if (!rift_kept_is(table, row, "variable", code) ||
            !rift_kept_is(table, row, "benchmark", "frontier") ||
            isnan(rift_kept_number(table, row, "level"))) {
            continue;
        }
        double years = rift_kept_number(table, row, "years");
        bool exact = rift_kept_is(table, row, "kind", "exact");
        bool least = rift_kept_is(table, row, "kind", "at least");
        bool most = rift_kept_is(table, row, "kind", "at most");
        low[n] = exact || least ? years : -INFINITY;
        high[n++] = exact || most ? years : INFINITY;
    }
    return n;
}

#define WHY_TOO_FEW "a leading tenth needs at least 20 countries"

static double median(double *x, size_t n)
{
    rift_sort(x, n);
    return n % 2 ? x[n / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

static void say_years(const rift_ledger *ledger, rift_claim *claim)
{
    const rift_reading *r = &claim->reading[0];
    rift_text *out = &claim->sentence;
    /* to the tenth of a year, rounded towards what is surely so */
    double low = floor(10 * r->ci_low + 1e-6) / 10;
    double high = ceil(10 * r->ci_high - 1e-6) / 10;
    const char *ending = (isinf(r->ci_low) ? high : low) == 1 ? "" : "s";
    rift_text_format(out, "half of the %zu %s first reached their latest level ", r->n,
                     ledger->units);
    if (isinf(r->ci_low)) { /* how far behind is not known, only that it is no more */
        rift_text_format(out, "at most %g year%s", high, ending);
    } else {
        rift_text_format(out, "%g year%s or more", low, ending);
    }
    rift_text_put(out, " after the average of the leading tenth did.");
    rift_say_capital(out);
    rift_text_format(
        &claim->numbers,
        "%zu of %zu %s with a value, the latest of each; the leading tenth is the "
        "average, year by year, of the best tenth. Whoever has fallen back or stands "
        "still is further behind today. Where data begin too late to date a level, "
        "only a limit is known.",
        r->n, r->n_all, ledger->units);
    rift_text_format(&claim->method, "Median of the limits of %zu distances in time.",
                     r->n);
    claim->accord = RIFT_ACCORD_UNTESTED;
    claim->standing = RIFT_CLAIM_TOLD;
}

static rift_status state_years(rift_ledger *ledger, const rift_scope *scope,
                               const rift_variable *variable)
{
    const rift_table *table = rift_kept_table(ledger, "converge", "time-distance");
    if (!table) {
        return RIFT_OK;
    }
    double *low = calloc(2 * table->n_row + 1, sizeof *low);
    if (!low) {
        return RIFT_ERR_MEMORY;
    }
    double *high = low + table->n_row;
    size_t n = fill(table, variable->code, low, high);
    rift_status status = RIFT_OK;
    if (n > 0) {
        rift_claim claim = rift_claim_about(ledger, &rift_claim_years_behind, variable);
        rift_reading r = rift_reading_of("median years behind the leading tenth",
                                         "unweighted", "latest value of each");
        r.n = n;
        r.n_all = ledger->result->panel.n_country;
        r.ci_low = median(low, n);
        r.ci_high = median(high, n);
        r.test = "limits of what is known";
        r.value_last = r.ci_low == r.ci_high ? r.ci_low : NAN;
        rift_claim_read(&claim, &r);
        if (n < RIFT_LANE_TENTH) {
            rift_claim_withhold(&claim, WHY_TOO_FEW "; there are %zu", n);
        } else if (r.ci_high < 1) {
            rift_claim_withhold(&claim, "half of them are less than a year behind");
        } else if (isinf(r.ci_high) && r.ci_low < 1) {
            rift_claim_withhold(&claim, "data begin too late to say");
        } else {
            say_years(ledger, &claim);
        }
        status = rift_claim_end(ledger, &claim);
    }
    free(low);
    if (n > 0 || status != RIFT_OK) {
        return status;
    }
    bool few = ledger->result->panel.n_country < RIFT_LANE_TENTH;
    return rift_claim_cannot(ledger, scope, &rift_claim_years_behind, variable,
                             few ? WHY_TOO_FEW
                                 : "no levels of two years can be placed on the path "
                                   "of a leading tenth");
}

const rift_claim_kind rift_claim_years_behind = {
    .name = "years-behind",
    .topic = "years behind",
    .group = "converge",
    .table = "time-distance",
    .says = "how many years half of the countries lie behind the leading tenth",
    .overturned = "earlier data, which date what is only a limit",
    .state = state_years,
};
