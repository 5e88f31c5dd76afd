#include "repo/pair.h"

#include <stdlib.h>
#include <string.h>

bool half_binary(const struct half *h)
{
	size_t n = h->text.len < 8000 ? h->text.len : 8000;

	return n && memchr(h->text.ptr, 0, n);
}

int half_load(struct store *s, struct half *h, struct error *err)
{
	int rc;

	if (h->loaded || !h->mode || h->mode == GIT_FILEMODE_COMMIT)
		return 0;
	h->loaded = true;
	rc = git_blob_lookup(&h->blob, s->plain, &h->id);
	h->too_large = rc == GUARD_TOO_LARGE ||
		       (!rc && (int64_t)git_blob_rawsize(h->blob) >
				       s->place.limits.max_file);
	if (!rc && !h->too_large)
		h->text = (struct span){ git_blob_rawcontent(h->blob),
					 (size_t)git_blob_rawsize(h->blob) };
	return rc && !h->too_large ? store_fail(s, err, rc, "reading %.*s",
						SPAN_ARG(h->path))
				   : 0;
}

static struct half half_of(struct store *s, const git_diff_file *f)
{
	struct half h = { 0 };

	h.path = span_of(arena_strdup(&s->arena, f->path));
	h.mode = f->mode;
	git_oid_cpy(&h.id, &f->id);
	return h;
}

static void add_delta(struct store *s, struct pair_list *out,
		      const git_diff_delta *d)
{
	struct pair *p = vec_push(&out->pairs, &s->arena);

	p->old = half_of(s, &d->old_file);
	p->new = half_of(s, &d->new_file);
	p->conflicted = d->status == GIT_DELTA_CONFLICTED;
	if (d->status == GIT_DELTA_ADDED || d->status == GIT_DELTA_UNTRACKED)
		p->old.mode = 0;
	if (d->status == GIT_DELTA_DELETED)
		p->new.mode = 0;
}

static void add_all(struct store *s, struct pair_list *out, git_diff *diff)
{
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++)
		add_delta(s, out, git_diff_get_delta(diff, i));
}

static int by_path(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	return strcmp(x->new.path.ptr, y->new.path.ptr);
}

static void sort_pairs(struct pair_list *l)
{
	if (l->pairs.len)
		qsort(l->pairs.ptr, l->pairs.len, sizeof(*l->pairs.ptr),
		      by_path);
}

static git_diff_options options(void)
{
	git_diff_options o;

	git_diff_options_init(&o, GIT_DIFF_OPTIONS_VERSION);
	o.flags = GIT_DIFF_INCLUDE_TYPECHANGE;
	o.ignore_submodules = GIT_SUBMODULE_IGNORE_DIRTY;
	return o;
}

/* What the work tree says of a path on top of what the index says. */
struct overlay {
	struct store *s;
	struct pair_list *out;
	size_t staged; /* so many pairs of out are the index's, sorted */
	git_index *index;
	struct change *change;
	const struct rev_range *range;
};

static const git_index_entry *entry(git_index *index, const char *path)
{
	return git_index_get_bypath(index, path, 0);
}

/* Files that a sparse checkout leaves out, or that the user vouches for. */
static bool not_looked_at(git_index *index, const char *path, bool gone)
{
	const git_index_entry *e = entry(index, path);

	if (!e)
		return false;
	return e->flags & GIT_INDEX_ENTRY_VALID ||
	       (gone && e->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE);
}

static struct pair *find_staged(struct overlay *o, const char *path)
{
	struct pair key = { .new.path = span_of(path) };

	return o->staged ? bsearch(&key, o->out->pairs.ptr, o->staged,
				   sizeof(key), by_path)
			 : NULL;
}

static bool names_guide(struct span path)
{
	static const char *const guides[] = { "CLAUDE.md", "AGENTS.md" };

	for (size_t i = 0; i < sizeof(guides) / sizeof(*guides); i++) {
		size_t n = strlen(guides[i]);

		if (span_ends(path, guides[i]) &&
		    (path.len == n || path.ptr[path.len - n - 1] == '/'))
			return true;
	}
	return false;
}

static int set_new(struct overlay *o, struct pair *p, const git_diff_delta *d,
		   struct error *err)
{
	p->new = half_of(o->s, &d->new_file);
	if (p->new.mode == GIT_FILEMODE_COMMIT ||
	    (!pathspec_match(o->range, p->new.path) &&
	     !names_guide(p->new.path)))
		return 0;
	return worktree_load(o->s, &p->new, err);
}

static int overlay_untracked(struct overlay *o, const git_diff_delta *d,
			     struct error *err)
{
	struct span path = span_of(d->new_file.path);
	struct pair *p = find_staged(o, d->new_file.path);

	if (span_ends(path, "/") || !d->new_file.mode)
		return 0; /* another repository */
	if (o->range->untracked) {
		if (!p) {
			p = vec_push(&o->out->pairs, &o->s->arena);
			p->old.path = arena_span(&o->s->arena, path);
		}
		return set_new(o, p, d, err);
	}
	if (!p && names_guide(path))
		*vec_push(&o->change->guides_edited, &o->s->arena) =
			arena_span(&o->s->arena, path);
	if (span_ends(path, ".rs") && pathspec_match(o->range, path))
		*vec_push(&o->change->untracked, &o->s->arena) =
			arena_span(&o->s->arena, path);
	return 0;
}

static int overlay_delta(struct overlay *o, const git_diff_delta *d,
			 struct error *err)
{
	const char *path =
		d->new_file.path ? d->new_file.path : d->old_file.path;
	bool gone = d->status == GIT_DELTA_DELETED;
	struct pair *p;

	if (d->status == GIT_DELTA_UNTRACKED)
		return overlay_untracked(o, d, err);
	if (not_looked_at(o->index, path, gone))
		return 0;
	p = find_staged(o, path);
	if (!p) {
		add_delta(o->s, o->out, d);
		p = &o->out->pairs.ptr[o->out->pairs.len - 1];
	}
	if (d->status == GIT_DELTA_CONFLICTED)
		p->conflicted = true;
	else if (gone)
		p->new.mode = 0;
	else if (d->status == GIT_DELTA_MODIFIED ||
		 d->status == GIT_DELTA_TYPECHANGE)
		return set_new(o, p, d, err);
	else if (d->status == GIT_DELTA_UNREADABLE)
		return error_set(err, ERR_REPO, "reading %s: no permission",
				 path);
	return 0;
}

static int overlay_worktree(struct overlay *o, struct error *err)
{
	git_diff_options opts = options();
	git_diff *diff = NULL;
	int rc;

	opts.flags |=
		GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS;
	rc = git_diff_index_to_workdir(&diff, o->s->git, o->index, &opts);
	if (rc)
		return store_fail(o->s, err, rc,
				  "comparing the work tree with the index");
	sort_pairs(o->out);
	o->staged = o->out->pairs.len;
	for (size_t i = 0; !rc && i < git_diff_num_deltas(diff); i++)
		rc = overlay_delta(o, git_diff_get_delta(diff, i), err);
	git_diff_free(diff);
	return rc;
}

/* `git add -N` only says that a file will come. */
static void drop_intended(struct pair_list *l, git_index *index)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->pairs.len; i++) {
		struct pair *p = &l->pairs.ptr[i];
		const git_index_entry *e = entry(index, p->new.path.ptr);

		if (!e || !(e->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD))
			l->pairs.ptr[kept++] = *p;
	}
	l->pairs.len = kept;
}

/* Two kinds of index that git may write and libgit2 does not read. */
static int index_fail(struct store *s, struct error *err, int rc)
{
	static const struct {
		const char *extension, *what, *cure;
	} kinds[] = {
		{ "'link'", "split", "git update-index --no-split-index" },
		{ "'sdir'", "sparse",
		  "git sparse-checkout reapply --no-sparse-index" },
	};
	const git_error *e = git_error_last();

	for (size_t i = 0; e && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (e->klass == GIT_ERROR_INDEX &&
		    strstr(e->message, kinds[i].extension))
			return error_set(err, ERR_REPO,
					 "a %s index is not supported: `%s` "
					 "makes it a plain one; a..b and "
					 "--commit do without it",
					 kinds[i].what, kinds[i].cure);
	return store_fail(s, err, rc, "comparing the index");
}

static int collect_index(struct store *s, struct pair_list *out,
			 struct change *c, const struct rev_range *range,
			 git_tree *old, struct error *err)
{
	git_diff_options opts = options();
	struct overlay o = { .s = s, .out = out, .change = c, .range = range };
	git_diff *diff = NULL;
	int rc = git_repository_index(&o.index, s->git);

	if (!rc)
		rc = git_diff_tree_to_index(&diff, s->git, old, o.index, &opts);
	if (rc) {
		rc = index_fail(s, err, rc);
		goto out;
	}
	add_all(s, out, diff);
	if (range->new_side == SIDE_WORKTREE)
		rc = overlay_worktree(&o, err);
	else
		drop_intended(out, o.index);
out:
	git_diff_free(diff);
	git_index_free(o.index);
	return rc;
}

static int collect_trees(struct store *s, struct pair_list *out, git_tree *old,
			 const struct rev_range *range, struct error *err)
{
	git_diff_options opts = options();
	git_tree *new = NULL;
	git_diff *diff = NULL;
	int rc = tree_by_id(s, &new, range->new_tree, err);

	if (rc)
		return rc;
	rc = git_diff_tree_to_tree(&diff, s->git, old, new, &opts);
	if (rc)
		rc = store_fail(s, err, rc, "comparing two trees");
	else
		add_all(s, out, diff);
	git_diff_free(diff);
	git_tree_free(new);
	return rc;
}

static bool same(const struct pair *p)
{
	return p->old.mode == p->new.mode &&
	       (!p->old.mode || git_oid_equal(&p->old.id, &p->new.id));
}

/* Keep what differs and is asked for; note the guides that differ. */
static void select_pairs(struct store *s, struct pair_list *l, struct change *c,
			 const struct rev_range *range)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->pairs.len; i++) {
		struct pair *p = &l->pairs.ptr[i];

		if (!p->conflicted && same(p))
			continue;
		if (range->new_side != SIDE_TREE && names_guide(p->new.path))
			*vec_push(&c->guides_edited, &s->arena) = p->new.path;
		if (pathspec_match(range, p->new.path))
			l->pairs.ptr[kept++] = *p;
	}
	l->pairs.len = kept;
}

int collect(struct store *s, struct pair_list *out, struct change *c,
	    const struct rev_range *range, struct error *err)
{
	git_tree *old = NULL;
	int rc = tree_by_id(s, &old, range->old_tree, err);

	if (!rc)
		rc = range->new_side == SIDE_TREE
			     ? collect_trees(s, out, old, range, err)
			     : collect_index(s, out, c, range, old, err);
	git_tree_free(old);
	if (rc)
		return -1;
	sort_pairs(out);
	select_pairs(s, out, c, range);
	return 0;
}
