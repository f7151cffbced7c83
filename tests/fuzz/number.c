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
    char padded[600 + RIFT_NUMBER_PADDING] = {0};
    if (n < 600) { /* the bytes with something behind them that is no digit */
        memcpy(padded, text, n);
        padded[n] = n % 2 ? '"' : ',';
        double z = 1;
        if (rift_number_read_padded(padded, n, &z) != read ||
            memcmp(&x, &z, sizeof x) != 0) {
            abort();
        }
    }
    bool same = read == rift_number_read_strtod(text, n, &y);
    if (!same || memcmp(&x, &y, sizeof x) != 0) {
        abort();
    }
    return 0;
}
