#include "core/report.h"

#include <string.h>

#include "base/error.h"
#include "test.h"

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

/* One letter a section: p(resent), m(issing), e(mpty), c(ut). */
static void fill(struct report *r, const char *states)
{
	static const char letters[] = {
		[SECTION_MISSING] = 'm',
		[SECTION_EMPTY] = 'e',
		[SECTION_PRESENT] = 'p',
		[SECTION_CUT] = 'c',
	};
	size_t i;

	for (i = 0; states[i]; i++) {
		struct section *s = vec_push(&r->sections, &arena);
		const char *at = memchr(letters, states[i], sizeof(letters));

		s->want = &eight_sections.want[i];
		s->state = (enum section_state)(at - letters);
	}
}

static const struct {
	const char *states, *gap;
} gaps[] = {
	{ "pppppppp", "" },
	{ "mppppppp", "missing: Summary" },
	{ "mppppppm", "missing: Summary, Action Items" },
	{ "pppppepp", "empty: Code Examples" },
	{ "pppppppc", "cut: Action Items" },
	{ "mppppepm", "missing: Summary, Action Items; empty: Code Examples" },
	{ "ppppeemc", "missing: Testing Recommendations; empty: Idiomatic "
		      "Rust Suggestions, Code Examples; cut: Action Items" },
	{ "eppppppc", "empty: Summary; cut: Action Items" },
};

START_TEST(the_gap_names_every_section_that_lacks)
{
	struct report r = { 0 };

	fill(&r, gaps[_i].states);
	ck_assert_str_eq(report_gap(&r, &arena), gaps[_i].gap);
	ck_assert_int_eq(report_complete(&r), !*gaps[_i].gap);
}
END_TEST

START_TEST(a_copy_has_the_fixes_in_memory_of_its_own)
{
	struct arena from = { 0 };
	struct report r = { 0 }, copy = { 0 };
	struct finding *f = vec_push(&r.findings, &from);

	*vec_push(&f->fix, &from) =
		(struct finding_edit){ 3, 4,
				       arena_span(&from, SPAN("let a;\n")) };
	*vec_push(&f->fix, &from) = (struct finding_edit){ 9, 8, { 0 } };
	report_copy(&copy, &arena, &r);
	arena_release(&from);
	ck_assert_uint_eq(copy.findings.len, 1);
	f = copy.findings.ptr;
	ck_assert_uint_eq(f->fix.len, 2);
	ck_assert_uint_eq(f->fix.ptr[0].first, 3);
	ck_assert_uint_eq(f->fix.ptr[0].last, 4);
	ck_assert(span_eqs(f->fix.ptr[0].text, "let a;\n"));
	ck_assert_uint_eq(f->fix.ptr[1].last, 8);
	ck_assert_uint_eq(f->fix.ptr[1].text.len, 0);
}
END_TEST

START_TEST(a_report_without_sections_is_not_complete)
{
	struct report r = { 0 };

	ck_assert(!report_complete(&r));
}
END_TEST

START_TEST(the_eight_stand_in_the_order_of_the_contract)
{
	static const char *const names[] = {
		"Summary",
		"Critical Issues",
		"Architectural Observations",
		"Async/Performance Considerations",
		"Idiomatic Rust Suggestions",
		"Code Examples",
		"Testing Recommendations",
		"Action Items",
	};
	size_t i;

	ck_assert_uint_eq(eight_sections.len, 8);
	for (i = 0; i < 8; i++)
		ck_assert_str_eq(eight_sections.want[i].name, names[i]);
}
END_TEST

#define OF .path = SPAN("src/a.rs"), .line = 7

/* One finding, the gate's level, and what is said; NULL: nothing. */
static const struct {
	struct finding finding;
	const char *level, *said;
} gates[] = {
	{ { OF, .check = FINDING_VERIFIED },
	  "must-fix",
	  "1 finding for --fail-on must-fix: [must-fix] src/a.rs:7" },
	{ { OF, .check = FINDING_VERIFIED }, NULL, NULL },
	{ { OF, .check = FINDING_VERIFIED, .level = LEVEL_SHOULD_FIX },
	  "must-fix",
	  NULL },
	{ { OF, .check = FINDING_VERIFIED, .level = LEVEL_SHOULD_FIX },
	  "should-fix",
	  "1 finding for --fail-on should-fix: [should-fix] src/a.rs:7" },
	{ { OF, .check = FINDING_VERIFIED, .level = LEVEL_SHOULD_FIX },
	  "nice-to-have",
	  "1 finding for --fail-on nice-to-have: [should-fix] src/a.rs:7" },
	{ { OF, .check = FINDING_VERIFIED, .level = LEVEL_QUESTION },
	  "question",
	  "1 finding for --fail-on question: [question] src/a.rs:7" },
	{ { OF, .check = FINDING_VERIFIED, .pre_existing = true },
	  "must-fix",
	  NULL },
	{ { OF, .check = FINDING_VERIFIED, .mask = true }, "must-fix", NULL },
	{ { OF, .check = FINDING_UNVERIFIED }, "must-fix", NULL },
	{ { OF, .check = FINDING_CONTRADICTED }, "must-fix", NULL },
	{ { OF, .check = FINDING_UNCHECKED }, "must-fix", NULL },
	{ { OF, .own = true, .rule = "sql" },
	  "must-fix",
	  "1 finding for --fail-on must-fix: [must-fix] src/a.rs:7 (sql)" },
	{ { OF, .check = FINDING_VERIFIED, .age = FINDING_NEW },
	  "must-fix",
	  "1 finding for --fail-on must-fix: [must-fix] src/a.rs:7" },
	{ { OF, .check = FINDING_VERIFIED, .age = FINDING_KNOWN },
	  "must-fix",
	  NULL },
	{ { OF, .own = true, .rule = "sql", .age = FINDING_KNOWN,
	    .known_until = SPAN("2020-01-31"), .known_expired = true },
	  "must-fix",
	  "1 finding for --fail-on must-fix: [must-fix] src/a.rs:7 (sql) "
	  "known until 2020-01-31" },
	{ { .own = true, .level = LEVEL_QUESTION },
	  "question",
	  "1 finding for --fail-on question: [question]" },
	{ { .path = SPAN("a\x1b.rs"), .check = FINDING_VERIFIED },
	  "must-fix",
	  "1 finding for --fail-on must-fix: [must-fix] a\\u{1b}.rs" },
};

START_TEST(a_gate_trips_on_what_holds_and_is_grave_enough)
{
	struct report r = { 0 };
	struct error err = { 0 };

	*vec_push(&r.findings, &arena) = gates[_i].finding;
	ck_assert_int_eq(report_check_gate(&r, gates[_i].level, &err),
			 gates[_i].said ? -1 : 0);
	ck_assert_str_eq(err.msg, gates[_i].said ? gates[_i].said : "");
	ck_assert_int_eq(err.kind, gates[_i].said ? ERR_GATE : ERR_NONE);
}
END_TEST

START_TEST(a_gate_names_three_and_counts_the_rest)
{
	struct report r = { 0 };
	struct error err = { 0 };

	for (int i = 0; i < 5; i++)
		*vec_push(&r.findings, &arena) = gates[0].finding;
	ck_assert_int_eq(report_check_gate(&r, "must-fix", &err), -1);
	ck_assert_str_eq(err.msg,
			 "5 findings for --fail-on must-fix: [must-fix] "
			 "src/a.rs:7, [must-fix] src/a.rs:7, [must-fix] "
			 "src/a.rs:7 and 2 more");
}
END_TEST

Suite *report_suite(void)
{
	Suite *s = suite_create("report");
	TCase *tc = tcase_create("report");

	tcase_add_checked_fixture(tc, NULL, release);
	add_rows(tc, the_gap_names_every_section_that_lacks, gaps);
	tcase_add_test(tc, a_copy_has_the_fixes_in_memory_of_its_own);
	tcase_add_test(tc, a_report_without_sections_is_not_complete);
	tcase_add_test(tc, the_eight_stand_in_the_order_of_the_contract);
	add_rows(tc, a_gate_trips_on_what_holds_and_is_grave_enough, gates);
	tcase_add_test(tc, a_gate_names_three_and_counts_the_rest);
	suite_add_tcase(s, tc);
	return s;
}
