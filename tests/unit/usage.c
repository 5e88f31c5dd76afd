#include "core/usage.h"

#include "test.h"

static const struct {
	int64_t a, b, sum;
} counts[] = {
	{ -1, -1, -1 }, { -1, 5, 5 }, { 5, -1, 5 },
	{ 0, -1, 0 },	{ 2, 3, 5 },  { 0, 0, 0 },
};

START_TEST(known_and_unknown_is_known)
{
	int64_t x = counts[_i].a, y = counts[_i].b, z = counts[_i].sum;
	struct usage a = { x, x, x, x, x, 2, -1.0 };
	struct usage b = { y, y, y, y, y, 3, -1.0 };

	usage_add(&a, &b);
	ck_assert_int_eq(a.input, z);
	ck_assert_int_eq(a.cache_read, z);
	ck_assert_int_eq(a.cache_write, z);
	ck_assert_int_eq(a.output, z);
	ck_assert_int_eq(a.reasoning, z);
	ck_assert_int_eq(a.requests, 5);
}
END_TEST

static const struct {
	double a, b, sum;
} costs[] = {
	{ -1, -1, -1 }, { -1, 0.5, 0.5 },    { 0.5, -1, 0.5 },
	{ 0, -1, 0 },	{ 0.25, 0.5, 0.75 },
};

START_TEST(a_known_cost_stays_known)
{
	struct usage a = USAGE_UNKNOWN, b = USAGE_UNKNOWN;

	a.cost = costs[_i].a;
	b.cost = costs[_i].b;
	usage_add(&a, &b);
	ck_assert_double_eq(a.cost, costs[_i].sum);
}
END_TEST

static const struct {
	int64_t input, read, write, prompt;
} prompts[] = {
	{ -1, -1, -1, -1 },  { 7, -1, -1, 7 },	 { 7, 0, 0, 7 },
	{ 1, 20, 300, 321 }, { -1, 20, -1, 20 },
};

START_TEST(the_prompt_is_the_sum_of_what_is_known)
{
	struct usage u = USAGE_UNKNOWN;

	u.input = prompts[_i].input;
	u.cache_read = prompts[_i].read;
	u.cache_write = prompts[_i].write;
	ck_assert_int_eq(usage_prompt(&u), prompts[_i].prompt);
}
END_TEST

START_TEST(nothing_is_known_at_the_start)
{
	struct usage u = USAGE_UNKNOWN;

	ck_assert_int_eq(u.input, -1);
	ck_assert_int_eq(u.requests, 0);
	ck_assert(u.cost < 0);
	ck_assert_int_eq(usage_prompt(&u), -1);
}
END_TEST

Suite *usage_suite(void)
{
	Suite *s = suite_create("usage");
	TCase *tc = tcase_create("usage");

	add_rows(tc, known_and_unknown_is_known, counts);
	add_rows(tc, a_known_cost_stays_known, costs);
	add_rows(tc, the_prompt_is_the_sum_of_what_is_known, prompts);
	tcase_add_test(tc, nothing_is_known_at_the_start);
	suite_add_tcase(s, tc);
	return s;
}
