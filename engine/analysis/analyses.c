/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of every command, and the making of all that a study asks for. */
#include "analysis/analysis.h"
#include "core/diag.h"
#include "result/answers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 8 };

const rift_analysis rift_analyses[] = {
    {"divide", "inequality", "every measure with its bootstrap error and interval",
     "Efron (1987); see the measures", rift_analyse_inequality, false},
    {"divide", "gaps",
     "each country's gap to the best, its group's median, the world, a reference",
     "differences, ratios, ln ratios, odds ratios", rift_analyse_gaps, true},
    {"divide", "expected", "what income would lead one to expect, and who is beyond",
     "least squares on ln GDP per head, prediction intervals", rift_analyse_expected,
     true},
    {"divide", "split", "Theil T, Theil L and Gini between and within groups",
     "Theil (1967); Shorrocks (1980); Lambert and Aronson (1993)", rift_analyse_split,
     false},
    {"divide", "nested", "Theil T and L, group within group", "Shorrocks (1980)",
     rift_analyse_nested, false},
    {"divide", "sources", "Gini of a node by its children",
     "Lerman and Yitzhaki (1985); Shorrocks (2013)", rift_analyse_sources, true},
    {"divide", "change", "change of Theil by means, within groups, and by shares",
     "Mookherjee and Shorrocks (1982); Shorrocks (2013)", rift_analyse_change, false},
    {"divide", "contributions", "a gap between two in the total, by series",
     "Ang (2004) for geometric means; Shorrocks (2013)", rift_analyse_contributions,
     true},
    {"divide", "lorenz", "Lorenz and generalised Lorenz curves, first and last year",
     "Lorenz (1905); Shorrocks (1983)", rift_analyse_lorenz, false},
    {"divide", "lorenz-dominance", "does one year's curve lie above the other's",
     "Bishop, Formby and Thistle (1992), errors by bootstrap", rift_analyse_dominance,
     false},
    {"divide", "concentration", "who has it, over the rank of income",
     "Kakwani (1980); Wagstaff (2005); Erreygers (2009)", rift_analyse_concentration,
     false},
    {"divide", "concentration-curve", "cumulative shares over the rank of income",
     "Kakwani (1980)", rift_analyse_concentration_curve, true},
    {"divide", "density", "kernel density of each year", "Silverman (1986)",
     rift_analyse_density, false},
    {"divide", "modes", "peaks of the density, and whether one would do",
     "Silverman (1981)", rift_analyse_modes, false},

    {"converge", "sigma", "spread of each year on four scales",
     "Barro and Sala-i-Martin (1992)", rift_analyse_sigma, false},
    {"converge", "sigma-trend", "does the spread have a trend",
     "least squares; Andrews (1991)", rift_analyse_sigma_trend, false},
    {"converge", "beta", "do those behind grow faster",
     "Barro and Sala-i-Martin (1992)", rift_analyse_beta, false},
    {"converge", "beta-points", "where each country began, and how it grew",
     "Barro and Sala-i-Martin (1992)", rift_analyse_beta_points, false},
    {"converge", "clubs", "do all converge, and which clubs are there",
     "Phillips and Sul (2007, 2009)", rift_analyse_clubs, false},
    {"converge", "club-members", "the club of each country", "Phillips and Sul (2009)",
     rift_analyse_club_members, false},
    {"converge", "transition-paths", "each country relative to the mean",
     "Phillips and Sul (2007)", rift_analyse_transition_paths, false},
    {"converge", "mobility", "moves between fifths of relative values",
     "Quah (1993); Shorrocks (1978)", rift_analyse_mobility, false},
    {"converge", "transitions", "counts and probabilities of the moves", "Quah (1993)",
     rift_analyse_transitions, false},
    {"converge", "homogeneity", "is the chain the same in both halves",
     "Anderson and Goodman (1957)", rift_analyse_homogeneity, false},
    {"converge", "stochastic-kernel", "density of the value to come, given this one",
     "Quah (1997)", rift_analyse_stochastic_kernel, false},
    {"converge", "rank-mobility", "how far the order changed",
     "Kendall (1945); Boyle and McCarthy (1997)", rift_analyse_rank_mobility, false},
    {"converge", "time-distance",
     "distance in time to the leader, the world, a reference", "Sicherl (1973, 2011)",
     rift_analyse_time_distance, false},
    {"converge", "equality", "years until equality at present speeds", "Sicherl (2011)",
     rift_analyse_equality, false},
    {"converge", "joining", "what joining a group did, against those who never joined",
     "Callaway and Sant'Anna (2021); Sant'Anna and Zhao (2020)", rift_analyse_joining,
     false},

    {"forecast", "target", "when each country reaches the target",
     "Griliches (1957); delta method: Oehlert (1992)", rift_analyse_target, false},
    {"forecast", "group-target", "the same of groups and the world", "Griliches (1957)",
     rift_analyse_group_target, false},
    {"forecast", "curves", "parameters of logistic, Gompertz and Bass",
     "Verhulst (1838); Gompertz (1825); Bass (1969)", rift_analyse_curves, false},
    {"forecast", "fan", "paths to come, with their quantiles",
     "Efron and Tibshirani (1993), 9.4", rift_analyse_fan, false},
    {"forecast", "backtest",
     "errors and coverage where the last five years are held out",
     "Hyndman and Athanasopoulos (2021), 5", rift_analyse_backtest, false},

    {"paradox", "paradox", "all evidence in one table, and the verdict",
     "the parts below", rift_analyse_paradox, false},
    {"paradox", "people", "variance of a 0/1 trait within and between countries",
     "p(1 - p) = sum s p(1 - p) + sum s (p_c - p)^2", rift_analyse_people, false},
    {"paradox", "people-groups", "the same by groups of countries", "as above",
     rift_analyse_people_groups, false},
    {"paradox", "theil-rich", "Theil between the rich and the others", "Theil (1967)",
     rift_analyse_theil, false},
    {"paradox", "domestic", "gaps between groups of people at home",
     "parity of 0.98 to 1.02: ITU practice", rift_analyse_domestic, false},
    {"paradox", "quadrants", "change at home against change abroad, country by country",
     "four quadrants", rift_analyse_quadrants, false},
    {"paradox", "regression", "panel regression of one change on the other",
     "Cameron and Miller (2015); Cameron, Gelbach and Miller (2008)",
     rift_analyse_regression, false},
};
const size_t rift_n_analyses = sizeof rift_analyses / sizeof *rift_analyses;

const rift_analysis *rift_analysis_find(const char *name)
{
    for (size_t i = 0; i < rift_n_analyses; i++) {
        if (strcmp(rift_analyses[i].name, name) == 0) {
            return &rift_analyses[i];
        }
    }
    return NULL;
}

const char *rift_scope_group(const char *command)
{
    static const char *const group[] = {"inquiry_divide", "inquiry_converge",
                                        "inquiry_forecast", "inquiry_paradox"};
    size_t i = 0;
    while (i < 3 && strcmp(group[i] + strlen("inquiry_"), command) != 0) {
        i++;
    }
    return group[i];
}

static bool is_asked(const rift_result *r, const char *command)
{
    for (size_t i = 0; i < r->study.n_asked; i++) {
        if (strcmp(r->study.asked[i].key, command) == 0) {
            return true;
        }
    }
    return false;
}

/* One part to be made; parts know nothing of each other, so that any thread may make
   any of them, and they are kept in their order. */
typedef struct job {
    const rift_analysis *part;
    rift_scope q;
    rift_table table;
    rift_text verdict;
    rift_status status;
} job;

typedef struct work {
    job *job;
    size_t n;
    atomic_size_t next;
    const rift_watch *watch;
} work;

static bool stopped(const rift_watch *watch)
{
    return watch && watch->stop && *watch->stop;
}

static void *make_jobs(void *data)
{
    work *work = data;
    for (size_t i; (i = atomic_fetch_add(&work->next, 1)) < work->n;) {
        job *job = &work->job[i];
        job->status = stopped(work->watch)
                          ? RIFT_ERR_STOPPED
                          : job->part->make(&job->q, &job->table, &job->verdict);
        if (rift_table_status(&job->table) != RIFT_OK || job->verdict.failed) {
            job->status = RIFT_ERR_MEMORY;
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
           pthread_create(&thread[made], NULL, make_jobs, work) == 0) {
        made++;
    }
    (void)make_jobs(work);
    for (size_t i = 0; i < made; i++) {
        (void)pthread_join(thread[i], NULL);
    }
}

/* What shows the latest year alone where it is printed does so here too. */
static void plan_jobs(const rift_result *result, const rift_scope *q, work *work)
{
    for (size_t i = 0; i < rift_n_analyses; i++) {
        const rift_analysis *part = &rift_analyses[i];
        if (strcmp(part->command, q->command) == 0) {
            job *job = &work->job[work->n++];
            job->part = part;
            job->q = *q;
            if (part->latest) {
                job->q.first = job->q.last = rift_result_latest(result);
            }
        }
    }
}

rift_status rift_analysis_ended(const rift_analysis *part, rift_status status,
                                rift_diag *diag)
{
    if (status != RIFT_OK && status != RIFT_ERR_MEMORY && status != RIFT_ERR_STOPPED &&
        diag->n_error == 0) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "'rift %s RESULT %s' found no answer: %s; leave it out, or ask "
                     "about other series or years",
                     part->command, part->name, rift_status_text(status));
    }
    return status;
}

/* Keep what was made; the worst status, for memory that ran out may show in any. */
static rift_status keep_all(rift_result *result, work *work, rift_diag *diag)
{
    rift_status worst = RIFT_OK;
    for (size_t i = 0; i < work->n; i++) {
        job *job = &work->job[i];
        rift_status own = rift_analysis_ended(job->part, job->status, diag);
        worst = worst == RIFT_OK ? own : worst;
    }
    for (size_t i = 0; worst == RIFT_OK && i < work->n; i++) {
        job *job = &work->job[i];
        if (!rift_result_keep(result, rift_scope_group(job->part->command),
                              job->part->name, rift_text_string(&job->verdict),
                              &job->table)) {
            worst = RIFT_ERR_MEMORY;
        }
    }
    return worst;
}

static void free_jobs(work *work)
{
    for (size_t i = 0; i < work->n; i++) {
        rift_table_free(&work->job[i].table);
        rift_text_free(&work->job[i].verdict);
    }
    free(work->job);
}

enum { COMMANDS = 4 };

rift_status rift_analyse_all(rift_result *result, const rift_watch *watch,
                             rift_diag *diag)
{
    static const char *const command[COMMANDS] = {"divide", "converge", "forecast",
                                                  "paradox"};
    rift_scope q[COMMANDS] = {0};
    work work = {.job = calloc(rift_n_analyses, sizeof *work.job), .watch = watch};
    rift_status status = work.job ? RIFT_OK : RIFT_ERR_MEMORY;
    for (size_t i = 0; work.job && i < COMMANDS; i++) {
        if (is_asked(result, command[i])) { /* all errors are told, not the first */
            rift_status opened =
                rift_scope_open(result, command[i], NULL, 0, 0, diag, &q[i]);
            if (opened == RIFT_OK) {
                plan_jobs(result, &q[i], &work);
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
    if (work.job) {
        free_jobs(&work);
    }
    for (size_t i = 0; i < COMMANDS; i++) {
        rift_scope_close(&q[i]);
    }
    status = status == RIFT_ERR_USAGE ? RIFT_ERR_DATA : status; /* the study's fault */
    return status == RIFT_ERR_MEMORY ? rift_diag_memory(diag) : status;
}
