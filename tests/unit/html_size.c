#include "html_page.h"
#include "render/html_parts.h"
#include "test.h"

/* So many added lines, with a finding at one of them (0: none). */
static const struct {
	uint32_t lines, finding;
	bool existing;
	const char *in, *not_in;
} sizes[] = {
	{ HTML_FILE_LINES_MAX, 0, false, "<td class=\"n\">800</td>",
	  "left out" },
	{ HTML_FILE_LINES_MAX + 1, 0, false,
	  "801 lines without a finding, left out for the page’s size", NULL },
	{ HTML_FILE_LINES_MAX + 1, 100, false, "<td class=\"n\">92</td>",
	  "<td class=\"n\">91</td>" },
	{ HTML_FILE_LINES_MAX + 1, 100, false, "91 more lines",
	  "<td class=\"n\">109</td>" },
	{ HTML_FILE_LINES_MAX + 1, 100, false, "693 more lines", NULL },
	{ 50, 40, true, "31 more lines", "<td class=\"n\">31</td>" },
};

START_TEST(a_page_is_bounded_and_says_what_it_leaves_out)
{
	struct page p;
	struct buf b = { 0 };
	const char *page;

	for (uint32_t i = 0; i < sizes[_i].lines; i++)
		buf_adds(&b, "+x\n");
	open_page(&p);
	p.r.existing = sizes[_i].existing;
	add_file(&p, "src/a.rs", 1, buf_cstr(&b));
	if (sizes[_i].finding)
		say(&p, 1,
		    arena_printf(&p.arena, "- [must-fix] src/a.rs:%u — x",
				 sizes[_i].finding));
	page = render(&p);
	ck_assert_msg(strstr(page, sizes[_i].in), "no '%s'", sizes[_i].in);
	if (sizes[_i].not_in)
		ck_assert_ptr_null(strstr(page, sizes[_i].not_in));
	buf_release(&b);
	close_page(&p);
}
END_TEST

START_TEST(many_files_do_not_make_a_large_page)
{
	struct buf b = { 0 };
	struct page p;

	for (uint32_t i = 0; i < 700; i++)
		buf_adds(&b, "+let abcdefghijklmnopqrstuvwxyz = 1;\n");
	open_page(&p);
	for (int i = 0; i < 50; i++)
		add_file(&p, arena_printf(&p.arena, "src/%d.rs", i), 1,
			 buf_cstr(&b));
	render(&p);
	ck_assert_uint_lt(p.out.len, 1500000);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&p.out), "left out for the"));
	buf_release(&b);
	close_page(&p);
}
END_TEST

START_TEST(a_long_line_is_cut)
{
	struct buf b = { 0 };
	struct page p;
	const char *page;

	buf_addc(&b, '+');
	for (int i = 0; i < 100000; i++)
		buf_addc(&b, 'x');
	open_page(&p);
	add_file(&p, "src/a.rs", 1, buf_cstr(&b));
	page = render(&p);
	ck_assert_ptr_nonnull(strstr(page, "x … 98000 more bytes</td>"));
	buf_release(&b);
	close_page(&p);
}
END_TEST

START_TEST(lines_between_hunks_are_folded_to_their_number)
{
	struct page p;
	struct file_change *f;
	const char *page;

	open_page(&p);
	f = add_file(&p, "src/a.rs", 11, " a\r\n+b");
	f->hunks.ptr[0].heading = SPAN("fn <f>()");
	page = render(&p);
	ck_assert_ptr_nonnull(strstr(
		page, "<tr class=\"gap\"><td colspan=\"3\">10 unchanged lines "
		      "· fn &lt;f&gt;()</td></tr>"));
	/* a CR at a line's end is no news */
	ck_assert_ptr_nonnull(strstr(page, "</span>a</td></tr>"));
	close_page(&p);
}
END_TEST

/* git numbers a side without lines by the line before them. */
START_TEST(a_hunk_of_removed_lines_alone_is_told_its_true_distance)
{
	struct page p;
	struct file_change *f;
	struct hunk *h;
	const char *page;

	open_page(&p);
	f = add_file(&p, "src/a.rs", 11, "-b");
	f->hunks.ptr[0].new_start = 10;
	h = vec_push(&f->hunks, &p.arena);
	*h = (struct hunk){ .old_start = 13, .new_start = 12, .new_lines = 1 };
	*vec_push(&h->lines, &p.arena) =
		(struct diff_line){ .origin = '+', .new_no = 12 };
	page = render(&p);
	ck_assert_ptr_nonnull(strstr(page, "3\">10 unchanged lines</td>"));
	ck_assert_ptr_nonnull(strstr(page, "3\">1 unchanged line</td>"));
	close_page(&p);
}
END_TEST

/* Each finding stands among long lines, far more of them are short. */
START_TEST(long_lines_around_findings_are_weighed)
{
	struct buf b = { 0 }, list = { 0 }, line = { 0 };
	struct page p;

	while (line.len < HTML_LINE_BYTES_MAX)
		buf_addc(&line, 'x');
	for (uint32_t i = 1; i <= 350 * 100; i++)
		buf_addf(&b, "+%s\n", i % 100 < 17 ? buf_cstr(&line) : "x");
	for (uint32_t i = 0; i < 350; i++)
		buf_addf(&list, "- [question] src/a.rs:%u — x\n", i * 100 + 8);
	open_page(&p);
	add_file(&p, "src/a.rs", 1, buf_cstr(&b));
	say(&p, 1, buf_cstr(&list));
	render(&p);
	ck_assert_uint_lt(p.out.len, 1000000);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&p.out),
				     ": 35000 lines, left out for the page"));
	buf_release(&b);
	buf_release(&list);
	buf_release(&line);
	close_page(&p);
}
END_TEST

START_TEST(findings_on_one_line_take_its_room_once)
{
	struct buf b = { 0 }, list = { 0 };
	struct page p;

	for (uint32_t i = 0; i <= HTML_FILE_LINES_MAX; i++)
		buf_adds(&b, "+x\n");
	for (uint32_t i = 0; i < 400; i++)
		buf_adds(&list, "- [question] src/a.rs:99 — x\n");
	open_page(&p);
	add_file(&p, "src/a.rs", 1, buf_cstr(&b));
	say(&p, 1, buf_cstr(&list));
	ck_assert_ptr_nonnull(strstr(render(&p), "id=\"d1-99\""));
	buf_release(&b);
	buf_release(&list);
	close_page(&p);
}
END_TEST

START_TEST(files_without_lines_are_summed_up_beyond_many)
{
	struct page p;

	open_page(&p);
	for (unsigned i = 0; i < HTML_ROWS_MAX + 5; i++)
		add_file(&p, arena_printf(&p.arena, "%u/.env", i), 1, "+A=b");
	ck_assert_ptr_nonnull(strstr(render(&p), "<li>5 more files</li>"));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&p.out), "1999/.env"));
	ck_assert_ptr_null(strstr(buf_cstr(&p.out), "2000/.env"));
	close_page(&p);
}
END_TEST

Suite *html_size_suite(void)
{
	Suite *s = suite_create("html_size");
	TCase *tc = tcase_create("html_size");

	add_rows(tc, a_page_is_bounded_and_says_what_it_leaves_out, sizes);
	tcase_add_test(tc, many_files_do_not_make_a_large_page);
	tcase_add_test(tc, long_lines_around_findings_are_weighed);
	tcase_add_test(tc, findings_on_one_line_take_its_room_once);
	tcase_add_test(tc, files_without_lines_are_summed_up_beyond_many);
	tcase_add_test(tc, a_long_line_is_cut);
	tcase_add_test(tc, lines_between_hunks_are_folded_to_their_number);
	tcase_add_test(tc,
		       a_hunk_of_removed_lines_alone_is_told_its_true_distance);
	suite_add_tcase(s, tc);
	return s;
}
