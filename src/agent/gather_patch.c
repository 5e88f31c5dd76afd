/*
 * Gathering for a review of a diff that was given: what a repository knows of
 * its files, or else only what the diff itself tells.
 */
#include <string.h>
#include <sys/stat.h>

#include "agent/baseline_read.h"
#include "agent/gather.h"
#include "agent/gather_parts.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/generated.h"
#include "core/apply.h"
#include "core/settings.h"
#include "core/unidiff.h"

/* A file of the diff while its sides are found. */
struct patched {
	struct base base;
	struct span ids[2]; /* as the diff names them, old and new */
	bool reads;	    /* it is read as more than lines */
	bool misfit;	    /* its hunks are not of the file here */
	bool misnamed;	    /* they make another blob than the diff says */
	bool whole;	    /* its sides are known */
};

struct patches {
	struct task_input *in;
	struct arena *arena;
	struct repo *repo; /* NULL: none is there */
	const struct unidiff *diff;
	struct patched *file;
	size_t files;
};

static struct file_change *change_of(const struct patches *p, size_t i)
{
	return &p->in->change.files.ptr[i];
}

static bool regular(uint32_t mode)
{
	return !mode || S_ISREG(mode);
}

static bool reads(const struct file_change *f)
{
	return change_reads(f->path) && regular(f->old_mode) &&
	       regular(f->new_mode) && !f->binary && !f->too_large;
}

static void list_files(struct patches *p)
{
	p->files = p->in->change.files.len;
	p->file = arena_array(p->arena, p->files, sizeof(*p->file));
	for (size_t i = 0; i < p->files; i++) {
		p->file[i].ids[0] = span_of(p->diff->ids.ptr[i].old);
		p->file[i].ids[1] = span_of(p->diff->ids.ptr[i].new);
		p->file[i].reads = reads(change_of(p, i));
	}
}

/* HEAD, what it knows of the files, or why nothing is known. */
static int ask_repository(struct patches *p, struct error *err)
{
	struct base_want *want = arena_array(p->arena, p->files, sizeof(*want));
	struct base *base = arena_array(p->arena, p->files, sizeof(*base));
	const struct rev_spec spec = { .patch = true };
	size_t wanted = 0, found = 0;

	if (repo_resolve(&p->in->range, p->arena, p->repo, &spec, err))
		return -1;
	for (size_t i = 0; i < p->files; i++) {
		const struct file_change *f = change_of(p, i);

		want[i] = (struct base_want){
			.path = f->path,
			.old_path = f->old_path,
			.id = p->file[i].ids[0],
			.text = p->file[i].reads && f->status != FILE_ADDED,
		};
	}
	if (repo_bases(base, p->arena, p->repo, want, p->files, err))
		return -1;
	for (size_t i = 0; i < p->files; i++) {
		p->file[i].base = base[i];
		wanted += want[i].text;
		found += base[i].by != BASE_NONE;
	}
	if (wanted && !found)
		return error_set(err, ERR_REPO,
				 "the repository here holds none of the files "
				 "that it changes: it is of another one");
	return 0;
}

static struct span keep(struct arena *a, struct buf *b)
{
	/* a side that is known and empty is told from one that is not */
	struct span s = b->len ? arena_span(a, buf_span(b)) : SPAN("");

	buf_release(b);
	return s;
}

/* A file that is new or goes away stands whole in the diff. */
static void read_one_side(struct patches *p, size_t i)
{
	struct file_change *f = change_of(p, i);
	bool added = f->status == FILE_ADDED;
	struct buf b = { 0 };

	hunks_side(&b, f, added ? '+' : '-');
	*(added ? &f->new_text : &f->old_text) = keep(p->arena, &b);
	p->file[i].whole = true;
}

/* Whoever wrote the diff chose the blob: it is theirs to read only when they
 * know lines of it. */
static bool quotes_old(const struct file_change *f, const struct base *base)
{
	vec_each (struct hunk, h, &f->hunks)
		if (h->old_lines)
			return true;
	return !base->text.len || (!f->hunks.len && base->by == BASE_HEAD);
}

/* The new side from the old one, when the hunks are of it. */
static void read_sides(struct patches *p, size_t i)
{
	struct file_change *f = change_of(p, i);
	struct patched *to = &p->file[i];
	struct buf b = { 0 };

	if (to->base.by == BASE_NONE || !quotes_old(f, &to->base))
		return;
	to->whole = hunks_apply(&b, f, to->base.text);
	to->misfit = !to->whole;
	if (!to->whole) {
		buf_release(&b);
		return;
	}
	f->old_text = to->base.text;
	f->new_text = keep(p->arena, &b);
}

/* The new sides' ids. The diff may call them otherwise: whoever applies it gets
 * what the hunks make, so that is what is judged, and the ledger says so. */
static int name_new_sides(struct patches *p, struct error *err)
{
	struct span *text = arena_array(p->arena, p->files, sizeof(*text));
	size_t *row = arena_array(p->arena, p->files, sizeof(*row));
	char(*ids)[41] = arena_array(p->arena, p->files, sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < p->files; i++) {
		const struct file_change *f = change_of(p, i);

		if (!p->file[i].whole || f->status == FILE_DELETED ||
		    p->file[i].base.by == BASE_HEAD || !p->file[i].ids[1].len)
			continue;
		row[n] = i;
		text[n++] = f->new_text;
	}
	if (n && repo_hash(ids, p->repo, text, n, err))
		return -1;
	for (size_t k = 0; k < n; k++) {
		struct file_change *f = change_of(p, row[k]);
		struct patched *to = &p->file[row[k]];
		const char *said = p->diff->ids.ptr[row[k]].new;

		to->misnamed = !span_starts(span_of(ids[k]), said);
		memcpy(f->new_id, ids[k], sizeof(f->new_id));
	}
	return 0;
}

static int find_sides(struct patches *p, struct error *err)
{
	for (size_t i = 0; i < p->files; i++) {
		struct file_change *f = change_of(p, i);
		struct patched *to = &p->file[i];

		if (!p->in->given->attributes) {
			f->generated = to->base.generated;
			f->vendored = to->base.vendored;
		}
		if (!to->reads)
			continue;
		if (f->status == FILE_ADDED || f->status == FILE_DELETED)
			read_one_side(p, i);
		else
			read_sides(p, i);
	}
	if (name_new_sides(p, err))
		return -1;
	for (size_t i = 0; i < p->files; i++) {
		struct file_change *f = change_of(p, i);

		if (p->file[i].whole && p->file[i].base.by == BASE_ID)
			memcpy(f->old_id, p->file[i].base.id,
			       sizeof(f->old_id));
		f->old_marked = generated_head(f->old_text);
		f->new_marked = generated_head(f->new_text);
	}
	return 0;
}

static const char *note_of(const struct patched *f)
{
	if (f->misnamed)
		return "its hunks make another file than its index line says; "
		       "what they make was read";
	if (!f->reads || (f->whole && f->base.by != BASE_HEAD))
		return NULL;
	if (!f->whole)
		return f->misfit ? "only the diff's lines were seen: its hunks "
				   "do not fit the file here"
				 : "only the diff's lines were seen";
	return f->ids[0].len ? "upon HEAD's file: what the diff is of is not "
			       "here"
			     : "upon HEAD's file";
}

static void count_sides(const struct patches *p, struct given *g)
{
	for (size_t i = 0; i < p->files; i++) {
		g->whole += p->file[i].reads && p->file[i].whole;
		g->lines += p->file[i].reads && !p->file[i].whole;
	}
}

static void add_notes(struct patches *p)
{
	for (size_t i = 0; i < p->files; i++) {
		const struct patched *f = &p->file[i];
		struct cover *c = &p->in->covers.ptr[i];
		const char *note = note_of(f);

		if (note)
			c->note = span_of(note);
		if (f->reads && !f->whole && c->state == COVER_FULL)
			c->counts = false;
	}
}

/* "a diff from stdin (3 files; of 2 only the diff's lines were seen)" */
static void name_diff(struct task_input *in, struct arena *a)
{
	size_t n = in->change.files.len;
	const struct given *g = in->given;
	const char *what = "a diff from stdin", *seen = "";

	if (g->patches > 1)
		what = arena_printf(a, "%zu patches from stdin", g->patches);
	if (g->lines && !g->whole)
		seen = "; only the diff's lines were seen";
	else if (g->lines)
		seen = arena_printf(a,
				    "; of %zu only the diff's lines were "
				    "seen",
				    g->lines);
	in->title = span_of(arena_printf(a, "%s (%zu file%s%s)", what, n,
					 text_plural(n), seen));
}

static struct given *read_given(struct task_input *in, struct arena *a,
				const struct unidiff *diff)
{
	struct given *g = arena_new(a, struct given);

	in->given = g;
	in->change = diff->change;
	g->ids = diff->ids.ptr;
	vec_each (struct file_change, f, &in->change.files) {
		g->attributes |= span_ends(f->path, ".gitattributes");
		g->agents |= span_starts(f->path, ".claude/agents/");
	}
	g->patches = diff->messages.len;
	g->one_sided_len = diff->one_sided.len;
	if (g->one_sided_len)
		g->one_sided = diff->one_sided.ptr[0];
	vec_each (struct span, said, &diff->messages) {
		struct commit_info *c = vec_push(&in->commits.commits, a);
		struct span rest = *said;

		c->message = *said;
		text_line(&rest, &c->subject);
	}
	if (diff->blank)
		in->empty_why = "stdin was empty: `git diff | architect review "
				"-` pipes a diff in, and `architect review "
				"--commit HEAD` needs none";
	else if (!in->change.files.len)
		in->empty_why = "the folders differ only in which files are "
				"there: `diff -ruN` takes those in";
	return g;
}

void patch_check_guides(struct task_input *in)
{
	const struct file_change *files = in->change.files.ptr;

	if (in->request->guides_from != GUIDES_BASE)
		return; /* it was asked for */
	vec_each (struct guide, g, &in->guides.guides)
		for (size_t i = 0; i < in->change.files.len; i++) {
			struct span old = span_of(in->given->ids[i].old);

			if (g->status != GUIDE_USED ||
			    (!span_eq(g->path, files[i].path) &&
			     !span_eq(g->path, files[i].old_path)))
				continue;
			if (old.len >= BASE_DIGITS_MIN &&
			    span_eq(span_first(span_of(g->id), old.len), old))
				continue;
			g->status = GUIDE_CHANGED;
			in->guides.bytes -= g->text.len;
			g->text = (struct span){ 0 };
		}
}

int gather_patch(struct task_input *in, struct arena *a, struct repo *r,
		 const struct settings *s, struct error *err)
{
	struct unidiff diff;
	struct patches p = { .in = in, .arena = a, .repo = r, .diff = &diff };
	struct error why = { 0 };
	struct given *g;

	if (unidiff_parse(&diff, a, in->request->diff, (size_t)s->max_diff,
			  err))
		return -1;
	g = read_given(in, a, &diff);
	list_files(&p);
	if (repo_info(&in->info, a, r, &why) || ask_repository(&p, &why)) {
		g->no_repo = arena_strdup(a, why.msg);
		in->range = (struct rev_range){ .new_side = SIDE_PATCH,
						.new_name = SPAN("the diff") };
	}
	if (baseline_read(in, a, r, s, err) || find_sides(&p, err))
		return -1;
	count_sides(&p, g);
	if (gather_covers(in, a, s, err))
		return -1;
	if (in->empty)
		return 0;
	add_notes(&p);
	name_diff(in, a);
	return gather_read(in, a, r, s, err);
}
