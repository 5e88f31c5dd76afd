/*
 * html_parts - what the files of the HTML form share; not for callers.
 *
 * Foreign bytes reach the page through html_text(), html_line() and html_code()
 * alone, which make them visible and escape them; of Markdown the tree is
 * walked (render/md). Attributes are of our own making: words of const tables,
 * numbers, and what html_line() wrote. No style attribute: the page's policy
 * forbids them.
 */
#ifndef RENDER_HTML_PARTS_H
#define RENDER_HTML_PARTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/path_index.h"
#include "base/text.h"
#include "base/vec.h"
#include "render/render.h"

struct buf;
struct change;
struct cover;
struct diff_line;
struct file_change;
struct finding;
struct finding_edit;
struct hunk;
struct remark;
struct report;

/* Of the change at most so much is in a page; a file with more lines than that
 * is shown around its findings, HTML_AROUND lines on both sides. */
#define HTML_LINES_MAX 6000u
#define HTML_BYTES_MAX (2u << 20)
#define HTML_FILE_LINES_MAX 800u
#define HTML_AROUND 8u
#define HTML_BAR_WIDE 1000u
/* Files in a list or table; what is beyond is summed up. */
#define HTML_ROWS_MAX 2000u
/* Longer lines are cut. */
#define HTML_LINE_BYTES_MAX 2000u

/* Before the ids of sections, which agent files name: "s-main" is not "main",
 * the page's own. */
#define HTML_SECTION_ID "s-"

/* Embedded at build, with what the policy says of them. */
extern const char page_css[], page_css_allowed[];
extern const char page_js[], page_js_allowed[];

enum html_show {
	HTML_WHOLE, /* every line of its hunks */
	HTML_AROUND_FINDINGS,
	HTML_LEFT_OUT, /* for the page's size */
	HTML_NOTHING   /* there is nothing, or it was not looked at: why */
};

/* A file of the change, as the page has it; its id there is "d" and its number
 * from 1, its lines' "d1-51" by those of the new side, those of removed ones
 * "d1-o51". */
struct html_file {
	const struct file_change *change;
	const struct cover *cover; /* its ledger row, or NULL */
	enum html_show show;
	const char *why;      /* HTML_NOTHING; NULL: the ledger says it */
	uint32_t lines;	      /* of its hunks */
	struct span *masked;  /* the text of each hunk, when shown */
	VEC(size_t) findings; /* by their index in the report */
};

/* A finding, as the page has it: "f" and its number from 1 in its section, "n"
 * at its line. */
struct html_finding {
	const struct remark *remark; /* NULL: it is not told in its section */
	size_t file;		     /* number from 1; 0: none of the change */
	bool noted;		     /* it stands beside the change already */
};

struct html {
	struct buf *out;
	const struct report *r;
	highlight_fn highlight;
	struct arena arena;
	VEC(struct html_file) files;
	struct path_index by_path;     /* of files */
	struct html_finding *findings; /* one each of the report's */
};

/* ---- html_text.c */

/* A const string of ours, or what was escaped already. */
void html_raw(struct html *h, const char *s);
void html_rawf(struct html *h, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Append s, escaped for text and quoted attributes; it is visible already. */
void html_escape(struct buf *out, struct span s);
/* Make it visible first; html_line() keeps it on one line. */
void html_text(struct html *h, struct span s);
void html_line(struct html *h, struct span s);
/* Code, visible already: its lines, each with its LF; Rust is highlighted. */
void html_code(struct html *h, struct buf *out, struct span code, bool rust);
/* "1 file", "3 files" */
void html_count(struct html *h, size_t n, const char *what);
/* A bar of HTML_BAR_WIDE units, and a part of it by its class. */
void html_begin_bar(struct html *h);
void html_bar_part(struct html *h, uint64_t at, uint64_t width,
		   const char *class);
void html_end_bar(struct html *h);
/* The one head of every page, up to <body>; the title is foreign. */
void html_head(struct html *h, struct span title);
void html_foot(struct html *h);

/* ---- html_md.c */

/* Markdown as HTML whose headings are those below level `under`. */
void html_markdown(struct html *h, struct span text, unsigned under);
/* One paragraph without its element. */
void html_inline(struct html *h, struct span text);

/* ---- html_places.c */

/* The link that words ended with. */
struct html_link {
	size_t begin, words; /* bytes of what it was appended to */
	size_t file;	     /* number from 1; 0: they did not */
	uint32_t line;
};

/*
 * Append text of Markdown, escaped, in which each place of the change that is
 * in the page ("src/pool.rs:51") is a link to it; one that is said to be
 * "(before)", there or in the text that comes next, to the old side's line.
 */
void html_places(const struct html *h, struct buf *out, struct html_link *last,
		 struct span text);
/* The number of the file in the page that a path names, from 1; 0: none. */
size_t html_file_of(const struct html *h, struct span path);

/* ---- html_plan.c */

/* Fill in files and findings. */
void html_plan(struct html *h);
/* The number of a file of the change by its path, from 1; 0: none. */
size_t html_find(const struct html *h, struct span path);
/* Are lines of it in the page? */
bool html_shown(const struct html_file *f);
/* Is the finding about this line? */
bool html_about(const struct finding *f, const struct diff_line *l);
/* Which lines of its hunk are around its findings: a flag each, in the arena.
 */
const bool *html_near(struct html *h, const struct html_file *f,
		      const struct hunk *hunk);

/* ---- html_cards.c */

/* A section's text, its findings as cards. */
void html_section(struct html *h, unsigned section);
/* The finding of this index as it stands at its line. */
void html_note(struct html *h, size_t finding);

/* ---- html_diff.c */

/* "The change": every file with its notes. */
void html_change(struct html *h);
/* A table of a diff's lines, around its rows; one_side: there is no old one. */
void html_begin_rows(struct html *h, bool one_side);
void html_end_rows(struct html *h);
/* One line of it. Its code is HTML. file: number of the one it is linked to as
 * a line of, from 1; 0: it is not. */
void html_row(struct html *h, size_t file, const struct diff_line *l,
	      struct span code);
/* A masked line as it is shown, with a newline: cut where it is long, without
 * a CR at its end. */
void html_shown_line(struct buf *out, struct span line);

/* ---- html_fix.c */

/* What mends a finding, as a small diff; nothing when it has no fix. */
void html_fix(struct html *h, size_t finding);

/* ---- html_ledger.c */

void html_ledger(struct html *h);

#endif
