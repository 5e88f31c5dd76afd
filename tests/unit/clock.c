#include "base/clock.h"

#include "test.h"

static int64_t mono(void)
{
	return 41;
}

static int64_t wall(void)
{
	return 42;
}

static double half(void)
{
	return 0.5;
}

START_TEST(each_source_is_replaced_alone_and_put_back)
{
	static const struct clock_source all = { mono, wall, half };
	static const struct clock_source one = { .wall_s = wall };

	clock_replace(&all);
	ck_assert_int_eq(clock_mono_ms(), 41);
	ck_assert_int_eq(clock_wall_s(), 42);
	ck_assert(clock_random() == 0.5);
	clock_replace(&one);
	ck_assert_int_ge(clock_mono_ms(), 0);
	ck_assert_int_eq(clock_wall_s(), 42);
	clock_replace(NULL);
	/* this code was written after 2020 */
	ck_assert_int_gt(clock_wall_s(), 1577836800);
}
END_TEST

START_TEST(time_never_goes_back)
{
	int64_t us = clock_mono_us(), ms = clock_mono_ms();
	int i;

	for (i = 0; i < 1000; i++) {
		int64_t us_now = clock_mono_us(), ms_now = clock_mono_ms();

		ck_assert_int_ge(us_now, us);
		ck_assert_int_ge(ms_now, ms);
		us = us_now;
		ms = ms_now;
	}
}
END_TEST

START_TEST(chance_is_from_zero_up_to_one_and_varies)
{
	double first = clock_random();
	int i, other = 0;

	for (i = 0; i < 1000; i++) {
		double r = clock_random();

		ck_assert(r >= 0 && r < 1);
		other += r < first || r > first;
	}
	ck_assert_int_gt(other, 900);
}
END_TEST

Suite *clock_suite(void)
{
	Suite *s = suite_create("clock");
	TCase *tc = tcase_create("clock");

	tcase_add_test(tc, each_source_is_replaced_alone_and_put_back);
	tcase_add_test(tc, time_never_goes_back);
	tcase_add_test(tc, chance_is_from_zero_up_to_one_and_varies);
	suite_add_tcase(s, tc);
	return s;
}
