#include "agent/margin.h"

#include "agent/page.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/mask.h"
#include "core/change.h"
#include "test.h"

static void add_line(struct hunk *h, struct arena *a, struct diff_line l)
{
	*vec_push(&h->lines, a) = l;
}

START_TEST(a_hunk_carries_its_line_numbers_in_the_margin)
{
	struct mask_counts masked = { 0 };
	struct file_change f = { 0 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct hunk *h = vec_push(&f.hunks, &a);

	*h = (struct hunk){ 7, 2, 9, 2, SPAN("fn main()"), { 0 } };
	add_line(h, &a, (struct diff_line){ ' ', false, 7, 9, SPAN("same") });
	add_line(h, &a, (struct diff_line){ '-', false, 8, 0, SPAN("\x1b") });
	add_line(h, &a, (struct diff_line){ '+', true, 0, 10, SPAN("") });
	margin_hunks(&b, &f, &masked);
	ck_assert_uint_eq(masked.total, 0);
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
	struct mask_counts masked = { 0 };
	struct buf b = { 0 };

	margin_lines(&b, SPAN("a\n\n\tb"), &masked);
	ck_assert_uint_eq(masked.total, 0);
	ck_assert_str_eq(buf_cstr(&b), "    1   a\n    2   \n    3   \tb\n");
	buf_release(&b);
}
END_TEST

/* No keys: letters that have their form. */
#define TOKEN "ghp_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o"
#define BEGIN                     \
	"-----BEGIN RSA PRIVATE " \
	"KEY-----"
#define END                     \
	"-----END RSA PRIVATE " \
	"KEY-----"
#define BODY "MIIEpAIBAAKCAQEA7bq0Zt3vYx9KQm2Lw5uRd8nEo1cPfS4gHjTzXiVyBk6Wa0Uh"

/* Lines from..to of a text, as they stand beside a patch. */
static const struct {
	const char *text;
	uint32_t from, to;
	bool whole; /* the file is known */
	size_t masked;
	const char *want; /* shown, or not when it begins with `!` */
} pages[] = {
	{ "a\nb\nc\n", 2, 3, false, 0, "    2   b\n    3   c\n" },
	{ "a\nb\nc\n", 2, 3, true, 0, "    2   b\n    3   c\n" },
	{ "a\n\x1b\n", 2, 2, true, 0, "    2   \\u{1b}\n" },
	{ "a\n\x1b\n", 2, 2, false, 0, "    2   \\u{1b}\n" },
	{ "a\n\"" TOKEN "\"\n", 2, 2, true, 1, "!ghp_" },
	{ "a\n\"" TOKEN "\"\n", 2, 2, false, 1, "!ghp_" },
	{ "a\n\"" TOKEN "\"\n", 1, 1, true, 0, "    1   a\n" },
	{ BEGIN "\n" BODY "\n" END "\n", 2, 2, true, 1, "!MIIE" },
	{ BEGIN "\n" BODY "\n" END "\n", 2, 3, false, 1, "!MIIE" },
	{ BODY "\n" BODY "\n" BODY "\n", 1, 3, false, 1, "!MIIE" },
};

START_TEST(lines_beside_a_patch_are_masked_like_it)
{
	struct mask_counts masked = { 0 };
	struct page page = { 0 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct span rest = span_of(pages[_i].text), line;
	const char *want = pages[_i].want;

	for (uint32_t n = 1; text_line(&rest, &line); n++)
		if (n >= pages[_i].from && n <= pages[_i].to)
			*vec_push(&page.lines, &a) =
				(struct page_line){ n, line };
	margin_page(&b, &page, span_of(pages[_i].whole ? pages[_i].text : ""),
		    &masked);
	ck_assert_uint_eq(masked.total, pages[_i].masked);
	if (*want == '!')
		ck_assert_ptr_null(strstr(buf_cstr(&b), want + 1));
	else
		ck_assert_str_eq(buf_cstr(&b), want);
	ck_assert_uint_eq(text_count_lines(buf_span(&b)), page.lines.len);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *margin_suite(void)
{
	Suite *s = suite_create("margin");
	TCase *tc = tcase_create("margin");

	tcase_add_test(tc, a_hunk_carries_its_line_numbers_in_the_margin);
	tcase_add_test(tc, a_file_is_numbered_from_one);
	add_rows(tc, lines_beside_a_patch_are_masked_like_it, pages);
	suite_add_tcase(s, tc);
	return s;
}
