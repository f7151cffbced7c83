/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row scan: its masks on every instruction set, and the claim that it hands on what
   libcsv would. tests/fuzz/table.c searches further. */
#include "../fuzz/twice.h"
#include "decode/scan.h"
#include "read/name/name.h"
#include "test.h"

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = (*state ^ (*state >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

START_TEST(masks_are_those_of_a_plain_loop)
{
    static const char letter[] = "\",\n\r\0;abc 1\"\"\n,";
    uint64_t state = 7;
    for (int round = 0; round < 2000; round++) {
        char text[64 * 8];
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = letter[next_random(&state) % (sizeof letter - 1)];
        }
        rift_scan a = {.separated = 1}, b = a;
        rift_masks one[8], two[8];
        rift_scan_words(&a, text, 8, ',', one);
        rift_scan_words_plainly(&b, text, 8, ',', two);
        ck_assert_msg(memcmp(one, two, sizeof one) == 0, "%s", rift_scan_name());
        ck_assert(memcmp(&a, &b, sizeof a) == 0);
    }
}
END_TEST

/* Pieces that make well-formed and malformed tables likely. */
static size_t random_table(uint64_t *state, char *text, size_t size)
{
    static const char *const piece[] = {
        "\"",         "\"\"", ",",        ",",    "\n",  "\n",   "\r\n",    "\r",
        "a",          "12.5", " ",        "\t",   ";",   "x\"y", "\"a,b\"", "\"c\nd\"",
        "\"e\"\"f\"", "\"\"", "\xC3\xB4", "\xFF", ",,,", "KEN",  "\n\n"};
    size_t n = 0, wanted = next_random(state) % (size - 8);
    while (n < wanted) {
        const char *add = piece[next_random(state) % COUNT(piece)];
        memcpy(text + n, add, strlen(add));
        n += strlen(add);
    }
    return n;
}

START_TEST(both_ways_see_the_same_rows)
{
    uint64_t state = 1;
    char text[512];
    for (int round = 0; round < ROUNDS(60000); round++) {
        size_t n = random_table(&state, text, sizeof text);
        char delimiter = round % 5 == 0 ? ';' : round % 7 == 0 ? '\t' : ',';
        ck_assert(read_twice(text, n, delimiter, round % 3 ? SIZE_MAX : 1 + n / 5));
    }
}
END_TEST

START_TEST(hostile_tables)
{
    static const char *const text[] = {"",
                                       "\n",
                                       "\r",
                                       "\"",
                                       "a",
                                       "a,b",
                                       "\"a\"",
                                       "\"a",
                                       "a\"b",
                                       "\"a\"b,c\nd,e\n",
                                       "a,\"b\nc\nd\"\ne,f",
                                       " \"a\" ,b\n",
                                       "a\r\rb\n",
                                       "\"\"\"\"\n",
                                       "\"\"a\"\"\n",
                                       ",\n,\n",
                                       "   \n\t\n a \n",
                                       "a,b\r\n\"c\r\nd\",e\r\n",
                                       "\xEF\xBB\xBF\"x\",y\n"};
    for (size_t i = 0; i < COUNT(text); i++) {
        ck_assert(read_twice(text[i], strlen(text[i]), ',', SIZE_MAX));
        ck_assert(read_twice(text[i], strlen(text[i]), ',', 1));
    }
    ck_assert(read_twice("a\0b,c\nd,e\n", 10, ',', SIZE_MAX));
}
END_TEST

static rift_status keep_line(void *data, const rift_row *row)
{
    *(size_t *)data = row->line;
    return RIFT_OK;
}

START_TEST(lines_beyond_four_thousand_million)
{
    rift_memory memory = {"a,b\nc,d\n\"e\nf\",g\nh,i\n", 20};
    rift_bytes bytes = {rift_memory_read, &memory};
    size_t line = 0;
    rift_rows_settings how = {.file = "x",
                              .delimiter = ',',
                              .line = 5000000000u,
                              .row = keep_line,
                              .data = &line};
    rift_rows_end end;
    ck_assert_int_eq(rift_rows_read(&bytes, &how, &end), RIFT_OK);
    ck_assert_uint_eq(line, 5000000004u);
    ck_assert_uint_eq(end.line, 5000000005u);
}
END_TEST

START_TEST(keys_of_names_are_those_of_the_table)
{
    for (size_t i = 0; i < rift_n_country_names; i++) {
        char *key = rift_name_key(rift_country_names[i].name);
        ck_assert_str_eq(key, rift_country_names[i].key);
        ck_assert(i == 0 ||
                  strcmp(rift_country_names[i - 1].key, rift_country_names[i].key) < 0);
        free(key);
    }
    static const char *const same[][2] = {{"Korea, Rep.", "KOR"},
                                          {"Korea (Rep. of)", "KOR"},
                                          {"Republic of Korea", "KOR"},
                                          {"Dem. People's Rep. of Korea", "PRK"},
                                          {"Türkiye", "TUR"},
                                          {"TURKEY", "TUR"},
                                          {"Côte d’Ivoire", "CIV"},
                                          {"Cote dIvoire", "CIV"},
                                          {"CÃ´te d'Ivoire", "CIV"},
                                          {"Cã´Te D'Ivoire", "CIV"},
                                          {"Hong Kong, China", "HKG"},
                                          {"Iran (Islamic Republic of)", "IRN"},
                                          {"Congo, Dem. Rep.", "COD"},
                                          {"Congo (Rep. of the)", "COG"},
                                          {"Guinea", "GIN"},
                                          {"Guinea-Bissau", "GNB"},
                                          {"Niger", "NER"},
                                          {"Nigeria", "NGA"},
                                          {"中国", "CHN"},
                                          {"Россия", NULL},
                                          {"Republik Korea", "KOR"},
                                          {"Sudan", "SDN"}};
    for (size_t i = 0; i < COUNT(same); i++) {
        const rift_name *found =
            rift_name_find(rift_country_names, rift_n_country_names, same[i][0]);
        if (same[i][1]) {
            ck_assert_msg(found && !strcmp(found->code, same[i][1]), "%s", same[i][0]);
        }
    }
    /* near is not equal */
    static const char *const none[] = {"Kenia West", "Urugay", "Atlantis", "",
                                       "C\xEF\xBF\xBDte d'Ivoire"};
    for (size_t i = 0; i < COUNT(none); i++) {
        ck_assert_ptr_null(
            rift_name_find(rift_country_names, rift_n_country_names, none[i]));
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("scan");
    tcase_add_test(cases, masks_are_those_of_a_plain_loop);
    tcase_add_test(cases, both_ways_see_the_same_rows);
    tcase_add_test(cases, hostile_tables);
    tcase_add_test(cases, lines_beyond_four_thousand_million);
    tcase_add_test(cases, keys_of_names_are_those_of_the_table);
    return test_main("scan", cases);
}
