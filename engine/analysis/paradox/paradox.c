/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The question itself: do gaps abroad widen more often in periods in which the gap at
   home closed? One test decides, on two scales; pieces of evidence are not counted, for
   how many tests reject says nothing of the effect (Hedges and Olkin 1985, chapter 4).
 */
#include "analysis/paradox/verdict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Room for the rows of a comparison, and tables to fill. */
typedef struct court {
    const rift_scope *q;
    rift_home_periods periods;
    double *y, *x;
    int32_t *stratum, *cluster;
    uint8_t *seen; /* [country] */
    rift_table *table;
} court;

static bool court_make(const rift_scope *q, rift_table *table, court *m)
{
    *m = (court){.q = q, .table = table};
    size_t n_country = q->result->panel.n_country;
    size_t n = n_country * q->result->panel.n_year + 1;
    m->y = calloc(2 * n, sizeof *m->y);
    m->stratum = calloc(2 * n, sizeof *m->stratum);
    m->seen = calloc(n_country + 1, 1);
    m->x = m->y ? m->y + n : NULL;
    m->cluster = m->stratum ? m->stratum + n : NULL;
    return rift_periods_make(q, &m->periods) && m->y && m->stratum && m->seen;
}

static void court_free(court *m)
{
    rift_periods_free(&m->periods);
    free(m->y);
    free(m->stratum);
    free(m->seen);
}

static rift_says says_of(const rift_stratified *fit)
{
    return isnan(fit->p)               ? RIFT_SAYS_UNDECIDED
           : fit->equivalence_p < 0.05 ? RIFT_SAYS_NONE
           : fit->p >= 0.05            ? RIFT_SAYS_UNDECIDED
           : fit->b > 0                ? RIFT_SAYS_FOR
                                       : RIFT_SAYS_AGAINST;
}

/* Countries like those there are, and the periods that they have. */
static void find_needed(rift_compared *by, double effect)
{
    const rift_stratified *fit = &by->fit;
    by->countries_needed = by->periods_needed = NAN;
    if (by->fitted) {
        by->countries_needed = ceil(rift_stratified_needed(fit, effect));
        by->periods_needed =
            ceil(by->countries_needed * (double)fit->n / (double)fit->n_cluster);
    }
}

/* A period's rows of the comparison: 1 where the gap abroad widened, 1 where the one at
   home closed, the calendar period, the country. */
static rift_status compare(court *m, const rift_variable *v, const rift_pair *pair,
                           rift_scale scale, rift_compared *out)
{
    const rift_home_periods *p = &m->periods;
    *out = (rift_compared){.scale = scale};
    rift_status status = rift_periods_fill(m->q, v, pair, scale, &m->periods);
    memset(m->seen, 0, m->q->result->panel.n_country);
    for (size_t i = 0; status == RIFT_OK && i < p->n; i++) {
        const rift_home_period *one = &p->period[i];
        if (!one->rich) {
            continue;
        }
        bool wider = one->abroad[1] > one->abroad[0];
        m->y[out->n] = wider;
        m->x[out->n] = one->state == RIFT_HOME_CLOSED;
        m->stratum[out->n] = (int32_t)one->year[0];
        m->cluster[out->n] = one->country;
        out->all[one->state]++;
        out->wider[one->state] += wider;
        out->n_country += !m->seen[one->country];
        m->seen[one->country] = 1;
        out->n++;
    }
    if (status == RIFT_OK) {
        status = rift_stratified_fit(m->y, m->x, m->stratum, m->cluster, out->n,
                                     rift_smallest_effect(m->q), &out->fit);
        out->fitted = status == RIFT_OK;
        find_needed(out, rift_smallest_effect(m->q));
        out->says = out->fitted ? says_of(&out->fit) : RIFT_SAYS_UNDECIDED;
    }
    return status == RIFT_ERR_DOMAIN ? RIFT_OK : status;
}

/* The region that has most of the countries marked as seen. */
static void find_region(const court *m, rift_verdict *verdict)
{
    const rift_groups *groups = &m->q->result->groups;
    size_t n = m->q->result->panel.n_country, all = verdict->by[0].n_country;
    for (size_t k = 0; k < groups->n_grouping; k++) {
        const int32_t *of = rift_groups_of_row(groups, k, m->q->last);
        for (size_t g = 0;
             strcmp(groups->grouping[k], "region") == 0 && g < groups->n_group[k];
             g++) {
            size_t own = 0;
            for (size_t c = 0; c < n; c++) {
                own += m->seen[c] && of[c] == (int32_t)g;
            }
            if (2 * own > all) {
                verdict->n_region = own;
                verdict->region = groups->group[k][g];
            }
        }
    }
}

/* Mean of the rich in the last year with enough countries: near 100, both gaps close
   whatever anybody does. */
static rift_status find_level(court *m, const rift_variable *v, double *level)
{
    const rift_scope *q = m->q;
    size_t first, last;
    double sum = 0, n = 0;
    *level = NAN;
    if (!rift_span(q, v->value, &first, &last)) {
        return RIFT_OK;
    }
    rift_status status = rift_rich_of(q, last, m->periods.rich);
    for (size_t c = 0; status == RIFT_OK && c < q->result->panel.n_country; c++) {
        double x = rift_value_at(q, v, last, c);
        if (m->periods.rich[c] == 1 && !isnan(x)) {
            sum += x;
            n++;
        }
    }
    *level = n > 0 ? sum / n : NAN;
    return status;
}

/* The level decides; where the logit says otherwise, or points the other way, nothing
   is decided. */
static void conclude(rift_verdict *verdict)
{
    const rift_compared *level = &verdict->by[0], *logit = &verdict->by[1];
    bool other = verdict->n_scale > 1 && logit->fitted;
    verdict->says = level->says;
    verdict->sure = !other || logit->says == level->says;
    if (verdict->sure) {
        return;
    }
    bool same_way = level->says == RIFT_SAYS_NONE ||
                    (level->says == RIFT_SAYS_FOR) == (logit->fit.b > 0);
    if (logit->says != RIFT_SAYS_UNDECIDED || !same_way) {
        verdict->says = RIFT_SAYS_UNDECIDED;
    }
}

static const char *caveat_of(const rift_compared *by)
{
    return !by->fitted        ? "in no calendar period the gap at home closed in some "
                                "economies and not in others"
           : isnan(by->fit.p) ? "the gap abroad did the same in all periods of a "
                                "calendar period"
           : isinf(by->fit.low)     ? "too few economies to decide anything"
           : by->fit.n_cluster < 12 ? "few economies"
                                    : "";
}

static double share_of(const rift_compared *by, rift_home state)
{
    return by->all[state] > 0 ? (double)by->wider[state] / (double)by->all[state] : NAN;
}

static void put_compared(const court *m, const rift_verdict *verdict,
                         const rift_compared *by)
{
    const rift_stratified *fit = &by->fit;
    double effect = rift_smallest_effect(m->q);
    bool told = by->fitted, bounded = told && isfinite(fit->low);
    RIFT_ROW(&m->table[0], RIFT_W(verdict->v->code), RIFT_W(verdict->pair->name),
             RIFT_W(rift_scale_name(by->scale)), RIFT_N((double)by->n),
             RIFT_N((double)by->n_country), RIFT_N((double)by->all[RIFT_HOME_CLOSED]),
             RIFT_N((double)by->all[RIFT_HOME_STAYED]),
             RIFT_N((double)by->all[RIFT_HOME_WIDENED]),
             RIFT_N(share_of(by, RIFT_HOME_CLOSED)),
             RIFT_N(share_of(by, RIFT_HOME_STAYED)),
             RIFT_N(share_of(by, RIFT_HOME_WIDENED)),
             RIFT_N(told ? (double)fit->n_stratum : NAN),
             RIFT_N(told ? (double)fit->n_cluster : NAN), RIFT_N(told ? fit->b : NAN),
             RIFT_N(told ? fit->se : NAN), RIFT_N(bounded ? fit->low : NAN),
             RIFT_N(bounded ? fit->high : NAN), RIFT_N(told ? fit->p : NAN),
             RIFT_N(effect), RIFT_N(told ? fit->equivalence_p : NAN),
             RIFT_N(by->countries_needed), RIFT_N(by->periods_needed),
             RIFT_W(rift_verdict_word(&(rift_verdict){.says = by->says, .sure = true})),
             RIFT_W(rift_verdict_word(verdict)), RIFT_W(caveat_of(by)));
}

/* Of the level scale, whose periods were filled last. */
static void put_calendar(const court *m, const rift_verdict *verdict)
{
    static const char *const state_name[RIFT_HOMES] = {"closed", "stayed", "widened"};
    const rift_home_periods *p = &m->periods;
    for (size_t e = p->n_end; e-- > 0;) {
        for (int state = 0; state < RIFT_HOMES; state++) {
            double n = 0, wider = 0;
            for (size_t i = 0; i < p->n; i++) {
                const rift_home_period *one = &p->period[i];
                bool here = one->rich && one->year[0] == p->end[e][0] &&
                            (int)one->state == state;
                n += here;
                wider += here && one->abroad[1] > one->abroad[0];
            }
            if (n > 0) {
                RIFT_ROW(
                    &m->table[1], RIFT_W(verdict->v->code), RIFT_W(verdict->pair->name),
                    RIFT_N(rift_year_of(m->q, p->end[e][0])),
                    RIFT_N(rift_year_of(m->q, p->end[e][1])), RIFT_W(state_name[state]),
                    RIFT_N(n), RIFT_N(wider), RIFT_N(wider / n));
            }
        }
    }
}

/* One variable and pair. The logit first, so that the level's periods are at hand. */
static rift_status judge(court *m, const rift_variable *v, const rift_pair *pair,
                         rift_text *summary)
{
    rift_verdict verdict = {.v = v, .pair = pair, .n_scale = 1};
    bool logit =
        !isnan(v->ceiling) && !v->has_negative && rift_pair_is_share(m->q, pair);
    rift_status status = RIFT_OK;
    if (logit) {
        verdict.n_scale = 2;
        status = compare(m, v, pair, RIFT_SCALE_LOGIT, &verdict.by[1]);
    }
    status = status == RIFT_OK ? compare(m, v, pair, RIFT_SCALE_LEVEL, &verdict.by[0])
                               : status;
    if (status == RIFT_OK) {
        conclude(&verdict);
        find_region(m, &verdict);
        status = find_level(m, v, &verdict.level);
    }
    if (status == RIFT_OK) {
        for (size_t k = 0; k < verdict.n_scale && verdict.by[0].n > 0; k++) {
            put_compared(m, &verdict, &verdict.by[k]);
        }
        put_calendar(m, &verdict);
        rift_verdict_tell(m->q, &verdict, summary);
    }
    return status;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_PAIR,
    {"scale", RIFT_KIND_WORD, 0, "",
     "level: values as they are; logit: ln(x / (ceiling - x)), of shares"},
    {"n_values", RIFT_KIND_COUNT, 0, "periods",
     "periods of five years of high-income economies"},
    RIFT_COLUMN_N_COUNTRIES,
    {"n_closed", RIFT_KIND_COUNT, 0, "periods",
     "periods in which the gap at home closed by more than the tolerance"},
    {"n_stayed", RIFT_KIND_COUNT, 0, "periods",
     "periods in which it changed by the tolerance at most"},
    {"n_widened", RIFT_KIND_COUNT, 0, "periods",
     "periods in which it widened by more than the tolerance"},
    {"share_closed", RIFT_KIND_NUMBER, 3, "",
     "of the first, the share in which the gap abroad widened"},
    {"share_stayed", RIFT_KIND_NUMBER, 3, "", "the same of the second"},
    {"share_widened", RIFT_KIND_NUMBER, 3, "", "the same of the third"},
    {"n_strata", RIFT_KIND_COUNT, 0, "",
     "calendar periods in which the gap at home closed in some economies and not in "
     "others; only these tell anything"},
    {"n_clusters", RIFT_KIND_COUNT, 0, "countries",
     "countries with a period in these, within which errors may depend on each other"},
    {"estimate", RIFT_KIND_NUMBER, 4, "",
     "share in which the gap abroad widened where the one at home closed, less where "
     "it "
     "did not, within calendar periods"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    RIFT_COLUMN_P_VALUE(4),
    {"smallest_effect", RIFT_KIND_NUMBER, 2, "", "smallest difference that matters"},
    {"equivalence_p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of an estimate so near to 0 if the difference were as large as the "
     "smallest that matters, either way"},
    {"countries_needed", RIFT_KIND_COUNT, 0, "countries",
     "countries like these that decide it either way in four cases of five"},
    {"periods_needed", RIFT_KIND_COUNT, 0, "periods", "periods that they have in all"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "what this row's test says: for (the gap abroad widens more often where the one "
     "at "
     "home closed), against (less often), no difference (that matters), undecided"},
    {"verdict", RIFT_KIND_WORD, 0, "",
     "what both scales come to; probably: the logit does not decide, but does not "
     "contradict"},
    {"caveat", RIFT_KIND_WORD, 0, "", "reason for caution"},
};

static const rift_column_info calendar_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_PAIR,
    RIFT_COLUMN_YEAR_FIRST,
    RIFT_COLUMN_YEAR_LAST,
    {"home", RIFT_KIND_WORD, 0, "",
     "what the gap at home did: closed, stayed (within the tolerance) or widened"},
    {"n_values", RIFT_KIND_COUNT, 0, "countries",
     "high-income economies in which it did"},
    {"n_wider", RIFT_KIND_COUNT, 0, "countries",
     "of these, those whose gap abroad widened"},
    {"share_wider", RIFT_KIND_NUMBER, 3, "", "their share"},
};

static rift_status weigh_evidence(const rift_scope *q, rift_table *table,
                                  rift_text *summary)
{
    court m;
    rift_status status = court_make(q, table, &m) ? RIFT_OK : RIFT_ERR_MEMORY;
    rift_verdict_begin(q, &summary[0]);
    for (size_t i = 0; i < q->n_variable; i++) {
        const rift_variable *v = &q->variable[i];
        for (size_t k = 0;
             status == RIFT_OK && rift_paradox_wants(q, v) && k < q->n_pair; k++) {
            status = judge(&m, v, &q->pair[k], &summary[0]);
        }
    }
    if (q->n_pair == 0) {
        rift_text_put(
            &summary[0],
            "Whether closing the gap at home widens the one abroad cannot be "
            "decided: the result has no series of groups of people, and so no "
            "gap at home.\n");
    }
    rift_verdict_end(q, &summary[0]);
    rift_text_put(&summary[1], "How often the gap abroad widened is a matter of the "
                               "years first; so only periods of the same years are "
                               "compared.");
    court_free(&m);
    return status;
}

const rift_analysis rift_analysis_paradox = {
    .group = "paradox",
    .reference = "Greenland and Robins (1985); Boos (1992); Schuirmann (1987)",
    .n_table = 2,
    .table =
        (const rift_table_form[]){
            {"paradox",
             "does the gap abroad widen more often where the one at home closed",
             column, RIFT_COUNT_OF(column),
             "a pair of series of groups of people, as 'pairs' names them, and periods "
             "of five years of high-income economies with both gaps"},
            {"paradox-periods", "the same by calendar periods", calendar_column,
             RIFT_COUNT_OF(calendar_column),
             "a pair of series of groups of people, as 'pairs' names them, and periods "
             "of five years of high-income economies with both gaps"}},
    .run = weigh_evidence,
};
