/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { LINE_ROOM = 1024, MOST_READ = 4 << 20, LINES = 3, ABOVE = 10, NOT_FOUND = 127 };

typedef struct reading {
    rift_program_line take;
    void *to;
    size_t n;
    char line[LINE_ROOM];
} reading;

static void take_bytes(reading *r, const char *data, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (data[i] == '\n') {
            r->line[r->n] = '\0';
            r->take(r->to, r->line);
            r->n = 0;
        } else if (r->n + 1 < sizeof r->line) {
            r->line[r->n++] = data[i];
        }
    }
}

/* All lines until the program closes its end; false where they are too many. */
static bool take_lines(reading *r, int in)
{
    char block[4096];
    size_t all = 0;
    for (;;) {
        ssize_t got = read(in, block, sizeof block);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return true;
        }
        all += got > 0 ? (size_t)got : 0;
        if (all > MOST_READ) {
            return false;
        }
        take_bytes(r, block, got > 0 ? (size_t)got : 0);
    }
}

/* A pipe whose ends are none of the descriptors that the program is given. */
static int open_pipe(int end[2])
{
    int low[2];
    if (pipe2(low, O_CLOEXEC) != 0) {
        return errno;
    }
    int error = 0;
    for (int i = 0; i < 2; i++) {
        end[i] = fcntl(low[i], F_DUPFD_CLOEXEC, ABOVE);
        error = end[i] < 0 ? errno : error;
        close(low[i]);
    }
    for (int i = 0; error && i < 2; i++) {
        if (end[i] >= 0) {
            close(end[i]);
        }
    }
    return error;
}

static int start(char *const *argument, int out, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    int error = posix_spawn_file_actions_init(&actions);
    if (error == 0) {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        error = posix_spawn_file_actions_adddup2(&actions, out, LINES);
        error =
            error ? error
                  : posix_spawnp(child, argument[0], &actions, NULL, argument, environ);
        posix_spawn_file_actions_destroy(&actions);
    }
    return error;
}

int rift_program_run(char *const *argument, rift_program_line take, void *to)
{
    reading r = {.take = take, .to = to};
    int end[2], how = -1;
    pid_t child = 0;
    int error = open_pipe(end);
    if (error) {
        errno = error;
        return -1;
    }
    error = start(argument, end[1], &child);
    close(end[1]);
    if (error == 0 && take && !take_lines(&r, end[0])) {
        kill(child, SIGKILL);
    }
    close(end[0]);
    while (error == 0 && waitpid(child, &how, 0) < 0) {
        error = errno == EINTR ? 0 : errno;
    }
    if (error == 0 && WIFEXITED(how) && WEXITSTATUS(how) == NOT_FOUND) {
        error = ENOENT;
    }
    errno = error;
    return error ? -1 : WIFEXITED(how) ? WEXITSTATUS(how) : 128;
}
