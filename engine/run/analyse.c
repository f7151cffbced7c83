/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Analyses of a result, made by a few threads: those that a request names, or all that
   a study has a block for. */
#include "analysis/analysis.h"
#include "claim/claim.h"
#include "core/diag.h"
#include "core/suggest.h"
#include "result/answers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

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
    n_thread = n_thread > work->n ? work->n : n_thread;
    while (made + 1 < n_thread &&
           pthread_create(&thread[made], NULL, make_answers, work) == 0) {
        made++;
    }
    (void)make_answers(work);
    for (size_t i = 0; i < made; i++) {
        (void)pthread_join(thread[i], NULL);
    }
}

static bool is_wanted(const rift_analysis *analysis, const rift_request *request)
{
    bool any = false;
    for (size_t k = 0; k < analysis->n_table; k++) {
        any = any || rift_table_form_wanted(&analysis->table[k], request->table,
                                            request->n_table);
    }
    return any && strcmp(analysis->group, request->group) == 0;
}

static void plan_answers(const rift_scope *scope, const rift_request *request,
                         work *work)
{
    for (size_t i = 0; i < rift_n_analyses; i++) {
        if (is_wanted(rift_analyses[i], request)) {
            rift_answer_ready(rift_analyses[i], scope, request->first_year == 0,
                              &work->answer[work->n++]);
        }
    }
}

/* Make what is planned and hand it over; the first status that is not good. */
static rift_status carry_out(work *work, const rift_request *request, rift_diag *diag,
                             rift_answers *answers)
{
    const rift_watch *watch = work->watch;
    if (watch && watch->progress) {
        watch->progress(watch->data, "analysing", 0, work->n);
    }
    make_all(work);
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < work->n; i++) {
        rift_status own = rift_answer_ended(&work->answer[i], diag);
        worst = worst == RIFT_OK ? own : worst;
    }
    for (size_t i = 0; worst == RIFT_OK && i < work->n; i++) {
        if (!rift_answer_hand_over(&work->answer[i], request->table, request->n_table,
                                   answers)) {
            worst = RIFT_ERR_MEMORY;
        }
    }
    return worst;
}

static void work_free(work *work)
{
    for (size_t i = 0; work->answer && i < work->n; i++) {
        rift_answer_free(&work->answer[i]);
    }
    free(work->answer);
}

/* Names of the tables of a group; new, `*n` of them. NULL when memory runs out. */
static const char **tables_of(const char *group, size_t *n)
{
    size_t most = 1;
    for (size_t i = 0; i < rift_n_analyses; i++) {
        most += rift_analyses[i]->n_table;
    }
    const char **name = calloc(most, sizeof *name);
    *n = 0;
    for (size_t i = 0; name && i < rift_n_analyses; i++) {
        bool own = strcmp(rift_analyses[i]->group, group) == 0;
        for (size_t k = 0; own && k < rift_analyses[i]->n_table; k++) {
            name[(*n)++] = rift_analyses[i]->table[k].name;
        }
    }
    return name;
}

/* Whether the group and its tables are there; errors name each that is not. */
static rift_status check_request(const rift_request *request, rift_diag *diag)
{
    if (rift_option_group_find(request->group) == RIFT_OPTION_GROUPS) {
        rift_names known = rift_names_of(rift_option_group, RIFT_OPTION_GROUPS);
        rift_diag_unknown(diag, NULL, "group of analyses", request->group,
                          rift_names_nearest(known, request->group),
                          "see 'rift --help'");
        return RIFT_ERR_USAGE;
    }
    rift_status status = RIFT_OK;
    size_t n = 0;
    const char **known = tables_of(request->group, &n);
    for (size_t i = 0; known && i < request->n_table; i++) {
        const rift_analysis *analysis = NULL;
        if (!rift_table_form_find(request->table[i], &analysis) ||
            strcmp(analysis->group, request->group) != 0) {
            rift_diag_unknown(
                diag, NULL, "table", request->table[i],
                rift_names_nearest(rift_names_of(known, n), request->table[i]),
                "see --help");
            status = RIFT_ERR_USAGE;
        }
    }
    status = known ? status : rift_diag_memory(diag);
    free(known);
    return status;
}

rift_status rift_analyse(const rift_result *result, const rift_request *request,
                         const rift_watch *watch, rift_diag *diag,
                         rift_answers *answers)
{
    rift_status status = check_request(request, diag);
    if (status == RIFT_OK && result->study.index.n_node == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "the result has data without an index; run a study for analyses");
        status = RIFT_ERR_USAGE;
    }
    if (status != RIFT_OK) {
        return status;
    }
    rift_scope scope = {0};
    rift_answers made = {0};
    work work = {.answer = calloc(rift_n_analyses, sizeof *work.answer),
                 .watch = watch};
    status = work.answer ? rift_scope_open(result, request->group, request->options,
                                           request->first_year, request->last_year,
                                           diag, &scope)
                         : RIFT_ERR_MEMORY;
    if (status == RIFT_OK) {
        scope.choice.n_country = request->n_country;
        scope.choice.country = request->country;
        plan_answers(&scope, request, &work);
        status = carry_out(&work, request, diag, &made);
        status = status == RIFT_OK ? rift_claims_lead(&scope, &made) : status;
    }
    work_free(&work);
    rift_scope_close(&scope);
    if (status != RIFT_OK) {
        rift_answers_free(&made);
        return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
    }
    *answers = made;
    return RIFT_OK;
}

rift_status rift_analyse_all(rift_result *result, const rift_watch *watch,
                             rift_diag *diag)
{
    rift_scope scope[RIFT_OPTION_GROUPS] = {0};
    work work = {.answer = calloc(rift_n_analyses, sizeof *work.answer),
                 .watch = watch};
    rift_status status = work.answer ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; work.answer && i < RIFT_OPTION_GROUPS; i++) {
        const rift_request request = {.group = rift_option_group[i]};
        if (result->study.options[i].given) { /* every error, not the first alone */
            rift_status opened =
                rift_scope_open(result, request.group, NULL, 0, 0, diag, &scope[i]);
            if (opened == RIFT_OK) {
                plan_answers(&scope[i], &request, &work);
            }
            status = status == RIFT_OK ? opened : status;
        }
    }
    if (status == RIFT_OK) {
        const rift_request all = {0};
        status = carry_out(&work, &all, diag, &result->answers);
    }
    status = status == RIFT_OK ? rift_claims_keep(result, diag) : status;
    work_free(&work);
    for (size_t i = 0; i < RIFT_OPTION_GROUPS; i++) {
        rift_scope_close(&scope[i]);
    }
    status = status == RIFT_ERR_USAGE ? RIFT_ERR_DATA : status; /* the study's fault */
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
}
