/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each country text of a file gets its meaning once; what is excluded or kept apart is
   listed with its line. */
#include "read/resolve.h"

#include "core/diag.h"
#include "core/text.h"
#include "read/meaning.h"
#include "read/name/country.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Codes that the standard lacks are countries here all the same; a survey says so. */
static void tell_unassigned(const rift_resolving *at, const char *code, bool *told)
{
    static const char *const lacking[][2] = {{"XKX", "Kosovo"},
                                             {"CHI", "Channel Islands"}};
    for (size_t i = 0; at->reader->settings->plausibility && i < 2; i++) {
        if (!told[i] && strcmp(code, lacking[i][0]) == 0) {
            told[i] = true;
            rift_location location = {.file = at->reader->name,
                                      .line = at->key->line,
                                      .column = at->key->column};
            rift_diag_at(at->reader->diag, RIFT_NOTE, &location,
                         "%s (%s) has no code in ISO 3166; it is taken as a country",
                         lacking[i][0], lacking[i][1]);
        }
    }
}

/* Codes of how many letters the columns have, which decides what "NA" is. */
static void count_letters(rift_resolving *at)
{
    const rift_reader *reader = at->reader;
    size_t n_two = 0, n_three = 0, n_two_names = 0, n_other_names = 0;
    for (size_t i = 0; i < reader->country.n_word; i++) {
        const rift_country_key *key = &reader->key[i];
        const char *const text[] = {key->code, key->name};
        size_t n[2];
        bool code[2];
        for (size_t k = 0; k < 2; k++) {
            n[k] = strcmp(text[k], "NA") ? strlen(text[k]) : 0;
            code[k] = n[k] > 0 && rift_country_find(text[k], n[k]);
        }
        n_two += code[0] && n[0] == 2;
        n_three += code[0] && n[0] == 3;
        n_two_names += code[1] && n[1] == 2;
        n_other_names += n[1] > 0 && !(code[1] && n[1] == 2);
    }
    at->three_letters = n_three > n_two;
    at->two_letter_names = n_two_names > n_other_names;
}

static rift_status note_list(const rift_reader *reader, const char *what,
                             const bool *which, uint64_t n_row, size_t n)
{
    rift_text list = {0};
    size_t named = 0;
    for (size_t i = 0; i < reader->country.n_word; i++) {
        const char *text =
            *reader->key[i].code ? reader->key[i].code : reader->key[i].name;
        if (which[i] && named++ < 60) {
            rift_text_format(&list, "%s%s (line %zu)", named > 1 ? ", " : "",
                             *text ? text : "(empty)", reader->key[i].line);
        }
    }
    if (named > 60) {
        rift_text_format(&list, " and %zu more", named - 60);
    }
    rift_location location = rift_location_file(reader->name);
    rift_diag_at(reader->diag, RIFT_NOTE, &location, "%zu rows of %zu %s: %s",
                 (size_t)n_row, n, what, rift_text_string(&list));
    bool failed = list.failed;
    rift_text_free(&list);
    return failed ? RIFT_ERR_MEMORY : RIFT_OK;
}

static rift_status note_meanings(const rift_reader *reader, const rift_meaning *found,
                                 rift_file_report *report)
{
    static const char *const what[RIFT_N_MEANINGS] = {
        [RIFT_MEANS_AGGREGATE] = "aggregates kept apart",
        [RIFT_MEANS_IGNORED] = "codes ignored, as the settings say",
        [RIFT_MEANS_HEADING] = "headings and notes without a value, ignored"};
    size_t n = reader->country.n_word;
    bool *which = calloc(n + 1, sizeof *which);
    rift_status status = which ? RIFT_OK : RIFT_ERR_MEMORY;
    for (rift_meaning v = RIFT_MEANS_AGGREGATE;
         status == RIFT_OK && v <= RIFT_MEANS_HEADING; v++) {
        uint64_t n_row = 0;
        size_t n_key = 0;
        for (size_t i = 0; i < n; i++) {
            which[i] = found[i] == v;
            n_key += which[i];
            n_row += which[i] ? reader->key[i].n_row : 0;
        }
        if (n_key > 0) {
            status = note_list(reader, what[v], which, n_row, n_key);
        }
        report->n_excluded += v == RIFT_MEANS_AGGREGATE ? 0 : n_row;
    }
    free(which);
    return status;
}

/* Row of the meaning in the observations. */
static int32_t row_in(rift_observations *out, rift_meaning meaning, const char *code)
{
    rift_string_table *words =
        meaning == RIFT_MEANS_COUNTRY ? &out->country : &out->aggregate;
    int row = rift_string_table_add(words, code, strlen(code));
    return row < 0 || meaning == RIFT_MEANS_COUNTRY
               ? row
               : (int32_t)((uint32_t)row | RIFT_AGGREGATE);
}

static bool *with_values(const rift_reader *reader)
{
    bool *has = calloc(reader->country.n_word + 1, sizeof *has);
    for (size_t i = 0; has && i < reader->out.n_strip; i++) {
        has[reader->out.strip[i].country] = true;
    }
    return has;
}

/* The meaning of a text of the file, and its row; false when memory runs out. */
static bool resolve(rift_resolving *at, size_t text, bool has_values,
                    rift_observations *out, int32_t *row)
{
    at->key = &at->reader->key[text];
    rift_said said = rift_meaning_of_row(at);
    if (said.meaning == RIFT_MEANS_UNKNOWN && !has_values &&
        at->reader->layout->has_headings) {
        said.meaning = RIFT_MEANS_HEADING;
    } else if (said.meaning == RIFT_MEANS_UNKNOWN) {
        rift_meaning_unknown(at);
    }
    bool kept = said.meaning <= RIFT_MEANS_AGGREGATE;
    *row = kept ? row_in(out, said.meaning, said.stands) : RIFT_STANDS_FOR_NOTHING;
    at->found[text] = said.meaning;
    if (said.meaning == RIFT_MEANS_COUNTRY) {
        tell_unassigned(at, said.stands, at->told);
    }
    return said.meaning != RIFT_MEANS_NO_MEMORY && (!kept || *row != -1);
}

rift_status rift_resolve_countries(rift_reader *reader, rift_observations *out,
                                   rift_file_report *report, int32_t **stands)
{
    size_t n = reader->country.n_word;
    int32_t *map = malloc((n + 1) * sizeof *map);
    bool *has = with_values(reader);
    rift_resolving at = {.reader = reader, .found = calloc(n + 1, sizeof *at.found)};
    bool good = map && at.found && has;
    if (good) {
        count_letters(&at);
    }
    for (size_t i = 0; good && i < n; i++) {
        good = resolve(&at, i, has[i], out, &map[i]);
    }
    good = rift_notes_tell(&at) && good;
    rift_status status =
        good ? note_meanings(reader, at.found, report) : RIFT_ERR_MEMORY;
    free(at.found);
    free(has);
    rift_string_table_free(&at.groups);
    if (status != RIFT_OK) {
        free(map);
        return status;
    }
    *stands = map;
    return RIFT_OK;
}
