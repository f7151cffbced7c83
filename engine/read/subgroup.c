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
        const char *const names[12];
    } known[] = {
        {"sex", {"sex", "gender", NULL}},
        {"area",
         {"area", "urbanisation", "urbanization", "deg_urb", "degurba",
          "degree of urbanisation", "urban/rural", "residence", "residence area type",
          "location type", NULL}},
        {"age", {"age", "age group", "age_group", "agegroup", NULL}},
        {"income",
         {"quant_inc", "income quintile", "income quartile", "quantile", "quintile",
          "wealth quintile", "wealth_quintile", NULL}},
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
    static const char *const total[] = {
        "",      "T",     "_T",       "TOTAL",     "All",      "Both sexes",
        "Both",  "MF",    "BTSX",     "BOTHSEX",   "ALLAREA",  "ALLAGE",
        "SEX_T", "AGE_T", "all ages", "all areas", "national", NULL};
    return is_one_of(text, n, total);
}

static const struct {
    const char *dimension, *value;
    const char *const names[9];
} groups[] = {
    {"sex",
     "female",
     {"F", "female", "females", "women", "woman", "girls", "FMLE", NULL}},
    {"sex", "male", {"M", "male", "males", "men", "man", "boys", "MLE", NULL}},
    {"area", "urban", {"U", "URB", "urban", "cities", "DEG1", "urban areas", NULL}},
    {"area", "rural", {"R", "RUR", "rural", "rural areas", "DEG3", NULL}},
    {"area", "intermediate", {"DEG2", "towns and suburbs", NULL}}};

bool rift_subgroup_knows(const char *dimension, const char *text)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strcmp(groups[i].dimension, dimension) == 0 &&
            is_one_of(text, strlen(text), groups[i].names)) {
            return true;
        }
    }
    return false;
}

void rift_subgroup_add(char *out, size_t size, const char *dimension, const char *text,
                       size_t n)
{
    if (rift_subgroup_is_total(text, n)) {
        return;
    }
    size_t used = strlen(out);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!strcmp(groups[i].dimension, dimension) &&
            is_one_of(text, n, groups[i].names)) {
            text = groups[i].value;
            n = strlen(text);
        }
    }
    snprintf(out + used, size - used, "%s%s=%.*s", used ? "," : "", dimension, (int)n,
             text);
}
