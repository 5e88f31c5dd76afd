#include "rust/reference.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* "kind module>owner.name*count" of each, what is empty left out. */
static void write_rows(struct buf *out, const struct references *refs)
{
	static const char *const kinds[] = { "call", "method", "type",
					     "literal", "macro" };

	vec_each (struct reference, r, &refs->rows) {
		buf_addf(out, "%s%s ", out->len ? "; " : "", kinds[r->kind]);
		if (r->module.len)
			buf_addf(out, "%.*s>", SPAN_ARG(r->module));
		if (r->owner.len)
			buf_addf(out, "%.*s.", SPAN_ARG(r->owner));
		buf_addsp(out, r->name);
		if (r->count > 1)
			buf_addf(out, "*%u", r->count);
	}
}

static const struct {
	const char *src, *rows;
} files[] = {
	{ "", "" },
	/* calls */
	{ "fn f() { a(); a(); b::c(); crate::d::e(1); }",
	  "call a*2; call b>c; call crate::d>e" },
	{ "fn f() { a::<u8>(); b::c::<D>(); }", "call a; call b>c; type D" },
	{ "fn f() { Foo::new(); foo::Bar::<u8>::baz(); Self::x(); }",
	  "type Foo; call Foo.new; type foo>Bar; call foo>Bar.baz; "
	  "call x" },
	{ "impl Foo { fn f() { Self::x(); Self::Y } }",
	  "type Foo; call Foo.x; type Foo.Y" },
	{ "use a::{b, C as D}; fn f() { b(); D::e(); D(1); b::g(); }",
	  "call a>b; type a>C; call a>C.e; call a>C; call a::b>g" },
	{ "fn f(g: impl Fn()) { g(); let h = || 1; h(); }", "" },
	{ "fn f() { a || b(); c | d(); }", "call b; call d" },
	{ "fn f(x: u8) { v.iter().map(|g| g(x)) }", "method iter; method map" },
	{ "fn f() { let x = x(); } fn g() { x() }", "call x" },
	/* std */
	{ "use std::mem; fn f() { mem::take(x); std::fs::read(y); Vec::new(); "
	  "Some(1); String::from(z); drop(x); }",
	  "" },
	{ "use crate::Result; fn f() -> Result<()> { Ok(()) }",
	  "type crate>Result" },
	{ "use std::sync::Arc; fn f() { Arc::new(Foo::new()) }",
	  "type Foo; call Foo.new" },
	/* types */
	{ "fn f(a: &A, b: Vec<B>) -> Box<dyn C> { D }",
	  "type A; type B; type C; type D" },
	{ "fn f<T: A, const N: usize>(t: T) -> [T; N] {}", "type A" },
	{ "impl<T> A<T> where T: B { fn f(t: T) -> T::Out { T::new() } }",
	  "type A; type B" },
	{ "struct A<T> { b: B<T>, c: c::C }", "type B; type c>C" },
	{ "enum A { B, C(D), #[x] E { f: F }, G = H }",
	  "type D; type F; type H" },
	{ "trait A: B { type C: D; const E: F; fn g(); }",
	  "type B; type D; type F" },
	{ "const A: *const B = C; static mut D: E = F;",
	  "type B; type C; type E; type F" },
	{ "type A = B;", "type B" },
	{ "fn f() { match x { A::B => 1, C => 2, _ => 3 } }",
	  "type A; type A.B; type C" },
	/* literals and macros */
	{ "fn f() { A { b: 1 }; C {}; D { e }; F { ..g } }",
	  "literal A; literal C; literal D; literal F" },
	{ "fn f() { if x == A { b() } }", "type A; call b" },
	{ "fn f() { a!(B); c::d! { e() } println!(\"{}\", G) }",
	  "macro a; type B; macro c>d; call e; type G" },
	{ "fn f() { if a != b {} }", "" },
	{ "macro_rules! a { ($b:expr) => { $crate::c($b) } }", "call crate>c" },
	/* methods and whose they are */
	{ "fn f() { x.a(); x.b; x.c::<D>(); x.await; 1.e() }",
	  "method a; method c; type D; method e" },
	{ "impl A { fn f(&self) { self.b(); self.c.d() } }",
	  "type A; method A.b; method d" },
	{ "struct A { c: Arc<C>, d: Vec<D> } impl A { fn f(&self) { "
	  "self.c.g(); self.d.h() } }",
	  "type Arc; type C; type D; type A; method C.g; method h" },
	{ "fn f(a: &mut A, b: Option<&B>, c: Box<dyn C>) { a.x(); b.y(); "
	  "c.z() }",
	  "type A; type B; type C; method A.x; method B.y; method C.z" },
	{ "fn f() { let a = A::new(); let b: B = g(); let mut c = C { d: 1 }; "
	  "let e = Arc::new(E::new()); a.x(); b.x(); c.x(); e.x(); }",
	  "type A; call A.new; type B; call g; literal C; type Arc; "
	  "call Arc.new; type E; call E.new; method A.x; method B.x; "
	  "method C.x; method E.x" },
	{ "fn f(a: A) { let a = b(); a.x() }", "type A; call b; method x" },
	{ "fn f(a: A) { g(&mut a); a.x() }", "type A; call g; method A.x" },
	{ "fn f() { v.map(|a: A| a.x()) }", "method map; type A; method A.x" },
	/* what is no use */
	{ "#[derive(A)] #[b(C::d())] struct E;", "" },
	{ "use a::{B, c::d}; use e::*; extern crate f;", "" },
	{ "// A::b()\nfn f() { \"A::b()\"; /* c() */ }", "" },
	{ "fn f<'a>(x: &'a u8) { 'b: loop { break 'b } }", "" },
	{ "mod a { fn b() {} }", "" },
	{ "fn r#fn() { r#match(); }", "call match" },
	/* damage */
	{ "fn f( { a( B::", "call a; type B" },
	{ "}} a(", "call a" },
	{ ". :: a ( ! { <", "call a" },
};

START_TEST(what_code_uses_is_told_by_its_tokens)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct source s;
	struct references refs;

	source_read(&s, &a, SPAN("src/a.rs"), span_of(files[_i].src));
	reference_collect(&refs, &a, &s, NULL, 0);
	write_rows(&got, &refs);
	ck_assert_msg(!strcmp(buf_cstr(&got), files[_i].rows),
		      "%s\n%s, not\n%s", files[_i].src, buf_cstr(&got),
		      files[_i].rows);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

START_TEST(only_lines_with_the_flag_count)
{
	static const uint8_t line[] = { 0, 1, 2, 3, 0, 0 };
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct source s;
	struct references refs;

	source_read(&s, &a, SPAN("src/a.rs"),
		    SPAN("fn a() { A::x() }\nfn b() { B::x() }\n"
			 "fn c() { C::x() }\nfn d() { D::x() }\n"));
	reference_collect(&refs, &a, &s, line, 2);
	write_rows(&got, &refs);
	ck_assert_str_eq(buf_cstr(&got), "type B; call B.x; type C; call C.x");
	buf_release(&got);
	arena_release(&a);
}
END_TEST

Suite *rust_reference_suite(void)
{
	Suite *s = suite_create("rust_reference");
	TCase *tc = tcase_create("core");

	add_rows(tc, what_code_uses_is_told_by_its_tokens, files);
	tcase_add_test(tc, only_lines_with_the_flag_count);
	suite_add_tcase(s, tc);
	return s;
}
