/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups and samples in the words of a sentence. */
#include "claim/words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Groups by income are adjectives: "Lower middle income" */
static bool is_income(const char *group, size_t *length)
{
    static const char end[] = " income";
    size_t n = strlen(group), m = sizeof end - 1;
    *length = n > m ? n - m : 0;
    return n > m && strcmp(group + n - m, end) == 0;
}

void rift_say_group(rift_text *out, const rift_ledger *ledger, const char *group)
{
    size_t n;
    if (!is_income(group, &n)) {
        rift_text_format(out, "the group %s", group);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        char letter = group[i] == ' ' ? '-' : (char)tolower((unsigned char)group[i]);
        rift_text_add(out, &letter, 1);
    }
    rift_text_format(out, "-income %s", ledger->units);
}

void rift_say_members(rift_text *out, const rift_ledger *ledger, size_t n, size_t n_all,
                      const char *group)
{
    size_t length;
    rift_text_format(out, "%zu of %zu%s", n, n_all,
                     is_income(group, &length) ? " " : " in ");
    rift_say_group(out, ledger, group);
}

void rift_say_sample(rift_text *out, const rift_ledger *ledger,
                     const rift_reading *reading)
{
    rift_text_format(out, "the same %zu of %zu %s in both years", reading->n,
                     reading->n_all, ledger->units);
    if (!isnan(reading->people)) {
        rift_text_put(out, ", home to ");
        rift_say_share(out, reading->people);
        rift_text_put(out, " of the people");
    }
}

/* "p 0.034", "p < 0.001" */
static void say_p(rift_text *out, double p)
{
    rift_text_format(out, p < 0.001 ? "p < 0.001" : "p %.3f", p);
}

void rift_say_readings(rift_text *out, const rift_claim *claim)
{
    for (size_t i = 0; i < claim->n; i++) {
        const rift_reading *r = &claim->reading[i];
        rift_text_format(out, "%s%s%s%s%s%s", i ? "; " : "", r->measure,
                         r->weighting[0] ? ", " : "",
                         !r->weighting[0]                     ? ""
                         : strcmp(r->weighting, "population") ? "each once"
                                                              : "weighted by people",
                         strcmp(r->sample, "both years") ? ", " : "",
                         strcmp(r->sample, "both years") ? r->sample : "");
        if (!isnan(r->value_first) && !isnan(r->value_last)) {
            rift_text_format(out, ": %.4g in %d, %.4g in %d", r->value_first,
                             r->year_first, r->value_last, r->year_last);
        } else if (!isnan(r->value_last) && r->year_last > 0) {
            rift_text_format(out, ": %.4g in %d", r->value_last, r->year_last);
        }
        if (!isnan(r->p)) {
            bool half = strcmp(r->null, "one half") == 0;
            bool log = strstr(r->test, "of the ln") != NULL;
            rift_text_format(out, " (%s%.3g%s, ", log ? "ln " : "", r->change,
                             half ? " beyond one half" : "");
            if (isfinite(r->ci_low) && isfinite(r->ci_high)) {
                rift_text_format(out, "95 %% %.3g to %.3g, ", r->ci_low, r->ci_high);
            }
            say_p(out, r->p);
            rift_text_put(out, strstr(r->test, "adjusted") ? ", both adjusted)" : ")");
        }
    }
    rift_text_put(out, claim->n > 0 ? "." : "");
}

void rift_say_people(rift_text *out, const rift_ledger *ledger, int lead,
                     const rift_reading *people, const char *rose, const char *fell)
{
    int way = people && !isnan(people->p) ? rift_reading_way(people) : lead;
    if (way != lead) {
        rift_text_format(out, " %s people rather than %s, %s.",
                         way == -lead ? "But counting" : "Counting", ledger->units,
                         way > 0   ? rose
                         : way < 0 ? fell
                                   : "no change is clear");
    }
}

void rift_say_capital(rift_text *out)
{
    if (out->n > 0) {
        out->data[0] = (char)toupper((unsigned char)out->data[0]);
    }
}
