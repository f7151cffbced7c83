/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself, linked so that its own calls of the allocator pass through here:
   one command is carried out again and again in one process, and each time another
   allocation fails. The linker's --wrap turns the program's calls of malloc into
   __wrap_malloc and leaves those of other libraries alone (GLPK aborts where it gets no
   memory, and so may HDF5 when it ends); the program's main is __real_main. One failure
   is tried without threads, so that its number means the same each time, and all from
   one on with them.

     fail_malloc RUNS CODES RESULT AT ARGUMENT...

   RUNS   how many allocations to try, spread over the command; 0: every one; @N: the
   one of that number, for a debugger that breaks at failing() CODES  exit statuses,
   besides 3, that the command may end with: 0 or 1 RESULT a file that must keep its
   bytes throughout, or - AT     a file that gets the number of the allocation that is
   about to fail, so that whoever started this knows it after a crash The number of
   trials is printed at the end. Anything unexpected ends the process with status 1 and
   a line on standard error. */
#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);
void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t n);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t n);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t limit);

/* Numbers count from 1; none fails while fail_to is 0. */
static atomic_size_t count;
static size_t fail_from, fail_to;
/* Only without threads has an allocation the same number in each run. */
static bool threads;

/* A place to stop at. */
__attribute__((noinline)) static bool failing(void)
{
    __asm__ volatile("");
    return true;
}

static bool fails(void)
{
    size_t number = atomic_fetch_add(&count, 1) + 1;
    return number >= fail_from && number <= fail_to && failing();
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data)
{
    return threads ? __real_pthread_create(thread, attributes, work, data) : EAGAIN;
}

void *__wrap_malloc(size_t n)
{
    return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *old, size_t n)
{
    return fails() ? NULL : __real_realloc(old, n);
}

char *__wrap_strndup(const char *text, size_t limit)
{
    size_t n = strnlen(text, limit);
    char *copy = fails() ? NULL : __real_malloc(n + 1);
    if (copy) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *text)
{
    return __wrap_strndup(text, strlen(text));
}

/* Bytes of a file or of a stream of the program. */
typedef struct bytes {
    char *data;
    size_t n;
} bytes;

/* What one run ended with. */
typedef struct outcome {
    int code;
    size_t n_allocation;
    bytes out, error;
} outcome;

typedef struct trial {
    int argc;
    char **argv;
    const char *codes, *result;
    int at;
    bytes whole;    /* of the result */
    outcome wanted; /* where nothing fails */
    size_t n_open;  /* descriptors, after the first run */
} trial;

_Noreturn static void give_up(const trial *trial, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    fprintf(stderr, "allocation %zu to %zu of", fail_from, fail_to);
    for (int i = 1; i < trial->argc; i++) {
        fprintf(stderr, " %s", trial->argv[i]);
    }
    fprintf(stderr, ": ");
    vfprintf(stderr, format, list);
    fprintf(stderr, "\n");
    va_end(list);
    _exit(1);
}

static bytes read_file(const trial *trial, const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    off_t n = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    bytes all = {n < 0 ? NULL : __real_malloc((size_t)n + 1), (size_t)n};
    if (!all.data || pread(file, all.data, all.n, 0) != n) {
        give_up(trial, "%s cannot be read: %s", path, strerror(errno));
    }
    close(file);
    return all;
}

static bool same(bytes a, bytes b)
{
    return a.n == b.n && memcmp(a.data, b.data, a.n) == 0;
}

/* Carry the command out with the allocations `from` to `to` failing. */
static outcome run(trial *trial, size_t from, size_t to)
{
    char *argv[64] = {NULL};
    memcpy(argv, trial->argv, (size_t)trial->argc * sizeof *argv); /* getopt reorders */
    dprintf(trial->at, "%zu to %zu\n", from, to);
    outcome ended = {0};
    FILE *console[2] = {stdout, stderr};
    stdout = open_memstream(&ended.out.data, &ended.out.n);
    stderr = open_memstream(&ended.error.data, &ended.error.n);
    count = 0;
    fail_from = from;
    fail_to = to;
    threads = to > from;
    ended.code = __real_main(trial->argc, argv);
    ended.n_allocation = count;
    fail_to = 0;
    fclose(stdout);
    fclose(stderr);
    stdout = console[0];
    stderr = console[1];
    return ended;
}

static size_t open_descriptors(void)
{
    size_t n = 0;
    for (int i = 0; i < 1024; i++) {
        n += fcntl(i, F_GETFD) >= 0;
    }
    return n;
}

static bool allowed(const trial *trial, int code)
{
    return code >= 0 && code <= 9 && strchr(trial->codes, '0' + code);
}

static bool has_word(const char *said)
{
    return strstr(said, "memory") || strstr(said, "cannot") ||
           strstr(said, "could not");
}

/* What holds after each run: the status and its word, and nothing changed or left open.
 */
static void check_one(const trial *trial, const outcome *found, bool all_fail)
{
    if (found->code != 3 && !allowed(trial, found->code)) {
        give_up(trial, "status %d: %s", found->code, found->error.data);
    }
    if (found->code == 3 && !all_fail && !has_word(found->error.data)) {
        give_up(trial, "no word about memory: %s", found->error.data);
    }
    if (found->code == 0 && !all_fail && !same(found->out, trial->wanted.out)) {
        give_up(trial, "another answer: %s", found->out.data);
    }
    ssize_t held = H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL);
    if (held != 0) {
        give_up(trial, "%zd objects of HDF5 are left open", held);
    }
    size_t n_open = open_descriptors();
    if (n_open != trial->n_open) {
        give_up(trial, "%zu files are open, not %zu", n_open, trial->n_open);
    }
    if (trial->result) {
        bytes now = read_file(trial, trial->result);
        if (!same(now, trial->whole)) {
            give_up(trial, "%s has changed", trial->result);
        }
        free(now.data);
    }
}

static void one(trial *trial, size_t from, size_t to)
{
    outcome found = run(trial, from, to);
    check_one(trial, &found, to > from);
    free(found.out.data);
    free(found.error.data);
}

/* Trials in turn, evenly from the first allocation to the last; then, at some places,
   all from there on; at last none, which must give what the first run gave. */
static size_t sweep(trial *trial, size_t runs)
{
    size_t total = trial->wanted.n_allocation;
    if (total <= 20) {
        give_up(trial, "only %zu allocations were seen", total);
    }
    size_t n = runs == 0 || runs > total ? total : runs;
    for (size_t i = 0; i < n; i++) {
        size_t at = n == total ? i : (2 * i + 1) * total / (2 * n);
        one(trial, at + 1, at + 1);
    }
    size_t more = n < 20 ? n / 4 : 20;
    for (size_t i = 0; i < more; i++) {
        one(trial, 1 + i * total / more, total * 1000);
    }
    one(trial, 0, 0);
    outcome again = run(trial, 0, 0);
    if (again.code != trial->wanted.code || !same(again.out, trial->wanted.out) ||
        again.n_allocation != total) {
        give_up(trial, "%zu allocations, not %zu, once nothing fails: %s",
                again.n_allocation, total, again.error.data);
    }
    free(again.out.data);
    free(again.error.data);
    return n + more;
}

int __wrap_main(int argc, char **argv)
{
    if (argc < 6 || argc > 60) {
        fprintf(stderr, "fail_malloc RUNS CODES RESULT AT ARGUMENT...\n");
        return 2;
    }
    trial trial = {.argc = argc - 4, .argv = argv + 4, .codes = argv[2]};
    trial.result = strcmp(argv[3], "-") != 0 ? argv[3] : NULL;
    bool single = argv[1][0] == '@';
    size_t number = strtoul(argv[1] + single, NULL, 10);
    trial.at = open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    argv[4] = "rift";
    trial.wanted = run(&trial, 0, 0);
    trial.n_open = open_descriptors();
    if (!allowed(&trial, trial.wanted.code)) {
        give_up(&trial, "status %d: %s", trial.wanted.code, trial.wanted.error.data);
    }
    if (trial.result) {
        trial.whole = read_file(&trial, trial.result);
    }
    if (single) {
        one(&trial, number, number);
    } else {
        printf("%zu\n", sweep(&trial, number));
    }
    free(trial.whole.data);
    free(trial.wanted.out.data);
    free(trial.wanted.error.data);
    return 0;
}
