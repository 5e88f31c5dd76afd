/* Crates that say they are not made for others, and words that sound so. */
#include "rust/internal.h"

#include "test.h"

static const struct {
	const char *text;
	bool internal;
} texts[] = {
	{ "Internal dependency of the `x` crate.", true },
	{ "Internal utilities for x", true },
	{ "Shared code.\n\n> **Note**: this is an internal crate for the X\n"
	  "project and is not intended for general use.",
	  true },
	{ "Types of x, not intended to be used directly", true },
	{ "The core.\n\nThis crate is an implementation detail of x.", true },
	{ "Parsing.\n\nThis crate is <b>X internal API</b>.", true },
	{ "Do not depend on this crate: it changes with every release", true },
	{ "macros. for\ninternal  use only, by this crate", true },
	/* not of the crate, or not that it is internal */
	{ "", false },
	{ "Internal iterators that stop early", false },
	{ "A client of the vendor's internal API", false },
	{ "A cache. Its table is an implementation detail of `Map`.", false },
	{ "This crate does not depend on std", false },
	{ "A pool. `Guard` is not intended to be used directly.", false },
	{ "Fast. Internal utilities are in another crate.", false },
	{ "Hides internals", false },
	{ "Not internalised crate", false },
};

START_TEST(a_text_says_that_the_crate_is_internal_or_not)
{
	ck_assert_msg(internal_text(span_of(texts[_i].text)) ==
			      texts[_i].internal,
		      "%s", texts[_i].text);
}
END_TEST

static const struct {
	const char *source;
	bool internal;
} sources[] = {
	{ "//! Internal crate of x.\nmod a;", true },
	{ "// c\n#![no_std]\n//! X.\n//!\n//! This is an internal crate\n",
	  true },
	{ "mod a;\n//! Internal crate of x.\n", false },
	{ "/// Internal crate of x.\nmod a;", false },
	{ "// Internal crate of x.\nmod a;", false },
	{ "", false },
};

START_TEST(only_the_docs_of_the_root_speak_of_the_crate)
{
	ck_assert_msg(internal_docs(span_of(sources[_i].source)) ==
			      sources[_i].internal,
		      "%s", sources[_i].source);
}
END_TEST

Suite *rust_internal_suite(void)
{
	Suite *s = suite_create("rust_internal");
	TCase *tc = tcase_create("internal");

	add_rows(tc, a_text_says_that_the_crate_is_internal_or_not, texts);
	add_rows(tc, only_the_docs_of_the_root_speak_of_the_crate, sources);
	suite_add_tcase(s, tc);
	return s;
}
