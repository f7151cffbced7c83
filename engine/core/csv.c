/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one quoter of cells. */
#include "core/csv.h"

#include <string.h>

void rift_csv_cell(rift_text *out, const char *text)
{
    bool runs = text[0] && strchr("=+-@\t\r", text[0]);
    bool quote = runs || strpbrk(text, ",\"\r\n") || text[0] == ' ';
    if (!quote) {
        rift_text_put(out, text);
        return;
    }
    rift_text_put(out, runs ? "\"'" : "\"");
    for (; *text; text++) {
        rift_text_add(out, text, 1);
        if (*text == '"') {
            rift_text_put(out, "\"");
        }
    }
    rift_text_put(out, "\"");
}
