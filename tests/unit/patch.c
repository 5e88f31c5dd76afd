/* Edits as a diff, and what git makes of it. */
#include "agent/patch.h"

#include "base/fs.h"
#include "core/finding.h"
#include "rust/rules.h"
#include "sandbox.h"

#define TEN "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"
#define HEAD "--- a/f.rs\n+++ b/f.rs\n"

struct edit {
	unsigned from, to;
	const char *text;
};

static const struct {
	const char *text;
	struct edit edit[3];
	unsigned edits;
	const char *want; /* NULL: nothing changes */
} rows[] = {
	{ "a\n", { { 0, 0, "b\n" } }, 1, HEAD "@@ -1 +1,2 @@\n+b\n a\n" },
	{ "a\n", { { 2, 2, "b\n" } }, 1, HEAD "@@ -1 +1,2 @@\n a\n+b\n" },
	{ "a\n", { { 0, 1, "b" } }, 1, HEAD "@@ -1 +1 @@\n-a\n+b\n" },
	{ "a\n", { { 0, 2, "" } }, 1, HEAD "@@ -1 +0,0 @@\n-a\n" },
	{ "", { { 0, 0, "a\n" } }, 1, HEAD "@@ -0,0 +1 @@\n+a\n" },
	{ "a\n", { { 0, 1, "a" } }, 1, NULL },
	{ "a\n", { { 1, 1, "" } }, 1, NULL },
	{ "", { { 0, 0, "" } }, 1, NULL },
	{ "a\nb\n", { { 1, 2, "" } }, 1, HEAD "@@ -1,2 +1 @@\n-a\n-b\n+ab\n" },
	{ "ab\n", { { 1, 1, "\n" } }, 1, HEAD "@@ -1 +1,2 @@\n-ab\n+a\n+b\n" },
	/* context: three lines on either side, no more than there are */
	{ TEN,
	  { { 8, 8, "x\n" } },
	  1,
	  HEAD "@@ -2,6 +2,7 @@\n 2\n 3\n 4\n+x\n 5\n 6\n 7\n" },
	{ TEN,
	  { { 2, 3, "x" } },
	  1,
	  HEAD "@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n 4\n 5\n" },
	{ TEN,
	  { { 18, 20, "x" } },
	  1,
	  HEAD "@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+x\n" },
	/* near ones share a hunk, others have their own */
	{ TEN,
	  { { 0, 1, "x" }, { 12, 13, "y" } },
	  2,
	  HEAD "@@ -1,10 +1,10 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n-7\n+y\n 8\n 9\n"
	       " 10\n" },
	{ TEN,
	  { { 0, 0, "x\n" }, { 18, 20, "y" } },
	  2,
	  HEAD "@@ -1,3 +1,4 @@\n+x\n 1\n 2\n 3\n"
	       "@@ -7,4 +8,4 @@\n 7\n 8\n 9\n-10\n+y\n" },
	/* two edits of one line, and of lines that touch */
	{ "abc\n",
	  { { 0, 1, "x" }, { 2, 3, "y" } },
	  2,
	  HEAD "@@ -1 +1 @@\n-abc\n+xby\n" },
	{ "a\nb\n",
	  { { 0, 1, "x" }, { 2, 3, "y" } },
	  2,
	  HEAD "@@ -1,2 +1,2 @@\n-a\n+x\n-b\n+y\n" },
	/* no newline at the end */
	{ "a\nb",
	  { { 0, 1, "x" } },
	  1,
	  HEAD "@@ -1,2 +1,2 @@\n-a\n+x\n b\n\\ No newline at end of file\n" },
	{ "a\nb",
	  { { 2, 3, "x" } },
	  1,
	  HEAD "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+x\n"
	       "\\ No newline at end of file\n" },
	{ "a",
	  { { 1, 1, "\n" } },
	  1,
	  HEAD "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n" },
	{ "a\n",
	  { { 1, 2, "" } },
	  1,
	  HEAD "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n" },
	{ "a\nb",
	  { { 0, 0, "x\n" } },
	  1,
	  HEAD "@@ -1,2 +1,3 @@\n+x\n a\n b\n\\ No newline at end of file\n" },
	/* CRLF: the diff has LF, git adds what the file has */
	{ "a\r\nb\r\n",
	  { { 3, 3, "x\r\n" } },
	  1,
	  HEAD "@@ -1,2 +1,3 @@\n a\n+x\n b\n" },
};

static void make(struct buf *out, const char *path, int i)
{
	struct rule_edit e[3];

	for (unsigned k = 0; k < rows[i].edits; k++)
		e[k] = (struct rule_edit){ rows[i].edit[k].from,
					   rows[i].edit[k].to,
					   span_of(rows[i].edit[k].text) };
	ck_assert_int_eq(patch_write(out, span_of(path), span_of(rows[i].text),
				     e, rows[i].edits),
			 rows[i].want != NULL);
}

START_TEST(edits_become_a_diff)
{
	struct buf b = { 0 };

	make(&b, "f.rs", _i);
	ck_assert_str_eq(buf_cstr(&b), rows[_i].want ? rows[_i].want : "");
	buf_release(&b);
}
END_TEST

static void write_file(const char *path, struct span text)
{
	FILE *f = fopen(path, "wb");

	ck_assert_ptr_nonnull(f);
	if (text.len)
		ck_assert_uint_eq(fwrite(text.ptr, 1, text.len, f), text.len);
	ck_assert_int_eq(fclose(f), 0);
}

/* The text with the edits made, as bytes. */
static void edited(struct buf *out, int i)
{
	const char *text = rows[i].text;
	size_t at = 0;

	for (unsigned k = 0; k < rows[i].edits; k++) {
		buf_add(out, text + at, rows[i].edit[k].from - at);
		buf_adds(out, rows[i].edit[k].text);
		at = rows[i].edit[k].to;
	}
	buf_adds(out, text + at);
}

static const char *const paths[] = { "f.rs", "a b.rs", "é.rs", "q\"u.rs" };

static void try_git(const char *path, int i)
{
	struct buf patch = { 0 }, want = { 0 };
	struct arena a = { 0 };
	struct error err = { 0 };
	struct span got;

	make(&patch, path, i);
	edited(&want, i);
	write_file(path, span_of(rows[i].text));
	write_file("p.diff", buf_span(&patch));
	shell(patch_crlf(span_of(rows[i].text))
		      ? "git -c core.autocrlf=true apply p.diff"
		      : "git apply p.diff");
	/* what takes all lines takes the file */
	if (want.len) {
		ck_assert_int_eq(fs_read(&got, &a, path, 1 << 20, &err), 0);
		ck_assert(span_eq(got, buf_span(&want)));
	}
	buf_release(&patch);
	buf_release(&want);
	arena_release(&a);
}

START_TEST(git_applies_the_diff_and_has_the_edited_file)
{
	if (!rows[_i].want)
		return;
	sandbox_open();
	shell("git init -q .");
	for (size_t k = 0; k < sizeof(paths) / sizeof(*paths); k++)
		try_git(paths[k], _i);
	sandbox_close();
}
END_TEST

/* ---- edits of whole lines, made up */

#define GENERATED 120
#define MOST_LINES 60u

static unsigned next_random(unsigned *state, unsigned below)
{
	*state = *state * 1103515245u + 12345u;
	return (*state >> 16) % below;
}

struct generated {
	struct buf text, want;
	VEC(struct finding_edit) edits;
};

/* Some lines, few of them unlike each other, so that hunks may be mistaken. */
static void add_some(struct buf *out, unsigned *seed, unsigned lines)
{
	static const char *const words[] = { "}",   "",	   "    a();", "{",
					     "\tb", "- c", "+ d",      "@@ e" };

	for (unsigned i = 0; i < lines; i++)
		buf_addf(out, "%s\n", words[next_random(seed, 8)]);
}

static void generate(struct generated *g, struct arena *a, unsigned *seed)
{
	unsigned lines = next_random(seed, MOST_LINES);
	struct span rest, line;

	add_some(&g->text, seed, lines);
	rest = buf_span(&g->text);
	for (unsigned at = 1; at <= lines + 1; at++) {
		unsigned gone = next_random(seed, 4), kind;
		struct buf new = { 0 };

		kind = next_random(seed, 8);
		if (kind < 2 && at + gone <= lines + 1) {
			add_some(&new, seed, next_random(seed, 3));
			*vec_push(&g->edits, a) = (struct finding_edit){
				at, at + gone - 1, arena_span(a, buf_span(&new))
			};
			buf_addsp(&g->want, buf_span(&new));
			for (; gone; gone--, at++)
				text_line(&rest, &line);
		}
		if (at <= lines && text_line(&rest, &line)) {
			buf_addsp(&g->want, line);
			buf_addc(&g->want, '\n');
		}
		buf_release(&new);
	}
}

START_TEST(git_takes_edits_of_lines_whatever_they_are)
{
	struct arena a = { 0 };
	struct generated *g = arena_array(&a, GENERATED, sizeof(*g));
	char path[GENERATED][32];
	struct buf patch = { 0 };
	struct error err = { 0 };
	unsigned seed = (unsigned)_i + 1;

	sandbox_open();
	shell("git init -q .");
	for (int i = 0; i < GENERATED; i++) {
		snprintf(path[i], sizeof(path[i]), "%s %d",
			 paths[i % (int)(sizeof(paths) / sizeof(*paths))], i);
		generate(&g[i], &a, &seed);
		write_file(path[i], buf_span(&g[i].text));
		patch_write_lines(&patch, span_of(path[i]),
				  buf_span(&g[i].text), g[i].edits.ptr,
				  g[i].edits.len);
	}
	write_file("p.diff", buf_span(&patch));
	shell("git apply --check p.diff && git apply p.diff 2>/dev/null");
	for (int i = 0; i < GENERATED; i++) {
		struct span got;

		ck_assert_int_eq(fs_read(&got, &a, path[i], 1 << 20, &err), 0);
		ck_assert_msg(span_eq(got, buf_span(&g[i].want)), "%s",
			      path[i]);
		buf_release(&g[i].text);
		buf_release(&g[i].want);
	}
	sandbox_close();
	buf_release(&patch);
	arena_release(&a);
}
END_TEST

Suite *patch_suite(void)
{
	Suite *s = suite_create("patch");
	TCase *tc = tcase_create("patch");

	tcase_set_timeout(tc, 20);
	add_rows(tc, edits_become_a_diff, rows);
	add_rows(tc, git_applies_the_diff_and_has_the_edited_file, rows);
	tcase_add_loop_test(tc, git_takes_edits_of_lines_whatever_they_are, 0,
			    5);
	suite_add_tcase(s, tc);
	return s;
}
