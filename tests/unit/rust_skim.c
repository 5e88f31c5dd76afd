#include "rust/skim.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* "word@byte …" of every hit. */
static const char *hits_of(struct buf *out, const struct skim *s,
			   struct span text)
{
	struct skim_hits hits = { 0 };
	struct arena a = { 0 };

	skim_run(s, &a, text, &hits);
	vec_each (struct skim_hit, h, &hits.rows)
		buf_addf(out, "%s%.*s@%u", out->len ? " " : "",
			 SPAN_ARG(s->words.ptr[h->word]), h->at);
	arena_release(&a);
	return buf_cstr(out);
}

static const struct {
	const char *words, *text, *hits;
} rows[] = {
	{ "a", "", "" },
	{ "a", "a", "a@0" },
	{ "a", " a a;a", "a@1 a@3 a@5" },
	{ "a", "aa ba ab a1 a_ _a 'a", "a@19" },
	{ "Foo bar", "impl Foo { fn bar() {} }", "Foo@5 bar@14" },
	{ "Foo", "Fooo FoO foo F oo", "" },
	{ "_", "_ __ _", "_@0 _@5" },
	{ "eight_by", "eight_by eight_byt eight_b", "eight_by@0" },
	{ "eight_bytes nine_byte", "eight_bytex eight_bytes nine_byte",
	  "eight_bytes@12 nine_byte@24" },
	{ "same_first_a same_first_b", "same_first_b same_first_a",
	  "same_first_b@0 same_first_a@13" },
	{ "\xc3\xbc"
	  "ber",
	  "x \xc3\xbc"
	  "ber",
	  "\xc3\xbc"
	  "ber@2" },
	{ "ber",
	  "\xc3\xbc"
	  "ber",
	  "" },
	{ "x", "/* x */ \"x\" r#x", "x@3 x@9 x@14" },
	{ "1", "1 + 11 + 0.1", "1@0 1@11" },
	{ "a-b a.b", "a-b a.b", "" },
};

START_TEST(words_are_found_where_they_stand)
{
	struct span rest = span_of(rows[_i].words), word;
	struct arena a = { 0 };
	struct skim s = { 0 };
	struct buf got = { 0 };

	while (text_field(&rest, ' ', &word))
		skim_add(&s, &a, word);
	ck_assert_str_eq(hits_of(&got, &s, span_of(rows[_i].text)),
			 rows[_i].hits);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

/* Blocks end anywhere in a word: every length at every distance. */
START_TEST(a_word_of_any_length_is_found_at_any_place)
{
	size_t len = (size_t)_i + 1;
	char word[160], text[512];
	struct arena a = { 0 };
	struct skim s = { 0 };

	memset(word, 'w', len);
	skim_add(&s, &a, (struct span){ word, len });
	for (size_t at = 0; at < 150; at++) {
		struct skim_hits hits = { 0 };

		memset(text, ' ', sizeof(text));
		memcpy(text + at, word, len);
		for (size_t end = at + len; end < at + len + 70; end++) {
			hits.rows.len = 0;
			skim_run(&s, &a, (struct span){ text, end }, &hits);
			ck_assert_uint_eq(hits.rows.len, 1);
			ck_assert_uint_eq(hits.rows.ptr[0].at, at);
		}
		hits.rows.len = 0;
		skim_run(&s, &a, (struct span){ text, at + len - 1 }, &hits);
		ck_assert_uint_eq(hits.rows.len, 0);
	}
	arena_release(&a);
}
END_TEST

START_TEST(a_word_has_one_number_and_a_full_set_takes_no_more)
{
	struct arena a = { 0 };
	struct skim s = { 0 };

	for (uint32_t i = 0; i < SKIM_WORDS_MAX; i++) {
		struct span w = span_of(arena_printf(&a, "word_%u", i));

		ck_assert_uint_eq(skim_add(&s, &a, w), i);
		ck_assert_uint_eq(skim_add(&s, &a, w), i);
	}
	ck_assert_uint_eq(skim_add(&s, &a, SPAN("more")), SKIM_NONE);
	ck_assert_uint_eq(skim_find(&s, SPAN("more")), SKIM_NONE);
	ck_assert_uint_eq(skim_find(&s, SPAN("word_77")), 77);
	arena_release(&a);
}
END_TEST

START_TEST(an_empty_set_finds_nothing)
{
	struct arena a = { 0 };
	struct skim s = { 0 };
	struct buf got = { 0 };

	ck_assert_uint_eq(skim_add(&s, &a, SPAN("")), SKIM_NONE);
	ck_assert_uint_eq(skim_find(&s, SPAN("a")), SKIM_NONE);
	ck_assert_str_eq(hits_of(&got, &s, SPAN("a b c")), "");
	buf_release(&got);
	arena_release(&a);
}
END_TEST

Suite *rust_skim_suite(void)
{
	Suite *s = suite_create("rust_skim");
	TCase *tc = tcase_create("core");

	add_rows(tc, words_are_found_where_they_stand, rows);
	tcase_add_loop_test(tc, a_word_of_any_length_is_found_at_any_place, 0,
			    140);
	tcase_add_test(tc, a_word_has_one_number_and_a_full_set_takes_no_more);
	tcase_add_test(tc, an_empty_set_finds_nothing);
	suite_add_tcase(s, tc);
	return s;
}
