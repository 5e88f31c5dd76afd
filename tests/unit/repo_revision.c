#include "sandbox.h"

/* root - one - two - merge (main)      topic: root - side */
#define HISTORY                                                     \
	"git init -q r; cd r; mkdir -p src/in;"                     \
	"echo 1 >a.rs; echo 1 >src/b.rs; echo 1 >src/in/c.rs;"      \
	"git add .; git commit -qm root; git branch topic;"         \
	"echo 2 >>a.rs; git commit -qam one; git tag light;"        \
	"git tag -am x v1; echo 3 >>src/b.rs; git commit -qam two;" \
	"git checkout -q topic; echo 9 >d.rs; git add .;"           \
	"git commit -qm side; git checkout -q main;"                \
	"git merge -q --no-edit topic;"

static const struct {
	const char *line, *want;
} forms[] = {
	{ "HEAD~1..HEAD", "A d.rs +1-0\n" },
	{ "HEAD~1..", "A d.rs +1-0\n" },
	{ "..HEAD", "" },
	{ "HEAD", "" },
	{ "HEAD~1", "A d.rs +1-0\n" },
	{ "HEAD^", "A d.rs +1-0\n" },
	{ "HEAD^2", "M a.rs +1-0\nM src/b.rs +1-0\n" },
	{ "topic..main", "M a.rs +1-0\nM src/b.rs +1-0\n" },
	{ "topic...main", "M a.rs +1-0\nM src/b.rs +1-0\n" },
	{ "v1...topic", "A d.rs +1-0\n" },
	{ "v1..topic", "M a.rs +0-1\nA d.rs +1-0\n" },
	{ "light..v1", "" },
	{ "v1 topic", "M a.rs +0-1\nA d.rs +1-0\n" },
	{ "v1^{tree}..topic", "M a.rs +0-1\nA d.rs +1-0\n" },
	{ "HEAD~2^!", "M a.rs +1-0\n" },
	{ ":/two", "A d.rs +1-0\n" },
	{ "HEAD:src v1:src", "M b.rs +0-1\n" },
	{ "--commit=HEAD", "A d.rs +1-0\n" },
	{ "--commit=HEAD~1", "M src/b.rs +1-0\n" },
	{ "--commit=v1", "M a.rs +1-0\n" },
	{ "--commit=HEAD~3", "A a.rs +1-0\nA src/b.rs +1-0\n"
			     "A src/in/c.rs +1-0\n" },
	{ "--commit=HEAD -- nothing", "" },
	{ "--merge-base=topic", "M a.rs +1-0\nM src/b.rs +1-0\n" },
	{ "--staged", "" },
	{ "--staged HEAD~1", "A d.rs +1-0\n" },
	/* paths */
	{ "HEAD~3 src", "M src/b.rs +1-0\n" },
	{ "HEAD~3 -- src/b.rs", "M src/b.rs +1-0\n" },
	{ "HEAD~3 -- src/b", "" },
	{ "HEAD~3 -- *.rs", "M a.rs +1-0\nA d.rs +1-0\nM src/b.rs +1-0\n" },
	{ "HEAD~3 -- :(glob)*.rs", "M a.rs +1-0\nA d.rs +1-0\n" },
	{ "HEAD~3 -- . :!src", "M a.rs +1-0\nA d.rs +1-0\n" },
	{ "HEAD~3 -- :^*.rs", "" },
	{ "HEAD~3 -- :(icase)SRC", "M src/b.rs +1-0\n" },
	{ "HEAD~3 -- :(literal)*.rs", "" },
	{ "src", "" },
	/* what is refused, and how */
	{ "nowhere", "'nowhere' is neither a revision nor a path" },
	{ "topik", "did you mean 'topic'" },
	{ "src/b.rz", "did you mean 'src/b.rs'" },
	{ "topik..main", "did you mean 'topic'" },
	{ "main..topik", "did you mean 'topic'" },
	{ "HEAD nowhere", "'nowhere' is neither" },
	{ "src nowhere", "'nowhere' is neither" },
	{ "nowhere --", "'nowhere' is neither" },
	{ "HEAD v1 topic", "one revision too many" },
	{ "HEAD~1..HEAD v1", "a range is all the revisions" },
	{ "--commit=HEAD v1", "too many beside --commit" },
	{ "--commit=HEAD:a.rs", "'HEAD:a.rs' is a file where a commit" },
	{ "HEAD:a.rs", "is a file where a revision is needed: a path " },
	{ "--staged --commit=HEAD", "exclude each other" },
	{ "--staged HEAD~1..HEAD", "takes one revision at most" },
	/* existing code */
	{ "--all -- .", "A a.rs +2-0\nA d.rs +1-0\nA src/b.rs +2-0\n"
			"A src/in/c.rs +1-0\n" },
	{ "--all -- src", "A src/b.rs +2-0\nA src/in/c.rs +1-0\n" },
	{ "--all src", "A src/b.rs +2-0\nA src/in/c.rs +1-0\n" },
	{ "--all light -- a.rs src/b.rs", "A a.rs +2-0\nA src/b.rs +1-0\n" },
	{ "--all topic d.rs", "A d.rs +1-0\n" },
	{ "--all HEAD:src -- b.rs", "A b.rs +2-0\n" },
	{ "--all -- *.rs :!src", "A a.rs +2-0\nA d.rs +1-0\n" },
	{ "--all -- :(icase)D.RS", "A d.rs +1-0\n" },
	{ "--all", "--all needs a path" },
	{ "--all HEAD", "--all needs a path" },
	{ "--all HEAD --", "--all needs a path" },
	{ "--all HEAD~1..HEAD -- src", "takes one revision, not a range" },
	{ "--all HEAD~1 HEAD -- src", "takes one revision, not a range" },
	{ "--all topic...main -- src", "takes one revision, not a range" },
	{ "--all nowhere -- src", "'nowhere' is neither" },
	{ "--all HEAD:a.rs -- a.rs", "is a file where a revision is" },
	{ "--all -- src/b.rz", "no file of HEAD matches 'src/b.rz'; did you "
			       "mean 'src/b.rs'?" },
	{ "--all v1 -- a.rs d.rs", "no file of v1 matches 'd.rs'" },
	{ "--all -- src *.c", "no file of HEAD matches '*.c'" },
	{ "--all -- ../x", "outside the repository" },
	{ "--all --staged -- src", "exclude each other" },
	{ "--all --commit=HEAD -- src", "exclude each other" },
	{ "--all --merge-base=topic -- src", "exclude each other" },
	{ "--all --untracked -- src", "holds no untracked files" },
	{ "--untracked HEAD~1..HEAD", "goes with the work tree" },
	{ "--untracked --staged", "goes with the work tree" },
	{ "--untracked --commit=HEAD", "goes with the work tree" },
	{ "HEAD -- ../x", "outside the repository" },
	{ "HEAD -- /etc/passwd", "outside the repository" },
	{ "HEAD -- :(attr:x)y", "path magic 'attr:x'" },
};

START_TEST(revisions_and_paths_mean_what_they_mean_to_git_diff)
{
	sandbox_expect(HISTORY, "r", forms[_i].line, forms[_i].want);
}
END_TEST

static const struct {
	const char *script, *dir, *line, *want;
} places[] = {
	{ "echo 4 >>src/b.rs; echo 4 >>a.rs", "r/src", "HEAD -- b.rs",
	  "M src/b.rs +1-0\n" },
	{ "echo 4 >>src/b.rs; echo 4 >>a.rs", "r/src", ".",
	  "M src/b.rs +1-0\n" },
	{ "echo 4 >>src/b.rs; echo 4 >>a.rs", "r/src", "../a.rs",
	  "M a.rs +1-0\n" },
	{ "echo 4 >>src/b.rs; echo 4 >>a.rs", "r/src", ":/a.rs",
	  "M a.rs +1-0\n" },
	{ "echo 4 >>src/b.rs; echo 4 >>a.rs", "r/src", "HEAD",
	  "M a.rs +1-0\nM src/b.rs +1-0\n" },
	/* a word that is a branch and a file */
	{ "git branch a.rs", "r", "a.rs", "both revision and path" },
	{ "git branch a.rs", "r", "a.rs --", "" },
	{ "git branch a.rs; echo 4 >>a.rs", "r", "-- a.rs", "M a.rs +1-0\n" },
	{ "git branch a.rs; echo 4 >>a.rs", "r", "src/b.rs a.rs",
	  "M a.rs +1-0\n" },
	{ "git branch src", "r", "HEAD src", "both revision and path" },
	{ "git rm -q a.rs; git commit -qm gone", "r", "HEAD~1 a.rs",
	  "'a.rs' is neither" },
	{ "git rm -q a.rs; git commit -qm gone", "r", "HEAD~1 -- a.rs",
	  "D a.rs +0-2\n" },
	/* where there is no work tree, no past, no HEAD */
	{ "git clone -q --bare . ../b", "b", "HEAD", "bare repository" },
	{ "git clone -q --bare . ../b", "b", "", "bare repository" },
	{ "git clone -q --bare . ../b", "b", "HEAD~1..HEAD", "A d.rs +1-0\n" },
	{ "git init -q ../u; cd ../u; echo 1 >n.rs; git add n.rs", "u", "",
	  "A n.rs +1-0\n" },
	{ "git init -q ../u; cd ../u; echo 1 >n.rs; git add n.rs", "u",
	  "--staged", "A n.rs +1-0\n" },
	{ "git init -q ../u", "u", "HEAD~1", "names no commit, there is none" },
	/* a word that is nothing, and what was meant */
	{ "git branch -m main master", "r", "main", "did you mean 'master'?" },
	{ "git branch -m main master", "r", "main~1", "mean 'master~1'?" },
	{ "git branch feature/pool", "r", "pool", "mean 'feature/pool'?" },
	{ "git branch feature/pool", "r", "feat", "mean 'feature/pool'?" },
	{ "", "r", "head~1", "did you mean 'HEAD~1'?" },
	{ "", "r", "in/c.rs", "did you mean 'src/in/c.rs'?" },
	{ "", "r", "origin/main", "did you mean 'main'?" },
	{ "", "r", "main:src/z.rs",
	  "'main' holds no 'src/z.rs': `git ls-tree" },
	{ "", "r", "main@{upstream}", "no upstream branch is set" },
	{ "", "r", "main@{99}", "is not in the reflog" },
	{ "", "r", "HEAD~99", "goes back further than the history here" },
	{ "", "r", "v1^{blob}", "is nothing that 'v1' leads to" },
	{ "", "r", "../nowhere", "'../nowhere' is neither" },
	{ "", "r", "src/../nowhere", "'src/../nowhere' is neither" },
	{ "", "r", "0123456789", "is no object of this clone: `git fetch`" },
	{ "", "r", "#12", "`git fetch origin pull/12/head`, then" },
	{ "", "r", "!7", "`git fetch origin merge-requests/7/head`, then" },
	{ "", "r", "https://example.org/a/b/pull/3",
	  "`git fetch origin pull/3/head`, then" },
	{ "", "r", "https://example.org/a/b",
	  "is an address, and only clones" },
	{ "", "r", "src HEAD~1",
	  "revisions go first, as in `architect review "
	  "HEAD~1 src`" },
	{ "", "r", "src HEAD~1..HEAD", "revisions go first" },
	{ "", "r", "--commit=HEAD~1..HEAD",
	  "is a range where one revision is needed: `architect review "
	  "HEAD~1..HEAD`" },
	{ "", "r", "--merge-base=main..HEAD", "is a range where one" },
	{ "git clone -q . ../c; git branch late", "c", "origin/late",
	  "'origin/late' is not fetched: `git fetch origin` brings it" },
	{ "git branch early; git clone -q . ../c", "c", "early",
	  "did you mean 'origin/early'?" },
	{ "git branch early; git clone -q . ../c", "c", "origin/erly",
	  "or did you mean 'origin/early'?" },
	{ "git clone -q . ../c", "c", "zzz", "`git fetch` brings new ones" },
	{ "git branch late; git clone -q --depth 1 file://$PWD ../s", "s",
	  "origin/late", "`git fetch origin late` brings it" },
	{ "git clone -q --depth 1 file://$PWD ../s", "s", "zzz",
	  "fetch-depth: 0" },
	/* existing code is a tree's, whatever lies around it */
	{ "echo 4 >>src/b.rs; echo 5 >src/n.rs; git add .", "r/src",
	  "--all -- b.rs", "A src/b.rs +2-0\n" },
	{ "git rm -qr src; git commit -qm gone", "r", "--all HEAD~1 -- src",
	  "A src/b.rs +2-0\nA src/in/c.rs +1-0\n" },
	{ "git rm -qr src; git commit -qm gone", "r", "--all -- src",
	  "no file of HEAD matches 'src'" },
	{ "printf '*.rs -diff\n' >.gitattributes; git add .; git commit -qm a",
	  "r", "--all -- a.rs", "A a.rs +2-0\n" },
	{ "git clone -q --bare . ../b", "b", "--all -- a.rs", "A a.rs +2-0\n" },
	{ "git init -q ../u; cd ../u; echo 1 >n.rs; git add n.rs", "u",
	  "--all -- n.rs", "there is no commit yet" },
	{ "git clone -q --depth 1 file://$PWD ../s", "s", "HEAD~1",
	  "shallow clone" },
	{ "git clone -q --depth 1 file://$PWD ../s", "s", "--commit=HEAD",
	  "git fetch --unshallow" },
	{ "git clone -q --depth 1 file://$PWD ../s; echo 4 >>../s/a.rs", "s",
	  "", "M a.rs +1-0\n" },
	{ "git worktree add -q ../w topic; echo 7 >>../w/d.rs", "w", "",
	  "M d.rs +1-0\n" },
	{ "git worktree add -q ../w topic; echo 7 >>../w/d.rs", "w/src", "HEAD",
	  "M d.rs +1-0\n" },
	{ "git clone -q --no-checkout --filter=blob:none file://$PWD ../p", "p",
	  "HEAD~1..HEAD", "partial clone" },
	{ "mkdir ../none", "none", "", "no git repository in" },
	{ "git init -q --object-format=sha256 ../x", "x", "",
	  "sha256 object ids are not supported" },
	{ "git config core.repositoryformatversion 1;"
	  "git config extensions.refstorage reftable",
	  "r", "", "keep refs as reftable" },
	{ "git config core.repositoryformatversion 1;"
	  "git config extensions.worktreeConfig true;"
	  "git config extensions.preciousObjects true;"
	  "git config extensions.relativeWorktrees true",
	  "r", "HEAD~1", "A d.rs +1-0\n" },
	{ "git update-index --split-index", "r", "",
	  "git update-index --no-split-index" },
	{ "git update-index --split-index", "r", "HEAD~1..HEAD",
	  "A d.rs +1-0\n" },
	{ "git sparse-checkout set --cone --sparse-index", "r", "HEAD",
	  "--no-sparse-index" },
	{ "f=.git/objects/$(git rev-parse topic | sed 's,..,&/,'); rm -f $f",
	  "r", "topic", "the object it names is missing" },
	{ "head -c 300 /dev/urandom >.git/index", "r", "HEAD",
	  "comparing the index" },
	{ "mkfifo pipe; rm a.rs; mkfifo a.rs", "r", "--untracked",
	  "D a.rs +0-2\n" },
	{ "git repack -adq; p=$(ls .git/objects/pack/*.pack); chmod +w $p;"
	  "printf XXXXXXXXXXXXXXXX | dd of=$p bs=1 seek=100 conv=notrunc "
	  "2>/dev/null",
	  "r", "--commit=HEAD~1", "reading" },
	{ "git config core.worktree $PWD/../t; mkdir ../t; echo 1 >../t/a.rs",
	  "r", "-- a.rs", "M a.rs +0-1\n" },
	{ "git checkout -q --orphan o; git rm -rqf .; echo 1 >z;"
	  "git add z; git commit -qm o",
	  "r", "main...o", "no common ancestor" },
};

START_TEST(every_kind_of_repository_works_or_says_why_not)
{
	struct buf script = { 0 };

	buf_addf(&script, "%s %s", HISTORY, places[_i].script);
	if (strstr(places[_i].script, "filter=") ||
	    strstr(places[_i].script, "--depth"))
		shell("git config --global uploadpack.allowFilter true");
	sandbox_expect(buf_cstr(&script), places[_i].dir, places[_i].line,
		       places[_i].want);
	buf_release(&script);
}
END_TEST

START_TEST(the_environment_names_another_repository_as_it_does_for_git)
{
	struct buf out = { 0 };
	struct repo *r;
	char path[600];

	shell(HISTORY "echo 5 >>a.rs; cp .git/index ../index;"
		      "GIT_INDEX_FILE=../index git add a.rs; mkdir ../else");
	snprintf(path, sizeof(path), "%s/r/.git", sandbox_dir);
	setenv("GIT_DIR", path, 1);
	snprintf(path, sizeof(path), "%s/r", sandbox_dir);
	setenv("GIT_WORK_TREE", path, 1);
	snprintf(path, sizeof(path), "%s/index", sandbox_dir);
	setenv("GIT_INDEX_FILE", path, 1);
	r = sandbox_repo("else");
	sandbox_diff(&out, r, "--staged");
	ck_assert_str_eq(buf_cstr(&out), "M a.rs +1-0\n");
	buf_release(&out);
	repo_close(r);
}
END_TEST

START_TEST(a_range_knows_its_ends_and_how_many_commits_it_has)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct rev_spec spec = sandbox_spec(&a, "HEAD~2..HEAD");
	struct rev_range range;
	struct commit_list list;
	struct repo *r;

	shell(HISTORY);
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_resolve(&range, &a, r, &spec, &err), 0);
	ck_assert_int_eq(range.old_side, SIDE_TREE);
	ck_assert_uint_eq(range.commits, 3);
	ck_assert_uint_eq(strlen(range.new_commit), 40);
	ck_assert(span_eqs(range.old_name, "HEAD~2"));
	ck_assert_int_eq(repo_intent(&list, &a, r, &range, 10, &err), 0);
	ck_assert_uint_eq(list.commits.len, 3);
	ck_assert(span_starts(list.commits.ptr[2].subject, "Merge branch"));
	ck_assert_int_eq(repo_commits(&list, &a, r, "HEAD~3..HEAD", &err), 0);
	ck_assert_uint_eq(list.commits.len, 3);
	ck_assert_int_eq(repo_commits(&list, &a, r, "topic", &err), 0);
	ck_assert(span_eqs(list.commits.ptr[0].subject, "side"));
	arena_release(&a);
	repo_close(r);
}
END_TEST

/* A branch of two commits, its main one further; and one that begins anew. */
#define BRANCHES                                                              \
	"git init -q r; cd r; git commit -q --allow-empty -m base;"           \
	"git tag base; git checkout -q -b topic;"                             \
	"git commit -q --allow-empty -m 1; git commit -q --allow-empty -m 2;" \
	"git checkout -q -b on base; git commit -q --allow-empty -m 3;"       \
	"git checkout -q --orphan anew; git commit -q --allow-empty -m 4;"

static const struct {
	const char *range, *trust; /* a revision; NULL: none */
} trusts[] = {
	{ "base..topic", "base" },
	{ "on..topic", "base" },
	{ "topic~1..topic", "topic~1" },
	{ "on..anew", "on" },
	{ "topic", NULL },
};

START_TEST(a_branch_is_judged_by_what_none_of_its_commits_wrote)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct commit_list list, one;
	struct repo *r;
	const char *want = trusts[_i].trust;

	shell(BRANCHES);
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_commits(&list, &a, r, trusts[_i].range, &err), 0);
	if (want) {
		ck_assert_int_eq(repo_commits(&one, &a, r, want, &err), 0);
		ck_assert_str_eq(list.trust, one.commits.ptr[0].id);
	} else {
		ck_assert_str_eq(list.trust, "");
	}
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(inside_the_git_directory_a_word_is_no_path)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct rev_spec spec = sandbox_spec(&a, "HEAD~1 HEAD");
	struct rev_range range;
	struct repo *r;

	shell(HISTORY);
	r = sandbox_repo("r/.git");
	ck_assert_msg(!repo_resolve(&range, &a, r, &spec, &err), "%s", err.msg);
	ck_assert_int_eq(range.new_side, SIDE_TREE);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(a_repository_of_another_user_is_refused_with_the_right_advice)
{
	static const char give[] = HISTORY "chown -R 12345 .";

	if (geteuid() != 0)
		return; /* only root can give a folder away */
	sandbox_expect(give, "r", "HEAD~1", "safe.directory");
}
END_TEST

START_TEST(a_repository_named_safe_is_opened_whoever_owns_it)
{
	char global[600];

	if (geteuid() != 0)
		return;
	snprintf(global, sizeof(global), "%s/mine", sandbox_dir);
	shell("printf '[safe]\\ndirectory=%s/r\\n' \"$HOME\" >mine;" HISTORY
	      "chown -R 12345 .");
	setenv("GIT_CONFIG_GLOBAL", global, 1);
	sandbox_expect(":", "r", "HEAD~1", "A d.rs +1-0\n");
}
END_TEST

Suite *repo_revision_suite(void)
{
	Suite *s = suite_create("repo_revision");
	TCase *tc = tcase_create("repo_revision");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, revisions_and_paths_mean_what_they_mean_to_git_diff,
		 forms);
	add_rows(tc, every_kind_of_repository_works_or_says_why_not, places);
	tcase_add_test(
		tc,
		the_environment_names_another_repository_as_it_does_for_git);
	tcase_add_test(tc, a_range_knows_its_ends_and_how_many_commits_it_has);
	add_rows(tc, a_branch_is_judged_by_what_none_of_its_commits_wrote,
		 trusts);
	tcase_add_test(tc, inside_the_git_directory_a_word_is_no_path);
	tcase_add_test(
		tc,
		a_repository_of_another_user_is_refused_with_the_right_advice);
	tcase_add_test(tc, a_repository_named_safe_is_opened_whoever_owns_it);
	suite_add_tcase(s, tc);
	return s;
}
