/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a path turns, by what numpy's least squares say of the same paths. */
#include "test.h"

#include "claim/path.h"

typedef struct planted {
    size_t n;
    int shape;
    size_t row;
    double y[16];
} planted;

static int turn_of(const double *y, size_t n, size_t *row)
{
    double x[16];
    for (size_t i = 0; i < n; i++) {
        x[i] = 2000 + (double)i;
    }
    return rift_path_turn(x, y, n, row);
}

/* All within 1.5 of the margin of the criterion, on either side of it. */
static const planted at_the_margin[] = {
    {10, 0, 0, {11, 10.6, 9.8, 10.4, 10.3, 10, 11.4, 11.4, 11.7, 11.9}},
    {12, 0, 0, {8.8, 9.7, 9.6, 9.3, 9.9, 10.3, 10.7, 9.1, 10.4, 10.1, 9.7, 9.2}},
    {9, 0, 0, {7.7, 9, 9.8, 9.2, 10.7, 9.1, 8.9, 9.1, 8.5}},
    {12, 0, 0, {10.4, 10.3, 9.8, 8.7, 10.2, 11, 10.4, 9.9, 11.2, 11.3, 12, 12.1}},
    {9, 0, 0, {6.9, 8.6, 8, 9.7, 9.4, 9.2, 10.5, 8.4, 8.6}},
    {11, 1, 6, {12.2, 11.4, 11, 11.2, 10.5, 10.1, 9.8, 11, 10.9, 11.1, 10.6}},
    {11, 0, 0, {12.5, 12.6, 12.4, 11, 10.8, 11.2, 9.5, 10.1, 11.1, 10.8, 10.7}},
    {12, 1, 6, {12.3, 12.1, 10.7, 11.6, 11, 10.9, 9.3, 10, 9.9, 10, 10.2, 10.5}},
    {9, -1, 4, {8.3, 8.5, 8.2, 9.2, 10.3, 9.4, 9.1, 8, 7.4}},
    {11, 1, 4, {11, 10.6, 10.1, 10.5, 10, 11.1, 11.1, 10.8, 10.9, 11.5, 12.2}},
    {9, -1, 4, {9, 8.9, 8.6, 10, 10.1, 9.8, 9.2, 8.7, 8}},
    {9, -1, 4, {8, 8.4, 9.6, 9.7, 10.3, 8.7, 8.8, 9.1, 7.9}},
    {14, -1, 8, {6.8, 7.7, 6.7, 7.6, 8, 8.7, 8.7, 9.3, 10.1, 9.1, 10, 9.9, 9, 9.2}},
    {9, -1, 4, {7.9, 9.3, 8.4, 9.4, 9.6, 8.9, 8.9, 7.5, 7.6}},
    {9, 1, 4, {12.2, 11.6, 10.8, 10.4, 10.3, 10.7, 11.1, 11.9, 11.2}},
    {10, 1, 5, {12.2, 11.8, 11.9, 11.3, 10.5, 8.9, 10.8, 10.9, 11.2, 12.3}},
};

START_TEST(paths_at_the_margin)
{
    for (size_t k = 0; k < sizeof at_the_margin / sizeof *at_the_margin; k++) {
        const planted *path = &at_the_margin[k];
        size_t row = 0;
        ck_assert_int_eq(turn_of(path->y, path->n, &row), path->shape);
        ck_assert(path->shape == 0 || row == path->row);
    }
}
END_TEST

START_TEST(paths_too_short_or_turning_too_late)
{
    const double hump[] = {1, 2, 3, 4, 5, 4, 3, 2, 1};
    size_t row = 0;
    ck_assert_int_eq(turn_of(hump, 9, &row), -1);
    ck_assert_uint_eq(row, 4);
    ck_assert_int_eq(turn_of(hump, 8, &row), 0); /* four years on either side */
    ck_assert_int_eq(turn_of(hump + 1, 8, &row), 0);
    const double late[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 8, 7, 6};
    ck_assert_int_eq(turn_of(late, 12, &row), 0);
    const double early[] = {6, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2, 1};
    ck_assert_int_eq(turn_of(early, 12, &row), 0);
    const double rising[] = {1, 2, 3, 4, 5, 5.5, 6, 6.5, 7, 7.5, 8};
    ck_assert_int_eq(turn_of(rising, 11, &row), 0); /* slower, but on */
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("path");
    tcase_add_test(cases, paths_at_the_margin);
    tcase_add_test(cases, paths_too_short_or_turning_too_late);
    return test_main("path", cases);
}
