/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of claim, and the making of them all. */
#include "claim/columns.h"
#include "claim/gap.h"
#include "claim/kept.h"
#include "core/diag.h"
#include "result/answers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const rift_claim_kind *const kinds[] = {
    &rift_claim_gap,          &rift_claim_inequality,  &rift_claim_groups,
    &rift_claim_path,         &rift_claim_catching_up, &rift_claim_clubs,
    &rift_claim_years_behind, &rift_claim_scored,      &rift_claim_coverage,
    &rift_claim_edition,      &rift_claim_paradox,     &rift_claim_target,
};

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

static bool same_values(const rift_scope *scope, size_t i, size_t k)
{
    const rift_panel *panel = &scope->result->panel;
    /* with those of years that do not compare, lest nothing be the same as nothing */
    const double *x = scope->seen[i].value, *y = scope->seen[k].value;
    bool same = scope->compared[i].since == scope->compared[k].since;
    for (size_t at = 0; same && at < panel->n_year * panel->n_country; at++) {
        /* but for rounding: a score may be the value itself */
        same = fabs(x[at] - y[at]) <= 1e-12 * fabs(x[at]) ||
               (isnan(x[at]) && isnan(y[at]));
    }
    return same;
}

/* Whether one asked for before it has the same values: a total and its only part. */
static bool is_said(const rift_scope *scope, size_t i)
{
    bool said = false;
    for (size_t k = 0; !said && k < i; k++) {
        said = scope->variable[k].main && same_values(scope, k, i);
    }
    return said;
}

/* "Whole, and likewise Access": a variable with those of the same values; empty where
   it is alone. */
static void name_likewise(const rift_scope *scope, size_t i, rift_text *name)
{
    for (size_t k = i + 1; k < scope->n_variable; k++) {
        if (scope->variable[k].main && same_values(scope, i, k)) {
            rift_text_format(name, "%s%s",
                             name->n > 0 ? " and " : scope->variable[i].name,
                             name->n > 0 ? "" : ", and likewise ");
            rift_text_put(name, scope->variable[k].name);
        }
    }
}

/* The claims of one group of questions, of each variable that a scope looks at. */
static rift_status state_group(rift_ledger *ledger, const rift_scope *scope,
                               const char *group)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < scope->n_variable; i++) {
        if (!scope->variable[i].main || is_said(scope, i)) {
            continue;
        }
        rift_text name = {0};
        name_likewise(scope, i, &name);
        ledger->likewise = name.n > 0 ? rift_text_string(&name) : NULL;
        for (size_t k = 0; status == RIFT_OK && k < RIFT_COUNT_OF(kinds); k++) {
            bool wanted =
                !ledger->of_answers || rift_kept_table(ledger, group, kinds[k]->table);
            if (wanted && strcmp(kinds[k]->group, group) == 0) {
                status = kinds[k]->state(ledger, scope, &scope->compared[i]);
            }
        }
        ledger->likewise = NULL;
        status = name.failed ? RIFT_ERR_MEMORY : status;
        rift_text_free(&name);
    }
    return status;
}

/* Those of one block of the study; the first begins with the study as a whole. */
static rift_status state_block(rift_ledger *ledger, const char *group, bool first,
                               rift_diag *diag)
{
    rift_scope scope = {0};
    rift_status status =
        rift_scope_open(ledger->result, group, NULL, 0, 0, diag, &scope);
    if (status == RIFT_OK && first) {
        status = state_study(ledger, &scope);
    }
    status = status == RIFT_OK ? state_group(ledger, &scope, group) : status;
    rift_scope_close(&scope);
    return status;
}

static void ledger_open(const rift_result *result, const rift_answers *answers,
                        rift_ledger *ledger)
{
    *ledger = (rift_ledger){
        .result = result, .answers = answers, .units = rift_result_units(result)};
    rift_table_add_columns(&ledger->claims, rift_claims_column, RIFT_CLAIMS_COLUMNS);
    rift_table_add_columns(&ledger->readings, rift_readings_column,
                           RIFT_READINGS_COLUMNS);
}

static void ledger_close(rift_ledger *ledger)
{
    rift_table_free(&ledger->claims);
    rift_table_free(&ledger->readings);
    rift_trend_laws_free(&ledger->laws);
}

static rift_status ledger_status(const rift_ledger *ledger)
{
    rift_status status = rift_table_status(&ledger->claims);
    return status == RIFT_OK ? rift_table_status(&ledger->readings) : status;
}

/* "NAME. Sentence", a line each, of the claims of a kind. */
static void put_sentences(const rift_table *claims, const char *kind, rift_text *out)
{
    for (size_t row = 0; row < claims->n_row; row++) {
        const char *sentence = rift_kept_text(claims, row, "sentence");
        if (rift_kept_is(claims, row, "kind", kind) && sentence[0]) {
            rift_text_format(out, "%s. %s\n", rift_kept_text(claims, row, "name"),
                             sentence);
        }
    }
}

/* Put the sentences before the words of the tables that they belong to. */
static rift_status lead(const rift_table *claims, rift_answers *answers)
{
    rift_status status = RIFT_OK;
    for (size_t i = 0; status == RIFT_OK && i < answers->n; i++) {
        rift_kept_info *info = &answers->kept[i].info;
        rift_text says = {0};
        for (size_t k = 0; k < RIFT_COUNT_OF(kinds); k++) {
            if (!strcmp(kinds[k]->group, info->group) &&
                !strcmp(kinds[k]->table, info->name)) {
                put_sentences(claims, kinds[k]->name, &says);
            }
        }
        if (says.n > 0) {
            rift_text_put(&says, info->summary);
            char *taken = rift_text_take(&says);
            if (taken) {
                free((char *)info->summary);
                info->summary = taken;
            }
            status = taken ? RIFT_OK : RIFT_ERR_MEMORY;
        }
        rift_text_free(&says);
    }
    return status;
}

rift_status rift_claims_lead(const rift_scope *scope, rift_answers *answers)
{
    rift_ledger ledger;
    ledger_open(scope->result, answers, &ledger);
    ledger.of_answers = true;
    rift_status status = state_group(&ledger, scope, scope->command);
    status = status == RIFT_OK ? ledger_status(&ledger) : status;
    status = status == RIFT_OK ? lead(&ledger.claims, answers) : status;
    ledger_close(&ledger);
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
    for (size_t k = 0; k < RIFT_COUNT_OF(name); k++) {
        size_t n = 0;
        for (size_t row = 0; row < claims->n_row; row++) {
            n += rift_kept_is(claims, row, "standing", name[k]);
        }
        rift_text_format(out, "%s%zu %s", k ? ", " : "Claims: ", n, name[k]);
    }
    rift_text_put(out, ".");
}

rift_status rift_claims_keep(rift_result *result, rift_diag *diag)
{
    rift_ledger ledger;
    ledger_open(result, &result->answers, &ledger);
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
    status = status == RIFT_OK ? ledger_status(&ledger) : status;
    status = status == RIFT_OK && says.failed ? RIFT_ERR_MEMORY : status;
    status = status == RIFT_OK ? lead(&ledger.claims, &result->answers) : status;
    if (status == RIFT_OK && any &&
        (!keep(result, "claims", "what may be said, and what may not",
               rift_text_string(&says), &ledger.claims) ||
         !keep(result, "readings", "the readings behind each claim", "",
               &ledger.readings))) {
        status = RIFT_ERR_MEMORY;
    }
    rift_text_free(&says);
    ledger_close(&ledger);
    return status;
}
