#include "repo/store.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <git2/sys/repository.h>

/* Extensions that change nothing for a reader. */
static const char *const extensions[] = { "worktreeconfig", "partialclone",
					  "relativeworktrees",
					  "preciousobjects" };

#define EXTENSION_COUNT (sizeof(extensions) / sizeof(*extensions))

void hex_of(char (*out)[41], const git_oid *id)
{
	git_oid_tostr(*out, sizeof(*out), id);
}

/* Does the library complain of bytes that are not what they should be? */
static bool damaged(const git_error *e)
{
	return e && (e->klass == GIT_ERROR_ZLIB || e->klass == GIT_ERROR_ODB ||
		     e->klass == GIT_ERROR_OBJECT ||
		     (e->message && strstr(e->message, "apply delta")));
}

int store_fail(struct store *s, struct error *err, int rc, const char *fmt, ...)
{
	const git_error *e = git_error_last();
	const char *why = e && e->message ? e->message : "unknown";
	char what[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	if (e && e->klass == GIT_ERROR_NOMEMORY)
		return error_set(err, ERR_REPO,
				 "%s: more than %lld MiB of memory needed: "
				 "name fewer paths or run `git fsck`",
				 what, (long long)s->place.limits.memory >> 20);
	if (rc == GUARD_TOO_LARGE)
		return error_set(err, ERR_REPO, "%s: %s", what, why);
	if (rc == GIT_ENOTFOUND && s->partial)
		return error_set(err, ERR_REPO,
				 "%s: an object is not in this partial clone, "
				 "and nothing is fetched here: run the same "
				 "`git diff` once, or `git fetch --refetch "
				 "--filter=blob:limit=4m`",
				 what);
	if (rc == GIT_ENOTFOUND && s->shallow)
		return error_set(err, ERR_REPO,
				 "%s: the history of this shallow clone does "
				 "not reach that far: `git fetch --deepen=50` "
				 "or `git fetch --unshallow`",
				 what);
	return error_set(err, ERR_REPO, "%s: %s%s", what, why,
			 damaged(e) && !strstr(why, "git fsck")
				 ? " (a damaged object or pack?): run `git "
				   "fsck`"
				 : "");
}

static const char *env(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

/* The folder git's advice names: the work tree, or the bare repository. */
static const char *owned_folder(struct store *s)
{
	git_buf found = { 0 };
	char *path;
	size_t n;

	if (git_repository_discover(&found, ".", 0,
				    env("GIT_CEILING_"
					"DIRECTORIES")))
		return ".";
	path = arena_strdup(&s->own, found.ptr);
	git_buf_dispose(&found);
	n = strlen(path);
	while (n > 1 && path[n - 1] == '/')
		path[--n] = 0;
	if (n > 5 && !strcmp(path + n - 5, "/.git"))
		path[n - 5] = 0;
	return path;
}

/* A value of the repository's own configuration file, before it opens. */
static const char *peek(struct store *s, const char *key)
{
	git_buf found = { 0 };
	git_config *cfg = NULL;
	const char *value = NULL, *kept = NULL;
	char *file;

	if (git_repository_discover(&found, ".", 0, NULL))
		return NULL;
	file = arena_printf(&s->own, "%sconfig", found.ptr);
	git_buf_dispose(&found);
	if (!git_config_open_ondisk(&cfg, file)) {
		git_config *snap = NULL;

		if (!git_config_snapshot(&snap, cfg) &&
		    !git_config_get_string(&value, snap, key))
			kept = arena_strdup(&s->own, value);
		git_config_free(snap);
	}
	git_config_free(cfg);
	return kept;
}

static void explain(struct store *s, int rc)
{
	const git_error *e = git_error_last();
	struct error *err = &s->broken;
	char why[256];
	const char *format, *refs;

	snprintf(why, sizeof(why), "%s",
		 e && e->message ? e->message : "unknown");
	if (rc == GIT_ENOTFOUND && !env("GIT_DIR")) {
		char cwd[PATH_MAX];

		error_set(err, ERR_REPO,
			  "no git repository in %s or above it: change into "
			  "one or name it with -C",
			  getcwd(cwd, sizeof(cwd)) ? cwd : ".");
		return;
	}
	if (rc == GIT_ENOTFOUND) {
		error_set(err, ERR_REPO,
			  "GIT_DIR is '%s', where no repository is: unset it, "
			  "or let it name one",
			  env("GIT_DIR"));
		return;
	}
	if (rc == GIT_EOWNER) {
		const char *dir = owned_folder(s);

		error_set(err, ERR_REPO,
			  "the repository %s belongs to another user; if it is "
			  "to be trusted: git config --global --add "
			  "safe.directory %s",
			  dir, dir);
		return;
	}
	format = peek(s, "extensions.objectformat");
	refs = peek(s, "extensions.refstorage");
	if (format && strcmp(format, "sha1"))
		error_set(err, ERR_REPO,
			  "repositories with %s object ids are not supported, "
			  "only sha1: `git diff A B | architect review -` "
			  "reviews a diff alone",
			  format);
	else if (refs && strcmp(refs, "files"))
		error_set(err, ERR_REPO,
			  "repositories that keep refs as %s are not "
			  "supported: `git refs migrate --ref-format=files` "
			  "converts one",
			  refs);
	else
		error_set(err, ERR_REPO, "opening the repository: %s", why);
}

/* libgit2 1.5 says "not found" of a folder that nobody called safe yet. */
static bool foreign(const char *folder)
{
	struct stat st;

	return strcmp(folder, ".") && !stat(folder, &st) &&
	       st.st_uid != geteuid();
}

static int open_git(struct store *s)
{
	const char *dir = env("GIT_DIR");
	unsigned flags = dir ? GIT_REPOSITORY_OPEN_NO_SEARCH : 0;

	if (dir) /* git trusts a repository that was named */
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	if (env("GIT_DISCOVERY_ACROSS_FILESYSTEM"))
		flags |= GIT_REPOSITORY_OPEN_CROSS_FS;
	return git_repository_open_ext(&s->git, dir ? dir : ".", flags,
				       env("GIT_CEILING_DIRECTORIES"));
}

/* As git: GIT_DIR alone makes the current folder the work tree's top. */
static int apply_workdir(struct store *s, git_config *cfg)
{
	const char *top = env("GIT_WORK_TREE");
	git_buf set = { 0 };

	if (!top && env("GIT_DIR") && !git_repository_is_bare(s->git)) {
		if (git_config_get_string_buf(&set, cfg, "core.worktree"))
			top = ".";
		git_buf_dispose(&set);
	}
	return top ? git_repository_set_workdir(s->git, top, 0) : 0;
}

static int apply_index(struct store *s)
{
	const char *file = env("GIT_INDEX_FILE");
	const char *top = git_repository_workdir(s->git);
	git_index *index = NULL;
	int rc;

	if (!file)
		return 0;
	if (*file != '/' && top)
		file = arena_printf(&s->own, "%s%s", top, file);
	rc = git_index_open(&index, file);
	if (!rc)
		rc = git_repository_set_index(s->git, index);
	git_index_free(index);
	return rc;
}

static int apply_objects(struct store *s)
{
	const char *dir = env("GIT_OBJECT_DIRECTORY");
	struct span rest = span_of(env("GIT_ALTERNATE_OBJECT_DIRECTORIES"));
	struct span one;
	git_odb *odb = NULL;
	int rc = 0;

	if (dir) {
		rc = git_odb_open(&odb, dir);
		if (!rc)
			rc = git_repository_set_odb(s->git, odb);
		git_odb_free(odb);
	}
	if (!rc)
		rc = git_repository_odb(&s->odb, s->git);
	while (!rc && text_field(&rest, ':', &one))
		if (one.len)
			git_odb_add_disk_alternate(s->odb,
						   arena_cstr(&s->own, one));
	if (!rc)
		guard_odb(s->odb, s->place.limits.max_file);
	return rc ? rc : git_repository_wrap_odb(&s->plain, s->odb);
}

static const char *find_prefix(struct store *s)
{
	const char *top = git_repository_workdir(s->git);
	char real_top[PATH_MAX], cwd[PATH_MAX];
	size_t n;

	if (!top || !realpath(top, real_top) || !realpath(".", cwd))
		return "";
	n = strlen(real_top);
	if (n == 1)
		n = 0; /* the root folder ends in its slash */
	if (strncmp(cwd, real_top, n) || cwd[n] != '/' || !cwd[n + 1])
		return "";
	return arena_printf(&s->own, "%s/", cwd + n + 1);
}

/* Is there a promisor remote, or the extension that came before it? */
static bool is_partial(git_config *cfg)
{
	git_config_iterator *it = NULL;
	git_config_entry *e;
	bool yes = false;

	if (git_config_iterator_glob_new(
		    &it, cfg,
		    "^(remote\\..*\\.promisor|extensions\\.partialclone)$"))
		return false;
	yes = !git_config_next(&e, it);
	git_config_iterator_free(it);
	return yes;
}

static int prepare(struct store *s)
{
	git_config *cfg = NULL;
	int rc = git_repository_config(&cfg, s->git);

	if (rc)
		return rc;
	config_add_overrides(cfg, s->git);
	s->partial = is_partial(cfg);
	rc = apply_workdir(s, cfg);
	if (!rc)
		rc = apply_index(s);
	if (!rc)
		rc = apply_objects(s);
	if (!rc) {
		s->shallow = git_repository_is_shallow(s->git) == 1;
		s->prefix = find_prefix(s);
	}
	git_config_free(cfg);
	return rc;
}

/* Pack windows must fit the limit, or large packs fail to open. */
static void set_options(int64_t memory)
{
	size_t window = 32 << 20, mapped = 256 << 20;

	if (memory > 0 && (size_t)memory / 4 < mapped)
		mapped = (size_t)memory / 4;
	if (window > mapped / 4)
		window = mapped / 4;
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, window);
	git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, mapped);
	/* half of all time; guard.c checks loose objects, zlib packed ones */
	git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
	git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, EXTENSION_COUNT);
}

static int enter(struct store *s)
{
	const char *dir = s->place.dir;

	if (chdir(s->place.cwd))
		return error_set(&s->broken, ERR_REPO,
				 "cannot change into %s: %s", s->place.cwd,
				 strerror(errno));
	if (dir && chdir(dir))
		return error_set(&s->broken, ERR_REPO,
				 "cannot change into %s: %s", dir,
				 strerror(errno));
	return 0;
}

/*
 * libgit2 reads every certificate of the system when it starts: more than half
 * of its time, and for nothing, since no server is ever spoken to here. While
 * no file can be opened it goes without.
 */
static void start_libgit2(void)
{
	struct rlimit files, none;

	if (getrlimit(RLIMIT_NOFILE, &files)) {
		git_libgit2_init();
		return;
	}
	none = files;
	none.rlim_cur = 0;
	setrlimit(RLIMIT_NOFILE, &none);
	if (git_libgit2_init() < 0) {
		setrlimit(RLIMIT_NOFILE, &files);
		git_libgit2_init();
	}
	setrlimit(RLIMIT_NOFILE, &files);
}

void store_open(struct store *s, const struct place *place)
{
	int rc;

	s->place = *place;
	s->place.cwd = arena_strdup(&s->own, place->cwd);
	s->place.dir = place->dir ? arena_strdup(&s->own, place->dir) : NULL;
	s->prefix = "";
	start_libgit2();
	set_options(place->limits.memory);
	s->user = config_open_user();
	if (enter(s))
		return;
	rc = open_git(s);
	if (rc == GIT_ENOTFOUND && !env("GIT_DIR") && foreign(owned_folder(s)))
		rc = GIT_EOWNER;
	if (rc == GIT_EOWNER && s->user &&
	    config_says_safe(s->user, owned_folder(s))) {
		git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		rc = open_git(s);
	}
	if (!rc)
		rc = prepare(s);
	if (!rc)
		return;
	explain(s, rc);
	git_repository_free(s->git);
	s->git = NULL;
}
