#include "base/fs.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"

static int read_fd(struct buf *b, int fd, const char *path, size_t max,
		   struct error *err)
{
	for (;;) {
		char *to = buf_reserve(b, 64 * 1024);
		ssize_t n = read(fd, to, 64 * 1024);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(err, ERR_REPO, "cannot read %s: %s",
					 path, strerror(errno));
		if (n == 0)
			return 0;
		b->len += (size_t)n;
		if (b->len > max) {
			error_set(err, ERR_REPO, "%s is larger than %zu KiB",
				  path, max / 1024);
			return FS_TOO_LARGE;
		}
	}
}

int fs_read(struct span *out, struct arena *a, const char *path, size_t max,
	    struct error *err)
{
	bool from_stdin = !strcmp(path, "-");
	struct buf b = { 0 };
	int fd = STDIN_FILENO, rc;

	if (!from_stdin)
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return error_set(err, ERR_REPO, "cannot open %s: %s", path,
				 strerror(errno));
	rc = read_fd(&b, fd, from_stdin ? "standard input" : path, max, err);
	if (!rc)
		*out = arena_span(a, buf_span(&b));
	buf_release(&b);
	if (!from_stdin)
		close(fd);
	return rc;
}

bool fs_absent(const char *path)
{
	struct stat st;

	return stat(path, &st) && (errno == ENOENT || errno == ENOTDIR);
}

static int write_fd(int fd, struct span data)
{
	while (data.len) {
		ssize_t n = write(fd, data.ptr, data.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data = span_from(data, (size_t)n);
	}
	/* a device or a pipe has nothing to sync */
	return fsync(fd) && errno != EINVAL && errno != EROFS ? -1 : 0;
}

static int number(const char *s)
{
	char *end;
	long n;

	if (!isdigit((unsigned char)*s))
		return -1;
	n = strtol(s, &end, 10);
	return n < INT_MAX && !*end ? (int)n : -1;
}

int fs_descriptor(const char *path)
{
	static const struct {
		const char *name;
		int fd;
	} names[] = {
		{ "/dev/stdin", STDIN_FILENO },
		{ "/dev/stdout", STDOUT_FILENO },
		{ "/dev/stderr", STDERR_FILENO },
	};
	static const char *const folders[] = { "/dev/fd/", "/proc/self/fd/" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(path, names[i].name))
			return names[i].fd;
	for (i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (span_starts(span_of(path), folders[i]))
			return number(path + strlen(folders[i]));
	return -1;
}

/* May it be written, and was it given to us? What we opened closes on exec. */
static bool given(int fd)
{
	int flags = fcntl(fd, F_GETFD), mode = fcntl(fd, F_GETFL);

	if (flags >= 0 && mode >= 0 && !(flags & FD_CLOEXEC) &&
	    (mode & O_ACCMODE) != O_RDONLY)
		return true;
	errno = EBADF;
	return false;
}

/* A device or a pipe that is there already must stay what it is. */
static bool in_place(const char *path)
{
	struct stat st;

	return !lstat(path, &st) &&
	       (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode) ||
		S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

const char *fs_folder(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path
		       ? "/"
		       : arena_printf(a, "%.*s", (int)(slash - path), path);
}

bool fs_writable(const char *path)
{
	struct arena a = { 0 };
	int fd = fs_descriptor(path);
	bool may;

	if (fd >= 0)
		return given(fd);
	may = in_place(path) ? !access(path, W_OK)
			     : !access(fs_folder(&a, path), W_OK | X_OK);
	arena_release(&a);
	return may;
}

static bool one_file(const char *a, const char *b)
{
	struct stat x, y;

	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

bool fs_same(const char *a, const char *b)
{
	const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
	struct arena tmp = { 0 };
	bool same = one_file(a, b);

	if (!same && !strcmp(x ? x + 1 : a, y ? y + 1 : b))
		same = one_file(fs_folder(&tmp, a), fs_folder(&tmp, b));
	arena_release(&tmp);
	return same;
}

unsigned fs_new_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

static int cannot_write(const char *path, struct error *err)
{
	return error_set(err, ERR_IO, "cannot write %s: %s", path,
			 strerror(errno));
}

/* fd, which may be -1, is closed. */
static int write_and_close(int fd, const char *path, struct span data,
			   struct error *err)
{
	int rc = 0;

	if (fd < 0)
		return cannot_write(path, err);
	if (write_fd(fd, data))
		rc = cannot_write(path, err);
	if (close(fd) && !rc)
		rc = cannot_write(path, err);
	return rc;
}

static int write_at(const char *path, int flags, struct span data,
		    struct error *err)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | flags, 0666);

	return write_and_close(fd, path, data, err);
}

int fs_append(const char *path, struct span data, struct error *err)
{
	return write_at(path, O_APPEND | O_CREAT, data, err);
}

int fs_write_atomic(const char *path, struct span data, unsigned mode,
		    struct error *err)
{
	struct arena a = { 0 };
	char *tmp = arena_printf(&a, "%s.XXXXXX", path);
	int fd = fs_descriptor(path), rc = 0;

	if (fd >= 0) {
		fd = given(fd) ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
		rc = write_and_close(fd, path, data, err);
		goto out;
	}
	if (in_place(path)) {
		rc = write_at(path, O_NOFOLLOW, data, err);
		goto out;
	}
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0) {
		rc = error_set(err, ERR_IO,
			       "cannot create a file beside %s: %s", path,
			       strerror(errno));
		goto out;
	}
	if (fchmod(fd, (mode_t)mode) || write_fd(fd, data)) {
		rc = cannot_write(path, err);
		close(fd);
		unlink(tmp);
		goto out;
	}
	if (close(fd) || rename(tmp, path)) {
		rc = cannot_write(path, err);
		unlink(tmp);
	}
out:
	arena_release(&a);
	return rc;
}

char *fs_absolute(struct arena *a, const char *path)
{
	char *cwd = *path == '/' ? NULL : getcwd(NULL, 0);
	struct span rest, name;
	char *out, *to;

	if (*path != '/' && !cwd)
		return NULL;
	rest = span_of(cwd ? arena_printf(a, "%s/%s", cwd, path) : path);
	free(cwd);
	to = out = arena_alloc(a, rest.len + 2);
	while (text_field(&rest, '/', &name)) {
		if (!name.len || span_eqs(name, "."))
			continue;
		if (span_eqs(name, "..")) {
			while (to > out && *--to != '/')
				;
			continue;
		}
		*to++ = '/';
		memcpy(to, name.ptr, name.len);
		to += name.len;
	}
	if (to == out)
		*to++ = '/';
	*to = '\0';
	return out;
}

char *fs_real(struct arena *a, const char *path)
{
	char *real = realpath(path, NULL), *out;

	if (!real)
		return NULL;
	out = arena_strdup(a, real);
	free(real);
	return out;
}

static bool folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int fs_mkdirs(const char *path, unsigned mode, struct error *err)
{
	struct arena a = { 0 };
	char *p = arena_strdup(&a, path), *at;
	int rc = 0;

	for (at = p + 1; rc == 0; at++) {
		bool last = *at == '\0';

		if (*at != '/' && !last)
			continue;
		*at = '\0';
		if (mkdir(p, (mode_t)mode) && (errno != EEXIST || !folder(p)))
			rc = error_set(err, ERR_IO, "cannot create %s: %s", p,
				       strerror(errno));
		if (last)
			break;
		*at = '/';
	}
	arena_release(&a);
	return rc;
}

const char *fs_home(void)
{
	const char *home = getenv("HOME");

	return home && *home ? home : NULL;
}

const char *fs_state_dir(struct arena *a)
{
	const char *xdg = getenv("XDG_STATE_HOME");

	if (xdg && *xdg == '/')
		return arena_printf(a, "%s/architect", xdg);
	if (!fs_home())
		return NULL;
	return arena_printf(a, "%s/.local/state/architect", fs_home());
}
