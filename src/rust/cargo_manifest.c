/* Total: every look-up of what is not there, or is of another type, is empty.
 */
#include "rust/cargo_parts.h"

#include "base/buf.h"

int span_order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	/* what many rows share is not read for each */
	int order = n && a.ptr != b.ptr ? memcmp(a.ptr, b.ptr, n) : 0;

	if (order)
		return order < 0 ? -1 : 1;
	return (a.len > b.len) - (a.len < b.len);
}

/* One merge of two sorted runs, [from, mid) and [mid, to), into out. */
static void merge(char *out, const char *p, size_t size, size_t from,
		  size_t mid, size_t to, order_fn order)
{
	size_t i = from, j = mid, k;

	for (k = from; k < to; k++) {
		bool left = i < mid &&
			    (j == to || order(p + i * size, p + j * size) <= 0);

		memcpy(out + k * size, p + (left ? i++ : j++) * size, size);
	}
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

void *sort_stable(struct arena *a, void *ptr, size_t len, size_t size,
		  order_fn order)
{
	char *p = ptr, *q = arena_array(a, len, size), *swap;
	size_t run, from;

	for (run = 1; run < len; run *= 2) {
		for (from = 0; from < len; from += 2 * run)
			merge(q, p, size, from, least(from + run, len),
			      least(from + 2 * run, len), order);
		swap = p;
		p = q;
		q = swap;
	}
	return p;
}

size_t drop_repeated(void *ptr, size_t len, size_t size, order_fn order)
{
	char *p = ptr;
	size_t i, n = len > 0;

	for (i = 1; i < len; i++)
		if (order(p + (n - 1) * size, p + i * size) != 0) {
			if (n != i)
				memcpy(p + n * size, p + i * size, size);
			n++;
		}
	return n;
}

/* Text of a scalar or of all strings in an array. */
struct span join_toml(struct arena *a, const struct toml *v)
{
	struct span text = { 0 };
	struct buf b = { 0 };

	if (!v || v->type == TOML_TABLE)
		return text;
	if (v->type != TOML_ARRAY)
		return v->text;
	toml_each (e, v) {
		if (e != v->child)
			buf_adds(&b, ", ");
		buf_addsp(&b, e->text);
	}
	text = arena_span(a, buf_span(&b));
	buf_release(&b);
	return text;
}

int dependency_class(enum dependency_kind kind)
{
	return kind < DEPENDENCY_WORKSPACE ? 0 : (int)kind;
}

int dependency_order(const void *pa, const void *pb)
{
	const struct dependency *a = pa, *b = pb;
	int order = dependency_class(a->kind) - dependency_class(b->kind);

	if (!order)
		order = span_order(a->name, b->name);
	if (!order)
		order = (int)a->kind - (int)b->kind;
	return order ? order : span_order(a->target, b->target);
}

int word_order(const void *pa, const void *pb)
{
	const struct cargo_word *a = pa, *b = pb;

	return span_order(a->text, b->text);
}

static void set(struct dependency *d, enum dependency_column col,
		struct span text, const struct toml *at)
{
	d->col[col].text = text;
	d->col[col].line = at ? at->line : d->line;
}

static struct span source_words(struct dependency *d, struct arena *a,
				const struct toml *t)
{
	static const char *const refs[] = { "branch", "tag", "rev" };
	struct span git = find_toml_text(t, "git"),
		    path = find_toml_text(t, "path");
	struct span registry = find_toml_text(t, "registry"), ref = { 0 };
	size_t i;

	if (has_toml_flag(t, "workspace", true)) {
		d->source = SOURCE_WORKSPACE;
		return SPAN("workspace");
	}
	if (git.len) {
		d->source = SOURCE_GIT;
		for (i = 0; i < 3 && !ref.len; i++)
			ref = find_toml_text(t, refs[i]);
		return span_of(arena_printf(a, "git %.*s%s%s%s%.*s",
					    SPAN_ARG(git), ref.len ? " " : "",
					    ref.len ? refs[i - 1] : "",
					    ref.len ? " " : "", SPAN_ARG(ref)));
	}
	if (path.len) {
		d->source = SOURCE_PATH;
		return span_of(arena_printf(a, "path %.*s", SPAN_ARG(path)));
	}
	if (!registry.len)
		registry = find_toml_text(t, "registry-index");
	if (!registry.len)
		return SPAN("registry");
	return span_of(arena_printf(a, "registry %.*s", SPAN_ARG(registry)));
}

/* The key that says where it comes from, for its line. */
static const struct toml *source_key(const struct toml *t)
{
	static const char *const keys[] = { "workspace", "rev",
					    "tag",	 "branch",
					    "git",	 "path",
					    "registry",	 "registry-index" };
	const struct toml *found = NULL;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys) && !found; i++)
		found = find_toml(t, keys[i]);
	return found;
}

static void add_features(struct dependency *d, struct arena *a,
			 const struct toml *list)
{
	if (!list || list->type != TOML_ARRAY)
		return;
	toml_each (e, list)
		if (e->type == TOML_STRING)
			*vec_push(&d->features, a) =
				(struct cargo_word){ e->text, e->line };
	SORT_UNIQUE(&d->features, a, word_order);
}

static struct span yes_no(bool yes)
{
	return yes ? SPAN("yes") : SPAN("no");
}

static void read_table(struct dependency *d, struct arena *a,
		       const struct toml *t)
{
	const struct toml *def = find_toml(t, "default-features");

	if (!def)
		def = find_toml(t, "default_features");
	set(d, COLUMN_REQUIREMENT, find_toml_text(t, "version"),
	    find_toml(t, "version"));
	set(d, COLUMN_SOURCE, source_words(d, a, t), source_key(t));
	set(d, COLUMN_PACKAGE, find_toml_text(t, "package"),
	    find_toml(t, "package"));
	set(d, COLUMN_OPTIONAL, yes_no(has_toml_flag(t, "optional", true)),
	    find_toml(t, "optional"));
	set(d, COLUMN_DEFAULT, yes_no(!def || span_eqs(def->text, "true")),
	    def);
	if (!def && d->source == SOURCE_WORKSPACE)
		d->col[COLUMN_DEFAULT].text.len = 0;
	add_features(d, a, find_toml(t, "features"));
}

static void add_section(struct manifest *m, struct arena *a,
			const struct toml *section, enum dependency_kind kind,
			struct span target)
{
	if (!section || section->type != TOML_TABLE)
		return;
	toml_each (t, section) {
		struct dependency *d = vec_push(&m->deps, a);

		d->kind = kind;
		d->target = target;
		d->name = t->key;
		d->line = t->line;
		read_table(d, a, t);
		if (t->type == TOML_STRING)
			d->col[COLUMN_REQUIREMENT].text = t->text;
	}
}

static void add_sections(struct manifest *m, struct arena *a,
			 const struct toml *at, struct span target)
{
	static const struct {
		const char *path;
		enum dependency_kind kind;
	} sections[] = {
		{ "dependencies", DEPENDENCY_NORMAL },
		{ "dev-dependencies", DEPENDENCY_DEV },
		{ "dev_dependencies", DEPENDENCY_DEV },
		{ "build-dependencies", DEPENDENCY_BUILD },
		{ "build_dependencies", DEPENDENCY_BUILD },
		{ "workspace.dependencies", DEPENDENCY_WORKSPACE },
		{ "replace", DEPENDENCY_REPLACE },
	};
	size_t i, n = sizeof(sections) / sizeof(*sections);

	for (i = 0; i < (target.len ? n - 2 : n); i++)
		add_section(m, a, find_toml(at, sections[i].path),
			    sections[i].kind, target);
}

void dependencies_collect(struct manifest *m, struct arena *a,
			  const struct toml *root)
{
	const struct span every = { 0 };
	const struct toml *targets = find_toml(root, "target");
	const struct toml *patches = find_toml(root, "patch");

	add_sections(m, a, root, every);
	toml_each (t, targets)
		if (t->key.len)
			add_sections(m, a, t, t->key);
	toml_each (t, patches)
		add_section(m, a, t, DEPENDENCY_PATCH, t->key);
	SORT_UNIQUE(&m->deps, a, dependency_order);
}

void manifest_parse(struct manifest *out, struct arena *a, struct span src)
{
	struct toml_file file;

	parse_toml(&file, a, src);
	*out = (struct manifest){
		.lines = file.lines,
		.bad_line = file.bad_line,
		.bad = file.bad,
		.whole = file.whole,
		.package = find_toml(file.root, "package") ||
			   find_toml(file.root, "project"),
		.workspace = find_toml(file.root, "workspace") != NULL,
		.proc_macro =
			has_toml_flag(file.root, "lib.proc-macro", true) ||
			has_toml_flag(file.root, "lib.proc_macro", true),
	};
	facts_collect(out, a, file.root);
	dependencies_collect(out, a, file.root);
}
