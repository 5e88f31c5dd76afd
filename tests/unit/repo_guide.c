#include "sandbox.h"

#define START "git init -q r; cd r; mkdir -p a/b c .claude docs;"
#define COMMIT "git add .; git commit -qm x;"

/* status letter, path, "< importer", "in folder"; then " bytes" used */
static void show(struct buf *out, const struct guide_list *l)
{
	static const char letters[] = "UMRCDLBS";

	vec_each (const struct guide, g, &l->guides) {
		buf_addf(out, "%c %.*s", letters[g->status], SPAN_ARG(g->path));
		if (g->imported_by.len)
			buf_addf(out, " < %.*s", SPAN_ARG(g->imported_by));
		if (g->folder.len)
			buf_addf(out, " in %.*s", SPAN_ARG(g->folder));
		buf_addc(out, '\n');
	}
}

static const struct {
	const char *script, *want;
} chains[] = {
	{ "echo r >CLAUDE.md; echo h >.claude/CLAUDE.md; echo a >a/CLAUDE.md;"
	  "echo g >a/AGENTS.md; echo b >a/b/AGENTS.md; echo c >c/CLAUDE.md;",
	  "U CLAUDE.md\nU .claude/CLAUDE.md\nU a/CLAUDE.md in a\n"
	  "U a/b/AGENTS.md in a/b\n" },
	{ "echo g >AGENTS.md; echo c >c/x;", "U AGENTS.md\n" },
	{ "echo 'see @docs/s.md, ok' >CLAUDE.md; echo '@t.md' >docs/s.md;"
	  "echo '@../CLAUDE.md @s.md' >docs/t.md;",
	  "U CLAUDE.md\nU docs/s.md < CLAUDE.md\nU docs/t.md < docs/s.md\n"
	  "C CLAUDE.md < docs/t.md\nC docs/s.md < docs/t.md\n" },
	{ "printf '`@no.md`\\n```\\n@no.md\\n```\\n    @no.md\\n"
	  "<!-- @no.md -->\\nme@no.md @alice @gone.md @docs/x\\\\ y.md\\n' "
	  ">CLAUDE.md; echo x >'docs/x y.md';",
	  "U CLAUDE.md\nM gone.md < CLAUDE.md\nU docs/x y.md < CLAUDE.md\n" },
	{ "echo '@/etc/passwd @~/.ssh/id @../../x @.git/config @a/../../y "
	  "@docs/../docs/./k.md' >CLAUDE.md; echo k >docs/k.md;",
	  "U CLAUDE.md\nR /etc/passwd < CLAUDE.md\nR ~/.ssh/id < CLAUDE.md\n"
	  "R ../../x < CLAUDE.md\nR .git/config < CLAUDE.md\n"
	  "R a/../../y < CLAUDE.md\nU docs/k.md < CLAUDE.md\n" },
	{ "ln -s /etc/passwd CLAUDE.md; echo g >AGENTS.md;", "R CLAUDE.md\n" },
	{ "ln -s ../../etc/passwd CLAUDE.md;", "R CLAUDE.md\n" },
	{ "ln -s AGENTS.md CLAUDE.md; echo g >AGENTS.md;", "U CLAUDE.md\n" },
	{ "ln -s two CLAUDE.md; ln -s docs/t two; echo t >docs/t;",
	  "R CLAUDE.md\n" },
	{ "ln -s docs d; echo t >docs/t.md; echo @d/t.md >CLAUDE.md;",
	  "U CLAUDE.md\nR d/t.md < CLAUDE.md\n" },
	{ "git init -q ../s; (cd ../s; echo @x >CLAUDE.md; git add .;"
	  "git commit -qm s); git submodule --quiet add ../s a/sub;"
	  "echo @a/sub/CLAUDE.md >CLAUDE.md;",
	  "U CLAUDE.md\nR a/sub/CLAUDE.md < CLAUDE.md\n" },
	{ "printf 'a\\0b' >CLAUDE.md;", "B CLAUDE.md\n" },
	{ "echo 'see @.env, @docs/id_rsa @k.md @.env.example @a/.env' "
	  ">CLAUDE.md; ln -s .env k.md; touch .env docs/id_rsa .env.example;",
	  "U CLAUDE.md\nS .env < CLAUDE.md\nS docs/id_rsa < CLAUDE.md\n"
	  "S k.md < CLAUDE.md\nU .env.example < CLAUDE.md\n"
	  "M a/.env < CLAUDE.md\n" },
	{ "ln -s .env CLAUDE.md; echo x >.env;", "S CLAUDE.md\n" },
	{ "seq 1 20000 >CLAUDE.md; echo h >.claude/CLAUDE.md;",
	  "L CLAUDE.md\nU .claude/CLAUDE.md\n" },
	{ "echo @1.md >CLAUDE.md; for i in 1 2 3 4 5 6; do "
	  "echo @$((i + 1)).md >$i.md; done;",
	  "U CLAUDE.md\nU 1.md < CLAUDE.md\nU 2.md < 1.md\nU 3.md < 2.md\n"
	  "U 4.md < 3.md\nU 5.md < 4.md\nD 6.md < 5.md\n" },
	{ "echo '@d.md @d.md' >CLAUDE.md; echo @../d.md >a/CLAUDE.md;"
	  "echo d >d.md;",
	  "U CLAUDE.md\nU d.md < CLAUDE.md\nU a/CLAUDE.md in a\n" },
	{ "", "" },
};

static void collect(struct guide_list *out, struct arena *a, struct repo *r,
		    const char *line, enum guides_from from)
{
	static const struct span paths[] = { SPAN("a/b/x.rs"), SPAN("a/y.rs"),
					     SPAN("a/sub/z.rs") };
	struct guide_rules rules = { from, 64 << 10, 5 };
	struct rev_spec spec = sandbox_spec(a, line);
	struct rev_range range;
	struct error err = { 0 };

	ck_assert_msg(!repo_resolve(&range, a, r, &spec, &err), "%s", err.msg);
	ck_assert_msg(!repo_guides(out, a, r, &range, paths, 3, &rules, &err),
		      "%s", err.msg);
}

START_TEST(guides_are_found_on_the_way_down_and_what_they_import_follows)
{
	static const enum guides_from froms[] = { GUIDES_BASE,
						  GUIDES_WORKTREE };
	struct arena a = { 0 };
	struct buf script = { 0 };
	struct repo *r;

	buf_addf(&script, "%s echo 1 >x; %s %s", START, chains[_i].script,
		 COMMIT);
	shell(buf_cstr(&script));
	r = sandbox_repo("r");
	for (size_t i = 0; i < 2; i++) {
		struct guide_list list;
		struct buf got = { 0 };

		collect(&list, &a, r, "", froms[i]);
		show(&got, &list);
		ck_assert_str_eq(buf_cstr(&got), chains[_i].want);
		buf_release(&got);
	}
	buf_release(&script);
	arena_release(&a);
	repo_close(r);
}
END_TEST

static const struct {
	const char *line;
	enum guides_from from;
	const char *text;
} sides[] = {
	{ "HEAD~1..HEAD", GUIDES_BASE, "old\n" },
	{ "HEAD~1..HEAD", GUIDES_HEAD, "new\n" },
	{ "HEAD~1..HEAD", GUIDES_WORKTREE, "edited\n" },
	{ "", GUIDES_BASE, "new\n" },
	{ "", GUIDES_HEAD, "new\n" },
	{ "", GUIDES_WORKTREE, "edited\n" },
	{ "HEAD~1", GUIDES_BASE, "old\n" },
	{ "--commit=HEAD~1", GUIDES_BASE, NULL },
	/* existing code: its own, unless another tree is named */
	{ "--all HEAD~1 -- .", GUIDES_BASE, "old\n" },
	{ "--all HEAD~1 -- .", GUIDES_HEAD, "new\n" },
	{ "--all HEAD~1 -- .", GUIDES_WORKTREE, "edited\n" },
	{ "--all -- .", GUIDES_BASE, "new\n" },
};

START_TEST(guides_come_from_the_base_unless_told_otherwise)
{
	struct arena a = { 0 };
	struct guide_list list;
	struct repo *r;

	shell(START "echo old >CLAUDE.md;" COMMIT "echo new >CLAUDE.md;" COMMIT
		    "echo edited >CLAUDE.md");
	r = sandbox_repo("r");
	collect(&list, &a, r, sides[_i].line, sides[_i].from);
	ck_assert_uint_eq(list.guides.len, sides[_i].text ? 1 : 0);
	if (sides[_i].text) {
		ck_assert(span_eqs(list.guides.ptr->text, sides[_i].text));
		ck_assert_uint_eq(strlen(list.guides.ptr->id), 40);
		ck_assert_uint_eq(list.bytes, strlen(sides[_i].text));
	}
	arena_release(&a);
	repo_close(r);
}
END_TEST

static const struct {
	const char *in, *out;
} comments[] = {
	{ "a <!-- b --> c\n", "a  c\n" },
	{ "<!-- gone -->\nkept\n", "kept\n" },
	{ "a\n<!-- x\ny\nz -->\nb\n", "a\nb\n" },
	{ "a <!-- x\ny --> b\n", "a \n b\n" },
	{ "`<!-- code -->`\n", "`<!-- code -->`\n" },
	{ "```\n<!-- code -->\n```\n", "```\n<!-- code -->\n```\n" },
	{ "never <!-- closed\nx\n", "never \n" },
	{ "no comment", "no comment" },
};

START_TEST(comments_are_dropped_but_not_from_code)
{
	struct arena a = { 0 };
	struct guide_list list;
	struct repo *r;
	FILE *f;

	shell(START);
	f = fopen("r/CLAUDE.md", "w");
	ck_assert_ptr_nonnull(f);
	fputs(comments[_i].in, f);
	fclose(f);
	r = sandbox_repo("r");
	collect(&list, &a, r, "", GUIDES_WORKTREE);
	ck_assert_uint_eq(list.guides.len, 1);
	ck_assert_str_eq(arena_cstr(&a, list.guides.ptr->text),
			 comments[_i].out);
	arena_release(&a);
	repo_close(r);
}
END_TEST

Suite *repo_guide_suite(void)
{
	Suite *s = suite_create("repo_guide");
	TCase *tc = tcase_create("repo_guide");

	tcase_set_timeout(tc, 60);
	tcase_add_checked_fixture(tc, sandbox_open, sandbox_close);
	add_rows(tc,
		 guides_are_found_on_the_way_down_and_what_they_import_follows,
		 chains);
	add_rows(tc, guides_come_from_the_base_unless_told_otherwise, sides);
	add_rows(tc, comments_are_dropped_but_not_from_code, comments);
	suite_add_tcase(s, tc);
	return s;
}
