/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP with patience. */
#include "fetch/http.h"

#include "core/diag.h"

#include <ctype.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BODY_LIMIT = 256 * 1024 * 1024, LONGEST_WAIT_MS = 120000 };

typedef struct attempt {
    const rift_fetch_settings *settings;
    rift_text *body, *url;
    long retry_after; /* seconds that the server asks for; -1: nothing said */
    bool too_large;
} attempt;

static bool stopped(const rift_fetch_settings *settings)
{
    return settings->watch && settings->watch->stop && *settings->watch->stop;
}

static size_t on_body(char *data, size_t one, size_t n, void *to)
{
    (void)one;
    attempt *attempt = to;
    attempt->too_large = attempt->body->n + n > BODY_LIMIT;
    if (attempt->too_large) {
        return 0;
    }
    rift_text_add(attempt->body, data, n);
    return attempt->body->failed ? 0 : n;
}

/* Retry-After: seconds, or a date; -1 where it is neither. */
static long seconds_of(const char *text)
{
    char *end = NULL;
    long seconds = strtol(text, &end, 10);
    if (end != text) {
        return seconds < 0 ? -1 : seconds < LONGEST_WAIT_MS ? seconds : LONGEST_WAIT_MS;
    }
    time_t then = curl_getdate(text, NULL), now = time(NULL);
    return then == -1                     ? -1
           : then <= now                  ? 0
           : then - now < LONGEST_WAIT_MS ? (long)(then - now)
                                          : LONGEST_WAIT_MS;
}

static size_t on_header(char *data, size_t one, size_t n, void *to)
{
    static const char name[] = "retry-after:";
    (void)one;
    attempt *attempt = to;
    char line[64];
    if (n > sizeof name && strncasecmp(data, name, sizeof name - 1) == 0) {
        snprintf(line, sizeof line, "%.*s", (int)(n < 63 ? n : 63), data);
        attempt->retry_after = seconds_of(line + sizeof name - 1);
    }
    return n;
}

static int on_progress(void *data, curl_off_t total, curl_off_t now,
                       curl_off_t up_total, curl_off_t up)
{
    const attempt *attempt = data;
    (void)total;
    (void)now;
    (void)up_total;
    (void)up;
    return stopped(attempt->settings);
}

/* Wait, looking now and then whether to stop. */
static void wait_ms(const rift_fetch_settings *settings, long ms)
{
    for (; ms > 0 && !stopped(settings); ms -= 50) {
        struct timespec some = {0, (ms < 50 ? ms : 50) * 1000000};
        nanosleep(&some, NULL);
    }
}

static CURLcode perform(CURL *curl, const char *url, attempt *attempt, long *status)
{
    const rift_fetch_settings *settings = attempt->settings;
    attempt->body->n = 0;
    rift_text_add(attempt->body, "", 0);
    attempt->retry_after = -1;
    attempt->too_large = false;
    curl_easy_reset(curl);
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    bool safe = strncasecmp(url, "https:", 6) == 0; /* and stays so when it is led on */
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, safe ? "https" : "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, 5L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)settings->timeout_s);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)RIFT_FETCH_SPEED);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)settings->timeout_s);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)RIFT_FETCH_LONGEST_S);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "rift/" RIFT_VERSION);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, attempt);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, attempt);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, attempt);
    CURLcode code = curl_easy_perform(curl);
    *status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, status);
    const char *answered = NULL;
    curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &answered);
    attempt->url->n = 0;
    rift_text_put(attempt->url, answered ? answered : url);
    return code;
}

static void describe(rift_text *why, CURLcode code, long status)
{
    why->n = 0;
    if (code != CURLE_OK) {
        rift_text_format(why, "%s", curl_easy_strerror(code));
    } else if (status != 200) {
        rift_text_format(why, "the server answers %ld", status);
    } else {
        rift_text_put(why, "the answer is not what was requested");
    }
}

/* Said at once: who waits for minutes should know what for. */
static void tell_wait(const rift_fetch_settings *settings, const char *url,
                      const char *why, int next, long wait)
{
    rift_text text = {0};
    rift_text_format(&text, "%s: %s; try %d of %d follows in %.1f s", url, why, next,
                     settings->tries, (double)wait / 1000);
    if (settings->tell && !text.failed) {
        settings->tell(settings->data, text.data);
    }
    rift_text_free(&text);
}

/* Try until an answer is accepted; why the last try failed is in `why`. */
static rift_status try_all(CURL *curl, const char *url, attempt *attempt,
                           bool (*accept)(const rift_text *body), rift_diag *diag,
                           rift_text *why)
{
    const rift_fetch_settings *settings = attempt->settings;
    long delay = settings->delay_ms;
    for (int number = 1;; number++) {
        long status;
        CURLcode code = perform(curl, url, attempt, &status);
        if (stopped(settings)) {
            return RIFT_ERR_STOPPED;
        }
        if (attempt->body->failed || attempt->url->failed) {
            return rift_diag_memory(diag);
        }
        if (code == CURLE_OK && status == 200 && accept(attempt->body)) {
            return RIFT_OK;
        }
        describe(why, code, status);
        bool no = (code == CURLE_OK && status >= 400 && status < 500 && status != 429 &&
                   status != 408) ||
                  attempt->too_large || code == CURLE_URL_MALFORMAT ||
                  code == CURLE_UNSUPPORTED_PROTOCOL;
        if (no) {
            return RIFT_ERR_DATA;
        }
        if (number >= settings->tries) {
            return RIFT_ERR_SYSTEM;
        }
        long wait = attempt->retry_after >= 0 ? attempt->retry_after * 1000 : delay;
        wait = wait < LONGEST_WAIT_MS ? wait : LONGEST_WAIT_MS;
        tell_wait(settings, url, rift_text_string(why), number + 1, wait);
        wait_ms(settings, wait);
        delay *= 2;
    }
}

rift_status rift_http_get(const char *url, const rift_fetch_settings *settings,
                          bool (*accept)(const rift_text *body), rift_diag *diag,
                          rift_http_answer *answer)
{
    CURL *curl = curl_easy_init();
    if (!curl) {
        return rift_diag_memory(diag);
    }
    attempt attempt = {
        .settings = settings, .body = &answer->body, .url = &answer->url};
    rift_text why = {0};
    rift_status status = try_all(curl, url, &attempt, accept, diag, &why);
    if (status == RIFT_ERR_DATA || status == RIFT_ERR_SYSTEM) {
        rift_location place = rift_location_file(url);
        rift_diag_at(diag, RIFT_ERROR, &place, "cannot be fetched: %s",
                     rift_text_string(&why));
    }
    rift_diag_text_free(diag, &why);
    curl_easy_cleanup(curl);
    return status;
}

void rift_http_answer_free(rift_http_answer *answer)
{
    rift_text_free(&answer->body);
    rift_text_free(&answer->url);
}

/* The host and port of an address: what stands behind the scheme. */
static const char *host_of(const char *url, size_t *n)
{
    const char *scheme = strstr(url, "://");
    const char *host = scheme ? scheme + 3 : url;
    *n = strcspn(host, "/?#");
    return host;
}

bool rift_http_same_host(const char *a, const char *b)
{
    size_t n_a = 0, n_b = 0;
    const char *host_a = host_of(a, &n_a), *host_b = host_of(b, &n_b);
    return n_a == n_b && strncasecmp(host_a, host_b, n_a) == 0;
}

void rift_http_escape(rift_text *out, const char *part)
{
    for (; *part; part++) {
        unsigned char c = (unsigned char)*part;
        if (isalnum(c) || strchr(".-_", c)) {
            rift_text_add(out, part, 1);
        } else {
            rift_text_format(out, "%%%02X", c);
        }
    }
}
