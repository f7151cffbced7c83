/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work in a process of its own: what it writes comes back, and however it ends is told
 * for what it is. */
#include "core/confine.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_OUT = 1 << 20 };

static rift_confined_outcome outcome_of(bool (*work)(void *, int), void *data,
                                        rift_status expected)
{
    const rift_confined confined = {.work = work,
                                    .data = data,
                                    .memory = (size_t)1 << 26,
                                    .seconds = 1,
                                    .most_out = MOST_OUT};
    rift_confined_outcome outcome;
    ck_assert_int_eq(rift_confined_run(&confined, &outcome), expected);
    return outcome;
}

static bool copy_back(void *data, int out)
{
    return write(out, data, strlen(data)) == (ssize_t)strlen(data);
}

static bool say_no(void *data, int out)
{
    (void)copy_back(data, out);
    return false;
}

START_TEST(what_it_writes_comes_back)
{
    rift_confined_outcome outcome = outcome_of(copy_back, "an answer", RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_DONE);
    ck_assert_uint_eq(outcome.n, 9);
    ck_assert_mem_eq(outcome.out, "an answer", 9);
    free(outcome.out);
    outcome = outcome_of(say_no, "why", RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_FAILED);
    ck_assert_mem_eq(outcome.out, "why", 3);
    free(outcome.out);
}
END_TEST

static bool raise_one(void *data, int out)
{
    (void)out;
    signal(*(int *)data, SIG_DFL);
    raise(*(int *)data);
    return true;
}

static bool never_end(void *data, int out)
{
    (void)data;
    volatile int more = out >= 0;
    while (more) {
    }
    return true;
}

static bool write_without_end(void *data, int out)
{
    char block[4096] = "";
    (void)data;
    while (write(out, block, sizeof block) > 0) {
    }
    return true;
}

START_TEST(how_it_ends_is_told)
{
    int number = SIGSEGV;
    rift_confined_outcome outcome = outcome_of(raise_one, &number, RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_CRASHED);
    ck_assert_int_eq(outcome.number, SIGSEGV);
    free(outcome.out);
    outcome = outcome_of(never_end, NULL, RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_SLOW);
    free(outcome.out);
    outcome = outcome_of(write_without_end, NULL, RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_LARGE);
    ck_assert_uint_le(outcome.n, MOST_OUT + (1 << 16));
    free(outcome.out);
    /* as the system does where memory runs short, which is no fault of the bytes */
    number = SIGKILL;
    outcome = outcome_of(raise_one, &number, RIFT_ERR_MEMORY);
    ck_assert_ptr_null(outcome.out);
}
END_TEST

#if defined RIFT_HAS_SECCOMP && !defined __SANITIZE_ADDRESS__
#define CONFINED 1
static bool try_the_rest(void *data, int out)
{
    char done[4] = "";
    size_t n = 0;
    (void)data;
    done[n++] = open("/etc/passwd", O_RDONLY) >= 0 ? 'f' : '-';
    done[n++] = socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 's' : '-';
    done[n++] = fork() >= 0 ? 'p' : '-';
    void *room = malloc((size_t)1 << 30);
    done[n++] = room ? 'm' : '-';
    free(room);
    return write(out, done, n) == (ssize_t)n;
}

/* Room in megabytes that can be had, of 32 and 4. */
static bool try_memory(void *data, int out)
{
    char done[2] = "--";
    static const int megabytes[] = {32, 4};
    (void)data;
    for (size_t i = 0; i < 2; i++) {
        void *room = malloc((size_t)megabytes[i] << 20);
        done[i] = room ? 'm' : '-';
        free(room);
    }
    return write(out, done, 2) == 2;
}

static void limit_hard(int what, rlim_t most)
{
    const struct rlimit to = {most, most};
    ck_assert_int_eq(setrlimit(what, &to), 0);
}

/* Without the right to raise them, as any user; the test runs in a process of its own.
 */
static void keep_limits(void)
{
    if (geteuid() == 0) {
        ck_assert_int_eq(setuid(65534), 0);
    }
}

static size_t memory_in_use(void)
{
    char text[64] = "";
    int fd = open("/proc/self/statm", O_RDONLY);
    ck_assert(fd >= 0 && read(fd, text, sizeof text - 1) > 0);
    close(fd);
    return strtoul(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

START_TEST(a_lower_limit_of_memory_holds_on)
{
    keep_limits();
    rift_confined_outcome outcome = outcome_of(try_memory, NULL, RIFT_OK);
    ck_assert_uint_eq(outcome.n, 2);
    ck_assert_mem_eq(outcome.out, "mm", 2); /* of the 64 MB that it is given */
    free(outcome.out);
    limit_hard(RLIMIT_AS, memory_in_use() + ((rlim_t)24 << 20));
    outcome = outcome_of(try_memory, NULL, RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_DONE);
    ck_assert_uint_eq(outcome.n, 2);
    ck_assert_mem_eq(outcome.out, "-m", 2);
    free(outcome.out);
}
END_TEST

START_TEST(lower_limits_of_files_hold_on)
{
    keep_limits();
    limit_hard(RLIMIT_FSIZE, 1 << 16);
    limit_hard(RLIMIT_CORE, 0);
    limit_hard(RLIMIT_NOFILE, 16);
    rift_confined_outcome outcome = outcome_of(copy_back, "an answer", RIFT_OK);
    ck_assert_mem_eq(outcome.out, "an answer", 9);
    free(outcome.out);
}
END_TEST

START_TEST(a_lower_limit_of_time_is_no_fault_of_the_work)
{
    const rift_confined confined = {.work = never_end,
                                    .memory = (size_t)1 << 26,
                                    .seconds = 1000,
                                    .most_out = MOST_OUT};
    rift_confined_outcome outcome;
    keep_limits();
    limit_hard(RLIMIT_CPU, 2);
    ck_assert_int_eq(rift_confined_run(&confined, &outcome), RIFT_ERR_SYSTEM);
    ck_assert_int_eq(errno, ETIME);
}
END_TEST

START_TEST(it_can_do_nothing_else)
{
    rift_confined_outcome outcome = outcome_of(try_the_rest, NULL, RIFT_OK);
    ck_assert_int_eq(outcome.end, RIFT_CONFINED_DONE);
    ck_assert_uint_eq(outcome.n, 4);
    ck_assert_mem_eq(outcome.out, "----", 4);
    free(outcome.out);
}
END_TEST
#endif

int main(void)
{
    TCase *cases = tcase_create("confine");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, what_it_writes_comes_back);
    tcase_add_test(cases, how_it_ends_is_told);
#ifdef CONFINED
    tcase_add_test(cases, it_can_do_nothing_else);
    tcase_add_test(cases, a_lower_limit_of_memory_holds_on);
    tcase_add_test(cases, lower_limits_of_files_hold_on);
    tcase_add_test(cases, a_lower_limit_of_time_is_no_fault_of_the_work);
#endif
    return test_main("confine", cases);
}
