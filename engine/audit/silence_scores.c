/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of the total where a series is left out, imputed, or at a bound: normalised
   scores are changed in a copy of the year, and put together again. */
#include "audit/silence.h"

#include "core/diag.h"
#include "rift/method.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* With more siblings a covariance of them all is too dear, and seldom known. */
enum { SIBLINGS = 40 };

int rift_silence_compares(const rift_index *index)
{
    for (size_t p = 0; p < index->n_node; p++) {
        const rift_node *node = &index->node[p];
        if (node->series < 0 && (node->rescale || node->aggregate.method->compares)) {
            return (int)p;
        }
    }
    return -1;
}

bool rift_silence_alloc(const rift_audit *audit, rift_silence *silence)
{
    size_t n = audit->n_country + 1;
    *silence = (rift_silence){.audit = audit,
                              .has = calloc(n, sizeof *silence->has),
                              .imputed = calloc(n, sizeof *silence->imputed),
                              .parent = calloc(n, sizeof *silence->parent)};
    bool good = silence->has && silence->imputed && silence->parent;
    for (size_t k = 0; k < RIFT_SILENCE_CASES; k++) {
        silence->score[k] = calloc(n, sizeof *silence->score[k]);
        good = good && silence->score[k];
    }
    return good;
}

void rift_silence_free(rift_silence *silence)
{
    free(silence->has);
    free(silence->imputed);
    free(silence->parent);
    for (size_t k = 0; k < RIFT_SILENCE_CASES; k++) {
        free(silence->score[k]);
    }
    *silence = (rift_silence){0};
}

/* Whether a country has a value of a series, its own in whatever year. */
static bool has_value(const rift_audit *audit, size_t series, size_t country)
{
    size_t at = rift_result_at(audit->result, series, audit->year) + country;
    const rift_scores *scores = &audit->result->scores;
    return !isnan(scores->normalised[at]) && scores->origin[at] != RIFT_IMPUTED;
}

/* Leaves under a node that take part; their number. */
static size_t leaves_under(const rift_audit *audit, int parent, size_t *leaf)
{
    size_t n = 0;
    for (size_t i = 1; i < audit->index.n_node; i++) {
        bool own = audit->index.node[i].parent == parent;
        if (own && audit->index.node[i].series >= 0 &&
            rift_audit_takes_part(audit, i)) {
            leaf[n++] = i;
        }
    }
    return n;
}

/* Scores that countries have in some leaves, as a panel of one year. */
typedef struct siblings {
    size_t n;
    size_t leaf[SIBLINGS];
    const char *code[SIBLINGS];
    double *value[SIBLINGS], *error[SIBLINGS];
    uint8_t *origin[SIBLINGS];
    int8_t *age[SIBLINGS];
    double *number; /* room behind these */
    uint8_t *byte;
} siblings;

static bool siblings_fill(const rift_audit *audit, siblings *of)
{
    size_t n = audit->n_country, year = audit->year;
    of->number = calloc(2 * of->n * n + 1, sizeof *of->number);
    of->byte = calloc(2 * of->n * n + 1, 1);
    for (size_t k = 0; of->number && of->byte && k < of->n; k++) {
        size_t series = (size_t)audit->index.node[of->leaf[k]].series;
        of->code[k] = audit->index.node[of->leaf[k]].code;
        of->value[k] = of->number + 2 * k * n;
        of->error[k] = of->value[k] + n;
        of->origin[k] = of->byte + 2 * k * n;
        of->age[k] = (int8_t *)of->origin[k] + n;
        for (size_t c = 0; c < n; c++) {
            size_t at = rift_result_at(audit->result, series, year) + c;
            bool has = has_value(audit, series, c);
            of->value[k][c] = has ? audit->result->scores.normalised[at] : NAN;
            of->origin[k][c] = has ? RIFT_OBSERVED : RIFT_ABSENT;
        }
    }
    return of->number && of->byte;
}

/* What `em` makes of the gaps of a series from those under the same node, in the year
   alone; never beyond the scores that countries have in it. Where the method fails, and
   where a country has no sibling, the gap stays. */
static rift_status impute(rift_silence *s)
{
    const rift_audit *audit = s->audit;
    size_t *leaf = calloc(audit->index.n_node + 1, sizeof *leaf), which = 0;
    for (size_t c = 0; c < audit->n_country; c++) {
        s->imputed[c] = NAN;
    }
    if (!leaf) {
        return RIFT_ERR_MEMORY;
    }
    siblings of = {.n = leaves_under(audit, audit->index.node[s->node].parent, leaf)};
    bool enough = of.n > 1 && of.n <= SIBLINGS;
    for (size_t k = 0; enough && k < of.n; k++) {
        of.leaf[k] = leaf[k];
        which = leaf[k] == s->node ? k : which;
    }
    free(leaf);
    if (!enough) {
        return RIFT_OK;
    }
    rift_impute_panel panel = {.n_series = of.n,
                               .n_year = 1,
                               .n_country = audit->n_country,
                               .code = of.code,
                               .value = of.value,
                               .origin = of.origin,
                               .age = of.age,
                               .error = of.error};
    const rift_imputation *em = rift_imputation_find("em");
    const rift_impute_choice how = {.method = em};
    rift_status status = siblings_fill(audit, &of) ? em->apply(&panel, &which, 1, &how)
                                                   : RIFT_ERR_MEMORY;
    for (size_t c = 0; status == RIFT_OK && c < audit->n_country; c++) {
        bool filled = of.origin[which][c] == RIFT_IMPUTED;
        s->imputed[c] = filled ? fmin(fmax(of.value[which][c], s->low), s->high) : NAN;
    }
    free(of.number);
    free(of.byte);
    return status == RIFT_ERR_MEMORY ? status : RIFT_OK;
}

/* Set a series to what a case takes it to be, in the copy of the year. What siblings
   had filled is empty again, so that it is filled anew. */
static void set_case(const rift_silence *s, rift_silence_case which)
{
    const rift_audit *audit = s->audit;
    const rift_scores *from = &audit->result->scores;
    rift_scores *to = audit->again;
    size_t n = audit->n_country, own = (size_t)audit->index.node[s->node].series;
    for (size_t k = 0; k < audit->index.n_series; k++) {
        size_t at = rift_result_at(audit->result, k, audit->year);
        for (size_t c = 0; c < n; c++) {
            bool by_siblings =
                isnan(from->treated[at + c]) && from->origin[at + c] == RIFT_IMPUTED;
            to->normalised[k * n + c] = by_siblings ? NAN : from->normalised[at + c];
            to->treated[k * n + c] = from->treated[at + c];
            to->origin[k * n + c] = from->origin[at + c];
        }
    }
    for (size_t c = 0; c < n; c++) {
        if (which == RIFT_SILENCE_IGNORED || !s->has[c]) {
            to->treated[own * n + c] = NAN;
            to->origin[own * n + c] = RIFT_ABSENT;
            to->normalised[own * n + c] = which == RIFT_SILENCE_IGNORED ? NAN
                                          : which == RIFT_SILENCE_IMPUTED
                                              ? s->imputed[c]
                                          : which == RIFT_SILENCE_LOW ? s->low
                                                                      : s->high;
        }
    }
    memcpy(to->screened_out, from->screened_out, from->n_series);
}

static rift_status score_case(rift_silence *s, rift_silence_case which)
{
    const rift_audit *audit = s->audit;
    const rift_chain chain = {.index = &audit->index, .panel = &audit->result->panel};
    size_t n = audit->n_country, up = (size_t)audit->index.node[s->node].parent;
    rift_diag diag = {0};
    set_case(s, which);
    for (size_t c = 0; c < n; c++) { /* reasons are found anew */
        size_t at = audit->year * n + c;
        audit->again->exclusion[c] = audit->result->scores.exclusion[at];
    }
    rift_status status = rift_compute_from(&chain, "aggregate", &diag, audit->again);
    rift_diag_free(&diag);
    if (status == RIFT_OK) {
        memcpy(s->score[which], audit->again->score, n * sizeof(double));
    }
    if (status == RIFT_OK && which == RIFT_SILENCE_IGNORED) {
        memcpy(s->parent, audit->again->score + up * n, n * sizeof(double));
    }
    return status;
}

rift_status rift_silence_score(rift_silence *s, size_t node)
{
    const rift_audit *audit = s->audit;
    size_t series = (size_t)audit->index.node[node].series;
    s->node = node;
    s->low = s->high = NAN;
    for (size_t c = 0; c < audit->n_country; c++) {
        s->has[c] = has_value(audit, series, c);
        double score = s->has[c] ? rift_audit_score(audit, node)[c] : NAN;
        s->low = fmin(s->low, score); /* of NaN and a number the number */
        s->high = fmax(s->high, score);
    }
    rift_status status = impute(s);
    for (size_t k = 0; status == RIFT_OK && k < RIFT_SILENCE_CASES; k++) {
        status = score_case(s, (rift_silence_case)k);
    }
    for (size_t c = 0; c < audit->n_country; c++) { /* not imputed: not ignored */
        bool none = !s->has[c] && isnan(s->imputed[c]);
        s->score[RIFT_SILENCE_IMPUTED][c] =
            none ? NAN : s->score[RIFT_SILENCE_IMPUTED][c];
    }
    return status;
}

double rift_silence_place(const rift_audit *audit, size_t country, double score)
{
    const double *own = rift_audit_score(audit, 0), *rank = rift_audit_ranks(audit, 0);
    const rift_ranking *method = audit->index.ranking;
    bool mean = method && method->shares_mean;
    double near = rift_tie_tolerance(own, audit->n_country), place = 1;
    for (size_t c = 0; c < audit->n_country; c++) {
        if (c != country && rank[c] > 0) {
            bool equal = fabs(own[c] - score) <= near;
            place += equal ? (mean ? 0.5 : 0) : own[c] > score;
        }
    }
    return isnan(score) ? NAN : place;
}
