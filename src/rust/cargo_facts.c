/* Total. Names made of several keys are clipped, so that none is copied often.
 */
#include "rust/cargo_parts.h"

#include "base/buf.h"

#define NAME_MAX_BYTES 200
#define PATH_DEPTH_MAX 6

int fact_order(const void *pa, const void *pb)
{
	const struct fact *a = pa, *b = pb;
	int order = (int)a->kind - (int)b->kind;

	if (!order)
		order = span_order(a->name, b->name);
	return order ? order : span_order(a->item, b->item);
}

static struct fact *add(struct manifest *m, struct arena *a,
			enum fact_kind kind, struct span name,
			const struct toml *at)
{
	struct fact *f = vec_push(&m->facts, a);

	f->kind = kind;
	f->name = name;
	f->line = at->line;
	return f;
}

/* Keys of [package], each one fact. */
static void add_package(struct manifest *m, struct arena *a,
			const struct toml *package)
{
	static const struct {
		const char *key;
		enum fact_kind kind;
	} keys[] = {
		{ "name", FACT_NAME },
		{ "version", FACT_VERSION },
		{ "edition", FACT_EDITION },
		{ "rust-version", FACT_RUST_VERSION },
		{ "resolver", FACT_RESOLVER },
		{ "links", FACT_LINKS },
		{ "build", FACT_BUILD },
	};
	const struct span none = { 0 };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const struct toml *v = find_toml(package, keys[i].key);
		struct fact *f;

		if (!v)
			continue;
		f = add(m, a, keys[i].kind, none, v);
		f->value = join_toml(a, v);
		f->inherited = has_toml_flag(v, "workspace", true);
		if (f->inherited)
			f->value = SPAN("workspace");
		if (f->kind == FACT_BUILD && v->type == TOML_BOOL)
			f->value = span_eqs(v->text, "true") ? SPAN("build.rs")
							     : SPAN("none");
	}
}

static struct span crate_types(struct arena *a, const struct toml *t,
			       const char *otherwise)
{
	const struct toml *types = find_toml(t, "crate-type");
	struct span s;

	if (has_toml_flag(t, "proc-macro", true) ||
	    has_toml_flag(t, "proc_macro", true))
		return SPAN("proc-macro");
	s = join_toml(a, types ? types : find_toml(t, "crate_type"));
	return s.len ? s : span_of(otherwise);
}

static void add_targets(struct manifest *m, struct arena *a,
			const struct toml *root)
{
	static const char *const kinds[] = { "bin", "example", "test",
					     "bench" };
	const struct toml *lib = find_toml(root, "lib");
	size_t i;

	if (lib && lib->type == TOML_TABLE)
		add(m, a, FACT_TARGET, SPAN("lib"), lib)->value =
			crate_types(a, lib, "lib");
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const struct toml *list = find_toml(root, kinds[i]);

		toml_each (t, list) {
			struct span name = find_toml_text(t, "name");

			if (!name.len)
				continue;
			name = span_of(arena_printf(a, "%s %.*s", kinds[i],
						    SPAN_ARG(name)));
			add(m, a, FACT_TARGET, name, t)->value =
				crate_types(a, t, kinds[i]);
		}
	}
}

static void add_features(struct manifest *m, struct arena *a,
			 const struct toml *features)
{
	if (!features || features->type != TOML_TABLE)
		return;
	toml_each (f, features) {
		add(m, a, FACT_FEATURE, f->key, f)->value = join_toml(a, f);
		if (f->type != TOML_ARRAY)
			continue;
		toml_each (e, f)
			if (e->type == TOML_STRING)
				add(m, a, FACT_FEATURE_ITEM, f->key, e)->item =
					e->text;
	}
}

static void add_paths(struct manifest *m, struct arena *a,
		      const struct toml *list, enum fact_kind kind)
{
	if (!list || list->type != TOML_ARRAY)
		return;
	toml_each (e, list) {
		struct span path = e->text;

		while (span_starts(path, "./"))
			path = span_from(path, 2);
		while (path.len > 1 && span_ends(path, "/"))
			path.len--;
		if (e->type == TOML_STRING)
			add(m, a, kind, path, e);
	}
}

/* The keys from below `top` to v, with dots, clipped. */
static struct span path_name(struct arena *a, const struct toml *v,
			     const struct toml *top, const char *prefix)
{
	const struct toml *keys[PATH_DEPTH_MAX];
	struct buf b = { 0 };
	struct span name;
	size_t n = 0;

	for (; v != top && n < PATH_DEPTH_MAX; v = v->parent)
		keys[n++] = v;
	buf_adds(&b, prefix);
	while (n) {
		buf_addsp(&b, text_clip(keys[--n]->key, NAME_MAX_BYTES));
		buf_adds(&b, n ? "." : "");
	}
	name = buf_span(&b);
	if (span_ends(name, ".level"))
		name.len -= sizeof(".level") - 1;
	name = arena_span(a, text_clip(name, NAME_MAX_BYTES));
	buf_release(&b);
	return name;
}

/* Every scalar and array below top, as far down as settings go. */
static void add_tree(struct manifest *m, struct arena *a,
		     const struct toml *top, enum fact_kind kind,
		     const char *prefix)
{
	const struct toml *v = top;
	size_t depth = 0;

	if (!top || top->type != TOML_TABLE)
		return;
	for (;;) {
		if (v->type != TOML_TABLE)
			add(m, a, kind, path_name(a, v, top, prefix), v)
				->value = join_toml(a, v);
		if (v->type == TOML_TABLE && v->child &&
		    depth < PATH_DEPTH_MAX) {
			v = v->child;
			depth++;
			continue;
		}
		for (; v != top && !v->next; depth--)
			v = v->parent;
		if (v == top)
			return;
		v = v->next;
	}
}

void facts_collect(struct manifest *m, struct arena *a, const struct toml *root)
{
	const struct toml *package = find_toml(root, "package");
	const struct toml *ws = find_toml(root, "workspace"), *resolver;

	add_package(m, a, package ? package : find_toml(root, "project"));
	add_targets(m, a, root);
	add_features(m, a, find_toml(root, "features"));
	add_paths(m, a, find_toml(ws, "members"), FACT_MEMBER);
	add_paths(m, a, find_toml(ws, "exclude"), FACT_EXCLUDE);
	add_paths(m, a, find_toml(ws, "default-members"), FACT_DEFAULT_MEMBER);
	resolver = find_toml(ws, "resolver");
	if (resolver)
		add(m, a, FACT_RESOLVER, (struct span){ 0 }, resolver)->value =
			join_toml(a, resolver);
	add_tree(m, a, find_toml(ws, "package"), FACT_SHARED, "");
	add_tree(m, a, find_toml(root, "profile"), FACT_PROFILE, "");
	add_tree(m, a, find_toml(root, "lints"), FACT_LINT, "");
	add_tree(m, a, find_toml(ws, "lints"), FACT_LINT, "workspace.");
	SORT_UNIQUE(&m->facts, a, fact_order);
}

const struct fact *manifest_facts(const struct manifest *m, enum fact_kind kind,
				  size_t *count)
{
	const struct fact *first = NULL;

	*count = 0;
	vec_each (const struct fact, f, &m->facts)
		if (f->kind == kind && !(*count)++)
			first = f;
	return first;
}

struct span manifest_value(const struct manifest *m, enum fact_kind kind)
{
	size_t count;
	const struct fact *f = manifest_facts(m, kind, &count);

	return f ? f->value : (struct span){ 0 };
}
