/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether countries drew apart until some year and came closer since, or the other way:
   a straight line through such a path would tell neither. */
#include "claim/path.h"

#include "analysis/converge/scale.h"
#include "claim/jackknife.h"
#include "claim/words.h"
#include "stats/describe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A path: the spread of the same countries, year by year. */
typedef struct path {
    rift_both both;
    size_t n, *row; /* years with enough of these countries */
    double *year, *spread;
    size_t turn;    /* row of the panel */
    bool every;     /* they have a value in each year between */
    double choices; /* years that a turn was looked for in */
} path;

typedef struct spread_by {
    rift_scale scale;
    double ceiling;
} spread_by;

static double spread_of(const double *x, const double *w, const int32_t *country,
                        size_t n, const void *data)
{
    (void)country;
    const spread_by *by = data;
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        mean += w[i] * rift_on_scale(by->scale, x[i], by->ceiling);
    }
    for (size_t i = 0; i < n; i++) {
        double d = rift_on_scale(by->scale, x[i], by->ceiling) - mean;
        square += w[i] * d * d;
    }
    double sd = sqrt(square);
    return sd <= 1e-12 * fabs(mean) ? 0 : sd;
}

static bool path_make(const rift_scope *scope, path *p)
{
    size_t n = scope->result->panel.n_year + 1;
    p->both.keep = calloc(scope->result->panel.n_country + 1, 1);
    p->row = calloc(n, sizeof *p->row);
    p->year = calloc(2 * n, sizeof *p->year);
    p->spread = p->year ? p->year + n : NULL;
    return p->both.keep && p->row && p->year;
}

static void path_free(path *p)
{
    rift_both_free(&p->both);
    free(p->row);
    free(p->year);
}

/* Spreads of the countries that can be followed, in the years with 60 % of them. */
static rift_status fill_path(const rift_scope *scope, const rift_variable *v, path *p)
{
    rift_sample sample;
    if (!rift_span(scope, v->value, &p->both.first, &p->both.last)) {
        return RIFT_OK;
    }
    if (!rift_sample_make(scope, &sample)) {
        return RIFT_ERR_MEMORY;
    }
    rift_keep_balanced(scope, v->value, p->both.first, p->both.last, false,
                       p->both.keep);
    rift_both_count(scope, &p->both);
    p->every = true;
    const spread_by level = {RIFT_SCALE_LEVEL, NAN};
    for (size_t t = p->both.first; t <= p->both.last; t++) {
        rift_sample_fill(scope, v->value, t, false, false, p->both.keep, &sample);
        p->every = p->every && sample.n == p->both.n;
        if (10 * sample.n >= 6 * p->both.n && sample.n > 2) {
            p->row[p->n] = t;
            p->year[p->n] = rift_year_of(scope, t);
            p->spread[p->n++] = spread_of(sample.x, sample.w, NULL, sample.n, &level);
        }
    }
    rift_sample_free(&sample);
    return RIFT_OK;
}

/* The part of the path before its turn, or since, by one scale and weighting. The year
   was chosen among several: p and interval allow for it. */
static rift_status read_part(const rift_scope *scope, const rift_variable *v,
                             const path *p, bool since, const spread_by *by,
                             bool people, rift_claim *claim)
{
    size_t n_country = scope->result->panel.n_country;
    rift_both part = p->both;
    part.keep = calloc(n_country + 1, 1);
    if (!part.keep) {
        return RIFT_ERR_MEMORY;
    }
    part.first = since ? p->turn : p->both.first;
    part.last = since ? p->both.last : p->turn;
    for (size_t c = 0; c < n_country; c++) {
        part.keep[c] = p->both.keep[c];
        for (int k = 0; k < 2; k++) {
            double x = rift_value_at(scope, v, k ? part.last : part.first, c);
            bool on = !isnan(x) && !isnan(rift_on_scale(by->scale, x, by->ceiling));
            part.keep[c] = part.keep[c] && on;
        }
    }
    rift_both_count(scope, &part);
    rift_reading r =
        rift_both_reading(scope, &part,
                          by->scale == RIFT_SCALE_LEVEL ? "standard deviation"
                                                        : "standard deviation of logit",
                          people);
    r.sample = since ? "since the turn" : "until the turn";
    const rift_jackknifed of = {
        .measure = spread_of, .data = by, .less = NAN, .among = p->choices};
    rift_status status = rift_jackknife(scope, v, &part, people, &of, &r);
    r.test = "t of the jackknife over countries, adjusted for the years to choose from";
    if (status == RIFT_OK && !isnan(r.change)) {
        rift_claim_read(claim, &r);
    }
    free(part.keep);
    return status;
}

static rift_status read_all(const rift_scope *scope, const rift_variable *v,
                            const path *p, rift_claim *claim)
{
    const spread_by by[] = {{RIFT_SCALE_LEVEL, NAN}, {RIFT_SCALE_LOGIT, v->ceiling}};
    size_t n_scale = isnan(v->ceiling) ? 1 : 2;
    rift_status status = RIFT_OK;
    for (size_t k = 0; k < n_scale; k++) {
        for (int how = 0; how < rift_weightings_of(scope); how++) {
            for (int since = 0; status == RIFT_OK && since < 2; since++) {
                status = read_part(scope, v, p, since, &by[k], how, claim);
            }
        }
    }
    return status;
}

/* Whether the two parts of a pair of readings show what the path does. */
static bool pair_shows(const rift_claim *claim, size_t at, int shape)
{
    return rift_reading_way(&claim->reading[at]) == -shape &&
           rift_reading_way(&claim->reading[at + 1]) == shape;
}

/* Whether a reading goes, or shows that it goes, the other way. */
static bool goes_against(const rift_claim *claim, size_t at, int shape, bool shown)
{
    const rift_reading *r = &claim->reading[at];
    int way = shown ? rift_reading_way(r) : rift_reading_sign(r);
    return way == (at % 2 == 0 ? shape : -shape);
}

/* The first pair decides; the others may agree, differ or be silent. */
static void judge(rift_claim *claim, int shape)
{
    bool all = true, opposite = false, against = false;
    for (size_t at = 0; at < claim->n; at++) {
        all = all && (at % 2 == 1 || pair_shows(claim, at, shape));
        opposite = opposite || goes_against(claim, at, shape, true);
        against = against || goes_against(claim, at, shape, false);
    }
    bool lead = claim->n > 1 && pair_shows(claim, 0, shape);
    claim->accord = lead && opposite   ? RIFT_ACCORD_BUT
                    : !lead || against ? RIFT_ACCORD_NONE
                    : all              ? RIFT_ACCORD_ALL
                                       : RIFT_ACCORD_MOST;
    bool told = claim->accord == RIFT_ACCORD_ALL || claim->accord == RIFT_ACCORD_MOST;
    claim->standing = told ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN;
    if (!told) {
        rift_text_put(&claim->reason, opposite && lead
                                          ? "another reading shows no such turn"
                                      : lead ? "another reading goes the other way, "
                                               "though not clearly"
                                             : "the path turns, but not clearly");
    }
}

/* "grew until 2013 and have shrunk since", as far as a pair of readings shows it. */
static void say_halves(rift_text *out, const rift_claim *claim, size_t at)
{
    static const char *const before[] = {"shrank", NULL, "grew"}, *const after[] = {
                                                                      "shrunk", NULL,
                                                                      "grown"};
    int until = rift_reading_way(&claim->reading[at]);
    int since = rift_reading_way(&claim->reading[at + 1]);
    int year = claim->reading[at].year_last;
    if (until == 0 && since == 0) {
        rift_text_format(out, "did not clearly change before %d or since", year);
    } else if (until == 0) {
        rift_text_format(out, "did not clearly change until %d, and have %s since",
                         year, after[since + 1]);
    } else if (since == 0) {
        rift_text_format(out, "%s until %d, and have not clearly changed since",
                         before[until + 1], year);
    } else if (until == since) {
        rift_text_format(out, "%s throughout", before[until + 1]);
    } else {
        rift_text_format(out, "%s until %d and have %s since", before[until + 1], year,
                         after[since + 1]);
    }
}

/* What another pair of readings says where it does not show the same. */
static void say_pair(rift_text *out, const rift_claim *claim, const char *before,
                     const char *measure, const char *weighting, int shape)
{
    size_t at = 0;
    while (at < claim->n && (strcmp(claim->reading[at].measure, measure) != 0 ||
                             strcmp(claim->reading[at].weighting, weighting) != 0)) {
        at += 2;
    }
    if (at + 1 < claim->n && !pair_shows(claim, at, shape)) {
        rift_text_format(out, "; %s, they ", before);
        say_halves(out, claim, at);
    }
}

/* That the differences turned, where the readings agree; else what each shows. */
static void say_turn(const rift_ledger *ledger, const rift_variable *v, int shape,
                     rift_claim *claim)
{
    rift_text *out = &claim->sentence;
    rift_text people = {0}, limits = {0};
    bool told = claim->standing == RIFT_CLAIM_TOLD;
    if (told) {
        rift_text_format(out, "differences among %s %s", ledger->units,
                         claim->accord == RIFT_ACCORD_MOST ? "probably " : "");
    } else {
        rift_text_format(out,
                         "whether differences among %s turned depends on how they are "
                         "measured: counting each once, they ",
                         ledger->units);
    }
    say_halves(out, claim, 0);
    rift_text_format(&people, "counting people rather than %s", ledger->units);
    say_pair(out, claim, rift_text_string(&people), "standard deviation", "population",
             shape);
    rift_text_put(&limits, "allowing for the limits of 0 and ");
    rift_say_number(&limits, v->ceiling);
    say_pair(out, claim, rift_text_string(&limits), "standard deviation of logit",
             "unweighted", shape);
    rift_text_put(out, ".");
    rift_say_capital(out);
    out->failed = out->failed || people.failed || limits.failed;
    rift_text_free(&people);
    rift_text_free(&limits);
}

static void say_path(const rift_ledger *ledger, const rift_variable *v, const path *p,
                     int shape, rift_claim *claim)
{
    const rift_reading *until = &claim->reading[0], *since = &claim->reading[1];
    say_turn(ledger, v, shape, claim);
    rift_text_format(&claim->numbers,
                     "Standard deviation %.3g in %d, %.3g in %d, %.3g in %d",
                     until->value_first, until->year_first, until->value_last,
                     until->year_last, since->value_last, since->year_last);
    rift_say_unit(&claim->numbers, v, true);
    rift_text_format(&claim->numbers, ", in %zu of %zu %s with data %s.", p->both.n,
                     p->both.n_all, ledger->units,
                     p->every ? "for every year" : "for the first year and the last");
    rift_say_readings(&claim->method, claim);
}

static rift_status state_path(rift_ledger *ledger, const rift_scope *scope,
                              const rift_variable *variable)
{
    path p = {0};
    rift_claim claim = rift_claim_about(ledger, &rift_claim_path, variable);
    rift_status status = path_make(scope, &p) ? RIFT_OK : RIFT_ERR_MEMORY;
    status = status == RIFT_OK ? fill_path(scope, variable, &p) : status;
    size_t turn = 0;
    int shape = status == RIFT_OK ? rift_path_turn(p.year, p.spread, p.n, &turn) : 0;
    if (shape != 0) {
        p.turn = p.row[turn];
        p.choices = (double)(p.n - 2 * RIFT_TURN_LEAST);
        status = read_all(scope, variable, &p, &claim);
    }
    rift_status ended = RIFT_OK;
    if (status == RIFT_OK && claim.n > 1) {
        judge(&claim, shape);
        if (pair_shows(&claim, 0, shape)) {
            say_path(ledger, variable, &p, shape, &claim);
        } else {
            rift_text_free(&claim.reason);
            rift_claim_withhold(&claim,
                                "the differences turned about %d, but not clearly",
                                claim.reading[0].year_last);
            rift_say_readings(&claim.method, &claim);
        }
        ended = rift_claim_end(ledger, &claim);
    }
    path_free(&p);
    return status == RIFT_OK ? ended : status;
}

const rift_claim_kind rift_claim_path = {
    .name = "path",
    .topic = "turn of the divide",
    .group = "converge",
    .table = "sigma",
    .says =
        "in which year countries stopped drawing apart, or coming closer; only where "
        "a broken line describes the spread better than a straight one",
    .overturned = "other years",
    .missing = "data of those that are left out",
    .state = state_path,
};
