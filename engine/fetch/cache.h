/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetched pages on disk, each beside a note of where and when it came from. */
#ifndef RIFT_FETCH_CACHE_H
#define RIFT_FETCH_CACHE_H

#include "rift.h"

/** The folder of a provider in the cache, made where it is not; new, NULL on failure.
 */
char *rift_cache_folder(const char *provider, rift_diag *diag);

/** Whether a file is there, comes from this address and has the SHA-256 of its note. */
bool rift_cache_holds(const char *path, const char *url);

/** Keep a page and its note; what was there before stays until both are safe. */
RIFT_CHECKED rift_status rift_cache_keep(const char *path, const char *url,
                                         const char *data, size_t n, rift_diag *diag);

#endif
