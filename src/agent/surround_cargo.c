/*
 * What a change does to Cargo.toml and Cargo.lock, a line each.
 */
#include "agent/surround_parts.h"

#include <stdlib.h>

#include "agent/redact.h"
#include "base/arena.h"
#include "base/buf.h"

/* Rows of one file that are written. */
#define ROWS_MAX 60u

/* What a reader should see first: what may be an attack, then what may break.
 */
static unsigned gravity(const struct cargo_change *c)
{
	switch (c->subject) {
	case SUBJECT_CHECKSUM:
		return 0;
	case SUBJECT_CRATE_SOURCE:
		return 1;
	case SUBJECT_DUPLICATE:
		return c->op == CARGO_REMOVED ? 7 : 2;
	case SUBJECT_CRATE:
		if (c->op == CARGO_CHANGED)
			return c->down || c->level == LEVEL_MAJOR ? 3 : 6;
		return c->op == CARGO_ADDED ? 4 : 5;
	default:
		return 2; /* manifests keep their order */
	}
}

struct ranked {
	const struct cargo_change *row;
	unsigned gravity;
};

static int by_gravity(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;

	if (a->gravity != b->gravity)
		return a->gravity < b->gravity ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static void write_rows(struct buf *out, struct arena *a, struct span path,
		       const struct cargo_changes *ch)
{
	struct ranked *r = arena_array(a, ch->rows.len, sizeof(*r));
	size_t n = ch->rows.len, i;

	for (i = 0; i < n; i++)
		r[i] = (struct ranked){ &ch->rows.ptr[i],
					gravity(&ch->rows.ptr[i]) };
	qsort(r, n, sizeof(*r), by_gravity);
	for (i = 0; i < n && i < ROWS_MAX; i++) {
		text_visible_line(out, path);
		buf_addf(out, ":%u: ", r[i].row->line);
		cargo_change_write(out, r[i].row);
		buf_addc(out, '\n');
	}
	if (i < n) {
		text_visible_line(out, path);
		buf_addf(out, ": %zu more rows are left out\n", n - i);
	}
}

static void write_bad(struct buf *out, struct span path, const char *bad,
		      unsigned line)
{
	if (!bad)
		return;
	text_visible_line(out, path);
	buf_addf(out, ":%u: not read any further: %s\n", line, bad);
}

/* The workspace's root as the other side had it. */
static const struct manifest *old_root(struct chooser *c, size_t root)
{
	struct span path = c->manifests.paths.ptr[root];
	const struct file_change *f =
		change_file(&task_whole(c->in)->change, path);
	struct manifest *m;

	if (!f || !f->old_text.len)
		return &c->manifests.parsed.ptr[root];
	m = arena_new(c->arena, struct manifest);
	manifest_parse(m, c->arena, f->old_text);
	return m;
}

static void diff_manifests(struct chooser *c, struct buf *out,
			   const struct file_change *f)
{
	struct manifest old = { 0 }, new = { 0 };
	struct cargo_changes ch = { 0 };
	size_t root = workspace_of(&c->manifests, f->path);

	manifest_parse(&old, c->arena, f->old_text);
	manifest_parse(&new, c->arena, f->new_text);
	if (root < c->manifests.parsed.len &&
	    !span_eq(c->manifests.paths.ptr[root], f->path)) {
		manifest_inherit(&old, c->arena, old_root(c, root));
		manifest_inherit(&new, c->arena,
				 &c->manifests.parsed.ptr[root]);
	}
	manifest_diff(&ch, c->arena, &old, &new);
	write_rows(out, c->arena, f->path, &ch);
	write_bad(out, f->path, new.bad, new.bad_line);
}

static bool lock_path(struct span path)
{
	return text_glob(SPAN("Cargo.lock"), path);
}

bool lock_tells(struct arena *a, const struct file_change *f)
{
	struct lock old = { 0 }, new = { 0 };
	struct cargo_changes ch = { 0 };

	if (!lock_path(f->path))
		return false;
	lock_parse(&old, a, f->old_text);
	lock_parse(&new, a, f->new_text);
	lock_diff(&ch, a, &old, &new);
	vec_each (struct cargo_change, row, &ch.rows)
		if (row->subject >= SUBJECT_CRATE)
			return true;
	return false;
}

static void diff_locks(struct chooser *c, struct buf *out,
		       const struct file_change *f)
{
	struct lock old = { 0 }, new = { 0 };
	struct cargo_changes ch = { 0 };

	lock_parse(&old, c->arena, f->old_text);
	lock_parse(&new, c->arena, f->new_text);
	lock_diff(&ch, c->arena, &old, &new);
	write_rows(out, c->arena, f->path, &ch);
	write_bad(out, f->path, new.bad, new.bad_line);
}

/* Cargo runs a build.rs beside the manifest without being told to. */
static void note_script(struct chooser *c, struct buf *out,
			const struct file_change *f)
{
	const struct index_crate *crate =
		index_crate_at(&c->out->index, f->path);

	if (!crate || source_role(f->path) != ROLE_BUILD ||
	    !span_eq(folder_of(f->path), crate->folder))
		return;
	text_visible_line(out, f->path);
	buf_addf(out,
		 ": build script %s; Cargo runs it when the crate is "
		 "built\n",
		 f->status == FILE_ADDED     ? "added"
		 : f->status == FILE_DELETED ? "removed"
					     : "changed");
}

void list_dependencies(struct chooser *c)
{
	struct buf out = { 0 };

	if (c->in->range.all)
		return;
	vec_each (struct file_change, f, &c->in->change.files) {
		if (redact_path(f->path))
			continue;
		if (manifest_path(f->path))
			diff_manifests(c, &out, f);
		else if (lock_path(f->path))
			diff_locks(c, &out, f);
		else
			note_script(c, &out, f);
	}
	c->out->cargo = arena_span(c->arena, buf_span(&out));
	buf_release(&out);
}
