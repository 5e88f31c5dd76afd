/* Revisions as `git diff` takes them: revision.c (setup_revisions). */
#include "repo/store.h"

#include <stdlib.h>
#include <string.h>

enum arg_kind { ARG_ONE, ARG_RANGE, ARG_MERGE_BASE };

struct arg {
	enum arg_kind kind;
	const char *a, *b; /* as written; HEAD where nothing was */
	git_object *from, *to;
};

struct args {
	struct arg arg[2];
	size_t n;
};

static void args_release(struct args *args)
{
	for (size_t i = 0; i < 2; i++) {
		git_object_free(args->arg[i].from);
		git_object_free(args->arg[i].to);
	}
}

static bool names_ref(struct store *s, const char *word)
{
	git_reference *ref = NULL;
	bool yes = !git_reference_dwim(&ref, s->git, word);

	git_reference_free(ref);
	return yes;
}

/* Is a revision that does not parse one that is damaged, not one unknown? */
static bool damaged(struct store *s, int rc, const char *word)
{
	const git_error *e = git_error_last();

	if (rc == GIT_ENOTFOUND && e && e->klass == GIT_ERROR_ODB &&
	    names_ref(s, word)) {
		git_error_set_str(GIT_ERROR_ODB,
				  "the object it names is missing or its pack "
				  "is damaged: run `git fsck`");
		return true;
	}
	if (!rc || rc == GIT_ENOTFOUND || rc == GIT_EINVALIDSPEC ||
	    rc == GIT_EPEEL || !e)
		return false;
	return e->klass == GIT_ERROR_ODB || e->klass == GIT_ERROR_OBJECT ||
	       e->klass == GIT_ERROR_ZLIB || e->klass == GIT_ERROR_NOMEMORY ||
	       e->klass == GIT_ERROR_TAG || e->klass == GIT_ERROR_TREE ||
	       rc == GUARD_TOO_LARGE || rc == GIT_EAMBIGUOUS;
}

static int look_up(struct store *s, git_object **out, const char *word)
{
	*out = NULL;
	return git_revparse_single(out, s->git, word);
}

int resolve_object(struct store *s, git_object **out, const char *word,
		   struct error *err)
{
	int rc = look_up(s, out, word);

	if (!rc)
		return 0;
	if (damaged(s, rc, word))
		return store_fail(s, err, rc, "reading the revision '%s'",
				  word);
	return word_unknown(s, word, err);
}

static int peel(struct store *s, git_object **out, git_object *o,
		git_object_t type, const char *word, struct error *err)
{
	int rc = git_object_peel(out, o, type);

	if (rc == GIT_EPEEL || rc == GIT_EINVALIDSPEC)
		return error_set(
			err, ERR_REPO,
			git_object_type(o) == GIT_OBJECT_BLOB
				? "'%s' is a file where a %s is needed: a path "
				  "follows its revision, as in `architect "
				  "review HEAD -- PATH`"
				: "'%s' is a folder where a %s is needed",
			word,
			type == GIT_OBJECT_COMMIT ? "commit" : "revision");
	return rc ? store_fail(s, err, rc, "reading '%s'", word) : 0;
}

int resolve_commit(struct store *s, git_commit **out, const char *word,
		   struct error *err)
{
	git_object *o = NULL;
	int rc = resolve_object(s, &o, word, err);

	if (!rc)
		rc = peel(s, (git_object **)out, o, GIT_OBJECT_COMMIT, word,
			  err);
	git_object_free(o);
	return rc;
}

int resolve_tree(struct store *s, git_tree **out, const char *word,
		 struct error *err)
{
	git_object *o = NULL;
	int rc;

	*out = NULL;
	if (!word && git_repository_head_unborn(s->git) == 1)
		return 0;
	word = word ? word : "HEAD";
	rc = resolve_object(s, &o, word, err);
	if (!rc)
		rc = peel(s, (git_object **)out, o, GIT_OBJECT_TREE, word, err);
	git_object_free(o);
	return rc;
}

int tree_by_id(struct store *s, git_tree **out, const char *hex,
	       struct error *err)
{
	git_oid id;
	int rc;

	*out = NULL;
	if (!*hex)
		return 0;
	git_oid_fromstr(&id, hex);
	rc = git_tree_lookup(out, s->git, &id);
	return rc ? store_fail(s, err, rc, "reading the tree %.12s", hex) : 0;
}

/* One side of `a..b`; nothing means HEAD. */
static int look_up_end(struct store *s, git_object **out, const char **name)
{
	if (!**name)
		*name = "HEAD";
	return look_up(s, out, *name);
}

/*
 * Read a word as a revision. 0: it is one; 1: it is none; -1: it is one that
 * cannot be read.
 */
static int parse_arg(struct store *s, struct arg *arg, const char *word,
		     struct error *err)
{
	const char *dots = strstr(word, "..");
	size_t n = strlen(word);
	int rc;

	*arg = (struct arg){ .kind = ARG_ONE, .a = word };
	if (dots && strcmp(word, "..") && strncmp(word, "../", 3)) {
		bool three = dots[2] == '.';

		arg->kind = three ? ARG_MERGE_BASE : ARG_RANGE;
		arg->a = arena_cstr(
			&s->arena,
			(struct span){ word, (size_t)(dots - word) });
		arg->b = dots + (three ? 3 : 2);
	} else if (n > 2 && !strcmp(word + n - 2, "^!")) {
		arg->kind = ARG_RANGE;
		arg->b = arena_cstr(&s->arena, (struct span){ word, n - 2 });
		arg->a = arena_printf(&s->arena, "%s^1", arg->b);
	}
	if (arg->kind != ARG_ONE) {
		rc = look_up_end(s, &arg->from, &arg->a);
		if (!rc)
			rc = look_up_end(s, &arg->to, &arg->b);
		if (!rc)
			return 0;
		git_object_free(arg->from);
		git_object_free(arg->to);
		*arg = (struct arg){ .kind = ARG_ONE, .a = word };
	}
	rc = look_up(s, &arg->from, word);
	if (damaged(s, rc, word))
		return store_fail(s, err, rc, "reading the revision '%s'",
				  word);
	return rc ? 1 : 0;
}

static int add_path(struct store *s, struct rev_range *out, const char *word,
		    struct error *err)
{
	struct span path = { 0 };

	if (pathspec_parse(s, &path, word, err))
		return -1;
	*vec_push(&out->paths, &s->arena) = path;
	return 0;
}

/* `a..b` that is no revision: which end is it that nobody knows? */
static int unknown_revision(struct store *s, const char *word,
			    struct error *err)
{
	const char *dots = strstr(word, "..");
	git_object *o = NULL;
	char *a;

	/* the dots of a path */
	if (dots && (dots[2] == '/' || (dots > word && dots[-1] == '/')))
		return word_unknown(s, word, err);
	if (!dots || dots == word)
		return word_unknown(
			s, dots ? dots + 2 + (dots[2] == '.') : word, err);
	a = arena_cstr(&s->arena, (struct span){ word, (size_t)(dots - word) });
	if (look_up(s, &o, a))
		return word_unknown(s, a, err);
	git_object_free(o);
	return word_unknown(s, dots + 2 + (dots[2] == '.'), err);
}

/* As git: what stands behind a path is a path as well. */
static int behind_a_path(struct store *s, const char *path, const char *word,
			 struct error *err)
{
	struct arg arg;

	if (parse_arg(s, &arg, word, err))
		return word_unknown(s, word, err);
	git_object_free(arg.from);
	git_object_free(arg.to);
	return error_set(err, ERR_REPO,
			 "'%s' is a revision behind the path '%s': revisions "
			 "go first, as in `architect review %s %s`",
			 word, path, word, path);
}

/* Tell revisions from paths; what is a path goes to out. */
static int sort_words(struct store *s, struct args *args, struct rev_range *out,
		      const struct rev_spec *spec, struct error *err)
{
	size_t i;

	for (i = 0; i < spec->nwords; i++) {
		const char *word = spec->words[i];
		struct arg arg;
		int rc = parse_arg(s, &arg, word, err);

		if (rc < 0)
			return -1;
		if (rc > 0)
			break;
		if (args->n == 2) {
			git_object_free(arg.from);
			git_object_free(arg.to);
			return error_set(
				err, ERR_USAGE,
				"'%s' is one revision too many: name two at "
				"most, as A..B",
				word);
		}
		args->arg[args->n++] = arg;
		if (!spec->dashdash && word_is_path(s, word))
			return error_set(
				err, ERR_REPO,
				"ambiguous argument '%s': both revision and "
				"path; use '--' to separate paths from "
				"revisions: `%s --` or `-- %s`",
				word, word, word);
	}
	if (i < spec->nwords && (spec->dashdash || *spec->words[i] == '^'))
		return unknown_revision(s, spec->words[i], err);
	for (size_t first = i; i < spec->nwords; i++) {
		if (!word_may_be_path(s, spec->words[i]))
			return i == first ? unknown_revision(s, spec->words[i],
							     err)
					  : behind_a_path(s, spec->words[first],
							  spec->words[i], err);
		if (add_path(s, out, spec->words[i], err))
			return -1;
	}
	for (i = 0; i < spec->npaths; i++)
		if (add_path(s, out, spec->paths[i], err))
			return -1;
	return 0;
}

struct side {
	enum rev_side *side;
	char (*commit)[41], (*tree)[41];
	struct span *name;
};

static struct side old_side(struct rev_range *r)
{
	return (struct side){ &r->old_side, &r->old_commit, &r->old_tree,
			      &r->old_name };
}

static struct side new_side(struct rev_range *r)
{
	return (struct side){ &r->new_side, &r->new_commit, &r->new_tree,
			      &r->new_name };
}

static int set_object(struct store *s, struct side to, git_object *o,
		      const char *name, struct error *err)
{
	git_object *commit = NULL, *tree = NULL;

	*to.side = SIDE_TREE;
	*to.name = span_of(arena_strdup(&s->arena, name));
	if (!git_object_peel(&commit, o, GIT_OBJECT_COMMIT))
		hex_of(to.commit, git_object_id(commit));
	git_object_free(commit);
	if (peel(s, &tree, o, GIT_OBJECT_TREE, name, err))
		return -1;
	hex_of(to.tree, git_object_id(tree));
	git_object_free(tree);
	return 0;
}

static int set_word(struct store *s, struct side to, const char *word,
		    struct error *err)
{
	git_object *o = NULL;
	int rc = resolve_object(s, &o, word, err);

	if (!rc)
		rc = set_object(s, to, o, word, err);
	git_object_free(o);
	return rc;
}

static void set_empty(struct side to)
{
	*to.side = SIDE_EMPTY;
	*to.name = SPAN("empty tree");
}

static int set_head(struct store *s, struct side to, struct error *err)
{
	if (git_repository_head_unborn(s->git) == 1) {
		set_empty(to);
		return 0;
	}
	return set_word(s, to, "HEAD", err);
}

static int set_worktree(struct store *s, struct rev_range *out,
			struct error *err)
{
	if (!git_repository_workdir(s->git))
		return error_set(err, ERR_REPO,
				 "this is a bare repository, without a work "
				 "tree: name two revisions (a..b) or "
				 "--commit REV");
	out->new_side = SIDE_WORKTREE;
	out->new_name = SPAN("work tree");
	return 0;
}

static int set_merge_base(struct store *s, struct side to, git_object *a,
			  git_object *b, const char *an, const char *bn,
			  struct error *err)
{
	git_object *ca = NULL, *cb = NULL, *base = NULL;
	git_oid id;
	int rc = peel(s, &ca, a, GIT_OBJECT_COMMIT, an, err);

	if (!rc)
		rc = peel(s, &cb, b, GIT_OBJECT_COMMIT, bn, err);
	if (rc)
		goto out;
	rc = git_merge_base(&id, s->git, git_object_id(ca), git_object_id(cb));
	if (rc == GIT_ENOTFOUND && !s->shallow && !s->partial) {
		rc = error_set(err, ERR_REPO,
			       "'%s' and '%s' have no common ancestor: use "
			       "`%s..%s`",
			       an, bn, an, bn);
		goto out;
	}
	if (!rc)
		rc = git_object_lookup(&base, s->git, &id, GIT_OBJECT_COMMIT);
	if (rc)
		rc = store_fail(s, err, rc,
				"finding the merge base of '%s' and '%s'", an,
				bn);
	else
		rc = set_object(s, to, base,
				arena_printf(&s->arena,
					     "merge base of %s and %s", an, bn),
				err);
out:
	git_object_free(ca);
	git_object_free(cb);
	git_object_free(base);
	return rc;
}

static int set_commit(struct store *s, struct rev_range *out, const char *word,
		      struct error *err)
{
	git_commit *c = NULL, *parent = NULL;
	int rc = resolve_commit(s, &c, word, err);

	if (!rc)
		rc = set_object(s, new_side(out), (git_object *)c, word, err);
	if (rc)
		goto out;
	if (!git_commit_parentcount(c)) {
		set_empty(old_side(out));
		goto out;
	}
	rc = git_commit_parent(&parent, c, 0);
	if (rc)
		rc = store_fail(s, err, rc, "reading the parent of '%s'", word);
	else
		rc = set_object(s, old_side(out), (git_object *)parent,
				arena_printf(&s->arena, "%s^", word), err);
out:
	git_commit_free(parent);
	git_commit_free(c);
	return rc;
}

static int set_from_head(struct store *s, struct rev_range *out,
			 const char *ref, struct error *err)
{
	git_object *head = NULL, *other = NULL;
	int rc = set_worktree(s, out, err);

	if (!rc)
		rc = resolve_object(s, &other, ref, err);
	if (!rc)
		rc = resolve_object(s, &head, "HEAD", err);
	if (!rc)
		rc = set_merge_base(s, old_side(out), other, head, ref, "HEAD",
				    err);
	git_object_free(head);
	git_object_free(other);
	return rc;
}

static int set_pair(struct store *s, struct rev_range *out,
		    const struct arg *arg, struct error *err)
{
	int rc;

	if (arg->kind == ARG_MERGE_BASE)
		rc = set_merge_base(s, old_side(out), arg->from, arg->to,
				    arg->a, arg->b, err);
	else
		rc = set_object(s, old_side(out), arg->from, arg->a, err);
	return rc ? rc : set_object(s, new_side(out), arg->to, arg->b, err);
}

static int set_args(struct store *s, struct rev_range *out,
		    const struct args *args, bool staged, struct error *err)
{
	const struct arg *arg = args->arg;

	if (staged) {
		if (!git_repository_workdir(s->git) &&
		    !getenv("GIT_INDEX_FILE"))
			return error_set(
				err, ERR_REPO,
				"this is a bare repository, without an "
				"index: name two revisions (a..b) or "
				"--commit REV");
		if (args->n > 1 || (args->n && arg->kind != ARG_ONE))
			return error_set(err, ERR_USAGE,
					 "--staged takes one revision at most");
		out->new_side = SIDE_INDEX;
		out->new_name = SPAN("index");
	} else if (args->n == 2) {
		if (arg[0].kind != ARG_ONE || arg[1].kind != ARG_ONE)
			return error_set(err, ERR_USAGE,
					 "'%s' and '%s': a range is all the "
					 "revisions there can be",
					 arg[0].a, arg[1].a);
		if (set_object(s, old_side(out), arg[0].from, arg[0].a, err))
			return -1;
		return set_object(s, new_side(out), arg[1].from, arg[1].a, err);
	} else if (args->n && arg->kind != ARG_ONE) {
		return set_pair(s, out, arg, err);
	} else if (set_worktree(s, out, err)) {
		return -1;
	}
	if (args->n)
		return set_object(s, old_side(out), arg->from, arg->a, err);
	return set_head(s, old_side(out), err);
}

/* Whoever wrote a diff may say what it is upon; the user's HEAD is trusted. */
static int set_patch(struct store *s, struct rev_range *out, struct error *err)
{
	out->new_side = SIDE_PATCH;
	out->new_name = SPAN("the diff");
	return set_head(s, old_side(out), err);
}

/* Existing code: one tree, as if all of it had just been written. */
static int set_all(struct store *s, struct rev_range *out,
		   const struct args *args, struct error *err)
{
	const struct arg *arg = args->arg;

	if (args->n > 1 || (args->n && arg->kind != ARG_ONE))
		return error_set(err, ERR_USAGE,
				 "--all takes one revision, not a range: its "
				 "tree is looked at as it stands");
	if (!out->paths.len)
		return error_set(err, ERR_USAGE,
				 "--all needs a path: `architect review --all "
				 "-- src`, or `-- .` for all there is");
	out->all = true;
	set_empty(old_side(out));
	if (args->n ? set_object(s, new_side(out), arg->from, arg->a, err)
		    : set_head(s, new_side(out), err))
		return -1;
	if (out->new_side == SIDE_EMPTY)
		return error_set(err, ERR_REPO,
				 "there is no commit yet: --all reads HEAD's "
				 "tree");
	return paths_check(s, out, err);
}

static int set_trust(struct store *s, struct rev_range *out, const char *word,
		     struct error *err)
{
	git_tree *tree = NULL;

	if (resolve_tree(s, &tree, word, err))
		return -1;
	hex_of(&out->trust_tree, git_tree_id(tree));
	git_tree_free(tree);
	return 0;
}

int resolve_spec(struct store *s, struct rev_range *out,
		 const struct rev_spec *spec, struct error *err)
{
	struct args args = { 0 };
	int ways = spec->staged + !!spec->commit + !!spec->merge_base;
	int rc;

	if (spec->patch)
		return set_patch(s, out, err);
	if (ways + spec->all > 1)
		return error_set(err, ERR_USAGE,
				 "--all, --staged, --commit and --merge-base "
				 "exclude each other");
	if (spec->all && spec->untracked)
		return error_set(err, ERR_USAGE,
				 "--all reads a committed tree, which holds no "
				 "untracked files");
	out->untracked = spec->untracked;
	rc = sort_words(s, &args, out, spec, err);
	if (!rc && args.n && (spec->commit || spec->merge_base))
		rc = error_set(err, ERR_USAGE,
			       "'%s' is one revision too many beside %s",
			       args.arg->a,
			       spec->commit ? "--commit" : "--merge-base");
	else if (!rc && spec->all)
		rc = set_all(s, out, &args, err);
	else if (!rc && spec->commit)
		rc = set_commit(s, out, spec->commit, err);
	else if (!rc && spec->merge_base)
		rc = set_from_head(s, out, spec->merge_base, err);
	else if (!rc)
		rc = set_args(s, out, &args, spec->staged, err);
	args_release(&args);
	if (!rc && spec->untracked && out->new_side != SIDE_WORKTREE)
		rc = error_set(err, ERR_USAGE,
			       "--untracked goes with the work tree, and this "
			       "change ends in a commit or the index: leave it "
			       "out");
	if (!rc && spec->trust)
		rc = set_trust(s, out, spec->trust, err);
	if (!rc && !spec->all)
		count_commits(s, out);
	return rc;
}
