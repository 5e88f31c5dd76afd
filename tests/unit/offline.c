/* The review without a model: what it says of small changes, and that whatever
 * a repository holds gives eight sections with the rules' findings alone. */
#include "agent/offline.h"

#include "agent/gather.h"
#include "agent/reply.h"
#include "agent/task.h"
#include "core/report.h"
#include "core/settings.h"
#include "sandbox.h"

static const struct settings settings = { .max_guides = 64 << 10,
					  .import_depth = 5 };

struct review {
	struct arena arena;
	struct task_input in;
	struct task_request request;
	struct report report;
	struct buf text;
};

/* Review what `line` names of the repository in r/. */
static void review(struct review *v, const char *line)
{
	struct repo *r = sandbox_repo("r");
	struct error err = { 0 };

	*v = (struct review){ .request = { .task = &task_review } };
	v->request.spec = sandbox_spec(&v->arena, line);
	ck_assert_msg(!task_gather(&v->in, &v->arena, r, &v->request, &settings,
				   &err),
		      "%s", err.msg);
	if (v->in.task != &task_design)
		surround_read(&v->in, &v->arena, r);
	offline_reply(&v->text, &v->arena, &v->in);
	reply_parse(&v->report, &v->arena, &eight_sections, buf_span(&v->text),
		    false);
	repo_close(r);
}

static void review_end(struct review *v)
{
	buf_release(&v->text);
	arena_release(&v->arena);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	ck_assert_int_eq(fclose(f), 0);
}

/* A crate whose library was one text and is another. NULL: not there. */
static void make_crate(const char *was, const char *now)
{
	shell("git init -q r; mkdir -p r/src r/tests;"
	      "printf '[package]\\nname = \"c\"\\nversion = \"0.1.0\"\\n' "
	      ">r/Cargo.toml; echo '#[test] fn old_test() { c::old(1) }' "
	      ">r/tests/t.rs");
	if (was)
		write_file("r/src/lib.rs", was);
	shell("cd r; git add -A; git commit -qm one");
	if (now)
		write_file("r/src/lib.rs", now);
	else
		shell("rm r/src/lib.rs");
	shell("cd r; git add -A; git commit -qm 'Change it'");
}

#define F(body) "pub fn f(a: u8) -> u8 {\n" body "\n}\n"

/* What one section must hold, line by line as it is written. */
static const struct {
	const char *was, *now;
	int section; /* index */
	const char *want;
} facts[] = {
	{ F("a"), F("a + 1"), 0,
	  "No model was consulted. The program itself read 1 commit, "
	  "HEAD~1..HEAD (1 file), +1 -1 lines; 1 Rust file with 1 added line "
	  "of code: 1 fn changed. Of these 1 `pub`.\n" },
	{ F("a"), F("a + 1"), 0, " says: `Change it`\n" },
	{ F("a"), F("a + 1"), 0,
	  "- src/lib.rs:1 — pub fn `f` changed: body (+1 -1)\n" },
	{ F("a"), F("a") "struct S;\n", 0,
	  "- src/lib.rs:4 — added struct `S`\n" },
	{ F("a") "struct S;\n", F("a"), 0,
	  "- src/lib.rs:4 (before) — removed struct `S`\n" },
	{ F("a"), F("a") "impl S { fn g() {} }\n", 0,
	  "- src/lib.rs:4 — added impl `S`, with 1 item in it\n" },
	{ F("f(a); f(b); f(c); f(d); f(e)"),
	  "pub fn g(a: u8) -> u8 {\nf(a); f(b); f(c); f(d); f(e)\n}\n", 0,
	  "- src/lib.rs:1 — pub fn `g` was called `f`\n" },
	{ F("a"), F("a") "#[test]\nfn t() { f(1); }\n", 0,
	  "- src/lib.rs:5 — test added `t` (:5)\n" },
	{ F("a"), F("a + 1") "#[test]\nfn t() { f(1); }\n", 0,
	  "- src/lib.rs:5 — for the change: the new test `t` calls `f`\n" },
	{ F("a"), "// A comment.\n" F("a"), 0,
	  "- src/lib.rs:1 — imports, comments or layout alone (+1 -0)\n" },
	{ "fn h() { f(1); g(); f(2); }\n" F("a"),
	  "fn h() { f(1); g(); f(2); }\n" F("a + 1"), 0,
	  ", 2 calls in 1 file, nearest :1 and :1\n" },

	{ F("a"), F("todo!()"), 1,
	  "- [must-fix] src/lib.rs:2 — `todo!` stands for code" },
	{ F("a"), F("a + 1"), 1,
	  "No rule matched on 1 added line in 1 file.\n" },
	{ F("if a < 2 { b }\na"), F("if a <= 2 { b }\na"), 1,
	  "- src/lib.rs:2 — condition changed: `a < 2` → `a <= 2`, in `f`\n" },
	{ F("a"), F("if a < 2 { return 3; }\na"), 1,
	  "- src/lib.rs:2 — early return added: `3`, in `f`\n" },
	{ F("a && b"), F("a || b"), 1,
	  "- src/lib.rs:2 — boolean expression changed: `a && b` → `a || b`, "
	  "in `f`\n" },
	{ F("if a < 2 { b }\nif a < 2 { c }\na"), F("a"), 1,
	  "- src/lib.rs:2 (before) — condition removed: `a < 2`, in `f`; also "
	  "at :3\n" },
	{ F("assert!(a < 2);\na"), F("a"), 1,
	  "- src/lib.rs:2 (before) — check removed: `a < 2`, in `f`\n" },
	{ F("match a { 1 => 2, _ => 3 }"),
	  F("match a { 1 => 2, 2 => 4, _ => 3 }"), 1,
	  "- src/lib.rs:2 — match arm added: `2`, in `f`\n" },
	{ F("a"), F("// SAFETY: it is.\nunsafe { g() }"), 1,
	  "- src/lib.rs:3 — new unsafe block in `f`: `it is.`\n" },
	{ F("// SAFETY: it is.\nunsafe { g() }"),
	  F("h();\n// SAFETY: it is.\nunsafe { g() }"), 1,
	  "- src/lib.rs:4 — `f` changed around 1 unsafe block: :4 `it "
	  "is.`\n" },
	{ F("a"), F("a") "fn g() { if a { b()?; } }\n", 1,
	  "- src/lib.rs:4 — new: `g` has 1 condition, 1 `?`\n" },

	{ F("a"), "pub fn f(a: u8, b: u8) -> u8 {\na\n}\n", 2,
	  "- src/lib.rs:1 — signature of `f`: `a: u8` → `a: u8, b: u8`\n" },
	{ F("a"), "fn f(a: u8) -> u8 {\na\n}\n", 2,
	  "- src/lib.rs:1 — visibility `pub` → private: `f`\n" },
	{ F("a"), F("a + 1"), 2,
	  "- src/lib.rs:1 — signature as before: `f`\n" },
	{ "struct S { a: u8 }\n", "struct S { a: u8, b: u16 }\n", 2,
	  "- src/lib.rs:1 — struct `S` gains the field `b: u16`\n" },
	{ "struct S { a: u8 }\n", "struct S { a: Vec<u8> }\n", 2,
	  "- src/lib.rs:1 — struct `S` changes `a: u8` → `Vec<u8>`\n" },
	{ "enum E { A }\n", "enum E { A, B(u8) }\nfn f() { E::B(1); }\n", 2,
	  "- src/lib.rs:1 — enum `E` gains the variant `B(u8)`; `B` is named "
	  "at :2\n" },
	{ "const A: u8 = 1;\n", "const A: u8 = 2;\n", 2,
	  "- src/lib.rs:1 — const `A`: `1` → `2`\n" },
	{ F("a"), "use std::fs::read;\n" F("a"), 2,
	  "- src/lib.rs:1 — now uses `std::fs` (`read`)\n" },
	{ "use std::fs::read;\n" F("a"), F("a"), 2,
	  "- src/lib.rs:1 (before) — no longer uses `std::fs` (`read`)\n" },
	{ F("a"), F("a") "pub fn g() {}\n", 2,
	  "- src/lib.rs:4 — new for other crates: `g`\n" },
	{ "pub struct S {\n a: u8, b: u8, c: u8\n}\n",
	  "mod m {\npub struct S {\n a: u8, b: u8, c: u8\n}\n}\n"
	  "pub use m::S;\npub use m::T;\n",
	  2, "- src/lib.rs:7 — new for other crates: `T`\n" },
	{ "trait T { fn a(); fn b() {} }\nimpl T for A { fn a() {} }\n",
	  "trait T { fn a(); fn b() {} }\nimpl T for A { fn a() {} }\n"
	  "impl T for B { fn a() {} fn b() {} }\n",
	  2,
	  "- src/lib.rs:3 — new implementation of `T` for `B`; 1 other, "
	  "nearest :2 for `A`; not there: `b`\n" },

	{ "async fn f() {\ng().await\n}\n", "async fn f() {\nh().await\n}\n", 3,
	  "- src/lib.rs:2 — awaits, no guard known to be alive there: `f`\n" },
	{ "async fn f() {\ng().await\n}\n",
	  "async fn f() {\na();\ng().await\n}\n", 3,
	  "- src/lib.rs:3 — awaits as before: `f`\n" },
	{ "use std::sync::Mutex;\nasync fn f(m: &Mutex<u8>) {}\n",
	  "use std::sync::Mutex;\nasync fn f(m: &Mutex<u8>) {\n"
	  "let g = m.lock().unwrap();\nh().await;\nk(g);\n}\n",
	  3,
	  "- src/lib.rs:2 — `f` awaits at 1 place; std guard "
	  "`.lock().unwrap()` of :3 is alive at :4\n" },
	{ F("a"), F("tokio::spawn(g());\na"), 3,
	  "- src/lib.rs:2 — `f` adds `tokio::spawn`\n" },
	{ F("x.load(SeqCst);\na"), F("x.load(Acquire);\na"), 3,
	  "- src/lib.rs:2 — `f` adds `Acquire`; drops `SeqCst`\n" },
	{ F("a"), F("for i in b { c.clone(); }\na"), 3,
	  "- src/lib.rs:2 — `f` adds `.clone()` (:2 in a loop)\n" },
	{ F("a"), F("a + 1"), 3,
	  "- src/lib.rs:1 — `f`: no task, lock, channel" },

	{ F("a"), F("a.unwrap()"), 4,
	  "- src/lib.rs:2 — calls that panic, tests aside: `unwrap` 0 → 1; on "
	  "added lines: `unwrap` (:2)\n" },
	{ "fn f(a: Arc<A>, b: &String) {\n g();\n}\n",
	  "fn f(a: Arc<A>, b: &String) {\n g(a.clone());\n h(b.clone());\n"
	  " let c = Arc::clone(&a);\n}\n",
	  4,
	  "- src/lib.rs:2 — 3 clones added, of an `Arc`: `a` (:2), `a` (:4); "
	  "of "
	  "a `String`: `b` (:3)\n" },
	{ F("a.unwrap()"), F("a"), 4,
	  "- src/lib.rs:2 (before) — calls that panic, tests aside: `unwrap` "
	  "1 → 0\n" },
	{ "", "/// G.\npub fn g() -> Result<u8, E> { a }\n", 4,
	  "- src/lib.rs:2 — error type `E`: `g`\n" },
	{ "", "use a::Result;\n/// G.\npub fn g() -> Result<u8> { a }\n", 4,
	  "- src/lib.rs:3 — error type of the alias `a::Result`: `g`\n" },
	{ "#[derive(Clone)]\nstruct S;\n", "#[derive(Copy)]\nstruct S;\n", 4,
	  "- src/lib.rs:2 — `S` changes to `#[derive(Copy)]`\n" },
	{ "struct S;\nstruct T;\n",
	  "#[allow(dead_code)]\nstruct S;\n#[allow(dead_code)]\nstruct T;\n", 4,
	  "- src/lib.rs:2 — `S` gains `#[allow(dead_code)]`; likewise `T` "
	  "(:4)\n" },
	{ "struct S;\n", "#[allow(dead_code)]\nstruct S;\n", 4,
	  "- src/lib.rs:2 — `S` gains `#[allow(dead_code)]`\n" },
	{ "", "pub struct S;\n", 4,
	  "- src/lib.rs:1 — new `pub` without documentation: `S`\n" },
	{ "/// A.\nstruct S;\n", "/// A.\n/// B.\nstruct S;\n", 4,
	  "- src/lib.rs:3 — documentation changed: `S` (1 → 2 lines)\n" },
	{ "#[derive(A)]\n/// A.\nstruct S;\n",
	  "#[derive(A)]\n/// A.\n/** B\n C. */\nstruct S;\n", 4,
	  "- src/lib.rs:5 — documentation changed: `S` (1 → 3 lines)\n" },
	{ "", "#[derive(A)]\n/// A.\npub struct S;\npub struct T;\n", 4,
	  "- src/lib.rs:4 — new `pub` without documentation: `T`\n" },
	{ F("a"), F("a + 1"), 4,
	  "- src/lib.rs:1 — `f`: 3 lines, blocks nest 1 deep\n" },

	{ F("a"), F("unsafe { g() }"), 5,
	  "- src/lib.rs:2 — the edit for `unsafe-without-safety`:\n\n```diff\n"
	  "--- a/src/lib.rs\n+++ b/src/lib.rs\n@@ -1,3 +1,4 @@\n"
	  " pub fn f(a: u8) -> u8 {\n+// SAFETY: state why this is sound\n"
	  " unsafe { g() }\n }\n```\n" },
	{ F("a"), F("a + 1"), 5,
	  "No edit: no finding stands on the 1 added line of 1 commit" },
	{ F("a"), F("todo!()"), 5,
	  "No edit follows from a finding by tokens alone: `unfinished` "
	  "(src/lib.rs:2).\n" },
	/* lines that the report would show otherwise than they are */
	{ F("a"), F("\"\xe2\x80\xae\"; unsafe { g() }"), 5,
	  "- 1 edit is not shown" },

	{ F("a"), F("a + 1") "#[test]\nfn t() { f(1); }\n", 6,
	  "- src/lib.rs:5 — the new test `t` names `f`\n" },
	{ "pub fn old(a: u8) {}\n", "pub fn old(a: u8) { b() }\n", 6,
	  "- tests/t.rs:1 — `old_test` uses `old`\n" },
	{ "pub const A: u8 = 1;\n", "pub const A: u8 = 2;\n", 6,
	  "No Rust function, struct, enum, trait or macro outside of tests "
	  "has new code in 1 commit, HEAD~1..HEAD (1 file); 0 tests "
	  "changed.\n" },
	{ F("a"), F("a + 1"), 6,
	  "- src/lib.rs:1 — no test in the 2 files read uses `pub` `f`\n" },
	{ "#[test]\nfn t() { assert!(a); }\n",
	  "#[test]\nfn t() { assert!(a); assert!(b); }\n", 6,
	  "- src/lib.rs:2 — test `t` asserts 1 → 2 times\n" },
	{ "/// A.\npub fn f() {}\n",
	  "/// A.\n/// ```\n/// f()\n/// ```\npub fn f() {}\n", 6,
	  "- src/lib.rs:5 — changed documentation of `f` holds 1 example that "
	  "rustdoc compiles\n" },

	{ "#[test]\nfn t() { assert!(a); }\n",
	  "#[test]\nfn t() { assert!(b); }\n", 7,
	  "- src/lib.rs:2 — `t` has the most changed lines (+1 -1)\n" },
	{ F("a"), F("todo!()"), 7, "1. src/lib.rs:2 (must-fix) — " },
	{ F("a"), F("a + 1"), 7,
	  "Nothing to do follows from a rule, which is no verdict; for a "
	  "person to look at in 1 commit, HEAD~1..HEAD (1 file):\n" },
	{ F("// SAFETY: it is.\nunsafe { g() }"),
	  F("h();\n// SAFETY: it is.\nunsafe { g() }"), 7,
	  "- src/lib.rs:4 — after the change of `f`, does this still hold: "
	  "`it is.`?\n" },
	{ "fn h() { g(); }\n" F("a") "fn g() {}\n", "fn h() { g(); }\n" F("a"),
	  7, "- src/lib.rs:1 — `g` is gone and still named here\n" },
	{ F("if a < 2 { b }\na"), F("if a <= 2 { b }\na"), 7,
	  "- src/lib.rs:1 — `f` decides otherwise at 1 place, and no test of "
	  "the change names it\n" },
};

START_TEST(a_change_is_told_by_its_facts)
{
	struct review v;
	struct span text;

	sandbox_open();
	make_crate(facts[_i].was, facts[_i].now);
	review(&v, "HEAD~1..HEAD");
	ck_assert_str_eq(report_gap(&v.report, &v.arena), "");
	text = v.report.sections.ptr[facts[_i].section].text;
	/* the parser takes the last line end off */
	ck_assert_msg(span_find(buf_span(&v.text), span_of(facts[_i].want)) >=
			      0,
		      "'%s' is not in\n%.*s", facts[_i].want, SPAN_ARG(text));
	ck_assert_msg(span_find(text, span_trim(span_of(facts[_i].want))) >= 0,
		      "'%s' is not in\n%.*s", facts[_i].want, SPAN_ARG(text));
	review_end(&v);
	sandbox_close();
}
END_TEST

/* ---- whatever a repository holds */

/* Pieces that hostile files, paths and messages are made of. */
static const char *const pieces[] = {
	"fn f() {",
	"}",
	"{",
	"(",
	")",
	"\n",
	"\r\n",
	"todo!();",
	"unsafe { a() }",
	"`",
	"```",
	"~~~",
	"## Action Items",
	"\n## Summary\n\n",
	"- [must-fix] src/lib.rs:1 — x",
	"<!-- ",
	"-->",
	"<pre>",
	"<img src=x>",
	"| a | b |",
	"\x1b[2J",
	"\xe2\x80\xae",
	"\xff\xfe",
	"\"",
	"'",
	"//",
	"/*",
	"*/",
	"/// ",
	"#[test]",
	"#[derive(",
	"impl ",
	"struct `S` ",
	"mod m {",
	"use a::{b, c};",
	"enum E { A, B(C), ",
	"match a { b => c, ",
	"if let A { b } = c {",
	".await",
	"async ",
	".unwrap()",
	"r#\"",
	"\\",
	"&mut self, ",
	"-> Result<A, B<C>> ",
	"where T: ",
	"'a",
	"=>",
	";",
	"SAFETY: \n# Summary\n",
	"trait T: ",
	"const A: B = ",
	"macro_rules! m",
	"***",
	"1. **Summary**: x",
	"===\n",
	"> ",
};

static uint32_t rng;

static uint32_t next(uint32_t n)
{
	rng = rng * 1664525 + 1013904223;
	return (rng >> 8) % n;
}

static void hostile(struct buf *out, unsigned n)
{
	buf_reset(out);
	while (n--) {
		buf_adds(out, pieces[next(sizeof(pieces) / sizeof(*pieces))]);
		if (next(3) == 0)
			buf_addc(out, ' ');
	}
}

static void write_hostile(const char *path)
{
	struct buf b = { 0 };
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	hostile(&b, 5 + next(60));
	fwrite(buf_cstr(&b), 1, b.len, f);
	ck_assert_int_eq(fclose(f), 0);
	buf_release(&b);
}

static const char *const hostile_paths[] = {
	"r/src/lib.rs",
	"r/src/a`b.rs",
	"r/src/## Summary.rs",
	"r/src/<b>|x.rs",
	"r/- [must-fix] b.rs:1 — x.rs",
	"r/Cargo.toml",
	"r/x.sql",
};

static void commit_hostile(const char *options)
{
	struct buf message = { 0 }, script = { 0 };
	FILE *f;

	for (size_t i = 0; i < sizeof(hostile_paths) / sizeof(*hostile_paths);
	     i++)
		if (next(3))
			write_hostile(hostile_paths[i]);
	hostile(&message, 1 + next(8));
	f = fopen("message", "wb");
	ck_assert_ptr_nonnull(f);
	fputs("m", f);
	fwrite(buf_cstr(&message), 1, message.len, f);
	ck_assert_int_eq(fclose(f), 0);
	buf_addf(&script,
		 "cd r; git add -A; git commit -q %s -F ../message "
		 "2>&1 | grep -v -i utf-8 || :",
		 options);
	shell(buf_cstr(&script));
	buf_release(&message);
	buf_release(&script);
}

/* Findings are those of the rules, place by place, and no more. */
static void check_findings(const struct review *v)
{
	const struct rule_report *rules = &v->in.code.rules;
	size_t places = 0;

	vec_each (const struct finding, f, &v->report.findings) {
		bool known = false;

		vec_each (struct rule_group, g, &rules->groups)
			known |= f->line == g->places.ptr[0].line &&
				 f->level == g->level;
		ck_assert_msg(known, "no rule found %.*s:%u in\n%s",
			      SPAN_ARG(f->path), f->line, buf_cstr(&v->text));
		places++;
	}
	ck_assert_uint_eq(places, rules->groups.len);
}

START_TEST(any_repository_gives_eight_sections_and_the_rules_findings)
{
	struct review v;

	sandbox_open();
	rng = (uint32_t)_i * 77 + 5;
	shell("git init -q r; mkdir r/src; echo a >r/README.md;"
	      "cd r; git add -A; git commit -qm one");
	commit_hostile("--allow-empty");
	commit_hostile("--allow-empty");
	write_file("r/changed.txt", "so that something differs\n");
	shell("cd r; git add -A; git commit -q --amend --no-edit");
	review(&v, "HEAD~1..HEAD");
	ck_assert_msg(report_complete(&v.report), "%s\n%s",
		      report_gap(&v.report, &v.arena), buf_cstr(&v.text));
	ck_assert_uint_eq(v.report.preamble.len, 0);
	vec_each (struct section, s, &v.report.sections)
		ck_assert_msg(!s->duplicate, "%s", buf_cstr(&v.text));
	check_findings(&v);
	review_end(&v);
	sandbox_close();
}
END_TEST

/* ---- other changes than of Rust */

static const struct {
	const char *script, *line, *want;
} others[] = {
	{ "echo b >README.md", "HEAD~1..HEAD", "; none of it is Rust.\n" },
	{ "echo b >README.md", "HEAD~1..HEAD",
	  "- Not Rust: README.md (+1 "
	  "-1).\n" },
	{ "echo b >README.md", "HEAD~1..HEAD",
	  "No item, import or Cargo dependency changed in 1 commit" },
	{ "echo b >ci.yml", "HEAD~1..HEAD",
	  "- ci.yml:1 — not Rust, so its content was not judged (+1 -0)\n" },
	{ "printf 'a\\0b' >x.bin; echo b >README.md", "HEAD~1..HEAD",
	  "x.bin (binary)" },
	{ "rm README.md; echo c >b.md", "HEAD~1..HEAD", "README.md (deleted)" },
	{ "printf '[package]\\nname = \"c\"\\n[dependencies]\\nserde = "
	  "\"1\"\\n' >Cargo.toml",
	  "HEAD~1..HEAD", "- Cargo.toml:4 — `dependency serde added (1)`\n" },
	{ "mkdir src; echo 'fn f() { g(' >src/a.rs", "HEAD~1..HEAD",
	  "- src/a.rs — not understood as Rust" },
	{ "git mv README.md b.md", "HEAD~1..HEAD",
	  "- Not Rust: b.md (was README.md, +0 -0).\n" },
	/* existing code is no change */
	{ "mkdir src; echo 'pub fn f() {}' >src/lib.rs", "--all -- src",
	  "- src/lib.rs:1 — pub fn `f`\n" },
	{ "mkdir src; echo 'pub fn f() {}' >src/lib.rs", "--all -- src",
	  "1 Rust file with 1 line of code: 1 fn read. Of these 1 `pub`.\n" },
};

START_TEST(a_change_without_rust_is_told_for_what_it_is)
{
	struct buf script = { 0 };
	struct review v;

	sandbox_open();
	buf_addf(&script,
		 "git init -q r; cd r; echo a >README.md; git add -A;"
		 "git commit -qm one; %s; git add -A; git commit -qm two",
		 others[_i].script);
	shell(buf_cstr(&script));
	review(&v, others[_i].line);
	ck_assert_msg(strstr(buf_cstr(&v.text), others[_i].want) != NULL,
		      "'%s' is not in\n%s", others[_i].want, buf_cstr(&v.text));
	ck_assert(report_complete(&v.report));
	review_end(&v);
	buf_release(&script);
	sandbox_close();
}
END_TEST

/* Many changed functions: shorter lists, and how many they left out. */
START_TEST(a_large_change_reads_as_a_page)
{
	struct buf was = { 0 }, now = { 0 };
	struct review v;
	size_t lines;

	for (int i = 0; i < 400; i++) {
		buf_addf(&was,
			 "pub fn f%d(a: u8) -> R {\n if a < %d { g() }\n}\n", i,
			 i);
		buf_addf(&now,
			 "#[inline]\npub fn f%d(a: u16) -> S {\n if a > %d { "
			 "g%d().await?.unwrap(); x.clone() }\n unsafe { y%d "
			 "}\n}\npub enum E%d { A }\nimpl T%d for E%d { fn h() "
			 "{} "
			 "}\n",
			 i, i, i, i, i, i, i);
	}
	sandbox_open();
	make_crate(buf_cstr(&was), buf_cstr(&now));
	review(&v, "HEAD~1..HEAD");
	ck_assert(report_complete(&v.report));
	lines = text_count_lines(buf_span(&v.text));
	ck_assert_msg(lines <= 120, "%zu lines:\n%s", lines, buf_cstr(&v.text));
	ck_assert(strstr(buf_cstr(&v.text), "- Left out here: ") != NULL);
	review_end(&v);
	sandbox_close();
	buf_release(&was);
	buf_release(&now);
}
END_TEST

#define RUNS 40

Suite *offline_suite(void)
{
	Suite *s = suite_create("offline");
	TCase *tc = tcase_create("offline");

	tcase_set_timeout(tc, 30);
	add_rows(tc, a_change_is_told_by_its_facts, facts);
	tcase_add_loop_test(
		tc, any_repository_gives_eight_sections_and_the_rules_findings,
		0, RUNS);
	add_rows(tc, a_change_without_rust_is_told_for_what_it_is, others);
	tcase_add_test(tc, a_large_change_reads_as_a_page);
	suite_add_tcase(s, tc);
	return s;
}
