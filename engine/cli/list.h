/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of what there is to use: tables of words. */
#ifndef RIFT_CLI_LIST_H
#define RIFT_CLI_LIST_H

#include "cli/cli.h"

/* A column of words, as all that a list has. */
#define CLI_WORD(name, meaning)                                                        \
    {                                                                                  \
        name, RIFT_KIND_WORD, 0, "", meaning                                           \
    }
#define CLI_COLUMNS(table, ...)                                                        \
    rift_table_add_columns((table), (const rift_column_info[]){__VA_ARGS__},           \
                           sizeof((const rift_column_info[]){__VA_ARGS__}) /           \
                               sizeof(rift_column_info))

#define CLI_ROW(table, ...)                                                            \
    cli_list_row((table), (const char *const[]){__VA_ARGS__},                          \
                 sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

void cli_list_row(rift_table *table, const char *const *word, size_t n);

/** Definitions in ./indicators, or where Rift was installed. What is wrong with one is
    told, and the others are listed. */
rift_status cli_list_series(cli *cli, rift_table *table);
rift_status cli_list_indices(cli *cli, rift_table *table);
rift_status cli_list_studies(cli *cli, rift_table *table);

#endif
