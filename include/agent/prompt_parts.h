/* prompt_parts - what the files of the prompt share; not for callers. */
#ifndef AGENT_PROMPT_PARTS_H
#define AGENT_PROMPT_PARTS_H

#include "base/buf.h"
#include "base/mask.h"
#include "base/vec.h"

struct pages;
struct task_input;

/* Something the repository supplied, to be fenced; or, without a name, words
 * of our own. */
struct block {
	const char *name; /* "diff", "guide" …; NULL: our own words */
	struct span text; /* ends with a newline */
	bool last_stable; /* the prompt cache may end here */
};

struct script {
	struct arena *arena;
	VEC(struct block) blocks;
	struct buf text; /* of the block being written */
	struct mask_counts masked;
};

/* The text written so far is a block. */
void script_end(struct script *s, const char *name);
/* A path of the repository's, on a line of its own. */
void script_path(struct script *s, struct span path);
/* What a repository says, as a block. */
void script_quote(struct script *s, const char *name, struct span text);
/* Messages and --intent. */
void script_intent(struct script *s, const struct task_input *in);

/* The lines that a design shows beside whole files; p has an arena. */
void prompt_pages(struct pages *p, const struct task_input *in);
/* All of a design's own blocks. */
void prompt_design(struct script *s, const struct task_input *in);

#endif
