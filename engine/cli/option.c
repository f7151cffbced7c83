/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options from a table, which also makes the help text. */
#include "cli/cli.h"

#include "core/suggest.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { OPTION_LIMIT = 48, LONG_ONLY = 256 };

int cli_usage_error(const cli *cli, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "rift %s: ", cli->command);
    cli_complain("", format, list);
    fprintf(stderr, "Try 'rift %s --help'.\n", cli->command);
    va_end(list);
    return EXIT_USAGE;
}

int cli_unknown(const cli *cli, const char *what, const char *word, const char *near,
                const char *otherwise)
{
    rift_text text = {0};
    rift_suggest(&text, what, word, near, otherwise);
    if (text.failed) {
        return cli_print(&text);
    }
    int code = cli_usage_error(cli, "%s", rift_text_string(&text));
    rift_text_free(&text);
    return code;
}

static void help_option(rift_text *text, const option_row *option)
{
    char left[64];
    if (option->letter) {
        snprintf(left, sizeof left, "-%c, --%s%s%s", option->letter, option->name,
                 option->argument ? " " : "", option->argument ? option->argument : "");
    } else {
        snprintf(left, sizeof left, "    --%s%s%s", option->name,
                 option->argument ? " " : "", option->argument ? option->argument : "");
    }
    rift_text_format(text, "  %-26s %s", left, option->help);
    if (option->kind == OPTION_TEXT && *(const char **)option->to) {
        rift_text_format(text, " [%s]", *(const char **)option->to);
    }
    rift_text_put(text, "\n");
}

static int print_usage(const usage *usage, const option_row *option, size_t n)
{
    rift_text text = {0};
    rift_text_format(&text, "%s\n\nUsage: %s\n\nOptions:\n", usage->about,
                     usage->synopsis);
    for (size_t i = 0; i < n; i++) {
        help_option(&text, &option[i]);
    }
    rift_text_format(&text, "  %-26s %s\n\nExample:\n%s\n", "-h, --help",
                     "print this help and exit", usage->example);
    return cli_print(&text);
}

static int unknown_option(const cli *cli, const char *said, const option_row *option,
                          size_t n)
{
    rift_text typed = {0}, dashed = {0};
    rift_text_add(&typed, said, strcspn(said, "="));
    const char *word = rift_text_string(&typed);
    const char *near = strncmp(word, "--", 2) == 0
                           ? rift_names_nearest(RIFT_NAMES(option, n, name), word + 2)
                           : NULL;
    rift_text_format(&dashed, "--%s", near ? near : "");
    dashed.failed = dashed.failed || typed.failed;
    int code =
        dashed.failed
            ? cli_print(&dashed)
            : cli_unknown(cli, "option", word, near ? rift_text_string(&dashed) : NULL,
                          strncmp(word, "--", 2) == 0
                              ? NULL
                              : "a file of such a name is named as ./NAME");
    rift_text_free(&typed);
    rift_text_free(&dashed);
    return code;
}

static int take(const cli *cli, const option_row *option, const char *value)
{
    double year;
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)option->to = true;
        return -1;
    case OPTION_TEXT:
        *(const char **)option->to = value;
        return -1;
    case OPTION_TEXTS:
        rift_text_format(option->to, "%s%s", ((rift_text *)option->to)->n ? "," : "",
                         value);
        return -1;
    case OPTION_LIST:
        rift_text_format(option->to, "%s\x1f", value);
        return -1;
    case OPTION_YEAR:
        if (!rift_number_read(value, strlen(value), &year) || year < 1000 ||
            year > 2999 || year != (double)(int)year) {
            return cli_usage_error(cli, "'%s' is not a year such as 2024", value);
        }
        *(int *)option->to = (int)year;
        return -1;
    }
    return EXIT_USAGE;
}

static int check_color(const cli *cli)
{
    if (strcmp(cli->color, "auto") && strcmp(cli->color, "always") &&
        strcmp(cli->color, "never")) {
        return cli_usage_error(cli, "--color takes auto, always or never, found '%s'",
                               cli->color);
    }
    return -1;
}

/* What getopt_long is to look for. */
static void put_plan(const option_row *option, size_t n, struct option *table,
                     char *letters)
{
    for (size_t i = 0; i < n; i++) {
        table[i] = (struct option){option[i].name, option[i].argument ? 1 : 0, NULL,
                                   LONG_ONLY + (int)i};
        if (option[i].letter) {
            char add[3] = {option[i].letter, option[i].argument ? ':' : '\0', '\0'};
            strcat(letters, add);
        }
    }
    table[n] = (struct option){"help", 0, NULL, 'h'};
}

int cli_options(cli *cli, const usage *usage, const option_row *own, size_t n_own,
                int argc, char **argv, const char **operand, size_t limit,
                size_t *n_operand)
{
    option_row option[OPTION_LIMIT];
    const option_row common[] = {
        {0, "json", NULL, "print results as JSON", OPTION_FLAG, &cli->json},
        {'q', "quiet", NULL, "print errors only", OPTION_FLAG, &cli->quiet},
        {'v', "verbose", NULL, "print more of what is done", OPTION_FLAG,
         &cli->verbose},
        {0, "color", "WHEN", "colour: auto, always or never", OPTION_TEXT, &cli->color},
    };
    size_t n = n_own + sizeof common / sizeof *common;
    for (size_t i = 0; i < n_own; i++) {
        option[i] = own[i];
    }
    memcpy(option + n_own, common, sizeof common);
    struct option table[OPTION_LIMIT + 2] = {0};
    /* '-' hands operands over in their order, wherever options stand between them */
    char letters[3 * OPTION_LIMIT] = "-:h";
    put_plan(option, n, table, letters);
    optind = 1;
    *n_operand = 0;
    for (int c, now = optind; (c = getopt_long(argc, argv, letters, table, NULL)) != -1;
         now = optind) {
        const option_row *found = NULL;
        if (c == 'h') {
            return print_usage(usage, option, n);
        }
        if (c == 1) {
            if (*n_operand == limit) {
                return cli_usage_error(cli, "too many arguments: '%s'", optarg);
            }
            operand[(*n_operand)++] = optarg;
            continue;
        }
        if (c == ':') {
            return cli_usage_error(cli, "'%s' needs a value", argv[now]);
        }
        for (size_t i = 0; i < n; i++) {
            if (c == LONG_ONLY + (int)i ||
                (option[i].letter && c == option[i].letter)) {
                found = &option[i];
            }
        }
        if (!found) {
            return unknown_option(cli, argv[now], option, n);
        }
        int code = take(cli, found, optarg);
        if (code >= 0) {
            return code;
        }
    }
    for (; optind < argc; optind++) {
        if (*n_operand == limit) {
            return cli_usage_error(cli, "too many arguments: '%s'", argv[optind]);
        }
        operand[(*n_operand)++] = argv[optind];
    }
    return check_color(cli);
}
