/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Variants of an index compared by their ranks: results of as many definitions. */
#include "audit/audit.h"

#include "core/diag.h"
#include "result/answers.h"
#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

/* Rank of a country, by its code, in a year of a result; 0 for none. */
static double rank_in(const rift_result *r, int year, const char *country)
{
    int row = rift_panel_country(&r->panel, country);
    for (size_t t = 0; row >= 0 && t < r->panel.n_year; t++) {
        if (r->panel.year[t] == year) {
            return r->scores.rank[rift_result_at(r, 0, t) + (size_t)row];
        }
    }
    return 0;
}

static bool ranks_any(const rift_result *r, int year)
{
    for (size_t c = 0; c < r->panel.n_country; c++) {
        if (rank_in(r, year, r->panel.country[c]) > 0) {
            return true;
        }
    }
    return false;
}

/* How a variant's ranks lie to the first's: mean shift, Spearman. */
static rift_status tell(const rift_result *const *result, size_t k, const char *name,
                        int year, rift_text *summary)
{
    const rift_result *first = result[0];
    size_t n = first->panel.n_country, m = 0;
    double *x = calloc(2 * n + 1, sizeof *x), sum = 0, most = 0;
    if (!x) {
        return RIFT_ERR_MEMORY;
    }
    for (size_t c = 0; c < n; c++) {
        double a = rank_in(first, year, first->panel.country[c]);
        double b = rank_in(result[k], year, first->panel.country[c]);
        if (a > 0 && b > 0) {
            x[m] = a;
            x[n + m++] = b;
            sum += fabs(a - b);
            most = fmax(most, fabs(a - b));
        }
    }
    double rho;
    rift_status status = rift_spearman(x, x + n, m, &rho);
    rift_text_format(summary,
                     "%s%s: %zu countries shift by %.2f places on average, %.*f at "
                     "most; Spearman %.4f.",
                     summary->n ? " " : "", name, m, m ? sum / (double)m : 0,
                     most != floor(most), most, rho);
    free(x);
    return status;
}

/* Whether each result ranks someone in the year; an error for each that does not. */
static bool check_year(const rift_comparison *of, int year, rift_diag *diag)
{
    bool good = true;
    for (size_t k = 0; k < of->n; k++) {
        if (!ranks_any(of->result[k], year)) {
            rift_location place = rift_location_file(of->name[k]);
            rift_diag_at(diag, RIFT_ERROR, &place, "ranks no country in %d", year);
            good = false;
        }
    }
    return good;
}

static void add_columns(const rift_comparison *of, rift_table *table)
{
    static const rift_column_info shift = {
        "largest_shift", RIFT_KIND_RANK_CHANGE, 0, "ranks",
        "largest shift against the first result; below 0 where the country ranks "
        "better in the other"};
    rift_table_add_columns(table, &(const rift_column_info)RIFT_COLUMN_COUNTRY, 1);
    for (size_t k = 0; k < of->n; k++) {
        const rift_column_info rank = {of->name[k], RIFT_KIND_RANK, 0, "",
                                       "rank in this result"};
        rift_table_add_columns(table, &rank, 1);
    }
    rift_table_add_columns(table, &shift, 1);
}

static void add_rows(const rift_comparison *of, int year, rift_table *table)
{
    const rift_result *first = of->result[0];
    for (size_t c = 0; c < first->panel.n_country; c++) {
        const char *code = first->panel.country[c];
        double own = rank_in(first, year, code);
        double most = 0;
        if (own == 0) {
            continue;
        }
        rift_table_word(table, code);
        for (size_t k = 0; k < of->n; k++) {
            double rank = rank_in(of->result[k], year, code);
            rift_table_number(table, rank > 0 ? rank : NAN);
            most = rank > 0 && fabs(rank - own) > fabs(most) ? rank - own : most;
        }
        rift_table_number(table, most);
        rift_table_end_row(table);
    }
}

rift_status rift_ranks_compare(const rift_comparison *of, rift_diag *diag,
                               rift_answers *answers)
{
    if (of->n == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "there is no result to compare with");
        return RIFT_ERR_USAGE;
    }
    const rift_panel *panel = &of->result[0]->panel;
    int year = of->year            ? of->year
               : panel->n_year > 0 ? panel->year[rift_result_edition(of->result[0])]
                                   : 0;
    if (!check_year(of, year, diag)) {
        return RIFT_ERR_DATA;
    }
    rift_table table = {0};
    rift_text summary = {0};
    rift_answers made = {0};
    add_columns(of, &table);
    add_rows(of, year, &table);
    rift_status status = rift_table_status(&table);
    for (size_t k = 1; status == RIFT_OK && k < of->n; k++) {
        status = tell(of->result, k, of->name[k], year, &summary);
    }
    const rift_kept_info info = {.group = "audit",
                                 .name = "variants",
                                 .help = "ranks of one result beside those of others",
                                 .summary = rift_text_string(&summary)};
    bool good = status == RIFT_OK && !summary.failed;
    if (good) {
        good = rift_answers_keep(&made, &info, &table);
    } else {
        rift_table_free(&table);
    }
    rift_text_free(&summary);
    if (!good) {
        rift_answers_free(&made);
        return rift_diag_memory(diag);
    }
    *answers = made;
    return RIFT_OK;
}
