/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetched pages on disk, each beside a note of where and when it came from. */
#ifndef RIFT_FETCH_CACHE_H
#define RIFT_FETCH_CACHE_H

#include "fetch/http.h"

/** The folder of a provider in the cache, made where it is not; new, NULL on failure.
 */
char *rift_cache_folder(const char *provider, rift_diag *diag);

/** Whether a file is there, was asked for by this address, comes from its host, and has
    the SHA-256 of its note. */
bool rift_cache_holds(const char *path, const char *url);

/** Keep a page and its note, readable by this user alone; what was there before stays
    until both are safe. It is kept under the address that answered, with the one that
    was asked for beside it: from another host it is not taken for an answer of this one
    the next time. */
RIFT_CHECKED rift_status rift_cache_keep(const char *path, const char *url,
                                         const rift_http_answer *answer,
                                         rift_diag *diag);

#endif
