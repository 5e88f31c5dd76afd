#include "rule_rows.h"
#include "rust/rule.h"

static const struct change_hit errors[] = {
	{ "\n", "pub fn f() -> anyhow::Result<A> {}", "1" },
	{ "\n", "pub fn f() -> Result<A, anyhow::Error> {}", "1" },
	{ "\n", "use anyhow::Result;\npub fn f() -> Result<A> {}", "2" },
	{ "\n", "use anyhow::{Context, Result};\npub fn f() -> Result<()> {}",
	  "2" },
	{ "\n", "use anyhow as a;\npub fn f() -> a::Result<A> {}", "2" },
	{ "\n", "pub fn f() -> Result<A, Box<dyn Error>> {}", "1" },
	{ "\n", "pub fn f() -> Result<A, Box<dyn std::error::Error>> {}", "1" },
	{ "\n", "pub fn f() -> Result<A, Box<dyn Error + Send + Sync>> {}",
	  "1" },
	{ "\n",
	  "pub fn f() -> Result<A, Box<dyn ::std::error::Error + 'static>> {}",
	  "1" },
	{ "\n",
	  "use std::error::Error as E;\npub fn f() -> R<A, Box<dyn E>> {}",
	  "2" },
	{ "\n", "pub async fn f() -> anyhow::Result<A> {}", "1" },
	{ "\n", "pub fn f<T: B>(t: T) -> anyhow::Result<T> where T: C {}",
	  "1" },
	{ "\n", "pub fn f() -> eyre::Result<A> {}", "1" },
	{ "\n", "pub fn f() -> color_eyre::Result<A> {}", "1" },
	{ "\n", "pub fn f() -> Result<A, eyre::Report> {}", "1" },
	{ "\n",
	  "pub struct A;\nimpl A {\n pub fn f() -> anyhow::Result<A> {}\n}",
	  "3" },
	{ "pub trait A {}", "pub trait A {\n fn f() -> anyhow::Result<A> {}\n}",
	  "2" },
	{ "pub fn f() -> Result<A, E> {}", "pub fn f() -> anyhow::Result<A> {}",
	  "1" },
	{ "pub fn f() -> A {}", "pub fn f() -> Result<A, Box<dyn Error>> {}",
	  "1" },
	{ "fn f() -> A {}",
	  "pub fn f() -> B { }\npub fn g() -> anyhow::Result<A> {}", "2" },
	{ "\n", "pub fn f(\n a: A,\n) -> anyhow::Result<A> {}", "3" },
};

static const struct change_miss no_errors[] = {
	{ "\n", "fn f() -> anyhow::Result<A> {}", "private" },
	{ "\n", "pub(crate) fn f() -> anyhow::Result<A> {}", "the crate's" },
	{ "\n", "struct A;\nimpl A {\n pub fn f() -> anyhow::Result<A> {}\n}",
	  "of a private type" },
	{ "\n", "mod m {\n pub fn f() -> anyhow::Result<A> {}\n}",
	  "in a private module" },
	{ "\n", "pub fn f() -> Result<A, Error> {}", "the crate's own type" },
	{ "\n", "pub fn f() -> std::io::Result<A> {}", "a type" },
	{ "\n", "use std::fmt::Result;\npub fn f() -> Result {}", "a type" },
	{ "\n", "use crate::Result;\npub fn f() -> Result<A> {}",
	  "the crate's own" },
	{ "\n", "pub fn f() -> Box<dyn Display> {}", "no error" },
	{ "\n", "pub fn f() -> Box<dyn ErrorHandler> {}", "no error" },
	{ "\n", "pub fn f(a: anyhow::Error) -> A {}", "a parameter" },
	{ "\n", "pub fn f(a: Box<dyn Error>) {}", "a parameter" },
	{ "\n", "pub fn f() -> A {\n let b: anyhow::Result<C> = d();\n}",
	  "inside" },
	{ "pub fn f() -> anyhow::Result<A> {}",
	  "pub fn f() -> anyhow::Result<A> { g() }", "as before" },
	{ "pub fn f() -> anyhow::Result<A> {}",
	  "pub fn f() -> anyhow::Result<A> {}\n"
	  "pub fn g() -> anyhow::Result<A> {}",
	  "the file's custom" },
	{ "pub fn f() -> Result<A, Box<dyn Error>> {}",
	  "pub fn f() -> Result<A, E> {}", "gone" },
	{ "\n", "#[test]\npub fn f() -> anyhow::Result<()> {}", "a test" },
	{ "\n",
	  "#[cfg(test)]\npub mod t {\n pub fn f() -> anyhow::Result<()> "
	  "{}\n}",
	  "test code" },
	{ "\n", "#[doc(hidden)]\npub fn f() -> anyhow::Result<A> {}",
	  "hidden" },
	{ "\n",
	  "macro_rules! m { () => { pub fn f() -> anyhow::Result<A> {} } "
	  "}",
	  "a macro's definition" },
	{ "\n",
	  "pub struct A;\nimpl B for A {\n fn f() -> anyhow::Result<A> "
	  "{}\n}",
	  "what the trait says" },
	{ "\n", "impl From<anyhow::Error> for A {}", "takes one" },
};

#define TEN                                                                \
	" a();\n b();\n c();\n d();\n e();\n f();\n g();\n h();\n i();\n " \
	"j();\n"
#define TEN_MORE                                                           \
	" k();\n l();\n m();\n n();\n o();\n p();\n q();\n r();\n s();\n " \
	"t();\n"
#define FIVE " u();\n v();\n w();\n x();\n y();\n"

static const struct change_hit untested[] = {
	{ "fn f() {}", "fn f() {}\npub fn g() {\n" TEN "}", "2" },
	{ "\n", "pub const fn f() {\n" TEN "}", "1" },
	{ "\n", "pub extern \"C\" fn f() {\n" TEN "}", "1" },
	{ "\n", "pub fn f<T: A>(t: T) {\n" TEN "}", "1" },
	{ "\n", "pub fn f() {\n" TEN "}", "1" },
	{ "\n", "pub fn f() {\n" FIVE "}\npub fn g() {\n" TEN "}", "8" },
	{ "\n", "pub fn f() {\n" TEN "}\npub fn g() {\n" TEN_MORE FIVE "}",
	  "13" },
	{ "\n", "pub async fn f() {\n" TEN "}", "1" },
	{ "\n", "pub unsafe fn f() {\n" TEN "}", "1" },
	{ "\n", "pub struct A;\nimpl A {\n pub fn f() {\n" TEN "}\n}", "3" },
	{ "pub struct A;",
	  "pub struct A;\nimpl A {\n pub fn f() {\n" TEN "}\n}", "3" },
	{ "\n", "impl A {\n pub fn f() {\n" TEN "}\n}", "2" },
	{ "pub trait A {\n}", "pub trait A {\n fn f() {\n" TEN "}\n}", "2" },
	{ "\n", "pub mod m {\n pub fn f() {\n" TEN "}\n}", "2" },
	{ "\n", "mod m {\n pub fn f() {\n" TEN "}\n}\npub use m::f;", "2" },
	{ "\n", "/// doc\n#[inline]\npub fn f() {\n" TEN "}", "3" },
	{ "\n", "pub fn f(\n a: A,\n) -> B\n{\n" TEN "}", "1" },
	{ "\n", "pub fn f() {\n loop {\n" TEN "}\n}", "1" },
	{ "\n", "pub fn f() {\n g(|| {\n" TEN "})\n}", "1" },
	{ "#[test]\nfn t() {\n z();\n}\n",
	  "#[test]\nfn t() {\n z();\n}\npub fn f() {\n" TEN "}", "5" },
	{ "\n", "cfg_rt! {\n pub fn f() {\n" TEN "}\n}", "2" },
};

static const struct change_miss tested[] = {
	{ "pub fn f() {\n" FIVE "}", "pub fn f() {\n" FIVE TEN "}",
	  "tested where it was" },
	{ "pub fn f() {\n" TEN "}", "pub fn f() {\n" TEN_MORE "}",
	  "tested where it was" },
	{ "fn f() {\n" TEN "}", "pub fn f() {\n" TEN_MORE "}",
	  "only visible, and another" },
	{ "\n", "pub fn f() {\n" FIVE "}", "few lines" },
	{ "\n", "fn f() {\n" TEN "}", "private" },
	{ "\n", "pub(crate) fn f() {\n" TEN "}", "the crate's" },
	{ "\n", "pub fn f() {\n" TEN "}\n#[test]\nfn t() {\n f();\n}",
	  "a test" },
	{ "#[test]\nfn t() {\n f();\n}\n",
	  "pub fn f() {\n" TEN "}\n#[test]\nfn t() {\n f();\n g();\n}",
	  "a test's line" },
	{ "\n", "pub fn f() {\n" TEN "}\n#[cfg(test)]\nmod t {\n fn h() {}\n}",
	  "test code" },
	{ "pub fn f() {\n" TEN "}", "pub fn f() {\n" TEN "}", "the same" },
	{ "pub fn f() {\n" TEN "}", "/// doc\npub fn f() {\n" TEN "}",
	  "a comment" },
	{ "pub fn f() {\n" TEN FIVE "}", "pub fn f() {\n" TEN "}", "fewer" },
	{ "fn f() {\n" TEN "}", "pub fn f() {\n" TEN "}", "only visible" },
	{ "\n", "mod m {\n pub fn f() {\n" TEN "}\n}", "a private module" },
	{ "\n", "struct A;\nimpl A {\n pub fn f() {\n" TEN "}\n}",
	  "of a private type" },
	{ "\n", "pub struct A;\nimpl B for A {\n fn f() {\n" TEN "}\n}",
	  "a trait's" },
	{ "\n", "#[doc(hidden)]\npub fn f() {\n" TEN "}", "hidden" },
	{ "\n",
	  "pub struct A {\n a: u8,\n b: u8,\n c: u8,\n d: u8,\n e: u8,\n"
	  " f: u8,\n g: u8,\n h: u8,\n i: u8,\n j: u8,\n k: u8,\n}",
	  "a struct" },
	{ "\n",
	  "pub fn f() {\n // a\n // b\n // c\n // d\n // e\n // f\n // g\n"
	  " // h\n // i\n // j\n}",
	  "comments" },
	{ "\n", "pub fn f() {\n\n\n\n\n\n\n\n\n\n\n\n a();\n}", "blank lines" },
	{ "\n", "macro_rules! m { () => {\n pub fn f() {\n" TEN "}\n} }",
	  "a macro's definition" },
	{ "\n",
	  "pub fn f() { a(); b(); c(); d(); e(); f(); g(); h(); i(); j() "
	  "}",
	  "one line" },
	{ "\n",
	  "pub const A: [u8; 10] = [\n 1,\n 2,\n 3,\n 4,\n 5,\n 6,\n 7,\n"
	  " 8,\n 9,\n 10,\n];",
	  "a table" },
	{ "\n",
	  "pub fn f(\n a: A,\n b: A,\n c: A,\n d: A,\n e: A,\n f: A,\n"
	  " g: A,\n h: A,\n i: A,\n j: A,\n) {\n}",
	  "a long header" },
};

RULE_CHANGES(rule_boxed_error, errors, no_errors)
RULE_CHANGES(rule_public_fn_untested, untested, tested)

Suite *rust_rule_public_fn_suite(void)
{
	Suite *s = suite_create("rust_rule_public_fn");
	TCase *tc = tcase_create("public functions");

	add_rule_rows(tc, rule_boxed_error, errors, no_errors);
	add_rule_rows(tc, rule_public_fn_untested, untested, tested);
	suite_add_tcase(s, tc);
	return s;
}
