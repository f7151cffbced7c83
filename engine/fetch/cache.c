/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cache: NAME.json and NAME.json.from, which has a line each for the address, the
   date and the SHA-256. */
#include "fetch/cache.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/replace.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOTE_LIMIT = 8192 };

/* Whether the folder is this user's, and nobody else's from now on: pages that another
   put there would be taken for the provider's. */
static bool make_own(const char *path, rift_diag *diag)
{
    struct stat info;
    bool own =
        lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid();
    if (!own) {
        rift_location place = rift_location_file(path);
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the cache is a link, or the folder of somebody else; remove it "
                     "or set XDG_CACHE_HOME");
    } else if (chmod(path, 0700) != 0) {
        (void)!rift_diag_system(diag, path, "cannot close the cache to others");
        own = false;
    }
    return own;
}

char *rift_cache_folder(const char *provider, rift_diag *diag)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    rift_text path = {0};
    if (cache && *cache == '/') { /* a relative one is to be ignored, says XDG */
        rift_text_format(&path, "%s/rift/%s", cache, provider);
    } else if (home && *home) {
        rift_text_format(&path, "%s/.cache/rift/%s", home, provider);
    } else {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "no folder for the cache is known; set XDG_CACHE_HOME or HOME");
        return NULL;
    }
    if (path.failed) {
        rift_text_free(&path);
        (void)!rift_diag_memory(diag);
        return NULL;
    }
    if (rift_folder_make(path.data, diag) != RIFT_OK || !make_own(path.data, diag)) {
        rift_text_free(&path);
    }
    return path.data;
}

static char *note_of(const char *path)
{
    rift_text note = {0};
    rift_text_format(&note, "%s.from", path);
    return note.data;
}

/* Whether a note is of this address: it answered itself, or was asked for and another
   of its host answered. */
static bool is_of(const char *note, const char *url)
{
    static const char answered[] = "url ", asked[] = "\nasked ";
    size_t n = strlen(url);
    if (strncmp(note, answered, strlen(answered)) != 0) {
        return false;
    }
    note += strlen(answered);
    if (strncmp(note, url, n) == 0 && note[n] == '\n') {
        return true;
    }
    const char *by = strstr(note, asked);
    return by && strncmp(by + strlen(asked), url, n) == 0 &&
           by[strlen(asked) + n] == '\n' && rift_http_same_host(note, url);
}

bool rift_cache_holds(const char *path, const char *url)
{
    char *name = note_of(path), *note = NULL, have[65] = "";
    rift_diag quiet = {0};
    size_t n = 0;
    uint64_t size = 0;
    bool holds = name &&
                 rift_file_read(name, NOTE_LIMIT, &quiet, &note, &n) == RIFT_OK &&
                 rift_sha256_file(path, &quiet, have, &size) == RIFT_OK;
    if (holds) {
        const char *hash = strstr(note, "\nsha256 ");
        holds = is_of(note, url) && hash && strncmp(hash + 8, have, 64) == 0;
    }
    rift_diag_free(&quiet);
    free(note);
    free(name);
    return holds;
}

/* Files of the cache are nobody else's, whatever the umask. */
static rift_status put_own(const char *path, const rift_text *text, rift_diag *diag)
{
    mode_t usual = umask(0077);
    rift_status status = rift_file_replace(path, text->data, text->n, diag);
    umask(usual);
    if (status == RIFT_OK && chmod(path, 0600) != 0) {
        status = rift_diag_system(diag, path, "cannot close it to others");
    }
    return status;
}

rift_status rift_cache_keep(const char *path, const char *url,
                            const rift_http_answer *answer, rift_diag *diag)
{
    const rift_text *body = &answer->body;
    const char *answered = rift_text_string(&answer->url);
    char hash[65], date[32] = "", *name = note_of(path);
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts)) {
        strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
    rift_status status =
        name ? rift_sha256_hex(body->data, body->n, hash) : rift_diag_memory(diag);
    rift_text note = {0};
    rift_text_format(&note, "url %s\n", answered);
    if (strcmp(answered, url) != 0) {
        rift_text_format(&note, "asked %s\n", url);
    }
    rift_text_format(&note, "date %s\nsha256 %s\n", date,
                     status == RIFT_OK ? hash : "");
    if (status == RIFT_OK) {
        status = note.failed ? rift_diag_memory(diag) : put_own(path, body, diag);
    }
    if (status == RIFT_OK) { /* a page without its note is fetched again */
        status = put_own(name, &note, diag);
    }
    rift_text_free(&note);
    free(name);
    return status;
}
