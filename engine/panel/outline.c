/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Country outlines for maps, from a CSV file that the user may replace. */
#include "panel/outline.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "decode/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUTLINE_LIMIT = 256 * 1024 * 1024, COUNTRY = 0, RING, LONGITUDE, LATITUDE };

typedef struct reader {
    rift_diag *diag;
    bool header, wrong;
    rift_outlines *out;
    size_t ring_capacity, start_capacity, longitude_capacity, latitude_capacity;
    char ring[64]; /* number of the ring being read */
} reader;

void rift_outlines_free(rift_outlines *outlines)
{
    rift_array_free_texts(outlines->ring_country, outlines->n_ring);
    free(outlines->start);
    free(outlines->longitude);
    free(outlines->latitude);
    free(outlines->disclaimer);
    *outlines = (rift_outlines){0};
}

static rift_status bad_row(reader *reader, const rift_row *row, size_t cell,
                           const char *what)
{
    rift_location place = rift_row_place(row, cell);
    rift_diag_at(reader->diag, RIFT_ERROR, &place, "%s", what);
    reader->wrong = true;
    return RIFT_OK;
}

/* A ring goes on while country and ring number stay the same. */
static bool begin_ring(reader *reader, rift_cell country, rift_cell ring)
{
    rift_outlines *out = reader->out;
    bool same = out->n_ring > 0 && strcmp(reader->ring, ring.text) == 0 &&
                strcmp(out->ring_country[out->n_ring - 1], country.text) == 0;
    if (same) {
        return true;
    }
    if (!rift_array_grow((void **)&out->ring_country, out->n_ring,
                         &reader->ring_capacity, sizeof *out->ring_country) ||
        !rift_array_grow((void **)&out->start, out->n_ring + 1, &reader->start_capacity,
                         sizeof *out->start)) {
        return false;
    }
    char *code = rift_text_copy(country.text);
    if (!code) {
        return false;
    }
    snprintf(reader->ring, sizeof reader->ring, "%s", ring.text);
    out->start[out->n_ring] = (uint32_t)out->n_point;
    out->ring_country[out->n_ring++] = code;
    return true;
}

static rift_status read_row(void *data, const rift_row *row)
{
    reader *reader = data;
    rift_outlines *out = reader->out;
    if (!reader->header) {
        static const char *const name[] = {"country", "ring", "longitude", "latitude"};
        for (size_t i = 0; i < 4; i++) {
            if (i >= row->n_cell || strcmp(row->cell[i].text, name[i]) != 0) {
                bad_row(reader, row, i,
                        "an outlines file begins with country,ring,longitude,latitude");
                return RIFT_ERR_DATA;
            }
        }
        reader->header = true;
        return RIFT_OK;
    }
    double longitude, latitude;
    if (row->n_cell < 4 ||
        !rift_number_read(row->cell[LONGITUDE].text, row->cell[LONGITUDE].n,
                          &longitude) ||
        !rift_number_read(row->cell[LATITUDE].text, row->cell[LATITUDE].n, &latitude)) {
        return bad_row(reader, row, LONGITUDE,
                       "longitude and latitude must be numbers");
    }
    if (longitude < -180 || longitude > 180 || latitude < -90 || latitude > 90) {
        return bad_row(
            reader, row, LONGITUDE,
            "a point outside -180..180 and -90..90; cut rings at 180 degrees");
    }
    if (!begin_ring(reader, row->cell[COUNTRY], row->cell[RING]) ||
        !rift_array_grow((void **)&out->longitude, out->n_point,
                         &reader->longitude_capacity, sizeof *out->longitude) ||
        !rift_array_grow((void **)&out->latitude, out->n_point,
                         &reader->latitude_capacity, sizeof *out->latitude)) {
        return RIFT_ERR_MEMORY;
    }
    out->longitude[out->n_point] = longitude;
    out->latitude[out->n_point++] = latitude;
    out->start[out->n_ring] = (uint32_t)out->n_point;
    return RIFT_OK;
}

rift_status rift_outlines_read(const char *path, const char *disclaimer,
                               rift_diag *diag, rift_outlines *outlines,
                               rift_input *input)
{
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(path, OUTLINE_LIMIT, diag, &text, &n);
    if (status != RIFT_OK) {
        return status;
    }
    rift_outlines made = {.disclaimer = rift_text_copy(disclaimer)};
    reader reader = {.diag = diag, .out = &made};
    status = made.disclaimer ? rift_csv_read(path, text, n, read_row, &reader, diag)
                             : RIFT_ERR_MEMORY;
    if (status == RIFT_OK && (reader.wrong || made.n_ring == 0)) {
        if (!reader.wrong) {
            rift_location place = rift_location_file(path);
            rift_diag_at(diag, RIFT_ERROR, &place, "the outlines file holds no ring");
        }
        status = RIFT_ERR_DATA;
    }
    if (status == RIFT_OK) {
        input->name = rift_text_copy(rift_path_name(path));
        input->size = n;
        status =
            input->name ? rift_sha256_hex(text, n, input->sha256) : RIFT_ERR_MEMORY;
    }
    free(text);
    if (status != RIFT_OK) {
        rift_outlines_free(&made);
        return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
    }
    *outlines = made;
    return RIFT_OK;
}
