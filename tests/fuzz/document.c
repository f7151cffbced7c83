/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: a whole document, every recogniser, rows or JSON, resolution, panel.
   What is read by the row scan must be what libcsv alone gives. */
#include "fuzz.h"
#include "panel/build.h"
#include "panel/plausible.h"
#include "read/file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t read_one(const uint8_t *data, size_t n, bool libcsv, double *sum)
{
    rift_diag diag = {0};
    rift_observations seen = {0};
    rift_panel panel = {0};
    rift_read_settings how = {
        .libcsv_only = libcsv, .plausibility = true, .threads = 1};
    rift_reading reading = {.settings = &how, .path = "x", .diag = &diag, .out = &seen};
    rift_memory memory = {(const char *)data, n};
    rift_bytes bytes = {rift_memory_read, &memory};
    rift_document document = {.name = "x", .fd = -1, .size = n, .named = true};
    rift_status status = rift_document_read(&reading, &document, &bytes);
    size_t n_value = (size_t)seen.n_value;
    for (size_t i = 0; i < seen.n_strip; i++) {
        for (size_t k = 0; k < seen.strip[i].n; k++) {
            double x = seen.strip[i].value[k];
            *sum += isnan(x) ? 0 : x / (double)(1 + seen.strip[i].line);
        }
    }
    if (status == RIFT_OK && rift_panel_build(&seen, &how, &diag, &panel) == RIFT_OK) {
        (void)!rift_panel_check_plausible(&panel, &seen, &diag);
    }
    rift_panel_free(&panel);
    rift_reports_free(&reading.reports);
    rift_observations_free(&seen);
    rift_diag_free(&diag);
    return n_value;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    double one = 0, two = 0;
    size_t a = read_one(data, n, false, &one), b = read_one(data, n, true, &two);
    if (a != b || memcmp(&one, &two, sizeof one) != 0) {
        abort();
    }
    return 0;
}
