/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of whom a result speaks, and of when: who is ranked in its edition, who is not, and
   how many of their people that leaves out, also of the poorest. */
#include "claim/words.h"
#include "panel/group.h"

#include <math.h>
#include <string.h>

/* Countries and people that are ranked, of those of one group (-1: of all). */
typedef struct ranked {
    size_t n, of;
    double people; /* share; NaN where nobody's are known */
} ranked;

static bool is_ranked(const rift_result *r, size_t year, size_t country)
{
    return r->scores.rank[rift_result_at(r, 0, year) + country] > 0;
}

static ranked count_ranked(const rift_scope *scope, size_t year, const int32_t *group,
                           int32_t member)
{
    ranked out = {0};
    double all = 0, in = 0;
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        if (group && group[c] != member) {
            continue;
        }
        bool has = is_ranked(scope->result, year, c);
        double people = scope->people ? rift_people_held(scope, year, c) : NAN;
        all += people > 0 ? people : 0;
        in += has && people > 0 ? people : 0;
        out.n += has;
        out.of++;
    }
    out.people = all > 0 ? in / all : NAN;
    return out;
}

/* The group by income whose ranked countries have the lowest mean; false without. */
static bool find_poorest(const rift_scope *scope, size_t year, const int32_t **of,
                         int32_t *member)
{
    const rift_groups *groups = &scope->result->groups;
    int by = rift_groups_find(groups, "income");
    double least = INFINITY;
    *of = by >= 0 ? rift_groups_of_row(groups, (size_t)by, year) : NULL;
    for (size_t k = 0; *of && k < groups->n_group[by]; k++) {
        double mean = rift_group_mean(scope, rift_result_values(scope->result, 0), year,
                                      *of, (int32_t)k, false);
        if (mean < least) {
            least = mean;
            *member = (int32_t)k;
        }
    }
    return isfinite(least);
}

enum { NAMED = 3 };

/* The most populous that are not ranked, else the first; their number. */
static size_t find_missing(const rift_scope *scope, size_t year, size_t found[NAMED])
{
    size_t n = 0;
    double size[NAMED] = {0};
    for (size_t c = 0; c < scope->result->panel.n_country; c++) {
        if (is_ranked(scope->result, year, c)) {
            continue;
        }
        double people = scope->people ? rift_people_held(scope, year, c) : 0;
        people = people > 0 ? people : 0;
        size_t at = n < NAMED ? n : NAMED;
        while (at > 0 && people > size[at - 1]) {
            at--;
        }
        for (size_t k = NAMED - 1; at < NAMED && k > at; k--) {
            size[k] = size[k - 1];
            found[k] = found[k - 1];
        }
        if (at < NAMED) {
            size[at] = people;
            found[at] = c;
        }
        n++;
    }
    return n;
}

static void say_missing(rift_text *out, const rift_scope *scope, size_t year)
{
    size_t found[NAMED] = {0};
    size_t n = find_missing(scope, year, found);
    if (n == 0) {
        return;
    }
    size_t shown = n < NAMED ? n : NAMED;
    bool commas = false; /* within a name: "Yemen, Republic of" */
    for (size_t k = 0; k < shown; k++) {
        commas = commas || strchr(rift_country_name(scope, found[k]), ',');
    }
    const char *between = commas ? "; " : ", ",
               *before = n > 1 && commas ? "; and " : " and ";
    rift_text_put(out, commas ? ". " : "; ");
    for (size_t k = 0; k < shown; k++) {
        rift_text_format(out, "%s%s",
                         k == 0       ? ""
                         : k + 1 == n ? before
                                      : between,
                         rift_country_name(scope, found[k]));
    }
    if (n > NAMED) {
        rift_text_format(out, "%s%zu %s", before, n - NAMED,
                         n - NAMED > 1 ? "others" : "other");
    }
    rift_text_put(out, " cannot, for want of data");
}

/* How many people live in ranked countries, and of the poorest. */
static void say_people(rift_text *out, const rift_ledger *ledger,
                       const rift_scope *scope, size_t year, const ranked *all,
                       rift_text *numbers)
{
    const int32_t *of;
    int32_t member = -1;
    rift_text_put(out, " Ranked ones are home to ");
    rift_say_share(out, all->people);
    rift_text_put(out, " of the people");
    if (find_poorest(scope, year, &of, &member)) {
        const rift_groups *groups = &scope->result->groups;
        const char *name = groups->group[rift_groups_find(groups, "income")][member];
        ranked poor = count_ranked(scope, year, of, member);
        rift_text_put(out, "; among ");
        rift_say_group(out, ledger, name);
        rift_text_put(out, ", to ");
        rift_say_share(out, poor.people);
        rift_text_put(numbers, "Ranked: ");
        rift_say_members(numbers, ledger, poor.n, poor.of, name);
        rift_text_put(numbers, ".");
    }
    rift_text_put(out, ".");
}

static void say_coverage(const rift_ledger *ledger, const rift_scope *scope,
                         size_t year, const ranked *all, rift_claim *claim)
{
    rift_text *out = &claim->sentence;
    int of = scope->result->panel.year[year];
    if (all->n == all->of) {
        rift_text_format(out, "all %zu %s can be ranked in %d", all->n, ledger->units,
                         of);
    } else {
        rift_text_format(out, "%zu of %zu %s can be ranked in %d", all->n, all->of,
                         ledger->units, of);
    }
    say_missing(out, scope, year);
    rift_text_put(out, ".");
    if (all->n < all->of && !isnan(all->people)) {
        say_people(out, ledger, scope, year, all, &claim->numbers);
    }
}

static rift_status state_coverage(rift_ledger *ledger, const rift_scope *scope,
                                  const rift_variable *variable)
{
    (void)variable;
    const rift_panel *panel = &scope->result->panel;
    size_t year = rift_result_edition(scope->result);
    ranked all = panel->n_year > 0 ? count_ranked(scope, year, NULL, 0) : (ranked){0};
    if (all.n == 0) {
        return RIFT_OK;
    }
    rift_claim claim = rift_claim_about(ledger, &rift_claim_coverage, NULL);
    rift_reading r = rift_reading_of("share ranked", "unweighted", "the edition");
    r.year_first = r.year_last = panel->year[year];
    r.n = all.n;
    r.n_all = all.of;
    r.people = all.people;
    r.value_last = (double)all.n / (double)all.of;
    rift_claim_read(&claim, &r);
    say_coverage(ledger, scope, year, &all, &claim);
    claim.accord = RIFT_ACCORD_UNTESTED;
    rift_say_capital(&claim.sentence);
    return rift_claim_end(ledger, &claim);
}

static rift_status state_edition(rift_ledger *ledger, const rift_scope *scope,
                                 const rift_variable *variable)
{
    (void)variable;
    const rift_panel *panel = &scope->result->panel;
    rift_claim claim = rift_claim_about(ledger, &rift_claim_edition, NULL);
    rift_result_tell_edition(scope->result, &claim.numbers);
    if (claim.numbers.n == 0) { /* nobody is ranked */
        return claim.numbers.failed ? RIFT_ERR_MEMORY : RIFT_OK;
    }
    size_t year = rift_result_edition(scope->result);
    double share = rift_result_own_share(scope->result, year);
    rift_reading r =
        rift_reading_of("share of own year", "", "values behind the ranks, by weight");
    r.year_first = r.year_last = panel->year[year];
    r.n = count_ranked(scope, year, NULL, 0).n;
    r.n_all = panel->n_country;
    r.value_last = share;
    rift_claim_read(&claim, &r);
    claim.accord = RIFT_ACCORD_UNTESTED;
    rift_text *out = &claim.sentence;
    rift_text_format(out, "Scores and ranks are those of %d: ", panel->year[year]);
    rift_text_format(out,
                     "%.0f %% of the data behind them, by weight, are of that year%s.",
                     rift_result_own_percent(scope->result, share),
                     share < 1 ? "; the rest are older" : "");
    return rift_claim_end(ledger, &claim);
}

const rift_claim_kind rift_claim_coverage = {
    .name = "coverage",
    .topic = "who is covered",
    .group = "study",
    .table = "",
    .says =
        "how many countries are ranked in the edition, who is not, and how many people "
        "live in ranked ones",
    .overturned = "",
    .missing = "data for those that are missing",
    .state = state_coverage,
};

const rift_claim_kind rift_claim_edition = {
    .name = "edition",
    .topic = "which year",
    .group = "study",
    .table = "",
    .says = "the year that results are of, and how much of the data is of it",
    .overturned = "data of later years",
    .state = state_edition,
};
