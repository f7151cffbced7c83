/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Of which years the values of a score are, and the year of a result's edition: the
   last whose scores are of that year, and not of the years before it carried forward.
 */
#include "result/lookup.h"

#include <math.h>

rift_own rift_result_own(const rift_result *result, size_t node, size_t year,
                         size_t country)
{
    const rift_index *index = &result->study.index;
    const rift_scores *s = &result->scores;
    double own = 0, all = 0;
    rift_own out = {.oldest = result->panel.n_year > 0 ? result->panel.year[year] : 0};
    for (size_t i = 0; i < index->n_node; i++) {
        if (index->node[i].series < 0 || !rift_result_is_under(result, i, node)) {
            continue;
        }
        double weight = rift_scores_effective_weight(index, s, i, year);
        size_t at =
            rift_result_at(result, (size_t)index->node[i].series, year) + country;
        if (isnan(weight) || s->origin[at] == RIFT_ABSENT) {
            continue;
        }
        all += weight;
        own += s->origin[at] == RIFT_OBSERVED ? weight : 0;
        int of = result->panel.year[year] - (s->age[at] > 0 ? s->age[at] : 0);
        out.oldest = of < out.oldest ? of : out.oldest;
    }
    out.weight = all;
    out.share = all > 0 ? own / all : NAN;
    return out;
}

double rift_result_own_share(const rift_result *result, size_t year)
{
    double own = 0, all = 0;
    for (size_t c = 0; c < result->panel.n_country; c++) {
        if (result->scores.rank[rift_result_at(result, 0, year) + c] > 0) {
            rift_own of = rift_result_own(result, 0, year, c);
            own += of.weight > 0 ? of.share * of.weight : 0;
            all += of.weight;
        }
    }
    return all > 0 ? own / all : NAN;
}

static bool ranks_any(const rift_result *result, size_t year)
{
    for (size_t c = 0; c < result->panel.n_country; c++) {
        if (result->scores.rank[rift_result_at(result, 0, year) + c] > 0) {
            return true;
        }
    }
    return false;
}

double rift_result_own_percent(const rift_result *result, double share)
{
    double wanted = result->study.edition_share, near = round(100 * share);
    /* neither all of what is not all, nor what the study asks for where it falls short
     */
    bool over = (share < 1 && near >= 100) || (share < wanted && near >= 100 * wanted);
    return over ? floor(100 * share + 1e-9) : near;
}

void rift_result_tell_edition(const rift_result *result, rift_text *out)
{
    const rift_study *study = &result->study;
    size_t edition = rift_result_edition(result);
    double share =
        ranks_any(result, edition) ? rift_result_own_share(result, edition) : NAN;
    if (isnan(share)) {
        return;
    }
    rift_text_format(out, "Edition %d: ", result->panel.year[edition]);
    if (study->edition > 0 || study->edition_share == 0) {
        rift_text_put(out, "the year that the study names; ");
    } else if (share >= study->edition_share) {
        rift_text_put(out, "the last year in which at least ");
        rift_text_format(out, "%.0f %%", 100 * study->edition_share);
        rift_text_put(out,
                      " of the values behind the ranks, by weight, are of the year "
                      "itself; ");
    } else {
        rift_text_put(out, "the latest year; in none are ");
        rift_text_format(out, "%.0f %%", 100 * study->edition_share);
        rift_text_put(out, " of the values behind the ranks, by weight, of the year "
                           "itself; ");
    }
    rift_text_format(out, "%.0f %% are.", rift_result_own_percent(result, share));
    const char *before = " Provisional: ";
    for (size_t t = edition + 1; t < result->panel.n_year; t++) {
        share = ranks_any(result, t) ? rift_result_own_share(result, t) : NAN;
        if (!isnan(share)) {
            rift_text_format(out, "%s%d (%.0f %%)", before, result->panel.year[t],
                             rift_result_own_percent(result, share));
            before = ", ";
        }
    }
    rift_text_put(out, *before == ',' ? "." : "");
}

size_t rift_result_edition(const rift_result *result)
{
    const rift_study *study = &result->study;
    size_t latest = 0;
    bool found = false;
    for (size_t t = result->panel.n_year; t-- > 0;) {
        if (!ranks_any(result, t)) {
            continue;
        }
        latest = found ? latest : t;
        found = true;
        bool is = study->edition > 0
                      ? result->panel.year[t] == study->edition
                      : !(rift_result_own_share(result, t) < study->edition_share);
        if (is) {
            return t;
        }
    }
    return latest;
}
