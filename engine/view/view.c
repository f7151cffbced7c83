/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of a result; a new one is a function and a row at the end of this file. */
#include "view/view.h"
#include "core/hash.h"

#include "panel/group.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A rank, or a count, where 0 or less means none. */
static double positive(int32_t rank)
{
    return rank > 0 ? (double)rank : NAN;
}

typedef struct place {
    size_t country;
    int32_t rank;
    const char *code;
} place;

static int compare_place(const void *a, const void *b)
{
    const place *x = a, *y = b;
    bool x_last = x->rank == 0, y_last = y->rank == 0;
    if (x_last != y_last) {
        return x_last - y_last;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return strcmp(x->code, y->code);
}

/* Countries by rank in the total, the unranked behind; new, NULL if memory is short. */
static place *by_rank(const rift_result *result, size_t year)
{
    size_t n = result->panel.n_country;
    place *out = calloc(n + 1, sizeof *out);
    for (size_t c = 0; out && c < n; c++) {
        out[c] = (place){c, result->scores.rank[rift_result_at(result, 0, year) + c],
                         result->panel.country[c]};
    }
    if (out) {
        qsort(out, n, sizeof *out, compare_place);
    }
    return out;
}

static const char *member_of(const rift_result *result, int grouping, size_t country)
{
    const rift_groups *groups = &result->groups;
    if (grouping < 0) {
        return "";
    }
    int32_t of = groups->of[(size_t)grouping * groups->n_country + country];
    return of < 0 ? "" : groups->group[grouping][of];
}

static void make_ranking(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    size_t year = choice->year < 0 ? rift_result_latest(result) : (size_t)choice->year;
    int region = rift_groups_find(&result->groups, "region"),
        income = rift_groups_find(&result->groups, "income");
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "rank", true, 0);
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "name", false, 0);
    if (region >= 0) {
        rift_table_column(table, "region", false, 0);
    }
    if (income >= 0) {
        rift_table_column(table, "income", false, 0);
    }
    rift_table_column(table, "score", true, 1);
    for (size_t i = 1; i < result->study.index.n_node; i++) {
        if (rift_result_is_layer(result, i)) {
            rift_table_column(table, result->study.index.node[i].code, true, 1);
        }
    }
    rift_table_column(table, "coverage", true, 2);
    rift_table_column(table, "remark", false, 0);
    place *order = by_rank(result, year);
    if (!order) {
        rift_table_fail(table);
    }
    for (size_t i = 0; order && i < result->panel.n_country; i++) {
        size_t c = order[i].country;
        if (!rift_view_wants(choice, c)) {
            continue;
        }
        rift_table_number(table, result->panel.year[year]);
        rift_table_number(table, positive(order[i].rank));
        rift_table_word(table, result->panel.country[c]);
        rift_table_word(table, rift_result_name(result, c));
        if (region >= 0) {
            rift_table_word(table, member_of(result, region, c));
        }
        if (income >= 0) {
            rift_table_word(table, member_of(result, income, c));
        }
        rift_table_number(table,
                          result->scores.score[rift_result_at(result, 0, year) + c]);
        for (size_t k = 1; k < result->study.index.n_node; k++) {
            if (rift_result_is_layer(result, k)) {
                size_t at = rift_result_at(result, k, year) + c;
                rift_table_number(table, result->scores.score[at]);
            }
        }
        rift_table_number(table,
                          result->scores.coverage[rift_result_at(result, 0, year) + c]);
        uint8_t why = result->scores.exclusion[year * result->panel.n_country + c];
        rift_table_word(
            table, why == RIFT_RANKED ? "" : rift_exclusion_text((rift_exclusion)why));
    }
    free(order);
}

static void make_country(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "name", false, 0);
    rift_table_column(table, "department", false, 0);
    rift_table_column(table, "input", true, 2);
    rift_table_column(table, "unit", false, 0);
    rift_table_column(table, "age", true, 0);
    rift_table_column(table, "score", true, 1);
    rift_table_column(table, "rank", true, 0);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            for (size_t i = 0;
                 rift_view_wants_year(choice, t) && i < result->study.index.n_node;
                 i++) {
                size_t at = rift_result_at(result, i, t) + c;
                int32_t leaf = result->study.index.node[i].series;
                size_t input =
                    leaf >= 0 ? rift_result_at(result, (size_t)leaf, t) + c : 0;
                int age = leaf >= 0 ? result->scores.age[input] : -1;
                rift_table_word(table, result->panel.country[c]);
                rift_table_number(table, result->panel.year[t]);
                rift_table_word(table, result->study.index.node[i].code);
                rift_table_word(table, result->study.index.node[i].name);
                rift_table_word(table, result->study.index.node[i].department);
                rift_table_number(table, leaf >= 0 ? result->scores.input[input] : NAN);
                rift_table_word(table, leaf >= 0 ? rift_result_unit(result, i) : "");
                rift_table_number(table, age >= 0 ? (double)age : NAN);
                rift_table_number(table, result->scores.score[at]);
                rift_table_number(table, positive(result->scores.rank[at]));
            }
        }
    }
}

static void score_rows(const rift_panel *panel, const rift_scores *scores,
                       size_t n_node, const char *(*code)(const void *, size_t),
                       const void *of, const rift_view_choice *choice,
                       rift_table *table)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "value", true, 2);
    rift_table_column(table, "rank", true, 0);
    for (size_t c = 0; c < panel->n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < panel->n_year; t++) {
            for (size_t i = 0; rift_view_wants_year(choice, t) && i < n_node; i++) {
                size_t at = (i * panel->n_year + t) * panel->n_country + c;
                rift_table_word(table, panel->country[c]);
                rift_table_number(table, panel->year[t]);
                rift_table_word(table, code(of, i));
                rift_table_number(table, scores->score[at]);
                rift_table_number(table, positive(scores->rank[at]));
            }
        }
    }
}

static const char *index_code(const void *of, size_t i)
{
    return ((const rift_index *)of)->node[i].code;
}

static const char *result_code(const void *of, size_t i)
{
    return ((const rift_result *)of)->study.index.node[i].code;
}

void rift_view_scores(const rift_index *index, const rift_panel *panel,
                      const rift_scores *scores, const rift_view_choice *choice,
                      rift_table *table)
{
    score_rows(panel, scores, index->n_node, index_code, index, choice, table);
}

static void make_scores(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    score_rows(&result->panel, &result->scores, result->study.index.n_node, result_code,
               result, choice, table);
}

static void make_unranked(const rift_result *result, const rift_view_choice *choice,
                          rift_table *table)
{
    size_t year = choice->year < 0 ? rift_result_latest(result) : (size_t)choice->year;
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "name", false, 0);
    rift_table_column(table, "coverage", true, 2);
    rift_table_column(table, "reason", false, 0);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        uint8_t why = result->scores.exclusion[year * result->panel.n_country + c];
        if (why == RIFT_RANKED || !rift_view_wants(choice, c)) {
            continue;
        }
        rift_table_number(table, result->panel.year[year]);
        rift_table_word(table, result->panel.country[c]);
        rift_table_word(table, rift_result_name(result, c));
        rift_table_number(table,
                          result->scores.coverage[rift_result_at(result, 0, year) + c]);
        rift_table_word(table, rift_exclusion_text((rift_exclusion)why));
    }
}

static void make_groups(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "name", false, 0);
    for (size_t i = 0; i < result->groups.n_grouping; i++) {
        rift_table_column(table, result->groups.grouping[i], false, 0);
    }
    for (size_t c = 0; c < result->panel.n_country; c++) {
        if (rift_view_wants(choice, c)) {
            rift_table_word(table, result->panel.country[c]);
            rift_table_word(table, rift_result_name(result, c));
            for (size_t i = 0; i < result->groups.n_grouping; i++) {
                rift_table_word(table, member_of(result, (int)i, c));
            }
        }
    }
}

static void provenance_row(rift_table *table, const char *what, const char *value)
{
    rift_table_word(table, what);
    rift_table_word(table, value);
}

static void hash_row(rift_table *table, const char *name, const char *hash)
{
    rift_text what = {0};
    rift_text_format(&what, "sha256 of %s", name);
    if (what.failed) {
        rift_table_fail(table);
    }
    provenance_row(table, rift_text_string(&what), hash);
    rift_text_free(&what);
}

static void make_provenance(const rift_result *result, const rift_view_choice *choice,
                            rift_table *table)
{
    (void)choice;
    const rift_provenance *from = &result->provenance;
    rift_table_column(table, "what", false, 0);
    rift_table_column(table, "value", false, 0);
    provenance_row(table, "command", from->command);
    provenance_row(table, "rift", from->version);
    provenance_row(table, "libraries", from->libraries);
    if (from->date[0]) {
        provenance_row(table, "date", from->date);
    }
    for (size_t i = 0; i < result->study.n_definition; i++) {
        const rift_definition *file = &result->study.definition[i];
        char sum[65] = "";
        if (rift_sha256_hex(file->text, strlen(file->text), sum) != RIFT_OK) {
            rift_table_fail(table);
        }
        hash_row(table, file->name, sum);
    }
    for (size_t i = 0; i < from->inputs.n_input; i++) {
        hash_row(table, from->inputs.input[i].name, from->inputs.input[i].sha256);
    }
}

const rift_view rift_views[] = {
    {"ranking", "countries by rank of the total, with their layers", make_ranking, true,
     false},
    {"country", "every node of a country: value, age, score, rank", make_country, true,
     false},
    {"scores", "tidy rows country, year, node, value, rank", make_scores, false, false},
    {"divide", "inequality between countries by year, node and weighting",
     rift_view_divide, true, false},
    {"means", "mean of each group by year, node and weighting, and its coverage",
     rift_view_means, true, false},
    {"story", "how the divide moved, in sentences, from what was asked of the result",
     rift_view_story, false, false},
    {"convergence", "sigma convergence: trend of the spread over the years",
     rift_view_convergence, false, false},
    {"coverage", "countries with a value, by series of the index", rift_view_coverage,
     true, false},
    {"unranked", "countries without a total, and why", make_unranked, true, false},
    {"completeness", "share of its series that each country has, by node, and of zeros",
     rift_view_completeness, true, false},
    {"screening", "series and countries that were screened out, and why",
     rift_view_screening, false, false},
    {"imputed",
     "values scored that are older, interpolated or imputed, and their error",
     rift_view_imputed, true, false},
    {"treatment", "what was done about the outliers of each series, and why",
     rift_view_treatment, true, false},
    {"changes", "scores and ranks against the year before, for countries with both",
     rift_view_changes, true, false},
    {"trends", "growth and trend tests of each country and node over the years",
     rift_view_trends, false, false},
    {"weights", "the tree of the index with weights, methods and goalposts",
     rift_view_weights, false, false},
    {"groups", "groups of each country", make_groups, false, false},
    {"panel",
     "every value read: country, year, indicator, value, origin, status, place",
     rift_view_panel, false, true},
    {"aggregates", "values of groups of countries, as the providers have them",
     rift_view_aggregates, false, true},
    {"files", "what 'rift ingest' found in each file", rift_view_files, false, true},
    {"findings", "every finding of 'rift ingest', with its place", rift_view_findings,
     false, true},
    {"provenance", "command, versions and SHA-256 of every input", make_provenance,
     false, true},
};
const size_t rift_n_views = sizeof rift_views / sizeof *rift_views;
