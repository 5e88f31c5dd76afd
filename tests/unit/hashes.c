/* A bag of hashes. */
#include "base/hashes.h"

#include "base/arena.h"
#include "test.h"

static struct hashes bag(struct arena *a, const char *values)
{
	struct hashes h = { 0 };

	for (; *values; values++)
		*vec_push(&h.rows, a) =
			*values == 'z' ? UINT64_MAX : (uint64_t)*values;
	hashes_sort(&h);
	return h;
}

static const struct {
	const char *in;
	char value;
	size_t count;
} counts[] = {
	{ "", 'a', 0 },	   { "a", 'a', 1 },   { "bab", 'b', 2 },
	{ "bab", 'a', 1 }, { "bab", 'c', 0 }, { "bdb", 'c', 0 },
	{ "zaz", 'z', 2 },
};

START_TEST(a_value_is_counted)
{
	struct arena a = { 0 };
	struct hashes h = bag(&a, counts[_i].in);
	uint64_t value = counts[_i].value == 'z' ? UINT64_MAX
						 : (uint64_t)counts[_i].value;

	ck_assert_uint_eq(hashes_count(&h, value), counts[_i].count);
	ck_assert_int_eq(hashes_has(&h, value), counts[_i].count > 0);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *these, *those;
	bool within, each;
} within[] = {
	{ "", "", true, true },	      { "", "a", true, true },
	{ "a", "", false, false },    { "a", "ba", true, true },
	{ "aa", "ba", true, false },  { "aab", "baa", true, true },
	{ "ac", "ab", false, false },
};

START_TEST(one_bag_is_within_another)
{
	struct arena a = { 0 };
	struct hashes these = bag(&a, within[_i].these);
	struct hashes those = bag(&a, within[_i].those);

	ck_assert_int_eq(hashes_within(&these, &those, false),
			 within[_i].within);
	ck_assert_int_eq(hashes_within(&these, &those, true), within[_i].each);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *these, *those;
	size_t shared;
} pairs[] = {
	{ "", "a", 0 },	     { "abc", "bcd", 2 }, { "aab", "ab", 2 },
	{ "ab", "aabb", 2 }, { "zz", "z", 1 },
};

START_TEST(values_pair_off)
{
	struct arena a = { 0 };
	struct hashes x = bag(&a, pairs[_i].these);
	struct hashes y = bag(&a, pairs[_i].those);

	ck_assert_uint_eq(hashes_shared(&x, &y), pairs[_i].shared);
	ck_assert_uint_eq(hashes_shared(&y, &x), pairs[_i].shared);
	arena_release(&a);
}
END_TEST

Suite *hashes_suite(void)
{
	Suite *s = suite_create("hashes");
	TCase *tc = tcase_create("hashes");

	add_rows(tc, a_value_is_counted, counts);
	add_rows(tc, one_bag_is_within_another, within);
	add_rows(tc, values_pair_off, pairs);
	suite_add_tcase(s, tc);
	return s;
}
