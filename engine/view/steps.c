/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of what each step of the chain did. */
#include "view/view.h"

#include <math.h>

static const rift_column_info coverage_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    {"layer", RIFT_KIND_CODE, 0, "", "layer that the series is in"},
    RIFT_COLUMN_N_COUNTRIES,
    {"n_this_year", RIFT_KIND_COUNT, 0, "countries", "with a value of this year"},
    {"n_older", RIFT_KIND_COUNT, 0, "countries", "with a value of an earlier year"},
    {"n_imputed", RIFT_KIND_COUNT, 0, "countries", "with a value that is estimated"},
    {"coverage", RIFT_KIND_NUMBER, 2, "",
     "share of all countries with a value of this year or an earlier one"},
};

static void coverage_row(const rift_result *result, size_t node, size_t year,
                         rift_table *table)
{
    size_t n[5] = {0}, series = (size_t)result->study.index.node[node].series;
    const uint8_t *origin =
        result->scores.origin + rift_result_at(result, series, year);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        n[origin[c] < 5 ? origin[c] : 0]++;
    }
    size_t read = n[RIFT_OBSERVED] + n[RIFT_OLDER];
    RIFT_ROW(table, RIFT_N(result->panel.year[year]),
             RIFT_W(result->study.index.node[node].code),
             RIFT_W(rift_result_layer(result, node)), RIFT_N((double)read),
             RIFT_N((double)n[RIFT_OBSERVED]), RIFT_N((double)n[RIFT_OLDER]),
             RIFT_N((double)(n[RIFT_INTERPOLATED] + n[RIFT_IMPUTED])),
             RIFT_N((double)read / (double)result->panel.n_country));
}

static void make_coverage(const rift_result *result, const rift_view_choice *choice,
                          rift_table *table)
{
    size_t year = rift_view_year(result, choice);
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        const rift_node *node = &result->study.index.node[i];
        if (node->series >= 0 && rift_node_in(node, result->panel.year[year])) {
            coverage_row(result, i, year, table);
        }
    }
}

const rift_view rift_view_coverage = {
    .name = "coverage",
    .help = "countries with a value, by series of the index",
    .column = coverage_column,
    .n_column = RIFT_COUNT_OF(coverage_column),
    .make = make_coverage,
    .one_year = true,
};

static const rift_column_info completeness_column[] = {
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_NAME,
    {"zeros", RIFT_KIND_NUMBER, 2, "", "share of its values that are 0"},
    {"<node>", RIFT_KIND_NUMBER, 2, "",
     "share of the node's series with a value, estimated ones not counted"},
};

static void completeness_row(const rift_result *result, size_t year, size_t c,
                             rift_table *table)
{
    double zero = 0, present = 0;
    for (size_t s = 0; s < result->study.index.n_series; s++) {
        double x = result->scores.input[rift_result_at(result, s, year) + c];
        zero += x == 0;
        present += !isnan(x);
    }
    RIFT_CELLS(table, RIFT_N(result->panel.year[year]),
               RIFT_W(result->panel.country[c]), RIFT_W(rift_result_name(result, c)),
               RIFT_N(present > 0 ? zero / present : NAN));
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        if (result->study.index.node[i].series < 0) {
            size_t at = rift_result_at(result, i, year) + c;
            rift_table_number(table, result->scores.coverage[at]);
        }
    }
    rift_table_end_row(table);
}

static void make_completeness(const rift_result *result, const rift_view_choice *choice,
                              rift_table *table)
{
    size_t year = rift_view_year(result, choice);
    for (size_t c = 0; c < result->panel.n_country; c++) {
        if (rift_view_wants(choice, c)) {
            completeness_row(result, year, c, table);
        }
    }
}

const rift_view rift_view_completeness = {
    .name = "completeness",
    .help = "share of its series that each country has, by node, and of zeros",
    .column = completeness_column,
    .n_column = RIFT_COUNT_OF(completeness_column),
    .make = make_completeness,
    .one_year = true,
};

static const rift_column_info treatment_column[] = {
    {"year", RIFT_KIND_YEAR, 0, "", "year treated; empty: all years at once"},
    RIFT_COLUMN_SERIES,
    {"method", RIFT_KIND_CODE, 0, "", "treatment that was applied first"},
    {"method_second", RIFT_KIND_CODE, 0, "",
     "treatment that followed where the first was not enough"},
    {"points_raised", RIFT_KIND_COUNT, 0, "values", "low values that were raised"},
    {"points_lowered", RIFT_KIND_COUNT, 0, "values", "high values that were lowered"},
    {"skewness", RIFT_KIND_NUMBER, 2, "", "skewness before"},
    {"kurtosis", RIFT_KIND_NUMBER, 2, "", "excess kurtosis before"},
    {"skewness_after", RIFT_KIND_NUMBER, 2, "", "skewness afterwards"},
    {"kurtosis_after", RIFT_KIND_NUMBER, 2, "", "excess kurtosis afterwards"},
    {"lambda", RIFT_KIND_NUMBER, 2, "", "parameter of a Box-Cox transformation"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "whether skewness and kurtosis met the rule afterwards: met or failed"},
};

static void treatment_row(const rift_result *result, size_t node, size_t block,
                          double year, rift_table *table)
{
    const rift_index_info *s = &result->info;
    size_t series = (size_t)result->study.index.node[node].series;
    const rift_treatment_info *how = &s->treated[series * s->n_block + block];
    RIFT_ROW(table, RIFT_N(year), RIFT_W(result->study.index.node[node].code),
             RIFT_W(how->method), RIFT_W(how->then), RIFT_N((double)how->n_low),
             RIFT_N((double)how->n_high), RIFT_N(how->skewness), RIFT_N(how->kurtosis),
             RIFT_N(how->skewness_after), RIFT_N(how->kurtosis_after),
             RIFT_N(how->lambda), RIFT_W(how->passed ? "met" : "failed"));
}

static void make_treatment(const rift_result *result, const rift_view_choice *choice,
                           rift_table *table)
{
    size_t n_block = result->info.n_block;
    bool pooled = n_block < result->panel.n_year;
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        for (size_t t = 0; result->study.index.node[i].series >= 0 && t < n_block;
             t++) {
            if (pooled || rift_view_wants_year(choice, t)) {
                treatment_row(result, i, t,
                              pooled ? NAN : (double)result->panel.year[t], table);
            }
        }
    }
}

const rift_view rift_view_treatment = {
    .name = "treatment",
    .help = "what was done about the outliers of each series, and why",
    .column = treatment_column,
    .n_column = RIFT_COUNT_OF(treatment_column),
    .make = make_treatment,
    .one_year = true,
};

static const rift_column_info imputed_column[] = {
    RIFT_COLUMN_COUNTRY,
    RIFT_COLUMN_YEAR,
    RIFT_COLUMN_SERIES,
    {"value", RIFT_KIND_NUMBER, 2, "", "value that was scored, in the series' unit"},
    {"standard_error", RIFT_KIND_NUMBER, 2, "", "standard error of the value"},
    {"score", RIFT_KIND_NUMBER, 1, "", "its normalised score"},
    {"origin", RIFT_KIND_WORD, 0, "", "older, interpolated or imputed"},
    {"age", RIFT_KIND_COUNT, 0, "years", "age of an older value in years"},
};

static void imputed_row(const rift_result *result, size_t c, size_t t, size_t node,
                        rift_table *table)
{
    static const char *const name[] = {"absent", "observed", "older", "interpolated",
                                       "imputed"};
    int32_t series = result->study.index.node[node].series;
    if (series < 0) {
        return;
    }
    size_t at = rift_result_at(result, (size_t)series, t) + c;
    uint8_t origin = result->scores.origin[at];
    if (origin >= RIFT_OLDER && origin <= RIFT_IMPUTED) {
        RIFT_ROW(table, RIFT_W(result->panel.country[c]), RIFT_N(result->panel.year[t]),
                 RIFT_W(result->study.index.node[node].code),
                 RIFT_N(result->scores.input[at]),
                 RIFT_N(result->scores.input_error[at]),
                 RIFT_N(result->scores.normalised[at]), RIFT_W(name[origin]),
                 RIFT_N(origin == RIFT_OLDER ? result->scores.age[at] : NAN));
    }
}

static void make_imputed(const rift_result *result, const rift_view_choice *choice,
                         rift_table *table)
{
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            for (size_t i = 0;
                 rift_view_wants_year(choice, t) && i < result->study.index.n_node;
                 i++) {
                imputed_row(result, c, t, i, table);
            }
        }
    }
}

const rift_view rift_view_imputed = {
    .name = "imputed",
    .help = "values scored that are older, interpolated or imputed, and their error",
    .column = imputed_column,
    .n_column = RIFT_COUNT_OF(imputed_column),
    .make = make_imputed,
    .one_year = true,
};

static const rift_column_info screening_column[] = {
    {"kind", RIFT_KIND_WORD, 0, "", "series or country"},
    {"code", RIFT_KIND_CODE, 0, "", "which"},
    {"year", RIFT_KIND_YEAR, 0, "", "year of a country; a series is out in all"},
    {"reason", RIFT_KIND_WORD, 0, "", "why it was screened out"},
};

static void make_screening(const rift_result *result, const rift_view_choice *choice,
                           rift_table *table)
{
    for (size_t i = 0; i < result->study.index.n_node; i++) {
        int32_t series = result->study.index.node[i].series;
        if (series >= 0 && result->scores.screened_out[series]) {
            RIFT_ROW(table, RIFT_W("series"), RIFT_W(result->study.index.node[i].code),
                     RIFT_N(NAN), RIFT_W("screened out: too few countries and years"));
        }
    }
    for (size_t c = 0; c < result->panel.n_country; c++) {
        for (size_t t = 0; rift_view_wants(choice, c) && t < result->panel.n_year;
             t++) {
            uint8_t why = result->scores.exclusion[t * result->panel.n_country + c];
            if (why >= RIFT_SCREENED && rift_view_wants_year(choice, t)) {
                RIFT_ROW(table, RIFT_W("country"), RIFT_W(result->panel.country[c]),
                         RIFT_N(result->panel.year[t]),
                         RIFT_W(rift_exclusion_text((rift_exclusion)why)));
            }
        }
    }
}

const rift_view rift_view_screening = {
    .name = "screening",
    .help = "series and countries that were screened out, and why",
    .column = screening_column,
    .n_column = RIFT_COUNT_OF(screening_column),
    .make = make_screening,
};
