#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/vec.h"
#include "test.h"

static const size_t sizes[] = { 0,    1,    15,	   16,	   17,	    4095,
				4096, 4097, 65536, 300000, 10000000 };

START_TEST(memory_is_zeroed_aligned_and_its_own)
{
	struct arena a = { 0 };
	size_t n = sizes[_i], i;
	char *p = arena_alloc(&a, n), *q = arena_alloc(&a, n + 1);

	ck_assert_ptr_nonnull(p);
	ck_assert_uint_eq((uintptr_t)p % alignof(max_align_t), 0);
	ck_assert_uint_eq((uintptr_t)q % alignof(max_align_t), 0);
	for (i = 0; i < n && !p[i]; i++)
		;
	ck_assert_uint_eq(i, n);
	if (n)
		memset(p, 0xAA, n);
	memset(q, 0x55, n + 1);
	for (i = 0; i < n && (unsigned char)p[i] == 0xAA; i++)
		;
	ck_assert_uint_eq(i, n);
	arena_release(&a);
	ck_assert_ptr_null(a.head);
	ck_assert_uint_eq(a.total, 0);
}
END_TEST

START_TEST(a_reset_arena_gives_zeroed_memory_again)
{
	struct arena a = { 0 };
	size_t total;
	char *p;
	int i;

	for (i = 0; i < 100; i++)
		memset(arena_alloc(&a, 1000), 0xFF, 1000);
	arena_reset(&a);
	total = a.total;
	ck_assert_uint_gt(total, 0);
	p = arena_alloc(&a, 1000);
	for (i = 0; i < 1000; i++)
		ck_assert_int_eq(p[i], 0);
	ck_assert_uint_eq(a.total, total);
	arena_release(&a);
	arena_reset(&a);
	ck_assert_ptr_null(a.head);
}
END_TEST

START_TEST(copies_end_in_a_nul_and_keep_those_inside)
{
	struct arena a = { 0 };
	struct span s = arena_span(&a, SPAN("a\0b"));

	ck_assert_uint_eq(s.len, 3);
	ck_assert_mem_eq(s.ptr, "a\0b", 4);
	ck_assert_str_eq(arena_strdup(&a, "text"), "text");
	ck_assert_str_eq(arena_cstr(&a, (struct span){ NULL, 0 }), "");
	ck_assert_str_eq(arena_printf(&a, "%d%s", 7, "x"), "7x");
	ck_assert_str_eq(arena_printf(&a, "%s", ""), "");
	ck_assert_uint_eq(strlen(arena_printf(&a, "%9000d", 1)), 9000);
	arena_release(&a);
}
END_TEST

/* 70 is what out of memory ends in, with a line that is no news here */
static void expect_end(void)
{
	ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
}

START_TEST(an_array_whose_size_overflows_ends_the_process)
{
	static const size_t counts[] = { SIZE_MAX, SIZE_MAX / 8, SIZE_MAX / 4 };
	struct arena a = { 0 };

	expect_end();
	arena_array(&a, counts[_i], 16);
}
END_TEST

START_TEST(a_size_beyond_all_memory_ends_the_process)
{
	struct arena a = { 0 };

	expect_end();
	arena_alloc(&a, SIZE_MAX - 3);
}
END_TEST

START_TEST(a_vec_keeps_what_was_pushed_in_order)
{
	VEC(int) v = { 0 };
	struct arena a = { 0 };
	int i, sum = 0;

	vec_each (int, none, &v)
		ck_abort_msg("an empty vec has no elements");
	for (i = 0; i < 1000; i++)
		*vec_push(&v, &a) = i;
	ck_assert_uint_eq(v.len, 1000);
	vec_each (int, it, &v)
		ck_assert_int_eq(*it, sum++);
	ck_assert_int_eq(sum, 1000);
	arena_release(&a);
}
END_TEST

Suite *arena_suite(void)
{
	Suite *s = suite_create("arena");
	TCase *tc = tcase_create("arena");

	add_rows(tc, memory_is_zeroed_aligned_and_its_own, sizes);
	tcase_add_test(tc, a_reset_arena_gives_zeroed_memory_again);
	tcase_add_test(tc, copies_end_in_a_nul_and_keep_those_inside);
	tcase_add_loop_exit_test(
		tc, an_array_whose_size_overflows_ends_the_process, 70, 0, 3);
	tcase_add_exit_test(tc, a_size_beyond_all_memory_ends_the_process, 70);
	tcase_add_test(tc, a_vec_keeps_what_was_pushed_in_order);
	suite_add_tcase(s, tc);
	return s;
}
