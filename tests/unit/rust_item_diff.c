/* What rust/item_diff.h says of two sides. */
#include "rust/item_diff.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* Rows as "op name[ parts]", parts by their letters: Attributes, Header, Body,
 * Docs, Comments; in braces when inside of another row. */
static void write_rows(struct buf *out, const struct item_changes *c,
		       const struct item_pair *file)
{
	static const char *const ops[] = { "+", "-", "~", ">", "=" };
	static const char parts[] = "AHBDC";

	vec_each (const struct item_change, r, &c->rows) {
		const struct source *s = r->now == OUTLINE_NONE
						 ? file[r->was_file].was
						 : file[r->file].now;
		const struct item *it =
			&s->outline.item[r->now == OUTLINE_NONE ? r->was
								: r->now];

		buf_addf(out, "%s%s%.*s", out->len ? " " : "", ops[r->op],
			 SPAN_ARG(it->name));
		if (r->parts)
			buf_addc(out, '/');
		for (int i = 0; i < 5; i++)
			if (r->parts & 1u << i)
				buf_addc(out, parts[i]);
		if (r->inside != OUTLINE_NONE)
			buf_addc(out, '^');
	}
}

static void diff(struct buf *out, const char *was, const char *now,
		 const char *was2, const char *now2)
{
	struct arena a = { 0 };
	struct source s[4];
	struct item_pair pair[2] = { 0 };
	struct item_changes c;
	const char *src[] = { was, now, was2, now2 };

	for (int i = 0; i < 4; i++)
		if (src[i])
			source_read(&s[i], &a, SPAN("a.rs"), span_of(src[i]));
	for (int i = 0; i < 2; i++) {
		pair[i].was = src[2 * i] ? &s[2 * i] : NULL;
		pair[i].now = src[2 * i + 1] ? &s[2 * i + 1] : NULL;
	}
	item_diff(&c, &a, pair, 2);
	write_rows(out, &c, pair);
	arena_release(&a);
}

#define LONG "{ a(1); b(2, 3); c(4); d(5, 6); e(7); f(8); g(9, 10) }"

static const struct {
	const char *was, *now, *want;
} rows[] = {
	{ "fn a() {}", "fn a() {}", "" },
	{ "fn a() {}", "fn  a( )\n{\n}\n", "" },
	{ "", "fn a() {}", "+a" },
	{ NULL, "fn a() {}", "+a" },
	{ "fn a() {}", NULL, "-a" },
	{ "fn a() {}", "fn a() { b() }", "~a/B" },
	{ "fn a() {}", "pub fn a() {}", "~a/H" },
	{ "fn a() {}", "fn a(b: u8) { c }", "~a/HB" },
	{ "fn a() {}", "#[inline] fn a() {}", "~a/A" },
	{ "fn a() {}", "/// Says a.\nfn a() {}", "~a/D" },
	{ "/// Says\n/// a.\nfn a() {}", "/// Says a.\nfn a() {}", "~a/D" },
	{ "fn a() {}", "fn a() { /* b */ }", "~a/C" },
	{ "fn a() {}", "// b\nfn a() {}", "" },
	{ "struct A { b: u8 }", "struct A { b: u8, c: u8 }", "~A/B" },
	{ "struct A(u8);", "struct A(u16);", "~A/H" },
	{ "enum A { B }", "enum A { B, C }", "~A/B" },
	{ "const A: u8 = 1;", "const A: u8 = 2;", "~A/B" },
	{ "const A: u8 = 1;", "const A: u16 = 1;", "~A/H" },
	{ "static A: [u8; { 1 }] = B;", "static A: [u8; { 1 }] = C;", "~A/B" },
	{ "type A = B;", "type A = C;", "~A/H" },
	{ "use a::b;", "use a::c;", "" },
	{ "mod a;", "mod a; mod b;", "+b" },
	/* what stands in an item with rows changes that one alone */
	{ "impl A { fn b() {} }", "impl A { fn b() { c() } }", "~b/B" },
	{ "impl A { fn b() {} }", "impl A { fn b() {} fn c() {} }", "+c" },
	{ "impl A {}", "impl A { m!(); }", "+m" },
	{ "trait A { fn b(); }", "trait A: C { fn b(); }", "~A/H" },
	{ "trait A { fn b(); }", "trait A { fn b() {} }", "~b/HB" },
	{ "mod a { fn b() {} }", "mod a { fn b() { c() } }", "~b/B" },
	{ "mod a { use b; fn c() {} }", "mod a { use d; fn c() {} }", "" },
	{ "m! { fn a() {} }", "m! { fn a() { b() } }", "~a/B" },
	{ "fn a() { fn b() {} }", "fn a() { fn b() { c() } }", "~a/B" },
	/* as a whole */
	{ "", "impl A { fn b() {} fn c() {} }", "+A +b^ +c^" },
	{ "mod a { fn b() {} }", "", "-a -b^" },
	/* the same name in other places */
	{ "impl A { fn f() {} } impl B { fn f() {} }",
	  "impl A { fn f() {} } impl B { fn f() { c() } }", "~f/B" },
	{ "impl A { fn f() {} }", "impl A { fn g() {} } impl A { fn f() {} }",
	  "+g +A" },
	{ "impl From<A> for C { fn from() {} }",
	  "impl From<B> for C { fn from() {} } "
	  "impl From<A> for C { fn from() {} }",
	  "+C +from^" },
	{ "impl<'a> T<'a> for C { fn f() {} }", "impl T for C { fn f() {} }",
	  ">C/H >f" },
	{ "impl<T> A<T> { fn f() {} }", "impl<T: B> A<T> { fn f() {} }",
	  "~A/H" },
	{ "#[cfg(a)] fn f() { a } #[cfg(b)] fn f() { b }",
	  "#[cfg(b)] fn f() { b }", "-f" },
	{ "#[cfg(a)] fn f() { a } #[cfg(b)] fn f() { b }",
	  "#[cfg(a)] fn f() { a } #[cfg(b)] fn f() { c }", "~f/B" },
	/* renamed, moved */
	{ "fn a() " LONG, "fn b() " LONG, "=b" },
	{ "fn a() { c() }", "fn b() { c() }", "=b" },
	{ "type A<B> = Result<B, C>;", "type D<B> = Result<B, C>;", "=D" },
	{ "fn a(b: u8) {} fn c(b: u8) {}", "fn d(b: u8) {}", "+d -a -c" },
	{ "const A: u8 = 1;", "const B: u8 = 1;", "=B" },
	{ "fn a() {}", "fn b() {}", "+b -a" },
	{ "impl A { fn f() {} }", "fn f() {}", "+f -A -f^" },
	{ "mod a { fn f() { b() } }", "mod c { fn f() { b() } }", "+c >f -a" },
	{ "mod a { fn f() { b() } }", "mod a {} fn f() { c() }", ">f/B" },
	/* damage */
	{ "fn a() {", "fn a() { b", "~a/B" },
	{ "fn", "impl", "" },
};

START_TEST(items_are_paired_and_compared_part_by_part)
{
	struct buf got = { 0 };

	diff(&got, rows[_i].was, rows[_i].now, NULL, NULL);
	ck_assert_msg(!strcmp(buf_cstr(&got), rows[_i].want),
		      "'%s', not '%s' of\n%s\n%s", buf_cstr(&got),
		      rows[_i].want, rows[_i].was, rows[_i].now);
	buf_release(&got);
}
END_TEST

static const struct {
	const char *was, *now, *was2, *now2, *want;
} files[] = {
	{ "fn a() { b() }", "", NULL, "fn a() { b() }", ">a" },
	{ "fn a() { b() }", "", "", "fn a() { c() }", ">a/B" },
	{ "fn a() { b() } fn a() { b() }", "", "", "fn a() { c() }",
	  "-a -a +a" },
	{ "impl A { fn f() { b() } }", "impl A {}", "",
	  "impl A { fn f() { b() } }", "+A >f" },
	{ "fn a() { b() }", "fn a() { c() }", "fn a() { b() }",
	  "fn a() { b() }", "~a/B" },
};

START_TEST(what_moved_to_another_file_is_neither_new_nor_gone)
{
	struct buf got = { 0 };

	diff(&got, files[_i].was, files[_i].now, files[_i].was2,
	     files[_i].now2);
	ck_assert_msg(!strcmp(buf_cstr(&got), files[_i].want), "'%s', not '%s'",
		      buf_cstr(&got), files[_i].want);
	buf_release(&got);
}
END_TEST

Suite *rust_item_diff_suite(void)
{
	Suite *s = suite_create("rust_item_diff");
	TCase *tc = tcase_create("item_diff");

	add_rows(tc, items_are_paired_and_compared_part_by_part, rows);
	add_rows(tc, what_moved_to_another_file_is_neither_new_nor_gone, files);
	suite_add_tcase(s, tc);
	return s;
}
