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
	{ "fn f() {\n // SAFETY: x\n let a = unsafe { b() };\n\n"
	  " unsafe { g() }\n}",
	  "5", NULL },
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
	{ "fn f() {\n let s = \"SAFETY: x\";\n unsafe { *p }\n}", "3", NULL },
	/* where blocks stand */
	{ "fn f() {\n match a {\n  A => unsafe { g() },\n  B => 0,\n }\n}", "3",
	  NULL },
	{ "fn f() {\n if unsafe { g() } {\n  h();\n }\n}", "2", NULL },
	{ "fn f() {\n println!(\"{}\", unsafe { *p });\n}", "2", NULL },
	{ "fn f() {\n v.iter().map(|i| unsafe {\n  *p.add(*i)\n })\n}", "2",
	  NULL },
	{ "fn f() {\n // read the length\n unsafe { *p }\n}", "3", NULL },
	{ "fn f() {\n // this is unsafe\n unsafe { *p }\n}", "3", NULL },
	{ "unsafe fn f() {\n fn g() {\n  unsafe { h() }\n }\n}", "3", NULL },
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
	{ "fn f() {\n // SAFETY: each is taken once\n"
	  " let a = unsafe { b() };\n let c = unsafe { d() };\n"
	  " unsafe { e() }\n}",
	  "above statements in a row", NULL },
	{ "fn f() {\n // p was checked above, and is valid\n unsafe { *p }\n}",
	  "a reason in other words", NULL },
	{ "// Safe since an address is never followed.\n"
	  "unsafe impl Send for Address {}",
	  "a reason in other words", NULL },
	{ "/// # Safety\n/// `p` is valid.\nunsafe fn f(p: *const u8) -> u8 {\n"
	  " unsafe { *p }\n}",
	  "the callers have taken it over", NULL },
	{ "unsafe fn f() { h(); unsafe { g() } }",
	  "the callers have taken it over, said or not", NULL },
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
	{ "fn f() {\n // SAFETY: x\n let a = A {\n  b: 1,\n  c: unsafe { d() },"
	  "\n };\n}",
	  "above the statement with its struct", NULL },
	{ "fn f() {\n// SAFETY: a\nS {\n#[cfg(b)]\na: unsafe { g() },\n}\n}",
	  "above the struct of a field with an attribute", NULL },
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

#define U(call) "fn f() {\n unsafe { " call " }\n}"

static const struct hit call_hits[] = {
	{ U("transmute::<A, B>(a)"), "2", NULL },
	{ U("std::mem::transmute(a)"), "2", NULL },
	{ "use std::mem;\n" U("mem::transmute::<&A, &'static A>(a)"), "3",
	  NULL },
	{ U("std::mem::transmute_copy(&a)"), "2", NULL },
	{ "const fn f(n: usize) -> N { unsafe { N::new_unchecked(n) } }", "1",
	  NULL },
	{ "const fn f() -> N { unsafe { N::new_unchecked(0) } }", "1", NULL },
	{ "fn f() {\n // Leaks the handler.\n let h = a(&b);\n let i = c();\n"
	  " std::mem::forget(h);\n}",
	  "5", NULL },
	{ "fn f() {\n // Leaks the handler.\n let h = a(&b);\n"
	  " std::mem::forget(i);\n}",
	  "4", NULL },
	{ "fn f() {\n // Install the handler.\n std::mem::forget(h);\n}", "3",
	  NULL },
	{ "fn f() {\n std::mem::forget(a);\n}", "2", NULL },
	{ "use std::mem::forget;\nfn f() {\n forget(a);\n}", "3", NULL },
	{ "use std::mem;\nfn f() {\n mem::forget(guard);\n}", "3", NULL },
	{ U("v.set_len(n)"), "2", NULL },
	{ U("std::slice::from_raw_parts(p, n)"), "2", NULL },
	{ U("slice::from_raw_parts_mut(p, n)"), "2", NULL },
	{ U("Vec::from_raw_parts(p, n, c)"), "2", NULL },
	{ U("Vec::<u8>::from_raw_parts(p, n, c)"), "2", NULL },
	{ U("Box::from_raw(p)"), "2", NULL },
	{ U("drop(Arc::from_raw(p))"), "2", NULL },
	{ U("File::from_raw_fd(fd)"), "2", NULL },
	{ U("str::from_utf8_unchecked(b)"), "2", NULL },
	{ U("*v.get_unchecked(i)"), "2", NULL },
	{ U("NonNull::new_unchecked(p)"), "2", NULL },
	{ U("Pin::new_unchecked(&mut self.a)"), "2", NULL },
	{ U("o.unwrap_unchecked()"), "2", NULL },
	{ U("std::hint::unreachable_unchecked()"), "2", NULL },
	{ U("a.assume_init()"), "2", NULL },
	{ U("std::mem::zeroed::<A>()"), "2", NULL },
	{ U("ManuallyDrop::drop(&mut a)"), "2", NULL },
	{ U("data.build_unchecked()"), "2", NULL },
	{ "unsafe fn f(v: &[u8]) -> u8 {\n *v.get_unchecked(0)\n}", "2", NULL },
	{ "fn f() {\n // the first byte\n unsafe { *v.get_unchecked(0) }\n}",
	  "3", NULL },
	{ "fn f() {\n unsafe {\n  a.set_len(n);\n  b.assume_init()\n }\n}",
	  "3 4", NULL },
};

static const struct miss call_misses[] = {
	{ "const fn f() -> N { unsafe { N::new_unchecked(8) } }", "a literal",
	  NULL },
	{ "fn f() {\n // Install the handler and forget about it.\n //\n"
	  " // It must outlive a panic.\n let h = a(&b);\n"
	  " std::mem::forget(h);\n}",
	  "said above what is forgotten", NULL },
	{ "fn f() {\n // Leaks the handler: it must outlive a panic.\n"
	  " std::mem::forget(h);\n}",
	  "said", NULL },
	{ "fn f() {\n // SAFETY: reserved and filled above\n"
	  " unsafe { v.set_len(n) }\n}",
	  "the block says why", NULL },
	{ "fn f() {\n unsafe {\n  // SAFETY: filled above\n  v.set_len(n)\n "
	  "}\n}",
	  "the call says why", NULL },
	{ "fn f() {\n // This is safe: i < n.\n unsafe { v.get_unchecked(i) "
	  "}\n}",
	  "says why in other words", NULL },
	{ "fn f() {\n // SAFETY: each is taken once\n"
	  " let a = unsafe { ManuallyDrop::take(b) };\n"
	  " let c = unsafe { ManuallyDrop::take(d) };\n}",
	  "the statement above says why", NULL },
	{ "fn f() {\n // p is never null\n"
	  " let a = unsafe { NonNull::new_unchecked(p) };\n}",
	  "says what it trusts in", NULL },
	{ "/// # Safety\n/// `i` is in bounds.\nunsafe fn f(v: &[u8], i: "
	  "usize) "
	  "-> u8 {\n *v.get_unchecked(i)\n}",
	  "its unsafe fn hands it on", NULL },
	{ "fn f() { self.get_unchecked(i) }",
	  "callable without unsafe: one's own", NULL },
	{ "fn f() { let p = build_unchecked(); }", "callable without unsafe",
	  NULL },
	{ "fn f() { let a = set_len(n); }", "callable without unsafe", NULL },
	{ "fn f() { file.set_len(n)?; }", "a file's, which is safe", NULL },
	{ U("NonNull::new_unchecked(Box::into_raw(b))"),
	  "into_raw gives no null pointer", NULL },
	{ U("UnixStream::from_raw_fd(s.into_raw_fd())"),
	  "the descriptor was given up", NULL },
	{ "fn f() { let fd = s.into_raw_fd(); unsafe { A::from_raw_fd(fd) } }",
	  "the descriptor was given up", NULL },
	{ "impl A { fn into_raw(self) -> *mut B { let p = self.p; "
	  "std::mem::forget(self); p } }",
	  "what it is for", NULL },
	{ "impl A { fn disarm(self) { std::mem::forget(self) } }",
	  "what it is for", NULL },
	{ "fn f() {\n // the list is its owner now\n std::mem::forget(g);\n}",
	  "says why", NULL },
	{ "fn f() { self.forget(a); forget(b); names::forget(c) }",
	  "another forget", NULL },
	{ "fn transmute(a: A) -> B { a.into() }", "a definition", NULL },
	{ "unsafe fn get_unchecked(&self, i: usize) {}", "a definition", NULL },
	{ U("let g = transmute; g"), "a name, not called", NULL },
	{ "use std::mem::transmute;", "an import", NULL },
	{ U("g(p)"), "another call", NULL },
	{ U("*p.add(1)"), "no call of the table", NULL },
	{ "fn f() {\n // transmute(a)\n g(\"set_len(n)\")\n}",
	  "a comment, a string", NULL },
	{ "macro_rules! m { () => { unsafe { a.set_len(1) } } }",
	  "a macro's definition", NULL },
	{ "#[test]\nfn t() { unsafe { v.set_len(1) } }", "a test", NULL },
};

RULE_TABLES(rule_unsafe_call, call_hits, call_misses)

static const struct change_miss call_change_misses[] = {
	{ "fn f() {\n unsafe { v.set_len(1) }\n}",
	  "fn f() {\n unsafe { v.set_len(2) }\n}", "touched in part" },
	{ "impl A {\n fn f() {\n unsafe { v.set_len(1) }\n}\n}",
	  "impl A {\n fn f() {\n  g();\n  unsafe { v.set_len(n) }\n}\n}",
	  "touched in part" },
	{ "fn a() { unsafe { b() } }\nfn c() { unsafe { d() } }\n",
	  "fn a() { unsafe { b() } }\nfn c() { unsafe { d() } }\n"
	  "fn f() { unsafe { v.set_len(1) } }\n",
	  "the file never says why" },
};

START_TEST(calls_that_were_there_are_none)
{
	const struct change_miss *m = &call_change_misses[_i];

	change_check(&rule_unsafe_call, m->was, m->now, "", m->why);
}
END_TEST

START_TEST(one_call_more_than_before_is_found)
{
	change_check(&rule_unsafe_call,
		     "fn f() {\n unsafe { v.set_len(1) };\n}",
		     "fn f() {\n unsafe { v.set_len(1) };\n"
		     " unsafe { w.set_len(1) };\n}",
		     "3", "hit");
}
END_TEST

/* What the question names. */
static const struct {
	const char *call, *says;
} needs[] = {
	{ "Vec::from_raw_parts(p, n, c)", "come from one such value" },
	{ "slice::from_raw_parts(p, n)", "valid for so many elements" },
	{ "Box::from_raw(p)", "`into_raw` of the same type" },
	{ "v.get_unchecked(i)", "the index is in bounds" },
	{ "self.get_unchecked_mut()", "what the checked form would test" },
	{ "NonNull::new_unchecked(p)", "the pointer is not null" },
	{ "NonZeroU32::new_unchecked(p)", "the value is not zero" },
	{ "Pin::new_unchecked(p)", "never moves again" },
	{ "Email::new_unchecked(p)", "what the checked form would test" },
	{ "v.set_len(n)", "below it is initialised" },
};

START_TEST(the_question_names_what_must_hold)
{
	struct rule_try t;
	struct buf b = { 0 }, text = { 0 };

	buf_addf(&b, "fn f() { unsafe { %s } }", needs[_i].call);
	rule_try(&t, NULL, NULL, buf_cstr(&b), LINE_ADDED);
	vec_each (struct rule_group, g, &t.report.groups)
		if (g->rule == &rule_unsafe_call)
			rule_group_write(&text, g);
	ck_assert_msg(strstr(buf_cstr(&text), needs[_i].says), "%s",
		      buf_cstr(&text));
	ck_assert(span_ends(buf_span(&text), "sure of it here?"));
	buf_release(&text);
	buf_release(&b);
	rule_try_end(&t);
}
END_TEST

#define OLD "fn a() {\n unsafe { b() }\n}\n"
#define SAID "fn c() {\n // SAFETY: d\n unsafe { e() }\n}\n"

static const struct change_hit change_hits[] = {
	{ "fn f() {}", "fn f() {\n unsafe { g() }\n}", "2" },
	{ OLD, OLD "fn f() {\n unsafe { g() }\n}", "5" },
	{ SAID, SAID "fn f() {\n unsafe { g() }\n}", "6" },
	{ OLD OLD SAID SAID, OLD OLD SAID SAID "fn f() {\n unsafe { g() }\n}",
	  "16" },
	{ "fn f() {\n unsafe { g() }\n}",
	  "fn f() {\n unsafe { g() };\n unsafe { h() }\n}", "3" },
	{ "struct A;\n", "struct A;\nunsafe impl Send for A {}\n", "2" },
	/* what goes away excuses nothing */
	{ "fn a() {\n unsafe { *p }\n}\nfn f() {}",
	  "fn a() {}\nfn f() {\n unsafe { transmute(q) }\n}", "3" },
	{ "fn f() {\n unsafe { *p }\n}",
	  "fn f() {\n unsafe { transmute(q) }\n}", "2" },
	{ "fn f() {\n unsafe { g(1) }\n}", "fn h() {\n unsafe { g(2) }\n}",
	  "2" },
	{ "fn f() {\n unsafe { g() }\n}",
	  "fn f() {\n unsafe { g() }\n}\nfn h() { unsafe { g() } }", "4" },
	{ "unsafe impl Send for A {}", "unsafe impl Sync for A {}", "1" },
	{ "unsafe impl Send for A {}", "unsafe impl Send for B {}", "1" },
	{ "const A: u8 = unsafe { a() };", "const B: u8 = unsafe { b() };",
	  "1" },
};

static const struct change_miss change_misses[] = {
	{ "fn f() {\n unsafe { g(1) }\n}", "fn f() {\n unsafe { g(2) }\n}",
	  "touched in part" },
	{ "fn f() {\n unsafe { g() }\n}",
	  "fn f() {\n if a {\n  unsafe { g() }\n }\n}", "wrapped" },
	{ "fn f() {\n unsafe { g(); h() }\n}",
	  "fn f() {\n unsafe {\n  g();\n  h()\n }\n}", "laid out anew" },
	{ "fn f() {\n unsafe { g() }\n}", "fn h() {\n  unsafe { g() }\n}",
	  "in a fn of another name" },
	{ "fn f() {\n unsafe { g() };\n unsafe { i() }\n}",
	  "fn f() {\n unsafe { h() }\n}", "fewer than before" },
	{ "fn f() { unsafe { g() } }\nfn h() { i() }",
	  "fn f() { unsafe { j() } }\nfn h() { i() }\nfn k() {\n"
	  " unsafe { g() }\n}",
	  "the same as before, elsewhere" },
	{ "unsafe impl Send for A {}", "unsafe impl<T: B> Send for A {}",
	  "of the same trait for the same type" },
	{ "const A: u8 = unsafe { a(1) };", "const A: u8 = unsafe { a(2) };",
	  "touched in part, in a const" },
	{ OLD OLD, OLD OLD "fn f() {\n unsafe { g() }\n}",
	  "the file never says why" },
	{ "unsafe impl Send for A {}\n\nunsafe impl Sync for A {}\n" SAID SAID
		  SAID,
	  "unsafe impl Send for A {}\n\nunsafe impl Sync for A {}\n" SAID SAID
		  SAID "unsafe impl Send for B {}\n",
	  "impls of the file never say why" },
	{ OLD OLD SAID, OLD OLD SAID "fn f() {\n unsafe { g() }\n}",
	  "the file seldom says why" },
};

START_TEST(unsafe_code_that_a_change_adds_is_found)
{
	const struct change_hit *h = &change_hits[_i];

	change_check(&rule_unsafe_without_safety, h->was, h->now, h->lines,
		     "hit");
}
END_TEST

START_TEST(unsafe_code_that_was_there_is_none)
{
	const struct change_miss *m = &change_misses[_i];

	change_check(&rule_unsafe_without_safety, m->was, m->now, "", m->why);
}
END_TEST

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
	ck_assert_ptr_eq(t.report.groups.ptr[0].rule,
			 &rule_unsafe_without_safety);
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
	add_rule_rows(tc, rule_unsafe_call, call_hits, call_misses);
	add_rows(tc, calls_that_were_there_are_none, call_change_misses);
	tcase_add_test(tc, one_call_more_than_before_is_found);
	add_rows(tc, the_question_names_what_must_hold, needs);
	add_rows(tc, unsafe_code_that_a_change_adds_is_found, change_hits);
	add_rows(tc, unsafe_code_that_was_there_is_none, change_misses);
	add_rows(tc, a_stub_goes_above_the_statement_indented_alike, stubs);
	suite_add_tcase(s, tc);
	return s;
}
