/*
 * libgit2 1.5 inflates a loose object into a buffer of the size its header
 * claims, past its end when there is more. The stream it also offers for loose
 * objects is bounded, so loose objects are read through that one; for packed
 * ones the header is asked first. An object cut short makes the stream spin,
 * which the program's deadline ends. Loose objects are hashed again; packed
 * ones are not, as git does not: their zlib sums and pack are what they have.
 */
#include "repo/store.h"

#include <git2/sys/odb_backend.h>

/* Trees and commits; a folder of a million files is far below. */
#define MAX_OTHER (64 << 20)

/* The worker opens one repository, and libgit2 hands out no context here. */
static struct {
	size_t max_blob;
	int (*pack_read)(void **, size_t *, git_object_t *, git_odb_backend *,
			 const git_oid *);
} guard;

static int check_size(size_t len, git_object_t type)
{
	if (len <= (type == GIT_OBJECT_BLOB ? guard.max_blob : MAX_OTHER))
		return 0;
	git_error_set_str(GIT_ERROR_ODB, "the object is over its size ceiling");
	return GUARD_TOO_LARGE;
}

/* Exactly len bytes, and nothing behind them. */
static int read_whole(git_odb_stream *st, char *p, size_t len)
{
	char more;
	size_t got = 0;

	while (got < len) {
		int n = st->read(st, p + got, len - got);

		if (n <= 0)
			break;
		got += (size_t)n;
	}
	if (got == len && st->read(st, &more, 1) == 0)
		return 0;
	git_error_set_str(GIT_ERROR_ODB,
			  "a loose object is not as long as it says");
	return GIT_ERROR;
}

/* A loose object is one file that anyone can have written. */
static int check_hash(const char *p, size_t len, git_object_t type,
		      const git_oid *id)
{
	git_oid got;
	int rc = git_odb_hash(&got, p, len, type);

	if (rc || git_oid_equal(&got, id))
		return rc;
	git_error_set_str(GIT_ERROR_ODB,
			  "a loose object's content is not what its name says");
	return GIT_ERROR;
}

static int loose_read(void **out, size_t *len, git_object_t *type,
		      git_odb_backend *b, const git_oid *id)
{
	git_odb_stream *st = NULL;
	char *p = NULL;
	int rc = b->readstream(&st, len, type, b, id);

	if (rc)
		return rc;
	rc = check_size(*len, *type);
	if (!rc) {
		p = git_odb_backend_data_alloc(b, *len + 1);
		rc = p ? read_whole(st, p, *len) : GIT_ERROR;
	}
	if (!rc)
		rc = check_hash(p, *len, *type, id);
	if (!rc)
		p[*len] = 0;
	else if (p)
		git_odb_backend_data_free(b, p);
	*out = rc ? NULL : p;
	st->free(st);
	return rc;
}

static int pack_read(void **out, size_t *len, git_object_t *type,
		     git_odb_backend *b, const git_oid *id)
{
	int rc = b->read_header(len, type, b, id);

	if (!rc)
		rc = check_size(*len, *type);
	return rc ? rc : guard.pack_read(out, len, type, b, id);
}

static int read_prefix(git_oid *full, void **out, size_t *len,
		       git_object_t *type, git_odb_backend *b,
		       const git_oid *id, size_t digits)
{
	int rc = b->exists_prefix(full, b, id, digits);

	return rc ? rc : b->read(out, len, type, b, full);
}

void guard_limit(int64_t max_blob)
{
	guard.max_blob = (size_t)max_blob;
}

void guard_odb(git_odb *odb, int64_t max_blob)
{
	size_t n = git_odb_num_backends(odb);

	guard_limit(max_blob);
	for (size_t i = 0; i < n; i++) {
		git_odb_backend *b;

		if (git_odb_get_backend(&b, odb, i) || b->read == loose_read ||
		    b->read == pack_read)
			continue;
		if (b->readstream) {
			b->read = loose_read;
		} else {
			guard.pack_read = b->read;
			b->read = pack_read;
		}
		b->read_prefix = read_prefix;
	}
}
