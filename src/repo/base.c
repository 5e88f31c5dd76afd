/* The old sides of a diff that somebody gave: blobs by the ids it names. */
#include "repo/pair.h"

#include <string.h>
#include <sys/stat.h>

struct bases {
	struct store *s;
	git_tree *head; /* NULL: there is no commit */
	size_t room;	/* bytes left for texts */
};

/* HEAD's file of a path; false when there is none. */
static bool head_file(const struct bases *b, struct span path, git_oid *id)
{
	git_tree_entry *e = NULL;
	bool file = false;

	if (!b->head || !path.len || memchr(path.ptr, 0, path.len))
		return false;
	if (!git_tree_entry_bypath(&e, b->head,
				   arena_cstr(&b->s->arena, path))) {
		file = S_ISREG(git_tree_entry_filemode(e));
		git_oid_cpy(id, git_tree_entry_id(e));
	}
	git_tree_entry_free(e);
	return file;
}

static bool hex(struct span id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!id.ptr[i] || !strchr("0123456789abcdef", id.ptr[i]))
			return false;
	return id.len >= 1 && id.len <= GIT_OID_HEXSZ;
}

/* The one object whose id begins so. */
static bool named(const struct bases *b, struct span id, git_oid *out)
{
	git_oid prefix;

	return id.len >= BASE_DIGITS_MIN &&
	       !git_oid_fromstrn(&prefix, id.ptr, id.len) &&
	       !git_odb_exists_prefix(out, b->s->odb, &prefix, id.len);
}

static int read_text(struct bases *b, struct base *out, const git_oid *id,
		     enum base_by by, struct error *err)
{
	struct blob blob = { 0 };

	hex_of(&out->id, id);
	if (blob_open(b->s, &blob, out->id, b->room, err))
		return -1;
	if (blob.text.ptr) {
		out->by = by;
		out->text = arena_span(&b->s->arena, blob.text);
		b->room -= blob.text.len;
	} else {
		out->id[0] = 0;
	}
	blob_close(&blob);
	return 0;
}

static int find(struct bases *b, struct base *out, const struct base_want *want,
		struct error *err)
{
	bool known = hex(want->id);
	char digits[41];
	git_oid at_head, id;
	bool there = head_file(b, want->old_path, &at_head);

	if (there && known) {
		hex_of(&digits, &at_head);
		if (span_eq(span_first(span_of(digits), want->id.len),
			    want->id))
			return read_text(b, out, &at_head, BASE_ID, err);
	}
	if (known && named(b, want->id, &id) &&
	    read_text(b, out, &id, BASE_ID, err))
		return -1;
	if (out->by == BASE_NONE && there)
		return read_text(b, out, &at_head, BASE_HEAD, err);
	return 0;
}

int bases_find(struct store *s, struct base *out, const struct base_want *want,
	       size_t n, struct error *err)
{
	struct bases b = {
		.s = s,
		.room = (size_t)REPO_TEXTS_SHARE(s->place.limits.max_diff),
	};
	struct attrs *attrs = NULL;
	int rc = resolve_tree(s, &b.head, NULL, err);

	if (!rc)
		attrs = attrs_open(s, b.head);
	for (size_t i = 0; !rc && i < n; i++) {
		struct attr_marks marks = attrs_of(attrs, want[i].path);

		out[i].generated = marks.generated;
		out[i].vendored = marks.vendored;
		if (want[i].text)
			rc = find(&b, &out[i], &want[i], err);
	}
	attrs_close(attrs);
	git_tree_free(b.head);
	return rc;
}
