/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who moves up or down: classes and the chain between them, and the density of the next
   value given this one. Quah (1993, 1997). */
#include "analysis/converge/kernel.h"
#include "analysis/converge/moves.h"
#include "uncertainty/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DRAWS = 200, INDICES = 5 };

static void total_of(const rift_moves *chain, double count[RIFT_CLASSES * RIFT_CLASSES])
{
    for (int i = 0; i < RIFT_CLASSES * RIFT_CLASSES; i++) {
        count[i] = chain->count[0][i] + chain->count[1][i];
    }
}

/* Standard errors of the indices: countries resampled with all their moves, from
   classes that stay. */
static rift_status mobility_errors(const rift_scope *q, const rift_moves *chain,
                                   double se[INDICES])
{
    size_t n = q->result->panel.n_country;
    double sum[INDICES] = {0}, square[INDICES] = {0}, done = 0;
    double p[RIFT_CLASSES * RIFT_CLASSES], pi[RIFT_CLASSES];
    uint32_t *word = calloc(2 * n + 2, sizeof *word);
    uint16_t *often = calloc(n + 1, sizeof *often);
    rift_status status = word && often ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t r = 0; status == RIFT_OK && r < DRAWS; r++) {
        double count[RIFT_CLASSES * RIFT_CLASSES] = {0};
        rift_mobility m;
        rift_bootstrap_draw(q->seed, r, n, word, often);
        for (size_t c = 0; c < n; c++) {
            for (size_t k = 0; often[c] > 0 && k < RIFT_CLASSES * RIFT_CLASSES; k++) {
                count[k] += often[c] * chain->own[c * RIFT_CLASSES * RIFT_CLASSES + k];
            }
        }
        status = rift_markov(count, RIFT_CLASSES, NULL, p, pi, &m);
        const double index[INDICES] = {m.shorrocks_trace, m.shorrocks_determinant,
                                       m.sommers_conlisk, m.unconditional_leaving,
                                       m.bartholomew};
        bool good = status == RIFT_OK;
        for (int k = 0; good && k < INDICES; k++) {
            good = !isnan(index[k]);
        }
        for (int k = 0; good && k < INDICES; k++) {
            sum[k] += index[k];
            square[k] += index[k] * index[k];
        }
        done += good;
    }
    for (int k = 0; k < INDICES; k++) {
        double variance = (square[k] - sum[k] * sum[k] / done) / (done - 1);
        se[k] = done > 1 ? sqrt(fmax(0, variance)) : NAN;
    }
    free(word);
    free(often);
    return status;
}

/* What is estimated from a chain's moves. */
typedef struct markov {
    double count[RIFT_CLASSES * RIFT_CLASSES], p[RIFT_CLASSES * RIFT_CLASSES],
        pi[RIFT_CLASSES];
    rift_mobility m;
} markov;

/* What can be said of a chain: some classes may be empty, and it may lead nowhere. */
static void tell_mobility(const rift_variable *v, const markov *of, rift_text *summary)
{
    double low = 100 * of->p[0], high = 100 * of->p[RIFT_CLASSES * RIFT_CLASSES - 1];
    if (isnan(low) || isnan(high)) {
        rift_text_format(summary, "%s: not every fifth has countries.\n", v->name);
        return;
    }
    rift_text_format(summary,
                     "%s: in a year %.0f of 100 countries of the lowest fifth stay "
                     "there, and %.0f of the highest (",
                     v->name, low, high);
    bool ends_apart = isnan(of->pi[0]);
    if (ends_apart) {
        rift_text_put(summary, "the chain has no ergodic distribution to near).\n");
    } else if (isnan(of->m.half_life)) {
        rift_text_put(summary, "the chain goes round and does not near its ergodic "
                               "distribution).\n");
    } else {
        rift_text_format(
            summary, "half of the way to the ergodic distribution takes %.0f years).\n",
            of->m.half_life);
    }
}

static const char *classes_name(const rift_moves *chain)
{
    return chain->yearly ? "yearly" : "pooled";
}

static rift_status put_mobility(const rift_scope *q, const rift_variable *v,
                                const rift_moves *chain, const markov *of,
                                rift_table *table, rift_text *summary)
{
    const rift_mobility *m = &of->m;
    double se[INDICES];
    rift_status status = mobility_errors(q, chain, se);
    if (status != RIFT_OK) {
        return status;
    }
    if (isnan(of->pi[0])) { /* no index of it, and no error of none */
        se[3] = se[4] = NAN;
    }
    RIFT_CELLS(table, RIFT_W(v->code), RIFT_N((double)chain->n_move),
               RIFT_N(m->shorrocks_trace), RIFT_N(se[0]),
               RIFT_N(m->shorrocks_determinant), RIFT_N(se[1]),
               RIFT_N(m->sommers_conlisk), RIFT_N(se[2]),
               RIFT_N(m->unconditional_leaving), RIFT_N(se[3]), RIFT_N(m->bartholomew),
               RIFT_N(se[4]), RIFT_N(m->half_life));
    for (int k = 0; k < RIFT_CLASSES; k++) {
        rift_table_number(table, of->pi[k]);
    }
    RIFT_CELLS(table, RIFT_W(classes_name(chain)));
    rift_table_end_row(table);
    tell_mobility(v, of, summary);
    return RIFT_OK;
}

static void put_transitions(const rift_scope *q, const rift_variable *v,
                            const rift_moves *chain, const markov *of,
                            rift_table *table)
{
    const double *bound = chain->bound + q->first * (RIFT_CLASSES - 1);
    for (int i = 0; i < RIFT_CLASSES; i++) {
        for (int j = 0; j < RIFT_CLASSES; j++) {
            RIFT_ROW(table, RIFT_W(v->code), RIFT_N(i + 1.0), RIFT_N(j + 1.0),
                     RIFT_N(chain->yearly ? NAN
                            : i > 0       ? bound[i - 1]
                                          : 0),
                     RIFT_N(i < RIFT_CLASSES - 1 && !chain->yearly ? bound[i] : NAN),
                     RIFT_N(of->count[i * RIFT_CLASSES + j]),
                     RIFT_N(of->p[i * RIFT_CLASSES + j]), RIFT_W(classes_name(chain)));
        }
    }
}

static rift_status put_homogeneity(const rift_scope *q, const rift_variable *v,
                                   const rift_moves *chain, rift_table *table,
                                   rift_text *summary)
{
    double chi2, df, p, middle = rift_year_of(q, (q->first + q->last) / 2);
    rift_status status =
        rift_markov_homogeneity(chain->count[0], 2, RIFT_CLASSES, &chi2, &df, &p);
    if (status == RIFT_OK) {
        RIFT_ROW(table, RIFT_W(v->code), RIFT_N(rift_year_of(q, q->first)),
                 RIFT_N(middle), RIFT_N(rift_year_of(q, q->last)), RIFT_N(chi2),
                 RIFT_N(df), RIFT_N(p));
        if (isnan(p)) {
            rift_text_format(summary,
                             "%s: moves before and after %.0f cannot be compared, for "
                             "there are too few.\n",
                             v->name, middle);
            return status;
        }
        rift_text_format(
            summary,
            "%s: %safter %.0f countries moved between the fifths otherwise "
            "than before (",
            v->name, p < 0.05 ? "" : "nothing shows that ", middle);
        rift_scope_p(summary, p);
        rift_text_put(summary, ").\n");
    }
    return status;
}

enum { MOBILITY, TRANSITIONS, HOMOGENEITY, KERNEL, TABLES };

/* All tables of one chain; what cannot be estimated has no row. RIFT_OK or
   RIFT_ERR_MEMORY. */
static rift_status put_chain(const rift_scope *q, const rift_variable *v,
                             const rift_moves *chain, rift_table *table,
                             rift_text *summary)
{
    markov of;
    total_of(chain, of.count);
    rift_status status[TABLES] = {RIFT_OK};
    status[MOBILITY] = rift_markov(of.count, RIFT_CLASSES, NULL, of.p, of.pi, &of.m);
    if (status[MOBILITY] == RIFT_OK) {
        put_transitions(q, v, chain, &of, &table[TRANSITIONS]);
        status[MOBILITY] =
            put_mobility(q, v, chain, &of, &table[MOBILITY], &summary[MOBILITY]);
    }
    status[HOMOGENEITY] =
        put_homogeneity(q, v, chain, &table[HOMOGENEITY], &summary[HOMOGENEITY]);
    status[KERNEL] = rift_kernel_rows(q, v, chain->relative, &table[KERNEL]);
    for (int k = 0; k < TABLES; k++) {
        if (status[k] == RIFT_ERR_MEMORY) {
            return RIFT_ERR_MEMORY;
        }
    }
    return RIFT_OK;
}

static rift_status run_mobility(const rift_scope *q, rift_table *table,
                                rift_text *summary)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < q->n_variable; i++) {
        rift_moves chain;
        if (!q->variable[i].main) {
            continue;
        }
        if (!rift_moves_make(q, &q->variable[i], &chain)) {
            return RIFT_ERR_MEMORY;
        }
        status =
            chain.n_move > 0
                ? put_chain(q, &q->variable[i], &chain, table, summary)
                : rift_kernel_rows(q, &q->variable[i], chain.relative, &table[KERNEL]);
        rift_moves_free(&chain);
    }
    rift_text_put(&summary[TRANSITIONS],
                  "Classes are of values over the mean of their year, with a fifth in "
                  "each: of all values where they are pooled, of those of its year "
                  "where they are yearly.");
    rift_text_put(&summary[KERNEL], "Density of a value over its year's mean some "
                                    "years later, given its present one.");
    return status;
}

#define COLUMN_ERROR_OF(index)                                                         \
    {                                                                                  \
        "standard_error_" index, RIFT_KIND_NUMBER, 4, "",                              \
            "its standard error, countries resampled with all their moves"             \
    }
#define COLUMN_CLASSES                                                                 \
    {                                                                                  \
        "classes", RIFT_KIND_CODE, 0, "",                                              \
            "pooled: fifths of the values of all years; yearly: of those of each year" \
    }
#define COLUMN_ERGODIC(k, class)                                                       \
    {                                                                                  \
        "ergodic_" k, RIFT_KIND_NUMBER, 3, "",                                         \
            "share of countries in the " class " class in the ergodic distribution"    \
    }

static const rift_column_info mobility_column[] = {
    RIFT_COLUMN_VARIABLE,
    {"n_moves", RIFT_KIND_COUNT, 0, "moves",
     "values of a country with another a year later"},
    {"shorrocks_trace", RIFT_KIND_NUMBER, 4, "",
     "Shorrocks (1978): (classes - trace) / (classes - 1); 0: nobody moves"},
    COLUMN_ERROR_OF("shorrocks_trace"),
    {"shorrocks_determinant", RIFT_KIND_NUMBER, 4, "",
     "Shorrocks (1978): 1 - |determinant| of the probabilities"},
    COLUMN_ERROR_OF("shorrocks_determinant"),
    {"sommers_conlisk", RIFT_KIND_NUMBER, 4, "",
     "Sommers and Conlisk (1979): 1 - |second eigenvalue|"},
    COLUMN_ERROR_OF("sommers_conlisk"),
    {"unconditional_leaving", RIFT_KIND_NUMBER, 4, "",
     "Bartholomew (1967): how likely a country leaves its class in the ergodic "
     "distribution; "
     "1: as if classes were redrawn at random"},
    COLUMN_ERROR_OF("unconditional_leaving"),
    {"bartholomew", RIFT_KIND_NUMBER, 4, "",
     "Bartholomew (1967): mean number of classes crossed in the ergodic distribution, "
     "over classes - 1"},
    COLUMN_ERROR_OF("bartholomew"),
    {"half_life", RIFT_KIND_NUMBER, 1, "years",
     "years to cover half of the way to the ergodic distribution; empty where the "
     "chain "
     "has more than one, or goes round"},
    COLUMN_ERGODIC("1", "lowest"),
    COLUMN_ERGODIC("2", "second"),
    COLUMN_ERGODIC("3", "third"),
    COLUMN_ERGODIC("4", "fourth"),
    COLUMN_ERGODIC("5", "highest"),
    COLUMN_CLASSES,
};

static const rift_column_info transitions_column[] = {
    RIFT_COLUMN_VARIABLE,
    {"from", RIFT_KIND_COUNT, 0, "", "class in a year, from the lowest"},
    {"to", RIFT_KIND_COUNT, 0, "", "class a year later"},
    {"above", RIFT_KIND_NUMBER, 3, "",
     "lower end of the class moved from; empty of yearly ones"},
    {"up_to", RIFT_KIND_NUMBER, 3, "",
     "upper end of the class moved from; empty of yearly ones, and of the highest"},
    {"count", RIFT_KIND_COUNT, 0, "moves", "moves seen"},
    {"probability", RIFT_KIND_NUMBER, 4, "", "share of the moves from that class"},
    COLUMN_CLASSES,
};

static const rift_column_info homogeneity_column[] = {
    RIFT_COLUMN_VARIABLE,
    RIFT_COLUMN_YEAR_FIRST,
    {"year_middle", RIFT_KIND_YEAR, 0, "", "year in which the second half begins"},
    RIFT_COLUMN_YEAR_LAST,
    {"chi2", RIFT_KIND_NUMBER, 3, "", "chi-squared statistic of both halves"},
    {"df", RIFT_KIND_COUNT, 0, "", "its degrees of freedom"},
    RIFT_COLUMN_P_VALUE(4),
};

const rift_analysis rift_analysis_mobility = {
    .group = "converge",
    .reference = "Quah (1993, 1997); Shorrocks (1978); Anderson and Goodman (1957)",
    .n_table = TABLES,
    .table =
        (const rift_table_form[]){
            [MOBILITY] = {"mobility", "moves between fifths of relative values",
                          mobility_column, RIFT_COUNT_OF(mobility_column),
                          "a country with values in two years that follow each other"},
            [TRANSITIONS] =
                {"transitions", "counts and probabilities of the moves",
                 transitions_column, RIFT_COUNT_OF(transitions_column),
                 "a country with values in two years that follow each other"},
            [HOMOGENEITY] =
                {"homogeneity", "is the chain the same in both halves",
                 homogeneity_column, RIFT_COUNT_OF(homogeneity_column),
                 "a country with values in two years that follow each other"},
            [KERNEL] = {"stochastic-kernel", "density of a later value, given this one",
                        rift_kernel_column, RIFT_KERNEL_COLUMNS,
                        "three countries with values five years apart, which differ in "
                        "both years"},
        },
    .run = run_mobility,
};
