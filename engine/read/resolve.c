/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A country text is looked up by the user's aliases, then as a code, then as a name.
   Nothing near is taken; what is excluded or kept apart is listed with its line. */
#include "read/resolve.h"

#include "core/diag.h"
#include "core/suggest.h"
#include "core/text.h"
#include "read/metadata.h"
#include "read/name/country.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum meaning {
    COUNTRY,
    AGGREGATE,
    IGNORED,
    HEADING, /* a row without any value */
    UNKNOWN,
    NO_MEMORY,
    REFUSED, /* an error was added already */
    N_MEANING
} meaning;

typedef struct resolving {
    rift_reader *reader;
    rift_observations *out;
    const char *code, *name; /* of the text at hand; "" where there is none */
    const rift_country_key *key;
    rift_string_table *noted; /* groups by the notes that came with the file */
    bool *noted_read;
    rift_text *stands; /* the code that was found */
} resolving;

static rift_location location_of(const resolving *at)
{
    return (rift_location){
        .file = at->reader->name, .line = at->key->line, .column = at->key->column};
}

static meaning stands_for(resolving *at, meaning meaning, const char *code)
{
    at->stands->n = 0;
    rift_text_put(at->stands, code);
    return at->stands->failed ? NO_MEMORY : meaning;
}

static bool listed(const char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++) {
        if (*text && strcmp(list[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static const char *alias_of(const rift_read_settings *settings, const char *text)
{
    for (size_t i = 0; *text && i < settings->n_alias; i++) {
        if (strcmp(settings->alias[i][0], text) == 0) {
            return settings->alias[i][1];
        }
    }
    return NULL;
}

static bool is_number(const char *code)
{
    size_t n = strspn(code, "0123456789");
    return n > 0 && code[n] == '\0' && n <= 4;
}

static meaning read_numeric(resolving *at)
{
    int number = atoi(at->code);
    const rift_country *country = rift_country_numeric(number);
    if (country) {
        return stands_for(at, COUNTRY, country->alpha3);
    }
    /* M49 has regions below 1000, UNCTAD its groups from there on */
    if (number < 4 || number >= 1000 || rift_country_is_region(number)) {
        return stands_for(at, AGGREGATE, *at->name ? at->name : at->code);
    }
    return UNKNOWN;
}

/* A code as ISO 3166 writes it, or one of those that providers use instead. */
static meaning read_code(resolving *at)
{
    const rift_read_settings *settings = at->reader->settings;
    char code[16];
    size_t n = strlen(at->code);
    if (n >= sizeof code) {
        return UNKNOWN;
    }
    snprintf(code, sizeof code, "%s", at->code);
    for (size_t i = 0; at->reader->layout->lower_case && i < n; i++) {
        code[i] = (char)toupper((unsigned char)code[i]);
    }
    if (n < 3 && is_number(code)) { /* as ISO 3166 writes it */
        snprintf(code, sizeof code, "%03d", atoi(at->code));
        n = 3;
    }
    const rift_country *country = rift_country_find(code, n);
    if (country) {
        return stands_for(at, COUNTRY, country->alpha3);
    }
    const char *former = rift_country_former(code, n);
    if (former) {
        rift_location location = location_of(at);
        rift_diag_at(at->reader->diag, RIFT_NOTE, &location,
                     "the provider's or former code '%s' is read as '%s'", at->code,
                     former);
        return stands_for(at, COUNTRY, former);
    }
    if (listed(settings->country, settings->n_country, at->code)) {
        return stands_for(at, COUNTRY, at->code);
    }
    const char *apart = rift_country_apart(code);
    if (apart) {
        rift_location location = location_of(at);
        rift_diag_at(at->reader->diag, RIFT_NOTE, &location, "'%s' (%s) is kept apart",
                     at->code, apart);
        return stands_for(at, AGGREGATE, code);
    }
    if (rift_country_is_aggregate(code, n)) {
        return stands_for(at, AGGREGATE, code);
    }
    return is_number(code) ? read_numeric(at) : UNKNOWN;
}

static meaning read_name(resolving *at, const char *name)
{
    const rift_name *row = rift_country_named(name);
    if (row == &rift_name_no_memory) {
        return NO_MEMORY;
    }
    if (row && *row->remark) {
        rift_location location = location_of(at);
        rift_diag_at(at->reader->diag, RIFT_NOTE, &location,
                     "'%s' is read as %s (%s); give its code or an alias if it is not",
                     name, row->code, row->remark);
    }
    if (row) {
        return stands_for(at, COUNTRY, row->code);
    }
    row = rift_country_apart_named(name);
    if (row == &rift_name_no_memory) {
        return NO_MEMORY;
    }
    if (row) {
        rift_location location = location_of(at);
        rift_diag_at(at->reader->diag, RIFT_NOTE, &location, "'%s' (%s) is kept apart",
                     name, row->remark);
        return stands_for(at, AGGREGATE, name);
    }
    row = rift_country_group_named(name);
    return row == &rift_name_no_memory ? NO_MEMORY
           : row                       ? stands_for(at, AGGREGATE, name)
                                       : UNKNOWN;
}

static void complain_unknown(resolving *at)
{
    const char *text = *at->code ? at->code : at->name;
    char shown[64];
    snprintf(shown, sizeof shown, "%.60s", text);
    rift_location location = location_of(at);
    rift_diag *diag = at->reader->diag;
    const char *near = *at->code ? rift_country_nearest(at->code) : NULL;
    const rift_name *name =
        near ? NULL : rift_name_nearest(rift_country_names, rift_n_country_names, text);
    if (name == &rift_name_no_memory) {
        (void)!rift_diag_memory(diag);
    } else if (!*text) {
        rift_diag_at(diag, RIFT_ERROR, &location,
                     "the country is empty; give its ISO 3166-1 alpha-3 code");
    } else if (name) {
        rift_text near_name = {0}, said = {0};
        rift_text_format(&near_name, "%s (%s)", name->name, name->code);
        rift_suggest(&said, "country", shown, rift_text_string(&near_name), NULL);
        rift_diag_at(diag, RIFT_ERROR, &location, "%s An alias can say so",
                     rift_text_string(&said));
        rift_diag_text_free(diag, &near_name);
        rift_diag_text_free(diag, &said);
    } else {
        rift_diag_unknown(diag, &location, near ? "country code" : "country", shown,
                          near,
                          "use ISO 3166-1 alpha-3 codes, list it among the codes to "
                          "ignore, or give an alias");
    }
    at->reader->wrong = true;
}

/* A code and a name that say different countries: neither is believed. */
static bool disagree(resolving *at)
{
    const rift_name *row = rift_country_named(at->name);
    if (row == &rift_name_no_memory) {
        (void)!rift_diag_memory(at->reader->diag);
        return true;
    }
    if (!row || strcmp(row->code, rift_text_string(at->stands)) == 0) {
        return false;
    }
    rift_location location = location_of(at);
    rift_diag_at(at->reader->diag, RIFT_ERROR, &location,
                 "the code '%s' and the name '%.60s' (%s) disagree; correct one of "
                 "them, or give an alias for the code",
                 at->code, at->name, row->code);
    at->reader->wrong = true;
    return true;
}

/* A code that is none beside a name that is known: the name decides, and it is said. */
static meaning by_name_instead(resolving *at)
{
    meaning found = read_name(at, at->name);
    if (found == COUNTRY) {
        rift_location location = location_of(at);
        rift_diag_at(
            at->reader->diag, RIFT_NOTE, &location,
            "'%.20s' is not an ISO 3166 code; by its name '%.60s' it is read as %s",
            at->code, at->name, rift_text_string(at->stands));
    }
    return found;
}

/* A code that is a group by the provider's own notes alone. */
static meaning by_notes(resolving *at)
{
    if (!*at->noted_read && at->reader->path) {
        *at->noted_read = true;
        if (rift_metadata_groups(at->reader->path, at->reader->diag, at->noted) !=
            RIFT_OK) {
            return NO_MEMORY;
        }
    }
    if (rift_string_table_find(at->noted, at->code, strlen(at->code)) < 0) {
        return UNKNOWN;
    }
    rift_location location = location_of(at);
    rift_diag_at(at->reader->diag, RIFT_NOTE, &location,
                 "'%.20s' is a group of countries by the notes that came with the file",
                 at->code);
    return stands_for(at, AGGREGATE, at->code);
}

/* Codes that the standard lacks are countries here all the same; a survey says so. */
static void tell_unassigned(resolving *at)
{
    static const char *const lacking[][2] = {{"XKX", "Kosovo"},
                                             {"CHI", "Channel Islands"}};
    for (size_t i = 0; at->reader->settings->plausibility && i < 2; i++) {
        if (strcmp(rift_text_string(at->stands), lacking[i][0]) == 0) {
            rift_location location = location_of(at);
            rift_diag_at(at->reader->diag, RIFT_NOTE, &location,
                         "%s (%s) has no code in ISO 3166; it is taken as a country",
                         lacking[i][0], lacking[i][1]);
        }
    }
}

static meaning resolve(resolving *at)
{
    const rift_read_settings *settings = at->reader->settings;
    const char *alias = alias_of(settings, at->code);
    alias = alias ? alias : alias_of(settings, at->name);
    if (alias) {
        return strcmp(alias, "-") == 0 ? IGNORED : stands_for(at, COUNTRY, alias);
    }
    if (listed(settings->ignore, settings->n_ignore, at->code) ||
        (!*at->code && listed(settings->ignore, settings->n_ignore, at->name))) {
        return IGNORED;
    }
    if (settings->any_entity && (*at->code || *at->name)) {
        return stands_for(at, COUNTRY, *at->code ? at->code : at->name);
    }
    meaning found = *at->code ? read_code(at) : UNKNOWN;
    if (found == COUNTRY && *at->name && disagree(at)) {
        return REFUSED;
    }
    if (found == UNKNOWN && *at->name) {
        found = *at->code ? by_name_instead(at) : read_name(at, at->name);
    } else if (found == UNKNOWN && *at->code && strlen(at->code) > 2) {
        found = read_name(at, at->code); /* a column of codes that holds names */
    }
    if (found == UNKNOWN && *at->code && *at->name) {
        found = by_notes(at);
    }
    if (found == COUNTRY) {
        tell_unassigned(at);
    }
    return found;
}

static rift_status note_list(const rift_reader *reader, const char *what,
                             const bool *which, uint64_t n_row, size_t n)
{
    rift_text list = {0};
    size_t named = 0;
    for (size_t i = 0; i < reader->country.n_word; i++) {
        const char *text = reader->country.word[i];
        text = *text == 0x1F ? reader->key[i].name : text;
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

static rift_status note_meanings(const rift_reader *reader, const meaning *found,
                                 rift_file_report *report)
{
    static const char *const what[N_MEANING] = {
        [AGGREGATE] = "aggregates kept apart",
        [IGNORED] = "codes ignored, as the settings say",
        [HEADING] = "headings and notes without a value, ignored"};
    size_t n = reader->country.n_word;
    bool *which = calloc(n + 1, sizeof *which);
    rift_status status = which ? RIFT_OK : RIFT_ERR_MEMORY;
    for (meaning v = AGGREGATE; status == RIFT_OK && v <= HEADING; v++) {
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
        report->n_excluded += v == AGGREGATE ? 0 : n_row;
    }
    free(which);
    return status;
}

/* Row of the meaning in the observations. */
static int32_t row_in(rift_observations *out, meaning meaning, const char *code)
{
    rift_string_table *words = meaning == COUNTRY ? &out->country : &out->aggregate;
    int row = rift_string_table_add(words, code, strlen(code));
    return row < 0 || meaning == COUNTRY ? row
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

rift_status rift_resolve_countries(rift_reader *reader, rift_observations *out,
                                   rift_file_report *report, int32_t **stands)
{
    size_t n = reader->country.n_word;
    int32_t *map = malloc((n + 1) * sizeof *map);
    meaning *found = calloc(n + 1, sizeof *found);
    bool *has = with_values(reader);
    rift_string_table noted = {0};
    rift_text meant = {0};
    bool good = map && found && has, noted_read = false;
    for (size_t i = 0; good && i < n; i++) {
        const char *text = reader->country.word[i];
        resolving at = {.reader = reader,
                        .out = out,
                        .key = &reader->key[i],
                        .name = reader->key[i].name,
                        .noted = &noted,
                        .noted_read = &noted_read,
                        .stands = &meant};
        at.code = *text == 0x1F ? "" : text;
        found[i] = resolve(&at);
        if (found[i] == UNKNOWN && !has[i] && reader->layout->has_headings) {
            found[i] = HEADING;
        } else if (found[i] == UNKNOWN) {
            complain_unknown(&at);
        }
        map[i] = found[i] <= AGGREGATE
                     ? row_in(out, found[i], rift_text_string(at.stands))
                     : RIFT_STANDS_FOR_NOTHING;
        good = found[i] != NO_MEMORY && (found[i] > AGGREGATE || map[i] != -1);
    }
    rift_status status = good ? note_meanings(reader, found, report) : RIFT_ERR_MEMORY;
    free(found);
    free(has);
    rift_string_table_free(&noted);
    rift_text_free(&meant);
    if (status != RIFT_OK) {
        free(map);
        return status;
    }
    *stands = map;
    return RIFT_OK;
}
