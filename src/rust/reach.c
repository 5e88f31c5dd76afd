/*
 * The walk goes from the library's root to the file. What each module on the
 * way shows by `pub use` is kept as paths from the root, with "*" for all; what
 * of them lies below the next module is what others can name of it.
 */
#include "rust/reach.h"

#include "base/buf.h"
#include "rust/internal.h"
#include "rust/toml.h"

/* Paths kept; more are not needed to tell anything. */
#define SHOWN_MAX 4096
/* What is pub and yet not meant for others. */
#define UNSEEN (ITEM_HIDDEN | ITEM_IN_TEST)

struct walk {
	const struct reach_tree *tree;
	struct arena *arena;
	const struct source *source; /* of the module, or the one it is in */
	uint32_t item;		     /* the inline mod, or OUTLINE_NONE */
	struct span module;	     /* its path from the root: "a::b" */
	bool whole;		     /* others can name the module itself */
	VEC(struct span) shown;	     /* paths from the root */
};

static struct span folder(struct span path)
{
	while (path.len && path.ptr[path.len - 1] != '/')
		path.len--;
	return path;
}

static struct span format(struct arena *a, struct span x, const char *sep,
			  struct span y)
{
	return span_of(arena_printf(a, "%.*s%s%.*s", SPAN_ARG(x),
				    x.len && y.len ? sep : "", SPAN_ARG(y)));
}

/* What is below `module` of a path, or {NULL, 0}. */
static struct span below(struct span path, struct span module)
{
	struct span none = { 0 };

	if (!module.len)
		return path;
	if (path.len < module.len + 3 ||
	    !span_eq(span_first(path, module.len), module))
		return none;
	path = span_from(path, module.len);
	return span_starts(path, "::") ? span_from(path, 2) : none;
}

static struct span last_segment(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != ':')
		n--;
	return span_from(path, n);
}

static struct span without_last(struct span path)
{
	size_t n = path.len - last_segment(path).len;

	return span_first(path, n > 2 ? n - 2 : 0);
}

/* A path in a `use` of a module, from the root; others' crates stay in. */
static struct span from_root(struct arena *a, struct span path,
			     struct span module)
{
	static const struct span root = { 0 };
	struct span base = module, rest;
	ptrdiff_t at;

	for (;;) {
		at = span_find(path, SPAN("::"));
		rest = at < 0 ? root : span_from(path, (size_t)at + 2);
		if (at >= 0)
			path.len = (size_t)at;
		if (span_eqs(path, "crate"))
			base = root;
		else if (span_eqs(path, "super"))
			base = without_last(base);
		else if (!span_eqs(path, "self"))
			break;
		path = rest;
	}
	if (rest.len)
		path.len = (size_t)(rest.ptr + rest.len - path.ptr);
	return format(a, base, "::", path);
}

/* Do the inline modules around a `use` let others see it? Adds to *module. */
static bool open_modules(struct walk *w, uint32_t item, struct span *module)
{
	const struct outline *o = &w->source->outline;
	struct span inner = { 0 };

	for (item = o->item[item].parent; item != w->item && item != TREE_NONE;
	     item = o->item[item].parent) {
		const struct item *it = &o->item[item];

		if (it->kind == ITEM_CALL)
			continue;
		if (it->kind != ITEM_MOD || it->vis != VIS_PUB || !w->whole ||
		    it->flags & UNSEEN)
			return false;
		inner = format(w->arena, it->name, "::", inner);
	}
	*module = format(w->arena, *module, "::", inner);
	return true;
}

static void show(struct walk *w, struct span path)
{
	if (w->shown.len < SHOWN_MAX)
		*vec_push(&w->shown, w->arena) = path;
}

/* Is this name of the module shown, on its own? "*": are all? */
static bool shown_name(const struct walk *w, struct span name)
{
	vec_each (const struct span, s, &w->shown) {
		struct span rest = below(*s, w->module);

		if (rest.len && span_eq(rest, name))
			return true;
	}
	return false;
}

/* Can others name what is pub in the module? */
static bool open_to(const struct walk *w, struct span name)
{
	return w->whole || shown_name(w, SPAN("*")) || shown_name(w, name);
}

/* A glob in a module of which only some names are shown: any may be its. */
static void show_glob(struct walk *w, struct span path)
{
	size_t n = w->shown.len;

	if (open_to(w, SPAN("*"))) {
		show(w, format(w->arena, path, "::", SPAN("*")));
		return;
	}
	for (size_t i = 0; i < n; i++) {
		struct span rest = below(w->shown.ptr[i], w->module);

		if (rest.len)
			show(w, format(w->arena, path, "::", rest));
	}
}

/* Take in what the module's `pub use` items show. */
static void read_uses(struct walk *w)
{
	const struct source *s = w->source;

	for (size_t i = 0; i < s->imports.len; i++) {
		const struct import *row = &s->imports.row[i];
		const struct item *it = &s->outline.item[row->item];
		struct span module = w->module, path;

		if (it->vis != VIS_PUB || it->flags & (ITEM_LOCAL | UNSEEN) ||
		    !open_modules(w, row->item, &module))
			continue;
		path = from_root(w->arena, row->path, module);
		if (span_eqs(row->name, "*"))
			show_glob(w, path);
		else if (open_to(w, row->name))
			show(w, path);
	}
}

/* The `mod` of a name in the module, or OUTLINE_NONE. */
static uint32_t find_mod(const struct walk *w, struct span name)
{
	const struct outline *o = &w->source->outline;

	for (uint32_t i = 0; i < o->count; i++) {
		uint32_t up = o->item[i].parent;

		if (o->item[i].kind != ITEM_MOD ||
		    !span_eq(o->item[i].name, name))
			continue;
		while (up != OUTLINE_NONE && o->item[up].kind == ITEM_CALL)
			up = o->item[up].parent;
		if (up == w->item)
			return i;
	}
	return OUTLINE_NONE;
}

static const struct source *module_file(const struct walk *w, struct span dir,
					struct span module)
{
	struct buf b = { 0 };
	const struct source *s;
	size_t n;

	buf_addsp(&b, dir);
	for (size_t i = 0; i < module.len; i++)
		if (module.ptr[i] != ':')
			buf_addc(&b, module.ptr[i]);
		else if (module.ptr[i - 1] != ':')
			buf_addc(&b, '/');
	n = b.len;
	buf_adds(&b, ".rs");
	s = w->tree->source(w->tree->ctx, arena_span(w->arena, buf_span(&b)));
	if (!s) {
		b.len = n;
		buf_adds(&b, "/mod.rs");
		s = w->tree->source(w->tree->ctx,
				    arena_span(w->arena, buf_span(&b)));
	}
	buf_release(&b);
	return s;
}

/* One step down; false when no `mod` of that name is to be seen. */
static bool enter(struct walk *w, struct span dir, struct span name, bool last)
{
	uint32_t i = find_mod(w, name);
	const struct item *it;

	if (i == OUTLINE_NONE)
		return false;
	it = &w->source->outline.item[i];
	w->whole = !(it->flags & UNSEEN) &&
		   ((it->vis == VIS_PUB && open_to(w, name)) ||
		    shown_name(w, name));
	w->module = format(w->arena, w->module, "::", name);
	w->item = i;
	if (last || it->open != OUTLINE_NONE)
		return true;
	w->source = module_file(w, dir, w->module);
	w->item = OUTLINE_NONE;
	return w->source != NULL;
}

/* `pub mod prelude;` of the root: where crates show what they hold inside. */
static void read_prelude(struct walk *w, struct span dir)
{
	uint32_t i = find_mod(w, SPAN("prelude"));
	struct walk p = *w;

	if (i == OUTLINE_NONE || w->source->outline.item[i].vis != VIS_PUB ||
	    w->source->outline.item[i].open != OUTLINE_NONE)
		return;
	p.module = SPAN("prelude");
	p.source = module_file(&p, dir, p.module);
	p.item = OUTLINE_NONE;
	if (p.source)
		read_uses(&p);
	w->shown.ptr = p.shown.ptr;
	w->shown.len = p.shown.len;
	w->shown.cap = p.shown.cap;
}

/* rest: the file's path below the root's folder, without its ".rs". */
static void walk_down(struct reach *out, struct walk *w, struct span dir,
		      struct span rest)
{
	struct span name;

	w->item = OUTLINE_NONE;
	w->whole = true;
	read_uses(w);
	read_prelude(w, dir);
	while (text_field(&rest, '/', &name)) {
		if (!enter(w, dir, name, !rest.len))
			return;
		if (rest.len)
			read_uses(w);
	}
	out->module = w->whole ? REACH_PUBLIC : REACH_PRIVATE;
	vec_each (const struct span, s, &w->shown) {
		struct span path = below(*s, w->module);

		if (!w->whole && path.len)
			*vec_push(&out->names, w->arena) = path;
	}
}

/* A value of the package, or of the workspace's root when it says so. */
static const struct toml *find_value(const struct reach_tree *tree,
				     struct arena *a, struct span dir,
				     const struct toml *root, const char *name)
{
	const char *own = arena_printf(a, "package.%s", name);
	const struct toml *v = find_toml(root, own);
	struct toml_file f = { .root = NULL };

	if (!has_toml_flag(v, "workspace", true))
		return v;
	while (!find_toml(root, "workspace") && dir.len) {
		dir = folder(span_first(dir, dir.len - 1));
		parse_toml(
			&f, a,
			tree->manifest(tree->ctx,
				       format(a, dir, "", SPAN("Cargo.toml"))));
		root = f.root;
	}
	return find_toml(root, arena_printf(a, "workspace.package.%s", name));
}

/* Does the package say of itself what only a registry's readers ask? What it
 * takes from the workspace is said of the whole. */
static bool shown_to_others(const struct toml *root)
{
	static const char *const fields[] = { "package.keywords",
					      "package.categories",
					      "package.documentation" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		const struct toml *v = find_toml(root, fields[i]);

		if (v && (v->type == TOML_ARRAY ? v->child != NULL
						: v->type == TOML_STRING))
			return true;
	}
	return false;
}

/* lib: its root file. */
static bool made_for_others(const struct reach_tree *tree, struct arena *a,
			    struct span dir, const struct toml *root,
			    const struct source *lib, struct span version)
{
	const struct toml *publish = find_value(tree, a, dir, root, "publish");

	if (publish && publish->type == TOML_ARRAY)
		return publish->child != NULL;
	if (publish && publish->type == TOML_BOOL &&
	    span_eqs(publish->text, "false"))
		return false;
	/* what such a repository publishes is the program, and its parts only
	 * since crates.io wants them there for that */
	if (tree->manifest(tree->ctx, SPAN("src/main.rs")).ptr)
		return false;
	/* nor is a version promised that is still to come, "1.0.0-beta.1" */
	return find_toml(root, "package.description") && version.len &&
	       span_chr(version, '-') < 0 && !span_eqs(version, "0.0.0") &&
	       (publish || shown_to_others(root)) &&
	       !internal_text(find_toml_text(root, "package.description")) &&
	       !internal_docs(lib->lx.src);
}

static void read_promises(struct reach *out, const struct reach_tree *tree,
			  struct arena *a, struct span dir,
			  const struct toml *root, const struct source *lib)
{
	const struct toml *v = find_value(tree, a, dir, root, "version");
	struct span version = v ? v->text : (struct span){ 0 };

	out->published = made_for_others(tree, a, dir, root, lib, version);
	out->stable = out->published && version.len && *version.ptr >= '1' &&
		      *version.ptr <= '9';
}

/* The package's manifest around a path; its folder in *dir. */
static bool find_package(const struct reach_tree *tree, struct arena *a,
			 struct span path, struct toml_file *f,
			 struct span *dir)
{
	for (*dir = folder(path);;
	     *dir = folder(span_first(*dir, dir->len - 1))) {
		struct span text = tree->manifest(
			tree->ctx, format(a, *dir, "", SPAN("Cargo.toml")));

		if (text.ptr) {
			parse_toml(f, a, text);
			return find_toml(f->root, "package") != NULL;
		}
		if (!dir->len)
			return false;
	}
}

void reach_find(struct reach *out, struct arena *a,
		const struct reach_tree *tree, struct span path)
{
	struct walk w = { .tree = tree, .arena = a };
	struct span dir, lib, rest;
	struct toml_file f;

	*out = (struct reach){ 0 };
	if (!find_package(tree, a, path, &f, &dir))
		return;
	lib = find_toml_text(f.root, "lib.path");
	lib = format(a, dir, "", lib.len ? lib : SPAN("src/lib.rs"));
	w.source = tree->source(tree->ctx, lib);
	out->module = REACH_PRIVATE;
	if (!w.source || has_toml_flag(f.root, "lib.proc-macro", true) ||
	    source_role(path) != ROLE_LIBRARY)
		return;
	dir.ptr = lib.ptr;
	dir.len = folder(lib).len;
	if (!span_eq(span_first(path, dir.len), dir))
		return;
	out->library = true;
	read_promises(out, tree, a, dir, f.root, w.source);
	out->module = REACH_PUBLIC;
	if (span_eq(path, lib))
		return;
	out->module = REACH_UNKNOWN;
	rest = span_from(path, dir.len);
	rest = span_first(rest,
			  rest.len - (span_ends(rest, "/mod.rs") ? 7 : 3));
	walk_down(out, &w, dir, rest);
}

enum rule_reach reach_item(const struct reach *r, struct span item)
{
	if (!r || r->module != REACH_PRIVATE)
		return r ? r->module : REACH_UNKNOWN;
	vec_each (const struct span, s, &r->names) {
		struct span up = without_last(*s);
		bool all = span_eqs(last_segment(*s), "*");

		if (span_eq(*s, item) ||
		    (all && (!up.len || below(item, up).len)))
			return REACH_PUBLIC;
	}
	return REACH_PRIVATE;
}
