#include "sandbox.h"

#define START                                                \
	"git init -q r; cd r; mkdir src;"                    \
	"seq 1 30 >a.rs; seq 40 90 >src/b.rs; ln -s a.rs l;" \
	"printf 'x\\0y' >bin; git add .; git commit -qm start;"

static const struct {
	const char *script, *line, *want;
} diffs[] = {
	{ "", "", "" },
	{ "echo x >>a.rs", "", "M a.rs +1-0\n" },
	{ "echo x >>a.rs; git add a.rs; echo y >>a.rs", "", "M a.rs +2-0\n" },
	{ "echo x >>a.rs; git add a.rs; echo y >>a.rs", "--staged",
	  "M a.rs +1-0\n" },
	{ "echo x >>a.rs; git add a.rs; seq 1 30 >a.rs", "", "" },
	{ "touch a.rs; chmod 600 a.rs", "", "" },
	{ "chmod +x a.rs", "", "M a.rs 100644>100755 +0-0\n" },
	{ "printf z >>a.rs", "", "M a.rs +1-0\n" },
	{ "printf 'x\\0z' >bin", "", "M bin binary +0-0\n" },
	{ "rm a.rs", "", "D a.rs +0-30\n" },
	{ "git rm -q --cached a.rs", "", "D a.rs +0-30\n? a.rs\n" },
	{ "git rm -q --cached a.rs", "--untracked", "" },
	{ "rm a.rs; ln -s bin a.rs", "", "T a.rs 100644>120000 +1-30\n" },
	{ "ln -sf bin l", "", "M l +1-1\n" },
	{ "git mv a.rs c.rs", "", "R a.rs => c.rs +0-0\n" },
	{ "git mv a.rs c.rs; echo x >>c.rs", "", "R a.rs => c.rs +1-0\n" },
	{ "git mv a.rs src/c.rs; git mv src/b.rs b2.rs; git commit -qm m",
	  "--commit=HEAD",
	  "R src/b.rs => b2.rs +0-0\nR a.rs => src/c.rs +0-0\n" },
	{ "git mv a.rs c.rs; seq 100 200 >c.rs", "",
	  "D a.rs +0-30\nA c.rs +101-0\n" },
	{ "cp a.rs copy.rs; git add copy.rs", "", "A copy.rs +30-0\n" },
	{ "git mv a.rs c.rs", "-- c.rs", "A c.rs +30-0\n" },
	{ "echo u >u.rs; echo u >u.txt", "", "? u.rs\n" },
	{ "echo u >u.rs; echo u >u.txt", "--untracked",
	  "A u.rs +1-0\nA u.txt +1-0\n" },
	{ "echo u.rs >.git/info/exclude; echo u >u.rs", "--untracked", "" },
	{ "mkdir n; echo u >n/u.rs", "-- src", "" },
	{ "echo g >CLAUDE.md; mkdir d; echo g >d/AGENTS.md; git add d", "",
	  "A d/AGENTS.md +1-0\n! CLAUDE.md\n! d/AGENTS.md\n" },
	{ "echo n >n.rs; git add -N n.rs", "", "A n.rs +1-0\n" },
	{ "echo n >n.rs; git add -N n.rs", "--staged", "" },
	{ "head -c 5000000 /dev/zero | tr '\\0' a >big; git add big", "",
	  "A big large +0-0\n" },
	{ "head -c 5000000 /dev/zero | tr '\\0' a >big; git add big;"
	  "git commit -qm b; echo x >>big; git commit -qam c",
	  "--commit=HEAD", "M big large +0-0\n" },
	/* a conflict, a submodule */
	{ "git checkout -qb o; echo o >>a.rs; git commit -qam o;"
	  "git checkout -q main; echo m >>a.rs; git commit -qam m;"
	  "git merge -q o >/dev/null || :",
	  "", "U a.rs +0-0\n" },
	{ "git init -q ../s; (cd ../s; echo 1 >f; git add f; git commit -qm s);"
	  "git submodule -q add ../s sub",
	  "--staged", "A .gitmodules +3-0\nA sub submodule +0-0\n" },
	{ "git init -q ../s; (cd ../s; echo 1 >f; git add f; git commit -qm s);"
	  "git submodule -q add ../s sub; git commit -qm s;"
	  "(cd sub; echo 2 >f; git commit -qam t)",
	  "", "M sub submodule +0-0\n" },
	{ "git init -q ../s; (cd ../s; echo 1 >f; git add f; git commit -qm s);"
	  "git submodule -q add ../s sub; git commit -qm s; echo 2 >sub/f",
	  "", "" },
	/* attributes hide only what the base says they hide */
	{ "echo '*.rs -diff' >.gitattributes; git add .; echo x >>a.rs", "",
	  "A .gitattributes +1-0\nM a.rs +1-0\n" },
	{ "echo '*.rs -diff' >.gitattributes; git add .; git commit -qm at;"
	  "echo x >>a.rs",
	  "", "M a.rs binary +0-0\n" },
	{ "echo 'bin diff' >.gitattributes; git add .; git commit -qm at;"
	  "echo x >>bin",
	  "", "M bin +1-1\n" },
	{ "printf '[attr]hide binary\\n/src/*.rs hide\\n' >.gitattributes;"
	  "git add .; git commit -qm at; echo x >>a.rs; echo x >>src/b.rs",
	  "", "M a.rs +1-0\nM src/b.rs binary +0-0\n" },
	{ "echo '*.rs binary' >.gitattributes; echo 'b.rs diff' >"
	  "src/.gitattributes; git add .; git commit -qm at; echo x >>src/b.rs",
	  "", "M src/b.rs +1-0\n" },
	/* line ends, filters, encodings, sparse work trees */
	{ "echo '* text=auto' >.gitattributes; git add .; git commit -qm at;"
	  "sed -i 's/$/\\r/' a.rs",
	  "", "" },
	{ "git config core.autocrlf input; sed -i 's/$/\\r/' a.rs;"
	  "echo x >>a.rs",
	  "", "M a.rs +1-0\n" },
	{ "echo 'a.rs filter=lfs' >.gitattributes; git add .;"
	  "git commit -qm at; git config filter.lfs.clean 'touch ../ran';"
	  "echo x >>a.rs",
	  "", "a.rs passes through the filter 'lfs'" },
	{ "echo 'a.rs filter=lfs' >.gitattributes; git add .;"
	  "git commit -qm at; git config filter.lfs.clean 'touch ../ran';"
	  "echo x >>a.rs",
	  "-- src", "" },
	{ "echo 'a.rs filter=none' >.gitattributes; git add .;"
	  "git commit -qm at; echo x >>a.rs",
	  "", "M a.rs +1-0\n" },
	{ "echo 'w.txt working-tree-encoding=UTF-16LE' >.gitattributes;"
	  "printf 'a\\0' >w.txt; git add .; git commit -qm at;"
	  "printf 'a\\0b\\0' >w.txt",
	  "", "w.txt is kept as UTF-16LE" },
	{ "git sparse-checkout set --no-cone a.rs; test ! -e src/b.rs;"
	  "echo x >>a.rs",
	  "", "M a.rs +1-0\n" },
	{ "git sparse-checkout set --no-cone a.rs; git checkout -q HEAD;"
	  "git update-index --no-assume-unchanged a.rs",
	  "HEAD -- src", "" },
	{ "git update-index --assume-unchanged a.rs; echo x >>a.rs", "", "" },
	/* nothing of a hostile repository runs */
	{ "for k in core.fsmonitor core.pager core.sshCommand diff.external "
	  "core.editor diff.evil.textconv diff.evil.command core.askpass "
	  "credential.helper filter.evil.smudge uploadpack.packObjectsHook "
	  "core.gitProxy alias.diff; do git config $k 'touch '$HOME/ran; done;"
	  "mkdir -p h; git config core.hooksPath h; printf '#!/bin/sh\ntouch "
	  "%s/ran\n' $HOME >h/post-index-change; chmod +x h/*;"
	  "echo '* diff=evil filter=evil' >.git/info/attributes;"
	  "rm -rf h; echo x >>a.rs; rm -f ../ran",
	  "", "M a.rs +1-0\n" },
	/* the user's diff settings play no part */
	{ "git config diff.noprefix true; git config diff.renames false;"
	  "git config diff.context 0; git mv a.rs c.rs; echo x >>c.rs",
	  "", "R a.rs => c.rs +1-0\n" },
	{ "git config core.quotepath true; echo x >'\303\251.rs'; git add .",
	  "", "A \303\251.rs +1-0\n" },
};

START_TEST(a_change_is_what_git_diff_shows)
{
	struct buf script = { 0 };

	buf_addf(&script, "%s %s", START, diffs[_i].script);
	sandbox_expect(buf_cstr(&script), "r", diffs[_i].line, diffs[_i].want);
	ck_assert_int_ne(access("ran", F_OK), 0);
	buf_release(&script);
}
END_TEST

START_TEST(lines_carry_their_numbers_and_their_missing_newline)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct rev_spec spec = { 0 };
	struct rev_range range;
	struct change c;
	struct hunk *h;
	struct repo *r;

	shell(START "sed -i 's/^5$/five/' a.rs; printf end >>a.rs");
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_resolve(&range, &a, r, &spec, &err), 0);
	ck_assert_int_eq(repo_diff(&c, &a, r, &range, &err), 0);
	ck_assert_uint_eq(c.files.len, 1);
	ck_assert_uint_eq(c.files.ptr->hunks.len, 2);
	h = c.files.ptr->hunks.ptr;
	ck_assert_uint_eq(h->old_start, 2);
	ck_assert_uint_eq(h->new_lines, 7);
	ck_assert_int_eq(h->lines.ptr[3].origin, '-');
	ck_assert_uint_eq(h->lines.ptr[3].old_no, 5);
	ck_assert_uint_eq(h->lines.ptr[3].new_no, 0);
	ck_assert(span_eqs(h->lines.ptr[4].text, "five"));
	ck_assert_uint_eq(h->lines.ptr[4].new_no, 5);
	h++;
	ck_assert(span_eqs(h->lines.ptr[3].text, "end"));
	ck_assert(h->lines.ptr[3].no_newline);
	ck_assert(!h->lines.ptr[2].no_newline);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(a_diff_over_its_ceiling_leaves_the_file_out_and_says_so)
{
	struct repo_limits small = sandbox_limits;
	struct buf out = { 0 };
	struct error err = { 0 };
	struct repo *r;

	shell(START "seq 1 9000 >many.rs; echo x >>a.rs; git add .");
	small.max_diff = 20000;
	ck_assert_int_eq(repo_start(NULL, &err), 0);
	ck_assert_int_eq(repo_open(&r, "r", &small, &err), 0);
	sandbox_diff(&out, r, "");
	ck_assert_str_eq(buf_cstr(&out), "M a.rs +1-0\nA many.rs large +0-0\n");
	buf_release(&out);
	repo_close(r);
}
END_TEST

START_TEST(trees_files_blobs_and_ids_are_read_as_they_are)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct tree_list tree;
	struct repo_info info;
	struct span text, texts[2] = { SPAN("hello\n"), { NULL, 0 } };
	char ids[2][41];
	struct repo *r;

	shell(START);
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 100, &err), 0);
	ck_assert_uint_eq(tree.entries.len, 4);
	ck_assert(span_eqs(tree.entries.ptr[3].path, "src/b.rs"));
	ck_assert_uint_eq(tree.entries.ptr[3].size, 153);
	ck_assert_int_eq(repo_blob(&text, &a, r, tree.entries.ptr[3].id, &err),
			 0);
	ck_assert(span_starts(text, "40\n41\n"));
	ck_assert_int_eq(repo_tree(&tree, &a, r, "HEAD", 2, &err), 0);
	ck_assert(tree.truncated);
	ck_assert_int_eq(repo_file(&text, &a, r, "HEAD", "l", &err), 0);
	ck_assert(span_eqs(text, "a.rs"));
	ck_assert_int_eq(repo_file(&text, &a, r, NULL, "../etc", &err), 0);
	ck_assert_ptr_null(text.ptr);
	ck_assert_int_eq(repo_blob(&text, &a, r, "beef", &err), -1);
	ck_assert_int_eq(repo_hash(ids, r, texts, 2, &err), 0);
	ck_assert_str_eq(ids[0], "ce013625030ba8dba906f756967f9e9ca394464a");
	ck_assert_str_eq(ids[1], "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
	ck_assert_int_eq(repo_info(&info, &a, r, &err), 0);
	ck_assert(span_eqs(info.head_name, "main"));
	ck_assert(!info.bare && !info.shallow && !info.sparse);
	arena_release(&a);
	repo_close(r);
}
END_TEST

Suite *repo_diff_suite(void)
{
	Suite *s = suite_create("repo_diff");
	TCase *tc = tcase_create("repo_diff");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc, a_change_is_what_git_diff_shows, diffs);
	tcase_add_test(tc, lines_carry_their_numbers_and_their_missing_newline);
	tcase_add_test(tc,
		       a_diff_over_its_ceiling_leaves_the_file_out_and_says_so);
	tcase_add_test(tc, trees_files_blobs_and_ids_are_read_as_they_are);
	suite_add_tcase(s, tc);
	return s;
}
