#include "agent/page.h"

#include "base/buf.h"
#include "core/change.h"
#include "test.h"

static struct arena arena;
static struct pages pages;

static void setup(void)
{
	pages = (struct pages){ .arena = &arena, .most = 1000 };
}

static void teardown(void)
{
	arena_release(&arena);
}

static bool take(const char *path, uint32_t line, const char *text)
{
	struct piece piece = { .page = page_of(&pages, span_of(path)) };

	*vec_push(&piece.lines, &arena) =
		(struct excerpt){ line, span_of(text) };
	return piece_take(&pages, &piece);
}

/* "path 3=text …" of every page. */
static const char *shown(struct buf *out)
{
	pages_close(&pages);
	vec_each (struct page *, p, &pages.rows) {
		buf_addf(out, "%s%.*s", out->len ? "; " : "",
			 SPAN_ARG((*p)->path));
		vec_each (struct page_line, l, &(*p)->lines)
			buf_addf(out, " %u=%.*s", l->number, SPAN_ARG(l->text));
	}
	return buf_cstr(out);
}

START_TEST(no_line_stands_there_twice_and_they_are_sorted)
{
	struct buf got = { 0 };

	ck_assert(take("b", 7, "seven\neight\n"));
	ck_assert(take("a", 1, "one"));
	ck_assert(take("b", 6, "six\nseven\neight\nnine\n"));
	ck_assert(take("b", 7, "seven\n"));
	page_of(&pages, SPAN("none"));
	ck_assert_str_eq(shown(&got),
			 "b 6=six 7=seven 8=eight 9=nine; a 1=one");
	ck_assert_uint_eq(pages.bytes, 20 + 5 * PAGE_MARGIN);
	buf_release(&got);
}
END_TEST

START_TEST(what_the_patch_shows_of_the_new_side_is_left_out)
{
	static const struct diff_line lines[] = {
		{ ' ', false, 1, 1, SPAN("same") },
		{ '-', false, 2, 0, SPAN("old") },
		{ '+', false, 0, 2, SPAN("new") },
		{ ' ', false, 3, 3, SPAN("end") },
	};
	struct file_change f = { .path = SPAN("a") };
	struct hunk *h = vec_push(&f.hunks, &arena);
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		*vec_push(&h->lines, &arena) = lines[i];
	page_show(&pages, &f);
	ck_assert(take("a", 1, "same\nnew\nend\nmore\n"));
	ck_assert_str_eq(shown(&got), "a 4=more");
	buf_release(&got);
}
END_TEST

START_TEST(what_has_no_room_is_not_taken_in_part)
{
	struct buf got = { 0 };

	pages.most = 3 * (1 + PAGE_MARGIN);
	ck_assert(take("a", 1, "1\n2\n"));
	ck_assert(!take("a", 2, "2\n3\n4\n"));
	ck_assert(take("a", 1, "1\n2\n3\n"));
	ck_assert(take("a", 1, "1\n2\n3\n"));
	ck_assert(!take("b", 1, "1\n"));
	ck_assert_str_eq(shown(&got), "a 1=1 2=2 3=3");
	ck_assert_uint_eq(pages.bytes, pages.most);
	buf_release(&got);
}
END_TEST

START_TEST(lines_beyond_every_file_are_not_kept)
{
	struct buf got = { 0 };

	ck_assert(take("a", UINT32_MAX, "x\ny\n"));
	ck_assert(take("a", 5000, "far\n"));
	ck_assert(page_has(page_of(&pages, SPAN("a")), 5000));
	ck_assert(!page_has(page_of(&pages, SPAN("a")), 4999));
	ck_assert(!page_has(page_of(&pages, SPAN("a")), UINT32_MAX));
	ck_assert_str_eq(shown(&got), "a 5000=far");
	buf_release(&got);
}
END_TEST

Suite *page_suite(void)
{
	Suite *s = suite_create("page");
	TCase *tc = tcase_create("core");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, no_line_stands_there_twice_and_they_are_sorted);
	tcase_add_test(tc, what_the_patch_shows_of_the_new_side_is_left_out);
	tcase_add_test(tc, what_has_no_room_is_not_taken_in_part);
	tcase_add_test(tc, lines_beyond_every_file_are_not_kept);
	suite_add_tcase(s, tc);
	return s;
}
