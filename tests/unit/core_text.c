/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in text, suggestions, escaping, and the placing of labels. */
#include "core/json.h"
#include "core/status.h"
#include "core/suggest.h"
#include "core/text.h"
#include "plot/drawing.h"
#include "plot/label.h"
#include "report/html.h"
#include "test.h"

START_TEST(numbers_that_are_read)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0", 0},
                {"-0", 0},
                {"12.5", 12.5},
                {"+3", 3},
                {".5", 0.5},
                {"5.", 5},
                {"1e3", 1000},
                {"1E-2", 0.01},
                {" 7 ", 7},
                {"007", 7},
                {"4.9e-324", 4.9e-324},
                {"1.7976931348623157e308", 1.7976931348623157e308}};
    for (size_t i = 0; i < COUNT(good); i++) {
        double x = 99;
        ck_assert_msg(rift_number_read(good[i].text, strlen(good[i].text), &x), "%s",
                      good[i].text);
        ck_assert_msg(x == good[i].value, "%s", good[i].text);
    }
}
END_TEST

START_TEST(numbers_that_are_not)
{
    static const char *const bad[] = {
        "",         " ",        "-",      ".",    "e3",    "1e",  "1e+",    "0,5",
        "1.234,5",  "1 000",    "1_000",  "0x10", "nan",   "NaN", "inf",    "-inf",
        "1e999",    "-1e999",   "12 (e)", "97%",  "1.2.3", "--1", "+-1",    "1e1.5",
        "infinity", "nan(0x1)", "1d3",    "..",   "n/a",   "0b1", "\u00a05"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        double x = 99;
        ck_assert_msg(!rift_number_read(bad[i], strlen(bad[i]), &x), "'%s'", bad[i]);
        ck_assert_msg(x == 99, "'%s' changed the output", bad[i]);
    }
}
END_TEST

START_TEST(numbers_come_back)
{
    const double x[] = {
        0.1, 1.0 / 3, 1e-300, 123456789.123456789, 5e-324, -2.5, 0.30000000000000004};
    for (size_t i = 0; i < COUNT(x); i++) {
        char text[RIFT_NUMBER_SIZE];
        rift_number_format(x[i], text);
        ck_assert(strtod(text, NULL) == x[i]);
    }
    char text[RIFT_NUMBER_SIZE];
    rift_number_format(0.1, text);
    ck_assert_str_eq(text, "0.1");
}
END_TEST

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = (*state ^ (*state >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* The text of a random number, in one of many shapes. */
static void random_number(uint64_t *state, char text[64])
{
    uint64_t bits = next_random(state), shape = next_random(state);
    double x;
    memcpy(&x, &bits, sizeof x);
    x = isfinite(x) ? x : 1;
    double near = (double)(int64_t)next_random(state) / (double)(shape >> 8);
    switch (shape % 6) {
    case 0:
        snprintf(text, 64, "%.17g", x);
        break;
    case 1:
        snprintf(text, 64, "%.*g", (int)(shape >> 3) & 15, near);
        break;
    case 2:
        snprintf(text, 64, "%.*f", (int)(shape >> 3) & 15, near);
        break;
    case 3:
        snprintf(text, 64, "%llu", (unsigned long long)bits);
        break;
    case 4:
        snprintf(text, 64, "%llu.%llu", (unsigned long long)(bits % 1000),
                 (unsigned long long)(shape >> (shape >> 60)));
        break;
    default:
        snprintf(text, 64, "%llue%d", (unsigned long long)bits,
                 (int)(shape >> 3) % 60 - 30);
    }
}

START_TEST(numbers_have_the_bits_of_strtod)
{
    uint64_t state = 1;
    for (size_t i = 0; i < ROUNDS(1000000); i++) {
        char text[64];
        random_number(&state, text);
        double x = 0, expected = strtod(text, NULL);
        bool good = rift_number_read(text, strlen(text), &x);
        ck_assert_msg(good == (bool)isfinite(expected), "%s", text);
        ck_assert_msg(!good || memcmp(&x, &expected, sizeof x) == 0, "%s: %a, not %a",
                      text, x, expected);
        char padded[64 + RIFT_NUMBER_PADDING] = "";
        snprintf(padded, sizeof padded, "%s,123456789", text);
        double y = 0;
        ck_assert(rift_number_read_padded(padded, strlen(text), &y) == good);
        ck_assert_msg(!good || memcmp(&x, &y, sizeof x) == 0, "%s: %a, not %a", text, y,
                      x);
    }
    /* half-way between two doubles, and one digit beyond */
    static const char *const edge[] = {"9007199254740993",
                                       "9007199254740993.0000000001",
                                       "1801439850948199.5", "36028797018963967e-1"};
    for (size_t i = 0; i < COUNT(edge); i++) {
        double x = 0;
        ck_assert(rift_number_read(edge[i], strlen(edge[i]), &x));
        ck_assert(x == strtod(edge[i], NULL));
    }
}
END_TEST

START_TEST(suggestions)
{
    const char *const words[] = {"aggregation", "normalisation", "weighting"};
    ck_assert_str_eq(rift_names_nearest(rift_names_of(words, 3), "agregation"),
                     "aggregation");
    ck_assert_str_eq(rift_names_nearest(rift_names_of(words, 3), "wieghting"),
                     "weighting");
    ck_assert_ptr_null(rift_names_nearest(rift_names_of(words, 3), "banana"));
    char one[400] = "", other[400] = ""; /* of long names only what differs counts */
    memset(one, 'x', 300);
    memset(other, 'x', 300);
    other[150] = 'y';
    const char *const near[] = {"short", other};
    ck_assert_str_eq(rift_names_nearest(rift_names_of(near, 2), one), other);
    memset(other, 'y', 300);
    ck_assert_ptr_null(rift_names_nearest(rift_names_of(near, 2), one));
}
END_TEST

/* The names of rows, found through a member; what is said of a word that is none. */
START_TEST(unknown_words_get_one_sentence)
{
    static const struct row {
        int number;
        const char *name;
    } row[] = {{1, "aggregation"}, {2, "normalisation"}, {3, "weighting"}};
    rift_names names = RIFT_NAMES(row, 3, name);
    ck_assert_int_eq(rift_names_find(names, "weighting"), 2);
    ck_assert_int_eq(rift_names_find(names, "weight"), -1);
    ck_assert_str_eq(rift_names_nearest(names, "agregation"), "aggregation");
    ck_assert_ptr_null(rift_names_nearest(names, "banana"));
    rift_text text = {0};
    rift_suggest(&text, "step", "agregation", rift_names_nearest(names, "agregation"),
                 "see the list");
    rift_text_put(&text, "\n");
    rift_suggest(&text, "step", "banana", NULL, "see the list");
    rift_text_put(&text, "\n");
    rift_suggest(&text, "step", "banana", NULL, NULL);
    ck_assert_str_eq(rift_text_string(&text),
                     "unknown step 'agregation'; did you mean 'aggregation'?\n"
                     "unknown step 'banana'; see the list\n"
                     "unknown step 'banana'");
    rift_text_free(&text);
}
END_TEST

/* Every status has words of its own, and memory outweighs what is wrong in the data. */
START_TEST(statuses_have_words_and_an_order)
{
    for (int a = RIFT_OK; a < RIFT_STATUS_END; a++) {
        ck_assert_str_ne(rift_status_text((rift_status)a), "unknown status");
        ck_assert_int_eq(rift_status_worse((rift_status)a, RIFT_OK), a);
        ck_assert_int_eq(rift_status_worse(RIFT_OK, (rift_status)a), a);
    }
    ck_assert_str_eq(rift_status_text(RIFT_STATUS_END), "unknown status");
    ck_assert_int_eq(rift_status_worse(RIFT_ERR_DATA, RIFT_ERR_MEMORY),
                     RIFT_ERR_MEMORY);
    ck_assert_int_eq(rift_status_worse(RIFT_ERR_STOPPED, RIFT_ERR_SYSTEM),
                     RIFT_ERR_STOPPED);
    ck_assert_uint_eq(rift_text_distance("abc", "acb"), 1);
    ck_assert_uint_eq(rift_text_distance("", "abc"), 3);
}
END_TEST

static const char *const hostile[] = {"x `touch pwned` y",
                                      "it's', system(\"touch pwned\"), '",
                                      "a\nsystem('touch pwned')\n",
                                      "|touch pwned",
                                      "$(touch pwned)",
                                      "tab\there\\nthere",
                                      "\xE2\x80\xA8line",
                                      "<script>alert(1)</script>",
                                      "\"'&<>"};

START_TEST(gnuplot_strings_cannot_break_out)
{
    for (size_t i = 0; i < COUNT(hostile); i++) {
        rift_text out = {0};
        rift_gnuplot_quote(&out, hostile[i]);
        size_t n = out.n;
        ck_assert(n >= 2 && out.data[0] == '\'' && out.data[n - 1] == '\'');
        for (size_t k = 1; k + 1 < n; k++) {
            unsigned char c = (unsigned char)out.data[k];
            ck_assert_msg(c >= 0x20 && c != 0x7f && c != '\\' && c != '\'', "%s",
                          hostile[i]);
        }
        ck_assert_ptr_null(strstr(out.data, "\xE2\x80\xA8"));
        rift_text_free(&out);
    }
}
END_TEST

START_TEST(html_and_json_are_escaped)
{
    rift_text html = {0}, json = {0};
    rift_html_text(&html, "<b a=\"x\">'&\x01");
    ck_assert_str_eq(html.data, "&lt;b a=&quot;x&quot;&gt;&#39;&amp;");
    rift_json_string(&json, "\"\\\n\xFF\xE2\x80\xA8");
    ck_assert_str_eq(json.data, "\"\\\"\\\\\\u000a\xEF\xBF\xBD\\u2028\"");
    rift_text_free(&html);
    rift_text_free(&json);
}
END_TEST

START_TEST(labels_do_not_overlap)
{
    enum { N = 120 };
    rift_spot spot[N];
    unsigned state = 7;
    for (int i = 0; i < N; i++) {
        state = state * 1664525u + 1013904223u;
        double x = (state >> 8) % 800;
        state = state * 1664525u + 1013904223u;
        double y = (state >> 8) % 400;
        spot[i] =
            (rift_spot){.x = x, .y = y, .width = 60, .height = 12, .priority = i % 10};
    }
    rift_labels_place(spot, N, 800, 400);
    int placed = 0;
    for (int i = 0; i < N; i++) {
        placed += spot[i].placed;
        for (int j = 0; spot[i].placed && j < N; j++) {
            if (i != j && spot[j].placed) {
                bool apart_x = fabs(spot[i].label_x - spot[j].label_x) >= 60;
                bool apart_y = fabs(spot[i].label_y - spot[j].label_y) >= 12;
                ck_assert(apart_x || apart_y);
            }
        }
        if (spot[i].placed) {
            ck_assert(spot[i].label_x >= 0 && spot[i].label_x + 60 <= 800);
            ck_assert(spot[i].label_y - 6 >= 0 && spot[i].label_y + 6 <= 400);
        }
    }
    ck_assert_int_gt(placed, N / 4);
}
END_TEST

START_TEST(utf8)
{
    ck_assert(rift_text_is_utf8("C\xC3\xB4te", 5));
    ck_assert(!rift_text_is_utf8("C\xF4te", 4));
    ck_assert(!rift_text_is_utf8("a\0b", 3));
    ck_assert_uint_eq(rift_text_width("C\xC3\xB4te"), 4);
}
END_TEST

START_TEST(words_of_a_list)
{
    static const struct {
        const char *list, *word[4];
    } of[] = {{"", {NULL}},
              {",,", {NULL}},
              {"A", {"A"}},
              {"A,B", {"A", "B"}},
              {",A,,B,", {"A", "B"}},
              {"X[sex=female,age=15-24],B", {"X[sex=female,age=15-24]", "B"}},
              {"p=X[a=1,b=2]/X[a=3,b=2],q=C/D", {"p=X[a=1,b=2]/X[a=3,b=2]", "q=C/D"}},
              {"\"a,b\",c", {"a,b", "c"}},
              {"\"say \"\"so\"\"\",c", {"say \"so\"", "c"}},
              {"\"income=Low, or lower\",KEN", {"income=Low, or lower", "KEN"}},
              {"A[1,B", {"A[1", "B"}},
              {"A],B", {"A]", "B"}},
              {"\"open,B", {"open,B"}},
              {"\"a\"b,c", {"ab", "c"}},
              {"\"\"", {""}},
              {"5\" disk,B", {"5\" disk", "B"}}};
    for (size_t i = 0; i < COUNT(of); i++) {
        char *copy = rift_text_copy(of[i].list), *rest = copy;
        for (size_t k = 0; k < 4; k++) {
            char *word = rift_text_next_word(&rest);
            ck_assert_msg(!word == !of[i].word[k], "%s: word %zu", of[i].list, k);
            if (!word) {
                break;
            }
            ck_assert_str_eq(word, of[i].word[k]);
        }
        free(copy);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("text");
    tcase_add_test(cases, numbers_that_are_read);
    tcase_add_test(cases, numbers_that_are_not);
    tcase_add_test(cases, numbers_come_back);
    tcase_add_test(cases, numbers_have_the_bits_of_strtod);
    tcase_add_test(cases, suggestions);
    tcase_add_test(cases, unknown_words_get_one_sentence);
    tcase_add_test(cases, statuses_have_words_and_an_order);
    tcase_add_test(cases, gnuplot_strings_cannot_break_out);
    tcase_add_test(cases, html_and_json_are_escaped);
    tcase_add_test(cases, labels_do_not_overlap);
    tcase_add_test(cases, utf8);
    tcase_add_test(cases, words_of_a_list);
    return test_main("text", cases);
}
