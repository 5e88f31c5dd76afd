#include "agent/ground.h"

#include "world.h"

#define DASH "—"

/* The pool of every row: an unwrap that is new, a check that is gone. */
static const char pool[] =
	" use std::sync::Mutex;\n"
	" \n"
	" pub struct Pool {\n"
	"     idle: Mutex<Vec<Conn>>,\n"
	" }\n"
	" \n"
	" impl Pool {\n"
	"     pub fn take(&self) -> Option<Conn> {\n"
	"-        if self.closed() {\n"
	"-            return None;\n"
	"-        }\n"
	"+        let conn = self.idle.lock().unwrap().pop();\n"
	"+        conn\n"
	"     }\n"
	" \n"
	"     fn one(&self) {}\n"
	"     fn two(&self) {}\n"
	"     fn three(&self) {}\n"
	"     fn four(&self) {}\n"
	"     fn five(&self) {}\n"
	"     fn six(&self) {}\n"
	"     fn seven(&self) {}\n"
	"     fn eight(&self) {}\n"
	"+    fn give(\n"
	"+        &self,\n"
	"+        conn: Conn,\n"
	"+    ) {\n"
	"+        self.idle.lock().unwrap().push(conn);\n"
	"+        self.idle.lock().unwrap().sort();\n"
	"+    }\n"
	" }\n";

static const char key[] = " fn main() {\n"
			  "+    let k = \"sk-ant-api03-"
			  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			  "aaaaaaaaaaaaaaaaaaaaa"
			  "aaaaaaaaaaaaaaaaaaaaAA\";\n"
			  "+    let a\xe2\x80\x8b = 1;\n"
			  "+    let crlf = 2;\r\n"
			  " }\n";

static void open_world(struct world *w, const struct task *task)
{
	world_open(w, task);
	world_file(w, "src/pool.rs", pool);
	world_file(w, "src/key.rs", key);
	world_patch(w, SPAN("src/new.rs"), SPAN("src/old.rs"),
		    SPAN(" fn a() {}\n-fn b() {}\n+fn c() {}\n"));
}

/*
 * A finding of Critical Issues: what came of it, the line, and how its text
 * begins (NULL: as it was written).
 */
static const struct {
	const char *in;
	enum finding_check check;
	uint32_t line;
	const char *out;
} rows[] = {
	{ "- [must-fix] src/pool.rs:9 " DASH " poisoned\n"
	  "  > let conn = self.idle.lock().unwrap().pop();",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:12 " DASH " poisoned\n"
	  "  > let conn = self.idle.lock().unwrap().pop();",
	  FINDING_VERIFIED, 9, "- [must-fix] src/pool.rs:9 " DASH " poisoned" },
	{ "- [must-fix] src/pool.rs:5-14 " DASH " x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:14-5 " DASH " x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] src/pool.rs:9 " DASH " x" },
	{ "- [must-fix] src/pool.rs:9:4 " DASH " x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] `src/pool.rs:12-14`: x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] `src/pool.rs:9`: x" },
	{ "- [must-fix] **src/pool.rs** (line 12): x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] **src/pool.rs** (line 9): x" },
	{ "- [must-fix] src/pool.rs " DASH " x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] src/pool.rs:9 " DASH " x" },
	{ "- [must-fix] `src/pool.rs`: x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] `src/pool.rs:9`: x" },
	{ "- [must-fix] pool.rs:9 " DASH " x\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9, "- [must-fix] src/pool.rs:9 " DASH " x" },
	{ "- [must-fix] The lock is poisoned.\n  > let conn = self.idle",
	  FINDING_VERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 " DASH " The lock is poisoned." },
	/* re-flowed, several lines, parts */
	{ "- [must-fix] src/pool.rs:21 " DASH " x\n"
	  "  > fn give(&self, conn: Conn) {",
	  FINDING_VERIFIED, 21, NULL },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n"
	  "  > let conn = self\n  >     .idle\n  >     .lock()",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:21 " DASH " x\n\n"
	  "  ```rust\n  fn give(\n      &self,\n  ```",
	  FINDING_VERIFIED, 21, NULL },
	{ "- [must-fix] src/pool.rs:21 " DASH " x\n"
	  "  > fn give( … ) {\n  > …\n  > self.idle.lock().unwrap().sort();",
	  FINDING_VERIFIED, 21, NULL },
	{ "- [must-fix] src/pool.rs:25 " DASH " x\n"
	  "  > self.idle.lock().unwrap().push(...)",
	  FINDING_VERIFIED, 25, NULL },
	{ "- [must-fix] src/pool.rs:25 " DASH " x\n"
	  "  > self.idle.lock().unwrap().push(conn);\n"
	  "  > }",
	  FINDING_VERIFIED, 25, NULL },
	{ "- [must-fix] src/pool.rs:1 " DASH " x\n  > conn: Conn,",
	  FINDING_VERIFIED, 23, "- [must-fix] src/pool.rs:23 " DASH " x" },
	/* margins, signs, escapes */
	{ "- [must-fix] src/pool.rs:1 " DASH " x\n  >     9 +     let conn = "
	  "self.idle.lock().unwrap().pop();",
	  FINDING_VERIFIED, 9, "- [must-fix] src/pool.rs:9 " DASH " x" },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > + let conn = self.idle",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > - let conn = self.idle",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 *(unverified)* " DASH " x\n" },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n"
	  "  > 12 + let conn = self.idle",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 *(unverified)* " DASH " x\n" },
	{ "- [must-fix] src/pool.rs:4 " DASH " x\n"
	  "  > idle: Mutex&lt;Vec\\<Conn>>,",
	  FINDING_UNVERIFIED, 4, NULL }, /* that line was not sent */
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n\n  ```diff\n"
	  "  -        }\n"
	  "  +        let conn = self.idle.lock().unwrap().pop();\n"
	  "  ```",
	  FINDING_VERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n"
	  "  > `let conn = self.idle.lock()`",
	  FINDING_VERIFIED, 9, NULL },
	/* removed code */
	{ "- [must-fix] src/pool.rs:9 " DASH " the check was removed\n"
	  "  > if self.closed() {",
	  FINDING_VERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 *(before the change)* " DASH },
	{ "- [must-fix] src/pool.rs:1 " DASH " the check is gone\n"
	  "  > return None;",
	  FINDING_VERIFIED, 10,
	  "- [must-fix] src/pool.rs:10 *(before the change)* " DASH },
	/* lines that the change leaves */
	{ "- [must-fix] src/pool.rs:19 " DASH " empty\n  > fn seven(&self) {}",
	  FINDING_VERIFIED, 19,
	  "- [must-fix] src/pool.rs:19 *(pre-existing)* " DASH " empty" },
	/* what is not there */
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > let conn = self.busy;",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 *(unverified)* " DASH " x\n" },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > et conn = self.idle",
	  FINDING_UNVERIFIED, 9, NULL },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n"
	  "  > fn one(&self) {}\n  > fn seven(&self) {}",
	  FINDING_UNVERIFIED, 9, NULL }, /* of two hunks */
	{ "- [must-fix] src/pool.rs:15 " DASH " x\n  > fn three(&self) {}",
	  FINDING_UNVERIFIED, 15, NULL }, /* not sent */
	{ "- [must-fix] src/pool.rs:9 " DASH " no quote", FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/pool.rs:9 *(unverified)* " DASH " no quote" },
	{ "- [must-fix] src/key.rs:9 " DASH " x\n"
	  "  > let conn = self.idle",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/key.rs:9 *(unverified)* " DASH
	  " x *(its quote stands at src/pool.rs:9)*\n" },
	{ "- [must-fix] src/pol.rs:9 " DASH " x\n  > let conn = self.idle",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] src/pol.rs:9 *(unverified)* " DASH
	  " x *(no such file was sent; perhaps src/pool.rs)*\n" },
	{ "- [must-fix] lib/pool.rs:9 " DASH " x `y\n  > let conn = self.idle",
	  FINDING_UNVERIFIED, 9,
	  "- [must-fix] lib/pool.rs:9 *(unverified)* " DASH
	  " x `y *(no such file was sent; perhaps src/pool.rs)*\n" },
	{ "- [must-fix] Nothing has a place.", FINDING_UNCHECKED, 0, NULL },
	{ "- [must-fix] The quote is nowhere.\n  > let conn = self.busy;",
	  FINDING_UNVERIFIED, 0,
	  "- [must-fix] *(unverified)* The quote is nowhere." },
	/* hardly a word */
	{ "- [must-fix] src/pool.rs:27 " DASH " x\n  > }", FINDING_VERIFIED, 27,
	  NULL },
	{ "- [must-fix] src/pool.rs:1 " DASH " x\n  > }", FINDING_UNVERIFIED, 1,
	  NULL },
	/* masked, made visible */
	{ "- [must-fix] src/key.rs:2 " DASH " x\n"
	  "  > let k = \"[masked:anthropic-key*****************************"
	  "*************************************************************]\";",
	  FINDING_UNVERIFIED, 2, NULL }, /* of another length */
	{ "- [must-fix] src/key.rs:2 " DASH " a leak\n  > let k =",
	  FINDING_VERIFIED, 2, NULL },
	{ "- [must-fix] src/key.rs:2 " DASH " a hard-coded key\n  > let k =",
	  FINDING_VERIFIED, 2,
	  "- [must-fix] src/key.rs:2 *(masked value)* " DASH " a hard-" },
	{ "- [must-fix] src/key.rs:3 " DASH " x\n  > let a\\u{200b} = 1;",
	  FINDING_VERIFIED, 3, NULL },
	{ "- [must-fix] src/key.rs:3 " DASH " x\n"
	  "  > let a\xe2\x80\x8b = 1;",
	  FINDING_VERIFIED, 3, NULL },
	{ "- [must-fix] src/key.rs:4 " DASH " x\n  > let crlf = 2;\n  > }",
	  FINDING_VERIFIED, 4, NULL },
	/* renamed */
	{ "- [must-fix] src/new.rs:2 " DASH " x\n  > fn c() {}",
	  FINDING_VERIFIED, 2, NULL },
	{ "- [must-fix] src/old.rs:2 " DASH " x\n  > fn c() {}",
	  FINDING_VERIFIED, 2, "- [must-fix] src/new.rs:2 " DASH " x" },
	{ "- [must-fix] src/old.rs:2 " DASH " was removed\n  > fn b() {}",
	  FINDING_VERIFIED, 2,
	  "- [must-fix] src/old.rs:2 *(before the change)* " DASH },
	{ "- [must-fix] ./src/new.rs:2 " DASH " x\n  > fn c() {}",
	  FINDING_VERIFIED, 2, NULL },
	{ "- [must-fix] b/src/new.rs:2 " DASH " x\n  > fn c() {}",
	  FINDING_VERIFIED, 2, NULL },
};

START_TEST(a_quote_is_looked_up_in_what_was_sent)
{
	struct world w;
	const struct finding *f;
	struct span text;

	open_world(&w, &task_review);
	world_reply(&w, 1, span_of(rows[_i].in));
	ground_report(&w.report, &w.arena, &w.in);
	ck_assert_uint_eq(w.report.findings.len, 1);
	f = &w.report.findings.ptr[0];
	text = w.report.sections.ptr[1].text;
	ck_assert_msg(f->check == rows[_i].check, "%s: %.*s",
		      finding_check_name(f->check), SPAN_ARG(f->fact));
	ck_assert_uint_eq(f->line, rows[_i].line);
	ck_assert_int_eq(f->check == FINDING_UNVERIFIED, f->fact.len > 0);
	if (rows[_i].out)
		ck_assert_msg(span_starts(text, rows[_i].out), "%.*s",
			      SPAN_ARG(text));
	else if (f->check != FINDING_UNVERIFIED)
		ck_assert_msg(span_eqs(text, rows[_i].in), "%.*s",
			      SPAN_ARG(text));
	world_close(&w);
}
END_TEST

/* Summary and Action Items beside a finding of Critical Issues: what becomes of
 * places that are written as the finding's. */
static const struct {
	const char *finding, *action, *out;
	enum finding_check check; /* of the action, when it is a finding */
} actions[] = {
	{ "- [must-fix] src/pool.rs:12 " DASH " x\n  > let conn = self.idle",
	  "1. See src/pool.rs:12, `src/pool.rs:12-14` and (src/pool.rs:120).",
	  "1. See src/pool.rs:9, `src/pool.rs:9` and (src/pool.rs:120).",
	  FINDING_UNCHECKED },
	{ "- [must-fix] src/pool.rs:12 " DASH " x\n  > let conn = self.idle",
	  "1. [must-fix] src/pool.rs:12: handle it",
	  "1. [must-fix] src/pool.rs:9: handle it", FINDING_UNCHECKED },
	{ "- [must-fix] pool.rs:12 " DASH " x\n  > let conn = self.idle",
	  "1. [must-fix] `pool.rs:12`: handle it",
	  "1. [must-fix] `src/pool.rs:9`: handle it", FINDING_UNCHECKED },
	{ "- [must-fix] src/pool.rs:12 " DASH " x\n  > let conn = self.busy",
	  "1. [must-fix] src/pool.rs:12: handle it",
	  "1. [must-fix] src/pool.rs:12 *(unverified)*: handle it",
	  FINDING_UNVERIFIED },
	/* two places that were written alike */
	{ "- [must-fix] src/pool.rs:12 " DASH " x\n  > let conn = self.idle\n"
	  "- [must-fix] src/pool.rs:12 " DASH " x\n  > .push(conn);",
	  "1. [must-fix] src/pool.rs:12: handle it",
	  "1. [must-fix] src/pool.rs:12: handle it", FINDING_UNCHECKED },
	/* one that holds and one that does not */
	{ "- [must-fix] src/pool.rs:12 " DASH " x\n  > let conn = self.busy\n"
	  "- [must-fix] src/pool.rs:12 " DASH " x\n  > .push(conn);",
	  "1. [must-fix] src/pool.rs:12: handle it",
	  "1. [must-fix] src/pool.rs:25: handle it", FINDING_UNCHECKED },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > let conn = self.idle",
	  "1. [must-fix] src/pool.rs:30: write a test",
	  "1. [must-fix] src/pool.rs:30: write a test", FINDING_UNCHECKED },
};

START_TEST(actions_name_the_places_that_findings_have)
{
	struct world w;
	struct buf b = { 0 };
	const struct finding *last;

	open_world(&w, &task_review);
	buf_addf(&b, "%s\n\n## Action Items\n\n%s", actions[_i].finding,
		 actions[_i].action);
	world_reply(&w, 1, buf_span(&b));
	ck_assert(
		span_starts(w.report.sections.ptr[7].text, actions[_i].action));
	ground_report(&w.report, &w.arena, &w.in);
	ck_assert_msg(
		span_starts(w.report.sections.ptr[7].text, actions[_i].out),
		"%.*s", SPAN_ARG(w.report.sections.ptr[7].text));
	last = &w.report.findings.ptr[w.report.findings.len - 1];
	if (last->section == 7)
		ck_assert_int_eq(last->check, actions[_i].check);
	buf_release(&b);
	world_close(&w);
}
END_TEST

/* In a design what is to be made need not be there. */
static const struct {
	const char *in;
	enum finding_check check;
} designs[] = {
	{ "- [must-fix] src/cache.rs " DASH " bound it", FINDING_UNCHECKED },
	{ "- [must-fix] src/pool.rs " DASH " split it", FINDING_UNCHECKED },
	{ "- [must-fix] Bound the cache.\n  > trait Cache {}",
	  FINDING_UNCHECKED },
	{ "- [must-fix] src/cache.rs:1 " DASH " x\n  > trait Cache {}",
	  FINDING_UNCHECKED },
	{ "- [must-fix] src/pool.rs:1 " DASH " x\n  > trait Cache {}",
	  FINDING_UNVERIFIED },
	{ "- [must-fix] src/pool.rs:9 " DASH " x\n  > pub struct Pool {",
	  FINDING_VERIFIED },
};

START_TEST(a_design_may_speak_of_what_is_to_be_made)
{
	struct world w;
	const struct finding *f;

	world_open(&w, &task_design);
	*vec_push(&w.in.files, &w.arena) = (struct source_file){
		SPAN("src/pool.rs"),
		SPAN("//! Pools.\npub struct Pool {\n}\n")
	};
	*vec_push(&w.in.tree.entries, &w.arena) =
		(struct tree_entry){ .path = SPAN("src/pool.rs") };
	world_reply(&w, 1, span_of(designs[_i].in));
	ground_report(&w.report, &w.arena, &w.in);
	f = &w.report.findings.ptr[0];
	ck_assert_msg(f->check == designs[_i].check, "%s",
		      finding_check_name(f->check));
	if (f->check == FINDING_VERIFIED)
		ck_assert_uint_eq(f->line, 2);
	ck_assert(!f->pre_existing);
	world_close(&w);
}
END_TEST

/* Lines beside the patch, whole files, and files of which no line was sent. */
static const struct {
	bool all;
	const char *in;
	enum finding_check check;
	bool pre_existing;
	const char *fact;
} beside[] = {
	{ false, "- [must-fix] src/b.rs:8 " DASH " x\n  > fn beside() {}",
	  FINDING_VERIFIED, true, "" },
	{ false, "- [must-fix] src/pool.rs:4 " DASH " x\n  > idle: Mutex<",
	  FINDING_VERIFIED, true, "" },
	/* the last line of a page and the first of a hunk */
	{ false,
	  "- [must-fix] src/pool.rs:4 " DASH
	  " x\n  > idle: Mutex<Vec<Conn>>,\n  > }",
	  FINDING_VERIFIED, true, "" },
	{ false, "- [must-fix] src/pool.rs:9 " DASH " x\n  > let conn = self",
	  FINDING_VERIFIED, false, "" },
	/* what is gone makes a line wrong that stays */
	{ false,
	  "- [must-fix] src/pool.rs:8 " DASH
	  " no longer checked\n  > pub fn take(&self)",
	  FINDING_VERIFIED, false, "" },
	{ true, "- [must-fix] src/pool.rs:9 " DASH " x\n  > let conn = self",
	  FINDING_VERIFIED, false, "" },
	{ true, "- [must-fix] src/b.rs:8 " DASH " x\n  > fn beside() {}",
	  FINDING_VERIFIED, false, "" },
	{ false, "- [must-fix] Cargo.lock " DASH " x\n  > serde 1.0",
	  FINDING_UNVERIFIED, false, "only a summary of this file was sent" },
	{ false, "- [must-fix] src/c.rs:1 " DASH " x\n  > fn c() {}",
	  FINDING_UNVERIFIED, false, "nothing of this file was sent" },
	{ false, "- [must-fix] src/zzzzzz.rs:1 " DASH " x\n  > fn c() {}",
	  FINDING_UNVERIFIED, false, "no such file was sent" },
};

static void add_page(struct world *w, const char *path, uint32_t number,
		     const char *text)
{
	struct page *p = arena_new(&w->arena, struct page);

	p->path = span_of(path);
	*vec_push(&p->lines, &w->arena) =
		(struct page_line){ number, span_of(text) };
	*vec_push(&w->in.surround.pages.rows, &w->arena) = p;
}

START_TEST(what_stands_beside_the_patch_was_sent_too)
{
	struct world w;
	const struct finding *f;

	world_open(&w, &task_review);
	w.in.range.all = beside[_i].all;
	world_file(&w, "src/pool.rs", pool);
	world_patch(&w, SPAN("Cargo.lock"), SPAN("Cargo.lock"), SPAN("+x\n"));
	w.in.covers.ptr[1].state = COVER_SUMMARY;
	*vec_push(&w.in.code.side.tree.entries, &w.arena) =
		(struct tree_entry){ .path = SPAN("src/c.rs") };
	add_page(&w, "src/b.rs", 8, "fn beside() {}");
	add_page(&w, "src/pool.rs", 4, "    idle: Mutex<Vec<Conn>>,");
	add_page(&w, "src/pool.rs", 5, "}");
	world_reply(&w, 1, span_of(beside[_i].in));
	ground_report(&w.report, &w.arena, &w.in);
	f = &w.report.findings.ptr[0];
	ck_assert_int_eq(f->check, beside[_i].check);
	ck_assert_int_eq(f->pre_existing, beside[_i].pre_existing);
	ck_assert_msg(span_eqs(f->fact, beside[_i].fact), "%.*s",
		      SPAN_ARG(f->fact));
	world_close(&w);
}
END_TEST

static const struct finding *ground_one(struct world *w, const char *patch,
					const char *critical, unsigned section)
{
	world_open(w, &task_review);
	world_file(w, "src/a.rs", patch);
	world_reply(w, section, span_of(critical));
	ground_report(&w->report, &w->arena, &w->in);
	ck_assert_int_eq(w->report.findings.ptr[0].check, FINDING_VERIFIED);
	return &w->report.findings.ptr[0];
}

#define FN "+fn one() {\n+    let a = b.c();\n+}\n"
#define SAYS "- [must-fix] src/a.rs:2 " DASH " x\n  > "

/* The same finding of code that moved or was formatted, and others. */
static const struct {
	const char *patch, *critical;
	unsigned section;
	bool same;
} prints[] = {
	{ FN, SAYS "let a = b.c();", 1, true },
	{ " \n \n \n" FN, SAYS "let a = b.c();", 1, true },
	{ FN, SAYS "let a = b", 1, true },
	{ FN, "- [question] src/a.rs " DASH " y\n  > let a=b.c();", 1, true },
	{ "+fn one() {\n+    let a =\n+        b.c();\n+}\n",
	  SAYS "let a =\n  > b.c();", 1, true },
	{ "+fn two() {\n+    let a = b.c();\n+}\n", SAYS "let a = b.c();", 1,
	  false },
	{ "+fn one() {\n+    let a = b.d();\n+}\n", SAYS "let a = b.d();", 1,
	  false },
	{ FN, SAYS "let a = b.c();", 2, false },
};

START_TEST(a_fingerprint_stays_when_lines_move)
{
	struct world w, v;
	const struct finding *f = ground_one(&w, FN, SAYS "let a = b.c();", 1);
	const struct finding *g = ground_one(
		&v, prints[_i].patch, prints[_i].critical, prints[_i].section);

	ck_assert_uint_eq(strlen(f->fingerprint), 16);
	ck_assert_int_eq(!strcmp(f->fingerprint, g->fingerprint),
			 prints[_i].same);
	world_close(&w);
	world_close(&v);
}
END_TEST

/* A hostile reply costs what it costs, and says so. */
START_TEST(too_many_findings_are_not_all_looked_up)
{
	struct world w;
	struct buf b = { 0 }, patch = { 0 };
	size_t late = 0;

	for (int i = 0; i < 20000; i++)
		buf_addf(&patch, "+    let a%d = b%d.c(d, e, f);\n", i, i);
	for (int i = 0; i < 4000; i++)
		buf_addf(&b,
			 "- [must-fix] src/a.rs:%d " DASH
			 " x\n  > let a%d = nothing;\n",
			 i, i);
	world_open(&w, &task_review);
	world_patch(&w, SPAN("src/a.rs"), SPAN("src/a.rs"), buf_span(&patch));
	world_reply(&w, 1, buf_span(&b));
	ground_report(&w.report, &w.arena, &w.in);
	ck_assert_uint_eq(w.report.findings.len, 4000);
	vec_each (const struct finding, f, &w.report.findings) {
		ck_assert_int_eq(f->check, FINDING_UNVERIFIED);
		late += span_eqs(f->fact, "there was too much to look up");
	}
	ck_assert_uint_gt(late, 0);
	buf_release(&b);
	buf_release(&patch);
	world_close(&w);
}
END_TEST

/* What fences may be asked about for every one of them. */
static const struct {
	const char *item;
	unsigned items;
	size_t padding; /* bytes of one more item, without a place */
	unsigned fences;
} examples[] = {
	{ "- [must-fix] src/a.rs:2 " DASH " x\n", 20000, 0, 200000 },
	{ "- [must-fix] src/a.rs:2 " DASH " x\n\nSee src/a.rs:2:\n\n", 20000, 0,
	  200000 },
	{ "", 0, 800000, 40000 },
	{ "", 0, 0, 400000 },
};

START_TEST(however_many_examples_come_time_is_linear)
{
	struct world w;
	struct buf b = { 0 };

	for (unsigned i = 0; i < examples[_i].items; i++)
		buf_adds(&b, examples[_i].item);
	if (examples[_i].padding) {
		buf_adds(&b, "* ");
		while (b.len < examples[_i].padding)
			buf_adds(&b, "word ");
		buf_addc(&b, '\n');
	}
	buf_adds(&b, "\nAfter:\n");
	for (unsigned i = 0; i < examples[_i].fences; i++)
		buf_adds(&b, "```\n```\n");
	world_open(&w, &task_review);
	world_file(&w, "src/a.rs", "+fn one() {\n+    let a = b.c();\n+}\n");
	world_reply(&w, 1, buf_span(&b));
	ground_report(&w.report, &w.arena, &w.in);
	ck_assert_uint_eq(w.report.findings.len, examples[_i].items);
	ck_assert_uint_eq(w.report.patch.len, 0);
	buf_release(&b);
	world_close(&w);
}
END_TEST

Suite *ground_suite(void)
{
	Suite *s = suite_create("ground");
	TCase *tc = tcase_create("ground");

	add_rows(tc, a_quote_is_looked_up_in_what_was_sent, rows);
	add_rows(tc, actions_name_the_places_that_findings_have, actions);
	add_rows(tc, a_design_may_speak_of_what_is_to_be_made, designs);
	add_rows(tc, what_stands_beside_the_patch_was_sent_too, beside);
	add_rows(tc, a_fingerprint_stays_when_lines_move, prints);
	tcase_add_test(tc, too_many_findings_are_not_all_looked_up);
	add_rows(tc, however_many_examples_come_time_is_linear, examples);
	suite_add_tcase(s, tc);
	return s;
}
