#include "agent/checks.h"

#include "agent/code.h"
#include "agent/notices.h"
#include "agent/reply.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "rule_rows.h"

/* A reply whose Critical Issues hold the text. */
static const char *reply_with(struct buf *b, const char *critical)
{
	for (size_t i = 0; i < eight_sections.len; i++)
		buf_addf(b, "## %s\n\n%s\n\n", eight_sections.want[i].name,
			 i == 1 ? critical : "None.");
	return buf_cstr(b);
}

/* As if all of it had been looked up and found. */
static void verify(struct report *r)
{
	vec_each (struct finding, f, &r->findings)
		f->check = FINDING_VERIFIED;
}

static const char code[] = "fn f() {\n\n\n\n\ttodo!()\n}\n";

/* What a model says of line 5, and what then stands in Critical Issues. */
static const struct {
	const char *critical;
	bool added;
} replies[] = {
	{ "None.", true },
	{ "none", true },
	{ "- [must-fix] src/lib.rs:5 — x", false },
	{ "- [must-fix] src/lib.rs:8 — this is unfinished", false },
	{ "- [must-fix] src/lib.rs:2 — unfinished code panics", false },
	{ "- [must-fix] ./src/lib.rs:4 — Unfinished", false },
	{ "- [must-fix] src/lib.rs:4 — the query is built of words", true },
	{ "- [question] src/lib.rs:5 — is it unfinished?", true },
	{ "- [nice-to-have] src/lib.rs:5 — `todo!` is noise", true },
	{ "- [must-fix] src/lib.rs:9 — unfinished", true },
	{ "- [must-fix] src/lib.rs:1 — unfinished", true },
	{ "- [must-fix] src/other.rs:5 — unfinished", true },
	{ "- [must-fix] src/lib.rs — x", true },
	{ "- src/lib.rs:5 has no level", true },
	{ "The file ends in a fence:\n\n```rust\nfn open() {}", true },
	{ "<!-- never closed", true },
};

START_TEST(what_a_model_passes_over_is_printed_as_our_own)
{
	struct report r = { 0 }, again = { 0 };
	struct rule_try t;
	struct buf b = { 0 }, all = { 0 };

	rule_try(&t, NULL, NULL, code, LINE_ADDED);
	reply_parse(&r, &t.arena, &eight_sections,
		    span_of(reply_with(&b, replies[_i].critical)), false);
	verify(&r);
	checks_merge(&r, &t.arena, &t.report);
	ck_assert_int_eq(span_find(r.sections.ptr[1].text,
				   SPAN("architect's own finding, rule "
					"`unfinished`")) >= 0,
			 replies[_i].added);
	/* what was appended is read as the finding that it is */
	for (size_t i = 0; i < r.sections.len; i++)
		buf_addf(&all, "## %s\n\n%.*s\n\n",
			 r.sections.ptr[i].want->name,
			 SPAN_ARG(r.sections.ptr[i].text));
	reply_parse(&again, &t.arena, &eight_sections, buf_span(&all), false);
	ck_assert_uint_eq(again.findings.len, r.findings.len);
	if (replies[_i].added) {
		const struct finding *f = &r.findings.ptr[r.findings.len - 1];
		const struct finding *g =
			&again.findings.ptr[again.findings.len - 1];

		ck_assert(f->own && !strcmp(f->rule, "unfinished"));
		ck_assert_uint_eq(g->line, 5);
		ck_assert(span_eq(g->path, f->path));
		ck_assert(span_eqs(g->quote, "todo!()"));
		ck_assert_int_eq(g->level, f->level);
	}
	rule_try_end(&t);
	buf_release(&b);
	buf_release(&all);
}
END_TEST

/* What was looked up, at line 5 of the new side: does it stand for ours? */
static const struct {
	enum finding_check check;
	bool old, added;
} checked[] = {
	{ FINDING_UNCHECKED, false, true },
	{ FINDING_VERIFIED, false, false },
	{ FINDING_VERIFIED, true, true },
	{ FINDING_UNVERIFIED, false, true },
	{ FINDING_CONTRADICTED, false, true },
};

START_TEST(what_does_not_hold_hides_nothing_of_ours)
{
	struct report r = { 0 };
	struct rule_try t;
	struct buf b = { 0 };
	const struct finding *f;

	rule_try(&t, NULL, NULL, code, LINE_ADDED);
	reply_parse(&r, &t.arena, &eight_sections,
		    span_of(reply_with(&b, "- [must-fix] src/lib.rs:5 — x")),
		    false);
	r.findings.ptr[0].check = checked[_i].check;
	r.findings.ptr[0].old = checked[_i].old;
	checks_merge(&r, &t.arena, &t.report);
	ck_assert_uint_eq(r.findings.len, checked[_i].added ? 2 : 1);
	f = &r.findings.ptr[r.findings.len - 1];
	ck_assert_int_eq(f->own, checked[_i].added);
	ck_assert_uint_eq(strlen(f->fingerprint), f->own ? 16 : 0);
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* Two places of one group, lines 2 and 12; what the model says of each. */
START_TEST(a_finding_gets_the_edits_of_its_own_place)
{
	static const char two[] = "fn f() {\n\ttodo!()\n}\n\n\n\n\n\n\n\n"
				  "fn g() {\n\ttodo!()\n}\n";
	struct report r = { 0 };
	struct rule_try t;
	struct buf b = { 0 };
	const char *at = two;

	rule_try(&t, NULL, NULL, two, LINE_ADDED);
	ck_assert_uint_eq(t.report.groups.ptr[0].places.len, 2);
	vec_each (struct rule_place, p, &t.report.groups.ptr[0].places) {
		at = strstr(at + 1, "todo");
		*vec_push(&p->edits, &t.arena) = (struct rule_edit){
			.from = (uint32_t)(at - two),
			.to = (uint32_t)(at - two) + 7,
			.text = SPAN("1"),
		};
	}
	reply_parse(&r, &t.arena, &eight_sections,
		    span_of(reply_with(&b, "- [must-fix] src/lib.rs:11 — "
					   "unfinished\n"
					   "- [must-fix] src/lib.rs:2 — y")),
		    false);
	verify(&r);
	checks_merge(&r, &t.arena, &t.report);
	ck_assert_uint_eq(r.findings.len, 2);
	for (size_t i = 0; i < 2; i++) {
		ck_assert_uint_eq(r.findings.ptr[i].fix.len, 1);
		ck_assert_uint_eq(r.findings.ptr[i].fix.ptr[0].first,
				  i ? 2 : 12);
	}
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* One of two places is answered: the other is printed, under its own line. */
START_TEST(what_is_said_of_one_place_leaves_the_others)
{
	static const char two[] = "fn f() {\n\ttodo!()\n}\n\n\n\n\n\n\n\n"
				  "fn g() {\n\ttodo!()\n}\n";
	struct report r = { 0 };
	struct rule_try t;
	struct buf b = { 0 };
	const struct finding *own;

	rule_try(&t, NULL, NULL, two, LINE_ADDED);
	reply_parse(&r, &t.arena, &eight_sections,
		    span_of(reply_with(&b, "- [must-fix] src/lib.rs:2 — y")),
		    false);
	verify(&r);
	checks_merge(&r, &t.arena, &t.report);
	ck_assert_uint_eq(r.findings.len, 2);
	own = &r.findings.ptr[1];
	ck_assert(own->own && own->line == 12);
	ck_assert_int_lt(span_find(own->text, SPAN("Also at")), 0);
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* Two of the program's own at one line: each is its own rule's. */
START_TEST(two_rules_at_one_line_are_two_findings)
{
	static const struct rule_group none;
	struct report r = { 0 };
	struct rule_report found = { 0 };
	struct arena a = { 0 };
	struct buf b = { 0 };
	static const char *const ids[] = { "unsafe-without-safety",
					   "unsafe-call" };

	for (size_t i = 0; i < 2; i++) {
		struct rule_group *g = vec_push(&found.groups, &a);

		*g = none;
		g->rule = rule_find(span_of(ids[i]));
		g->path = SPAN("src/lib.rs");
		*vec_push(&g->places, &a) =
			(struct rule_place){ .line = 5, .quote = SPAN("x()") };
	}
	reply_parse(
		&r, &a, &eight_sections,
		span_of(reply_with(&b, "- [question] src/lib.rs:5 — is it? "
				       "(`unsafe-call`)\n  > x()\n"
				       "- [should-fix] src/lib.rs:5 — it is "
				       "(`unsafe-without-safety`)\n"
				       "  > x()\n"
				       "- [question] src/lib.rs:5 — hm\n")),
		false);
	checks_own(&r, &a, &found);
	ck_assert_str_eq(r.findings.ptr[0].rule, "unsafe-call");
	ck_assert_str_eq(r.findings.ptr[1].rule, "unsafe-without-safety");
	ck_assert_ptr_null(r.findings.ptr[2].rule);
	ck_assert_str_ne(r.findings.ptr[0].fingerprint,
			 r.findings.ptr[1].fingerprint);
	arena_release(&a);
	buf_release(&b);
}
END_TEST

START_TEST(each_rule_that_findings_name_is_told_once)
{
	static const char *const names[] = { "unfinished", NULL,
					     "invisible-text", "unfinished" };
	struct report r = { 0 };
	struct arena a = { 0 };

	for (size_t i = 0; i < 4; i++)
		vec_push(&r.findings, &a)->rule = names[i];
	checks_rules(&r, &a);
	ck_assert_uint_eq(r.rules.len, 2);
	ck_assert_str_eq(r.rules.ptr[0].id, "unfinished");
	ck_assert_str_eq(r.rules.ptr[1].id, "invisible-text");
	ck_assert_str_eq(r.rules.ptr[1].section, "critical-issues");
	ck_assert_int_eq(r.rules.ptr[1].level, LEVEL_SHOULD_FIX);
	ck_assert_str_eq(r.rules.ptr[1].why,
			 notice_find(SPAN("invisible-text"))->why);
	arena_release(&a);
}
END_TEST

/* Paths that would be read as something else get back-ticks. */
static const struct {
	const char *path, *place;
} paths[] = {
	{ "src/lib.rs", "- [must-fix] src/lib.rs:1 — " },
	{ "src/a b.rs", "- [must-fix] `src/a b.rs:1` — " },
	{ "src/*a*.rs", "- [must-fix] `src/*a*.rs:1` — " },
	{ "src/\x1b[2J.rs", "- [must-fix] `src/\\u{1b}[2J.rs:1` — " },
};

START_TEST(a_path_stays_a_path)
{
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, paths[_i].path, NULL, "fn f() { todo!() }", LINE_ADDED);
	check_item(&b, &t.report.groups.ptr[0], false);
	ck_assert_msg(span_starts(buf_span(&b), paths[_i].place), "%s",
		      buf_cstr(&b));
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* Lines taken away and added, each one letter; which added ones are new. */
static const struct {
	const char *lines, *fresh;
} moves[] = {
	{ "+a", "a" },	   { "-a+a", "" },	  { "-a+b", "b" },
	{ "-a+a+a", "a" }, { "-a-a+a+a", "" },	  { "-b+a-a", "" },
	{ "+a-a", "" },	   { "-a-b+b+c+a", "c" }, { "-a+b+b", "bb" },
};

START_TEST(what_was_taken_away_elsewhere_is_moved)
{
	struct arena a = { 0 };
	struct change c = { 0 };
	struct file_change *f = vec_push(&c.files, &a);
	struct hunk *h = vec_push(&f->hunks, &a);
	struct buf fresh = { 0 };
	uint32_t no = 0;
	uint8_t *line;

	for (const char *p = moves[_i].lines; *p; p += 2) {
		struct diff_line *l = vec_push(&h->lines, &a);

		l->origin = *p;
		/* white space does not matter */
		l->text = span_of(arena_printf(&a, "%s%c",
					       *p == '+' ? "\t  " : " ", p[1]));
		l->new_no = *p == '+' ? ++no : 0;
		c.removed += *p == '-';
	}
	line = code_lines(&a, moved_lines(&a, &c), f, no);
	vec_each (struct diff_line, l, &h->lines)
		if (l->origin == '+' && line[l->new_no] == LINE_ADDED)
			buf_addsp(&fresh, span_trim(l->text));
	ck_assert_str_eq(buf_cstr(&fresh), moves[_i].fresh);
	buf_release(&fresh);
	arena_release(&a);
}
END_TEST

/* What a model says must not be able to keep a notice back. */
START_TEST(a_notice_stands_whatever_a_model_says_and_shows_no_secret)
{
	struct report r = { 0 };
	struct rule_report found = { 0 };
	struct rule_group *g;
	struct arena a = { 0 };
	struct buf b = { 0 };

	g = vec_push(&found.groups, &a);
	*g = (struct rule_group){
		.rule = notice_find(SPAN("secret-in-the-clear")),
		.path = SPAN("src/lib.rs"),
	};
	*vec_push(&g->places, &a) = (struct rule_place){
		.line = 5,
		.fact = SPAN("a secret stands there"),
		.quote = SPAN("t(\"gh"
			      "p_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o\")"),
	};
	reply_parse(&r, &a, &eight_sections,
		    span_of(reply_with(&b, "- [question] src/lib.rs:5 — is "
					   "that meant?")),
		    false);
	checks_merge(&r, &a, &found);
	ck_assert_uint_eq(r.findings.len, 2);
	ck_assert(r.findings.ptr[1].own);
	ck_assert_str_eq(r.findings.ptr[1].rule, "secret-in-the-clear");
	ck_assert(span_eqs(r.findings.ptr[1].quote,
			   "t(\"[masked:github-token*******************]\")"));
	ck_assert_int_ge(span_find(r.sections.ptr[1].text,
				   SPAN("architect's own finding, rule "
					"`secret-in-the-clear`)*")),
			 0);
	ck_assert_int_lt(span_find(r.sections.ptr[1].text, SPAN("Zk3v")), 0);
	buf_reset(&b);
	checks_write(&b, &found, false);
	ck_assert_uint_eq(b.len, 0);
	checks_write(&b, &found, true);
	ck_assert(span_starts(buf_span(&b), "1. [must-fix] src/lib.rs:5 "));
	buf_release(&b);
	arena_release(&a);
}
END_TEST

Suite *checks_suite(void)
{
	Suite *s = suite_create("checks");
	TCase *tc = tcase_create("checks");

	add_rows(tc, what_a_model_passes_over_is_printed_as_our_own, replies);
	add_rows(tc, what_does_not_hold_hides_nothing_of_ours, checked);
	tcase_add_test(
		tc, a_notice_stands_whatever_a_model_says_and_shows_no_secret);
	tcase_add_test(tc, a_finding_gets_the_edits_of_its_own_place);
	tcase_add_test(tc, what_is_said_of_one_place_leaves_the_others);
	tcase_add_test(tc, two_rules_at_one_line_are_two_findings);
	tcase_add_test(tc, each_rule_that_findings_name_is_told_once);
	add_rows(tc, a_path_stays_a_path, paths);
	add_rows(tc, what_was_taken_away_elsewhere_is_moved, moves);
	suite_add_tcase(s, tc);
	return s;
}
