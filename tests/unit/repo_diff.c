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
	/* who made a file is for the base to say; marks are of either side */
	{ "echo '*.rs linguist-generated linguist-vendored' >.gitattributes;"
	  "git add .; echo x >>a.rs",
	  "", "A .gitattributes +1-0\nM a.rs +1-0\n" },
	{ "echo '*.rs linguist-generated=true linguist-vendored' >"
	  ".gitattributes; git add .; git commit -qm at; echo x >>a.rs",
	  "", "M a.rs generated vendored +1-0\n" },
	{ "printf '[attr]gen linguist-generated\n*.rs gen\n"
	  "a.rs -linguist-generated\nsrc/b.rs linguist-generated=false\n' >"
	  ".gitattributes; git add .; git commit -qm at; echo x >>a.rs;"
	  "echo x >>src/b.rs; echo y >c.rs; git add -N c.rs; git add c.rs",
	  "",
	  "M a.rs made +1-0\nA c.rs generated +1-0\nM src/b.rs made +1-0\n" },
	{ "echo '// @generated' >g.rs; git add .; git commit -qm g;"
	  "echo x >>g.rs; (echo '// @generated'; cat a.rs) >b; mv b a.rs",
	  "", "M a.rs marked +1-0\nM g.rs was-marked marked +1-0\n" },
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

/* Each file that has texts: "path: old > new". */
static void show_texts(struct buf *out, const char *dir,
		       const struct repo_limits *limits, const char *line)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct rev_spec spec = sandbox_spec(&a, line);
	struct rev_range range;
	struct change c;
	struct repo *r;

	ck_assert_int_eq(repo_start(NULL, &err), 0);
	ck_assert_int_eq(repo_open(&r, dir, limits, &err), 0);
	ck_assert_int_eq(repo_resolve(&range, &a, r, &spec, &err), 0);
	for (int i = 0; i < 2; i++) {
		range.texts = i;
		ck_assert_msg(!repo_diff(&c, &a, r, &range, &err), "%s",
			      err.msg);
		vec_each (const struct file_change, f, &c.files)
			if (f->old_text.len || f->new_text.len)
				buf_addf(out, "%.*s: %.*s > %.*s\n",
					 SPAN_ARG(f->path),
					 SPAN_ARG(f->old_text),
					 SPAN_ARG(f->new_text));
	}
	repo_close(r);
	arena_release(&a);
}

#define TEXTS                                                              \
	"git init -q r; cd r; mkdir s; printf old >a.rs; printf '' >e.rs;" \
	"printf p >s/p.proto; printf n >n.txt; printf 'x\\0y' >bin.rs;"    \
	"printf t >Cargo.toml; printf l >Cargo.lock; printf q >q.sql;"     \
	"git add .; git commit -qm start;"

static const struct {
	const char *script, *line, *want;
} texts[] = {
	{ "", "", "" },
	{ "printf new >a.rs", "", "a.rs: old > new\n" },
	{ "printf new >a.rs; git add a.rs; printf newer >a.rs", "--staged",
	  "a.rs: old > new\n" },
	{ "printf new >a.rs; git add a.rs; printf newer >a.rs", "",
	  "a.rs: old > newer\n" },
	{ "printf new >a.rs; git commit -qam c; printf no >a.rs",
	  "--commit=HEAD", "a.rs: old > new\n" },
	{ "printf new >a.rs; git commit -qam c", "HEAD~ HEAD",
	  "a.rs: old > new\n" },
	{ "printf new >a.rs; printf new >q.sql", "-- q.sql",
	  "q.sql: q > new\n" },
	/* one side has nothing */
	{ "rm a.rs", "", "a.rs: old > \n" },
	{ "rm e.rs", "", "" },
	{ "printf new >n.rs", "--untracked", "n.rs:  > new\n" },
	{ "", "--commit=HEAD",
	  "Cargo.lock:  > l\nCargo.toml:  > t\na.rs:  > old\n"
	  "q.sql:  > q\ns/p.proto:  > p\n" },
	/* the same text on both sides */
	{ "git mv a.rs b.rs", "", "b.rs: old > old\n" },
	{ "chmod +x a.rs", "", "a.rs: old > old\n" },
	/* by name alone */
	{ "printf new >n.txt; printf x >MyCargo.lock; mkdir d;"
	  "printf x >d/Cargo.lock; git add .",
	  "", "d/Cargo.lock:  > x\n" },
	/* what is no text */
	{ "printf 'x\\0z' >bin.rs", "", "" },
	{ "printf 'new\\0' >a.rs; echo '*.rs diff' >.gitattributes;"
	  "git add .; git commit -qm c",
	  "--commit=HEAD", "" },
	{ "echo 'bin.rs diff' >.gitattributes; git add .; git commit -qm c;"
	  "printf new >bin.rs",
	  "", "" },
	{ "echo '*.rs binary' >.gitattributes; git add .; git commit -qm c;"
	  "printf new >a.rs",
	  "", "" },
	{ "rm a.rs; ln -s n.txt a.rs", "", "a.rs: old > \n" },
	{ "head -c 5000000 /dev/zero | tr '\\0' a >a.rs", "", "" },
	/* line ends as in the object store */
	{ "git config core.autocrlf input; printf 'new\\r\\n' >a.rs", "",
	  "a.rs: old > new\n\n" },
	/* a conflict has no one text */
	{ "git checkout -qb o; printf o >a.rs; git commit -qam o;"
	  "git checkout -q main; printf m >a.rs; git commit -qam m;"
	  "git merge -q o >/dev/null || :",
	  "", "" },
};

START_TEST(a_range_that_asks_has_both_texts_of_files_with_a_meaning)
{
	struct buf script = { 0 }, got = { 0 };

	buf_addf(&script, "%s %s", TEXTS, texts[_i].script);
	shell(buf_cstr(&script));
	show_texts(&got, "r", &sandbox_limits, texts[_i].line);
	ck_assert_str_eq(buf_cstr(&got), texts[_i].want);
	buf_release(&script);
	buf_release(&got);
}
END_TEST

START_TEST(texts_have_a_ceiling_of_their_own_and_the_first_come_first)
{
	struct repo_limits small = sandbox_limits;
	struct buf got = { 0 };

	shell("git init -q r; cd r; for i in a b c d; do "
	      "printf %0900d 0 >$i.rs; done; printf 1 >e.rs; git add .");
	small.max_diff = 2 * 2000 + 1;
	show_texts(&got, "r", &small, "");
	ck_assert_uint_eq(text_count_lines(buf_span(&got)), 2);
	ck_assert(span_starts(buf_span(&got), "a.rs:  > 000"));
	ck_assert(span_find(buf_span(&got), SPAN("\nb.rs")) > 0);
	buf_release(&got);
}
END_TEST

/* "size" or "-" for each of the ids that rev-parse gives. */
static const struct {
	const char *what; /* names in the tree of HEAD, or ids */
	size_t max;
	const char *want;
} blobs[] = {
	{ "", 100, "" },
	{ "a.rs", 100, "3" },
	{ "e.rs", 100, "0" },
	{ "e.rs", 0, "0" },
	{ "bin.rs s/p.proto a.rs a.rs", 100, "3 1 3 3" },
	{ "s a.rs", 100, "- 3" }, /* a folder */
	{ "a.rs", 3, "3" },
	{ "a.rs", 2, "-" },
	{ "a.rs n.txt q.sql a.rs", 4, "3 1 - -" },
	{ "a.rs a.rs n.txt", 4, "3 - 1" },
	{ "big.txt a.rs", 1 << 20, "- 3" },
	{ "0123456789012345678901234567890123456789 a.rs", 9, "- 3" },
	{ "none a.rs", 9, "- 3" },
	{ "a.rs", SIZE_MAX / 2, "3" },
};

static const char *blob_id(const struct tree_list *t, struct span name)
{
	vec_each (const struct tree_entry, e, &t->entries)
		if (span_eq(e->path, name))
			return e->id;
	return "";
}

START_TEST(many_blobs_come_in_one_answer_while_they_fit)
{
	struct repo_limits small = sandbox_limits;
	struct arena a = { 0 };
	struct error err = { 0 };
	struct buf got = { 0 };
	struct span rest = span_of(blobs[_i].what), name, text[8];
	struct tree_list tree;
	char ids[8][41] = { "" };
	size_t n = 0;
	struct repo *r;

	shell(TEXTS "printf %5000d 0 >big.txt; git add .; git commit -qm b;"
		    "git gc -q");
	small.max_file = 4999;
	ck_assert_int_eq(repo_start(NULL, &err), 0);
	ck_assert_int_eq(repo_open(&r, "r", &small, &err), 0);
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 100, &err), 0);
	while (text_field(&rest, ' ', &name)) {
		const char *id =
			name.len == 40 ? name.ptr : blob_id(&tree, name);

		if (span_eqs(name, "s"))
			id = tree.tree;
		snprintf(ids[n], 41, "%s", id);
		n += name.len > 0;
	}
	ck_assert_msg(!repo_blobs(text, &a, r, (const char(*)[41])ids, n,
				  blobs[_i].max, &err),
		      "%s", err.msg);
	for (size_t i = 0; i < n; i++)
		buf_addf(&got, text[i].ptr ? "%s%zu" : "%s-", i ? " " : "",
			 text[i].len);
	ck_assert_str_eq(buf_cstr(&got), blobs[_i].want);
	buf_release(&got);
	arena_release(&a);
	repo_close(r);
}
END_TEST

struct seen {
	size_t n, bytes;
	bool wrong;
};

static void see_blob(void *ctx, size_t i, struct span text)
{
	struct seen *s = ctx;

	s->wrong |= i != s->n || (text.ptr && text.ptr[text.len - 2] != '7');
	s->n++;
	s->bytes += text.len;
}

START_TEST(blobs_of_many_parts_come_each_once_and_in_order)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct tree_list tree;
	struct seen seen = { 0 };
	static char ids[900][41];
	size_t n = sizeof(ids) / sizeof(*ids);
	struct repo *r;

	shell("git init -q r; cd r; for i in 1 2 3; do "
	      "printf '%04000d\\n' ${i}7 >$i.rs; done; git add .;"
	      "git commit -qm c; git gc -q");
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 9, &err), 0);
	for (size_t i = 0; i < n; i++)
		memcpy(ids[i], tree.entries.ptr[i % 3].id, 41);
	memset(ids[n - 1], 'e', 40);
	/* the second time the texts are only lent */
	ck_assert_int_eq(repo_each_blob(see_blob, &seen, _i ? NULL : &a, r,
					(const char(*)[41])ids, n, 1 << 30,
					&err),
			 0);
	ck_assert(!seen.wrong);
	ck_assert_uint_eq(seen.n, n);
	ck_assert_uint_eq(seen.bytes, (n - 1) * 4001);
	/* the next question is not given what is left of the last one */
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 9, &err), 0);
	ck_assert_uint_eq(tree.entries.len, 3);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(a_damaged_blob_fails_the_question)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct tree_list tree;
	struct span text;
	struct repo *r;

	shell(TEXTS "f=.git/objects/$(git rev-parse HEAD:a.rs | "
		    "sed 's/../&\\//'); chmod +w $f; echo x >$f");
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 100, &err), 0);
	ck_assert(span_eqs(tree.entries.ptr[2].path, "a.rs"));
	ck_assert_int_eq(
		repo_blobs(&text, &a, r,
			   (const char(*)[41]) & tree.entries.ptr[2].id, 1, 9,
			   &err),
		-1);
	ck_assert_int_eq(err.kind, ERR_REPO);
	arena_release(&a);
	repo_close(r);
}
END_TEST

START_TEST(trees_files_blobs_and_ids_are_read_as_they_are)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	struct tree_list tree;
	struct repo_info info;
	struct span text, own[2] = { SPAN("hello\n"), { NULL, 0 } };
	char ids[2][41];
	struct repo *r;

	shell(START);
	r = sandbox_repo("r");
	ck_assert_int_eq(repo_tree(&tree, &a, r, NULL, 100, &err), 0);
	ck_assert_uint_eq(tree.entries.len, 4);
	ck_assert(span_eqs(tree.entries.ptr[3].path, "src/b.rs"));
	ck_assert_int_eq(repo_blob(&text, &a, r, tree.entries.ptr[3].id, &err),
			 0);
	ck_assert(span_starts(text, "40\n41\n"));
	ck_assert_uint_eq(strlen(tree.entries.ptr[3].id), 40);
	ck_assert_int_eq(repo_tree(&tree, &a, r, "HEAD", 2, &err), 0);
	ck_assert(tree.truncated);
	ck_assert_int_eq(repo_file(&text, &a, r, "HEAD", "l", &err), 0);
	ck_assert_ptr_null(text.ptr);
	ck_assert_int_eq(repo_file(&text, &a, r, NULL, "../etc", &err), 0);
	ck_assert_ptr_null(text.ptr);
	ck_assert_int_eq(repo_blob(&text, &a, r, "beef", &err), -1);
	ck_assert_int_eq(repo_hash(ids, r, own, 2, &err), 0);
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
	add_rows(tc, a_range_that_asks_has_both_texts_of_files_with_a_meaning,
		 texts);
	tcase_add_test(
		tc, texts_have_a_ceiling_of_their_own_and_the_first_come_first);
	add_rows(tc, many_blobs_come_in_one_answer_while_they_fit, blobs);
	tcase_add_loop_test(tc, blobs_of_many_parts_come_each_once_and_in_order,
			    0, 2);
	tcase_add_test(tc, a_damaged_blob_fails_the_question);
	tcase_add_test(tc, trees_files_blobs_and_ids_are_read_as_they_are);
	suite_add_tcase(s, tc);
	return s;
}
