/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How two rankings of the same countries differ. */
#include "audit/shift.h"

#include "stats/correlate.h"

#include <math.h>
#include <stdlib.h>

/* Place of each of n ranks among them, the first 1: a country that only one ranking has
   moves nobody in the other. Who is tied has the best of their places, or the mean. */
static void places_of(const double *rank, size_t n, bool mean, double *place)
{
    for (size_t i = 0; i < n; i++) {
        place[i] = 1;
        for (size_t j = 0; j < n; j++) {
            place[i] += rank[j] < rank[i];
            place[i] += mean && j != i && rank[j] == rank[i] ? 0.5 : 0;
        }
    }
}

rift_status rift_shift_of(const rift_audit *audit, const double *a, const double *b,
                          rift_shift *out)
{
    const rift_ranking *method = audit->index.ranking;
    bool mean = method && method->shares_mean;
    size_t n = audit->n_country;
    double *x = calloc(4 * n + 1, sizeof *x), sum = 0;
    size_t *who = calloc(n + 1, sizeof *who), m = 0;
    *out = (rift_shift){.spearman = NAN, .mean = NAN};
    if (!x || !who) {
        free(x);
        free(who);
        return RIFT_ERR_MEMORY;
    }
    for (size_t c = 0; c < n; c++) {
        if (a[c] > 0 && b[c] > 0) {
            x[m] = a[c];
            x[n + m] = b[c];
            who[m++] = c;
        }
    }
    places_of(x, m, mean, x + 2 * n);
    places_of(x + n, m, mean, x + 3 * n);
    for (size_t i = 0; i < m; i++) {
        double gap = fabs(x[2 * n + i] - x[3 * n + i]);
        sum += gap;
        out->far += gap >= RIFT_SHIFT_FAR;
        out->who = gap > out->most ? who[i] : out->who;
        out->most = fmax(out->most, gap);
    }
    out->n = m;
    rift_status status = RIFT_OK;
    if (m > 0) {
        out->mean = sum / (double)m;
        status = rift_spearman(x, x + n, m, &out->spearman);
    }
    free(x);
    free(who);
    return status;
}

void rift_shift_cells(const rift_audit *audit, const rift_shift *s, rift_table *table)
{
    const char *who = s->most > 0 ? audit->result->panel.country[s->who] : "";
    RIFT_ROW(table, RIFT_N((double)s->n), RIFT_N(s->mean), RIFT_N(s->most), RIFT_W(who),
             RIFT_N(s->n > 0 ? (double)s->far / (double)s->n : NAN),
             RIFT_N(s->spearman));
}

void rift_shift_rank_rows(const rift_audit *audit, const char *way, const double *score,
                          const double *rank, rift_table *table)
{
    const double *own_score = rift_audit_score(audit, 0);
    const double *own = rift_audit_ranks(audit, 0);
    for (size_t c = 0; c < audit->n_country; c++) {
        if ((own[c] > 0 || rank[c] > 0) && rift_view_wants(audit->choice, c)) {
            bool both = own[c] > 0 && rank[c] > 0;
            RIFT_ROW(table, RIFT_N(rift_audit_year(audit)), RIFT_W(way),
                     RIFT_W(audit->result->panel.country[c]), RIFT_N(score[c]),
                     RIFT_N(rank[c] > 0 ? rank[c] : NAN),
                     RIFT_N(score[c] - own_score[c]),
                     RIFT_N(both ? rank[c] - own[c] : NAN));
        }
    }
}
