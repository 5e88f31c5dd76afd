/*
 * page - lines of files that are shown beside a patch: none of them twice, and
 * none that the patch shows as it is.
 */
#ifndef AGENT_PAGE_H
#define AGENT_PAGE_H

#include "base/path_index.h"
#include "base/vec.h"
#include "rust/index.h"

struct file_change;

/* What a line costs beside its own bytes: margin and end. */
#define PAGE_MARGIN 9u

struct page_line {
	uint32_t number;
	struct span text; /* without its end */
};

/* One file. */
struct page {
	struct span path;
	VEC(struct page_line) lines; /* sorted by pages_close() */
	size_t bytes;		     /* as shown */
	/* private: by line number, is the line in the patch or on the page */
	uint8_t *seen;
	uint32_t size;
};

struct pages {
	VEC(struct page *) rows; /* changed files first, then by path */
	size_t bytes, most;	 /* shown, and at most */
	struct arena *arena;
	struct path_index by_path; /* of rows, until pages_close() */
};

/* Lines wanted together; filled in, then taken or not. */
struct piece {
	struct page *page;
	VEC(struct excerpt) lines;
};

/* The file's page, made when it is new; borrows the path. */
struct page *page_of(struct pages *p, struct span path);
/* What a patch shows of its new side counts as seen. */
void page_show(struct pages *p, const struct file_change *f);
/* Is the line in the patch or on the page? */
bool page_has(const struct page *p, uint32_t line);
/* What the piece would cost: the lines not seen yet. */
size_t piece_cost(const struct piece *piece);
/* Put it there if there is room for what it costs; false: there is none. */
bool piece_take(struct pages *p, const struct piece *piece);
/* Sort; pages without a line are dropped. No page is asked for any more. */
void pages_close(struct pages *p);

#endif
