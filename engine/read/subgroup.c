/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How providers write groups of people, and how Rift does. */
#include "read/subgroup.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static bool is_one_of(const char *text, size_t n, const char *const *list)
{
    for (; *list; list++) {
        if (strlen(*list) == n && strncasecmp(text, *list, n) == 0) {
            return true;
        }
    }
    return false;
}

const char *rift_subgroup_dimension(const char *name)
{
    static const struct {
        const char *dimension;
        const char *const names[8];
    } known[] = {
        {"sex", {"sex", "gender", NULL}},
        {"area",
         {"area", "urbanisation", "urbanization", "deg_urb", "degurba",
          "degree of urbanisation", "urban/rural", NULL}},
        {"age", {"age", "age group", "age_group", "agegroup", NULL}},
        {"income",
         {"quant_inc", "income quintile", "income quartile", "quantile", "quintile",
          "wealth quintile", NULL}},
        {"education", {"isced11", "isced97", "education", "education level", NULL}}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (is_one_of(name, strlen(name), known[i].names)) {
            return known[i].dimension;
        }
    }
    return NULL;
}

bool rift_subgroup_is_total(const char *text, size_t n)
{
    static const char *const total[] = {"",           "T",    "_T", "TOTAL", "All",
                                        "Both sexes", "Both", "MF", "BTSX",  NULL};
    return is_one_of(text, n, total);
}

void rift_subgroup_add(char *out, size_t size, const char *dimension, const char *text,
                       size_t n)
{
    static const struct {
        const char *dimension, *value;
        const char *const names[8];
    } known[] = {
        {"sex", "female", {"F", "female", "females", "women", "woman", "girls", NULL}},
        {"sex", "male", {"M", "male", "males", "men", "man", "boys", NULL}},
        {"area", "urban", {"U", "URB", "urban", "cities", "DEG1", NULL}},
        {"area", "rural", {"R", "RUR", "rural", "rural areas", "DEG3", NULL}},
        {"area", "intermediate", {"DEG2", "towns and suburbs", NULL}}};
    if (rift_subgroup_is_total(text, n)) {
        return;
    }
    size_t used = strlen(out);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!strcmp(known[i].dimension, dimension) &&
            is_one_of(text, n, known[i].names)) {
            text = known[i].value;
            n = strlen(text);
        }
    }
    snprintf(out + used, size - used, "%s%s=%.*s", used ? "," : "", dimension, (int)n,
             text);
}
