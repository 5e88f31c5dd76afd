#include "agent/known.h"

#include <stdio.h>
#include <string.h>

#include "agent/baseline.h"
#include "agent/fingerprint.h"
#include "agent/gather.h"
#include "agent/prompt_parts.h"
#include "core/remark.h"
#include "base/buf.h"

#include "test.h"

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

static const char code[] = "fn a() {\n"
			   "\tlet x = list.iter().map(|v| {\n"
			   "\t\tv.lock()\n"
			   "\t}, ).next();\n"
			   "\tlet password = \"Zx81-horse!Rt\";\n"
			   "}\n";

/* A review of one file, src/a.rs, and its baseline's one entry. */
struct world {
	struct task_input in;
	struct baseline base;
	struct report report;
};

static void world_init(struct world *w, const struct known_finding *k)
{
	struct file_change *f = vec_push(&w->in.change.files, &arena);
	struct cover *c = vec_push(&w->in.covers, &arena);
	struct known_finding *e = vec_push(&w->base.entries, &arena);

	*f = (struct file_change){ .path = SPAN("src/a.rs"),
				   .new_text = span_of(code) };
	*c = (struct cover){ .path = f->path, .state = COVER_FULL };
	w->base.seen = arena_array(&arena, 8, sizeof(*w->base.seen));
	*e = *k;
	if (!e->fingerprint[0])
		memcpy(e->fingerprint, "0123456789abcdef", 17);
	w->base.name = "b";
	w->in.baseline = &w->base;
}

#define OF .path = SPAN("src/a.rs")
#define RULE OF, .own = true, .rule = SPAN("sql")

static const struct {
	struct known_finding entry;
	enum file_status status;
	bool no_text;
	enum known_state state;
} states[] = {
	{ { RULE, .quote = SPAN("v.lock()") }, .state = KNOWN_STANDS },
	{ { OF, .quote = SPAN("v.lock()") }, .state = KNOWN_STANDS },
	/* however it is broken into lines and indented */
	{ { OF, .quote = SPAN("let x = list . iter().map( |v| {") },
	  .state = KNOWN_STANDS },
	{ { OF, .quote = SPAN("v.lock()\n}, ).next();") },
	  .state = KNOWN_STANDS },
	{ { OF, .quote = SPAN("}, ") }, .state = KNOWN_STANDS },
	/* cut by us at either end */
	{ { OF, .quote = SPAN("… list.iter().map( …") },
	  .state = KNOWN_STANDS },
	/* secrets are masked in both */
	{ { OF, .quote = SPAN("let password = \"*************\";") },
	  .state = KNOWN_STANDS },
	{ { RULE, .quote = SPAN("v.lock().unwrap()") }, .state = KNOWN_GONE },
	{ { OF, .quote = SPAN("v.lock().unwrap()") },
	  .state = KNOWN_NOT_AGAIN },
	{ { OF, .quote = SPAN("v.lock()\nv.unlock()") },
	  .state = KNOWN_NOT_AGAIN },
	/* a fact of the program's counts things: nothing is proved */
	{ { OF, .own = true, .quote = SPAN("v.unlock()") },
	  .state = KNOWN_NOT_AGAIN },
	{ { RULE }, .state = KNOWN_UNSEEN },
	{ { RULE, .quote = SPAN(" \n ") }, .state = KNOWN_UNSEEN },
	{ { RULE, .quote = SPAN("v.lock()") },
	  .no_text = true,
	  .state = KNOWN_UNSEEN },
	{ { RULE }, .status = FILE_DELETED, .state = KNOWN_GONE },
	{ { OF }, .status = FILE_DELETED, .state = KNOWN_NOT_AGAIN },
	/* removed code is not there, of course; until it is back */
	{ { RULE, .old = true, .quote = SPAN("v.unlock()") },
	  .state = KNOWN_UNSEEN },
	{ { RULE, .old = true, .quote = SPAN("v.lock()") },
	  .state = KNOWN_GONE },
};

START_TEST(what_an_entry_quotes_is_looked_up_in_the_new_text)
{
	struct world w = { 0 };
	struct known_rows rows = { 0 };

	world_init(&w, &states[_i].entry);
	w.in.change.files.ptr[0].status = states[_i].status;
	if (states[_i].no_text)
		w.in.change.files.ptr[0].new_text = (struct span){ 0 };
	known_find(&rows, &arena, &w.in, &w.base);
	ck_assert_uint_eq(rows.rows.len, 1);
	ck_assert_int_eq(rows.rows.ptr[0].state, states[_i].state);
}
END_TEST

START_TEST(entries_of_files_that_are_not_looked_at_have_no_row)
{
	static const struct known_finding other = { .path = SPAN("src/b.rs") },
					  none = { 0 }, here = { OF };
	struct world w[3] = { 0 };
	struct known_rows rows = { 0 };

	world_init(&w[0], &other);
	known_find(&rows, &arena, &w[0].in, &w[0].base);
	world_init(&w[1], &none);
	known_find(&rows, &arena, &w[1].in, &w[1].base);
	world_init(&w[2], &here);
	w[2].in.covers.ptr[0].state = COVER_SKIPPED;
	known_find(&rows, &arena, &w[2].in, &w[2].base);
	ck_assert_uint_eq(rows.rows.len, 0);
	ck_assert(!known_asks(&rows));
}
END_TEST

START_TEST(entries_of_a_file_that_was_moved_follow_it)
{
	static const struct known_finding k = { .path = SPAN("src/old.rs"),
						.quote = SPAN("v.lock()") };
	struct known_rows rows = { 0 };
	struct world w = { 0 };

	world_init(&w, &k);
	w.in.change.files.ptr[0].status = FILE_RENAMED;
	w.in.change.files.ptr[0].old_path = SPAN("src/old.rs");
	known_find(&rows, &arena, &w.in, &w.base);
	ck_assert_uint_eq(rows.rows.len, 1);
	ck_assert_int_eq(rows.rows.ptr[0].state, KNOWN_STANDS);
}
END_TEST

/* ---- what the model says */

#define GUARD                                            \
	{                                                \
		OF, .line = 3, .quote = SPAN("v.lock()") \
	}
#define LOST                                               \
	{                                                  \
		OF, .line = 3, .quote = SPAN("v.unlock()") \
	}

static const struct {
	struct known_finding entry;
	const char *text, *after;
	enum known_said said;
} said[] = {
	{ GUARD, "Good.\n\n- k1: still open — held",
	  "Good.\n\n- k1 (src/a.rs:3): still open — held", SAID_OPEN },
	{ GUARD, "k1: cannot tell", "k1 (src/a.rs:3): cannot tell",
	  SAID_UNSURE },
	{ GUARD, "- **k1** — Solved by line 3\nmore\n",
	  "- **k1 (src/a.rs:3)** — Solved by line 3 *(the code it quotes "
	  "still stands there)*\nmore\n",
	  SAID_SOLVED },
	{ LOST, "* `K1`: **fixed**", "* `K1 (src/a.rs:3)`: **fixed**",
	  SAID_SOLVED },
	{ LOST, "1. k1 = open",
	  "1. k1 (src/a.rs:3) = open *(the code it quotes is not there any "
	  "more)*",
	  SAID_OPEN },
	/* of two the more careful one */
	{ LOST, "- k1: solved\n- k1: can't tell\n",
	  "- k1 (src/a.rs:3): solved\n- k1 (src/a.rs:3): can't tell\n",
	  SAID_UNSURE },
	/* what is no such line stays as it is */
	{ GUARD, "- k1: reopened", "- k1: reopened", SAID_NOTHING },
	{ GUARD, "- k1: openly", "- k1: openly", SAID_NOTHING },
	{ GUARD, "- k2: solved", "- k2: solved", SAID_NOTHING },
	{ GUARD, "- k0: solved", "- k0: solved", SAID_NOTHING },
	{ GUARD, "- k99999999999999999999: solved",
	  "- k99999999999999999999: solved", SAID_NOTHING },
	{ GUARD, "- k: solved", "- k: solved", SAID_NOTHING },
	{ GUARD, "- k1", "- k1", SAID_NOTHING },
	{ GUARD, "> k1: solved", "> k1: solved", SAID_NOTHING },
	{ GUARD, "```\nk1: solved\n```", "```\nk1: solved\n```", SAID_NOTHING },
	{ GUARD, "task1: solved", "task1: solved", SAID_NOTHING },
	{ GUARD, "", "", SAID_NOTHING },
};

static void add_section(struct report *r, const char *text)
{
	*vec_push(&r->sections, &arena) = (struct section){
		.want = &eight_sections.want[r->sections.len],
		.state = SECTION_PRESENT,
		.text = span_of(text),
	};
}

START_TEST(what_the_model_says_of_an_entry_is_read_and_checked)
{
	struct world w = { 0 };
	struct report *r = &w.report;
	const struct known_finding *k;

	world_init(&w, &said[_i].entry);
	known_find(&w.in.known, &arena, &w.in, &w.base);
	add_section(r, said[_i].text);
	known_apply(r, &arena, &w.in);
	ck_assert(span_eqs(r->sections.ptr[0].text, said[_i].after));
	k = r->open.len ? r->open.ptr : r->gone.ptr;
	ck_assert_uint_eq(r->open.len + r->gone.len, 1);
	ck_assert_int_eq(k->said, said[_i].said);
}
END_TEST

/* ---- findings */

#define CODE "- [must-fix] src/a.rs:3 — wrong\n  > v.lock()\n"

static const struct {
	struct known_finding entry;
	const char *text, *after;
} marks[] = {
	{ { OF },
	  CODE,
	  "- [must-fix] src/a.rs:3 *(known)* — wrong\n"
	  "  > v.lock()\n" },
	{ { OF, .reason = SPAN("in *June*"), .until = SPAN("2027-01-31") },
	  CODE,
	  "- [must-fix] src/a.rs:3 *(known until 2027-01-31: in \\*June\\*)* "
	  "— wrong\n  > v.lock()\n" },
	{ { OF, .until = SPAN("2020-01-31"), .expired = true },
	  CODE,
	  "- [must-fix] src/a.rs:3 *(known until 2020-01-31, expired)* — "
	  "wrong\n  > v.lock()\n" },
	{ { OF },
	  "- [must-fix] it is wrong\n",
	  "- [must-fix] *(known)* it is wrong\n" },
	{ { OF, .fingerprint = "fedcba9876543210" }, CODE, CODE },
};

static void add_findings(struct report *r)
{
	remark_parse(r, &arena, 0);
	vec_each (struct finding, f, &r->findings) {
		memcpy(f->fingerprint, "0123456789abcdef", 17);
		f->check = FINDING_VERIFIED;
	}
}

START_TEST(a_known_finding_is_marked_behind_its_place)
{
	bool known = !marks[_i].entry.fingerprint[0];
	struct world w = { 0 };
	struct report *r = &w.report;

	world_init(&w, &marks[_i].entry);
	known_find(&w.in.known, &arena, &w.in, &w.base);
	add_section(r, marks[_i].text);
	add_findings(r);
	known_apply(r, &arena, &w.in);
	ck_assert(span_eqs(r->sections.ptr[0].text, marks[_i].after));
	ck_assert_int_eq(r->findings.ptr[0].age,
			 known ? FINDING_KNOWN : FINDING_NEW);
	ck_assert_uint_eq(r->open.len + r->gone.len, !known);
}
END_TEST

static const struct {
	struct finding finding;
	enum finding_age age;
} unsure[] = {
	{ { .check = FINDING_UNVERIFIED }, FINDING_AGE_UNKNOWN },
	{ { .check = FINDING_CONTRADICTED }, FINDING_AGE_UNKNOWN },
	{ { .check = FINDING_UNCHECKED }, FINDING_AGE_UNKNOWN },
	{ { .check = FINDING_VERIFIED, .mask = true }, FINDING_AGE_UNKNOWN },
	{ { .check = FINDING_VERIFIED }, FINDING_KNOWN },
	{ { .check = FINDING_VERIFIED, .pre_existing = true }, FINDING_KNOWN },
	{ { .own = true }, FINDING_KNOWN },
};

START_TEST(what_is_not_sure_has_no_age_and_no_entry)
{
	static const struct known_finding k = { OF };
	bool known = unsure[_i].age == FINDING_KNOWN;
	struct known_list next = { 0 };
	struct world w = { 0 };
	struct finding *f;

	world_init(&w, &k);
	add_section(&w.report, "None.");
	f = vec_push(&w.report.findings, &arena);
	*f = unsure[_i].finding;
	memcpy(f->fingerprint, "0123456789abcdef", 17);
	known_apply(&w.report, &arena, &w.in);
	ck_assert_int_eq(f->age, unsure[_i].age);
	known_next(&next, &arena, &w.report, &w.in, NULL);
	ck_assert_uint_eq(next.entries.len, known);
}
END_TEST

START_TEST(without_a_baseline_nothing_is_said)
{
	struct world w = { 0 };

	add_section(&w.report, CODE "\n- k1: solved\n");
	add_findings(&w.report);
	known_apply(&w.report, &arena, &w.in);
	ck_assert(!w.report.baseline);
	ck_assert_int_eq(w.report.findings.ptr[0].age, FINDING_AGE_UNKNOWN);
	ck_assert(span_eqs(w.report.sections.ptr[0].text,
			   CODE "\n- k1: solved\n"));
}
END_TEST

/* ---- the next baseline */

static const struct {
	struct known_finding entry;
	size_t entries, fresh, kept, dropped;
	const char *reason;
} nexts[] = {
	/* found again: what people wrote stays */
	{ { OF, .reason = SPAN("June") }, 1, 0, 1, 0, "June" },
	/* its code still stands, or nobody can tell */
	{ { OF, .fingerprint = "1", .quote = SPAN("v.lock()") },
	  2,
	  1,
	  1,
	  0,
	  NULL },
	{ { OF, .fingerprint = "1" }, 2, 1, 1, 0, NULL },
	/* a file that was not looked at */
	{ { .path = SPAN("b.rs"), .fingerprint = "1", .quote = SPAN("x y") },
	  2,
	  1,
	  1,
	  0,
	  NULL },
	/* gone */
	{ { OF, .fingerprint = "1", .quote = SPAN("v.unlock()") },
	  1,
	  1,
	  0,
	  1,
	  NULL },
	{ { RULE, .fingerprint = "1", .quote = SPAN("v.unlock()") },
	  1,
	  1,
	  0,
	  1,
	  NULL },
};

START_TEST(the_next_baseline_keeps_what_is_not_known_to_be_gone)
{
	struct known_list next = { 0 };
	struct world w = { 0 };

	world_init(&w, &nexts[_i].entry);
	add_section(&w.report, CODE CODE);
	add_findings(&w.report);
	known_next(&next, &arena, &w.report, &w.in, &w.base);
	ck_assert_uint_eq(next.entries.len, nexts[_i].entries);
	ck_assert_uint_eq(next.fresh, nexts[_i].fresh);
	ck_assert_uint_eq(next.kept, nexts[_i].kept);
	ck_assert_uint_eq(next.dropped, nexts[_i].dropped);
	ck_assert(span_eqs(next.entries.ptr[0].path, "src/a.rs"));
	ck_assert(
		span_eq(next.entries.ptr[0].reason, span_of(nexts[_i].reason)));
}
END_TEST

/* A rule's places, of which the report tells one. */
static void add_places(struct world *w, bool cut)
{
	struct rule_group g = { .rule = rule_find(SPAN("unfinished")),
				.path = SPAN("src/a.rs") };

	for (uint32_t line = 3; line < 7; line++)
		*vec_push(&g.spots, &arena) = (struct rule_spot){
			.line = line,
			.item = SPAN("f"),
			.quote = span_of(
				arena_printf(&arena, "todo!(%u)", line)),
		};
	if (cut)
		*vec_push(&w->in.code.rules.cut, &arena) = g;
	else
		*vec_push(&w->in.code.rules.groups, &arena) = g;
}

START_TEST(every_place_of_a_rule_is_written_and_then_known)
{
	static const struct known_finding other = { .path = SPAN("b.rs") };
	struct known_list next = { 0 };
	struct world w = { 0 };

	world_init(&w, &other);
	add_places(&w, _i);
	known_next(&next, &arena, &w.report, &w.in, NULL);
	ck_assert_uint_eq(next.entries.len, 4);
	ck_assert_uint_eq(next.fresh, 4);
	vec_each (const struct known_finding, k, &next.entries) {
		*vec_push(&w.base.entries, &arena) = *k;
		ck_assert(k->own);
		ck_assert(span_eqs(k->rule, "unfinished"));
	}
	/* in the order that a baseline has them */
	w.base.entries.ptr++;
	w.base.entries.len--;
	vec_each (const struct rule_group, g, &w.in.code.rules.groups)
		vec_each (const struct rule_spot, s, &g->spots)
			ck_assert(known_spot(&w.base, g->rule, g->path, s));
	/* and none of them is called open or gone */
	known_find(&w.in.known, &arena, &w.in, &w.base);
	ck_assert_uint_eq(w.in.known.rows.len, 4);
	known_apply(&w.report, &arena, &w.in);
	ck_assert_uint_eq(w.report.open.len + w.report.gone.len, 0);
}
END_TEST

START_TEST(a_copy_of_a_known_line_is_new)
{
	static const struct known_finding none = { OF };
	const struct rule *rule = rule_find(SPAN("sql-format"));
	struct rule_spot spot = { .quote = SPAN("x") };
	struct world w = { 0 };

	world_init(&w, &none);
	w.base.entries.ptr[0].times = (uint32_t)_i;
	fingerprint_spot(w.base.entries.ptr[0].fingerprint, rule,
			 SPAN("src/a.rs"), &spot);
	for (int i = 0; i < (_i ? _i : 1); i++)
		ck_assert(known_spot(&w.base, rule, SPAN("src/a.rs"), &spot));
	ck_assert(!known_spot(&w.base, rule, SPAN("src/a.rs"), &spot));
}
END_TEST

START_TEST(an_entry_that_has_expired_makes_no_place_known)
{
	static const struct known_finding none = { OF };
	const struct rule *rule = rule_find(SPAN("sql-format"));
	struct rule_spot spot = { .quote = SPAN("x") };
	struct world w = { 0 };

	world_init(&w, &none);
	fingerprint_spot(w.base.entries.ptr[0].fingerprint, rule,
			 SPAN("src/a.rs"), &spot);
	ck_assert(!known_spot(&w.base, rule, SPAN("src/b.rs"), &spot));
	ck_assert(known_spot(&w.base, rule, SPAN("src/a.rs"), &spot));
	w.base.seen[0] = 0;
	ck_assert(!known_spot(NULL, rule, SPAN("src/a.rs"), &spot));
	w.base.entries.ptr[0].expired = true;
	ck_assert(!known_spot(&w.base, rule, SPAN("src/a.rs"), &spot));
}
END_TEST

/* ---- what is asked */

START_TEST(the_gravest_are_asked_about_first_and_the_rest_is_counted)
{
	static const struct known_finding k = { OF,
						.level = LEVEL_QUESTION,
						.line = 9,
						.section = SPAN("testing"),
						.text = SPAN("is it so?"),
						.quote = SPAN("v.lock()") };
	struct known_rows rows = { 0 };
	struct world w = { 0 };
	struct buf out = { 0 };

	world_init(&w, &k);
	for (unsigned i = 0; i < KNOWN_ASKED + 3; i++) {
		struct known_finding *e = vec_push(&w.base.entries, &arena);

		*e = (struct known_finding){ OF, .line = i + 1 };
		snprintf(e->fingerprint, 17, "%016x", i);
	}
	known_find(&rows, &arena, &w.in, &w.base);
	ck_assert_uint_eq(known_write(&out, &rows), 4);
	ck_assert(span_starts(buf_span(&out), "k1 [must-fix] src/a.rs:1 — \n"
					      "k2 [must-fix] "));
	ck_assert(span_find(buf_span(&out), SPAN("[question]")) < 0);
	buf_reset(&out);
	rows.rows.ptr = &rows.rows.ptr[rows.rows.len - 1];
	rows.rows.len = 1;
	ck_assert_uint_eq(known_write(&out, &rows), 0);
	ck_assert_str_eq(buf_cstr(&out),
			 "k64 [question] src/a.rs:9, Testing Recommendations "
			 "— is it so?\n  > v.lock()\n");
	buf_release(&out);
}
END_TEST

START_TEST(what_is_gone_is_not_asked_about)
{
	static const struct known_finding k = { RULE,
						.quote = SPAN("v.unlock()") };
	struct world w = { 0 };
	struct buf out = { 0 };

	world_init(&w, &k);
	known_find(&w.in.known, &arena, &w.in, &w.base);
	ck_assert(!known_asks(&w.in.known));
	ck_assert_uint_eq(known_write(&out, &w.in.known), 0);
	ck_assert_uint_eq(out.len, 0);
}
END_TEST

Suite *known_suite(void)
{
	Suite *s = suite_create("known");
	TCase *t = tcase_create("known");

	tcase_add_checked_fixture(t, NULL, teardown);
	add_rows(t, what_an_entry_quotes_is_looked_up_in_the_new_text, states);
	tcase_add_test(t, entries_of_files_that_are_not_looked_at_have_no_row);
	tcase_add_test(t, entries_of_a_file_that_was_moved_follow_it);
	add_rows(t, what_the_model_says_of_an_entry_is_read_and_checked, said);
	add_rows(t, a_known_finding_is_marked_behind_its_place, marks);
	add_rows(t, what_is_not_sure_has_no_age_and_no_entry, unsure);
	tcase_add_test(t, without_a_baseline_nothing_is_said);
	add_rows(t, the_next_baseline_keeps_what_is_not_known_to_be_gone,
		 nexts);
	tcase_add_loop_test(t, every_place_of_a_rule_is_written_and_then_known,
			    0, 2);
	tcase_add_test(t, an_entry_that_has_expired_makes_no_place_known);
	tcase_add_loop_test(t, a_copy_of_a_known_line_is_new, 0, 4);
	tcase_add_test(
		t, the_gravest_are_asked_about_first_and_the_rest_is_counted);
	tcase_add_test(t, what_is_gone_is_not_asked_about);
	suite_add_tcase(s, t);
	return s;
}
