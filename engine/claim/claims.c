/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of claim, and the making of them all. */
#include "claim/columns.h"
#include "claim/gap.h"
#include "core/diag.h"
#include "read/name/country.h"
#include "result/answers.h"

#include <stdlib.h>
#include <string.h>

static const rift_claim_kind *const kinds[] = {
    &rift_claim_gap,          &rift_claim_inequality,  &rift_claim_groups,
    &rift_claim_path,         &rift_claim_catching_up, &rift_claim_clubs,
    &rift_claim_years_behind, &rift_claim_coverage,    &rift_claim_edition,
};

/* What the rows of the panel are called: economies, where their codes are those of
   countries. */
static const char *units_of(const rift_panel *panel)
{
    size_t known = 0;
    for (size_t c = 0; c < panel->n_country; c++) {
        const char *code = rift_country_of(panel->country[c]);
        known += code && strcmp(code, panel->country[c]) == 0;
    }
    return 2 * known > panel->n_country ? "economies" : "places";
}

/* Claims about the study as a whole. */
static rift_status state_study(rift_ledger *ledger, const rift_scope *scope)
{
    rift_status status = RIFT_OK;
    for (size_t k = 0; status == RIFT_OK && k < RIFT_COUNT_OF(kinds); k++) {
        if (strcmp(kinds[k]->group, "study") == 0) {
            status = kinds[k]->state(ledger, scope, NULL);
        }
    }
    return status;
}

/* The claims of one block of the study, of each variable that it looks at. */
static rift_status state_block(rift_ledger *ledger, const char *group, bool first,
                               rift_diag *diag)
{
    rift_scope scope = {0};
    rift_status status =
        rift_scope_open(ledger->result, group, NULL, 0, 0, diag, &scope);
    if (status == RIFT_OK && first) {
        status = state_study(ledger, &scope);
    }
    for (size_t i = 0; status == RIFT_OK && i < scope.n_variable; i++) {
        for (size_t k = 0; status == RIFT_OK && k < RIFT_COUNT_OF(kinds); k++) {
            if (scope.variable[i].main && strcmp(kinds[k]->group, group) == 0) {
                status = kinds[k]->state(ledger, &scope, &scope.compared[i]);
            }
        }
    }
    rift_scope_close(&scope);
    return status;
}

static bool keep(rift_result *result, const char *name, const char *help,
                 const char *says, rift_table *table)
{
    const rift_kept_info info = {"claims", name, help, "", says};
    return rift_answers_keep(&result->answers, &info, table);
}

/* "12 told, 3 open, 2 withheld." */
static void count(const rift_table *claims, rift_text *out)
{
    static const char *const name[] = {"told", "open", "withheld"};
    int column = rift_table_find(claims, "standing");
    for (size_t k = 0; k < RIFT_COUNT_OF(name); k++) {
        size_t n = 0;
        for (size_t row = 0; row < claims->n_row; row++) {
            n += !strcmp(rift_table_word_at(claims, row, (size_t)column), name[k]);
        }
        rift_text_format(out, "%s%zu %s", k ? ", " : "Claims: ", n, name[k]);
    }
    rift_text_put(out, ".");
}

rift_status rift_claims_keep(rift_result *result, rift_diag *diag)
{
    rift_ledger ledger = {.result = result, .units = units_of(&result->panel)};
    rift_table_add_columns(&ledger.claims, rift_claims_column, RIFT_CLAIMS_COLUMNS);
    rift_table_add_columns(&ledger.readings, rift_readings_column,
                           RIFT_READINGS_COLUMNS);
    rift_status status = RIFT_OK;
    bool any = false;
    for (size_t i = 0; status == RIFT_OK && i < RIFT_OPTION_GROUPS; i++) {
        if (result->study.options[i].given) {
            status = state_block(&ledger, rift_option_group[i], !any, diag);
            any = true;
        }
    }
    rift_text says = {0};
    count(&ledger.claims, &says);
    rift_status own = rift_table_status(&ledger.claims);
    own = own == RIFT_OK ? rift_table_status(&ledger.readings) : own;
    own = says.failed ? RIFT_ERR_MEMORY : own;
    status = status == RIFT_OK ? own : status;
    if (status == RIFT_OK && any &&
        (!keep(result, "claims", "what may be said, and what may not",
               rift_text_string(&says), &ledger.claims) ||
         !keep(result, "readings", "the readings behind each claim", "",
               &ledger.readings))) {
        status = RIFT_ERR_MEMORY;
    }
    rift_text_free(&says);
    rift_table_free(&ledger.claims);
    rift_table_free(&ledger.readings);
    rift_trend_laws_free(&ledger.laws);
    return status;
}
