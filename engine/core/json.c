/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON out; Rift reads none. */
#include "core/json.h"

#include "core/visible.h"

#include <math.h>
#include <string.h>

/* \uNNNN, or two of them for what is beyond the first plane. */
static void put_escape(rift_text *out, int32_t point)
{
    if (point < 0x10000) {
        rift_text_format(out, "\\u%04x", (unsigned)point);
    } else {
        unsigned rest = (unsigned)point - 0x10000;
        rift_text_format(out, "\\u%04x\\u%04x", 0xD800 + (rest >> 10),
                         0xDC00 + (rest & 0x3FF));
    }
}

void rift_json_string(rift_text *out, const char *string)
{
    rift_text_put(out, "\"");
    size_t n = strlen(string);
    rift_seen seen = {0};
    for (size_t i = 0; i < n;) {
        int32_t point;
        bool shown;
        size_t step = rift_visible_next(&seen, string + i, n - i, &point, &shown);
        if (point < 0) {
            rift_text_put(out, "\xEF\xBF\xBD");
        } else if (point == '"' || point == '\\') {
            rift_text_format(out, "\\%c", (char)point);
        } else if (!shown || point < 0x20) {
            put_escape(out, point);
        } else {
            rift_text_add(out, string + i, step);
        }
        i += step;
    }
    rift_text_put(out, "\"");
}

void rift_json_number(rift_text *out, double x)
{
    if (isfinite(x)) {
        rift_text_number(out, x);
    } else {
        rift_text_put(out, "null");
    }
}
