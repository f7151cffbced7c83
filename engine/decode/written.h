/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Rift itself wrote into a folder that is read: no data, whatever it looks like.
 */
#ifndef RIFT_DECODE_WRITTEN_H
#define RIFT_DECODE_WRITTEN_H

#include "core/text.h"

/** The record of a folder of results, as its lock file keeps it (core/record.h); new,
   "" where there is none. RIFT_ERR_SYSTEM where it cannot be read; RIFT_ERR_MEMORY. */
RIFT_CHECKED rift_status rift_written_record(const char *folder, rift_diag *diag,
                                             char **record);

/** Whether a file of a folder is one that Rift wrote: the record names it, or it is an
    HDF5 file, as results and panels are. What cannot be opened for want of rights is
    left to whoever reads it; else RIFT_ERR_SYSTEM, told; RIFT_ERR_MEMORY. */
RIFT_CHECKED rift_status rift_written(const char *record, const char *path,
                                      rift_diag *diag, bool *is);

#endif
