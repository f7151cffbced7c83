/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of a file's content, each length checked before it is believed. */
#include "store/content.h"

#include "core/array.h"

#include <stdlib.h>
#include <string.h>

size_t rift_content_size(char type)
{
    static const char types[] = "dqQiIhHbB";
    static const unsigned char size[] = {8, 8, 8, 4, 4, 2, 2, 1, 1};
    const char *at = type ? strchr(types, type) : NULL;
    return at ? size[at - types] : 0;
}

/* Number of values by the axes; false where no memory could hold them. */
static bool count(const rift_record_head *head, size_t *n)
{
    size_t product = 1;
    for (size_t i = 0; i < head->rank; i++) {
        if (head->size[i] > SIZE_MAX / 8 ||
            __builtin_mul_overflow(product, (size_t)head->size[i], &product)) {
            return false;
        }
    }
    *n = product;
    return true;
}

/* Whether exactly n texts, each with its length before it, fill the bytes. */
static bool texts_fit(const rift_record *record)
{
    size_t at = 0, n = 0;
    while (record->n_byte - at >= sizeof(uint32_t)) {
        uint32_t length;
        memcpy(&length, record->data + at, sizeof length);
        at += sizeof length;
        if (length > record->n_byte - at) {
            return false;
        }
        at += length;
        n++;
    }
    return at == record->n_byte && n == record->n;
}

static bool values_fit(const rift_record *record)
{
    size_t size = rift_content_size(record->type), n_byte = 0;
    if (record->kind == 'd' || record->kind == 'a') {
        return record->type == 's'
                   ? texts_fit(record)
                   : size > 0 && !__builtin_mul_overflow(record->n, size, &n_byte) &&
                         n_byte == record->n_byte;
    }
    return record->type == '\0' && strchr("gxemz", record->kind);
}

/* The record at an offset, which then moves on; false where it goes beyond the bytes.
 */
static bool take_record(const rift_content *content, size_t *at, rift_record *record)
{
    rift_record_head head;
    if (content->n_data - *at < sizeof head) {
        return false;
    }
    memcpy(&head, content->data + *at, sizeof head);
    *at += sizeof head;
    const char *name = content->data + *at;
    if (head.n_name == 0 || head.n_name > content->n_data - *at ||
        memchr(name, '\0', head.n_name) != name + head.n_name - 1 ||
        head.rank > RIFT_CONTENT_RANK) {
        return false;
    }
    *at += head.n_name;
    if (head.n_byte > content->n_data - *at) {
        return false;
    }
    *record = (rift_record){.kind = head.kind,
                            .type = head.type,
                            .name = name,
                            .data = (const unsigned char *)content->data + *at,
                            .n_byte = (size_t)head.n_byte};
    *at += record->n_byte;
    return head.kind != '\0' && count(&head, &record->n) && values_fit(record);
}

static int by_name(const void *a, const void *b)
{
    const rift_record *one = a, *other = b;
    return one->kind != other->kind ? one->kind - other->kind
                                    : strcmp(one->name, other->name);
}

/* Take one record after the other, up to the one that says that all are there. */
static rift_status take_all(rift_content *content, rift_text *why)
{
    size_t room = 0;
    for (size_t at = 0; at < content->n_data;) {
        rift_record record;
        size_t before = at;
        if (!take_record(content, &at, &record)) {
            break;
        }
        if (record.kind == 'e') {
            rift_text_put(why, record.name);
            return RIFT_ERR_DATA;
        }
        if (record.kind == RIFT_RECORD_AXES) {
            content->odd_axes = record.name;
            continue;
        }
        if (record.kind == 'm' ||
            !rift_array_grow((void **)&content->record, content->n_record, &room,
                             sizeof record)) {
            return RIFT_ERR_MEMORY;
        }
        if (record.kind == 'z') {
            return RIFT_OK;
        }
        bool digest = strcmp(record.name, "@" RIFT_DIGEST_NAME) == 0;
        content->n_digested = digest ? before : at;
        content->record[content->n_record++] = record;
    }
    rift_text_put(why, "reading it broke off; the file is damaged");
    return RIFT_ERR_DATA;
}

rift_status rift_content_take(char *data, size_t n, rift_content *content,
                              rift_text *why)
{
    *content = (rift_content){.data = data, .n_data = n};
    rift_status status = take_all(content, why);
    if (status == RIFT_OK) {
        qsort(content->record, content->n_record, sizeof *content->record, by_name);
    }
    for (size_t i = 1; status == RIFT_OK && i < content->n_record; i++) {
        if (by_name(&content->record[i - 1], &content->record[i]) == 0) {
            rift_text_format(why, "'%s' stands in it twice", content->record[i].name);
            status = RIFT_ERR_DATA;
        }
    }
    return status;
}

void rift_content_free(rift_content *content)
{
    free(content->record);
    free(content->data);
    *content = (rift_content){0};
}

const rift_record *rift_content_find(const rift_content *content, char kind,
                                     const char *name)
{
    const rift_record wanted = {.kind = kind, .name = name};
    return content->n_record ? bsearch(&wanted, content->record, content->n_record,
                                       sizeof wanted, by_name)
                             : NULL;
}
