/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The World Bank's API, version 2, as JSON: a list of two, what page this is and the
   records. Read as a stream by YAJL; the location of a value is where its text begins.
 */
#include "read/format.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/obs_status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

enum { CODE, NAME, COUNTRY, COUNTRY_NAME, DATE, VALUE, UNIT, STATUS, N_FIELD };

typedef struct json {
    rift_reader *reader;
    yajl_handle parser;
    int depth, list; /* of braces and brackets; which element of the outer list */
    char key[2][32]; /* the key in a record, and in an object of the record */
    rift_text field[N_FIELD];
    uint32_t given; /* bits of the fields that the record has said */
    bool has_value, has_record;
    uint64_t value_at; /* byte where the value begins, counted from 0 */
    uint64_t before;   /* bytes before the block at hand */
    uint64_t line_start;
    size_t line;
    const char *block;
    size_t n_counted; /* bytes of the block in which line ends were counted */
    rift_status status;
} json;

/* Count the lines up to where the parser stands. */
static void count_lines(json *json)
{
    size_t now = yajl_get_bytes_consumed(json->parser);
    for (; json->n_counted < now; json->n_counted++) {
        if (json->block[json->n_counted] == '\n') {
            json->line++;
            json->line_start = json->before + json->n_counted + 1;
        }
    }
}

static int field_of(const json *json)
{
    static const struct {
        const char *key, *inner;
        int field;
    } known[] = {{"indicator", "id", CODE},
                 {"indicator", "value", NAME},
                 {"country", "id", N_FIELD},
                 {"country", "value", COUNTRY_NAME},
                 {"countryiso3code", "", COUNTRY},
                 {"date", "", DATE},
                 {"value", "", VALUE},
                 {"unit", "", UNIT},
                 {"obs_status", "", STATUS}};
    const char *inner = json->depth == 4 ? json->key[1] : "";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(known[i].key, json->key[0]) && !strcmp(known[i].inner, inner)) {
            return known[i].field;
        }
    }
    return N_FIELD;
}

static rift_status add_record(json *json)
{
    rift_reader *reader = json->reader;
    const char *text[N_FIELD];
    for (int i = 0; i < N_FIELD; i++) {
        text[i] = rift_text_string(&json->field[i]);
        if (json->field[i].failed) {
            return RIFT_ERR_MEMORY;
        }
    }
    rift_location location = {.file = reader->name,
                              .line = json->line,
                              .column =
                                  (size_t)(json->value_at - json->line_start) + 1};
    reader->count.n_row++;
    int year = rift_year_of_header(text[DATE]);
    if (year == 0 || !*text[CODE]) {
        reader->count.n_other_frequency += *text[CODE] != '\0';
        reader->count.n_empty += *text[CODE] == '\0';
        return RIFT_OK;
    }
    rift_series_seen seen = {rift_reader_shown(reader, text[CODE], &location), "",
                             rift_reader_shown(reader, text[NAME], &location),
                             rift_reader_shown(reader, text[UNIT], &location),
                             reader->file};
    if (!seen.code || !seen.name || !seen.unit) {
        return RIFT_ERR_MEMORY;
    }
    int series = rift_observations_series(&reader->out, &seen);
    int country = rift_reader_country(
        reader, (rift_cell){(char *)text[COUNTRY], strlen(text[COUNTRY])},
        (rift_cell){(char *)text[COUNTRY_NAME], strlen(text[COUNTRY_NAME])},
        location.line, location.column);
    if (series < 0 || country < 0) {
        return RIFT_ERR_MEMORY;
    }
    reader->key[country].n_row++;
    double value;
    if (!json->has_value) {
        reader->n_missing[reader->layout->n_value * RIFT_MISSING_LIMIT]++;
        return RIFT_OK;
    }
    if (!rift_number_read(text[VALUE], json->field[VALUE].n, &value)) {
        rift_diag_at(reader->diag, RIFT_ERROR, &location,
                     "the value '%.40s' is not a number", text[VALUE]);
        reader->wrong = true;
        return RIFT_OK;
    }
    bool known;
    rift_strip at = {.series = (uint32_t)series,
                     .country = (uint32_t)country,
                     .file = reader->file,
                     .line = json->line,
                     .year = year,
                     .cell = (uint32_t)location.column};
    return rift_reader_add(
        reader, &at, value,
        rift_obs_status_read(text[STATUS], json->field[STATUS].n, &known));
}

/* An error at the scalar that ends where the parser stands. */
static void refuse_here(json *json, const char *why)
{
    count_lines(json);
    uint64_t end = json->before + yajl_get_bytes_consumed(json->parser);
    rift_location location = {.file = json->reader->name,
                              .line = json->line,
                              .column = (size_t)(end - json->line_start)};
    rift_diag_at(json->reader->diag, RIFT_ERROR, &location, "%s", why);
    json->reader->wrong = true;
}

static int take_scalar(json *json, const char *text, size_t n, bool present)
{
    if (json->list == 0 && json->depth == 2 && !strcmp(json->key[0], "lastupdated")) {
        snprintf(json->reader->vintage, sizeof json->reader->vintage, "%.*s",
                 (int)(n < 10 ? n : 10), text);
    }
    if (json->list != 1 || json->depth < 3 || json->depth > 4) {
        return 1;
    }
    int field = field_of(json);
    if (memchr(text, '\0', n)) { /* what stands behind it would be lost */
        refuse_here(json, "the text that ends here holds a NUL character (\\u0000); "
                          "remove it");
    }
    if (field == VALUE) {
        count_lines(json);
        json->has_value = present;
        json->value_at = json->before + yajl_get_bytes_consumed(json->parser) - n;
    }
    if (field < N_FIELD && (json->given & (1u << field))) {
        refuse_here(json, "the record has this key twice; keep one of the two");
    }
    if (field < N_FIELD) {
        json->given |= 1u << field;
        json->field[field].n = 0;
        rift_text_add(&json->field[field], text, n);
    }
    return 1;
}

static int on_null(void *data)
{
    return take_scalar(data, "", 0, false);
}

static int on_boolean(void *data, int yes)
{
    return take_scalar(data, yes ? "true" : "false", 4, true);
}

static int on_number(void *data, const char *text, size_t n)
{
    return take_scalar(data, text, n, true);
}

static int on_string(void *data, const unsigned char *text, size_t n)
{
    return take_scalar(data, (const char *)text, n, true);
}

static int on_key(void *data, const unsigned char *text, size_t n)
{
    json *json = data;
    char *key = json->key[json->depth == 4];
    if (json->depth == 2 || json->depth == 3 || json->depth == 4) {
        snprintf(key, sizeof json->key[0], "%.*s", (int)(n < 31 ? n : 31),
                 (const char *)text);
    }
    return 1;
}

static int on_open(void *data)
{
    json *json = data;
    if (++json->depth == 3 && json->list == 1) {
        json->has_value = false;
        json->given = 0;
        for (int i = 0; i < N_FIELD; i++) {
            json->field[i].n = 0;
            rift_text_add(&json->field[i], "", 0);
        }
    }
    return json->depth < 32; /* no answer is as deep as that */
}

static int on_close(void *data)
{
    json *json = data;
    if (--json->depth == 2 && json->list == 1) {
        json->has_record = true;
        json->status = add_record(json);
    } else if (json->depth == 1) {
        json->list++;
    }
    const volatile sig_atomic_t *stop =
        json->reader->settings->watch ? json->reader->settings->watch->stop : NULL;
    if (stop && *stop) {
        json->status = RIFT_ERR_STOPPED;
    }
    return json->status == RIFT_OK;
}

static rift_status complain(json *json, size_t n)
{
    unsigned char *why =
        yajl_get_error(json->parser, 0, (const unsigned char *)json->block, n);
    count_lines(json);
    uint64_t at = json->before + yajl_get_bytes_consumed(json->parser);
    rift_location location = {.file = json->reader->name,
                              .line = json->line,
                              .column = (size_t)(at - json->line_start) + 1};
    size_t length = why ? strcspn((char *)why, "\n") : 0;
    rift_diag_at(json->reader->diag, RIFT_ERROR, &location,
                 "this is not JSON: %.*s; fetch the file again", (int)length,
                 why ? (char *)why : "");
    yajl_free_error(json->parser, why);
    return RIFT_ERR_DATA;
}

static rift_status parse(json *json, rift_bytes *bytes, char *block, size_t size)
{
    for (;;) {
        ptrdiff_t got = bytes->read(bytes->data, block, size);
        if (got < 0) {
            return RIFT_ERR_SYSTEM;
        }
        json->block = block;
        json->n_counted = 0;
        size_t skip =
            json->before == 0 && got >= 3 && !memcmp(block, "\xEF\xBB\xBF", 3) ? 3 : 0;
        json->block += skip;
        yajl_status done = got > 0
                               ? yajl_parse(json->parser, (unsigned char *)block + skip,
                                            (size_t)got - skip)
                               : yajl_complete_parse(json->parser);
        if (json->status != RIFT_OK) {
            return json->status;
        }
        if (done != yajl_status_ok) {
            return complain(json, (size_t)got - skip);
        }
        if (got == 0) {
            return RIFT_OK;
        }
        json->n_counted = 0;
        for (size_t i = 0; i < (size_t)got - skip; i++) {
            /* lines of this block that no value has counted yet */
            uint64_t at = json->before + i;
            if (json->block[i] == '\n' && at >= json->line_start) {
                json->line++;
                json->line_start = at + 1;
            }
        }
        json->before += (uint64_t)got - skip;
    }
}

static rift_status read_json(rift_reader *reader, rift_bytes *bytes)
{
    static const yajl_callbacks callbacks = {on_null,   on_boolean, NULL,    NULL,
                                             on_number, on_string,  on_open, on_key,
                                             on_close,  on_open,    on_close};
    enum { BLOCK = 65536 };
    json json = {.reader = reader, .line = 1};
    char *block = malloc(BLOCK);
    json.parser = yajl_alloc(&callbacks, NULL, &json);
    rift_status status =
        block && json.parser ? parse(&json, bytes, block, BLOCK) : RIFT_ERR_MEMORY;
    if (json.parser) {
        yajl_free(json.parser);
    }
    for (int i = 0; i < N_FIELD; i++) {
        rift_text_free(&json.field[i]);
    }
    free(block);
    return status;
}

static bool recognise(rift_preview *head, rift_layout *layout)
{
    const char *text = head->text;
    size_t n = head->n < 1000 ? head->n : 1000;
    bool list = n > 0 && *text == '[';
    if (!list || !memmem(text, n, "\"page\"", 6) ||
        !memmem(text, n, "\"per_page\"", 10)) {
        return false;
    }
    *layout = rift_layout_empty(head);
    return true;
}

const rift_format rift_format_worldbank_json = {
    "world-bank-json", "World Bank: API version 2, JSON", recognise, read_json};
