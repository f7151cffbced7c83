/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a claim stands: what each reading shows, and how far they agree. */
#include "claim/claim.h"
#include "panel/panel.h"
#include "stats/welch.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

rift_reading rift_reading_of(const char *measure, const char *weighting,
                             const char *sample)
{
    return (rift_reading){.measure = measure,
                          .weighting = weighting,
                          .sample = sample,
                          .people = NAN,
                          .value_first = NAN,
                          .value_last = NAN,
                          .change = NAN,
                          .ci_low = NAN,
                          .ci_high = NAN,
                          .p = NAN,
                          .test = "",
                          .null = ""};
}

int rift_reading_sign(const rift_reading *reading)
{
    return (reading->change > 0) - (reading->change < 0);
}

int rift_reading_way(const rift_reading *reading)
{
    return reading->p < RIFT_CLAIM_LEVEL ? rift_reading_sign(reading) : 0;
}

void rift_claim_read(rift_claim *claim, const rift_reading *reading)
{
    if (claim->n < RIFT_MOST_READINGS) {
        claim->reading[claim->n++] = *reading;
    }
}

const rift_reading *rift_claim_by(const rift_claim *claim, const char *measure,
                                  const char *weighting)
{
    for (size_t i = 0; i < claim->n; i++) {
        const rift_reading *r = &claim->reading[i];
        if (!strcmp(r->measure, measure) && !strcmp(r->weighting, weighting)) {
            return r;
        }
    }
    return NULL;
}

rift_accord rift_claim_accord(const rift_claim *claim)
{
    bool up = false, down = false, all = claim->n > 0, against = false;
    int lead = claim->n > 0 ? rift_reading_way(&claim->reading[0]) : 0;
    for (size_t i = 0; i < claim->n; i++) { /* what is not tested has its sign alone */
        int way = rift_reading_way(&claim->reading[i]);
        up = up || way > 0;
        down = down || way < 0;
        all = all && way != 0 && way == lead;
        against = against || rift_reading_sign(&claim->reading[i]) == -lead;
    }
    return up && down             ? RIFT_ACCORD_BUT
           : all                  ? RIFT_ACCORD_ALL
           : lead == 0 || against ? RIFT_ACCORD_NONE
                                  : RIFT_ACCORD_MOST;
}

bool rift_reading_is_still(const rift_reading *reading)
{
    return reading->change == 0 && reading->ci_low == 0 && reading->ci_high == 0;
}

bool rift_reading_is_close(const rift_reading *reading)
{
    double most = fmax(fabs(reading->ci_low), fabs(reading->ci_high));
    return most <= 0.1 * fabs(reading->value_first);
}

void rift_claim_judge(rift_claim *claim)
{
    claim->accord = rift_claim_accord(claim);
    bool still = claim->n > 0; /* nothing changed, by any reading: that is certain */
    for (size_t i = 0; i < claim->n; i++) {
        still = still && rift_reading_is_still(&claim->reading[i]);
    }
    claim->accord = still ? RIFT_ACCORD_ALL : claim->accord;
    bool told = claim->accord == RIFT_ACCORD_ALL || claim->accord == RIFT_ACCORD_MOST;
    claim->standing = told ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN;
    if (claim->accord == RIFT_ACCORD_BUT) {
        rift_text_put(&claim->reason, "some readings rose and others fell");
    } else if (!told && claim->n > 0 && rift_reading_way(&claim->reading[0]) == 0) {
        rift_text_format(&claim->reason,
                         "the first reading does not differ clearly from %s",
                         claim->reading[0].null);
    } else if (!told) {
        rift_text_put(&claim->reason,
                      "another reading points the other way, but not clearly");
    }
}

void rift_claim_withhold(rift_claim *claim, const char *why, ...)
{
    va_list list;
    va_start(list, why);
    rift_text_vformat(&claim->reason, why, list);
    va_end(list);
    claim->standing = RIFT_CLAIM_WITHHELD;
    rift_text_free(&claim->sentence);
}

void rift_reading_test(rift_reading *reading, const rift_shift *shift)
{
    double error = shift->standard_error, among = fmax(1, shift->among);
    rift_variance variance = {error * error, shift->df};
    double p = rift_welch_p(shift->change, variance);
    double reach = rift_welch_reach(variance, RIFT_CLAIM_LEVEL / among);
    reading->change = shift->change;
    reading->p = isnan(p) ? NAN : fmin(1, among * p);
    reading->ci_low = shift->change - reach;
    reading->ci_high = shift->change + reach;
}

bool rift_claim_withhold_years(const rift_scope *scope, const rift_variable *variable,
                               rift_claim *claim, const char *why)
{
    size_t span[2];
    size_t n = scope->result->panel.n_country;
    if (variable->apart == RIFT_APART_EDITION) {
        rift_claim_withhold(claim, RIFT_EACH_EDITION);
        return true;
    }
    if (!rift_values_span(variable->value, n, scope->first, scope->last, span)) {
        return false;
    }
    rift_claim_withhold(claim, "%s",
                        span[0] == span[1] ? "fewer than two years compare" : why);
    return true;
}
