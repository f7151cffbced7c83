/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row says its country by a code, a name, or both. Each row speaks for itself: what
   is not known in one column is looked up by the other. Nothing near is taken. */
#include "read/meaning.h"

#include "core/diag.h"
#include "read/metadata.h"
#include "read/name/country.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const rift_said unknown = {RIFT_MEANS_UNKNOWN, "", RIFT_NOTE_NONE, ""};
static const rift_said no_memory = {RIFT_MEANS_NO_MEMORY, "", RIFT_NOTE_NONE, ""};

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

static rift_said country_is(const char *code)
{
    return (rift_said){RIFT_MEANS_COUNTRY, code, RIFT_NOTE_NONE, ""};
}

static rift_said group_is(const char *text)
{
    return (rift_said){RIFT_MEANS_AGGREGATE, text, RIFT_NOTE_NONE, ""};
}

static bool is_number(const char *code)
{
    size_t n = strspn(code, "0123456789");
    return n > 0 && code[n] == '\0' && n <= 4;
}

static rift_said numeric(const rift_resolving *at, const char *code)
{
    int number = atoi(code);
    const rift_country *country = rift_country_numeric(number);
    if (country) {
        return country_is(country->alpha3);
    }
    /* M49 has regions below 1000, UNCTAD its groups from there on */
    bool region = number < 4 || number >= 1000 || rift_country_is_region(number);
    return region ? group_is(*at->key->name ? at->key->name : code) : unknown;
}

/* A code that is none of ISO 3166's, as it is written and as it is shown. */
static rift_said other_code(const rift_resolving *at, const char *code,
                            const char *written, const char *shown)
{
    const rift_read_settings *settings = at->reader->settings;
    const char *former = rift_country_former(code, strlen(code));
    if (former) {
        return (rift_said){RIFT_MEANS_COUNTRY, former, RIFT_NOTE_FORMER, ""};
    }
    if (listed(settings->country, settings->n_country, written)) {
        return country_is(written);
    }
    const char *apart = rift_country_apart(code);
    if (apart) {
        return (rift_said){RIFT_MEANS_AGGREGATE, shown, RIFT_NOTE_APART, apart};
    }
    if (rift_country_is_aggregate(code, strlen(code))) {
        return group_is(shown);
    }
    return is_number(code) ? numeric(at, code) : unknown;
}

rift_said rift_meaning_of_code(const rift_resolving *at, const char *written)
{
    char code[16];
    /* FAO writes '404, which no spreadsheet takes for a number */
    const char *bare =
        *written == '\'' && is_number(written + 1) ? written + 1 : written;
    size_t n = strlen(bare);
    if (n == 0 || n >= sizeof code) {
        return unknown;
    }
    snprintf(code, sizeof code, "%s", bare);
    bool lower_case = at->reader->layout->lower_case;
    for (size_t i = 0; lower_case && i < n; i++) {
        code[i] = (char)toupper((unsigned char)code[i]);
    }
    const char *shown = lower_case ? rift_arena_text(&at->reader->words, code) : bare;
    if (!shown) {
        return no_memory;
    }
    if (n < 3 && is_number(code)) { /* as ISO 3166 writes it */
        snprintf(code, sizeof code, "%03d", atoi(bare));
    }
    const rift_country *country = rift_country_find(code, strlen(code));
    return country ? country_is(country->alpha3) : other_code(at, code, bare, shown);
}

rift_said rift_meaning_of_name(const char *name)
{
    const rift_name *row = rift_country_named(name);
    if (row && row != &rift_name_no_memory) {
        return (rift_said){RIFT_MEANS_COUNTRY, row->code,
                           *row->remark ? RIFT_NOTE_TOO_LITTLE : RIFT_NOTE_NONE,
                           row->remark};
    }
    row = row ? row : rift_country_apart_named(name);
    if (row && row != &rift_name_no_memory) {
        return (rift_said){RIFT_MEANS_AGGREGATE, name, RIFT_NOTE_APART, row->remark};
    }
    row = row ? row : rift_country_group_named(name);
    return !row ? unknown : row == &rift_name_no_memory ? no_memory : group_is(name);
}

/* A column of codes that holds names. */
static rift_said read_code(const rift_resolving *at)
{
    rift_said said = rift_meaning_of_code(at, at->key->code);
    return said.meaning == RIFT_MEANS_UNKNOWN && strlen(at->key->code) > 2
               ? rift_meaning_of_name(at->key->code)
               : said;
}

/* A column of names that holds codes. Beside another column "NA" there is more often no
   name than Namibia; where it is the only one it is Namibia, with a note. */
static rift_said read_name(const rift_resolving *at)
{
    const char *name = at->key->name;
    rift_said said = rift_meaning_of_name(name);
    bool na = strcmp(name, "NA") == 0 && !at->two_letter_names;
    bool missing = na && at->reader->layout->country_code >= 0;
    if (said.meaning != RIFT_MEANS_UNKNOWN || missing) {
        return said;
    }
    said = rift_meaning_of_code(at, name);
    said.note = na ? RIFT_NOTE_NAMIBIA : said.note;
    return said.meaning == RIFT_MEANS_COUNTRY || !*at->key->code ? said : unknown;
}

/* A code that is a group by the provider's own notes alone. */
static rift_said by_notes(rift_resolving *at)
{
    const rift_reader *reader = at->reader;
    if (!at->groups_read && reader->path) {
        at->groups_read = true;
        if (rift_metadata_groups(reader->path, reader->diag, &at->groups) != RIFT_OK) {
            return no_memory;
        }
    }
    const char *code = at->key->code;
    return rift_string_table_find(&at->groups, code, strlen(code)) < 0
               ? unknown
               : (rift_said){RIFT_MEANS_AGGREGATE, code, RIFT_NOTE_BY_NOTES, ""};
}

/* A code and a name that say different things: neither is believed. */
static rift_said disagree(const rift_resolving *at, const rift_said *name)
{
    rift_reader *reader = at->reader;
    rift_location location = {
        .file = reader->name, .line = at->key->line, .column = at->key->column};
    rift_diag_at(reader->diag, RIFT_ERROR, &location,
                 "the code '%.60s' and the name '%.60s' (%s) disagree; correct one of "
                 "them, or give an alias for the code",
                 at->key->code, at->key->name,
                 name->meaning == RIFT_MEANS_COUNTRY ? name->stands
                 : *name->remark                     ? name->remark
                                                     : "a group of countries");
    reader->wrong = true;
    return (rift_said){RIFT_MEANS_REFUSED, "", RIFT_NOTE_NONE, ""};
}

/* A code that is good: what stands beside it must not say something else. */
static rift_said by_code(rift_resolving *at, const rift_said *code,
                         const rift_said *name)
{
    bool said = name->meaning != RIFT_MEANS_UNKNOWN;
    bool same =
        name->meaning == RIFT_MEANS_COUNTRY && strcmp(code->stands, name->stands) == 0;
    if (said && !same) {
        return disagree(at, name);
    }
    rift_said found = *code;
    bool missing = strcmp(at->key->name, "NA") == 0;
    if (!said && *at->key->name && !missing && found.note == RIFT_NOTE_NONE) {
        found.note = RIFT_NOTE_NO_NAME;
    }
    return found;
}

static rift_said by_name(rift_resolving *at, rift_said name, bool no_code)
{
    bool country = name.meaning == RIFT_MEANS_COUNTRY;
    if (country && name.note == RIFT_NOTE_NONE) {
        name.note = !no_code                                ? RIFT_NOTE_NOT_ISO
                    : at->reader->layout->country_code >= 0 ? RIFT_NOTE_NO_CODE
                                                            : RIFT_NOTE_NONE;
    }
    return name;
}

/* By the code, the name, or both. */
static rift_said by_texts(rift_resolving *at)
{
    rift_said code = read_code(at), name = read_name(at);
    if (code.meaning == RIFT_MEANS_NO_MEMORY || name.meaning == RIFT_MEANS_NO_MEMORY) {
        return no_memory;
    }
    bool na = strcmp(at->key->code, "NA") == 0 && at->three_letters;
    bool namibia = name.meaning == RIFT_MEANS_COUNTRY && !strcmp(name.stands, "NAM");
    if (na && !*at->key->name) {
        code.note = RIFT_NOTE_NAMIBIA;
    } else if (na && !namibia) { /* R writes NA for a code that it does not know */
        return by_name(at, name, false);
    }
    if (code.meaning == RIFT_MEANS_COUNTRY) {
        return by_code(at, &code, &name);
    }
    if (code.meaning != RIFT_MEANS_UNKNOWN) {
        return code;
    }
    if (name.meaning != RIFT_MEANS_UNKNOWN) {
        return by_name(at, name, *at->key->code == '\0');
    }
    return *at->key->code && *at->key->name ? by_notes(at) : unknown;
}

rift_said rift_meaning_of_row(rift_resolving *at)
{
    const rift_read_settings *settings = at->reader->settings;
    const char *code = at->key->code, *name = at->key->name;
    const char *alias = alias_of(settings, code);
    alias = alias ? alias : alias_of(settings, name);
    rift_said ignored = {RIFT_MEANS_IGNORED, "", RIFT_NOTE_NONE, ""};
    if (alias) {
        return strcmp(alias, "-") == 0 ? ignored : country_is(alias);
    }
    if (listed(settings->ignore, settings->n_ignore, code) ||
        (!*code && listed(settings->ignore, settings->n_ignore, name))) {
        return ignored;
    }
    if (settings->any_entity && (*code || *name)) {
        return country_is(*code ? code : name);
    }
    rift_said said = by_texts(at);
    if (said.note != RIFT_NOTE_NONE) {
        rift_note_keep(at, said.note, &said);
    }
    return said;
}
