#include "render/render.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "test.h"

static const struct render_style plain;

static const struct section_want want[] = {
	{ "Summary", "summary", "" },
	{ "Tests", "tests", "" },
};

/* A report of two sections, the first with this text. */
static void render_two(struct buf *out, struct arena *a, const char *text)
{
	struct report r = { .task = "review", .title = SPAN("1 commit") };

	*vec_push(&r.sections, a) = (struct section){ .want = &want[0],
						      .state = SECTION_PRESENT,
						      .text = span_of(text) };
	*vec_push(&r.sections, a) = (struct section){ .want = &want[1],
						      .state = SECTION_PRESENT,
						      .text = SPAN("None.") };
	render_markdown(out, &r, &plain);
}

static const struct {
	const char *text, *printed;
} open_ends[] = {
	{ "plain", "plain" },
	{ "```rust\nlet a;", "```rust\nlet a;\n```" },
	{ "~~~~\n```\n~~~", "~~~~\n```\n~~~\n~~~~" },
	{ "```\na\n```", "```\na\n```" },
	{ "- a\n\n  ```\n  b", "- a\n\n  ```\n  b\n  ```" },
	{ "- a\n\n  ```\n  b\n\nc", "- a\n\n  ```\n  b\n\nc" },
	{ "a\n<!-- b\nc", "a\n&lt;!-- b\nc" },
	{ "<!-- a\n```\nb", "&lt;!-- a\n```\nb\n```" },
	{ "<pre>\na", "&lt;pre>\na" },
	{ "a `<!--` b", "a `<!--` b" },
};

START_TEST(a_section_left_open_does_not_swallow_the_next)
{
	struct buf b = { 0 }, start = { 0 };
	struct arena a = { 0 };

	buf_addf(&start, "## Summary\n\n%s\n\n## Tests\n\nNone.\n\n---\n",
		 open_ends[_i].printed);
	render_two(&b, &a, open_ends[_i].text);
	b.ptr[start.len < b.len ? start.len : b.len] = '\0';
	ck_assert_str_eq(b.ptr, buf_cstr(&start));
	buf_release(&b);
	buf_release(&start);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *path, *printed;
} paths[] = {
	{ "src/a.rs", "| `src/a.rs` | full |\n" },
	{ "a|b", "| `a\\|b` | full |\n" },
	{ "a`b", "| `` a`b `` | full |\n" },
	{ "```", "| ```` ``` ```` | full |\n" },
	{ "a\nb\x1b", "| `a\\nb\\u{1b}` | full |\n" },
};

START_TEST(a_path_is_one_code_span_in_one_cell)
{
	struct report r = { .task = "review" };
	struct arena a = { 0 };
	struct buf b = { 0 };

	vec_push(&r.files, &a)->path = span_of(paths[_i].path);
	render_markdown(&b, &r, &plain);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&b), paths[_i].printed));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(a_partial_report_says_first_that_it_is_none)
{
	struct report r = { .task = "review", .partial = true };
	struct buf b = { 0 };

	render_markdown(&b, &r, &plain);
	ck_assert(span_starts(buf_span(&b),
			      "> **Partial**: the model's reply was incomplete "
			      "or refused. This is not a review; what an "
			      "incomplete reply says of the code was not "
			      "looked up in it.\n\n"));
	buf_release(&b);
}
END_TEST

static const struct {
	struct usage usage;
	const char *json;
} usages[] = {
	{ { -1, -1, -1, -1, -1, 0, -1 },
	  "{\"input_tokens\":null,\"cache_read_tokens\":null,"
	  "\"cache_write_tokens\":null,\"output_tokens\":null,"
	  "\"reasoning_tokens\":null,\"requests\":0,\"cost_usd\":null}" },
	{ { 1, 2, 3, 4, 5, 6, 0.5 },
	  "{\"input_tokens\":1,\"cache_read_tokens\":2,"
	  "\"cache_write_tokens\":3,\"output_tokens\":4,"
	  "\"reasoning_tokens\":5,\"requests\":6,\"cost_usd\":0.5}" },
};

START_TEST(usage_alone_is_the_object_in_a_report)
{
	struct report r = { .task = "review", .usage = usages[_i].usage };
	struct buf b = { 0 }, whole = { 0 };

	render_usage_json(&b, &usages[_i].usage);
	ck_assert_str_eq(buf_cstr(&b), usages[_i].json);
	render_json_line(&whole, &r);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&whole), usages[_i].json));
	buf_release(&b);
	buf_release(&whole);
}
END_TEST

static const struct {
	struct finding finding;
	const char *json, *ledger; /* "": not a word of it */
} checked[] = {
	{ { .check = FINDING_UNCHECKED },
	  "\"check\":\"unchecked\",\"fact\":null,\"old_side\":false,"
	  "\"pre_existing\":false,\"mask\":false,\"fingerprint\":null",
	  "" },
	{ { .check = FINDING_VERIFIED,
	    .pre_existing = true,
	    .fingerprint = "0123456789abcdef" },
	  "\"check\":\"verified\",\"fact\":null,\"old_side\":false,"
	  "\"pre_existing\":true,\"mask\":false,"
	  "\"fingerprint\":\"0123456789abcdef\"",
	  "\n- The model's findings: 1 verified (1 pre-existing).\n" },
	{ { .check = FINDING_UNVERIFIED, .fact = SPAN("no\x1b") },
	  "\"check\":\"unverified\",\"fact\":\"no\\\\u{1b}\"",
	  "1 unverified (their quotes are not in what was sent, or they have "
	  "none).\n" },
	{ { .check = FINDING_CONTRADICTED, .old = true, .mask = true },
	  "\"check\":\"contradicted\",\"fact\":null,\"old_side\":true,"
	  "\"pre_existing\":false,\"mask\":true",
	  ": 1 contradicted by the code.\n" },
	{ { .check = FINDING_VERIFIED, .own = true },
	  "\"own\":true,\"rule\":null,\"check\":\"verified\"",
	  "" },
};

START_TEST(what_came_of_looking_a_finding_up_is_told)
{
	struct report r = { .task = "review" };
	struct arena a = { 0 };
	struct buf b = { 0 };

	*vec_push(&r.sections, &a) = (struct section){ .want = &want[0] };
	*vec_push(&r.findings, &a) = checked[_i].finding;
	render_json_line(&b, &r);
	ck_assert_ptr_nonnull(strstr(buf_cstr(&b), checked[_i].json));
	buf_reset(&b);
	render_markdown(&b, &r, &plain);
	if (*checked[_i].ledger)
		ck_assert_ptr_nonnull(strstr(b.ptr, checked[_i].ledger));
	else
		ck_assert_ptr_null(strstr(b.ptr, "model's findings"));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* How much less than the whole a summary may take, and how many of its two
 * sections it then has. */
static const struct {
	size_t less, sections;
} limits[] = {
	{ 0, 2 },
	{ 1, 1 },
	{ 900, 1 },
	{ 1100, 0 },
};

START_TEST(a_summary_is_cut_behind_a_section_and_says_so)
{
	struct report r = { .task = "review", .title = SPAN("1 commit") };
	struct buf b = { 0 }, text = { 0 };
	struct arena a = { 0 };
	size_t most, n = limits[_i].sections;

	for (int i = 0; i < 1000; i++)
		buf_addc(&text, 'x');
	for (int i = 0; i < 2; i++)
		*vec_push(&r.sections, &a) =
			(struct section){ .want = &want[i],
					  .text = buf_span(&text) };
	render_summary(&b, &r, &plain, SIZE_MAX);
	most = b.len - limits[_i].less;
	render_summary(&b, &r, &plain, most);
	ck_assert_uint_le(b.len, most);
	ck_assert_int_eq(strstr(b.ptr, "## Summary") != NULL, n > 0);
	ck_assert_int_eq(strstr(b.ptr, "## Tests") != NULL, n > 1);
	ck_assert_int_eq(strstr(b.ptr, "> **Cut**: ") != NULL, n < 2);
	ck_assert_ptr_nonnull(strstr(b.ptr, "**What was looked at**"));
	render_summary(&b, &r, &plain, 100);
	ck_assert_str_eq(b.ptr, "> **Cut**: the report finds no room here; the "
				"log has it.\n");
	render_summary(&b, &r, &plain, 10);
	ck_assert_uint_eq(b.len, 0);
	buf_release(&b);
	buf_release(&text);
	arena_release(&a);
}
END_TEST

/* An agent file of the repository's own may name a section. */
START_TEST(a_section_is_called_by_words_that_load_and_link_nothing)
{
	static const struct section_want hostile = {
		"A ![p](http://e.example/p.png) <img src=x>", "a", ""
	};
	struct report r = { .task = "review" };
	struct arena a = { 0 };
	struct buf b = { 0 };

	*vec_push(&r.sections, &a) = (struct section){ .want = &hostile };
	render_markdown(&b, &r, &plain);
	ck_assert_ptr_nonnull(strstr(b.ptr, "## A "));
	ck_assert_ptr_null(strstr(b.ptr, "![p]("));
	ck_assert_ptr_null(strstr(b.ptr, "<img"));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *render_suite(void)
{
	Suite *s = suite_create("render");
	TCase *tc = tcase_create("render");

	add_rows(tc, a_section_left_open_does_not_swallow_the_next, open_ends);
	add_rows(tc, a_path_is_one_code_span_in_one_cell, paths);
	tcase_add_test(tc, a_partial_report_says_first_that_it_is_none);
	tcase_add_test(tc,
		       a_section_is_called_by_words_that_load_and_link_nothing);
	add_rows(tc, usage_alone_is_the_object_in_a_report, usages);
	add_rows(tc, what_came_of_looking_a_finding_up_is_told, checked);
	add_rows(tc, a_summary_is_cut_behind_a_section_and_says_so, limits);
	suite_add_tcase(s, tc);
	return s;
}
