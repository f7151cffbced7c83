/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files: what is read, what is excluded with a note, what is refused and where. */
#include "test.h"

static rift_status read_text(const char *text, size_t n, const rift_read_settings *how,
                             rift_diag *diag, rift_panel *panel)
{
    static const char *const name[] = {"test-read.csv"};
    FILE *file = fopen(name[0], "wb");
    ck_assert_ptr_nonnull(file);
    fwrite(text, 1, n, file);
    fclose(file);
    rift_read_settings settings = *how;
    settings.n_file = 1;
    settings.file = name;
    return rift_panel_read(&settings, diag, panel, NULL, NULL);
}

static double value_at(const rift_panel *panel, const char *code, int year,
                       const char *land)
{
    int i = rift_panel_indicator(panel, code), c = rift_panel_country(panel, land);
    ck_assert_int_ge(i, 0);
    ck_assert_int_ge(c, 0);
    size_t t = (size_t)(year - panel->year[0]);
    return panel->value[((size_t)i * panel->n_year + t) * panel->n_country + (size_t)c];
}

/* Expects an error that says something at a place. */
static void refuse(const char *text, size_t n, const char *words, size_t line,
                   size_t column)
{
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(read_text(text, n, &(rift_read_settings){0}, &diag, &panel),
                     RIFT_ERR_DATA);
    ck_assert_ptr_null(panel.value);
    ck_assert(test_says(&diag, words));
    bool placed = false;
    for (size_t i = 0; i < diag.n_finding; i++) {
        placed = placed ||
                 (diag.finding[i].line == line && diag.finding[i].column == column);
    }
    ck_assert_msg(placed, "expected %zu:%zu, got %zu:%zu", line, column,
                  diag.finding[0].line, diag.finding[0].column);
    rift_diag_free(&diag);
}
#define REFUSE(text, words, line, column)                                              \
    refuse(text, sizeof(text) - 1, words, line, column)

START_TEST(tidy_in_any_order_with_more_columns)
{
    const char text[] = "\xEF\xBB\xBFvalue,note,Year,INDICATOR,country\r\n"
                        "1.5,\"a, \"\"b\"\"\nc\",2001,X,KEN\r\n"
                        ",empty,2002,X,KEN\r\n"
                        "NA,,2001,X,NA\r\n"
                        "3,,2001,X,NA\r\n"
                        "..,,2001,Y,NAM";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(
        read_text(text, sizeof text - 1, &(rift_read_settings){0}, &diag, &panel),
        RIFT_OK);
    near_to(value_at(&panel, "X", 2001, "KEN"), 1.5, 0);
    near_to(value_at(&panel, "X", 2001, "NAM"), 3,
            0); /* NA among countries is Namibia */
    ck_assert_uint_eq(panel.n_country, 2);
    ck_assert_uint_eq(panel.n_year, 1);
    ck_assert_int_eq(panel.origin[0], RIFT_OBSERVED);
    rift_panel_free(&panel);
    rift_panel_free(&panel); /* twice is harmless */
    rift_diag_free(&diag);
}
END_TEST

#define WORLD_BANK                                                                     \
    "\xEF\xBB\xBF\"Data Source\",\"World Development Indicators\",\r\n\r\n"            \
    "\"Last Updated Date\",\"2025-04-15\",\r\n\r\n"                                    \
    "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator "                \
    "Code\",\"2000\","                                                                 \
    "\"2001\",\"2002\",\r\n"                                                           \
    "\"C\xC3\xB4te d'Ivoire\",\"CIV\",\"Access\",\"EG.X\",\"48.7\",\"\",\"50.1\",\r\n" \
    "\"World\",\"WLD\",\"Access\",\"EG.X\",\"78\",\"79\",\"80\",\r\n"                  \
    "\"Kosovo\",\"XKX\",\"Access\",\"EG.X\",\"100\",\"100\",\"100\",\r\n"              \
    "\"Sub-Saharan Africa\",\"SSF\",\"Access\",\"EG.X\",\"26\",\"27\",\"28\",\r\n"

START_TEST(world_bank_file)
{
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(read_text(WORLD_BANK, sizeof WORLD_BANK - 1,
                               &(rift_read_settings){0}, &diag, &panel),
                     RIFT_OK);
    ck_assert_uint_eq(panel.n_country, 2);
    ck_assert_uint_eq(panel.n_year, 3);
    near_to(value_at(&panel, "EG.X", 2000, "CIV"), 48.7, 0);
    ck_assert(isnan(value_at(&panel, "EG.X", 2001, "CIV")));
    near_to(value_at(&panel, "EG.X", 2002, "XKX"), 100, 0);
    ck_assert(test_says(
        &diag, "2 rows of 2 aggregates kept apart: WLD (line 7), SSF (line 9)"));
    ck_assert_uint_eq(diag.n_error, 0);
    rift_panel_free(&panel);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(former_codes_are_read_with_a_note)
{
    const char text[] = "country,year,indicator,value\nKSV,2001,X,1\nROM,2001,X,2\n";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(
        read_text(text, sizeof text - 1, &(rift_read_settings){0}, &diag, &panel),
        RIFT_OK);
    near_to(value_at(&panel, "X", 2001, "XKX"), 1, 0);
    near_to(value_at(&panel, "X", 2001, "ROU"), 2, 0);
    ck_assert(test_says(&diag, "former code 'KSV' is read as 'XKX'"));
    rift_panel_free(&panel);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(world_bank_complaints)
{
    REFUSE(WORLD_BANK "\"Peru\",\"PER\",\"Access\",\"EG.X\",\"1\",\"2,5\",\"3\",\r\n",
           "'2,5' is not a number; use '.'", 10, 34);
    REFUSE(WORLD_BANK "\"Nowhere\",\"QQQ\",\"Access\",\"EG.X\",\"1\",\"2\",\"3\",\r\n",
           "unknown country 'QQQ'", 10, 11);
    REFUSE(WORLD_BANK
           "\"Peru\",\"PER\",\"Access\",\"EG.X\",\"1\",\"2\",\"3\",\"\",\"9\"\r\n",
           "the row has 9 cells, the header has 8", 10, 45);
}
END_TEST

#define HEAD "country,year,indicator,value\n"

START_TEST(complaints_have_a_place)
{
    REFUSE(HEAD "KEN,2001,X,97x\n", "'97x' is not a number", 2, 12);
    REFUSE(HEAD "KEN,2001,X,1e999\n", "'1e999' is not a number", 2, 12);
    REFUSE(HEAD "KEN,201,X,1\n", "the year '201' is not four digits", 2, 5);
    REFUSE(HEAD "KEN,2001.5,X,1\n", "is not four digits", 2, 5);
    REFUSE(HEAD "KEN,2001,,1\n", "the indicator is empty", 2, 10);
    REFUSE(HEAD ",2001,X,1\n", "the country is empty", 2, 1);
    REFUSE(HEAD "ken,2001,X,1\n", "did you mean 'KEN'?", 2, 1);
    REFUSE(HEAD "Kenia West,2001,X,1\n", "unknown country 'Kenia West'", 2, 1);
    REFUSE(HEAD "Urugay,2001,X,1\n", "did you mean 'Uruguay (URY)'?", 2, 1);
    REFUSE(HEAD "KEN,2001,X\n", "the row has 3 cells", 2, 1);
    REFUSE("country,value\nKEN,1\n", "without a year or an indicator", 1, 1);
    REFUSE("country,year,indicator,value,value\n", "two columns 'value'", 1, 1);
    REFUSE("a,b\n1,2\n", "no country and year were found; its first row is: a, b", 1,
           1);
    REFUSE("", "the file is empty", 0, 0);
    REFUSE("  \n\n", "the file is empty", 0, 0);
    REFUSE("\xFF\xFE"
           "c\0o\0",
           "no table: it looks like plain text", 0, 0);
    REFUSE(HEAD "K\0N,2001,X,1\n", "NUL byte", 2, 1);
}
END_TEST

START_TEST(malformed_quotes_do_not_swallow_rows)
{
    /* an unclosed quote is reported where it opens */
    REFUSE(HEAD "KEN,2001,X,1\nCHN,2001,\"X,2\nPER,2001,X,3\n", "is never closed", 3,
           10);
    /* text after a closing quote: the row is refused, the next one is still read */
    REFUSE(HEAD "\"NOR\"x,2001,X,1\nPER,2001,X,bad\n", "there is a quote inside", 2, 1);
    REFUSE(HEAD "\"NOR\"x,2001,X,1\nPER,2001,X,bad\n", "'bad' is not a number", 3, 12);
}
END_TEST

START_TEST(all_errors_of_a_file_are_reported)
{
    const char text[] = HEAD "KEN,2001,X,a\nQQQ,2001,X,1\nPER,99,X,1\n";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(
        read_text(text, sizeof text - 1, &(rift_read_settings){0}, &diag, &panel),
        RIFT_ERR_DATA);
    ck_assert_uint_eq(diag.n_error, 3);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(the_same_cell_twice)
{
    const char same[] = HEAD "KEN,2001,X,1\nKEN,2001,X,1.0\n";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(
        read_text(same, sizeof same - 1, &(rift_read_settings){0}, &diag, &panel),
        RIFT_OK);
    ck_assert(test_says(&diag, "1 values appear twice"));
    rift_panel_free(&panel);
    rift_diag_free(&diag);
    REFUSE(HEAD "KEN,2001,X,1\nPER,2001,X,5\nKEN,2001,X,2\n",
           "X of KEN in 2001 is 2 here but 1 at test-read.csv:2:12", 4, 12);
}
END_TEST

START_TEST(line_ends_and_years_and_choices)
{
    const char *const only[] = {"KEN", "PER"}, *const ignore[] = {"ZZZ"};
    rift_read_settings how = {.first_year = 2001,
                              .last_year = 2002,
                              .n_country = 2,
                              .country = only,
                              .n_ignore = 1,
                              .ignore = ignore};
    const char text[] = "country,year,indicator,value\rKEN,2001,X,1\rKEN,1999,X,9\n"
                        "\r\nCHN,2001,X,4\r\nZZZ,2001,X,4";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(read_text(text, sizeof text - 1, &how, &diag, &panel), RIFT_OK);
    ck_assert_uint_eq(panel.n_country, 2);
    ck_assert_uint_eq(panel.n_year, 2);
    near_to(value_at(&panel, "X", 2001, "KEN"), 1, 0);
    ck_assert(isnan(value_at(&panel, "X", 2002, "KEN")));
    ck_assert(isnan(value_at(&panel, "X", 2001, "PER")));
    ck_assert(test_says(&diag, "1 values lie outside the years 2001-2002"));
    ck_assert(test_says(&diag, "not among the study's and were excluded: CHN"));
    ck_assert(test_says(
        &diag, "1 rows of 1 codes ignored, as the settings say: ZZZ (line 6)"));
    rift_panel_free(&panel);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(units_that_are_no_countries)
{
    rift_read_settings how = {.any_entity = true};
    const char text[] = "unit,year,series,value\nNairobi West,2001,X,1\nWLD,2001,X,2\n";
    rift_diag diag = {0};
    rift_panel panel = {0};
    ck_assert_int_eq(read_text(text, sizeof text - 1, &how, &diag, &panel), RIFT_OK);
    near_to(value_at(&panel, "X", 2001, "Nairobi West"), 1, 0);
    near_to(value_at(&panel, "X", 2001, "WLD"), 2, 0);
    rift_panel_free(&panel);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(missing_file)
{
    static const char *const name[] = {"no-such-file.csv"};
    rift_diag diag = {0};
    rift_panel panel = {0};
    rift_read_settings settings = {.n_file = 1, .file = name};
    ck_assert_int_ne(rift_panel_read(&settings, &diag, &panel, NULL, NULL), RIFT_OK);
    ck_assert(test_says(&diag, "No such file"));
    rift_diag_free(&diag);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("read");
    tcase_add_test(cases, tidy_in_any_order_with_more_columns);
    tcase_add_test(cases, world_bank_file);
    tcase_add_test(cases, former_codes_are_read_with_a_note);
    tcase_add_test(cases, world_bank_complaints);
    tcase_add_test(cases, complaints_have_a_place);
    tcase_add_test(cases, malformed_quotes_do_not_swallow_rows);
    tcase_add_test(cases, all_errors_of_a_file_are_reported);
    tcase_add_test(cases, the_same_cell_twice);
    tcase_add_test(cases, line_ends_and_years_and_choices);
    tcase_add_test(cases, units_that_are_no_countries);
    tcase_add_test(cases, missing_file);
    return test_main("read", cases);
}
