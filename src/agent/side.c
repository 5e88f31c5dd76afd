#include "agent/side.h"

#include "agent/redact.h"
#include "base/buf.h"

#define MAX_TREE 100000
/* Modules that nest deeper are none. */
#define MODULES_MAX 32

static const char *tree_of(const struct rev_range *range)
{
	return range->new_side == SIDE_TREE ? range->new_tree : NULL;
}

void side_open(struct side *s, struct arena *a, struct repo *r,
	       const struct rev_range *range, const struct change *change)
{
	struct error err = { 0 };

	*s = (struct side){ .arena = a, .repo = r, .change = change };
	for (size_t i = 0; i < change->files.len; i++)
		path_index_add(&s->changed, a, change->files.ptr[i].path, i);
	/* without a tree the change's own files are all there is */
	if (!r || repo_tree(&s->tree, a, r, tree_of(range), MAX_TREE, &err))
		s->tree = (struct tree_list){ 0 };
}

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

const struct tree_entry *side_entry(const struct side *s, struct span path)
{
	size_t from = 0, to = s->tree.entries.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int c = order(s->tree.entries.ptr[mid].path, path);

		if (!c)
			return &s->tree.entries.ptr[mid];
		if (c < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

static struct side_file *find(struct side *s, struct span path)
{
	size_t row = path_index_find(&s->by_path, path);

	return row == PATH_NONE ? NULL : &s->files.ptr[row];
}

static struct side_file *add(struct side *s, struct span path, struct span text)
{
	struct side_file *f = vec_push(&s->files, s->arena);

	f->path = arena_span(s->arena, path);
	f->text = text;
	path_index_add(&s->by_path, s->arena, f->path, s->files.len - 1);
	return f;
}

/* The change's row of the path, or NULL. */
static const struct file_change *row_of(const struct side *s, struct span path)
{
	size_t row = path_index_find(&s->changed, path);

	return row == PATH_NONE ? NULL : &s->change->files.ptr[row];
}

/* What the change makes of the path; false when it has no part in it. */
static bool changed(const struct side *s, struct span path, struct span *text)
{
	const struct file_change *f = row_of(s, path);

	if (!f)
		return false;
	*text = f->status == FILE_DELETED ? (struct span){ 0 } : f->new_text;
	return !text->len || text->ptr;
}

static struct side_file *fetch(struct side *s, struct span path)
{
	struct side_file *f = find(s, path);
	const struct tree_entry *e;
	struct error err = { 0 };
	struct span text = { 0 };

	if (f)
		return f;
	if (!redact_path(path) && !changed(s, path, &text)) {
		e = side_entry(s, path);
		if (e && repo_blob(&text, s->arena, s->repo, e->id, &err))
			text = (struct span){ 0 };
	}
	return add(s, path, text);
}

struct span side_text(struct side *s, struct span path)
{
	return fetch(s, path)->text;
}

const struct source *side_source(struct side *s, struct span path)
{
	struct side_file *f = fetch(s, path);
	struct source *source;

	if (f->source || !f->text.ptr || s->sources >= SIDE_SOURCES_MAX)
		return f->source;
	s->sources++;
	source = arena_new(s->arena, struct source);
	source_read(source, s->arena, f->path, f->text);
	f->source = source;
	return source;
}

void side_know(struct side *s, const struct source *source)
{
	struct side_file *f = find(s, source->path);

	if (!f)
		f = add(s, source->path, source->lx.src);
	f->source = source;
}

static struct span last_part(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return span_from(path, n);
}

/* "a/b" of "a/b/c", "" of "a". */
static struct span folder(struct span path)
{
	size_t n = path.len - last_part(path).len;

	return span_first(path, n ? n - 1 : 0);
}

static const struct source *in_folder(struct side *s, struct span dir,
				      const char *name)
{
	const char *path =
		arena_printf(s->arena, "%.*s%s%s", SPAN_ARG(dir),
			     dir.len && *name != '.' ? "/" : "", name);

	return side_entry(s, span_of(path)) || row_of(s, span_of(path))
		       ? side_source(s, span_of(path))
		       : NULL;
}

/* The file that may declare the modules of a folder. */
static const struct source *declares(struct side *s, struct span dir)
{
	static const char *const names[] = { ".rs", "mod.rs", "lib.rs",
					     "main.rs" };
	const struct source *found = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !found; i++)
		if (dir.len || *names[i] != '.')
			found = in_folder(s, dir, names[i]);
	return found;
}

/* The declaration `mod name;`, or NULL. */
static const struct outline_file_mod *declaration(const struct source *parent,
						  struct span name)
{
	const struct outline *o = &parent->outline;

	for (uint32_t i = 0; i < o->file_mods; i++)
		if (span_eq(o->item[o->file_mod[i].item].name, name))
			return &o->file_mod[i];
	return NULL;
}

bool side_test(struct side *s, struct span path)
{
	for (unsigned depth = 0; depth < MODULES_MAX; depth++) {
		struct span dir = folder(path), name = last_part(path);
		const struct outline_file_mod *mod;
		const struct source *parent;

		if (!span_ends(name, ".rs") || span_eqs(name, "lib.rs") ||
		    span_eqs(name, "main.rs"))
			return false;
		if (span_eqs(name, "mod.rs")) {
			name = last_part(dir);
			dir = folder(dir);
		} else {
			name.len -= 3;
		}
		parent = declares(s, dir);
		mod = parent ? declaration(parent, name) : NULL;
		if (!mod)
			return false;
		if (mod->test || parent->outline.test)
			return true;
		path = parent->path;
	}
	return false;
}
