/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A study becomes a result file, charts and a report in a folder. */
#include "rift/run.h"

#include "claim/claim.h"
#include "core/array.h"
#include "core/diag.h"
#include "core/file.h"
#include "core/hold.h"
#include "core/replace.h"
#include "core/status.h"
#include "core/target.h"
#include "core/text.h"
#include "rift.h"
#include "run/folder.h"
#include "run/keep.h"
#include "run/owner.h"

#include <stdlib.h>
#include <string.h>

#define CLAIMS "claims.json"

typedef struct job {
    const rift_watch *watch;
    rift_diag *diag;
    rift_study study;
    rift_work_folder folder;
    char *path;   /* of the folder */
    char *result; /* name of the result file */
    bool draw, report;
} job;

/* File names come from the study's code, so it is reduced to harmless characters, and
   none that an option begins with. */
static char *plain_name(const char *code)
{
    rift_text name = {0};
    for (const char *at = code; *at; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '-' || *at == '_';
        rift_text_add(&name, plain ? at : at > code ? "-" : "_", 1);
    }
    return rift_text_take(&name);
}

/* Name of the result file, and the folder where none is said. */
static rift_status name_files(job *job, const char *folder)
{
    char *plain = plain_name(job->study.code);
    rift_text path = {.failed = !plain}, result = {.failed = !plain};
    if (plain) {
        rift_text_format(&result, "%s.h5", plain);
        rift_text_put(&path, folder ? folder : "results/");
        rift_text_put(&path, folder ? "" : plain);
    }
    free(plain);
    job->path = rift_text_take(&path);
    job->result = rift_text_take(&result);
    return job->path && job->result ? RIFT_OK : rift_diag_memory(job->diag);
}

static rift_status load(job *job, const rift_run_settings *settings)
{
    rift_status status = rift_study_load(settings->study, job->diag, &job->study);
    if (status == RIFT_OK) {
        status = rift_study_check(&job->study, job->diag);
    }
    if (status == RIFT_OK) {
        job->draw = !settings->no_charts && job->study.charts.n > 0;
        job->report = !settings->no_report && job->study.report;
        status = name_files(job, settings->folder);
    }
    return status == RIFT_OK && job->draw ? rift_gnuplot_check(job->diag) : status;
}

static void progress(const job *job, const char *stage)
{
    if (job->watch && job->watch->progress) {
        job->watch->progress(job->watch->data, stage, 0, 1);
    }
}

/* All that a run leaves if it is ended before its end. */
static void abandon(void *data)
{
    const job *job = data;
    rift_work_folder_abandon(&job->folder);
}

/* Whether the program may be ended at any moment. */
static void may_end(job *job, bool may)
{
    if (job->watch && job->watch->may_end) {
        job->watch->may_end(job->watch->data, may ? abandon : NULL, job);
    }
}

/* Draw into a folder and write the report that holds the charts. */
static rift_status present(job *job, const rift_result *result, const char *charts,
                           const char *report)
{
    const rift_texts *chart = &job->study.charts;
    rift_status status = RIFT_OK;
    if (job->draw) {
        status = rift_folder_make(charts, job->diag);
    }
    if (status == RIFT_OK && job->draw) {
        may_end(job, false); /* gnuplot is to be ended as well */
        status = rift_charts_draw(result, chart->text, chart->n, charts, job->watch,
                                  job->diag);
        may_end(job, true);
    }
    if (status == RIFT_OK && job->report) {
        progress(job, "writing the report");
        status = rift_report_write(result, chart->text, job->draw ? chart->n : 0,
                                   charts, report, job->diag);
    }
    return status;
}

/* What may be said, for programs. */
static rift_status write_claims(job *job, const rift_result *result)
{
    char *path = rift_work_folder_at(&job->folder, CLAIMS), *text = NULL;
    rift_status status = path && rift_claims_json(result, &text) == RIFT_OK
                             ? rift_file_replace(path, text, strlen(text), job->diag)
                             : rift_diag_memory(job->diag);
    free(path);
    free(text);
    return status;
}

/* Nothing that was read lies where the run writes; charts are a folder replaced whole.
 */
static rift_status check_inputs(const job *job)
{
    const char *const part[] = {job->result, CLAIMS,
                                job->report ? "report.html" : NULL};
    rift_status worst =
        rift_target_check_names(job->path, RIFT_COUNT_OF(part), part, job->diag);
    char *charts = job->draw ? rift_path_join(job->path, RIFT_CHARTS_NAME) : NULL;
    if (charts) {
        worst = rift_status_worse(worst, rift_target_check_folder(charts, job->diag));
    }
    free(charts);
    return worst;
}

static rift_status make_all(job *job)
{
    rift_result result = {0};
    rift_status status = rift_study_run(&job->study, job->watch, job->diag, &result);
    status = status == RIFT_OK ? check_inputs(job) : status;
    if (status == RIFT_OK) {
        status = rift_analyse_all(&result, job->watch, job->diag);
    }
    char *store = rift_work_folder_at(&job->folder, job->result);
    char *report = rift_work_folder_at(&job->folder, "report.html");
    char *charts = rift_work_folder_at(&job->folder, RIFT_CHARTS_NAME);
    if (status == RIFT_OK && (!store || !report || !charts)) {
        status = rift_diag_memory(job->diag);
    }
    if (status == RIFT_OK) {
        progress(job, "storing the result");
        status = rift_store_write(&result, store, job->diag);
    }
    status = status == RIFT_OK ? write_claims(job, &result) : status;
    if (status == RIFT_OK) {
        status = present(job, &result, charts, report);
    }
    if (status == RIFT_OK && job->draw) {
        status = rift_charts_keep(&job->folder, job->diag);
    }
    free(store);
    free(report);
    free(charts);
    rift_result_free(&result);
    return status;
}

/* Where things will stand: known before anything is made, so that memory cannot run out
   once it is in place. */
static rift_status tell_paths(const job *job, rift_run_paths *paths)
{
    *paths = (rift_run_paths){
        .folder = rift_text_copy(job->path),
        .result = rift_path_join(job->path, job->result),
        .claims = rift_path_join(job->path, CLAIMS),
        .report = job->report ? rift_path_join(job->path, "report.html") : NULL,
        .charts = job->draw ? rift_path_join(job->path, RIFT_CHARTS_NAME) : NULL};
    bool good = paths->folder && paths->result && paths->claims &&
                (paths->report || !job->report) && (paths->charts || !job->draw);
    return good ? RIFT_OK : rift_diag_memory(job->diag);
}

/* Before anything is read: is what is there this study's to replace? */
static rift_status own(job *job, bool force)
{
    const char *part[3] = {CLAIMS};
    size_t n = 1;
    if (job->draw) {
        part[n++] = RIFT_CHARTS_NAME;
    }
    if (job->report) {
        part[n++] = "report.html";
    }
    rift_status status =
        rift_work_folder_check_name(&job->folder, job->result, job->diag);
    for (size_t i = 0; i < n; i++) {
        rift_status link =
            rift_work_folder_check_name(&job->folder, part[i], job->diag);
        status = rift_status_worse(status, link);
    }
    if (status == RIFT_OK && !force) {
        status = rift_owner_check(&job->folder, &job->study, job->result, n, part,
                                  job->diag);
    }
    if (status == RIFT_OK && job->draw) {
        status = rift_charts_check(&job->folder, job->diag);
    }
    return status == RIFT_OK ? rift_owner_record(&job->folder, &job->study, job->result,
                                                 n, part, job->diag)
                             : status;
}

void rift_run_paths_free(rift_run_paths *paths)
{
    free(paths->folder);
    free(paths->result);
    free(paths->claims);
    free(paths->report);
    free(paths->charts);
    *paths = (rift_run_paths){0};
}

rift_status rift_run(const rift_run_settings *settings, const rift_watch *watch,
                     rift_diag *diag, rift_run_paths *paths)
{
    job job = {.watch = watch, .diag = diag};
    rift_run_paths made = {0};
    rift_status status = load(&job, settings);
    status = status == RIFT_OK ? tell_paths(&job, &made) : status;
    sigset_t before;
    rift_signals_hold(&before);
    if (status == RIFT_OK) {
        status = rift_work_folder_open(job.path, true, diag, &job.folder);
        may_end(&job, true);
        rift_signals_release(&before);
        job.folder.through = settings->force;
        status = status == RIFT_OK ? own(&job, settings->force) : status;
        status = status == RIFT_OK ? make_all(&job) : status;
        rift_signals_hold(&before);
        may_end(&job, false);
    }
    if (status == RIFT_OK && watch && watch->stop && *watch->stop) {
        status = RIFT_ERR_STOPPED;
    }
    status = status == RIFT_OK && diag->out_of_memory ? RIFT_ERR_MEMORY : status;
    status = status == RIFT_OK ? rift_work_folder_commit(&job.folder, diag) : status;
    rift_work_folder_close(&job.folder, diag);
    rift_signals_release(&before);
    rift_study_free(&job.study);
    free(job.path);
    free(job.result);
    if (status != RIFT_OK) {
        rift_run_paths_free(&made);
        return status;
    }
    *paths = made;
    return RIFT_OK;
}
