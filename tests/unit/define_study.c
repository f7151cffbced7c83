/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study read from files, and again from the texts that a result keeps of it. */
#include "core/file.h"
#include "test.h"

#include <sys/stat.h>

static const char study_yaml[] = "code: kept\n"
                                 "title: Kept\n"
                                 "years: {first: 2001, last: 2001}\n"
                                 "sources: [../data.csv]\n"
                                 "countries: {file: ../countries.csv}\n"
                                 "index: ../indices/./kept.yaml\n"
                                 "charts: []\n";

static const char index_yaml[] =
    "code: kept\n"
    "series_files: [../studies/../series/kept.yaml]\n"
    "normalisation: {method: bands, bands: [1, 2.5], scores: [0, 30, 100]}\n"
    "aggregation: {method: owa, order_weights: [3, 2]}\n"
    "nodes:\n"
    "  - code: all\n"
    "    weighting: {method: budget, votes: ../votes.csv}\n"
    "    children: [a, b]\n";

static const char series_yaml[] = "series:\n  - code: a\n  - {code: b, polarity: "
                                  "lower-is-better}\n";

static void write_study(void)
{
    mkdir("studies", 0777);
    mkdir("indices", 0777);
    mkdir("series", 0777);
    test_file("studies/kept.yaml", study_yaml);
    test_file("indices/kept.yaml", index_yaml);
    test_file("series/kept.yaml", series_yaml);
    test_file("votes.csv", "expert,a,b\nx,3,1\ny,1,1\n");
    test_file("data.csv", "country,year,series,value\nAUT,2001,a,1\n");
    test_file("countries.csv", "country,name\nAUT,Austria\n");
}

/* The names and texts of a study. */
typedef struct texts {
    const char *name[8], *text[8];
    rift_definition_texts all;
} texts;

static void keep_texts(const rift_study *study, texts *out)
{
    for (size_t i = 0; i < study->n_definition; i++) {
        out->name[i] = study->definition[i].name;
        out->text[i] = study->definition[i].text;
    }
    out->all = (rift_definition_texts){"kept.h5", study->n_definition, out->name,
                                       out->text, false};
}

static void check_index(const rift_index *index)
{
    ck_assert_uint_eq(index->n_node, 3);
    const rift_node *all = &index->node[0];
    ck_assert_uint_eq(all->aggregate.order_weights.n, 2);
    near_to(all->aggregate.order_weights.number[0], 3, 0);
    near_to(all->weigh.vote_mean[0], 0.625, 1e-15); /* of 0.75 and 0.5 */
    near_to(all->weigh.vote_sd[1], sqrt(0.03125), 1e-15);
    ck_assert_uint_eq(all->weigh.n_expert, 2);
    ck_assert_uint_eq(index->normalise.bands.n, 2);
    near_to(index->normalise.scores.number[1], 30, 0);
    ck_assert_int_eq(index->series[1].polarity, -1);
}

START_TEST(kept_texts_say_the_same)
{
    write_study();
    rift_diag diag = {0};
    rift_study study = {0}, again = {0}, third = {0};
    ck_assert_int_eq(rift_study_load("studies/kept.yaml", &diag, &study), RIFT_OK);
    ck_assert_uint_eq(study.n_definition, 4);
    static const char *const name[] = {"kept.yaml", "../indices/kept.yaml",
                                       "../series/kept.yaml", "../votes.csv"};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_str_eq(study.definition[i].name, name[i]);
    }
    check_index(&study.index);
    texts kept;
    keep_texts(&study, &kept);
    remove("votes.csv"); /* nothing is read from disk */
    remove("data.csv");
    remove("indices/kept.yaml");
    ck_assert_int_eq(rift_study_from_texts(&kept.all, &diag, &again), RIFT_OK);
    rift_study_free(&study);
    check_index(&again.index);
    ck_assert_str_eq(again.index.node[0].place.file, "kept.h5:../indices/kept.yaml");
    texts twice; /* and what was read from texts can be kept in turn */
    keep_texts(&again, &twice);
    ck_assert_int_eq(rift_study_from_texts(&twice.all, &diag, &third), RIFT_OK);
    rift_study_free(&again);
    check_index(&third.index);
    ck_assert_str_eq(third.definition[3].name, "../votes.csv");
    rift_study_free(&third);
    rift_diag_free(&diag);
}
END_TEST

/* A change to one of the texts, and what must be said of it. */
static void expect(size_t which, const char *old, const char *new, const char *file,
                   const char *says)
{
    write_study();
    rift_diag diag = {0};
    rift_study study = {0}, again = {0};
    ck_assert_int_eq(rift_study_load("studies/kept.yaml", &diag, &study), RIFT_OK);
    texts kept;
    keep_texts(&study, &kept);
    char changed[2048];
    const char *at = strstr(kept.text[which], old);
    ck_assert_ptr_nonnull(at);
    snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - kept.text[which]),
             kept.text[which], new, at + strlen(old));
    kept.text[which] = changed;
    ck_assert_int_eq(rift_study_from_texts(&kept.all, &diag, &again),
                     RIFT_ERR_DEFINITION);
    ck_assert(test_says(&diag, says));
    ck_assert_str_eq(diag.finding[0].file, file);
    rift_study_free(&study);
    rift_diag_free(&diag);
}

START_TEST(kept_texts_have_the_same_errors)
{
    expect(1, "method: owa", "method: owe", "kept.h5:../indices/kept.yaml", "'owe'");
    expect(1, "method: bands", "method: bends", "kept.h5:../indices/kept.yaml",
           "did you mean 'bands'?");
    expect(1, "[3, 2]", "[3, 2, 1]", "kept.h5:../indices/kept.yaml",
           "has 2 children, but 3 order weights");
    expect(2, "polarity: lower-is", "polarity: below-is", "kept.h5:../series/kept.yaml",
           "below");
    expect(3, "y,1,1", "y,1,-1", "kept.h5:../votes.csv", "is not a vote");
    expect(0, "../indices/./kept.yaml", "../indices/other.yaml", "kept.h5:kept.yaml",
           "the text of '../indices/other.yaml' is not among those stored");
}
END_TEST

START_TEST(bare_names_are_told_apart_by_their_order)
{
    write_study();
    rift_diag diag = {0};
    rift_study study = {0}, again = {0};
    ck_assert_int_eq(rift_study_load("studies/kept.yaml", &diag, &study), RIFT_OK);
    texts kept;
    keep_texts(&study, &kept);
    for (size_t i = 0; i < 3; i++) {
        kept.name[i] = "kept.yaml";
    }
    kept.all.n = 3; /* no votes */
    kept.all.format_2 = true;
    ck_assert_int_eq(rift_study_from_texts(&kept.all, &diag, &again), RIFT_OK);
    ck_assert_uint_eq(again.index.n_node, 3);
    ck_assert_uint_eq(again.index.node[0].weigh.n_expert, 0);
    ck_assert_str_eq(again.definition[2].name, "../series/kept.yaml");
    rift_study_free(&again);
    kept.name[1] = "other.yaml";
    ck_assert_int_eq(rift_study_from_texts(&kept.all, &diag, &again),
                     RIFT_ERR_DEFINITION);
    kept.all.n = 0;
    ck_assert_int_eq(rift_study_from_texts(&kept.all, &diag, &again),
                     RIFT_ERR_DEFINITION);
    rift_study_free(&study);
    rift_diag_free(&diag);
}
END_TEST

START_TEST(paths_are_tidied)
{
    static const char *const path[][2] = {
        {"a/../b", "b"},
        {"./a//b/.", "a/b"},
        {"../a/../../b", "../../b"},
        {"/a/../../b", "/b"},
        {"/..", "/"},
        {"a/..", "."},
        {"", "."},
        {"a/b/../../c", "c"},
        {"..a/../x", "x"},
        {"../..", "../.."},
        {"/a/b/..", "/a"},
        {"a/b.c/..", "a"},
    };
    for (size_t i = 0; i < COUNT(path); i++) {
        char *tidy = rift_path_tidy(path[i][0]);
        ck_assert_str_eq(tidy, path[i][1]);
        free(tidy);
    }
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("definitions");
    tcase_add_test(cases, kept_texts_say_the_same);
    tcase_add_test(cases, kept_texts_have_the_same_errors);
    tcase_add_test(cases, bare_names_are_told_apart_by_their_order);
    tcase_add_test(cases, paths_are_tidied);
    return test_main("definitions", cases);
}
