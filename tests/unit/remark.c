#include "core/remark.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "test.h"

#define DASH "\xe2\x80\x94"

static struct arena arena;

static void parse(struct report *r, const char *text)
{
	vec_push(&r->sections, &arena)->text = span_of(text);
	remark_parse(r, &arena, 0);
}

/* One finding a row. */
static const struct {
	const char *in;
	enum finding_level level;
	const char *path;
	uint32_t line;
	const char *text, *quote;
} found[] = {
	{ "- [must-fix] src/pool.rs:88 " DASH " held\n  > let c = x;",
	  LEVEL_MUST_FIX, "src/pool.rs", 88, "held", "let c = x;" },
	{ "* [should-fix] src/pool.rs:88: held", LEVEL_SHOULD_FIX,
	  "src/pool.rs", 88, "held", "" },
	{ "1. [question] src/pool.rs:88 - why?", LEVEL_QUESTION, "src/pool.rs",
	  88, "why?", "" },
	{ "- [nice-to-have] src/pool.rs:88 shorter", LEVEL_NICE_TO_HAVE,
	  "src/pool.rs", 88, "shorter", "" },
	{ "- [MUST-FIX] a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [Must Fix] a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [Nice to have] a/b.rs:1 " DASH " x", LEVEL_NICE_TO_HAVE, "a/b.rs",
	  1, "x", "" },
	{ "- **[must-fix]** `a/b.rs:1` " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- **[must-fix] a/b.rs:1** " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- `[must-fix]` **a/b.rs:1**: x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [**must-fix**] a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- [`must-fix`] `a/b.rs`:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- (must-fix) a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [ ] [must-fix] a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- **must-fix** a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- **must-fix**: a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- must-fix: a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [must-fix]: a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [must-fix] " DASH " a/b.rs:1 " DASH " x", LEVEL_MUST_FIX, "a/b.rs",
	  1, "x", "" },
	/* places */
	{ "- [question] a/b.rs:88-92 " DASH " x", LEVEL_QUESTION, "a/b.rs", 88,
	  "x", "" },
	{ "- [question] a/b.rs:L88 " DASH " x", LEVEL_QUESTION, "a/b.rs", 88,
	  "x", "" },
	{ "- [question] a/b.rs#L88-L92 " DASH " x", LEVEL_QUESTION, "a/b.rs",
	  88, "x", "" },
	{ "- [question] a/b.rs:88:14 " DASH " x", LEVEL_QUESTION, "a/b.rs", 88,
	  "x", "" },
	{ "- [question] `a/b.rs` (line 88) " DASH " x", LEVEL_QUESTION,
	  "a/b.rs", 88, "x", "" },
	{ "- [question] `a/b.rs` (lines 88-92): x", LEVEL_QUESTION, "a/b.rs",
	  88, "x", "" },
	{ "- [question] a/b.rs line 88 " DASH " x", LEVEL_QUESTION, "a/b.rs",
	  88, "x", "" },
	{ "- [question] a/b.rs, line 88: x", LEVEL_QUESTION, "a/b.rs", 88, "x",
	  "" },
	{ "- [question] [a/b.rs:88](a/b.rs#L88) " DASH " x", LEVEL_QUESTION,
	  "a/b.rs", 88, "x", "" },
	{ "- [question] a/b.rs " DASH " x", LEVEL_QUESTION, "a/b.rs", 0, "x",
	  "" },
	{ "- [question] `Cargo.toml`: x", LEVEL_QUESTION, "Cargo.toml", 0, "x",
	  "" },
	{ "- [question] .gitattributes:1 " DASH " x", LEVEL_QUESTION,
	  ".gitattributes", 1, "x", "" },
	{ "- [must-fix] ``src/a`b.rs:7`` " DASH " x", LEVEL_MUST_FIX,
	  "src/a`b.rs", 7, "x", "" },
	{ "- [must-fix] `- [must-fix] b.rs:1 " DASH " x.rs:4` " DASH " y",
	  LEVEL_MUST_FIX, "- [must-fix] b.rs:1 " DASH " x.rs", 4, "y", "" },
	{ "- [must-fix] `src/a.rs:88:5` " DASH " x", LEVEL_MUST_FIX, "src/a.rs",
	  88, "x", "" },
	{ "- [question] `src/my file.rs:3` " DASH " x", LEVEL_QUESTION,
	  "src/my file.rs", 3, "x", "" },
	{ "- [question] a_b/c_d.rs:3 " DASH " x", LEVEL_QUESTION, "a_b/c_d.rs",
	  3, "x", "" },
	{ "- [question] __tests__/c.rs:3 " DASH " x", LEVEL_QUESTION,
	  "__tests__/c.rs", 3, "x", "" },
	{ "- [question] src/a.rs:99999999999999999999 " DASH " x",
	  LEVEL_QUESTION, "src/a.rs:99999999999999999999 " DASH " x", 0, NULL,
	  "" },
	{ "- [question] bin/tool:7 " DASH " x", LEVEL_QUESTION, "bin/tool", 7,
	  "x", "" },
	/* no place: all of it is text */
	{ "- [question] Is the TTL of zero meant?", LEVEL_QUESTION, "", 0,
	  "Is the TTL of zero meant?", "" },
	{ "- [must-fix] `a/b.rs:1` " DASH " `x` is *y*", LEVEL_MUST_FIX,
	  "a/b.rs", 1, "`x` is *y*", "" },
	{ "- **[must-fix] a/b.rs:1 " DASH "** `x`", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "`x`", "" },
	{ "- **must-fix:** `a/b.rs:1`" DASH "x", LEVEL_MUST_FIX, "a/b.rs", 1,
	  "x", "" },
	{ "- [must-fix] a/b.rs:1" DASH "x", LEVEL_MUST_FIX, "a/b.rs", 1, "x",
	  "" },
	{ "- [must-fix] tokio::spawn leaks", LEVEL_MUST_FIX, "", 0,
	  "tokio::spawn leaks", "" },
	{ "- [must-fix] `self.idle` is held", LEVEL_MUST_FIX, "", 0,
	  "`self.idle` is held", "" },
	{ "- [must-fix] read/write locks", LEVEL_MUST_FIX, "", 0,
	  "read/write locks", "" },
	{ "- [must-fix] see https://a.b/c.rs:3", LEVEL_MUST_FIX, "", 0,
	  "see https://a.b/c.rs:3", "" },
	/* text and quote */
	{ "- [must-fix] a.rs:1 " DASH " one\n  two\nthree", LEVEL_MUST_FIX,
	  "a.rs", 1, "one two three", "" },
	{ "- [must-fix] a.rs:1\n  > code\n  what is wrong", LEVEL_MUST_FIX,
	  "a.rs", 1, "", "code" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  > a;\n  > b;", LEVEL_MUST_FIX,
	  "a.rs", 1, "x", "a;\nb;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n\n  > a;\n\n  > second",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n> a;", LEVEL_MUST_FIX, "a.rs", 1,
	  "x", "a;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  > `a;`", LEVEL_MUST_FIX, "a.rs", 1,
	  "x", "a;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  > ```rust\n  > a;\n  > ```",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  ```rust\n  a;\n    b;\n  ```",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;\n  b;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  `a;`", LEVEL_MUST_FIX, "a.rs", 1,
	  "x", "a;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  > a;\n  > b;\nlazy\n",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;\nb;" },
	{ "- [must-fix] a.rs:1 " DASH " x\n\nbehind the list\n\n> not mine",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "" },
	{ "- [must-fix] a.rs:1 " DASH " x\n  - a detail\n  > a;",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;" },
	{ "- The pool:\n  - [must-fix] a.rs:1 " DASH " x\n    > a;",
	  LEVEL_MUST_FIX, "a.rs", 1, "x", "a;" },
};

START_TEST(a_finding_is_read_in_every_dress)
{
	struct report r = { 0 };
	const struct finding *f;

	parse(&r, found[_i].in);
	ck_assert_uint_eq(r.findings.len, 1);
	f = r.findings.ptr;
	ck_assert_int_eq(f->level, found[_i].level);
	if (found[_i].text) {
		ck_assert_msg(span_eqs(f->path, found[_i].path), "path '%.*s'",
			      SPAN_ARG(f->path));
		ck_assert_msg(span_eqs(f->text, found[_i].text), "text '%.*s'",
			      SPAN_ARG(f->text));
	}
	ck_assert_uint_eq(f->line, found[_i].line);
	ck_assert_msg(span_eqs(f->quote, found[_i].quote), "quote '%.*s'",
		      SPAN_ARG(f->quote));
	arena_release(&arena);
}
END_TEST

static const char *const none[] = {
	"",
	"None.",
	"- src/a.rs:1 " DASH " x",
	"- [blocker] src/a.rs:1 " DASH " x",
	"- [must-fix src/a.rs:1 " DASH " x",
	"- must-fix src/a.rs:1 " DASH " x",
	"- Should fix the lock in src/a.rs:1",
	"- Question: is that meant?",
	"- **Question**: is that meant?",
	"- [x] done",
	"[must-fix] src/a.rs:1 " DASH " no item",
	"> - [must-fix] src/a.rs:1 " DASH " quoted",
	"```\n- [must-fix] src/a.rs:1 " DASH " fenced\n```",
	"<!--\n- [must-fix] src/a.rs:1 " DASH " hidden\n-->",
	"## [must-fix] src/a.rs:1",
	"- ",
	"- [",
	"- []",
	"- [must-fix",
};

START_TEST(what_names_no_level_in_an_item_is_no_finding)
{
	struct report r = { 0 };

	parse(&r, none[_i]);
	ck_assert_uint_eq(r.findings.len, 0);
	arena_release(&arena);
}
END_TEST

START_TEST(findings_keep_their_order_and_their_own_quotes)
{
	struct report r = { 0 };

	parse(&r, "Intro.\n\n"
		  "- [must-fix] a.rs:1 " DASH " one\n  > a;\n"
		  "- a note\n  > not a finding's\n"
		  "- [question] b.rs:2 " DASH " two\n"
		  "  - [nice-to-have] c.rs:3 " DASH " three\n    > c;\n\n"
		  "### More\n\n"
		  "1. [should-fix] d.rs:4 " DASH " four\n\n   > d;\n");
	ck_assert_uint_eq(r.findings.len, 4);
	ck_assert(span_eqs(r.findings.ptr[0].quote, "a;"));
	ck_assert(span_eqs(r.findings.ptr[1].quote, ""));
	ck_assert(span_eqs(r.findings.ptr[2].quote, "c;"));
	ck_assert(span_eqs(r.findings.ptr[3].quote, "d;"));
	ck_assert(span_eqs(r.findings.ptr[3].path, "d.rs"));
	arena_release(&arena);
}
END_TEST

/* What of a text is the place and its number, and where the words end. */
static const struct {
	const char *in, *place, *number, *words;
} places[] = {
	{ "- [must-fix] src/a.rs:88 " DASH " x", "src/a.rs:88", "88", " x" },
	{ "- [must-fix] `src/a.rs:88-92` " DASH " x\n  more\n  > q",
	  "`src/a.rs:88-92`", "88-92", "more" },
	{ "- [must-fix] **src/a.rs:88:5**: x", "**src/a.rs:88:5**", "88:5",
	  " x" },
	{ "- **[must-fix] src/a.rs#L88-L90** x\n\n  `q`", "src/a.rs#L88-L90**",
	  "88-L90", " x" },
	{ "- [must-fix] src/a.rs (line 88) x", "src/a.rs (line 88)", "88",
	  " x" },
	{ "- [must-fix] `src/a.rs` lines 88\xe2\x80\x93"
	  "92: x",
	  "`src/a.rs` lines 88\xe2\x80\x93"
	  "92",
	  "88\xe2\x80\x93"
	  "92",
	  " x" },
	{ "- [must-fix] [src/a.rs:88](u) x", "[src/a.rs:88](u)", "88", " x" },
	{ "- [must-fix] `src/a.rs`:88 x", "`src/a.rs`:88", "88", " x" },
	{ "- [must-fix] `src/a.rs` " DASH " x", "`src/a.rs`", "", " x" },
	{ "- [must-fix] src/a.rs: x", "src/a.rs", "", " x" },
	{ "- [must-fix] src/a.rs:88: x", "src/a.rs:88", "88", " x" },
	{ "- [must-fix] src/a.rs, line 88: x", "src/a.rs, line 88", "88",
	  " x" },
	{ "- [must-fix] src/a.rs: line 88 x", "src/a.rs: line 88", "88", " x" },
	{ "- [must-fix] ``src/a`b.rs:88`` x", "``src/a`b.rs:88``", "88", " x" },
	{ "- [must-fix] `` `a.rs:88 `` x", "`` `a.rs:88 ``", "88", " x" },
	{ "- [must-fix] `b.rs:1 - x.rs:6-9` x", "`b.rs:1 - x.rs:6-9`", "6-9",
	  " x" },
	{ "- [must-fix] no place", "", "", "no place" },
	{ "- [must-fix] src/a.rs:88\n\n  x\n\n  y", "src/a.rs:88", "88", "x" },
	{ "- [must-fix]", "", "", "" },
};

/* Where the words, the quote's lines and the item end and begin. */
static const struct {
	const char *in, *words, *quoted, *behind;
} stands[] = {
	{ "- [question] a.rs:1 " DASH " x\n  > q\n", "x\n", "  > q\n", "" },
	{ "- [question] a.rs:1 *(pre-existing)* " DASH " x", "x", "", "" },
	{ "- [question] a.rs:1 *(odd)* x", "*(odd)* x", "", "" },
	{ "- [question] why?\n- more\n", "why?\n", "", "" },
	{ "- [question] *(unverified)* why?", "why?", "", "" },
	{ "- [question] a.rs:1 x\n\n  ```rust\n  q\n  r\n  ```\n  y\n", "x\n\n",
	  "  ```rust\n  q\n  r\n  ```\n", "  y\n" },
	{ "- [question] a.rs:1 x\n  > ```rust\n  > q\n  > ```\n  y\n", "x\n",
	  "  > ```rust\n  > q\n  > ```\n", "  y\n" },
	{ "- [question] a.rs:1 x\n  ```\n  ```\n  y\n  > q\n\n  > z\n",
	  "x\n  ```\n  ```\n  y\n", "  > q\n", "\n  > z\n" },
	{ "- [question] a.rs:1 x\n  > q\n  ```\n  fix\n  ```\n", "x\n",
	  "  > q\n", "  ```\n  fix\n  ```\n" },
	{ "- [question] a.rs:1 x\n  > q\n  - y\n- [question] b.rs:1 z", "x\n",
	  "  > q\n", "  - y\n" },
	{ "- [question] a.rs:1 x\n  `q`\n\nBehind.\n", "x\n", "  `q`\n", "\n" },
};

START_TEST(a_finding_knows_its_lines)
{
	struct span text = span_of(stands[_i].in), item;
	struct remarks list = { 0 };
	struct buf b = { 0 };
	const struct remark *rm;

	remark_read(&list, &arena, text, 0);
	rm = list.rows.ptr;
	item = rm->item;
	ck_assert_ptr_eq(item.ptr, text.ptr);
	buf_addf(&b, "%s%s%s", stands[_i].words, stands[_i].quoted,
		 stands[_i].behind);
	ck_assert_msg(span_eq(buf_span(&b),
			      span_from(item, (size_t)(rm->words - item.ptr))),
		      "'%.*s'", SPAN_ARG(item));
	ck_assert_msg(span_eqs(rm->quoted, stands[_i].quoted), "'%.*s'",
		      SPAN_ARG(rm->quoted));
	ck_assert(rm->words_end >= rm->words);
	buf_release(&b);
	arena_release(&arena);
}
END_TEST

START_TEST(a_finding_knows_where_it_stands)
{
	struct span text = span_of(places[_i].in);
	struct remarks list = { 0 };
	const struct remark *rm;

	remark_read(&list, &arena, text, 0);
	ck_assert_uint_eq(list.rows.len, 1);
	rm = &list.rows.ptr[0];
	ck_assert(span_eqs(rm->place, places[_i].place));
	ck_assert(span_eqs(rm->number, places[_i].number));
	ck_assert(rm->place.ptr > text.ptr && rm->number.ptr >= rm->place.ptr);
	ck_assert(rm->number.ptr + rm->number.len <=
		  rm->place.ptr + rm->place.len);
	ck_assert(rm->words_end >= rm->place.ptr + rm->place.len);
	ck_assert(
		span_ends(span_first(text, (size_t)(rm->words_end - text.ptr)),
			  places[_i].words));
	arena_release(&arena);
}
END_TEST

Suite *remark_suite(void)
{
	Suite *s = suite_create("remark");
	TCase *tc = tcase_create("remark");

	add_rows(tc, a_finding_is_read_in_every_dress, found);
	add_rows(tc, what_names_no_level_in_an_item_is_no_finding, none);
	add_rows(tc, a_finding_knows_where_it_stands, places);
	tcase_add_test(tc, findings_keep_their_order_and_their_own_quotes);
	add_rows(tc, a_finding_knows_its_lines, stands);
	suite_add_tcase(s, tc);
	return s;
}
