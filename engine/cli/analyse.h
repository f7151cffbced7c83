/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command of analyses is asked for, and doing it. */
#ifndef RIFT_CLI_ANALYSE_H
#define RIFT_CLI_ANALYSE_H

#include "cli/cli.h"
#include "core/arena.h"

/** A command line of `rift divide` and its like. */
typedef struct analyse_request {
    const char *path, *years, *country, *format;
    const char *against; /**< other results to compare ranks with, or NULL */
    const char **option; /**< [rift_n_options] as they were written, or NULL */
    bool whole, store;
    int first, last; /**< years, 0: all */
    size_t n_table;  /**< names of tables; none: all */
    const char *const *table;
    rift_arena arena; /**< of names of options */
} analyse_request;

/** Make the tables of the command and print them; `store`: keep them in the result. */
int cli_analyse(cli *cli, const analyse_request *request);

/** Print the ranks of a result beside those of others. */
int cli_compare(cli *cli, const analyse_request *request);

#endif
