/*
 * The attributes that decide how much of a file is shown, read from the base
 * tree alone: libgit2 would also ask the work tree and the index, which are the
 * side under review. Format: gitattributes(5). Total; the cost is one
 * pass over the attribute files and their rules for each path.
 */
#include "repo/pair.h"

#include <fnmatch.h>
#include <string.h>

#define MAX_RULES 10000

enum said { SAID_NOTHING, SAID_UNSPECIFIED, SAID_YES, SAID_NO };

enum attr { DIFF, GENERATED, VENDORED, ATTRS };

static const char *const names[ATTRS] = { "diff", "linguist-generated",
					  "linguist-vendored" };

/* What one line says of each of them. */
struct saying {
	enum said of[ATTRS];
};

struct rule {
	struct span pattern;
	bool whole; /* has a slash: matches from the folder of its file */
	struct saying says;
};

struct level {
	struct span folder; /* "" or "a/b/" */
	git_tree *tree;	    /* NULL: not in the base */
	VEC(struct rule) rules;
};

struct macro {
	struct span name;
	struct saying says;
};

struct attrs {
	struct store *s;
	VEC(struct level) levels; /* from the root down */
	VEC(struct macro) macros;
};

/* Later words win. True: it says something. */
static bool add(struct saying *to, const struct saying *more)
{
	bool any = false;

	for (size_t i = 0; i < ATTRS; i++)
		if (more->of[i] != SAID_NOTHING) {
			to->of[i] = more->of[i];
			any = true;
		}
	return any;
}

/* `name=value`; a diff driver says nothing of whether a diff is shown. */
static enum said said_value(struct span value)
{
	return span_eqs_nocase(value, "true")	 ? SAID_YES
	       : span_eqs_nocase(value, "false") ? SAID_NO
						 : SAID_UNSPECIFIED;
}

static struct saying read_one(const struct attrs *a, struct span word)
{
	char sign = word.len ? *word.ptr : 0;
	struct span rest =
		sign == '-' || sign == '!' ? span_from(word, 1) : word;
	struct saying says = { 0 };
	struct span name;
	bool value;

	text_field(&rest, '=', &name);
	value = rest.ptr;
	for (size_t i = 0; i < ATTRS; i++)
		if (span_eqs(name, names[i])) {
			says.of[i] = sign == '-'   ? SAID_NO
				     : sign == '!' ? SAID_UNSPECIFIED
				     : value	   ? said_value(rest)
						   : SAID_YES;
			return says;
		}
	if (sign == '-' || sign == '!' || value)
		return says;
	if (span_eqs(name, "binary"))
		says.of[DIFF] = SAID_NO;
	vec_each (const struct macro, m, &a->macros)
		if (span_eq(m->name, name))
			return m->says;
	return says;
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
	bool any = false;

	if (!take_word(&line, &r.pattern) || *r.pattern.ptr == '#')
		return;
	while (take_word(&line, &word)) {
		struct saying one = read_one(a, word);

		any |= add(&r.says, &one);
	}
	if (!any)
		return;
	if (span_starts(r.pattern, "[attr]")) {
		*vec_push(&a->macros, &a->s->arena) =
			(struct macro){ span_from(r.pattern, strlen("[attr]")),
					r.says };
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

static enum file_says answer(enum said said)
{
	return said == SAID_YES	 ? SAYS_YES
	       : said == SAID_NO ? SAYS_NO
				 : SAYS_NOTHING;
}

struct attr_marks attrs_of(struct attrs *a, struct span path)
{
	struct saying says = { 0 };

	enter(a, path);
	vec_each (const struct level, l, &a->levels)
		vec_each (const struct rule, r, &l->rules)
			if (matches(a, r, span_from(path, l->folder.len)))
				add(&says, &r->says);
	return (struct attr_marks){ .diff = answer(says.of[DIFF]),
				    .generated = answer(says.of[GENERATED]),
				    .vendored = answer(says.of[VENDORED]) };
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
