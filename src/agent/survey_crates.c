/* Manifests, and which crate and module a file is. */
#include <stdlib.h>
#include <string.h>

#include "agent/redact.h"
#include "agent/survey_parts.h"
#include "base/arena.h"

#define MANIFEST_BYTES (4u << 20) /* of all together */

struct manifests {
	const struct tree_entry *entry[SURVEY_CRATES];
	char id[SURVEY_CRATES][41];
	size_t n;
};

static bool regular(const struct tree_entry *e)
{
	return (e->mode & 0170000) == 0100000;
}

static bool manifest_path(struct span path)
{
	return text_glob(SPAN("Cargo.toml"), path);
}

static struct span folder_of(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return span_first(path, n ? n - 1 : 0);
}

static bool below(struct span path, struct span folder)
{
	return !folder.len ||
	       (path.len > folder.len && path.ptr[folder.len] == '/' &&
		!memcmp(path.ptr, folder.ptr, folder.len));
}

static size_t depth(struct span path)
{
	size_t n = 0;

	for (size_t i = 0; i < path.len; i++)
		n += path.ptr[i] == '/';
	return n;
}

/* The ones nearest to the top when there are too many. */
static void list_manifests(struct manifests *m, const struct tree_list *tree)
{
	for (size_t level = 0; level < 16 && m->n < SURVEY_CRATES; level++)
		vec_each (struct tree_entry, e, &tree->entries) {
			if (m->n == SURVEY_CRATES)
				break;
			if (!manifest_path(e->path) || !regular(e) ||
			    depth(e->path) != level || redact_path(e->path))
				continue;
			memcpy(m->id[m->n], e->id, sizeof(e->id));
			m->entry[m->n++] = e;
		}
}

static int by_folder(const void *x, const void *y)
{
	const struct survey_crate *a = x, *b = y;
	size_t n =
		a->folder.len < b->folder.len ? a->folder.len : b->folder.len;
	int c = n ? memcmp(a->folder.ptr, b->folder.ptr, n) : 0;

	return c ? c
		 : (a->folder.len > b->folder.len) -
			       (a->folder.len < b->folder.len);
}

/* The workspace that a folder's manifest takes from, or NULL. */
static const struct manifest *workspace_of(const struct survey *s,
					   struct span folder)
{
	const struct survey_crate *best = NULL;

	vec_each (struct survey_crate, c, &s->crates)
		if (c->manifest->workspace &&
		    (span_eq(c->folder, folder) || below(folder, c->folder)) &&
		    (!best || c->folder.len > best->folder.len))
			best = c;
	return best ? best->manifest : NULL;
}

static void inherit(struct surveyor *v)
{
	vec_each (struct survey_crate, c, &v->out->crates) {
		const struct manifest *root = workspace_of(v->out, c->folder);

		if (root && c->manifest->package)
			manifest_inherit((struct manifest *)c->manifest,
					 v->arena, root);
		c->name = manifest_value(c->manifest, FACT_NAME);
	}
}

int survey_crates(struct surveyor *v, struct error *err)
{
	struct manifests *m = arena_new(v->arena, struct manifests);
	struct span *texts;

	list_manifests(m, v->tree);
	texts = arena_array(v->arena, m->n, sizeof(*texts));
	if (m->n &&
	    repo_blobs(texts, v->arena, v->repo, (const char(*)[41])m->id, m->n,
		       MANIFEST_BYTES, err))
		return -1;
	for (size_t i = 0; i < m->n; i++) {
		struct manifest *parsed = arena_new(v->arena, struct manifest);
		struct survey_crate *c;

		if (!texts[i].ptr)
			continue;
		manifest_parse(parsed, v->arena, texts[i]);
		c = vec_push(&v->out->crates, v->arena);
		c->path = m->entry[i]->path;
		c->folder = folder_of(c->path);
		c->manifest = parsed;
	}
	if (v->out->crates.len)
		qsort(v->out->crates.ptr, v->out->crates.len,
		      sizeof(*v->out->crates.ptr), by_folder);
	inherit(v);
	return 0;
}

uint32_t survey_crate_of(const struct survey *s, struct span path)
{
	uint32_t best = SURVEY_NONE;

	for (uint32_t i = 0; i < s->crates.len; i++) {
		const struct survey_crate *c = &s->crates.ptr[i];

		if (c->manifest->package && below(path, c->folder) &&
		    (best == SURVEY_NONE ||
		     c->folder.len > s->crates.ptr[best].folder.len))
			best = i;
	}
	return best;
}

/* Without a last part that Cargo and rustc give no module of its own. */
static struct span drop_root(struct span path)
{
	static const char *const ends[] = { "lib", "main", "mod" };

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (!span_ends(path, ends[i]) ||
		    (path.len > n && path.ptr[path.len - n - 1] != '/'))
			continue;
		return span_first(path, path.len > n ? path.len - n - 1 : 0);
	}
	return path;
}

struct span survey_module(struct surveyor *v, uint32_t crate, struct span path)
{
	struct span part, folder = { 0 };
	char *p = arena_alloc(v->arena, 2 * path.len + 1);
	size_t n = 0;

	if (crate != SURVEY_NONE)
		folder = v->out->crates.ptr[crate].folder;
	if (folder.len)
		path = span_from(path, folder.len + 1);
	if (span_starts(path, "src/"))
		path = span_from(path, 4);
	if (span_ends(path, ".rs"))
		path.len -= 3;
	path = drop_root(path);
	while (text_field(&path, '/', &part)) {
		if (n) {
			memcpy(p + n, "::", 2);
			n += 2;
		}
		memcpy(p + n, part.ptr, part.len);
		n += part.len;
	}
	return (struct span){ p, n };
}
