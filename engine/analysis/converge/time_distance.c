/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Distances in time: how many years one lies behind another, and how many it takes at
   the present speeds until both are equal. */
#include "analysis/analysis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SPEED_YEARS = 5, FAR_YEARS = 100 };

/* Years and paths, more being better. */
typedef struct lane {
    double *year, *own, *other; /* [n_year] */
    size_t n;
} lane;

static bool lane_make(const rift_scope *q, lane *lane)
{
    lane->n = q->last - q->first + 1;
    lane->year = calloc(3 * lane->n + 1, sizeof *lane->year);
    lane->own = lane->year ? lane->year + lane->n : NULL;
    lane->other = lane->year ? lane->own + lane->n : NULL;
    for (size_t t = 0; lane->year && t < lane->n; t++) {
        lane->year[t] = rift_year_of(q, q->first + t);
    }
    return lane->year != NULL;
}

static void path_of_country(const rift_scope *q, const rift_variable *v, size_t c,
                            double *out)
{
    for (size_t t = q->first; t <= q->last; t++) {
        out[t - q->first] = rift_oriented_at(q, v, t, c);
    }
}

static void path_of_group(const rift_scope *q, const rift_variable *v, int by,
                          int32_t member, double *out)
{
    for (size_t t = q->first; t <= q->last; t++) {
        const int32_t *of =
            by < 0 ? NULL : rift_groups_of_row(&q->result->groups, (size_t)by, t);
        double mean = rift_covered_mean(q, v->value, t, of, member);
        out[t - q->first] = v->polarity < 0 ? -mean : mean;
    }
}

/* The best of the last year with enough countries; among equals, the one that got there
   first. SIZE_MAX for none. */
static size_t leader_of(const rift_scope *q, const rift_variable *v)
{
    size_t best = SIZE_MAX, since = 0, first, last;
    double most = -INFINITY;
    if (!rift_span(q, v->value, &first, &last)) {
        return best;
    }
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        double x = rift_oriented_at(q, v, last, c);
        size_t t = q->first;
        while (t < last && !(rift_oriented_at(q, v, t, c) >= x)) {
            t++;
        }
        if (!isnan(x) && (x > most || (x == most && t < since))) {
            most = x;
            since = t;
            best = c;
        }
    }
    return best;
}

static const char *kind_name(rift_time_gap gap)
{
    return gap.kind == RIFT_TIME_EXACT      ? "exact"
           : gap.kind == RIFT_TIME_AT_LEAST ? "at least"
                                            : "unknown";
}

static void put_distance(const rift_scope *q, const rift_variable *v,
                         const char *country, const char *against, const char *whose,
                         const lane *lane, rift_table *table)
{
    rift_time_gap gap = rift_time_distance(lane->year, lane->own, lane->other, lane->n);
    if (gap.kind != RIFT_TIME_UNKNOWN) {
        rift_scope_row(table, "ttttnnt", v->code, country, against, whose,
                       v->polarity < 0 ? -gap.level : gap.level, gap.years,
                       kind_name(gap));
    }
    (void)q;
}

/* Median of the years behind the leader, of those told exactly or at least. */
static void tell_distance(const rift_variable *v, const char *leader,
                          const rift_table *table, size_t from, rift_text *verdict)
{
    double *years = calloc(table->n_row - from + 1, sizeof *years);
    size_t n = 0, censored = 0;
    for (size_t r = from; years && r < table->n_row; r++) {
        if (!strcmp(rift_table_word_at(table, r, 2), "leader")) {
            years[n++] = rift_table_number_at(table, r, 5);
            censored += rift_table_word_at(table, r, 6)[0] == 'a';
        }
    }
    if (n > 0) {
        rift_sort(years, n);
        rift_text_format(verdict,
                         "%s: the median country lies %.1f years behind %s; the last "
                         "%.1f%s.\n",
                         v->name, rift_quantile_sorted(years, n, 0.5), leader,
                         years[n - 1],
                         censored ? " (some at least so many: the leader was there "
                                    "before the first year)"
                                  : "");
    }
    verdict->failed = verdict->failed || !years;
    free(years);
}

static void distances_of(const rift_scope *q, const rift_variable *v, lane *lane,
                         rift_table *table, rift_text *verdict)
{
    const rift_groups *groups = &q->result->groups;
    size_t leader = leader_of(q, v), from = table->n_row;
    for (size_t c = 0; leader != SIZE_MAX && c < q->result->panel.n_country; c++) {
        const char *code = q->result->panel.country[c];
        if (!rift_table_wants(&q->choice, c)) {
            continue;
        }
        path_of_country(q, v, c, lane->own);
        if (c != leader) {
            path_of_country(q, v, leader, lane->other);
            put_distance(q, v, code, "leader", q->result->panel.country[leader], lane,
                         table);
        }
        path_of_group(q, v, -1, 0, lane->other);
        put_distance(q, v, code, "world", "mean of countries", lane, table);
        if (q->reference >= 0 && (size_t)q->reference != c) {
            path_of_country(q, v, (size_t)q->reference, lane->other);
            put_distance(q, v, code, "country", q->result->panel.country[q->reference],
                         lane, table);
        }
        if (q->reference_by >= 0) {
            path_of_group(q, v, q->reference_by, q->reference_member, lane->other);
            put_distance(q, v, code, "group",
                         groups->group[q->reference_by][q->reference_member], lane,
                         table);
        }
    }
    if (leader != SIZE_MAX) {
        tell_distance(v, rift_country_name(q, leader), table, from, verdict);
    }
}

RIFT_ANALYSIS(time_distance)
{
    lane lane = {0};
    rift_scope_columns(table, "node:t country:t against:t whose:t level:n2 years:n1 "
                              "kind:t");
    bool good = lane_make(q, &lane);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        if (q->variable[i].main) {
            distances_of(q, &q->variable[i], &lane, table, verdict);
        }
    }
    free(lane.year);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}

/* Last year in which both have a value, and one about five years before it. */
static bool two_years(const lane *lane, size_t *then, size_t *now)
{
    size_t found = lane->n;
    for (size_t t = lane->n; t-- > 0;) {
        bool both = !isnan(lane->own[t]) && !isnan(lane->other[t]);
        if (both && found == lane->n) {
            found = t;
        } else if (both && lane->year[found] - lane->year[t] >= SPEED_YEARS) {
            *now = found;
            *then = t;
            return true;
        }
    }
    return false;
}

/* At the speeds of the last years: gap over its change a year. */
static void put_equality(const rift_variable *v, const char *kind, const char *who,
                         const char *whose, const lane *lane, rift_table *table)
{
    size_t then, now;
    if (!two_years(lane, &then, &now)) {
        return;
    }
    double years = lane->year[now] - lane->year[then];
    double gap = lane->other[now] - lane->own[now];
    double change = (gap - (lane->other[then] - lane->own[then])) / years;
    double speed = (lane->own[now] - lane->own[then]) / years;
    bool closes = gap > 0 && change < 0;
    rift_scope_row(table, "ttttnnnnnnt", v->code, kind, who, whose, lane->year[then],
                   lane->year[now], gap, change, closes ? gap / -change : NAN,
                   gap > 0 && speed > 0 ? gap / speed : NAN,
                   gap <= 0     ? "there"
                   : closes     ? "closing"
                   : change > 0 ? "widening"
                                : "unchanged");
}

/* Groups against the best of their grouping. */
static void equality_of_groups(const rift_scope *q, const rift_variable *v, size_t by,
                               lane *lane, rift_table *table, rift_text *verdict)
{
    const rift_groups *groups = &q->result->groups;
    int32_t best = -1;
    double most = -INFINITY;
    for (size_t k = 0; k < groups->n_group[by]; k++) {
        path_of_group(q, v, (int)by, (int32_t)k, lane->own);
        size_t t = lane->n;
        while (t > 0 && isnan(lane->own[t - 1])) {
            t--;
        }
        if (t > 0 && lane->own[t - 1] > most) {
            most = lane->own[t - 1];
            best = (int32_t)k;
        }
    }
    for (size_t k = 0; best >= 0 && k < groups->n_group[by]; k++) {
        if ((int32_t)k == best) {
            continue;
        }
        size_t at = table->n_row;
        path_of_group(q, v, (int)by, (int32_t)k, lane->own);
        path_of_group(q, v, (int)by, best, lane->other);
        put_equality(v, groups->grouping[by], groups->group[by][k],
                     groups->group[by][best], lane, table);
        bool row = table->n_row > at;
        if (row && rift_table_number_at(table, at, 8) > FAR_YEARS) {
            rift_text_format(verdict,
                             "%s: at the speeds of %.0f to %.0f %s would not reach %s "
                             "within %d years.\n",
                             v->name, rift_table_number_at(table, at, 4),
                             rift_table_number_at(table, at, 5),
                             rift_table_word_at(table, at, 2),
                             rift_table_word_at(table, at, 3), FAR_YEARS);
        } else if (row && !isnan(rift_table_number_at(table, at, 8))) {
            rift_text_format(
                verdict,
                "%s: %s would reach %s in %.0f years at the speeds of "
                "%.0f to %.0f.\n",
                v->name, rift_table_word_at(table, at, 2),
                rift_table_word_at(table, at, 3), rift_table_number_at(table, at, 8),
                rift_table_number_at(table, at, 4), rift_table_number_at(table, at, 5));
        } else if (row && rift_table_word_at(table, at, 10)[0] != 't') {
            rift_text_format(verdict, "%s: the gap of %s to %s is %s.\n", v->name,
                             rift_table_word_at(table, at, 2),
                             rift_table_word_at(table, at, 3),
                             rift_table_word_at(table, at, 10));
        }
    }
}

RIFT_ANALYSIS(equality)
{
    lane lane = {0};
    rift_scope_columns(table, "node:t kind:t who:t against:t first:n0 last:n0 gap:n2 "
                              "change_a_year:n3 years_to_equality:n1 "
                              "years_to_present_level:n1 state:t");
    bool good = lane_make(q, &lane);
    for (size_t i = 0; good && i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        size_t leader = v->main ? leader_of(q, v) : SIZE_MAX;
        leader =
            q->reference >= 0 && leader != SIZE_MAX ? (size_t)q->reference : leader;
        for (size_t k = 0; leader != SIZE_MAX && k < q->n_by; k++) {
            equality_of_groups(q, v, q->by[k], &lane, table, verdict);
        }
        for (size_t c = 0; leader != SIZE_MAX && c < q->result->panel.n_country; c++) {
            if (c != leader && rift_table_wants(&q->choice, c)) {
                path_of_country(q, v, c, lane.own);
                path_of_country(q, v, leader, lane.other);
                put_equality(v, "country", q->result->panel.country[c],
                             q->result->panel.country[leader], &lane, table);
            }
        }
    }
    free(lane.year);
    return good ? RIFT_OK : RIFT_ERR_MEMORY;
}
