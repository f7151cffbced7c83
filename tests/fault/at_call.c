/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded before the C library (LD_PRELOAD): something happens at one call of a command.

     AT_CALL=N        the number of the call, from 1; 0: none, they are counted

     AT_WHAT=memory   calls of the allocator, of read and of pread count

     AT_WHAT=input    calls that look at, open or read what is below AT_UNDER

     AT_WHAT=compare  calls of strcmp

     AT_WHAT=fork     calls of fork; threads start late, and the second count is of
   forks while one starts

     AT_DO=NUMBER     this signal is raised, and only where it is held back more is done

     AT_DO=on:NUMBER  it is raised, and the thread goes on

     AT_DO=error      the call fails with EIO

     AT_DO=shrink     from that call on, a file that is read loses its last half

     AT_COUNT=FILE    two numbers of 8 bytes: calls so far, and those after number N */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t n);
ssize_t __read_chk(int fd, void *to, size_t n, size_t room);
ssize_t __pread_chk(int fd, void *to, size_t n, off_t at, size_t room);
int __open_2(const char *path, int flags);

static _Atomic unsigned long *count; /* [2] */
static pid_t program;                /* its children are not counted */
static unsigned long number;
static bool memory, compare, forks, go_on, shrink;
static atomic_int starting;
static int signal_number;
static const char *under;

__attribute__((constructor)) static void begin(void)
{
    const char *at = getenv("AT_CALL"), *what = getenv("AT_WHAT"),
               *act = getenv("AT_DO"), *file = getenv("AT_COUNT");
    if (!at || !what || !act || !file) {
        return;
    }
    int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_RDWR);
    void *map =
        fd >= 0 ? mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) : NULL;
    close(fd);
    number = strtoul(at, NULL, 10);
    forks = *what == 'f';
    memory = *what == 'm' || *what == 'c' || forks;
    compare = *what == 'c';
    under = getenv("AT_UNDER");
    go_on = strncmp(act, "on:", 3) == 0;
    shrink = strcmp(act, "shrink") == 0;
    signal_number = atoi(go_on ? act + 3 : act);
    unsetenv("LD_PRELOAD"); /* not of children */
    count = map == MAP_FAILED ? NULL : map;
    program = getpid();
}

static void raise_and_stay(void)
{
    sigset_t held;
    raise(signal_number);
    pthread_sigmask(SIG_SETMASK, NULL, &held);
    while (!go_on && !sigismember(&held, signal_number)) {
        pause();
    }
}

/* One call; whether it is to fail. */
static bool passes(bool of_memory)
{
    if (!count || compare || forks || of_memory != memory || getpid() != program) {
        return false;
    }
    unsigned long now = atomic_fetch_add(&count[0], 1) + 1;
    if (number > 0 && now > number) {
        atomic_fetch_add(&count[1], 1);
    }
    if (now != number) {
        return false;
    }
    if (signal_number > 0) {
        raise_and_stay();
        return false;
    }
    if (shrink) {
        return false;
    }
    errno = EIO;
    return true;
}

static bool is_under(const char *path)
{
    return under && (strncmp(path, under, strlen(under)) == 0);
}

/* A path that is not from the root counts from the current folder, as it is given. */
static bool path_fails(const char *path)
{
    return !memory && count && is_under(path) && passes(false);
}

static bool fd_fails(int fd)
{
    char link[64], path[4096];
    if (!count || memory) {
        return passes(true);
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = syscall(SYS_readlink, link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    const char *folder = getenv("AT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    bool fails = length && strncmp(path, folder, length) == 0 &&
                 is_under(path + length) && passes(false);
    if (shrink && count && count[0] == number && number > 0) {
        struct stat info;
        (void)!(fstatat(fd, "", &info, AT_EMPTY_PATH) == 0 &&
                truncate(path, info.st_size / 2) == 0);
    }
    return fails;
}

void *malloc(size_t n)
{
    passes(true);
    return __libc_malloc(n);
}

void *calloc(size_t n, size_t size)
{
    passes(true);
    return __libc_calloc(n, size);
}

void *realloc(void *old, size_t n)
{
    passes(true);
    return __libc_realloc(old, n);
}

ssize_t read(int fd, void *to, size_t n)
{
    return fd_fails(fd) ? -1 : syscall(SYS_read, fd, to, n);
}

ssize_t __read_chk(int fd, void *to, size_t n, size_t room)
{
    (void)room;
    return read(fd, to, n);
}

ssize_t pread(int fd, void *to, size_t n, off_t at)
{
    return fd_fails(fd) ? -1 : syscall(SYS_pread64, fd, to, n, at);
}

ssize_t __pread_chk(int fd, void *to, size_t n, off_t at, size_t room)
{
    (void)room;
    return pread(fd, to, n, at);
}

int open(const char *path, int flags, ...)
{
    va_list list;
    va_start(list, flags);
    mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
    va_end(list);
    return path_fails(path) ? -1
                            : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int __open_2(const char *path, int flags)
{
    return open(path, flags);
}

int stat(const char *restrict path, struct stat *restrict info)
{
    return path_fails(path) ? -1 : fstatat(AT_FDCWD, path, info, 0);
}

int lstat(const char *restrict path, struct stat *restrict info)
{
    return path_fails(path) ? -1 : fstatat(AT_FDCWD, path, info, AT_SYMLINK_NOFOLLOW);
}

int fstat(int fd, struct stat *info)
{
    return !memory && fd_fails(fd) ? -1 : fstatat(fd, "", info, AT_EMPTY_PATH);
}

int access(const char *path, int mode)
{
    return path_fails(path) ? -1 : (int)syscall(SYS_faccessat, AT_FDCWD, path, mode);
}

DIR *opendir(const char *path)
{
    if (path_fails(path)) {
        return NULL;
    }
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path,
                          O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK, 0);
    return fd < 0 ? NULL : fdopendir(fd);
}

int strcmp(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && a[i] == b[i]) {
        i++;
    }
    if (compare && count) {
        atomic_fetch_add(&count[0], 1);
    }
    return (unsigned char)a[i] - (unsigned char)b[i];
}

/* The next entry of a folder, by the C library's other name for it. */
struct dirent *readdir(DIR *folder)
{
    return !memory && fd_fails(dirfd(folder)) ? NULL
                                              : (struct dirent *)readdir64(folder);
}

typedef struct start {
    void *(*work)(void *);
    void *data;
} start;

static void *start_late(void *data)
{
    start now = *(start *)data;
    free(data);
    usleep(50000);
    atomic_fetch_sub(&starting, 1);
    return now.work(now.data);
}

int pthread_create(pthread_t *restrict thread,
                   const pthread_attr_t *restrict attributes, void *(*work)(void *),
                   void *restrict data)
{
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    start *late = forks ? malloc(sizeof *late) : NULL;
    if (!late) {
        return create(thread, attributes, work, data);
    }
    *late = (start){work, data};
    atomic_fetch_add(&starting, 1);
    return create(thread, attributes, start_late, late);
}

pid_t fork(void)
{
    pid_t (*real)(void);
    *(void **)&real = dlsym(RTLD_NEXT, "fork");
    if (forks && count) {
        atomic_fetch_add(&count[0], 1);
        atomic_fetch_add(&count[1], atomic_load(&starting) > 0);
    }
    return real();
}
