/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The gap between the highest and the lowest group: how it moved by its difference, by
   the ratio of the two and by what both lack, with each country counting once and with
   each person, over the same countries in both years. */
#include "claim/gap.h"

#include "claim/without.h"
#include "claim/words.h"
#include "panel/group.h"
#include "panel/panel.h"
#include "stats/welch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Highest and lowest group of a year, by income where there is such a grouping. */
static bool find_groups(const rift_scope *scope, rift_gap *gap, size_t year)
{
    const rift_groups *groups = &scope->result->groups;
    int income = rift_groups_find(groups, "income");
    size_t by = income >= 0 ? (size_t)income : 0;
    double most = -INFINITY, least = INFINITY;
    gap->grouping = groups->n_grouping > 0 ? groups->grouping_name[by] : "";
    gap->of = groups->n_grouping > 0 ? rift_groups_of_row(groups, by, year) : NULL;
    for (size_t k = 0; gap->of && k < groups->n_group[by]; k++) {
        double mean = rift_group_mean(scope, gap->variable->value, year, gap->of,
                                      (int32_t)k, false);
        if (mean > most) {
            most = mean;
            gap->side[0] =
                (rift_side){.member = (int32_t)k, .name = groups->group[by][k]};
        }
        if (mean < least) {
            least = mean;
            gap->side[1] =
                (rift_side){.member = (int32_t)k, .name = groups->group[by][k]};
        }
    }
    return most > least;
}

/* Countries of one side with both years; false where these are too few of it. */
static bool count_side(const rift_scope *scope, const rift_gap *gap, rift_side *side,
                       uint8_t *keep)
{
    const rift_variable *v = gap->variable;
    side->n = side->both = 0;
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        if (gap->of[c] == side->member) {
            keep[c] = !isnan(rift_value_at(scope, v, gap->both.last, c)) &&
                      !isnan(rift_value_at(scope, v, gap->both.first, c));
            side->n++;
            side->both += keep[c];
        }
    }
    return side->both > 0 &&
           (double)side->both >= scope->minimum_countries * (double)side->n;
}

/* How many of the two groups, and of their people, are in it. */
static void count_both(const rift_scope *scope, rift_gap *gap)
{
    double all = 0, kept = 0;
    gap->both.n = gap->both.n_all = 0;
    gap->side[0].both = gap->side[1].both = 0;
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        for (int k = 0; k < 2; k++) {
            rift_side *side = &gap->side[k];
            bool in = gap->of[c] == side->member, has = in && gap->both.keep[c];
            double people =
                in && scope->people ? rift_people_held(scope, gap->both.last, c) : NAN;
            all += people > 0 ? people : 0;
            kept += has && people > 0 ? people : 0;
            gap->both.n_all += in;
            gap->both.n += has;
            side->both += has;
        }
    }
    gap->both.people = all > 0 ? kept / all : NAN;
}

/* The first year with enough of both groups, for groups of a last one. */
static bool find_first(const rift_scope *scope, rift_gap *gap)
{
    uint8_t *keep = gap->both.keep;
    for (size_t t = scope->first; t < gap->both.last; t++) {
        memset(keep, 0, scope->result->panel.n_country);
        gap->both.first = t;
        bool high = count_side(scope, gap, &gap->side[0], keep);
        if (count_side(scope, gap, &gap->side[1], keep) && high) {
            count_both(scope, gap);
            return true;
        }
    }
    return false;
}

bool rift_gap_find(const rift_scope *scope, rift_gap *gap)
{
    size_t span[2];
    if (!rift_span(scope, gap->variable->value, &span[0], &span[1])) {
        return false;
    }
    for (size_t last = span[1]; last > span[0]; last--) {
        gap->both.last = last;
        if (find_groups(scope, gap, last) && find_first(scope, gap)) {
            return true;
        }
    }
    return false;
}

/* Weight of a country in one of the two years. */
static double weight(const rift_scope *scope, const rift_gap *gap, int end, size_t c,
                     bool by_people)
{
    double people =
        by_people ? rift_people_held(scope, end ? gap->both.last : gap->both.first, c)
                  : 1;
    return people > 0 ? people : 0;
}

/* Means of a side in both years, and the sum of squares behind the error of the change:
   by linearisation, which for equal weights is Welch's. `over`: of its ln. */
typedef struct moved {
    double mean[2];
    rift_variance variance;
} moved;

static moved move_of(const rift_scope *scope, const rift_gap *gap,
                     const rift_side *side, bool by_people, bool over, double less)
{
    size_t n_country = scope->result->panel.n_country;
    size_t year[2] = {gap->both.first, gap->both.last};
    double sum[2] = {0}, all[2] = {0}, square = 0, ss = 0, n = 0;
    for (size_t c = 0; c < n_country; c++) {
        bool in = gap->both.keep[c] && gap->of[c] == side->member;
        double w[2] = {0};
        for (int k = 0; in && k < 2; k++) {
            w[k] = weight(scope, gap, k, c, by_people);
            double x = rift_value_at(scope, gap->variable, year[k], c);
            sum[k] += w[k] * (isnan(less) ? x : less - x);
            all[k] += w[k];
        }
        square += w[1] * w[1];
        n += w[1] > 0;
    }
    moved out = {.mean = {sum[0] / all[0], sum[1] / all[1]}};
    for (size_t c = 0; c < n_country; c++) {
        double u = 0;
        for (int k = 0; k < 2 && gap->both.keep[c] && gap->of[c] == side->member; k++) {
            double x = rift_value_at(scope, gap->variable, year[k], c);
            double part = weight(scope, gap, k, c, by_people) / all[k] *
                          ((isnan(less) ? x : less - x) - out.mean[k]);
            u += (k ? part : -part) / (over ? out.mean[k] : 1);
        }
        ss += u * u;
    }
    out.variance.value = n > 1 ? ss * n / (n - 1) : NAN;
    /* of as many countries as weigh alike */
    out.variance.df = all[1] * all[1] / square - 1;
    return out;
}

/* A reading: the difference of the sides, or the ratio of their means, or of what both
   lack to a ceiling. */
static void read_gap(const rift_scope *scope, rift_gap *gap, const char *measure,
                     bool by_people, rift_claim *claim)
{
    bool over = strcmp(measure, "difference") != 0;
    double less = strcmp(measure, "shortfall ratio") ? NAN : gap->variable->ceiling;
    moved m[2];
    for (int k = 0; k < 2; k++) { /* the ratio of shortfalls is that of low over high */
        const rift_side *side = &gap->side[isnan(less) ? k : 1 - k];
        m[k] = move_of(scope, gap, side, by_people, over, less);
    }
    rift_variance variance =
        rift_welch((rift_variance[]){m[0].variance, m[1].variance});
    rift_reading r = rift_both_reading(scope, &gap->both, measure, by_people);
    rift_shift shift = {.standard_error = sqrt(variance.value), .df = variance.df};
    if (over) {
        bool can = fmin(fmin(m[0].mean[0], m[0].mean[1]),
                        fmin(m[1].mean[0], m[1].mean[1])) > 0;
        if (!can) {
            return; /* a ratio to nothing */
        }
        r.value_first = m[0].mean[0] / m[1].mean[0];
        r.value_last = m[0].mean[1] / m[1].mean[1];
        shift.change = log(r.value_last / r.value_first);
        r.test = "Welch's t of the ln of the ratio, linearised";
    } else {
        for (int k = 0; k < 2 && !by_people; k++) {
            memcpy(gap->side[k].mean, m[k].mean, sizeof m[k].mean);
        }
        r.value_first = m[0].mean[0] - m[1].mean[0];
        r.value_last = m[0].mean[1] - m[1].mean[1];
        shift.change = r.value_last - r.value_first;
        r.test = "Welch's t of the changes of the countries";
    }
    rift_reading_test(&r, &shift);
    rift_claim_read(claim, &r);
}

/* Whether the change is that of series that are scored anew in each edition. */
static rift_status read_without(const rift_scope *scope, const rift_gap *gap,
                                rift_claim *claim)
{
    rift_without without;
    rift_status status = rift_without_make(scope, gap->variable, &gap->both, &without);
    if (status == RIFT_OK && without.both.n > 2) {
        rift_gap other = *gap;
        other.variable = &without.variable;
        other.both.keep = without.both.keep;
        count_both(scope, &other);
        size_t before = claim->n;
        read_gap(scope, &other, "difference", false, claim);
        if (claim->n > before) {
            claim->reading[before].sample = "without series relative to each edition";
        }
    }
    rift_without_free(&without);
    return status;
}

static rift_status state_gap(rift_ledger *ledger, const rift_scope *scope,
                             const rift_variable *variable)
{
    rift_gap gap = {.variable = variable,
                    .both.keep = calloc(scope->result->panel.n_country + 1, 1)};
    rift_status status = gap.both.keep ? RIFT_OK : RIFT_ERR_MEMORY;
    rift_claim claim = rift_claim_about(ledger, &rift_claim_gap, variable);
    if (status == RIFT_OK && rift_gap_find(scope, &gap)) {
        static const char *const measure[] = {"difference", "ratio", "shortfall ratio"};
        for (size_t m = 0; m < RIFT_COUNT_OF(measure); m++) {
            /* of what is better low, nobody lacks the rest of it */
            bool lacks = m == 2 && (isnan(variable->ceiling) || variable->polarity < 0);
            for (int how = 0; !lacks && how < rift_weightings_of(scope); how++) {
                read_gap(scope, &gap, measure[m], how, &claim);
            }
        }
        status = read_without(scope, &gap, &claim);
        rift_say_gap(ledger, &gap, &claim);
        rift_status ended = rift_claim_end(ledger, &claim);
        status = status == RIFT_OK ? ended : status;
    } else if (status == RIFT_OK && scope->result->groups.n_grouping > 0) {
        size_t span[2];
        bool years =
            rift_span(scope, variable->value, &span[0], &span[1]) && span[0] != span[1];
        status = rift_claim_cannot(ledger, scope, &rift_claim_gap, variable,
                                   years ? "there are no two groups whose means "
                                           "differ, with enough countries that have "
                                           "data for two years"
                                         : RIFT_FEW_COUNTRIES);
    }
    rift_both_free(&gap.both);
    return status;
}

const rift_claim_kind rift_claim_gap = {
    .name = "gap",
    .topic = "gap between two groups",
    .group = "divide",
    .table = "gaps",
    .says = "how the gap between the highest and the lowest group moved: by the "
            "difference of their means, their ratio, and the ratio of what they lack",
    .overturned = "other years or groups",
    .missing = "data of those that are left out",
    .state = state_gap,
};
