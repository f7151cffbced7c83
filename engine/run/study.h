/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes a result, shared by a study's run and by the reading of files alone. */
#ifndef RIFT_RUN_STUDY_H
#define RIFT_RUN_STUDY_H

#include "rift.h"

/** Record in a result what made it; false when memory runs out. */
bool rift_provenance_record(const rift_study *study, rift_result *out);

/** Versions of the libraries in use; new. */
char *rift_library_versions(void);
/** The date that SOURCE_DATE_EPOCH gives, "" without it; new. */
char *rift_build_date(void);

#endif
