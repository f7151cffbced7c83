/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views: tables made of a result when asked for; what `show` prints, `export` writes
   and the report shows. */
#ifndef RIFT_VIEW_VIEW_H
#define RIFT_VIEW_VIEW_H

#include "result/lookup.h"
#include "table/columns.h"
#include "table/table.h"

void rift_view_divide(const rift_result *result, const rift_view_choice *choice,
                      rift_table *table);
void rift_view_means(const rift_result *result, const rift_view_choice *choice,
                     rift_table *table);
void rift_view_convergence(const rift_result *result, const rift_view_choice *choice,
                           rift_table *table);

void rift_view_weights(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table);
void rift_view_coverage(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table);
void rift_view_completeness(const rift_result *result, const rift_view_choice *choice,
                            rift_table *table);
void rift_view_treatment(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table);
void rift_view_imputed(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table);
void rift_view_screening(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table);
void rift_view_changes(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table);
void rift_view_trends(const rift_result *result, const rift_view_choice *choice,
                      rift_table *table);

void rift_view_story(const rift_result *result, const rift_view_choice *choice,
                     rift_table *table);
void rift_view_panel(const rift_result *result, const rift_view_choice *choice,
                     rift_table *table);
void rift_view_aggregates(const rift_result *result, const rift_view_choice *choice,
                          rift_table *table);
void rift_view_files(const rift_result *result, const rift_view_choice *choice,
                     rift_table *table);
void rift_view_findings(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table);

/** Tidy rows country, year, node, value, rank from bare scores. */
void rift_view_scores(const rift_index *index, const rift_panel *panel,
                      const rift_scores *scores, const rift_view_choice *choice,
                      rift_table *table);

#endif
