/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Country outlines for maps, from a CSV file that the user may replace. */
#include "panel/outline.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/status.h"
#include "core/text.h"
#include "decode/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTRY, RING, LONGITUDE, LATITUDE, COLUMNS };

static const char *const needed[] = {"country", "ring", "longitude", "latitude", NULL};
static const rift_sheet_settings form = {
    .what = "an outlines file", .needed = needed, .limit = 256 * 1024 * 1024};

void rift_outlines_free(rift_outlines *outlines)
{
    rift_array_free_texts(outlines->ring_country, outlines->n_ring);
    free(outlines->start);
    free(outlines->longitude);
    free(outlines->latitude);
    free(outlines->disclaimer);
    *outlines = (rift_outlines){0};
}

/* The point of a row; false after an error. */
static bool read_point(rift_sheet *sheet, const rift_sheet_cell *cell,
                       double *longitude, double *latitude)
{
    if (!rift_sheet_number(cell[LONGITUDE], longitude) ||
        !rift_sheet_number(cell[LATITUDE], latitude)) {
        return rift_sheet_error(sheet, &cell[LONGITUDE],
                                "longitude and latitude must be numbers");
    }
    return (*longitude >= -180 && *longitude <= 180 && *latitude >= -90 &&
            *latitude <= 90) ||
           rift_sheet_error(
               sheet, &cell[LONGITUDE],
               "a point outside -180..180 and -90..90; cut rings at 180 degrees");
}

/* A ring goes on while country and ring number stay the same. */
static bool begin_ring(rift_outlines *out, const rift_sheet_cell *cell,
                       const char **ring)
{
    bool same = out->n_ring > 0 && strcmp(*ring, cell[RING].text) == 0 &&
                strcmp(out->ring_country[out->n_ring - 1], cell[COUNTRY].text) == 0;
    if (same) {
        return true;
    }
    char *code = rift_text_copy(cell[COUNTRY].text);
    if (!code) {
        return false;
    }
    *ring = cell[RING].text;
    out->start[out->n_ring] = (uint32_t)out->n_point;
    out->ring_country[out->n_ring++] = code;
    return true;
}

/* Rings and points of a sheet; no ring has fewer points than one. */
static rift_status take_rings(rift_sheet *sheet, rift_outlines *out)
{
    int column[COLUMNS];
    const char *ring = "";
    size_t n = sheet->n_row;
    out->ring_country = rift_array_zero(n, 1, 1, sizeof *out->ring_country);
    out->start = rift_array_zero(n + 1, 1, 1, sizeof *out->start);
    out->longitude = rift_array_zero(n, 1, 1, sizeof *out->longitude);
    out->latitude = rift_array_zero(n, 1, 1, sizeof *out->latitude);
    if (!out->ring_country || !out->start || !out->longitude || !out->latitude) {
        return rift_diag_memory(sheet->diag);
    }
    for (int k = 0; k < COLUMNS; k++) {
        column[k] = rift_sheet_column(sheet, needed[k]);
    }
    for (size_t r = 0; r < n; r++) {
        rift_sheet_cell cell[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            cell[k] = rift_sheet_at(sheet, r, column[k]);
        }
        double longitude, latitude;
        if (!read_point(sheet, cell, &longitude, &latitude)) {
            continue;
        }
        if (!begin_ring(out, cell, &ring)) {
            return rift_diag_memory(sheet->diag);
        }
        out->longitude[out->n_point] = longitude;
        out->latitude[out->n_point++] = latitude;
        out->start[out->n_ring] = (uint32_t)out->n_point;
    }
    return sheet->wrong ? RIFT_ERR_DATA : RIFT_OK;
}

static rift_status describe(const rift_sheet *sheet, rift_input *input)
{
    input->name = rift_text_copy(rift_path_name(sheet->file));
    input->size = sheet->n_byte;
    bool good = input->name &&
                rift_sha256_hex(sheet->bytes, sheet->n_byte, input->sha256) == RIFT_OK;
    return good ? RIFT_OK : rift_diag_memory(sheet->diag);
}

rift_status rift_outlines_read(const char *path, const char *disclaimer,
                               rift_diag *diag, rift_outlines *outlines,
                               rift_input *input)
{
    rift_sheet sheet;
    rift_outlines made = {.disclaimer = rift_text_copy(disclaimer)};
    rift_status status = rift_sheet_read(path, &form, diag, &sheet);
    if (sheet.usable) {
        rift_status taken =
            made.disclaimer ? take_rings(&sheet, &made) : rift_diag_memory(diag);
        status = rift_status_worse(status, taken);
    }
    if (status == RIFT_OK && made.n_ring == 0) {
        rift_location location = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &location, "the outlines file holds no ring");
        status = RIFT_ERR_DATA;
    }
    if (status == RIFT_OK) {
        status = describe(&sheet, input);
    }
    rift_sheet_free(&sheet);
    if (status != RIFT_OK) {
        rift_outlines_free(&made);
        return status;
    }
    *outlines = made;
    return RIFT_OK;
}
