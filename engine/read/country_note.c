/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of the country texts of a file: one finding for each kind of note,
   however many texts it is about, and an error for each text that means nothing. */
#include "core/diag.h"
#include "core/suggest.h"
#include "read/meaning.h"
#include "read/name/country.h"
#include "read/name/suggest.h"

#include <stdio.h>
#include <string.h>

enum { LISTED = 40, SUGGESTED = 50 };

static rift_location location_of(const rift_resolving *at)
{
    return (rift_location){
        .file = at->reader->name, .line = at->key->line, .column = at->key->column};
}

/* The sentence about the first text of a kind. */
static void write_first(rift_text *out, rift_country_note note,
                        const rift_country_key *key, const rift_said *said)
{
    const char *text = *key->code ? key->code : key->name;
    switch (note) {
    case RIFT_NOTE_FORMER:
        rift_text_format(out, "the provider's or former code '%s' is read as '%s'",
                         text, said->stands);
        break;
    case RIFT_NOTE_APART:
        rift_text_format(out, "'%s' (%s) is kept apart", text, said->remark);
        break;
    case RIFT_NOTE_TOO_LITTLE:
        rift_text_format(out,
                         "'%s' is read as %s (%s); give its code or an alias where it "
                         "is not",
                         text, said->stands, said->remark);
        break;
    case RIFT_NOTE_NOT_ISO:
        rift_text_format(
            out,
            "'%.20s' is not an ISO 3166 code; by its name '%.60s' it is read as %s",
            key->code, key->name, said->stands);
        break;
    case RIFT_NOTE_NO_CODE:
        rift_text_format(out, "the code is empty; by its name '%.60s' it is read as %s",
                         key->name, said->stands);
        break;
    case RIFT_NOTE_NO_NAME:
        rift_text_format(out, "the name '%.60s' is not known; its code %s is read",
                         key->name, key->code);
        break;
    case RIFT_NOTE_BY_NOTES:
        rift_text_format(out,
                         "'%.20s' is a group of countries by the notes that came with "
                         "the file",
                         key->code);
        break;
    default:
        rift_text_put(out, "'NA' is read as NAM (Namibia); ignore it where it "
                           "stands for no country");
    }
}

/* A text in the list of the others. */
static void write_other(rift_text *out, rift_country_note note,
                        const rift_country_key *key, const rift_said *said)
{
    const char *text = *key->code ? key->code : key->name;
    switch (note) {
    case RIFT_NOTE_APART:
        rift_text_format(out, "'%.60s' (%s, line %zu)", text, said->remark, key->line);
        break;
    case RIFT_NOTE_NOT_ISO:
        rift_text_format(out, "'%.20s', '%.60s', as %s (line %zu)", key->code,
                         key->name, said->stands, key->line);
        break;
    case RIFT_NOTE_NO_NAME:
        rift_text_format(out, "'%.60s', %.20s (line %zu)", key->name, key->code,
                         key->line);
        break;
    case RIFT_NOTE_BY_NOTES:
        rift_text_format(out, "'%.20s' (line %zu)", key->code, key->line);
        break;
    default:
        rift_text_format(out, "'%.60s' as '%s' (line %zu)", text, said->stands,
                         key->line);
    }
}

void rift_note_keep(rift_resolving *at, rift_country_note note, const rift_said *said)
{
    rift_noted *noted = &at->note[note];
    size_t before = noted->n++;
    if (before == 0) {
        noted->at = location_of(at);
        write_first(&noted->first, note, at->key, said);
    } else if (before <= LISTED) {
        rift_text_put(&noted->others, before > 1 ? ", " : "");
        write_other(&noted->others, note, at->key, said);
    }
}

bool rift_notes_tell(rift_resolving *at)
{
    bool good = true;
    for (size_t i = 0; i < RIFT_N_NOTES; i++) {
        rift_noted *noted = &at->note[i];
        if (noted->n > LISTED + 1) {
            rift_text_format(&noted->others, " and %zu more", noted->n - LISTED - 1);
        }
        if (noted->n > 1) {
            rift_text_format(&noted->first, "; likewise %zu more: %s", noted->n - 1,
                             rift_text_string(&noted->others));
        }
        good = good && !noted->first.failed && !noted->others.failed;
        if (good && noted->n > 0) {
            rift_diag_at(at->reader->diag, RIFT_NOTE, &noted->at, "%s",
                         rift_text_string(&noted->first));
        }
        rift_text_free(&noted->first);
        rift_text_free(&noted->others);
    }
    return good;
}

/* The countries that a name may mean; a code in the wrong case means its own. */
static bool nearest(rift_resolving *at, const char *text, rift_candidates *out)
{
    *out = (rift_candidates){0};
    if (!*text || at->n_suggested++ >= SUGGESTED) { /* a column of something else */
        return true;
    }
    return rift_country_candidates(text, out);
}

void rift_meaning_unknown(rift_resolving *at)
{
    rift_diag *diag = at->reader->diag;
    rift_location location = location_of(at);
    const char *code = at->key->code, *name = at->key->name;
    const char *near_code = *code ? rift_country_nearest(code) : NULL;
    const char *text = *code ? code : name;
    char shown[64];
    snprintf(shown, sizeof shown, "%.60s", text);
    rift_candidates near = {0};
    at->reader->wrong = true;
    if (!near_code && !nearest(at, *name ? name : text, &near)) {
        (void)!rift_diag_memory(diag);
    } else if (!*text) {
        rift_diag_at(diag, RIFT_ERROR, &location,
                     "the country is empty; give its ISO 3166-1 alpha-3 code");
    } else if (near.n == 0) {
        rift_diag_unknown(diag, &location, near_code ? "country code" : "country",
                          shown, near_code,
                          "use ISO 3166-1 alpha-3 codes, list it among the codes to "
                          "ignore, or give an alias");
    } else {
        rift_text names = {0}, said = {0};
        rift_candidates_write(&near, &names);
        rift_suggest(&said, "country", shown, rift_text_string(&names), NULL);
        rift_diag_at(diag, RIFT_ERROR, &location, "%s An alias can say so",
                     rift_text_string(&said));
        rift_diag_text_free(diag, &names);
        rift_diag_text_free(diag, &said);
    }
}
