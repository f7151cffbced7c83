/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands; each lives in its own file. */
#include "cli/cli.h"

#include "core/suggest.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const command commands[] = {
    {"run", "run a study: data to result file, charts and report", cmd_run},
    {"check", "check definitions and data; write nothing but findings", cmd_check},
    {"ingest", "read files of any provider into one panel, every doubt listed",
     cmd_ingest},
    {"fetch", "fetch indicators from the World Bank's API", cmd_fetch},
    {"import", "turn COINr's iData and iMeta into a study", cmd_import},
    {"score", "score an index straight from files to standard output", cmd_score},
    {"audit", "audit an index: is it sound, and would its ranks stand", cmd_audit},
    {"divide", "how far countries are apart: gaps, inequality, groups, sources",
     cmd_divide},
    {"converge", "do they converge: spread, growth, clubs, mobility, years behind",
     cmd_converge},
    {"forecast", "when they reach a target, and how sure that is", cmd_forecast},
    {"paradox", "does closing the divide at home widen the one abroad", cmd_paradox},
    {"show", "show tables of a result on the terminal", cmd_show},
    {"export", "write a table of a result as CSV or JSON", cmd_export},
    {"plot", "draw one chart of a result", cmd_plot},
    {"verify", "is a result whole, and what its study gives from its inputs",
     cmd_verify},
    {"list", "list methods, series, indices, studies, charts, tables", cmd_list},
};
const size_t n_commands = sizeof commands / sizeof *commands;

static int print_help(void)
{
    rift_text text = {0};
    rift_text_format(&text,
                     "rift %s measures the digital divide between countries.\n\n",
                     rift_version());
    rift_text_put(&text,
                  "Usage: rift COMMAND [OPTION]... [ARGUMENT]...\n\nCommands:\n");
    for (size_t i = 0; i < n_commands; i++) {
        rift_text_format(&text, "  %-8s %s\n", commands[i].name, commands[i].summary);
    }
    rift_text_put(
        &text,
        "\n`rift COMMAND --help` says more, `rift COMMAND --help columns` what the "
        "columns\nof its tables mean. `rift --version` prints the version."
        "\n\nExit status: 0 done, 1 data or a definition is wrong, 2 wrong usage,"
        "\n3 the system failed (disk, memory, gnuplot missing); 130 interrupted."
        "\n\nExample:\n  rift run indicators/studies/three-layer.yaml\n");
    return cli_print(&text);
}

static int print_version(void)
{
    rift_text text = {0};
    rift_text_format(&text,
                     "rift %s\nLicence GPL-3.0-or-later: free software, no warranty.\n",
                     rift_version());
    return cli_print(&text);
}

static int unknown_command(const char *name)
{
    rift_text text = {0};
    rift_suggest(&text, "command", name,
                 rift_names_nearest(RIFT_NAMES(commands, n_commands, name), name),
                 NULL);
    rift_text shown = {.failed = text.failed};
    cli_put_lines(&shown, rift_text_string(&text));
    rift_text_free(&text);
    if (shown.failed) {
        return cli_print(&shown);
    }
    fprintf(stderr, "rift: %s\nTry 'rift --help'.\n", rift_text_string(&shown));
    rift_text_free(&shown);
    return EXIT_USAGE;
}

/* Whether arguments end in --help columns, as where a result is named before. */
static bool asks_for_columns(int argc, char **argv)
{
    return argc >= 2 &&
           (!strcmp(argv[argc - 2], "--help") || !strcmp(argv[argc - 2], "-h")) &&
           strcmp(argv[argc - 1], "columns") == 0;
}

/* Standard streams that were closed would be the next files that are opened, and what
   is printed would go into these. */
static void keep_streams(void)
{
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
        }
    }
}

static int answer(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "rift: a command is missing\nTry 'rift --help'.\n");
        return EXIT_USAGE;
    }
    if (argc == 3 && asks_for_columns(argc - 1, argv + 1)) {
        cli state = {.command = "rift", .color = "auto"};
        return cli_columns(&state);
    }
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") ||
        !strcmp(argv[1], "help")) {
        return print_help();
    }
    if (!strcmp(argv[1], "--version")) {
        return print_version();
    }
    for (size_t i = 0; i < n_commands; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            cli state = {.command = argv[1], .color = "auto"};
            int code = asks_for_columns(argc - 2, argv + 2)
                           ? cli_columns(&state)
                           : commands[i].run(&state, argc - 1, argv + 1);
            rift_diag_free(&state.diag);
            return code;
        }
    }
    return unknown_command(argv[1]);
}

int main(int argc, char **argv)
{
    keep_streams();
    cli_ignore_signals();
    int code = answer(argc, argv);
    cli_end_by_signal();
    return code;
}
