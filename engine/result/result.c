/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result, and what belongs to it. */
#include "result/answers.h"

#include <stdlib.h>

void rift_result_free(rift_result *result)
{
    rift_study_free(&result->study);
    rift_panel_free(&result->panel);
    rift_scores_free(&result->scores);
    rift_index_info_free(&result->info);
    rift_groups_free(&result->groups);
    rift_divide_free(&result->divide);
    rift_outlines_free(&result->outlines);
    rift_provenance *from = &result->provenance;
    free(from->command);
    free(from->version);
    free(from->libraries);
    free(from->date);
    rift_inputs_free(&from->inputs);
    rift_reports_free(&from->files);
    rift_diag_free(&from->findings);
    rift_answers_free(&result->answers);
    *result = (rift_result){0};
}
