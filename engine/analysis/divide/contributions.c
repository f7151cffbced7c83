/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gap between two countries or groups in a total, taken apart into its series, node
   by node down the tree: exactly where a node is a weighted sum, by LMDI where it is a
   geometric mean (Ang 2004), by Shapley values where it is anything else. */
#include "analysis/analysis.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rift_column_info column[] = {
    RIFT_COLUMN_YEAR,
    {"a", RIFT_KIND_WORD, 0, "", "first side: a country, by its code, or a group"},
    {"b", RIFT_KIND_WORD, 0, "", "second side"},
    RIFT_COLUMN_VARIABLE,
    {"method", RIFT_KIND_CODE, 0, "",
     "how the gap of its node is split: exact for sums, lmdi for geometric means, "
     "shapley for others; total: the gap itself"},
    {"series", RIFT_KIND_COUNT, 0, "", "1 for a series, 0 for a node"},
    {"score_a", RIFT_KIND_NUMBER, 2, "", "score of the first side"},
    {"score_b", RIFT_KIND_NUMBER, 2, "", "score of the second side"},
    {"contribution", RIFT_KIND_NUMBER, 3, "",
     "part of the gap in the total, in points"},
    RIFT_COLUMN_CONTRIBUTION_SHARE,
};

/* Two sides, a and b, of every node's score. */
typedef struct sides {
    const rift_scope *q;
    const rift_index *index;
    size_t year;
    const char *code[2], *name[2]; /* of the sides; of groups the same */
    double *a, *b;                 /* [node] */
    double *contribution;          /* [node] to the gap a - b of the total */
    double *rate;                  /* [node] of that for each point of its own gap */
    const char **method;           /* [node] how its parent's gap was split */
    size_t unsplit, n_unsplit; /* first node left whole, and how many children it has */
} sides;

/* Children of a node in a context: the scores of all countries, and one more row that
   is side b with some of its children changed for side a's. */
typedef struct context {
    const sides *s;
    size_t node, n_child, n;
    size_t *child;
    double *weight, *part; /* [child] share of the weight, of the gap */
    double **x, *out;
    bool failed;       /* a set of children has no score */
    bool no_memory;    /* it could not be found */
    bool *undesirable; /* [n_child] kept small by the node */
} context;

/* Room for as many children as there are nodes. */
static bool context_make(context *c)
{
    size_t n = c->s->index->n_node + 1;
    c->child = calloc(n, sizeof *c->child);
    c->weight = calloc(2 * n, sizeof *c->weight);
    c->part = c->weight ? c->weight + n : NULL;
    c->x = calloc(n, sizeof *c->x);
    c->undesirable = calloc(n, sizeof *c->undesirable);
    return c->child && c->weight && c->x && c->undesirable;
}

static void context_free(context *c)
{
    free(c->child);
    free(c->weight);
    free(c->x);
    free(c->undesirable);
}

static double value_of_set(const bool *in, void *data)
{
    context *c = data;
    const rift_node *node = &c->s->index->node[c->node];
    rift_aggregate_settings how = {.choice = node->aggregate,
                                   .worst_score = node->scale.worst_score,
                                   .best_score = node->scale.best_score,
                                   .undesirable = c->undesirable};
    for (size_t k = 0; k < c->n_child; k++) {
        size_t i = c->child[k];
        c->undesirable[k] =
            rift_child_undesirable(&node->aggregate, c->s->index->node[i].code);
        c->x[k][c->n - 1] = in[k] ? c->s->a[i] : c->s->b[i];
    }
    rift_fault fault = node->aggregate.method->apply(
        (const double *const *)c->x, c->weight, c->n_child, c->n, &how, c->out);
    c->no_memory = c->no_memory || fault.status == RIFT_ERR_MEMORY;
    c->failed = c->failed || fault.status != RIFT_OK || isnan(c->out[c->n - 1]);
    return c->failed ? 0 : c->out[c->n - 1];
}

static bool context_fill(context *c)
{
    const rift_result *r = c->s->q->result;
    size_t n = r->panel.n_country;
    c->n = n + 1;
    double *room = calloc((c->n_child + 1) * c->n, sizeof *room);
    for (size_t k = 0; room && k < c->n_child; k++) {
        c->x[k] = room + k * c->n;
        memcpy(c->x[k], r->scores.score + rift_result_at(r, c->child[k], c->s->year),
               n * sizeof *room);
    }
    c->x[0] = room ? c->x[0] : NULL;
    c->out = room ? room + c->n_child * c->n : NULL;
    return room != NULL;
}

/* Children that both sides have, with their shares of the weight. */
static void find_children(context *c)
{
    double all = 0;
    c->n_child = 0;
    for (size_t i = c->node + 1; i < c->s->index->n_node; i++) {
        double weight = rift_scores_weight(&c->s->q->result->scores, i, c->s->year);
        bool own = c->s->index->node[i].parent == (int)c->node && !isnan(weight);
        if (own && !isnan(c->s->a[i]) && !isnan(c->s->b[i])) {
            c->child[c->n_child] = i;
            c->weight[c->n_child++] = weight;
            all += weight;
        }
    }
    for (size_t k = 0; k < c->n_child; k++) {
        c->weight[k] /= all;
    }
}

/* What each child adds to the gap of its node, before the node is turned or rescaled;
   the method's name, or NULL where the gap cannot be split. */
static const char *split_gap(context *c, rift_status *status)
{
    const sides *s = c->s;
    double *part = c->part;
    const char *name = s->index->node[c->node].aggregate.method->name;
    bool geometric = strcmp(name, "geometric") == 0;
    double log_a = 0, log_b = 0;
    for (size_t k = 0; k < c->n_child; k++) {
        double a = s->a[c->child[k]], b = s->b[c->child[k]];
        geometric = geometric && a > 0 && b > 0;
        log_a += geometric ? c->weight[k] * log(a) : 0;
        log_b += geometric ? c->weight[k] * log(b) : 0;
        part[k] = c->weight[k] * (a - b);
    }
    if (strcmp(name, "arithmetic") == 0) {
        return "exact";
    }
    if (geometric) {
        double mean = rift_logarithmic_mean(exp(log_a), exp(log_b));
        for (size_t k = 0; k < c->n_child; k++) {
            part[k] = mean * c->weight[k] * log(s->a[c->child[k]] / s->b[c->child[k]]);
        }
        return "lmdi";
    }
    if (c->n_child > RIFT_SHAPLEY_LIMIT) {
        return NULL;
    }
    if (!context_fill(c)) {
        *status = RIFT_ERR_MEMORY;
        return NULL;
    }
    c->failed = false;
    *status = rift_shapley(c->n_child, value_of_set, c, part);
    free(c->x[0]);
    *status = c->no_memory ? RIFT_ERR_MEMORY : *status;
    return *status == RIFT_OK && !c->failed ? "shapley" : NULL;
}

/* What a child adds to its node's gap for each point of its own gap: the limit, where
   it has none. Shapley values have no limit of their own there. */
static double rate_of(const context *c, size_t k, const char *method, double part)
{
    double a = c->s->a[c->child[k]], b = c->s->b[c->child[k]];
    if (a != b) {
        return part / (a - b);
    }
    if (strcmp(method, "lmdi") != 0) {
        return strcmp(method, "exact") == 0 ? c->weight[k] : 0;
    }
    double side[2] = {0};
    for (size_t i = 0; i < c->n_child; i++) {
        side[0] += c->weight[i] * log(c->s->a[c->child[i]]);
        side[1] += c->weight[i] * log(c->s->b[c->child[i]]);
    }
    double mean = rift_logarithmic_mean(exp(side[0]), exp(side[1]));
    return mean * c->weight[k] / a;
}

/* How a node turns what its children add: round, onto another scale, within limits. */
static double turn_of(const sides *s, size_t node, double gap)
{
    const rift_node *own = &s->index->node[node];
    bool limited = !isnan(own->scale.limits.low) || !isnan(own->scale.limits.high);
    if ((own->rescale || limited) && gap != 0) {
        return (s->a[node] - s->b[node]) / gap;
    }
    return own->polarity < 0 ? -1 : 1;
}

/* Hand what a node contributes down to its children. What they do not add up to stays a
   remainder: series that only one side has, means of groups that are no means of means.
 */
static rift_status hand_down(sides *s, size_t node)
{
    context c = {.s = s, .node = node};
    double gap = 0;
    rift_status status = context_make(&c) ? RIFT_OK : RIFT_ERR_MEMORY;
    const char *method = NULL;
    if (status == RIFT_OK) {
        find_children(&c);
        method = c.n_child > 0 ? split_gap(&c, &status) : NULL;
    }
    if (!method && c.n_child > RIFT_SHAPLEY_LIMIT && s->n_unsplit == 0) {
        s->unsplit = node;
        s->n_unsplit = c.n_child;
    }
    for (size_t k = 0; method && k < c.n_child; k++) {
        gap += c.part[k];
    }
    double rate = s->rate[node] * turn_of(s, node, gap);
    for (size_t k = 0; method && k < c.n_child; k++) {
        s->contribution[c.child[k]] = rate * c.part[k];
        s->rate[c.child[k]] = rate * rate_of(&c, k, method, c.part[k]);
        s->method[c.child[k]] = method;
    }
    context_free(&c);
    return status;
}

/* A side is a country, or the mean of a group's members that have a total. */
static void fill_side(const sides *s, const int32_t *of, int32_t member, double *out)
{
    const rift_result *r = s->q->result;
    const double *total = r->scores.score + rift_result_at(r, 0, s->year);
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        const double *x = r->scores.score + rift_result_at(r, i, s->year);
        double sum = 0, n = 0;
        for (size_t c = 0; c < r->panel.n_country; c++) {
            bool in = of ? of[c] == member && !isnan(total[c]) : (int32_t)c == member;
            if (in && !isnan(x[c])) {
                sum += x[c];
                n++;
            }
        }
        out[i] = n > 0 ? sum / n : NAN;
    }
}

/* The first country of the best rank, or of the last; -1 where none has one. */
static int32_t end_of_ranking(const double *rank, size_t n, bool best)
{
    int32_t found = -1;
    for (size_t c = 0; c < n; c++) {
        if (rank[c] > 0 &&
            (found < 0 || (best ? rank[c] < rank[found] : rank[c] > rank[found]))) {
            found = (int32_t)c;
        }
    }
    return found;
}

/* The first two sides asked for; else the best and the last of the ranking. */
static bool choose_sides(sides *s)
{
    const rift_result *r = s->q->result;
    size_t n = r->panel.n_country, at = rift_result_at(r, 0, s->year);
    double *out[2] = {s->a, s->b};
    for (int k = 0; k < 2; k++) {
        int32_t by = s->q->between_by[k], member = s->q->between[k];
        if (member < 0) {
            member = end_of_ranking(r->scores.rank + at, n, k == 0);
        }
        if (member < 0) {
            return false;
        }
        const int32_t *of =
            by >= 0 ? rift_groups_of_row(&r->groups, (size_t)by, s->year) : NULL;
        fill_side(s, of, member, out[k]);
        s->code[k] = by >= 0 ? r->groups.group[by][member] : r->panel.country[member];
        s->name[k] = by >= 0 ? s->code[k] : rift_result_name(r, (size_t)member);
    }
    return !isnan(s->a[0]) && !isnan(s->b[0]) && strcmp(s->code[0], s->code[1]) != 0;
}

/* The series that adds most to the gap, in the gap's direction: "most of it" where that
   is more than half, else only the largest part. Without one, the gap alone. */
static void tell_gap(const sides *s, size_t top, rift_text *summary)
{
    double gap = s->a[0] - s->b[0];
    double share = top > 0 && gap != 0 ? s->contribution[top] / gap : NAN;
    rift_text_format(summary, "%.0f: %s has %.2f, %s %.2f, a gap of %.2f",
                     rift_year_of(s->q, s->year), s->name[0], s->a[0], s->name[1],
                     s->b[0], gap);
    bool beyond = share > 1 + 1e-9;
    if (share > 0) {
        rift_text_format(summary, "; %s, %.2f (%.0f %%), comes from %s%s",
                         beyond             ? "more than all of it"
                         : share > 1 - 1e-9 ? "as much as all of it"
                         : share > 0.5      ? "most of it"
                                            : "the largest part",
                         s->contribution[top], 100 * share, s->index->node[top].name,
                         beyond ? ", and others make it smaller" : "");
    }
    rift_text_put(summary, ".\n");
}

static void put_contributions(const sides *s, rift_table *table, rift_text *summary)
{
    const rift_result *r = s->q->result;
    double gap = s->a[0] - s->b[0], leaves = 0, most = 0;
    size_t top = 0; /* the total: none of the series */
    for (size_t i = 0; i < r->study.index.n_node; i++) {
        if (i > 0 && s->method[i] == NULL) {
            continue;
        }
        bool leaf = r->study.index.node[i].series >= 0;
        leaves += leaf ? s->contribution[i] : 0;
        double with = gap < 0 ? -s->contribution[i] : s->contribution[i];
        if (leaf && with > most) {
            most = with;
            top = i;
        }
        RIFT_ROW(table, RIFT_N(rift_year_of(s->q, s->year)), RIFT_W(s->code[0]),
                 RIFT_W(s->code[1]), RIFT_W(r->study.index.node[i].code),
                 RIFT_W(i > 0 ? s->method[i] : "total"), RIFT_N((double)leaf),
                 RIFT_N(s->a[i]), RIFT_N(s->b[i]), RIFT_N(s->contribution[i]),
                 RIFT_N(gap != 0 ? s->contribution[i] / gap : NAN));
    }
    tell_gap(s, top, summary);
    if (fabs(gap - leaves) > 1e-9 * fmax(1, fabs(gap))) {
        rift_text_format(
            summary,
            "%.2f of it is not split by series: only one side has some, "
            "means of groups do not multiply, or a node cannot be split.\n",
            gap - leaves);
    }
    if (s->n_unsplit > 0) {
        rift_text_format(summary,
                         "%s has %zu children; a mean of its kind is split among at "
                         "most %d (Shapley values), so it is left whole.\n",
                         r->study.index.node[s->unsplit].name, s->n_unsplit,
                         RIFT_SHAPLEY_LIMIT);
    }
}

static rift_status contribute(sides *s, rift_table *table, rift_text *summary)
{
    rift_status status = RIFT_OK;
    for (s->year = s->q->first; s->year <= s->q->last; s->year++) {
        memset(s->method, 0, s->index->n_node * sizeof *s->method);
        if (!choose_sides(s)) {
            continue;
        }
        s->contribution[0] = s->a[0] - s->b[0];
        s->method[0] = "total";
        s->rate[0] = 1;
        s->n_unsplit = 0;
        for (size_t i = 0; status == RIFT_OK && i < s->index->n_node; i++) {
            if (s->method[i] && s->index->node[i].series < 0) {
                status = hand_down(s, i);
            }
        }
        if (status == RIFT_OK) {
            put_contributions(s, table, summary);
        }
    }
    return status;
}

static rift_status split_gaps(const rift_scope *q, rift_table *table,
                              rift_text *summary)
{
    sides s = {.q = q, .index = &q->result->study.index};
    size_t n = s.index->n_node;
    s.a = calloc(4 * n + 1, sizeof *s.a);
    s.method = calloc(n + 1, sizeof *s.method);
    bool good = s.a && s.method;
    s.b = good ? s.a + n : NULL;
    s.contribution = good ? s.a + 2 * n : NULL;
    s.rate = good ? s.a + 3 * n : NULL;
    rift_status status = good ? contribute(&s, table, summary) : RIFT_ERR_MEMORY;
    free(s.a);
    free(s.method);
    return status;
}

const rift_analysis rift_analysis_contributions = {
    .group = "divide",
    .reference = "Ang (2004) for geometric means; Shorrocks (2013)",
    .latest = true,
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "contributions", "a gap between two in the total, by series", column,
            RIFT_COUNT_OF(column),
            "a total, and a value of it in the year of both that are compared"},
    .run = split_gaps,
};
