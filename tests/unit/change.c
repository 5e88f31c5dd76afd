#include "core/change.h"

#include "test.h"

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

static void add_line(struct hunk *h, char origin, uint32_t old_no,
		     uint32_t new_no)
{
	*vec_push(&h->lines, &arena) = (struct diff_line){ .origin = origin,
							   .old_no = old_no,
							   .new_no = new_no };
}

/*
 * @@ -3,3 +3,3 @@: 3 stays, 4 is replaced, 5 stays
 * @@ -20,2 +20,0 @@: 20 and 21 go
 */
static void fill(struct file_change *f)
{
	struct hunk *h = vec_push(&f->hunks, &arena);

	*h = (struct hunk){ 3, 3, 3, 3, .heading = { 0 } };
	add_line(h, ' ', 3, 3);
	add_line(h, '-', 4, 0);
	add_line(h, '+', 0, 4);
	add_line(h, ' ', 5, 5);
	h = vec_push(&f->hunks, &arena);
	*h = (struct hunk){ 20, 2, 19, 0, .heading = { 0 } };
	add_line(h, '-', 20, 0);
	add_line(h, '-', 21, 0);
}

static const struct {
	uint32_t line;
	bool touched;
} lines[] = {
	{ 0, false },  { 2, false },	      { 3, false },  { 4, true },
	{ 5, false },  { 6, false },	      { 19, false }, { 20, false },
	{ 21, false }, { UINT32_MAX, false },
};

START_TEST(only_added_lines_are_touched)
{
	struct file_change f = { 0 };

	fill(&f);
	ck_assert_int_eq(change_touches(&f, lines[_i].line), lines[_i].touched);
}
END_TEST

START_TEST(a_hunk_at_the_end_of_numbers_is_still_found)
{
	struct file_change f = { 0 };
	struct hunk *h = vec_push(&f.hunks, &arena);

	*h = (struct hunk){ 0, 0, UINT32_MAX, 1, .heading = { 0 } };
	add_line(h, '+', 0, UINT32_MAX);
	ck_assert(change_touches(&f, UINT32_MAX));
	ck_assert(!change_touches(&f, 0));
}
END_TEST

START_TEST(a_file_is_found_by_its_exact_path)
{
	struct change c = { 0 };

	ck_assert_ptr_null(change_file(&c, SPAN("a.rs")));
	vec_push(&c.files, &arena)->path = SPAN("src/a.rs");
	vec_push(&c.files, &arena)->path = SPAN("a.rs");
	ck_assert_ptr_eq(change_file(&c, SPAN("a.rs")), &c.files.ptr[1]);
	ck_assert_ptr_null(change_file(&c, SPAN("a.r")));
	ck_assert_ptr_null(change_file(&c, SPAN("A.rs")));
}
END_TEST

START_TEST(every_status_has_a_word)
{
	ck_assert_str_eq(file_status_name(FILE_MODIFIED), "modified");
	ck_assert_str_eq(file_status_name(FILE_RENAMED), "renamed");
	ck_assert_str_eq(file_status_name(FILE_TYPE_CHANGED), "type changed");
	ck_assert_str_eq(file_status_name(FILE_CONFLICTED), "conflicted");
}
END_TEST

Suite *change_suite(void)
{
	Suite *s = suite_create("change");
	TCase *tc = tcase_create("change");

	tcase_add_checked_fixture(tc, NULL, release);
	add_rows(tc, only_added_lines_are_touched, lines);
	tcase_add_test(tc, a_hunk_at_the_end_of_numbers_is_still_found);
	tcase_add_test(tc, a_file_is_found_by_its_exact_path);
	tcase_add_test(tc, every_status_has_a_word);
	suite_add_tcase(s, tc);
	return s;
}
