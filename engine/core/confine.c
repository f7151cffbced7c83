/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A child process that can only compute: a library that bytes from elsewhere make
   crash, hang or worse does so there. What it wrote is to be checked like any other
   input. */
#include "core/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef RIFT_HAS_SECCOMP
#include <seccomp.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { BLOCK = 1 << 16, PIPE_ROOM = 1 << 20, EXIT_NOT_CONFINED = 3 };

static rlim_t lower(rlim_t a, rlim_t b)
{
    return a < b ? a : b;
}

/* Set a limit, or keep the lower one that holds already: whoever set it meant it, and
   may have left no way to raise it. */
static bool limit(int what, rlim_t most, rlim_t hard)
{
    struct rlimit now;
    if (getrlimit(what, &now) != 0) {
        return false;
    }
    const struct rlimit to = {lower(most, now.rlim_cur), lower(hard, now.rlim_max)};
    return setrlimit(what, &to) == 0;
}

/* Seconds of the processor, of those asked for and those that are left to this process
   and its children; SIGXCPU comes at their end. */
static rlim_t seconds_within(unsigned seconds)
{
    struct rlimit now = {RLIM_INFINITY, RLIM_INFINITY};
    (void)getrlimit(RLIMIT_CPU, &now);
    rlim_t most = now.rlim_max > 1 ? now.rlim_max - 1 : now.rlim_max;
    return lower(seconds, lower(now.rlim_cur, most));
}

/* SIGXCPU at the end of the time; SIGKILL, a second later, would not say why. */
static bool limit_time(unsigned seconds)
{
    rlim_t most = seconds_within(seconds);
    return limit(RLIMIT_CPU, most, most + 1);
}

/* Address space in use, 0 where the system does not tell. */
static size_t memory_in_use(void)
{
    size_t n_page = 0;
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && read(fd, text, sizeof text - 1) > 0) {
        n_page = strtoul(text, NULL, 10);
    }
    if (fd >= 0) {
        close(fd);
    }
    return n_page * (size_t)sysconf(_SC_PAGESIZE);
}

#ifdef RIFT_HAS_SECCOMP
/* Memory, time and its own end; all else fails with EPERM, so that a library that tries
   to open a file goes on without it. */
static bool filter_calls(int out)
{
    static const int call[] = {
        SCMP_SYS(brk),          SCMP_SYS(mmap),         SCMP_SYS(munmap),
        SCMP_SYS(mremap),       SCMP_SYS(mprotect),     SCMP_SYS(madvise),
        SCMP_SYS(futex),        SCMP_SYS(getpid),       SCMP_SYS(gettid),
        SCMP_SYS(tgkill),       SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(rt_sigreturn), SCMP_SYS(getrandom),    SCMP_SYS(clock_gettime),
        SCMP_SYS(sched_yield),  SCMP_SYS(exit),         SCMP_SYS(exit_group),
    };
    const struct scmp_arg_cmp to_out = {
        .arg = 0, .op = SCMP_CMP_EQ, .datum_a = (scmp_datum_t)out, .datum_b = 0};
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    bool good = filter != NULL;
    for (size_t i = 0; good && i < sizeof call / sizeof *call; i++) {
        good = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call[i], 0) == 0;
    }
    good = good &&
           seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                                  &to_out) == 0 &&
           seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
#else
static bool filter_calls(int out)
{
    (void)out;
    return true;
}
#endif

#ifdef CLOSE_RANGE_UNSHARE
static void close_others(int out)
{
    (void)close_range(3, (unsigned)out - 1, 0);
    (void)close_range((unsigned)out + 1, ~0U, 0);
}
#else
/* Descriptors but the first three and the one to write to. */
static void close_others(int out)
{
    struct rlimit most = {0};
    long n = getrlimit(RLIMIT_NOFILE, &most) == 0 ? (long)most.rlim_cur : 256;
    n = n < 0 || n > 4096 ? 4096 : n;
    for (int fd = 3; fd < n; fd++) {
        if (fd != out) {
            close(fd);
        }
    }
}
#endif

/* Give everything up that the work does not need; false where that fails. */
static bool confine(const rift_confined *confined, int out)
{
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        signal(ends[i],
               SIG_IGN); /* it ends with its parent, which may hold them back */
    }
    signal(SIGPIPE, SIG_DFL);
    size_t used = memory_in_use();
    close_others(out);
    bool good = limit_time(confined->seconds) && limit(RLIMIT_CORE, 0, 0);
    if (!SANITIZED) {
        bool known = used > 0 && used < SIZE_MAX - confined->memory;
        rlim_t most = used + confined->memory;
        good = good && (!known || limit(RLIMIT_AS, most, most)) &&
               limit(RLIMIT_NOFILE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
               filter_calls(out);
    }
    return good;
}

static _Noreturn void be_child(const rift_confined *confined, int out)
{
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (!confine(confined, out)) {
        _exit(EXIT_NOT_CONFINED);
    }
    _exit(confined->work(confined->data, out) ? 0 : 1);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Room for one more block; false when memory runs out. */
static bool grow(rift_confined_outcome *outcome, size_t *room)
{
    if (outcome->n + BLOCK <= *room) {
        return true;
    }
    size_t wanted = *room ? 2 * *room : (size_t)16 * BLOCK;
    char *grown = realloc(outcome->out, wanted);
    outcome->out = grown ? grown : outcome->out;
    *room = grown ? wanted : *room;
    return grown;
}

/* Take what the child writes until it ends, or has gone too far. */
static rift_status listen(const rift_confined *confined, int in,
                          rift_confined_outcome *outcome)
{
    size_t room = 0;
    double until = seconds_now() + 10.0 * confined->seconds;
    for (;;) {
        struct pollfd wait = {.fd = in, .events = POLLIN};
        double left = until - seconds_now();
        if (left <= 0) {
            outcome->end = RIFT_CONFINED_SLOW;
            return RIFT_OK;
        }
        if (!grow(outcome, &room)) {
            return RIFT_ERR_MEMORY;
        }
        if (poll(&wait, 1, left < 1e6 ? (int)(1000 * left) + 1 : -1) <= 0) {
            continue; /* a signal, or the time is over */
        }
        ssize_t got = read(in, outcome->out + outcome->n, BLOCK);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return got == 0 ? RIFT_OK : RIFT_ERR_SYSTEM;
        }
        outcome->n += got > 0 ? (size_t)got : 0;
        if (outcome->n > confined->most_out) {
            outcome->end = RIFT_CONFINED_LARGE;
            return RIFT_OK;
        }
    }
}

/* Wait for the child, and say how it ended unless that is known. */
static rift_status bury(pid_t child, unsigned seconds, rift_confined_outcome *outcome)
{
    int how = 0;
    while (waitpid(child, &how, 0) < 0) {
        if (errno != EINTR) {
            return RIFT_OK; /* ended, and nobody keeps how */
        }
    }
    if (outcome->end != RIFT_CONFINED_DONE) {
        return RIFT_OK;
    }
    if (WIFSIGNALED(how)) {
        int number = WTERMSIG(how);
        if (number == SIGKILL) { /* the system does so where memory runs short */
            return RIFT_ERR_MEMORY;
        }
        if (number == SIGXCPU && seconds_within(seconds) < seconds) {
            errno = ETIME; /* the limit is the caller's own: no fault of the work */
            return RIFT_ERR_SYSTEM;
        }
        outcome->end = number == SIGXCPU ? RIFT_CONFINED_SLOW : RIFT_CONFINED_CRASHED;
        outcome->number = number;
    } else if (WEXITSTATUS(how) == EXIT_NOT_CONFINED) {
        errno = EPERM;
        return RIFT_ERR_SYSTEM;
    } else if (WEXITSTATUS(how) != 0) {
        outcome->end = RIFT_CONFINED_FAILED;
        outcome->number = WEXITSTATUS(how);
    }
    return RIFT_OK;
}

rift_status rift_confined_run(const rift_confined *confined,
                              rift_confined_outcome *outcome)
{
    int end[2];
    *outcome = (rift_confined_outcome){0};
    if (pipe2(end, O_CLOEXEC) != 0) {
        return RIFT_ERR_SYSTEM;
    }
#ifdef F_SETPIPE_SZ
    (void)fcntl(end[1], F_SETPIPE_SZ, PIPE_ROOM); /* fewer turns; any size will do */
#endif
    pid_t child = fork();
    if (child == 0) {
        be_child(confined, end[1]);
    }
    int number = errno;
    close(end[1]);
    rift_status status =
        child < 0 ? RIFT_ERR_SYSTEM : listen(confined, end[0], outcome);
    close(end[0]);
    if (child > 0) {
        if (status != RIFT_OK || outcome->end != RIFT_CONFINED_DONE) {
            kill(child, SIGKILL);
        }
        rift_status ended = bury(child, confined->seconds, outcome);
        status = status == RIFT_OK ? ended : status;
        number = errno;
    }
    if (status != RIFT_OK) {
        free(outcome->out);
        *outcome = (rift_confined_outcome){0};
    }
    errno = number;
    return status;
}
