/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fetching files from a provider's API into a cache. Only the program has this room,
   not the library: reading and computing never touch the network. */
#ifndef RIFT_FETCH_FETCH_H
#define RIFT_FETCH_FETCH_H

#include "rift.h"

typedef struct rift_fetch_settings {
    const char *base_url;      /**< "https://api.worldbank.org" */
    const char *folder;        /**< where copies go; NULL: only the cache */
    int first_year, last_year; /**< 0, 0: all */
    int per_page;              /**< records a page */
    int tries;                 /**< of one page */
    int delay_ms;  /**< before the second try; doubles with each further one */
    int timeout_s; /**< below RIFT_FETCH_SPEED for so long a page is given up */
    bool refresh;  /**< fetch anew what the cache holds */
    const rift_watch *watch;                    /**< may be NULL */
    void (*tell)(void *data, const char *text); /**< told of a wait when it begins */
    void *data;
} rift_fetch_settings;

/** Bytes a second that a server has to send, and seconds that a page may take in all.
 */
enum { RIFT_FETCH_SPEED = 1000, RIFT_FETCH_LONGEST_S = 3600 };

/** Paths of the files that hold what was asked for. */
typedef struct rift_fetched {
    char **file;
    size_t n_file, capacity;
    size_t n_from_cache; /**< files that were not fetched again */
} rift_fetched;

void rift_fetched_free(rift_fetched *fetched);

/**
 * Fetch an indicator from the World Bank's API (version 2, JSON), a file a page.
 *
 * Each page is kept in $XDG_CACHE_HOME/rift/worldbank (or ~/.cache), beside a note of
 * its address, date and SHA-256. A page whose note fits is not fetched again, so an
 * interrupted run resumes where it stopped. No answer, a cut one, 429 and 5xx are tried
 * again, after the time that the server asks for or a growing one.
 *
 * @return RIFT_ERR_DATA where the server says no, RIFT_ERR_SYSTEM where it does not
 *         answer, or not with a page, however often it was asked; RIFT_ERR_STOPPED
 */
RIFT_CHECKED rift_status rift_fetch_worldbank(const char *code,
                                              const rift_fetch_settings *settings,
                                              rift_diag *diag, rift_fetched *fetched);

#endif
