#include "base/markdown.h"

#include <string.h>

#include "base/buf.h"
#include "test.h"

/* One letter a kind, in the order of enum md_kind. */
static const char letters[] = "btHURFCQIM";

static const struct {
	const char *in, *kinds;
} blocks[] = {
	{ "", "" },
	{ "\n", "b" },
	{ "a", "t" },
	{ "a\r\nb\r\n", "tt" },
	{ "a\n   \t\nb", "tbt" },
	{ "# a", "H" },
	{ "###### a", "H" },
	{ "####### a", "t" },
	{ "#a", "t" },
	{ "#", "H" },
	{ "#\ta", "H" },
	{ "   # a", "H" },
	{ "    # a", "C" },
	{ "\t# a", "C" },
	{ "a\n    # b", "tt" },
	{ "a\n===", "tU" },
	{ "a\n---", "tU" },
	{ "a\n--- ", "tU" },
	{ "a\n- - -", "tR" },
	{ "---", "R" },
	{ "===", "t" },
	{ "\n---", "bR" },
	{ "* * *", "R" },
	{ "***\n___", "RR" },
	{ "**a**", "t" },
	{ "```\n# a\n```\n# b", "FCFH" },
	{ "```rust\n# a\n~~~\n```", "FCCF" },
	{ "~~~\n```\n~~~", "FCF" },
	{ "````\n```\n````", "FCF" },
	{ "```\n````", "FF" },
	{ "```\n``` x\n```", "FCF" },
	{ "```\n    ```\n```", "FCF" },
	{ "``` a`b\n# c", "tH" },
	{ "``\n# c", "tH" },
	{ "```\n\n# a\n", "FCC" },
	{ "    ```\n# a", "CH" },
	{ "> a\n> # b\n# c", "QQH" },
	{ "> a\nlazy\n\nb", "QQbt" },
	{ "> a\n# b", "QH" },
	{ "> # a\nb", "Qt" },
	{ "> ```\n> x\nb", "QQt" },
	{ "> ```\n> x\n> ```\nb", "QQQt" },
	{ ">\nb", "Qt" },
	{ ">> a\nb", "QQ" },
	{ "> a\n---", "QR" },
	{ "- a\n- b", "II" },
	{ "* a\n+ b\n1. c\n2) d", "IIII" },
	{ "-a\n1.b\n1234567890. c", "ttt" },
	{ "text\n2. b", "tt" },
	{ "text\n1. b", "tI" },
	{ "text\n-\n", "tU" },
	{ "text\n*\n", "tt" },
	{ "- a\n  b\n\n  c\n\nd", "Itbtbt" },
	{ "- a\nlazy\n# b", "ItH" },
	{ "- a\n  # b", "IH" },
	{ "- a\n\n      code", "IbC" },
	{ "- a\n\n    text", "Ibt" },
	{ "1. a\n   - b\n     - c\n2. d", "IIII" },
	{ "- ```\n  # a\n  ```\n# b", "ICFH" },
	{ "- ```\n# b", "IH" },
	{ "- a\n  ```\n  x\n\n  y\n  ```\n- b", "IFCCCFI" },
	{ "- a\n  ```\nx", "IFt" },
	{ "1. a\n   ```\n   x\n# b", "IFCH" },
	{ "- > q\nlazy\n\n# b", "IQbH" },
	{ "-     code\nt", "It" },
	{ "-\n  a", "It" },
	{ "- - - a\n      b", "It" },
	{ "<!-- a -->\n# b", "MH" },
	{ "<!-- a\n# b\n--> c\n# d", "MMMH" },
	{ "<!-->\n# d", "MH" },
	{ "a <!-- b\n# c", "tH" },
	{ "text\n<!-- a\n-->", "tMM" },
	{ "<!-- a\n# b", "MM" },
	{ "- <!-- a\n# b", "IH" },
	{ "<pre>\n# a\n</pre>\n# b", "CCCH" },
	{ "<PRE class=x>\n# a\n</Pre>\n# b", "CCCH" },
	{ "<prefix>\n# b", "tH" },
	{ "<script>\n\n# a\n</script>\n# b", "CCCCH" },
	{ "\xff\xfe\n# \xff", "tH" },
};

START_TEST(every_line_has_its_kind)
{
	struct md_reader r = { .rest = span_of(blocks[_i].in) };
	struct buf kinds = { 0 }, all = { 0 };
	struct md_line line;

	while (md_next(&r, &line)) {
		buf_addc(&kinds, letters[line.kind]);
		buf_addsp(&all, line.whole);
	}
	ck_assert_str_eq(buf_cstr(&kinds), blocks[_i].kinds);
	ck_assert_str_eq(buf_cstr(&all), blocks[_i].in);
	buf_release(&kinds);
	buf_release(&all);
}
END_TEST

/* The NUL byte stands for itself. */
START_TEST(a_nul_byte_is_a_byte_like_others)
{
	struct md_reader r = {
		.rest = SPAN("\0# a\n# \0b\n-\0c\n\0 d\n\0\0\0\n1\0 e")
	};
	struct md_line line;

	ck_assert(md_next(&r, &line) && line.kind == MD_TEXT);
	ck_assert(md_next(&r, &line) && line.kind == MD_HEADING);
	ck_assert_uint_eq(line.text.len, 2);
	while (md_next(&r, &line))
		ck_assert_int_eq(line.kind, MD_TEXT);
	ck_assert(!md_next(&r, &line));
}
END_TEST

/* The last line's text, level and depth. */
static const struct {
	const char *in, *text;
	unsigned level, indent, depth;
} lines[] = {
	{ "## Summary ##", "Summary", 2, 0, 0 },
	{ "## Summary \\##", "Summary \\##", 2, 0, 0 },
	{ "## C#", "C#", 2, 0, 0 },
	{ "## ##", "", 2, 0, 0 },
	{ "  #   a b  \t", "a b", 1, 2, 0 },
	{ "a\n---", "---", 2, 0, 0 },
	{ "- a", "a", 0, 0, 1 },
	{ "12) a b ", "a b", 0, 0, 1 },
	{ "- - a", "a", 0, 0, 2 },
	{ "- a\n  - b", "b", 0, 2, 2 },
	{ "- a\n - b", "b", 0, 1, 1 },
	{ "- a\n\n  b", "b", 0, 2, 1 },
	{ "- a\n\nb", "b", 0, 0, 0 },
	{ "- a\nb", "b", 0, 0, 1 },
	{ "> a  ", "a", 0, 0, 0 },
	{ "> > a", "> a", 0, 0, 0 },
	{ "~~~ rust x", "rust x", 0, 0, 0 },
	{ "```\n  a ", "  a ", 0, 2, 0 },
	{ "<!-- a --> b ", "b", 0, 0, 0 },
	{ "<!-- a\nb --> c", "c", 0, 0, 0 },
	{ "\ta\n\n\tb", "\tb", 0, 4, 0 },
	{ "1.\ta\n\n\tb", "b", 0, 4, 1 },
};

START_TEST(the_text_stands_without_its_marker)
{
	struct md_reader r = { .rest = span_of(lines[_i].in) };
	struct md_line line = { 0 }, last = { 0 };

	while (md_next(&r, &line))
		last = line;
	ck_assert_msg(span_eqs(last.text, lines[_i].text), "'%.*s'",
		      SPAN_ARG(last.text));
	ck_assert_uint_eq(last.level, lines[_i].level);
	ck_assert_uint_eq(last.indent, lines[_i].indent);
	ck_assert_uint_eq(last.depth, lines[_i].depth);
}
END_TEST

static const struct {
	const char *in;
	bool open;
} fences[] = {
	{ "```\na", true },
	{ "```\na\n```", false },
	{ "- ```\n  a", true },
	{ "- ```\n  a\nb", false },
	{ "````\n```", true },
	{ "> ```\n> a", false },
	{ "- ```\n  a\n  ```", false },
};

START_TEST(a_fence_left_open_is_told)
{
	struct md_reader r = { .rest = span_of(fences[_i].in) };
	struct md_line line;

	while (md_next(&r, &line))
		;
	ck_assert_int_eq(md_fence_open(&r), fences[_i].open);
}
END_TEST

static const struct {
	const char *in, *parts;
} parts[] = {
	{ "", "" },
	{ "plain", "p(plain)" },
	{ "a `b` c", "p(a )s(`b`)p( c)" },
	{ "`b``c`", "s(`b``c`)" },
	{ "``a`b`` c", "s(``a`b``)p( c)" },
	{ "`a", "p(`a)" },
	{ "``a`", "p(``a`)" },
	{ "``a `b` c", "p(``a )s(`b`)p( c)" },
	{ "a<!-- b -->c", "p(a)c(<!-- b -->)p(c)" },
	{ "a<!-- b", "p(a<!-- b)" },
	{ "<!-->x", "c(<!-->)p(x)" },
	{ "`<!--` a -->", "s(`<!--`)p( a -->)" },
	{ "<!-- ` -->`a`", "c(<!-- ` -->)s(`a`)" },
	{ "<a `b`", "p(<a )s(`b`)" },
};

START_TEST(code_spans_and_comments_stand_apart)
{
	struct md_inline in = { .rest = span_of(parts[_i].in) };
	struct buf b = { 0 };
	enum md_part kind;
	struct span part;

	while (md_part(&in, &kind, &part))
		buf_addf(&b, "%c(%.*s)", "psc"[kind], SPAN_ARG(part));
	ck_assert_str_eq(buf_cstr(&b), parts[_i].parts);
	buf_release(&b);
}
END_TEST

static const char *const towers[] = {
	"#",	   "# ",    ">",     "> ",    "- ",	"-",	 "1. ",
	"`",	   "```\n", "\t",    "    ",  "- a\n ", "> a\n", "<!-- ",
	"<!--\n",  "*",	    "* ",    "=\n",   "a\n",	"\n",	 "`a``b```c",
	"<pre>\n", "-\n",   "- - -", "`` ` ",
};

START_TEST(time_is_linear_whatever_comes)
{
	struct md_inline in = { 0 };
	struct md_reader r = { 0 };
	struct md_line line;
	enum md_part kind;
	struct span part;
	struct buf b = { 0 };
	size_t n = 0;

	while (b.len < 1024 * 1024)
		buf_adds(&b, towers[_i]);
	buf_adds(&b, "x");
	r.rest = in.rest = buf_span(&b);
	while (md_next(&r, &line))
		n += line.whole.len;
	ck_assert_uint_eq(n, b.len);
	while (md_part(&in, &kind, &part))
		n -= part.len;
	ck_assert_uint_eq(n, 0);
	buf_release(&b);
}
END_TEST

START_TEST(backticks_of_every_length_are_read_in_linear_time)
{
	struct md_inline in = { 0 };
	struct buf b = { 0 };
	enum md_part kind;
	struct span part;
	size_t n, i, all = 0;

	for (n = 1; b.len < 1024 * 1024; n++) {
		for (i = 0; i < n; i++)
			buf_addc(&b, '`');
		buf_addc(&b, ' ');
	}
	in.rest = buf_span(&b);
	while (md_part(&in, &kind, &part))
		all += part.len;
	ck_assert_uint_eq(all, b.len);
	buf_release(&b);
}
END_TEST

Suite *markdown_suite(void)
{
	Suite *s = suite_create("markdown");
	TCase *tc = tcase_create("markdown");

	add_rows(tc, every_line_has_its_kind, blocks);
	tcase_add_test(tc, a_nul_byte_is_a_byte_like_others);
	add_rows(tc, the_text_stands_without_its_marker, lines);
	add_rows(tc, a_fence_left_open_is_told, fences);
	add_rows(tc, code_spans_and_comments_stand_apart, parts);
	add_rows(tc, time_is_linear_whatever_comes, towers);
	tcase_add_test(tc, backticks_of_every_length_are_read_in_linear_time);
	suite_add_tcase(s, tc);
	return s;
}
