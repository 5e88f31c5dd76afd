/*
 * The headers of one file: git's, and the two lines that diff -u writes. What
 * they say together must be one thing. Total, linear.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/unidiff_parts.h"

#define MODE_FILE 0100644u
#define MODE_LINK 0120000u
#define MODE_COMMIT 0160000u

/* Places of an " and " that are tried. */
#define SPLITS_MAX 8

struct header {
	struct diff_reader *r;
	size_t line_no; /* where it begins */
	bool git;	/* its first line is "diff --git" */
	bool sides;	/* there are "---" and "+++" */
	bool crlf;	/* the lines end in CRLF for LF */
	bool made, gone, renamed, copied, binary;
	struct diff_name git_old, git_new; /* of the first line */
	struct diff_name old, new;	   /* of "---" and "+++" */
	struct span from, to;		   /* of a rename or copy */
	uint32_t old_mode, new_mode;	   /* 0: not said */
	struct unidiff_ids ids;
	unsigned similarity;
};

static int wrong(struct header *h, const char *what)
{
	return reader_refuse(h->r, h->line_no, (struct span){ 0 }, what);
}

/* ---- the lines of git's headers */

/* Each reads what follows its words; -1: err is set. */
typedef int line_fn(struct header *h, struct span rest);

static int read_mode(struct header *h, struct span s, uint32_t *mode)
{
	uint32_t m = 0;
	size_t i = 0;

	while (i < s.len && i < 7 && s.ptr[i] >= '0' && s.ptr[i] <= '7')
		m = m * 8 + (uint32_t)(s.ptr[i++] - '0');
	switch (m & S_IFMT) {
	case MODE_FILE &S_IFMT:
	case MODE_LINK:
	case MODE_COMMIT:
		*mode = m;
		return i == s.len ? 0 : wrong(h, "a mode that is none");
	}
	return wrong(h, "a mode that is no file's");
}

static int old_mode(struct header *h, struct span s)
{
	return read_mode(h, s, &h->old_mode);
}

static int new_mode(struct header *h, struct span s)
{
	return read_mode(h, s, &h->new_mode);
}

static int made(struct header *h, struct span s)
{
	h->made = true;
	return read_mode(h, s, &h->new_mode);
}

static int gone(struct header *h, struct span s)
{
	h->gone = true;
	return read_mode(h, s, &h->old_mode);
}

static int read_bare(struct header *h, struct span s, struct span *out)
{
	struct diff_name n;

	/* a blank may end it, but no tab and time stand there */
	if (!name_read(&n, h->r->a, s) || !n.path.len)
		return wrong(h, "a name that is none");
	*out = n.path;
	return 0;
}

static int rename_from(struct header *h, struct span s)
{
	h->renamed = true;
	return read_bare(h, s, &h->from);
}

static int copy_from(struct header *h, struct span s)
{
	h->copied = true;
	return read_bare(h, s, &h->from);
}

static int moved_to(struct header *h, struct span s)
{
	return read_bare(h, s, &h->to);
}

static int similarity(struct header *h, struct span s)
{
	for (size_t i = 0; i < s.len && i < 3; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			h->similarity =
				h->similarity * 10 + (unsigned)(s.ptr[i] - '0');
	if (h->similarity > 100)
		h->similarity = 100;
	return 0;
}

static int skip(struct header *h, struct span s)
{
	(void)h;
	(void)s;
	return 0;
}

static int binary(struct header *h, struct span s)
{
	(void)s;
	h->binary = true;
	return 0;
}

/* Take an id off *s; zeros, and what is no id of ours, are none. */
static void take_id(struct span *s, char (*id)[41])
{
	size_t n = 0;
	bool zero = true;

	while (n < s->len && s->ptr[n] && strchr("0123456789abcdef", s->ptr[n]))
		zero &= s->ptr[n++] == '0';
	if (!zero && n >= 4 && n <= 40)
		memcpy(*id, s->ptr, n);
	*s = span_from(*s, n);
}

/* "1a2b3c4..5d6e7f8 100644", without the mode where it differs */
static int ids(struct header *h, struct span s)
{
	take_id(&s, &h->ids.old);
	if (!span_starts(s, ".."))
		return wrong(h, "an index line without two ids");
	s = span_from(s, 2);
	take_id(&s, &h->ids.new);
	if (!s.len)
		return 0;
	if (read_mode(h, span_trim(s), &h->new_mode))
		return -1;
	h->old_mode = h->new_mode;
	return 0;
}

static const struct {
	const char *words;
	line_fn *read;
} lines[] = {
	{ "old mode ", old_mode },
	{ "new mode ", new_mode },
	{ "new file mode ", made },
	{ "deleted file mode ", gone },
	{ "rename from ", rename_from },
	{ "rename to ", moved_to },
	{ "copy from ", copy_from },
	{ "copy to ", moved_to },
	{ "similarity index ", similarity },
	{ "dissimilarity index ", skip },
	{ "index ", ids },
	{ "Binary files ", binary },
	{ "GIT binary patch", binary },
};

/* Read a line of git's headers; 1: it was one, 0: it is none. */
static int read_extended(struct header *h, struct span line)
{
	line = line_without_cr(line);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (span_starts(line, lines[i].words)) {
			struct span rest =
				span_from(line, strlen(lines[i].words));

			h->line_no = h->r->line_no + 1;
			return lines[i].read(h, rest) ? -1 : 1;
		}
	return 0;
}

/* ---- what they say together */

/* The path of a side, by a name that has git's prefix or has none. */
static bool agrees(const struct diff_name *n, struct span path)
{
	struct span rest = n->path;

	if (!rest.len || span_eq(rest, path))
		return true;
	return rest.len > path.len &&
	       rest.ptr[rest.len - path.len - 1] == '/' &&
	       span_eq(span_from(rest, rest.len - path.len), path);
}

/* The path where the headers name but one side. */
static struct span one_side(const struct diff_name *n, const struct header *h)
{
	struct span both = name_common(h->git_old.path, h->git_new.path);

	if (both.len && agrees(n, both))
		return both;
	return name_bare(n->path);
}

/* The path where both sides have names. */
static struct span two_sides(const struct header *h)
{
	struct span both = name_common(h->old.path, h->new.path);
	struct span first = name_common(h->git_old.path, h->git_new.path);

	if (both.len && first.len && !span_eq(both, first))
		return (struct span){ 0 };

	/* x.rs.orig, x.rs: a plain diff speaks of the file as it is now */
	return both.len || h->git ? both : name_bare(h->new.path);
}

static int find_paths(struct header *h, struct file_change *f)
{
	if (h->renamed || h->copied) {
		f->path = h->to;
		f->old_path = h->from;
		if (!h->to.len || !h->from.len)
			return wrong(h, "a rename or copy without both names");
		if (!agrees(&h->old, h->from) || !agrees(&h->new, h->to))
			return wrong(h, "the headers name different files");
		return 0;
	}
	if (!h->sides)
		f->path = name_common(h->git_old.path, h->git_new.path);
	else if (h->old.null && h->new.null)
		return wrong(h, "neither side of it is a file");
	else if (h->old.null || h->new.null)
		f->path = one_side(h->old.null ? &h->new : &h->old, h);
	else
		f->path = two_sides(h);
	f->old_path = f->path;
	if (!f->path.len)
		return wrong(h, "the headers name different files, or none");
	return 0;
}

/* Names as they are written: prefixes hide neither root nor parents. */
static int check_names(struct header *h, const struct file_change *f)
{
	const struct span name[] = { h->git_old.path, h->git_new.path,
				     h->old.path,     h->new.path,
				     f->path,	      f->old_path };

	for (size_t i = 0; i < sizeof(name) / sizeof(*name); i++) {
		const char *why = name[i].len ? name_wrong(name[i]) : NULL;
		struct buf words = { 0 };

		if (!why)
			continue;
		buf_addf(&words,
			 "%s: paths are to lie below the folder in "
			 "which the diff is made",
			 why);
		reader_refuse(h->r, h->line_no, name[i], buf_cstr(&words));
		buf_release(&words);
		return -1;
	}
	return 0;
}

/* A diff without git's headers tells a new or deleted file by its one hunk, or
 * by the time of the side that is not there. */
static void guess_status(struct header *h, const struct file_change *f)
{
	const struct hunk *k = f->hunks.ptr;
	bool one = f->hunks.len == 1;

	h->made = h->old.null || (one && !k->old_lines && !k->old_start &&
				  (h->old.epoch || !h->old.timed));
	h->gone = !h->made &&
		  (h->new.null || (one && !k->new_lines && !k->new_start &&
				   (h->new.epoch || !h->new.timed)));
}

static int check_whole(struct header *h, const struct file_change *f)
{
	if (f->status == FILE_ADDED && (f->removed || f->hunks.len > 1))
		return wrong(h, "a new file of which lines were there before");
	if (f->status == FILE_DELETED && (f->added || f->hunks.len > 1))
		return wrong(h, "a deleted file of which lines stay");
	return 0;
}

static void set_status(struct header *h, struct file_change *f)
{
	f->status = h->renamed	? FILE_RENAMED
		    : h->copied ? FILE_COPIED
		    : h->made	? FILE_ADDED
		    : h->gone	? FILE_DELETED
				: FILE_MODIFIED;
	f->old_mode = h->made ? 0 : h->old_mode ? h->old_mode : MODE_FILE;
	f->new_mode = h->gone ? 0 : h->new_mode ? h->new_mode : MODE_FILE;
	if (f->old_mode && f->new_mode &&
	    (f->old_mode & S_IFMT) != (f->new_mode & S_IFMT))
		f->status = FILE_TYPE_CHANGED;
	f->similarity = h->similarity;
	f->binary = h->binary;
}

/* A submodule's hunk is of the two commits' ids. */
static void read_submodule(struct file_change *f, struct unidiff_ids *ids)
{
	static const char words[] = "Subproject commit ";

	f->submodule = f->old_mode == MODE_COMMIT || f->new_mode == MODE_COMMIT;
	if (!f->submodule)
		return;
	vec_each (struct hunk, k, &f->hunks)
		vec_each (struct diff_line, l, &k->lines) {
			struct span id = span_from(l->text, strlen(words));

			if (span_starts(l->text, words) && l->origin != ' ')
				take_id(&id, l->origin == '-' ? &ids->old
							      : &ids->new);
		}
	f->hunks.len = 0;
	f->added = f->removed = 0;
}

/* Is there anything that the headers tell? */
static bool tells(const struct header *h, const struct file_change *f)
{
	return h->sides || h->binary || h->made || h->gone || h->renamed ||
	       h->copied || f->old_mode != f->new_mode;
}

static int end_file(struct header *h, struct diff_entry *e)
{
	struct file_change *f = &e->f;

	if (!h->git)
		guess_status(h, f);
	if (find_paths(h, f) || check_names(h, f))
		return -1;
	set_status(h, f);
	if (check_whole(h, f))
		return -1;
	if (!tells(h, f))
		return wrong(h, "ends within a file's headers: the diff was "
				"cut");
	e->ids = h->ids;
	read_submodule(f, &e->ids);
	if (strlen(e->ids.old) == 40)
		memcpy(f->old_id, e->ids.old, sizeof(f->old_id));
	if (strlen(e->ids.new) == 40)
		memcpy(f->new_id, e->ids.new, sizeof(f->new_id));
	return 0;
}

/* ---- reading */

static int read_side(struct header *h, struct span line, struct diff_name *n)
{
	h->crlf = span_ends(line, "\r");
	if (name_read(n, h->r->a, span_from(line_without_cr(line), 4)))
		return 0;
	return wrong(h, "a name that is none");
}

/* "---" was taken; "+++" and hunks are to come. */
static int read_sides(struct header *h, struct span line, struct diff_entry *e)
{
	h->sides = true;
	h->line_no = h->r->line_no;
	if (read_side(h, line, &h->old))
		return -1;
	if (!span_starts(reader_peek(h->r), "+++ "))
		return wrong(h, "\"---\" without \"+++\" below it: the diff "
				"was cut");
	reader_next(h->r, &line);
	if (read_side(h, line, &h->new))
		return -1;
	/* for the words of what is wrong with a hunk */
	e->f.path = name_bare(h->new.null ? h->old.path : h->new.path);
	if (!hunk_starts(reader_peek(h->r)))
		return wrong(h, "no hunk below \"+++\": the diff was cut");
	return hunks_read(h->r, &e->f, h->crlf);
}

static struct diff_entry *begin_file(struct header *h, struct diff_reader *r)
{
	struct diff_entry *e = vec_push(&r->files, r->a);

	*h = (struct header){ .r = r, .line_no = r->line_no };
	e->order = r->files.len;
	e->patch = r->patch;
	return e;
}

int header_read_git(struct diff_reader *r, struct span line)
{
	struct header h;
	struct diff_entry *e = begin_file(&h, r);
	int rc;

	h.git = true;
	line = span_from(line_without_cr(line), strlen("diff --git "));
	name_read_pair(&h.git_old, &h.git_new, r->a, line);
	while ((rc = read_extended(&h, reader_peek(r))) > 0)
		reader_next(r, &line);
	if (rc)
		return -1;
	if (span_starts(reader_peek(r), "--- ") && !h.binary) {
		reader_next(r, &line);
		if (read_sides(&h, line, e))
			return -1;
	}
	return end_file(&h, e);
}

bool header_plain(const struct diff_reader *r, struct span line)
{
	struct span rest = r->rest, next = { 0 };

	if (!span_starts(line, "--- ") || !text_line(&rest, &next) ||
	    !span_starts(next, "+++ "))
		return false;
	text_line(&rest, &next);
	return hunk_starts(next);
}

int header_read_plain(struct diff_reader *r, struct span line)
{
	struct header h;
	struct diff_entry *e = begin_file(&h, r);

	return read_sides(&h, line, e) ? -1 : end_file(&h, e);
}

/* The names around " and ", the one whose sides have the same path. */
static bool split_and(struct header *h, struct span s)
{
	struct span word = SPAN(" and ");
	size_t half = s.len / 2, tries = 0;

	/* prefixes may be of different lengths: the nearest to the middle */
	for (size_t off = 0; off < half && tries < SPLITS_MAX; off++)
		for (int side = 0; side < 2; side++) {
			size_t at = side ? half + off : half - off;

			if (!span_starts(span_from(s, at), word.ptr))
				continue;
			tries++;
			h->old.path = span_first(s, at);
			h->new.path = span_from(s, at + word.len);
			if (name_common(h->old.path, h->new.path).len)
				return true;
		}
	return false;
}

int header_read_binary(struct diff_reader *r, struct span line)
{
	static const char begins[] = "Binary files ", ends[] = " differ";
	struct header h;
	struct diff_entry *e;

	line = line_without_cr(line);
	if (!span_starts(line, begins) || !span_ends(line, ends) ||
	    line.len < sizeof(begins) + sizeof(ends))
		return 0;
	if (reader_full(r))
		return -1;
	e = begin_file(&h, r);
	line = span_from(line, strlen(begins));
	line = span_first(line, line.len - strlen(ends));
	h.binary = h.sides = split_and(&h, line);
	if (!h.binary) {
		r->files.len--;
		return 0;
	}
	return end_file(&h, e);
}
