#include "rule_rows.h"
#include "rust/rule.h"

static const struct hit hits[] = {
	{ "fn f(p: *const u8) -> u8 {\n unsafe { *p }\n}", "2", NULL },
	{ "fn f(p: *const u8) -> u8 { unsafe { *p } }", "1", NULL },
	{ "fn f() {\n let x = unsafe { g() };\n let y = unsafe { h() };\n}",
	  "2 3", NULL },
	{ "unsafe impl Send for Handle {}", "1", NULL },
	{ "struct A;\n\nunsafe impl<T: Send> Sync for Ring<T> {}", "3", NULL },
	{ "// the queue is shared\nunsafe impl Send for Queue {}", "2", NULL },
	/* a comment that belongs to something else */
	{ "fn f() {\n // SAFETY: x\n let a = 1;\n unsafe { g() }\n}", "4",
	  NULL },
	{ "fn f() {\n g(); // SAFETY: x\n unsafe { h() }\n}", "3", NULL },
	{ "fn f() {\n unsafe { g() } // SAFETY: behind\n}", "2", NULL },
	{ "// SAFETY: x\nunsafe impl Send for A {}\n\n"
	  "unsafe impl Sync for A {}",
	  "4", NULL },
	{ "fn f() {\n // SAFETY: x\n let a = if b {\n  unsafe { g() }\n"
	  " } else { c };\n}",
	  "4", NULL },
	{ "fn f() {\n unsafe {\n  g();\n  // SAFETY: too late\n  h();\n }\n}",
	  "2", NULL },
	/* words that are no SAFETY comment */
	{ "fn f() {\n // Safe, since p is valid.\n unsafe { *p }\n}", "3",
	  NULL },
	{ "fn f() {\n let s = \"SAFETY: x\";\n unsafe { *p }\n}", "3", NULL },
	/* where blocks stand */
	{ "fn f() {\n match a {\n  A => unsafe { g() },\n  B => 0,\n }\n}", "3",
	  NULL },
	{ "fn f() {\n if unsafe { g() } {\n  h();\n }\n}", "2", NULL },
	{ "fn f() {\n println!(\"{}\", unsafe { *p });\n}", "2", NULL },
	{ "fn f() {\n v.iter().map(|i| unsafe {\n  *p.add(*i)\n })\n}", "2",
	  NULL },
	{ "/// # Safety\n/// `p` is valid.\nunsafe fn f(p: *const u8) -> u8 {\n"
	  " unsafe { *p }\n}",
	  "4", NULL },
	{ "const A: &str =\n unsafe { from_utf8_unchecked(B) };", "2", NULL },
	{ "static A: u8 = unsafe { b() };", "1", NULL },
	{ "async fn f() {\n unsafe { g() }.await;\n}", "2", NULL },
	{ "impl Drop for A {\n fn drop(&mut self) {\n"
	  "  unsafe { free(self.0) }\n }\n}",
	  "3", NULL },
	{ "fn f() {\n g(\n  // the length\n  unsafe { h() },\n );\n}", "4",
	  NULL },
	{ "fn f() { let a = unsafe {}; }\n", "1", "src/main.rs" },
};

static const struct miss misses[] = {
	{ "fn f() {\n // SAFETY: p is valid\n unsafe { *p }\n}", "above",
	  NULL },
	{ "fn f() {\n // Safety: p is valid\n unsafe { *p }\n}", "in any case",
	  NULL },
	{ "fn f() {\n // p is checked.\n // safety: so it is valid\n //\n\n"
	  " unsafe { *p }\n}",
	  "in a run of comments, blank lines behind it", NULL },
	{ "fn f() {\n /* SAFETY: p\n  * is valid */\n unsafe { *p }\n}",
	  "a block comment", NULL },
	{ "fn f() {\n // SAFETY: x\n #[allow(unused)]\n // of g\n"
	  " unsafe { g() }\n}",
	  "attributes and comments between", NULL },
	{ "fn f() {\n // SAFETY: x\n let a =\n  unsafe { g() };\n}",
	  "above the statement", NULL },
	{ "fn f() {\n // SAFETY: x\n g(\n  a,\n  unsafe { *p },\n );\n}",
	  "above the call it is an argument of", NULL },
	{ "fn f() {\n // SAFETY: x\n let a = [\n  unsafe { b() },\n"
	  "  unsafe { c() },\n ];\n}",
	  "one for several of a statement", NULL },
	{ "fn f() {\n match a {\n  // SAFETY: x\n  A\n  | B => unsafe { g() "
	  "},\n"
	  " }\n}",
	  "above its match arm", NULL },
	{ "fn f() {\n unsafe {\n  // SAFETY: x\n  g()\n }\n}", "first inside",
	  NULL },
	{ "fn f() {\n unsafe { // SAFETY: x\n  g()\n }\n}",
	  "first inside, on its line", NULL },
	{ "fn f() {\n /* SAFETY: x */ unsafe { g() }\n}", "in front", NULL },
	{ "fn f() {\n let a = // SAFETY: x\n  unsafe { g() };\n}",
	  "behind the `=` of its statement", NULL },
	{ "// SAFETY: x\nunsafe impl Send for A {}", "above the impl", NULL },
	{ "// SAFETY: x\nunsafe impl Send for A {}\n"
	  "unsafe impl Sync for A {}\n#[cfg(b)]\nunsafe impl C for A {}",
	  "above impls in a row", NULL },
	{ "// SAFETY: x\n#[cfg(unix)]\nunsafe impl Send for A {}",
	  "above the impl's attribute", NULL },
	{ "/// # Safety\n///\n/// Tasks are pinned.\nunsafe impl Link for A {}",
	  "documented", NULL },
	{ "// SAFETY: x\nconst A: B =\n unsafe { c() };", "above the const",
	  NULL },
	{ "/// # Safety\n/// x\npub unsafe fn f() {}", "a declaration", NULL },
	{ "unsafe fn f() { g() }", "a declaration alone", NULL },
	{ "unsafe trait A {}", "a trait states it, an impl proves it", NULL },
	{ "unsafe extern \"C\" { fn f(); }", "an extern block", NULL },
	{ "struct A { f: unsafe fn(u8), g: unsafe extern \"C\" fn() }",
	  "pointer types", NULL },
	{ "fn f(g: unsafe fn()) {}", "a pointer's type", NULL },
	{ "#[unsafe(no_mangle)]\nfn f() {}", "an attribute", NULL },
	{ "macro_rules! m { () => { unsafe { g() } } }", "a macro's definition",
	  NULL },
	{ "// unsafe { g() }\n/// unsafe { h() }\nfn f() {}", "comments",
	  NULL },
	{ "fn f() { g(\"unsafe { h() }\") }", "a string", NULL },
	{ "fn f() { r#unsafe { a: 1 } }", "a raw identifier", NULL },
	{ "#[test]\nfn f() { unsafe { g() } }", "a test", NULL },
	{ "fn f() { unsafe { g() } }", "a benchmark", "benches/a.rs" },
};

RULE_TABLES(rule_unsafe_without_safety, hits, misses)

/* The stub as `from|text`; "" when there is none. */
static const struct {
	const char *src;
	const char *edits;
} stubs[] = {
	{ "fn f() {\n\tunsafe { g() }\n}",
	  "9|\t// SAFETY: state why this is sound\n" },
	{ "fn f() {\r\n  unsafe { g() }\r\n}",
	  "10|  // SAFETY: state why this is sound\r\n" },
	{ "unsafe impl Send for A {}",
	  "0|// SAFETY: state why this is sound\n" },
	{ "fn f() {\n let a =\n  unsafe { g() };\n}",
	  "9| // SAFETY: state why this is sound\n" },
	{ "fn f() {\n a(b, unsafe { g() },\n  unsafe { h() });\n}",
	  "9| // SAFETY: state why this is sound\n"
	  "31|  // SAFETY: state why this is sound\n" },
	{ "fn f() {\n a(unsafe { g() }, unsafe { h() });\n}",
	  "9| // SAFETY: state why this is sound\n" },
	{ "fn f() {\n #[a]\n unsafe { g() }\n}",
	  "9| // SAFETY: state why this is sound\n" },
	{ "fn f() {\n a(\"b\n c\"); unsafe { g() }\n}", "" },
};

START_TEST(a_stub_goes_above_the_statement_indented_alike)
{
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, NULL, NULL, stubs[_i].src, LINE_ADDED);
	ck_assert_uint_eq(t.report.groups.len, 1);
	vec_each (struct rule_place, p, &t.report.groups.ptr[0].places)
		vec_each (struct rule_edit, e, &p->edits) {
			ck_assert_uint_eq(e->from, e->to);
			buf_addf(&b, "%u|%.*s", e->from, SPAN_ARG(e->text));
		}
	ck_assert_str_eq(buf_cstr(&b), stubs[_i].edits);
	buf_release(&b);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_unsafe_suite(void)
{
	Suite *s = suite_create("rust_rule_unsafe");
	TCase *tc = tcase_create("unsafe");

	add_rule_rows(tc, rule_unsafe_without_safety, hits, misses);
	add_rows(tc, a_stub_goes_above_the_statement_indented_alike, stubs);
	suite_add_tcase(s, tc);
	return s;
}
