/*
 * A word that is neither a revision nor a path: what was it meant to be? Each
 * explanation looks for one mistake, the surest ones first; the first that
 * fits sets the error.
 */
#include "repo/store.h"

#include <string.h>

#define MAX_NAMES 20000

struct puzzle {
	struct store *s;
	const char *word;
	const char *start; /* of it, what stands before the first of ~^@: */
	const char *rest;  /* of it, that and what follows */
	VEC(const char *) names; /* refs, then paths */
	size_t refs;		 /* how many of them are refs */
	git_strarray remotes;
};

/* True: it fits, and *err says so. */
typedef bool explain_fn(struct puzzle *p, struct error *err);

static bool says(struct puzzle *p, struct error *err, const char *rest)
{
	error_set(err, ERR_REPO, "'%s' %s", p->word, rest);
	return true;
}

static bool means(struct puzzle *p, struct error *err, const char *name)
{
	error_set(err, ERR_REPO,
		  "'%s' is neither a revision nor a path here; did you mean "
		  "'%s%s'?",
		  p->word, name, p->rest);
	return true;
}

static int add_ref(const char *name, void *ctx)
{
	static const char *const roots[] = { "refs/heads/", "refs/tags/",
					     "refs/remotes/" };
	struct puzzle *p = ctx;

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		size_t len = strlen(roots[i]);

		if (!strncmp(name, roots[i], len))
			*vec_push(&p->names, &p->s->arena) =
				arena_strdup(&p->s->arena, name + len);
	}
	return p->names.len > MAX_NAMES;
}

static void add_paths(struct puzzle *p)
{
	git_index *index = NULL;
	size_t count, skip = strlen(p->s->prefix);

	if (git_repository_index(&index, p->s->git))
		return;
	count = git_index_entrycount(index);
	for (size_t i = 0; i < count && i < MAX_NAMES; i++) {
		const char *path = git_index_get_byindex(index, i)->path;

		if (!strncmp(path, p->s->prefix, skip))
			*vec_push(&p->names, &p->s->arena) =
				arena_strdup(&p->s->arena, path + skip);
	}
	git_index_free(index);
}

static bool names_object(struct puzzle *p, const char *word)
{
	git_object *o = NULL;

	if (git_revparse_single(&o, p->s->git, word))
		return false;
	git_object_free(o);
	return true;
}

/* Where one commit is asked for; elsewhere each end is looked at alone. */
static bool range(struct puzzle *p, struct error *err)
{
	const char *dots = strstr(p->word, "..");

	if (!dots || dots[2] == '/' || (dots > p->word && dots[-1] == '/'))
		return false;
	error_set(err, ERR_USAGE,
		  "'%s' is a range where one revision is needed: `architect "
		  "review %s` reviews it",
		  p->word, p->word);
	return true;
}

/* The digits at the end of "#12" and of a pull request's address. */
static const char *number_behind(const char *word, const char *what)
{
	const char *at = strstr(word, what);
	size_t n;

	if (!at)
		return NULL;
	at += strlen(what);
	n = strspn(at, "0123456789");
	return n && n < 12 ? at : NULL;
}

static bool pull_request(struct puzzle *p, struct error *err)
{
	static const struct {
		const char *written, *ref;
	} forges[] = {
		{ "/pull/", "pull" },
		{ "/merge_requests/", "merge-requests" },
		{ "#", "pull" },
		{ "!", "merge-requests" },
	};
	bool address = strstr(p->word, "://");

	for (size_t i = 0; i < sizeof(forges) / sizeof(*forges); i++) {
		const char *n = number_behind(p->word, forges[i].written);

		if (!n || (address ? i > 1 : n != p->word + 1))
			continue;
		error_set(err, ERR_REPO,
			  "'%s' is not in this clone: `git fetch origin "
			  "%s/%.*s/head`, then `architect review "
			  "HEAD...FETCH_HEAD`",
			  p->word, forges[i].ref, (int)strspn(n, "0123456789"),
			  n);
		return true;
	}
	return address && says(p, err,
			       "is an address, and only clones are read: `git "
			       "clone` it and run there, or name it with -C");
}

static bool unborn(struct puzzle *p, struct error *err)
{
	return git_repository_head_unborn(p->s->git) == 1 && !p->refs &&
	       says(p, err,
		    "names no commit, there is none yet: `architect review` "
		    "without it takes the files as they are");
}

static bool shallow(struct puzzle *p, struct error *err)
{
	if (!p->s->shallow || !*p->rest ||
	    !names_object(p, *p->start ? p->start : "HEAD"))
		return false;
	return says(p, err,
		    "lies beyond the history of this shallow clone: `git fetch "
		    "--deepen=50` or `git fetch --unshallow` (in CI: "
		    "fetch-depth: 0)");
}

static bool gone(struct puzzle *p, struct error *err)
{
	for (size_t i = p->refs; i < p->names.len; i++)
		if (!strcmp(p->names.ptr[i], p->word))
			return says(p, err,
				    "is in the index but no longer in the work "
				    "tree: put `--` before it");
	return false;
}

/* What follows a revision that is one. */
static bool behind(struct puzzle *p, struct error *err)
{
	const char *of = *p->start ? p->start : "HEAD";

	if (!*p->rest || !names_object(p, of))
		return false;
	if (*p->rest == ':') {
		error_set(err, ERR_REPO,
			  "'%s' holds no '%s': `git ls-tree -r --name-only %s` "
			  "lists what it does",
			  of, p->rest + 1, of);
		return true;
	}
	if (!strncmp(p->rest, "@{u", 3) || !strncmp(p->rest, "@{p", 3)) {
		error_set(err, ERR_REPO,
			  "'%s': no upstream branch is set, or it is not "
			  "fetched: `git branch -u origin/NAME` sets one",
			  p->word);
		return true;
	}
	if (*p->rest == '@')
		return says(p, err,
			    "is not in the reflog: `git reflog` lists "
			    "what is");
	if (!strncmp(p->rest, "^{", 2)) {
		error_set(err, ERR_REPO, "'%s' is nothing that '%s' leads to",
			  p->word, of);
		return true;
	}
	return says(p, err,
		    "goes back further than the history here: `git log "
		    "--oneline` shows it");
}

/* A name that is there, and still nothing can be read by it. */
static bool damaged(struct puzzle *p, struct error *err)
{
	for (size_t i = 0; i < p->refs; i++)
		if (!strcmp(p->names.ptr[i], p->start))
			return says(p, err,
				    "cannot be read (a damaged object or "
				    "pack?): run `git fsck`");
	return false;
}

/* The tip has two names, and every project took the other one. */
static bool main_or_master(struct puzzle *p, struct error *err)
{
	const char *slash = strrchr(p->start, '/');
	const char *tail = slash ? slash + 1 : p->start;
	const char *other = !strcmp(tail, "master") ? "main"
			    : !strcmp(tail, "main") ? "master"
						    : NULL;

	if (!other)
		return false;
	other = arena_printf(&p->s->arena, "%.*s%s", (int)(tail - p->start),
			     p->start, other);
	return names_object(p, other) && means(p, err, other);
}

/* HEAD in other letters; topic of origin/topic; pool.rs of src/pool.rs. */
static bool part_of_a_name(struct puzzle *p, struct error *err)
{
	const char *tail = arena_printf(&p->s->arena, "/%s", p->start);
	const char *begun = NULL;
	size_t n = strlen(p->start), begins = 0;

	if (!n)
		return false;
	for (size_t i = 0; i < p->names.len; i++) {
		struct span name = span_of(p->names.ptr[i]);

		if (span_eqs_nocase(name, p->start) || span_ends(name, tail))
			return means(p, err, name.ptr);
		if (n > 1 && i < p->refs && span_starts(name, p->start)) {
			begun = name.ptr;
			begins++;
		}
	}
	return begins == 1 && means(p, err, begun);
}

/* "origin" of "origin/topic", if that is a remote. */
static const char *remote_of(const struct puzzle *p)
{
	for (size_t i = 0; i < p->remotes.count; i++) {
		const char *name = p->remotes.strings[i];
		size_t n = strlen(name);

		if (!strncmp(p->start, name, n) && p->start[n] == '/')
			return name;
	}
	return NULL;
}

/* A remote's branch is one letter off, or simply not here yet. */
static bool not_fetched(struct puzzle *p, struct error *err)
{
	const char *remote = remote_of(p), *near;

	if (!remote)
		return false;
	near = text_nearest(p->start, p->names.ptr, p->refs);
	error_set(err, ERR_REPO,
		  "'%s' is not fetched: `git fetch %s%s%s` brings it if it is "
		  "there%s%s%s",
		  p->word, remote, p->s->shallow ? " " : "",
		  p->s->shallow ? p->start + strlen(remote) + 1 : "",
		  near ? "; or did you mean '" : "", near ? near : "",
		  near ? "'?" : "");
	return true;
}

static bool object_id(struct puzzle *p, struct error *err)
{
	size_t n = strspn(p->start, "0123456789abcdefABCDEF");

	return n > 6 && !p->start[n] &&
	       says(p, err,
		    "is no object of this clone: `git fetch` brings what has "
		    "been pushed since");
}

static bool nearest(struct puzzle *p, struct error *err)
{
	/* HAED~2 is HEAD~2, misspelt */
	const char *near = text_nearest(p->start, p->names.ptr, p->names.len);

	return near && means(p, err, near);
}

/* `origin/main` where the only branch is `main`. */
static bool no_such_remote(struct puzzle *p, struct error *err)
{
	const char *slash = strchr(p->start, '/');

	return slash && !p->remotes.count && names_object(p, slash + 1) &&
	       means(p, err, slash + 1);
}

static bool nothing_like_it(struct puzzle *p, struct error *err)
{
	if (p->s->shallow)
		return says(p, err,
			    "is neither a revision nor a path in this shallow "
			    "clone: `git fetch --unshallow` brings the rest "
			    "(in CI: fetch-depth: 0)");
	return says(p, err,
		    p->remotes.count
			    ? "is neither a revision nor a path here; `git "
			      "branch -a` and `git log --oneline` list "
			      "revisions, `git fetch` brings new ones, and "
			      "`--` goes before a path that no longer exists"
			    : "is neither a revision nor a path here; `git "
			      "branch -a` and `git log --oneline` list "
			      "revisions, and `--` goes before a path that no "
			      "longer exists");
}

static explain_fn *const explanations[] = {
	range,		pull_request,	 unborn,      shallow,
	gone,		behind,		 damaged,     main_or_master,
	part_of_a_name, no_such_remote,	 not_fetched, nearest,
	object_id,	nothing_like_it,
};

int word_unknown(struct store *s, const char *word, struct error *err)
{
	size_t base = strcspn(word, "~^@:");
	struct puzzle p = { .s = s, .word = word, .rest = word + base };

	p.start = arena_cstr(&s->arena, (struct span){ word, base });
	git_reference_foreach_name(s->git, add_ref, &p);
	if (p.names.len || git_repository_head_unborn(s->git) != 1)
		*vec_push(&p.names, &s->arena) = "HEAD";
	p.refs = p.names.len;
	add_paths(&p);
	if (git_remote_list(&p.remotes, s->git))
		p.remotes = (git_strarray){ 0 };
	for (size_t i = 0; i < sizeof(explanations) / sizeof(*explanations);
	     i++)
		if (explanations[i](&p, err))
			break;
	git_strarray_dispose(&p.remotes);
	return -1;
}
