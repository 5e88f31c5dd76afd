/* A diff as it is written: what each form comes to, and what is refused. */
#include "core/unidiff.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "core/apply.h"
#include "test.h"

#define ROOM (1u << 20)
#define HUNK "@@ -1 +1 @@\n-a\n+b\n"
#define GIT(name) "diff --git a/" name " b/" name "\n"
#define SIDES(name) "--- a/" name "\n+++ b/" name "\n"
#define FULL_A "1111111111111111111111111111111111111111"
#define FULL_B "2222222222222222222222222222222222222222"

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

static int parse(struct unidiff *d, const char *text, struct error *err)
{
	return unidiff_parse(d, &arena, span_of(text), ROOM, err);
}

static void add_ids(struct buf *b, const struct unidiff_ids *ids)
{
	if (ids->old[0] || ids->new[0])
		buf_addf(b, " %s..%s", ids->old, ids->new);
}

/* "modified src/a.rs +1 -1 12ab..34cd [1+1 2+2]": a line a file */
static const char *said(const struct unidiff *d)
{
	struct buf b = { 0 };
	const char *s;

	for (size_t i = 0; i < d->change.files.len; i++) {
		const struct file_change *f = &d->change.files.ptr[i];

		buf_addf(&b, "%s%s ", i ? "\n" : "",
			 file_status_name(f->status));
		if (!span_eq(f->old_path, f->path)) {
			text_visible_line(&b, f->old_path);
			buf_adds(&b, " to ");
		}
		text_visible_line(&b, f->path);
		buf_addf(&b, " +%u -%u", f->added, f->removed);
		if (f->old_mode != 0100644 && f->old_mode)
			buf_addf(&b, " was %o", f->old_mode);
		if (f->new_mode != 0100644 && f->new_mode)
			buf_addf(&b, " is %o", f->new_mode);
		if (f->similarity)
			buf_addf(&b, " %u%%", f->similarity);
		add_ids(&b, &d->ids.ptr[i]);
		buf_adds(&b, f->binary ? " binary" : "");
		buf_adds(&b, f->submodule ? " submodule" : "");
		buf_adds(&b, f->too_large ? " large" : "");
		vec_each (struct hunk, h, &f->hunks)
			buf_addf(&b, " [%u,%u %u,%u]", h->old_start,
				 h->old_lines, h->new_start, h->new_lines);
	}
	s = arena_cstr(&arena, buf_span(&b));
	buf_release(&b);
	return s;
}

static const struct {
	const char *text, *want;
} forms[] = {
	/* git */
	{ GIT("a.rs") "index 1234567..89abcde 100644\n" SIDES("a.rs") HUNK,
	  "modified a.rs +1 -1 1234567..89abcde [1,1 1,1]" },
	{ GIT("a.rs") "index " FULL_A ".." FULL_B " 100755\n" SIDES("a.rs")
		  HUNK,
	  "modified a.rs +1 -1 was 100755 is 100755 " FULL_A ".." FULL_B
	  " [1,1 1,1]" },
	{ GIT("n.rs") "new file mode 100644\nindex 0000000..89abcde\n"
		      "--- /dev/null\n+++ b/n.rs\n@@ -0,0 +1,2 @@\n+a\n+b\n",
	  "added n.rs +2 -0 ..89abcde [0,0 1,2]" },
	{ GIT("n.rs") "deleted file mode 100644\nindex 89abcde..0000000\n"
		      "--- a/n.rs\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n",
	  "deleted n.rs +0 -1 89abcde.. [1,1 0,0]" },
	{ GIT("e.rs") "new file mode 100644\nindex 0000000..e69de29\n",
	  "added e.rs +0 -0 ..e69de29" },
	{ "diff --git a/o.rs b/n.rs\nsimilarity index 90%\nrename from o.rs\n"
	  "rename to n.rs\nindex 1234567..89abcde 100644\n--- a/o.rs\n"
	  "+++ b/n.rs\n" HUNK,
	  "renamed o.rs to n.rs +1 -1 90% 1234567..89abcde [1,1 1,1]" },
	{ "diff --git a/o b/n\nsimilarity index 100%\nrename from o\n"
	  "rename to n\n",
	  "renamed o to n +0 -0 100%" },
	{ "diff --git a/o b/n\nsimilarity index 100%\ncopy from o\n"
	  "copy to n\n",
	  "copied o to n +0 -0 100%" },
	{ GIT("x.sh") "old mode 100644\nnew mode 100755\n",
	  "modified x.sh +0 -0 is 100755" },
	{ GIT("x.sh") "old mode 100644\nnew mode 100755\n"
		      "index 1234567..89abcde\n" SIDES("x.sh") HUNK,
	  "modified x.sh +1 -1 is 100755 1234567..89abcde [1,1 1,1]" },
	{ GIT("p.png") "index 1234567..89abcde 100644\n"
		       "Binary files a/p.png and b/p.png differ\n",
	  "modified p.png +0 -0 1234567..89abcde binary" },
	{ GIT("p.png") "index 1234567..89abcde 100644\nGIT binary patch\n"
		       "delta 8\nPcmZQzU|^b7\n\ndelta 8\nPcmZQz~U|^b7\n\n" GIT(
			       "q.rs") SIDES("q.rs") HUNK,
	  "modified p.png +0 -0 1234567..89abcde binary\n"
	  "modified q.rs +1 -1 [1,1 1,1]" },
	{ GIT("sub") "index 1234567..89abcde 160000\n" SIDES(
		  "sub") "@@ -1 +1 @@\n-Subproject commit " FULL_A
			 "\n+Subproject commit " FULL_B "\n",
	  "modified sub +0 -0 was 160000 is 160000 " FULL_A ".." FULL_B
	  " submodule" },
	{ GIT("l") "deleted file mode 100644\nindex 1234567..0000000\n"
		   "--- a/l\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n" GIT(
			   "l") "new file mode 120000\nindex 0000000..89abcde\n"
				"--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+t\n"
				"\\ No newline at end of file\n",
	  "type changed l +1 -1 is 120000 1234567..89abcde [1,1 0,0] [0,0 "
	  "1,1]" },
	{ GIT("a") SIDES("a") "@@ -1,2 +1 @@ fn f() {\n a\n-b\n\n" GIT("b")
		  SIDES("b") HUNK,
	  "modified a +0 -1 [1,2 1,1]\nmodified b +1 -1 [1,1 1,1]" },
	{ GIT("a") SIDES("a") "@@ -3,0 +4,2 @@\n+x\n+y\n@@ -9 +10,0 @@\n-z\n",
	  "modified a +2 -1 [3,0 4,2] [9,1 10,0]" },
	/* quoted, blanks, other prefixes */
	{ "diff --git \"a/\\303\\244 \\\"x\\\".rs\" \"b/\\303\\244 \\\"x\\\".rs"
	  "\"\n--- \"a/\\303\\244 \\\"x\\\".rs\"\n+++ \"b/\\303\\244 \\\"x\\\""
	  ".rs\"\n" HUNK,
	  "modified \xc3\xa4 \"x\".rs +1 -1 [1,1 1,1]" },
	{ "diff --git a/a b.rs b/a b.rs\n--- a/a b.rs\t\n+++ b/a b.rs\t\n" HUNK,
	  "modified a b.rs +1 -1 [1,1 1,1]" },
	{ "diff --git \"a/\\t\" \"b/\\t\"\nold mode 100644\nnew mode 100755\n",
	  "modified \\t +0 -0 is 100755" },
	{ "diff --git src/a.rs src/a.rs\n--- src/a.rs\n+++ src/a.rs\n" HUNK,
	  "modified src/a.rs +1 -1 [1,1 1,1]" },
	{ "diff --git a/x a/x\nold mode 100644\nnew mode 100755\n",
	  "modified a/x +0 -0 is 100755" },
	{ "diff --git i/a.rs w/a.rs\n--- i/a.rs\n+++ w/a.rs\n" HUNK,
	  "modified a.rs +1 -1 [1,1 1,1]" },
	{ "diff --git src/n.rs src/n.rs\nnew file mode 100644\n"
	  "--- /dev/null\n+++ src/n.rs\n@@ -0,0 +1 @@\n+a\n",
	  "added src/n.rs +1 -0 [0,0 1,1]" },
	{ "diff --git a/o/s/x b/n/s/x\n--- a/o/s/x\n+++ b/n/s/x\n" HUNK,
	  "modified s/x +1 -1 [1,1 1,1]" },
	/* plain, by GNU's diff, Subversion, GitLab */
	{ "--- x.rs.orig\t2024-01-01 00:00:00.0 +0000\n"
	  "+++ x.rs\t2024-01-02 00:00:00.0 +0000\n" HUNK,
	  "modified x.rs +1 -1 [1,1 1,1]" },
	{ "diff -ru old/s/x.rs new/s/x.rs\n--- old/s/x.rs\t2024-01-01 0\n"
	  "+++ new/s/x.rs\t2024-01-01 0\n" HUNK
	  "Only in new/s: y.rs\nBinary files old/p and new/p differ\n",
	  "modified p +0 -0 binary\nmodified s/x.rs +1 -1 [1,1 1,1]" },
	{ "--- old/x.rs\t1970-01-01 00:00:00.0 +0000\n"
	  "+++ new/x.rs\t2024-01-01 0\n@@ -0,0 +1 @@\n+a\n",
	  "added x.rs +1 -0 [0,0 1,1]" },
	{ "--- old/x.rs\t2024-01-01 0\n+++ new/x.rs\t1970-01-01 0\n"
	  "@@ -1 +0,0 @@\n-a\n",
	  "deleted x.rs +0 -1 [1,1 0,0]" },
	{ "--- old/x.rs\t2024-01-01 0\n+++ new/x.rs\t2024-01-01 0\n"
	  "@@ -0,0 +1 @@\n+a\n",
	  "modified x.rs +1 -0 [0,0 1,1]" },
	{ "--- a/x.rs\n+++ b/x.rs\n@@ -0,0 +1 @@\n+a\n",
	  "added x.rs +1 -0 [0,0 1,1]" },
	{ "Index: src/x.rs\n=====\n--- src/x.rs\t(revision 1)\n"
	  "+++ src/x.rs\t(working copy)\n" HUNK,
	  "modified src/x.rs +1 -1 [1,1 1,1]" },
	{ "Binary files a/b and c and b/b and c differ\n",
	  "modified b and c +0 -0 binary" },
	/* a message's words are no file */
	{ "From " FULL_A " Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\n"
	  "Subject: [PATCH] one\n\n"
	  "Binary files a/src/other.rs and b/src/other.rs differ\n---\n" GIT(
		  "b") SIDES("b") HUNK,
	  "modified b +1 -1 [1,1 1,1]" },
	/* mails: a signature is no line of the hunk */
	{ "From " FULL_A " Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\n"
	  "Subject: [PATCH 1/2] one\n two\n\nwhy\n---\n a | 2 +-\n\n" GIT("b")
		  SIDES("b") HUNK
	  "-- \n2.39.5\n\n"
	  "From " FULL_B " Mon Sep 17 00:00:00 2001\nSubject: [PATCH 2/2] t\n"
	  "\n---\n\n" GIT("a") SIDES("a") HUNK "-- \n2.39.5\n\n",
	  "modified a +1 -1 [1,1 1,1]\nmodified b +1 -1 [1,1 1,1]" },
	/* CRLF for LF, and CRLF that is the file's own */
	{ "diff --git a/a b/a\r\n--- a/a\r\n+++ b/a\r\n@@ -1 +1 @@\r\n-a\r\n"
	  "+b\r\n",
	  "modified a +1 -1 [1,1 1,1]" },
	/* an empty line that lost its blank; nothing at the end */
	{ GIT("a") SIDES("a") "@@ -1,3 +1,3 @@\n\n-a\n+b\n\n",
	  "modified a +1 -1 [1,3 1,3]" },
	{ SIDES("a") "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b",
	  "modified a +1 -1 [1,1 1,1]" },
	{ " \n\t\n", "" },
};

START_TEST(each_form_is_read_for_what_it_is)
{
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_msg(!parse(&d, forms[_i].text, &err), "%s", err.msg);
	ck_assert_str_eq(said(&d), forms[_i].want);
	ck_assert_int_eq(d.blank, !*forms[_i].want);
}
END_TEST

static const struct {
	const char *text, *words; /* part of the sentence */
} refused[] = {
	{ "garbage\n", "is no unified diff" },
	{ "1c1\n< a\n---\n> b\n", "is no unified diff" },
	{ "\033[1mdiff --git a/a b/a\033[m\n", "--color=never" },
	{ "*** a\n--- b\n***************\n*** 1 ****\n", "a context diff" },
	{ "diff --cc a\nindex 1,2..3\n--- a/a\n+++ b/a\n@@@ -1 -1 +1 @@@\n",
	  "line 1 of the diff: a combined diff" },
	/* counts that lie */
	{ SIDES("a") "@@ -1,2 +1 @@\n-a\n+b\n", "was cut" },
	{ SIDES("a") "@@ -1,2 +1 @@\n-a\n+b\n+c\n",
	  "line 6 of the diff: a has a hunk with other lines" },
	{ SIDES("a") HUNK "+c\n", "more lines than its header counts" },
	{ SIDES("a") HUNK " c\n", "more lines than its header counts" },
	{ SIDES("a") HUNK "@@ -2 +2 @@\n*\n", "other lines than" },
	{ SIDES("a") HUNK "@@ -x +2 @@\n a\n", "a hunk header that is none" },
	{ SIDES("a") HUNK "@@ -4,0 +4,0 @@\n", "a hunk of no lines" },
	{ SIDES("a") "@@ -99999999999 +1 @@\n a\n", "no unified diff" },
	/* hunks out of order */
	{ SIDES("a") "@@ -5 +5 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n",
	  "overlap or are out of order" },
	{ SIDES("a") "@@ -1,2 +1,2 @@\n a\n b\n@@ -2 +2 @@\n-a\n+b\n",
	  "overlap or are out of order" },
	{ SIDES("a") HUNK "@@ -5 +9 @@\n-a\n+b\n", "contradict" },
	{ SIDES("a") "@@ -1 +7 @@\n-a\n+b\n", "contradict" },
	{ SIDES("a") "@@ -1,2 +1,2 @@\n-a\n\\ No newline\n-b\n+c\n+d\n",
	  "goes on behind" },
	{ "@@ -1 +1 @@\n-a\n+b\n", "a hunk without a file" },
	/* paths */
	{ "--- /etc/passwd\n+++ /etc/passwd\n" HUNK,
	  "/etc/passwd is absolute" },
	{ "--- /x/a\n+++ /y/a\n" HUNK, "is absolute" },
	{ "--- a/../../x\n+++ b/../../x\n" HUNK, "climbs out of the tree" },
	{ "diff --git \"a/\\056\\056/x\" \"b/\\056\\056/x\"\nold mode 100644\n"
	  "new mode 100755\n",
	  "climbs out of the tree" },
	{ "diff --git a/o b/n\nrename from ../o\nrename to n\n",
	  "climbs out of the tree" },
	{ SIDES(".git/config") HUNK, "leads into .git" },
	{ SIDES("s/.GIT/hooks/x") HUNK, "leads into .git" },
	{ SIDES("a//b") HUNK, "is not in its plain form" },
	{ SIDES("./a") HUNK, "is not in its plain form" },
	{ "--- \"a/\\000\"\n+++ \"b/\\000\"\n" HUNK, "holds a NUL byte" },
	{ "--- \"a/x\n+++ \"b/x\n" HUNK, "a name that is none" },
	{ "--- \"a/\\q\"\n+++ \"b/\\q\"\n" HUNK, "a name that is none" },
	{ "--- /dev/null\n+++ /dev/null\n" HUNK, "neither side" },
	{ GIT("a") SIDES("b") HUNK, "name different files" },
	{ "diff --git a/a b/b\n--- a/a\n+++ b/b\n" HUNK,
	  "name different files" },
	{ "diff --git a/o b/n\nrename from o\nrename to n\n--- a/x\n+++ "
	  "b/n\n" HUNK,
	  "name different files" },
	{ "diff --git a/o b/n\nrename from o\n", "without both names" },
	/* a file twice that is not changed one after the other */
	{ GIT("a") SIDES("a") HUNK GIT("a") SIDES("a") HUNK,
	  "a is changed twice in it, and not one after the other" },
	{ GIT("a") "old mode 100644\nnew mode 100755\n" GIT("a") SIDES("a")
		  HUNK,
	  "changed twice" },
	{ GIT("a") "deleted file mode 100644\n--- a/a\n+++ /dev/null\n"
		   "@@ -1 +0,0 @@\n-a\n" GIT("b") SIDES("b") HUNK GIT("a")
			   SIDES("a") HUNK,
	  "changed twice" },
	{ "Subject: 1\n\n" GIT("a") SIDES("a") HUNK
	  "Subject: 2\n\n"
	  "diff --git a/a b/b\nrename from a\nrename to b\n",
	  "a is changed twice" },
	/* cut */
	{ GIT("a") "index 1234567..89abcde 100644\n", "was cut" },
	{ GIT("a") "index 1234567..89abcde 100644\n--- a/a\n", "was cut" },
	{ GIT("a") SIDES("a"), "was cut" },
	/* headers that contradict */
	{ GIT("a") "new file mode 100644\n--- /dev/null\n+++ b/a\n"
		   "@@ -1 +1 @@\n-a\n+b\n",
	  "a new file of which lines were there" },
	{ GIT("a") "deleted file mode 100644\n" SIDES("a") HUNK,
	  "a deleted file of which lines stay" },
	{ GIT("a") "new file mode 777\n", "a mode that is no file's" },
	{ GIT("a") "new file mode 100644x\n", "a mode that is none" },
	{ GIT("a") "index nothing\n", "without two ids" },
	{ "From " FULL_A " Mon\nSubject: x\n"
	  "Content-Transfer-Encoding: base64\n\nZGlmZiAtLWdpdA==\n",
	  "encoded as base64" },
};

START_TEST(what_contradicts_itself_is_refused_in_a_sentence)
{
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_int_eq(parse(&d, refused[_i].text, &err), -1);
	ck_assert_int_eq(err.kind, ERR_REPO);
	ck_assert_msg(strstr(err.msg, refused[_i].words), "%s", err.msg);
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_int_eq(unidiff_parse(&d, &arena, SPAN("a\0b"), ROOM, &err),
			 -1);
	ck_assert_ptr_nonnull(strstr(err.msg, "NUL"));
}
END_TEST

static const struct {
	const char *text, *message;
} messages[] = {
	{ "From " FULL_A " Mon\nFrom: A\nSubject: [PATCH] one\n two\nX: y\n\n"
	  "why\n\nmore\n---\n a | 2\n\n" GIT("a") SIDES("a") HUNK,
	  "one two\n\nwhy\n\nmore" },
	{ "Subject: [PATCH v2 3/4] t\n\n" GIT("a") SIDES("a") HUNK, "t" },
	{ "commit " FULL_A
	  "\nAuthor: A\nDate:   D\n\n    one\n\n    two\n\n" GIT("a") SIDES("a")
		  HUNK,
	  "one\n\ntwo" },
	{ "hello\n" GIT("a") SIDES("a") HUNK, NULL },
};

START_TEST(what_the_authors_say_is_kept)
{
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_msg(!parse(&d, messages[_i].text, &err), "%s", err.msg);
	ck_assert_uint_eq(d.messages.len, messages[_i].message ? 1 : 0);
	if (d.messages.len)
		ck_assert_str_eq(arena_cstr(&arena, d.messages.ptr[0]),
				 messages[_i].message);
}
END_TEST

START_TEST(a_file_beyond_the_ceiling_has_no_hunks)
{
	static const char text[] = GIT("a") SIDES("a") HUNK GIT("b")
		SIDES("b") "@@ -1,4 +1 @@\n-aaaaaaaaaaaaaaaa\n-b\n-c\n-d\n+e\n";
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_int_eq(unidiff_parse(&d, &arena, SPAN(text), 200, &err), 0);
	ck_assert_str_eq(said(&d), "modified a +1 -1 [1,1 1,1]\n"
				   "modified b +0 -0 large");
}
END_TEST

static const struct {
	const char *hunks, *old, *new; /* new NULL: they are of another file */
} applied[] = {
	{ HUNK, "a\n", "b\n" },
	{ HUNK, "a\nc\n", "b\nc\n" },
	{ HUNK, "x\na\n", NULL },
	{ HUNK, "a", NULL },
	{ HUNK, "a\r\n", NULL },
	{ HUNK, "", NULL },
	{ "@@ -2 +2 @@\n-a\n+b\n", "x\na\n", "x\nb\n" },
	{ "@@ -2 +2 @@\n-a\n+b\n", "x", NULL },
	{ "@@ -0,0 +1 @@\n+x\n", "a\n", "x\na\n" },
	{ "@@ -1,0 +2 @@\n+x\n", "a\n", "a\nx\n" },
	{ "@@ -1,0 +2 @@\n+x\n", "a", NULL },
	{ "@@ -1 +1 @@\n-a\n\\ No\n+a\n", "a", "a\n" },
	{ "@@ -1 +1 @@\n-a\n+a\n\\ No\n", "a\n", "a" },
	{ "@@ -1 +1 @@\n-a\n+a\n\\ No\n", "a\nb\n", NULL },
	{ "@@ -1 +1,2 @@\n a\n+b\n", "a\nc\n", "a\nb\nc\n" },
	{ "@@ -1 +1 @@\n-a\r\n+b\r\n", "a\r\n", "b\r\n" },
	{ "@@ -1 +0,0 @@\n-a\n@@ -3 +2 @@\n-c\n+d\n", "a\nb\nc\n", "b\nd\n" },
};

START_TEST(hunks_apply_exactly_or_not_at_all)
{
	struct unidiff d;
	struct error err = { 0 };
	struct buf text = { 0 }, new = { 0 };
	bool fits;

	buf_addf(&text, "%s%s", GIT("a") SIDES("a"), applied[_i].hunks);
	ck_assert_msg(!parse(&d, buf_cstr(&text), &err), "%s", err.msg);
	fits = hunks_apply(&new, d.change.files.ptr, span_of(applied[_i].old));
	ck_assert_int_eq(fits, applied[_i].new != NULL);
	if (fits)
		ck_assert_str_eq(buf_cstr(&new), applied[_i].new);
	buf_release(&new);
	buf_release(&text);
}
END_TEST

/* Two patches of one file, and what they come to. */
static const struct {
	const char *one, *two, *want, *old, *new;
} series[] = {
	{ "@@ -1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-b\n+c\n",
	  "modified f +1 -1 [1,1 1,1]", "a\n", "c\n" },
	{ "@@ -1 +1 @@\n-a\n+b\n", "@@ -1 +1 @@\n-b\n+a\n", "", "a\n", "a\n" },
	{ "@@ -1 +1 @@\n-a\n+b\n", "@@ -9 +9 @@\n-c\n+d\n",
	  "modified f +2 -2 [1,1 1,1] [9,1 9,1]", "a\n\n\n\n\n\n\n\nc\n",
	  "b\n\n\n\n\n\n\n\nd\n" },
	/* above and below, numbers of the later one are those of the new side
	 */
	{ "@@ -3,0 +4,2 @@\n+x\n+y\n", "@@ -7,2 +7 @@\n e\n-f\n",
	  "modified f +2 -1 [3,0 4,2] [5,2 7,1]", "a\nb\nc\nd\ne\nf\n",
	  "a\nb\nc\nx\ny\nd\ne\n" },
	{ "@@ -5 +5,2 @@\n e\n+x\n", "@@ -1 +0,0 @@\n-a\n",
	  "modified f +1 -1 [1,1 0,0] [5,1 4,2]", "a\nb\nc\nd\ne\n",
	  "b\nc\nd\ne\nx\n" },
	/* lines of the first are taken away by the second */
	{ "@@ -1,2 +1,4 @@\n a\n+x\n+y\n b\n",
	  "@@ -1,4 +1,3 @@\n a\n-x\n y\n b\n", "modified f +1 -0 [1,2 1,3]",
	  "a\nb\n", "a\ny\nb\n" },
	/* known lines in between make one hunk */
	{ "@@ -1,4 +1,4 @@\n-a\n+x\n b\n c\n d\n",
	  "@@ -2,4 +2,4 @@\n b\n c\n d\n-e\n+y\n", "modified f +2 -2 [1,5 1,5]",
	  "a\nb\nc\nd\ne\n", "x\nb\nc\nd\ny\n" },
	{ "@@ -1 +1 @@\n-a\n\\ No\n+a\n", "@@ -1 +1,2 @@\n a\n+b\n",
	  "modified f +2 -1 [1,1 1,2]", "a", "a\nb\n" },
};

START_TEST(two_patches_of_a_file_are_one_change)
{
	struct unidiff d;
	struct error err = { 0 };
	struct buf text = { 0 }, new = { 0 };

	buf_addf(&text, "%s%s%s%s", GIT("f") SIDES("f"), series[_i].one,
		 GIT("f") SIDES("f"), series[_i].two);
	ck_assert_msg(!parse(&d, buf_cstr(&text), &err), "%s", err.msg);
	ck_assert_str_eq(said(&d), series[_i].want);
	if (d.change.files.len) {
		ck_assert(hunks_apply(&new, d.change.files.ptr,
				      span_of(series[_i].old)));
		ck_assert_str_eq(buf_cstr(&new), series[_i].new);
	}
	buf_release(&new);
	buf_release(&text);
}
END_TEST

static const struct {
	const char *text, *want;
} kinds[] = {
	{ GIT("n") "new file mode 100644\nindex 0000000..1234567\n"
		   "--- /dev/null\n+++ b/n\n@@ -0,0 +1 @@\n+a\n" GIT(
			   "n") "index 1234567..89abcde 100644\n" SIDES("n")
			   HUNK,
	  "added n +1 -0 ..89abcde [0,0 1,1]" },
	{ GIT("n") "new file mode 100644\n--- /dev/null\n+++ b/n\n"
		   "@@ -0,0 +1 @@\n+a\n" GIT(
			   "n") "deleted file mode 100644\n--- a/n\n+++ "
				"/dev/null\n"
				"@@ -1 +0,0 @@\n-a\n",
	  "" },
	{ GIT("n") SIDES("n") HUNK GIT(
		  "n") "deleted file mode 100644\n--- a/n\n+++ /dev/null\n"
		       "@@ -1,2 +0,0 @@\n-b\n-c\n",
	  "deleted n +0 -2 [1,2 0,0]" },
	{ "diff --git a/o b/n\nrename from o\nrename to n\n" GIT("n") SIDES("n")
		  HUNK,
	  "renamed o to n +1 -1 [1,1 1,1]" },
};

START_TEST(kinds_of_changes_have_a_sum)
{
	struct unidiff d;
	struct error err = { 0 };

	ck_assert_msg(!parse(&d, kinds[_i].text, &err), "%s", err.msg);
	ck_assert_str_eq(said(&d), kinds[_i].want);
}
END_TEST

Suite *unidiff_suite(void)
{
	Suite *s = suite_create("unidiff");
	TCase *tc = tcase_create("unidiff");

	tcase_add_checked_fixture(tc, NULL, release);
	add_rows(tc, each_form_is_read_for_what_it_is, forms);
	add_rows(tc, what_contradicts_itself_is_refused_in_a_sentence, refused);
	tcase_add_test(tc, a_nul_byte_is_refused);
	add_rows(tc, what_the_authors_say_is_kept, messages);
	tcase_add_test(tc, a_file_beyond_the_ceiling_has_no_hunks);
	add_rows(tc, hunks_apply_exactly_or_not_at_all, applied);
	add_rows(tc, two_patches_of_a_file_are_one_change, series);
	add_rows(tc, kinds_of_changes_have_a_sum, kinds);
	suite_add_tcase(s, tc);
	return s;
}
