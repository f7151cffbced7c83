/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an export for COINr could not do, in a few notes; settings.csv has each. */
#include "exchange/coinr_write.h"

#include "core/diag.h"

#include <string.h>

static void put_codes(rift_text *out, const rift_coinr_setting *s)
{
    for (size_t c = 0; c < s->n && c < RIFT_COINR_NAMED; c++) {
        rift_text_format(out, "%s%s", c > 0 ? ", " : "", s->code[c]);
    }
    rift_text_put(out, s->n > RIFT_COINR_NAMED ? ", ..." : "");
}

/* Settings of one scope that scores depend on, in one note. */
static void tell_scope(rift_diag *diag, const rift_coinr_setting *setting, size_t n,
                       const char *scope, const char *plural)
{
    rift_text text = {0};
    for (size_t i = 0; i < n; i++) {
        const rift_coinr_setting *s = &setting[i];
        if (!s->counts || strcmp(s->scope, scope) != 0) {
            continue;
        }
        rift_text_format(&text, "%s'%s'", text.n > 0 ? ", " : "", s->key);
        if (!strcmp(scope, "node") || !strcmp(scope, "series")) {
            rift_text_put(&text, " (");
            put_codes(&text, s);
            rift_text_put(&text, ")");
        }
    }
    if (text.n > 0) {
        rift_diag_at(diag, RIFT_NOTE, NULL,
                     "iMeta cannot hold settings of the %s that scores depend on: %s",
                     plural, text.data);
    }
    rift_diag_text_free(diag, &text);
}

/* What had to be changed for COINr's sake. */
static void tell_change(rift_diag *diag, const rift_coinr_setting *setting, size_t n,
                        const char *key, const char *words)
{
    for (size_t i = 0; i < n; i++) {
        rift_text text = {0};
        if (strcmp(setting[i].key, key) == 0) {
            put_codes(&text, &setting[i]);
            rift_diag_at(diag, RIFT_NOTE, NULL, "%s: %zu (%s)", words, setting[i].n,
                         rift_text_string(&text));
        }
        rift_diag_text_free(diag, &text);
    }
}

void rift_coinr_tell(rift_diag *diag, const rift_coinr_setting *setting, size_t n)
{
    static const char *const scope[][2] = {{"study", "study"},
                                           {"index", "index"},
                                           {"node", "nodes"},
                                           {"series", "series"}};
    static const char *const change[][2] = {
        {"renamed", "codes that are no names in R have another in the sheets"},
        {"steps added", "COINr takes no parent two levels up; aggregates were put "
                        "between it and"},
        {"left out", "COINr takes no indicator without a value; left out"}};
    size_t all = 0;
    for (size_t i = 0; i < n; i++) {
        all += setting[i].n;
    }
    for (size_t i = 0; i < sizeof scope / sizeof *scope; i++) {
        tell_scope(diag, setting, n, scope[i][0], scope[i][1]);
    }
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        tell_change(diag, setting, n, change[i][0], change[i][1]);
    }
    if (all > 0) {
        rift_diag_at(diag, RIFT_NOTE, NULL,
                     "settings.csv lists all that the sheets do not hold: %zu rows",
                     all);
    }
}
