/* The old sides of a diff that somebody gave. */
#include "sandbox.h"

/* a.rs is "two" at HEAD and was "one"; link.rs is a link to it */
#define REPOSITORY                                                        \
	"git init -q r; cd r; printf 'one\\n' >a.rs; ln -s a.rs link.rs;" \
	"mkdir -p src gen; printf 'b\\n' >src/b.rs; : >empty.rs;"         \
	"echo 'gen/** linguist-generated' >.gitattributes;"               \
	"printf 'g\\n' >gen/g.rs; git add .; git commit -qm one;"         \
	"printf 'two\\n' >a.rs; git commit -qam two;"

/* git hash-object of "one\n", "two\n", "b\n", "" and of no file here */
#define ONE "5626abf0f72e58d7a153368ba57db4c673c0e171"
#define TWO "f719efd430d52bcfc8566a43b2eb655688d38871"
#define NONE "1111111111111111111111111111111111111111"
#define EMPTY "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"

static const struct {
	const char *path, *id, *want; /* "by:text" */
} rows[] = {
	/* by the id, whole or by seven digits */
	{ "a.rs", ONE, "id:one\n" },
	{ "a.rs", "5626abf", "id:one\n" },
	{ "a.rs", TWO, "id:two\n" },
	{ "renamed.rs", ONE, "id:one\n" },
	{ "empty.rs", EMPTY, "id:" },
	/* shorter ones are evidence only where HEAD's file has them */
	{ "a.rs", "5626ab", "head:two\n" },
	{ "a.rs", "f719", "id:two\n" },
	{ "renamed.rs", "5626ab", "none:" },
	/* no blob of that id, or none given */
	{ "a.rs", NONE, "head:two\n" },
	{ "a.rs", "", "head:two\n" },
	{ "src/b.rs", "", "head:b\n" },
	{ "renamed.rs", NONE, "none:" },
	{ "renamed.rs", "", "none:" },
	/* what is no id */
	{ "a.rs", "HEAD", "head:two\n" },
	{ "a.rs", ONE "0", "head:two\n" },
	{ "a.rs", "5626ABF", "head:two\n" },
	/* what is no file */
	{ "src", "", "none:" },
	{ "link.rs", "", "none:" },
	{ "", "", "none:" },
	{ "../r/a.rs", "", "none:" },
	{ "/a.rs", "", "none:" },
	{ ".git/config", "", "none:" },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

static void ask(struct base *out, struct arena *a, struct repo *r)
{
	struct base_want want[ROWS];
	struct error err = { 0 };

	for (size_t i = 0; i < ROWS; i++)
		want[i] = (struct base_want){ span_of(rows[i].path),
					      span_of(rows[i].path),
					      span_of(rows[i].id), true };
	ck_assert_msg(!repo_bases(out, a, r, want, ROWS, &err), "%s", err.msg);
}

START_TEST(a_blob_is_taken_by_its_id_or_as_heads_file)
{
	static const char *const by[] = { "none", "id", "head" };
	struct arena a = { 0 };
	struct base got[ROWS];
	struct repo *r;

	sandbox_open();
	shell(REPOSITORY);
	r = sandbox_repo("r");
	ask(got, &a, r);
	for (size_t i = 0; i < ROWS; i++)
		ck_assert_str_eq(arena_printf(&a, "%s:%.*s", by[got[i].by],
					      SPAN_ARG(got[i].text)),
				 rows[i].want);
	repo_close(r);
	arena_release(&a);
	sandbox_close();
}
END_TEST

START_TEST(a_tree_that_is_no_blob_is_none)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct tree_list tree;
	struct base got;
	struct repo *r;

	sandbox_open();
	shell(REPOSITORY);
	r = sandbox_repo("r");
	ck_assert(!repo_tree(&tree, &a, r, NULL, 100, &err));
	ck_assert(!repo_bases(&got, &a, r,
			      &(struct base_want){ SPAN("x"), SPAN("x"),
						   span_of(tree.tree), true },
			      1, &err));
	ck_assert_int_eq(got.by, BASE_NONE);
	repo_close(r);
	arena_release(&a);
	sandbox_close();
}
END_TEST

START_TEST(heads_attributes_are_told)
{
	const struct base_want want[] = {
		{ SPAN("gen/g.rs"), SPAN("gen/g.rs"), SPAN(""), false },
		{ SPAN("a.rs"), SPAN("a.rs"), SPAN(""), false },
	};
	struct arena a = { 0 };
	struct error err = { 0 };
	struct base got[2];
	struct repo *r;

	sandbox_open();
	shell(REPOSITORY);
	r = sandbox_repo("r");
	ck_assert(!repo_bases(got, &a, r, want, 2, &err));
	ck_assert_int_eq(got[0].generated, SAYS_YES);
	ck_assert_int_eq(got[1].generated, SAYS_NOTHING);
	ck_assert_int_eq(got[0].by, BASE_NONE);
	repo_close(r);
	arena_release(&a);
	sandbox_close();
}
END_TEST

START_TEST(before_a_first_commit_nothing_is_there)
{
	struct arena a = { 0 };
	struct base got[ROWS];
	struct repo *r;

	sandbox_open();
	shell("git init -q r");
	r = sandbox_repo("r");
	ask(got, &a, r);
	for (size_t i = 0; i < ROWS; i++)
		ck_assert_int_eq(got[i].by, BASE_NONE);
	repo_close(r);
	arena_release(&a);
	sandbox_close();
}
END_TEST

START_TEST(a_diff_is_upon_head_in_bare_repositories_too)
{
	static const char *const dirs[] = { "r", "bare" };
	const struct rev_spec spec = { .patch = true };
	struct arena a = { 0 };
	struct error err = { 0 };

	sandbox_open();
	shell(REPOSITORY "cd ..; git clone -q --bare r bare");
	for (size_t i = 0; i < 2; i++) {
		struct repo *r = sandbox_repo(dirs[i]);
		struct rev_range range;

		ck_assert_msg(!repo_resolve(&range, &a, r, &spec, &err), "%s",
			      err.msg);
		ck_assert_int_eq(range.old_side, SIDE_TREE);
		ck_assert_int_eq(range.new_side, SIDE_PATCH);
		ck_assert(span_eqs(range.old_name, "HEAD"));
		ck_assert_uint_eq(range.commits, 0);
		repo_close(r);
	}
	arena_release(&a);
	sandbox_close();
}
END_TEST

Suite *repo_base_suite(void)
{
	Suite *s = suite_create("repo_base");
	TCase *tc = tcase_create("repo_base");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, a_blob_is_taken_by_its_id_or_as_heads_file);
	tcase_add_test(tc, a_tree_that_is_no_blob_is_none);
	tcase_add_test(tc, heads_attributes_are_told);
	tcase_add_test(tc, before_a_first_commit_nothing_is_there);
	tcase_add_test(tc, a_diff_is_upon_head_in_bare_repositories_too);
	suite_add_tcase(s, tc);
	return s;
}
