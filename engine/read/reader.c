/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The state of reading one file: made for a layout, freed, and where it complains. */
#include "read/reader.h"

#include "core/diag.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static bool has_years_only(const rift_reader *reader)
{
    const rift_layout *layout = reader->layout;
    if (reader->missing_stated || layout->status_in_values || layout->n_value == 0 ||
        layout->n_value > RIFT_YEARS_LIMIT) {
        return false;
    }
    for (size_t k = 0; k < layout->n_value; k++) {
        const rift_value_column *value = &layout->value[k];
        if (value->year != layout->value[0].year + (int)k || value->year == 0 ||
            value->cell != layout->value[0].cell + k || value->series ||
            *value->subgroup || value->obs_status >= 0 || value->remark >= 0 ||
            value->zero_is_missing > 0 || value->comma) {
            return false;
        }
    }
    return true;
}

static bool is_simple(const rift_reader *reader)
{
    const rift_layout *layout = reader->layout;
    if (reader->missing_stated || layout->n_value != 1 || layout->n_dimension > 0 ||
        layout->n_watched > 0 || layout->n_numbers > 0 || layout->n_where > 0 ||
        layout->judge || layout->status_in_values || layout->labelled_codes ||
        layout->frequency >= 0 || layout->country_code < 0 || layout->series_code < 0 ||
        layout->year < 0) {
        return false;
    }
    const rift_value_column *value = &layout->value[0];
    return !value->comma && value->obs_status < 0 && value->remark < 0 &&
           value->year == 0 && value->zero_is_missing == 0;
}

rift_status rift_reader_init(rift_reader *reader)
{
    const rift_layout *layout = reader->layout;
    const rift_read_settings *settings = reader->settings;
    reader->keys.country.number = reader->keys.series.number = -1;
    reader->keys.wanted.number = -1;
    reader->skip = reader->skip ? reader->skip : layout->header + 1;
    const rift_source_settings *source = reader->source;
    reader->missing_stated = source && (source->n_missing > 0 || source->n_column > 0);
    reader->slot = calloc(layout->n_value + 1, sizeof *reader->slot);
    reader->n_missing = rift_array_zero(layout->n_value + 1, RIFT_MISSING_LIMIT, 1,
                                        sizeof *reader->n_missing);
    reader->n_number = calloc(layout->n_value + 1, sizeof *reader->n_number);
    reader->n_lost = calloc(2 * layout->n_numbers + 1, sizeof *reader->n_lost);
    if (!reader->slot || !reader->n_missing || !reader->n_number || !reader->n_lost) {
        return RIFT_ERR_MEMORY;
    }
    reader->n_slot = 1;
    reader->apart.n_column = layout->n_watched;
    reader->years_only = has_years_only(reader);
    reader->simple = is_simple(reader);
    for (size_t k = 1; k < layout->n_value; k++) {
        const rift_value_column *value = &layout->value[k];
        bool own = value->series || *value->subgroup;
        reader->slot[k] = own ? reader->n_slot++ : 0;
    }
    for (size_t i = 0; i < settings->n_series; i++) {
        const char *code = settings->series[i];
        if (rift_string_table_add(&reader->named, code, strlen(code)) < 0) {
            return RIFT_ERR_MEMORY;
        }
    }
    return RIFT_OK;
}

void rift_reader_free(rift_reader *reader)
{
    rift_observations_free(&reader->out);
    rift_apart_free(&reader->apart);
    rift_string_table_free(&reader->tidied);
    rift_string_table_free(&reader->country);
    rift_string_table_free(&reader->unknown_status);
    rift_arena_free(&reader->words);
    free(reader->key);
    free(reader->slot);
    free(reader->keys.number);
    rift_string_table_free(&reader->keys.known);
    rift_string_table_free(&reader->named);
    free(reader->wanted);
    free(reader->n_bad);
    free(reader->n_number);
    free(reader->n_lost);
    free(reader->n_percent);
    free(reader->bad);
    free(reader->n_missing);
    reader->key = NULL;
    reader->slot = NULL;
    reader->keys.number = NULL;
    reader->wanted = NULL;
    reader->n_bad = reader->n_number = reader->n_percent = reader->n_lost = NULL;
    reader->bad = NULL;
    reader->n_missing = NULL;
}

void rift_reader_error(rift_reader *reader, const rift_row *row, size_t cell,
                       const char *format, ...)
{
    rift_text message = {0};
    va_list list;
    va_start(list, format);
    rift_text_vformat(&message, format, list);
    va_end(list);
    rift_location location = rift_row_location(row, cell);
    rift_diag_at(reader->diag, RIFT_ERROR, &location, "%s", rift_text_string(&message));
    rift_diag_text_free(reader->diag, &message);
    reader->wrong = true;
}
