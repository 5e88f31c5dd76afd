/*
 * Reports with everything in them that a form can meet: each level and mark,
 * paths that mean something to URLs, command lines and terminals, text that
 * would act on whoever shows it.
 */
#ifndef UNIT_GOLDEN_REPORT_H
#define UNIT_GOLDEN_REPORT_H

#include "base/arena.h"
#include "core/change.h"
#include "core/report.h"

static const char *const golden_texts[] = {
	"The change gives `Pool::query` a cache. **It must not be merged as it "
	"stands**: a guard lives across an `.await`. "
	"連結プールの変更は慎重に。 "
	"👩‍💻 e\xcc\x81\n\n"
	"| what | how much |\n|---|--:|\n| `src/pool.rs` | 12 |\n| 日本語 | 3 "
	"|",
	"- [must-fix] src/pool.rs:51 — the guard `entries` lives across an "
	"`.await`\n"
	"  > let mut entries = cache.lock();\n"
	"- [must-fix] ../../etc/passwd:1 *(unverified)* — <script>alert(1)"
	"</script> ![x](https://example.com/x.png)\n\n"
	"::error file=a::injected\n"
	"\xc2\xa0::add-mask::injected\n"
	"a ##[error]injected ##vso[task.setvariable]injected",
	"1. one\n   - nested\n     > quoted\n2. two\n\n"
	"[inside](src/pool.rs) and [outside](https://example.com/) and "
	"<https://example.com/>",
	"- [should-fix] src/日本 語/パス.rs:7 *(unverified)* — blocks the "
	"runtime",
	"None.",
	"```rust\n// a lock that ends before the await\n"
	"let row = { cache.lock().get(&key) };\n"
	"::core::mem::drop(row);\n```\n\n"
	"```diff\n-let a = 1;\n+let a = 2;\n```",
	"A test \x1b[31mred\x1b[0m and \xe2\x80\xaeturned.",
	"- [ ] end the guard\n- [x] name the cache",
};

/* What a row leaves out is as in the others. */
static const struct finding golden_findings[] = {
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("src/pool.rs"),
	  .line = 51,
	  .text = SPAN("the guard `entries` lives across an `.await`; end it "
		       "before"),
	  .quote = SPAN("let mut entries = cache.lock();"),
	  .check = FINDING_VERIFIED,
	  .fingerprint = "0000000000000001" },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("src/pool.rs"),
	  .line = 60,
	  .text = SPAN("the std lock guard `g` is still alive at the `.await` "
		       "on line 64. (`lock-across-await`)"),
	  .quote = SPAN("let g = m.lock()?;"),
	  .own = true,
	  .rule = "lock-across-await",
	  .fingerprint = "0000000000000002" },
	{ .level = LEVEL_MUST_FIX,
	  .section = 3,
	  .path = SPAN("src/日本 語/パス.rs"),
	  .line = 7,
	  .text = SPAN("blocks the runtime"),
	  .quote = SPAN("thread::sleep(d);\nlet 二 = 2;"),
	  .check = FINDING_UNVERIFIED,
	  .fact = SPAN("`thread::sleep(d);` is not in what was sent of it"),
	  .fingerprint = "0000000000000003" },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("src/a b%25:,;\"'=|`.rs"),
	  .line = 3,
	  .text = SPAN("the unsafe block has no SAFETY comment"),
	  .quote = SPAN("unsafe { *p }"),
	  .check = FINDING_CONTRADICTED,
	  .fact = SPAN("line 2 has one"),
	  .fingerprint = "0000000000000004" },
	{ .level = LEVEL_QUESTION,
	  .section = 2,
	  .path = SPAN("src/old.rs"),
	  .line = 12,
	  .text = SPAN("why is the check gone?"),
	  .quote = SPAN("assert!(n > 0);"),
	  .check = FINDING_VERIFIED,
	  .old = true,
	  .fingerprint = "0000000000000005" },
	{ .level = LEVEL_NICE_TO_HAVE,
	  .section = 4,
	  .path = SPAN("src/new\nline.rs"),
	  .line = 1,
	  .text = SPAN("`iter().map()` would do"),
	  .quote = SPAN("for x in xs {"),
	  .check = FINDING_VERIFIED,
	  .pre_existing = true,
	  .fingerprint = "0000000000000006" },
	{ .level = LEVEL_SHOULD_FIX,
	  .section = 1,
	  .path = SPAN("src/mask.rs"),
	  .line = 4,
	  .text = SPAN("the key `[masked]` is no key"),
	  .quote = SPAN("const KEY: &str = \"[masked]\";"),
	  .check = FINDING_VERIFIED,
	  .mask = true,
	  .fingerprint = "0000000000000007" },
	{ .level = LEVEL_MUST_FIX,
	  .section = 7,
	  .text = SPAN("write the migration down") },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("../../etc/passwd"),
	  .line = 1,
	  .text = SPAN("<script>alert(1)</script> "
		       "![x](https://example.com/x.png) ##[error]x"),
	  .check = FINDING_UNVERIFIED,
	  .fact = SPAN("it quotes nothing") },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("file:///etc/passwd"),
	  .line = 2,
	  .text = SPAN("::error::injected%0A::error::injected"),
	  .check = FINDING_UNVERIFIED },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("/etc/passwd"),
	  .line = 3,
	  .text = SPAN("absolute"),
	  .check = FINDING_UNVERIFIED },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("src/known.rs"),
	  .line = 9,
	  .text = SPAN("`unwrap` of input"),
	  .quote = SPAN("let n = s.parse().unwrap();"),
	  .own = true,
	  .rule = "panic-on-input",
	  .age = FINDING_KNOWN,
	  .known_reason = SPAN("the caller checks it"),
	  .known_until = SPAN("2027-01-31"),
	  .fingerprint = "0000000000000008" },
	{ .level = LEVEL_MUST_FIX,
	  .section = 1,
	  .path = SPAN("src/known.rs"),
	  .line = 19,
	  .text = SPAN("`unwrap` of input"),
	  .quote = SPAN("let m = s.parse().unwrap();"),
	  .own = true,
	  .rule = "panic-on-input",
	  .age = FINDING_KNOWN,
	  .known_expired = true,
	  .known_until = SPAN("2026-01-31"),
	  .fingerprint = "0000000000000009" },
	{ .level = LEVEL_NICE_TO_HAVE,
	  .section = 6,
	  .path = SPAN("src/pool.rs"),
	  .text = SPAN("no test of the crate names `Pool::query`"),
	  .own = true,
	  .fingerprint = "000000000000000a" },
	{ .level = LEVEL_SHOULD_FIX,
	  .section = 1,
	  .path = SPAN("src/\x1b[2Jev\xe2\x80\xaeil.rs"),
	  .line = 5,
	  .text = SPAN("a name that \x1b]8;;https://example.com\x07hides\x1b\\ "
		       "\xe2\x80\xaeturned"),
	  .quote = SPAN("let a = \"\xe2\x80\xae\";"),
	  .check = FINDING_VERIFIED,
	  .fingerprint = "000000000000000b" },
	{ .level = LEVEL_SHOULD_FIX,
	  .section = 1,
	  .path = SPAN("src/\xff\xfe.rs"),
	  .line = 4000000000,
	  .text = SPAN("a name of no encoding"),
	  .check = FINDING_VERIFIED,
	  .fingerprint = "000000000000000c" },
};

static const struct finding_edit golden_fix[] = {
	{ 50, 49, SPAN("\t// the guard ends here\n") },
	{ 51, 52, SPAN("\tlet row = { cache.lock().get(&key) };\n") },
	{ 55, 55, { 0 } },
	{ 57, 57, SPAN("\n") },
};

static const struct cover golden_files[] = {
	{ .path = SPAN("Cargo.lock"),
	  .state = COVER_SUMMARY,
	  .reason = SPAN("a lock file"),
	  .summary = SPAN("adds `lru` 0.12.3"),
	  .counts = true },
	{ .path = SPAN("src/pool.rs"),
	  .counts = true,
	  .part = 1,
	  .last_part = 1 },
	{ .path = SPAN("src/日本 語/パス.rs"),
	  .state = COVER_HUNKS,
	  .hunks = 5,
	  .hunks_sent = 2,
	  .part = 1,
	  .last_part = 3,
	  .reason = SPAN("no room for more"),
	  .note = SPAN("not parsed: <b>") },
	{ .path = SPAN("src/a b%25:,;\"'=|`.rs"), .counts = true },
	{ .path = SPAN("src/new\nline.rs"), .counts = true },
	{ .path = SPAN("src/\x1b[2Jev\xe2\x80\xaeil.rs"), .counts = true },
	{ .path = SPAN("src/\xff\xfe.rs"), .counts = true },
	{ .path = SPAN(".env"),
	  .state = COVER_SKIPPED,
	  .reason = SPAN("holds credentials by its name") },
};

static const struct guide golden_guides[] = {
	{ .path = SPAN("CLAUDE.md"),
	  .id = "89abcdef0123456789abcdef0123456789abcdef" },
	{ .status = GUIDE_REFUSED,
	  .path = SPAN("../../out.md"),
	  .imported_by = SPAN("CLAUDE.md") },
};

static const struct known_finding golden_gone = {
	.fingerprint = "00000000000000ff",
	.path = SPAN("src/gone.rs"),
	.line = 3,
	.level = LEVEL_SHOULD_FIX,
	.section = SPAN("critical-issues"),
	.rule = SPAN("panic-on-input"),
	.text = SPAN("`unwrap` of input"),
	.quote = SPAN("s.parse().unwrap()"),
	.own = true,
	.state = KNOWN_GONE,
};

static const struct known_finding golden_open = {
	.fingerprint = "00000000000000fe",
	.path = SPAN("src/open.rs"),
	.level = LEVEL_QUESTION,
	.text = SPAN("is it <b>meant</b>?"),
	.reason = SPAN("next release"),
	.until = SPAN("2027-01-31"),
	.state = KNOWN_STANDS,
	.said = SAID_UNSURE,
};

static inline void golden_sections(struct report *r, struct arena *a)
{
	for (size_t i = 0; i < eight_sections.len; i++)
		*vec_push(&r->sections, a) = (struct section){
			.want = &eight_sections.want[i],
			.state = SECTION_PRESENT,
			.text = span_of(golden_texts[i]),
		};
}

static const struct diff_line golden_lines[] = {
	{ ' ', false, 49, 49, SPAN("\tlet key = \"<b>&amp;\";") },
	{ '-', false, 50, 0, SPAN("\tcache.get(&key)") },
	{ '+', false, 0, 50, SPAN("\tlet mut entries = cache.lock();") },
	{ '+', false, 0, 51,
	  SPAN("\tlet k = \"ghp_Zk3vQ9xT7bLw2RfY8hNdJ5mPsC4gAaVuEi6o\";\r") },
	{ '+', true, 0, 52, SPAN("\t日本 \xe2\x80\xae \x1b[2J \xff") },
};

static inline void golden_change(struct report *r, struct arena *a)
{
	struct change *c = arena_new(a, struct change);
	struct file_change *f = vec_push(&c->files, a);
	struct hunk *h = vec_push(&f->hunks, a);

	*f = (struct file_change){ .path = SPAN("src/pool.rs"),
				   .old_path = SPAN("src/<old>.rs"),
				   .status = FILE_RENAMED,
				   .added = 3,
				   .removed = 1,
				   .hunks = f->hunks };
	h->old_start = h->new_start = 49;
	h->old_lines = 2;
	h->new_lines = 4;
	h->heading = SPAN("impl<T> Pool<T> {");
	for (size_t i = 0; i < sizeof(golden_lines) / sizeof(*golden_lines);
	     i++)
		*vec_push(&h->lines, a) = golden_lines[i];
	f = vec_push(&c->files, a);
	*f = (struct file_change){ .path = SPAN("Cargo.lock"),
				   .old_path = SPAN("Cargo.lock"),
				   .added = 7,
				   .hunks = c->files.ptr[0].hunks };
	c->added = 10;
	c->removed = 1;
	r->change = c;
}

static inline void golden_ledger(struct report *r, struct arena *a)
{
	for (size_t i = 0; i < sizeof(golden_files) / sizeof(*golden_files);
	     i++)
		*vec_push(&r->files, a) = golden_files[i];
	for (size_t i = 0; i < sizeof(golden_guides) / sizeof(*golden_guides);
	     i++)
		*vec_push(&r->guides.guides, a) = golden_guides[i];
	r->guides.source = SPAN("base tree 2da2f86e10b5");
	*vec_push(&r->silenced, a) =
		(struct silenced){ "plain-panic", SPAN("src/pool.rs"), 70,
				   SPAN("a <b>test</b>") };
	r->own_left_out = 2;
}

static inline void golden_findings_add(struct report *r, struct arena *a)
{
	const size_t n = sizeof(golden_findings) / sizeof(*golden_findings);

	for (size_t i = 0; i < n; i++) {
		struct finding *f = vec_push(&r->findings, a);

		*f = golden_findings[i];
		if (f->age == FINDING_AGE_UNKNOWN && finding_sure(f))
			f->age = FINDING_NEW;
	}
	for (size_t i = 0; i < sizeof(golden_fix) / sizeof(*golden_fix); i++)
		*vec_push(&r->findings.ptr[0].fix, a) = golden_fix[i];
	/* more of a kind than GitHub shows */
	for (uint32_t i = 1; i <= 11; i++) {
		struct finding *f = vec_push(&r->findings, a);

		*f = (struct finding){
			.level = i < 9 ? LEVEL_QUESTION : LEVEL_SHOULD_FIX,
			.section = 2,
			.path = SPAN("src/many.rs"),
			.line = i,
			.text = SPAN("one of many"),
			.quote = SPAN("x"),
			.check = FINDING_VERIFIED,
			.age = FINDING_NEW,
		};
		/* and one edit each, of every kind */
		if (i <= sizeof(golden_fix) / sizeof(*golden_fix))
			*vec_push(&f->fix, a) = golden_fix[i - 1];
	}
	*vec_push(&r->rules, a) = (struct finding_rule){
		.id = "lock-across-await",
		.section = "critical-issues",
		.level = LEVEL_MUST_FIX,
		.about = "a std lock guard that is alive at an `.await`",
		.why = "A task that waits for the lock blocks its thread.",
		.bad = "let g = m.lock()?;\nf().await;\n",
		.good = "drop(g);\n\nf().await;\n",
	};
	*vec_push(&r->rules, a) = (struct finding_rule){
		.id = "panic-on-input",
		.section = "critical-issues",
		.level = LEVEL_SHOULD_FIX,
		.about = "a panic on what comes from outside",
		.why = "Whoever sends the input ends the program.",
		.bad = "s.parse().unwrap()\n",
		.good = "s.parse()?\n",
	};
}

/* A model's review, in parts, against a baseline. */
static inline void golden_model(struct report *r, struct arena *a)
{
	*r = (struct report){
		.task = "review",
		.title = SPAN("2 commits, HEAD~2..HEAD (8 files)\x1b"),
		.preamble = SPAN("Here is the review."),
		.old_id = "1111111111111111111111111111111111111111",
		.new_id = "2222222222222222222222222222222222222222",
		.old_name = SPAN("HEAD~2"),
		.new_name = SPAN("HEAD"),
		.provider = SPAN("anthropic"),
		.model = SPAN("claude-sonnet-5-5"),
		.host = SPAN("api.anthropic.com"),
		.prompt_id = "3333333333333333333333333333333333333333",
		.prompt_bytes = 31744,
		.parts = 3,
		.masked = { .total = 1 },
		.usage = { 19550, 11580, -1, 4000, -1, 3, 0.0571 },
		.seconds = 1.5,
		.patch = SPAN("--- a/src/pool.rs\n+++ b/src/pool.rs\n"
			      "@@ -55,1 +55,0 @@\n-\tx();\n"),
		.baseline = true,
		.baseline_name = SPAN("architect.baseline.json"),
		.baseline_from = SPAN("the base tree 2da2f86e10b5"),
	};
	r->masked.of[0] = 1;
	golden_sections(r, a);
	golden_findings_add(r, a);
	golden_ledger(r, a);
	golden_change(r, a);
	*vec_push(&r->gone, a) = golden_gone;
	*vec_push(&r->open, a) = golden_open;
}

/* The program's own reading of existing code. */
static inline void golden_offline(struct report *r, struct arena *a)
{
	*r = (struct report){
		.task = "review",
		.title = SPAN("existing code of HEAD (8 files)"),
		.existing = true,
		.new_id = "2222222222222222222222222222222222222222",
		.new_name = SPAN("HEAD"),
		.offline = true,
		.provider = SPAN("offline"),
		.usage = USAGE_UNKNOWN,
		.seconds = 0.25,
	};
	golden_sections(r, a);
	golden_findings_add(r, a);
	vec_each (struct finding, f, &r->findings) {
		*f = (struct finding){
			.level = f->level,
			.section = f->section,
			.path = f->path,
			.line = f->line,
			.text = f->text,
			.quote = f->quote,
			.own = true,
			.rule = f->rule,
		};
	}
	golden_ledger(r, a);
}

/* What is left of a reply that was cut. */
static inline void golden_partial(struct report *r, struct arena *a)
{
	golden_model(r, a);
	r->partial = true;
	r->baseline = false;
	r->rules.len = r->gone.len = r->open.len = 0;
	r->patch = (struct span){ 0 };
	r->sections.ptr[6].state = SECTION_CUT;
	r->sections.ptr[7].state = SECTION_MISSING;
	r->sections.ptr[7].text = (struct span){ 0 };
	r->findings.len = 2;
	vec_each (struct finding, f, &r->findings) {
		f->own = false;
		f->rule = NULL;
		f->check = FINDING_UNCHECKED;
		f->age = FINDING_AGE_UNKNOWN;
		f->fix.len = 0;
	}
}

/* A design: no change, no files, no place. */
static inline void golden_design(struct report *r, struct arena *a)
{
	*r = (struct report){
		.task = "design",
		.title = SPAN("a design for: add a TTL cache"),
		.new_id = "2222222222222222222222222222222222222222",
		.new_name = SPAN("HEAD"),
		.provider = SPAN("ollama"),
		.model = SPAN("qwen3"),
		.host = SPAN("127.0.0.1:11434"),
		.usage = { 100, -1, -1, 50, -1, 1, -1 },
	};
	golden_sections(r, a);
	*vec_push(&r->findings, a) = golden_findings[7];
}

#endif
