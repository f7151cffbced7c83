/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether most of the divide lies between groups of countries or within them: the share
   between of the variance and of Theil's T, with each country counting once and with
   each person, held against one half. */
#include "claim/jackknife.h"
#include "claim/words.h"
#include "divide/divide.h"
#include "panel/group.h"
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { VARIANCE, THEIL_T, THEIL_L, MEASURES };

typedef struct groups {
    const int32_t *of; /* [country]; -1: in none, a group of its own, the last */
    size_t n;          /* groups, and the last */
    int measure;
    double *mean; /* [group] */
    double *weight;
} groups;

/* The measure's part of one value, or of a group's mean, of a mean of all. */
static double part_of(const groups *g, double x, double mean)
{
    double share = x / mean;
    switch (g->measure) {
    case THEIL_T:
        return share > 0 ? share * log(share) : 0;
    case THEIL_L:
        return -log(share);
    default:
        return (x - mean) * (x - mean);
    }
}

static double share_between(const double *x, const double *w, const int32_t *country,
                            size_t n, const void *data)
{
    const groups *g = data;
    double mean = rift_weighted_mean(x, w, n), between = 0, total = 0;
    if (g->measure == THEIL_L && !(x[0] > 0)) {
        return NAN;
    }
    memset(g->mean, 0, g->n * sizeof *g->mean);
    memset(g->weight, 0, g->n * sizeof *g->weight);
    for (size_t i = 0; i < n; i++) {
        int32_t of = g->of[country[i]];
        size_t k = of < 0 ? g->n - 1 : (size_t)of;
        g->mean[k] += w[i] * x[i];
        g->weight[k] += w[i];
        total += w[i] * part_of(g, x[i], mean);
    }
    for (size_t k = 0; k < g->n; k++) {
        double own = g->weight[k] > 0 ? g->mean[k] / g->weight[k] : mean;
        between += g->weight[k] * part_of(g, own, mean);
    }
    double scale = g->measure == VARIANCE ? mean * mean : 1;
    return total > 1e-12 * scale ? between / total : NAN;
}

static rift_status read_all(const rift_scope *scope, const rift_variable *variable,
                            const rift_both *last, groups *g, rift_claim *claim)
{
    static const char *const name[] = {"share between of variance",
                                       "share between of theil-t",
                                       "share between of theil-l"};
    rift_status status = RIFT_OK;
    for (int m = 0; m < MEASURES; m++) {
        bool cannot = m != VARIANCE && variable->has_negative;
        g->measure = m;
        for (int how = 0;
             !cannot && status == RIFT_OK && how < rift_weightings_of(scope); how++) {
            rift_reading r = rift_both_reading(scope, last, name[m], how);
            const rift_jackknifed of = {.measure = share_between,
                                        .data = g,
                                        .less = NAN,
                                        .level = true,
                                        .null = 0.5};
            r.sample = "last year";
            r.null = "one half";
            status = rift_jackknife(scope, variable, last, how, &of, &r);
            r.value_first = NAN;
            r.year_first = 0;
            /* a share lies between 0 and 1 */
            r.ci_low = isnan(r.ci_low) ? NAN : fmax(r.ci_low, -0.5);
            r.ci_high = isnan(r.ci_high) ? NAN : fmin(r.ci_high, 0.5);
            if (!isnan(r.change)) {
                rift_claim_read(claim, &r);
            }
        }
    }
    return status;
}

/* Whoever has a value in the last year with enough countries; false without. */
static bool find_last(const rift_scope *scope, const rift_variable *variable,
                      rift_both *last, rift_status *status)
{
    *last = (rift_both){.keep = calloc(scope->result->panel.n_country + 1, 1)};
    *status = last->keep ? RIFT_OK : RIFT_ERR_MEMORY;
    size_t first;
    if (!last->keep || !rift_span(scope, variable->value, &first, &last->last)) {
        return false;
    }
    last->first = last->last;
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        bool has = !isnan(rift_value_at(scope, variable, last->last, c));
        last->keep[c] = has;
    }
    rift_both_count(scope, last);
    return last->n > 2;
}

/* "45 % to 76 %", or once what both are said as. */
static void say_range(rift_text *out, double least, double most)
{
    rift_text low = {0}, high = {0};
    rift_say_share(&low, least);
    rift_say_share(&high, most);
    rift_text_put(out, rift_text_string(&low));
    if (strcmp(rift_text_string(&low), rift_text_string(&high)) != 0) {
        rift_text_format(out, " to %s", rift_text_string(&high));
    }
    out->failed = out->failed || low.failed || high.failed;
    rift_text_free(&low);
    rift_text_free(&high);
}

/* What the readings of one weighting come to. */
typedef struct side {
    double least, most; /* of their shares */
    int way;            /* 1: each shows more than a half, -1: less; else 0 */
} side;

static side side_of(const rift_claim *claim, bool people)
{
    side of = {.least = INFINITY, .most = -INFINITY};
    int more = 0, less = 0, n = 0;
    for (size_t i = 0; i < claim->n; i++) {
        const rift_reading *r = &claim->reading[i];
        if (strcmp(r->weighting, rift_weighting_name(people)) == 0) {
            of.least = fmin(of.least, r->value_last);
            of.most = fmax(of.most, r->value_last);
            more += rift_reading_way(r) > 0;
            less += rift_reading_way(r) < 0;
            n++;
        }
    }
    of.way = n == 0 ? 0 : (more == n) - (less == n);
    return of;
}

/* "that is more than half" */
static const char *half_of(int way)
{
    return way > 0   ? "that is more than half"
           : way < 0 ? "that is less than half"
                     : "whether it is more than half is not clear";
}

/* By each weighting, what is clear first. */
static void say_apart(rift_text *out, const rift_ledger *ledger, const side of[2])
{
    const char *by[] = {ledger->units, "people"};
    int first = of[0].way == 0, second = !first;
    rift_text_format(out, " Counting %s, %s; counting %s, %s.", by[first],
                     half_of(of[first].way), by[second], half_of(of[second].way));
}

static void say_open(rift_text *out, const rift_ledger *ledger, const char *grouping,
                     int year, const side of[2], bool by_people)
{
    rift_text_format(out, "in %d, differences between groups (by %s) made up ", year,
                     grouping);
    say_range(out, of[0].least, of[0].most);
    rift_text_format(out, " of all differences among %s, each counting once",
                     ledger->units);
    if (by_people) {
        rift_text_put(out, ", and ");
        say_range(out, of[1].least, of[1].most);
        rift_text_put(out, " counting people");
    }
    rift_text_put(out, ".");
    if (by_people && of[0].way != of[1].way) {
        say_apart(out, ledger, of);
    } else {
        rift_text_put(out, " Whether that is more than half is not clear.");
    }
}

static void say_groups(const rift_ledger *ledger, const char *grouping,
                       rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    rift_text *out = &claim->sentence;
    const side of[] = {side_of(claim, false), side_of(claim, true)};
    bool by_people = of[1].least <= of[1].most;
    if (claim->standing == RIFT_CLAIM_TOLD) {
        rift_text_format(out,
                         "%s of the differences among %s %slay between groups (by %s) "
                         "in %d: ",
                         lead->change > 0 ? "more than half" : "less than half",
                         ledger->units,
                         claim->accord == RIFT_ACCORD_MOST ? "probably " : "", grouping,
                         lead->year_last);
        say_range(out, fmin(of[0].least, of[1].least), fmax(of[0].most, of[1].most));
        rift_text_put(out, ", by the measures tried.");
    } else {
        say_open(out, ledger, grouping, lead->year_last, of, by_people);
    }
    rift_say_capital(out);
    rift_text_format(&claim->numbers,
                     "Of the variance of the %zu of %zu %s with data in "
                     "%d, each counting once, ",
                     lead->n, lead->n_all, ledger->units, lead->year_last);
    rift_say_share(&claim->numbers, lead->value_last);
    rift_text_put(&claim->numbers, " lay between the groups.");
    rift_say_readings(&claim->method, claim);
}

/* What the readings of the last year come to, whoever has a value there. */
static rift_status read_and_say(const rift_ledger *ledger, const rift_scope *scope,
                                const rift_variable *variable, const rift_both *last,
                                rift_claim *claim)
{
    const rift_groups *all = &scope->result->groups;
    size_t by = scope->by[0];
    groups g = {.of = rift_groups_of_row(all, by, last->last),
                .n = all->n_group[by] + 1};
    g.mean = calloc(2 * g.n, sizeof *g.mean);
    g.weight = g.mean ? g.mean + g.n : NULL;
    rift_status status =
        g.mean ? read_all(scope, variable, last, &g, claim) : RIFT_ERR_MEMORY;
    if (claim->n > 0) {
        rift_claim_judge(claim);
        say_groups(ledger, all->grouping_name[by], claim);
    } else {
        rift_claim_withhold(claim, "there is nothing to take apart: all have the same "
                                   "value");
    }
    free(g.mean);
    return status;
}

static rift_status state_groups(rift_ledger *ledger, const rift_scope *scope,
                                const rift_variable *compared)
{
    rift_both last;
    /* one year takes no other to compare with: also of what each edition scores anew */
    const rift_variable *variable = compared->apart == RIFT_APART_EDITION
                                        ? &scope->seen[compared - scope->compared]
                                        : compared;
    rift_status status;
    bool enough = find_last(scope, variable, &last, &status);
    bool any = status == RIFT_OK && scope->n_by > 0 && last.n > 0;
    rift_claim claim = rift_claim_about(ledger, &rift_claim_groups, variable);
    if (any && enough) {
        status = read_and_say(ledger, scope, variable, &last, &claim);
    } else if (any) {
        rift_claim_withhold(&claim, "fewer than three countries have data in one year");
    }
    rift_status ended = any ? rift_claim_end(ledger, &claim) : RIFT_OK;
    rift_both_free(&last);
    return status == RIFT_OK ? ended : status;
}

const rift_claim_kind rift_claim_groups = {
    .name = "groups",
    .topic = "between groups or within them",
    .group = "divide",
    .table = "split",
    .says =
        "whether most of the divide lies between the groups of the first grouping or "
        "within them",
    .overturned = "another grouping",
    .missing = "data of those that are left out",
    .state = state_groups,
};
