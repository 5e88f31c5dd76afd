#include "base/text.h"

#include "base/buf.h"
#include "test.h"

static const struct {
	const char *pattern, *path;
	bool match;
} globs[] = {
	{ "*.rs", "src/a/b.rs", true },
	{ "*.rs", "src/a/b.rsx", false },
	{ "src/*.rs", "src/a.rs", true },
	{ "src/*.rs", "src/a/b.rs", false },
	{ "src/**/b.rs", "src/b.rs", true },
	{ "src/**/b.rs", "src/x/y/b.rs", true },
	{ "**/b.rs", "xb.rs", false },
	{ "**/b.rs", "y/b.rs", true },
	{ "a/**", "a/b/c", true },
	{ "target", "x/target/debug/y", true },
	{ "target/", "target/y", true },
	{ "/target", "x/target", false },
	{ "src/x", "src/x/y/z.rs", true },
	{ "[a-c]?.rs", "bz.rs", true },
	{ "[!a-c]?.rs", "bz.rs", false },
	{ "[ab", "[ab", false },
	{ "target/", "target", false },
	{ "target/", "x/target/y", true },
	{ "**/", "a", false },
	{ "**/", "a/b", true },
	{ "a/**/", "a/b", false },
	{ "a/**/", "a/b/c", true },
	{ "a/**", "a", false },
	{ "/", "a", false },
	{ "/*", "a/b", true },
	{ "a**b", "a/b", false },
	{ "a**b", "axxb", true },
	{ "x/a**b", "x/a/b", false },
	{ "x/**b", "x/y/b", false },
	{ "**/a/**/b", "a/b", true },
	{ "**/a/**/b", "x/a/y/z/b", true },
	{ "**/a/**/b", "x/b/a", false },
	{ "a/*/c", "a/b/x/c", false },
	{ "a/*b/c", "a/xbyb/c/d", true },
	{ "*.rs/x", "a.rs/x", true },
	{ "x?y", "x/y", false },
	{ "x[^a]y", "x/y", false },
	{ "x[/]y", "x/y", false },
	{ "[]a]", "]", true },
	{ "[!]a]", "]", false },
	{ "[a\\]]", "]", true },
	{ "[a-]", "-", true },
	{ "[\xc3]", "\xc3", true },
	{ "[]", "[]", false },
	{ "a\\", "a", false },
	{ "a\\", "a\\", false },
	{ "\\?", "?", true },
	{ "\\?", "x", false },
	{ "\\*.rs", "*.rs", true },
	{ "\\*.rs", "a.rs", false },
	{ "*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaac", false },
	{ "", "a", false },
};

START_TEST(a_glob_matches_as_gitignore_does)
{
	ck_assert_int_eq(
		text_glob(span_of(globs[_i].pattern), span_of(globs[_i].path)),
		globs[_i].match);
}
END_TEST

static const struct {
	const char *in, *out;
} shown[] = {
	{ "plain\ttext\n", "plain\ttext\n" },
	{ "\x1b[31mred", "\\u{1b}[31mred" },
	{ "\xc2\x9b"
	  "31m",
	  "\\u{9b}31m" },
	{ "a\xffz", "a\\xffz" },
	{ "\xc0\xaf", "\\xc0\\xaf" },
	{ "\xed\xa0\x80", "\\xed\\xa0\\x80" },
	{ "cr\r\n", "cr\\u{d}\n" },
	{ "bidi \xe2\x80\xae x", "bidi \\u{202e} x" },
	{ "zero\xe2\x80\x8bwidth", "zero\\u{200b}width" },
	{ "\xe2\x80\x8d", "\\u{200d}" },
	{ "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
	  "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" },
	{ "\xe2\x9d\xa4\xef\xb8\x8f", "\xe2\x9d\xa4\xef\xb8\x8f" },
	{ "1\xef\xb8\x8f\xe2\x83\xa3", "1\xef\xb8\x8f\xe2\x83\xa3" },
	{ "a\xef\xb8\x8f", "a\\u{fe0f}" },
	{ "\xf3\xa0\x81\x81", "\\u{e0041}" },
	{ "\xe6\x97\xa5\xe6\x9c\xac", "\xe6\x97\xa5\xe6\x9c\xac" },
};

START_TEST(nothing_that_acts_or_hides_is_shown_as_it_is)
{
	struct buf b = { 0 };

	text_visible(&b, span_of(shown[_i].in));
	ck_assert_str_eq(buf_cstr(&b), shown[_i].out);
	buf_release(&b);
}
END_TEST

static const struct {
	const char *in;
	int32_t cp;
	size_t left;
} utf8[] = {
	{ "a", 'a', 0 },
	{ "\xc3\xa9z", 0xE9, 1 },
	{ "\xe2\x82\xac", 0x20AC, 0 },
	{ "\xf0\x9f\x98\x80", 0x1F600, 0 },
	{ "\xf4\x90\x80\x80", -1, 3 },
	{ "\xe0\x80\x80", -1, 2 },
	{ "\xf0\x8f\xbf\xbf", -1, 3 },
	{ "\x80", -1, 0 },
	{ "\xe2\x82", -1, 1 },
};

START_TEST(utf8_is_decoded_by_table_3_7)
{
	struct span s = span_of(utf8[_i].in);

	ck_assert_int_eq(text_utf8(&s), utf8[_i].cp);
	ck_assert_uint_eq(s.len, utf8[_i].left);
}
END_TEST

START_TEST(clipping_never_cuts_a_character)
{
	struct span s = span_of("a\xe2\x82\xacz");

	ck_assert_uint_eq(text_clip(s, 1).len, 1);
	ck_assert_uint_eq(text_clip(s, 2).len, 1);
	ck_assert_uint_eq(text_clip(s, 3).len, 1);
	ck_assert_uint_eq(text_clip(s, 4).len, 4);
	ck_assert_uint_eq(text_clip(s, 9).len, 5);
}
END_TEST

START_TEST(the_nearest_word_is_found_within_a_third)
{
	static const char *const names[] = { "review", "design", "batch" };

	ck_assert_str_eq(text_nearest("reveiw", names, 3), "review");
	ck_assert_str_eq(text_nearest("bacth", names, 3), "batch");
	ck_assert_ptr_null(text_nearest("zebra", names, 3));
	ck_assert_uint_eq(text_distance("ab", "ba"), 1);
	ck_assert_uint_eq(text_distance("kitten", "sitting"), 3);
}
END_TEST

START_TEST(lines_end_at_lf_and_the_last_needs_none)
{
	struct span s = SPAN("a\r\n\nb"), line;

	ck_assert(text_line(&s, &line) && span_eqs(line, "a\r"));
	ck_assert(text_line(&s, &line) && span_eqs(line, ""));
	ck_assert(text_line(&s, &line) && span_eqs(line, "b"));
	ck_assert(!text_line(&s, &line));
	ck_assert_uint_eq(text_count_lines(SPAN("a\nb\n")), 2);
}
END_TEST

Suite *text_suite(void)
{
	Suite *s = suite_create("text");
	TCase *tc = tcase_create("text");

	add_rows(tc, a_glob_matches_as_gitignore_does, globs);
	add_rows(tc, nothing_that_acts_or_hides_is_shown_as_it_is, shown);
	add_rows(tc, utf8_is_decoded_by_table_3_7, utf8);
	tcase_add_test(tc, clipping_never_cuts_a_character);
	tcase_add_test(tc, the_nearest_word_is_found_within_a_third);
	tcase_add_test(tc, lines_end_at_lf_and_the_last_needs_none);
	suite_add_tcase(s, tc);
	return s;
}
