/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table type: a row has one cell of its kind for each column, or the table none. */
#include "table/columns.h"
#include "table/table.h"
#include "test.h"

#include <string.h>

static const rift_column_info column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR,
    {"value", RIFT_KIND_NUMBER, 2, "%", "share of people"}};

static rift_table started(void)
{
    rift_table table = {0};
    rift_table_add_columns(&table, column, RIFT_COUNT_OF(column));
    RIFT_ROW(&table, RIFT_W("KEN"), RIFT_N(2020), RIFT_N(0.1));
    ck_assert_int_eq(rift_table_status(&table), RIFT_OK);
    ck_assert_uint_eq(table.n_row, 1);
    return table;
}

static void check_refused(rift_table *table, rift_status status)
{
    ck_assert_int_eq(rift_table_status(table), status);
    ck_assert_uint_eq(table->n_row, 0);
    rift_table_free(table);
}

START_TEST(a_cell_of_another_kind_is_refused)
{
    rift_table table = started();
    RIFT_ROW(&table, RIFT_W("UGA"), RIFT_W("2020"), RIFT_N(1));
    check_refused(&table, RIFT_ERR_USAGE);
    table = started();
    RIFT_ROW(&table, RIFT_N(1), RIFT_N(2020), RIFT_N(1));
    check_refused(&table, RIFT_ERR_USAGE);
}
END_TEST

START_TEST(a_row_with_a_cell_too_few_or_too_many_is_refused)
{
    rift_table table = started();
    RIFT_ROW(&table, RIFT_W("UGA"), RIFT_N(2020));
    check_refused(&table, RIFT_ERR_USAGE);
    table = started();
    RIFT_ROW(&table, RIFT_W("UGA"), RIFT_N(2020), RIFT_N(1), RIFT_N(2));
    check_refused(&table, RIFT_ERR_USAGE);
    table = started(); /* cells of two rows that are not ended by one */
    RIFT_CELLS(&table, RIFT_W("UGA"), RIFT_N(2020), RIFT_N(1));
    RIFT_CELLS(&table, RIFT_W("TZA"), RIFT_N(2020), RIFT_N(1));
    check_refused(&table, RIFT_ERR_USAGE);
    table = started(); /* a row that is never ended */
    RIFT_CELLS(&table, RIFT_W("UGA"), RIFT_N(2020), RIFT_N(1));
    ck_assert_int_eq(rift_table_status(&table), RIFT_ERR_USAGE);
    rift_table_free(&table);
    rift_table_end_row(&table); /* of a table without columns */
    check_refused(&table, RIFT_ERR_USAGE);
    table = started();
    rift_table_add_columns(&table, column, 1); /* columns come before rows */
    check_refused(&table, RIFT_ERR_USAGE);
}
END_TEST

START_TEST(nothing_is_kept_when_memory_runs_out)
{
    rift_table table = started();
    rift_table_fail(&table);
    RIFT_ROW(&table, RIFT_W("UGA"), RIFT_N(2020), RIFT_N(1));
    check_refused(&table, RIFT_ERR_MEMORY);
}
END_TEST

START_TEST(a_word_is_kept_once)
{
    rift_table table = started();
    for (int i = 0; i < 500; i++) {
        RIFT_ROW(&table, RIFT_W(i % 2 ? "KEN" : "UGA"), RIFT_N(i), RIFT_N(NAN));
    }
    size_t n;
    (void)rift_table_words(&table, &n);
    ck_assert_uint_eq(n, 2);
    ck_assert_uint_eq(table.n_row, 501);
    ck_assert_str_eq(rift_table_word_at(&table, 500, 0), "KEN");
    ck_assert_str_eq(rift_table_word_at(&table, 499, 0), "UGA");
    ck_assert(isnan(rift_table_number_at(&table, 500, 2)));
    ck_assert_str_eq(rift_table_word_at(&table, 0, 2), "");
    ck_assert(isnan(rift_table_number_at(&table, 0, 0)));
    rift_table_free(&table);
}
END_TEST

START_TEST(a_copy_is_its_own)
{
    rift_table table = started(), copy = {0};
    ck_assert_int_eq(rift_table_copy(&table, &copy), RIFT_OK);
    rift_table_free(&table);
    ck_assert_uint_eq(copy.n_row, 1);
    ck_assert_str_eq(rift_table_word_at(&copy, 0, 0), "KEN");
    ck_assert(rift_table_number_at(&copy, 0, 2) == 0.1);
    ck_assert_str_eq(copy.column[2].info.unit, "%");
    ck_assert_str_eq(copy.column[2].info.meaning, "share of people");
    ck_assert_int_eq(rift_table_find(&copy, "value"), 2);
    ck_assert_int_eq(rift_table_find(&copy, "val"), -1);
    rift_table_free(&copy);
}
END_TEST

START_TEST(columns_may_be_many_and_their_names_long)
{
    enum { N = 200, LONG = 300 };
    rift_table table = {0};
    char name[LONG + 1];
    for (int i = 0; i < N; i++) {
        memset(name, 'a' + i % 26, LONG);
        (void)snprintf(name + LONG - 3, 4, "%03u", (unsigned)i % 1000);
        rift_column_info info = {name, RIFT_KIND_NUMBER, 0, "", "made up"};
        rift_table_add_columns(&table, &info, 1);
    }
    for (int i = 0; i < N; i++) {
        rift_table_number(&table, i);
    }
    rift_table_end_row(&table);
    ck_assert_int_eq(rift_table_status(&table), RIFT_OK);
    ck_assert_uint_eq(table.n_row, 1);
    ck_assert_int_eq(rift_table_find(&table, name), N - 1);
    ck_assert(rift_table_number_at(&table, 0, N - 1) == N - 1);
    rift_table_free(&table);
}
END_TEST

START_TEST(csv_is_tidy_and_guards_against_formulas)
{
    rift_table table = started();
    RIFT_ROW(&table, RIFT_W("=1+1"), RIFT_N(2021), RIFT_N(NAN));
    char *out = NULL;
    ck_assert_int_eq(rift_table_csv(&table, &out), RIFT_OK);
    ck_assert_str_eq(out, "country,year,value\n"
                          "KEN,2020,0.1\n"
                          "\"'=1+1\",2021,\n");
    free(out);
    ck_assert_int_eq(rift_table_json(&table, "made", &out), RIFT_OK);
    ck_assert(strstr(out, "\"KEN\"") != NULL);
    ck_assert(strstr(out, "null") != NULL);
    free(out);
    rift_table_fail(&table);
    out = NULL;
    ck_assert_int_eq(rift_table_csv(&table, &out), RIFT_ERR_MEMORY);
    ck_assert_int_eq(rift_table_json(&table, "made", &out), RIFT_ERR_MEMORY);
    ck_assert_ptr_null(out);
    rift_table_free(&table);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("columns");
    tcase_add_test(cases, a_cell_of_another_kind_is_refused);
    tcase_add_test(cases, a_row_with_a_cell_too_few_or_too_many_is_refused);
    tcase_add_test(cases, nothing_is_kept_when_memory_runs_out);
    tcase_add_test(cases, a_word_is_kept_once);
    tcase_add_test(cases, a_copy_is_its_own);
    tcase_add_test(cases, columns_may_be_many_and_their_names_long);
    tcase_add_test(cases, csv_is_tidy_and_guards_against_formulas);
    return test_main("columns", cases);
}
