/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: the row scan against libcsv alone. The first byte chooses the delimiter,
   the second how many bytes come at a time. */
#include "fuzz.h"
#include "twice.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char delimiter[] = {',', '\t', ';', '|'};
    if (n < 2) {
        return 0;
    }
    size_t most = data[1] % 4 ? SIZE_MAX : (size_t)1 + data[1];
    if (!read_twice((const char *)data + 2, n - 2, delimiter[data[0] % 4], most)) {
        abort();
    }
    return 0;
}
