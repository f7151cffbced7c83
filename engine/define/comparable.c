/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What of a series can be compared over the years. */
#include "define/define.h"

#include "core/diag.h"

#include <math.h>

typedef struct comparable_read {
    rift_numbers breaks, survey;
    int relative, flags;
} comparable_read;

/* Years in ascending order, whole ones. */
static bool read_years(const rift_source *source, const rift_yaml *at, const char *what,
                       const rift_numbers *from, size_t *n, const int **out)
{
    int *year = rift_arena_alloc(source->arena, from->n + 1, sizeof *year);
    if (!year) {
        (void)!rift_diag_memory(source->diag);
        return false;
    }
    for (size_t i = 0; i < from->n; i++) {
        double x = from->number[i];
        if (x != floor(x) || (i > 0 && x <= from->number[i - 1])) {
            return rift_yaml_error(source, at,
                                   "'%s' is a list of years, each after the one "
                                   "before, such as [2008, 2014]",
                                   what);
        }
        year[i] = (int)x;
    }
    *n = from->n;
    *out = year;
    return true;
}

bool rift_comparable_read(const rift_source *source, const rift_yaml *node,
                          rift_comparable *out)
{
    static const rift_field field[] = {
        RIFT_KEY_RANGE("breaks", NUMBERS, comparable_read, breaks, 1, 9999),
        RIFT_KEY_CHOICE("relative", comparable_read, relative, relative),
        RIFT_KEY_CHOICE("flags", comparable_read, flags, flags),
        RIFT_KEY_RANGE("survey", NUMBERS, comparable_read, survey, 1, 9999),
    };
    comparable_read read = {.relative = -1, .flags = -1};
    bool good = rift_yaml_fields(source, node, field, sizeof field / sizeof *field,
                                 "comparable", &read);
    good = read_years(source, node, "breaks", &read.breaks, &out->n_break,
                      &out->break_year) &&
           good;
    good = read_years(source, node, "survey", &read.survey, &out->n_survey,
                      &out->survey) &&
           good;
    out->relative = read.relative == 0;
    out->ignores_flags = read.flags == 0;
    return good;
}
