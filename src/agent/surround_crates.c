/*
 * The crates of the reviewed tree: their manifests, the workspace, what is
 * known of those that the change touches.
 */
#include "agent/surround_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "rust/cargo.h"

#define MANIFESTS_MAX 512u
#define MANIFEST_BYTES (2u << 20)

bool manifest_path(struct span path)
{
	struct span folder = folder_of(path);

	return span_eqs(span_from(path, folder.len ? folder.len + 1 : 0),
			"Cargo.toml");
}

/* Those of the change as it leaves them, the others as the tree has them. */
static void read_manifests(struct chooser *c, struct repo *r,
			   struct manifests *m)
{
	struct error err = { 0 };
	char(*ids)[41];
	size_t n = 0, own;

	vec_each (struct file_change, f, &task_whole(c->in)->change.files)
		if (manifest_path(f->path) && f->new_text.len) {
			*vec_push(&m->paths, c->arena) = f->path;
			*vec_push(&m->texts, c->arena) = f->new_text;
		}
	own = m->paths.len;
	ids = arena_array(c->arena, MANIFESTS_MAX, sizeof(*ids));
	vec_each (struct tree_entry, e, &c->in->code.side.tree.entries)
		if (n < MANIFESTS_MAX && manifest_path(e->path) &&
		    entry_regular(e) && !path_changed(c, e->path)) {
			memcpy(ids[n++], e->id, sizeof(*ids));
			*vec_push(&m->paths, c->arena) = e->path;
			vec_push(&m->texts, c->arena);
		}
	if (n && repo_blobs(m->texts.ptr + own, c->arena, r,
			    (const char(*)[41])ids, n, MANIFEST_BYTES, &err))
		log_info("reading the manifests: %s", err.msg);
}

static struct span crate_name(struct arena *a, struct span name)
{
	char *p = arena_cstr(a, name);

	for (size_t i = 0; i < name.len; i++)
		if (p[i] == '-')
			p[i] = '_';
	return (struct span){ p, name.len };
}

/* The manifest of the workspace around a path, the nearest one; or none. */
size_t workspace_of(const struct manifests *m, struct span path)
{
	size_t best = m->parsed.len;

	for (size_t i = 0; i < m->parsed.len; i++)
		if (m->parsed.ptr[i].workspace &&
		    path_below(path, folder_of(m->paths.ptr[i])) &&
		    (best == m->parsed.len ||
		     m->paths.ptr[i].len > m->paths.ptr[best].len))
			best = i;
	return best;
}

static size_t count_members(const struct manifests *m, size_t root)
{
	struct span at = folder_of(m->paths.ptr[root]);
	size_t n = 0;

	for (size_t i = 0; i < m->paths.len; i++) {
		struct span folder = folder_of(m->paths.ptr[i]);

		if (!m->parsed.ptr[i].package ||
		    !path_below(m->paths.ptr[i], at))
			continue;
		n += i == root ||
		     manifest_member(
			     &m->parsed.ptr[root],
			     span_from(folder, at.len ? at.len + 1 : 0));
	}
	return n;
}

/* What is known of a crate that the change touches. */
static void note_crate(struct chooser *c, struct manifests *m, size_t i)
{
	struct surround *s = c->out;
	struct manifest *own = &m->parsed.ptr[i];
	size_t root = workspace_of(m, m->paths.ptr[i]);
	struct surround_crate *row = vec_push(&s->crates, c->arena);

	row->member = root < m->parsed.len;
	if (row->member && root != i)
		manifest_inherit(own, c->arena, &m->parsed.ptr[root]);
	row->manifest = own;
	row->folder = folder_of(m->paths.ptr[i]);
	row->name = manifest_value(own, FACT_NAME);
	row->edition = manifest_value(own, FACT_EDITION);
	row->msrv = manifest_value(own, FACT_RUST_VERSION);
	if (!row->member || s->workspace.ptr)
		return;
	s->workspace = folder_of(m->paths.ptr[root]);
	s->members = count_members(m, root);
}

static void mark_changed(struct chooser *c)
{
	c->crate_changed = arena_alloc(c->arena, c->crates.len);
	vec_each (struct file_change, f, &c->in->change.files) {
		const struct index_crate *at =
			index_crate_at(&c->out->index, f->path);

		if (at)
			c->crate_changed[at - c->crates.ptr] = true;
	}
}

void read_crates(struct chooser *c, struct repo *r)
{
	struct manifests *m = &c->manifests;

	read_manifests(c, r, m);
	for (size_t i = 0; i < m->paths.len; i++) {
		struct manifest *one = vec_push(&m->parsed, c->arena);
		struct index_crate *row;

		manifest_parse(one, c->arena, m->texts.ptr[i]);
		if (!one->package)
			continue;
		row = vec_push(&c->crates, c->arena);
		row->folder = folder_of(m->paths.ptr[i]);
		row->name =
			crate_name(c->arena, manifest_value(one, FACT_NAME));
	}
	index_init(&c->out->index, c->arena, c->crates.ptr, c->crates.len);
	mark_changed(c);
	for (size_t i = 0, k = 0; i < m->paths.len; i++)
		if (m->parsed.ptr[i].package && c->crate_changed[k++])
			note_crate(c, m, i);
}
