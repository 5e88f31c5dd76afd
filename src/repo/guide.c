#include "repo/guide_source.h"

#include <stdlib.h>
#include <string.h>

/* Rows of the list, so that a thousand imports stay a list one can read. */
#define MAX_GUIDES 500
#define MAX_FOLDERS 20000

struct collector {
	struct guide_source src;
	struct guide_list *out;
	const struct guide_rules *rules;
};

/* The files being imported, from the chain member down. */
struct importer {
	const struct importer *up;
	struct span path, folder, dir;
	unsigned depth;
};

static struct span dir_of(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return span_first(path, n ? n - 1 : 0);
}

static const struct guide *find_used(const struct guide_list *l,
				     struct span path)
{
	vec_each (const struct guide, g, &l->guides)
		if (g->status == GUIDE_USED && span_eq(g->path, path))
			return g;
	return NULL;
}

static struct guide *add_row(struct collector *c, const struct importer *by,
			     struct span path, enum guide_status status)
{
	struct arena *a = &c->src.s->arena;
	struct guide *g = vec_push(&c->out->guides, a);

	g->path = arena_span(a, path);
	g->status = status;
	if (by) {
		g->imported_by = by->path;
		g->folder = by->folder;
	}
	return g;
}

static void import_all(struct collector *c, const struct importer *by,
		       struct span text);

/* Make a row of what was found; a used one goes on to its imports. */
static void add_found(struct collector *c, const struct importer *by,
		      struct span path, struct span folder, enum found found,
		      struct span text, const git_oid *id)
{
	static const enum guide_status statuses[] = {
		[FOUND_FILE] = GUIDE_USED,
		[FOUND_NOTHING] = GUIDE_MISSING,
		[FOUND_REFUSED] = GUIDE_REFUSED,
		[FOUND_TOO_LARGE] = GUIDE_TOO_LARGE,
		[FOUND_CREDENTIAL] = GUIDE_CREDENTIAL,
	};
	struct importer self = { .up = by,
				 .folder = folder,
				 .dir = dir_of(path),
				 .depth = by ? by->depth + 1 : 0 };
	enum guide_status status = statuses[found];
	struct guide *g;

	if (found == FOUND_FILE && text.len && memchr(text.ptr, 0, text.len))
		status = GUIDE_BINARY;
	if (status == GUIDE_USED)
		text = guide_strip(&c->src.s->arena, text);
	if (status == GUIDE_USED &&
	    (int64_t)(c->out->bytes + text.len) > c->rules->max_bytes)
		status = GUIDE_TOO_LARGE;
	g = add_row(c, by, path, status);
	g->folder = folder;
	if (status != GUIDE_USED)
		return;
	g->text = text;
	hex_of(&g->id, id);
	c->out->bytes += text.len;
	self.path = g->path;
	if (c->rules->import_depth)
		import_all(c, &self, text);
}

static bool imports_itself(const struct importer *by, struct span path)
{
	for (; by; by = by->up)
		if (span_eq(by->path, path))
			return true;
	return false;
}

/* "see @docs/style.md." means docs/style.md, "@alice" means nobody's file. */
static enum found read_import(struct collector *c, const struct importer *by,
			      struct span *written, struct span *path,
			      struct span *text, git_oid *id)
{
	enum found found = FOUND_NOTHING;
	struct span w = *written;
	ptrdiff_t hash = span_chr(w, '#');

	if (hash > 0)
		w = span_first(w, (size_t)hash);
	do {
		if (!guide_path(&c->src.s->arena, path, by->dir, w))
			return FOUND_REFUSED;
		if (imports_itself(by, *path))
			return FOUND_FILE;
		found = guide_read(&c->src, *path, text, id);
		if (found != FOUND_NOTHING || !w.len ||
		    !strchr(".,;:!?)]}'\"*_", w.ptr[w.len - 1]))
			break;
		w.len--;
		*written = w;
	} while (w.len);
	return found;
}

static void import_one(struct collector *c, const struct importer *by,
		       struct span written)
{
	bool like_path =
		span_chr(written, '/') >= 0 || span_chr(written, '.') >= 0;
	struct span path = { 0 }, text = { 0 };
	git_oid id;
	enum found found;

	if (by->depth >= c->rules->import_depth) {
		if (like_path)
			add_row(c, by, written, GUIDE_TOO_DEEP);
		return;
	}
	found = read_import(c, by, &written, &path, &text, &id);
	if (found == FOUND_REFUSED) {
		if (like_path)
			add_row(c, by, written, GUIDE_REFUSED);
		return;
	}
	if (found == FOUND_NOTHING && !like_path)
		return;
	if (imports_itself(by, path)) {
		add_row(c, by, path, GUIDE_CYCLE);
		return;
	}
	if (!find_used(c->out, path))
		add_found(c, by, path, by->folder, found, text, &id);
}

static void import_all(struct collector *c, const struct importer *by,
		       struct span text)
{
	struct import_list list = { 0 };

	guide_imports(&list, &c->src.s->arena, text);
	vec_each (const struct span, path, &list.paths)
		if (c->out->guides.len < MAX_GUIDES)
			import_one(c, by, *path);
}

/* A guide of the chain, if it is there. */
static bool add_chain(struct collector *c, struct span folder, const char *name)
{
	struct arena *a = &c->src.s->arena;
	struct span path, text = { 0 };
	git_oid id;
	enum found found;

	if (!guide_path(a, &path, folder, span_of(name)))
		return false;
	if (find_used(c->out, path))
		return true;
	found = guide_read(&c->src, path, &text, &id);
	/* a folder inside a submodule is refused too: it has no guide */
	if (found == FOUND_NOTHING || (found == FOUND_REFUSED && !text.len))
		return false;
	add_found(c, NULL, path, folder, found, text, &id);
	return true;
}

static int by_bytes(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = n ? memcmp(x->ptr, y->ptr, n) : 0;

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* Each folder above a path once, parents first; the root is not among them. */
static size_t list_folders(struct collector *c, struct span **out,
			   const struct span *paths, size_t n)
{
	VEC(struct span) all = { 0 };
	size_t kept = 0;

	for (size_t i = 0; i < n && all.len < MAX_FOLDERS; i++) {
		struct span dir = dir_of(paths[i]);

		/* neighbours mostly share their folder */
		if (i && span_eq(dir, dir_of(paths[i - 1])))
			continue;
		for (; dir.len; dir = dir_of(dir))
			*vec_push(&all, &c->src.s->arena) = dir;
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof(*all.ptr), by_bytes);
	for (size_t i = 0; i < all.len; i++)
		if (!kept || !span_eq(all.ptr[kept - 1], all.ptr[i]))
			all.ptr[kept++] = all.ptr[i];
	*out = all.ptr;
	return kept;
}

static void name_source(struct collector *c, const char *what)
{
	struct arena *a = &c->src.s->arena;
	char id[41];

	if (!c->src.tree) {
		c->out->source = span_of(arena_strdup(a, what));
		return;
	}
	hex_of(&id, git_tree_id(c->src.tree));
	c->out->source = span_of(arena_printf(a, "%s %.12s", what, id));
}

static int open_source(struct collector *c, const struct rev_range *r,
		       struct error *err)
{
	struct store *s = c->src.s;
	const char *tree = NULL;

	if (c->rules->from == GUIDES_WORKTREE) {
		if (!git_repository_workdir(s->git))
			return error_set(err, ERR_REPO,
					 "a bare repository has no work tree "
					 "to read guides from");
		c->src.worktree = true;
		name_source(c, "work tree");
		return 0;
	}
	if (r && c->rules->from == GUIDES_BASE)
		tree = r->all ? r->new_tree : rev_trusted(r);
	else if (r && r->new_side == SIDE_TREE && !r->all)
		tree = r->new_tree;
	if (tree ? tree_by_id(s, &c->src.tree, tree, err)
		 : resolve_tree(s, &c->src.tree, NULL, err))
		return -1;
	if (!c->src.tree)
		name_source(c, "empty tree");
	else if (r && r->new_side == SIDE_PATCH)
		name_source(c, "HEAD tree");
	else if (r && c->rules->from == GUIDES_BASE)
		name_source(c, r->all ? "reviewed tree" : "base tree");
	else
		name_source(c, "HEAD tree");
	return 0;
}

int guides_collect(struct store *s, struct guide_list *out,
		   const struct rev_range *range, const struct span *paths,
		   size_t n, const struct guide_rules *rules, struct error *err)
{
	struct collector c = { .src.s = s, .out = out, .rules = rules };
	struct span root = { 0 }, *folders;
	size_t count;
	bool any;

	if (open_source(&c, range, err))
		return -1;
	any = add_chain(&c, root, "CLAUDE.md");
	any = add_chain(&c, root, ".claude/CLAUDE.md") || any;
	if (!any)
		add_chain(&c, root, "AGENTS.md");
	count = list_folders(&c, &folders, paths, n);
	for (size_t i = 0; i < count && out->guides.len < MAX_GUIDES; i++)
		if (!add_chain(&c, folders[i], "CLAUDE.md"))
			add_chain(&c, folders[i], "AGENTS.md");
	git_tree_free(c.src.tree);
	return 0;
}
