/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page of the World Bank's API says of itself. */
#ifndef RIFT_FETCH_ANSWER_H
#define RIFT_FETCH_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

typedef struct rift_answer {
    bool whole; /**< valid JSON to its end */
    bool paged; /**< has "page" and "pages" */
    long page, pages, per_page, total;
    long n_record;     /**< records of the page */
    long n_strange;    /**< of another indicator or year than was asked for */
    char strange[80];  /**< which, of the first of them */
    char message[200]; /**< what the API says instead of data, or "" */
} rift_answer;

/** What records are asked for. */
typedef struct rift_asked {
    const char *code;          /**< of the indicator */
    int first_year, last_year; /**< 0, 0: all */
} rift_asked;

/** Look at the text of a page, and at what its records are of. `asked` may be NULL. */
rift_answer rift_answer_read(const char *text, size_t n, const rift_asked *asked);

#endif
