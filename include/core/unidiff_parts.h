/* unidiff_parts - what the files of the diff's reader share; not for callers.
 */
#ifndef CORE_UNIDIFF_PARTS_H
#define CORE_UNIDIFF_PARTS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "core/unidiff.h"

/* ---- names (unidiff_name.c) */

/* A name as a header gives it. */
struct diff_name {
	struct span path; /* unquoted; empty: not given, or /dev/null */
	bool null;	  /* it is /dev/null */
	bool timed;	  /* a time, or a revision, stands behind it */
	bool epoch;	  /* which says that it is not there */
};

/* Longer ones are none. */
#define NAME_BYTES_MAX 4096u

/*
 * Read the name at the start of a header's rest: in quotes with C's escapes, or
 * up to a tab. False: quotes that do not close, or more than a name.
 */
bool name_read(struct diff_name *out, struct arena *a, struct span s);
/* Both names of "diff --git"; false when one cannot tell where the first ends,
 * which is so only where other headers name them. */
bool name_read_pair(struct diff_name *old, struct diff_name *new,
		    struct arena *a, struct span s);
/* The path that two names are of, prefixes such as a/ and b/ left out; empty
 * when they are of different ones. */
struct span name_common(struct span old, struct span new);
/* Without a prefix of one letter, as git gives them. */
struct span name_bare(struct span name);
/* Why no file of a tree can have the path ("is absolute"), or NULL. */
const char *name_wrong(struct span path);

/* ---- messages (unidiff_mail.c) */

/* What stands between patches; zero-initialise. */
struct mail {
	enum {
		MAIL_NONE,
		MAIL_HEAD, /* of a mail */
		MAIL_BODY,
		MAIL_LOG, /* of `git show`: the message is indented */
	} in;
	bool subject; /* its line goes on */
	struct buf text;
	const char *encoding; /* of the body, when it hides the diff; or NULL */
};

/* A line outside of patches. */
void mail_feed(struct mail *m, struct span line);
/* A patch or the end: the message that came is over. Empty: none did. */
struct span mail_take(struct mail *m, struct arena *a);

/* ---- the text (unidiff.c) */

/* What a line costs beside its text, against the ceiling. */
#define LINE_COST 24

/* A file that was read, and its place in the diff. */
struct diff_entry {
	struct file_change f;
	struct unidiff_ids ids;
	size_t order, patch; /* patch: messages before it */
};

struct diff_reader {
	struct arena *a;
	struct error *err;
	struct span rest; /* of the text */
	size_t line_no;	  /* of the line read last */
	int64_t room;
	struct mail mail;
	size_t patch;	  /* messages so far */
	size_t composing; /* lines that may yet be put together */
	VEC(struct diff_entry) files;
};

/* The next line, without its LF; false at the end. */
bool reader_next(struct diff_reader *r, struct span *line);
/* The line to come, without taking it; empty at the end. */
struct span reader_peek(const struct diff_reader *r);
/* "line 7 of the diff: …"; path may be empty, what follows it. Returns -1. */
int reader_refuse(struct diff_reader *r, size_t line_no, struct span path,
		  const char *what);
/* Refuses where no further file may begin: -1, else 0. */
int reader_full(struct diff_reader *r);
struct span line_without_cr(struct span line);

/* ---- hunks (unidiff_hunk.c) */

/* Are these the first bytes of a hunk? */
bool hunk_starts(struct span line);
/* Read all hunks to come into f. crlf: their lines end in CRLF for LF. */
int hunks_read(struct diff_reader *r, struct file_change *f, bool crlf);

/* ---- headers (unidiff_header.c) */

/* Read a file whose first line, "diff --git …", was taken. */
int header_read_git(struct diff_reader *r, struct span line);
/* Are the lines to come, behind this one, "---", "+++" and a hunk? */
bool header_plain(const struct diff_reader *r, struct span line);
/* Read a file whose "---" line was taken. */
int header_read_plain(struct diff_reader *r, struct span line);
/* "Binary files a/x and b/x differ": name it. Nothing of another line. */
int header_read_binary(struct diff_reader *r, struct span line);

#endif
