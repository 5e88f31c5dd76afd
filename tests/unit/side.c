#include "agent/side.h"

#include "sandbox.h"

/* A crate whose second commit edits, adds and takes away. */
#define CRATE                                                                  \
	"git init -q r; cd r; mkdir -p src/a src/tests; "                      \
	"printf '[package]\\nname = \"x\"\\n' >Cargo.toml; "                   \
	"printf 'mod a;\\n#[cfg(test)]\\nmod tests;\\nmod gone;\\n'"           \
	" >src/lib.rs; "                                                       \
	"printf '#[cfg(test)] mod t; mod u;' >src/a/mod.rs; "                  \
	"echo 'fn t() {}' >src/a/t.rs; echo 'fn u() {}' >src/a/u.rs; "         \
	"echo 'mod deep;' >src/tests.rs; echo 'fn d() {}' >src/tests/deep.rs;" \
	"echo 'fn g() {}' >src/gone.rs; echo k >.env; "                        \
	"git add .; git commit -qm one; "                                      \
	"git rm -q src/gone.rs; echo 'fn u2() {}' >src/a/u.rs; "               \
	"echo 'mod v;' >>src/a/mod.rs; echo 'fn v() {}' >src/a/v.rs; "         \
	"git add .; git commit -qm two; "

static struct arena arena;
static struct repo *repo;
static struct rev_range range;
static struct change change;
static struct side side;

static void open_side(const char *words)
{
	struct rev_spec spec;
	struct error err = { 0 };

	shell(CRATE);
	repo = sandbox_repo("r");
	spec = sandbox_spec(&arena, words);
	ck_assert_msg(!repo_resolve(&range, &arena, repo, &spec, &err), "%s",
		      err.msg);
	range.texts = true;
	ck_assert(!repo_diff(&change, &arena, repo, &range, &err));
	side_open(&side, &arena, repo, &range, &change);
}

static void close_side(void)
{
	repo_close(repo);
	arena_release(&arena);
}

/* NULL: it is not there. */
static const struct {
	const char *words, *path, *text;
} texts[] = {
	{ "HEAD~1..HEAD", "src/a/u.rs", "fn u2() {}\n" },
	{ "HEAD~1..HEAD", "src/a/v.rs", "fn v() {}\n" },
	{ "HEAD~1..HEAD", "src/a/t.rs", "fn t() {}\n" },
	{ "HEAD~1..HEAD", "src/gone.rs", NULL },
	{ "HEAD~1..HEAD", "src/none.rs", NULL },
	{ "HEAD~1..HEAD", ".env", NULL },
	{ "HEAD~1..HEAD", "../r/src/lib.rs", NULL },
	{ "HEAD~1..HEAD", "", NULL },
	{ "HEAD..HEAD~1", "src/gone.rs", "fn g() {}\n" },
	{ "HEAD..HEAD~1", "src/a/v.rs", NULL },
	{ "HEAD~1", "src/a/u.rs", "fn u2() {}\n" },
};

START_TEST(a_file_is_as_the_change_leaves_it)
{
	struct span text;

	open_side(texts[_i].words);
	for (int twice = 0; twice < 2; twice++) {
		text = side_text(&side, span_of(texts[_i].path));
		if (texts[_i].text)
			ck_assert(span_eqs(text, texts[_i].text));
		else
			ck_assert_ptr_null(text.ptr);
	}
	close_side();
}
END_TEST

static const struct {
	const char *path;
	bool test;
} tests[] = {
	{ "src/lib.rs", false },       { "src/a/mod.rs", false },
	{ "src/a/t.rs", true },	       { "src/a/u.rs", false },
	{ "src/a/v.rs", false },       { "src/tests.rs", true },
	{ "src/tests/deep.rs", true }, { "src/none.rs", false },
	{ "Cargo.toml", false },       { "", false },
	{ "mod.rs", false },
};

START_TEST(a_module_of_tests_is_known_by_who_declares_it)
{
	open_side("HEAD~1..HEAD");
	ck_assert_int_eq(side_test(&side, span_of(tests[_i].path)),
			 tests[_i].test);
	close_side();
}
END_TEST

Suite *side_suite(void)
{
	Suite *s = suite_create("side");
	TCase *tc = tcase_create("side");

	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, a_file_is_as_the_change_leaves_it, texts);
	add_rows(tc, a_module_of_tests_is_known_by_who_declares_it, tests);
	suite_add_tcase(s, tc);
	return s;
}
