#include "repo/store.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	git_config_level_t level;
	const char *env; /* names one file that stands in for the search */
	int (*find)(git_buf *);
} files[] = {
	{ GIT_CONFIG_LEVEL_SYSTEM, "GIT_CONFIG_SYSTEM",
	  git_config_find_system },
	{ GIT_CONFIG_LEVEL_XDG, "GIT_CONFIG_GLOBAL", git_config_find_xdg },
	{ GIT_CONFIG_LEVEL_GLOBAL, "GIT_CONFIG_GLOBAL",
	  git_config_find_global },
};

#define FILE_COUNT (sizeof(files) / sizeof(*files))

static bool no_system(void)
{
	const char *v = getenv("GIT_CONFIG_NOSYSTEM");
	int yes = 0;

	return v && (git_config_parse_bool(&yes, v) || yes);
}

static void add_file(git_config *cfg, const char *path,
		     git_config_level_t level, git_repository *git)
{
	struct stat st;

	if (!stat(path, &st) && S_ISREG(st.st_mode))
		git_config_add_file_ondisk(cfg, path, level, git, 1);
}

/* One of files[]; searched only where the environment says nothing. */
static void add_level(git_config *cfg, size_t i, git_repository *git,
		      bool search)
{
	const char *named = getenv(files[i].env);
	git_buf found = { 0 };

	if (files[i].level == GIT_CONFIG_LEVEL_SYSTEM && no_system())
		return;
	if (named) {
		if (files[i].level != GIT_CONFIG_LEVEL_XDG)
			add_file(cfg, named, files[i].level, git);
		return;
	}
	if (search && !files[i].find(&found))
		add_file(cfg, found.ptr, files[i].level, git);
	git_buf_dispose(&found);
}

git_config *config_open_user(void)
{
	git_config *cfg = NULL;

	if (git_config_new(&cfg))
		return NULL;
	for (size_t i = 0; i < FILE_COUNT; i++)
		add_level(cfg, i, NULL, true);
	/* what was named, or is not wanted, libgit2 must not search for */
	for (size_t i = 0; i < FILE_COUNT; i++)
		if (getenv(files[i].env) ||
		    (files[i].level == GIT_CONFIG_LEVEL_SYSTEM && no_system()))
			git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH,
					 files[i].level, "");
	return cfg;
}

void config_add_overrides(git_config *cfg, git_repository *git)
{
	for (size_t i = 0; i < FILE_COUNT; i++)
		add_level(cfg, i, git, false);
}

static bool covers(const char *rule, const char *path)
{
	size_t n = strlen(rule), len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	if (!strcmp(rule, "*"))
		return true;
	if (n > 2 && !strcmp(rule + n - 2, "/*"))
		return len >= n && !strncmp(rule, path, n - 1);
	while (n > 1 && rule[n - 1] == '/')
		n--;
	return n == len && !strncmp(rule, path, n);
}

bool config_says_safe(git_config *user, const char *path)
{
	git_config_iterator *it = NULL;
	git_config_entry *e;
	bool safe = false;

	if (git_config_multivar_iterator_new(&it, user, "safe.directory", NULL))
		return false;
	while (!git_config_next(&e, it)) {
		if (!e->value || !*e->value)
			safe = false; /* forgets those before it */
		else if (covers(e->value, path))
			safe = true;
	}
	git_config_iterator_free(it);
	return safe;
}

static enum config_level level_of(git_config_level_t level)
{
	if (level <= GIT_CONFIG_LEVEL_SYSTEM && level > 0)
		return CONFIG_SYSTEM;
	if (level == GIT_CONFIG_LEVEL_XDG || level == GIT_CONFIG_LEVEL_GLOBAL)
		return CONFIG_GLOBAL;
	return CONFIG_LOCAL;
}

static int add_entries(struct store *s, struct config_list *out,
		       git_config *cfg, enum config_level level)
{
	git_config_iterator *it = NULL;
	git_config_entry *e;
	int rc = git_config_iterator_glob_new(
		&it, cfg,
		level == CONFIG_LOCAL ? "^architect\\."
				      : "^(architect\\..*|core\\.pager$)");

	if (rc)
		return rc;
	while (!(rc = git_config_next(&e, it))) {
		struct config_entry *c;

		if (level_of(e->level) != level)
			continue;
		c = vec_push(&out->entries, &s->arena);
		c->level = level;
		c->name = span_of(arena_strdup(&s->arena, e->name));
		/* a key without a value is true to git */
		c->value = span_of(
			arena_strdup(&s->arena, e->value ? e->value : "true"));
	}
	git_config_iterator_free(it);
	return rc == GIT_ITEROVER ? 0 : rc;
}

int config_list(struct store *s, struct config_list *out, struct error *err)
{
	git_config *local = NULL;
	int rc = 0;

	if (s->user) {
		rc = add_entries(s, out, s->user, CONFIG_SYSTEM);
		if (!rc)
			rc = add_entries(s, out, s->user, CONFIG_GLOBAL);
	}
	if (!rc && s->git) {
		rc = git_repository_config_snapshot(&local, s->git);
		if (!rc)
			rc = add_entries(s, out, local, CONFIG_LOCAL);
		git_config_free(local);
	}
	return rc ? store_fail(s, err, rc, "reading git's configuration") : 0;
}
