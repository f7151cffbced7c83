/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result read back from its HDF5 file; the mirror of write.c. First the definition,
   for it says what nodes there are; then every array of schema.c. What is only written
   for other readers must say what the definition says. */
#include "store/reading.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "result/lookup.h"
#include "rift/method.h"
#include "store/tables_file.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RESULT_LIMIT ((size_t)8 * 1024 * 1024 * 1024)

bool rift_reading_wrong(rift_reading *r, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (!r->in.failed) {
        rift_text_vformat(&r->in.why, format, list);
    }
    va_end(list);
    r->in.failed = true;
    return false;
}

bool rift_reading_memory(rift_reading *r, const void *data)
{
    r->in.no_memory = r->in.no_memory || !data;
    r->in.failed = r->in.failed || r->in.no_memory;
    return data;
}

const char *rift_reading_path(const rift_reading *r, const rift_schema_row *row)
{
    return r->old && row->before ? row->before : row->name;
}

/* Put what was read into a member of a struct; a number that fits no such member is 0.
 */
static bool put_member(rift_reading *r, const rift_schema_row *row, char *item,
                       char *text, double x)
{
    void *at = item + row->member;
    double whole = x >= 0 && x < 1e15 ? x : 0;
    switch (row->sort) {
    case RIFT_MEMBER_TEXT:
        *(char **)at = text;
        return true;
    case RIFT_MEMBER_HASH:
        snprintf(at, 65, "%s", text);
        break;
    case RIFT_MEMBER_TREATMENT: {
        const rift_treatment *method = *text ? rift_treatment_find(text) : NULL;
        *(const char **)at = method ? method->name : NULL;
        bool known = method || !*text;
        if (!known) {
            rift_reading_wrong(r,
                               "'%s' names a treatment that this Rift does not know, "
                               "'%s'",
                               row->name, text);
        }
        free(text);
        return known;
    }
    case RIFT_MEMBER_DOUBLE:
        *(double *)at = x;
        break;
    case RIFT_MEMBER_SIZE:
        *(size_t *)at = (size_t)whole;
        break;
    case RIFT_MEMBER_U64:
        *(uint64_t *)at = (uint64_t)whole;
        break;
    case RIFT_MEMBER_INT:
        *(int *)at = x > -1e9 && x < 1e9 ? (int)x : 0;
        break;
    case RIFT_MEMBER_BOOL:
        *(bool *)at = x != 0;
        break;
    }
    free(text);
    return true;
}

/* Numbers of any type as doubles. */
static double number_at(const void *data, rift_h5_type type, size_t i)
{
    return type == RIFT_H5_F64   ? ((const double *)data)[i]
           : type == RIFT_H5_I32 ? ((const int32_t *)data)[i]
                                 : ((const int8_t *)data)[i];
}

static void take_members(rift_reading *r, const rift_schema_row *row, size_t n)
{
    void **array = rift_schema_array(row, r->result);
    if (!*array) {
        *array = rift_array_zero(n, 1, 1, row->size);
    }
    if (!rift_reading_memory(r, *array)) {
        return;
    }
    const char *path = rift_reading_path(r, row);
    bool texts = row->type == RIFT_H5_TEXT;
    char **text = texts ? rift_h5_read_texts(&r->in, path, n) : NULL;
    void *number = texts ? NULL : rift_h5_read(&r->in, path, row->type, n);
    for (size_t i = 0; i < n && (text || number); i++) {
        char *item = (char *)*array + i * row->size;
        if (r->in.failed) {
            free(text ? text[i] : NULL);
        } else {
            put_member(r, row, item, text ? text[i] : NULL,
                       number ? number_at(number, row->type, i) : 0);
        }
    }
    free(text);
    free(number);
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* What the file says for others, and what the definition says. */
static void compare_made(rift_reading *r, const rift_schema_row *row, size_t n)
{
    const char *path = rift_reading_path(r, row);
    bool texts = row->type == RIFT_H5_TEXT;
    char **text = texts ? rift_h5_read_texts(&r->in, path, n) : NULL;
    void *number = texts ? NULL : rift_h5_read(&r->in, path, row->type, n);
    for (size_t i = 0; !r->in.failed && i < n; i++) {
        rift_schema_value value = {0};
        row->make(r->result, i, &value);
        if (texts && strcmp(value.text, text[i]) != 0) {
            rift_reading_wrong(r, "'%s' has '%s' where its definition has '%s'", path,
                               text[i], value.text);
        } else if (number &&
                   !same_number(value.number, number_at(number, row->type, i))) {
            rift_reading_wrong(r, "'%s' has %.6g where its definition has %.6g", path,
                               number_at(number, row->type, i), value.number);
        }
    }
    rift_array_free_texts(text, n);
    free(number);
}

/* The length of an axis, once it can be kept with what has that length. */
static void take_axis(rift_reading *r, const rift_schema_row *row)
{
    size_t n = rift_h5_length(&r->in, rift_reading_path(r, row));
    size_t *count = (size_t *)((char *)r->result + row->count);
    if (row->place == RIFT_PLACE_ARRAY && n > 0) {
        const char *path = rift_reading_path(r, row);
        *rift_schema_array(row, r->result) =
            row->type == RIFT_H5_TEXT ? (void *)rift_h5_read_texts(&r->in, path, n)
                                      : rift_h5_read(&r->in, path, row->type, n);
    } else if (row->place == RIFT_PLACE_ARRAY) {
        *rift_schema_array(row, r->result) = rift_array_zero(0, 1, 1, sizeof(char *));
        rift_reading_memory(r, *rift_schema_array(row, r->result));
    } else if (row->place == RIFT_PLACE_MEMBERS) {
        take_members(r, row, n);
        n = *rift_schema_array(row, r->result) ? n : 0;
    }
    *count = n;
}

/* Values that have names must be among these: tables go by them. */
static void check_flags(rift_reading *r, const rift_schema_row *row,
                        const int8_t *value, size_t n)
{
    int most = rift_schema_flags(row) - 1;
    for (size_t i = 0; !r->in.failed && i < n; i++) {
        if (value[i] < 0 || value[i] > most) {
            rift_reading_wrong(r, "'%s' has the value %d, which has no meaning",
                               row->name, value[i]);
        }
    }
}

static void take_array(rift_reading *r, const rift_schema_row *row, size_t n)
{
    const char *path = rift_reading_path(r, row);
    void **array = rift_schema_array(row, r->result);
    if (row->optional && !rift_h5_has(&r->in, path)) {
        return;
    }
    if (*row->axes == '\0') {
        *array = rift_h5_read_text(&r->in, path);
    } else if (row->type == RIFT_H5_TEXT) {
        *array = rift_h5_read_texts(&r->in, path, n);
    } else {
        *array = rift_h5_read(&r->in, path, row->type, n);
    }
    if (row->flags && row->type == RIFT_H5_I8) {
        check_flags(r, row, *array, n);
    }
}

static void take_row(rift_reading *r, const rift_schema_row *row)
{
    size_t n = 0;
    if (row->apart || r->in.failed || (r->old && row->since_3)) {
        return;
    }
    if (rift_schema_is_axis(row) && !row->length) {
        take_axis(r, row);
    } else if (!rift_schema_elements(row, r->result, &n)) {
        rift_reading_wrong(r, "'%s' is too large", row->name);
    } else if (row->place == RIFT_PLACE_MADE) {
        compare_made(r, row, n);
    } else if (row->place == RIFT_PLACE_MEMBERS) {
        take_members(r, row, n);
    } else {
        take_array(r, row, n);
    }
}

static void check_format(rift_reading *r)
{
    if (!r->in.failed && !rift_h5_has_attribute(&r->in, "rift_format")) {
        rift_reading_wrong(r, "the file was not written by Rift");
    }
    char *format = rift_h5_read_attribute(&r->in, "rift_format");
    r->old = format && strcmp(format, "2") == 0;
    if (!r->in.failed && !r->old && strcmp(format, RIFT_RESULT_FORMAT) != 0) {
        rift_reading_wrong(
            r,
            "the file has result format %s, this Rift %s reads formats 2 "
            "and %s; use the Rift that wrote it",
            format, rift_version(), RIFT_RESULT_FORMAT);
    }
    free(format);
    r->old_definition = r->old;
    if (!r->in.failed && !r->old) {
        char *definition = rift_h5_read_attribute(&r->in, "rift_definition_format");
        r->old_definition = definition && strcmp(definition, "2") == 0;
        free(definition);
    }
}

/* Files of format 2 have no digest; of format 3 each has. */
static void check_digest(rift_reading *r)
{
    if (r->in.digest == RIFT_DIGEST_WRONG) {
        rift_reading_wrong(
            r, "what it holds is not what was stored, by its digest; it was "
               "damaged or changed, so make it anew, or read it all the "
               "same with --no-verify");
    } else if (r->in.digest == RIFT_DIGEST_ABSENT && !r->old) {
        rift_reading_wrong(r, "it has no digest to tell damage by; make it anew, or "
                              "read it all the same with --no-verify");
    }
}

/* Whether a row is the units that values are in, before what the file says of them. */
static bool has_units(const rift_reading *r, const rift_schema_row *row)
{
    return row->place == RIFT_PLACE_ARRAY &&
           (void *)rift_schema_array(row, r->result) == &r->result->panel.unit;
}

static void take_all(rift_reading *r, const char *path, rift_diag *diag)
{
    check_format(r);
    if (!r->in.failed) {
        check_digest(r);
    }
    if (!r->in.failed) {
        rift_reading_definition(r, path, diag);
    }
    if (!r->in.failed && r->old_definition) {
        rift_reading_votes(r);
    }
    for (size_t i = 0; !r->in.failed && i < rift_n_schema; i++) {
        take_row(r, &rift_schema[i]);
        if (!r->in.failed && has_units(r, &rift_schema[i])) {
            rift_result_adopt_units(r->result);
        }
    }
    if (r->old) {
        rift_reading_format_2(r);
    }
    rift_reading_parts(r);
    rift_store_take_kept(&r->in, r->old, r->result);
    rift_reading_axes(r);
}

static rift_status read_file(const char *path, bool verify, rift_diag *diag,
                             rift_result *result)
{
    char *data = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(path, RESULT_LIMIT, diag, &data, &n);
    if (status != RIFT_OK) {
        return status;
    }
    rift_result made = {0};
    rift_reading r = {.result = &made};
    status = rift_h5_open(&r.in, data, n, verify);
    free(data);
    if (status != RIFT_OK) {
        return rift_diag_system(diag, path, "cannot be read in a process of its own");
    }
    take_all(&r, path, diag);
    if (r.in.failed) {
        rift_location place = rift_location_file(path);
        bool memory = r.in.no_memory || r.in.why.failed || !r.in.why.n;
        if (!memory) {
            rift_diag_at(diag, RIFT_ERROR, &place, "is no Rift result: %s",
                         r.in.why.data);
        }
        rift_result_free(&made);
        status = memory ? rift_diag_memory(diag) : RIFT_ERR_DATA;
    } else {
        if (r.in.digest == RIFT_DIGEST_RIGHT) {
            memcpy(made.provenance.digest, r.in.sha256, sizeof r.in.sha256);
        }
        *result = made;
    }
    rift_h5_close(&r.in);
    return status;
}

rift_status rift_store_read(const char *path, rift_diag *diag, rift_result *result)
{
    return read_file(path, true, diag, result);
}

rift_status rift_store_read_unverified(const char *path, rift_diag *diag,
                                       rift_result *result)
{
    return read_file(path, false, diag, result);
}
