/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small tables: cells with their places, and every error of a file at once. */
#include "core/csv.h"
#include "core/text.h"
#include "decode/sheet.h"
#include "test.h"

static const char *const needed[] = {"code", "value", NULL};
static const rift_sheet_settings strict = {
    .what = "a file of this test", .needed = needed, .any_case = true};
static const rift_sheet_settings ragged = {.what = "it", .ragged = true};

static rift_status parse(const char *text, const rift_sheet_settings *how,
                         rift_diag *diag, rift_sheet *sheet)
{
    return rift_sheet_parse("t.csv", text, strlen(text), how, diag, sheet);
}

START_TEST(cells_know_their_places)
{
    rift_diag diag = {0};
    rift_sheet sheet;
    double x;
    ck_assert_int_eq(parse("\xEF\xBB\xBF"
                           "Code,Value,\r\n\"a,\nb\", 2.5 ,\nc,,,\n",
                           &strict, &diag, &sheet),
                     RIFT_OK);
    ck_assert_uint_eq(sheet.n_row, 2);
    ck_assert_int_eq(rift_sheet_column(&sheet, "VALUE"), 1);
    ck_assert_int_eq(rift_sheet_column(&sheet, "other"), -1);
    rift_sheet_cell cell = rift_sheet_at(&sheet, 0, 1);
    ck_assert(rift_sheet_number(cell, &x) && x == 2.5);
    ck_assert_uint_eq(cell.line, 3); /* behind a line end in quotes */
    ck_assert_uint_eq(cell.column, 4);
    ck_assert_str_eq(rift_sheet_at(&sheet, 0, 0).text, "a,\nb");
    ck_assert(!rift_sheet_number(rift_sheet_at(&sheet, 1, 1), &x));
    ck_assert_str_eq(rift_sheet_at(&sheet, 1, -1).text, "");
    ck_assert(sheet.usable && !sheet.wrong);
    ck_assert(!rift_sheet_error(&sheet, &cell, "no %s", "good"));
    ck_assert(sheet.wrong);
    ck_assert_uint_eq(diag.finding[0].line, 3);
    ck_assert_uint_eq(diag.finding[0].column, 4);
    rift_sheet_free(&sheet);
    rift_diag_free(&diag);
}
END_TEST

/* Each with its line and column, in the order of the file. */
START_TEST(all_errors_are_told)
{
    static const struct {
        size_t line, column;
        const char *words;
    } expected[] = {{1, 12, "the column 'CODE' appears twice"},
                    {1, 1, "the column 'nothing' is missing; it needs it"},
                    {2, 3, "is not UTF-8"},
                    {3, 1, "the row has 1 cells, the header 3; complete it"},
                    {4, 7, "the row has 4 cells, the header 3; quote"}};
    static const char *const nothing[] = {"nothing", NULL};
    const rift_sheet_settings how = {.what = "it", .needed = nothing, .any_case = true};
    rift_diag diag = {0};
    rift_sheet sheet;
    ck_assert_int_eq(
        parse("code,value,CODE\na,\xFF,b\nc\n1,2,3,4\n5,6,7\n", &how, &diag, &sheet),
        RIFT_ERR_DATA);
    ck_assert_uint_eq(diag.n_finding, COUNT(expected));
    for (size_t i = 0; i < COUNT(expected); i++) {
        ck_assert_uint_eq(diag.finding[i].line, expected[i].line);
        ck_assert_uint_eq(diag.finding[i].column, expected[i].column);
        ck_assert_ptr_nonnull(strstr(diag.finding[i].message, expected[i].words));
    }
    ck_assert(!sheet.usable);
    ck_assert_uint_eq(sheet.n_row, 2); /* rows of a wrong length are not kept */
    ck_assert_str_eq(rift_sheet_at(&sheet, 0, 1).text, "\xEF\xBF\xBD");
    rift_sheet_free(&sheet);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(rows_may_be_short_where_it_is_allowed)
{
    rift_diag diag = {0};
    rift_sheet sheet;
    ck_assert_int_eq(parse("a,,b,\n1\n", &ragged, &diag, &sheet), RIFT_OK);
    ck_assert_uint_eq(sheet.n_row, 1);
    ck_assert_str_eq(rift_sheet_at(&sheet, 0, 2).text, "");
    ck_assert_int_eq(rift_sheet_column(&sheet, "A"), -1); /* case counts */
    rift_sheet_free(&sheet);
    ck_assert_int_eq(parse("", &ragged, &diag, &sheet), RIFT_ERR_DATA);
    ck_assert(!sheet.usable);
    ck_assert(test_says(&diag, "no header"));
    rift_sheet_free(&sheet);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(written_cells_are_quoted_and_never_formulas)
{
    static const char *const cell[][2] = {
        {"plain", "plain"},       {"", ""},
        {"a,b", "\"a,b\""},       {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""},     {" a", "\" a\""},
        {"=1+1", "\"'=1+1\""},    {"@x", "\"'@x\""},
        {"-x,\"", "\"'-x,\"\"\""}};
    for (size_t i = 0; i < COUNT(cell); i++) {
        rift_text text = {0};
        rift_csv_cell(&text, cell[i][0]);
        ck_assert_str_eq(rift_text_string(&text), cell[i][1]);
        rift_text_free(&text);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("sheet");
    tcase_add_test(cases, cells_know_their_places);
    tcase_add_test(cases, all_errors_are_told);
    tcase_add_test(cases, rows_may_be_short_where_it_is_allowed);
    tcase_add_test(cases, written_cells_are_quoted_and_never_formulas);
    return test_main("sheet", cases);
}
