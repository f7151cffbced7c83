/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program itself, linked so that the allocator is the one below: one command is
   carried out again and again in one process, and each time another allocation fails.
   Then the command must end with status 3 and a word, and leave what it writes as it
   was; or end as it does where nothing fails, with the same output, the same messages
   and the same files, byte for byte.

     fail_malloc RUNS WHOSE FILES AT ARGUMENT...

   RUNS   how many allocations to try, spread over the command; 0: every one; A:B every
          one from number A to B, with no others
   WHOSE  own: of the program and of the libraries that it needs, but those of HDF5 and
          GLPK; all: of these too. GLPK calls abort() where it gets no memory, and HDF5
          may crash: what it does is the library's, not the program's
   FILES  a file or folder that the command writes, or -
   AT     a file that gets the number of the allocation that is about to fail, so that
          whoever started this knows it after a crash

   One failure is tried without threads, so that its number means the same each time,
   and all from one on with them. Standard output gets four counts: tried, ended with 3,
   ended as ever, wrong. Each that is wrong is a line on standard error, with the calls
   that lead to it as addresses for addr2line; then the status is 1.

   With sanitizers the allocator is theirs: calls of the program alone pass through
   here, by the linker's --wrap. */
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <hdf5.h>
#include <link.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);
int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data);

#ifdef RIFT_WRAP
#define OURS(name) __wrap_##name
#define THEIRS(name) __real_##name
#else
#define OURS(name) name
#define THEIRS(name) __libc_##name
#endif
void *THEIRS(malloc)(size_t n);
void *THEIRS(calloc)(size_t n, size_t size);
void *THEIRS(realloc)(void *old, size_t n);
void *OURS(malloc)(size_t n);
void *OURS(calloc)(size_t n, size_t size);
void *OURS(realloc)(void *old, size_t n);

/* Numbers count from 1; none fails while fail_to is 0. */
static atomic_size_t count;
static size_t fail_from, fail_to;
/* Only without threads has an allocation the same number in each run. */
static bool threads;
/* Where code of libraries lies whose allocations are not counted. */
static struct {
    uintptr_t from, to;
} spared[16];
static size_t n_spared;
/* Where the program lies, and the calls that led to the allocation that failed. */
static uintptr_t program;
static void *frame[24];
static int n_frame;

static bool is_spared(const void *caller)
{
    bool is = false;
    for (size_t i = 0; i < n_spared; i++) {
        is = is ||
             ((uintptr_t)caller >= spared[i].from && (uintptr_t)caller < spared[i].to);
    }
    return is;
}

/* A place to stop at. */
__attribute__((noinline)) static bool failing(void)
{
    if (!threads) {
        n_frame = backtrace(frame, 24);
    }
    return true;
}

static bool fails(const void *caller)
{
    if (is_spared(caller)) {
        return false;
    }
    size_t number = atomic_fetch_add(&count, 1) + 1;
    return number >= fail_from && number <= fail_to && failing();
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          void *(*work)(void *), void *data)
{
    return threads ? __real_pthread_create(thread, attributes, work, data) : EAGAIN;
}

static void *none(void)
{
    errno = ENOMEM;
    return NULL;
}

void *OURS(malloc)(size_t n)
{
    return fails(__builtin_return_address(0)) ? none() : THEIRS(malloc)(n);
}

void *OURS(calloc)(size_t n, size_t size)
{
    return fails(__builtin_return_address(0)) ? none() : THEIRS(calloc)(n, size);
}

void *OURS(realloc)(void *old, size_t n)
{
    return fails(__builtin_return_address(0)) ? none() : THEIRS(realloc)(old, n);
}

#ifdef RIFT_WRAP
char *OURS(strdup)(const char *text);
char *OURS(strndup)(const char *text, size_t limit);

char *OURS(strndup)(const char *text, size_t limit)
{
    size_t n = strnlen(text, limit);
    char *copy = fails(__builtin_return_address(0)) ? none() : THEIRS(malloc)(n + 1);
    if (copy) {
        memcpy(copy, text, n);
        copy[n] = '\0';
    }
    return copy;
}

char *OURS(strdup)(const char *text)
{
    return OURS(strndup)(text, strlen(text));
}
#endif

/* What the file or folder that a command writes holds: its names and a hash of each
   file, in an order of its own; and a mark that differs once any of it is written anew.
 */
typedef struct state {
    uint64_t content, written;
} state;

/* What one run ended with. */
typedef struct outcome {
    int code;
    size_t n_allocation;
    char *out, *error;
    size_t n_out, n_error;
    state files;
} outcome;

typedef struct trial {
    int argc;
    char **argv;
    const char *files;
    int at;
    outcome wanted; /* where nothing fails */
    bool writes;    /* the command writes its files anew each time */
    size_t n_open;  /* descriptors, after the first run */
    size_t tried, refused, same, wrong;
} trial;

static uint64_t hash(uint64_t start, const void *data, size_t n)
{
    const unsigned char *at = data;
    for (size_t i = 0; i < n; i++) {
        start = (start ^ at[i]) * 0x100000001B3u;
    }
    return start;
}

static uint64_t hash_file(const char *path)
{
    char room[65536];
    uint64_t made = 0xCBF29CE484222325u;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    for (ssize_t n; file >= 0 && (n = read(file, room, sizeof room)) > 0;) {
        made = hash(made, room, (size_t)n);
    }
    close(file);
    return made;
}

/* Files whose names begin with .rift are the lock and what a run is about to make. */
static void look(const char *path, state *state)
{
    struct stat at;
    if (lstat(path, &at) != 0) {
        return;
    }
    if (S_ISREG(at.st_mode)) {
        state->content += hash(hash_file(path), path, strlen(path));
        state->written += (uint64_t)at.st_ino * 31 +
                          (uint64_t)at.st_mtim.tv_sec * 1000000007u +
                          (uint64_t)at.st_mtim.tv_nsec;
    }
    DIR *folder = S_ISDIR(at.st_mode) ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char below[4096];
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
            strncmp(entry->d_name, ".rift", 5)) {
            look(below, state);
        }
    }
    if (folder) {
        closedir(folder);
    }
}

/* Carry the command out with the allocations `from` to `to` failing. */
static outcome run(trial *trial, size_t from, size_t to)
{
    char *argv[64] = {NULL};
    memcpy(argv, trial->argv, (size_t)trial->argc * sizeof *argv); /* getopt reorders */
    dprintf(trial->at, "%zu to %zu\n", from, to);
    outcome ended = {0};
    FILE *console[2] = {stdout, stderr};
    stdout = tmpfile(); /* its buffer is had before anything fails */
    stderr = tmpfile();
    fprintf(stdout, " ");
    fprintf(stderr, " ");
    threads = to > from;
    n_frame = 0;
    count = 0;
    fail_from = from;
    fail_to = to;
    ended.code = __real_main(trial->argc, argv);
    ended.n_allocation = count;
    fail_to = 0;
    FILE *written[2] = {stdout, stderr};
    stdout = console[0];
    stderr = console[1];
    for (int i = 0; i < 2; i++) {
        fflush(written[i]);
        size_t n = (size_t)ftell(written[i]);
        char *text = THEIRS(calloc)(n + 1, 1);
        rewind(written[i]);
        n = fread(text, 1, n, written[i]);
        fclose(written[i]);
        *(i ? &ended.error : &ended.out) = text;
        *(i ? &ended.n_error : &ended.n_out) = n;
    }
    if (trial->files) {
        look(trial->files, &ended.files);
    }
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

static bool has_word(const char *said)
{
    return strstr(said, "memory") || strstr(said, "cannot") ||
           strstr(said, "could not");
}

static bool same_text(const char *a, size_t n_a, const char *b, size_t n_b)
{
    return n_a == n_b && memcmp(a, b, n_a) == 0;
}

/* What is wrong with how a run ended; NULL: nothing. */
static const char *fault_of(const trial *trial, const outcome *found, bool all_fail,
                            state before)
{
    const outcome *wanted = &trial->wanted;
    bool written = found->files.written != before.written;
    if (H5Fget_obj_count((hid_t)H5F_OBJ_ALL, H5F_OBJ_ALL) != 0) {
        return "objects of HDF5 are left open";
    }
    if (open_descriptors() != trial->n_open) {
        return "files are left open";
    }
    if (found->files.content != wanted->files.content) {
        return "files have changed";
    }
    if (found->code == 3 && wanted->code != 3) {
        return all_fail || has_word(found->error) ? NULL : "no word about memory";
    }
    return found->code != wanted->code ? "another status"
           : !same_text(found->out, found->n_out, wanted->out, wanted->n_out)
               ? "another output"
           : !same_text(found->error, found->n_error, wanted->error, wanted->n_error)
               ? "other messages"
           : trial->writes && !written ? "its files were not written"
                                       : NULL;
}

static void tell(const trial *trial, const outcome *found, const char *fault,
                 size_t from, size_t to)
{
    fprintf(stderr, "%zu to %zu of %zu: %s, status %d; calls", from, to,
            trial->wanted.n_allocation, fault, found->code);
    for (int i = 2; i < n_frame; i++) {
        fprintf(stderr, " %zx", (size_t)((uintptr_t)frame[i] - program - 1));
    }
    fprintf(stderr, "; said:%.300s\n", found->error);
}

static void outcome_free(outcome *outcome)
{
    free(outcome->out);
    free(outcome->error);
}

static void one(trial *trial, size_t from, size_t to)
{
    state before = {0};
    if (trial->files) {
        look(trial->files, &before);
    }
    outcome found = run(trial, from, to);
    const char *fault = fault_of(trial, &found, to > from, before);
    trial->tried += to > 0;
    if (fault) {
        trial->wrong++;
        tell(trial, &found, fault, from, to);
    } else if (to > 0) {
        *(found.code == 3 ? &trial->refused : &trial->same) += 1;
    }
    outcome_free(&found);
}

/* Trials in turn, evenly from the first allocation to the last; then, at some places,
   all from there on; at last none, which must give what the first run gave. */
static void sweep(trial *trial, size_t runs)
{
    size_t total = trial->wanted.n_allocation;
    size_t n = runs == 0 || runs > total ? total : runs;
    for (size_t i = 0; i < n; i++) {
        size_t at = n == total ? i : (2 * i + 1) * total / (2 * n);
        one(trial, at + 1, at + 1);
    }
    size_t more = n < 80 ? n / 4 : 20;
    for (size_t i = 0; i < more; i++) {
        one(trial, 1 + i * total / more, total * 1000);
    }
    one(trial, 0, 0);
}

/* Note where the program lies, and the libraries that are spared. */
static int note_library(struct dl_phdr_info *info, size_t size, void *all)
{
    (void)size;
    static const char *const name[] = {"libhdf5", "libglpk", "ld-linux"};
    program = info->dlpi_name[0] || program ? program : info->dlpi_addr;
    for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
        bool mine = strstr(info->dlpi_name, name[k]) && (k == 2 || !all);
        for (int i = 0; mine && i < info->dlpi_phnum && n_spared < 16; i++) {
            if (info->dlpi_phdr[i].p_type == PT_LOAD) {
                spared[n_spared].from = info->dlpi_addr + info->dlpi_phdr[i].p_vaddr;
                spared[n_spared].to =
                    spared[n_spared].from + info->dlpi_phdr[i].p_memsz;
                n_spared++;
            }
        }
    }
    return 0;
}

/* Two runs without a failure: what comes out, the same both times. */
static int begin(trial *trial)
{
    outcome first = run(trial, 0, 0);
    trial->wanted = run(trial, 0, 0);
    const outcome *second = &trial->wanted;
    trial->n_open = open_descriptors();
    trial->writes = first.files.written != second->files.written;
    if (first.code != second->code ||
        !same_text(first.out, first.n_out, second->out, second->n_out) ||
        !same_text(first.error, first.n_error, second->error, second->n_error) ||
        first.files.content != second->files.content || second->n_allocation <= 9) {
        fprintf(stderr, "two runs differ: status %d, %d, %zu allocations: %s\n%s\n",
                first.code, second->code, second->n_allocation, first.error,
                second->error);
        return 1;
    }
    outcome_free(&first);
    return 0;
}

int __wrap_main(int argc, char **argv)
{
    if (argc < 6 || argc > 60) {
        fprintf(stderr, "fail_malloc RUNS WHOSE FILES AT ARGUMENT...\n");
        return 2;
    }
    void *unused[4];
    (void)backtrace(unused, 4); /* it loads what it needs the first time */
    dl_iterate_phdr(note_library, strcmp(argv[2], "all") == 0 ? argv : NULL);
    trial trial = {.argc = argc - 4, .argv = argv + 4};
    trial.files = strcmp(argv[3], "-") != 0 ? argv[3] : NULL;
    const char *colon = strchr(argv[1], ':');
    size_t number = strtoul(argv[1], NULL, 10);
    trial.at = open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    argv[4] = "rift";
    if (begin(&trial) != 0) {
        return 1;
    }
    size_t last = colon ? strtoul(colon + 1, NULL, 10) : 0;
    for (size_t i = number; colon && i <= last && i <= trial.wanted.n_allocation; i++) {
        one(&trial, i, i);
    }
    if (!colon) {
        sweep(&trial, number);
    }
    printf("%d %zu %zu %zu %zu %zu\n", trial.wanted.code, trial.wanted.n_allocation,
           trial.tried, trial.refused, trial.same, trial.wrong);
    outcome_free(&trial.wanted);
    return trial.wrong > 0;
}
