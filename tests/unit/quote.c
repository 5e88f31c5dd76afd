/* Text of the repository within a report. */
#include "agent/quote.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/source.h"
#include "test.h"

static const struct {
	const char *path;
	unsigned line;
	const char *want;
} places[] = {
	{ "src/lib.rs", 5, "src/lib.rs:5" },
	{ "src/lib.rs", 0, "src/lib.rs" },
	{ "a-b/c.d/e_f+g.rs", 1, "a-b/c.d/e_f+g.rs:1" },
	{ "src/a b.rs", 1, "`src/a b.rs:1`" },
	{ "__init__/a.rs", 1, "`__init__/a.rs:1`" },
	{ "a__b.rs", 1, "`a__b.rs:1`" },
	{ "a/_b.rs", 1, "`a/_b.rs:1`" },
	{ "a`b.rs", 1, "``a`b.rs:1``" },
	{ "`a.rs", 1, "`` `a.rs:1 ``" },
	{ "<img src=x>.rs", 1, "`<img src=x>.rs:1`" },
	{ "a|b.rs", 1, "`a|b.rs:1`" },
	{ "[a](b).rs", 1, "`[a](b).rs:1`" },
	{ "@all/a.rs", 1, "`@all/a.rs:1`" },
	{ "a\n## Summary\n.rs", 1, "`a\\n## Summary\\n.rs:1`" },
	{ "\x1b[2J.rs", 1, "`\\u{1b}[2J.rs:1`" },
	{ "\xff.rs", 1, "`\\xff.rs:1`" },
	{ "", 0, "``" },
};

START_TEST(a_place_is_one_word_or_in_back_ticks)
{
	struct buf b = { 0 };

	quote_place(&b, span_of(places[_i].path), places[_i].line);
	if (*places[_i].path)
		ck_assert_str_eq(buf_cstr(&b), places[_i].want);
	buf_release(&b);
}
END_TEST

static const struct {
	const char *text, *want;
} codes[] = {
	{ "a", "`a`" },
	{ " a b ", "`a b`" },
	{ "", "`\"\"`" },
	{ "  \n ", "`\"\"`" },
	{ "a\n    .b()\n    .c()", "`a .b() .c()`" },
	{ "a\r\n  b", "`a b`" },
	{ "a`b", "``a`b``" },
	{ "`", "`` ` ``" },
	{ "``a", "``` ``a ```" },
	{ "<b>|*_#", "`<b>|*_#`" },
	{ "# Summary", "`# Summary`" },
	{ "a\tb", "`a\\tb`" },
	{ "a\xe2\x80\xae"
	  "b",
	  "`a\\u{202e}b`" },
	{ "a\x80", "`a\\x80`" },
};

START_TEST(code_is_one_span_on_one_line)
{
	struct buf b = { 0 };

	quote_code(&b, span_of(codes[_i].text));
	ck_assert_msg(!strcmp(buf_cstr(&b), codes[_i].want), "%s, not %s",
		      buf_cstr(&b), codes[_i].want);
	buf_release(&b);
}
END_TEST

START_TEST(a_secret_is_masked)
{
	struct buf b = { 0 };

	quote_code(&b, span_of("let key = \"sk-ant-"
			       "api03-aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7"
			       "dE9fG1\";"));
	ck_assert(strstr(buf_cstr(&b), "[masked:anthropic-key") != NULL);
	ck_assert(strstr(buf_cstr(&b), "aB3dE5") == NULL);
	buf_release(&b);
}
END_TEST

START_TEST(long_code_is_cut_between_characters)
{
	struct buf in = { 0 }, b = { 0 };

	for (int i = 0; i < 100; i++)
		buf_adds(&in, "é");
	quote_code(&b, buf_span(&in));
	ck_assert_uint_eq(b.len, QUOTE_MAX + 3 + 2);
	ck_assert(text_utf8_valid(buf_span(&b)));
	ck_assert(span_ends(buf_span(&b), "…`"));
	buf_release(&in);
	buf_release(&b);
}
END_TEST

static const struct {
	const char *src, *want;
} tokens[] = {
	{ "a+b", "`a+b`" },
	{ "a  +  b", "`a + b`" },
	{ "a // c\n + b", "`a + b`" },
	{ "a /* c */ + b", "`a + b`" },
	{ "a\n    .b()\n    .c()?", "`a.b().c()?`" },
	{ "f(\n    a,\n    b,\n)", "`f(a, b)`" },
	{ "f(a, b,)", "`f(a, b,)`" },
	{ "[\n 1,\n]", "`[1]`" },
	{ "A {\n b,\n}", "`A { b }`" },
	{ "\"a\nb\"", "`\"a b\"`" },
};

START_TEST(tokens_are_shown_on_one_line_without_comments)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct source s;

	source_read(&s, &a, SPAN("a.rs"), span_of(tokens[_i].src));
	quote_tokens(&b, &s, 0, s.lx.count);
	ck_assert_msg(!strcmp(buf_cstr(&b), tokens[_i].want), "%s, not %s",
		      buf_cstr(&b), tokens[_i].want);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *quote_suite(void)
{
	Suite *s = suite_create("quote");
	TCase *tc = tcase_create("quote");

	add_rows(tc, a_place_is_one_word_or_in_back_ticks, places);
	add_rows(tc, code_is_one_span_on_one_line, codes);
	tcase_add_test(tc, a_secret_is_masked);
	tcase_add_test(tc, long_code_is_cut_between_characters);
	add_rows(tc, tokens_are_shown_on_one_line_without_comments, tokens);
	suite_add_tcase(s, tc);
	return s;
}
