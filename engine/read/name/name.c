/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a name by its key. Equality of keys is the only thing taken; what is merely
   near is suggested. */
#include "read/name/name.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static int compare_key(const void *key, const void *row)
{
    return strcmp(key, ((const rift_name *)row)->key);
}

const rift_name rift_name_no_memory = {"", "", "", "", 0};

static const rift_name *find_key(const rift_name *table, size_t n, const char *name)
{
    char *key = rift_name_key(name);
    const rift_name *found = !key   ? &rift_name_no_memory
                             : *key ? bsearch(key, table, n, sizeof *table, compare_key)
                                    : NULL;
    free(key);
    return found;
}

/* UTF-8 that was taken for Windows-1252 and written as UTF-8 again, undone; NULL where
   the text is not such a thing, or memory runs out. */
static char *undo_twice(const char *text, bool *no_memory)
{
    rift_text out = {0};
    utf8proc_int32_t point;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    while (*at) {
        utf8proc_ssize_t step = utf8proc_iterate(at, -1, &point);
        if (step < 1 || point > 0xFF) {
            rift_text_free(&out);
            return NULL;
        }
        char byte = (char)point;
        rift_text_add(&out, &byte, 1);
        at += step;
    }
    *no_memory = out.failed;
    if (out.failed || !out.data || !rift_text_is_utf8(out.data, out.n) ||
        strcmp(out.data, text) == 0) {
        rift_text_free(&out);
    }
    return out.data;
}

/* "CÃ´Te": a program that changed the case of the damaged letters as well. */
static void raise_latin(char *text)
{
    for (char *at = text; *at; at++) {
        bool second = at > text && (unsigned char)at[-1] == 0xC3;
        if (second && (unsigned char)*at >= 0xA0) {
            at[-1] = (char)0xC3;
            *at = (char)((unsigned char)*at - 0x20);
        }
    }
}

/* The name that damaged text is, once put right. */
static const rift_name *find_damaged(const rift_name *table, size_t n, const char *text)
{
    bool no_memory = false;
    char *right = undo_twice(text, &no_memory);
    const rift_name *found = no_memory ? &rift_name_no_memory
                             : right   ? find_key(table, n, right)
                                       : NULL;
    free(right);
    return found;
}

const rift_name *rift_name_find(const rift_name *table, size_t n, const char *name)
{
    const rift_name *found = find_key(table, n, name);
    found = found ? found : find_damaged(table, n, name);
    if (found) {
        return found;
    }
    char *raised = rift_text_copy(name);
    if (!raised) {
        return &rift_name_no_memory;
    }
    raise_latin(raised);
    found = find_damaged(table, n, raised);
    free(raised);
    return found;
}
