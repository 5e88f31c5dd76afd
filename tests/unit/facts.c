/* Claims, true and false, against what is known of the code. */
#include <stdio.h>

#include "agent/ground.h"
#include "rust/cargo.h"
#include "world.h"

#define CLAIMS_MAX 16

static const char manifest[] = " [package]\n"
			       " name = \"pool\"\n"
			       " version = \"0.1.0\"\n"
			       " edition = \"2021\"\n"
			       " rust-version = \"1.70\"\n"
			       " \n"
			       " [dependencies]\n"
			       "+serde = \"1\"\n"
			       " log = \"0.4\"\n"
			       " zstd = { version = \"1\", optional = true }\n"
			       " \n"
			       " [dev-dependencies]\n"
			       " tempfile = \"3\"\n";

static const char lib[] = " use serde::Serialize;\n"
			  " \n"
			  "+pub fn said(p: *const u8) -> u8 {\n"
			  "+    // SAFETY: p is valid for reads\n"
			  "+    unsafe { p.read() }\n"
			  "+}\n"
			  "+pub fn unsaid(p: *const u8) -> u8 {\n"
			  "+    unsafe { p.add(1).read() }\n"
			  "+}\n"
			  "+pub fn first(v: &[u8]) -> u8 {\n"
			  "+    *v.first().unwrap()\n"
			  "+}\n"
			  " #[cfg(test)]\n"
			  " mod tests {\n"
			  "+    fn last(v: &[u8]) -> u8 {\n"
			  "+        *v.last().unwrap()\n"
			  "+    }\n"
			  " }\n"
			  "+// SAFETY: P owns what it points to\n"
			  "+unsafe impl Send for P {}\n"
			  "+unsafe impl Sync for P {}\n";

/* Where a claim stands: the head of the finding, and the quote. */
#define SAID "src/lib.rs:5", "unsafe { p.read() }"
#define UNSAID "src/lib.rs:8", "unsafe { p.add(1).read() }"
#define TESTED "src/lib.rs:16", "*v.last().unwrap()"
#define SHIPPED "src/lib.rs:11", "*v.first().unwrap()"
#define MANIFEST "Cargo.toml:8", "serde = \"1\""

/* A row of the table. A claim of the word `wrong` at the first place does not
 * hold, of `right` at the second it does. */
static const struct row {
	const char *path, *quote, *true_path, *true_quote;
	const char *wrong, *right;
	const char *fact; /* begins with it */
	const char *claims[CLAIMS_MAX];
	/* what may be said of the first place and `wrong` */
	const char *holds[CLAIMS_MAX];
} rows[] = {
	{ SAID,
	  UNSAID,
	  "",
	  "",
	  "its SAFETY comment stands at src/lib.rs:4",
	  { "**No `SAFETY` comment.** Add one.", "no SAFETY comment.",
	    "the block has no `// SAFETY:` comment.",
	    "missing a SAFETY comment", "`unsafe` without a SAFETY comment.",
	    "This unsafe block lacks a safety comment.",
	    "the SAFETY comment is missing.", "an undocumented unsafe block.",
	    "missing `// SAFETY:` comment on this unsafe block.",
	    "There is no safety comment for this unsafe block.",
	    "Missing SAFETY comment above the unsafe block; add one.",
	    "reads a raw pointer without a SAFETY comment — add one.",
	    "has no `SAFETY` comment, so nobody can tell." },
	  { "the SAFETY comment does not say why `p` is aligned.",
	    "no SAFETY comment says what keeps `p` alive.",
	    "the block needs no SAFETY comment.",
	    "the SAFETY comment is stale; it speaks of `q`.",
	    "a SAFETY comment that no longer holds: the lock is gone.",
	    "the other unsafe block has no SAFETY comment.",
	    "the guide forbids unsafe without a SAFETY comment; the comment "
	    "here repeats the code.",
	    "no aliasing argument in the SAFETY comment.",
	    "the comment is there, but the call is unsound.",
	    "without synchronisation the SAFETY comment is wrong.",
	    "`unsafe` code without a SAFETY comment is refused by CI.",
	    "the change adds no SAFETY comment." } },
	{ TESTED,
	  SHIPPED,
	  "",
	  "",
	  "it is test code: see src/lib.rs:14",
	  { "`unwrap()` crashes the server when the slice is empty.",
	    "takes down the service on an empty slice.",
	    "this `unwrap` panics in production.",
	    "panics in production when there is nothing.",
	    "an attacker can reach this `unwrap`.",
	    "a remote peer triggers the panic.",
	    "brings down the whole process.",
	    "a denial of service: the input is unwrapped.",
	    "`unwrap()` kills the process on bad input.",
	    "aborts the program in release builds.",
	    "crashing the daemon on a malformed frame." },
	  { "the test says nothing when it fails: use `expect`.",
	    "`unwrap()` panics when the slice is empty.",
	    "use `?` and return a `Result`.",
	    "the same `unwrap` in production code crashes the server.",
	    "`unwrap` hides which case failed.",
	    "would crash the server if it were called there.",
	    "copied from code that crashes the server.",
	    "a benchmark that kills the process tells nothing.",
	    "the caller crashes the server." } },
	{ SHIPPED,
	  SHIPPED,
	  "serde",
	  "rand",
	  "it is a dependency: Cargo.toml:8",
	  { "`%s` is not declared in Cargo.toml.",
	    "`%s` is missing from `Cargo.toml`.", "`%s` is not a dependency.",
	    "the crate `%s` is not listed in the manifest.",
	    "Cargo.toml does not list `%s`.",
	    "`Cargo.toml` doesn't declare `%s`.", "missing dependency `%s`.",
	    "missing dependency on `%s`: this does not compile.",
	    "`%s` is absent from the manifest.",
	    "the manifest never names `%s`.",
	    "`%s` is never declared in `[dependencies]`." },
	  { "`%s` is missing from the workspace's manifest.",
	    "`%s` is not a dependency of `core`.",
	    "`%s` is missing from `Cargo.toml` of the member.",
	    "the `derive` feature of `%s` is not declared in Cargo.toml.",
	    "`%s` is not declared in Cargo.toml as a dev-dependency.",
	    "`%s` is declared in Cargo.toml without a version.",
	    "`%s` is missing from Cargo.lock.",
	    "`tempfile` is not declared in `[dependencies]`.",
	    "`zstd` is not a dependency.", "`%s-json` is not a dependency.",
	    "`%s` was missing from Cargo.toml." } },
	{ MANIFEST,
	  MANIFEST,
	  "serde",
	  "log",
	  "it is used: src/lib.rs:1",
	  { "the dependency `%s` is unused.", "the crate `%s` is never used.",
	    "dependency `%s` is not used anywhere.",
	    "`%s` is an unused dependency.", "`%s` is an unused crate.",
	    "unused dependency `%s`.", "unused crate `%s`.",
	    "nothing uses the crate `%s`.", "the `%s` dependency is unused.",
	    "the `%s` crate is never used.",
	    "nothing imports the dependency `%s`.",
	    "the dependency `%s` is dead weight." },
	  { "the dependency `%s` is unused in `core`.",
	    "the dependency `%s` is unused on Windows.",
	    "the `derive` feature of the dependency `%s` is unused.",
	    "the import of `%s` is unused.",
	    "the crate `%s` is never used by `core`.",
	    "the trait of `%s` is not used.",
	    "the dependency `%s` is unused by tests.",
	    "the dev-dependency `%s` is unused.",
	    "the dependency `tempfile` is unused.",
	    "the dependency `%s` is no longer used." } },
	{ MANIFEST,
	  MANIFEST,
	  "ring",
	  "serde",
	  "Cargo.toml does not name it",
	  { "adds the dependency `%s`.", "adds a new dependency on `%s`.",
	    "introduces the dependency `%s`, which is large.",
	    "adds `%s` as a dependency.", "pulls in a dependency on `%s`.",
	    "the new dependency `%s` has no licence.",
	    "the new `%s` dependency is heavy.",
	    "introduces `%s` as a new dependency.", "adds dependency `%s`.",
	    "adds the crate `%s` as a dependency.",
	    "pulls in the crate `%s` as a dependency." },
	  { "the new dependency `serde` pulls in `%s`.",
	    "adds `serde`, which depends on `%s`.",
	    "`%s` comes in through Cargo.lock.",
	    "a dependency on `%s` is missing.",
	    "the code needs `%s` as a dependency.",
	    "adds the transitive dependency `%s`.",
	    "adds the dependency `%s` to the workspace.",
	    "prefer `%s` to a dependency of its own.",
	    "the lock file gets the new dependency `%s`.",
	    "the crate uses `%s` directly." } },
	{ SHIPPED,
	  SHIPPED,
	  "2018",
	  "2021",
	  "the edition is `2021`: Cargo.toml:4",
	  { "the crate is on edition %s.",
	    "the crate uses edition %s, where this is a warning.",
	    "Cargo.toml sets `edition = \"%s\"`.",
	    "the package is still on edition %s.", "this code is edition %s.",
	    "the manifest declares edition %s.", "the edition is %s.",
	    "the project targets edition %s.", "the crate uses the edition %s.",
	    "the crate uses Rust edition %s.",
	    "`Cargo.toml` says edition %s." },
	  { "in edition %s closures capture whole variables.",
	    "the crate would compile on edition %s.",
	    "the crate was on edition %s.", "edition %s wants `dyn`.",
	    "since edition %s paths are uniform.",
	    "a dependency that is on edition %s.",
	    "moving the crate to edition %s is easy.",
	    "written as if the crate is on edition %s.",
	    "the example crate is on edition %s.",
	    "README says that the crate uses edition %s." } },
	{ SHIPPED,
	  SHIPPED,
	  "1.60",
	  "1.70",
	  "the MSRV is `1.70`: Cargo.toml:5",
	  { "the MSRV is %s.", "this is newer than the MSRV of %s.",
	    "the MSRV is declared as %s.", "`rust-version` is %s.",
	    "`rust-version = \"%s\"` has no `let … else`.",
	    "the minimum supported Rust version is %s.",
	    "the MSRV of this crate is %s.", "MSRV is set to %s.",
	    "the MSRV, %s, lacks it.", "rust-version is `%s`.",
	    "exceeds the crate's MSRV of %s" },
	  { "an MSRV of %s would do.", "raise the MSRV to %s.",
	    "the MSRV of the dependency is %s.", "CI tests an MSRV of %s.",
	    "until the MSRV is %s.", "clippy's msrv is %s.",
	    "needs an MSRV of %s.", "the MSRV was %s.",
	    "stable since %s, below the MSRV.",
	    "the guide asks for an MSRV of %s." } },
	{ SHIPPED,
	  SHIPPED,
	  "",
	  "no MSRV",
	  "the MSRV is `1.70`: Cargo.toml:5",
	  { "declares no MSRV.", "the crate sets no `rust-version`.",
	    "the manifest has no rust-version.", "the MSRV is not set.",
	    "`rust-version` is missing.", "`rust-version` is not declared.",
	    "the MSRV is undeclared.",
	    "the MSRV is not specified in the manifest.",
	    "the package states no minimum supported Rust version.",
	    "the minimum supported Rust version is not stated.",
	    "Cargo.toml has no `rust-version`." },
	  { "no MSRV job in CI.", "the MSRV is not tested.",
	    "has no MSRV policy.", "the guide declares no MSRV.",
	    "a dependency that sets no MSRV.", "the MSRV is not high enough.",
	    "CI sets no MSRV.", "the example crate declares no MSRV.",
	    "the README states no MSRV.", "the MSRV was not set." } },
};

/* The manifest, without its MSRV when a claim that there is none is to hold. */
static void open_manifest(struct world *w, bool msrv)
{
	struct buf b = { 0 };
	struct span rest = SPAN(manifest), line;

	while (text_line(&rest, &line))
		if (msrv || span_find(line, SPAN("rust-version")) < 0)
			buf_addf(&b, "%.*s\n", SPAN_ARG(line));
	world_patch(w, SPAN("Cargo.toml"), SPAN("Cargo.toml"),
		    arena_span(&w->arena, buf_span(&b)));
	buf_release(&b);
}

static void open_crate(struct world *w, bool msrv)
{
	struct surround *s = &w->in.surround;
	struct manifest *m = arena_new(&w->arena, struct manifest);
	struct index_crate *crate = arena_new(&w->arena, struct index_crate);

	open_manifest(w, msrv);
	world_file(w, "src/lib.rs", lib);
	manifest_parse(m, &w->arena, w->in.change.files.ptr[0].new_text);
	crate->folder = SPAN("");
	crate->name = SPAN("pool");
	index_init(&s->index, &w->arena, crate, 1);
	*vec_push(&s->crates, &w->arena) =
		(struct surround_crate){ .folder = SPAN(""), .manifest = m };
}

/* The claim with its word in place. */
static struct span say(struct arena *a, const char *claim, const char *word)
{
	const char *at = strstr(claim, "%s");

	if (!at)
		return span_of(claim);
	return span_of(arena_printf(a, "%.*s%s%s", (int)(at - claim), claim,
				    word, at + 2));
}

static const struct finding *check(struct world *w, const char *path,
				   const char *quote, const char *claim,
				   const char *word, bool msrv)
{
	struct buf b = { 0 };

	world_open(w, &task_review);
	open_crate(w, msrv);
	buf_addf(&b, "- [must-fix] %s — %.*s\n  > %s", path,
		 SPAN_ARG(say(&w->arena, claim, word)), quote);
	world_reply(w, 1, buf_span(&b));
	buf_release(&b);
	ground_report(&w->report, &w->arena, &w->in);
	ck_assert_uint_eq(w->report.findings.len, 1);
	return &w->report.findings.ptr[0];
}

START_TEST(a_claim_that_does_not_hold_is_contradicted_with_the_fact)
{
	const struct row *r = &rows[_i];
	size_t n = 0;

	for (; n < CLAIMS_MAX && r->claims[n]; n++) {
		struct world w;
		const struct finding *f = check(&w, r->path, r->quote,
						r->claims[n], r->wrong, true);
		struct span text = w.report.sections.ptr[1].text;

		ck_assert_msg(f->check == FINDING_CONTRADICTED, "%s",
			      r->claims[n]);
		ck_assert_msg(span_starts(f->fact, r->fact), "%.*s",
			      SPAN_ARG(f->fact));
		ck_assert(span_find(text, SPAN(" *(contradicted)* — ")) > 0);
		ck_assert(span_find(text, f->fact) > 0);
		world_close(&w);
	}
	ck_assert_uint_ge(n, 11);
}
END_TEST

static void must_stand(const struct row *r, const char *claim, bool at_true)
{
	bool msrv = !at_true || strcmp(r->right, "no MSRV");
	struct world w;
	const struct finding *f =
		check(&w, at_true ? r->true_path : r->path,
		      at_true ? r->true_quote : r->quote, claim,
		      at_true ? r->right : r->wrong, msrv);

	ck_assert_msg(f->check == FINDING_VERIFIED, "%s: %.*s", claim,
		      SPAN_ARG(f->fact));
	world_close(&w);
}

START_TEST(no_claim_that_holds_is_contradicted)
{
	const struct row *r = &rows[_i];
	size_t n = 0, more = 0;

	for (; n < CLAIMS_MAX && r->claims[n]; n++)
		must_stand(r, r->claims[n], true);
	for (; more < CLAIMS_MAX && r->holds[more]; more++)
		must_stand(r, r->holds[more], false);
	ck_assert_uint_ge(n + more, 20);
}
END_TEST

/* What one comment says for two is not said by each. */
static const struct {
	const char *path, *quote;
	enum finding_check check;
} impls[] = {
	{ "src/lib.rs:20", "unsafe impl Send for P {}", FINDING_CONTRADICTED },
	{ "src/lib.rs:21", "unsafe impl Sync for P {}", FINDING_VERIFIED },
	{ "src/lib.rs:20",
	  "unsafe impl Send for P {}\n  > unsafe impl Sync for P {}",
	  FINDING_VERIFIED },
};

START_TEST(a_comment_above_two_impls_is_the_first_ones)
{
	struct world w;
	const struct finding *f = check(&w, impls[_i].path, impls[_i].quote,
					"no SAFETY comment.", "", true);

	ck_assert_int_eq(f->check, impls[_i].check);
	world_close(&w);
}
END_TEST

Suite *facts_suite(void)
{
	Suite *s = suite_create("facts");
	TCase *tc = tcase_create("facts");

	add_rows(tc, a_claim_that_does_not_hold_is_contradicted_with_the_fact,
		 rows);
	add_rows(tc, no_claim_that_holds_is_contradicted, rows);
	add_rows(tc, a_comment_above_two_impls_is_the_first_ones, impls);
	suite_add_tcase(s, tc);
	return s;
}
