#include "repo/guide_source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mask.h"

bool guide_path(struct arena *a, struct span *out, struct span folder,
		struct span path)
{
	struct span sources[2] = { folder, path }, part;
	char *p = arena_alloc(a, folder.len + path.len + 2);
	size_t n = 0;

	if (span_starts(path, "/") || span_starts(path, "~") ||
	    (path.len && memchr(path.ptr, 0, path.len)))
		return false;
	for (int i = 0; i < 2; i++) {
		while (text_field(&sources[i], '/', &part)) {
			if (!part.len || span_eqs(part, "."))
				continue;
			if (span_eqs_nocase(part, ".git"))
				return false;
			if (span_eqs(part, "..")) {
				if (!n)
					return false;
				while (n && p[--n] != '/')
					;
				continue;
			}
			if (n)
				p[n++] = '/';
			memcpy(p + n, part.ptr, part.len);
			n += part.len;
		}
	}
	*out = (struct span){ p, n };
	return true;
}

static struct span folder_of(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return span_first(path, n ? n - 1 : 0);
}

/* ---- a tree ---- */

static enum found tree_find(const struct guide_source *src, struct span path,
			    git_tree_entry **out)
{
	git_tree *tree = NULL;
	enum found found = FOUND_NOTHING;
	struct span part;

	*out = NULL;
	if (git_tree_dup(&tree, src->tree))
		return FOUND_NOTHING;
	while (text_field(&path, '/', &part)) {
		const git_tree_entry *e = git_tree_entry_byname(
			tree, arena_cstr(&src->s->arena, part));
		git_tree *next = NULL;

		if (!e)
			break;
		if (!path.len) {
			git_tree_entry_dup(out, e);
			found = FOUND_FILE;
			break;
		}
		if (git_tree_entry_filemode(e) == GIT_FILEMODE_LINK ||
		    git_tree_entry_type(e) == GIT_OBJECT_COMMIT) {
			found = FOUND_REFUSED;
			break;
		}
		if (git_tree_lookup(&next, src->s->git, git_tree_entry_id(e)))
			break;
		git_tree_free(tree);
		tree = next;
	}
	git_tree_free(tree);
	return found;
}

static enum found tree_read(const struct guide_source *src, struct span path,
			    struct span *text, git_oid *id, bool *link)
{
	git_tree_entry *e;
	enum found found = tree_find(src, path, &e);
	int rc = 0;

	*link = false;
	if (found != FOUND_FILE)
		return found;
	*link = git_tree_entry_filemode(e) == GIT_FILEMODE_LINK;
	git_oid_cpy(id, git_tree_entry_id(e));
	if (git_tree_entry_type(e) == GIT_OBJECT_COMMIT)
		found = FOUND_REFUSED;
	else if (git_tree_entry_type(e) != GIT_OBJECT_BLOB)
		found = FOUND_NOTHING;
	else
		rc = read_oid(src->s, text, id);
	git_tree_entry_free(e);
	if (rc)
		return rc == GUARD_TOO_LARGE ? FOUND_TOO_LARGE : FOUND_NOTHING;
	return found;
}

/* ---- the work tree ---- */

/* The folder that holds path, opened without following a link; -1: none. */
static int open_folder(const struct guide_source *src, struct span *path,
		       enum found *why)
{
	static const int flags =
		O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(git_repository_workdir(src->s->git),
		      O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ptrdiff_t slash;

	*why = FOUND_NOTHING;
	while (fd >= 0 && (slash = span_chr(*path, '/')) >= 0) {
		char *name = arena_cstr(&src->s->arena,
					span_first(*path, (size_t)slash));
		int next = openat(fd, name, flags);

		if (next < 0 && (errno == ELOOP || errno == ENOTDIR))
			*why = FOUND_REFUSED;
		close(fd);
		fd = next;
		if (fd >= 0 && !faccessat(fd, ".git", F_OK, 0)) {
			*why = FOUND_REFUSED; /* a submodule */
			close(fd);
			return -1;
		}
		*path = span_from(*path, (size_t)slash + 1);
	}
	return fd;
}

static enum found read_at(const struct guide_source *src, int dir,
			  const char *name, struct span *text)
{
	int fd = openat(dir, name,
			O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	enum found found = FOUND_NOTHING;
	struct stat st;

	if (fd < 0)
		return FOUND_NOTHING;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode)) {
		size_t got = 0, size = (size_t)st.st_size;
		char *p = NULL;
		ssize_t n = 1;

		found = FOUND_TOO_LARGE;
		if (st.st_size <= src->s->place.limits.max_file) {
			p = arena_alloc(&src->s->arena, size + 1);
			found = FOUND_FILE;
		}
		while (p && n > 0 && got < size) {
			n = read(fd, p + got, size - got);
			got += n > 0 ? (size_t)n : 0;
		}
		*text = (struct span){ p, got };
	}
	close(fd);
	return found;
}

static enum found worktree_read(const struct guide_source *src,
				struct span path, struct span *text,
				git_oid *id, bool *link)
{
	enum found found;
	int dir = open_folder(src, &path, &found);
	char target[PATH_MAX];
	struct stat st;
	char *name;

	*link = false;
	if (dir < 0)
		return found;
	name = arena_cstr(&src->s->arena, path);
	found = FOUND_NOTHING;
	if (!fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISLNK(st.st_mode)) {
		ssize_t n = readlinkat(dir, name, target, sizeof(target));

		*link = n >= 0;
		if (*link) {
			*text = arena_span(&src->s->arena,
					   (struct span){ target, (size_t)n });
			found = FOUND_FILE;
		}
	} else {
		found = read_at(src, dir, name, text);
	}
	close(dir);
	if (found == FOUND_FILE)
		git_odb_hash(id, text->ptr, text->len, GIT_OBJECT_BLOB);
	return found;
}

static enum found read_once(const struct guide_source *src, struct span path,
			    struct span *text, git_oid *id, bool *link)
{
	*link = false;
	if (!path.len || (!src->worktree && !src->tree))
		return FOUND_NOTHING;
	return src->worktree ? worktree_read(src, path, text, id, link)
			     : tree_read(src, path, text, id, link);
}

enum found guide_read(const struct guide_source *src, struct span path,
		      struct span *text, git_oid *id)
{
	struct span target;
	bool link;
	enum found found = read_once(src, path, text, id, &link);

	if (found == FOUND_FILE && mask_credential_path(path))
		return FOUND_CREDENTIAL;
	if (found != FOUND_FILE || !link)
		return found;
	if (!guide_path(&src->s->arena, &target, folder_of(path), *text))
		return FOUND_REFUSED;
	found = read_once(src, target, text, id, &link);
	if (found == FOUND_FILE && mask_credential_path(target))
		return FOUND_CREDENTIAL;
	return link ? FOUND_REFUSED : found;
}
