/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Children that change with the years: all entries of a code under a node, and the
   editions of goalposts, become one child with a period for each. */
#include "define/tree.h"

#include "core/diag.h"

#include <stdlib.h>

static const char *code_of(const rift_child_read *child)
{
    return child->node ? child->node : child->series;
}

/* The entries of a node's children by their codes: of each the next of its code, 0
   where there is none; and which have become periods of one before. */
typedef struct entries {
    size_t *next;
    bool *united;
} entries;

/* Editions of goalposts that fall into the years of an entry, or the entry itself. */
static size_t count_parts(const rift_child_read *child)
{
    return child->series && child->merged.n_edition > 0 ? child->merged.n_edition : 1;
}

/* What of a series holds in all years: values are made comparable and complete before
   a year's definition is looked at. */
static bool check_constant(const rift_tree_builder *b, const rift_child_read *child)
{
    static const char *const key[] = {"denominator", "denomination", "factor",   "cap",
                                      "maximum_age", "imputation",   "treatment"};
    bool good = true;
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        const rift_yaml *said = rift_yaml_get(child->at, key[i]);
        if (said) {
            good = rift_yaml_error(b->source, said,
                                   "'%s' of '%s' cannot change with the years; say it "
                                   "of the series",
                                   key[i], code_of(child));
        }
    }
    return good;
}

/* Periods of one entry, behind those that there are. */
static bool add_periods(const rift_tree_builder *b, const rift_child_read *child,
                        rift_child_read *to)
{
    size_t n = count_parts(child);
    for (size_t i = 0; i < n; i++) {
        rift_period part = {child->from, child->to, child->weight, NULL};
        if (child->series) {
            rift_series *series = rift_arena_alloc(b->source->arena, 1, sizeof *series);
            if (!series) {
                (void)!rift_diag_memory(b->source->diag);
                return false;
            }
            *series = child->merged;
            if (series->n_edition > 0) {
                const rift_edition *edition = &series->edition[i];
                int first = edition->first_year, last = edition->last_year;
                part.first_year = first > part.first_year ? first : part.first_year;
                part.last_year = last < part.last_year ? last : part.last_year;
                series->goalposts = edition->goalposts;
                series->goalpost_source = edition->source;
            }
            part.series = series;
        }
        if (part.first_year <= part.last_year) {
            to->period[to->n_period++] = part;
        }
    }
    return true;
}

/* Periods of equal years overlap, which is found later. */
static int compare_years(const void *a, const void *b)
{
    const rift_period *x = a, *y = b;
    return (x->first_year > y->first_year) - (x->first_year < y->first_year);
}

/* Years of two entries may not overlap; `at` is the last of them. */
static bool check_years(const rift_tree_builder *b, const rift_child_read *child,
                        const rift_yaml *at)
{
    const rift_period *period = child->period;
    const char *code = code_of(child);
    for (size_t i = 1; i < child->n_period; i++) {
        int first = period[i].first_year, last = period[i - 1].last_year;
        if (first <= last && first == RIFT_YEAR_FIRST && last == RIFT_YEAR_LAST) {
            return rift_yaml_error(b->source, at,
                                   "'%s' is a child more than once; keep one, or give "
                                   "each years of its own by 'from' and 'to'",
                                   code);
        }
        if (first <= last) {
            return rift_yaml_error(b->source, at,
                                   "'%s' is a child more than once in %d; give each "
                                   "entry years of its own by 'from' and 'to'",
                                   code, first == RIFT_YEAR_FIRST ? last : first);
        }
    }
    return child->n_period > 0 ||
           rift_yaml_error(b->source, at,
                           "'%s' has no goalposts in these years; correct either",
                           code);
}

/* Whether an entry stands for all that there is of its child, in all years. */
static bool is_alone(const rift_node_read *read, const entries *all, size_t i)
{
    const rift_child_read *child = &read->child[i];
    return all->next[i] == 0 && !(child->series && child->merged.n_edition > 0) &&
           child->from <= RIFT_YEAR_FIRST && child->to >= RIFT_YEAR_LAST;
}

/* Entries of the child i from i on become its periods. */
static bool unite(const rift_tree_builder *b, rift_node_read *read, const entries *all,
                  size_t i)
{
    rift_child_read *child = &read->child[i];
    size_t n = 0, n_entry = 0;
    bool years = false, good = true;
    if (is_alone(read, all, i)) {
        return true;
    }
    size_t k = i;
    do {
        const rift_child_read *other = &read->child[k];
        n += count_parts(other);
        n_entry++;
        years = years || other->from > RIFT_YEAR_FIRST || other->to < RIFT_YEAR_LAST;
        k = all->next[k];
    } while (k > 0);
    child->period = rift_arena_alloc(b->source->arena, n, sizeof *child->period);
    if (!child->period) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    const rift_yaml *at = child->at;
    k = i;
    do {
        good &= !years || n_entry == 1 || check_constant(b, &read->child[k]);
        k = all->next[k];
    } while (k > 0);
    k = i;
    do {
        good &= add_periods(b, &read->child[k], child);
        at = read->child[k].at;
        all->united[k] = k > i;
        k = all->next[k];
    } while (k > 0);
    qsort(child->period, child->n_period, sizeof *child->period, compare_years);
    if (!good || !check_years(b, child, at)) {
        return false;
    }
    const rift_period *last = &child->period[child->n_period - 1];
    child->weight = last->weight;
    if (last->series) {
        child->merged = *last->series;
    }
    return true;
}

/* Periods of a node without any: all years, as it is. */
static bool always(const rift_tree_builder *b, const rift_node *node, rift_period *out)
{
    *out = (rift_period){RIFT_YEAR_FIRST, RIFT_YEAR_LAST, node->weight, NULL};
    if (node->series >= 0) {
        rift_series *series = rift_arena_alloc(b->source->arena, 1, sizeof *series);
        if (!series) {
            return false;
        }
        *series = b->index->series[node->series];
        out->series = series;
    }
    return true;
}

/* Years of a node that are also years of its parent. */
static bool inherit(const rift_tree_builder *b, const rift_node *parent,
                    rift_node *node)
{
    rift_period own;
    if (node->n_period == 0 && !always(b, node, &own)) {
        return false;
    }
    const rift_period *had = node->n_period == 0 ? &own : node->period;
    size_t n = node->n_period == 0 ? 1 : node->n_period, m = 0;
    rift_period *both =
        rift_arena_alloc(b->source->arena, n + parent->n_period, sizeof *both);
    for (size_t i = 0, k = 0; both && i < n && k < parent->n_period;) {
        const rift_period *above = &parent->period[k];
        rift_period then = had[i];
        int end = then.last_year;
        then.first_year =
            then.first_year > above->first_year ? then.first_year : above->first_year;
        then.last_year = end < above->last_year ? end : above->last_year;
        if (then.first_year <= then.last_year) {
            both[m++] = then;
        }
        *(end <= above->last_year ? &i : &k) += 1;
    }
    if (both && m == 0) { /* it never takes part */
        both[m++] = (rift_period){1, 0, node->weight, had[n - 1].series};
    }
    node->n_period = m;
    node->period = both;
    return both != NULL;
}

bool rift_tree_inherit_periods(const rift_tree_builder *b)
{
    rift_index *index = b->index;
    for (size_t i = 1; i < index->n_node; i++) { /* parents stand first */
        rift_node *node = &index->node[i];
        const rift_node *parent = &index->node[node->parent];
        if (parent->n_period > 0 && !inherit(b, parent, node)) {
            (void)!rift_diag_memory(b->source->diag);
            return false;
        }
        if (node->series >= 0) {
            index->series[node->series].n_period = node->n_period;
            index->series[node->series].period = node->period;
        }
    }
    return true;
}

/* Chain the entries of each code; false when memory runs out. */
static bool chain(const rift_tree_builder *b, const rift_node_read *read, entries *out)
{
    rift_arena *arena = b->source->arena;
    rift_codes codes = {0};
    size_t n = read->n_child;
    size_t *last = rift_arena_alloc(arena, n + 1, sizeof *last);
    out->next = rift_arena_alloc(arena, n + 1, sizeof *out->next);
    out->united = rift_arena_alloc(arena, n + 1, sizeof *out->united);
    bool good = last && out->next && out->united;
    for (size_t i = 0; good && i < n; i++) {
        const char *code = code_of(&read->child[i]);
        size_t first = code ? rift_codes_find(&codes, code) : i;
        if (first < i) {
            out->next[last[first]] = i;
            last[first] = i;
        } else if (code) {
            last[i] = i;
            good = rift_codes_add(&codes, arena, code, i);
        }
    }
    return good;
}

/* Leave one child for each code. */
static void drop_united(rift_node_read *read, const entries *all)
{
    size_t left = 0;
    for (size_t i = 0; i < read->n_child; i++) {
        if (!all->united[i]) {
            if (left < i) {
                read->child[left] = read->child[i];
            }
            left++;
        }
    }
    read->n_child = left;
}

bool rift_tree_periods(rift_tree_builder *b, rift_node_read *read)
{
    entries all;
    if (!chain(b, read, &all)) {
        (void)!rift_diag_memory(b->source->diag);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < read->n_child; i++) {
        rift_child_read *child = &read->child[i];
        if (all.united[i]) {
            continue;
        }
        if (child->from > child->to) {
            good = rift_yaml_error(b->source, child->at, "'from' %d is after 'to' %d",
                                   child->from, child->to);
        } else if (code_of(child)) {
            good &= unite(b, read, &all, i);
        }
    }
    drop_united(read, &all);
    return good;
}
