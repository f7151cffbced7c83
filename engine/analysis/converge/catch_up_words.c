/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it is said whether a group catches up with another, and when. */
#include "analysis/converge/catch_up.h"

#include "analysis/amount.h"

#include <math.h>

enum { FAR_YEARS = 100 };

/* " (35 to 82)", " (35 or more)"; nothing where both ends are what was said. */
static void tell_interval(const rift_catch_up *found, rift_text *summary)
{
    double low = round(found->sure.low), high = round(found->sure.high);
    if (isnan(high) && low > 0) {
        rift_text_format(summary, " (%.0f or more)", low);
    } else if (low < high) {
        rift_text_format(summary, " (%.0f to %.0f)", low, high);
    }
}

/* Two shares that go on at their speeds beyond 100 % do not meet. */
static bool is_beyond(const rift_catch_up *found)
{
    return found->v->polarity > 0 && found->years <= FAR_YEARS &&
           found->meet > found->v->ceiling * (1 + 1e-9);
}

static void tell_beyond(const rift_catch_up *found, rift_text *summary)
{
    double years = found->gap / found->speed;
    rift_text_format(summary,
                     "at its speed of %.0f to %.0f, %s will reach the present level of "
                     "%s in %.0f year%s; both at their speeds would only meet above ",
                     found->year_first, found->year_last, found->unit_name,
                     found->benchmark_name, fmax(1, years), years < 1.5 ? "" : "s");
    rift_say_amount(summary, found->v, found->v->ceiling, false);
    rift_text_put(summary, ", so that no year is given");
}

/* Names of groups are singular or plural: no verb that bends. */
static void tell_years(const rift_catch_up *found, rift_text *summary)
{
    bool soon = found->years <= FAR_YEARS;
    rift_text_format(summary, "if the speeds of %.0f to %.0f last, %s will %sreach %s ",
                     found->year_first, found->year_last, found->unit_name,
                     soon ? "" : "not ", found->benchmark_name);
    if (!soon) {
        rift_text_format(summary, "within %d years", FAR_YEARS);
    } else if (found->years < 0.5) {
        rift_text_put(summary, "within a year");
    } else {
        rift_text_format(summary, "in %.0f year%s", found->years,
                         found->years < 1.5 ? "" : "s");
    }
    tell_interval(found, summary);
}

/* "the gap of Low income to High income" */
static void tell_pair(const rift_catch_up *found, rift_text *summary)
{
    rift_text_format(summary, "the gap of %s to %s", found->unit_name,
                     found->benchmark_name);
}

static void tell_widening(const rift_catch_up *found, rift_text *summary)
{
    tell_pair(found, summary);
    rift_text_format(summary, " widened from %.0f to %.0f, by ", found->year_first,
                     found->year_last);
    rift_say_amount(summary, found->v, found->change, true);
    rift_text_put(summary, " a year");
}

/* No direction: too little, nothing at all, or not known. */
static void tell_no_change(const rift_catch_up *found, rift_text *summary)
{
    bool tested = found->course != RIFT_GAP_NOT_TESTED;
    if (tested) {
        rift_text_format(summary, "from %.0f to %.0f ", found->year_first,
                         found->year_last);
    } else {
        rift_text_put(summary, "whether ");
    }
    tell_pair(found, summary);
    rift_text_put(summary, " (");
    rift_say_amount(summary, found->v, found->gap, true);
    rift_text_put(summary, ")");
    if (!tested) {
        rift_text_format(summary,
                         " changed from %.0f to %.0f we cannot tell, for one of the "
                         "two has fewer than two countries with both years",
                         found->year_first, found->year_last);
    } else {
        rift_text_put(summary, found->course == RIFT_GAP_NOT_SHOWN
                                   ? " changed by too little to tell"
                                   : " did not change");
    }
}

void rift_tell_catch_up(const rift_catch_up *found, rift_text *summary)
{
    const rift_path_ends *at = &found->at;
    if (found->course == RIFT_GAP_THERE) {
        return;
    }
    rift_text_format(summary, "%s: ", found->v->name);
    if (found->course == RIFT_GAP_WIDENING) {
        tell_widening(found, summary);
    } else if (found->course == RIFT_GAP_CLOSING ||
               found->course == RIFT_GAP_CLOSING_LATE) {
        if (is_beyond(found)) {
            tell_beyond(found, summary);
        } else {
            tell_years(found, summary);
        }
    } else {
        tell_no_change(found, summary);
    }
    rift_text_format(summary,
                     " (%zu of %zu and %zu of %zu countries with both years).\n",
                     at->n[0], at->n_all[0], at->n[1], at->n_all[1]);
}
