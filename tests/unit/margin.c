#include "agent/margin.h"

#include "base/arena.h"
#include "base/buf.h"
#include "core/change.h"
#include "test.h"

static void add_line(struct hunk *h, struct arena *a, struct diff_line l)
{
	*vec_push(&h->lines, a) = l;
}

START_TEST(a_hunk_carries_its_line_numbers_in_the_margin)
{
	struct file_change f = { 0 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct hunk *h = vec_push(&f.hunks, &a);

	*h = (struct hunk){ 7, 2, 9, 2, SPAN("fn main()"), { 0 } };
	add_line(h, &a, (struct diff_line){ ' ', false, 7, 9, SPAN("same") });
	add_line(h, &a, (struct diff_line){ '-', false, 8, 0, SPAN("\x1b") });
	add_line(h, &a, (struct diff_line){ '+', true, 0, 10, SPAN("") });
	ck_assert_uint_eq(margin_hunks(&b, &f), 0);
	ck_assert_str_eq(buf_cstr(&b),
			 "@@ -7,2 +9,2 @@ fn main()\n"
			 "    9   same\n"
			 "    8 - \\u{1b}\n"
			 "   10 + \n"
			 "      \\ no newline at the end of the file\n");
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(a_file_is_numbered_from_one)
{
	struct buf b = { 0 };

	ck_assert_uint_eq(margin_lines(&b, SPAN("a\n\n\tb")), 0);
	ck_assert_str_eq(buf_cstr(&b), "    1   a\n    2   \n    3   \tb\n");
	buf_release(&b);
}
END_TEST

Suite *margin_suite(void)
{
	Suite *s = suite_create("margin");
	TCase *tc = tcase_create("margin");

	tcase_add_test(tc, a_hunk_carries_its_line_numbers_in_the_margin);
	tcase_add_test(tc, a_file_is_numbered_from_one);
	suite_add_tcase(s, tc);
	return s;
}
