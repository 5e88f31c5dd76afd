/* What a change does to the items of its files. */
#include "rust/apidiff.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/*
 * Two files of a public library, before and after, and the rows: `+` added, `-`
 * removed, `~` changed, `>` renamed; `!` it breaks others; `p` and `P`: public
 * before and after; then the name and what differs. `?`: a field or variant
 * more may break others.
 */
struct row {
	const char *was, *now, *rows;
};

static const struct row rows[] = {
	/* no difference */
	{ "pub fn f() {}", "pub fn f() {}", "" },
	{ "pub fn f() {}", "/// doc\n#[inline]\npub  fn f () { }", "" },
	{ "pub fn f(a: u8) {}", "pub fn f(b: u8) {}", "~pP f" },
	{ "pub fn f(mut a: u8);", "pub fn f(a: u8,);", "~pP f" },
	{ "pub fn f<T: A + B>(t: T) {}", "pub fn f<U>(t: U) where U: B + A {}",
	  "~pP f" },
	{ "pub fn f<'a>(a: &'a str) -> A<'a> {}",
	  "pub fn f(a: &str) -> A<'_> {}", "~pP f" },
	{ "pub fn f<'a, T: 'a>(t: T) {}", "pub fn f<T>(t: T) {}", "~pP f" },
	{ "pub fn f() -> std::io::Result<()> {}",
	  "pub fn f() -> io::Result<()> {}", "~pP f" },
	{ "pub fn f() -> () {}", "pub fn f() {}", "~pP f" },
	{ "pub type A = Box<(dyn B + C)>;", "pub type A = Box<dyn B + C>;",
	  "~pP A" },
	{ "pub fn f(a: &(dyn A), b: ((u8))) {}",
	  "pub fn f(a: &dyn A, b: u8) {}", "~pP f" },
	{ "pub fn f(a: (u8,)) {}", "pub fn f(a: u8) {}",
	  "~!pP f parameter `a` of another type" },
	{ "pub fn f(a: fn(u8)) {}", "pub fn f(a: fn()) {}",
	  "~!pP f parameter `a` of another type" },
	{ "pub fn f(a: [u8; (A + B) * 2]) {}",
	  "pub fn f(a: [u8; A + B * 2]) {}",
	  "~!pP f parameter `a` of another type" },
	/* what an alias stands for */
	{ "pub fn f(a: Option<&(dyn A + Send)>) {}",
	  "pub type B = (dyn A + Send); pub fn f(a: Option<&B>) {}",
	  "~pP f; +P B" },
	{ "type B = C; type C = u8; pub fn f() -> B { }",
	  "type B = C; type C = u8; pub fn f() -> u8 {}", "~pP f" },
	{ "pub type B = u8; pub fn f(a: B) {}",
	  "pub type B = u16; pub fn f(a: B) { }", "~!pP B another type" },
	{ "pub fn f(a: u8) {}", "type B = u16; pub fn f(a: B) {}",
	  "~!pP f parameter `a` of another type; + B" },
	{ "pub fn f(a: u8) {}",
	  "mod m { type B = u8; } mod n { type B = u16; } pub fn f(a: B) {}",
	  "~!pP f parameter `a` of another type; + m; + B; + n; + B" },
	{ "pub fn f(a: u8) {}", "trait T { type B = u8; } pub fn f(a: B) {}",
	  "~!pP f parameter `a` of another type; + T" },
	{ "type B = B; pub fn f(a: u8) {}", "type B = B; pub fn f(a: B) {}",
	  "~!pP f parameter `a` of another type" },
	{ "pub fn f() -> P<Result<A, io::Error>> {}",
	  "pub fn f() -> P<std::io::Result<A>> {}", "~pP f" },
	{ "pub struct A; impl A { pub fn new() -> A { } }",
	  "pub struct A; impl A { pub fn new() -> Self { } }", "~pP A::new" },
	{ "pub struct A<T>(T); impl<T> A<T> { pub fn new(t: T) -> A<T> { } }",
	  "pub struct A<U>(U); impl<U> A<U> { pub fn new(t: U) -> Self { } }",
	  "~pP A; ~pP A::new" },
	{ "pub struct A { a: u8 }", "pub struct A { b: u16, c: u8 }", "~pP A" },
	{ "pub struct A { pub a: u8, b: u8 }",
	  "pub struct A { b: u8, pub a: u8 }", "~pP A" },
	{ "pub enum A { B, C }", "pub enum A { C, B, }", "~pP A" },
	{ "pub enum A { B { a: u8 } }", "pub enum A { B { a: u8, } }",
	  "~pP A" },
	{ "pub const A: u8 = 1;", "pub const A: u8 = 2;", "~pP A" },
	{ "pub unsafe fn f() {}", "pub fn f() {}", "~pP f no longer `unsafe`" },
	{ "pub fn f() {}", "pub const fn f() {}", "~pP f `const` now" },
	/* bodies, and what is private */
	{ "pub fn f() { a }", "pub fn f() { b }", "~pP f" },
	{ "fn f(a: u8) {}", "fn f(a: u16) {}",
	  "~ f parameter `a` of another type" },
	{ "pub(crate) fn f() {}", "", "- f" },
	{ "fn f() { fn g() {} }", "fn f() { fn h() {} }", "~ f" },
	{ "mod a { pub fn f() {} }", "mod a { }", "- f" },
	{ "#[doc(hidden)] pub fn f() {}", "", "- f" },
	{ "#[doc(hidden)] pub mod a { pub fn f() {} }",
	  "#[doc(hidden)] pub mod a { }", "- f" },
	{ "#[cfg(test)] pub fn f() {}", "", "- f" },
	{ "struct A; impl A { pub fn f(&self) {} }", "struct A; impl A { }",
	  "- A::f" },
	{ "macro_rules! a { () => {} }", "", "- a" },
	{ "fn f() {}", "fn g() {}", "+ g; - f" },
	/* removed */
	{ "pub fn f() {}", "", "-!p f" },
	{ "pub struct A;", "", "-!p A" },
	{ "pub mod a { pub fn f() {} }", "pub mod a { }", "-!p f" },
	{ "mod a { pub fn f() {} } pub use a::f;", "mod a { } pub use a::f;",
	  "-p f" },
	{ "pub struct A; impl A { pub fn f(&self) {} }",
	  "pub struct A; impl A { }", "-!p A::f" },
	{ "impl A { pub fn f(&self) {} }", "impl A { }", "-!p A::f" },
	{ "pub struct A; impl A { pub fn f(&self) {} }", "", "-!p A; -p A::f" },
	{ "pub trait A { fn f(&self); fn g(&self) {} }",
	  "pub trait A { fn f(&self); }", "-!p A::g" },
	{ "pub trait A { fn f(&self); }", "", "-!p A" },
	{ "pub struct A; impl Clone for A { fn clone(&self) {} }",
	  "pub struct A;", "-!p Clone for A" },
	{ "#[derive(Clone, Debug)] pub struct A;",
	  "#[derive(Debug)] pub struct A;", "-!p Clone for A" },
	{ "#[derive(Clone)] pub struct A;",
	  "pub struct A; impl Clone for A { fn clone(&self) {} }", "" },
	{ "pub struct A; impl Mine for A {}", "pub struct A;", "- Mine for A" },
	{ "pub struct A; impl From<B> for A {} impl From<C> for A {}",
	  "pub struct A; impl From<C> for A {}", "-!p From<B> for A" },
	{ "#[macro_export] macro_rules! a { () => {} }", "", "-!p a" },
	{ "pub use a::{A, B};", "pub use a::{A};", "-!p B" },
	{ "pub use a::*;", "", "-!p *" },
	{ "pub use a::*;", "pub use b::*;", "+P *; -p *" },
	{ "pub struct A;", "pub use b::A;", "+P A; -p A" },
	{ "pub struct A;", "pub use b::*;", "+P *; -p A" },
	{ "pub use b::A;", "pub struct A;", "+P A; -p A" },
	/* one of two by cfg */
	{ "#[cfg(a)] pub fn f() {} #[cfg(b)] pub fn f() { 1 }",
	  "#[cfg(b)] pub fn f() { 1 }", "-p f" },
	{ "#[cfg(a)] pub fn f() { 1 } #[cfg(b)] pub fn f() { 2 }",
	  "#[cfg(a)] pub fn f() { 1 } #[cfg(b)] pub fn f() { 3 }", "~pP f" },
	/* added */
	{ "", "pub fn f() {}", "+P f" },
	{ "", "fn f() {}", "+ f" },
	{ "", "pub trait A { fn f(); }", "+P A" },
	{ "pub trait A { }", "pub trait A { fn f(); }", "+!P A::f required" },
	{ "pub trait A { }", "pub trait A { fn f() {} }", "+P A::f" },
	{ "pub trait A { }", "pub trait A { type B; const C: u8 = 1; }",
	  "+!P A::B required; +P A::C" },
	{ "pub trait A: Sealed { }", "pub trait A: Sealed { fn f(); }",
	  "+P A::f" },
	{ "trait A { }", "trait A { fn f(); }", "+ A::f" },
	{ "pub struct A;", "#[derive(Clone)] pub struct A;", "+P Clone for A" },
	/* functions */
	{ "pub fn f() {}", "pub async fn f() {}", "~!pP f `async` now" },
	{ "pub async fn f() {}", "pub fn f() {}", "~!pP f no longer `async`" },
	{ "pub fn f() {}", "pub unsafe fn f() {}", "~!pP f `unsafe` now" },
	{ "pub const fn f() {}", "pub fn f() {}", "~!pP f no longer `const`" },
	{ "pub fn f(a: u8) {}", "pub fn f() {}",
	  "~!pP f 0 parameters instead of 1" },
	{ "pub fn f(a: u8) {}", "pub fn f(a: u8, b: u8) {}",
	  "~!pP f 2 parameters instead of 1" },
	{ "pub fn f(a: u8) {}", "pub fn f(mut a: u16) {}",
	  "~!pP f parameter `a` of another type" },
	{ "pub fn f(a: &A) {}", "pub fn f(a: &mut A) {}",
	  "~!pP f parameter `a` of another type" },
	{ "pub fn f((a, b): (A, B)) {}", "pub fn f((a, c): (A, C)) {}",
	  "~!pP f parameter `(` of another type" },
	{ "pub fn f() -> A {}", "pub fn f() -> Option<A> {}",
	  "~!pP f another return type" },
	{ "pub fn f() {}", "pub fn f() -> bool {}",
	  "~!pP f another return type" },
	{ "pub fn f() -> Result<A, B> {}", "pub fn f() -> Result<A, C> {}",
	  "~!pP f another return type" },
	{ "pub fn f() -> Box<dyn A> {}", "pub fn f() -> Box<dyn A + Send> {}",
	  "~!pP f another return type" },
	{ "pub fn f<T>(t: T) {}", "pub fn f<T: Send>(t: T) {}",
	  "~!pP f other bounds" },
	{ "pub fn f<T>(t: T) {}", "pub fn f<T: 'static>(t: T) {}",
	  "~!pP f other bounds" },
	{ "pub fn f<T: Send>(t: T) {}", "pub fn f<T>(t: T) {}",
	  "~pP f fewer bounds" },
	{ "pub fn f<T>(t: T) {}", "pub fn f<T, const N: usize>(t: T) {}",
	  "~!pP f 2 generic parameters instead of 1" },
	{ "pub fn f<const N: usize>() {}", "pub fn f<const N: u8>() {}",
	  "~!pP f other generic parameters" },
	{ "pub struct A; impl A { pub fn f(&self) {} }",
	  "pub struct A; impl A { pub fn f(&mut self) {} }",
	  "~!pP A::f another kind of `self`" },
	{ "pub struct A; impl A { pub fn f(self) {} }",
	  "pub struct A; impl A { pub fn f(mut self) {} }", "~pP A::f" },
	{ "pub struct A; impl A { pub fn f(&self) {} }",
	  "pub struct A; impl A { pub fn f() {} }", "~!pP A::f no `self`" },
	{ "pub fn f() {}", "pub(crate) fn f() {}",
	  "~!p f no longer visible to other crates" },
	{ "fn f() {}", "pub fn f() {}", "~P f visible to other crates now" },
	{ "pub extern \"C\" fn f() {}", "pub fn f() {}",
	  "~!pP f no longer `extern`" },
	/* types */
	{ "pub struct A { pub a: u8 }", "pub struct A { }",
	  "~!pP A pub field `a` removed" },
	{ "pub struct A { pub a: u8 }", "pub struct A { pub a: u16 }",
	  "~!pP A pub field `a` of another type" },
	{ "pub struct A { pub a: u8, b: u8 }", "pub struct A { a: u8, b: u8 }",
	  "~!pP A pub field `a` no longer pub" },
	{ "pub struct A { pub a: u8 }", "pub struct A { pub a: u8, b: u8 }",
	  "~?pP A field `b` added" },
	{ "pub struct A { a: u8 }", "pub struct A { a: u8, pub b: u8 }",
	  "~pP A pub field `b` added" },
	{ "#[non_exhaustive] pub struct A { pub a: u8 }",
	  "#[non_exhaustive] pub struct A { pub a: u8, pub b: u8 }",
	  "~pP A pub field `b` added" },
	{ "pub struct A(pub u8);", "pub struct A(pub u16);",
	  "~!pP A pub field `` of another type" },
	{ "pub struct A;", "pub struct A { pub a: u8 }",
	  "~!pP A fields of another form" },
	{ "pub struct A { pub a: B }",
	  "#[non_exhaustive] pub struct A { pub a: B }",
	  "~!pP A `#[non_exhaustive]` now" },
	{ "pub enum A { B, C }", "pub enum A { B }",
	  "~!pP A variant `C` removed" },
	{ "pub enum A { B }", "pub enum A { B, C }",
	  "~?pP A variant `C` added" },
	{ "#[non_exhaustive] pub enum A { B }",
	  "#[non_exhaustive] pub enum A { B, C }", "~pP A variant `C` added" },
	{ "pub enum A { B(u8) }", "pub enum A { B(u8, u8) }",
	  "~!pP A variant `B` holds something else" },
	{ "pub enum A { B = 1 }", "pub enum A { B = 2 }", "~pP A" },
	{ "pub struct A { pub a: u8 }", "pub enum A { B }",
	  "~!pP A `enum` instead of `struct`" },
	{ "pub struct A<T>(T);", "pub struct A<T: Send>(T);",
	  "~!pP A other bounds" },
	{ "pub type A = B;", "pub type A = C;", "~!pP A another type" },
	{ "pub const A: u8 = 1;", "pub const A: u16 = 1;",
	  "~!pP A of another type" },
	{ "pub static A: u8 = 1;", "pub static mut A: u8 = 1;",
	  "~!pP A `mut` now" },
	{ "pub trait A {}", "pub trait A: Send {}",
	  "~!pP A other supertraits" },
	{ "pub trait A { fn f() {} }", "pub trait A { fn f(); }",
	  "~!pP A::f no default any more" },
	{ "pub trait A { fn f(); }", "pub trait A { fn f() {} }",
	  "~pP A::f a default now" },
	{ "pub trait A { fn f(&self); }", "pub trait A { fn f(&self, a: B); }",
	  "~!pP A::f 1 parameter instead of 0" },
	{ "pub trait A { type B: C; }", "pub trait A { type B: D; }",
	  "~!pP A::B other bounds" },
	{ "pub unsafe trait A {}", "pub trait A {}",
	  "~pP A no longer `unsafe`" },
	{ "pub mod a { pub fn f() {} }", "mod a { pub fn f() {} }",
	  "~!p a no longer visible to other crates" },
	/* renamed, moved */
	{ "pub fn f(a: A) { b.c(d, e); g.h(); }",
	  "pub fn x(a: A) { b.c(d, e); g.h(); }", ">!pP f as x" },
	{ "fn f(a: A) { b.c(d, e); g.h(); }",
	  "fn x(a: A) { b.c(d, e); g.h(); }", "> f as x" },
	{ "pub fn f() {}", "pub mod a { pub fn f() {} }", "+P a" },
	{ "pub fn f() {}", "mod a { pub fn f() {} }",
	  "~!p f no longer visible to other crates; + a" },
	/* damage */
	{ "pub fn f(a: A", "pub fn f(", "~!pP f 0 parameters instead of 1" },
	{ "pub struct A { pub", "pub enum A {",
	  "~!pP A `enum` instead of `struct`" },
};

/* The same of a change of two files. */
static const struct {
	struct row one;
	const char *was, *now;
} moves[] = {
	{ { "pub fn f() {}", "", "" }, "", "pub fn f() {}" },
	{ { "pub fn f() { 1 }", "", "~pP f" }, "", "pub fn f() { 2 }" },
	{ { "pub struct A; impl A { pub fn f() {} }", "", "" },
	  "",
	  "pub struct A; impl A { pub fn f() {} }" },
	{ { "pub fn f() {} fn g() {}", "fn g() { 1 }", "~ g; -p f; +P f" },
	  "",
	  "pub use x::f;" },
	{ { "pub struct A; impl A { pub fn f() {} }", "pub struct A;", "" },
	  "",
	  "impl A { pub fn f() {} }" },
	{ { "#[test] fn f() { a(1) }", "", "- f; + f" },
	  "",
	  "#[test] fn f() { b(2) }" },
};

static void write_row(struct buf *b, const struct api_row *r)
{
	static const char *const breaks[] = { "", "?", "!" };

	buf_adds(b, b->len ? "; " : "");
	buf_addc(b, "+-~>"[r->op]);
	buf_addf(b, "%s%s%s %.*s", breaks[r->breaking],
		 r->was_public ? "p" : "", r->now_public ? "P" : "",
		 SPAN_ARG(r->name));
	if (r->op == API_RENAMED)
		buf_addf(b, " as %.*s", SPAN_ARG(r->new_name));
	if (r->what.len)
		buf_addf(b, " %.*s", SPAN_ARG(r->what));
}

struct pair {
	struct source was[2], now[2];
	struct rule_file file[2];
};

static void read_pair(struct pair *p, struct arena *a, const char *text[4])
{
	static const struct reach reach = { .module = REACH_PUBLIC,
					    .library = true };

	for (size_t i = 0; i < 2; i++) {
		source_read(&p->was[i], a, SPAN("src/a.rs"),
			    span_of(text[2 * i]));
		source_read(&p->now[i], a, SPAN("src/a.rs"),
			    span_of(text[2 * i + 1]));
		p->file[i].was = &p->was[i];
		p->file[i].now = &p->now[i];
		p->file[i].reach = &reach;
	}
}

static void check_rows(const char *text[4], const char *want)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	struct pair p = { 0 };
	struct api_diff d;

	read_pair(&p, &a, text);
	api_diff(&d, &a, p.file, 2);
	vec_each (const struct api_row, r, &d.rows)
		write_row(&b, r);
	ck_assert_msg(!strcmp(buf_cstr(&b), want), "'%s', not '%s'\n%s\n%s",
		      buf_cstr(&b), want, text[0], text[1]);
	buf_release(&b);
	arena_release(&a);
}

START_TEST(items_differ_or_not)
{
	const char *text[] = { rows[_i].was, rows[_i].now, "", "" };

	check_rows(text, rows[_i].rows);
}
END_TEST

START_TEST(items_move_between_files)
{
	const char *text[] = { moves[_i].one.was, moves[_i].one.now,
			       moves[_i].was, moves[_i].now };

	check_rows(text, moves[_i].one.rows);
}
END_TEST

START_TEST(a_file_differs_from_itself_in_nothing)
{
	const char *text[] = { rows[_i].now, rows[_i].now, rows[_i].was,
			       rows[_i].was };

	check_rows(text, "");
}
END_TEST

Suite *rust_apidiff_suite(void)
{
	Suite *s = suite_create("rust_apidiff");
	TCase *tc = tcase_create("apidiff");

	add_rows(tc, items_differ_or_not, rows);
	add_rows(tc, items_move_between_files, moves);
	add_rows(tc, a_file_differs_from_itself_in_nothing, rows);
	suite_add_tcase(s, tc);
	return s;
}
