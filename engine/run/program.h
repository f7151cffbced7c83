/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other people's programs, asked for a word: without input, and without a say on what
   this one prints. */
#ifndef RIFT_RUN_PROGRAM_H
#define RIFT_RUN_PROGRAM_H

#include "rift.h"

/** Where a program writes its lines to: `gpg --status-fd 3`. */
#define RIFT_PROGRAM_LINES "3"

/** Takes a line without its end; of a long one what there is room for. */
typedef void (*rift_program_line)(void *to, const char *line);

/**
 * Run a program to its end; what it prints is lost.
 *
 * @param argument  its name, as PATH has it, and its arguments; then NULL
 * @param take      is given each line that it writes to descriptor 3; or NULL. One that
 *                  writes more than any should is killed
 * @return          its exit status, 128 where a signal ended it, -1 and errno where it
 *                  cannot be run
 */
RIFT_CHECKED int rift_program_run(char *const *argument, rift_program_line take,
                                  void *to);

#endif
