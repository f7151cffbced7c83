/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found in data files, for people and as JSON. */
#ifndef RIFT_CLI_FILES_H
#define RIFT_CLI_FILES_H

#include "cli/cli.h"

/** A line for each file: its format and what it holds, or why it holds nothing. */
void cli_files_text(const cli *cli, const rift_reports *reports, rift_text *out);

/** Each file as an object with its findings, behind `first` a comma before each. */
void cli_files_json(const rift_reports *reports, const rift_diag *diag, bool first,
                    rift_text *out);

/** What follows the list of files: findings that are of none of them, if there are any.
 */
void cli_other_findings(const rift_reports *reports, const rift_diag *diag,
                        rift_text *out);

/** A finding as JSON. */
void cli_finding_json(const rift_finding *finding, bool first, rift_text *out);

/** In one phrase what a file holds. */
void cli_file_summary(const rift_file_report *file, rift_text *out);

#endif
