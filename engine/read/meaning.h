/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the text of a row that should name a country means. */
#ifndef RIFT_READ_MEANING_H
#define RIFT_READ_MEANING_H

#include "core/text.h"
#include "read/reader.h"

typedef enum rift_meaning {
    RIFT_MEANS_COUNTRY,
    RIFT_MEANS_AGGREGATE,
    RIFT_MEANS_IGNORED,
    RIFT_MEANS_HEADING, /**< a row without any value */
    RIFT_MEANS_UNKNOWN,
    RIFT_MEANS_NO_MEMORY,
    RIFT_MEANS_REFUSED, /**< an error was added already */
    RIFT_N_MEANINGS
} rift_meaning;

/** What is noted of country texts, one finding a file for each. */
typedef enum rift_country_note {
    RIFT_NOTE_NONE,
    RIFT_NOTE_FORMER,     /**< a code that providers use or used */
    RIFT_NOTE_APART,      /**< what was a country once, or is none */
    RIFT_NOTE_TOO_LITTLE, /**< a name that others have as well */
    RIFT_NOTE_NOT_ISO,    /**< a code that is none; its name is read */
    RIFT_NOTE_NO_CODE,    /**< an empty code; its name is read */
    RIFT_NOTE_NO_NAME,    /**< a name that is not known; its code is read */
    RIFT_NOTE_BY_NOTES,   /**< a group by the provider's own notes */
    RIFT_NOTE_NAMIBIA,    /**< NA among codes of three letters */
    RIFT_N_NOTES
} rift_country_note;

/** Notes of one kind: a sentence about the first, a list of the others. */
typedef struct rift_noted {
    rift_text first, others;
    size_t n;
    rift_location at;
} rift_noted;

/** What resolving the texts of a file needs. */
typedef struct rift_resolving {
    rift_reader *reader;
    const rift_country_key *key; /**< the texts at hand */
    rift_string_table groups;    /**< codes of groups, by the notes of the provider */
    bool groups_read;
    bool three_letters;    /**< most codes of the file have three letters */
    bool two_letter_names; /**< most names are codes of two */
    size_t n_suggested;
    rift_meaning *found; /**< [country text of the reader] */
    bool told[2];        /**< which countries without a code were noted */
    rift_noted note[RIFT_N_NOTES];
} rift_resolving;

/** What a text means by itself. */
typedef struct rift_said {
    rift_meaning meaning;
    const char *stands; /**< code of the country, or name of the group */
    rift_country_note note;
    const char *remark;
} rift_said;

/** The meaning of a text as a code, as ISO 3166 or a provider writes it. */
rift_said rift_meaning_of_code(const rift_resolving *at, const char *code);

/** The meaning of a text as a name. */
rift_said rift_meaning_of_name(const char *name);

/** The meaning of the texts at hand: by the user's settings, the code, else the name;
    where both say something it must be the same. */
rift_said rift_meaning_of_row(rift_resolving *at);

/** Keep a note about the texts at hand, with what stands in the list of many. */
void rift_note_keep(rift_resolving *at, rift_country_note note, const rift_said *said);

/** Add a finding for each kind of note; false when memory runs out. */
bool rift_notes_tell(rift_resolving *at);

/** Add an error about texts that mean nothing, with the countries they may mean. */
void rift_meaning_unknown(rift_resolving *at);

#endif
