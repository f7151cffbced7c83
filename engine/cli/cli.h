/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands share: options, printing, exit codes. */
#ifndef RIFT_CLI_CLI_H
#define RIFT_CLI_CLI_H

#include "core/text.h"
#include "rift.h"

/** Exit codes, documented in `rift --help`. */
enum {
    EXIT_DONE = 0,
    EXIT_WRONG = 1, /**< data or a definition is wrong */
    EXIT_USAGE = 2,
    EXIT_SYSTEM = 3 /**< disk, memory, missing gnuplot */
};

typedef struct cli {
    const char *command; /**< name of the running command */
    bool json, quiet, verbose;
    bool no_verify;    /**< results whose digest is wrong or absent are read too */
    const char *color; /**< auto, always or never */
    bool exact; /**< texts of CSV as they are, though a spreadsheet might run them */
    rift_diag diag;
} cli;

typedef enum option_kind {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_YEAR,
    OPTION_TEXTS, /**< may be given again: a rift_text with commas between */
    OPTION_LIST   /**< the same of texts that may have commas: a U+001F behind each */
} option_kind;

typedef struct option_row {
    char letter; /**< 0: none */
    const char *name, *argument, *help;
    option_kind kind;
    void *to; /**< bool, const char *, int or rift_text */
} option_row;

/** The option of every command that opens a result. */
#define CLI_NO_VERIFY(cli)                                                             \
    {                                                                                  \
        0, "no-verify", NULL, "read a result though its digest is wrong or absent",    \
            OPTION_FLAG, &(cli)->no_verify                                             \
    }

typedef struct command {
    const char *name, *summary;
    int (*run)(cli *cli, int argc, char **argv);
} command;

extern const command commands[];
extern const size_t n_commands;

/** A command's own texts for --help. */
typedef struct usage {
    const char *synopsis, *about, *example;
} usage;

/** The option --exact of commands that write CSV. */
#define CLI_EXACT(cli)                                                                 \
    {                                                                                  \
        0, "exact", NULL,                                                              \
            "CSV without the ' before texts that a spreadsheet might run",             \
            OPTION_FLAG, &(cli)->exact                                                 \
    }

/**
 * Parse options in any order; what remains are the operands.
 * @return -1 to go on, else the exit code (after --help or an error)
 */
int cli_options(cli *cli, const usage *usage, const option_row *option, size_t n_option,
                int argc, char **argv, const char **operand, size_t limit,
                size_t *n_operand);

/** Complain about usage; EXIT_USAGE. */
int cli_usage_error(const cli *cli, const char *format, ...) RIFT_PRINTF(2, 3);

/** Complain about a word that is none of those known; EXIT_USAGE. */
int cli_unknown(const cli *cli, const char *what, const char *word, const char *near,
                const char *otherwise);

/** Print the findings on stderr and forget them; false where memory ran out for any,
    which is EXIT_SYSTEM. */
RIFT_CHECKED bool cli_findings(cli *cli);

/** A line on stderr, in which characters that are not shown are escaped. */
void cli_complain(const char *before, const char *format, va_list list);

/** With --verbose: a line on stderr about what is done. */
void cli_tell(const cli *cli, const char *format, ...) RIFT_PRINTF(2, 3);

/** Findings, then the exit code of a status. */
int cli_finish(cli *cli, rift_status status);

/** Write text to stdout, checked. */
int cli_print(const rift_text *text);
/** The same of lines with names and paths that others chose: characters that are not
    shown are escaped. */
int cli_print_lines(const rift_text *text);
/** Append lines so. */
void cli_put_lines(rift_text *out, const char *text);

/** A table for people, its first `most` rows (0: all), as text. */
void cli_table_text(const cli *cli, const rift_table *table, size_t most,
                    rift_text *out);
/** Print a table for people, or as JSON with --json. */
int cli_table(const cli *cli, const rift_table *table, const char *name);
/** Whether a table's rows are sentences, and printing them as paragraphs. */
bool cli_is_prose(const rift_table *table);
int cli_prose(const rift_table *table);
/** A table as JSON or CSV, as the options say; the text is new. */
RIFT_CHECKED rift_status cli_table_form(const cli *cli, const rift_table *table,
                                        const char *name, bool json, char **text);
/** Print a table as JSON or CSV. */
int cli_table_data(const cli *cli, const rift_table *table, const char *name,
                   bool json);

/** Whether to colour a stream. */
bool cli_colored(const cli *cli, int stream);

/** A comma-separated list of countries as rows of a panel; false after an error. */
bool cli_countries(cli *cli, const rift_panel *panel, const char *list, int32_t **row,
                   size_t *n);

/** "2015:2024" or "2020" as first and last year; false where it is neither. */
bool cli_years(const char *text, int *first, int *last);

/** Whether a result has an index; otherwise an error that names the tables it has. */
bool cli_has_index(cli *cli, const char *path, const rift_result *result);

/** The words of a comma-separated list, which may be NULL; new, NULL when memory runs
 * out. */
char **cli_split(const char *list, size_t *n);

/** Row of a year, -1 for all; false after an error. */
bool cli_year(cli *cli, const rift_panel *panel, int year, int *row);

/** Complete what killed commands left in folders, or where files are, that are read. */
rift_status cli_settle(cli *cli, const char *const *path, size_t n);

/** A result file, or the only one in a folder; its path is new. */
rift_status cli_result_file(cli *cli, const char *path, char **file);
/** Open a result file, or the only one in a folder. */
rift_status cli_result(cli *cli, const char *path, rift_result *result);

/** The signal that the program is to end by, or 0. */
extern volatile sig_atomic_t cli_stop;
void cli_ignore_signals(void);
/** From here on SIGINT, SIGTERM and SIGHUP set cli_stop; a second one ends at once.
    Before, the first does. */
void cli_catch_signals(void);
/** Whether and how the program may be ended at any moment; see rift_watch. */
void cli_may_end(void *cli, void (*undo)(void *what), void *what);
/** Nothing is left to be removed: let signals end the program again, and do so now if
    one was caught. */
void cli_leave_signals(void);
/** End by the signal that was caught, if there was one. */
void cli_end_by_signal(void);
/** Progress on a terminal; stops on an interrupt. */
rift_watch cli_watch(cli *cli);
void cli_progress_end(cli *cli);

int cmd_run(cli *cli, int argc, char **argv);
int cmd_ingest(cli *cli, int argc, char **argv);
int cmd_fetch(cli *cli, int argc, char **argv);
int cmd_check(cli *cli, int argc, char **argv);
int cmd_score(cli *cli, int argc, char **argv);
int cmd_divide(cli *cli, int argc, char **argv);
int cmd_converge(cli *cli, int argc, char **argv);
int cmd_forecast(cli *cli, int argc, char **argv);
int cmd_paradox(cli *cli, int argc, char **argv);
int cmd_import(cli *cli, int argc, char **argv);
int cmd_audit(cli *cli, int argc, char **argv);
int cmd_show(cli *cli, int argc, char **argv);
int cmd_export(cli *cli, int argc, char **argv);
int cmd_verify(cli *cli, int argc, char **argv);
int cmd_plot(cli *cli, int argc, char **argv);
int cmd_list(cli *cli, int argc, char **argv);
/** `rift COMMAND --help columns`: what the columns of its tables mean; of the command
    "rift" those of all. */
int cli_columns(cli *cli);

#endif
