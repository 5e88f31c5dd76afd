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

Suite *ground_suite(void)
{
	Suite *s = suite_create("ground");
	TCase *tc = tcase_create("ground");

	add_rows(tc, a_quote_is_looked_up_in_what_was_sent, rows);
	suite_add_tcase(s, tc);
	return s;
}
