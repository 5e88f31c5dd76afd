#include "agent/reply.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "test.h"

/* What each of the eight holds in the forms below. */
static const char *const texts[] = {
	"The pool gains a cache, and with it a deadlock.\n\n"
	"Strengths: `mod cache` is private.",
	"- [must-fix] src/pool.rs:51 \xe2\x80\x94 a guard lives across an "
	"await\n  > let mut entries = cache.lock();\n"
	"- [must-fix] src/conn.rs:87 \xe2\x80\x94 unchecked bytes",
	"1. The sweeper outlives the pool.\n2. `Pool::new` breaks callers.",
	"None.",
	"* `unwrap` on a lock\n  * at src/cache.rs:55\n  * at src/cache.rs:64",
	"`src/pool.rs:50`:\n\n```rust\n# [derive(Debug)]\n## Summary\n"
	"let a = {\n        1\n    };\n\nlet b = 2;\n```",
	"Pause the clock:\n\n> ## Summary\n> of the book\n\nand advance it.",
	"1. Release the lock before the await.\n2. Bound the map.",
};

#define NAMES 5
/* $N, $U, $L, $A and $P of the forms below */
static const char *const names[NAMES][8] = {
	{ "Summary", "Critical Issues", "Architectural Observations",
	  "Async/Performance Considerations", "Idiomatic Rust Suggestions",
	  "Code Examples", "Testing Recommendations", "Action Items" },
	{ "SUMMARY", "CRITICAL ISSUES", "ARCHITECTURAL OBSERVATIONS",
	  "ASYNC/PERFORMANCE CONSIDERATIONS", "IDIOMATIC RUST SUGGESTIONS",
	  "CODE EXAMPLES", "TESTING RECOMMENDATIONS", "ACTION ITEMS" },
	{ "summary", "critical issues", "architectural observations",
	  "async / performance considerations", "idiomatic rust suggestions",
	  "code examples", "testing recommendations", "action items" },
	{ "summary", "Critical Issue", "Architecture Observations",
	  "Async & Performance Considerations", "Idiomatic Rust Suggestion",
	  "Code example", "Testing Recommendation", "Action items" },
	{ "Executive Summary", "Critical Findings",
	  "Architectural Considerations",
	  "Performance and Async "
	  "Considerations",
	  "Idiomatic Rust", "Code Samples", "Test Recommendations",
	  "Prioritized Action Items" },
};

#define ALL "01234567"

/*
 * A reply: its shape for one section ($n number, $N name, $t text, $i text
 * indented by three; `@` parts shapes taken in turn), which sections in which
 * order (`e` before one: without text; `x`: the extra text), and what is wrong
 * with it.
 */
static const struct row {
	const char *shape, *which, *extra, *gap;
} rows[] = {
	/* whole: headings */
	{ "## $N\n\n$t\n\n", ALL, NULL, "" },
	{ "## $N\n$t\n", ALL, NULL, "" },
	{ "# $N\n$t\n\n", ALL, NULL, "" },
	{ "### $N\n$t\n\n", ALL, NULL, "" },
	{ "#### $N\n$t\n\n", ALL, NULL, "" },
	{ "##### $N\n$t\n\n", ALL, NULL, "" },
	{ "###### $N\n$t\n\n", ALL, NULL, "" },
	{ "## $n. $N\n$t\n\n", ALL, NULL, "" },
	{ "### $n) $N\n$t\n\n", ALL, NULL, "" },
	{ "## $n $N\n$t\n\n", ALL, NULL, "" },
	{ "## ($n) $N\n$t\n\n", ALL, NULL, "" },
	{ "## $n - $N\n$t\n\n", ALL, NULL, "" },
	{ "## $N:\n$t\n\n", ALL, NULL, "" },
	{ "## $N ##\n$t\n\n", ALL, NULL, "" },
	{ "## **$N**\n$t\n\n", ALL, NULL, "" },
	{ "## *$N*\n$t\n\n", ALL, NULL, "" },
	{ "## __$N__:\n$t\n\n", ALL, NULL, "" },
	{ "## `$N`\n$t\n\n", ALL, NULL, "" },
	{ "## **$n. $N:**\n$t\n\n", ALL, NULL, "" },
	{ "##   $N   \n\n\n$t\n\n\n", ALL, NULL, "" },
	{ "##\t$N\t\n$t\n\n", ALL, NULL, "" },
	{ " ## $N\n$t\n\n", ALL, NULL, "" },
	{ "## $U\n$t\n\n", ALL, NULL, "" },
	{ "## $L\n$t\n\n", ALL, NULL, "" },
	{ "## $A\n$t\n\n", ALL, NULL, "" },
	{ "## $P\n$t\n\n", ALL, NULL, "" },
	{ "## \xf0\x9f\x94\xb4 $N\n$t\n\n", ALL, NULL, "" },
	{ "## $N \xf0\x9f\x9a\x80\n$t\n\n", ALL, NULL, "" },
	{ "## \xe2\x9a\xa0\xef\xb8\x8f $N\n$t\n\n", ALL, NULL, "" },
	{ "## \xe2\x80\x94 $N \xe2\x80\x94\n$t\n\n", ALL, NULL, "" },
	{ "## $n\xef\xb8\x8f\xe2\x83\xa3 $N\n$t\n\n", ALL, NULL, "" },
	{ "## $N (2)\n$t\n\n", ALL, NULL, "" },
	{ "## $N: $t\n\n", ALL, NULL, "" },
	{ "## $N \xe2\x80\x94 $t\n\n", ALL, NULL, "" },
	{ "## $N\n\n$t\n\n---\n\n", ALL, NULL, "" },
	{ "## $N\r\n\r\n$t\r\n\r\n", ALL, NULL, "" },
	/* whole: setext, bold, labels */
	{ "$N\n=======\n$t\n\n", ALL, NULL, "" },
	{ "$N\n---\n\n$t\n\n", ALL, NULL, "" },
	{ "**$N**\n---\n\n$t\n\n", ALL, NULL, "" },
	{ "**$N**\n\n$t\n\n", ALL, NULL, "" },
	{ "**$N**\n$t\n\n", ALL, NULL, "" },
	{ "**$N:**\n$t\n\n", ALL, NULL, "" },
	{ "**$N**:\n$t\n\n", ALL, NULL, "" },
	{ "**$N**\n$t\n", ALL, NULL, "" },
	{ "__$N__\n\n$t\n\n", ALL, NULL, "" },
	{ "***$N***\n\n$t\n\n", ALL, NULL, "" },
	{ "**$n. $N**\n\n$t\n\n", ALL, NULL, "" },
	{ "**$N (2)**\n\n$t\n\n", ALL, NULL, "" },
	{ "\xf0\x9f\x93\x8b **$N**\n\n$t\n\n", ALL, NULL, "" },
	{ "**$N:** $t\n\n", ALL, NULL, "" },
	{ "**$N**: $t\n\n", ALL, NULL, "" },
	{ "**$N** \xe2\x80\x94 $t\n\n", ALL, NULL, "" },
	{ "$n. **$N**: $i\n", ALL, NULL, "" },
	{ "$n. **$N**: $i\n\n", ALL, NULL, "" },
	{ "$n. **$N:** $i\n\n", ALL, NULL, "" },
	{ "$n) **$N** - $i\n\n", ALL, NULL, "" },
	{ "$n. **$N**\n\n   $i\n\n", ALL, NULL, "" },
	{ "$n. **$N**\n\n$t\n\n", ALL, NULL, "" },
	{ "$n. $N\n\n   $i\n\n", ALL, NULL, "" },
	{ "$n) $N:\n\n   $i\n\n", ALL, NULL, "" },
	{ "$n. $N: $i\n\n", ALL, NULL, "" },
	{ "$N:\n\n$t\n\n", ALL, NULL, "" },
	{ "$n. ## $N\n\n   $i\n\n", ALL, NULL, "" },
	/* whole: mixed forms, other order, twice */
	{ "# $N\n$t\n\n@## $N\n$t\n\n", ALL, NULL, "" },
	{ "# $N\n$t\n\n@## $N\n$t\n\n@### $N\n$t\n\n@#### $N\n$t\n\n@"
	  "##### $N\n$t\n\n@###### $N\n$t\n\n",
	  ALL, NULL, "" },
	{ "## $N\n$t\n\n@**$N**\n\n$t\n\n", ALL, NULL, "" },
	{ "$N\n===\n$t\n\n@### $N\n$t\n\n", ALL, NULL, "" },
	{ "## $N\n\n$t\n\n", "76543210", NULL, "" },
	{ "## $N\n\n$t\n\n", "10234576", NULL, "" },
	{ "**$N**\n\n$t\n\n", "70123456", NULL, "" },
	{ "## $N\n\n$t\n\n", "0123456701", NULL, "" },
	{ "## $N\n\n$t\n\n", "01e234567e32", NULL, "" },
	/* whole: what stands before, between, behind */
	{ "## $N\n\n$t\n\n", "x" ALL, "Here is my review.\n\n", "" },
	{ "## $N\n\n$t\n\n", "x" ALL, "# Code Review\n\n**Scope**: all\n\n",
	  "" },
	{ "## $N\n\n$t\n\n", "x" ALL, "# Code Review: Summary\n\n", "" },
	{ "## $N\n\n$t\n\n", ALL "x", "## Conclusion\n\nGood work.\n\n", "" },
	{ "## $N\n\n$t\n\n", "01x234567", "## Strengths\n\nTests.\n\n", "" },
	{ "## $N\n\n$t\n\n", "0x1234567",
	  "1. **Critical Issues**: two\n2. **Action Items**: five\n\n", "" },
	{ "## $N\n\n$t\n\n", "0123456x7",
	  "### Summary\n\nof the tests\n\n### Code Examples\n\nNone\n\n", "" },
	{ "## $N\n\n$t\n\n", "01234567x",
	  "**Testing Recommendations**\n\nare above.\n\n", "" },
	{ "## $N\n\n$t\n\n", "0123x4567",
	  "```markdown\n## Action Items\n```\n\n", "" },
	{ "## $N\n\n$t\n\n", "0123x4567",
	  "> ## Action Items\n>\n> **Summary**\n\n", "" },
	{ "## $N\n\n$t\n\n", "0123x4567", "    ## Action Items\n\n", "" },
	{ "## $N\n\n$t\n\n", "0123x4567", "<!--\n## Action Items\n-->\n\n",
	  "" },
	{ "## $N\n\n$t\n\n", "0123x4567",
	  "~~~~\n## Action Items\n~~~\n## Summary\n~~~~\n\n", "" },
	{ "**$N**\n\n$t\n\n", "0123x4567",
	  "- an item\n\n  **Action Items**\n\n", "" },
	{ "$n. **$N**: $i\n\n", "0x1234567",
	  "   - **Action Items**: five\n   - **Summary**: one\n\n", NULL },
	{ "\n\n## $N\n\n$t\n\n", ALL, NULL, "" },
	{ "\xef\xbb\xbf## $N\n\n$t\n\n@## $N\n\n$t\n\n@## $N\n\n$t\n\n@## $N\n"
	  "\n$t\n\n@## $N\n\n$t\n\n@## $N\n\n$t\n\n@## $N\n\n$t\n\n@## $N\n\n"
	  "$t",
	  ALL, NULL, "" },
	/* broken: missing */
	{ "## $N\n\n$t\n\n", "", NULL,
	  "missing: Summary, Critical Issues, Architectural Observations, "
	  "Async/Performance Considerations, Idiomatic Rust Suggestions, "
	  "Code Examples, Testing Recommendations, Action Items" },
	{ "## $N\n\n$t\n\n", "1234567", NULL, "missing: Summary" },
	{ "## $N\n\n$t\n\n", "0123456", NULL, "missing: Action Items" },
	{ "**$N**\n\n$t\n\n", "0134567", NULL,
	  "missing: Architectural Observations" },
	{ "$n. **$N**: $i\n\n", "012367", NULL,
	  "missing: Idiomatic Rust Suggestions, Code Examples" },
	{ "## $N\n\n$t\n\n", "0123456x",
	  "```markdown\n## Action Items\n\n1. All.\n```\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "> ## Action Items\n>\n> 1. All.\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "    ## Action Items\n\n    1. All.\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x",
	  "<!-- ## Action Items\n## Action "
	  "Items\n-->\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "<pre>\n## Action Items\n</pre>\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "1. **Action Items**: see above\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "Action Items: see above\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "#Action Items\n\n1. All.\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "| Action Items |\n|---|\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "[Action Items](#action-items)\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "- a point\n\n  ## Action Items\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "0123456x", "> a quotation\n**Action Items**\n",
	  "missing: Action Items" },
	{ "## $N\n\n$t\n\n", "1234567x",
	  "### Summary\n\nof the action items\n\n", "missing: Summary" },
	{ "## $N\n\n$t\n\n", "234567x", "## Summary and Critical Issues\n\nx\n",
	  "missing: Summary, Critical Issues" },
	{ "## $N\n\n$t\n\n", "0134567x", "## Architecture\n\nLayers.\n",
	  "missing: Architectural Observations" },
	/* broken: the rest stands in a fence that was never closed */
	{ "## $N\n\n$t\n\n", "0123x4567", "```rust\nlet x = 1;\n\n",
	  "missing: Idiomatic Rust Suggestions, Code Examples" },
	{ "## $N\n\n$t\n\n", "01234x567", "~~~rust\nlet x = 1;\n\n",
	  "missing: Code Examples, Testing Recommendations, Action Items" },
	{ "## $N\n\n$t\n\n", "0x1234567", "<!-- hidden\n",
	  "missing: Critical Issues, Architectural Observations, "
	  "Async/Performance Considerations, Idiomatic Rust Suggestions, "
	  "Code Examples, Testing Recommendations, Action Items" },
	/* broken: empty */
	{ "## $N\n\n$t\n\n", "01234e567", NULL, "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "e0e1234567", NULL,
	  "empty: Summary, Critical Issues" },
	{ "## $N\n\n$t\n\n", "0123456e7", NULL, "empty: Action Items" },
	{ "## $N\n\n$t\n\n---\n\n", "01234e567", NULL, "empty: Code Examples" },
	{ "**$N**\n\n$t\n\n", "01234e567", NULL, "empty: Code Examples" },
	{ "$n. **$N**: $i\n\n", "01234e567", NULL, "empty: Code Examples" },
	{ "## $N (2)\n\n$t\n\n", "01234e567", NULL, "empty: Code Examples" },
	{ "## $N (must fix)\n\n$t\n\n", "01234e567", NULL,
	  "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "01234e5x67", "<!-- later -->\n\n",
	  "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "01234e5x67", "### The cache\n\n",
	  "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "01234e5x67", "```rust\n```\n\n",
	  "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "01234e5x67", "-\n\n", "empty: Code Examples" },
	{ "## $N\n\n$t\n\n", "1234e567", NULL,
	  "missing: Summary; empty: Code Examples" },
};

static struct arena arena;

/* Every line after the first behind three blanks. */
static void add_indented(struct buf *b, const char *text)
{
	for (; *text; text++) {
		buf_addc(b, *text);
		if (*text == '\n' && text[1] != '\n')
			buf_adds(b, "   ");
	}
}

static void add_section(struct buf *b, const char *shape, size_t i,
			const char *text)
{
	static const char which_name[] = "NULAP";
	const char *name;

	for (; *shape && *shape != '@'; shape++) {
		if (*shape != '$') {
			buf_addc(b, *shape);
			continue;
		}
		shape++;
		name = strchr(which_name, *shape);
		if (name)
			buf_adds(b, names[name - which_name][i]);
		else if (*shape == 'n')
			buf_addf(b, "%zu", i + 1);
		else if (*shape == 'i')
			add_indented(b, text);
		else
			buf_adds(b, text);
	}
}

static const char *next_shape(const char *shape, const char *first)
{
	shape = strchr(shape, '@');
	return shape ? shape + 1 : first;
}

static void build_reply(struct buf *b, const struct row *row)
{
	const char *shape = row->shape, *w;
	bool empty = false;

	for (w = row->which; *w; w++) {
		if (*w == 'e') {
			empty = true;
		} else if (*w == 'x') {
			buf_adds(b, row->extra);
		} else {
			add_section(b, shape, (size_t)(*w - '0'),
				    empty ? "" : texts[*w - '0']);
			shape = next_shape(shape, row->shape);
			empty = false;
		}
	}
}

static void join(struct buf *b, const char *text)
{
	struct span s = span_of(text);

	while (s.len && s.ptr[s.len - 1] == '\n')
		s.len--;

	if (b->len && s.len)
		buf_adds(b, "\n\n");
	buf_addsp(b, s);
}

static void check_same(struct span have, const char *want)
{
	ck_assert_str_eq(arena_cstr(&arena, have), want);
}

/* Each section holds its own text and nothing else. */
static void check_texts(const struct report *r, const struct row *row)
{
	struct buf want[9] = { 0 };
	size_t at = 8, i;
	const char *w;

	for (w = row->which; *w; w++) {
		if (*w == 'x') {
			join(&want[at], row->extra);
		} else if (*w != 'e') {
			at = (size_t)(*w - '0');
			if (w == row->which || w[-1] != 'e')
				join(&want[at], texts[at]);
		}
	}
	check_same(r->preamble, buf_cstr(&want[8]));
	for (i = 0; i < 9; i++) {
		if (i < 8)
			check_same(r->sections.ptr[i].text, buf_cstr(&want[i]));
		buf_release(&want[i]);
	}
}

START_TEST(a_reply_is_known_in_every_form_and_a_broken_one_told)
{
	const struct row *row = &rows[_i];
	struct report r = { 0 };
	struct buf b = { 0 };

	build_reply(&b, row);
	reply_parse(&r, &arena, &eight_sections, buf_span(&b), false);
	ck_assert_str_eq(report_gap(&r, &arena), row->gap ? row->gap : "");
	ck_assert_int_eq(report_complete(&r), !row->gap || !*row->gap);
	if (row->gap && !*row->gap)
		check_texts(&r, row);
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

static const struct {
	const char *in, *gap, *preamble, *summary;
} whole[] = {
	/* the last one of a reply cut by its length is cut, whatever it has */
	{ "## Summary\nAll\n## Critical Issues\nNone.", "cut: Critical Issues",
	  "", "All" },
	{ "## Summary\nAll\n## Critical Issues", "cut: Critical Issues", "",
	  "All" },
	{ "hi\n\n## Summary\nAl", "cut: Summary", "hi", "Al" },
	{ "```markdown", "", "", "" },
	{ "nothing yet", "", "nothing yet", "" },
	{ "```markdown\n## Summary\nAl", "cut: Summary", "", "Al" },
	{ "```rust\n## Summary\nAl", "", "```rust\n## Summary\nAl", "" },
};

START_TEST(the_last_section_of_a_cut_reply_is_cut)
{
	static const struct section_list two = { NULL, 2 };
	struct section_list want = two;
	struct report r = { 0 };

	want.want = eight_sections.want;
	reply_parse(&r, &arena, &want, span_of(whole[_i].in), true);
	ck_assert(!strncmp(report_gap(&r, &arena), "missing",
			   *whole[_i].gap ? 0 : 7));
	ck_assert_ptr_nonnull(strstr(report_gap(&r, &arena), whole[_i].gap));
	ck_assert(span_eqs(r.preamble, whole[_i].preamble));
	ck_assert(span_eqs(r.sections.ptr[0].text, whole[_i].summary));
	arena_release(&arena);
}
END_TEST

static const struct {
	const char *open, *close;
	bool complete;
} wrappers[] = {
	{ "```markdown\n", "```\n", true },
	{ "\n\n```md\n", "\n```", true },
	{ "~~~~Markdown\n", "~~~~\n\n", true },
	{ "```\n", "```\n", true },
	{ "```markdown\r\n", "```\r\n", true },
	{ "```rust\n", "```\n", false },
	{ "Here it is:\n\n```markdown\n", "```\n", false },
	{ "````markdown\n", "````\n\nDone.\n", false },
	{ "~~~markdown\n", "\n", false },
};

START_TEST(a_reply_wrapped_in_one_fence_is_unwrapped)
{
	static const struct row plain = { "## $N\n\n$t\n\n", ALL, NULL, "" };
	struct report r = { 0 };
	struct buf b = { 0 };

	buf_adds(&b, wrappers[_i].open);
	build_reply(&b, &plain);
	buf_adds(&b, wrappers[_i].close);
	reply_parse(&r, &arena, &eight_sections, buf_span(&b), false);
	ck_assert_int_eq(report_complete(&r), wrappers[_i].complete);
	if (wrappers[_i].complete)
		check_texts(&r, &plain);
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

START_TEST(a_section_that_came_twice_says_so)
{
	struct report r = { 0 };

	reply_parse(&r, &arena, &eight_sections,
		    SPAN("# Summary\na\n# Action Items\n# Summary\nb"), false);
	ck_assert(r.sections.ptr[0].duplicate);
	ck_assert(span_eqs(r.sections.ptr[0].text, "a\n\nb"));
	ck_assert(!r.sections.ptr[7].duplicate);
	ck_assert_int_eq(r.sections.ptr[7].state, SECTION_EMPTY);
	arena_release(&arena);
}
END_TEST

START_TEST(line_ends_with_a_cr_leave_none_behind)
{
	struct report r = { 0 };

	reply_parse(&r, &arena, &eight_sections,
		    SPAN("## Summary\r\nOne.\r\nTwo\rthree.\r\n- [must-fix] "
			 "src/a.rs:3 - no\r\n  > a\r\n"),
		    false);
	ck_assert(span_starts(r.sections.ptr[0].text, "One.\nTwo\rthree.\n"));
	ck_assert_uint_eq(r.findings.len, 1);
	ck_assert(span_eqs(r.findings.ptr[0].quote, "a"));
	arena_release(&arena);
}
END_TEST

START_TEST(no_text_at_all_lacks_every_section)
{
	struct report r = { 0 };

	reply_parse(&r, &arena, &eight_sections, (struct span){ NULL, 0 },
		    true);
	ck_assert_uint_eq(r.sections.len, 8);
	vec_each (struct section, sec, &r.sections)
		ck_assert_int_eq(sec->state, SECTION_MISSING);
	arena_release(&arena);
}
END_TEST

static const struct {
	const char *have, *more, *gap, *first, *second;
} merges[] = {
	{ "# Summary\na", "# Critical Issues\nb", "", "a", "b" },
	{ "# Summary\na\n# Critical Issues", "# Critical Issues\nb", "", "a",
	  "b" },
	{ "# Summary\na\n# Critical Issues\nb",
	  "# Summary\nx\n# Critical Issues\ny", "", "a", "b" },
	{ "", "# Summary\nx", "missing: Critical Issues", "x", "" },
	{ "# Summary\na", "# Critical Issues", "empty: Critical Issues", "a",
	  "" },
	{ "# Summary\na\n# Critical Issues", "none", "empty: Critical Issues",
	  "a", "" },
};

START_TEST(a_merge_takes_what_was_lacking_and_only_that)
{
	struct section_list two = { eight_sections.want, 2 };
	struct report r = { 0 }, more = { 0 };

	reply_parse(&r, &arena, &two, span_of(merges[_i].have), false);
	reply_parse(&more, &arena, &two, span_of(merges[_i].more), false);
	reply_merge(&r, &arena, &more);
	ck_assert_str_eq(report_gap(&r, &arena), merges[_i].gap);
	ck_assert(span_eqs(r.sections.ptr[0].text, merges[_i].first));
	ck_assert(span_eqs(r.sections.ptr[1].text, merges[_i].second));
	arena_release(&arena);
}
END_TEST

START_TEST(a_merge_replaces_a_cut_section_with_its_findings)
{
	struct section_list two = { eight_sections.want, 2 };
	struct report r = { 0 }, more = { 0 };

	reply_parse(&r, &arena, &two,
		    SPAN("Hello.\n# Critical Issues\n- [must-fix] a.rs:1 "
			 "\xe2\x80\x94 x\n"
			 "# Summary\n- [question] b.rs:2 \xe2\x80\x94 hal"),
		    true);
	ck_assert_uint_eq(r.findings.len, 2);
	reply_parse(&more, &arena, &two,
		    SPAN("Sorry.\n# Summary\n- [question] b.rs:2 \xe2\x80\x94 "
			 "half\n"
			 "# Critical Issues\n- [must-fix] c.rs:3 \xe2\x80\x94 "
			 "other"),
		    false);
	reply_merge(&r, &arena, &more);
	ck_assert(report_complete(&r));
	ck_assert_uint_eq(r.findings.len, 2);
	ck_assert(span_eqs(r.findings.ptr[0].text, "half"));
	ck_assert(span_eqs(r.findings.ptr[1].path, "a.rs"));
	ck_assert_uint_eq(r.findings.ptr[1].section, 1);
	ck_assert(span_eqs(r.preamble, "Hello.\n\nSorry."));
	arena_release(&arena);
}
END_TEST

static const char *const towers[] = {
	"#",
	"# ",
	"## Summary\n",
	"## Summary\nx\n",
	">",
	"> ",
	"`",
	"```\n",
	"- ",
	"**",
	"**Summary**\n",
	"1. **Summary**: x\n",
	"Summary\n---\n",
	"Summary:\n\n",
	"- [must-fix] a.rs:1 \xe2\x80\x94 x\n",
	"[must-fix] ",
	"- [must-fix] a\n  > b\n",
	"## Summary\n### Action Items\n",
	"\t",
	"- - ",
	"<!-- ",
	"## Summary (",
	"\xf0\x9f\x94\xb4",
	"**Summary** (",
	"- `",
	"- [must-fix] `",
	":1",
	"## Summary\n**Summary**\n1. Summary\n",
};

START_TEST(time_is_linear_whatever_comes)
{
	struct report r = { 0 };
	struct buf b = { 0 };

	while (b.len < 256 * 1024)
		buf_adds(&b, towers[_i]);
	reply_parse(&r, &arena, &eight_sections, buf_span(&b), false);
	ck_assert_uint_eq(r.sections.len, 8);
	/* and once more as one item's text */
	buf_reset(&b);
	buf_adds(&b, "## Summary\n- [must-fix] ");
	while (b.len < 256 * 1024)
		buf_adds(&b, towers[_i]);
	reply_parse(&r, &arena, &eight_sections, buf_span(&b), true);
	ck_assert_uint_eq(r.sections.len, 8);
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

Suite *reply_suite(void)
{
	Suite *s = suite_create("reply");
	TCase *tc = tcase_create("reply");

	add_rows(tc, a_reply_is_known_in_every_form_and_a_broken_one_told,
		 rows);
	add_rows(tc, the_last_section_of_a_cut_reply_is_cut, whole);
	add_rows(tc, a_reply_wrapped_in_one_fence_is_unwrapped, wrappers);
	tcase_add_test(tc, a_section_that_came_twice_says_so);
	tcase_add_test(tc, line_ends_with_a_cr_leave_none_behind);
	tcase_add_test(tc, no_text_at_all_lacks_every_section);
	add_rows(tc, a_merge_takes_what_was_lacking_and_only_that, merges);
	tcase_add_test(tc, a_merge_replaces_a_cut_section_with_its_findings);
	add_rows(tc, time_is_linear_whatever_comes, towers);
	suite_add_tcase(s, tc);
	return s;
}
