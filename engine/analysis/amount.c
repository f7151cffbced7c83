/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in the words of a sentence. */
#include "analysis/amount.h"

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
static void digits_of(double x, int places, char *digits, size_t size)
{
    snprintf(digits, size, "%.*f", places, x);
    size_t end = strlen(digits);
    if (places > 0 && strchr(digits, '.')) {
        while (digits[end - 1] == '0') {
            end--;
        }
        end -= digits[end - 1] == '.';
    }
    digits[end] = '\0';
    if (strtod(digits, NULL) == 0) { /* not -0 */
        snprintf(digits, size, "0");
    }
}

static void put_places(rift_text *out, double x, int places)
{
    char digits[64];
    digits_of(x, places, digits, sizeof digits);
    rift_text_put(out, digits);
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
            double x = k ? b : a;
            digits_of(x, places + more, of[k], sizeof of[k]);
            if (x != 0 &&
                strcmp(of[k], "0") == 0) { /* next to nothing is not nothing */
                digits_of(x, places_of(x), of[k], sizeof of[k]);
            }
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

static void put_unit(rift_text *out, const rift_variable *variable, bool apart,
                     bool one)
{
    const char *unit = variable->unit;
    if (unit[0] == '%') {
        rift_text_put(out, !apart ? " %"
                           : one  ? " percentage point"
                                  : " percentage points");
    } else if (strcmp(unit, "score") == 0) {
        rift_text_put(out, one ? " point" : " points");
    } else if (strcmp(unit, "0-1") != 0 && strcmp(unit, "count") != 0 && unit[0]) {
        rift_text_format(out, " %s", unit);
    }
}

void rift_say_unit(rift_text *out, const rift_variable *variable, bool apart)
{
    put_unit(out, variable, apart, false);
}

void rift_say_amount(rift_text *out, const rift_variable *variable, double x,
                     bool apart)
{
    char digits[64];
    digits_of(x, places_of(x), digits, sizeof digits);
    rift_text_put(out, digits);
    put_unit(out, variable, apart, strcmp(digits, "1") == 0);
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
