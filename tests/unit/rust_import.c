#include "rust/import.h"

#include "base/arena.h"
#include "base/buf.h"
#include "rust/source.h"
#include "test.h"

/* Every import as `name=path`, in their order. */
static const struct {
	const char *src, *want;
} uses[] = {
	{ "", "" },
	{ "use a;", "a=a" },
	{ "use a::b;", "b=a::b" },
	{ "pub(crate) use a::b;", "b=a::b" },
	{ "use ::a::b;", "b=a::b" },
	{ "use a :: b\n\t:: c ;", "c=a::b::c" },
	{ "use a::b as c;", "c=a::b" },
	{ "use a::b as _;", "_=a::b" },
	{ "use a::*;", "*=a" },
	{ "use a::b::*;", "*=a::b" },
	{ "use *;", "" },
	{ "use a::{b, c};", "b=a::b c=a::c" },
	{ "use a::{b, c,};", "b=a::b c=a::c" },
	{ "use {a, b::c};", "a=a c=b::c" },
	{ "use ::{a, b};", "a=a b=b" },
	{ "use a::{b::{c, d}, e};", "c=a::b::c d=a::b::d e=a::e" },
	{ "use a::{b::c, d::{e, f::g}, h};",
	  "c=a::b::c e=a::d::e g=a::d::f::g h=a::h" },
	{ "use a::{self};", "a=a" },
	{ "use a::{self, b};", "a=a b=a::b" },
	{ "use a::b::{self as c, d};", "c=a::b d=a::b::d" },
	{ "use a::{b::{self}};", "b=a::b" },
	{ "use a::{b::*, c};", "*=a::b c=a::c" },
	{ "use a::{b as x, c as y};", "x=a::b y=a::c" },
	{ "use a::{};", "" },
	{ "use a::{{{b}}};", "b=a::b" },
	{ "use a::{{b, c}, d};", "b=a::b c=a::c d=a::d" },
	{ "use self::a;", "a=self::a" },
	{ "use super::super::a;", "a=super::super::a" },
	{ "use crate::a::{self, b};", "a=crate::a b=crate::a::b" },
	{ "use crate as me;", "me=crate" },
	{ "use r#fn::r#type;", "type=fn::type" },
	{ "use a::b /* c */ as /* d */ e; // f", "e=a::b" },
	{ "use a::{\n\tb, // c\n\td,\n};", "b=a::b d=a::d" },
	{ "use a::b; use a::b;", "b=a::b b=a::b" },
	{ "use c::c; use a::a; use b::b;", "a=a::a b=b::b c=c::c" },
	{ "use a::ab; use a::a; use a::abc;", "a=a::a ab=a::ab abc=a::abc" },
	{ "mod m { use a::b; } fn f() { use c::d; }", "b=a::b d=c::d" },
	{ "#[cfg(x)]\nuse a::b;", "b=a::b" },
	{ "use \xc3\xa9::\xc3\xa8;", "\xc3\xa8=\xc3\xa9::\xc3\xa8" },
	/* none of these is one */
	{ "// use a::b;", "" },
	{ "fn f() { \"use a::b;\" }", "" },
	{ "extern crate a;", "" },
	{ "macro_rules! m { () => { use a::b; } }", "" },
	/* what does not compile */
	{ "use", "" },
	{ "use ;", "" },
	{ "use a::", "" },
	{ "use a::b", "b=a::b" },
	{ "use a::{b", "" },
	{ "use a::{b, c;", "" },
	{ "use a::b} c;", "b=a::b" },
	{ "use a::{b}::c;", "b=a::b c=c" },
	{ "use a as;", "a=a" },
	{ "use as b;", "" },
	{ "use a,,b;", "a=a" },
	{ "use a::{,};", "" },
	{ "use a::b c::d;", "d=a::b::c::d" },
	{ "use $crate::a;", "a=crate::a" },
};

static const char *show_uses(struct arena *a, const char *src)
{
	struct source s;
	struct buf b = { 0 };
	const char *text;

	source_read(&s, a, SPAN("src/lib.rs"), span_of(src));
	for (size_t i = 0; i < s.imports.len; i++) {
		const struct import *r = &s.imports.row[i];

		ck_assert_uint_lt(r->token, s.lx.count);
		ck_assert_uint_eq(s.outline.item[r->item].kind, ITEM_USE);
		buf_addf(&b, "%s%.*s=%.*s", i ? " " : "", SPAN_ARG(r->name),
			 SPAN_ARG(r->path));
	}
	text = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return text;
}

START_TEST(a_use_brings_names)
{
	struct arena a = { 0 };

	ck_assert_str_eq(show_uses(&a, uses[_i].src), uses[_i].want);
	arena_release(&a);
}
END_TEST

/* What the name stands for at the word HERE. */
static const struct {
	const char *src, *name, *want;
} scopes[] = {
	{ "use a::b; fn f() { HERE }", "b", "a::b" },
	{ "fn f() { HERE } use a::b;", "b", "a::b" },
	{ "HERE use a::b;", "b", "a::b" },
	{ "use a::b; fn f() { HERE }", "a", "" },
	{ "use a::b as c; fn f() { HERE }", "b", "" },
	{ "use a::b as c; fn f() { HERE }", "c", "a::b" },
	{ "use a::*; fn f() { HERE }", "b", "" },
	{ "fn f() { HERE }", "b", "" },
	{ "use a::b; fn f() { HERE }", "", "" },
	/* a use of an inner item counts in there alone */
	{ "fn f() { use a::b; HERE }", "b", "a::b" },
	{ "fn f() { HERE; use a::b; }", "b", "a::b" },
	{ "fn f() { use a::b; } fn g() { HERE }", "b", "" },
	{ "mod m { use a::b; } fn g() { HERE }", "b", "" },
	{ "mod m { use a::b; fn g() { HERE } }", "b", "a::b" },
	{ "fn f(HERE: u8) { use a::b; }", "b", "a::b" },
	/* the innermost wins, whatever comes first */
	{ "use a::b; fn f() { use c::b; HERE }", "b", "c::b" },
	{ "fn f() { use c::b; HERE } use a::b;", "b", "c::b" },
	{ "use a::b; fn f() { use c::b; } fn g() { HERE }", "b", "a::b" },
	{ "use a::b; mod m { use c::b; fn f() { use d::b; HERE } }", "b",
	  "d::b" },
	{ "use a::b; mod m { fn f() { HERE } }", "b", "a::b" },
	/* of one item's the first */
	{ "#[cfg(x)] use a::b; #[cfg(not(x))] use c::b; fn f() { HERE }", "b",
	  "a::b" },
	{ "use a::\xc3\xa9; fn f() { HERE }", "\xc3\xa9", "a::\xc3\xa9" },
};

static uint32_t find_word(const struct source *s, const char *word)
{
	uint32_t i = 0;

	while (i < s->lx.count && !span_eqs(lexer_text(&s->lx, i), word))
		i++;
	ck_assert_msg(i < s->lx.count, "no %s", word);
	return i;
}

START_TEST(a_name_stands_for_what_the_items_around_it_import)
{
	struct arena a = { 0 };
	struct source s;
	struct span path;

	source_read(&s, &a, SPAN("src/lib.rs"), span_of(scopes[_i].src));
	path = import_path(&s.imports, &s.outline, span_of(scopes[_i].name),
			   find_word(&s, "HERE"));
	ck_assert_msg(span_eqs(path, scopes[_i].want), "%.*s", SPAN_ARG(path));
	arena_release(&a);
}
END_TEST

START_TEST(a_path_of_no_sane_length_is_left_out)
{
	struct arena a = { 0 };
	struct buf b = { 0 };

	buf_adds(&b, "use a::");
	for (int i = 0; i < 300; i++)
		buf_adds(&b, "long::");
	buf_adds(&b, "{x, y}; use c::d;");
	ck_assert_str_eq(show_uses(&a, buf_cstr(&b)), "d=c::d");
	buf_release(&b);
	arena_release(&a);
}
END_TEST

/* Repeated to a million bytes: time and memory stay in proportion. */
static const char *const floods[] = {
	"use a::{{{{{{{{",
	"use ",
	"use a::{",
	"a::",
	"{",
	"}",
	"use a::b;",
	"use {a,",
	"self::",
	"use a as b,",
	"use *",
	"fn f() { use a::b; ",
	"mod m { use a::b; fn f() {} }",
	"use a; fn f() { use a; }",
};

START_TEST(floods_of_imports_are_read_in_proportion)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct source s;

	while (b.len < 1000000)
		buf_adds(&b, floods[_i]);
	source_read(&s, &a, SPAN("src/lib.rs"), buf_span(&b));
	for (uint32_t i = 0; i < s.lx.count; i++)
		import_path(&s.imports, &s.outline, SPAN("a"), i);
	ck_assert_uint_le(a.total, (size_t)400 << 20);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

START_TEST(a_long_prefix_before_many_names_is_not_copied_for_all_of_them)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct source s;

	buf_adds(&b, "use a");
	for (int i = 0; i < 300; i++)
		buf_adds(&b, "::b");
	buf_adds(&b, "::{");
	while (b.len < 1000000)
		buf_adds(&b, "c,");
	buf_adds(&b, "};");
	source_read(&s, &a, SPAN("src/lib.rs"), buf_span(&b));
	ck_assert_uint_gt(s.imports.len, 1000);
	ck_assert_uint_le(a.total, (size_t)200 << 20);
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *rust_import_suite(void)
{
	Suite *s = suite_create("rust_import");
	TCase *tc = tcase_create("import");

	tcase_set_timeout(tc, 60);
	add_rows(tc, a_use_brings_names, uses);
	add_rows(tc, a_name_stands_for_what_the_items_around_it_import, scopes);
	tcase_add_test(tc, a_path_of_no_sane_length_is_left_out);
	add_rows(tc, floods_of_imports_are_read_in_proportion, floods);
	tcase_add_test(
		tc,
		a_long_prefix_before_many_names_is_not_copied_for_all_of_them);
	suite_add_tcase(s, tc);
	return s;
}
