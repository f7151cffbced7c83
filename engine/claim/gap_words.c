/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the gap between two groups is said. */
#include "claim/gap.h"

#include "claim/words.h"

#include <math.h>
#include <string.h>

static void say_groups(rift_text *out, const rift_ledger *ledger, const rift_gap *gap)
{
    rift_say_group(out, ledger, gap->side[0].name);
    rift_text_put(out, " and ");
    rift_say_group(out, ledger, gap->side[1].name);
}

/* "from 50 to 52 points" */
static void say_from_to(rift_text *out, const rift_gap *gap, const rift_reading *r,
                        const char *format)
{
    rift_say_two(out, format, fabs(r->value_first), fabs(r->value_last));
    rift_say_unit(out, gap->variable, true);
}

/* The groups changed places: the change of the difference alone is no direction. */
static void say_turned(rift_text *out, const rift_ledger *ledger, const rift_gap *gap,
                       const rift_reading *lead)
{
    rift_text_format(out, "in %d ", lead->year_first);
    rift_say_group(out, ledger, gap->side[1].name);
    rift_text_put(out, " had the higher mean, by ");
    rift_say_amount(out, gap->variable, -lead->value_first, true);
    rift_text_format(out, "; in %d ", lead->year_last);
    rift_say_group(out, ledger, gap->side[0].name);
    rift_text_put(out, " had it, by ");
    rift_say_amount(out, gap->variable, lead->value_last, true);
    rift_text_put(out, rift_reading_way(lead) == 0
                           ? "; whether the difference changed we cannot tell."
                           : ".");
}

static void say_moved(rift_text *out, const rift_ledger *ledger, const rift_gap *gap,
                      const rift_reading *lead, bool surely)
{
    rift_text_put(out, "the gap between ");
    say_groups(out, ledger, gap);
    rift_text_put(out, surely ? " " : " probably ");
    rift_text_put(out, lead->change > 0 ? "widened, " : "narrowed, ");
    say_from_to(out, gap, lead, "from %s to %s");
    rift_text_format(out, " between %d and %d", lead->year_first, lead->year_last);
}

static void say_unknown(rift_text *out, const rift_ledger *ledger, const rift_gap *gap,
                        const rift_reading *lead)
{
    rift_text_put(out, "the gap between ");
    say_groups(out, ledger, gap);
    rift_text_put(out, " was ");
    say_from_to(out, gap, lead, "%s and then %s");
    rift_text_format(out, " in %d and %d: whether it changed we cannot tell",
                     lead->year_first, lead->year_last);
}

/* What the difference does not show. */
static void say_same(rift_text *out, const rift_ledger *ledger, const rift_gap *gap,
                     const rift_reading *lead)
{
    if (!rift_reading_is_close(lead)) {
        say_unknown(out, ledger, gap, lead);
        return;
    }
    say_groups(out, ledger, gap);
    rift_text_format(out, " were about as far apart in %d as in %d: ", lead->year_last,
                     lead->year_first);
    say_from_to(out, gap, lead, "%s and then %s");
}

/* "; but the ratio of their means fell from 5.0 to 3.0" */
static void say_ratio(rift_text *out, const rift_reading *ratio)
{
    rift_text_format(out, "; but the ratio of their means %s from ",
                     ratio->change < 0 ? "fell" : "rose");
    rift_say_ratio(out, ratio->value_first);
    rift_text_put(out, " to ");
    rift_say_ratio(out, ratio->value_last);
}

/* What the two lack to the ceiling, where that says something else than their ratio. */
static void say_lack(rift_text *out, const rift_ledger *ledger, const rift_gap *gap,
                     const rift_reading *lack, int way)
{
    rift_text_put(out,
                  rift_reading_way(lack) == -way ? " But to reach " : " To reach ");
    rift_say_number(out, gap->variable->ceiling);
    rift_text_put(out, ", ");
    rift_say_group(out, ledger, gap->side[1].name);
    rift_text_put(out, " lacked ");
    rift_say_ratio(out, lack->value_first);
    rift_text_put(out, " times as much as ");
    rift_say_group(out, ledger, gap->side[0].name);
    rift_text_format(out, " in %d and ", lack->year_first);
    rift_say_ratio(out, lack->value_last);
    rift_text_format(out, " times in %d.", lack->year_last);
}

static void say_sentence(const rift_ledger *ledger, const rift_gap *gap,
                         rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    const rift_reading *ratio = rift_claim_by(claim, "ratio", "unweighted");
    rift_text *out = &claim->sentence;
    int way = rift_reading_way(lead), by_ratio = ratio ? rift_reading_way(ratio) : 0;
    if (lead->value_first < 0) {
        say_turned(out, ledger, gap, lead);
        return;
    }
    bool open = claim->accord == RIFT_ACCORD_NONE;
    if (rift_reading_is_still(lead)) {
        say_groups(out, ledger, gap);
        rift_text_format(out, " were as far apart in %d as in %d", lead->year_last,
                         lead->year_first);
    } else if (way != 0 && !open) {
        say_moved(out, ledger, gap, lead, claim->accord != RIFT_ACCORD_MOST);
        if (by_ratio == -way) {
            say_ratio(out, ratio);
        }
    } else if (way == 0 && by_ratio == 0 && rift_reading_is_close(lead)) {
        say_same(out, ledger, gap, lead);
    } else if (way == 0 && by_ratio != 0) {
        say_same(out, ledger, gap, lead);
        say_ratio(out, ratio);
    } else {
        say_unknown(out, ledger, gap, lead);
    }
    rift_text_put(out, ".");
    const rift_reading *lack = rift_claim_by(claim, "shortfall ratio", "unweighted");
    int by_lack = lack ? rift_reading_way(lack) : by_ratio;
    if (by_lack != 0 && by_lack != by_ratio && !(open && way != 0)) {
        say_lack(out, ledger, gap, lack, way);
    }
    if (!(open && way != 0)) {
        rift_say_people(out, ledger, way,
                        rift_claim_by(claim, "difference", "population"),
                        "the gap widened", "the gap narrowed");
    }
}

/* The means, and of how many. */
static void say_numbers(const rift_ledger *ledger, const rift_gap *gap,
                        rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    rift_text *out = &claim->numbers;
    rift_say_sample(out, ledger, lead);
    for (int k = 0; k < 2; k++) {
        rift_text_put(out, k ? ", " : ": ");
        rift_say_members(out, ledger, gap->side[k].both, gap->side[k].n,
                         gap->side[k].name);
    }
    rift_text_format(
        out, "; the same groups in both years, by %s. Their means: ", gap->grouping);
    for (int k = 0; k < 2; k++) {
        const double *mean = gap->side[k].mean;
        rift_text_put(out, k ? "; " : "");
        rift_say_group(out, ledger, gap->side[k].name);
        rift_say_two(out, " %s and then %s", mean[0], mean[1]);
        rift_say_unit(out, gap->variable, false);
    }
    rift_text_put(out, ".");
    rift_say_capital(out);
}

void rift_say_gap(const rift_ledger *ledger, const rift_gap *gap, rift_claim *claim)
{
    const rift_reading *lead = &claim->reading[0];
    rift_claim_judge(claim);
    if (lead->value_first < 0) { /* signs of the ratio say nothing then */
        claim->standing =
            lead->p < RIFT_CLAIM_LEVEL ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN;
    }
    say_sentence(ledger, gap, claim);
    say_numbers(ledger, gap, claim);
    rift_say_capital(&claim->sentence);
    rift_say_readings(&claim->method, claim);
}
