#include "agent/gather.h"

#include "agent/task.h"
#include "core/settings.h"
#include "sandbox.h"

#define START                                                      \
	"git init -q r; cd r; echo a >a.rs; mkdir src .claude;"    \
	"echo 'fn b() {}' >src/cache.rs; mkdir .claude/agents;"    \
	"printf 'a\\0b' >x.bin; echo 1 >Cargo.lock; echo k >.env;" \
	"echo head >.claude/agents/own.md;"
#define COMMIT "git add .; git commit -qm x;"

static const struct settings settings = { .max_guides = 64 << 10,
					  .import_depth = 5 };

/* What was gathered, or its error, in words. */
static void gather(struct buf *out, struct arena *a,
		   const struct task_request *rq)
{
	struct repo *r = sandbox_repo("r");
	struct error err = { 0 };
	struct task_input in;

	if (task_gather(&in, a, r, rq, &settings, &err))
		buf_addf(out, "error %d: %s", err.kind, err.msg);
	else if (in.empty)
		buf_addf(out, "empty: %s",
			 in.empty_why ? in.empty_why : "no change");
	else
		buf_addf(out, "%.*s; %.*s", SPAN_ARG(in.title),
			 SPAN_ARG(in.agent.body));
	repo_close(r);
}

static const struct {
	const char *edit, *line, *want;
} changes[] = {
	{ "", "", "empty: no change" },
	{ "echo 2 >Cargo.lock;", "",
	  "empty: only binary or lock files changed" },
	{ "printf 'a\\0c' >x.bin; rm Cargo.lock;", "",
	  "empty: only binary or lock files changed" },
	{ "echo 2 >Cargo.lock; chmod +x x.bin;", "",
	  "2 uncommitted files against HEAD; " },
	{ "git mv x.bin y.bin;", "", "1 uncommitted file against HEAD; " },
	{ "git mv a.rs b.rs;", "", "1 uncommitted file against HEAD; " },
	{ "echo 2 >Cargo.lock; echo b >a.rs;", "",
	  "2 uncommitted files against HEAD; " },
	{ "echo l >.env;", "",
	  "error 3: nothing of the change can be shown: .env (a credential "
	  "file by its name: never sent)" },
	{ "echo l >.env; echo 2 >Cargo.lock; rm x.bin;", "",
	  "error 3: nothing of the change can be shown: .env (a credential "
	  "file by its name: never sent) and 2 more" },
	{ "echo l >.env; echo b >a.rs;", "",
	  "2 uncommitted files against HEAD; " },
	{ "git mv .env env.txt;", "",
	  "error 3: nothing of the change can be shown: env.txt (a credential "
	  "file by its name: never sent)" },
	{ "echo b >a.rs;", "--all -- a.rs", "1 file of HEAD as it stands; " },
	{ "", "--all -- .", "6 files of HEAD as they stand; " },
	{ "", "--all -- x.bin Cargo.lock",
	  "empty: only binary or lock files are there" },
	{ "", "--all -- .env x.bin",
	  "error 3: nothing of the code can be shown: .env (a credential "
	  "file by its name: never sent) and 1 more" },
	{ "head -c 5000000 /dev/zero | tr '\\0' x >a.rs;", "",
	  "error 3: nothing of the change can be shown: a.rs (larger than "
	  "--max-file, or --max-diff is used up)" },
};

START_TEST(a_change_of_which_nothing_can_be_shown_is_not_sent)
{
	struct arena a = { 0 };
	struct buf script = { 0 }, got = { 0 };
	struct task_request rq = {
		.task = &task_review,
		.spec = sandbox_spec(&a, changes[_i].line),
	};

	buf_addf(&script, START COMMIT "%s", changes[_i].edit);
	shell(buf_cstr(&script));
	gather(&got, &a, &rq);
	ck_assert_msg(span_starts(buf_span(&got), changes[_i].want), "%s",
		      buf_cstr(&got));
	buf_release(&got);
	buf_release(&script);
	arena_release(&a);
}
END_TEST

#define NOWHERE                                                               \
	"error 2: no agent is called 'own': neither ~/.claude/agents/own.md " \
	"nor .claude/agents/own.md in the base tree"

static const struct {
	const char *line, *want;
} sides[] = {
	{ "", "1 uncommitted file against HEAD; head" },
	{ "HEAD~1..HEAD", "1 commit, HEAD~1..HEAD (8 files); base" },
	{ "HEAD~1^{tree} HEAD^{tree}", "HEAD^{tree} against HEAD~1^{tree} "
				       "(8 files); base" },
	/* an older tree is looked at, its agents are not asked */
	{ "--all HEAD~1 -- a.rs", "1 file of HEAD~1 as it stands; head" },
	/* the commit under review is no base of itself */
	{ "--commit=HEAD~1", NOWHERE },
};

START_TEST(a_named_agent_comes_from_the_base_or_from_nowhere)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct task_request rq = { .task = &task_review,
				   .spec = sandbox_spec(&a, sides[_i].line),
				   .agent = "own" };

	shell(START "echo base >.claude/agents/own.md;" COMMIT
		    "echo head >.claude/agents/own.md; for i in 1 2 3 4 5 6 7;"
		    "do echo $i >$i.rs; done;" COMMIT "echo b >a.rs");
	gather(&got, &a, &rq);
	ck_assert_str_eq(buf_cstr(&got), sides[_i].want);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

START_TEST(an_agent_file_that_cannot_be_read_is_not_passed_over)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct task_request rq = { .task = &task_review, .agent = "own" };

	shell(START COMMIT "echo b >a.rs; mkdir -p ~/.claude/agents/own.md");
	gather(&got, &a, &rq);
	ck_assert_msg(span_starts(buf_span(&got), "error 2: --agent: "), "%s",
		      buf_cstr(&got));
	buf_release(&got);
	arena_release(&a);
}
END_TEST

static const struct {
	const char *text, *path, *want;
} designs[] = {
	{ "a TTL cache", NULL, "a design for: a TTL cache; You are" },
	{ "a TTL cache", "src", "a design for: a TTL cache; You are" },
	{ "a TTL cache", "./src/", "a design for: a TTL cache; You are" },
	{ "a TTL cache", ".", "a design for: a TTL cache; You are" },
	{ "\n one \ntwo", NULL, "a design for: one…; You are" },
	{ "0123456789012345678901234567890123456789012345678901234567890123"
	  "456789012345678\303\244b",
	  NULL,
	  "a design for: 01234567890123456789012345678901234567890123456789"
	  "01234567890123456789012345678…; You are" },
	{ "x", "src/cahce.rs",
	  "error 3: no file of HEAD's tree matches 'src/cahce.rs'; did you "
	  "mean 'src/cache.rs'?" },
	{ "x", "core/cache.rs",
	  "error 3: no file of HEAD's tree matches 'core/cache.rs'; did you "
	  "mean 'src/cache.rs'?" },
	{ "x", "docs/overview.md",
	  "error 3: no file of HEAD's tree matches 'docs/overview.md'" },
};

START_TEST(a_design_is_named_by_its_request_and_its_paths_are_there)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct task_request rq = {
		.task = &task_design,
		.text = designs[_i].text,
		.spec = { .paths = &designs[_i].path,
			  .npaths = designs[_i].path != NULL },
	};

	shell(START COMMIT);
	gather(&got, &a, &rq);
	ck_assert_msg(span_starts(buf_span(&got), designs[_i].want), "%s",
		      buf_cstr(&got));
	buf_release(&got);
	arena_release(&a);
}
END_TEST

/* Which files a design shows whole; in "a" what matches, in "b" what does not.
 */
static const struct {
	const char *text, *path, *files;
} whole[] = {
	{ "a cache", NULL,
	  "Cargo.toml a/Cargo.toml a/src/cache.rs a/src/lib.rs" },
	{ "a cache", "b",
	  "b/Cargo.toml b/src/lib.rs Cargo.toml a/Cargo.toml "
	  "a/src/cache.rs a/src/lib.rs" },
	/* the crates' roots, where nothing matches */
	{ "a queue", NULL, "Cargo.toml a/src/lib.rs b/src/lib.rs" },
};

START_TEST(a_design_shows_whole_what_matches_best)
{
	struct arena a = { 0 };
	struct buf got = { 0 };
	struct error err = { 0 };
	struct task_input in;
	struct repo *r;
	struct task_request rq = {
		.task = &task_design,
		.text = whole[_i].text,
		.spec = { .paths = &whole[_i].path,
			  .npaths = whole[_i].path != NULL },
	};

	shell("git init -q r; cd r; mkdir -p a/src b/src; echo '[workspace]' "
	      ">Cargo.toml; for c in a b; do printf '[package]\\nname = "
	      "\"%s\"\\n'"
	      " $c >$c/Cargo.toml; echo '//! Empty.' >$c/src/lib.rs; done;"
	      "echo 'pub struct Cache;' >a/src/cache.rs;"
	      "echo 'Cache = 1' >a/.env;" COMMIT);
	r = sandbox_repo("r");
	ck_assert_msg(!task_gather(&in, &a, r, &rq, &settings, &err), "%s",
		      err.msg);
	vec_each (const struct source_file, f, &in.files)
		buf_addf(&got, "%s%.*s", got.len ? " " : "", SPAN_ARG(f->path));
	ck_assert_str_eq(buf_cstr(&got), whole[_i].files);
	repo_close(r);
	buf_release(&got);
	arena_release(&a);
}
END_TEST

Suite *gather_suite(void)
{
	Suite *s = suite_create("gather");
	TCase *tc = tcase_create("gather");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, a_change_of_which_nothing_can_be_shown_is_not_sent,
		 changes);
	add_rows(tc, a_named_agent_comes_from_the_base_or_from_nowhere, sides);
	tcase_add_test(tc,
		       an_agent_file_that_cannot_be_read_is_not_passed_over);
	add_rows(tc, a_design_is_named_by_its_request_and_its_paths_are_there,
		 designs);
	add_rows(tc, a_design_shows_whole_what_matches_best, whole);
	suite_add_tcase(s, tc);
	return s;
}
