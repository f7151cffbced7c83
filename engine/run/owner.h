/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose result is it that a run would replace? */
#ifndef RIFT_RUN_OWNER_H
#define RIFT_RUN_OWNER_H

#include "run/folder.h"

/**
 * Whether the result of this name in a folder, if there is one, is of this study.
 *
 * The folder's record names its study: the same by its path, absolute or from the
 * folder. Else the result itself tells: the same file name and, where there is a
 * record, the same texts of the definition. RIFT_ERR_DATA and an error where it is
 * another's. Without that result the same for each of what is named in `part` that is
 * there and that no run wrote, by the record.
 */
RIFT_CHECKED rift_status rift_owner_check(const rift_work_folder *folder,
                                          const rift_study *study, const char *result,
                                          size_t n, const char *const *part,
                                          rift_diag *diag);

/** Put into the folder's record that this study writes a result and, of it, what is
    named in `part`; a warning of parts that belonged to another result. */
RIFT_CHECKED rift_status rift_owner_record(rift_work_folder *folder,
                                           const rift_study *study, const char *result,
                                           size_t n, const char *const *part,
                                           rift_diag *diag);

#endif
