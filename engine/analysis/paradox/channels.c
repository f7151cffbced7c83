/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How it would come about: do investment, imports of equipment, bandwidth, researchers
   gather where gaps at home close, and leave the economies that are exposed to these?

   y_ct = 100 (ln v_ct / v_c,t-1 - ln m_t / m_t-1), the change of a channel in percent
   against the mean m of all economies with both years: a share of the total for
   amounts, a distance to the mean for rates. With k_it the points by which |gap at
   home| of a high-income economy i closed since the year before,

       home:    y_it = a_i + tau_t + b k_it + e,                       i high-income
       abroad:  y_jt = a_j + tau_t + b sum_i w_ij k_it / sum_i w_ij + e,   j the others

   a shift-share design: weights are the exposure of j, closings the shocks. Weights are
   of the last year before t that the file has for j, so that they do not answer to what
   is explained; j has a row where economies with half of its weight on high-income ones
   or more have a known k. What identifies b is that closings are as good as random, not
   weights (Borusyak, Hull and Jaravel 2022, Review of Economic Studies 89, 181), and
   errors of economies with like weights go together (Adao, Kolesar and Morales 2019,
   Quarterly Journal of Economics 134, 1949), which clusters by country do not see: the
   caveat says so. Without links all are exposed alike, and k is the same for all in a
   year: then there are no effects of years, and years are the clusters. */
#include "analysis/paradox/period.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOME, ABROAD, MODELS, LEAST_ROWS = 10, LEAST_SHOCKS = 3 };

/* Room, and what holds for all channels of a pair. */
typedef struct channels {
    const rift_scope *q;
    int8_t *rich;
    double *closing;  /* [year][country], NaN where it is not known */
    double *exposure; /* [year][country] of the others */
    double *sum;      /* [3][country]: all weight, known weight, weighted closing */
    int *year;        /* [country]: of the weights in use */
    rift_panel_row *row;
} channels;

/* A row of the table before all p values are known. */
typedef struct finding {
    const rift_variable *v;
    const rift_pair *pair;
    int model;
    rift_panel_fit fit;
    double adjusted; /* p value, Holm's */
} finding;

static bool channels_make(const rift_scope *q, channels *m)
{
    size_t n = q->result->panel.n_country, n_year = q->result->panel.n_year;
    *m = (channels){.q = q,
                    .rich = calloc(n + 1, 1),
                    .closing = calloc(n * n_year + 1, sizeof *m->closing),
                    .exposure = calloc(n * n_year + 1, sizeof *m->exposure),
                    .sum = calloc(3 * n + 1, sizeof *m->sum),
                    .year = calloc(n + 1, sizeof *m->year),
                    .row = calloc(n * n_year + 1, sizeof *m->row)};
    return m->rich && m->closing && m->exposure && m->sum && m->year && m->row;
}

static void channels_free(channels *m)
{
    free(m->rich);
    free(m->closing);
    free(m->exposure);
    free(m->sum);
    free(m->year);
    free(m->row);
}

/* Points by which gaps at home closed, of the rich of the first year. */
static rift_status fill_closing(channels *m, const rift_pair *pair)
{
    const rift_scope *q = m->q;
    size_t n = q->result->panel.n_country;
    rift_status status = rift_rich_of(q, q->first, m->rich);
    for (size_t i = 0; i < n * q->result->panel.n_year; i++) {
        m->closing[i] = m->exposure[i] = NAN;
    }
    for (size_t t = q->first + 1; status == RIFT_OK && t <= q->last; t++) {
        for (size_t c = 0; c < n; c++) {
            double closed = rift_home_gap(q, pair, RIFT_SCALE_LEVEL, t - 1, c) -
                            rift_home_gap(q, pair, RIFT_SCALE_LEVEL, t, c);
            m->closing[t * n + c] = m->rich[c] == 1 ? closed : NAN;
        }
    }
    return status;
}

/* Of a year, the mean of all closings for everybody. */
static void expose_alike(channels *m, size_t t)
{
    size_t n = m->q->result->panel.n_country;
    double sum = 0, count = 0;
    for (size_t c = 0; c < n; c++) {
        double closed = m->closing[t * n + c];
        sum += isnan(closed) ? 0 : closed;
        count += !isnan(closed);
    }
    for (size_t c = 0; c < n; c++) {
        m->exposure[t * n + c] = count >= LEAST_SHOCKS ? sum / count : NAN;
    }
}

/* Of a year, means of closings by the weights of the last year before it. */
static void expose_by_links(channels *m, size_t t)
{
    const rift_scope *q = m->q;
    size_t n = q->result->panel.n_country;
    double *all = m->sum, *known = all + n, *weighted = known + n;
    int before = q->result->panel.year[t] - 1;
    for (size_t c = 0; c < n; c++) {
        m->year[c] = -1;
        all[c] = known[c] = weighted[c] = 0;
    }
    for (size_t i = 0; i < q->n_link; i++) {
        const rift_link *link = &q->link[i];
        if (link->year <= before && link->year > m->year[link->to]) {
            m->year[link->to] = link->year;
        }
    }
    for (size_t i = 0; i < q->n_link; i++) {
        const rift_link *link = &q->link[i];
        double closed = m->closing[t * n + (size_t)link->from];
        if (link->year == m->year[link->to] && m->rich[link->from] == 1) {
            all[link->to] += link->weight;
            known[link->to] += isnan(closed) ? 0 : link->weight;
            weighted[link->to] += isnan(closed) ? 0 : link->weight * closed;
        }
    }
    for (size_t c = 0; c < n; c++) {
        bool enough = known[c] > 0 && known[c] >= all[c] / 2;
        m->exposure[t * n + c] = enough ? weighted[c] / known[c] : NAN;
    }
}

/* Changes in percent against the mean of all with both years. */
static void put_year(const channels *m, const rift_variable *v, int model, size_t t,
                     size_t *count)
{
    const rift_scope *q = m->q;
    size_t n = q->result->panel.n_country;
    const double *now = v->value + t * n, *then = now - n;
    const double *x = model == HOME ? m->closing : m->exposure;
    double sum[2] = {0};
    for (size_t c = 0; c < n; c++) {
        bool both = now[c] > 0 && then[c] > 0;
        sum[0] += both ? then[c] : 0;
        sum[1] += both ? now[c] : 0;
    }
    for (size_t c = 0; c < n; c++) {
        bool both = now[c] > 0 && then[c] > 0;
        if (!both || isnan(x[t * n + c]) || m->rich[c] != (model == HOME)) {
            continue;
        }
        bool by_year = model == ABROAD && !q->has_links;
        m->row[(*count)++] =
            (rift_panel_row){.country = (int32_t)c,
                             .year = (int32_t)t,
                             .cluster = (int32_t)(by_year ? t : c),
                             .y = 100 * (log(now[c] / then[c]) - log(sum[1] / sum[0])),
                             .x = x[t * n + c],
                             .lead = t < q->last ? x[(t + 1) * n + c] : NAN};
    }
}

static rift_status fit_channel(channels *m, finding *f)
{
    const rift_scope *q = m->q;
    size_t n = 0;
    for (size_t t = q->first + 1; t <= q->last; t++) {
        put_year(m, f->v, f->model, t, &n);
    }
    bool years = f->model == HOME || q->has_links;
    return n < LEAST_ROWS ? RIFT_ERR_DOMAIN
                          : rift_panel_regress(m->row, n, 0, years, q->replicates,
                                               q->seed, &f->fit);
}

/* Holm (1979): the k-th smallest of n p values times n - k + 1, never falling. */
static void adjust(finding *f, size_t n)
{
    double before = 0, last = -1;
    size_t done = 0;
    while (done < n) {
        double least = INFINITY;
        for (size_t i = 0; i < n; i++) {
            bool next = f[i].fit.wild_p > last && f[i].fit.wild_p < least;
            least = next ? f[i].fit.wild_p : least;
        }
        size_t ties = 0;
        before = fmin(1, fmax(before, least * (double)(n - done)));
        for (size_t i = 0; i < n; i++) {
            if (f[i].fit.wild_p == least) {
                f[i].adjusted = before;
                ties++;
            }
        }
        if (ties == 0) { /* no more numbers */
            break;
        }
        done += ties;
        last = least;
    }
}

static const char *conclusion_of(const finding *f)
{
    bool up = f->fit.b > 0;
    return !(f->adjusted < 0.05) ? "undecided"
           : f->model == HOME    ? (up ? "gathers" : "leaves")
                                 : (up ? "spreads" : "is drawn away");
}

static const char *caveat_of(const rift_scope *q, const finding *f)
{
    return f->fit.lead_p < 0.05
               ? "the placebo is significant too: do not read b as causal"
           : f->fit.n_cluster < 12 ? "few clusters"
           : f->model == ABROAD && q->has_links
               ? "economies with like links may err alike: p may be too small"
               : "";
}

static const char *const model_name[MODELS] = {"home", "abroad"};

static void put_finding(const rift_scope *q, const finding *f, rift_table *table)
{
    const rift_panel_fit *fit = &f->fit;
    double half = gsl_cdf_tdist_Pinv(0.975, (double)fit->n_cluster - 1) * fit->se;
    RIFT_ROW(table, RIFT_W(f->v->code), RIFT_W(f->pair->name),
             RIFT_W(model_name[f->model]),
             RIFT_W(f->model == HOME ? "own"
                    : q->has_links   ? "links"
                                     : "alike"),
             RIFT_N((double)fit->n), RIFT_N((double)fit->n_country),
             RIFT_N((double)fit->n_cluster), RIFT_N(fit->b), RIFT_N(fit->se),
             RIFT_N(fit->b - half), RIFT_N(fit->b + half), RIFT_N(fit->wild_p),
             RIFT_N(f->adjusted), RIFT_N(fit->lead_p), RIFT_W(conclusion_of(f)),
             RIFT_W(caveat_of(q, f)));
}

/* For a minister; the numbers follow. */
static void tell_finding(const finding *f, rift_text *summary)
{
    static const char *const sentence[MODELS][3] = {
        {"Growth in %s was faster where and when the gap at home closed faster",
         "Growth in %s was slower where and when the gap at home closed faster",
         "Whether growth in %s is faster where the gap at home closes cannot be "
         "decided "
         "from the data there are"},
        {"Growth in %s was faster in the other economies the more the gap closed in "
         "the "
         "high-income ones",
         "Growth in %s was slower in the other economies the more the gap closed in "
         "the "
         "high-income ones",
         "Whether growth in %s is slower in the other economies when the gap closes in "
         "the high-income ones cannot be decided from the data there are"}};
    const rift_panel_fit *fit = &f->fit;
    int which = !(f->adjusted < 0.05) ? 2 : fit->b > 0 ? 0 : 1;
    rift_text_format(summary, sentence[f->model][which], f->v->name);
    rift_text_format(
        summary,
        " (%s: %+.1f %% for each point; %zu changes in %zu economies; wild "
        "bootstrap, adjusted for all tests of this table, ",
        f->pair->name, fit->b, fit->n, fit->n_country);
    rift_scope_p(summary, f->adjusted);
    rift_text_put(summary, ").\n");
}

static void tell_begin(const rift_scope *q, rift_text *summary)
{
    rift_text_put(
        summary,
        "What would count for it: a channel grows faster than elsewhere where "
        "gaps at home close (home), and more slowly in the other economies the "
        "more they are exposed to these (abroad). What would count against it: "
        "the other way round. Anything else decides nothing.\n");
    if (!q->has_links) {
        rift_text_put(summary, "No file of links is given, so all other economies are "
                               "exposed alike: to the mean closing of the year.\n");
    }
}

/* Every channel, pair and model that data allow. */
static rift_status find_all(channels *m, finding *f, size_t *n, rift_text *summary)
{
    const rift_scope *q = m->q;
    rift_status status = RIFT_OK;
    *n = 0;
    for (size_t k = 0; status == RIFT_OK && k < q->n_pair; k++) {
        status = fill_closing(m, &q->pair[k]);
        for (size_t t = q->first + 1; status == RIFT_OK && t <= q->last; t++) {
            (q->has_links ? expose_by_links : expose_alike)(m, t);
        }
        for (size_t i = 0; status == RIFT_OK && i < q->n_channel * MODELS; i++) {
            finding one = {.v = &q->channel[i / MODELS],
                           .pair = &q->pair[k],
                           .model = (int)(i % MODELS)};
            status = fit_channel(m, &one);
            if (status == RIFT_OK) {
                f[(*n)++] = one;
            } else if (status == RIFT_ERR_DOMAIN) {
                rift_text_format(summary,
                                 "%s, %s, %s: too few changes of both to compare, or "
                                 "all alike.\n",
                                 one.v->name, one.pair->name, model_name[one.model]);
                status = RIFT_OK;
            }
        }
    }
    return status;
}

static rift_status follow_channels(const rift_scope *q, rift_table *table,
                                   rift_text *summary)
{
    channels m;
    size_t n = 0, most = q->n_channel * q->n_pair * MODELS;
    finding *f = calloc(most + 1, sizeof *f);
    rift_status status = channels_make(q, &m) && f ? RIFT_OK : RIFT_ERR_MEMORY;
    if (q->n_channel > 0 && q->n_pair > 0) {
        tell_begin(q, summary);
    }
    status = status == RIFT_OK ? find_all(&m, f, &n, summary) : status;
    if (status == RIFT_OK) {
        adjust(f, n);
    }
    for (size_t i = 0; status == RIFT_OK && i < n; i++) {
        put_finding(q, &f[i], table);
        tell_finding(&f[i], summary);
    }
    if (n > 0) {
        rift_text_put(summary,
                      "Growth is against the mean of all economies; values of 0 "
                      "and below have none. The high-income economies are those of ");
        rift_rich_text(q, summary);
        rift_text_put(summary, ". Going together is not causation.");
    }
    channels_free(&m);
    free(f);
    return status;
}

static const rift_column_info column[] = {
    {"channel", RIFT_KIND_CODE, 0, "", "series that may be drawn to where gaps close"},
    RIFT_COLUMN_PAIR,
    {"model", RIFT_KIND_CODE, 0, "",
     "home: high-income economies, on the closing of their own gap at home; abroad: "
     "the "
     "others, on the closings that they are exposed to"},
    {"exposure", RIFT_KIND_WORD, 0, "",
     "own; links: weighted by the file of links; alike: the mean of the year"},
    RIFT_COLUMN_N_VALUES,
    RIFT_COLUMN_N_COUNTRIES,
    {"n_clusters", RIFT_KIND_COUNT, 0, "clusters",
     "countries, or of exposure alike years, within which errors may depend on each "
     "other"},
    {"b", RIFT_KIND_NUMBER, 4, "",
     "growth of the channel against the mean of all, in percent, for each point by "
     "which "
     "the gap closed"},
    RIFT_COLUMN_STANDARD_ERROR(4),
    RIFT_COLUMN_CI_LOW(4),
    RIFT_COLUMN_CI_HIGH(4),
    {"wild_p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of so large a b by chance, by the wild cluster bootstrap"},
    {"adjusted_p_value", RIFT_KIND_NUMBER, 4, "",
     "the same, adjusted for all tests of this table (Holm 1979); the conclusion goes "
     "by "
     "it"},
    {"lead_p_value", RIFT_KIND_NUMBER, 4, "",
     "probability of next year's closing by chance, a placebo"},
    {"conclusion", RIFT_KIND_WORD, 0, "",
     "home: gathers or leaves where gaps close; abroad: is drawn away or spreads; "
     "undecided"},
    {"caveat", RIFT_KIND_WORD, 0, "", "reason for caution"},
};

const rift_analysis rift_analysis_channels = {
    .group = "paradox",
    .reference =
        "Borusyak, Hull and Jaravel (2022); Cameron, Gelbach and Miller (2008)",
    .n_table = 1,
    .table =
        &(const rift_table_form){
            "channels", "do investment and the like gather where gaps at home close",
            column, RIFT_COUNT_OF(column),
            "series of investment, imports of equipment, bandwidth, researchers or the "
            "like, named by 'channels', and a pair of series of groups of people, with "
            "ten changes from year to year of both"},
    .run = follow_channels,
};
