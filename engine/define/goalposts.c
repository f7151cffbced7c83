/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Goalposts of a series: the same in all years, or a list of editions. */
#include "define/define.h"

#include "core/diag.h"

static bool read_posts(const rift_source *source, const rift_yaml *node,
                       rift_edition *out)
{
    static const rift_field field[] = {
        RIFT_NEED("low", NUMBER, rift_edition, goalposts.low),
        RIFT_NEED("high", NUMBER, rift_edition, goalposts.high),
        RIFT_KEY("source", TEXT, rift_edition, source),
        RIFT_KEY_RANGE("from", INTEGER, rift_edition, first_year, 1, 9999),
        RIFT_KEY_RANGE("to", INTEGER, rift_edition, last_year, 1, 9999),
    };
    rift_edition read = {.first_year = RIFT_YEAR_FIRST, .last_year = RIFT_YEAR_LAST};
    if (!rift_yaml_fields(source, node, field, sizeof field / sizeof *field,
                          "goalposts", &read)) {
        return false;
    }
    rift_goalposts posts = read.goalposts;
    if (!(posts.low < posts.high)) {
        return rift_yaml_error(
            source, node,
            "the low goalpost %g must be below the high one %g; for a "
            "series where lower is better, set 'polarity'",
            posts.low, posts.high);
    }
    if (read.first_year > read.last_year) {
        return rift_yaml_error(source, node, "'from' %d is after 'to' %d",
                               read.first_year, read.last_year);
    }
    *out = read;
    return true;
}

bool rift_goalposts_read(const rift_source *source, const rift_yaml *node,
                         rift_series *series)
{
    bool list = node->kind == RIFT_YAML_LIST, good = true;
    size_t n = list ? node->n_item : 1;
    if (n == 0) {
        return rift_yaml_error(source, node, "'goalposts' is empty; give low and high");
    }
    rift_edition *edition = rift_arena_alloc(source->arena, n, sizeof *edition);
    if (!edition) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        good &= read_posts(source, list ? node->item[i] : node, &edition[i]);
    }
    for (size_t i = 1; good && i < n; i++) {
        if (edition[i].first_year <= edition[i - 1].last_year) {
            good = rift_yaml_error(source, node->item[i],
                                   "these goalposts begin before the ones above them "
                                   "end; give each the years 'from' and 'to'");
        }
    }
    if (!good) {
        return false;
    }
    const rift_edition *last = &edition[n - 1];
    bool always = n == 1 && last->first_year == RIFT_YEAR_FIRST &&
                  last->last_year == RIFT_YEAR_LAST;
    series->n_edition = always ? 0 : n;
    series->edition = edition;
    series->goalposts = last->goalposts;
    series->goalpost_source = last->source;
    series->has_goalposts = true;
    return true;
}
