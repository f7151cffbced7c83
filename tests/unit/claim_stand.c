/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a change is tested by, and what readings come to together, at the limits of
   both. Student's t by scipy. */
#include "test.h"

#include "claim/claim.h"

static rift_reading tested(double change, double error, double df)
{
    rift_reading r = {.p = -1, .ci_low = -1, .ci_high = -1};
    rift_reading_test(&r, &(rift_shift){change, error, df, 0});
    return r;
}

START_TEST(a_change_and_its_error)
{
    rift_reading r = tested(3, 1, 4);
    near_to(r.change, 3, 0);
    near_to(r.p, 0.03994196807171883, 1e-14);
    near_to(r.ci_low, 3 - 2.7764451051977987, 1e-12);
    near_to(r.ci_high, 3 + 2.7764451051977987, 1e-12);
    r = tested(-6, 2, 1); /* one degree of freedom is enough */
    near_to(r.p, 0.20483276469913345, 1e-14);
    near_to(r.ci_low, -6 - 2 * 12.706204736432095, 1e-9);
    r = tested(-6, 2, 0.9);
    ck_assert(r.change == -6 && isnan(r.p) && isnan(r.ci_low) && isnan(r.ci_high));
    r = tested(3, NAN, 4);
    ck_assert(r.change == 3 && isnan(r.p) && isnan(r.ci_low) && isnan(r.ci_high));
    /* all changed alike: that is certain; none changed: so is that */
    for (int k = 0; k < 2; k++) {
        r = tested(3, k ? 1e-13 : 0, 4);
        near_to(r.p, 0, 0);
        near_to(r.ci_low, 3, 1e-12);
        near_to(r.ci_high, 3, 1e-12);
    }
    r = tested(0, 0, 4);
    near_to(r.p, 1, 1e-15);
    ck_assert(r.ci_low == 0 && r.ci_high == 0 && rift_reading_is_still(&r));
}
END_TEST

/* Of up to three readings, their changes and p values in turn. */
static rift_claim claim_of(size_t n, const double *of)
{
    rift_claim claim = {0};
    for (size_t i = 0; i < n; i++) {
        rift_claim_read(&claim, &(rift_reading){.change = of[2 * i],
                                                .p = of[2 * i + 1],
                                                .ci_low = -1,
                                                .ci_high = 1,
                                                .null = "nothing"});
    }
    rift_claim_judge(&claim);
    return claim;
}

START_TEST(how_readings_agree)
{
    static const struct {
        double of[6];
        size_t n;
        rift_accord accord;
    } row[] = {
        {{2, 0.01}, 1, RIFT_ACCORD_ALL},
        {{2, 0.05}, 1, RIFT_ACCORD_NONE}, /* 5 % is no change yet */
        {{2, 0.01, 1, 0.04, 3, 0.01}, 3, RIFT_ACCORD_ALL},
        {{-2, 0.01, -1, 0.04, -3, 0.01}, 3, RIFT_ACCORD_ALL},
        {{2, 0.01, 1, 0.05}, 2, RIFT_ACCORD_MOST},
        {{-2, 0.01, -1, 0.05}, 2, RIFT_ACCORD_MOST},
        {{2, 0.01, 0, 1}, 2, RIFT_ACCORD_MOST},
        {{2, 0.01, 1, NAN}, 2, RIFT_ACCORD_MOST}, /* not tested: its sign alone */
        {{2, 0.01, -1, NAN}, 2, RIFT_ACCORD_NONE},
        {{2, 0.01, -1, 0.9}, 2, RIFT_ACCORD_NONE},
        {{2, 0.9, 1, 0.01}, 2, RIFT_ACCORD_NONE}, /* the first leads */
        {{0, 0.01, 0, 0.01}, 2, RIFT_ACCORD_NONE},
        {{2, 0.01, -1, 0.01}, 2, RIFT_ACCORD_BUT},
        {{2, 0.9, 1, 0.01, -1, 0.01}, 3, RIFT_ACCORD_BUT},
        {{0}, 0, RIFT_ACCORD_NONE},
    };
    for (size_t i = 0; i < COUNT(row); i++) {
        rift_claim claim = claim_of(row[i].n, row[i].of);
        ck_assert_msg(claim.accord == row[i].accord, "%zu: %d", i, (int)claim.accord);
        bool told = row[i].accord < RIFT_ACCORD_BUT;
        ck_assert(claim.standing == (told ? RIFT_CLAIM_TOLD : RIFT_CLAIM_OPEN));
        rift_text_free(&claim.reason);
    }
}
END_TEST

START_TEST(close_still_and_full)
{
    rift_reading r = {.value_first = 50, .ci_low = -5, .ci_high = 4};
    ck_assert(rift_reading_is_close(&r)); /* a tenth of where it began, at most */
    r.ci_high = 5.01;
    ck_assert(!rift_reading_is_close(&r));
    r = (rift_reading){.value_first = -50, .ci_low = -5, .ci_high = 5};
    ck_assert(rift_reading_is_close(&r) && !rift_reading_is_still(&r));
    r = (rift_reading){.ci_low = 0, .ci_high = 0.1};
    ck_assert(!rift_reading_is_still(&r));
    rift_claim claim = {0};
    for (int i = 0; i < RIFT_MOST_READINGS + 2; i++) {
        rift_claim_read(&claim, &(rift_reading){.change = i});
    }
    ck_assert_uint_eq(claim.n, RIFT_MOST_READINGS);
    near_to(claim.reading[RIFT_MOST_READINGS - 1].change, RIFT_MOST_READINGS - 1, 0);
}
END_TEST

int main(void)
{
    TCase *cases = tcase_create("stand");
    tcase_add_test(cases, a_change_and_its_error);
    tcase_add_test(cases, how_readings_agree);
    tcase_add_test(cases, close_still_and_full);
    return test_main("stand", cases);
}
