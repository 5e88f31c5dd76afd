#include "repo/pair.h"

#include <string.h>
#include <sys/stat.h>

#include "base/generated.h"

/* What a line costs beside its text, against the ceiling of the whole. */
#define LINE_COST 24

/* Where libgit2's callbacks put a file's hunks. */
struct emit {
	struct store *s;
	struct file_change *file;
	int64_t room;	/* bytes left of the whole diff */
	int64_t spared; /* bytes left of the files' whole texts */
	uint32_t old_no, new_no;
};

/* "@@ -1,2 +3,4 @@ heading\n" */
static struct span heading(const git_diff_hunk *h)
{
	struct span s = { h->header, h->header_len };
	ptrdiff_t at = span_find(span_from(s, 2), SPAN("@@"));

	if (at < 0)
		return (struct span){ 0 };
	return span_trim(span_from(s, 2 + (size_t)at + 2));
}

static int on_hunk(const git_diff_delta *d, const git_diff_hunk *h, void *ctx)
{
	struct emit *e = ctx;
	struct hunk *out = vec_push(&e->file->hunks, &e->s->arena);

	(void)d;
	out->old_start = (uint32_t)h->old_start;
	out->old_lines = (uint32_t)h->old_lines;
	out->new_start = (uint32_t)h->new_start;
	out->new_lines = (uint32_t)h->new_lines;
	out->heading = arena_span(&e->s->arena, heading(h));
	return 0;
}

static int on_line(const git_diff_delta *d, const git_diff_hunk *h,
		   const git_diff_line *l, void *ctx)
{
	struct emit *e = ctx;
	struct hunk *in = &e->file->hunks.ptr[e->file->hunks.len - 1];
	struct span text = { l->content, l->content_len };
	struct diff_line *out;

	(void)d;
	(void)h;
	if (!strchr(" +-", l->origin)) { /* "\ No newline at end of file" */
		if (in->lines.len)
			in->lines.ptr[in->lines.len - 1].no_newline = true;
		return 0;
	}
	e->room -= (int64_t)text.len + LINE_COST;
	if (e->room < 0)
		return GUARD_TOO_LARGE;
	if (span_ends(text, "\n"))
		text.len--;
	out = vec_push(&in->lines, &e->s->arena);
	out->origin = l->origin;
	out->old_no = l->old_lineno > 0 ? (uint32_t)l->old_lineno : 0;
	out->new_no = l->new_lineno > 0 ? (uint32_t)l->new_lineno : 0;
	out->text = arena_span(&e->s->arena, text);
	e->file->added += l->origin == '+';
	e->file->removed += l->origin == '-';
	return 0;
}

/*
 * One side may be NULL. The blobs are those of store->plain, so no attribute of
 * the work tree is asked. Texts only take longer: libgit2 hashes them.
 */
static int emit_texts(struct emit *e, const struct half *old,
		      const struct half *new)
{
	static const struct half nothing;
	git_diff_options o;

	git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION);
	o.flags = GIT_DIFF_FORCE_TEXT | GIT_DIFF_INDENT_HEURISTIC;
	o.context_lines = 3;
	o.interhunk_lines = 0;
	old = old ? old : &nothing;
	new = new ? new : &nothing;
	if ((old->blob || !old->text.len) && (new->blob || !new->text.len))
		return git_diff_blobs(old->blob, NULL, new->blob, NULL, &o,
				      NULL, NULL, on_hunk, on_line, e);
	return git_diff_buffers(
		old->text.len ? old->text.ptr : NULL, old->text.len, NULL,
		new->text.len ? new->text.ptr : NULL, new->text.len, NULL, &o,
		NULL, NULL, on_hunk, on_line, e);
}

static int emit_hunks(struct emit *e, const struct pair *p, struct error *err)
{
	int64_t room = e->room;
	int rc;

	if (e->file->status == FILE_TYPE_CHANGED) {
		rc = emit_texts(e, &p->old, NULL);
		if (!rc)
			rc = emit_texts(e, NULL, &p->new);
	} else {
		rc = emit_texts(e, &p->old, &p->new);
	}
	if (rc == GUARD_TOO_LARGE) {
		e->file->hunks.len = 0;
		e->file->added = e->file->removed = 0;
		e->file->too_large = true;
		e->room = room;
		return 0;
	}
	return rc ? store_fail(e->s, err, rc, "comparing %.*s",
			       SPAN_ARG(p->new.path))
		  : 0;
}

static bool has_nul(const struct half *h)
{
	return h->text.len && memchr(h->text.ptr, 0, h->text.len);
}

static struct span text_of(const struct half *h)
{
	return S_ISREG(h->mode) ? h->text : (struct span){ 0 };
}

static void add_texts(struct emit *e, const struct pair *p)
{
	struct span old = text_of(&p->old), new = text_of(&p->new);

	if (has_nul(&p->old) || has_nul(&p->new))
		return;
	if ((int64_t)(old.len + new.len) > e->spared) {
		e->spared = 0;
		return;
	}
	e->spared -= (int64_t)(old.len + new.len);
	e->file->old_text = arena_span(&e->s->arena, old);
	e->file->new_text = arena_span(&e->s->arena, new);
}

static enum file_status status_of(const struct pair *p)
{
	if (p->conflicted)
		return FILE_CONFLICTED;
	if (!p->old.mode)
		return FILE_ADDED;
	if (!p->new.mode)
		return FILE_DELETED;
	if (!span_eq(p->old.path, p->new.path))
		return FILE_RENAMED;
	if ((p->old.mode & S_IFMT) != (p->new.mode &S_IFMT))
		return FILE_TYPE_CHANGED;
	return FILE_MODIFIED;
}

static void describe(struct file_change *f, const struct pair *p)
{
	f->status = status_of(p);
	f->path = f->status == FILE_DELETED ? p->old.path : p->new.path;
	f->old_path = p->old.path.len ? p->old.path : p->new.path;
	f->old_mode = p->old.mode;
	f->new_mode = p->new.mode;
	if (p->old.mode)
		hex_of(&f->old_id, &p->old.id);
	if (p->new.mode)
		hex_of(&f->new_id, &p->new.id);
	if (f->status == FILE_RENAMED)
		f->similarity = p->score * 100 / RENAME_MAX;
	f->submodule = p->old.mode == GIT_FILEMODE_COMMIT ||
		       p->new.mode == GIT_FILEMODE_COMMIT;
}

/* What the base says of both sides; where they differ, nothing. */
static struct attr_marks marks_of(struct attrs *attrs, const struct pair *p)
{
	struct attr_marks old, new;

	if (!p->old.mode || !p->new.mode || span_eq(p->old.path, p->new.path))
		return attrs_of(attrs, p->new.mode ? p->new.path : p->old.path);
	old = attrs_of(attrs, p->old.path);
	new = attrs_of(attrs, p->new.path);
	if (old.generated != new.generated)
		new.generated = SAYS_NOTHING;
	if (old.vendored != new.vendored)
		new.vendored = SAYS_NOTHING;
	if (old.diff == SAYS_NO)
		new.diff = SAYS_NO;
	else if (old.diff != new.diff &&new.diff != SAYS_NO)
		new.diff = SAYS_NOTHING;
	return new;
}

static bool shown_as_binary(const struct pair *p, enum file_says diff)
{
	return diff == SAYS_NO ||
	       (diff == SAYS_NOTHING &&
		(half_binary(&p->old) || half_binary(&p->new)));
}

static int add_file(struct emit *e, struct change *out, struct pair *p,
		    struct attrs *attrs, struct error *err)
{
	struct file_change *f = vec_push(&out->files, &e->s->arena);
	struct attr_marks marks;
	bool same, texts;

	describe(f, p);
	e->file = f;
	same = p->old.mode &&
	       p->new.mode &&git_oid_equal(&p->old.id, &p->new.id);
	texts = e->spared && change_reads(f->path);
	if (f->submodule || p->conflicted || (same && !texts))
		return 0;
	if (half_load(e->s, &p->old, err) || half_load(e->s, &p->new, err))
		return -1;
	marks = marks_of(attrs, p);
	f->generated = marks.generated;
	f->vendored = marks.vendored;
	f->old_marked = generated_head(p->old.text);
	f->new_marked = generated_head(p->new.text);
	if (p->old.too_large || p->new.too_large)
		f->too_large = !same;
	else if (shown_as_binary(p, marks.diff))
		f->binary = !same;
	else if (!same && emit_hunks(e, p, err))
		return -1;
	else if (texts && !f->too_large)
		add_texts(e, p);
	return 0;
}

int diff_run(struct store *s, struct change *out, const struct rev_range *range,
	     struct error *err)
{
	int64_t max = s->place.limits.max_diff;
	struct emit e = { .s = s, .room = max };
	struct pair_list list = { 0 };
	struct attrs *attrs = NULL;
	git_tree *base = NULL;
	int rc = collect(s, &list, out, range, err);

	if (range->texts)
		e.spared = REPO_TEXTS_SHARE(max);
	if (!rc)
		rc = find_renames(s, &list, err);
	if (!rc)
		rc = tree_by_id(s, &base, rev_trusted(range), err);
	if (!rc)
		attrs = attrs_open(s, base);
	for (size_t i = 0; !rc && i < list.pairs.len; i++) {
		rc = add_file(&e, out, &list.pairs.ptr[i], attrs, err);
		out->added += e.file->added;
		out->removed += e.file->removed;
	}
	vec_each (struct pair, p, &list.pairs) {
		git_blob_free(p->old.blob);
		git_blob_free(p->new.blob);
	}
	attrs_close(attrs);
	git_tree_free(base);
	return rc;
}
