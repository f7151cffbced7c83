/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one quoter of cells. Apostrophes before what might run are looked past, so that a
   guarded text is one that might run too: it gets a guard of its own when it is written
   again, and each reading takes one off. */
#include "core/csv.h"

#include "core/visible.h"

#include <string.h>
#include <utf8proc.h>

/* The first character of a text, of those that look alike the plain one (NFKC): wide,
   small, raised and lowered signs and blanks. */
static int32_t fold(const char *text, size_t n)
{
    enum { MOST = 32 };
    utf8proc_int32_t point = (unsigned char)*text, plain[MOST];
    int class = UTF8PROC_BOUNDCLASS_START;
    if (point >= 0x80) {
        size_t limit = n < 4 ? n : 4;
        if (utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)limit,
                             &point) < 1) {
            return -1;
        }
        utf8proc_ssize_t got = utf8proc_decompose_char(
            point, plain, MOST, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &class);
        point = got > 0 && got <= MOST ? plain[0] : point;
    }
    return point;
}

/* Bytes of what a spreadsheet, or a program that trims, may pass over. */
static size_t n_passed(const char *text, size_t n)
{
    rift_seen seen = {0};
    int32_t point, plain = fold(text, n);
    bool shown;
    size_t step = rift_visible_next(&seen, text, n, &point, &shown);
    bool blank = plain == ' ' || plain == '"' || plain == '\'';
    return blank ? step : shown || point < 0x20 ? 0 : step;
}

static bool is_sign(int32_t point)
{
    return point == '=' || point == '+' || point == '-' || point == '@' ||
           point == 0x2212; /* the minus sign */
}

/* Whether the first of a text that is not passed over is a sign, or a tab or an end of
   a line where these count. */
static bool runs(const char *text, size_t n, bool controls)
{
    for (size_t step = 1; n > 0 && step > 0; text += step, n -= step) {
        step = n_passed(text, n);
        bool control = *text >= '\t' && *text <= '\r';
        if (step == 0 && (is_sign(fold(text, n)) || (controls && control))) {
            return true;
        }
        if (!controls && (*text == '\v' || *text == '\f')) {
            step = 1;
        }
    }
    return false;
}

bool rift_csv_runs(const char *text, size_t n)
{
    return runs(text, n, true);
}

/* What separates cells where a file is opened with another separator than the comma,
   and quotes within a cell count for nothing. */
static bool is_part_end(char c)
{
    return c == ';' || c == '|' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether what begins at a byte of a text might run by itself. */
static bool part_runs(const char *text, size_t n, size_t at)
{
    return at == 0 ? runs(text, n, true)
                   : is_part_end(text[at - 1]) && runs(text + at, n - at, false);
}

void rift_csv_put_guarded(rift_text *out, const char *text, bool first)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++) {
        if ((i > 0 || first) && part_runs(text, n, i)) {
            rift_text_put(out, "'");
        }
        rift_text_add(out, text + i, 1);
    }
    rift_text_put(out, "");
}

/* Whether a byte is a guard. */
static bool is_guard(const char *text, size_t n, size_t at)
{
    return text[at] == '\'' && n - at > 1 &&
           (at == 0 ? runs(text + 1, n - 1, true) : part_runs(text, n, at));
}

bool rift_csv_is_guarded(const char *cell, size_t n)
{
    bool found = false;
    for (size_t i = 0; !found && i < n; i++) {
        const char *next = memchr(cell + i, '\'', n - i);
        i = next ? (size_t)(next - cell) : n;
        found = next && is_guard(cell, n, i);
    }
    return found;
}

size_t rift_csv_unguard(char *cell, size_t n)
{
    size_t to = 0;
    if (!rift_csv_is_guarded(cell, n)) {
        return n;
    }
    for (size_t i = 0; i < n; i++) { /* what was moved already lies before i - 1 */
        bool guard = is_guard(cell, n, i);
        cell[to] = cell[i];
        to += !guard;
    }
    cell[to] = '\0';
    return to;
}

static void put_quoted(rift_text *out, const char *text)
{
    rift_text_put(out, "\"");
    for (; *text; text++) {
        rift_text_add(out, text, 1);
        if (*text == '"') {
            rift_text_put(out, "\"");
        }
    }
    rift_text_put(out, "\"");
}

void rift_csv_cell_as(rift_text *out, const char *text, bool exact)
{
    rift_text shown = {0}, guarded = {0};
    bool runs = false;
    if (!exact) {
        rift_visible_put(&shown, text);
        rift_csv_put_guarded(&guarded, rift_text_string(&shown), true);
        runs = guarded.n > shown.n;
        text = rift_text_string(&guarded);
    }
    size_t n = strlen(text);
    bool blank = n > 0 && (text[0] == ' ' || text[n - 1] == ' ');
    if (runs || blank || strpbrk(text, ",;\t\"\r\n")) {
        put_quoted(out, text);
    } else {
        rift_text_put(out, text);
    }
    out->failed = out->failed || shown.failed || guarded.failed;
    rift_text_free(&shown);
    rift_text_free(&guarded);
}

void rift_csv_cell(rift_text *out, const char *text)
{
    rift_csv_cell_as(out, text, false);
}
