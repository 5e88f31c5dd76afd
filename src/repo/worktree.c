#include "repo/pair.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * git would run a program, or convert, before it compares these files. Neither
 * is done here, and a diff without it would be wrong.
 */
static int refuse_filtered(struct store *s, const char *path, git_config *cfg,
			   struct error *err)
{
	static const char *names[] = { "filter", "working-tree-encoding" };
	static const char *const runs[] = { "clean", "process" };
	const char *v[2] = { NULL, NULL };

	if (git_attr_get_many(v, s->git, GIT_ATTR_CHECK_FILE_THEN_INDEX, path,
			      2, names))
		return 0;
	for (size_t i = 0; git_attr_value(v[0]) == GIT_ATTR_VALUE_STRING &&
			   i < sizeof(runs) / sizeof(*runs);
	     i++) {
		const char *key =
			arena_printf(&s->arena, "filter.%s.%s", v[0], runs[i]);
		const char *program = NULL;

		if (!git_config_get_string(&program, cfg, key) && *program)
			return error_set(
				err, ERR_REPO,
				"%s passes through the filter '%s' on its way "
				"into git, and no program is run here: commit "
				"it and review the commit, or leave it out "
				"with ':!%s'",
				path, v[0], path);
	}
	if (git_attr_value(v[1]) == GIT_ATTR_VALUE_STRING &&
	    strcasecmp(v[1], "utf-8") && strcasecmp(v[1], "utf8"))
		return error_set(err, ERR_REPO,
				 "%s is kept as %s in the work tree, which is "
				 "not supported: commit it and review the "
				 "commit, or leave it out with ':!%s'",
				 path, v[1], path);
	return 0;
}

static int check_filters(struct store *s, const char *path, struct error *err)
{
	git_config *cfg = NULL;
	int rc = git_repository_config_snapshot(&cfg, s->git);

	if (rc)
		return store_fail(s, err, rc, "reading the configuration");
	rc = refuse_filtered(s, path, cfg, err);
	git_config_free(cfg);
	return rc;
}

/* Line ends and $Id$, as on the way into the object store. */
static int clean(struct store *s, struct half *h, const char *path,
		 struct error *err)
{
	git_filter_list *filters = NULL;
	git_buf out = { 0 };
	int rc = git_filter_list_load(&filters, s->git, NULL, path,
				      GIT_FILTER_TO_ODB,
				      GIT_FILTER_ALLOW_UNSAFE);

	if (!rc && filters) {
		rc = git_filter_list_apply_to_buffer(&out, filters, h->text.ptr,
						     h->text.len);
		if (!rc)
			h->text = arena_span(
				&s->arena, (struct span){ out.ptr, out.size });
		git_buf_dispose(&out);
	}
	git_filter_list_free(filters);
	return rc ? store_fail(s, err, rc, "converting the line ends of %s",
			       path)
		  : 0;
}

static int read_all(struct store *s, struct half *h, const char *full,
		    size_t size)
{
	char *p = arena_alloc(&s->arena, size + 1);
	size_t got = 0;
	int fd = open(full, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -1;
	while (got < size) {
		ssize_t n = read(fd, p + got, size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		got += (size_t)n;
	}
	close(fd);
	h->text = (struct span){ p, got };
	return 0;
}

static int read_link(struct store *s, struct half *h, const char *full)
{
	char target[4096];
	ssize_t n = readlink(full, target, sizeof(target));

	if (n < 0)
		return -1;
	h->text = arena_span(&s->arena, (struct span){ target, (size_t)n });
	return 0;
}

int worktree_load(struct store *s, struct half *h, struct error *err)
{
	const char *path = arena_cstr(&s->arena, h->path);
	const char *full = arena_printf(&s->arena, "%s%s",
					git_repository_workdir(s->git), path);
	struct stat st;
	int rc;

	h->loaded = true;
	if (lstat(full, &st))
		return error_set(err, ERR_REPO, "reading %s: %s", path,
				 strerror(errno));
	if (S_ISREG(st.st_mode) && check_filters(s, path, err))
		return -1;
	if (st.st_size > s->place.limits.max_file) {
		h->too_large = true;
		rc = git_odb_hashfile(&h->id, full, GIT_OBJECT_BLOB);
		return rc ? store_fail(s, err, rc, "reading %s", path) : 0;
	}
	rc = S_ISLNK(st.st_mode) ? read_link(s, h, full)
				 : read_all(s, h, full, (size_t)st.st_size);
	if (rc)
		return error_set(err, ERR_REPO, "reading %s: %s", path,
				 strerror(errno));
	if (S_ISREG(st.st_mode) && clean(s, h, path, err))
		return -1;
	rc = git_odb_hash(&h->id, h->text.ptr, h->text.len, GIT_OBJECT_BLOB);
	return rc ? store_fail(s, err, rc, "hashing %s", path) : 0;
}
