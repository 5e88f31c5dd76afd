/*
 * Reading a diff line by line: what stands outside of patches, and the list of
 * files in the end. Total: any bytes, each line is looked at a few times.
 */
#include "core/unidiff.h"

#include <stdlib.h>
#include <string.h>

#include "core/compose.h"
#include "core/unidiff_parts.h"

/* Lines that are put together where patches change a file again. */
#define COMPOSING_MAX ((size_t)1 << 20)

bool reader_next(struct diff_reader *r, struct span *line)
{
	if (!text_line(&r->rest, line))
		return false;
	r->line_no++;
	return true;
}

struct span reader_peek(const struct diff_reader *r)
{
	struct span rest = r->rest, line = { 0 };

	text_line(&rest, &line);
	return line;
}

int reader_refuse(struct diff_reader *r, size_t line_no, struct span path,
		  const char *what)
{
	struct buf name = { 0 };

	text_visible_line(&name, text_clip(path, 200));
	error_set(r->err, ERR_REPO, "line %zu of the diff: %s%s%s", line_no,
		  buf_cstr(&name), name.len ? " " : "", what);
	buf_release(&name);
	return -1;
}

int reader_full(struct diff_reader *r)
{
	if (r->files.len < UNIDIFF_FILES_MAX)
		return 0;
	return reader_refuse(r, r->line_no, (struct span){ 0 },
			     "there are more files than can be reviewed "
			     "(100,000)");
}

struct span line_without_cr(struct span line)
{
	if (span_ends(line, "\r"))
		line.len--;
	return line;
}

static bool combined(struct span line)
{
	return span_starts(line, "diff --cc ") ||
	       span_starts(line, "diff --combined ") ||
	       span_starts(line, "@@@ -");
}

static int refuse_combined(struct diff_reader *r)
{
	return reader_refuse(r, r->line_no, (struct span){ 0 },
			     "a combined diff, of a merge, has no single old "
			     "side: take the one against the first parent, "
			     "`git diff MERGE^1 MERGE`");
}

static int refuse_encoded(struct diff_reader *r)
{
	return error_set(r->err, ERR_REPO,
			 "line %zu of the diff: the mail is encoded as %s: "
			 "have it decoded (`git mailinfo /dev/null PATCH "
			 "<MAIL`, then PATCH)",
			 r->line_no, r->mail.encoding);
}

static void end_message(struct diff_reader *r, struct unidiff *out)
{
	struct span said = mail_take(&r->mail, r->a);

	if (!said.len)
		return;
	*vec_push(&out->messages, r->a) = said;
	r->patch++;
}

/* A line outside of patches. */
static int read_line(struct diff_reader *r, struct unidiff *out,
		     struct span line)
{
	bool git = span_starts(line, "diff --git ");

	if (combined(line))
		return refuse_combined(r);
	if (git || header_plain(r, line)) {
		end_message(r, out);
		if (reader_full(r))
			return -1;
		return git ? header_read_git(r, line)
			   : header_read_plain(r, line);
	}
	if (hunk_starts(line) && r->mail.in == MAIL_NONE)
		return reader_refuse(r, r->line_no, (struct span){ 0 },
				     "a hunk without a file (`---` and `+++`) "
				     "above it");
	if (span_starts(line, "Only in "))
		*vec_push(&out->one_sided, r->a) =
			line_without_cr(span_from(line, strlen("Only in ")));
	/* in a message the words are somebody's */
	if (r->mail.in == MAIL_NONE && header_read_binary(r, line))
		return -1;
	mail_feed(&r->mail, line);
	return r->mail.encoding ? refuse_encoded(r) : 0;
}

static int span_order(struct span p, struct span q)
{
	size_t n = p.len < q.len ? p.len : q.len;
	int c = n ? memcmp(p.ptr, q.ptr, n) : 0;

	return c ? c : (p.len > q.len) - (p.len < q.len);
}

static int by_path(const void *a, const void *b)
{
	const struct diff_entry *x = a, *y = b;
	int c = span_order(x->f.path, y->f.path);

	return c ? c : (x->order > y->order) - (x->order < y->order);
}

/* Not what several patches put together may come to: nothing. */
static bool changes(const struct file_change *f)
{
	return f->hunks.len || f->old_mode != f->new_mode || f->binary ||
	       f->submodule || f->too_large || !span_eq(f->path, f->old_path);
}

/* A file that becomes a link is written as its end and a new beginning. */
static bool join_types(struct diff_entry *to, const struct diff_entry *e,
		       struct arena *a)
{
	if (to->f.status != FILE_DELETED || e->f.status != FILE_ADDED ||
	    e->order != to->order + 1)
		return false;
	to->f.status = FILE_TYPE_CHANGED;
	to->f.new_mode = e->f.new_mode;
	memcpy(to->f.new_id, e->f.new_id, sizeof(to->f.new_id));
	memcpy(to->ids.new, e->ids.new, sizeof(to->ids.new));
	to->f.binary |= e->f.binary;
	to->f.submodule |= e->f.submodule;
	to->f.too_large |= e->f.too_large;
	to->f.added = e->f.added;
	vec_each (struct hunk, h, &e->f.hunks)
		*vec_push(&to->f.hunks, a) = *h;
	return true;
}

static size_t count_lines(const struct file_change *f)
{
	size_t n = 0;

	vec_each (struct hunk, h, &f->hunks)
		n += h->lines.len;
	return n;
}

/* A file that several patches change, one after the other. */
static bool join_patches(struct diff_reader *r, struct diff_entry *to,
			 const struct diff_entry *e)
{
	size_t lines = count_lines(&to->f) + count_lines(&e->f);

	if (lines > r->composing || !change_compose(&to->f, r->a, &e->f))
		return false;
	r->composing -= lines;
	memcpy(to->f.new_id, e->f.new_id, sizeof(to->f.new_id));
	memcpy(to->ids.new, e->ids.new, sizeof(to->ids.new));
	to->order = e->order;
	return true;
}

static int refuse_twice(struct diff_reader *r, struct span path)
{
	return reader_refuse(r, r->line_no, path,
			     "is changed twice in it, and not one after the "
			     "other; let git make one diff of the patches "
			     "(`git am` them, then `architect review A..B`)");
}

/* One entry a path; how many there are then, -1 when that is not possible. */
static ptrdiff_t join(struct diff_reader *r)
{
	struct diff_entry *e = r->files.ptr;
	size_t n = 0;

	if (r->files.len)
		qsort(e, r->files.len, sizeof(*e), by_path);
	for (size_t i = 0; i < r->files.len; i++) {
		if (!n || !span_eq(e[n - 1].f.path, e[i].f.path))
			e[n++] = e[i];
		else if (!join_types(&e[n - 1], &e[i], r->a) &&
			 !join_patches(r, &e[n - 1], &e[i]))
			return refuse_twice(r, e[i].f.path);
	}
	return (ptrdiff_t)n;
}

/* Does a file take its name from one that another patch changes? */
static bool renames_changed(const struct diff_reader *r, size_t n,
			    const struct diff_entry *e)
{
	size_t low = 0, high = n;

	if (e->f.status != FILE_RENAMED && e->f.status != FILE_COPIED)
		return false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct diff_entry *x = &r->files.ptr[mid];
		int c = span_order(x->f.path, e->f.old_path);

		if (!c)
			return x != e && x->patch != e->patch;
		if (c < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

static int finish(struct diff_reader *r, struct unidiff *out)
{
	ptrdiff_t n = join(r);

	for (ptrdiff_t i = 0; i < n; i++) {
		const struct diff_entry *e = &r->files.ptr[i];

		if (renames_changed(r, (size_t)n, e))
			return refuse_twice(r, e->f.old_path);
		if (!changes(&e->f))
			continue;
		*vec_push(&out->change.files, r->a) = e->f;
		*vec_push(&out->ids, r->a) = e->ids;
		out->change.added += e->f.added;
		out->change.removed += e->f.removed;
	}
	return n < 0 ? -1 : 0;
}

/* What it is that holds no patch. */
static int refuse_none(struct diff_reader *r, struct span text)
{
	static const struct {
		const char *mark, *words;
	} kinds[] = {
		{ "\n***************", "a context diff: `diff -u` writes the "
				       "form that is read here" },
		{ "\033[", "a diff in colours: `git diff --color=never`" },
		{ "", "no unified diff: `git diff | architect review -`, `gh "
		      "pr diff 12 | …` and `diff -ru a b | …` give one" },
	};
	size_t i = 0;

	while (*kinds[i].mark && span_find(text, span_of(kinds[i].mark)) < 0)
		i++;
	return error_set(r->err, ERR_REPO, "what came on stdin is %s",
			 kinds[i].words);
}

int unidiff_parse(struct unidiff *out, struct arena *a, struct span text,
		  size_t max, struct error *err)
{
	struct diff_reader r = {
		.a = a,
		.err = err,
		.rest = text,
		.room = (int64_t)max,
		.composing = COMPOSING_MAX,
	};
	struct span line;
	int rc = 0;

	*out = (struct unidiff){ .blank = !span_trim(text).len };
	if (out->blank)
		return 0;
	if (text.len && memchr(text.ptr, 0, text.len))
		return error_set(err, ERR_REPO,
				 "what came on stdin holds NUL bytes, which no "
				 "diff of text does: `git diff` without --text "
				 "names binary files and leaves them out");
	while (!rc && reader_next(&r, &line))
		rc = read_line(&r, out, line);
	if (!rc && !r.files.len && !out->one_sided.len)
		rc = refuse_none(&r, text);
	if (!rc)
		rc = finish(&r, out);
	buf_release(&r.mail.text);
	return rc;
}
