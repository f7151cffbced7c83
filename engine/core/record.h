/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wrote what is in a folder of results: the text of its lock file. A line is a name
   and two words with tabs between: of a result the path of its study, absolute and from
   the folder; of charts, report and claims the result they belong to. The text is
   compared with, never taken as a path to open. */
#ifndef RIFT_CORE_RECORD_H
#define RIFT_CORE_RECORD_H

#include "core/text.h"

#define RIFT_LOCK_NAME ".rift-lock"

/** The text of an open lock file; new, "" where it cannot be read or is none of ours.
 */
char *rift_record_read(int fd);

/** What the line of a name says; new texts, NULL where there is none. False when memory
    runs out. */
RIFT_CHECKED bool rift_record_find(const char *record, const char *name, char **first,
                                   char **second);

/** The record with the line of a name replaced. */
RIFT_CHECKED bool rift_record_set(rift_text *record, const char *name,
                                  const char *first, const char *second);

/** Write a record into an open lock file in place; 0, or -1 and errno. */
RIFT_CHECKED int rift_record_write(int fd, const char *record);

#endif
