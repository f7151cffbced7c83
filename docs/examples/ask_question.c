/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Load a result, list its tables, ask how unequal a series is, read a column:
   ask_question RESULT.h5 SERIES */
#include <rift.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    rift_diag diag = {0};
    rift_result result = {0};
    rift_answers answers = {0};
    const char *series = argc > 2 ? argv[2] : "", *measure = "gini";
    const rift_options options = {.series = {1, &series}, .measures = {1, &measure}};
    const rift_request request = {.group = "divide",
                                  .options = &options,
                                  .n_table = 1,
                                  .table = (const char *const[]){"inequality"}};
    rift_status status = rift_store_read(argc > 2 ? argv[1] : "", &diag, &result);
    for (size_t i = 0; i < result.answers.n; i++) {
        printf("%s: %s\n", result.answers.kept[i].info.name,
               result.answers.kept[i].info.help);
    }
    status = status ? status : rift_analyse(&result, &request, NULL, &diag, &answers);
    const rift_table *table = status ? NULL : answers.kept[0].table;
    int year = table ? rift_table_find(table, "year") : -1;
    int value = table ? rift_table_find(table, "value") : -1;
    for (size_t r = 0; year >= 0 && value >= 0 && r < table->n_row; r++) {
        printf("%.0f gini %.6f\n", table->column[year].number[r],
               table->column[value].number[r]);
    }
    printf("%s\n", table ? answers.kept[0].info.summary : "no answer");
    for (size_t i = 0; i < diag.n_finding; i++) {
        fprintf(stderr, "%s\n", diag.finding[i].message);
    }
    rift_answers_free(&answers);
    rift_result_free(&result);
    rift_diag_free(&diag);
    return status ? 1 : 0;
}
