/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON out; Rift reads none. */
#include "core/json.h"

#include <math.h>
#include <string.h>
#include <utf8proc.h>

void rift_json_string(rift_text *out, const char *string)
{
    rift_text_put(out, "\"");
    size_t n = strlen(string);
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)string;
    while (n > 0) {
        utf8proc_int32_t point;
        utf8proc_ssize_t step = utf8proc_iterate(at, (utf8proc_ssize_t)n, &point);
        if (step < 1) {
            rift_text_put(out, "\xEF\xBF\xBD");
            step = 1;
        } else if (point == '"' || point == '\\') {
            rift_text_format(out, "\\%c", (char)point);
        } else if (point < 0x20 || point == 0x7f || point == 0x2028 ||
                   point == 0x2029) {
            rift_text_format(out, "\\u%04x", (unsigned)point);
        } else {
            rift_text_add(out, (const char *)at, (size_t)step);
        }
        at += step;
        n -= (size_t)step;
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
