/* Which lines a code example replaces, and what is kept of it. */
#include "agent/fix.h"

#include <string.h>

#include "agent/fix_parts.h"
#include "agent/gather.h"
#include "agent/patch.h"
#include "agent/task.h"
#include "base/buf.h"
#include "core/apply.h"
#include "core/report.h"
#include "core/unidiff.h"
#include "test.h"

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

/* 1 */
#define FILE_TEXT                                      \
	"use std::fs;\n" /* 1 */                       \
	"\n"                                           \
	"/// Reads.\n" /* 3 */                         \
	"#[inline]\n"                                  \
	"pub fn read(p: &str) -> String {\n" /* 5 */   \
	"    fs::read_to_string(p).unwrap()\n"         \
	"}\n"                                          \
	"\n"                                           \
	"impl Pool {\n"                                \
	"    fn get(&self) -> u8 {\n" /* 10 */         \
	"        let g = self.lock.lock().unwrap();\n" \
	"        g.one\n"                              \
	"    }\n"                                      \
	"\n"                                           \
	"    fn put(&self) { self.one(); }\n" /* 15 */ \
	"}\n"

static struct fix_file make_file(const char *text, const char *path)
{
	struct fix_file f = { .path = span_of(path), .text = span_of(text) };
	struct span rest = f.text, line;
	struct source *s = arena_new(&arena, struct source);

	f.lines = (uint32_t)text_count_lines(f.text);
	f.line = arena_array(&arena, f.lines + 1, sizeof(*f.line));
	f.shown = arena_array(&arena, (size_t)f.lines + 2, 1);
	for (uint32_t i = 0; text_line(&rest, &line); i++) {
		f.line[i] = line;
		f.shown[i + 1] = true;
	}
	source_read(s, &arena, f.path, f.text);
	f.now = s;
	return f;
}

/* "6-6:text" for each edit */
static const char *said(const struct finding *f)
{
	struct buf b = { 0 };
	const char *s;

	vec_each (struct finding_edit, e, &f->fix)
		buf_addf(&b, "%u-%u:%.*s", e->first, e->last,
			 SPAN_ARG(e->text));
	s = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return s;
}

static const struct {
	const char *code;
	bool diff;
	uint32_t at;
	const char *quote;
	const char *want; /* "" : it is not sure */
} rows[] = {
	/* a statement that begins and ends alike */
	{ "fs::read_to_string(p)?\n", false, 6,
	  "    fs::read_to_string(p).unwrap()", "" },
	{ "let g = self.lock.lock().await;\n", false, 11,
	  "let g = self.lock.lock().unwrap();",
	  "11-11:        let g = self.lock.lock().await;\n" },
	{ "let g = {\n    self.lock.lock().await\n};\n", false, 11,
	  "let g = self.lock.lock().unwrap();",
	  "11-11:        let g = {\n            self.lock.lock().await\n"
	  "        };\n" },
	{ "self.lock.lock().await;\n", false, 11,
	  "let g = self.lock.lock().unwrap();", "" },
	{ "let g = self.lock.lock().await\n", false, 11,
	  "let g = self.lock.lock().unwrap();", "" },
	{ "let g = self.lock.lock().unwrap();\n", false, 11,
	  "let g = self.lock.lock().unwrap();", "" },
	{ "let g = self.lock.lock().await;\n", false, 11,
	  "let h = self.lock.lock().unwrap();", "" },
	{ "let g = \"a\nb\";\n", false, 11,
	  "let g = self.lock.lock().unwrap();", "" },
	/* a function anew, at its own indentation, with docs or without */
	{ "fn get(&self) -> u8 {\n    self.one\n}\n", false, 12, "g.one",
	  "11-12:        self.one\n" },
	{ "    fn get(&self) -> u8 {\n        1\n    }\n", false, 11, "",
	  "11-12:        1\n" },
	{ "impl Pool {\n    fn get(&self) -> u16 {\n        1\n    }\n}\n",
	  false, 11, "", "10-12:    fn get(&self) -> u16 {\n        1\n" },
	{ "pub fn read(p: &str) -> R {\n    fs::read_to_string(p)\n}\n", false,
	  6, "",
	  "5-6:pub fn read(p: &str) -> R {\n    fs::read_to_string(p)\n" },
	{ "/// Reads it.\npub fn read(p: &str) -> String {\n    x()\n}\n",
	  false, 6, "",
	  "3-6:/// Reads it.\npub fn read(p: &str) -> String {\n    x()\n" },
	{ "fn other() {}\n", false, 6, "", "" },
	{ "fn read() {}\nfn get() {}\n", false, 6, "", "" },
	{ "fn read(p: &str) -> String {\n    // ...\n}\n", false, 6, "", "" },
	{ "fn read(p: &str) -> String {\n    todo!()\n}\n", false, 6, "", "" },
	{ "fn read(p: &str) -> String {\n", false, 6, "", "" },
	{ "struct Pool;\n", false, 11, "", "" },
	{ "fn get(&self) -> u8 { 1 }\n", false, 1, "", "" },
	/* a diff: the lines it leaves are there, exactly */
	{ "-    fs::read_to_string(p).unwrap()\n+    x()\n", true, 6, "",
	  "6-6:    x()\n" },
	{ "@@ -6 +6 @@\n pub fn read(p: &str) -> String {\n"
	  "-    fs::read_to_string(p).unwrap()\n+    x()\n }\n",
	  true, 2, "", "6-6:    x()\n" },
	{ " use std::fs;\n+use std::io;\n", true, 6, "", "2-1:use std::io;\n" },
	{ "-use std::fs;\n", true, 6, "", "1-1:" },
	{ "-use std::fs;\n+use a;\n@@ @@\n-        g.one\n+        g.two\n",
	  true, 6, "", "1-1:use a;\n12-12:        g.two\n" },
	{ "-use std::fs;\n+use a;\n@@ @@\n-g.one\n+g.two\n", true, 6, "", "" },
	{ "-use  std::fs;\n+use a;\n", true, 1, "", "" },
	{ "+use a;\n", true, 1, "", "" },
	{ " use std::fs;\n", true, 1, "", "" },
	{ "use std::fs;\n", true, 1, "", "" },
	/* two places, neither of them the one that is spoken of */
	{ "-\n+// x\n", true, 12, "", "" },
	{ "-\n+// x\n", true, 8, "", "8-8:// x\n" },
	{ "-use std::fs;\n", true, 99, "", "" },
	{ "", true, 1, "", "" },
	{ "", false, 1, "", "" },
};

START_TEST(an_example_replaces_what_it_is_sure_to_replace)
{
	struct fix_file file = make_file(FILE_TEXT, "src/pool.rs");
	struct finding f = { 0 };
	struct example e = { span_of(rows[_i].code), rows[_i].diff, rows[_i].at,
			     span_of(rows[_i].quote) };

	ck_assert_int_eq(fix_match(&f, &arena, &arena, &file, &e),
			 *rows[_i].want != 0);
	ck_assert_str_eq(said(&f), rows[_i].want);
}
END_TEST

START_TEST(lines_that_were_not_shown_are_not_replaced)
{
	struct fix_file file = make_file(FILE_TEXT, "src/pool.rs");
	struct example e = { SPAN("fn get(&self) -> u8 {\n    1\n}\n"), false,
			     11, SPAN("") };
	struct finding f = { 0 };

	file.shown[12] = false;
	ck_assert(!fix_match(&f, &arena, &arena, &file, &e));
	ck_assert_uint_eq(f.fix.len, 0);
}
END_TEST

/* ---- proving and joining */

struct world {
	struct task_input in;
	struct report r;
};

static void make_world(struct world *w, const char *path, const char *text)
{
	struct file_change *f;
	struct code_file *c;
	struct source *s = arena_new(&arena, struct source);

	*w = (struct world){ .in.task = &task_review };
	f = vec_push(&w->in.change.files, &arena);
	f->path = f->old_path = span_of(path);
	f->new_text = span_of(text);
	vec_push(&w->in.covers, &arena)->state = COVER_FULL;
	c = vec_push(&w->in.code.files, &arena);
	source_read(s, &arena, f->path, f->new_text);
	c->now = s;
	c->understood = source_understood(s);
}

static struct finding *add(struct world *w, const char *path, uint32_t first,
			   uint32_t last, const char *text)
{
	struct finding *f = vec_push(&w->r.findings, &arena);

	f->path = span_of(path);
	f->line = first;
	*vec_push(&f->fix, &arena) =
		(struct finding_edit){ first, last, span_of(text) };
	return f;
}

static const struct {
	const char *text;
	uint32_t first, last;
	const char *with;
	bool holds;
} proofs[] = {
	{ "fn a() {\n    b();\n}\n", 2, 2, "    c();\n", true },
	{ "fn a() {\n    b();\n}\n", 2, 1, "    c();\n", true },
	{ "fn a() {\n    b();\n}\n", 4, 3, "fn c() {}\n", true },
	{ "fn a() {\n    b();\n}\n", 2, 2, "", true },
	/* it changes nothing, is out of the text, has no end */
	{ "fn a() {\n    b();\n}\n", 2, 2, "    b();\n", false },
	{ "fn a() {\n    b();\n}\n", 4, 4, "x\n", false },
	{ "fn a() {\n    b();\n}\n", 0, 0, "x\n", false },
	{ "fn a() {\n    b();\n}\n", 2, 2, "    c();", false },
	{ "fn a() {}", 1, 1, "fn b() {}\n", false },
	{ "fn a() {}", 2, 1, "fn b() {}\n", false },
	/* Rust that balanced balances still */
	{ "fn a() {\n    b();\n}\n", 2, 2, "    b(;\n", false },
	{ "fn a() {\n    b();\n}\n", 3, 3, "", false },
	{ "fn a() {\n    b();\n}\n", 2, 2, "    b(\"x);\n", false },
	{ "fn a() {\n    b();\n\n", 2, 2, "    b(;\n", true },
	/* what could not be printed as it is, or is kept back */
	{ "fn a() {\n    b();\r\n}\n", 1, 1, "fn c() {\n", false },
	{ "fn a() {\n    b();\n}\n", 2, 2, "    c();\r\n", false },
	{ "// \xe2\x80\xae\nfn a() {}\n", 2, 2, "fn b() {}\n", false },
	{ "// \xe2\x80\xae\n\n\n\n\nfn a() {}\n", 6, 6, "fn b() {}\n", true },
	{ "fn a() {}\n", 1, 1, "// \033[31m\n", false },
	{ "fn a() {}\n", 1, 1, "// \xff\n", false },
	{ "fn a() {}\n", 1, 1, "// [masked:github-token]\n", false },
	{ "const T: &str = \"ghp_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o\";\n"
	  "fn a() {}\n",
	  2, 2, "fn b() {}\n", false },
};

START_TEST(an_edit_is_kept_when_it_is_proven)
{
	struct world w;
	struct finding *f;

	make_world(&w, "src/a.rs", proofs[_i].text);
	f = add(&w, "src/a.rs", proofs[_i].first, proofs[_i].last,
		proofs[_i].with);
	fixes_join(&w.r, &arena, &w.in);
	ck_assert_int_eq(f->fix.len > 0, proofs[_i].holds);
	ck_assert_int_eq(w.r.patch.len > 0, proofs[_i].holds);
}
END_TEST

START_TEST(a_file_that_is_not_known_or_not_shown_has_no_edit)
{
	struct world w;

	for (int i = 0; i < 3; i++) {
		make_world(&w, "src/a.rs", "fn a() {}\n");
		if (i == 0)
			w.in.change.files.ptr[0].new_text.len = 0;
		if (i == 1)
			w.in.covers.ptr[0].state = COVER_SUMMARY;
		add(&w, i == 2 ? "src/b.rs" : "src/a.rs", 1, 1, "fn b() {}\n");
		fixes_join(&w.r, &arena, &w.in);
		ck_assert_uint_eq(w.r.findings.ptr[0].fix.len, 0);
		ck_assert_uint_eq(w.r.patch.len, 0);
	}
}
END_TEST

START_TEST(of_edits_that_meet_the_first_is_made)
{
	struct world w;
	struct finding *f;

	make_world(&w, "src/a.rs", "fn a() {\n    b();\n    c();\n}\n");
	add(&w, "src/a.rs", 2, 3, "    d();\n");
	add(&w, "src/a.rs", 3, 3, "    e();\n");
	add(&w, "src/a.rs", 2, 3, "    d();\n"); /* the same once more */
	add(&w, "src/a.rs", 2, 1, "    f();\n");
	add(&w, "src/a.rs", 5, 4, "fn g() {}\n");
	fixes_join(&w.r, &arena, &w.in);
	f = w.r.findings.ptr;
	ck_assert_uint_eq(f[0].fix.len, 1);
	ck_assert_uint_eq(f[1].fix.len, 0);
	ck_assert_uint_eq(f[2].fix.len, 1);
	ck_assert_uint_eq(f[3].fix.len, 0);
	ck_assert_uint_eq(f[4].fix.len, 1);
	ck_assert_str_eq(arena_cstr(&arena, w.r.patch),
			 "diff --git a/src/a.rs b/src/a.rs\n"
			 "--- a/src/a.rs\n+++ b/src/a.rs\n"
			 "@@ -1,4 +1,4 @@\n fn a() {\n-    b();\n-    c();\n"
			 "+    d();\n }\n+fn g() {}\n");
	ck_assert_str_eq(arena_cstr(&arena, w.r.patch_note),
			 "2 findings whose edits meet those of others");
}
END_TEST

Suite *fix_suite(void)
{
	Suite *s = suite_create("fix");
	TCase *tc = tcase_create("fix");

	tcase_add_checked_fixture(tc, NULL, release);
	add_rows(tc, an_example_replaces_what_it_is_sure_to_replace, rows);
	tcase_add_test(tc, lines_that_were_not_shown_are_not_replaced);
	add_rows(tc, an_edit_is_kept_when_it_is_proven, proofs);
	tcase_add_test(tc, a_file_that_is_not_known_or_not_shown_has_no_edit);
	tcase_add_test(tc, of_edits_that_meet_the_first_is_made);
	suite_add_tcase(s, tc);
	return s;
}
