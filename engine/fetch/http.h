/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One address, asked for until it answers or patience ends; by libcurl. */
#ifndef RIFT_FETCH_HTTP_H
#define RIFT_FETCH_HTTP_H

#include "core/text.h"
#include "fetch/fetch.h"

/**
 * Get the body of an address. `accept` looks at a whole answer of status 200 and may
 * refuse it, which counts as a failed try.
 *
 * @return RIFT_ERR_SYSTEM after the last try, RIFT_ERR_DATA for a status that no
 * further try would change, RIFT_ERR_STOPPED
 */
RIFT_CHECKED rift_status rift_http_get(const char *url,
                                       const rift_fetch_settings *settings,
                                       bool (*accept)(const rift_text *body),
                                       rift_diag *diag, rift_text *body);

/** A part of an address with what is no letter, digit, '.', '-' or '_' as %XX. */
void rift_http_escape(rift_text *out, const char *part);

#endif
