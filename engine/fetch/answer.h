/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of the World Bank's API says of itself. */
#ifndef RIFT_FETCH_ANSWER_H
#define RIFT_FETCH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rift_answer {
    bool whole; /**< valid JSON to its end */
    bool paged; /**< has "page" and "pages" */
    long page, pages, total;
    char message[200]; /**< what the API says instead of data, or "" */
} rift_answer;

/** Look at the text of a page. */
rift_answer rift_answer_read(const char *text, size_t n);

#endif
