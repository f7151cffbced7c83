/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of a study, read one by one. */
#ifndef RIFT_DEFINE_STUDY_H
#define RIFT_DEFINE_STUDY_H

#include "define/define.h"

/** Each of these reads one block of a study; false after an error. */
bool rift_study_years(const rift_source *source, const rift_yaml *node,
                      rift_study *study);
bool rift_study_sources(const rift_source *source, const rift_yaml *list,
                        rift_study *study);
bool rift_study_countries(const rift_source *source, const rift_yaml *node,
                          rift_study *study);
bool rift_study_groups(const rift_source *source, const rift_yaml *list,
                       rift_study *study);
/** The grouping of a code, or NULL. */
const rift_group_definition *rift_study_group(const rift_study *study,
                                              const char *code);
bool rift_study_divide(const rift_source *source, const rift_yaml *node,
                       rift_study *study);
/** `edition`: a year, latest, or {share: 0 to 1}; NULL: 80 %. */
bool rift_study_edition(const rift_source *source, const rift_yaml *node,
                        rift_study *study);
bool rift_study_map(const rift_source *source, const rift_yaml *node,
                    rift_study *study);
bool rift_study_highlight(const rift_source *source, const rift_yaml *node,
                          rift_study *study);
/** The options of one group of analyses; the block may be NULL. Needs groups and index.
 */
bool rift_study_options(const rift_source *source, rift_catalogue *catalogue,
                        const char *group, const rift_yaml *block, rift_study *study);

#endif
