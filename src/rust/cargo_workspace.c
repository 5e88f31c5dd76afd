/* Total, linear but for one binary search a dependency. */
#include "rust/cargo_parts.h"

#include <stdlib.h>

static void inherit_fact(struct fact *f, const struct manifest *root)
{
	static const struct {
		enum fact_kind kind;
		const char *key;
	} keys[] = {
		{ FACT_VERSION, "version" },
		{ FACT_EDITION, "edition" },
		{ FACT_RUST_VERSION, "rust-version" },
	};
	struct fact key = { .kind = FACT_SHARED };
	const struct fact *from;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (keys[i].kind == f->kind)
			key.name = span_of(keys[i].key);
	if (!key.name.len || !root->facts.len)
		return;
	from = bsearch(&key, root->facts.ptr, root->facts.len, sizeof(key),
		       fact_order);
	if (from) {
		f->value = from->value;
		f->inherited = false;
	}
}

static void add_features(struct dependency *d, struct arena *a,
			 const struct dependency *from)
{
	vec_each (const struct cargo_word, w, &from->features)
		*vec_push(&d->features, a) =
			(struct cargo_word){ w->text, d->line };
	SORT_UNIQUE(&d->features, a, word_order);
}

/* Cargo's inner_dependency_inherit_with(): features add up. */
static void inherit_dependency(struct dependency *d, struct arena *a,
			       const struct manifest *root)
{
	static const enum dependency_column cols[] = { COLUMN_REQUIREMENT,
						       COLUMN_SOURCE,
						       COLUMN_PACKAGE };
	struct dependency key = { .kind = DEPENDENCY_WORKSPACE,
				  .name = d->name };
	const struct dependency *from = NULL;
	size_t i;

	if (root->deps.len)
		from = bsearch(&key, root->deps.ptr, root->deps.len,
			       sizeof(key), dependency_order);
	if (!from)
		return;
	d->source = from->source;
	for (i = 0; i < sizeof(cols) / sizeof(*cols); i++)
		d->col[cols[i]].text = from->col[cols[i]].text;
	/* a member can turn default features on, not off */
	if (!span_eqs(d->col[COLUMN_DEFAULT].text, "yes"))
		d->col[COLUMN_DEFAULT].text = from->col[COLUMN_DEFAULT].text;
	add_features(d, a, from);
}

void manifest_inherit(struct manifest *m, struct arena *a,
		      const struct manifest *root)
{
	vec_each (struct fact, f, &m->facts)
		if (f->inherited)
			inherit_fact(f, root);
	vec_each (struct dependency, d, &m->deps)
		if (d->source == SOURCE_WORKSPACE)
			inherit_dependency(d, a, root);
}

static size_t slashes(struct span path)
{
	size_t i, n = 0;

	for (i = 0; i < path.len; i++)
		n += path.ptr[i] == '/';
	return n;
}

/* A member's pattern names the folder itself, never what lies below. */
static bool names(const struct fact *f, struct span path)
{
	if (span_find(f->name, SPAN("**")) < 0 &&
	    slashes(f->name) != slashes(path))
		return false;
	return span_eq(f->name, path) ||
	       (span_chr(f->name, '/') >= 0
			? text_glob(f->name, path)
			: slashes(path) == 0 && text_glob(f->name, path));
}

static bool below(const struct fact *f, struct span path)
{
	return span_eq(span_first(path, f->name.len), f->name) &&
	       (path.len == f->name.len || path.ptr[f->name.len] == '/');
}

bool manifest_member(const struct manifest *root, struct span path)
{
	size_t members, excluded, i;
	const struct fact *m = manifest_facts(root, FACT_MEMBER, &members);
	const struct fact *x = manifest_facts(root, FACT_EXCLUDE, &excluded);

	/* an exact member wins over exclude, a pattern does not */
	for (i = 0; i < members; i++)
		if (span_eq(m[i].name, path))
			return true;
	for (i = 0; i < excluded; i++)
		if (below(&x[i], path))
			return false;
	for (i = 0; i < members; i++)
		if (names(&m[i], path))
			return true;
	return false;
}
