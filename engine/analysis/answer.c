/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers: the tables of an analysis, made one by one or all that a study asks for. */
#include "analysis/analysis.h"
#include "core/diag.h"
#include "result/answers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

void rift_answer_ready(const rift_analysis *analysis, const rift_scope *scope,
                       bool usual_years, rift_answer *answer)
{
    *answer = (rift_answer){.analysis = analysis, .scope = *scope};
    if (analysis->latest && usual_years) {
        answer->scope.first = answer->scope.last = rift_result_latest(scope->result);
    }
}

void rift_answer_run(rift_answer *answer)
{
    const rift_analysis *analysis = answer->analysis;
    answer->table = calloc(analysis->n_table, sizeof *answer->table);
    answer->summary = calloc(analysis->n_table, sizeof *answer->summary);
    if (!answer->table || !answer->summary) {
        answer->status = RIFT_ERR_MEMORY;
        return;
    }
    for (size_t k = 0; k < analysis->n_table; k++) {
        const rift_table_form *form = &analysis->table[k];
        rift_table_add_columns(&answer->table[k], form->column, form->n_column);
    }
    answer->status = analysis->run(&answer->scope, answer->table, answer->summary);
    for (size_t k = 0; k < analysis->n_table; k++) {
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
    *answer = (rift_answer){0};
}

typedef struct work {
    rift_answer
        *answer; /* know nothing of each other, so that any thread may make any */
    size_t n;
    atomic_size_t next;
    const rift_watch *watch;
} work;

static bool stopped(const rift_watch *watch)
{
    return watch && watch->stop && *watch->stop;
}

static void *make_answers(void *data)
{
    work *work = data;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->n;) {
        rift_answer *answer = &work->answer[i];
        if (stopped(work->watch)) {
            answer->status = RIFT_ERR_STOPPED;
        } else {
            rift_answer_run(answer);
        }
    }
    return NULL;
}

/* Every thread takes the next job; where no thread can be had, this one does them all.
 */
static void make_all(work *work)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    size_t n_thread = n > MOST_THREADS ? MOST_THREADS : n > 1 ? (size_t)n : 1, made = 0;
    pthread_t thread[MOST_THREADS];
    while (made + 1 < n_thread &&
           pthread_create(&thread[made], NULL, make_answers, work) == 0) {
        made++;
    }
    (void)make_answers(work);
    for (size_t i = 0; i < made; i++) {
        (void)pthread_join(thread[i], NULL);
    }
}

static void plan_answers(const rift_scope *scope, work *work)
{
    for (size_t i = 0; i < rift_n_analyses; i++) {
        if (strcmp(rift_analyses[i]->group, scope->command) == 0) {
            rift_answer_ready(rift_analyses[i], scope, true, &work->answer[work->n++]);
        }
    }
}

rift_status rift_answer_ended(const rift_answer *answer, rift_diag *diag)
{
    rift_status status = answer->status;
    if (status != RIFT_OK && status != RIFT_ERR_MEMORY && status != RIFT_ERR_STOPPED &&
        diag->n_error == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "'rift %s RESULT %s' found no answer: %s; leave it out, or ask "
                     "about other series or years",
                     answer->analysis->group, answer->analysis->table[0].name,
                     rift_status_text(status));
    }
    return status;
}

bool rift_answer_keep(rift_answer *answer, rift_result *result)
{
    bool good = true;
    for (size_t k = 0; good && k < answer->analysis->n_table; k++) {
        good =
            rift_result_keep(result, rift_scope_group(answer->analysis->group),
                             answer->analysis->table[k].name,
                             rift_text_string(&answer->summary[k]), &answer->table[k]);
    }
    return good;
}

/* Keep what was made; the worst status, for memory that ran out may show in any. */
static rift_status keep_all(rift_result *result, work *work, rift_diag *diag)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < work->n; i++) {
        rift_status own = rift_answer_ended(&work->answer[i], diag);
        worst = worst == RIFT_OK ? own : worst;
    }
    for (size_t i = 0; worst == RIFT_OK && i < work->n; i++) {
        if (!rift_answer_keep(&work->answer[i], result)) {
            worst = RIFT_ERR_MEMORY;
        }
    }
    return worst;
}

static void free_answers(work *work)
{
    for (size_t i = 0; i < work->n; i++) {
        rift_answer_free(&work->answer[i]);
    }
    free(work->answer);
}

rift_status rift_analyse_all(rift_result *result, const rift_watch *watch,
                             rift_diag *diag)
{
    rift_scope q[RIFT_OPTION_GROUPS] = {0};
    work work = {.answer = calloc(rift_n_analyses, sizeof *work.answer),
                 .watch = watch};
    rift_status status = work.answer ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; work.answer && i < RIFT_OPTION_GROUPS; i++) {
        if (result->study.options[i].given) { /* all errors are told, not the first */
            rift_status opened =
                rift_scope_open(result, rift_option_group[i], NULL, 0, 0, diag, &q[i]);
            if (opened == RIFT_OK) {
                plan_answers(&q[i], &work);
            }
            status = status == RIFT_OK ? opened : status;
        }
    }
    if (watch && watch->progress && status == RIFT_OK) {
        watch->progress(watch->data, "asking", 0, 1);
    }
    if (status == RIFT_OK) {
        make_all(&work);
        status = keep_all(result, &work, diag);
    }
    if (work.answer) {
        free_answers(&work);
    }
    for (size_t i = 0; i < RIFT_OPTION_GROUPS; i++) {
        rift_scope_close(&q[i]);
    }
    status = status == RIFT_ERR_USAGE ? RIFT_ERR_DATA : status; /* the study's fault */
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
}
