/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What analyses share: samples of countries, spans of years, means. */
#include "analysis/analysis.h"

#include "panel/panel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *rift_weighting_name(int how)
{
    return how ? "population" : "unweighted";
}

const char *rift_weighting_words(int how)
{
    return how ? "counting people" : "each country counting once";
}

bool rift_tell_no_grouping(const rift_scope *q, rift_text *summary)
{
    if (q->n_by == 0) {
        rift_text_put(summary, "No grouping was named: name one by --by, or by "
                               "'divide: {by: [...]}' in the study.\n");
    }
    return q->n_by == 0;
}

const char *rift_country_name(const rift_scope *q, size_t country)
{
    return rift_result_name(q->result, country);
}

/* Many values are sorted at the end: inserting each would take their number squared. */
enum { FEW_COUNTRIES = 1000 };

struct rift_sampled {
    double x, w;
    int32_t country;
};

static int by_value(const void *a, const void *b)
{
    const struct rift_sampled *p = a, *q = b;
    return p->x != q->x ? (p->x > q->x) - (p->x < q->x)
                        : (p->country > q->country) - (p->country < q->country);
}

static void sort_many(rift_sample *s)
{
    struct rift_sampled *room = s->many;
    for (size_t i = 0; i < s->n; i++) {
        room[i] = (struct rift_sampled){s->x[i], s->w[i], s->country[i]};
    }
    qsort(room, s->n, sizeof *room, by_value);
    for (size_t i = 0; i < s->n; i++) {
        s->x[i] = room[i].x;
        s->w[i] = room[i].w;
        s->country[i] = room[i].country;
    }
}

bool rift_sample_make(const rift_scope *q, rift_sample *sample)
{
    size_t n = q->result->panel.n_country + 1;
    *sample = (rift_sample){.x = calloc(n, sizeof *sample->x),
                            .w = calloc(n, sizeof *sample->w),
                            .country = calloc(n, sizeof *sample->country)};
    bool many = n > FEW_COUNTRIES;
    sample->many = many ? calloc(n, sizeof *sample->many) : NULL;
    if (!sample->x || !sample->w || !sample->country || (many && !sample->many)) {
        rift_sample_free(sample);
        return false;
    }
    return true;
}

void rift_sample_free(rift_sample *sample)
{
    free(sample->x);
    free(sample->w);
    free(sample->country);
    free(sample->many);
    *sample = (rift_sample){0};
}

/* By insertion into place: a few hundred values, mostly as they were the year before.
 */
static void put_sorted(rift_sample *s, double x, double w, int32_t country)
{
    size_t i = s->n++;
    for (; !s->many && i > 0 && s->x[i - 1] > x; i--) {
        s->x[i] = s->x[i - 1];
        s->w[i] = s->w[i - 1];
        s->country[i] = s->country[i - 1];
    }
    s->x[i] = x;
    s->w[i] = w;
    s->country[i] = country;
}

void rift_sample_fill(const rift_scope *q, const double *value, size_t year,
                      bool by_people, bool positive, const uint8_t *keep,
                      rift_sample *sample)
{
    size_t n = q->result->panel.n_country;
    double sum = 0;
    sample->n = 0;
    for (size_t c = 0; c < n; c++) {
        double x = value[year * n + c], w = by_people ? q->people[year * n + c] : 1;
        if ((!keep || keep[c]) && !isnan(x) && w > 0 && !(positive && x <= 0)) {
            put_sorted(sample, x, w, (int32_t)c);
            sum += w;
        }
    }
    if (sample->many) {
        sort_many(sample);
    }
    for (size_t i = 0; i < sample->n; i++) {
        sample->w[i] /= sum;
    }
}

size_t rift_count_year(const rift_scope *q, const double *value, size_t year)
{
    size_t n = q->result->panel.n_country;
    return rift_values_count(value + year * n, n);
}

bool rift_span(const rift_scope *q, const double *value, size_t *first, size_t *last)
{
    size_t span[2];
    if (!rift_values_span(value, q->result->panel.n_country, q->first, q->last, span)) {
        return false;
    }
    *first = span[0];
    *last = span[1];
    return true;
}

double rift_people_held(const rift_scope *q, size_t year, size_t country)
{
    size_t n_year = q->result->panel.n_year;
    for (size_t back = 0; back <= year; back++) {
        double people = rift_people_at(q, year - back, country);
        if (people > 0) {
            return people;
        }
    }
    for (size_t t = year + 1; t < n_year; t++) {
        double people = rift_people_at(q, t, country);
        if (people > 0) {
            return people;
        }
    }
    return NAN;
}

static bool has_both(const rift_scope *q, const double *value, size_t year,
                     size_t country, bool by_people)
{
    return !isnan(value[year * q->result->panel.n_country + country]) &&
           (!by_people || rift_people_at(q, year, country) > 0);
}

size_t rift_keep_both(const rift_scope *q, const double *value, size_t first,
                      size_t last, bool all, bool by_people, uint8_t *keep)
{
    size_t n = q->result->panel.n_country, count = 0;
    for (size_t c = 0; c < n; c++) {
        keep[c] = has_both(q, value, first, c, by_people) &&
                  has_both(q, value, last, c, by_people);
        for (size_t t = first; all && keep[c] && t <= last; t++) {
            keep[c] = has_both(q, value, t, c, by_people);
        }
        count += keep[c];
    }
    return count;
}

size_t rift_keep_balanced(const rift_scope *q, const double *value, size_t first,
                          size_t last, bool by_people, uint8_t *keep)
{
    size_t both = rift_keep_both(q, value, first, last, false, by_people, keep);
    size_t all = rift_keep_both(q, value, first, last, true, by_people, keep);
    return 2 * all >= both
               ? all
               : rift_keep_both(q, value, first, last, false, by_people, keep);
}

void rift_keep_every(const rift_scope *q, const double *value, bool balanced,
                     uint8_t *keep)
{
    size_t n = q->result->panel.n_country;
    memset(keep, 1, n);
    for (size_t t = 0; balanced && t < q->result->panel.n_year; t++) {
        bool any = rift_count_year(q, value, t) > 0;
        for (size_t c = 0; any && c < n; c++) {
            keep[c] = keep[c] && !isnan(value[t * n + c]);
        }
    }
}

void rift_coverage_add(const rift_scope *q, size_t year, size_t country, bool has_value,
                       rift_coverage *coverage)
{
    double people = q->people ? fmax(0, rift_people_at(q, year, country)) : 0;
    coverage->all_countries += 1;
    coverage->all_people += people;
    coverage->countries += has_value;
    coverage->people += has_value ? people : 0;
}

bool rift_coverage_enough(const rift_scope *q, const rift_coverage *coverage)
{
    return coverage->countries >= q->minimum_countries * coverage->all_countries &&
           coverage->people >= q->minimum_people * coverage->all_people;
}

rift_mean_of rift_mean_of_group(const rift_scope *q, const double *value, size_t year,
                                const int32_t *of, int32_t member, bool by_people,
                                const uint8_t *keep)
{
    size_t n = q->result->panel.n_country;
    rift_coverage coverage = {0};
    double sum = 0, weight = 0, all = 0;
    rift_mean_of out = {0};
    for (size_t c = 0; c < n; c++) {
        if ((of && of[c] != member) || (keep && !keep[c])) {
            continue;
        }
        double x = value[year * n + c], w = by_people ? rift_people_at(q, year, c) : 1;
        rift_coverage_add(q, year, c, !isnan(x), &coverage);
        all += w > 0 ? w : 0;
        if (!isnan(x) && w > 0) {
            sum += w * x;
            weight += w;
            out.n++;
        }
    }
    out.mean = weight > 0 ? sum / weight : NAN;
    out.share = all > 0 ? weight / all : NAN;
    out.covered = weight > 0 && rift_coverage_enough(q, &coverage);
    return out;
}

double rift_group_mean(const rift_scope *q, const double *value, size_t year,
                       const int32_t *of, int32_t member, bool by_people)
{
    return rift_mean_of_group(q, value, year, of, member, by_people, NULL).mean;
}

double rift_covered_mean(const rift_scope *q, const double *value, size_t year,
                         const int32_t *of, int32_t member)
{
    rift_mean_of mean = rift_mean_of_group(q, value, year, of, member, false, NULL);
    return mean.covered ? mean.mean : NAN;
}

void rift_scope_p(rift_text *out, double p)
{
    rift_text_format(out,
                     isnan(p)    ? "no test is possible"
                     : p < 0.001 ? "p < 0.001"
                                 : "p %.3f",
                     p);
}

size_t rift_ends_shown(const rift_scope *q, const rift_variable *v, size_t year[2])
{
    if (q->first == q->last) {
        year[0] = q->first;
        return rift_count_year(q, v->value, q->first) > 1;
    }
    if (!rift_span(q, v->value, &year[0], &year[1])) {
        return 0;
    }
    return year[0] == year[1] ? 1 : 2;
}
