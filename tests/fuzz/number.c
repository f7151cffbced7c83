/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: numbers against strtod. */
#include "core/number.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *text = (const char *)data;
    double x = 1, y = 1;
    bool read = rift_number_read(text, n, &x);
    bool same = read == rift_number_read_strtod(text, n, &y);
    if (!same || memcmp(&x, &y, sizeof x) != 0) {
        abort();
    }
    return 0;
}
