#include "agent/fold.h"

#include "base/arena.h"
#include "test.h"

/* Texts that are the same code, and what both fold to. */
static const struct {
	const char *one, *other, *folded;
} same[] = {
	{ "let x = 1;", "let  x=1 ;", "let x=1;" },
	{ "\tlet x = 1;  ", "let x = 1;", "let x=1;" },
	{ "a\n    .b()\n    .c();", "a.b().c();", "a.b().c();" },
	{ "return\n    x", "return x", "return x" },
	{ "f(\n    a,\n    b,\n)", "f(a, b)", "f(a,b)" },
	{ "f(\n    a,\n\n\n)", "f(a)", "f(a)" },
	{ "S {\n\ta,\n}", "S { a }", "S{a}" },
	{ "S {\n\ta,\n} = b", "S { a, } = b", "S{a}=b" },
	{ "Map<\n    K,\n    V,\n>", "Map<K, V>", "Map<K,V>" },
	{ "x = 1;\r", "x = 1;", "x=1;" },
	{ "x = 1;\\u{d}", "x = 1;", "x=1;" },
	{ "gr\xc3\xb6\xc3\x9f"
	  "e \xc3\xa4",
	  "gr\xc3\xb6\xc3\x9f"
	  "e   \xc3\xa4",
	  "gr\xc3\xb6\xc3\x9f"
	  "e \xc3\xa4" },
	{ "/// one\n/// two", "/// one two", "one two" },
	{ "//! one\n//!\n//! two", "//! one two", "one two" },
	{ "// a, b\nc()", "// a, b c()", "a,b c()" },
	{ "a(); // b\n// c", "a(); // b c", "a();b c" },
	{ "", " \n\t\n", "" },
};

static void fold_lines(struct fold *f, const char *text)
{
	struct span rest = span_of(text), line;

	while (text_line(&rest, &line))
		fold_add(f, line);
}

START_TEST(the_same_code_folds_to_the_same_bytes)
{
	struct arena a = { 0 };
	struct fold f = { .arena = &a }, g = { .arena = &a };
	struct buf b = { 0 };

	fold_lines(&f, same[_i].one);
	fold_lines(&g, same[_i].other);
	fold_text(&b, span_of(same[_i].one));
	ck_assert_str_eq(buf_cstr(&f.text), same[_i].folded);
	ck_assert_str_eq(buf_cstr(&g.text), same[_i].folded);
	ck_assert_str_eq(buf_cstr(&b), same[_i].folded);
	fold_release(&f);
	fold_release(&g);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *one, *other;
} apart[] = {
	{ "let x", "letx" },
	{ "a b", "ab" },
	{ "(a,)", "(a)" },
	{ "/////", "" },
	{ "//y", "y" },
	{ "a\nb", "ab" },
	{ "f(a,", "f(a" },
	{ "1 2", "12" },
	{ "a,\nb", "a b" },
	{ "x.y", "x y" },
	{ "\\u{d}x", "x" },
	{ "\xc3\xa4 b", "\xc3\xa4"
			"b" },
};

START_TEST(other_code_folds_to_other_bytes)
{
	struct buf b = { 0 }, c = { 0 };

	fold_text(&b, span_of(apart[_i].one));
	fold_text(&c, span_of(apart[_i].other));
	ck_assert_str_ne(buf_cstr(&b), buf_cstr(&c));
	buf_release(&b);
	buf_release(&c);
}
END_TEST

START_TEST(a_byte_knows_its_line)
{
	struct arena a = { 0 };
	struct fold f = { .arena = &a };

	ck_assert_uint_eq(fold_line(&f, 0), 0);
	fold_lines(&f, "f(\n\n  a,\n\n\n)\nb");
	ck_assert_str_eq(buf_cstr(&f.text), "f(a)b");
	ck_assert_uint_eq(fold_line(&f, 0), 0);
	ck_assert_uint_eq(fold_line(&f, 1), 0);
	ck_assert_uint_eq(fold_line(&f, 2), 2);
	ck_assert_uint_eq(fold_line(&f, 3), 5);
	ck_assert_uint_eq(fold_line(&f, 4), 6);
	ck_assert(fold_comma(&f, 3));
	ck_assert(!fold_comma(&f, 2));
	fold_release(&f);
	arena_release(&a);
}
END_TEST

START_TEST(what_stands_behind_a_gap_does_not_follow)
{
	struct arena a = { 0 };
	struct fold f = { .arena = &a };

	fold_gap(&f);
	fold_lines(&f, "a,");
	fold_gap(&f);
	fold_lines(&f, ")\nb");
	ck_assert_str_eq(buf_cstr(&f.text), "a,\n)b");
	ck_assert_uint_eq(fold_line(&f, 3), 1);
	fold_release(&f);
	arena_release(&a);
}
END_TEST

Suite *fold_suite(void)
{
	Suite *s = suite_create("fold");
	TCase *tc = tcase_create("fold");

	add_rows(tc, the_same_code_folds_to_the_same_bytes, same);
	add_rows(tc, other_code_folds_to_other_bytes, apart);
	tcase_add_test(tc, a_byte_knows_its_line);
	tcase_add_test(tc, what_stands_behind_a_gap_does_not_follow);
	suite_add_tcase(s, tc);
	return s;
}
