/* Total, linear but for sorting. */
#include "rust/cargo_parts.h"

#include <stdlib.h>

int package_order(const void *pa, const void *pb)
{
	const struct lock_package *a = pa, *b = pb;
	int order = span_order(a->name, b->name);

	if (!order)
		order = version_compare(a->version, b->version);
	return order ? order : span_order(a->source, b->source);
}

static enum cargo_source source_kind(struct span source)
{
	static const struct {
		const char *prefix;
		enum cargo_source kind;
	} kinds[] = {
		{ "git+", SOURCE_GIT },
		{ "registry+", SOURCE_REGISTRY },
		{ "sparse+", SOURCE_REGISTRY },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (span_starts(source, kinds[i].prefix))
			return kinds[i].kind;
	return SOURCE_PATH;
}

static void add_package(struct lock *out, struct arena *a, const struct toml *t)
{
	struct lock_package p = {
		.name = find_toml_text(t, "name"),
		.version = find_toml_text(t, "version"),
		.source = find_toml_text(t, "source"),
		.checksum = find_toml_text(t, "checksum"),
		.line = t ? t->line : 0,
	};

	if (!p.name.len || !p.version.len)
		return;
	p.kind = source_kind(p.source);
	*vec_push(&out->packages, a) = p;
}

/* Formats 1 and 2: "checksum NAME VERSION (SOURCE)" = "…" or "<none>". */
static void add_checksum(struct lock *out, const struct toml *t)
{
	struct span rest = t->key, word;
	struct lock_package key = { 0 }, *p;

	if (!text_field(&rest, ' ', &word) || !span_eqs(word, "checksum") ||
	    !text_field(&rest, ' ', &key.name) ||
	    !text_field(&rest, ' ', &key.version) || !span_starts(rest, "(") ||
	    !span_ends(rest, ")") || span_eqs(t->text, "<none>"))
		return;
	key.source = span_first(span_from(rest, 1), rest.len - 2);
	p = bsearch(&key, out->packages.ptr, out->packages.len, sizeof(key),
		    package_order);
	if (p && !p->checksum.len && t->type == TOML_STRING)
		p->checksum = t->text;
}

void lock_parse(struct lock *out, struct arena *a, struct span src)
{
	const struct toml *version, *packages, *metadata;
	struct toml_file file;

	parse_toml(&file, a, src);
	*out = (struct lock){
		.lines = file.lines,
		.bad_line = file.bad_line,
		.bad = file.bad,
		.whole = file.whole,
	};
	version = find_toml(file.root, "version");
	if (version) {
		out->version = version->text;
		out->version_line = version->line;
	}
	add_package(out, a, find_toml(file.root, "root"));
	packages = find_toml(file.root, "package");
	toml_each (t, packages)
		add_package(out, a, t);
	SORT_UNIQUE(&out->packages, a, package_order);
	metadata = find_toml(file.root, "metadata");
	if (!out->packages.len)
		return;
	toml_each (t, metadata)
		add_checksum(out, t);
}
