/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records from the process that reads a file: they may be cut short, changed or made
   up, and are taken only where every length fits. And what that process may do. */
#include "core/confine.h"
#include "store/content.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct stream {
    char data[4096];
    size_t n;
} stream;

static void put(stream *to, const void *data, size_t n)
{
    ck_assert_uint_le(to->n + n, sizeof to->data);
    memcpy(to->data + to->n, data, n);
    to->n += n;
}

static void put_record(stream *to, rift_record_head head, const char *name,
                       const void *data)
{
    head.n_name = (uint32_t)strlen(name) + 1;
    put(to, &head, sizeof head);
    put(to, name, head.n_name);
    put(to, data, head.n_byte);
}

static const double number[] = {1, 2, 3, 4, 5, 6};
static const char texts[] = "\2\0\0\0ab\0\0\0\0\1\0\0\0c"; /* "ab", "", "c" */

/* A group, an array of 2 x 3 numbers, one of 3 texts, an attribute, and the end. */
static stream whole(void)
{
    stream out = {0};
    put_record(&out, (rift_record_head){.kind = 'g'}, "", "");
    put_record(&out, (rift_record_head){.kind = 'a', .type = 's', .n_byte = 4 + 2},
               "@title", texts);
    put_record(&out,
               (rift_record_head){
                   .kind = 'd', .type = 'd', .rank = 2, .size = {2, 3}, .n_byte = 48},
               "value", number);
    put_record(&out,
               (rift_record_head){
                   .kind = 'd', .type = 's', .rank = 1, .size = {3}, .n_byte = 15},
               "code", texts);
    put_record(&out, (rift_record_head){.kind = 'z'}, "", "");
    return out;
}

static rift_status take(const stream *from, rift_content *content, rift_text *why)
{
    char *data = malloc(from->n + 1);
    memcpy(data, from->data, from->n);
    return rift_content_take(data, from->n, content, why);
}

static rift_status outcome(const stream *from, const char *says)
{
    rift_content content = {0};
    rift_text why = {0};
    rift_status status = take(from, &content, &why);
    if (says) {
        ck_assert_ptr_nonnull(strstr(rift_text_string(&why), says));
    }
    rift_content_free(&content);
    rift_text_free(&why);
    return status;
}

START_TEST(records_come_as_they_were_put)
{
    stream all = whole();
    rift_content content = {0};
    rift_text why = {0};
    ck_assert_int_eq(take(&all, &content, &why), RIFT_OK);
    ck_assert_uint_eq(content.n_record, 4);
    const rift_record *value = rift_content_find(&content, 'd', "value");
    ck_assert_ptr_nonnull(value);
    ck_assert_uint_eq(value->n, 6);
    ck_assert_mem_eq(value->data, number, sizeof number);
    ck_assert_uint_eq(rift_content_find(&content, 'd', "code")->n, 3);
    ck_assert_uint_eq(rift_content_find(&content, 'a', "@title")->n, 1);
    ck_assert_ptr_null(rift_content_find(&content, 'a', "value"));
    ck_assert_ptr_null(rift_content_find(&content, 'd', "values"));
    rift_content_free(&content);
    rift_text_free(&why);
}
END_TEST

START_TEST(every_cut_is_told)
{
    stream all = whole();
    for (size_t n = 0; n < all.n; n++) {
        stream cut = all;
        cut.n = n;
        ck_assert_int_eq(outcome(&cut, "broke off"), RIFT_ERR_DATA);
    }
}
END_TEST

START_TEST(no_change_of_a_byte_is_believed_blindly)
{
    stream all = whole();
    for (size_t i = 0; i < all.n; i++) {
        for (int x = 0; x < 256; x++) {
            stream changed = all;
            changed.data[i] = (char)x;
            rift_status status = outcome(&changed, NULL);
            ck_assert(status == RIFT_OK || status == RIFT_ERR_DATA ||
                      (status == RIFT_ERR_MEMORY && x == 'm'));
        }
    }
}
END_TEST

/* One record in front of the end, of which the head is as given. */
static rift_status outcome_of(rift_record_head head, const char *name)
{
    stream out = {0};
    char zero[64] = {0};
    head.n_name = (uint32_t)strlen(name) + 1;
    put(&out, &head, sizeof head);
    put(&out, name, head.n_name);
    put(&out, zero, head.n_byte < sizeof zero ? head.n_byte : sizeof zero);
    put_record(&out, (rift_record_head){.kind = 'z'}, "", "");
    return outcome(&out, NULL);
}

START_TEST(lengths_must_fit)
{
    const rift_record_head good = {
        .kind = 'd', .type = 'd', .rank = 1, .size = {4}, .n_byte = 32};
    ck_assert_int_eq(outcome_of(good, "x"), RIFT_OK);
    rift_record_head head = good;
    head.size[0] = 5; /* more values than bytes */
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head = good; /* 2^32 x 2^32 x 2^32 values are 0 in 64 bits */
    head.rank = 3;
    head.size[0] = head.size[1] = head.size[2] = (uint64_t)1 << 32;
    head.n_byte = 0;
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head = good;
    head.size[0] = ((uint64_t)1 << 61) + 4; /* times 8 it is 32 again */
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head = good;
    head.rank = RIFT_CONTENT_RANK + 1;
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head = good;
    head.n_byte = UINT64_MAX;
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head = good;
    head.type = 's'; /* eight empty texts fill 32 bytes, four do not */
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
    head.size[0] = 8;
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_OK);
    head = good;
    head.type = '?';
    ck_assert_int_eq(outcome_of(head, "x"), RIFT_ERR_DATA);
}
END_TEST

START_TEST(names_stand_once_and_errors_are_told)
{
    stream twice = whole(), error = {0};
    twice.n -= sizeof(rift_record_head) + 1; /* without the end */
    put_record(&twice, (rift_record_head){.kind = 'a', .type = 's', .n_byte = 6},
               "@title", texts);
    put_record(&twice, (rift_record_head){.kind = 'z'}, "", "");
    ck_assert_int_eq(outcome(&twice, "'@title' stands in it twice"), RIFT_ERR_DATA);
    put_record(&error, (rift_record_head){.kind = 'e'}, "'x' leads elsewhere", "");
    ck_assert_int_eq(outcome(&error, "'x' leads elsewhere"), RIFT_ERR_DATA);
}
END_TEST

START_TEST(a_digest_covers_what_is_before_it)
{
    stream all = whole();
    rift_content content = {0};
    rift_text why = {0};
    size_t end = all.n - sizeof(rift_record_head) - 1;
    ck_assert_int_eq(take(&all, &content, &why), RIFT_OK);
    ck_assert_uint_eq(content.n_digested, end);
    rift_content_free(&content);
    all.n = end;
    put_record(&all, (rift_record_head){.kind = 'a', .type = 's', .n_byte = 6},
               "@" RIFT_DIGEST_NAME, texts);
    put_record(&all, (rift_record_head){.kind = 'z'}, "", "");
    ck_assert_int_eq(take(&all, &content, &why), RIFT_OK);
    ck_assert_uint_eq(content.n_digested, end);
    rift_content_free(&content);
    rift_text_free(&why);
}
END_TEST

/* What a confined process tries; the bit of each thing that it could do. */
static bool try_all(void *data, int out)
{
    (void)data;
    unsigned char done = 0;
    done |= open("confined-new-file", O_WRONLY | O_CREAT, 0666) >= 0 ? 1 : 0;
    done |= open("/etc/passwd", O_RDONLY) >= 0 ? 2 : 0;
    done |= socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 4 : 0;
    return write(out, &done, 1) == 1;
}

static bool crash(void *data, int out)
{
    (void)data;
    (void)!write(out, "x", 1);
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
    return true;
}

static bool spin(void *data, int out)
{
    (void)out;
    for (volatile unsigned *x = data;; (*x)++) {
    }
    return true;
}

static bool flood(void *data, int out)
{
    (void)data;
    static const char block[4096];
    while (write(out, block, sizeof block) > 0) {
    }
    return false;
}

static rift_confined_outcome run(bool (*work)(void *, int), void *data)
{
    const rift_confined confined = {work, data, (size_t)64 << 20, 2, 1 << 20};
    rift_confined_outcome out;
    ck_assert_int_eq(rift_confined_run(&confined, &out), RIFT_OK);
    return out;
}

START_TEST(a_confined_process_has_no_files_and_no_network)
{
    rift_confined_outcome out = run(try_all, NULL);
    ck_assert_int_eq(out.end, RIFT_CONFINED_DONE);
    ck_assert_uint_eq(out.n, 1);
#ifdef __SANITIZE_ADDRESS__
    (void)out; /* sanitizers need files */
#elif defined(RIFT_HAS_SECCOMP)
    ck_assert_int_eq(out.out[0], 0);
#else
    ck_assert_int_eq(out.out[0] & 3, 0); /* by limits alone */
#endif
    free(out.out);
}
END_TEST

START_TEST(however_it_ends_it_is_told)
{
    unsigned x = 0;
    rift_confined_outcome out = run(crash, NULL);
    ck_assert_int_eq(out.end, RIFT_CONFINED_CRASHED);
    ck_assert_int_eq(out.number, SIGSEGV);
    free(out.out);
    out = run(spin, &x);
    ck_assert_int_eq(out.end, RIFT_CONFINED_SLOW);
    ck_assert_uint_eq(x, 0); /* its memory is its own */
    free(out.out);
    out = run(flood, NULL);
    ck_assert_int_eq(out.end, RIFT_CONFINED_LARGE);
    free(out.out);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("content of a file");
    tcase_add_test(cases, records_come_as_they_were_put);
    tcase_add_test(cases, every_cut_is_told);
    tcase_add_test(cases, no_change_of_a_byte_is_believed_blindly);
    tcase_add_test(cases, lengths_must_fit);
    tcase_add_test(cases, names_stand_once_and_errors_are_told);
    tcase_add_test(cases, a_digest_covers_what_is_before_it);
    tcase_add_test(cases, a_confined_process_has_no_files_and_no_network);
    tcase_add_test(cases, however_it_ends_it_is_told);
    return test_main("content of a file", cases);
}
