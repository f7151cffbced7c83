/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first object of the answer: page numbers, or a list of messages. */
#include "fetch/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <yajl/yajl_parse.h>

typedef struct looking {
    rift_answer *answer;
    const rift_asked *asked;
    int depth, element;      /* of the outer list */
    char key[16], outer[16]; /* the last key, and that of a record around it */
    bool named;              /* the record at hand says its indicator */
} looking;

static int on_key(void *data, const unsigned char *text, size_t n)
{
    looking *looking = data;
    snprintf(looking->key, sizeof looking->key, "%.*s", (int)(n < 15 ? n : 15),
             (const char *)text);
    if (looking->depth == 3) {
        memcpy(looking->outer, looking->key, sizeof looking->outer);
    }
    return 1;
}

static void note_strange(rift_answer *answer, const char *what, const char *text,
                         size_t n)
{
    if (answer->n_strange++ == 0) {
        snprintf(answer->strange, sizeof answer->strange, "%s '%.*s'", what,
                 (int)(n < 50 ? n : 50), text);
    }
}

/* The indicator and the year of a record. */
static void look_at_record(looking *looking, const char *text, size_t n)
{
    const rift_asked *asked = looking->asked;
    bool code = looking->depth == 4 && !strcmp(looking->outer, "indicator") &&
                !strcmp(looking->key, "id");
    bool date = looking->depth == 3 && !strcmp(looking->key, "date");
    if (code) {
        looking->named = true;
        if (n != strlen(asked->code) || strncasecmp(text, asked->code, n) != 0) {
            note_strange(looking->answer, "the indicator", text, n);
        }
    } else if (date && asked->last_year > 0 && n >= 4) {
        char year[5] = {0};
        memcpy(year, text, 4);
        long said = strtol(year, NULL, 10);
        if (said < asked->first_year || said > asked->last_year) {
            note_strange(looking->answer, "the year", text, n);
        }
    }
}

/* Numbers come bare, or as text in older answers. */
static int on_scalar(void *data, const char *text, size_t n)
{
    looking *looking = data;
    rift_answer *answer = looking->answer;
    char copy[32];
    snprintf(copy, sizeof copy, "%.*s", (int)(n < 31 ? n : 31), text);
    if (looking->element == 0 && looking->depth == 2) {
        if (!strcmp(looking->key, "page")) {
            answer->page = strtol(copy, NULL, 10);
        } else if (!strcmp(looking->key, "pages")) {
            answer->pages = strtol(copy, NULL, 10);
            answer->paged = true;
        } else if (!strcmp(looking->key, "per_page")) {
            answer->per_page = strtol(copy, NULL, 10);
        } else if (!strcmp(looking->key, "total")) {
            answer->total = strtol(copy, NULL, 10);
        }
    }
    if (looking->element == 1 && looking->asked) {
        look_at_record(looking, text, n);
    }
    if (looking->element == 0 && looking->depth > 2 && !strcmp(looking->key, "value")) {
        snprintf(answer->message, sizeof answer->message, "%.*s",
                 (int)(n < 190 ? n : 190), text);
    }
    return 1;
}

static int on_text(void *data, const unsigned char *text, size_t n)
{
    return on_scalar(data, (const char *)text, n);
}

static int on_open(void *data)
{
    looking *looking = data;
    if (++looking->depth == 3 && looking->element == 1) {
        looking->answer->n_record++;
        looking->named = false;
    }
    return looking->depth < 32;
}

static int on_close(void *data)
{
    looking *looking = data;
    bool record = looking->depth == 3 && looking->element == 1;
    if (record && !looking->named && looking->asked) {
        note_strange(looking->answer, "the indicator", "", 0);
    }
    looking->element += --looking->depth == 1;
    return 1;
}

rift_answer rift_answer_read(const char *text, size_t n, const rift_asked *asked)
{
    static const yajl_callbacks callbacks = {NULL,      NULL,    NULL,    NULL,
                                             on_scalar, on_text, on_open, on_key,
                                             on_close,  on_open, on_close};
    rift_answer answer = {0};
    looking looking = {.answer = &answer, .asked = asked};
    yajl_handle parser = yajl_alloc(&callbacks, NULL, &looking);
    if (parser) {
        answer.whole =
            n > 0 && *text == '[' &&
            yajl_parse(parser, (const unsigned char *)text, n) == yajl_status_ok &&
            yajl_complete_parse(parser) == yajl_status_ok;
        yajl_free(parser);
    }
    return answer;
}
