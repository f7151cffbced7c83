/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One address, asked for until it answers or patience ends; by libcurl. */
#ifndef RIFT_FETCH_HTTP_H
#define RIFT_FETCH_HTTP_H

#include "core/text.h"
#include "fetch/fetch.h"

/** What came from an address. */
typedef struct rift_http_answer {
    rift_text body;
    rift_text url; /**< the address that answered: another where redirects led on */
} rift_http_answer;

void rift_http_answer_free(rift_http_answer *answer);

/**
 * Get what is at an address. Redirects are followed, up to five, but none from https to
 * http. `accept` looks at a whole answer of status 200 and may
 * refuse it, which counts as a failed try.
 *
 * @return RIFT_ERR_SYSTEM after the last try, RIFT_ERR_DATA for a status that no
 * further try would change, RIFT_ERR_STOPPED
 */
RIFT_CHECKED rift_status rift_http_get(const char *url,
                                       const rift_fetch_settings *settings,
                                       bool (*accept)(const rift_text *body),
                                       rift_diag *diag, rift_http_answer *answer);

/** Whether two addresses are of one host and port; of http and https alike. */
bool rift_http_same_host(const char *a, const char *b);

/** A part of an address with what is no letter, digit, '.', '-' or '_' as %XX. */
void rift_http_escape(rift_text *out, const char *part);

#endif
