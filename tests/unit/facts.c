/* Claims, true and false, against what is known of the code. */
#include <stdio.h>

#include "agent/ground.h"
#include "fact_claims.h"
#include "rust/cargo.h"
#include "world.h"

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
#define ROW(name, ...)                                            \
	{                                                         \
		__VA_ARGS__, name##_claims, COUNT(name##_claims), \
			name##_holds, COUNT(name##_holds)         \
	}

static const struct row {
	const char *path, *quote, *true_path, *true_quote;
	const char *wrong, *right;
	const char *fact; /* begins with it */
	const char *const *claims;
	size_t claims_len;
	const char *const *holds;
	size_t holds_len;
} rows[] = {
	ROW(safety, SAID, UNSAID, "", "",
	    "its SAFETY comment stands at src/lib.rs:4"),
	ROW(test, TESTED, SHIPPED, "", "",
	    "it is test code: see src/lib.rs:14"),
	ROW(dependency, SHIPPED, SHIPPED, "serde", "rand",
	    "it is a dependency: Cargo.toml:8"),
	ROW(used, MANIFEST, MANIFEST, "serde", "log",
	    "it is used: src/lib.rs:1"),
	ROW(no_dependency, MANIFEST, MANIFEST, "ring", "serde",
	    "Cargo.toml does not name it"),
	ROW(edition, SHIPPED, SHIPPED, "2018", "2021",
	    "the edition is `2021`: Cargo.toml:4"),
	ROW(msrv, SHIPPED, SHIPPED, "1.60", "1.70",
	    "the MSRV is `1.70`: Cargo.toml:5"),
	ROW(no_msrv, SHIPPED, SHIPPED, "", "no MSRV",
	    "the MSRV is `1.70`: Cargo.toml:5"),
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

	for (size_t n = 0; n < r->claims_len; n++) {
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

	for (size_t i = 0; i < r->claims_len; i++)
		must_stand(r, r->claims[i], true);
	for (size_t i = 0; i < r->holds_len; i++)
		must_stand(r, r->holds[i], false);
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

/* To see that a crate is used every path is looked at: only so often. */
START_TEST(a_reply_of_very_many_claims_is_looked_up_only_so_far)
{
	struct buf b = { 0 };
	struct world w;
	size_t n = 0;

	world_open(&w, &task_review);
	open_crate(&w, true);
	for (unsigned i = 0; i < 50000; i++)
		*vec_push(&w.in.code.side.tree.entries, &w.arena) =
			(struct tree_entry){ .path = SPAN("z/none.txt") };
	for (unsigned i = 0; i < 1000; i++)
		buf_adds(&b, "- [must-fix] Cargo.toml:8 — the dependency "
			     "`serde` is unused.\n  > serde = \"1\"\n");
	world_reply(&w, 1, buf_span(&b));
	ground_report(&w.report, &w.arena, &w.in);
	ck_assert_uint_eq(w.report.findings.len, 1000);
	vec_each (struct finding, f, &w.report.findings)
		n += f->check == FINDING_CONTRADICTED;
	ck_assert_uint_gt(n, 100);
	ck_assert_uint_lt(n, 500);
	buf_release(&b);
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
	tcase_add_test(tc,
		       a_reply_of_very_many_claims_is_looked_up_only_so_far);
	suite_add_tcase(s, tc);
	return s;
}
