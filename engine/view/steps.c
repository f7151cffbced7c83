/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of what each step of the chain did, and of what became of it over the years.
 */
#include "view/view.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const origin_name[] = {"absent", "observed", "older", "interpolated",
                                          "imputed"};

void rift_view_weights(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    (void)choice;
    static const struct {
        const char *name;
        bool number;
        int decimals;
    } column[] = {{"node", false, 0},          {"name", false, 0},
                  {"parent", false, 0},        {"department", false, 0},
                  {"method", false, 0},        {"weight", true, 3},
                  {"share", true, 4},          {"effective_weight", true, 4},
                  {"votes_sd", true, 4},       {"experts", true, 0},
                  {"converged", false, 0},     {"low", true, 3},
                  {"high", true, 3},           {"unit", false, 0},
                  {"goalposts_from", false, 0}};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        rift_table_column(table, column[i].name, column[i].number, column[i].decimals);
    }
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        int32_t up = result->study.index.node[i].parent;
        double vote = NAN, vote_sd = NAN, experts = NAN;
        rift_result_votes(result, i, &vote, &vote_sd, &experts);
        rift_goalposts goalposts = rift_result_goalposts(result, i);
        const rift_weighting_info *how = up < 0 ? NULL : &result->info.weighted[up];
        rift_table_word(table, result->study.index.node[i].code);
        rift_table_word(table, result->study.index.node[i].name);
        rift_table_word(table, up < 0 ? "" : result->study.index.node[up].code);
        rift_table_word(table, result->study.index.node[i].department);
        rift_table_word(table, rift_result_method(result, i));
        rift_table_number(table, result->study.index.node[i].weight);
        rift_table_number(table, result->scores.weight[i]);
        rift_table_number(table, result->scores.effective_weight[i]);
        rift_table_number(table, vote_sd);
        rift_table_number(table, experts);
        rift_table_word(table, !how || !how->optimised ? ""
                               : how->converged        ? "yes"
                                                       : "no");
        rift_table_number(table, goalposts.low);
        rift_table_number(table, goalposts.high);
        rift_table_word(table, rift_result_unit(result, i));
        rift_table_word(table, rift_result_goalpost_source(result, i));
    }
}

void rift_view_coverage(const rift_result *result, const rift_view_choice *choice,
                        rift_table *table)
{
    size_t year = choice->year < 0 ? rift_result_latest(result) : (size_t)choice->year;
    size_t n_country = result->panel.n_country;
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "series", false, 0);
    rift_table_column(table, "layer", false, 0);
    rift_table_column(table, "countries", true, 0);
    rift_table_column(table, "this_year", true, 0);
    rift_table_column(table, "older", true, 0);
    rift_table_column(table, "imputed", true, 0);
    rift_table_column(table, "share", true, 2);
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (result->study.index.node[i].series < 0) {
            continue;
        }
        size_t n[5] = {0};
        const uint8_t *origin =
            result->scores.origin +
            rift_result_at(result, (size_t)result->study.index.node[i].series, year);
        for (size_t c = 0; c < n_country; c++) {
            n[origin[c] < 5 ? origin[c] : 0]++;
        }
        size_t read = n[RIFT_OBSERVED] + n[RIFT_OLDER];
        rift_table_number(table, result->panel.year[year]);
        rift_table_word(table, result->study.index.node[i].code);
        rift_table_word(table, rift_result_layer(result, i));
        rift_table_number(table, (double)read);
        rift_table_number(table, (double)n[RIFT_OBSERVED]);
        rift_table_number(table, (double)n[RIFT_OLDER]);
        rift_table_number(table, (double)(n[RIFT_INTERPOLATED] + n[RIFT_IMPUTED]));
        rift_table_number(table, (double)read / (double)n_country);
    }
}

/* Share of a node's series that a country has values of, imputed ones not counted. */
void rift_view_completeness(const rift_result *result, const rift_view_choice *choice,
                            rift_table *table)
{
    size_t year = choice->year < 0 ? rift_result_latest(result) : (size_t)choice->year;
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "name", false, 0);
    rift_table_column(table, "zeros", true, 2);
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (result->study.index.node[i].series < 0) {
            rift_table_column(table, result->study.index.node[i].code, true, 2);
        }
    }
    for (size_t c = 0; c < result->panel.n_country; c++) {
        double zero = 0, there = 0;
        for (size_t s = 0; s < result->study.index.n_series; s++) {
            double x = result->scores.input[rift_result_at(result, s, year) + c];
            zero += x == 0;
            there += !isnan(x);
        }
        if (!rift_view_wants(choice, c)) {
            continue;
        }
        rift_table_number(table, result->panel.year[year]);
        rift_table_word(table, result->panel.country[c]);
        rift_table_word(table, rift_result_name(result, c));
        rift_table_number(table, there > 0 ? zero / there : NAN);
        for (size_t i = 0; i < result->study.index.n_node; i++) {
            if (result->study.index.node[i].series < 0) {
                size_t at = rift_result_at(result, i, year) + c;
                rift_table_number(table, result->scores.coverage[at]);
            }
        }
    }
}

void rift_view_treatment(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    const rift_index_info *s = &result->info;
    static const char *const number[] = {
        "points_raised",  "points_lowered", "skewness", "kurtosis",
        "skewness_after", "kurtosis_after", "lambda"};
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "series", false, 0);
    rift_table_column(table, "method", false, 0);
    rift_table_column(table, "then", false, 0);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        rift_table_column(table, number[i], true, i < 2 ? 0 : 2);
    }
    rift_table_column(table, "rule", false, 0);
    bool pooled = s->n_block < result->panel.n_year;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        for (size_t t = 0; result->study.index.node[i].series >= 0 && t < s->n_block;
             t++) {
            const rift_treatment_info *how =
                &s->treated[(size_t)result->study.index.node[i].series * s->n_block +
                            t];
            if (!pooled && !rift_view_wants_year(choice, t)) {
                continue;
            }
            rift_table_number(table, pooled ? NAN : (double)result->panel.year[t]);
            rift_table_word(table, result->study.index.node[i].code);
            rift_table_word(table, how->method ? how->method : "");
            rift_table_word(table, how->then ? how->then : "");
            rift_table_number(table, (double)how->n_low);
            rift_table_number(table, (double)how->n_high);
            rift_table_number(table, how->skewness);
            rift_table_number(table, how->kurtosis);
            rift_table_number(table, how->skewness_after);
            rift_table_number(table, how->kurtosis_after);
            rift_table_number(table, how->lambda);
            rift_table_word(table, how->passed ? "met" : "failed");
        }
    }
}

void rift_view_imputed(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "series", false, 0);
    rift_table_column(table, "value", true, 2);
    rift_table_column(table, "error", true, 2);
    rift_table_column(table, "score", true, 1);
    rift_table_column(table, "origin", false, 0);
    rift_table_column(table, "age", true, 0);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            for (size_t i = 0;
                 rift_view_wants_year(choice, t) && i < result->study.index.n_node;
                 i++) {
                size_t at =
                    result->study.index.node[i].series < 0
                        ? 0
                        : rift_result_at(
                              result, (size_t)result->study.index.node[i].series, t) +
                              c;
                uint8_t origin = result->scores.origin[at];
                if (result->study.index.node[i].series < 0 || origin < RIFT_OLDER ||
                    origin > RIFT_IMPUTED) {
                    continue;
                }
                rift_table_word(table, result->panel.country[c]);
                rift_table_number(table, result->panel.year[t]);
                rift_table_word(table, result->study.index.node[i].code);
                rift_table_number(table, result->scores.input[at]);
                rift_table_number(table, result->scores.input_error[at]);
                rift_table_number(table, result->scores.normalised[at]);
                rift_table_word(table, origin_name[origin]);
                rift_table_number(table,
                                  origin == RIFT_OLDER ? result->scores.age[at] : NAN);
            }
        }
    }
}

void rift_view_screening(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    rift_table_column(table, "kind", false, 0);
    rift_table_column(table, "code", false, 0);
    rift_table_column(table, "year", true, 0);
    rift_table_column(table, "reason", false, 0);
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (result->study.index.node[i].series >= 0 &&
            result->scores.screened_out[result->study.index.node[i].series]) {
            rift_table_word(table, "series");
            rift_table_word(table, result->study.index.node[i].code);
            rift_table_number(table, NAN);
            rift_table_word(table, "screened out: too few countries and years");
        }
    }
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            uint8_t why = result->scores.exclusion[t * result->panel.n_country + c];
            if (why >= RIFT_SCREENED && rift_view_wants_year(choice, t)) {
                rift_table_word(table, "country");
                rift_table_word(table, result->panel.country[c]);
                rift_table_number(table, result->panel.year[t]);
                rift_table_word(table, rift_exclusion_text((rift_exclusion)why));
            }
        }
    }
}

/* The last year before one in which any country is ranked; itself where there is none.
 */
static size_t year_before(const rift_result *result, size_t year)
{
    for (size_t t = year; t-- > 0;) {
        for (size_t c = 0; c < result->panel.n_country; c++) {
            if (result->scores.rank[rift_result_at(result, 0, t) + c] > 0) {
                return t;
            }
        }
    }
    return year;
}

static void change_row(const rift_result *result, size_t node, size_t c, size_t from,
                       size_t to, rift_table *table)
{
    size_t a = rift_result_at(result, node, from) + c,
           b = rift_result_at(result, node, to) + c;
    double before = result->scores.score[a], after = result->scores.score[b];
    double rank_before = result->scores.rank[a], rank_after = result->scores.rank[b];
    rift_table_word(table, result->panel.country[c]);
    rift_table_word(table, result->study.index.node[node].code);
    rift_table_number(table, result->panel.year[from]);
    rift_table_number(table, result->panel.year[to]);
    rift_table_number(table, before);
    rift_table_number(table, after);
    rift_table_number(table, after - before);
    rift_table_number(table, before != 0 ? 100 * (after - before) / fabs(before) : NAN);
    rift_table_number(table, rank_before);
    rift_table_number(table, rank_after);
    rift_table_number(table, rank_before - rank_after);
}

/* Countries with the node's score in both years only, so that all compare; points from
   unrounded scores. */
void rift_view_changes(const rift_result *result, const rift_view_choice *choice,
                       rift_table *table)
{
    size_t to = choice->year < 0 ? rift_result_latest(result) : (size_t)choice->year;
    size_t from = year_before(result, to);
    static const struct {
        const char *name;
        int decimals;
    } number[] = {{"from", 0},      {"to", 0},      {"before", 1},
                  {"after", 1},     {"change", 2},  {"percent", 1},
                  {"rank_from", 0}, {"rank_to", 0}, {"places_gained", 0}};
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "node", false, 0);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        rift_table_column(table, number[i].name, true, number[i].decimals);
    }
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t i = 0; rift_view_wants(choice, c) && i < result->study.index.n_node;
             i++) {
            double before = result->scores.score[rift_result_at(result, i, from) + c];
            double after = result->scores.score[rift_result_at(result, i, to) + c];
            if (from < to && !isnan(before) && !isnan(after)) {
                change_row(result, i, c, from, to, table);
            }
        }
    }
}

/* Nodes by their score, series in their own unit. */
static void trend_row(const rift_result *result, size_t node, size_t c, double *year,
                      rift_table *table)
{
    double *y = year + result->panel.n_year, *room = y + result->panel.n_year;
    size_t n = 0;
    int32_t leaf = result->study.index.node[node].series;
    const double *value = leaf < 0 ? result->scores.score : result->scores.input;
    for (size_t t = 0; t < result->panel.n_year; t++) {
        double x = value[rift_result_at(result, leaf < 0 ? node : (size_t)leaf, t) + c];
        if (!isnan(x)) {
            year[n] = result->panel.year[t];
            y[n++] = x;
        }
    }
    if (n < 2) {
        return;
    }
    rift_table_word(table, result->panel.country[c]);
    rift_table_word(table, result->study.index.node[node].code);
    rift_table_word(table, rift_result_unit(result, node));
    rift_table_number(table, (double)n);
    rift_table_number(table, year[0]);
    rift_table_number(table, year[n - 1]);
    for (size_t m = 0; m < rift_n_trend_methods; m++) {
        double p;
        rift_table_number(table, rift_trend_methods[m].apply(year, y, n, room, &p));
        if (rift_trend_methods[m].tests) {
            rift_table_number(table, p);
        }
    }
}

void rift_view_trends(const rift_result *result, const rift_view_choice *choice,
                      rift_table *table)
{
    rift_table_column(table, "country", false, 0);
    rift_table_column(table, "node", false, 0);
    rift_table_column(table, "unit", false, 0);
    rift_table_column(table, "years", true, 0);
    rift_table_column(table, "first", true, 0);
    rift_table_column(table, "last", true, 0);
    for (size_t m = 0; m < rift_n_trend_methods; m++) {
        rift_table_column(table, rift_trend_methods[m].name, true, 4);
        char name[64];
        snprintf(name, sizeof name, "%s_p", rift_trend_methods[m].name);
        if (rift_trend_methods[m].tests) {
            rift_table_column(table, name, true, 3);
        }
    }
    size_t n = result->panel.n_year;
    double *room = calloc(3 * n + n * n / 2 + 1, sizeof *room);
    if (!room) {
        rift_table_fail(table);
    }
    for (size_t c = 0; room && c < result->panel.n_country; c++) {
        for (size_t i = 0; rift_view_wants(choice, c) && i < result->study.index.n_node;
             i++) {
            trend_row(result, i, c, room, table);
        }
    }
    free(room);
}
