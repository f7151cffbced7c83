/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rift run: a study becomes a result file, charts and a report. Everything is made in a
   private folder first and moved into place at the end, so that a failed run leaves
   earlier results as they were. */
#include "cli/cli.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/json.h"
#include "run/analyses.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAGING ".rift-staging."

typedef struct job {
    cli *cli;
    rift_study study;
    const char *folder;
    char *staging, *charts, *store_name;
    bool draw, report, keep_staging;
    int lock;
    rift_text standard; /* the folder where none is said */
} job;

static const usage run_usage = {
    "rift run STUDY [-o DIR] [--no-charts] [--no-report]",
    "Read the data a study names, score its index, measure the divide, and write the\n"
    "result file (HDF5), the charts (SVG and PNG) and the report (HTML).",
    "  rift run indicators/studies/three-layer.yaml"};

/* Staging folders of runs that were killed; we hold the lock, so none is in use. */
static void remove_leftovers(const char *folder)
{
    DIR *open = opendir(folder);
    for (struct dirent *entry; open && (entry = readdir(open));) {
        if (strncmp(entry->d_name, STAGING, strlen(STAGING)) == 0) {
            char *path = rift_path_join(folder, entry->d_name);
            if (path) {
                rift_folder_remove(path);
            }
            free(path);
        }
    }
    if (open) {
        closedir(open);
    }
}

static rift_status take_lock(job *job)
{
    char *path = rift_path_join(job->folder, ".rift-lock");
    if (!path) {
        return rift_diag_memory(&job->cli->diag);
    }
    rift_status status = RIFT_OK;
    job->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (job->lock < 0) {
        status = rift_diag_system(&job->cli->diag, path, "cannot write in the folder");
    } else if (flock(job->lock, LOCK_EX | LOCK_NB) != 0) {
        rift_location place = rift_location_file(job->folder);
        rift_diag_at(&job->cli->diag, RIFT_ERROR, &place,
                     "another run writes here; wait for it or choose another folder");
        status = RIFT_ERR_SYSTEM;
    }
    free(path);
    return status;
}

static rift_status open_folder(job *job)
{
    rift_status status = rift_folder_make(job->folder, &job->cli->diag);
    if (status == RIFT_OK) {
        status = take_lock(job);
    }
    if (status != RIFT_OK) {
        return status;
    }
    remove_leftovers(job->folder);
    rift_text name = {0};
    rift_text_format(&name, "%s/" STAGING "%ld", job->folder, (long)getpid());
    job->staging = name.data;
    job->charts = name.failed ? NULL : rift_path_join(name.data, "charts");
    if (!job->charts) {
        return rift_diag_memory(&job->cli->diag);
    }
    return rift_folder_make(job->charts, &job->cli->diag);
}

/* File names come from the study's code, so it is reduced to harmless characters. */
static char *store_name(const char *code)
{
    rift_text name = {0};
    for (const char *at = code; *at && name.n < 100; at++) {
        bool plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                     (*at >= '0' && *at <= '9') || *at == '-' || *at == '_';
        rift_text_add(&name, plain ? at : "-", 1);
    }
    rift_text_put(&name, ".h5");
    return name.data;
}

static rift_status make_all(job *job)
{
    cli *cli = job->cli;
    rift_watch watch = cli_watch(cli);
    rift_result result = {0};
    rift_status status = rift_study_run(&job->study, &watch, &cli->diag, &result);
    if (status == RIFT_OK) {
        status = rift_analyse_all(&result, &watch, &cli->diag);
    }
    char *store = rift_path_join(job->staging, job->store_name);
    char *report = rift_path_join(job->staging, "report.html");
    if (status == RIFT_OK && (!store || !report)) {
        status = rift_diag_memory(&cli->diag);
    }
    if (status == RIFT_OK) {
        cli_tell(cli, "storing %s", job->store_name);
        status = rift_store_write(&result, store, &cli->diag);
    }
    if (status == RIFT_OK && job->draw) {
        status = rift_charts_draw(&result, job->study.charts.text, job->study.charts.n,
                                  job->charts, &watch, &cli->diag);
    }
    if (status == RIFT_OK && job->report) {
        cli_tell(cli, "writing the report");
        status = rift_report_write(&result, job->study.charts.text,
                                   job->draw ? job->study.charts.n : 0, job->charts,
                                   report, &cli->diag);
    }
    free(store);
    free(report);
    rift_result_free(&result);
    return status;
}

static rift_status move_one(job *job, const char *name)
{
    char *from = rift_path_join(job->staging, name),
         *to = rift_path_join(job->folder, name);
    rift_status status = from && to ? rift_file_move(from, to, &job->cli->diag)
                                    : rift_diag_memory(&job->cli->diag);
    free(from);
    free(to);
    return status;
}

/* The old charts go as a folder, so that none of an earlier study stays among the new.
   Where they can be neither replaced nor put back, they stay in the private folder. */
static rift_status move_charts(job *job)
{
    char *to = rift_path_join(job->folder, "charts");
    char *old = rift_path_join(job->staging, "old-charts");
    rift_diag *diag = &job->cli->diag;
    rift_status status = to && old ? RIFT_OK : rift_diag_memory(diag);
    bool had_old = status == RIFT_OK && rename(to, old) == 0;
    if (status == RIFT_OK && !had_old && errno != ENOENT) {
        status = rift_diag_system(diag, to, "cannot replace the charts");
    }
    if (status == RIFT_OK && rename(job->charts, to) != 0) {
        status = rift_diag_system(diag, to, "cannot put the charts in place");
        if (had_old && rename(old, to) != 0) {
            rift_location place = rift_location_file(old);
            rift_diag_at(diag, RIFT_ERROR, &place,
                         "the earlier charts are here; move them back before the next "
                         "run");
            job->keep_staging = true;
        }
    }
    free(to);
    free(old);
    return status;
}

/* The charts go first: they are the step that can fail, and then nothing has changed.
 */
static rift_status put_in_place(job *job)
{
    rift_status status = job->draw ? move_charts(job) : RIFT_OK;
    if (status == RIFT_OK) {
        status = move_one(job, job->store_name);
    }
    if (status == RIFT_OK && job->report) {
        status = move_one(job, "report.html");
    }
    return status;
}

static int print_places(const job *job)
{
    rift_text text = {0};
    const char *name[] = {"report", "result", "charts"};
    const char *file[] = {job->report ? "report.html" : NULL, job->store_name,
                          job->draw ? "charts/" : NULL};
    if (job->cli->json) {
        rift_text_put(&text, "{");
        for (int i = 0, n = 0; i < 3; i++) {
            if (file[i]) {
                rift_text path = {0};
                rift_text_format(&path, "%s/%s", job->folder, file[i]);
                rift_text_format(&text, "%s\"%s\": ", n++ ? ", " : "", name[i]);
                rift_json_string(&text, rift_text_string(&path));
                rift_text_free(&path);
            }
        }
        rift_text_put(&text, "}\n");
    } else {
        for (int i = 0; !job->cli->quiet && i < 3; i++) {
            if (file[i]) {
                rift_text_format(&text, "%s  %s/%s\n", name[i], job->folder, file[i]);
            }
        }
    }
    return cli_print(&text);
}

static rift_status load(job *job, const char *path, const char *folder)
{
    rift_diag *diag = &job->cli->diag;
    rift_status status = rift_study_load(path, diag, &job->study);
    status = status == RIFT_OK ? rift_study_check(&job->study, diag) : status;
    if (status != RIFT_OK) {
        return status;
    }
    job->draw = job->draw && job->study.charts.n > 0;
    job->report = job->report && job->study.report;
    job->store_name = store_name(job->study.code);
    if (!job->store_name) {
        return rift_diag_memory(diag);
    }
    rift_text_format(&job->standard, "results/%.*s", (int)strlen(job->store_name) - 3,
                     job->store_name);
    job->folder = folder ? folder : rift_text_string(&job->standard);
    return job->draw ? rift_gnuplot_check(diag) : RIFT_OK;
}

/* The whole job, step by step; what it opened is left to the caller to close. */
static rift_status carry_out(job *job, const char *path, const char *folder)
{
    rift_status status = load(job, path, folder);
    if (status == RIFT_OK) {
        status = open_folder(job);
    }
    if (status == RIFT_OK) {
        status = make_all(job);
    }
    if (status == RIFT_OK && cli_stop) {
        status = RIFT_ERR_STOPPED;
    }
    return status == RIFT_OK ? put_in_place(job) : status;
}

int cmd_run(cli *cli, int argc, char **argv)
{
    const char *folder = NULL, *operand[1];
    bool no_charts = false, no_report = false;
    size_t n = 0;
    const option_row option[] = {
        {'o', "output", "DIR", "folder to write into [results/CODE of the study]",
         OPTION_TEXT, &folder},
        {0, "no-charts", NULL, "draw no charts; gnuplot is not needed then",
         OPTION_FLAG, &no_charts},
        {0, "no-report", NULL, "write no report", OPTION_FLAG, &no_report},
    };
    int code = cli_options(cli, &run_usage, option, 3, argc, argv, operand, 1, &n);
    if (code >= 0) {
        return code;
    }
    if (n != 1) {
        return cli_usage_error(cli, "name a study, such as "
                                    "indicators/studies/three-layer.yaml");
    }
    cli_catch_signals();
    job job = {.cli = cli, .lock = -1, .draw = !no_charts, .report = !no_report};
    rift_status status = carry_out(&job, operand[0], folder);
    if (job.staging && !job.keep_staging) {
        rift_folder_remove(job.staging);
    }
    if (job.lock >= 0) {
        close(job.lock);
    }
    code = cli_finish(cli, status);
    if (code == EXIT_DONE) {
        code = print_places(&job);
    }
    rift_study_free(&job.study);
    rift_text_free(&job.standard);
    free(job.staging);
    free(job.charts);
    free(job.store_name);
    return code;
}
