/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Score an index on data files and print the ranks: score_panel INDEX.yaml FILE... */
#include <rift.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "score_panel INDEX.yaml FILE...\n");
        return 2;
    }
    rift_diag diag = {0};
    rift_index_file file = {0};
    rift_panel panel = {0};
    rift_scores scores = {0};
    rift_table table = {0};
    const rift_read_settings data = {.n_file = (size_t)argc - 2,
                                     .file = (const char *const *)argv + 2};
    const rift_chain chain = {.index = &file.index, .panel = &panel};
    char *text = NULL;
    rift_status status = rift_index_load(argv[1], &diag, &file);
    status = status ? status : rift_panel_read(&data, &diag, &panel, NULL, NULL);
    status = status ? status : rift_compute(&chain, &diag, &scores, NULL);
    status = status ? status : rift_scores_table(&chain, &scores, NULL, &table);
    status = status ? status : rift_table_csv(&table, &text);
    printf("%s", text ? text : "");
    for (size_t i = 0; status && i < diag.n_finding; i++) {
        fprintf(stderr, "%s\n", diag.finding[i].message);
    }
    free(text);
    rift_table_free(&table);
    rift_scores_free(&scores);
    rift_panel_free(&panel);
    rift_index_file_free(&file);
    rift_diag_free(&diag);
    return status ? 1 : 0;
}
