/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/record.h"

#include "core/replace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIMIT = 1024 * 1024 };

char *rift_record_read(int fd)
{
    rift_text text = {0};
    char block[4096];
    for (ssize_t got; (got = pread(fd, block, sizeof block, (off_t)text.n)) > 0;) {
        rift_text_add(&text, block, (size_t)got);
        if (text.n > LIMIT || memchr(block, '\0', (size_t)got)) {
            rift_text_free(&text);
            break;
        }
    }
    rift_text_put(&text, "");
    return text.failed ? NULL : rift_text_take(&text);
}

/* A word without tabs and line ends. */
static void put_word(rift_text *out, const char *word)
{
    for (const char *at = word; *at; at++) {
        const char *as = *at == '\t'   ? "\\t"
                         : *at == '\n' ? "\\n"
                         : *at == '\\' ? "\\\\"
                                       : NULL;
        rift_text_add(out, as ? as : at, as ? 2 : 1);
    }
}

/* The n bytes of a word as they were; new, NULL when memory runs out. */
static char *take_word(const char *word, size_t n)
{
    rift_text out = {0};
    rift_text_put(&out, "");
    for (size_t i = 0; i < n; i++) {
        bool marked = word[i] == '\\' && i + 1 < n;
        i += marked;
        char c = !marked          ? word[i]
                 : word[i] == 't' ? '\t'
                 : word[i] == 'n' ? '\n'
                                  : word[i];
        rift_text_add(&out, &c, 1);
    }
    return rift_text_take(&out);
}

/* The line of a name, behind the tab that follows it; NULL where there is none. */
static const char *line_of(const char *record, const rift_text *name, size_t *n)
{
    for (const char *at = record; *at;) {
        size_t line = strcspn(at, "\n");
        if (line > name->n && strncmp(at, name->data, name->n) == 0 &&
            at[name->n] == '\t') {
            *n = line - name->n - 1;
            return at + name->n + 1;
        }
        at += line + (at[line] == '\n');
    }
    return NULL;
}

bool rift_record_find(const char *record, const char *name, char **first, char **second)
{
    rift_text key = {0};
    size_t n = 0;
    *first = *second = NULL;
    put_word(&key, name);
    const char *line = key.n ? line_of(record, &key, &n) : NULL;
    if (line) {
        const char *tab = memchr(line, '\t', n);
        size_t length = tab ? (size_t)(tab - line) : n;
        *first = take_word(line, length);
        *second = tab ? take_word(tab + 1, n - length - 1) : rift_text_copy("");
    }
    bool good = !key.failed && (!line || (*first && *second));
    rift_text_free(&key);
    return good;
}

bool rift_record_set(rift_text *record, const char *name, const char *first,
                     const char *second)
{
    rift_text key = {0}, out = {0};
    size_t n;
    put_word(&key, name);
    rift_text_put(&out, "");
    for (const char *at = rift_text_string(record); key.n && *at;) {
        size_t line = strcspn(at, "\n");
        bool replaced = line_of(at, &key, &n) == at + key.n + 1;
        rift_text_add(&out, at, replaced ? 0 : line);
        rift_text_put(&out, replaced ? "" : "\n");
        at += line + (at[line] == '\n');
    }
    rift_text_add(&out, rift_text_string(&key), key.n);
    rift_text_put(&out, "\t");
    put_word(&out, first);
    rift_text_put(&out, "\t");
    put_word(&out, second);
    rift_text_put(&out, "\n");
    bool good = !key.failed && !out.failed;
    rift_text_free(&key);
    rift_text_free(record);
    *record = out;
    return good;
}

int rift_record_write(int fd, const char *record)
{
    size_t n = strlen(record);
    for (size_t done = 0; done < n;) {
        ssize_t put = pwrite(fd, record + done, n - done, (off_t)done);
        if (put < 0) {
            return -1;
        }
        done += (size_t)put;
    }
    return ftruncate(fd, (off_t)n) != 0 ? -1 : rift_file_sync(fd);
}
