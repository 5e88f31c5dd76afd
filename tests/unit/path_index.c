#include "base/path_index.h"

#include "base/arena.h"
#include "test.h"

/* Looked up one by one among all, they would outlast Check's limit. */
#define PATHS 100000u

START_TEST(each_path_of_many_is_found_at_its_row)
{
	struct path_index x = { 0 };
	struct arena a = { 0 };
	size_t i;

	ck_assert_uint_eq(path_index_find(&x, SPAN("a")), PATH_NONE);
	for (i = 0; i < PATHS; i++)
		path_index_add(&x, &a,
			       span_of(arena_printf(&a, "src/%zu.rs", i)), i);
	for (i = 0; i < PATHS; i++)
		ck_assert_uint_eq(
			path_index_find(
				&x, span_of(arena_printf(&a, "src/%zu.rs", i))),
			i);
	ck_assert_uint_eq(path_index_find(&x, SPAN("src/none.rs")), PATH_NONE);
	ck_assert_uint_eq(path_index_find(&x, SPAN("")), PATH_NONE);
	arena_release(&a);
}
END_TEST

START_TEST(of_a_path_that_comes_twice_the_first_row_stays)
{
	struct path_index x = { 0 };
	struct arena a = { 0 };

	path_index_add(&x, &a, SPAN("a"), 1);
	path_index_add(&x, &a, SPAN("a"), 2);
	path_index_add(&x, &a, (struct span){ 0 }, 3);
	ck_assert_uint_eq(path_index_find(&x, SPAN("a")), 1);
	ck_assert_uint_eq(path_index_find(&x, SPAN("")), 3);
	arena_release(&a);
}
END_TEST

Suite *path_index_suite(void)
{
	Suite *s = suite_create("path_index");
	TCase *tc = tcase_create("path_index");

	tcase_add_test(tc, each_path_of_many_is_found_at_its_row);
	tcase_add_test(tc, of_a_path_that_comes_twice_the_first_row_stays);
	suite_add_tcase(s, tc);
	return s;
}
