/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Indicators from the World Bank's API, page by page. */
#include "fetch/answer.h"
#include "fetch/cache.h"
#include "fetch/fetch.h"
#include "fetch/http.h"

#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/replace.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_LIMIT = 10000, PAGE_BYTES = 256 * 1024 * 1024 };

void rift_fetched_free(rift_fetched *fetched)
{
    rift_array_free_texts(fetched->file, fetched->n_file);
    *fetched = (rift_fetched){0};
}

/* A whole JSON answer; one that says no is an answer too. */
static bool is_answer(const rift_text *body)
{
    rift_answer answer = rift_answer_read(rift_text_string(body), body->n, NULL);
    return answer.whole && (answer.paged || *answer.message);
}

static void page_url(rift_text *url, const char *code,
                     const rift_fetch_settings *settings, long page)
{
    size_t n = strlen(settings->base_url);
    n -= n > 0 && settings->base_url[n - 1] == '/';
    rift_text_add(url, settings->base_url, n);
    rift_text_put(url, "/v2/country/all/indicator/");
    rift_http_escape(url, code);
    rift_text_format(url, "?format=json&per_page=%d&page=%ld", settings->per_page,
                     page);
    if (settings->last_year > 0) {
        rift_text_format(url, "&date=%d:%d", settings->first_year, settings->last_year);
    }
}

/* Letters, digits and a few marks; nothing that means something in a path. */
static void page_name(rift_text *name, const char *code,
                      const rift_fetch_settings *settings, long page)
{
    for (const char *at = code; *at; at++) {
        bool plain = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-_") > 0 ||
                     (*at == '.' && at > code);
        rift_text_add(name, plain ? at : "_", 1);
    }
    if (settings->last_year > 0) {
        rift_text_format(name, ".%d-%d", settings->first_year, settings->last_year);
    }
    if (page > 1) {
        rift_text_format(name, ".page%ld", page);
    }
    rift_text_put(name, ".json");
}

static rift_status refuse(const char *code, const rift_answer *answer, rift_diag *diag)
{
    if (*answer->message) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "the World Bank's API says of '%s': %s; check the code", code,
                     answer->message);
    } else {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "the World Bank's API has no value of '%s' for these years", code);
    }
    return RIFT_ERR_DATA;
}

/* A page to be fetched. */
typedef struct page {
    const char *code;
    const rift_fetch_settings *settings;
    const char *url, *path;
    long number;
    bool from_cache;
} page;

/* Whether the records of a page are as many as its numbers say, and of what was asked
   for: a page that lacks some would be taken for a country without data. */
static rift_status check_records(const page *page, const rift_answer *answer,
                                 rift_diag *diag)
{
    rift_location place = rift_location_file(page->url);
    long size = answer->per_page > 0 ? answer->per_page : page->settings->per_page;
    long before = size > 0 && page->number - 1 <= answer->total / size
                      ? (page->number - 1) * size
                      : answer->total;
    long due = answer->total - before < size ? answer->total - before : size;
    if (answer->n_strange > 0) {
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the answer holds records of %s, not of what was asked for; "
                     "check the code and --base-url, and fetch again with --refresh",
                     answer->strange);
    } else if (answer->n_record != due || answer->pages * size < answer->total) {
        rift_diag_at(diag, RIFT_ERROR, &place,
                     "the answer holds %ld records, where page %ld of %ld of %ld "
                     "records has %ld; fetch again later, with --refresh",
                     answer->n_record, answer->page, answer->pages, answer->total, due);
    } else {
        return RIFT_OK;
    }
    return RIFT_ERR_DATA;
}

/* Whether an answer is the page that was asked for, of as many pages and values as the
   first one announced; a page holds a value at least. */
static rift_status check_page(const page *page, const rift_answer *answer,
                              const rift_answer *first, rift_diag *diag)
{
    bool later = page->number > 1;
    const char *why = answer->page != page->number
                          ? "is another page than the one asked for"
                      : answer->pages > PAGE_LIMIT || answer->pages > answer->total
                          ? "announces more pages than there can be"
                      : later && answer->pages != first->pages
                          ? "announces another number of pages than the first"
                      : later && answer->total != first->total
                          ? "announces another number of values than the first page"
                          : NULL;
    if (!why) {
        return check_records(page, answer, diag);
    }
    rift_location place = rift_location_file(page->url);
    rift_diag_at(diag, RIFT_ERROR, &place,
                 "the answer %s; fetch again later, with --refresh", why);
    return RIFT_ERR_DATA;
}

/* The text of a page, from the cache or else from its address. */
static rift_status get_page(page *page, rift_diag *diag, rift_http_answer *got)
{
    page->from_cache =
        !page->settings->refresh && rift_cache_holds(page->path, page->url);
    if (!page->from_cache) {
        return rift_http_get(page->url, page->settings, is_answer, diag, got);
    }
    char *text = NULL;
    size_t n = 0;
    rift_status status = rift_file_read(page->path, PAGE_BYTES, diag, &text, &n);
    rift_text_add(&got->body, text ? text : "", n);
    free(text);
    return got->body.failed ? rift_diag_memory(diag) : status;
}

/* Keep a page that was fetched, and tell who answered where that was another host. */
static rift_status keep_page(const page *page, const rift_http_answer *got,
                             rift_diag *diag)
{
    const char *answered = rift_text_string(&got->url);
    if (!rift_http_same_host(answered, page->url)) {
        rift_location place = rift_location_file(page->url);
        rift_diag_at(diag, RIFT_NOTE, &place,
                     "another host answered, %s; the page is kept under that address",
                     answered);
    }
    return rift_cache_keep(page->path, page->url, got, diag);
}

/* Bring a page into the cache; what it says of itself comes back. */
static rift_status fetch_page(page *page, const rift_answer *first, rift_diag *diag,
                              rift_answer *answer)
{
    rift_http_answer got = {0};
    rift_status status = get_page(page, diag, &got);
    if (status == RIFT_OK) {
        const rift_asked asked = {page->code, page->settings->first_year,
                                  page->settings->last_year};
        *answer = rift_answer_read(rift_text_string(&got.body), got.body.n, &asked);
        bool empty = !answer->paged || answer->pages < 1 || answer->total == 0;
        status = empty ? refuse(page->code, answer, diag)
                       : check_page(page, answer, first, diag);
    }
    if (status == RIFT_OK && !page->from_cache) {
        status = keep_page(page, &got, diag);
    }
    rift_http_answer_free(&got);
    return status;
}

/* Remember where the page is, or where its copy was put. */
static rift_status hand_out(const char *path, const rift_fetch_settings *settings,
                            rift_diag *diag, rift_fetched *fetched)
{
    char *shown = settings->folder
                      ? rift_path_join(settings->folder, rift_path_name(path))
                      : rift_text_copy(path);
    rift_status status = shown ? RIFT_OK : rift_diag_memory(diag);
    if (status == RIFT_OK && settings->folder) {
        char *text = NULL;
        size_t n = 0;
        status = rift_file_read(path, PAGE_BYTES, diag, &text, &n);
        if (status == RIFT_OK) {
            status = rift_file_replace(shown, text, n, diag);
        }
        free(text);
    }
    if (status == RIFT_OK &&
        !rift_array_grow((void **)&fetched->file, fetched->n_file, &fetched->capacity,
                         sizeof *fetched->file)) {
        status = rift_diag_memory(diag);
    }
    if (status != RIFT_OK) {
        free(shown);
        return status;
    }
    fetched->file[fetched->n_file++] = shown;
    return RIFT_OK;
}

rift_status rift_fetch_worldbank(const char *code, const rift_fetch_settings *settings,
                                 rift_diag *diag, rift_fetched *fetched)
{
    if (strcmp(code, ".") == 0 || strcmp(code, "..") == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "'%s' is no code of an indicator, but a way to another address",
                     code);
        return RIFT_ERR_DATA;
    }
    char *folder = rift_cache_folder("worldbank", diag);
    rift_status status = folder ? RIFT_OK : RIFT_ERR_SYSTEM;
    if (status == RIFT_OK && settings->folder) {
        status = rift_folder_make(settings->folder, diag);
    }
    rift_answer first = {.pages = 1};
    for (long number = 1;
         status == RIFT_OK && number <= first.pages && number <= PAGE_LIMIT; number++) {
        rift_text url = {0}, path = {0};
        rift_answer answer = {0};
        page_url(&url, code, settings, number);
        rift_text_format(&path, "%s/", folder);
        page_name(&path, code, settings, number);
        page page = {.code = code,
                     .settings = settings,
                     .url = rift_text_string(&url),
                     .path = rift_text_string(&path),
                     .number = number};
        status = url.failed || path.failed ? rift_diag_memory(diag)
                                           : fetch_page(&page, &first, diag, &answer);
        if (status == RIFT_OK) {
            first = number == 1 ? answer : first;
            status = hand_out(path.data, settings, diag, fetched);
            fetched->n_from_cache += page.from_cache;
        }
        rift_text_free(&url);
        rift_text_free(&path);
    }
    free(folder);
    return status;
}
