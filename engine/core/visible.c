/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters are shown. Unicode TR 36 and TR 39 name those that deceive; joiners
   are kept where RFC 5892, appendices A.1 and A.2, would have them, or between letters
   of scripts that are written with them, and within emoji as TR 51 makes them. */
#include "core/visible.h"

#include "core/array.h"

#include <string.h>
#include <utf8proc.h>

enum { NON_JOINER = 0x200C, JOINER = 0x200D, KEYCAP = 0x20E3, VIRAMA = 9 };

typedef struct range {
    int32_t first, last;
} range;

static bool within(int32_t point, const range *list, size_t n)
{
    bool found = false;
    for (size_t i = 0; i < n && !found; i++) {
        found = point >= list[i].first && point <= list[i].last;
    }
    return found;
}

/* Scripts that join their letters: Arabic, Syriac, N'Ko and Mandaic, those of India and
   its neighbours, Mongolian, Myanmar's and Khmer. */
static bool joins(int32_t point)
{
    static const range list[] = {
        {0x0600, 0x08FF},   {0x0900, 0x0DFF},  {0x1000, 0x109F}, {0x1780, 0x18AF},
        {0x1A20, 0x1CFF},   {0xA800, 0xABFF},  {0xFB50, 0xFDFF}, {0xFE70, 0xFEFE},
        {0x10A00, 0x10A5F}, {0x11000, 0x11FFF}};
    utf8proc_category_t kind = utf8proc_category(point);
    bool letter = kind == UTF8PROC_CATEGORY_LO || kind == UTF8PROC_CATEGORY_LM ||
                  kind == UTF8PROC_CATEGORY_MN || kind == UTF8PROC_CATEGORY_MC;
    return letter && within(point, list, RIFT_COUNT_OF(list));
}

static bool is_pictograph(int32_t point)
{
    return utf8proc_get_property(point)->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_emoji_mark(int32_t point)
{
    return point == 0xFE0F || (point >= 0x1F3FB && point <= 0x1F3FF);
}

/* A joiner or non-joiner that a writer needs. */
static bool is_needed(const rift_seen *seen, int32_t point, int32_t next)
{
    bool virama = seen->before > 0 &&
                  utf8proc_get_property(seen->before)->combining_class == VIRAMA;
    bool letters = seen->before > 0 && joins(seen->before) && joins(next);
    bool emoji = point == JOINER && seen->base > 0 && is_pictograph(seen->base) &&
                 is_pictograph(next);
    return virama || letters || emoji;
}

/* A selector of one of the variants that the character before it has. */
static bool selects(int32_t before, int32_t point)
{
    static const range ideographs[] = {{0x2E80, 0x9FFF},   {0xF900, 0xFAFF},
                                       {0x20000, 0x3FFFD}, {0x2200, 0x22FF},
                                       {0x1000, 0x109F},   {0xA840, 0xA87F}};
    if (point == 0xFE0E || point == 0xFE0F) {
        return is_pictograph(before) || (before >= '0' && before <= '9') ||
               before == '#' || before == '*';
    }
    if ((point >= 0x180B && point <= 0x180D) || point == 0x180F) {
        return before >= 0x1800 && before <= 0x18AF;
    }
    bool selector =
        (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    return selector && within(before, ideographs, RIFT_COUNT_OF(ideographs));
}

static bool is_shown(const rift_seen *seen, int32_t point, int32_t next)
{
    static const range hidden[] = {
        {0x2028, 0x2029}, {0xFFF9, 0xFFFB}, {0xFDD0, 0xFDEF}, {0xE0000, 0xE007F}};
    if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
        return point == '\t' || point == '\n';
    }
    if (point == JOINER || point == NON_JOINER) {
        return is_needed(seen, point, next);
    }
    if (within(point, hidden, RIFT_COUNT_OF(hidden)) || (point & 0xFFFE) == 0xFFFE) {
        return false;
    }
    return !utf8proc_get_property(point)->ignorable || selects(seen->before, point);
}

static int32_t point_at(const char *text, size_t n, size_t *step)
{
    utf8proc_int32_t point = -1;
    utf8proc_ssize_t used = n == 0 ? 0
                                   : utf8proc_iterate((const utf8proc_uint8_t *)text,
                                                      (utf8proc_ssize_t)n, &point);
    *step = used < 1 ? 1 : (size_t)used;
    return used < 1 ? -1 : point;
}

size_t rift_visible_next(rift_seen *seen, const char *text, size_t n, int32_t *point,
                         bool *shown)
{
    size_t step, next_step;
    *point = point_at(text, n, &step);
    if (*point >= 0x20 && *point < 0x7F) {
        *shown = true;
    } else {
        int32_t next = point_at(text + step, n - step, &next_step);
        *shown = *point < 0 || is_shown(seen, *point, next);
    }
    if (*shown) {
        seen->base = is_emoji_mark(*point) ? seen->base : *point;
        seen->before = *point;
    }
    return step;
}

bool rift_is_visible(const char *text, size_t n)
{
    rift_seen seen = {0};
    bool shown = true;
    for (size_t i = 0; shown && i < n;) {
        int32_t point;
        i += rift_visible_next(&seen, text + i, n - i, &point, &shown);
    }
    return shown;
}

size_t rift_visible_clean(char *text, size_t n)
{
    rift_seen seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        int32_t point;
        bool shown;
        size_t step = rift_visible_next(&seen, text + i, n - i, &point, &shown);
        if (shown) {
            memmove(text + kept, text + i, step);
            kept += step;
        } else if (point == 0x2028 || point == 0x2029 || point == 0x85) {
            text[kept++] = ' ';
            seen = (rift_seen){' ', ' '};
        }
        i += step;
    }
    return kept;
}

void rift_visible_put(rift_text *out, const char *text)
{
    size_t n = strlen(text);
    if (rift_is_visible(text, n)) {
        rift_text_add(out, text, n);
        return;
    }
    rift_text copy = {0};
    rift_text_add(&copy, text, n);
    if (copy.data) {
        rift_text_add(out, copy.data, rift_visible_clean(copy.data, n));
    }
    out->failed = out->failed || copy.failed;
    rift_text_free(&copy);
}
