/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: the tables of an analysis, and how it ended. */
#include "analysis/analysis.h"
#include "core/diag.h"
#include "result/answers.h"

#include <stdlib.h>
#include <string.h>

bool rift_table_form_wanted(const rift_table_form *form, const char *const *name,
                            size_t n)
{
    bool wanted = n == 0;
    for (size_t i = 0; !wanted && i < n; i++) {
        wanted = strcmp(name[i], form->name) == 0;
    }
    return wanted;
}

static rift_values_seen seen_by(const rift_analysis *analysis)
{
    static const char *const compares[] = {"converge", "forecast", "paradox"};
    rift_values_seen sees = analysis->sees;
    for (size_t i = 0; i < RIFT_COUNT_OF(compares); i++) {
        bool usual = sees == RIFT_SEES_USUAL && !strcmp(analysis->group, compares[i]);
        sees = usual ? RIFT_SEES_COMPARED : sees;
    }
    return sees;
}

void rift_answer_ready(const rift_analysis *analysis, const rift_scope *scope,
                       bool usual_years, rift_answer *answer)
{
    *answer = (rift_answer){.analysis = analysis, .scope = *scope};
    rift_values_seen sees = seen_by(analysis);
    answer->scope.variable = sees == RIFT_SEES_COMPARED   ? scope->compared
                             : sees == RIFT_SEES_OBSERVED ? scope->seen
                                                          : scope->variable;
    if ((analysis->latest || analysis->one_year) && usual_years) {
        answer->scope.first = answer->scope.last = rift_result_edition(scope->result);
    }
}

/* Whether the scope is one year in which countries are ranked. */
static bool is_ranked_year(const rift_scope *q, rift_text *reason)
{
    const rift_result *r = q->result;
    size_t n = 0;
    if (q->first != q->last) {
        rift_text_format(
            reason, "'rift %s' is for one year; %d to %d are %zu; name one of them",
            q->command, r->panel.year[q->first], r->panel.year[q->last],
            q->last - q->first + 1);
        return false;
    }
    for (size_t c = 0; c < r->panel.n_country; c++) {
        n += r->scores.rank[rift_result_at(r, 0, q->last) + c] > 0;
    }
    if (n == 0) {
        rift_text_format(reason, "no country has a total in %d; choose another year",
                         r->panel.year[q->last]);
    }
    return n > 0;
}

/* Of a table without a row: what it takes to have one. */
static void tell_needs(const rift_table_form *form, rift_text *summary)
{
    rift_text_begin_line(summary);
    rift_text_format(summary, "No answer: it takes %s.", form->needs);
}

/* Whether rows are of single countries, so that naming some picks theirs. */
static bool has_countries(const rift_table_form *form)
{
    bool has = false;
    for (size_t c = 0; c < form->n_column; c++) {
        has = has || strcmp(form->column[c].name, "country") == 0 ||
              strcmp(form->column[c].name, "unit_name") == 0;
    }
    return has;
}

/* Of a table that countries named do not narrow. */
static void tell_of_all(rift_text *summary)
{
    rift_text_begin_line(summary);
    rift_text_put(summary, "This table is of all countries: it has no rows of those "
                           "named by 'country'.");
}

void rift_answer_run(rift_answer *answer)
{
    const rift_analysis *analysis = answer->analysis;
    if (analysis->one_year && !is_ranked_year(&answer->scope, &answer->reason)) {
        answer->status = answer->reason.failed ? RIFT_ERR_MEMORY : RIFT_ERR_DATA;
        return;
    }
    answer->table = calloc(analysis->n_table, sizeof *answer->table);
    answer->summary = calloc(analysis->n_table, sizeof *answer->summary);
    if (!answer->table || !answer->summary) {
        answer->status = RIFT_ERR_MEMORY;
        return;
    }
    for (size_t k = 0; k < analysis->n_table; k++) {
        const rift_table_form *form = &analysis->table[k];
        for (size_t c = 0; c < form->n_column; c++) {
            if (form->column[c].name[0] != '<') { /* the analysis adds these */
                rift_table_add_columns(&answer->table[k], &form->column[c], 1);
            }
        }
    }
    answer->status = analysis->run(&answer->scope, answer->table, answer->summary);
    for (size_t k = 0; k < analysis->n_table; k++) {
        if (answer->table[k].n_row == 0) {
            tell_needs(&analysis->table[k], &answer->summary[k]);
        } else if (answer->scope.choice.n_country > 0 &&
                   !has_countries(&analysis->table[k])) {
            tell_of_all(&answer->summary[k]);
        }
        if (seen_by(analysis) != RIFT_SEES_USUAL) {
            rift_tell_compared(&answer->scope, &answer->summary[k]);
        }
        rift_status own = rift_table_status(&answer->table[k]);
        own = answer->summary[k].failed ? RIFT_ERR_MEMORY : own;
        answer->status = own == RIFT_OK ? answer->status : own;
    }
}

void rift_answer_free(rift_answer *answer)
{
    size_t n = answer->analysis ? answer->analysis->n_table : 0;
    for (size_t k = 0; k < n; k++) {
        if (answer->table) {
            rift_table_free(&answer->table[k]);
        }
        if (answer->summary) {
            rift_text_free(&answer->summary[k]);
        }
    }
    free(answer->table);
    free(answer->summary);
    rift_text_free(&answer->reason);
    *answer = (rift_answer){0};
}

rift_status rift_answer_ended(const rift_answer *answer, rift_diag *diag)
{
    rift_status status = answer->status;
    if (status == RIFT_ERR_DATA && answer->reason.n > 0 && diag->n_error == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL, "%s", rift_text_string(&answer->reason));
    } else if (status != RIFT_OK && status != RIFT_ERR_MEMORY &&
               status != RIFT_ERR_STOPPED && diag->n_error == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "'rift %s RESULT %s' found no answer: %s; drop it, or name other "
                     "series or years",
                     answer->analysis->group, answer->analysis->table[0].name,
                     rift_status_text(status));
    }
    return status;
}

bool rift_answer_hand_over(rift_answer *answer, const char *const *name, size_t n,
                           rift_answers *to)
{
    const rift_analysis *analysis = answer->analysis;
    bool good = true;
    for (size_t k = 0; good && k < analysis->n_table; k++) {
        const rift_table_form *form = &analysis->table[k];
        const rift_kept_info info = {analysis->group, form->name, form->help,
                                     analysis->reference,
                                     rift_text_string(&answer->summary[k])};
        if (rift_table_form_wanted(form, name, n)) {
            good = rift_answers_keep(to, &info, &answer->table[k]);
        }
    }
    return good;
}
