/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table that is kept with a result comes back from the file as it went. */
#include "result/answers.h"
#include "table/table.h"
#include "test.h"

static const rift_column_info column[] = {
    {"country", RIFT_KIND_CODE, 0, "", "country, by its code"},
    {"year", RIFT_KIND_YEAR, 0, "", "year that the values are of"},
    {"a name of words", RIFT_KIND_NUMBER, RIFT_FULL_PRECISION, "%", "share of people"},
    {"n", RIFT_KIND_COUNT, 0, "countries", "countries that it is based on"},
    {"remark", RIFT_KIND_WORD, 0, "", ""},
};
enum { N = sizeof column / sizeof *column, ROWS = 200 };

/* A result of one file, to keep tables with. */
static void read_panel(rift_result *result)
{
    static const char *const file[] = {"tables.csv"};
    test_file("tables.csv", "country,year,indicator,value\nKEN,2020,X,1\n");
    const rift_read_settings settings = {.n_file = 1, .file = file};
    rift_diag diag = {0};
    ck_assert_int_eq(rift_ingest(&settings, &diag, result), RIFT_OK);
    rift_diag_free(&diag);
}

static void fill(rift_table *table, size_t n_row)
{
    rift_table_add_columns(table, column, N);
    for (size_t i = 0; i < n_row; i++) {
        RIFT_ROW(table, RIFT_W(i % 3 ? "KEN" : "UGA"), RIFT_N(2000 + (double)(i % 20)),
                 RIFT_N(i % 7 ? (double)i / 3 : NAN), RIFT_N((double)i),
                 RIFT_W(i % 2 ? "" : "=odd, \"ä\""));
    }
    ck_assert_int_eq(rift_table_status(table), RIFT_OK);
}

static void check_same(const rift_table *a, const rift_table *b, bool meanings)
{
    ck_assert_uint_eq(a->n_column, b->n_column);
    ck_assert_uint_eq(a->n_row, b->n_row);
    for (size_t c = 0; c < a->n_column; c++) {
        const rift_column_info *x = &a->column[c].info, *y = &b->column[c].info;
        ck_assert_str_eq(x->name, y->name);
        ck_assert_int_eq(x->kind, y->kind);
        ck_assert_int_eq(x->decimals, y->decimals);
        ck_assert_str_eq(meanings ? x->unit : "", y->unit);
        ck_assert_str_eq(meanings ? x->meaning : "", y->meaning);
        for (size_t r = 0; r < a->n_row; r++) {
            ck_assert_str_eq(rift_table_word_at(a, r, c), rift_table_word_at(b, r, c));
            double p = rift_table_number_at(a, r, c), q = rift_table_number_at(b, r, c);
            ck_assert((isnan(p) && isnan(q)) || p == q);
        }
    }
}

START_TEST(a_kept_table_comes_back)
{
    rift_result result = {0}, back = {0};
    rift_diag diag = {0};
    rift_table table = {0}, same = {0}, empty = {0};
    read_panel(&result);
    fill(&table, ROWS);
    fill(&same, ROWS);
    fill(&empty, 0);
    ck_assert(rift_result_keep(&result,
                               &(rift_kept_info){"made", "full", "what it shows",
                                                 "Author (2020)", "In words."},
                               &table));
    ck_assert(rift_result_keep(
        &result, &(rift_kept_info){.group = "made", .name = "empty"}, &empty));
    ck_assert_int_eq(rift_store_write(&result, "tables.h5", &diag), RIFT_OK);
    ck_assert_int_eq(rift_store_read("tables.h5", &diag, &back), RIFT_OK);
    ck_assert_uint_eq(back.answers.n, 2);
    const rift_kept *kept = rift_result_kept(&back, "made", "full");
    ck_assert_str_eq(kept->info.summary, "In words.");
    ck_assert_str_eq(kept->info.help, "what it shows");
    ck_assert_str_eq(kept->info.reference, "Author (2020)");
    check_same(&same, kept->table, true);
    check_same(rift_result_kept(&result, NULL, "empty")->table,
               rift_result_kept(&back, NULL, "empty")->table, false);
    rift_result_drop(&back, "made");
    ck_assert_uint_eq(back.answers.n, 0);
    rift_table_free(&same);
    rift_result_free(&result);
    rift_result_free(&back);
    rift_diag_free(&diag);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("tables of a file");
    tcase_add_test(cases, a_kept_table_comes_back);
    return test_main("tables of a file", cases);
}
