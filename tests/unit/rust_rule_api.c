#include "rule_rows.h"
#include "rust/rule.h"

static const struct change_hit hits[] = {
	{ "pub fn f() {}\n", "\n", "-1" },
	{ "pub fn f() {}\nfn g() {}", "fn g() {}", "-1" },
	{ "pub fn f(a: u8) {}", "pub fn f(a: u16) {}", "1" },
	{ "pub fn f(\n a: u8,\n) {}", "pub fn f(\n a: u8,\n b: u8,\n) {}",
	  "3" },
	{ "pub fn f(\n a: u8,\n) -> A\n{}", "pub fn f(\n a: u8,\n) -> B\n{}",
	  "3" },
	{ "pub fn f() {}", "pub async fn f() {}", "1" },
	{ "pub fn f() {}", "pub unsafe fn f() {}", "1" },
	{ "pub fn f() {}", "pub(crate) fn f() {}", "1" },
	{ "pub struct A {\n pub a: u8,\n pub b: u8,\n}",
	  "pub struct A {\n pub a: u8,\n}", "-3" },
	{ "pub struct A {\n pub a: u8,\n}", "pub struct A {\n pub a: u16,\n}",
	  "2" },
	{ "pub struct A {\n pub a: u8,\n}",
	  "pub struct A {\n pub a: u8,\n pub b: u8,\n}", "3" },
	{ "pub enum A {\n B,\n C,\n}", "pub enum A {\n B,\n}", "-3" },
	{ "pub enum A {\n B,\n}", "pub enum A {\n B,\n C,\n}", "3" },
	{ "pub enum A {\n B(u8),\n}", "pub enum A {\n B(u8, u8),\n}", "2" },
	{ "pub trait A {\n fn f(&self);\n}",
	  "pub trait A {\n fn f(&self);\n fn g(&self);\n}", "3" },
	{ "pub trait A {\n fn f(&self);\n fn g(&self);\n}",
	  "pub trait A {\n fn f(&self);\n}", "-3" },
	{ "pub trait A {\n fn f(&self) {}\n}",
	  "pub trait A {\n fn f(&self);\n}", "2" },
	{ "#[derive(Clone, Debug)]\npub struct A;",
	  "#[derive(Debug)]\npub struct A;", "-1" },
	{ "pub struct A;\nimpl Display for A {}\n", "pub struct A;\n", "-2" },
	{ "pub trait A {\n fn f<T: Send>(&self, t: T);\n}",
	  "pub trait A {\n fn f<T>(&self, t: T);\n}", "2" },
	{ "pub fn f<T: ?Sized>(t: &T) {}", "pub fn f<T>(t: &T) {}", "1" },
	{ "pub struct A;", "#[non_exhaustive]\npub struct A;", "1" },
	{ "pub use a::{A, B};", "pub use a::A;", "-1" },
	{ "pub mod a;\nmod b;", "mod a;\nmod b;", "1" },
	{ "pub const A: u8 = 1;", "pub const A: u16 = 1;", "1" },
	{ "pub type A = B<u8>;", "pub type A = B<u16>;", "1" },
	{ "pub struct A;\nimpl A {\n pub fn f(&self) { a.b(c, d); e(f); }\n}",
	  "pub struct A;\nimpl A {\n pub fn g(&self) { a.b(c, d); e(f); }\n}",
	  "3" },
	{ "#[macro_export]\nmacro_rules! a { () => {} }", "\n", "-2" },
	{ "pub fn f<T>(t: T) {}", "pub fn f<T: Send>(t: T) {}", "1" },
	{ "pub fn f(\n a: (u8,),\n) {}", "pub fn f(\n a: (u8),\n) {}", "2" },
	{ "pub fn f(\n a: u8,\n) {}",
	  "pub type B = u16;\npub fn f(\n a: B,\n) {}", "3" },
};

static const struct change_miss misses[] = {
	{ "pub fn f() {}", "pub fn f() { g() }", "a body" },
	{ "pub fn f(a: u8) {}", "pub fn f(b: u8) {}", "a parameter's name" },
	{ "pub(crate) fn f() {}", "\n", "the crate's own" },
	{ "fn f() {}", "\n", "private" },
	{ "fn f() {}", "pub fn f() {}", "more than there was" },
	{ "\n", "pub fn f() {}", "new" },
	{ "mod a {\n pub fn f() {}\n}", "mod a {}", "in a private module" },
	{ "#[doc(hidden)]\npub fn f() {}", "\n", "not for others" },
	{ "#[cfg(test)]\npub mod t {\n pub fn f() {}\n}",
	  "#[cfg(test)]\npub mod t {}", "for tests" },
	{ "struct A;\nimpl A {\n pub fn f() {}\n}", "struct A;\nimpl A {}",
	  "of a private type" },
	{ "pub fn f<'a>(a: &'a str) {}", "pub fn f(a: &str) {}", "elided" },
	{ "pub fn f() -> std::fmt::Result {}", "pub fn f() -> fmt::Result {}",
	  "the same path" },
	{ "pub fn f<T: A>(t: T) {}", "pub fn f<T>(t: T)\nwhere\n T: A,\n{}",
	  "the same bounds" },
	{ "pub struct A {\n a: u8,\n}", "pub struct A {\n b: u8,\n}",
	  "a private field" },
	{ "#[non_exhaustive]\npub enum A {\n B,\n}",
	  "#[non_exhaustive]\npub enum A {\n B,\n C,\n}", "left open" },
	{ "pub trait A {}", "pub trait A {\n fn f(&self) {}\n}",
	  "has a default" },
	{ "pub trait A: Sealed {}", "pub trait A: Sealed {\n fn f(&self);\n}",
	  "nobody else implements it" },
	{ "pub fn f() {}", "#[inline]\npub fn f() {}", "an attribute" },
	{ "/// a\npub fn f() {}", "/// b\npub fn f() {}", "a comment" },
	{ "pub const A: u8 = 1;", "pub const A: u8 = 2;", "a value" },
	{ "#[derive(Clone)]\npub struct A;",
	  "pub struct A;\nimpl Clone for A {\n fn clone(&self) {}\n}",
	  "written out" },
	{ "pub type A = Box<(dyn B + C)>;", "pub type A = Box<dyn B + C>;",
	  "parentheses around one type" },
	{ "pub fn f(a: &(dyn A + B)) {}",
	  "pub type C = dyn A + B;\npub fn f(a: &C) {}",
	  "the alias is what it was" },
	{ "pub struct A;", "pub use b::A;", "still to be named" },
	{ "#[cfg(a)]\npub fn f() {}\n#[cfg(b)]\npub fn f() { g() }",
	  "#[cfg(b)]\npub fn f() { g() }", "the other is there" },
	{ "pub unsafe fn f() {}", "pub fn f() {}", "asks less" },
	{ "macro_rules! a { () => {} }", "\n", "not exported" },
	{ "pub fn f<T: Send>(t: T) {}", "pub fn f<T>(t: T) {}", "asks less" },
	{ "pub fn f<T>(t: &T) {}", "pub fn f<T: ?Sized>(t: &T) {}",
	  "asks less: a T of any size" },
	{ "pub trait A {\n fn f(&self)\n where\n Self: Sized + B,\n {}\n}",
	  "pub trait A {\n fn f(&self)\n where\n Self: B,\n {}\n}",
	  "asks less, and is written by nobody else" },
	{ "pub struct A;\nimpl Drop for A {}\n", "pub struct A;\n",
	  "nobody calls drop" },
	{ "pub struct A;\nunsafe impl Send for A {}\n", "pub struct A;\n",
	  "the compiler may say so itself" },
	{ "#[derive(Debug)]\npub struct A;",
	  "pub struct A;\nopaque_debug!(A, Debug);", "a macro writes it" },
	{ "#[cfg(tokio_unstable)]\npub fn f() {}", "\n", "not promised" },
	{ "cfg_unstable! {\n pub fn f() {}\n}", "cfg_unstable! {\n}",
	  "not promised, says the macro around" },
	{ "#[cfg(feature = \"unstable-a\")]\nimpl A {\n pub fn f() {}\n}\n"
	  "pub struct A;",
	  "#[cfg(feature = \"unstable-a\")]\nimpl A {\n}\npub struct A;",
	  "not promised, says the impl" },
	{ "pub enum A {\n B,\n #[cfg(a_unstable)]\n C,\n}",
	  "pub enum A {\n B,\n}", "a variant that is not promised" },
};

RULE_CHANGES(rule_public_api, hits, misses)

START_TEST(crates_that_nobody_uses_break_nobody)
{
	static const struct reach none[] = {
		{ .module = REACH_PUBLIC, .library = true },
		{ .module = REACH_PRIVATE, .published = true },
		{ .module = REACH_PRIVATE, .library = true, .published = true },
	};
	struct rule_try t;

	rule_try_change(&t, NULL, "pub fn f() {}", "\n");
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "-1");
	t.reach = none[_i];
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "");
	rule_try_end(&t);
}
END_TEST

START_TEST(a_deleted_file_of_unknown_reach_is_left_to_its_mod)
{
	struct rule_try t;

	rule_try(&t, NULL, "pub fn f() {}", NULL, 0);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "-1");
	t.reach.module = REACH_UNKNOWN;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "");
	rule_try_end(&t);
}
END_TEST

static const struct {
	const char *was, *now, *stated;
	const char *lines;
} announced[] = {
	{ "pub fn f() {}", "\n", "pool: tidy up", "-1" },
	{ "pub fn f() {}", "\n", "pool: tidy up\n\nBREAKING CHANGE: f", "" },
	{ "pub fn f() {}", "\n", "refactor!: tidy up", "" },
	{ "pub fn f() {}", "\n", "refactor(pool)!: tidy up", "" },
	{ "pub fn f() {}", "\n", "refactor!(pool): tidy up", "" },
	{ "pub fn f() {}", "\n", "refactor(pool): tidy up!", "-1" },
	{ "pub fn f() {}", "\n", "hurrah! a pool: mine", "-1" },
	{ "pub fn f() {}", "\n", "Revert \"pool: grow\"", "" },
	{ "pub fn f() {}", "\n", "pool: revert its growth", "" },
	{ "pub fn f() {}", "\n", "pool: on errors revert", "-1" },
	{ "pub fn get_all() {}", "\n", "pool: remove get_all", "" },
	{ "pub fn fetch() {}", "\n", "pool: remove `fetch`", "" },
	{ "pub fn fetch() {}", "\n", "pool: remove Pool::fetch", "" },
	{ "pub fn fetch() {}", "\n", "pool: fetch in one go", "-1" },
	{ "pub struct A;\nimpl A {\n pub fn get_all() {}\n}",
	  "pub struct A;\nimpl A {\n}", "pool: A::get_all is gone", "" },
	{ "pub struct A;\nimpl Clone for A {}\n", "pub struct A;\n",
	  "make A smaller", "-2" },
	{ "pub struct A;\nimpl Clone for A {}\n", "pub struct A;\n",
	  "A is no longer `Clone`", "" },
	{ "pub struct Pool {\n pub a: u8,\n}", "pub struct Pool {\n}",
	  "smaller Pool", "-2" },
	{ "pub struct Pool;\n", "\n", "remove Pool", "" },
};

START_TEST(a_break_that_is_announced_is_none)
{
	struct rule_try t;

	rule_try_change(&t, NULL, announced[_i].was, announced[_i].now);
	t.input.stated = span_of(announced[_i].stated);
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), announced[_i].lines);
	t.input.announced = true;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "");
	rule_try_end(&t);
}
END_TEST

START_TEST(what_was_deprecated_may_go_before_the_first_version)
{
	struct rule_try t;

	rule_try_change(&t, NULL, "#[deprecated]\npub fn f() {}", "\n");
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "-2");
	t.reach.stable = false;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "");
	rule_try_end(&t);
}
END_TEST

START_TEST(before_the_first_version_breaks_are_asked_about)
{
	struct rule_try t;

	rule_try_change(&t, NULL, "pub fn f(a: u8) {}", "pub fn f() {}");
	ck_assert_int_eq(t.report.groups.ptr[0].level, LEVEL_SHOULD_FIX);
	t.reach.stable = false;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_int_eq(t.report.groups.ptr[0].level, LEVEL_QUESTION);
	rule_try_end(&t);
	rule_try_change(&t, NULL, "pub enum A {\n B,\n}",
			"pub enum A {\n B,\n C,\n}");
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "3");
	t.reach.stable = false;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_public_api), "");
	rule_try_end(&t);
}
END_TEST

START_TEST(a_change_of_many_files_names_two)
{
	struct rule_file files[5];
	struct rule_try t;
	struct buf b = { 0 };

	rule_try_change(&t, NULL, "pub fn f() {}", "\n");
	for (size_t i = 0; i < 5; i++)
		files[i] = t.file;
	t.input.file = files;
	t.input.files = 5;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.groups.len, 2);
	rule_group_write(&b, &t.report.groups.ptr[1]);
	ck_assert_msg(strstr(buf_cstr(&b), "There are 3 more of it in 3 "
					   "other files."),
		      "%s", buf_cstr(&b));
	buf_release(&b);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_api_suite(void)
{
	Suite *s = suite_create("rust_rule_api");
	TCase *tc = tcase_create("public-api-changed");

	add_rule_rows(tc, rule_public_api, hits, misses);
	tcase_add_loop_test(tc, crates_that_nobody_uses_break_nobody, 0, 3);
	add_rows(tc, a_break_that_is_announced_is_none, announced);
	tcase_add_test(tc, what_was_deprecated_may_go_before_the_first_version);
	tcase_add_test(tc, before_the_first_version_breaks_are_asked_about);
	tcase_add_test(tc, a_deleted_file_of_unknown_reach_is_left_to_its_mod);
	tcase_add_test(tc, a_change_of_many_files_names_two);
	suite_add_tcase(s, tc);
	return s;
}
