/*
 * The reviewed tree: its list of files, and the reading of those that are
 * likely to matter, the likeliest first.
 */
#include "agent/surround_parts.h"

#include <stdlib.h>
#include <string.h>

#include "agent/cover.h"
#include "base/arena.h"
#include "base/log.h"
#include "rust/skim.h"

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

static int by_text(const void *x, const void *y)
{
	return order(*(const struct span *)x, *(const struct span *)y);
}

/* Paths of both sides that the change speaks of: the tree's are not asked. */
void list_changed(struct chooser *c)
{
	vec_each (struct file_change, f, &task_whole(c->in)->change.files) {
		*vec_push(&c->changed, c->arena) = f->path;
		if (f->status == FILE_RENAMED)
			*vec_push(&c->changed, c->arena) = f->old_path;
	}
	qsort(c->changed.ptr, c->changed.len, sizeof(*c->changed.ptr), by_text);
}

bool path_changed(const struct chooser *c, struct span path)
{
	return bsearch(&path, c->changed.ptr, c->changed.len,
		       sizeof(*c->changed.ptr), by_text);
}

struct span folder_of(struct span path)
{
	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	if (path.len)
		path.len--;
	return path;
}

bool entry_regular(const struct tree_entry *e)
{
	return (e->mode & 0170000) == 0100000;
}

/* How near a file of the tree is to the change. */
enum nearness {
	NEAR_FOLDER, /* of a changed file */
	NEAR_MODULE, /* has the name of a module that the change names */
	NEAR_CRATE,  /* of a changed file */
	NEAR_NAMED,  /* in a crate that the change names */
	NEAR_TESTS,  /* of a changed file's crate */
	NEAR_TREE,
	NEAR_OTHER_TESTS,
	NEAR_VENDORED,
};

struct candidate {
	const struct tree_entry *entry;
	enum nearness near;
};

struct search {
	struct chooser *c;
	VEC(struct span) folders; /* of changed files, sorted */
	struct skim segments;	  /* of the paths that added lines use */
	bool *named;		  /* crates, by their rows */
	/* the last entry's folder, and what it gave */
	struct span folder;
	const struct index_crate *crate;
	bool own_folder;
	VEC(struct candidate) found;
	struct arena scratch;
};

static void note_segments(struct search *s, struct span path)
{
	struct span part;

	while (text_field(&path, ':', &part)) {
		struct chooser *c = s->c;

		if (!part.len)
			continue;
		skim_add(&s->segments, c->arena, part);
		for (size_t i = 0; i < c->crates.len; i++)
			if (span_eq(c->crates.ptr[i].name, part))
				s->named[i] = true;
	}
}

static void begin_search(struct search *s)
{
	struct chooser *c = s->c;

	s->named = arena_array(c->arena, c->crates.len + 1, sizeof(bool));
	vec_each (struct file_change, f, &c->in->change.files)
		*vec_push(&s->folders, c->arena) = folder_of(f->path);
	qsort(s->folders.ptr, s->folders.len, sizeof(*s->folders.ptr), by_text);
	for (size_t i = 0; i < c->in->code.files.len; i++)
		vec_each (struct reference, r, &c->refs[i].rows)
			note_segments(s, r->module);
}

/* The module's name: the file's, or its folder's for mod.rs. */
static struct span stem_of(struct span path)
{
	struct span folder = folder_of(path);
	struct span name = span_from(path, folder.len ? folder.len + 1 : 0);

	if (span_eqs(name, "mod.rs")) {
		struct span up = folder_of(folder);

		return span_from(folder, up.len ? up.len + 1 : 0);
	}
	return span_first(name, name.len - 3);
}

static bool vendored(struct span path)
{
	return cover_vendored(path) || span_starts(path, "target/");
}

static enum nearness nearness(struct search *s, struct span path)
{
	enum source_role role = source_role(path);
	bool test =
		role == ROLE_TEST || role == ROLE_BENCH || role == ROLE_EXAMPLE;
	struct span folder = folder_of(path);
	bool own, named;

	/* entries are sorted: many share a folder */
	if (!s->folder.ptr || !span_eq(folder, s->folder)) {
		s->folder = folder;
		s->crate = index_crate_at(&s->c->out->index, path);
		s->own_folder = bsearch(&folder, s->folders.ptr, s->folders.len,
					sizeof(*s->folders.ptr), by_text);
	}
	own = s->crate && s->c->crate_changed[s->crate - s->c->crates.ptr];
	named = s->crate && s->named[s->crate - s->c->crates.ptr];
	if (vendored(path))
		return NEAR_VENDORED;
	if (s->own_folder)
		return NEAR_FOLDER;
	if ((own || named) && !test &&
	    skim_find(&s->segments, stem_of(path)) != SKIM_NONE)
		return NEAR_MODULE;
	if (own)
		return test ? NEAR_TESTS : NEAR_CRATE;
	if (test)
		return NEAR_OTHER_TESTS;
	return named ? NEAR_NAMED : NEAR_TREE;
}

static int by_nearness(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->near != b->near)
		return a->near < b->near ? -1 : 1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

static void add_text(void *ctx, size_t i, struct span text)
{
	struct search *s = ctx;

	if (text.len && span_chr(span_first(text, 8000), '\0') < 0)
		index_add(&s->c->out->index, &s->scratch,
			  s->found.ptr[i].entry->path, text);
}

static void add_own_files(struct search *s)
{
	vec_each (struct code_file, f, &task_whole(s->c->in)->code.files)
		if (f->now)
			index_add_source(&s->c->out->index, &s->scratch,
					 f->now);
}

void read_tree_files(struct chooser *c, struct repo *r)
{
	struct search s = { .c = c };
	struct error err = { 0 };
	char(*ids)[41];

	begin_search(&s);
	add_own_files(&s);
	vec_each (struct tree_entry, e, &c->in->code.side.tree.entries) {
		if (!span_ends(e->path, ".rs") || !entry_regular(e))
			continue;
		c->out->tree_files++;
		if (!path_changed(c, e->path))
			*vec_push(&s.found, c->arena) =
				(struct candidate){ e, nearness(&s, e->path) };
	}
	if (!s.found.len)
		goto out;
	qsort(s.found.ptr, s.found.len, sizeof(*s.found.ptr), by_nearness);
	ids = arena_array(c->arena, s.found.len, sizeof(*ids));
	for (size_t i = 0; i < s.found.len; i++)
		memcpy(ids[i], s.found.ptr[i].entry->id, sizeof(*ids));
	if (c->out->index.skim.words.len &&
	    repo_each_blob(add_text, &s, NULL, r, (const char(*)[41])ids,
			   s.found.len, SURROUND_READ, &err)) {
		log_info("the tree is not read: %s", err.msg);
		c->out->unread = arena_strdup(c->arena, err.msg);
	}
out:
	arena_release(&s.scratch);
}
