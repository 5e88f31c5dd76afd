/* Does each path that was asked for name something of a tree? */
#include "repo/store.h"

#define MAX_NAMES 20000

struct search {
	struct store *s;
	const struct rev_range *range;
	bool *found; /* by path of the range */
	size_t missing;
	VEC(const char *) names; /* of the tree, for a wrong one */
};

static int look(const char *root, const git_tree_entry *e, void *ctx)
{
	struct search *look = ctx;
	struct arena *a = &look->s->arena;
	const char *path;

	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		return 0;
	path = arena_printf(a, "%s%s", root, git_tree_entry_name(e));
	if (look->names.len < MAX_NAMES)
		*vec_push(&look->names, a) = path;
	for (size_t i = 0; i < look->range->paths.len; i++) {
		struct rev_range one = { 0 };

		if (look->found[i])
			continue;
		one.paths.ptr = &look->range->paths.ptr[i];
		one.paths.len = 1;
		look->found[i] = pathspec_match(&one, span_of(path));
		look->missing -= look->found[i];
	}
	return look->missing ? 0 : -1;
}

static int say_missing(struct search *l, struct error *err)
{
	const struct rev_range *r = l->range;
	const char *path, *near;
	size_t i = 0;

	while (l->found[i])
		i++;
	path = arena_cstr(&l->s->arena, r->paths.ptr[i]);
	near = text_nearest(path, l->names.ptr, l->names.len);
	return error_set(err, ERR_REPO, "no file of %.*s matches '%s'%s%s%s",
			 SPAN_ARG(r->new_name), path,
			 near ? "; did you mean '" : "", near ? near : "",
			 near ? "'?" : "");
}

int paths_check(struct store *s, const struct rev_range *range,
		struct error *err)
{
	struct search l = { .s = s,
			    .range = range,
			    .missing = range->paths.len };
	git_tree *tree = NULL;
	int rc;

	l.found = arena_array(&s->arena, range->paths.len, sizeof(*l.found));
	if (tree_by_id(s, &tree, range->new_tree, err))
		return -1;
	rc = git_tree_walk(tree, GIT_TREEWALK_PRE, look, &l);
	git_tree_free(tree);
	if (!l.missing)
		return 0;
	return rc ? store_fail(s, err, rc, "reading the tree of %.*s",
			       SPAN_ARG(range->new_name))
		  : say_missing(&l, err);
}
