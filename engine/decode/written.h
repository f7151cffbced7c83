/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Rift itself wrote into a folder that is read: no data, whatever it looks like.
 */
#ifndef RIFT_DECODE_WRITTEN_H
#define RIFT_DECODE_WRITTEN_H

#include "core/text.h"

/** The record of a folder of results, as its lock file keeps it (run/record.h); new, ""
    where there is none, NULL when memory runs out. */
char *rift_written_record(const char *folder);

/** Whether a file of a folder is one that Rift wrote: the record names it, or it is an
    HDF5 file, as results and panels are. False, and `failed`, when memory runs out. */
bool rift_written(const char *record, const char *path, bool *failed);

#endif
