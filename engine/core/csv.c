/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one quoter of cells. Apostrophes before what might run are looked past, so that a
   guarded text is one that might run too: it gets a guard of its own when it is written
   again, and each reading takes one off. */
#include "core/csv.h"

#include "core/visible.h"

#include <string.h>

/* Bytes of what a spreadsheet, or a program that trims, may pass over. */
static size_t n_passed(const char *text, size_t n)
{
    static const char *const passed[] = {" ", "\"", "'", "\xC2\xA0", "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
        size_t length = strlen(passed[i]);
        if (n >= length && memcmp(text, passed[i], length) == 0) {
            return length;
        }
    }
    rift_seen seen = {0};
    int32_t point;
    bool shown;
    size_t step = rift_visible_next(&seen, text, n, &point, &shown);
    return shown || point < 0x20 ? 0 : step;
}

bool rift_csv_runs(const char *text, size_t n)
{
    static const char *const start[] = {"=",
                                        "+",
                                        "-",
                                        "@",
                                        "\t",
                                        "\r",
                                        "\n",
                                        "\v",
                                        "\f",
                                        "\xEF\xBC\x9D",  /* = as wide as an ideograph */
                                        "\xEF\xBC\x8B",  /* + */
                                        "\xEF\xBC\x8D",  /* - */
                                        "\xEF\xBC\xA0",  /* @ */
                                        "\xE2\x88\x92"}; /* the minus sign */
    for (size_t step = 1; n > 0 && step > 0; text += step, n -= step) {
        step = n_passed(text, n);
        for (size_t i = 0; step == 0 && i < sizeof start / sizeof *start; i++) {
            size_t length = strlen(start[i]);
            if (n >= length && memcmp(text, start[i], length) == 0) {
                return true;
            }
        }
    }
    return false;
}

size_t rift_csv_guard(const char *cell, size_t n)
{
    return n > 1 && *cell == '\'' && rift_csv_runs(cell + 1, n - 1);
}

static void put_quoted(rift_text *out, const char *text, bool guard)
{
    rift_text_put(out, guard ? "\"'" : "\"");
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
    rift_text shown = {0};
    if (!exact) {
        rift_visible_put(&shown, text);
        text = rift_text_string(&shown);
    }
    size_t n = strlen(text);
    bool runs = !exact && rift_csv_runs(text, n);
    bool blank = n > 0 && (text[0] == ' ' || text[n - 1] == ' ' || text[0] == '\t' ||
                           text[n - 1] == '\t');
    if (runs || blank || strpbrk(text, ",\"\r\n")) {
        put_quoted(out, text, runs);
    } else {
        rift_text_put(out, text);
    }
    out->failed = out->failed || shown.failed;
    rift_text_free(&shown);
}

void rift_csv_cell(rift_text *out, const char *text)
{
    rift_csv_cell_as(out, text, false);
}
