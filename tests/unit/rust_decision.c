/* Where code decides, and how a change alters it. */
#include "rust/decision.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/look.h"
#include "test.h"

static void add_words(struct buf *out, const struct source *s,
		      const struct decision *d)
{
	buf_adds(out, decision_name(d->kind));
	for (uint32_t i = d->from; i < d->to; i++) {
		buf_addc(out, ' ');
		buf_addsp(out, lexer_text(&s->lx, i));
	}
}

static void read(struct source *s, struct arena *a, struct decisions *out,
		 const char *body)
{
	struct buf b = { 0 };

	buf_addf(&b, "fn f() { %s }", body);
	source_read(s, a, SPAN("a.rs"), arena_span(a, buf_span(&b)));
	decision_find(out, a, s, 0, s->lx.count);
	buf_release(&b);
}

static const struct {
	const char *body, *want;
} found[] = {
	{ "a();", "" },
	{ "if a > b { c }", "condition a > b" },
	{ "if a { b } else if c { d }", "condition a; condition c" },
	{ "if let A { b } = c { d }", "condition let A { b } = c" },
	{ "if let A { b } = c && let D { .. } = e { f }",
	  "condition let A { b } = c & & let D { .. } = e" },
	{ "if unsafe { a() } { b }", "condition unsafe { a ( ) }" },
	{ "if a(|b| { c }) { d }", "condition a ( | b | { c } )" },
	{ "while a < 3 { b }", "loop condition a < 3" },
	{ "while let Some(a) = b.next() {}",
	  "loop condition let Some ( a ) = b . next ( )" },
	{ "match a { B => c, D | E => {} _ => f(), }",
	  "matched value a; match arm B; match arm D | E; match arm _" },
	{ "match a { B if c => d, }",
	  "matched value a; match arm B; condition c" },
	{ "match a { B => c::<D, E>(), F => g }",
	  "matched value a; match arm B; match arm F" },
	{ "match a { #[cfg(b)] C => d }", "matched value a; match arm C" },
	{ "match a { B => { c }.d(), E => f }",
	  "matched value a; match arm B; match arm E" },
	{ "match a { B => match c { D => e }, F => g }",
	  "matched value a; match arm B; matched value c; match arm D; "
	  "match arm F" },
	{ "return;", "early return" },
	{ "return Err(a)", "early return Err ( a )" },
	{ "let Some(a) = b else { return c };", "early return c" },
	{ "a.map(|b| return c, d)", "early return c" },
	{ "loop { break; }", "break" },
	{ "'a: loop { break 'a b; continue 'a }", "break 'a b; continue 'a" },
	{ "assert!(a, \"b\"); debug_assert_eq!(c, d);",
	  "check a , \"b\"; check c , d" },
	{ "ensure!(a)", "check a" },
	{ "assert(a)", "" },
	{ "a && b", "boolean expression a & & b" },
	{ "let a = b || c;", "boolean expression let a = b | | c" },
	{ "f(a && b, c)", "boolean expression a & & b" },
	{ "match a { B => c && d, }",
	  "matched value a; match arm B; boolean expression c & & d" },
	{ "a && b && (c || d)", "boolean expression a & & b & & ( c | | d )" },
	{ "if a && b { c || d }",
	  "condition a & & b; boolean expression c | | d" },
	{ "return a && b;", "early return a & & b" },
	{ "(a && b) || !(c && d)",
	  "boolean expression ( a & & b ) | | ! ( c & & d )" },
	{ "f(|| a); f(&&a); let b = &&c; d.map(|_| e)", "" },
	{ "a & b; a | b", "" },
	{ "a.matches!(b)", "" },
	/* no code, or none that ends */
	{ "if", "condition" },
	{ "match a { b", "matched value a" },
	{ "return return return", "early return return return; early return "
				  "return; early return" },
};

START_TEST(decisions_are_found_as_they_stand)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct decisions d;
	struct source s;

	read(&s, &a, &d, found[_i].body);
	vec_each (const struct decision, one, &d.rows) {
		buf_adds(&got, got.len ? "; " : "");
		add_words(&got, &s, one);
	}
	ck_assert_msg(!strcmp(buf_cstr(&got), found[_i].want), "'%s', not '%s'",
		      buf_cstr(&got), found[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *was, *now, *want;
} changes[] = {
	{ "if a { b }", "if a { c }", "" },
	{ "if a { b }", "if  a  { b }", "" },
	{ "match a { x::B::C => d }", "match a { B::C => d }", "" },
	{ "match a { A::C => d }", "match a { B::C => d }",
	  "match arm A :: C > match arm B :: C" },
	{ "", "if a { b }", "+condition a" },
	{ "if a { b }", "", "-condition a" },
	{ "if a < b {}", "if a <= b {}",
	  "condition a < b > condition a < = b" },
	{ "if a {} if b {}", "if b {} if a {}", "" },
	{ "if a {} if b {}", "if c {} if a {} if b {}", "+condition c" },
	{ "if a.x {} if b {}", "if a.y {} if c {} if b {}",
	  "condition a . x > condition a . y; +condition c" },
	{ "if a {}", "if b {} if a && c {}",
	  "+condition b; condition a > condition a & & c" },
	/* nothing in common but the kind */
	{ "if a {}", "if b {}", "-condition a; +condition b" },
	{ "return a;", "return b;", "-early return a; +early return b" },
	{ "return Err(a);", "return Err(b);",
	  "early return Err ( a ) > early return Err ( b )" },
	{ "match a { B => c, D => e }", "match a { B => c, F => g, D => e }",
	  "+match arm F" },
	{ "loop { a; continue }", "loop { a }", "-continue" },
	{ "if a {} return b", "return b", "-condition a" },
};

START_TEST(what_differs_is_said_once)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct decisions d[2];
	struct source s[2];
	struct decision_changes c;

	read(&s[0], &a, &d[0], changes[_i].was);
	read(&s[1], &a, &d[1], changes[_i].now);
	decision_diff(&c, &a, &s[1], &d[1], &s[0], &d[0]);
	vec_each (const struct decision_change, one, &c.rows) {
		buf_adds(&got, got.len ? "; " : "");
		buf_adds(&got, !one->was ? "+" : !one->now ? "-" : "");
		if (one->was)
			add_words(&got, &s[0], one->was);
		buf_adds(&got, one->was && one->now ? " > " : "");
		if (one->now)
			add_words(&got, &s[1], one->now);
	}
	ck_assert_msg(!strcmp(buf_cstr(&got), changes[_i].want),
		      "'%s', not '%s'", buf_cstr(&got), changes[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

/* Many decisions on both sides, one of them other: bounded work, still said. */
START_TEST(long_bodies_are_compared_too)
{
	struct arena a = { 0 };
	struct buf was = { 0 }, now = { 0 };
	struct decisions d[2];
	struct source s[2];
	struct decision_changes c;

	for (int i = 0; i < 5000; i++) {
		buf_addf(&was, "if a%d {}", i);
		buf_addf(&now, "if a%d%s {}", i, i == 2500 ? " && b" : "");
	}
	read(&s[0], &a, &d[0], buf_cstr(&was));
	read(&s[1], &a, &d[1], buf_cstr(&now));
	decision_diff(&c, &a, &s[1], &d[1], &s[0], &d[0]);
	ck_assert_uint_eq(c.rows.len, 1);
	ck_assert_ptr_nonnull(c.rows.ptr[0].now);
	ck_assert_ptr_nonnull(c.rows.ptr[0].was);
	buf_release(&was);
	buf_release(&now);
	arena_release(&a);
}
END_TEST

Suite *rust_decision_suite(void)
{
	Suite *s = suite_create("rust_decision");
	TCase *tc = tcase_create("decision");

	add_rows(tc, decisions_are_found_as_they_stand, found);
	add_rows(tc, what_differs_is_said_once, changes);
	tcase_add_test(tc, long_bodies_are_compared_too);
	suite_add_tcase(s, tc);
	return s;
}
