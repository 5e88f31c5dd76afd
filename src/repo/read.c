/* The plain questions: commits, trees, blobs, where things are. */
#include "repo/store.h"

#include <string.h>
#include <sys/stat.h>

#define MAX_COMMITS 10000
#define MAX_COUNTED 10000

int read_oid(struct store *s, struct span *out, const git_oid *id)
{
	git_odb_object *o = NULL;
	int rc = git_odb_read(&o, s->odb, id);

	if (!rc && git_odb_object_type(o) != GIT_OBJECT_BLOB) {
		git_error_set_str(GIT_ERROR_ODB, "the object is not a file");
		rc = GIT_ERROR;
	}
	/* the ceiling also holds where the object came from a cache */
	if (!rc && (int64_t)git_odb_object_size(o) > s->place.limits.max_file)
		rc = GUARD_TOO_LARGE;
	if (!rc)
		*out = arena_span(&s->arena,
				  (struct span){ git_odb_object_data(o),
						 git_odb_object_size(o) });
	git_odb_object_free(o);
	return rc;
}

static int too_large(struct store *s, struct error *err, const char *what)
{
	return error_set(err, ERR_REPO, "%s is larger than %lld KiB", what,
			 (long long)s->place.limits.max_file >> 10);
}

int read_blob(struct store *s, struct span *out, const char *id,
	      struct error *err)
{
	git_oid oid;
	int rc;

	if (!id || strlen(id) != GIT_OID_HEXSZ || git_oid_fromstr(&oid, id))
		return error_set(err, ERR_REPO, "'%s' is not an object id",
				 id ? id : "");
	rc = read_oid(s, out, &oid);
	if (rc == GUARD_TOO_LARGE)
		return too_large(s, err, id);
	return rc ? store_fail(s, err, rc, "reading the object %s", id) : 0;
}

int blob_open(struct store *s, struct blob *b, const char *id, size_t max,
	      struct error *err)
{
	int64_t most = s->place.limits.max_file;
	git_oid oid;
	int rc;

	if (git_oid_fromstr(&oid, id))
		return 0;
	if (most > (int64_t)max)
		most = (int64_t)max;
	guard_limit(most);
	rc = git_odb_read(&b->object, s->odb, &oid);
	guard_limit(s->place.limits.max_file);
	if (rc == GUARD_TOO_LARGE || rc == GIT_ENOTFOUND)
		return 0;
	if (rc)
		return store_fail(s, err, rc, "reading the object %s", id);
	/* the ceiling also holds where the object came from a cache */
	if (git_odb_object_type(b->object) == GIT_OBJECT_BLOB &&
	    git_odb_object_size(b->object) <= (size_t)most)
		b->text = (struct span){ git_odb_object_data(b->object),
					 git_odb_object_size(b->object) };
	return 0;
}

void blob_close(struct blob *b)
{
	git_odb_object_free(b->object);
}

int read_file(struct store *s, bool *there, struct span *out, const char *rev,
	      const char *path, struct error *err)
{
	git_tree *tree = NULL;
	git_tree_entry *e = NULL;
	int rc = resolve_tree(s, &tree, rev, err);

	*there = false;
	if (rc || !tree)
		return rc;
	rc = git_tree_entry_bypath(&e, tree, path);
	if (rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC) {
		rc = 0;
	} else if (rc) {
		rc = store_fail(s, err, rc, "finding %s", path);
	} else if (S_ISREG(git_tree_entry_filemode(e))) {
		rc = read_oid(s, out, git_tree_entry_id(e));
		*there = !rc;
		if (rc == GUARD_TOO_LARGE)
			rc = too_large(s, err, path);
		else if (rc)
			rc = store_fail(s, err, rc, "reading %s", path);
	}
	git_tree_entry_free(e);
	git_tree_free(tree);
	return rc;
}

static void add_commit(struct store *s, struct commit_list *out, git_commit *c)
{
	struct commit_info *i = vec_push(&out->commits, &s->arena);
	struct span rest = span_of(git_commit_message(c));
	struct span subject = { 0 };

	while (rest.len && strchr(" \t\r\n", rest.ptr[rest.len - 1]))
		rest.len--;
	while (rest.len && *rest.ptr == '\n')
		rest = span_from(rest, 1);
	hex_of(&i->id, git_commit_id(c));
	i->message = arena_span(&s->arena, rest);
	rest = i->message;
	text_line(&rest, &subject);
	i->subject = subject;
}

/* Walk from `to` without what `from` reaches, newest first. */
static int walk(struct store *s, struct commit_list *out, const git_oid *from,
		const git_oid *to, bool merges, size_t max)
{
	git_revwalk *w = NULL;
	git_oid id;
	int rc = git_revwalk_new(&w, s->git);

	if (!rc)
		git_revwalk_sorting(w, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (!rc)
		rc = git_revwalk_push(w, to);
	if (!rc && from)
		rc = git_revwalk_hide(w, from);
	while (!rc && out->commits.len < max &&
	       !(rc = git_revwalk_next(&id, w))) {
		git_commit *c = NULL;

		rc = git_commit_lookup(&c, s->git, &id);
		if (!rc && (merges || git_commit_parentcount(c) < 2))
			add_commit(s, out, c);
		git_commit_free(c);
	}
	git_revwalk_free(w);
	return rc == GIT_ITEROVER ? 0 : rc;
}

/* The walk gives the newest first, callers want them as they were made. */
static void oldest_first(struct commit_list *l)
{
	for (size_t i = 0; i < l->commits.len / 2; i++) {
		struct commit_info *a = &l->commits.ptr[i];
		struct commit_info *b = &l->commits.ptr[l->commits.len - 1 - i];
		struct commit_info c = *a;

		*a = *b;
		*b = c;
	}
}

/* Where a branch leaves what it is to be merged into. */
static int find_trust(struct store *s, struct commit_list *out,
		      git_commit *from, git_commit *to)
{
	git_oid id;
	int rc = git_merge_base(&id, s->git, git_commit_id(from),
				git_commit_id(to));

	if (!rc || rc == GIT_ENOTFOUND)
		hex_of(&out->trust, rc ? git_commit_id(from) : &id);
	return rc == GIT_ENOTFOUND ? 0 : rc;
}

int read_commits(struct store *s, struct commit_list *out, const char *range,
		 struct error *err)
{
	const char *b = range ? range : "HEAD", *a = "HEAD";
	const char *dots = strstr(b, "..");
	git_commit *from = NULL, *to = NULL;
	int rc = 0;

	if (dots && dots[2] == '.')
		return error_set(err, ERR_USAGE, "'%s' has no order: use a..b",
				 range);
	if (dots) {
		if (dots != range)
			a = arena_cstr(
				&s->arena,
				(struct span){ range, (size_t)(dots - range) });
		b = dots[2] ? dots + 2 : "HEAD";
		rc = resolve_commit(s, &from, a, err);
	}
	if (!rc)
		rc = resolve_commit(s, &to, b, err);
	if (!rc && !dots) {
		add_commit(s, out, to);
	} else if (!rc) {
		rc = walk(s, out, git_commit_id(from), git_commit_id(to), false,
			  MAX_COMMITS);
		if (!rc)
			rc = find_trust(s, out, from, to);
		if (rc)
			store_fail(s, err, rc, "listing the commits of %s",
				   range);
		oldest_first(out);
	}
	git_commit_free(from);
	git_commit_free(to);
	return rc ? -1 : 0;
}

int read_intent(struct store *s, struct commit_list *out,
		const struct rev_range *range, size_t max, struct error *err)
{
	git_oid from, to;
	int rc;

	if (!range->commits)
		return 0;
	if (*range->new_commit)
		git_oid_fromstr(&to, range->new_commit);
	else if (git_reference_name_to_id(&to, s->git, "HEAD"))
		return 0;
	if (*range->old_commit)
		git_oid_fromstr(&from, range->old_commit);
	else if (max > 1)
		max = 1; /* a root commit's own */
	rc = walk(s, out, *range->old_commit ? &from : NULL, &to, true, max);
	if (rc && !s->shallow)
		return store_fail(s, err, rc, "reading the commits' messages");
	oldest_first(out);
	return 0;
}

static int new_end(struct store *s, git_oid *id, const struct rev_range *r)
{
	if (*r->new_commit)
		return git_oid_fromstr(id, r->new_commit);
	if (r->new_side == SIDE_TREE)
		return GIT_ENOTFOUND;
	return git_reference_name_to_id(id, s->git, "HEAD");
}

/* A failed walk is no failure of the question: the count just stays short. */
void count_commits(struct store *s, struct rev_range *r)
{
	git_oid old, new, base, id;
	git_revwalk *walk = NULL;
	int rc;

	if (r->old_side == SIDE_EMPTY && *r->new_commit)
		r->commits = 1;
	if (!*r->old_commit || new_end(s, &new, r))
		return;
	git_oid_fromstr(&old, r->old_commit);
	if (git_oid_equal(&old, &new))
		return;
	rc = git_merge_base(&base, s->git, &old, &new);
	if (!rc)
		rc = git_revwalk_new(&walk, s->git);
	if (!rc)
		rc = git_revwalk_push(walk, &new);
	if (!rc)
		rc = git_revwalk_hide(walk, &old);
	while (!rc && r->commits < MAX_COUNTED) {
		rc = git_revwalk_next(&id, walk);
		r->commits += !rc;
	}
	r->shallow = s->shallow && rc && rc != GIT_ITEROVER;
	git_revwalk_free(walk);
}

struct tree_walk {
	struct store *s;
	struct tree_list *out;
	size_t max;
};

static struct span join(struct arena *a, const char *root, const char *name)
{
	size_t n = strlen(root), m = strlen(name);
	char *p = arena_alloc(a, n + m + 1);

	memcpy(p, root, n);
	memcpy(p + n, name, m);
	return (struct span){ p, n + m };
}

static int add_entry(const char *root, const git_tree_entry *e, void *ctx)
{
	struct tree_walk *w = ctx;
	struct tree_entry *t;

	if (git_tree_entry_type(e) == GIT_OBJECT_TREE)
		return 0;
	if (w->out->entries.len == w->max) {
		w->out->truncated = true;
		return -1;
	}
	t = vec_push(&w->out->entries, &w->s->arena);
	t->path = join(&w->s->arena, root, git_tree_entry_name(e));
	t->mode = git_tree_entry_filemode_raw(e);
	hex_of(&t->id, git_tree_entry_id(e));
	return 0;
}

int read_tree(struct store *s, struct tree_list *out, const char *rev,
	      size_t max, struct error *err)
{
	struct tree_walk w = { s, out, max };
	git_tree *tree = NULL;
	int rc = resolve_tree(s, &tree, rev, err);

	if (rc || !tree)
		return rc;
	hex_of(&out->tree, git_tree_id(tree));
	rc = git_tree_walk(tree, GIT_TREEWALK_PRE, add_entry, &w);
	git_tree_free(tree);
	if (rc && !out->truncated)
		return store_fail(s, err, rc, "reading the tree of %s",
				  rev ? rev : "HEAD");
	return 0;
}

static void read_head(struct store *s, struct repo_info *out)
{
	git_reference *head = NULL;
	git_oid id;

	if (git_repository_head_unborn(s->git) == 1 ||
	    git_repository_head(&head, s->git)) {
		out->head_name = SPAN("unborn");
		return;
	}
	git_oid_cpy(&id, git_reference_target(head));
	hex_of(&out->head, &id);
	if (git_repository_head_detached(s->git) == 1)
		out->head_name = span_of(
			arena_printf(&s->arena, "detached at %.7s", out->head));
	else
		out->head_name = span_of(
			arena_strdup(&s->arena, git_reference_shorthand(head)));
	git_reference_free(head);
}

/* Is any file of the index kept out of the work tree? */
static bool has_skipped(struct store *s)
{
	git_index *index = NULL;
	bool yes = false;

	if (git_repository_index(&index, s->git))
		return false;
	for (size_t i = 0; !yes && i < git_index_entrycount(index); i++)
		yes = git_index_get_byindex(index, i)->flags_extended &
		      GIT_INDEX_ENTRY_SKIP_WORKTREE;
	git_index_free(index);
	return yes;
}

static struct span kept(struct store *s, const char *path)
{
	return path ? span_of(arena_strdup(&s->arena, path))
		    : (struct span){ 0 };
}

int read_info(struct store *s, struct repo_info *out, struct error *err)
{
	(void)err;
	out->workdir = kept(s, git_repository_workdir(s->git));
	out->gitdir = kept(s, git_repository_path(s->git));
	out->bare = !git_repository_workdir(s->git);
	out->shallow = s->shallow;
	out->partial = s->partial;
	out->sparse = !out->bare && has_skipped(s);
	out->linked_worktree = git_repository_is_worktree(s->git) == 1;
	read_head(s, out);
	return 0;
}
