/* What rules.c does with what any rule finds. */
#include "rust/rules.h"

#include "rule_rows.h"
#include "rust/rule.h"

#define UNDONE "fn f() {\n\ttodo!();\n}\n"

/* Comments that ask for silence, and what becomes of line 3's `todo!`. */
static const struct {
	const char *comment;
	bool silent;
	const char *reason;
} allows[] = {
	{ "// architect: allow(unfinished) soon", true, "soon" },
	{ "// architect: allow(unfinished)", true, "" },
	{ "//   architect: allow(unfinished)   a b  ", true, "a b" },
	{ "/* architect: allow(unfinished) x */", true, "x" },
	{ "/* architect: allow(unfinished) x\n## Summary */", true, "x" },
	{ "/*\n\n architect: allow(unfinished)\n x */", true, "" },
	{ "// architect: allow(unfinished) \x1b[2J", true, "\\u{1b}[2J" },
	{ "// architect: allow(other) x", false, "" },
	{ "// architect: allow(unfinishe) x", false, "" },
	{ "// architect: allow unfinished", false, "" },
	{ "/// architect: allow(unfinished) x", false, "" },
	{ "let _ = \"architect: allow(unfinished)\";", false, "" },
};

START_TEST(an_allow_of_the_base_silences_and_is_kept)
{
	struct rule_try t;
	struct buf b = { 0 };
	uint8_t line[8] = { 0 };

	buf_addf(&b, "fn f() {\n%s\n\ttodo!();\n}\n", allows[_i].comment);
	rule_try(&t, NULL, NULL, buf_cstr(&b), 0);
	line[t.now.lx.lines - 1] = LINE_ADDED;
	t.file.line = line;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.groups.len, !allows[_i].silent);
	ck_assert_uint_eq(t.report.silenced.len, allows[_i].silent);
	if (allows[_i].silent) {
		const struct rule_group *g = &t.report.silenced.ptr[0];

		ck_assert(span_eqs(g->places.ptr[0].reason, allows[_i].reason));
	}
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* The lines that are known, and those that each group then names. */
static const struct {
	const char *known, *fresh, *old;
} parted[] = {
	{ "", "2 3 4 5 6", "" },	  { "2", "3 4 5 6", "2" },
	{ "3 6", "2 4 5", "3 6" },	  { "2 3 4 5", "6", "2 3 4 5" },
	{ "2 3 4 5 6", "", "2 3 4 5 6" },
};

static bool known_line(const void *ctx, const struct rule *rule,
		       struct span path, const struct rule_spot *spot)
{
	ck_assert(span_eqs(path, "src/lib.rs"));
	ck_assert(span_eqs(spot->item, "f"));
	ck_assert_str_eq(rule->id, "unfinished");
	return strchr(ctx, '0' + (char)spot->line) != NULL;
}

static void add_lines(struct buf *b, const struct rule_group *g)
{
	vec_each (const struct rule_spot, s, &g->spots)
		buf_addf(b, "%s%u", b->len ? " " : "", s->line);
}

START_TEST(known_places_are_a_group_of_their_own_behind_new_ones)
{
	struct buf fresh = { 0 }, old = { 0 };
	struct rule_try t;

	rule_try(&t, NULL, NULL,
		 "fn f() {\ntodo!();\ntodo!();\ntodo!();\ntodo!();\n"
		 "todo!();\n}\n",
		 LINE_ADDED);
	t.input.known = known_line;
	t.input.known_ctx = parted[_i].known;
	rules_run(&t.report, &t.arena, &t.input);
	vec_each (const struct rule_group, g, &t.report.groups) {
		ck_assert(!g->known || g->places.len <= RULE_PLACES);
		ck_assert(g->known || !old.len);
		add_lines(g->known ? &old : &fresh, g);
	}
	ck_assert_str_eq(buf_cstr(&fresh), parted[_i].fresh);
	ck_assert_str_eq(buf_cstr(&old), parted[_i].old);
	rule_try_end(&t);
	buf_release(&fresh);
	buf_release(&old);
}
END_TEST

START_TEST(known_groups_take_no_room_from_new_ones)
{
	struct rule_report r = { 0 };
	struct arena a = { 0 };

	for (unsigned i = 0; i < 7; i++)
		*vec_push(&r.groups, &a) =
			(struct rule_group){ .total = i + 1, .known = i >= 3 };
	rules_keep(&r, &a, 0, 2, true);
	ck_assert_uint_eq(r.groups.len, 4);
	ck_assert_uint_eq(r.cut.len, 3);
	ck_assert_uint_eq(r.groups.ptr[1].more, 3);
	ck_assert_uint_eq(r.groups.ptr[1].more_files, 1);
	ck_assert(!r.groups.ptr[1].known && r.groups.ptr[2].known);
	ck_assert_uint_eq(r.groups.ptr[3].more, 6 + 7);
	ck_assert_uint_eq(r.groups.ptr[3].more_files, 2);
	arena_release(&a);
}
END_TEST

#define HOLDS "use std::sync::Mutex;\n"
#define TAKES "let g = m.lock().unwrap();\ng.x();\na.await;\n"

/* Attributes around a guard held across `.await`, and what becomes of it. */
static const struct {
	const char *src;
	bool silent;
} attributes[] = {
	{ HOLDS "#[allow(clippy::await_holding_lock)]\nasync fn f() {\n" TAKES
		"}",
	  true },
	{ HOLDS "#[expect(clippy::await_holding_lock, reason = \"one task\")]\n"
		"async fn f() {\n" TAKES "}",
	  true },
	{ HOLDS "#[allow(dead_code, clippy::await_holding_lock)]\n#[inline]\n"
		"pub async fn f() {\n" TAKES "}",
	  true },
	{ "#![allow(clippy::await_holding_lock)]\n" HOLDS
	  "async fn f() {\n" TAKES "}",
	  true },
	{ HOLDS "async fn f() {\n#![allow(clippy::await_holding_lock)]\n" TAKES
		"}",
	  true },
	{ HOLDS "async fn f() {\n#[allow(clippy::await_holding_lock)]\n" TAKES
		"}",
	  true },
	{ HOLDS "fn f() {\n#[allow(clippy::await_holding_lock)]\n"
		"run(async {\n" TAKES "})\n}",
	  true },
	{ HOLDS "#[allow(clippy::await_holding_lock)]\nmod m {\n"
		"async fn f() {\n" TAKES "}\n}",
	  true },
	{ HOLDS "#[allow(clippy::await_holding_refcell_ref)]\n"
		"async fn f() {\n" TAKES "}",
	  false },
	{ HOLDS "#[allow(rustc::await_holding_lock)]\nasync fn f() {\n" TAKES
		"}",
	  false },
	{ HOLDS "#[warn(clippy::await_holding_lock)]\nasync fn f() {\n" TAKES
		"}",
	  false },
	{ HOLDS "#[allow(clippy::await_holding_lock)]\nfn g() {}\n"
		"async fn f() {\n" TAKES "}",
	  false },
	{ HOLDS
	  "async fn f() {\n#[allow(clippy::await_holding_lock)]\nb();\n" TAKES
	  "}",
	  false },
};

START_TEST(an_attribute_that_allows_the_lint_silences_and_is_kept)
{
	struct rule_try t;
	uint8_t *line;

	rule_try(&t, NULL, NULL, attributes[_i].src, 0);
	line = arena_array(&t.arena, t.now.lx.lines + 2u, 1);
	t.file.line = line;
	/* the guard's line, and not the attribute's */
	for (uint32_t i = 0; i < t.now.lx.count; i++)
		if (lexer_text(&t.now.lx, i).len == 4 &&
		    span_eqs(lexer_text(&t.now.lx, i), "lock"))
			line[t.now.lx.tok[i].line] = LINE_ADDED;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.groups.len, !attributes[_i].silent);
	ck_assert_uint_eq(t.report.silenced.len, attributes[_i].silent);
	if (attributes[_i].silent)
		ck_assert_int_ge(
			span_find(t.report.silenced.ptr[0].places.ptr[0].reason,
				  SPAN("await_holding_lock")),
			0);
	/* the change itself adds both */
	memset(line, LINE_ADDED, t.now.lx.lines + 2u);
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.silenced.len, 0);
	rule_try_end(&t);
}
END_TEST

START_TEST(an_allow_of_the_change_itself_silences_only_when_trusted)
{
	static const char src[] =
		"fn f() {\n// architect: allow(unfinished) mine\ntodo!();\n}\n";
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, NULL, NULL, src, LINE_ADDED);
	ck_assert_uint_eq(t.report.silenced.len, 0);
	ck_assert_uint_eq(t.report.groups.len, 1);
	rule_group_write(&b, &t.report.groups.ptr[0]);
	ck_assert_msg(strstr(buf_cstr(&b), "mine"), "%s", buf_cstr(&b));
	t.input.trust_allows = true;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.silenced.len, 1);
	ck_assert_uint_eq(t.report.groups.len, 0);
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

static const struct {
	const char *was, *now;
	bool spoken;
} marks[] = {
	{ NULL, "// @generated\n" UNDONE, false },
	{ "// @generated\n", "// @generated\n" UNDONE, false },
	{ "fn f() {}\n", "// @generated\n" UNDONE, true },
	{ "// @generated\n", UNDONE, true },
};

START_TEST(a_mark_that_the_change_adds_hides_nothing)
{
	struct rule_try t;

	rule_try(&t, NULL, marks[_i].was, marks[_i].now, LINE_ADDED);
	ck_assert_uint_eq(t.report.groups.len, marks[_i].spoken);
	rule_try_end(&t);
}
END_TEST

/* Each place asks for the comments above it. */
START_TEST(many_comments_before_many_places_are_not_read_for_each)
{
	struct rule_try t;
	struct buf b = { 0 };

	for (int i = 0; i < 300000; i++)
		buf_adds(&b, "//\n");
	for (int i = 0; i < 20000; i++)
		buf_adds(&b, "todo!();");
	rule_try(&t, NULL, NULL, buf_cstr(&b), LINE_ADDED);
	ck_assert_str_eq(rule_lines(&t, &rule_unfinished), "300001");
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* Only the second line is added, in what was there before it. */
static const struct {
	const char *text;
	bool silent;
} inside[] = {
	{ "/* old\n * architect: allow(lock-across-await)\n */\n", false },
	{ "/* architect: allow(lock-across-await)\n * more\n */\n", true },
	{ "#[allow(\nclippy::await_holding_lock,\n)]\n", false },
	{ "#[allow(clippy::await_holding_lock,\ndead_code,\n)]\n", true },
};

START_TEST(an_allow_put_into_old_lines_is_the_change_s_own)
{
	struct rule_try t;
	struct buf b = { 0 };
	uint8_t *line;

	buf_addf(&b,
		 "%sasync fn f(m: &std::sync::Mutex<u8>) { "
		 "let g = m.lock().unwrap(); h().await; drop(g); }\n",
		 inside[_i].text);
	rule_try(&t, NULL, NULL, buf_cstr(&b), 0);
	line = arena_array(&t.arena, t.now.lx.lines + 2u, 1);
	line[2] = line[4] = LINE_ADDED;
	t.file.line = line;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.silenced.len, inside[_i].silent);
	ck_assert_uint_eq(t.report.groups.len, !inside[_i].silent);
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* Existing code: every line is marked as added, and nothing is new. */
START_TEST(existing_code_may_excuse_itself_and_is_compared_with_nothing)
{
	static const char src[] =
		"pub fn f() {\n// architect: allow(unfinished) mine\ntodo!();\n"
		"a.unwrap();\nb.unwrap();\n}\n";
	struct rule_try t;

	rule_try(&t, NULL, NULL, src, LINE_ADDED);
	t.input.existing = true;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.silenced.len, 1);
	ck_assert(!t.report.silenced.ptr[0].places.ptr[0].own_allow);
	vec_each (struct rule_group, g, &t.report.groups) {
		ck_assert(!g->rule->compares);
		ck_assert_int_lt(
			span_find(g->places.ptr[0].fact, SPAN("added")), 0);
	}
	ck_assert_str_eq(rule_lines(&t, &rule_plain_panic), "4");
	rule_try_end(&t);
}
END_TEST

START_TEST(a_group_names_three_places_and_counts_the_rest)
{
	struct rule_try t;
	struct buf b = { 0 };

	rule_try(&t, NULL, NULL, UNDONE UNDONE UNDONE UNDONE UNDONE,
		 LINE_ADDED);
	ck_assert_str_eq(rule_lines(&t, &rule_unfinished), "2 5 8");
	ck_assert_uint_eq(t.report.groups.ptr[0].total, 5);
	rule_group_write(&b, &t.report.groups.ptr[0]);
	ck_assert_msg(strstr(buf_cstr(&b), "Also at `src/lib.rs:5`, "
					   "`src/lib.rs:8` and 2 more"),
		      "%s", buf_cstr(&b));
	rule_try_end(&t);
	buf_release(&b);
}
END_TEST

/* What one file's place has is not the next one's. */
START_TEST(a_file_inherits_nothing_from_the_one_before)
{
	static const char allowed[] =
		"// architect: allow(unsafe-without-safety)\n"
		"unsafe impl Send for S {}\n";
	struct rule_file files[2] = { 0 };
	struct rule_try a, b;

	rule_try(&a, NULL, NULL, allowed, LINE_ADDED);
	rule_try(&b, NULL, NULL, "fn f() {}\nunsafe impl Send for S {}\n",
		 LINE_ADDED);
	files[0] = a.file;
	files[1] = b.file;
	b.input.file = files;
	b.input.files = 2;
	b.input.trust_allows = true;
	rules_run(&b.report, &b.arena, &b.input);
	ck_assert_uint_eq(b.report.silenced.len, 1);
	ck_assert_uint_eq(b.report.groups.len, 1);
	ck_assert_uint_eq(b.report.groups.ptr[0].places.ptr[0].edits.len, 1);
	ck_assert_uint_eq(
		b.report.groups.ptr[0].places.ptr[0].edits.ptr[0].from, 10);
	rule_try_end(&a);
	rule_try_end(&b);
}
END_TEST

START_TEST(a_review_says_twelve_findings_and_counts_the_rest)
{
	struct rule_file files[15] = { 0 };
	struct rule_try t;

	rule_try(&t, NULL, NULL, UNDONE, LINE_ADDED);
	for (size_t i = 0; i < 15; i++)
		files[i] = t.file;
	t.input.file = files;
	t.input.files = 15;
	rules_run(&t.report, &t.arena, &t.input);
	ck_assert_uint_eq(t.report.groups.len, RULE_FINDINGS);
	ck_assert_uint_eq(t.report.left_out, 3);
	ck_assert_uint_eq(t.report.files, 15);
	ck_assert_uint_eq(t.report.lines, 45);
	rule_try_end(&t);
}
END_TEST

START_TEST(every_row_is_whole_and_its_id_is_its_own)
{
	const struct rule *r = rule_table[_i];

	ck_assert_ptr_eq(rule_find(span_of(r->id)), r);
	ck_assert(r->about && r->why && r->bad && r->good && r->consequence);
	ck_assert(r->run || r->run_change);
	ck_assert_int_ge(
		finding_level_find(span_of(finding_level_name(r->level))), 0);
	for (const char *c = r->id; *c; c++)
		ck_assert(*c == '-' || (*c >= 'a' && *c <= 'z'));
}
END_TEST

START_TEST(a_row_yields_to_one_above_it)
{
	const char *to = rule_table[_i]->yields_to;
	int above = 0;

	for (int i = 0; to && i < _i; i++)
		above += !strcmp(rule_table[i]->id, to);
	ck_assert_int_eq(above, to != NULL);
}
END_TEST

/* --explain's bad example is one, its good example is none; where a rule reads
 * a change, they are diffs. */
START_TEST(every_explanation_is_true)
{
	const struct rule *r = rule_table[_i];
	struct rule_try t;

	if (strchr("+- ", *r->bad))
		return;
	rule_try(&t, NULL, NULL, r->bad, LINE_ADDED);
	ck_assert_msg(*rule_lines(&t, r), "%s: silent on its bad example",
		      r->id);
	rule_try_end(&t);
	rule_try(&t, NULL, NULL, r->good, LINE_ADDED);
	ck_assert_msg(!*rule_lines(&t, r), "%s: speaks of its good example",
		      r->id);
	rule_try_end(&t);
}
END_TEST

Suite *rust_rules_suite(void)
{
	Suite *s = suite_create("rust_rules");
	TCase *tc = tcase_create("rules");

	add_rows(tc, known_places_are_a_group_of_their_own_behind_new_ones,
		 parted);
	tcase_add_test(tc, known_groups_take_no_room_from_new_ones);
	add_rows(tc, an_allow_of_the_base_silences_and_is_kept, allows);
	add_rows(tc, an_attribute_that_allows_the_lint_silences_and_is_kept,
		 attributes);
	add_rows(tc, an_allow_put_into_old_lines_is_the_change_s_own, inside);
	tcase_add_test(
		tc, an_allow_of_the_change_itself_silences_only_when_trusted);
	add_rows(tc, a_mark_that_the_change_adds_hides_nothing, marks);
	tcase_add_test(tc,
		       many_comments_before_many_places_are_not_read_for_each);
	tcase_add_test(
		tc,
		existing_code_may_excuse_itself_and_is_compared_with_nothing);
	tcase_add_test(tc, a_group_names_three_places_and_counts_the_rest);
	tcase_add_test(tc, a_file_inherits_nothing_from_the_one_before);
	tcase_add_test(tc, a_review_says_twelve_findings_and_counts_the_rest);
	tcase_add_loop_test(tc, every_row_is_whole_and_its_id_is_its_own, 0,
			    (int)rule_count);
	tcase_add_loop_test(tc, a_row_yields_to_one_above_it, 0,
			    (int)rule_count);
	tcase_add_loop_test(tc, every_explanation_is_true, 0, (int)rule_count);
	suite_add_tcase(s, tc);
	return s;
}
