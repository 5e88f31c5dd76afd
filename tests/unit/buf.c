#include "base/buf.h"

#include <string.h>

#include "test.h"

START_TEST(an_empty_buf_is_an_empty_string)
{
	struct buf b = { 0 };

	ck_assert_str_eq(buf_cstr(&b), "");
	ck_assert_uint_eq(buf_span(&b).len, 0);
	buf_add(&b, NULL, 0);
	buf_addf(&b, "%s", "");
	ck_assert_str_eq(buf_cstr(&b), "");
	buf_drop(&b, 9);
	buf_reset(&b);
	buf_release(&b);
	buf_release(&b);
}
END_TEST

START_TEST(every_way_of_adding_ends_in_a_nul)
{
	struct buf b = { 0 };

	buf_addc(&b, 'a');
	buf_adds(&b, "bc");
	buf_addsp(&b, SPAN("d\0e"));
	buf_addf(&b, "%04d", 7);
	ck_assert_uint_eq(b.len, 10);
	ck_assert_mem_eq(b.ptr, "abcd\0e0007", 11);
	buf_release(&b);
}
END_TEST

START_TEST(a_buf_grows_across_every_size)
{
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < 5000; i++) {
		buf_addc(&b, (char)('a' + i % 26));
		ck_assert_uint_eq(b.len, i + 1);
		ck_assert_uint_lt(b.len, b.cap);
		ck_assert_int_eq(b.ptr[b.len], '\0');
	}
	for (i = 0; i < 5000; i++)
		ck_assert_int_eq(b.ptr[i], (char)('a' + i % 26));
	buf_release(&b);
	buf_addf(&b, "%5000d", 1);
	ck_assert_uint_eq(strlen(buf_cstr(&b)), 5000);
	buf_release(&b);
}
END_TEST

START_TEST(reserved_room_is_there_and_leaves_the_length)
{
	struct buf b = { 0 };
	char *to;

	buf_adds(&b, "head");
	to = buf_reserve(&b, 100000);
	ck_assert_uint_eq(b.len, 4);
	ck_assert_ptr_eq(to, b.ptr + 4);
	memset(to, 'x', 100000);
	b.len += 100000;
	buf_addc(&b, 'y');
	ck_assert_uint_eq(strlen(b.ptr), 100005);
	buf_release(&b);
}
END_TEST

static const struct {
	size_t n;
	const char *left;
} drops[] = {
	{ 0, "abcdef" }, { 1, "bcdef" }, { 5, "f" },
	{ 6, "" },	 { 7, "" },	 { (size_t)-1, "" },
};

START_TEST(dropping_moves_the_rest_to_the_front)
{
	struct buf b = { 0 };

	buf_adds(&b, "abcdef");
	buf_drop(&b, drops[_i].n);
	ck_assert_str_eq(buf_cstr(&b), drops[_i].left);
	ck_assert_uint_eq(b.len, strlen(drops[_i].left));
	buf_release(&b);
}
END_TEST

START_TEST(a_reset_buf_keeps_its_memory)
{
	struct buf b = { 0 };
	size_t cap;

	buf_addf(&b, "%1000d", 1);
	cap = b.cap;
	buf_reset(&b);
	ck_assert_str_eq(buf_cstr(&b), "");
	ck_assert_uint_eq(b.cap, cap);
	buf_release(&b);
	ck_assert_ptr_null(b.ptr);
}
END_TEST

Suite *buf_suite(void)
{
	Suite *s = suite_create("buf");
	TCase *tc = tcase_create("buf");

	tcase_add_test(tc, an_empty_buf_is_an_empty_string);
	tcase_add_test(tc, every_way_of_adding_ends_in_a_nul);
	tcase_add_test(tc, a_buf_grows_across_every_size);
	tcase_add_test(tc, reserved_room_is_there_and_leaves_the_length);
	add_rows(tc, dropping_moves_the_rest_to_the_front, drops);
	tcase_add_test(tc, a_reset_buf_keeps_its_memory);
	suite_add_tcase(s, tc);
	return s;
}
