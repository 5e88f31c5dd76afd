#include "rule_rows.h"
#include "rust/rule.h"

#define T "#[test]\n"

static const struct change_hit hits[] = {
	/* ignored */
	{ T "fn t() { a() }", T "#[ignore]\nfn t() { a() }", "2" },
	{ T "fn t() { a() }", "// b\n" T "#[ignore]\nfn t() { a() }", "3" },
	{ "// b\n#[test]\nfn t() { a() }",
	  "// b\n#[ignore]\n#[test]\nfn t() { a() }", "2" },
	{ "#[tokio::test]\nasync fn t() { a() }",
	  "#[tokio::test]\n#[ignore]\nasync fn t() { a() }", "2" },
	{ "mod t {\n" T "fn t() { a() }\n}",
	  "mod t {\n" T "#[ignore]\nfn t() { a() }\n}", "3" },
	{ "#[rstest]\n#[case(1)]\nfn t(#[case] a: u8) { b(a) }",
	  "#[rstest]\n#[ignore]\n#[case(1)]\nfn t(#[case] a: u8) { b(a) }",
	  "2" },
	{ T "fn t() { a() }", "#[ignore]\n" T "fn t() { a() }", "1" },
	{ T "async fn t() { a() }", T "#[ignore]\nasync fn t() { a() }", "2" },
	{ "#[sqlx::test]\nasync fn t() { a() }",
	  "#[sqlx::test]\n#[ignore]\nasync fn t() { a() }", "2" },
	{ T "fn t() {\n assert!(a);\n b();\n assert!(c);\n}",
	  T "fn t() {\n assert!(a);\n b();\n}", "-2" },
	{ T "fn t() {\n assert!(a);\n}\n" T "fn u() {\n assert!(b);\n}",
	  T "fn t() {\n}\n" T "fn u() {\n assert!(b);\n}", "-2" },
	{ T "fn t() { a(b, c, d); e(f, g); h(i) }",
	  T "#[ignore]\nfn u() { a(b, c, d); e(f, g); h(i) }", "2" },
	/* fewer assertions */
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}",
	  T "fn t() {\n assert!(a);\n}", "-2" },
	{ T "fn t() {\n assert_eq!(a, b);\n}", T "fn t() {\n}", "-2" },
	{ T "fn t() {\n assert_eq!(a(), b);\n}", T "fn t() {\n a();\n}", "-2" },
	{ T "fn t() {\n let a = b();\n assert!(matches!(a, C(_)));\n}",
	  T "fn t() {\n let a = b();\n}", "-2" },
	{ T "fn t() {\n insta::assert_debug_snapshot!(a);\n b();\n}",
	  T "fn t() {\n b();\n}", "-2" },
	{ T "#[should_panic]\nfn t() { a() }", T "fn t() { a() }", "-3" },
	{ T "fn t() {\n check_order(&a);\n b();\n}", T "fn t() {\n b();\n}",
	  "-2" },
	{ T "fn t() {\n assert_eq!(a, b);\n assert_ne!(c, d);\n e();\n}",
	  T "fn t() {\n assert_eq!(a, b);\n // assert_ne!(c, d);\n e();\n}",
	  "-2" },
};

static const struct change_miss misses[] = {
	{ T "fn t() { a() }", T "#[ignore = \"slow\"]\nfn t() { a() }",
	  "it says why" },
	{ T "fn t() { a() }", T "#[ignore] // see #1\nfn t() { a() }",
	  "a comment says why" },
	{ T "fn t() { a() }", "// see #1\n#[ignore]\n" T "fn t() { a() }",
	  "a comment says why" },
	{ T "fn t() { a() }\n" T "fn u() { b() }\n",
	  T "fn v() { c(d, e, f) }\n", "another in their place" },
	{ T "fn t() { assert!(a); e(f, g); h(i); j(k, l, m); n(o, p, q) }",
	  T "fn u() { e(f, g); h(i); j(k, l, m); n(o, p, q) }",
	  "another test, much like it" },
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}",
	  T "fn t() {\n assert!(a && b);\n}", "one for two" },
	{ T "fn t() { a() }", T "fn t() { b() }", "another body" },
	{ "\n", T "#[ignore]\nfn t() { a() }", "new" },
	{ T "#[ignore]\nfn t() { a() }", T "fn t() { a() }", "runs again" },
	{ T "#[ignore]\nfn t() { a() }", T "#[ignore = \"b\"]\nfn t() { a() }",
	  "was ignored" },
	{ T "#[ignore]\nfn t() { a() }\n", "\n", "did not run" },
	{ T "fn t() { a(b, c, d); e(f, g); h(i) }",
	  T "fn u() { a(b, c, d); e(f, g); h(i) }", "renamed" },
	{ T "fn t() { a(b, c, d); e(f, g); h(i); j(k, l, m); n(o) }",
	  T "fn u() { a(b, c, d); e(f, g); h(i); j(k, l, m); n(p) }",
	  "renamed, much the same" },
	{ T "fn t() { a() }", T "fn u() { b() }", "another in its place" },
	{ T "fn t() { a() }", "mod x {\n" T "fn t() { a() }\n}", "moved" },
	{ "fn evict() {}\n" T "fn t() { evict() }", "\n",
	  "gone with what it tests" },
	{ "fn evict() { a() }\n" T "fn t() { evict() }", "fn evict() { b() }\n",
	  "what it tests does something else" },
	{ "impl Cache {\n fn a(&self) { a() }\n}\n" T "fn t() { Cache.a() }",
	  "impl Cache {\n fn a(&self) { b() }\n}\n",
	  "what it tests does something else" },
	{ "fn evict() {}\n" T "fn t() { assert!(evict()) }",
	  "fn evict(a: u8) {}\n", "what it tests is another" },
	{ "pub struct Cache;\n" T "fn t() { let c = Cache; }", "\n",
	  "of a type that went" },
	{ T "fn t() {\n assert!(a);\n}", T "fn t() {\n assert!(b);\n}",
	  "another assertion" },
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}",
	  T "fn t() {\n assert_all(a, b);\n assert!(c);\n}", "as many" },
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}",
	  T "fn t() {\n compare(a, b);\n}", "a helper may assert" },
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}",
	  T "fn t() {\n for x in [a, b] {\n assert!(x);\n }\n}", "a loop" },
	{ T "fn t() {\n assert!(a);\n}",
	  T "fn t() {\n assert!(a);\n assert!(b);\n}", "more" },
	{ T "fn t() { a(1) }", "fn t(b: u8) { a(b) }\n" T "fn u() { t(1) }",
	  "a helper now" },
	{ T "fn t() { a() }", "#[tokio::test]\nasync fn t() { a() }",
	  "another test's attribute" },
	{ T "fn t() { a() }", "#[sqlx_test(b)]\nfn t() { a() }",
	  "an attribute that may make it a test" },
	{ "fn t() { assert!(a) }", "fn t() {}", "no test" },
	{ "#[bench]\nfn t(b: &mut Bencher) {}\n", "\n", "a benchmark" },
	{ T "fn it_works() { assert_eq!(2 + 2, 4); }\n", "\n", "a template's" },
	{ T "fn t() { a() }", T "fn t() {\n // b\n a()\n}", "a comment" },
};

RULE_CHANGES(rule_test_weakened, hits, misses)

static const struct change_hit gone[] = {
	{ T "fn t() { a() }\n", "\n", "-2" },
	{ T "fn t() { a() }\n" T "fn u() { b() }", T "fn u() { b() }", "-2" },
	{ "#[cfg(test)]\nmod t {\n" T "fn t() { a() }\n}",
	  "#[cfg(test)]\nmod t {\n}", "-4" },
	{ T "fn t() { a() }\n" T "fn u() { b() }\n", "\n", "-2 -4" },
	{ "pub fn evict() {}\n" T "fn t() { a() }", "pub fn evict() {}", "-3" },
	/* no test any more */
	{ T "fn t() { a() }", "fn t() { a() }", "-2" },
	{ "#[tokio::test]\nasync fn t() { a() }", "async fn t() { a() }",
	  "-2" },
	{ T "fn t() {\n assert!(a);\n}\n", "\n", "-2" },
	{ "fn a() { b() }\n" T "fn t() { c() }", "fn a() { d() }", "-3" },
	{ "#[tokio::test]\nasync fn t() { a().await }\n", "\n", "-2" },
	{ "#[test_log::test]\nfn t() { a() }\n", "\n", "-2" },
	{ T "#[should_panic]\nfn t() { a() }\n", "\n", "-3" },
	{ "/// One.\n" T "fn t() { a() }\n", "\n", "-3" },
	{ "// One.\n" T "fn t() { a() }\n", "// One.\n", "-3" },
	{ "mod a {\n" T "fn t() { b() }\n" T "fn u() { c() }\n}",
	  "mod a {\n" T "fn u() { c() }\n}", "-3" },
	{ T "fn t() -> R { a()?; Ok(()) }\n", "\n", "-2" },
	{ T "fn t() { a() }\nfn b() {}", "fn b() {}", "-2" },
	{ "use a::b;\n" T "fn t() { b() }\n", "use a::b;\n", "-3" },
	{ "const A: u8 = 1;\n" T "fn t() { b(A) }\n", "const A: u8 = 1;\n",
	  "-3" },
	{ T "fn t() {\n assert!(a);\n assert!(b);\n}\n" T
	    "fn u() {\n assert!(c);\n}",
	  T "fn u() {\n assert!(c);\n}", "-2" },
};

static const struct change_miss none_gone[] = {
	{ T "fn t() { a() }", T "#[ignore]\nfn t() { a() }", "it stays" },
	{ T "fn t() {\n assert!(a);\n}", T "fn t() {\n}", "it stays" },
	{ T "fn t() { a() }\n" T "fn u() { b() }\n",
	  T "fn v() { c(d, e, f) }\n", "another in their place" },
	{ T "#[ignore]\nfn t() { a() }\n", "\n", "did not run" },
	{ T "fn t() { a(b, c, d); e(f, g); h(i) }",
	  T "fn u() { a(b, c, d); e(f, g); h(i) }", "renamed" },
	{ T "fn t() { a(b, c, d); e(f, g); h(i); j(k, l, m); n(o) }",
	  T "fn u() { a(b, c, d); e(f, g); h(i); j(k, l, m); n(p) }",
	  "renamed, much the same" },
	{ T "fn t() { a() }", T "fn u() { b() }", "another in its place" },
	{ T "fn t() { a() }", "mod x {\n" T "fn t() { a() }\n}", "moved" },
	{ "fn evict() {}\n" T "fn t() { evict() }", "\n",
	  "gone with what it tests" },
	{ "fn evict() { a() }\n" T "fn t() { evict() }", "fn evict() { b() }\n",
	  "what it tests does something else" },
	{ "fn evict() {}\n" T "fn t() { assert!(evict()) }",
	  "fn evict(a: u8) {}\n", "what it tests is another" },
	{ "pub struct Cache;\n" T "fn t() { let c = Cache; }", "\n",
	  "of a type that went" },
	{ T "fn t() { a(1) }", "fn t(b: u8) { a(b) }\n" T "fn u() { t(1) }",
	  "a helper now" },
	{ T "fn t() { a() }", "#[tokio::test]\nasync fn t() { a() }",
	  "another test's attribute" },
	{ T "fn t() { a() }", "#[sqlx_test(b)]\nfn t() { a() }",
	  "an attribute that may make it a test" },
	{ "fn t() { assert!(a) }\n", "\n", "no test" },
	{ "#[bench]\nfn t(b: &mut Bencher) {}\n", "\n", "a benchmark" },
	{ T "fn it_works() { assert_eq!(2 + 2, 4); }\n", "\n", "a template's" },
	{ "#[rstest]\n#[case(1)]\nfn u(#[case] a: u8) { b(a) }\n" T
	  "fn t() { c(2) }",
	  "#[rstest]\n#[case(1)]\n#[case(2)]\nfn u(#[case] a: u8) { b(a) }",
	  "a case more" },
	{ T "fn u() { b() }\n" T "fn t() { c(2) }",
	  "#[rstest]\n#[case(2)]\nfn u(#[case] a: u8) { b(a) }",
	  "folded into one with cases" },
	{ T "fn u() {\n assert!(b);\n}\n" T "fn t() {\n assert!(c);\n}",
	  T "fn u() {\n assert!(b);\n assert!(c);\n}", "another asserts more" },
};

RULE_CHANGES(rule_test_removed, gone, none_gone)

START_TEST(what_is_said_of_other_things_announces_nothing)
{
	struct rule_try t;

	rule_try_change(&t, NULL,
			"fn a() { b() }\n" T "fn t() {\n assert!(a);\n}",
			"fn a() { c() }\n" T "fn t() {\n}");
	t.input.stated = SPAN("pool: faster\n\nThe tests pass.");
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_test_weakened), "-3");
	rule_try_end(&t);
}
END_TEST

static const struct {
	const char *was, *now, *stated;
} announced[] = {
	{ T "fn t() { a() }", T "#[ignore]\nfn t() { a() }",
	  "ci: ignore a test that hangs" },
	{ T "fn t() { a() }", T "#[ignore]\nfn t() { a() }", "a flaky one" },
	{ T "fn evicts_old() { a() }", T "#[ignore]\nfn evicts_old() { a() }",
	  "evicts_old needs a server" },
	{ T "fn t() {\n assert!(a);\n}", T "fn t() {\n}",
	  "This reverts commit 0123456." },
	{ "fn a() { b() }\n" T "fn t() {\n assert!(a);\n}",
	  "fn a() { c() }\n" T "fn t() {\n}", "remove a useless assertion" },
	{ "fn a() { b() }\n" T "fn t() {\n assert!(a);\n}",
	  "fn a() { c() }\n" T "fn t() {\n}", "remove the field b" },
	{ T "fn t() {\n assert!(a);\n}", T "fn t() {\n}",
	  "tidy up, and nothing but tests is touched" },
	{ "fn a() { b() }\n" T "fn t() {\n assert!(a);\n}",
	  "fn a() { c() }\n" T "fn t() {\n}", "feat!: another a" },
};

START_TEST(a_test_that_the_change_speaks_of_is_none)
{
	struct rule_try t;

	rule_try_change(&t, NULL, announced[_i].was, announced[_i].now);
	ck_assert_str_ne(rule_lines(&t, &rule_test_weakened), "");
	t.input.stated = span_of(announced[_i].stated);
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_test_weakened), "");
	rule_try_end(&t);
}
END_TEST

static const char *const meant[] = {
	"evicts_old proves nothing",
	"Revert \"pool: grow\"",
	"cli: filters\n\nRemoved validation checks against levels.",
	"cli: serve\n\nThe flag is no longer required.",
	"cli: serve\n\n* ensure the argument is optional",
	"cli: serve is the default subcommand",
	"modules\n\nThe deep ones are rstest cases now.",
};

START_TEST(a_test_that_is_meant_to_go_is_none)
{
	struct rule_try t;

	rule_try_change(&t, NULL,
			"fn a() { b() }\n" T "fn evicts_old() { d() }",
			"fn a() { c() }");
	ck_assert_str_eq(rule_lines(&t, &rule_test_removed), "-3");
	t.input.stated = SPAN("pool: faster\n\nAll of it passes.");
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_test_removed), "-3");
	t.input.stated = span_of(meant[_i]);
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_str_eq(rule_lines(&t, &rule_test_removed), "");
	rule_try_end(&t);
}
END_TEST

Suite *rust_rule_test_suite(void)
{
	Suite *s = suite_create("rust_rule_test");
	TCase *tc = tcase_create("test-weakened");

	add_rule_rows(tc, rule_test_weakened, hits, misses);
	add_rule_rows(tc, rule_test_removed, gone, none_gone);
	add_rows(tc, a_test_that_is_meant_to_go_is_none, meant);
	tcase_add_test(tc, what_is_said_of_other_things_announces_nothing);
	add_rows(tc, a_test_that_the_change_speaks_of_is_none, announced);
	suite_add_tcase(s, tc);
	return s;
}
