#include "agent/merge.h"

#include <stdio.h>

#include "agent/reply.h"
#include "base/buf.h"
#include "core/remark.h"
#include "core/report.h"
#include "test.h"

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

/* A report of one section's text; the others hold "None.". */
static struct report *report_of(const char *id, const char *text)
{
	struct report *r = arena_new(&arena, struct report);

	for (unsigned i = 0; i < eight_sections.len; i++) {
		struct section *s = vec_push(&r->sections, &arena);

		s->want = &eight_sections.want[i];
		s->state = SECTION_PRESENT;
		s->text = span_of(strcmp(s->want->id, id) ? "None." : text);
		remark_parse(r, &arena, i);
	}
	return r;
}

static void name(struct finding *f, unsigned n)
{
	snprintf(f->fingerprint, sizeof(f->fingerprint), "%016x", n);
}

static const char *section_text(const struct report *r, const char *id)
{
	vec_each (struct section, s, &r->sections)
		if (!strcmp(s->want->id, id))
			return arena_cstr(&arena, s->text);
	return "";
}

/* Parts apart by a line of "====". */
static size_t parts_of(const struct report **out, const char *id,
		       const char *texts)
{
	const char *sep = "\n====\n", *at;
	size_t n = 0;

	for (; (at = strstr(texts, sep)); texts = at + strlen(sep))
		out[n++] = report_of(
			id, arena_cstr(&arena,
				       (struct span){ texts,
						      (size_t)(at - texts) }));
	out[n++] = report_of(id, texts);
	return n;
}

static const struct {
	const char *id, *parts, *want;
} rows[] = {
	{ "architecture", "None.\n====\nNone", "None." },
	{ "architecture", "Well made.\n====\nNone.", "Well made." },
	{ "architecture", "One.\n====\nTwo.", "One.\n\nTwo." },
	/* findings by level, parts in order; prose in front stays there */
	{ "critical-issues",
	  "- [question] a.rs:1 — q\n- [must-fix] a.rs:2 — m\n====\n"
	  "See below.\n\n- [must-fix] b.rs:1 — n\n  > let x;\n"
	  "- [should-fix] b.rs:2 — s",
	  "See below.\n\n- [must-fix] a.rs:2 — m\n- [must-fix] b.rs:1 — n\n"
	  "  > let x;\n- [should-fix] b.rs:2 — s\n- [question] a.rs:1 — q" },
	/* what follows a finding goes with it */
	{ "critical-issues",
	  "- [nice-to-have] a.rs:1 — a\n\nAnd more of it.\n====\n"
	  "- [must-fix] b.rs:1 — b",
	  "- [must-fix] b.rs:1 — b\n- [nice-to-have] a.rs:1 — a\n\n"
	  "And more of it." },
	/* headings keep their own order */
	{ "critical-issues",
	  "### Locks\n\n- [question] a.rs:1 — a\n====\n- [must-fix] b.rs:1 — b",
	  "### Locks\n\n- [question] a.rs:1 — a\n\n- [must-fix] b.rs:1 — b" },
	/* a fence left open swallows no other part */
	{ "code-examples", "```rust\nfn a() {}\n====\n```rust\nfn b() {}\n```",
	  "```rust\nfn a() {}\n```\n\n```rust\nfn b() {}\n```" },
	{ "summary", "Good.\n====\n- Bad.",
	  "**Part 1 of 2**\n\nGood.\n\n**Part 2 of 2**\n\n- Bad." },
	/* one list, by turns; the same words once */
	{ "action-items", "1. A\n2. B\n====\n1. C\n2. A\n3. D",
	  "1. A\n2. C\n3. B\n4. D" },
	{ "action-items", "- A\n  more\n====\nDo:\n\n- B\n\n  - b",
	  "Do:\n\n1. A\n   more\n2. B\n\n   - b" },
	{ "action-items", "None.\n====\n1. A", "1. A" },
	{ "action-items", "Nothing much.\n====\n1. A",
	  "Nothing much.\n\n1. A" },
};

START_TEST(sections_are_put_together_by_what_they_are)
{
	const struct report *part[8];
	struct report out = { 0 };
	size_t n = parts_of(part, rows[_i].id, rows[_i].parts);

	merge_reports(&out, &arena, &eight_sections, part, n);
	ck_assert_str_eq(section_text(&out, rows[_i].id), rows[_i].want);
	ck_assert(report_complete(&out));
}
END_TEST

START_TEST(one_part_alone_is_taken_as_it_is)
{
	const char *text = "- [question] a.rs:1 — q\n- [must-fix] a.rs:2 — m";
	const struct report *part = report_of("critical-issues", text);
	struct report out = { 0 };

	merge_reports(&out, &arena, &eight_sections, &part, 1);
	ck_assert_str_eq(section_text(&out, "critical-issues"), text);
	ck_assert_uint_eq(out.findings.len, 2);
}
END_TEST

START_TEST(a_finding_of_two_parts_is_one_and_keeps_both_their_words)
{
	struct report *a = report_of("critical-issues",
				     "- [should-fix] a.rs:1 — it blocks");
	struct report *b = report_of("critical-issues",
				     "- [must-fix] a.rs:1 — it deadlocks\n"
				     "  > let g = a.lock();\n"
				     "- [must-fix] b.rs:1 — other");
	const struct report *part[] = { a, b };
	struct report out = { 0 };

	name(&a->findings.ptr[0], 7);
	name(&b->findings.ptr[0], 7);
	merge_reports(&out, &arena, &eight_sections, part, 2);
	ck_assert_str_eq(section_text(&out, "critical-issues"),
			 "- [should-fix] a.rs:1 — it blocks\n"
			 "  - Said of another part: it deadlocks\n"
			 "    > let g = a.lock();\n"
			 "- [must-fix] b.rs:1 — other");
	ck_assert_uint_eq(out.findings.len, 2);
	ck_assert_int_eq(out.findings.ptr[0].level, LEVEL_MUST_FIX);
}
END_TEST

START_TEST(a_part_that_came_to_nothing_leaves_the_others)
{
	const struct report *part[] = { NULL, report_of("summary", "Good."),
					NULL };
	struct report out = { 0 };

	merge_reports(&out, &arena, &eight_sections, part, 3);
	ck_assert_str_eq(section_text(&out, "summary"),
			 "**Part 2 of 3**\n\nGood.");
	ck_assert(report_complete(&out));
}
END_TEST

/* ---- generated replies */

static unsigned seed;

static unsigned pick(unsigned n)
{
	seed = seed * 1103515245u + 12345u;
	return (seed >> 16) % n;
}

/* Every piece of text gets a word of its own, by which it is known again. */
static unsigned words;

static void add_prose(struct buf *b)
{
	buf_addf(b, "Prose w%ux", words++);
	if (!pick(3))
		buf_addf(b, "\nthat goes on w%ux", words++);
	buf_adds(b, "\n\n");
}

static void add_finding(struct buf *b)
{
	buf_addf(b, "- [%s] src/f%u.rs:%u — about w%ux",
		 finding_level_name((enum finding_level)pick(LEVEL_COUNT)),
		 pick(5), pick(90) + 1, words++);
	if (pick(2))
		buf_addf(b, "\n  > let x%u = w%ux();", pick(9), words++);
	if (!pick(4))
		buf_addf(b, "\n\n  - nested w%ux", words++);
	buf_adds(b, pick(4) ? "\n" : "\n\n");
}

static void add_code(struct buf *b)
{
	buf_addf(b, "`src/a.rs:%u`:\n\n```rust\nfn w%ux() {}\n%s\n", pick(9),
		 words++, "```\n");
}

static void add_section(struct buf *b, const char *id)
{
	bool actions = !strcmp(id, "action-items");
	unsigned n = pick(5);

	if (!n) {
		buf_adds(b, "None.\n\n");
		return;
	}
	if (!pick(3))
		add_prose(b);
	for (unsigned i = 0; i < n; i++) {
		if (actions)
			buf_addf(b, "%u. Do w%ux%s\n", i + 1, words++,
				 pick(3) ? "" : "\n   and then some");
		else if (!strcmp(id, "code-examples"))
			add_code(b);
		else if (!strcmp(id, "summary") || !pick(6))
			add_prose(b);
		else
			add_finding(b);
	}
	buf_addc(b, '\n');
}

static struct report *generate(void)
{
	struct report *r = arena_new(&arena, struct report);
	struct buf b = { 0 };

	for (size_t i = 0; i < eight_sections.len; i++) {
		buf_addf(&b, "## %s\n\n", eight_sections.want[i].name);
		add_section(&b, eight_sections.want[i].id);
	}
	reply_parse(r, &arena, &eight_sections,
		    arena_span(&arena, buf_span(&b)), false);
	buf_release(&b);
	vec_each (struct finding, f, &r->findings)
		if (!pick(4))
			name(f, pick(3) + 10 * f->section);
	return r;
}

static size_t distinct(const struct report *const *part, size_t n)
{
	size_t plain = 0;

	for (size_t i = 0; i < n; i++)
		vec_each (struct finding, f, &part[i]->findings)
			plain += !*f->fingerprint;
	return plain;
}

/* The report as a reply, read once more. */
static void read_again(struct report *out, struct buf *text,
		       const struct report *r)
{
	vec_each (struct section, s, &r->sections)
		buf_addf(text, "## %s\n\n%.*s\n\n", s->want->name,
			 SPAN_ARG(s->text));
	reply_parse(out, &arena, &eight_sections,
		    arena_span(&arena, buf_span(text)), false);
}

static void check_order(const struct report *r)
{
	for (size_t i = 1; i < r->findings.len; i++) {
		const struct finding *a = &r->findings.ptr[i - 1];
		const struct finding *b = &r->findings.ptr[i];

		ck_assert_uint_le(a->section, b->section);
	}
}

START_TEST(nothing_that_any_part_says_is_lost)
{
	const struct report *part[4];
	struct report out = { 0 }, again = { 0 };
	struct buf text = { 0 };
	size_t n = 2 + pick(3);

	seed = (unsigned)_i * 7919u + 1;
	words = 0;
	n = 2 + pick(3);
	for (size_t i = 0; i < n; i++)
		part[i] = generate();
	merge_reports(&out, &arena, &eight_sections, part, n);
	ck_assert_msg(report_complete(&out), "%s", report_gap(&out, &arena));
	read_again(&again, &text, &out);
	ck_assert_msg(report_complete(&again), "%s", buf_cstr(&text));
	ck_assert_msg(again.findings.len == out.findings.len, "%zu %zu\n%s",
		      again.findings.len, out.findings.len, buf_cstr(&text));
	ck_assert_uint_ge(out.findings.len, distinct(part, n));
	check_order(&out);
	for (unsigned i = 0; i < words; i++) {
		char word[16];

		snprintf(word, sizeof(word), "w%ux", i);
		ck_assert_msg(strstr(buf_cstr(&text), word), "%s lost in\n%s",
			      word, buf_cstr(&text));
	}
	buf_release(&text);
}
END_TEST

Suite *merge_suite(void)
{
	Suite *s = suite_create("merge");
	TCase *tc = tcase_create("merge");

	tcase_add_checked_fixture(tc, NULL, teardown);
	add_rows(tc, sections_are_put_together_by_what_they_are, rows);
	tcase_add_test(tc, one_part_alone_is_taken_as_it_is);
	tcase_add_test(
		tc, a_finding_of_two_parts_is_one_and_keeps_both_their_words);
	tcase_add_test(tc, a_part_that_came_to_nothing_leaves_the_others);
	tcase_add_loop_test(tc, nothing_that_any_part_says_is_lost, 0, 300);
	suite_add_tcase(s, tc);
	return s;
}
