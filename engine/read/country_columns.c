/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which columns of a user's table name countries. */
#include "read/country_headers.h"
#include "read/header.h"

#include "read/name/country.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATES = 12, LOOKED_AT = 40 };

typedef struct candidate {
    rift_country_header kind;
    size_t worth; /* place in the list of its kind: less is better */
    int column;
    size_t n_code, n_name, n_other; /* cells that are read so */
    size_t n_number;                /* of the codes */
} candidate;

static bool is_number(const char *text)
{
    size_t n = strspn(text, "0123456789");
    return n > 0 && n <= 3 && text[n] == '\0';
}

/* Alpha-3 code that a text is a code of; "" where it is one of something else. */
static const char *code_of(const char *text)
{
    size_t n = strlen(text);
    const rift_country *country = rift_country_find(text, n);
    text += *text == '\'';
    if (!country && is_number(text)) {
        country = rift_country_numeric(atoi(text));
    }
    const char *former = country ? NULL : rift_country_former(text, n);
    return country                                                 ? country->alpha3
           : former                                                ? former
           : rift_country_apart(text)                              ? ""
           : rift_country_is_aggregate(text, n)                    ? ""
           : is_number(text) && rift_country_is_region(atoi(text)) ? ""
                                                                   : NULL;
}

/* The same of a name; memory that runs out is told where the rows are read. */
static const char *name_of(const char *text)
{
    const rift_name *row = rift_country_named(text);
    bool other =
        !row && (rift_country_apart_named(text) || rift_country_group_named(text));
    return row ? row->code : other ? "" : NULL;
}

/* How the cells at hand are read. */
static void look_at_cells(const rift_preview *head, size_t r, candidate *c)
{
    size_t seen = 0;
    for (size_t i = r + 1; i < head->n_row && seen < LOOKED_AT; i++) {
        const char *text = rift_preview_cell(head, i, (size_t)c->column);
        bool numbers = c->kind == RIFT_HEADER_ANYTHING && is_number(text);
        if (!*text || strcmp(text, "NA") == 0) {
            continue;
        }
        seen++;
        if (!numbers && code_of(text)) {
            c->n_code++;
            c->n_number += text[*text == '\''] >= '0' && text[*text == '\''] <= '9';
        } else if (name_of(text)) {
            c->n_name++;
        } else {
            c->n_other++;
        }
    }
}

/* Whether numbers beside names are codes of a list of their own: FAO's, COW's. */
static bool contradicts(const rift_preview *head, size_t r, const candidate *code,
                        const candidate *name)
{
    size_t n = 0, wrong = 0;
    for (size_t i = r + 1; i < head->n_row && n < LOOKED_AT; i++) {
        const char *number = rift_preview_cell(head, i, (size_t)code->column);
        number += *number == '\'';
        const char *a = is_number(number) ? code_of(number) : NULL;
        const char *b =
            a ? name_of(rift_preview_cell(head, i, (size_t)name->column)) : NULL;
        n += a != NULL;
        wrong += a && b && *b && strcmp(a, b) != 0;
    }
    return 2 * wrong > n;
}

static bool comes_before(const candidate *a, const candidate *b)
{
    return a->kind != b->kind     ? a->kind < b->kind
           : a->worth != b->worth ? a->worth < b->worth
                                  : a->column < b->column;
}

/* The candidates of a row, the surest first. */
static size_t find_candidates(const rift_preview *head, size_t r, candidate *list)
{
    size_t n = 0;
    const rift_preview_row *row = &head->row[r];
    for (size_t i = 0; i < row->n_cell && n < CANDIDATES; i++) {
        candidate found = {.column = (int)i};
        found.kind = rift_country_header_read(row->cell[i], &found.worth);
        if (found.kind == RIFT_HEADER_NONE) {
            continue;
        }
        size_t k = n++;
        for (; k > 0 && comes_before(&found, &list[k - 1]); k--) {
            list[k] = list[k - 1];
        }
        list[k] = found;
    }
    return n;
}

/* Without those that may be anything and are not of countries. */
static size_t drop_others(const rift_preview *head, size_t r, candidate *list, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        look_at_cells(head, r, &list[i]);
        bool countries = list[i].n_code + list[i].n_name > list[i].n_other;
        if (list[i].kind < RIFT_HEADER_ANYTHING || countries) {
            list[kept++] = list[i];
        }
    }
    return kept;
}

/* Whether a column holds codes; where no cell says so, its header does. */
static bool holds_codes(const candidate *c)
{
    return c->n_code != c->n_name ? c->n_code > c->n_name : c->kind < RIFT_HEADER_NAME;
}

/* A code that is not known may have an alias; a text may be anything. */
static bool holds_nothing(const candidate *c)
{
    return c->n_code + c->n_name == 0 && c->n_other > 0;
}

static bool holds_numbers(const candidate *c)
{
    return 2 * c->n_number > c->n_code;
}

/* The surest columns of codes, of names, and any other. Numbers count where there are
   no letters, and never beside them: they may be of a list of their own. */
static void sort_out(const candidate *list, size_t n, const candidate **code,
                     const candidate **name, const candidate **second)
{
    const candidate *empty = NULL, *number = NULL;
    for (size_t i = 0; i < n; i++) {
        const candidate **slot = !holds_codes(&list[i]) ? name : code;
        if (holds_nothing(&list[i]) && n > 1 && list[i].kind >= RIFT_HEADER_EITHER) {
            slot = &empty;
        } else if (holds_numbers(&list[i])) {
            slot = &number;
        } else if (*slot) {
            slot = second;
        }
        *slot = *slot ? *slot : &list[i];
    }
    *code = *code ? *code : number;
    *name = *name || *second ? *name : empty;
}

static rift_country_columns choose(const rift_preview *head, size_t r,
                                   const candidate *list, size_t n)
{
    const candidate *code = NULL, *name = NULL, *second = NULL;
    sort_out(list, n, &code, &name, &second);
    if (code && name && contradicts(head, r, code, name)) {
        code = second && holds_codes(second) ? second : NULL;
        second = NULL;
    }
    if (!code && !name && n > 0) { /* nothing is known: by the headers alone */
        code = &list[0];
    } else if (!code && name) {
        code = second ? name : NULL;
        name = second ? second : name;
    } else if (!name) {
        name = second;
    }
    return (rift_country_columns){code ? code->column : -1, name ? name->column : -1};
}

/* With units of any kind the header alone decides. */
static rift_country_columns choose_any(const candidate *list, size_t n)
{
    rift_country_columns out = {-1, -1};
    for (size_t i = 0; i < n; i++) {
        bool name = list[i].kind == RIFT_HEADER_NAME ||
                    (list[i].kind == RIFT_HEADER_EITHER && out.code >= 0);
        int *column = name ? &out.name : &out.code;
        *column = *column < 0 ? list[i].column : *column;
    }
    return out;
}

rift_country_columns rift_header_countries(const rift_preview *head, size_t r)
{
    candidate list[CANDIDATES];
    size_t n = find_candidates(head, r, list);
    if (head->any_entity || n == 0) {
        return choose_any(list, n);
    }
    size_t kept = drop_others(head, r, list, n);
    return choose(head, r, list, kept);
}
