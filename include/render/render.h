/*
 * render - a report in the forms people and machines read: one row a format.
 *
 * No byte of model text, path or server word passes unfiltered: control,
 * invisible and bidi characters come out as visible escapes (base/text).
 */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "core/finding.h"
#include "core/usage.h"

struct buf;
struct cover;
struct report;

/* What a stretch of Rust is, for whoever colours it. */
enum code_kind {
	CODE_PLAIN,
	CODE_KEYWORD,
	CODE_TYPE,
	CODE_FUNCTION, /* what is called or declared */
	CODE_MACRO,
	CODE_STRING,
	CODE_NUMBER,
	CODE_COMMENT,
	CODE_LIFETIME,
	CODE_ATTRIBUTE
};

/*
 * Told each stretch of a text in order, from its first byte to its last: their
 * concatenation is the text.
 */
typedef void (*code_fn)(void *ctx, enum code_kind kind, struct span text);
/* Tells the stretches of Rust code. Total; linear. */
typedef void (*highlight_fn)(struct span code, code_fn each, void *ctx);

/* What shapes a form of the report beside the report. Zeroed: plain text of no
 * width. */
struct render_style {
	unsigned width;		/* columns; 0: lines are not wrapped */
	bool color, links;	/* SGR and OSC 8 may be written */
	const char *root;	/* absolute path of the work tree; NULL: none */
	const char *repository; /* its address, a URL without a user; or NULL */
	highlight_fn highlight; /* NULL: code is plain */
	const char *index;	/* page of pages that a page names, beside it;
				 * NULL: none */
};

struct renderer {
	const char *name;   /* --format NAME */
	const char *about;  /* one line for --help */
	const char *suffix; /* "md|markdown": files of this form; "": none */
	bool prose; /* lines for people, which a CI log may take for commands:
		     * see ci_log.h */
	/* Append the whole report, ending in a newline. */
	void (*render)(struct buf *out, const struct report *r,
		       const struct render_style *style);
};

extern const struct renderer renderers[];
extern const size_t renderers_len;

/* The row of that name, or NULL. */
const struct renderer *renderer_find(const char *name);
/* The row that a file's last suffix tells, or NULL. */
const struct renderer *renderer_of_file(const char *path);

/* The rows' functions. */
void render_text(struct buf *out, const struct report *r,
		 const struct render_style *style);
void render_markdown(struct buf *out, const struct report *r,
		     const struct render_style *style);
void render_json(struct buf *out, const struct report *r,
		 const struct render_style *style);
void render_sarif(struct buf *out, const struct report *r,
		  const struct render_style *style);
void render_rdjson(struct buf *out, const struct report *r,
		   const struct render_style *style);
void render_github(struct buf *out, const struct report *r,
		   const struct render_style *style);
/* The report's patch, byte for byte; nothing when there is none. */
void render_patch(struct buf *out, const struct report *r,
		  const struct render_style *style);
/*
 * The report in Markdown for a place that takes at most `most` bytes: sections
 * from the last are left out until it fits, then the ledger, and a sentence
 * says so. Empty when not even that has room.
 */
void render_summary(struct buf *out, const struct report *r,
		    const struct render_style *style, size_t most);
void render_html(struct buf *out, const struct report *r,
		 const struct render_style *style);

/* One job of a batch, for the page that lists them. */
struct index_row {
	size_t number;
	struct span id, title;
	const char *status;
	struct span why; /* it is not as wanted; may be empty */
	bool failed;
	size_t levels[LEVEL_COUNT];
	struct usage usage;
	const char *file; /* its page, a name in the same folder; or NULL */
};
/* The page that lists them, in this order. */
void render_index(struct buf *out, const struct index_row *rows, size_t len);

/* The JSON object on one line without the final newline, for batch records. */
void render_json_line(struct buf *out, const struct report *r);

/* What the ledger says beside its files: a list in Markdown. */
void render_notes(struct buf *out, const struct report *r);
/* How much of a file was looked at, within a line: for Markdown, or as words.
 */
void render_cover(struct buf *out, const struct cover *c, bool markdown);

/* The JSON object of a report's "usage", on one line. */
void render_usage_json(struct buf *out, const struct usage *u);

#endif
