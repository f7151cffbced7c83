/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Number formats, as ECMA-376, 18.8.30 and 18.8.31, has them. */
#include "decode/workbook/shown.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LAST_DAY = 2958465 /* 9999-12-31 */ };

/* The next character of a format that is no text: quoted, escaped or padding. Behind
   brackets stands their first letter where they hold an elapsed time, for this is a
   number of hours. */
static char next_mark(const char **at)
{
    for (const char *c = *at; *c; c++) {
        if (*c == '"') {
            const char *end = strchr(c + 1, '"');
            c = end ? end : c + strlen(c) - 1;
        } else if (*c == '\\' || *c == '_' || *c == '*') {
            c += c[1] != '\0';
        } else if (*c == '[') {
            const char *end = strchr(c, ']');
            char first = (char)tolower((unsigned char)c[1]);
            if (end && (first == 'h' || first == 'm' || first == 's') &&
                strspn(c + 1, "hHmMsS") == (size_t)(end - c - 1)) {
                *at = end + 1;
                return '[';
            }
            c = end ? end : c + strlen(c) - 1;
        } else {
            *at = c + 1;
            return (char)tolower((unsigned char)*c);
        }
    }
    *at += strlen(*at);
    return '\0';
}

rift_shown rift_shown_by_code(const char *code)
{
    bool year = false, month = false, day = false, time = false, number = false;
    if (strncasecmp(code, "general", 7) == 0) {
        return RIFT_SHOWN_NUMBER;
    }
    char before = '\0';
    for (char c; (c = next_mark(&code)) != '\0' && c != ';'; before = c) {
        if (c == '%') {
            return RIFT_SHOWN_PERCENT;
        }
        /* hours that have gone by; digits that are no parts of a second */
        bool digit = c == '0' || c == '#' || c == '?';
        number = number || c == '[' || (digit && !(time && strchr(".0", before)));
        year = year || c == 'y' || c == 'b' || (c == 'e' && !number);
        month = month || c == 'm';
        day = day || c == 'd';
        time = time || c == 'h' || c == 's';
    }
    if (number) {
        return RIFT_SHOWN_NUMBER;
    }
    if (!year && !day) {
        return time ? RIFT_SHOWN_TIME : month ? RIFT_SHOWN_DATE : RIFT_SHOWN_NUMBER;
    }
    return day || time ? RIFT_SHOWN_DATE : month ? RIFT_SHOWN_MONTH : RIFT_SHOWN_YEAR;
}

rift_shown rift_shown_built_in(size_t number)
{
    static const struct {
        size_t first, last;
        rift_shown shown;
    } known[] = {{9, 10, RIFT_SHOWN_PERCENT}, {14, 16, RIFT_SHOWN_DATE},
                 {17, 17, RIFT_SHOWN_MONTH},  {18, 21, RIFT_SHOWN_TIME},
                 {22, 22, RIFT_SHOWN_DATE},   {27, 36, RIFT_SHOWN_DATE},
                 {45, 45, RIFT_SHOWN_TIME},   {47, 47, RIFT_SHOWN_TIME},
                 {50, 58, RIFT_SHOWN_DATE}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (number >= known[i].first && number <= known[i].last) {
            return known[i].shown;
        }
    }
    return RIFT_SHOWN_NUMBER;
}

/* Year, month and day of a number of days since 0000-03-01, in the Gregorian calendar
   (Hinnant, "chrono-compatible low-level date algorithms"). */
static void put_day(rift_text *out, long days, rift_shown shown)
{
    long era = days / 146097, of_era = days % 146097;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long month = (5 * of_year + 2) / 153;
    long day = of_year - (153 * month + 2) / 5 + 1;
    year += 400 * era + (month >= 10);
    month += month < 10 ? 3 : -9;
    if (shown == RIFT_SHOWN_YEAR) {
        rift_text_format(out, "%04ld", year);
    } else if (shown == RIFT_SHOWN_MONTH) {
        rift_text_format(out, "%04ld-%02ld", year, month);
    } else {
        rift_text_format(out, "%04ld-%02ld-%02ld", year, month, day);
    }
}

/* Days from 0000-03-01 to 1899-12-30 and 1904-01-01, from which days are counted. */
enum { BEFORE_1900 = 693899, BEFORE_1904 = 695361 };

static bool put_date(rift_text *out, double value, rift_shown shown, bool from_1904)
{
    bool clock = shown == RIFT_SHOWN_TIME;
    if (!(value >= (clock || from_1904 ? 0 : 1)) || value >= LAST_DAY + 1.0 ||
        (clock && value >= 1)) {
        return false;
    }
    long day = (long)value, second = lround((value - (double)day) * 86400);
    day += second / 86400;
    second %= 86400;
    if (clock) {
        rift_text_format(out, "%02ld:%02ld:%02ld", second / 3600, second / 60 % 60,
                         second % 60);
        return true;
    }
    if (!from_1904 && day == 60 && shown == RIFT_SHOWN_DATE) {
        rift_text_put(out, "1900-02-29"); /* Lotus 1-2-3 had it, and so has Excel */
    } else {
        long start = from_1904 ? BEFORE_1904 : BEFORE_1900 + (day < 60);
        put_day(out, start + day, shown);
    }
    if (second > 0 && shown == RIFT_SHOWN_DATE) {
        rift_text_format(out, "T%02ld:%02ld:%02ld", second / 3600, second / 60 % 60,
                         second % 60);
    }
    return true;
}

/* A decimal with its point two places to the right: exact, which a product is not. */
static void put_percent(rift_text *out, const char *text, size_t n)
{
    char digits[512] = "";
    size_t n_digit = 0, i = 0, n_before = 0;
    bool point = false, minus = n > 0 && text[0] == '-';
    long exponent = 0;
    for (i = n > 0 && (text[0] == '-' || text[0] == '+'); i < n; i++) {
        if (text[i] == '.') {
            point = true;
        } else if (isdigit((unsigned char)text[i])) {
            n_before += !point;
            digits[n_digit++] = text[i];
        } else {
            exponent = strtol(text + i + 1, NULL, 10);
            break;
        }
    }
    long at = (long)n_before + exponent + 2;
    size_t zeros = 0;
    while (zeros < n_digit && digits[zeros] == '0') {
        zeros++;
    }
    while (n_digit > zeros && (long)n_digit > at && digits[n_digit - 1] == '0') {
        n_digit--;
    }
    if (zeros == n_digit) {
        rift_text_put(out, "0%");
        return;
    }
    rift_text_put(out, minus ? "-" : "");
    if (at <= (long)zeros) {
        rift_text_put(out, "0");
    }
    for (long k = at < (long)zeros ? at : (long)zeros; k < (long)n_digit || k < at;
         k++) {
        if (k == at) {
            rift_text_put(out, ".");
        }
        char digit = k >= 0 && k < (long)n_digit ? digits[k] : '0';
        rift_text_add(out, &digit, 1);
    }
    rift_text_put(out, "%");
}

static size_t count_digits(const char *text, size_t n)
{
    size_t digits = 0;
    for (size_t i = 0; i < n && text[i] != 'e' && text[i] != 'E'; i++) {
        bool leading = digits == 0 && text[i] == '0';
        digits += isdigit((unsigned char)text[i]) && !leading;
    }
    return digits;
}

void rift_shown_put(rift_text *out, const char *number, size_t n, rift_shown shown,
                    bool from_1904)
{
    double value;
    while (n > 0 && isspace((unsigned char)*number)) {
        number++;
        n--;
    }
    while (n > 0 && isspace((unsigned char)number[n - 1])) {
        n--;
    }
    if (n > 400 || !rift_number_read(number, n, &value)) {
        rift_text_add(out, number, n); /* for the reader to judge */
        return;
    }
    if (shown > RIFT_SHOWN_PERCENT && put_date(out, value, shown, from_1904)) {
        return;
    }
    char shortest[RIFT_NUMBER_SIZE];
    if (count_digits(number, n) > 15) {
        rift_number_format(value, shortest);
        number = shortest;
        n = strlen(shortest);
    }
    if (shown == RIFT_SHOWN_PERCENT) {
        put_percent(out, number, n);
    } else {
        rift_text_add(out, number, n);
    }
}

void rift_shown_put_double(rift_text *out, double value, rift_shown shown,
                           bool from_1904)
{
    char text[RIFT_NUMBER_SIZE];
    rift_number_format(value, text);
    rift_shown_put(out, text, strlen(text), shown, from_1904);
}
