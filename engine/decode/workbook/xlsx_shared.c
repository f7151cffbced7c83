/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sheets of an .xlsx file share: texts, and formats of cells. */
#include "decode/workbook/xlsx.h"

#include "core/diag.h"

#include <stdlib.h>
#include <string.h>

#define SHARED_BYTES 1073741824

rift_status rift_part_parse(rift_book *book, size_t part, rift_xml *xml)
{
    rift_part from = {0};
    rift_bytes bytes = {rift_part_read, &from};
    rift_status status = rift_part_open(&book->parts, part, &from);
    xml->bytes = &bytes;
    xml->file = book->source->path;
    xml->part = book->parts.name[part];
    xml->diag = book->source->diag;
    if (status == RIFT_OK) {
        status = rift_xml_open(xml);
    }
    if (status == RIFT_OK) {
        status = rift_xml_run(xml);
    }
    if (status == RIFT_ERR_SYSTEM && from.status != RIFT_OK) {
        status = from.status;
    }
    rift_xml_close(xml);
    rift_part_close(&from);
    return status;
}

void rift_runs_start(rift_runs *runs, const rift_xml *xml, const char *name)
{
    if (strcmp(name, "rPh") == 0 && !runs->phonetic) {
        runs->phonetic = xml->depth;
    }
    runs->within = !runs->phonetic && strcmp(name, "t") == 0;
}

void rift_runs_text(rift_runs *runs, const char *text, size_t n)
{
    if (runs->within) {
        rift_text_add(&runs->text, text, n);
    }
}

void rift_runs_end(rift_runs *runs, const rift_xml *xml, const char *name)
{
    (void)name;
    runs->within = false;
    runs->phonetic = runs->phonetic == xml->depth ? 0 : runs->phonetic;
}

static int hexadecimal(const char *text)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef";
        const char *at = text[i] ? strchr(digits, text[i] | 32) : NULL;
        if (!at) {
            return -1;
        }
        value = 16 * value + (int)(at - digits);
    }
    return value;
}

/* One character as UTF-8; a control as the blank that it is for a table. */
static size_t put_point(char *to, int point)
{
    if (point < 0x80) {
        *to = point < ' ' && point != '\t' ? ' ' : (char)point;
        return 1;
    }
    if (point < 0x800) {
        to[0] = (char)(0xC0 | point >> 6);
        to[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    point = point >= 0xD800 && point < 0xE000 ? 0xFFFD : point;
    to[0] = (char)(0xE0 | point >> 12);
    to[1] = (char)(0x80 | (point >> 6 & 0x3F));
    to[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}

void rift_runs_unescape(rift_text *text)
{
    if (!text->data || !strstr(text->data, "_x")) {
        return;
    }
    size_t kept = 0;
    for (size_t i = 0; i < text->n;) {
        const char *at = text->data + i;
        int point = text->n - i >= 7 && at[0] == '_' && at[1] == 'x' && at[6] == '_'
                        ? hexadecimal(at + 2)
                        : -1;
        if (point >= 0) {
            kept += put_point(text->data + kept, point);
            i += 7;
        } else {
            text->data[kept++] = text->data[i++];
        }
    }
    text->n = kept;
    text->data[kept] = '\0';
}

typedef struct shared_read {
    rift_xml xml;
    rift_shared *shared;
    rift_text text;
    rift_runs runs;
    size_t capacity;
} shared_read;

static void shared_start(void *data, const char *name, const char **attribute)
{
    shared_read *read = data;
    (void)attribute;
    if (strcmp(name, "si") == 0) {
        read->runs.text.n = 0;
    } else {
        rift_runs_start(&read->runs, &read->xml, name);
    }
}

static void shared_text(void *data, const char *text, size_t n)
{
    shared_read *read = data;
    rift_runs_text(&read->runs, text, n);
}

static void shared_end(void *data, const char *name)
{
    shared_read *read = data;
    rift_runs_end(&read->runs, &read->xml, name);
    if (strcmp(name, "si") != 0) {
        return;
    }
    rift_shared *shared = read->shared;
    if (read->runs.text.n > 0) {
        rift_runs_unescape(&read->runs.text);
        rift_text_add(&read->text, read->runs.text.data, read->runs.text.n);
    }
    if (!rift_array_grow((void **)&shared->end, shared->n, &read->capacity,
                         sizeof *shared->end) ||
        read->text.failed || read->runs.text.failed) {
        rift_xml_fail(&read->xml, rift_diag_memory(read->xml.diag));
        return;
    }
    shared->end[shared->n++] = read->text.n;
    if (read->text.n > SHARED_BYTES) {
        rift_xml_wrong(&read->xml, "holds more than 1 GiB of text, the limit; save "
                                   "the sheets as CSV");
    }
}

rift_status rift_xlsx_shared(rift_book *book, size_t part)
{
    shared_read read = {.shared = &book->shared,
                        .xml = {.start = shared_start,
                                .end = shared_end,
                                .text = shared_text,
                                .data = &read}};
    rift_status status = rift_part_parse(book, part, &read.xml);
    rift_text_free(&read.runs.text);
    book->shared.n_text = read.text.n;
    book->shared.text = read.text.data;
    return status;
}

bool rift_shared_put(const rift_shared *shared, size_t number, rift_text *out)
{
    if (number >= shared->n) {
        return false;
    }
    size_t start = number > 0 ? shared->end[number - 1] : 0;
    if (shared->end[number] > start) {
        rift_text_add(out, shared->text + start, shared->end[number] - start);
    }
    return true;
}

void rift_shared_free(rift_shared *shared)
{
    free(shared->text);
    free(shared->end);
    *shared = (rift_shared){0};
}

/* Formats by number, then the cell formats that name them. */
typedef struct styles_read {
    rift_xml xml;
    rift_book *book;
    bool within; /* <cellXfs> */
    struct {
        size_t number;
        rift_shown shown;
    } * format;
    size_t n_format, capacity;
} styles_read;

static rift_shown find_format(const styles_read *read, size_t number)
{
    for (size_t i = 0; i < read->n_format; i++) {
        if (read->format[i].number == number) {
            return read->format[i].shown;
        }
    }
    return rift_shown_built_in(number);
}

static bool add_format(styles_read *read, const char **attribute)
{
    const char *code = rift_xml_attribute(attribute, "formatCode");
    size_t number = rift_xml_count(attribute, "numFmtId", SIZE_MAX);
    if (!code || number == SIZE_MAX || read->n_format >= 65536) {
        return true;
    }
    if (!rift_array_grow((void **)&read->format, read->n_format, &read->capacity,
                         sizeof *read->format)) {
        return false;
    }
    read->format[read->n_format].number = number;
    read->format[read->n_format++].shown = rift_shown_by_code(code);
    return true;
}

static void styles_start(void *data, const char *name, const char **attribute)
{
    styles_read *read = data;
    rift_book *book = read->book;
    bool good = true;
    if (strcmp(name, "cellXfs") == 0) {
        read->within = true;
    } else if (strcmp(name, "numFmt") == 0) {
        good = add_format(read, attribute);
    } else if (strcmp(name, "xf") == 0 && read->within && book->n_shown < 1000000) {
        good = rift_array_grow((void **)&book->shown, book->n_shown,
                               &book->shown_capacity, sizeof *book->shown);
        if (good) {
            book->shown[book->n_shown++] =
                find_format(read, rift_xml_count(attribute, "numFmtId", 0));
        }
    }
    if (!good) {
        rift_xml_fail(&read->xml, rift_diag_memory(read->xml.diag));
    }
}

static void styles_end(void *data, const char *name)
{
    styles_read *read = data;
    read->within = read->within && strcmp(name, "cellXfs") != 0;
}

rift_status rift_xlsx_styles(rift_book *book, size_t part)
{
    styles_read read = {
        .book = book, .xml = {.start = styles_start, .end = styles_end, .data = &read}};
    rift_status status = rift_part_parse(book, part, &read.xml);
    free(read.format);
    return status;
}
