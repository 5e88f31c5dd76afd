#include "render/prose.h"

#include <string.h>

#include "base/columns.h"
#include "core/change.h"
#include "core/report.h"
#include "render/quoted.h"
#include "test.h"

/* Inks as one letter each, in front of what they colour: `{b}bold{}`. */
static void spell_inks(struct buf *out, struct span s)
{
	static const struct {
		const char *code, *name;
	} rows[] = {
		{ "\x1b[m", "{}" },
		{ "\x1b[0;1m", "{b}" },
		{ "\x1b[0;2m", "{d}" },
		{ "\x1b[0;3m", "{i}" },
		{ "\x1b[0;31m", "{red}" },
		{ "\x1b[0;32m", "{green}" },
		{ "\x1b[0;35m", "{magenta}" },
		{ "\x1b[0;36m", "{cyan}" },
		{ "\x1b[0;1;31m", "{RED}" },
		{ "\x1b[0;1;32m", "{GREEN}" },
		{ "\x1b[0;1;35m", "{MAGENTA}" },
		{ "\x1b[0;1;36m", "{CYAN}" },
		{ "\x1b[0;1;3m", "{bi}" },
	};
	size_t i;

	while (s.len) {
		for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			if (span_starts(s, rows[i].code))
				break;
		if (i < sizeof(rows) / sizeof(rows[0])) {
			buf_adds(out, rows[i].name);
			s = span_from(s, strlen(rows[i].code));
		} else {
			buf_addc(out, s.ptr[0]);
			s = span_from(s, 1);
		}
	}
}

/* Keywords are letters only, and all of them. */
static void shout(struct span code, code_fn each, void *ctx)
{
	while (code.len) {
		size_t n = strspn(code.ptr, "abcdefghijklmnopqrstuvwxyz");

		if (n)
			each(ctx, CODE_KEYWORD, span_first(code, n));
		else
			each(ctx, CODE_PLAIN, span_first(code, 1));
		code = span_from(code, n ? n : 1);
	}
}

static void write(struct buf *out, struct span text, size_t width, bool color,
		  const char *root)
{
	struct arena a = { 0 };
	struct change change = { 0 };
	struct report r = { .change = &change };
	struct places places;
	struct sheet sh = {
		.paint = { .out = out, .color = color, .links = root != NULL },
		.a = &a,
		.width = width
	};

	*vec_push(&r.files, &a) = (struct cover){ .path = SPAN("src/a.rs") };
	*vec_push(&r.files, &a) = (struct cover){ .path = SPAN("../b.rs") };
	*vec_push(&r.files, &a) = (struct cover){ .path = SPAN("src/gone.rs") };
	*vec_push(&change.files, &a) = (struct file_change){
		.path = SPAN("src/gone.rs"),
		.status = FILE_DELETED,
	};
	places_init(&places, &a, &r, root);
	prose_write(&sh, &places, shout, text);
	arena_release(&a);
}

static const struct {
	unsigned width;
	const char *in, *out;
} plain[] = {
	{ 40, "", "" },
	{ 40, "one\ntwo", "one two\n" },
	{ 40, "one  \ntwo", "one\ntwo\n" },
	{ 40, "one\n\ntwo", "one\n\ntwo\n" },
	{ 40, "# one\ntwo", "\u2500\u2500 one\n\ntwo\n" },
	{ 40, "*a* **b** `c`", "a b `c`\n" },
	/* lines */
	{ 20, "aaaa bbbb cccc dddd eeee", "aaaa bbbb cccc dddd\neeee\n" },
	{ 20, "aaaa bbbb cccc ddddd", "aaaa bbbb cccc ddddd\n" },
	{ 20, "aaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaa\naaaa b\n" },
	{ 20, "src/runtime/scheduler/worker.rs:5",
	  "src/runtime/\nscheduler/worker.rs:\n5\n" },
	{ 20, "a bbbbbbbbbb/cccccccccccc d",
	  "a\nbbbbbbbbbb/\ncccccccccccc d\n" },
	{ 0, "aaaa bbbb cccc dddd eeee ffff",
	  "aaaa bbbb cccc dddd eeee "
	  "ffff\n" },
	/* wide, combining */
	{ 20,
	  "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u3002",
	  "\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\n"
	  "\u5b57\u3002\n" },
	{ 20, "ab \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22",
	  "ab \u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\n\u6f22\n" },
	{ 20,
	  "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 "
	  "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
	  "e\u0301 a",
	  "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 "
	  "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301"
	  "e\u0301\na\n" },
	/* lists */
	{ 40, "- a\n- b", "\u2022 a\n\u2022 b\n" },
	{ 40, "- a\n\n- b", "\u2022 a\n\u2022 b\n" },
	{ 20,
	  "- a a a a a a a a a a a a a a a a a a a a a a a a a a a a a\n\n- b",
	  "\u2022 a a a a a a a a a\n  a a a a a a a a a\n  a a a a a a a a "
	  "a\n  a a\n\n\u2022 b\n" },
	{ 20, "- a a a a a a a a a a a a a a a a a a a\n- b",
	  "\u2022 a a a a a a a a a\n  a a a a a a a a a\n  a\n\u2022 b\n" },
	{ 40, "- a\n\n  b\n- c", "\u2022 a\n\n  b\n\n\u2022 c\n" },
	{ 40, "- a\n  - b\n    - c\n- d",
	  "\u2022 a\n  \u2022 b\n    \u2022 c\n\u2022 d\n" },
	{ 40, "9. a\n10. b\n    c", "9. a\n10. b c\n" },
	{ 40, "999999999. a  \nb", "999999999. a\n           b\n" },
	{ 40, "- [x] a\n- [ ] b", "\u2022 [x] a\n\u2022 [ ] b\n" },
	{ 40, "- [x] a\n\n- [ ] b", "\u2022 [x] a\n\u2022 [ ] b\n" },
	{ 20, "- aaaa bbbb cccc dddd eeee",
	  "\u2022 aaaa bbbb cccc\n  dddd eeee\n" },
	{ 40, "-\n- a", "\u2022 \n\u2022 a\n" },
	{ 40, "a\n\n- b\n\nc", "a\n\n\u2022 b\n\nc\n" },
	/* quotations */
	{ 40, "> a\n>\n> b\n\nc", "\u2502 a\n\u2502\n\u2502 b\n\nc\n" },
	{ 40, "> - a\n>   > b", "\u2502 \u2022 a\n\u2502   \u2502 b\n" },
	{ 40, "- a\n  > b", "\u2022 a\n  \u2502 b\n" },
	/* code stays in its lines */
	{ 20, "```\nlet a =  1; // longer than that\n\n\tb\n```",
	  "    let a =  1; // longer than that\n\n        b\n" },
	{ 40, "- a\n  ```\n  b\n  ```", "\u2022 a\n      b\n" },
	/* code is copied as it is */
	{ 40, "a\n```\nb\n\n\n\nc  \n   \nd\n```",
	  "a\n\n    b\n\n\n\n    c  \n       \n    d\n" },
	{ 40, "a\n```\n\nb\n```\nc", "a\n\n\n    b\n\nc\n" },
	{ 40, "```\n\nb\n```", "    \n    b\n" },
	{ 40, "> a\n>\n> ```\n> b\n>\n>\n> c\n> ```",
	  "\u2502 a\n\u2502\n\u2502     b\n\u2502\n\u2502\n\u2502     c\n" },
	{ 40, "- ```\n\n  b\n  ```", "\u2022     \n      b\n" },
	/* rules */
	{ 20, "a\n\n---\n\nb",
	  "a\n\n\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
	  "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\n\n"
	  "b\n" },
	/* tables */
	{ 40, "|a|bbb|\n|---|--:|\n|cc|d|\n|e|",
	  "a   bbb\n\u2500\u2500  \u2500\u2500\u2500\ncc    d\ne\n" },
	{ 20, "|a|b|\n|---|---|\n|c|aaaa bbbb cccc dddd|",
	  "a  b\n\u2500  \u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500"
	  "\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\n"
	  "c  aaaa bbbb cccc\n   dddd\n" },
	{ 20, "|a|b|c|\n|---|---|---|\n|dddddddddd|eeeeeeeeee|ffffffffff|\n|g|",
	  "a: dddddddddd\nb: eeeeeeeeee\nc: ffffffffff\n\na: g\n" },
	{ 40, "|\u6f22|b|\n|---|---|\n|c|d|",
	  "\u6f22  b\n\u2500\u2500  \u2500\nc   d\n" },
	/* links say where they lead, if the words do not */
	{ 60, "[a](src/a.rs#L3) [src/a.rs](src/a.rs) [`b`](b)",
	  "a (src/a.rs#L3) src/a.rs `b`\n" },
	{ 60, "[a](https://b.example/) <https://b.example/>",
	  "a (https://b.example/) https://b.example/\n" },
	{ 60, "[a](javascript:b) ![c](https://d) <b>e</b>", "a c <b>e</b>\n" },
	/* findings */
	{ 40, "- [must-fix] src/a.rs:5 \u2014 b\n- [question] c",
	  "\u2022 [must-fix] src/a.rs:5\n  b\n\n\u2022 [question] c\n" },
	{ 40,
	  "- [must-fix] `src/a.rs:5` *(unverified)* \u2014 b\n"
	  "- [question] src/a.rs:6 - c",
	  "\u2022 [must-fix] `src/a.rs:5` (unverified)\n  b\n\n"
	  "\u2022 [question] src/a.rs:6\n  c\n" },
	{ 40, "- [should-fix] no place \u2014 b",
	  "\u2022 [should-fix] no place \u2014 b\n" },
	{ 40, "- src/a.rs:5 \u2014 b", "\u2022 src/a.rs:5 \u2014 b\n" },
	{ 40, "- [must-fix] src/a.rs:5 \u2014 b\n  > *x = &a[*y]; // <c>",
	  "\u2022 [must-fix] src/a.rs:5\n  b\n"
	  "  \u2502 *x = &a[*y]; // <c>\n" },
	{ 40,
	  "- [must-fix] src/a.rs:5 \u2014 b\n\n  > c\n\n- [question] d.rs:1 "
	  "\u2014 e",
	  "\u2022 [must-fix] src/a.rs:5\n  b\n  \u2502 c\n\n"
	  "\u2022 [question] d.rs:1\n  e\n" },
	{ 40, "- [must-fix] src/a.rs:5 \u2014 b\n  > `let a;`\n  > ```x",
	  "\u2022 [must-fix] src/a.rs:5\n  b\n  \u2502 let a;\n  \u2502 "
	  "```x\n" },
	{ 22,
	  "- [must-fix] a.rs:5 \u2014 b\n  ```\n  let a = 1; // to be copied\n"
	  "  ```",
	  "\u2022 [must-fix] a.rs:5\n  b\n      let a = 1; // to be copied\n" },
	/* nothing acts on a terminal */
	{ 40, "a\x1b[31mb\x07", "a\\u{1b}[31mb\\u{7}\n" },
	{ 40, "&#27;[31m &#x9b;2J &#x202e;",
	  "\\u{1b}[31m \\u{9b}2J "
	  "\\u{202e}\n" },
	{ 40, "```\n\x1b]8;;http://a\x1b\\\n```",
	  "    \\u{1b}]8;;http://a\\u{1b}\\\n" },
	{ 40, "- [must-fix] a.rs:1 \u2014 b\n  > \x1b[2J\u200b",
	  "\u2022 [must-fix] a.rs:1\n  b\n  \u2502 \\u{1b}[2J\\u{200b}\n" },
	{ 40, "a\tb\r\nc\rd", "a b c d\n" },
};

START_TEST(markdown_stands_so_on_a_sheet)
{
	struct buf out = { 0 };

	write(&out, span_of(plain[_i].in), plain[_i].width, false, NULL);
	ck_assert_str_eq(buf_cstr(&out), plain[_i].out);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *in, *out;
} colored[] = {
	{ "a *b* **c** ***d*** `e`",
	  "a {i}b{} {b}c{} {bi}d{} {d}`{}e{d}`{}\n" },
	{ "- [must-fix] a.rs:1 \u2014 b\n\n- [nice-to-have] a.rs:2 \u2014 b",
	  "\u2022 {RED}[must-fix]{} {b}a.rs:1{}\n  b\n\n"
	  "\u2022 {GREEN}[nice-to-have]{} {b}a.rs:2{}\n  b\n" },
	{ "- [should-fix] a.rs:1 *(contradicted)* \u2014 b",
	  "\u2022 {MAGENTA}[should-fix]{} {b}a.rs:1{} {red}(contradicted){}\n"
	  "  b\n" },
	{ "- [question] a.rs:1 *(unverified)* \u2014 b",
	  "\u2022 {CYAN}[question]{} {b}a.rs:1{} {magenta}(unverified){}\n"
	  "  b\n" },
	{ "- [question] a.rs:1 *(known: so)* *(unverified)* \u2014 b",
	  "\u2022 {CYAN}[question]{} {b}a.rs:1{} {d}(known: so){} "
	  "{magenta}(unverified){}\n  b\n" },
	{ "- a/b.rs:7 \u2014 c", "\u2022 {b}a/b.rs:7{} \u2014 c\n" },
	{ "```rust\nfn A\n```", "    {magenta}fn{} A\n" },
	{ "```rs,ignore\nfn\n```", "    {magenta}fn{}\n" },
	{ "```sh\nfn\n```", "    fn\n" },
	{ "- [must-fix] a.rs:1 \u2014 b\n  > fn A",
	  "\u2022 {RED}[must-fix]{} {b}a.rs:1{}\n  b\n"
	  "  {d}\u2502 {magenta}fn{} A\n" },
	{ "- [must-fix] a.py:1 \u2014 b\n  > fn A",
	  "\u2022 {RED}[must-fix]{} {b}a.py:1{}\n  b\n  {d}\u2502 {}fn A\n" },
	{ "```diff\n--- a\n+++ b\n@@ -1 +1 @@\n-c\n+d\n e\n```",
	  "    {b}--- a{}\n    {b}+++ b{}\n    {cyan}@@ -1 +1 @@{}\n"
	  "    {red}-c{}\n    {green}+d{}\n     e\n" },
	{ "> a", "{d}\u2502 {}a\n" },
	{ "|a|\n|---|\n|b|", "{b}a{}\n{d}\u2500{}\nb\n" },
};

START_TEST(colours_say_this)
{
	struct buf out = { 0 }, spelled = { 0 };

	write(&out, span_of(colored[_i].in), 60, true, NULL);
	spell_inks(&spelled, buf_span(&out));
	ck_assert_str_eq(buf_cstr(&spelled), colored[_i].out);
	buf_release(&out);
	buf_release(&spelled);
}
END_TEST

#define LINK(url, words) "\x1b]8;;" url "\x1b\\" words "\x1b]8;;\x1b\\"

/* Where the work tree is: git ends it in a slash. */
static const char *const roots[] = { "/r t", "/r t/" };

static const struct {
	unsigned width;
	const char *in, *out;
} linked[] = {
	{ 60, "see src/a.rs:12.",
	  "see " LINK("file:///r%20t/src/a.rs#12", "src/a.rs:12") ".\n" },
	{ 60, "(`src/a.rs:1`, src/a.rs:2)",
	  "(`" LINK("file:///r%20t/src/a.rs#1", "src/a.rs:1") "`, " LINK(
		  "file:///r%20t/src/a.rs#2", "src/a.rs:2") ")\n" },
	{ 60, "[a](src/a.rs#L3)",
	  LINK("file:///r%20t/src/a.rs", "a (src/a.rs#L3)") "\n" },
	{ 60, "src/a.rs:2 [a](src/a.rs) src/a.rs:3",
	  LINK("file:///r%20t/src/a.rs#2", "src/a.rs:2") " " LINK(
		  "file:///r%20t/src/a.rs",
		  "a (src/a.rs)") " " LINK("file:///r%20t/src/a.rs#3",
					   "src/a.rs:3") "\n" },
	/* a link goes on in the next line */
	{ 20, "aaaa bbbb src/a.rs:1234567",
	  "aaaa bbbb\n" LINK("file:///r%20t/src/a.rs#1234567",
			     "src/a.rs:1234567") "\n" },
	/* files that are not known, or lead out, are words */
	{ 70, "b.rs:1 ../b.rs:1 /src/a.rs:1 xsrc/a.rs:1 src/a.rs: src/a.rs:0",
	  "b.rs:1 ../b.rs:1 /src/a.rs:1 xsrc/a.rs:1 src/a.rs: src/a.rs:0\n" },
	{ 60, "[a](https://b)", "a (https://b)\n" },
	/* nor is there a line of the old side, or a file that is removed */
	{ 60, "src/a.rs:1 (before) src/a.rs:2",
	  "src/a.rs:1 (before) " LINK("file:///r%20t/src/a.rs#2",
				      "src/a.rs:2") "\n" },
	{ 60, "- [question] `src/a.rs:1` *(before the change)* - x",
	  "\u2022 [question] `src/a.rs:1` (before the change)\n  x\n" },
	{ 60, "src/gone.rs:1 [a](src/gone.rs)",
	  "src/gone.rs:1 a (src/gone.rs)\n" },
};

START_TEST(places_of_known_files_are_links)
{
	struct buf out = { 0 };

	write(&out, span_of(linked[_i].in), linked[_i].width, false,
	      roots[_i % 2]);
	ck_assert_str_eq(buf_cstr(&out), linked[_i].out);
	buf_release(&out);
}
END_TEST

/* As often as it takes to be nested too deep, or to be too long. */
static const struct {
	const char *piece;
	size_t times;
} heavy[] = {
	{ "> ", 1000 },	      { "- ", 1000 },	  { "1. ", 60 },
	{ "*a **b ", 5000 },  { "word ", 60000 }, { "a", 200000 },
	{ "[a](b) ", 20000 }, { "`a` ", 30000 },  { "src/a.rs:1 ", 20000 },
	{ "#[", 20000 },      { "- a\n", 20000 }, { "| a ", 10000 },
};

START_TEST(heavy_text_is_written_in_lines_that_fit)
{
	struct buf in = { 0 }, out = { 0 };
	struct span rest, line;
	size_t i;

	for (i = 0; i < heavy[_i].times; i++)
		buf_adds(&in, heavy[_i].piece);
	write(&out, buf_span(&in), 40, false, NULL);
	ck_assert_uint_gt(out.len, 0);
	ck_assert_uint_le(out.len, 10 * in.len + 100000);
	rest = buf_span(&out);
	while (text_line(&rest, &line))
		ck_assert_uint_le(columns_of(line), 40);
	buf_release(&in);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *in, *out;
} quotations[] = {
	{ "text\n> quote\n", NULL },
	{ "- item\n  > quote\n", NULL },
	{ "- [must-fix] a.rs:1 \u2014 b\n  > c\n\nd\n",
	  "- [must-fix] a.rs:1 \u2014 b\n  > ```rust\n  > c\n  > ```\n\nd\n" },
	{ "- [must-fix] a.rs:1 \u2014 b\n  > c\n  > d\n- e",
	  "- [must-fix] a.rs:1 \u2014 b\n  > ```rust\n  > c\n  > d\n  > ```\n"
	  "- e" },
	{ "- [must-fix] a.md:1 \u2014 b\n  > ``` x",
	  "- [must-fix] a.md:1 \u2014 b\n  > ``` x" },
	{ "- [must-fix] a.md:1 \u2014 b\n  > x ````",
	  "- [must-fix] a.md:1 \u2014 b\n  > `````\n  > x ````\n  > `````\n" },
	{ "- [must-fix] a.md:1 \u2014 b\n  > x ~~~~",
	  "- [must-fix] a.md:1 \u2014 b\n  > `````\n  > x ~~~~\n  > `````\n" },
	{ "- [must-fix] a.rs:1 \u2014 b\n  ```\n  c\n  ```\n", NULL },
};

START_TEST(what_a_finding_quotes_is_fenced)
{
	struct buf out = { 0 };
	struct arena a = { 0 };

	quoted_code(&out, &a, span_of(quotations[_i].in));
	ck_assert_str_eq(buf_cstr(&out), quotations[_i].out
						 ? quotations[_i].out
						 : quotations[_i].in);
	buf_release(&out);
	arena_release(&a);
}
END_TEST

Suite *prose_suite(void)
{
	Suite *s = suite_create("prose");
	TCase *tc = tcase_create("prose");

	add_rows(tc, markdown_stands_so_on_a_sheet, plain);
	add_rows(tc, colours_say_this, colored);
	add_rows(tc, places_of_known_files_are_links, linked);
	add_rows(tc, heavy_text_is_written_in_lines_that_fit, heavy);
	add_rows(tc, what_a_finding_quotes_is_fenced, quotations);
	suite_add_tcase(s, tc);
	return s;
}
