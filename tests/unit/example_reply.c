/*
 * The reply that the demo plays is true of the example it is played for: a
 * change to either without the other fails here.
 */
#include <string.h>

#include "base/arena.h"
#include "base/fs.h"
#include "core/report.h"
#include "test.h"

static struct arena arena;

static struct span read_example(struct span path)
{
	const char *top = getenv("ARCHITECT_TOP");
	struct error err = { 0 };
	struct span text;

	ck_assert_msg(fs_read(&text, &arena,
			      arena_printf(&arena, "%s/examples/pool/%.*s",
					   top ? top : ".", SPAN_ARG(path)),
			      1 << 20, &err) == 0,
		      "%s", err.msg);
	return text;
}

/* Take what stands before sep off *s; the test fails without it. */
static struct span take(struct span *s, const char *sep)
{
	ptrdiff_t at = span_find(*s, span_of(sep));
	struct span head;

	ck_assert_msg(at >= 0, "no '%s' in: %.*s", sep, SPAN_ARG(*s));
	head = span_first(*s, (size_t)at);
	*s = span_from(*s, (size_t)at + strlen(sep));
	return head;
}

/* The line of the new version that `src/x.rs:12` means, trimmed. */
static struct span line_at(struct span path, struct span number)
{
	struct span rest, line = { 0 };
	long n = strtol(arena_cstr(&arena, number), NULL, 10);

	rest = read_example(
		span_of(arena_printf(&arena, "after/%.*s", SPAN_ARG(path))));
	ck_assert_int_gt(n, 0);
	while (n-- > 0)
		ck_assert(text_line(&rest, &line));
	return span_trim(line);
}

START_TEST(every_finding_quotes_the_line_it_names)
{
	struct span rest = read_example(SPAN("reply.md")), line;
	int findings = 0;

	while (text_line(&rest, &line)) {
		struct span path, number, quote;

		if (!span_starts(line, "- ["))
			continue;
		take(&line, "] ");
		path = take(&line, ":");
		number = take(&line, " ");
		ck_assert(text_line(&rest, &quote));
		ck_assert(span_starts(quote, "  > "));
		quote = span_from(quote, 4);
		ck_assert_msg(span_eq(quote, line_at(path, number)),
			      "%.*s:%.*s is not: %.*s", SPAN_ARG(path),
			      SPAN_ARG(number), SPAN_ARG(quote));
		findings++;
	}
	ck_assert_int_ge(findings, 10);
}
END_TEST

START_TEST(the_played_reply_has_the_eight_sections_in_order)
{
	struct span rest = read_example(SPAN("reply.md")), line;
	size_t i = 0;

	ck_assert(span_starts(rest, "## Summary\n"));
	while (text_line(&rest, &line)) {
		if (!span_starts(line, "## "))
			continue;
		ck_assert_uint_lt(i, eight_sections.len);
		ck_assert(span_eqs(span_from(line, 3),
				   eight_sections.want[i++].name));
	}
	ck_assert_uint_eq(i, eight_sections.len);
}
END_TEST

static void release_arena(void)
{
	arena_release(&arena);
}

Suite *example_reply_suite(void)
{
	Suite *s = suite_create("example_reply");
	TCase *tc = tcase_create("example_reply");

	tcase_add_checked_fixture(tc, NULL, release_arena);
	tcase_add_test(tc, every_finding_quotes_the_line_it_names);
	tcase_add_test(tc, the_played_reply_has_the_eight_sections_in_order);
	suite_add_tcase(s, tc);
	return s;
}
