/* Gathering for a design: what the tree holds, and the files that the
 * request's words point at. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/gather_parts.h"
#include "agent/redact.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "core/settings.h"

#define MAX_TREE 20000
#define MAX_WORDS 32
#define MAX_FILES_BYTES (128 * 1024)
#define MAX_ONE_FILE (64 * 1024)
#define MAX_MANIFESTS 40
#define MAX_TITLE 80

/* Words of a request that say nothing about where in a tree to look. */
static bool common_word(struct span w)
{
	static const char *const words[] = {
		"that",	 "this",  "with",    "from",  "into", "when",
		"then",	 "have",  "should",  "would", "make", "need",
		"needs", "using", "support", "rust",  "code", "crate",
	};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (span_eqs(w, words[i]))
			return true;
	return w.len < 4;
}

/* The request's telling words, lower case. */
static size_t split_words(struct arena *a, const char *text,
			  struct span words[MAX_WORDS])
{
	size_t n = 0, len;

	while (*text && n < MAX_WORDS) {
		for (len = 0; isalnum((unsigned char)text[len]); len++)
			;
		if (len) {
			char *w = arena_cstr(a, (struct span){ text, len });
			size_t i;

			for (i = 0; i < len; i++)
				w[i] = (char)tolower((unsigned char)w[i]);
			words[n] = (struct span){ w, len };
			n += !common_word(words[n]);
		}
		text += len ? len : 1;
	}
	return n;
}

static bool matches(struct span path, const char *pattern)
{
	struct span p = span_of(pattern);

	if (span_starts(p, "./"))
		p = span_from(p, 2);
	return !p.len || span_eqs(p, ".") || text_glob(p, path);
}

static bool under(struct span path, const struct rev_spec *spec)
{
	size_t i;

	for (i = 0; i < spec->npaths; i++)
		if (matches(path, spec->paths[i]))
			return true;
	return false;
}

static const char *basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The path of the tree that was perhaps meant, or NULL: near as a whole, else
 * by its last part. */
static const char *nearest_path(const struct tree_list *tree, struct arena *a,
				const char *pattern)
{
	size_t n = tree->entries.len, i;
	const char **names = arena_array(a, 2 * n + 1, sizeof(*names));
	const char **bases = names + n, *near;

	for (i = 0; i < n; i++) {
		names[i] = arena_cstr(a, tree->entries.ptr[i].path);
		bases[i] = basename_of(names[i]);
	}
	near = text_nearest(pattern, names, n);
	if (near)
		return near;
	near = text_nearest(basename_of(pattern), bases, n);
	for (i = 0; near && i < n; i++)
		if (bases[i] == near)
			return names[i];
	return NULL;
}

/* A path that was named and is not there would silently mean less. */
static int check_paths(const struct task_input *in, struct arena *a,
		       struct error *err)
{
	const struct rev_spec *spec = &in->request->spec;
	struct buf b = { 0 };
	size_t i;

	for (i = 0; i < spec->npaths && !in->tree.truncated; i++) {
		const char *near;
		bool any = false;

		vec_each (struct tree_entry, e, &in->tree.entries)
			any = any || matches(e->path, spec->paths[i]);
		if (any)
			continue;
		near = nearest_path(&in->tree, a, spec->paths[i]);
		if (near)
			text_visible_line(&b, span_of(near));
		error_set(err, ERR_REPO,
			  "no file of HEAD's tree matches '%s'%s%s%s",
			  spec->paths[i], near ? "; did you mean '" : "",
			  buf_cstr(&b), near ? "'?" : "");
		buf_release(&b);
		return -1;
	}
	return 0;
}

/* Does a part of the path begin with the word? */
static bool names(struct span path, struct span word)
{
	ptrdiff_t at;

	while ((at = span_find(path, word)) >= 0) {
		if (!at || !isalnum((unsigned char)path.ptr[at - 1]))
			return true;
		path = span_from(path, (size_t)at + 1);
	}
	return false;
}

/* How much a file looks like what the request speaks of; 0 is not at all. */
static unsigned rank(const struct tree_entry *e, const struct task_input *in,
		     const struct span *words, size_t n)
{
	const struct rev_spec *spec = &in->request->spec;
	unsigned score = 0;
	size_t i;

	if (spec->npaths && under(e->path, spec))
		return 1000;
	if (text_glob(SPAN("Cargo.toml"), e->path))
		return span_eqs(e->path, "Cargo.toml") ? 500 : 100;
	if (!span_ends(e->path, ".rs"))
		return 0;
	for (i = 0; i < n; i++)
		if (names(e->path, words[i]))
			score += 20;
	if (score && (text_glob(SPAN("**/lib.rs"), e->path) ||
		      text_glob(SPAN("**/mod.rs"), e->path)))
		score += 5;
	return score;
}

struct candidate {
	const struct tree_entry *entry;
	unsigned score;
};

static int by_score(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return a->entry < b->entry ? -1 : a->entry > b->entry;
}

/* Take files whole, best first, while there is room. */
static int take_files(struct task_input *in, struct arena *a, struct repo *r,
		      struct candidate *c, size_t n, struct error *err)
{
	size_t room = MAX_FILES_BYTES, i, manifests = 0;

	for (i = 0; i < n; i++) {
		const struct tree_entry *e = c[i].entry;
		bool manifest = span_ends(e->path, "Cargo.toml");
		struct source_file *f;
		struct span text;

		if (e->size > MAX_ONE_FILE || e->size > room ||
		    redact_path(e->path) ||
		    (manifest && ++manifests > MAX_MANIFESTS))
			continue;
		if (repo_blob(&text, a, r, e->id, err))
			return -1;
		if (span_chr(text, '\0') >= 0)
			continue;
		*vec_push(&in->covers, a) = (struct cover){ .path = e->path };
		f = vec_push(&in->files, a);
		f->path = e->path;
		f->text = text;
		room -= text.len;
	}
	return 0;
}

/* The request's first line, as far as it is a title's length. */
static struct span name_request(struct arena *a, const char *text)
{
	struct span rest = span_trim(span_of(text)), line = { 0 }, part;

	text_line(&rest, &line);
	part = text_clip(span_trim(line), MAX_TITLE);
	return span_of(
		arena_printf(a, "a design for: %.*s%s", SPAN_ARG(part),
			     rest.len || part.len < line.len ? "…" : ""));
}

int gather_design(struct task_input *in, struct arena *a, struct repo *r,
		  const struct settings *s, struct error *err)
{
	struct span words[MAX_WORDS];
	size_t nwords = split_words(a, in->request->text, words);
	VEC(struct candidate) found = { 0 };
	VEC(struct span) paths = { 0 };

	if (in->info.head[0] && repo_tree(&in->tree, a, r, NULL, MAX_TREE, err))
		return -1;
	if (check_paths(in, a, err))
		return -1;
	vec_each (struct tree_entry, e, &in->tree.entries) {
		unsigned score = rank(e, in, words, nwords);

		if (score)
			*vec_push(&found, a) = (struct candidate){ e, score };
	}
	if (found.len)
		qsort(found.ptr, found.len, sizeof(*found.ptr), by_score);
	if (take_files(in, a, r, found.ptr, found.len, err))
		return -1;
	vec_each (struct source_file, f, &in->files)
		*vec_push(&paths, a) = f->path;
	in->title = name_request(a, in->request->text);
	return gather_guides(in, a, r, s, paths.ptr, paths.len, err);
}
