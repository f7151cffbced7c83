/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every analysis that a study has a block for, made by a few threads and kept. */
#include "run/analyses.h"

#include "core/diag.h"

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
