/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Growing text and string questions; no domain knowledge. */
#include "core/text.h"

#include "core/visible.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool text_reserve(rift_text *text, size_t more)
{
    if (text->failed) {
        return false;
    }
    size_t need = text->n + more + 1;
    if (need <= text->capacity) {
        return true;
    }
    size_t capacity = text->capacity ? text->capacity : 64;
    while (capacity < need) {
        capacity *= 2;
    }
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void rift_text_add(rift_text *text, const char *data, size_t n)
{
    if (!text_reserve(text, n)) {
        return;
    }
    if (n > 0) {
        memcpy(text->data + text->n, data, n);
    }
    text->n += n;
    text->data[text->n] = '\0';
}

void rift_text_put(rift_text *text, const char *string)
{
    rift_text_add(text, string, strlen(string));
}

/* Whether a format has numbers with decimals. */
static bool has_decimals(const char *format)
{
    for (const char *at = format; (at = strchr(at, '%'));) {
        at += 1 + strspn(at + 1, "0123456789.+-*# ");
        if (*at && strchr("fFgGeE", *at)) {
            return true;
        }
        at += *at != '\0';
    }
    return false;
}

/* Take the sign from numbers that were rounded to 0: nobody means anything by -0.00. */
static void drop_signs(rift_text *text, size_t from)
{
    char *data = text->data;
    for (size_t i = from; i < text->n; i++) {
        bool begins = i == 0 || !(isalnum((unsigned char)data[i - 1]) ||
                                  strchr("._-", data[i - 1]));
        size_t zeros = strspn(data + i + 1, "0.");
        char after = data[i + 1 + zeros];
        if (data[i] == '-' && begins && data[i + 1] == '0' &&
            !isalnum((unsigned char)after)) {
            memmove(data + i, data + i + 1, text->n - i);
            text->n--;
        }
    }
}

void rift_text_vformat(rift_text *text, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    int n = vsnprintf(NULL, 0, format, list);
    if (n < 0 || !text_reserve(text, (size_t)n)) {
        text->failed = true;
    } else {
        size_t from = text->n;
        vsnprintf(text->data + from, (size_t)n + 1, format, again);
        text->n += (size_t)n;
        if (has_decimals(format)) {
            drop_signs(text, from);
        }
    }
    va_end(again);
}

void rift_text_begin_line(rift_text *text)
{
    bool open = text->n > 0 && text->data[text->n - 1] != '\n';
    rift_text_put(text, open ? "\n" : "");
}

void rift_text_format(rift_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    rift_text_vformat(text, format, list);
    va_end(list);
}

void rift_text_number(rift_text *text, double x)
{
    char digits[RIFT_NUMBER_SIZE];
    if (isfinite(x)) {
        rift_number_format(x, digits);
        rift_text_put(text, digits);
    }
}

const char *rift_text_string(const rift_text *text)
{
    return text->data ? text->data : "";
}

void rift_text_free(rift_text *text)
{
    free(text->data);
    *text = (rift_text){0};
}

char *rift_text_copy(const char *string)
{
    return strdup(string ? string : "");
}

enum { WORD_LIMIT = 63 };

/* What both words begin and end with is not worth a step, so of long names only what
   differs is compared. */
size_t rift_text_distance(const char *a, const char *b)
{
    while (*a && *a == *b) {
        a++;
        b++;
    }
    size_t na = strlen(a), nb = strlen(b);
    while (na > 0 && nb > 0 && a[na - 1] == b[nb - 1]) {
        na--;
        nb--;
    }
    if (na > WORD_LIMIT || nb > WORD_LIMIT) {
        return WORD_LIMIT;
    }
    size_t d[3][WORD_LIMIT + 1];
    for (size_t j = 0; j <= nb; j++) {
        d[0][j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        size_t *now = d[i % 3], *last = d[(i - 1) % 3], *before = d[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < best) {
                best = before[j - 2] + 1;
            }
            now[j] = best;
        }
    }
    return d[na % 3][nb];
}

bool rift_text_is_utf8(const char *text, size_t n)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (n > 0) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate(at, (utf8proc_ssize_t)n, &point);
        if (step < 1 || point == 0) {
            return false;
        }
        at += step;
        n -= (size_t)step;
    }
    return true;
}

/* The name of a character that is not shown: \xNN for what is one byte in Latin-1. */
static void put_escape(rift_text *text, int32_t point)
{
    const char *format = point < 0x100     ? "\\x%02x"
                         : point < 0x10000 ? "\\u%04x"
                                           : "\\U%08x";
    rift_text_format(text, format, (unsigned)point);
}

void rift_text_printable(rift_text *text, const char *data, size_t n)
{
    rift_seen seen = {0};
    for (size_t i = 0; i < n;) {
        int32_t point;
        bool shown;
        size_t step = rift_visible_next(&seen, data + i, n - i, &point, &shown);
        if (point < 0) {
            put_escape(text, (unsigned char)data[i]);
        } else if (!shown || point < 0x20) {
            put_escape(text, point);
        } else {
            rift_text_add(text, data + i, step);
        }
        i += step;
    }
}

size_t rift_text_width(const char *text)
{
    size_t width = 0, n = strlen(text);
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (n > 0) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate(at, (utf8proc_ssize_t)n, &point);
        if (step < 1) {
            step = 1;
            width++;
        } else {
            width += (size_t)utf8proc_charwidth(point);
        }
        at += step;
        n -= (size_t)step;
    }
    return width;
}

char *rift_text_take(rift_text *text)
{
    char *string = NULL;
    if (!text->failed) {
        string = text->data ? text->data : rift_text_copy("");
        text->data = NULL;
    }
    rift_text_free(text);
    return string;
}

/* A word in double quotes, its doubled ones made single in place; behind its end. */
static char *unquote(char *at, char *out)
{
    while (*at && (*at != '"' || at[1] == '"')) {
        at += *at == '"';
        *out++ = *at++;
    }
    at += *at == '"';
    char *end = at;
    while (*end && *end != ',') { /* what follows the quotes belongs to it */
        *out++ = *end++;
    }
    at = *end ? end + 1 : end;
    *out = '\0';
    return at;
}

char *rift_text_next_word(char **rest)
{
    char *word = *rest + strspn(*rest, ","), *at = word;
    if (*word == '"') {
        *rest = unquote(word + 1, word);
        return word;
    }
    for (int depth = 0; *at && (*at != ',' || (depth > 0 && strchr(at, ']'))); at++) {
        depth += (*at == '[') - (*at == ']' && depth > 0);
    }
    *rest = *at ? at + 1 : at;
    *at = '\0';
    return at > word ? word : NULL;
}
