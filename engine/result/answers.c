/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables that analyses made of a result, kept with it. */
#include "result/answers.h"

#include "core/text.h"
#include "table/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The texts of a description, one by one. */
#define EACH_TEXT(do_it)                                                               \
    do_it(group) do_it(name) do_it(help) do_it(reference) do_it(summary)

static void free_one(rift_kept *kept)
{
#define FREE(member) free((char *)kept->info.member);
    EACH_TEXT(FREE)
#undef FREE
    if (kept->table) {
        rift_table_free(kept->table);
    }
    free(kept->table);
    *kept = (rift_kept){0};
}

/* A copy that owns its texts, and room for a table; false when memory runs out. */
static bool make_one(const rift_kept_info *info, rift_kept *out)
{
    *out = (rift_kept){.table = calloc(1, sizeof *out->table)};
    bool good = out->table;
#define COPY(member)                                                                   \
    out->info.member = rift_text_copy(info->member ? info->member : "");               \
    good = good && out->info.member;
    EACH_TEXT(COPY)
#undef COPY
    if (!good) {
        free_one(out);
    }
    return good;
}

void rift_answers_free(rift_answers *answers)
{
    for (size_t i = 0; i < answers->n; i++) {
        free_one(&answers->kept[i]);
    }
    free(answers->kept);
    *answers = (rift_answers){0};
}

static rift_kept *find(const rift_answers *answers, const char *group, const char *name)
{
    for (size_t i = 0; i < answers->n; i++) {
        rift_kept *kept = &answers->kept[i];
        if (strcmp(kept->info.name, name) == 0 &&
            (!group || strcmp(kept->info.group, group) == 0)) {
            return kept;
        }
    }
    return NULL;
}

const rift_kept *rift_result_kept(const rift_result *result, const char *group,
                                  const char *name)
{
    return find(&result->answers, group, name);
}

void rift_result_drop(rift_result *result, const char *group)
{
    size_t left = 0;
    for (size_t i = 0; i < result->answers.n; i++) {
        rift_kept kept = result->answers.kept[i];
        if (strcmp(kept.info.group, group) == 0) {
            free_one(&kept);
        } else {
            result->answers.kept[left++] = kept;
        }
    }
    result->answers.n = left;
}

bool rift_answers_keep(rift_answers *all, const rift_kept_info *info, rift_table *table)
{
    rift_kept *found = find(all, info->group, info->name);
    rift_kept made,
        *grown = found ? all->kept : realloc(all->kept, (all->n + 1) * sizeof *grown);
    all->kept = grown ? grown : all->kept;
    if (!grown || !make_one(info, &made)) {
        rift_table_free(table);
        return false;
    }
    *made.table = *table;
    *table = (rift_table){0};
    if (found) {
        free_one(found);
        *found = made;
    } else {
        all->kept[all->n++] = made;
    }
    return true;
}

bool rift_result_keep(rift_result *result, const rift_kept_info *info,
                      rift_table *table)
{
    return rift_answers_keep(&result->answers, info, table);
}

rift_status rift_kept_json(const rift_kept *kept, char **text)
{
    rift_text out = {.failed = rift_table_status(kept->table) != RIFT_OK};
    rift_table_put_json(kept->table, kept->info.name, kept->info.summary,
                        kept->info.reference, &out);
    char *taken = rift_text_take(&out);
    *text = taken ? taken : *text;
    return taken ? RIFT_OK : RIFT_ERR_MEMORY;
}

double rift_kept_number(const rift_table *table, size_t row, const char *column)
{
    int c = rift_table_find(table, column);
    return c < 0 ? NAN : rift_table_number_at(table, row, (size_t)c);
}

const char *rift_kept_text(const rift_table *table, size_t row, const char *column)
{
    int c = rift_table_find(table, column);
    const char *text = c < 0 ? NULL : rift_table_word_at(table, row, (size_t)c);
    return text ? text : "";
}

bool rift_kept_is(const rift_table *table, size_t row, const char *column,
                  const char *word)
{
    return strcmp(rift_kept_text(table, row, column), word) == 0;
}
