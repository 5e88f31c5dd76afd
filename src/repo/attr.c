/*
 * The one attribute that decides whether a file's diff is shown, read from the
 * base tree alone: libgit2 would also ask the work tree and the index, which
 * are the side under review. Format: gitattributes(5). Total; the cost is one
 * pass over the attribute files and their rules for each path.
 */
#include "repo/pair.h"

#include <fnmatch.h>
#include <string.h>

#define MAX_RULES 10000

enum said { SAID_NOTHING, SAID_UNSPECIFIED, SAID_TEXT, SAID_BINARY };

struct rule {
	struct span pattern;
	bool whole; /* has a slash: matches from the folder of its file */
	enum said said;
};

struct level {
	struct span folder; /* "" or "a/b/" */
	git_tree *tree;	    /* NULL: not in the base */
	VEC(struct rule) rules;
};

struct macro {
	struct span name;
	enum said said;
};

struct attrs {
	struct store *s;
	VEC(struct level) levels; /* from the root down */
	VEC(struct macro) macros;
};

static enum said read_one(const struct attrs *a, struct span word)
{
	char sign = word.len ? *word.ptr : 0;
	struct span name =
		sign == '-' || sign == '!' ? span_from(word, 1) : word;

	if (span_eqs(name, "diff"))
		return sign == '-'   ? SAID_BINARY
		       : sign == '!' ? SAID_UNSPECIFIED
				     : SAID_TEXT;
	if (span_starts(name, "diff="))
		return SAID_UNSPECIFIED; /* a driver: git then guesses */
	if (sign == '-' || sign == '!')
		return SAID_NOTHING;
	if (span_eqs(name, "binary"))
		return SAID_BINARY;
	vec_each (const struct macro, m, &a->macros)
		if (span_eq(m->name, name))
			return m->said;
	return SAID_NOTHING;
}

static bool take_word(struct span *rest, struct span *word)
{
	size_t n = 0;

	while (rest->len && strchr(" \t\r", *rest->ptr))
		*rest = span_from(*rest, 1);
	while (n < rest->len && !strchr(" \t\r", rest->ptr[n]))
		n++;
	*word = span_first(*rest, n);
	*rest = span_from(*rest, n);
	return n > 0;
}

static void read_line(struct attrs *a, struct level *l, struct span line)
{
	struct rule r = { 0 };
	struct span word;

	if (!take_word(&line, &r.pattern) || *r.pattern.ptr == '#')
		return;
	while (take_word(&line, &word)) {
		enum said said = read_one(a, word);

		if (said != SAID_NOTHING)
			r.said = said;
	}
	if (r.said == SAID_NOTHING)
		return;
	if (span_starts(r.pattern, "[attr]")) {
		*vec_push(&a->macros, &a->s->arena) =
			(struct macro){ span_from(r.pattern, strlen("[attr]")),
					r.said };
		return;
	}
	r.whole = span_chr(r.pattern, '/') >= 0;
	if (span_starts(r.pattern, "/"))
		r.pattern = span_from(r.pattern, 1);
	*vec_push(&l->rules, &a->s->arena) = r;
}

static void read_rules(struct attrs *a, struct level *l)
{
	const git_tree_entry *e;
	struct span text, line;

	e = l->tree ? git_tree_entry_byname(l->tree, ".gitattributes") : NULL;
	if (!e || git_tree_entry_type(e) != GIT_OBJECT_BLOB ||
	    git_tree_entry_filemode(e) == GIT_FILEMODE_LINK ||
	    read_oid(a->s, &text, git_tree_entry_id(e)))
		return;
	while (text_line(&text, &line) && l->rules.len < MAX_RULES)
		read_line(a, l, line);
}

static void push(struct attrs *a, struct span folder, git_tree *tree)
{
	struct level *l = vec_push(&a->levels, &a->s->arena);

	*l = (struct level){ .folder = folder, .tree = tree };
	read_rules(a, l);
}

static void pop(struct attrs *a)
{
	git_tree_free(a->levels.ptr[--a->levels.len].tree);
}

/* Make the levels those of path's folders. */
static void enter(struct attrs *a, struct span path)
{
	for (;;) {
		struct level *top = &a->levels.ptr[a->levels.len - 1];
		struct span folder = top->folder, rest;
		const git_tree_entry *e = NULL;
		git_tree *tree = NULL;
		ptrdiff_t slash;
		char *name;

		if (path.len < folder.len ||
		    (folder.len && memcmp(path.ptr, folder.ptr, folder.len))) {
			pop(a);
			continue;
		}
		rest = span_from(path, folder.len);
		slash = span_chr(rest, '/');
		if (slash < 0)
			return;
		name = arena_cstr(&a->s->arena,
				  span_first(rest, (size_t)slash));
		if (top->tree)
			e = git_tree_entry_byname(top->tree, name);
		if (e && git_tree_entry_type(e) == GIT_OBJECT_TREE)
			git_tree_lookup(&tree, a->s->git, git_tree_entry_id(e));
		push(a, span_first(path, folder.len + (size_t)slash + 1), tree);
	}
}

static bool matches(struct attrs *a, const struct rule *r, struct span path)
{
	struct span name = path;
	ptrdiff_t slash;

	while ((slash = span_chr(name, '/')) >= 0)
		name = span_from(name, (size_t)slash + 1);
	if (!r->whole)
		return text_glob(r->pattern, name);
	if (span_find(r->pattern, SPAN("**")) >= 0)
		return text_glob(r->pattern, path);
	return !fnmatch(arena_cstr(&a->s->arena, r->pattern),
			arena_cstr(&a->s->arena, path), FNM_PATHNAME);
}

enum attr_diff attrs_diff(struct attrs *a, struct span path)
{
	enum said said = SAID_NOTHING;

	enter(a, path);
	vec_each (const struct level, l, &a->levels)
		vec_each (const struct rule, r, &l->rules)
			if (matches(a, r, span_from(path, l->folder.len)))
				said = r->said;
	return said == SAID_TEXT     ? ATTR_TEXT
	       : said == SAID_BINARY ? ATTR_BINARY
				     : ATTR_AUTO;
}

struct attrs *attrs_open(struct store *s, const git_tree *tree)
{
	struct attrs *a = arena_new(&s->arena, struct attrs);
	git_tree *copy = NULL;

	a->s = s;
	if (tree)
		git_tree_dup(&copy, (git_tree *)tree);
	push(a, (struct span){ 0 }, copy);
	return a;
}

void attrs_close(struct attrs *a)
{
	while (a && a->levels.len)
		pop(a);
}
