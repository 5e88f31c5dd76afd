#include "base/text.h"

#include <string.h>

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

static const struct {
	const char *pattern, *fault;
} faults[] = {
	{ "*.rs", NULL },
	{ "a[b-d]", NULL },
	{ "[]]", NULL },
	{ "[!a]/**", NULL },
	{ "[\\]]", NULL },
	{ "\\[", NULL },
	{ "a]", NULL },
	{ "", NULL },
	{ "[", "`[` is never closed" },
	{ "[]", "`[` is never closed" },
	{ "[a-", "`[` is never closed" },
	{ "[\\]", "`[` is never closed" },
	{ "[a]b[", "`[` is never closed" },
	{ "a\\", "nothing follows its last `\\`" },
	{ "\\\\\\", "nothing follows its last `\\`" },
	{ "\\\\", NULL },
};

START_TEST(a_glob_that_can_match_nothing_is_told)
{
	const char *fault = text_glob_fault(span_of(faults[_i].pattern));

	ck_assert_pstr_eq(fault, faults[_i].fault);
}
END_TEST

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

START_TEST(a_span_without_bytes_is_empty_whatever_it_points_at)
{
	struct span none = { NULL, 0 }, some = SPAN("");

	ck_assert(span_eq(none, some) && span_eqs(none, ""));
	ck_assert(span_eq(span_of(NULL), none));
	ck_assert(span_eqs_nocase(none, "") && !span_eqs_nocase(none, "a"));
	ck_assert(span_starts(none, "") && span_ends(none, ""));
	ck_assert(!span_starts(none, "a") && !span_ends(none, "a"));
	ck_assert_uint_eq(span_from(none, 3).len, 0);
	ck_assert_uint_eq(span_first(none, 3).len, 0);
	ck_assert_uint_eq(span_trim(none).len, 0);
	ck_assert_int_eq(span_find(none, SPAN("a")), -1);
	ck_assert_int_eq(span_find(none, none), 0);
	ck_assert_int_eq(span_chr(none, 'a'), -1);
	ck_assert_uint_eq(text_count_lines(none), 0);
	ck_assert(text_utf8_valid(none));
}
END_TEST

START_TEST(parts_of_a_span_stay_within_it)
{
	struct span s = SPAN("one two");

	ck_assert(span_eqs(span_from(s, 4), "two"));
	ck_assert(span_eqs(span_from(s, 7), ""));
	ck_assert(span_eqs(span_from(s, 99), ""));
	ck_assert(span_eqs(span_first(s, 3), "one"));
	ck_assert(span_eqs(span_first(s, 99), "one two"));
	ck_assert(span_eqs(span_trim(SPAN(" \t\r\n\v\f x y \n")), "x y"));
	ck_assert(span_eqs(span_trim(SPAN(" \n ")), ""));
	ck_assert(span_starts(s, "one") && !span_starts(s, "one two three"));
	ck_assert(span_ends(s, "two") && !span_ends(s, "one"));
	ck_assert(span_eqs_nocase(SPAN("OnE"), "oNe"));
	ck_assert(!span_eqs_nocase(SPAN("one"), "on"));
	ck_assert_int_eq(span_find(s, SPAN("two")), 4);
	ck_assert_int_eq(span_find(s, SPAN("two ")), -1);
	ck_assert_int_eq(span_find(SPAN("a\0b"), SPAN("\0b")), 1);
	ck_assert_int_eq(span_chr(s, 't'), 4);
}
END_TEST

START_TEST(fields_end_at_the_separator_and_the_last_may_be_empty)
{
	struct span s = SPAN("a,,b,"), f;

	ck_assert(text_field(&s, ',', &f) && span_eqs(f, "a"));
	ck_assert(text_field(&s, ',', &f) && span_eqs(f, ""));
	ck_assert(text_field(&s, ',', &f) && span_eqs(f, "b"));
	ck_assert(text_field(&s, ',', &f) && span_eqs(f, ""));
	ck_assert(!text_field(&s, ',', &f));
}
END_TEST

/* the first and the last code point of each length */
static const uint32_t edges[] = { 0,	  0x7F,	  0x80,	  0x7FF,   0x800,
				  0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF };

START_TEST(a_code_point_written_is_read_back)
{
	struct buf b = { 0 };
	struct span s;

	text_add_utf8(&b, edges[_i]);
	s = buf_span(&b);
	ck_assert(text_utf8_valid(s));
	ck_assert_int_eq(text_utf8(&s), (int32_t)edges[_i]);
	ck_assert_uint_eq(s.len, 0);
	buf_release(&b);
}
END_TEST

START_TEST(a_word_too_long_to_compare_is_far_from_all)
{
	char word[66];

	memset(word, 'a', 65);
	word[65] = '\0';
	ck_assert_uint_eq(text_distance(word, word), 99);
	ck_assert_uint_eq(text_distance(word + 1, word + 1), 0);
	ck_assert_uint_eq(text_distance(word + 1, ""), 64);
}
END_TEST

START_TEST(one_line_shows_even_its_ends)
{
	struct buf b = { 0 };

	ck_assert_uint_eq(text_visible_line(&b, SPAN("a\tb\n\x1b")), 1);
	ck_assert_str_eq(buf_cstr(&b), "a\\tb\\n\\u{1b}");
	buf_release(&b);
}
END_TEST

static const struct {
	const char *in;
	size_t longest;
} runs[] = {
	{ "", 0 },     { "a", 0 },     { "`", 1 },	 { "a``b`", 2 },
	{ "`a``", 2 }, { "~~~~`", 1 }, { "```\n``", 3 }, { "a`b```c``d", 3 },
};

START_TEST(a_run_is_of_one_byte_without_a_gap)
{
	ck_assert_uint_eq(text_longest_run(span_of(runs[_i].in), '`'),
			  runs[_i].longest);
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

static const struct {
	const char *in, *keep, *out;
} percents[] = {
	{ "aZ09-._~", "", "aZ09-._~" },
	{ "src/a b.rs", "/", "src/a%20b.rs" },
	{ "a/b", "", "a%2Fb" },
	{ "50%:,\"\n", "/", "50%25%3A%2C%22%0A" },
	{ "\xe6\x97\xa5\xff", "/", "%E6%97%A5%FF" },
	{ "", "/", "" },
};

START_TEST(all_but_what_is_kept_is_percent_encoded)
{
	struct buf b = { 0 };

	text_percent(&b, span_of(percents[_i].in), percents[_i].keep);
	ck_assert_str_eq(buf_cstr(&b), percents[_i].out);
	buf_reset(&b);
	text_percent(&b, SPAN("\0"), "/");
	ck_assert_str_eq(buf_cstr(&b), "%00");
	buf_release(&b);
}
END_TEST

START_TEST(only_what_needs_no_escape_is_plain)
{
	ck_assert(text_plain(SPAN("a\n\tb \xe6\x97\xa5")));
	ck_assert(text_plain(SPAN("")));
	ck_assert(!text_plain(SPAN("a\r\n")));
	ck_assert(!text_plain(SPAN("\xff")));
	ck_assert(!text_plain(SPAN("\xe2\x80\xae")));
}
END_TEST

START_TEST(a_place_is_on_the_line_whose_lf_follows)
{
	static const char text[] = "a\n\nb\n";
	const struct span s = SPAN(text);

	ck_assert_uint_eq(text_line_at(s, text), 1);
	ck_assert_uint_eq(text_line_at(s, text + 1), 1);
	ck_assert_uint_eq(text_line_at(s, text + 2), 2);
	ck_assert_uint_eq(text_line_at(s, text + 3), 3);
	ck_assert_uint_eq(text_line_at(s, text + 5), 4);
}
END_TEST

Suite *text_suite(void)
{
	Suite *s = suite_create("text");
	TCase *tc = tcase_create("text");

	add_rows(tc, a_glob_matches_as_gitignore_does, globs);
	add_rows(tc, a_glob_that_can_match_nothing_is_told, faults);
	add_rows(tc, nothing_that_acts_or_hides_is_shown_as_it_is, shown);
	add_rows(tc, utf8_is_decoded_by_table_3_7, utf8);
	tcase_add_test(tc, clipping_never_cuts_a_character);
	tcase_add_test(tc, the_nearest_word_is_found_within_a_third);
	tcase_add_test(tc, a_span_without_bytes_is_empty_whatever_it_points_at);
	tcase_add_test(tc, parts_of_a_span_stay_within_it);
	tcase_add_test(tc,
		       fields_end_at_the_separator_and_the_last_may_be_empty);
	add_rows(tc, a_code_point_written_is_read_back, edges);
	tcase_add_test(tc, a_word_too_long_to_compare_is_far_from_all);
	tcase_add_test(tc, one_line_shows_even_its_ends);
	add_rows(tc, all_but_what_is_kept_is_percent_encoded, percents);
	tcase_add_test(tc, only_what_needs_no_escape_is_plain);
	add_rows(tc, a_run_is_of_one_byte_without_a_gap, runs);
	tcase_add_test(tc, lines_end_at_lf_and_the_last_needs_none);
	tcase_add_test(tc, a_place_is_on_the_line_whose_lf_follows);
	suite_add_tcase(s, tc);
	return s;
}
