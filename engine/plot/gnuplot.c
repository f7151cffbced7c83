/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running gnuplot. Its exit status says little (0 on a full disk), so the files it
   writes are checked themselves. */
#include "plot/gnuplot.h"

#include "core/diag.h"
#include "core/file.h"
#include "core/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIME_LIMIT = 60, POLL_MS = 2, OUTPUT_LIMIT = 256 * 1024 * 1024 };

typedef struct child {
    pid_t pid;
    bool running;
    int exit;
    const char *format;
} child;

/* Minimal: a user's settings must not change a chart. */
static char **child_environment(rift_text *path)
{
    static char *environment[4];
    const char *own = getenv("PATH");
    rift_text_format(path, "PATH=%s", own ? own : "/usr/local/bin:/usr/bin:/bin");
    environment[0] = path->data;
    environment[1] = "LC_ALL=C.UTF-8";
    environment[2] = "HOME=/nonexistent";
    environment[3] = NULL;
    return environment;
}

static int spawn(const char *folder, char *const *argv, const char *log, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    rift_text path = {0};
    int error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        error = posix_spawnattr_init(&attributes);
        if (error == 0) {
            sigemptyset(&defaults);
            sigaddset(&defaults, SIGPIPE);
            sigaddset(&defaults, SIGXFSZ);
            posix_spawnattr_setsigdefault(&attributes, &defaults);
            posix_spawnattr_setpgroup(&attributes, 0);
            posix_spawnattr_setflags(&attributes,
                                     POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
            posix_spawn_file_actions_addchdir_np(&actions, folder);
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
            posix_spawn_file_actions_addopen(&actions, 2, log,
                                             O_WRONLY | O_CREAT | O_TRUNC, 0666);
            char **environment = child_environment(&path);
            error = path.failed ? ENOMEM
                                : posix_spawnp(pid, "gnuplot", &actions, &attributes,
                                               argv, environment);
            posix_spawnattr_destroy(&attributes);
        }
        posix_spawn_file_actions_destroy(&actions);
    }
    rift_text_free(&path);
    return error;
}

/* Seconds that one chart may take; slow machines and fine outlines may want more. */
static long time_limit(void)
{
    const char *said = getenv("RIFT_GNUPLOT_SECONDS");
    double seconds;
    bool good = said && rift_number_read(said, strlen(said), &seconds) &&
                seconds >= 1 && seconds <= 86400;
    return good ? (long)seconds : TIME_LIMIT;
}

static void kill_group(const child *child)
{
    kill(-child->pid, SIGKILL);
}

/* Wait for both children; RIFT_ERR_SYSTEM after the time limit. */
static rift_status wait_children(child *one, size_t n, const char *chart,
                                 const rift_watch *watch, rift_diag *diag)
{
    rift_status status = RIFT_OK;
    long waited = 0, limit = time_limit();
    for (size_t left = n; left > 0;) {
        left = 0;
        for (size_t i = 0; i < n; i++) {
            int state;
            if (one[i].running && waitpid(one[i].pid, &state, WNOHANG) == one[i].pid) {
                one[i].running = false;
                one[i].exit = WIFEXITED(state) ? WEXITSTATUS(state) : 128;
            }
            left += one[i].running;
        }
        bool stop = watch && watch->stop && *watch->stop;
        bool late = waited > 1000 * limit;
        if (left > 0 && (stop || late) && status == RIFT_OK) {
            for (size_t i = 0; i < n; i++) {
                if (one[i].running) {
                    kill_group(&one[i]);
                }
            }
            status = stop ? RIFT_ERR_STOPPED : RIFT_ERR_SYSTEM;
            if (!stop) {
                rift_diag_at(diag, RIFT_ERROR, NULL,
                             "gnuplot took over %ld s for the chart '%s' and was "
                             "ended; allow more "
                             "with RIFT_GNUPLOT_SECONDS",
                             limit, chart);
            }
        }
        if (left > 0) {
            nanosleep(&(struct timespec){0, POLL_MS * 1000000L}, NULL);
            waited += POLL_MS;
        }
    }
    return status;
}

static bool ends_whole(const char *data, size_t n, const char *format)
{
    if (strcmp(format, "svg") == 0) {
        while (n > 0 && (data[n - 1] == '\n' || data[n - 1] == '\r')) {
            n--;
        }
        return n > 6 && memcmp(data + n - 6, "</svg>", 6) == 0;
    }
    static const unsigned char end[] = {0,   0,   0,    0,    'I',  'E',
                                        'N', 'D', 0xAE, 0x42, 0x60, 0x82};
    return n > sizeof end && memcmp(data + n - sizeof end, end, sizeof end) == 0;
}

/* What gnuplot said, on one line; "" for nothing. The log is removed; false where it
   cannot be, for it would be among the charts. */
static bool read_log(const char *path, rift_text *out)
{
    rift_diag quiet = {0};
    char *data = NULL;
    size_t n = 0;
    if (rift_file_read(path, OUTPUT_LIMIT, &quiet, &data, &n) == RIFT_OK) {
        for (size_t i = 0; i < n && out->n < 1000; i++) {
            bool blank = data[i] == '\n' || data[i] == '\r' || data[i] == ' ';
            bool after = out->n > 0 && out->data[out->n - 1] == ' ';
            if (!blank || (!after && out->n > 0)) {
                rift_text_add(out, blank ? " " : &data[i], 1);
            }
        }
    }
    free(data);
    rift_diag_free(&quiet);
    return unlink(path) == 0 || errno == ENOENT;
}

/* Why a chart may have come out cut short, without a word of gnuplot's. */
static const char *why_cut(const char *folder)
{
    struct statvfs disk;
    bool full = statvfs(folder, &disk) == 0 &&
                (disk.f_bavail == 0 || (disk.f_files > 0 && disk.f_favail == 0));
    return full ? "the file is missing or cut short: the disk is full"
                : "the file is missing or cut short, though the disk is not full; "
                  "memory may be short";
}

static rift_status check_output(const char *folder, const char *chart, const child *one,
                                const char *said, rift_diag *diag)
{
    rift_text path = {0};
    rift_text_format(&path, "%s/%s.%s", folder, chart, one->format);
    rift_diag quiet = {0};
    char *data = NULL;
    size_t n = 0;
    bool whole =
        !path.failed &&
        rift_file_read(path.data, OUTPUT_LIMIT, &quiet, &data, &n) == RIFT_OK &&
        ends_whole(data, n, one->format);
    free(data);
    rift_diag_free(&quiet);
    rift_text_free(&path);
    if (one->exit != 0 || !whole) {
        rift_diag_at(diag, RIFT_ERROR, NULL,
                     "gnuplot could not draw %s.%s (exit %d): %s", chart, one->format,
                     one->exit, said[0] ? said : why_cut(folder));
        return RIFT_ERR_SYSTEM;
    }
    if (said[0]) {
        rift_diag_at(diag, RIFT_WARNING, NULL, "gnuplot said of %s.%s: %s", chart,
                     one->format, said);
    }
    return RIFT_OK;
}

rift_status rift_gnuplot_run(const char *folder, const char *chart,
                             const rift_watch *watch, rift_diag *diag)
{
    static char *const set[] = {"format='svg'", "format='png'"};
    static const char *const log[] = {".svg.log", ".png.log"};
    child one[2] = {{.format = "svg"}, {.format = "png"}};
    char script[64];
    snprintf(script, sizeof script, "%s.gp", chart);
    rift_status status = RIFT_OK;
    for (int i = 0; i < 2; i++) {
        char *argv[] = {"gnuplot", "-d", "-e", set[i], script, NULL};
        int error = spawn(folder, argv, log[i], &one[i].pid);
        one[i].running = error == 0;
        if (error != 0) {
            rift_diag_at(diag, RIFT_ERROR, NULL, "gnuplot cannot be started: %s",
                         strerror(error));
            status = RIFT_ERR_SYSTEM;
        }
    }
    rift_status waited = wait_children(one, 2, chart, watch, diag);
    status = waited != RIFT_OK ? waited : status;
    for (int i = 0; i < 2; i++) {
        rift_text said = {0}, path = {0};
        rift_text_format(&path, "%s/%s", folder, log[i]);
        bool removed = read_log(rift_text_string(&path), &said);
        if (status == RIFT_OK && !removed) {
            status = rift_diag_system(diag, rift_text_string(&path), "cannot remove");
        }
        if (status == RIFT_OK) {
            status =
                check_output(folder, chart, &one[i], rift_text_string(&said), diag);
        }
        rift_diag_text_free(diag, &path);
        rift_diag_text_free(diag, &said);
    }
    return status;
}

rift_status rift_gnuplot_check(rift_diag *diag)
{
    char *argv[] = {"gnuplot", "--version", NULL};
    child one = {.format = "version"};
    int error = spawn("/", argv, "/dev/null", &one.pid);
    one.running = error == 0;
    if (error == 0) {
        rift_status status = wait_children(&one, 1, "version", NULL, diag);
        if (status == RIFT_OK && one.exit == 0) {
            return RIFT_OK;
        }
    }
    rift_diag_at(
        diag, RIFT_ERROR, NULL,
        "gnuplot cannot be started%s%s; install it (Debian: gnuplot-nox) or run "
        "with --no-charts",
        error ? ": " : "", error ? strerror(error) : "");
    return RIFT_ERR_SYSTEM;
}
