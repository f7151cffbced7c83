/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters are shown, and what is guarded against spreadsheets: every class of
   characters, alone and among others, and what every script needs. */
#include "core/csv.h"
#include "core/visible.h"
#include "test.h"

#include <utf8proc.h>

static void put_point(rift_text *text, int32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(point, bytes);
    ck_assert(n > 0);
    rift_text_add(text, (const char *)bytes, (size_t)n);
}

static char *cleaned(const char *text)
{
    char *copy = strdup(text);
    copy[rift_visible_clean(copy, strlen(copy))] = '\0';
    return copy;
}

/* Characters that deceive, as the Unicode standard lists them. */
static const int32_t hidden[][2] = {
    {0x01, 0x08},      {0x0B, 0x1F},     {0x7F, 0x84},     {0x86, 0x9F},
    {0xAD, 0xAD},      {0x34F, 0x34F},   {0x61C, 0x61C},   {0x115F, 0x1160},
    {0x17B4, 0x17B5},  {0x180E, 0x180E}, {0x200B, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x2064},  {0x2066, 0x206F}, {0x3164, 0x3164}, {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
    {0xE0100, 0xE01EF}};

START_TEST(what_deceives_is_removed_between_letters)
{
    for (size_t i = 0; i < COUNT(hidden); i++) {
        for (int32_t point = hidden[i][0]; point <= hidden[i][1]; point++) {
            rift_text text = {0}, shown = {0};
            rift_text_put(&text, "a");
            put_point(&text, point);
            rift_text_put(&text, "b");
            ck_assert_msg(!rift_is_visible(text.data, text.n), "U+%04X", point);
            rift_text_printable(&shown, text.data, text.n);
            rift_text_format(&shown, "%s", "");
            ck_assert_msg(strchr(shown.data, '\\') != NULL, "U+%04X", point);
            text.n = rift_visible_clean(text.data, text.n);
            text.data[text.n] = '\0';
            ck_assert_msg(!strcmp(text.data, "ab"), "U+%04X left '%s'", point,
                          text.data);
            rift_text_free(&text);
            rift_text_free(&shown);
        }
    }
}
END_TEST

static bool is_listed(int32_t point)
{
    bool found = false;
    for (size_t i = 0; i < COUNT(hidden) && !found; i++) {
        found = point >= hidden[i][0] && point <= hidden[i][1];
    }
    return found;
}

/* Letters, marks, digits, punctuation and symbols of all scripts stay, each alone. */
START_TEST(what_is_written_stays)
{
    size_t seen = 0;
    for (int32_t point = 0x20; point <= 0x10FFFF; point++) {
        utf8proc_category_t kind = utf8proc_category(point);
        bool written = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_SO;
        if (!written || is_listed(point) || utf8proc_get_property(point)->ignorable) {
            continue;
        }
        rift_text text = {0};
        put_point(&text, point);
        ck_assert_msg(rift_is_visible(text.data, text.n), "U+%04X", point);
        rift_text_free(&text);
        seen++;
    }
    ck_assert_uint_gt(seen, 130000);
}
END_TEST

START_TEST(names_of_every_script_are_whole)
{
    static const char *const name[] = {
        "Côte d'Ivoire",
        "\u0645\u0635\u0631",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", /* Persian, non-joiner */
        "\u05d9\u05b4\u05e9\u05b0\u05c2\u05e8\u05b8\u05d0\u05b5\u05dc",
        "\u0915\u094d\u200d\u0937", /* Hindi, joiner behind a virama */
        "\u0930\u094d\u200d\u092f",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3 \u0dbd\u0d82\u0d9a\u0dcf", /* Sri Lanka */
        "\u0d28\u0d4d\u200d",                                      /* Malayalam, old */
        "\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28\u0e44\u0e17\u0e22",
        "\u1019\u103c\u1014\u103a\u1019\u102c",
        "\u4e2d\u56fd",
        "\u8fbb\U000E0100", /* an ideograph with a selector */
        "\uB300\uD55C\uBBFC\uAD6D",
        "\U0001F468\u200D\U0001F469\u200D\U0001F467", /* a family */
        "\U0001F3F3\uFE0F\u200D\U0001F308",           /* a flag */
        "\U0001F9D1\U0001F3FD\u200D\U0001F4BB",       /* skin tone, joined */
        "1\uFE0F\u20E3",
        "\u2764\uFE0F",
        "\U0001F1F0\U0001F1EA", /* KE */
        "two\nlines\tand a tab"};
    for (size_t i = 0; i < COUNT(name); i++) {
        char *shown = cleaned(name[i]);
        ck_assert_msg(!strcmp(shown, name[i]), "%s became %s", name[i], shown);
        ck_assert_msg(rift_is_visible(name[i], strlen(name[i])), "%s", name[i]);
        free(shown);
    }
}
END_TEST

START_TEST(joiners_and_selectors_without_use_are_removed)
{
    static const struct {
        const char *text, *shown;
    } of[] = {{"Ken\u200cya", "Kenya"},
              {"Ken\u200dya", "Kenya"},
              {"\u200d\U0001F468", "\U0001F468"},
              {"\U0001F468\u200d", "\U0001F468"},
              {"\U0001F468\u200da", "\U0001F468a"},
              {"\u0645\u200c", "\u0645"},
              {"\u200c\u0645", "\u0645"},
              {"\u0928\u093e\u092e\u200d", "\u0928\u093e\u092e"},
              {"\u0645\u200d\u200d\u0645", "\u0645\u200d\u0645"},
              {"a\uFE0F", "a"},
              {"\uFE0F", ""},
              {"1\uFE01", "1"},
              {"\u2764\uFE0F\uFE0F", "\u2764\uFE0F"},
              {"a\u2028b\u2029c", "a b c"},
              {"\u202e\u2066\u200b", ""},
              {"\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U0001F3F4"}};
    for (size_t i = 0; i < COUNT(of); i++) {
        char *shown = cleaned(of[i].text);
        ck_assert_msg(!strcmp(shown, of[i].shown), "%zu: '%s', not '%s'", i, shown,
                      of[i].shown);
        ck_assert(rift_is_visible(shown, strlen(shown)));
        free(shown);
    }
    char torn[] = "a\xF3\xA0\x81"; /* what is no UTF-8 is for others to judge */
    ck_assert_uint_eq(rift_visible_clean(torn, 4), 4);
}
END_TEST

static char *cell_of(const char *text)
{
    rift_text out = {0};
    rift_csv_cell(&out, text);
    return rift_text_take(&out);
}

/* What libcsv would hand over of a quoted cell, or of one without quotes. */
static void unquote(char *cell)
{
    char *to = cell, *at = cell;
    if (*at != '"') {
        return;
    }
    for (at++; *at && !(*at == '"' && at[1] != '"'); at++) {
        at += *at == '"';
        *to++ = *at;
    }
    *to = '\0';
}

START_TEST(what_might_run_is_guarded_and_comes_back)
{
    static const char *const start[] = {
        "=",      "+",      "-",      "@",      "\t",     "\n",     "\uFF1D", "\uFF0B",
        "\uFF0D", "\uFF20", "\u2212", "\uFE66", "\u207C", "\u208C", "\uFE62", "\u207A",
        "\u208A", "\uFE63", "\u207B", "\u208B", "\uFE6B", "\u2A75"};
    static const char *const before[] = {"",   " ",  "  ",   "\"",     "'",
                                         "''", "' ", "\" '", "\u00a0", "\u3000"};
    for (size_t i = 0; i < COUNT(start); i++) {
        for (size_t k = 0; k < COUNT(before); k++) {
            char text[32];
            snprintf(text, sizeof text, "%s%s1\"2", before[k], start[i]);
            char *cell = cell_of(text), *shown = cleaned(text);
            ck_assert_msg(!strncmp(cell, "\"'", 2), "%s", cell);
            unquote(cell);
            ck_assert(*cell == '\'');
            ck_assert(rift_csv_is_guarded(cell, strlen(cell)));
            ck_assert_uint_eq(rift_csv_unguard(cell, strlen(cell)), strlen(shown));
            ck_assert_str_eq(cell, shown);
            free(cell);
            free(shown);
        }
    }
}
END_TEST

START_TEST(parts_are_guarded_for_other_separators)
{
    static const struct {
        const char *text, *cell;
    } of[] = {{"x;=1", "\"x;'=1\""},    {"x; =1", "\"x;' =1\""},
              {"x;'=1", "\"x;''=1\""},  {"=1;=2;3", "\"'=1;'=2;3\""},
              {"x\t=1", "\"x\t'=1\""},  {"x\n@1", "\"x\n'@1\""},
              {"x|-1", "\"x|'-1\""},    {"x;\uFE66y", "\"x;'\uFE66y\""},
              {"a\n\nb", "\"a\n\nb\""}, {"a;b", "\"a;b\""},
              {"a\tb", "\"a\tb\""},     {"a;'b", "\"a;'b\""},
              {"a=b-c", "a=b-c"}};
    for (size_t i = 0; i < COUNT(of); i++) {
        char *cell = cell_of(of[i].text);
        ck_assert_str_eq(cell, of[i].cell);
        unquote(cell);
        rift_csv_unguard(cell, strlen(cell));
        ck_assert_str_eq(cell, of[i].text);
        free(cell);
        rift_text exact = {0};
        rift_csv_cell_as(&exact, of[i].text, true);
        const char *said = rift_text_string(&exact);
        bool quoted = *said == '"';
        ck_assert(quoted == !!strpbrk(of[i].text, ";\t\n"));
        ck_assert(strncmp(said + quoted, of[i].text, strlen(of[i].text)) == 0);
        rift_text_free(&exact);
    }
}
END_TEST

START_TEST(what_cannot_run_is_left)
{
    static const char *const text[] = {
        "a=b", "Côte d'Ivoire", "'t Hooft", "1-2", "",
        "'",   "\"quoted\"",    "x",        "5%",  "(1)"};
    for (size_t i = 0; i < COUNT(text); i++) {
        char *cell = cell_of(text[i]);
        unquote(cell);
        ck_assert_str_eq(cell, text[i]);
        ck_assert(!rift_csv_is_guarded(cell, strlen(cell)));
        free(cell);
    }
    rift_text out = {0};
    rift_csv_cell_as(&out, "=1\u202e+1", true);
    ck_assert_str_eq(rift_text_string(&out), "=1\u202e+1");
    rift_text_free(&out);
    static const char *const behind[] = {"\u200b=1", "\r=1", "\u202e\u2066=1"};
    for (size_t i = 0; i < COUNT(behind); i++) { /* what hides it goes first */
        char *cell = cell_of(behind[i]);
        ck_assert_str_eq(cell, "\"'=1\"");
        free(cell);
        ck_assert(rift_csv_runs(behind[i], strlen(behind[i])));
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("visible");
    tcase_add_test(cases, what_deceives_is_removed_between_letters);
    tcase_add_test(cases, what_is_written_stays);
    tcase_add_test(cases, names_of_every_script_are_whole);
    tcase_add_test(cases, joiners_and_selectors_without_use_are_removed);
    tcase_add_test(cases, what_might_run_is_guarded_and_comes_back);
    tcase_add_test(cases, parts_are_guarded_for_other_separators);
    tcase_add_test(cases, what_cannot_run_is_left);
    return test_main("visible", cases);
}
