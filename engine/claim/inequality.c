/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How unequal countries are, then and now: the same countries, by absolute distances
   and relative ones, of what they have and of what they lack, with each country
   counting once and with each person. On a bounded scale only absolute distances are
   the same whichever of the two is measured. Lambert and Zheng (2011). */
#include "claim/jackknife.h"
#include "claim/without.h"
#include "claim/words.h"
#include "divide/divide.h"
#include "rift/method.h"
#include "stats/describe.h"

#include <math.h>
#include <string.h>

static double deviation(const double *x, const double *w, const int32_t *country,
                        size_t n, const void *data)
{
    (void)country;
    (void)data;
    double mean = rift_weighted_mean(x, w, n), square = 0;
    for (size_t i = 0; i < n; i++) {
        square += w[i] * (x[i] - mean) * (x[i] - mean);
    }
    double sd = sqrt(square);
    return sd <= 1e-12 * fabs(mean) ? 0 : sd; /* rounding, where all are equal */
}

static double gini(const double *x, const double *w, const int32_t *country, size_t n,
                   const void *data)
{
    (void)country;
    (void)data;
    bool defined = x[0] >= 0 && x[n - 1] > 0;
    return defined ? rift_gini_sorted(x, w, n) : NAN;
}

static const struct {
    const char *name;
    rift_measured measure;
    bool lacking;
} measured[] = {{"standard deviation", deviation, false},
                {"gini", gini, false},
                {"gini of shortfall", gini, true}};

static rift_status read_all(const rift_scope *scope, const rift_variable *variable,
                            const rift_both *both, rift_claim *claim)
{
    rift_status status = RIFT_OK;
    for (size_t m = 0; m < RIFT_COUNT_OF(measured); m++) {
        bool cannot = (measured[m].lacking &&
                       (isnan(variable->ceiling) || variable->polarity < 0)) ||
                      (m > 0 && variable->has_negative);
        double less = measured[m].lacking ? variable->ceiling : NAN;
        for (int how = 0;
             !cannot && status == RIFT_OK && how < rift_weightings_of(scope); how++) {
            rift_reading r = rift_both_reading(scope, both, measured[m].name, how);
            const rift_jackknifed of = {.measure = measured[m].measure, .less = less};
            status = rift_jackknife(scope, variable, both, how, &of, &r);
            if (!isnan(r.change)) {
                rift_claim_read(claim, &r);
            }
        }
    }
    return status;
}

/* Who is compared with whom otherwise: only those with a value in each year too. */
static rift_status read_every(const rift_scope *scope, const rift_variable *variable,
                              const rift_both *both, rift_claim *claim)
{
    rift_both every;
    rift_status status;
    if (rift_both_find(scope, variable, true, &every, &status) && every.n > 2 &&
        every.n < both->n) {
        rift_reading r = rift_both_reading(scope, &every, measured[0].name, false);
        r.sample = "every year";
        const rift_jackknifed of = {.measure = deviation, .less = NAN};
        status = rift_jackknife(scope, variable, &every, false, &of, &r);
        rift_claim_read(claim, &r);
    }
    rift_both_free(&every);
    return status;
}

/* Whether the change is that of series that are scored anew in each edition. */
static rift_status read_without(const rift_scope *scope, const rift_variable *variable,
                                const rift_both *both, rift_claim *claim)
{
    rift_without without;
    rift_status status = rift_without_make(scope, variable, both, &without);
    if (status == RIFT_OK && without.both.n > 2) {
        rift_reading r =
            rift_both_reading(scope, &without.both, measured[0].name, false);
        r.sample = "without series relative to each edition";
        const rift_jackknifed of = {.measure = deviation, .less = NAN};
        status =
            rift_jackknife(scope, &without.variable, &without.both, false, &of, &r);
        rift_claim_read(claim, &r);
    }
    rift_without_free(&without);
    return status;
}

static void say_moved(rift_text *out, const rift_ledger *ledger,
                      const rift_reading *lead, int way, bool surely)
{
    rift_text_format(out, "differences among %s were %s%s in %d than in %d",
                     ledger->units, surely ? "" : "probably ",
                     way > 0 ? "larger" : "smaller", lead->year_last, lead->year_first);
}

/* By distances nothing is shown: that they are the same is said of small changes alone.
 */
static void say_same(rift_text *out, const rift_ledger *ledger,
                     const rift_reading *lead)
{
    if (rift_reading_is_close(lead)) {
        rift_text_format(out, "differences among %s were about as large in %d as in %d",
                         ledger->units, lead->year_last, lead->year_first);
    } else {
        rift_text_format(out,
                         "whether differences among %s changed between %d and %d we "
                         "cannot tell",
                         ledger->units, lead->year_first, lead->year_last);
    }
}

static void say_still(rift_text *out, const rift_ledger *ledger,
                      const rift_reading *lead)
{
    if (lead->value_last == 0) {
        rift_text_format(out, "all %s have the same value, in %d as in %d",
                         ledger->units, lead->year_last, lead->year_first);
    } else {
        rift_text_format(out, "differences among %s were the same in %d as in %d",
                         ledger->units, lead->year_last, lead->year_first);
    }
}

/* What people's weights show of a measure, where that is not the same. */
static void say_otherwise(rift_text *out, const rift_claim *claim, const char *measure,
                          int way)
{
    const rift_reading *people = rift_claim_by(claim, measure, "population");
    if (!people || isnan(people->p) || rift_reading_way(people) == way) {
        return;
    }
    int other = rift_reading_way(people);
    rift_text_format(out, " (counting people, %s)",
                     other == 0  ? "no change is clear"
                     : other > 0 ? "they grew"
                                 : "they shrank");
}

static void say_sentence(const rift_ledger *ledger, const rift_variable *variable,
                         rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    const rift_reading *ratio = rift_claim_by(claim, "gini", "unweighted");
    const rift_reading *lack = rift_claim_by(claim, "gini of shortfall", "unweighted");
    rift_text *out = &claim->sentence;
    int way = rift_reading_way(lead), by_ratio = ratio ? rift_reading_way(ratio) : 0;
    bool disagree = claim->accord == RIFT_ACCORD_NONE && way != 0;
    bool but = !disagree && by_ratio != 0 && by_ratio != way;
    if (rift_reading_is_still(lead)) {
        say_still(out, ledger, lead);
    } else if (disagree) {
        rift_text_format(out,
                         "whether differences among %s changed between %d and %d we "
                         "cannot tell: ways of counting disagree",
                         ledger->units, lead->year_first, lead->year_last);
    } else if (way != 0) {
        say_moved(out, ledger, lead, way, claim->accord != RIFT_ACCORD_MOST);
    } else {
        say_same(out, ledger, lead);
    }
    if (but) {
        rift_text_format(out, "; but relative to the average they %s",
                         by_ratio < 0 ? "shrank" : "grew");
    }
    if (but) {
        say_otherwise(out, claim, "gini", by_ratio);
    }
    rift_text_put(out, ".");
    int by_lack = lack ? rift_reading_way(lack) : 0;
    if (!disagree && by_lack != 0 && by_lack != by_ratio) {
        rift_text_format(out, " %s to what is lacking to ",
                         by_lack == -way ? "But relative" : "Relative");
        rift_say_number(out, variable->ceiling);
        rift_text_put(out, by_lack > 0 ? ", they grew" : ", they shrank");
        say_otherwise(out, claim, "gini of shortfall", by_lack);
        rift_text_put(out, ".");
    }
    if (!disagree) {
        rift_say_people(out, ledger, way,
                        rift_claim_by(claim, "standard deviation", "population"),
                        "they grew", "they shrank");
    }
    rift_say_capital(out);
}

static void say_numbers(const rift_ledger *ledger, const rift_variable *variable,
                        rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    const rift_reading *ratio = rift_claim_by(claim, "gini", "unweighted");
    rift_text *out = &claim->numbers;
    rift_say_two(out, "Standard deviation %s and then %s", lead->value_first,
                 lead->value_last);
    rift_say_unit(out, variable, true);
    if (ratio) {
        rift_text_format(out, ", Gini coefficient %.2f and then %.2f",
                         ratio->value_first, ratio->value_last);
    }
    rift_text_put(out, ", in ");
    rift_say_sample(out, ledger, lead);
    rift_text_put(out, ".");
}

static rift_status state_inequality(rift_ledger *ledger, const rift_scope *scope,
                                    const rift_variable *variable)
{
    rift_both both;
    rift_status status;
    rift_claim claim = rift_claim_about(ledger, &rift_claim_inequality, variable);
    bool found = rift_both_find(scope, variable, false, &both, &status);
    if (found && both.n > 2) {
        status = read_all(scope, variable, &both, &claim);
        status =
            status == RIFT_OK ? read_every(scope, variable, &both, &claim) : status;
        status =
            status == RIFT_OK ? read_without(scope, variable, &both, &claim) : status;
    }
    bool any = status == RIFT_OK && claim.n > 0;
    if (any) {
        rift_claim_judge(&claim);
        say_sentence(ledger, variable, &claim);
        say_numbers(ledger, variable, &claim);
        rift_say_readings(&claim.method, &claim);
    } else {
        any = status == RIFT_OK &&
              rift_claim_withhold_years(scope, variable, &claim, RIFT_FEW_COUNTRIES);
    }
    rift_both_free(&both);
    rift_status ended = any ? rift_claim_end(ledger, &claim) : RIFT_OK;
    return status == RIFT_OK ? ended : status;
}

const rift_claim_kind rift_claim_inequality = {
    .name = "inequality",
    .topic = "differences among all",
    .group = "divide",
    .table = "inequality",
    .says = "whether differences among countries shrank between the first year and the "
            "last, by "
            "absolute and relative distances, of what they have and of what they lack",
    .overturned = "other years",
    .missing = "data of those that are left out",
    .state = state_inequality,
};
