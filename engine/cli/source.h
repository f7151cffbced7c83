/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user states of data files, alike in every command that reads them. */
#ifndef RIFT_CLI_SOURCE_H
#define RIFT_CLI_SOURCE_H

#include "cli/cli.h"

/** The options, as they are taken. */
typedef struct source_choice {
    int year;
    const char *series, *decimal, *delimiter, *format, *period, *sheet;
    rift_text dimension, where, remarks, missing; /**< lists, by OPTION_LIST */
    const char **dimensions, **columns, **texts, *(*pairs)[2]; /**< the same, cut */
} source_choice;

/** The rows of the options, for the list of a command. */
#define CLI_SOURCE(choice)                                                             \
    {0,           "dimension",                                                         \
     "COLUMN",    "make a series of each text of this column",                         \
     OPTION_LIST, &(choice)->dimension},                                               \
        {0,           "where",         "COLUMN=TEXT", "read only rows with this text", \
         OPTION_LIST, &(choice)->where},                                               \
        {0,           "remarks",                                                       \
         "COLUMN",    "this column means nothing for the values",                      \
         OPTION_LIST, &(choice)->remarks},                                             \
        {0,           "missing",         "TEXT", "a text that means 'no value'",       \
         OPTION_LIST, &(choice)->missing},                                             \
        {0,           "decimal",         "MARK", "the decimal mark: point or comma",   \
         OPTION_TEXT, &(choice)->decimal},                                             \
        {0,           "delimiter",                                                     \
         "MARK",      "between cells: comma, semicolon, tab, pipe",                    \
         OPTION_TEXT, &(choice)->delimiter},                                           \
        {0,           "format",         "NAME", "a format of 'rift list formats'",     \
         OPTION_TEXT, &(choice)->format},                                              \
        {0,           "period",                                                        \
         "WHICH",     "of 1999-2001 the first, middle or last year",                   \
         OPTION_TEXT, &(choice)->period},                                              \
        {0,           "year-of-file", "Y", "the year of tables that have none",        \
         OPTION_YEAR, &(choice)->year},                                                \
        {0,           "sheet",                                                         \
         "NAME",      "the only sheet to read of spreadsheets, or its number",         \
         OPTION_TEXT, &(choice)->sheet},                                               \
    {                                                                                  \
        0, "series-of-file", "CODE", "the series of tables that name none",            \
            OPTION_TEXT, &(choice)->series                                             \
    }

/** The settings that the options give, for each of n files; to be freed by
    cli_source_free whatever is returned. -1, or the exit code of an error. */
int cli_source(cli *cli, source_choice *choice, size_t n, rift_source_settings **out);
void cli_source_free(source_choice *choice, rift_source_settings *settings);

#endif
