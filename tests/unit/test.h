/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every test program shares: Check's main, and arrays by initialiser. */
#ifndef RIFT_TEST_H
#define RIFT_TEST_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rift.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/** Absolute difference at most the tolerance, which may be 0; NaN fails. */
#define near_to(x, y, tolerance)                                                       \
    do {                                                                               \
        double near_x = (x), near_y = (y);                                             \
        ck_assert_msg(fabs(near_x - near_y) <= (tolerance), "%s is %.17g, not %.17g",  \
                      #x, near_x, near_y);                                             \
    } while (0)

/** The measures that need memory, as numbers. */
static inline double gini_of(const double *x, const double *w, size_t n)
{
    double out = NAN;
    ck_assert_int_eq(rift_gini(x, w, n, &out), RIFT_OK);
    return out;
}

static inline double concentration_of(const double *y, const double *by,
                                      const double *w, size_t n)
{
    double out = NAN;
    ck_assert_int_eq(rift_concentration(y, by, w, n, &out), RIFT_OK);
    return out;
}

/** Rounds of a test by chance. The sanitizers, under which one takes ten times as long,
    get a tenth of them: they look at each step for more than its result. */
#ifdef __SANITIZE_ADDRESS__
#define ROUNDS(n) ((n) / 10)
#else
#define ROUNDS(n) (n)
#endif

/* Check would end a test after four seconds, which a busy machine may need; ctest ends
   one that hangs. */
static inline int test_main(const char *name, TCase *cases)
{
    tcase_set_timeout(cases, 0);
    Suite *suite = suite_create(name);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/** Write a file of the test and return its path, in the test's own folder. */
static inline const char *test_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
    return name;
}

/** Whether a finding says something; prints all where it does not. */
static inline bool test_says(const rift_diag *diag, const char *words)
{
    for (size_t i = 0; i < diag->n_finding; i++) {
        if (strstr(diag->finding[i].message, words)) {
            return true;
        }
    }
    for (size_t i = 0; i < diag->n_finding; i++) {
        fprintf(stderr, "finding: %s\n", diag->finding[i].message);
    }
    return false;
}

#endif
