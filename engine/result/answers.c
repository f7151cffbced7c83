/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that audits and analyses made of a result, kept with it. */
#include "result/answers.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

void rift_kept_free(rift_kept *kept, size_t n)
{
    for (size_t i = 0; kept && i < n; i++) {
        free(kept[i].group);
        free(kept[i].name);
        free(kept[i].summary);
        if (kept[i].table) {
            rift_table_free(kept[i].table);
        }
        free(kept[i].table);
    }
    free(kept);
}

const rift_kept *rift_result_kept(const rift_result *result, const char *group,
                                  const char *name)
{
    for (size_t i = 0; i < result->answers.n; i++) {
        const rift_kept *kept = &result->answers.kept[i];
        if (strcmp(kept->name, name) == 0 &&
            (!group || strcmp(kept->group, group) == 0)) {
            return kept;
        }
    }
    return NULL;
}

void rift_result_drop(rift_result *result, const char *group)
{
    size_t left = 0;
    for (size_t i = 0; i < result->answers.n; i++) {
        rift_kept kept = result->answers.kept[i];
        if (strcmp(kept.group, group) == 0) {
            rift_kept *one = calloc(1, sizeof *one);
            if (one) { /* else it stays until the result goes */
                *one = kept;
                rift_kept_free(one, 1);
                continue;
            }
        }
        result->answers.kept[left++] = kept;
    }
    result->answers.n = left;
}

bool rift_result_keep(rift_result *result, const char *group, const char *name,
                      const char *summary, rift_table *table)
{
    rift_kept made = {.group = rift_text_copy(group),
                      .name = rift_text_copy(name),
                      .summary = rift_text_copy(summary),
                      .table = malloc(sizeof *made.table)};
    rift_kept *found = (rift_kept *)rift_result_kept(result, group, name);
    rift_kept *grown = result->answers.kept;
    if (!found) {
        grown = realloc(result->answers.kept, (result->answers.n + 1) * sizeof *grown);
        result->answers.kept = grown ? grown : result->answers.kept;
    }
    if (!made.group || !made.name || !made.summary || !made.table || !grown) {
        free(made.group);
        free(made.name);
        free(made.summary);
        free(made.table);
        rift_table_free(table);
        return false;
    }
    *made.table = *table;
    *table = (rift_table){0};
    if (found) {
        rift_kept old = *found;
        *found = made;
        rift_kept *one = calloc(1, sizeof *one);
        if (one) {
            *one = old;
            rift_kept_free(one, 1);
        }
    } else {
        result->answers.kept[result->answers.n++] = made;
    }
    return true;
}
