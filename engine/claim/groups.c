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

typedef struct groups {
    const int32_t *of; /* [country]; -1: in none, a group of its own, the last */
    size_t n;          /* groups, and the last */
    bool theil;
    double *mean; /* [group] */
    double *weight;
} groups;

static double share_between(const double *x, const double *w, const int32_t *country,
                            size_t n, const void *data)
{
    const groups *g = data;
    double mean = rift_weighted_mean(x, w, n), between = 0, total = 0;
    memset(g->mean, 0, g->n * sizeof *g->mean);
    memset(g->weight, 0, g->n * sizeof *g->weight);
    for (size_t i = 0; i < n; i++) {
        int32_t of = g->of[country[i]];
        size_t k = of < 0 ? g->n - 1 : (size_t)of;
        double share = x[i] / mean;
        g->mean[k] += w[i] * x[i];
        g->weight[k] += w[i];
        total += w[i] * (g->theil ? (share > 0 ? share * log(share) : 0)
                                  : (x[i] - mean) * (x[i] - mean));
    }
    for (size_t k = 0; k < g->n; k++) {
        double own = g->weight[k] > 0 ? g->mean[k] / g->weight[k] : mean;
        double share = own / mean;
        between += g->weight[k] * (g->theil ? (share > 0 ? share * log(share) : 0)
                                            : (own - mean) * (own - mean));
    }
    return total > 1e-12 * (g->theil ? 1 : mean * mean) ? between / total : NAN;
}

static rift_status read_all(const rift_scope *scope, const rift_variable *variable,
                            const rift_both *both, groups *g, rift_claim *claim)
{
    rift_status status = RIFT_OK;
    for (int theil = 0; theil < 2; theil++) {
        g->theil = theil;
        for (int how = 0; !(theil && variable->has_negative) && status == RIFT_OK &&
                          how < rift_weightings_of(scope);
             how++) {
            rift_reading r = rift_both_reading(
                scope, both,
                theil ? "share between of theil-t" : "share between of variance", how);
            const rift_jackknifed of = {share_between, g, NAN, true, 0.5};
            r.null = "one half in the last year";
            status = rift_jackknife(scope, variable, both, how, &of, &r);
            if (!isnan(r.change)) {
                rift_claim_read(claim, &r);
            }
        }
    }
    return status;
}

static void say_groups(const rift_ledger *ledger, const char *grouping,
                       rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    rift_text *out = &claim->sentence;
    double least = lead->value_last, most = lead->value_last;
    for (size_t i = 1; i < claim->n; i++) {
        least = fmin(least, claim->reading[i].value_last);
        most = fmax(most, claim->reading[i].value_last);
    }
    bool told = claim->standing == RIFT_CLAIM_TOLD;
    const char *may = claim->accord == RIFT_ACCORD_MOST ? "probably " : "";
    if (told && lead->change > 0) {
        rift_text_format(out, "in %d most of the divide %slay between groups by %s: ",
                         lead->year_last, may, grouping);
    } else if (told) {
        rift_text_format(out, "in %d most of the divide %slay within groups by %s: ",
                         lead->year_last, may, grouping);
    } else {
        rift_text_format(out,
                         "whether in %d more of the divide lay between groups by %s or "
                         "within them we cannot tell: ",
                         lead->year_last, grouping);
    }
    rift_text_put(out, "between them lay ");
    if (round(100 * least) == round(100 * most)) {
        rift_say_share(out, least);
    } else {
        rift_say_share(out, least);
        rift_text_put(out, " to ");
        rift_say_share(out, most);
        rift_text_put(out, ", depending on how one counts");
    }
    rift_text_put(out, ".");
    rift_say_capital(out);
    rift_text_format(&claim->numbers, "Of the variance of %s, each counting once, ",
                     ledger->units);
    rift_say_share(&claim->numbers, lead->value_first);
    rift_text_format(&claim->numbers, " in %d and ", lead->year_first);
    rift_say_share(&claim->numbers, lead->value_last);
    rift_text_format(&claim->numbers, " in %d lay between them, in ", lead->year_last);
    rift_say_sample(&claim->numbers, ledger, lead);
    rift_text_put(&claim->numbers, "; groups are those of the last year.");
    rift_say_readings(&claim->method, claim);
}

static rift_status state_groups(rift_ledger *ledger, const rift_scope *scope,
                                const rift_variable *variable)
{
    rift_both both;
    rift_status status;
    bool any = rift_both_find(scope, variable, false, &both, &status) && both.n > 2 &&
               scope->n_by > 0;
    rift_claim claim = rift_claim_about(ledger, &rift_claim_groups, variable);
    if (any) {
        const rift_groups *all = &scope->result->groups;
        size_t by = scope->by[0];
        groups g = {.of = rift_groups_of_row(all, by, both.last),
                    .n = all->n_group[by] + 1};
        g.mean = calloc(2 * g.n, sizeof *g.mean);
        g.weight = g.mean ? g.mean + g.n : NULL;
        status =
            g.mean ? read_all(scope, variable, &both, &g, &claim) : RIFT_ERR_MEMORY;
        if (status == RIFT_OK && claim.n > 0) {
            rift_claim_judge(&claim);
            say_groups(ledger, all->grouping_name[by], &claim);
            status = rift_claim_end(ledger, &claim);
        }
        free(g.mean);
    }
    rift_both_free(&both);
    return status;
}

const rift_claim_kind rift_claim_groups = {
    .name = "groups",
    .topic = "between groups or within them",
    .group = "divide",
    .table = "split",
    .says =
        "whether most of the divide lies between the groups of the first grouping or "
        "within them",
    .overturned =
        "the share of another measure or weighting on the other side of a half",
    .state = state_groups,
};
