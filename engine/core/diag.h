/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the rooms of the engine add findings to a rift_diag. */
#ifndef RIFT_CORE_DIAG_H
#define RIFT_CORE_DIAG_H

#include "rift.h"

struct rift_text;
struct stat;

/** Add a finding at a location; location may be NULL. The file's line is quoted if
 * known. */
void rift_diag_at(rift_diag *diag, rift_severity severity,
                  const rift_location *location, const char *format, ...)
    RIFT_PRINTF(4, 5);

/** Free a text that went into a finding; where memory ran out for it, so it did for the
    finding. */
void rift_diag_text_free(rift_diag *diag, struct rift_text *text);

/** Add an error about a system call on a path, with errno's words; RIFT_ERR_SYSTEM. */
rift_status rift_diag_system(rift_diag *diag, const char *path, const char *what);

/** Add "out of memory"; RIFT_ERR_MEMORY. */
rift_status rift_diag_memory(rift_diag *diag);

/** Add all findings of one to another and forget them there. */
void rift_diag_move(rift_diag *to, rift_diag *from);

/** A status, or what is worse and was told: that memory ran out, that the system
 * failed.
 */
RIFT_CHECKED rift_status rift_diag_worse(const rift_diag *diag, rift_status status);

/** Add what another one found, which was for a try: all of it, or all but its errors.
 */
void rift_diag_hand_on(const rift_diag *from, bool errors, rift_diag *to);

/** Remember a file as one that was read; RIFT_ERR_MEMORY where that fails. `diag` may
   be NULL. */
RIFT_CHECKED rift_status rift_diag_note_read(rift_diag *diag, const char *path,
                                             const struct stat *info);

/** The path by which a file was read, NULL where it was not. */
const char *rift_diag_was_read(const rift_diag *diag, const struct stat *info);

/** A location that is a file as a whole. */
rift_location rift_location_file(const char *path);

#endif
