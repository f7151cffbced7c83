/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz target: names of countries. Whatever the bytes, a name that is found has its
 * key. */
#include "read/name/name.h"
#include "fuzz.h"
#include "read/name/country.h"
#include "read/name/suggest.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *text = malloc(n + 1);
    if (!text) {
        return 0;
    }
    memcpy(text, data, n);
    text[n] = '\0';
    char *key = rift_name_key(text), *again = key ? rift_name_key(key) : NULL;
    if (key && again && strcmp(key, again) != 0 && strchr(key, ' ') == NULL) {
        abort(); /* the key of a one-word key is itself */
    }
    const rift_name *found =
        rift_name_find(rift_country_names, rift_n_country_names, text);
    if (found && strlen(found->code) != 3) {
        abort();
    }
    rift_candidates near;
    if (rift_country_candidates(text, &near) && near.n > RIFT_CANDIDATES) {
        abort();
    }
    rift_country_find(text, strlen(text));
    rift_country_former(text, strlen(text));
    rift_country_is_aggregate(text, strlen(text));
    rift_country_apart(text);
    rift_country_apart_named(text);
    free(key);
    free(again);
    free(text);
    return 0;
}
