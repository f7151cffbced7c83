/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every view, in the order in which they are listed, and making one. */
#include "view/view.h"

#include "panel/group.h"
#include "rift/method.h"

#include <math.h>
#include <string.h>

/* Each stands in the file of its view. */
extern const rift_view rift_view_ranking, rift_view_country, rift_view_scores,
    rift_view_means, rift_view_story, rift_view_claims, rift_view_readings,
    rift_view_convergence, rift_view_coverage, rift_view_unranked,
    rift_view_completeness, rift_view_screening, rift_view_imputed, rift_view_treatment,
    rift_view_changes, rift_view_trends, rift_view_weights, rift_view_groups,
    rift_view_group_ranks, rift_view_panel, rift_view_aggregates, rift_view_files,
    rift_view_findings, rift_view_provenance;

const rift_view *const rift_views[] = {
    &rift_view_ranking,    &rift_view_country,     &rift_view_scores,
    &rift_view_divide,     &rift_view_means,       &rift_view_lorenz,
    &rift_view_quartiles,  &rift_view_highlight,   &rift_view_story,
    &rift_view_claims,     &rift_view_readings,    &rift_view_convergence,
    &rift_view_coverage,   &rift_view_unranked,    &rift_view_completeness,
    &rift_view_screening,  &rift_view_imputed,     &rift_view_treatment,
    &rift_view_changes,    &rift_view_trends,      &rift_view_weights,
    &rift_view_groups,     &rift_view_group_ranks, &rift_view_panel,
    &rift_view_aggregates, &rift_view_files,       &rift_view_findings,
    &rift_view_provenance,
};
const size_t rift_n_views = RIFT_COUNT_OF(rift_views);

const rift_view *rift_view_find(const char *name)
{
    for (size_t i = 0; i < rift_n_views; i++) {
        if (strcmp(rift_views[i]->name, name) == 0) {
            return rift_views[i];
        }
    }
    return NULL;
}

const rift_ranking *rift_view_ranks_by(const rift_result *result)
{
    const rift_ranking *said = result->study.index.ranking;
    return said ? said : rift_rankings;
}

double rift_view_rank(double rank)
{
    return rank > 0 ? rank : NAN;
}

size_t rift_view_year(const rift_result *result, const rift_view_choice *choice)
{
    return choice->year < 0 ? rift_result_edition(result) : (size_t)choice->year;
}

const char *rift_view_group(const rift_result *result, size_t grouping, size_t year,
                            size_t country)
{
    const rift_groups *groups = &result->groups;
    int32_t of = rift_groups_of_row(groups, grouping, year)[country];
    return of < 0 ? "" : groups->group[grouping][of];
}

/* What a column that depends on the result stands for: the i-th name, NULL behind the
   last, "" for one that this result does not have. */
typedef const char *(*expand_function)(const rift_result *result, size_t i);

static const char *each_layer(const rift_result *result, size_t i)
{
    const rift_index *index = &result->study.index;
    return i + 1 >= index->n_node                ? NULL
           : rift_result_is_layer(result, i + 1) ? index->node[i + 1].code
                                                 : "";
}

static const char *each_node(const rift_result *result, size_t i)
{
    const rift_index *index = &result->study.index;
    return i >= index->n_node          ? NULL
           : index->node[i].series < 0 ? index->node[i].code
                                       : "";
}

static const char *each_grouping(const rift_result *result, size_t i)
{
    return i < result->groups.n_grouping ? result->groups.grouping[i] : NULL;
}

static const char *grouping_named(const rift_result *result, size_t i, const char *name)
{
    bool has = rift_groups_find(&result->groups, name) >= 0;
    return i > 0 ? NULL : has ? name : "";
}

static const char *region(const rift_result *result, size_t i)
{
    return grouping_named(result, i, "region");
}

static const char *income(const rift_result *result, size_t i)
{
    return grouping_named(result, i, "income");
}

static const char *location(const rift_result *result, size_t i, const char *name)
{
    return i > 0 ? NULL : result->panel.locations.file ? name : "";
}

static const char *file(const rift_result *result, size_t i)
{
    return location(result, i, "file");
}

static const char *line(const rift_result *result, size_t i)
{
    return location(result, i, "line");
}

static const char *field(const rift_result *result, size_t i)
{
    return location(result, i, "field");
}

static const struct {
    const char *name;
    expand_function expand;
} expansion[] = {
    {"<layer>", each_layer}, {"<node>", each_node}, {"<grouping>", each_grouping},
    {"[region]", region},    {"[income]", income},  {"[file]", file},
    {"[line]", line},        {"[field]", field}};

/* The method of each trend, and behind one with a test of its own the p values: the
   columns are <trend> and those that follow it. */
static void add_trends(const rift_column_info *column, size_t n, rift_table *table)
{
    for (size_t m = 0; m < rift_n_trend_methods; m++) {
        size_t shown = rift_trend_methods[m].tests ? n : 1;
        for (size_t k = 0; k < shown; k++) {
            rift_text name = {0};
            rift_text_format(&name, "%s%s", rift_trend_methods[m].name,
                             column[k].name + strlen("<trend>"));
            rift_column_info info = column[k];
            info.name = rift_text_string(&name);
            if (name.failed) {
                rift_table_fail(table);
            } else {
                rift_table_add_columns(table, &info, 1);
            }
            rift_text_free(&name);
        }
    }
}

static void add_expanded(const rift_result *result, const rift_column_info *column,
                         expand_function expand, rift_table *table)
{
    const char *name;
    for (size_t i = 0; (name = expand(result, i)); i++) {
        rift_column_info info = *column;
        info.name = name;
        if (*name) {
            rift_table_add_columns(table, &info, 1);
        }
    }
}

static void add_columns(const rift_view *view, const rift_result *result,
                        rift_table *table)
{
    for (size_t i = 0; i < view->n_column; i++) {
        const rift_column_info *column = &view->column[i];
        expand_function expand = NULL;
        for (size_t k = 0; k < RIFT_COUNT_OF(expansion); k++) {
            bool same = strcmp(expansion[k].name, column->name) == 0;
            expand = same ? expansion[k].expand : expand;
        }
        if (expand) {
            add_expanded(result, column, expand, table);
        } else if (strcmp(column->name, "<trend>") == 0) {
            add_trends(column, view->n_column - i, table);
            break;
        } else {
            rift_table_add_columns(table, column, 1);
        }
    }
}

rift_status rift_view_make(const rift_view *view, const rift_result *result,
                           const rift_view_choice *choice, rift_table *table)
{
    static const rift_view_choice all = {.year = -1};
    *table = (rift_table){0};
    rift_view_choice chosen = choice ? *choice : all;
    if (view->one_year && !choice) {
        chosen.year = (int)rift_result_edition(result);
    }
    add_columns(view, result, table);
    view->make(result, &chosen, table);
    return rift_table_status(table);
}
