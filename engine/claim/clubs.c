/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether all countries that can be followed may be heading for one level, by the test
   of the analysis `clubs`. That it does not reject shows nothing: such a claim is open.
 */
#include "claim/kept.h"
#include "claim/words.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

/* Fewer periods, or countries, than these say little of where paths lead. */
enum { LEAST_PERIODS = 10, LEAST_COUNTRIES = 10 };
#define WHY_FEW_PERIODS "this takes at least 10 years"
#define WHY_FEW_COUNTRIES "this takes at least 10 countries"

/* Years of the span that have a value. */
static size_t periods_of(const rift_scope *scope, const rift_variable *variable)
{
    size_t n = 0;
    for (size_t t = scope->first; t <= scope->last; t++) {
        n += rift_count_year(scope, variable->value, t) > 0;
    }
    return n;
}

static rift_reading read_clubs(const rift_ledger *ledger, const rift_table *clubs,
                               size_t row)
{
    rift_reading r = rift_kept_reading(ledger, clubs, row, "b of the log t regression",
                                       "both years, gaps between closed");
    double b = rift_kept_number(clubs, row, "b"), t = rift_kept_number(clubs, row, "t");
    double error = rift_kept_number(clubs, row, "standard_error");
    r.change = b;
    r.p = gsl_cdf_ugaussian_P(t); /* one-sided: convergence is the null */
    r.ci_low = b - 1.96 * error;
    r.ci_high = b + 1.96 * error;
    r.test = "one-sided t of Phillips and Sul (2007)";
    r.null = "convergence";
    return r;
}

static void say_clubs(const rift_ledger *ledger, rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    rift_text *out = &claim->sentence;
    if (lead->p < RIFT_CLAIM_LEVEL) {
        rift_text_format(out,
                         "the data speak against one common level for the %zu %s with "
                         "data for %d and %d; but of such as come together slowly they "
                         "would often do so too.",
                         lead->n, ledger->units, lead->year_first, lead->year_last);
        /* docs/methods.md has how often */
        rift_text_put(&claim->reason,
                      "the test rejects one level too often where it is neared slowly");
    } else {
        /* b above 0: relative differences surely shrink, which is not that they vanish
         */
        rift_text_format(
            out,
            lead->ci_low > 0
                ? "relative differences among the %zu %s with data for %d and %d "
                  "shrank over these years; whether they will disappear is not known."
                : "the data are consistent with one common level for the %zu %s with "
                  "data for %d and %d, but do not prove it.",
            lead->n, ledger->units, lead->year_first, lead->year_last);
        rift_text_put(&claim->reason, "not rejecting one level does not prove it");
    }
    claim->accord = RIFT_ACCORD_NONE;
    claim->standing = RIFT_CLAIM_OPEN;
    rift_say_capital(out);
    rift_text_put(&claim->numbers, "Gaps in the years between are closed by a straight "
                                   "line");
    if (lead->n_all > lead->n) {
        rift_text_format(&claim->numbers,
                         "; the others, %zu of %zu, lack data for one of the two "
                         "years, or have values of 0",
                         lead->n_all - lead->n, lead->n_all);
    }
    rift_text_put(&claim->numbers, ".");
    rift_say_readings(&claim->method, claim);
}

/* Why no test was made, where the countries or years are too few for one. */
static const char *why_none(const rift_scope *scope, const rift_variable *variable)
{
    return periods_of(scope, variable) < LEAST_PERIODS ? WHY_FEW_PERIODS
                                                       : WHY_FEW_COUNTRIES
               " with data throughout, which differ";
}

static rift_status state_clubs(rift_ledger *ledger, const rift_scope *scope,
                               const rift_variable *variable)
{
    const rift_table *clubs = rift_kept_table(ledger, "converge", "clubs");
    for (size_t row = 0; clubs && row < clubs->n_row; row++) {
        if (!rift_kept_is(clubs, row, "variable", variable->code) ||
            !rift_kept_is(clubs, row, "club", "all") ||
            isnan(rift_kept_number(clubs, row, "t"))) {
            continue;
        }
        rift_claim claim = rift_claim_about(ledger, &rift_claim_clubs, variable);
        rift_reading r = read_clubs(ledger, clubs, row);
        rift_claim_read(&claim, &r);
        size_t periods = periods_of(scope, variable);
        if (r.n < LEAST_COUNTRIES) {
            rift_claim_withhold(&claim, WHY_FEW_COUNTRIES "; there are %zu", r.n);
        } else if (periods < LEAST_PERIODS) {
            rift_claim_withhold(&claim, WHY_FEW_PERIODS "; there are %zu", periods);
            rift_say_readings(&claim.method, &claim);
        } else {
            say_clubs(ledger, &claim);
        }
        return rift_claim_end(ledger, &claim);
    }
    return rift_claim_cannot(ledger, scope, &rift_claim_clubs, variable,
                             why_none(scope, variable));
}

const rift_claim_kind rift_claim_clubs = {
    .name = "clubs",
    .topic = "one common level",
    .group = "converge",
    .table = "clubs",
    .says =
        "whether countries head for one level; open where a test does not rule it out",
    .overturned = "later years",
    .missing = "data of those that lack one of the two",
    .state = state_clubs,
};
