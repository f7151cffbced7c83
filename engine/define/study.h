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
bool rift_study_map(const rift_source *source, const rift_yaml *node,
                    rift_study *study);
bool rift_study_highlight(const rift_source *source, const rift_yaml *node,
                          rift_study *study);
/** What a key of a block of questions takes. */
typedef enum rift_ask {
    RIFT_ASK_NODES, /**< codes of series or nodes of the index */
    RIFT_ASK_SERIES,
    RIFT_ASK_PAIRS, /**< name=LAGGING/LEADING */
    RIFT_ASK_GROUPINGS,
    RIFT_ASK_MEASURES,
    RIFT_ASK_NUMBER,
    RIFT_ASK_COUNT,
    RIFT_ASK_TEXT
} rift_ask;

/** A setting of an inquiry: a key of its block in a study, an option of its command. */
typedef struct rift_question {
    const char *command, *key;
    rift_ask kind;
} rift_question;

extern const rift_question rift_questions[];
extern const size_t rift_n_questions;
/** A setting of a command, or NULL. */
const rift_question *rift_question_find(const char *command, const char *key);

/** The settings of one inquiry; the block may be NULL. Needs groups and index. */
bool rift_study_questions(const rift_source *source, rift_catalogue *catalogue,
                          const char *command, const rift_yaml *block,
                          rift_study *study);

#endif
