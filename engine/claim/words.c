/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers, groups and samples in the words of a sentence. */
#include "claim/words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 9 };

/* Digits that a number is said with: none behind the point from 10 on, two digits
   below. */
static int places_of(double x)
{
    double size = fabs(x);
    if (!(size > 0) || size >= 9.95) {
        return 0;
    }
    int places = 1 - (int)floor(log10(size * (1 + 1e-12)));
    return places > MOST_PLACES ? MOST_PLACES : places;
}

/* Without zeros behind the point. */
static void put_places(rift_text *out, double x, int places)
{
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", places, x);
    size_t end = strlen(digits);
    if (places > 0 && strchr(digits, '.')) {
        while (digits[end - 1] == '0') {
            end--;
        }
        end -= digits[end - 1] == '.';
    }
    digits[end] = '\0';
    rift_text_put(out, strtod(digits, NULL) == 0 ? "0" : digits);
}

void rift_say_number(rift_text *out, double x)
{
    put_places(out, x, places_of(x));
}

void rift_say_two(rift_text *out, const char *format, double a, double b)
{
    char of[2][64];
    int places = places_of(fmax(fabs(a), fabs(b)));
    for (int more = 0; more <= 2; more++) {
        for (int k = 0; k < 2; k++) {
            rift_text one = {0};
            put_places(&one, k ? b : a, places + more);
            snprintf(of[k], sizeof of[k], "%s", rift_text_string(&one));
            out->failed = out->failed || one.failed;
            rift_text_free(&one);
        }
        if (a == b || strcmp(of[0], of[1]) != 0) {
            break;
        }
    }
    /* %s twice: the two numbers */
    const char *at = format;
    for (int k = 0; k < 2; k++) {
        const char *slot = strstr(at, "%s");
        rift_text_add(out, at, slot ? (size_t)(slot - at) : strlen(at));
        rift_text_put(out, of[k]);
        at = slot ? slot + 2 : at + strlen(at);
    }
    rift_text_put(out, at);
}

void rift_say_unit(rift_text *out, const rift_variable *variable, bool apart)
{
    const char *unit = variable->unit;
    if (unit[0] == '%') {
        rift_text_put(out, apart ? " percentage points" : " %");
    } else if (strcmp(unit, "score") == 0) {
        rift_text_put(out, " points");
    } else if (strcmp(unit, "0-1") != 0 && strcmp(unit, "count") != 0 && unit[0]) {
        rift_text_format(out, " %s", unit);
    }
}

void rift_say_amount(rift_text *out, const rift_variable *variable, double x,
                     bool apart)
{
    rift_say_number(out, x);
    rift_say_unit(out, variable, apart);
}

/* A ratio: two digits behind the point below 2, one below 10; far above 100 it says
   only that one of the two is next to nothing. */
void rift_say_ratio(rift_text *out, double ratio)
{
    if (ratio > 100) {
        rift_text_put(out, "over 100");
    } else {
        rift_text_format(out,
                         ratio >= 9.95 ? "%.0f"
                         : ratio >= 2  ? "%.1f"
                                       : "%.2f",
                         ratio);
    }
}

void rift_say_share(rift_text *out, double share)
{
    double percent = 100 * share;
    bool whole = percent >= 9.95 || percent < 0.05;
    /* neither none nor all of what is not */
    bool nearly = share < 1 && percent >= 99.5;
    put_places(out, nearly ? fmin(percent, 99.9) : percent, whole && !nearly ? 0 : 1);
    rift_text_put(out, " %");
}

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
                         : strcmp(r->weighting, "population") ? "each country once"
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
            rift_text_format(out, " (%s%.3g%s, 95 %% %.3g to %.3g, ", log ? "ln " : "",
                             r->change, half ? " beyond one half" : "", r->ci_low,
                             r->ci_high);
            say_p(out, r->p);
            rift_text_put(out, strstr(r->test, "p times") ? " as adjusted)" : ")");
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
