/*
 * parts - how a change that fits no request is put to a model in several.
 *
 * Files that name each other's items go together as far as there is room; a
 * file that is too long is shared out by hunks, a hunk between its items. Every
 * hunk is in exactly one part, or left out, which its file's row of the ledger
 * says. Same input, same parts.
 */
#ifndef AGENT_PARTS_H
#define AGENT_PARTS_H

#include "agent/budget.h"

struct arena;
struct cover;
struct task_input;

/* What one part holds, for people. */
struct part_sum {
	uint32_t files, hunks; /* a hunk that is cut counts where it begins */
	int64_t tokens;	       /* of the hunks, with their fences */
	size_t around;	       /* bytes left for what stands beside them */
};

struct parts {
	struct chunks chunks;
	size_t count; /* at least 1 */
	bool split;   /* a part is not the whole: its rows are its own */
	struct part_sum *sum; /* one each; NULL: nothing was measured */
	int64_t beside;	      /* tokens for hunks and what stands beside them */
	int64_t room;  /* of these, for the hunks of one part of several */
	int64_t total; /* tokens of all hunks, left out or not */
	int64_t each;  /* tokens of what every request carries alike */
};

/*
 * Share out what was gathered, with room for so many tokens of material in a
 * request (INT64_MAX: for all), over at most `most` parts. What the plan leaves
 * out is written into in->covers, what each request may hold besides into
 * in->most. With too little room for any part it is one part all the same,
 * which then fits no request.
 */
void parts_plan(struct parts *out, struct arena *a, struct task_input *in,
		const struct model *m, int64_t room, size_t most);
/* One part (from 0) as an input of its own. Borrows the whole. */
struct task_input *parts_input(const struct parts *p, struct arena *a,
			       const struct task_input *whole, size_t part);

/*
 * Parts of which nothing came: their hunks count as left out from now on, in
 * the plan and in the ledger's n rows, which are those of the whole change.
 */
void parts_lose(struct parts *p, struct cover *row, size_t n, const bool *lost);

/* For parts.c: the files that belong together, as a number for each file of the
 * change; groups of more than `most` tokens are not made. tokens: of each. */
uint32_t *parts_related(struct arena *a, const struct task_input *in,
			const int64_t *tokens, int64_t most);

#endif
