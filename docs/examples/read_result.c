/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Load a result, list its tables, read a column: read_result RESULT.h5 */
#include <math.h>
#include <rift.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    rift_diag diag = {0};
    rift_result result = {0};
    rift_status status =
        argc == 2 ? rift_store_read(argv[1], &diag, &result) : RIFT_ERR_USAGE;
    for (size_t i = 0; i < diag.n_finding; i++) {
        fprintf(stderr, "%s\n", diag.finding[i].message);
    }
    for (size_t i = 0; status == RIFT_OK && i < rift_n_views; i++) {
        printf("view   %-16s %s\n", rift_views[i]->name, rift_views[i]->help);
    }
    for (size_t i = 0; i < result.answers.n; i++) {
        printf("answer %-24s %zu rows\n", result.answers.kept[i].info.name,
               result.answers.kept[i].table->n_row);
    }
    const rift_kept *kept = rift_result_kept(&result, NULL, "inequality");
    int column = kept ? rift_table_find(kept->table, "value") : -1;
    double sum = 0, n = 0;
    for (size_t r = 0; column >= 0 && r < kept->table->n_row; r++) {
        double x = rift_table_number_at(kept->table, r, (size_t)column);
        sum += isnan(x) ? 0 : x;
        n += !isnan(x);
    }
    if (column >= 0) {
        printf("column %s: %s, mean of %.0f cells %.6f\n",
               kept->table->column[column].info.name,
               kept->table->column[column].info.meaning, n, sum / n);
    }
    rift_result_free(&result);
    rift_diag_free(&diag);
    return status == RIFT_OK ? 0 : 1;
}
