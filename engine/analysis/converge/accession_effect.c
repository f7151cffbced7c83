/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What joining a group did to those who joined, year by year: Callaway and Sant'Anna
   (2021), with those who never joined to compare with. Not by two-way fixed effects,
   which compare with those who joined before. */
#include "analysis/analysis.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_OTHERS = 5 };

/* A variable, a grouping, and who joined it when. */
typedef struct joining {
    const rift_scope *q;
    const rift_variable *v;
    size_t by;
    int32_t *since; /* [country] row of the year in which it joined; -1 never, -2 before
                       the first year: of no use */
    size_t n_effect;
    struct effect {
        size_t since, year;
        double att, share; /* share: of countries that joined in that year */
        size_t n_joined, n_other;
    } * effect;
    double *influence; /* [effect][country] */
    double *change, *x, *own;
    uint8_t *joined;
    int32_t *country;
} joining;

static bool joining_make(const rift_scope *q, joining *j)
{
    size_t n = q->result->panel.n_country + 1, n_year = q->last - q->first + 1;
    j->since = calloc(2 * n, sizeof *j->since);
    j->country = j->since ? j->since + n : NULL;
    j->effect = calloc(n_year * n_year + 1, sizeof *j->effect);
    j->influence = calloc(n_year * n_year * n + 1, sizeof *j->influence);
    j->change = calloc(n * (q->n_control + 3), sizeof *j->change);
    j->own = j->change ? j->change + n : NULL;
    j->x = j->change ? j->change + 2 * n : NULL;
    j->joined = calloc(n, 1);
    return j->since && j->effect && j->influence && j->change && j->joined;
}

static void joining_free(joining *j)
{
    free(j->since);
    free(j->effect);
    free(j->influence);
    free(j->change);
    free(j->joined);
}

/* False where nobody joined, or nobody stayed out. */
static bool who_joined(joining *j)
{
    const rift_scope *q = j->q;
    size_t n_joined = 0, n_never = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        j->since[c] = -1;
        for (size_t t = q->first; j->since[c] == -1 && t <= q->last; t++) {
            if (rift_groups_of_row(&q->result->groups, j->by, t)[c] >= 0) {
                j->since[c] = t == q->first ? -2 : (int32_t)t;
            }
        }
        n_joined += j->since[c] >= 0;
        n_never += j->since[c] == -1;
    }
    return n_joined > 0 && n_never >= LEAST_OTHERS;
}

/* Those who joined in a year and those who never did, with values at both ends and
   covariates in the year before joining. */
static size_t gather(joining *j, size_t since, size_t from, size_t to, size_t *n_joined)
{
    const rift_scope *q = j->q;
    size_t k = 1 + q->n_control, n = 0;
    *n_joined = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        bool own = j->since[c] == (int32_t)since;
        double a = rift_value_at(q, j->v, from, c), b = rift_value_at(q, j->v, to, c);
        bool good = (own || j->since[c] == -1) && !isnan(a) && !isnan(b);
        j->x[n * k] = 1;
        for (size_t i = 0; good && i < q->n_control; i++) {
            double z = rift_value_at(q, &q->control[i], since - 1, c);
            z = isnan(q->control[i].ceiling) ? (z > 0 ? log(z) : NAN) : z;
            j->x[n * k + 1 + i] = z;
            good = !isnan(z);
        }
        if (good) {
            j->change[n] = b - a;
            j->joined[n] = own;
            j->country[n++] = (int32_t)c;
            *n_joined += own;
        }
    }
    return n;
}

/* Influence of the only one who joined, of whom nothing says how far its change lies
   from what could be expected: as far as those of the others do. Conley and Taber
   (2011). */
static double alone(const joining *j, size_t n)
{
    double square = 0, others = (double)n - 1;
    for (size_t i = 0; i < n; i++) {
        square += j->joined[i] ? 0 : j->own[i] * j->own[i];
    }
    double residual = others / (double)n; /* of influence */
    return (double)n *
           sqrt(square * residual * residual / (others - 1 - (double)j->q->n_control));
}

/* One effect: of those who joined in a year, in another; against the year before they
   joined, or, earlier, against the year before that. */
static rift_status one_effect(joining *j, size_t since, size_t year)
{
    const rift_scope *q = j->q;
    size_t n_country = q->result->panel.n_country, n_joined;
    size_t from = year >= since ? since - 1 : year - 1;
    size_t n = gather(j, since, from, year, &n_joined);
    if (n_joined == 0 || n < n_joined + LEAST_OTHERS) {
        return RIFT_OK;
    }
    struct effect *e = &j->effect[j->n_effect];
    rift_status status = rift_joining_effect(j->change, j->joined, j->x, n,
                                             1 + q->n_control, &e->att, j->own);
    if (status != RIFT_OK) {
        return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
    }
    e->since = since;
    e->year = year;
    e->n_joined = n_joined;
    e->n_other = n - n_joined;
    double *influence = j->influence + j->n_effect * n_country;
    memset(influence, 0, n_country * sizeof *influence);
    for (size_t i = 0; i < n; i++) { /* of all countries, not only these */
        double own = j->own[i];
        if (n_joined == 1 && j->joined[i]) {
            own = alone(j, n);
        }
        influence[j->country[i]] = own * (double)n_country / (double)n;
    }
    j->n_effect++;
    return RIFT_OK;
}

static rift_status all_effects(joining *j)
{
    const rift_scope *q = j->q;
    rift_status status = RIFT_OK;
    j->n_effect = 0;
    for (size_t since = q->first + 1; since <= q->last; since++) {
        bool any = false;
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            any = any || j->since[c] == (int32_t)since;
        }
        for (size_t t = q->first + 1; any && status == RIFT_OK && t <= q->last; t++) {
            status = one_effect(j, since, t);
        }
    }
    for (size_t i = 0; i < j->n_effect; i++) {
        double n = 0;
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            n += j->since[c] == (int32_t)j->effect[i].since;
        }
        j->effect[i].share = n / (double)q->result->panel.n_country;
    }
    return status;
}

/* An effect with its error: by the influence function, and corrected. */
typedef struct estimate {
    double effect, plain, se, df;
} estimate;

/* Adds to the variance what the n countries of a group bring, and to `of_df` its square
   over the degrees of freedom. */
static void add_group(double square, double n, double lost, double others,
                      double *variance, double *of_df)
{
    bool single = n - lost < 1;
    double own = single ? square : square * n / (n - lost);
    *variance += own;
    *of_df += own * own / (single ? others : n - lost);
}

/* Error from the influence of each country. Those who joined in a year, and those who
   never did, each have a variance of their own, with as many degrees of freedom less as
   were used; those of the sum are Satterthwaite's. Without covariates and with one year
   of joining this is Welch's test (1947), which holds its level with few that joined:
   Imbens and Kolesar (2016). */
static void put_error(const joining *j, const double *influence, estimate *out)
{
    const rift_scope *q = j->q;
    double n = (double)q->result->panel.n_country, k = 1 + (double)q->n_control;
    double square = 0, others = 0, variance = 0, of_df = 0, all = 0;
    for (size_t c = 0; c < q->result->panel.n_country; c++) {
        square += j->since[c] < 0 ? influence[c] * influence[c] : 0;
        others += j->since[c] == -1 && influence[c] != 0;
        all += influence[c] * influence[c];
    }
    add_group(square, others, k, fmax(others - k, 1), &variance, &of_df);
    for (size_t t = q->first; t <= q->last; t++) {
        double own = 0, joined = 0;
        for (size_t c = 0; c < q->result->panel.n_country; c++) {
            bool in = j->since[c] == (int32_t)t && influence[c] != 0;
            own += in ? influence[c] * influence[c] : 0;
            joined += in;
        }
        if (joined > 0) {
            add_group(own, joined, 1, fmax(others - k, 1), &variance, &of_df);
        }
    }
    out->plain = sqrt(all) / n;
    out->se = sqrt(variance) / n;
    out->df = of_df > 0 ? variance * variance / of_df : NAN;
}

/* p of no effect. */
static double p_of(const estimate *e)
{
    return e->se > 0 ? 2 * gsl_cdf_tdist_Q(fabs(e->effect / e->se), e->df) : NAN;
}

/* Half of the interval. */
static double half_of(const estimate *e)
{
    return e->se > 0 ? gsl_cdf_tdist_Pinv(0.975, e->df) * e->se : NAN;
}

static void put_effect(const joining *j, const char *kind, double since, double at,
                       const estimate *e, const struct effect *own, rift_table *table)
{
    double half = half_of(e);
    RIFT_ROW(table, RIFT_W(j->v->code), RIFT_W(j->q->result->groups.grouping[j->by]),
             RIFT_W(kind), RIFT_N(since), RIFT_N(at), RIFT_N(e->effect),
             RIFT_N(e->plain), RIFT_N(e->se), RIFT_N(e->df), RIFT_N(e->effect - half),
             RIFT_N(e->effect + half), RIFT_N(p_of(e)),
             RIFT_N(own ? (double)own->n_joined : NAN),
             RIFT_N(own ? (double)own->n_other : NAN));
}

/* Whether an effect belongs to a mean: at so many years after joining, or to all from
   joining on. */
static bool belongs(const struct effect *e, bool overall, int after)
{
    int own = (int)e->year - (int)e->since;
    return overall ? own >= 0 : own == after;
}

/* Effects of one joining year in the mean: theirs are averaged first. */
static double peers(const joining *j, size_t i, bool overall, int after)
{
    double n = 0;
    for (size_t k = 0; k < j->n_effect; k++) {
        n += j->effect[k].since == j->effect[i].since &&
             belongs(&j->effect[k], overall, after);
    }
    return n;
}

/* Mean over the years of joining, by how many joined; its error holds that of the
   weights too. Callaway and Sant'Anna (2021), table 1 and section 4.2. */
static bool mean_effect(joining *j, bool overall, int after, estimate *out)
{
    size_t n_country = j->q->result->panel.n_country;
    double all = 0, mean = 0;
    memset(j->own, 0, n_country * sizeof *j->own);
    for (size_t i = 0; i < j->n_effect; i++) {
        if (belongs(&j->effect[i], overall, after)) {
            double n = peers(j, i, overall, after);
            all += j->effect[i].share / n;
            mean += j->effect[i].share / n * j->effect[i].att;
        }
    }
    if (!(all > 0)) {
        return false;
    }
    mean /= all;
    for (size_t i = 0; i < j->n_effect; i++) {
        const struct effect *e = &j->effect[i];
        if (!belongs(e, overall, after)) {
            continue;
        }
        double n = peers(j, i, overall, after);
        for (size_t c = 0; c < n_country; c++) {
            double in = j->since[c] == (int32_t)e->since;
            j->own[c] += e->share / all / n * j->influence[i * n_country + c] +
                         (in - e->share) / all / n * (e->att - mean);
        }
    }
    out->effect = mean;
    put_error(j, j->own, out);
    return true;
}

static void put_all(joining *j, rift_table *table, rift_text *summary)
{
    const rift_scope *q = j->q;
    double before = 0, earlier = 0;
    estimate own;
    for (size_t i = 0; i < j->n_effect; i++) {
        const struct effect *e = &j->effect[i];
        own.effect = e->att;
        put_error(j, j->influence + i * q->result->panel.n_country, &own);
        put_effect(j, "group-time", rift_year_of(q, e->since), rift_year_of(q, e->year),
                   &own, e, table);
    }
    int span = (int)(q->last - q->first);
    for (int after = -span; after <= span; after++) {
        if (mean_effect(j, false, after, &own)) {
            put_effect(j, "years-after", NAN, after, &own, NULL, table);
            earlier += after < 0 && own.se > 0;
            before += after < 0 && p_of(&own) < 0.05;
        }
    }
    if (mean_effect(j, true, 0, &own)) {
        double half = half_of(&own);
        put_effect(j, "overall", NAN, NAN, &own, NULL, table);
        rift_text_format(summary,
                         "%s, %s: those who joined changed by %+.3g against those who "
                         "never did",
                         j->v->name, q->result->groups.grouping[j->by], own.effect);
        if (isnan(half)) {
            rift_text_put(summary, ", without an error");
        } else {
            rift_text_format(summary, " (95 %%: %+.3g to %+.3g)", own.effect - half,
                             own.effect + half);
        }
        rift_text_format(summary,
                         "; before joining %.0f of %.0f years differ at 95 %%.\n",
                         before, earlier);
    }
}

static rift_status run_joining(const rift_scope *q, rift_table *table,
                               rift_text *summary)
{
    joining j = {.q = q};
    rift_status status = joining_make(q, &j) ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; i < q->n_variable; i++) {
        j.v = &q->variable[i];
        for (size_t k = 0; j.v->main && status == RIFT_OK && k < q->n_by; k++) {
            j.by = q->by[k];
            if (who_joined(&j)) {
                status = all_effects(&j);
                put_all(&j, table, summary);
            }
        }
    }
    joining_free(&j);
    rift_text_put(summary,
                  table->n_row > 0
                      ? "Countries do not join at random, and the whole region may "
                        "have moved: look at the years before joining first."
                      : "No country joined a group in these years while at least five "
                        "stayed out; groups need a file "
                        "of members by year.");
    return status;
}

static const rift_column_info column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_GROUPING,
    {"kind", RIFT_KIND_WORD, 0, "",
     "group-time (those who joined in a year, in a year), years-after (mean so many "
     "years after joining), or overall"},
    {"joined", RIFT_KIND_YEAR, 0, "", "year in which they joined"},
    {"at", RIFT_KIND_NUMBER, 0, "",
     "year of the effect; of years-after: years since joining, below 0 before it"},
    {"effect", RIFT_KIND_NUMBER, 3, "",
     "change of those who joined, less that of those who never did"},
    RIFT_COLUMN_STANDARD_ERROR(3),
    {"standard_error_corrected", RIFT_KIND_NUMBER, 3, "",
     "the same, corrected for how few joined; the interval and p are by it"},
    {"df", RIFT_KIND_NUMBER, 1, "", "degrees of freedom of its t (Welch 1947)"},
    RIFT_COLUMN_CI_LOW(3),
    RIFT_COLUMN_CI_HIGH(3),
    RIFT_COLUMN_P_VALUE(4),
    {"n_joined", RIFT_KIND_COUNT, 0, "countries", "countries that joined"},
    {"n_others", RIFT_KIND_COUNT, 0, "countries", "countries that never did"},
};

const rift_analysis rift_analysis_accession_effect = {
    .group = "converge",
    .reference = "Callaway and Sant'Anna (2021); Sant'Anna and Zhao (2020); Imbens and "
                 "Kolesar (2016)",
    .n_table = 1,
    .table = &(
        const rift_table_form){"accession-effect",
                               "what joining a group did, against those who "
                               "never joined",
                               column, RIFT_COUNT_OF(column),
                               "a grouping whose members change, a country that joined "
                               "a group in these years, and five that stayed out"},
    .run = run_joining,
};
