/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift fetch: the only command that touches the network. */
#include "cli/cli.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/status.h"

#ifdef RIFT_HAS_CURL
#include "fetch/fetch.h"
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const usage fetch_usage = {
    "rift fetch worldbank CODE... [--years A:B] [-o FOLDER]",
    "Fetch indicators from the World Bank's API and print the paths of their files, as "
    "for\n"
    "'rift ingest $(rift fetch worldbank IT.NET.USER.ZS) -o panel.h5'. Pages are kept "
    "in\n"
    "$XDG_CACHE_HOME/rift with date and checksum and not fetched twice; an "
    "interrupted\n"
    "run resumes where it stopped. No other command touches the network.",
    "  rift fetch worldbank IT.NET.USER.ZS --years 2015:2024 -o downloads"};

#ifdef RIFT_HAS_CURL

typedef struct choice {
    const char *years, *base_url, *folder, *per_page, *tries, *delay, *timeout;
    bool refresh;
} choice;

/* A whole number within bounds; false after a usage error. */
static bool number(const cli *cli, const char *option, const char *text, int low,
                   int high, int *out, int *code)
{
    char *end = NULL;
    long value = strtol(text, &end, 10);
    if (!*text || *end || value < low || value > high) {
        *code = cli_usage_error(cli, "--%s takes a number from %d to %d, found '%s'",
                                option, low, high, text);
        return false;
    }
    *out = (int)value;
    return true;
}

static int take_choice(const cli *cli, const choice *choice,
                       rift_fetch_settings *settings)
{
    int code = -1;
    settings->base_url = choice->base_url;
    settings->folder = choice->folder;
    settings->refresh = choice->refresh;
    if (choice->years &&
        !cli_years(choice->years, &settings->first_year, &settings->last_year)) {
        return cli_usage_error(
            cli, "--years takes a range such as 2015:2024, found '%s'", choice->years);
    }
    bool good =
        number(cli, "per-page", choice->per_page, 1, 32500, &settings->per_page,
               &code) &&
        number(cli, "tries", choice->tries, 1, 20, &settings->tries, &code) &&
        number(cli, "delay", choice->delay, 0, 60000, &settings->delay_ms, &code) &&
        number(cli, "timeout", choice->timeout, 1, 600, &settings->timeout_s, &code);
    return good ? -1 : code;
}

static void on_wait(void *data, const char *text)
{
    cli *cli = data;
    rift_text lines = {0};
    if (!cli->quiet) {
        cli_progress_end(cli);
        cli_put_lines(&lines, text);
        fprintf(stderr, "rift: %s\n", rift_text_string(&lines));
    }
    rift_text_free(&lines);
}

static int fetch(cli *cli, const char *const *code, size_t n,
                 const rift_fetch_settings *settings)
{
    rift_fetched fetched = {0};
    size_t n_made = 0;
    rift_status worst = RIFT_OK;
    if (settings->folder) {
        worst = rift_folder_make_new(settings->folder, &cli->diag, &n_made);
        n = worst == RIFT_OK ? n : 0;
    }
    for (size_t i = 0; i < n && worst != RIFT_ERR_STOPPED; i++) {
        rift_status status =
            rift_fetch_worldbank(code[i], settings, &cli->diag, &fetched);
        worst = rift_status_worse(worst, status);
    }
    if (fetched.n_file == 0) {
        rift_folder_unmake(settings->folder, n_made);
    }
    cli_tell(cli, "%zu files, %zu of them from the cache", fetched.n_file,
             fetched.n_from_cache);
    rift_text out = {0};
    for (size_t i = 0; i < fetched.n_file; i++) {
        rift_text_format(&out, "%s\n", fetched.file[i]);
    }
    rift_fetched_free(&fetched);
    int printed = cli_print_lines(&out), done = cli_finish(cli, worst);
    return printed != EXIT_DONE ? printed : done;
}

int cmd_fetch(cli *cli, int argc, char **argv)
{
    const char **operand = calloc((size_t)argc + 1, sizeof *operand);
    choice choice = {.base_url = "https://api.worldbank.org",
                     .per_page = "20000",
                     .tries = "5",
                     .delay = "1000",
                     .timeout = "30"};
    size_t n = 0;
    const option_row option[] = {
        {0, "years", "A:B", "these years only", OPTION_TEXT, &choice.years},
        {'o', "output", "FOLDER", "put copies of the files there", OPTION_TEXT,
         &choice.folder},
        {0, "base-url", "URL", "another server", OPTION_TEXT, &choice.base_url},
        {0, "per-page", "N", "records a page", OPTION_TEXT, &choice.per_page},
        {0, "tries", "N", "tries of a page", OPTION_TEXT, &choice.tries},
        {0, "delay", "MS", "milliseconds before the second try, then doubled",
         OPTION_TEXT, &choice.delay},
        {0, "timeout", "S", "seconds below 1000 bytes a second", OPTION_TEXT,
         &choice.timeout},
        {0, "refresh", NULL, "fetch anew what the cache holds", OPTION_FLAG,
         &choice.refresh},
    };
    if (!operand) {
        return cli_finish(cli, rift_diag_memory(&cli->diag));
    }
    int code = cli_options(cli, &fetch_usage, option, sizeof option / sizeof *option,
                           argc, argv, operand, (size_t)argc, &n);
    if (code < 0 && (n < 2 || strcmp(operand[0], "worldbank") != 0)) {
        code =
            cli_usage_error(cli, "name the provider and indicators, as in 'rift fetch "
                                 "worldbank IT.NET.USER.ZS'");
    }
    rift_fetch_settings settings = {0};
    code = code < 0 ? take_choice(cli, &choice, &settings) : code;
    if (code < 0) {
        rift_watch watch = cli_watch(cli);
        settings.watch = &watch;
        settings.tell = on_wait;
        settings.data = cli;
        code = fetch(cli, operand + 1, n - 1, &settings);
    }
    free(operand);
    return code;
}

#else

int cmd_fetch(cli *cli, int argc, char **argv)
{
    const char *operand[2];
    size_t n = 0;
    int code = cli_options(cli, &fetch_usage, NULL, 0, argc, argv, operand, 0, &n);
    if (code >= 0) {
        return code;
    }
    rift_diag_at(&cli->diag, RIFT_ERROR, NULL,
                 "this rift was built without libcurl; fetch the files by other means");
    return cli_finish(cli, RIFT_ERR_SYSTEM);
}

#endif
