/* notice_parts - what the files of agent/notices share; not for callers. */
#ifndef AGENT_NOTICE_PARTS_H
#define AGENT_NOTICE_PARTS_H

#include "agent/gather.h"
#include "agent/notices.h"

/* Rows of notice_table. */
enum notice {
	NOTICE_INVISIBLE,
	NOTICE_SECRET,
	NOTICE_GUIDE,
	NOTICE_BASELINE,
	NOTICE_ATTRIBUTES,
	NOTICES
};

/* One look through what was gathered. */
struct notices {
	struct task_input *in;
	struct arena *arena;
	bool trust_allows;
	uint32_t said[NOTICES]; /* places, of each row */
	size_t masked;		/* bytes of lines that quotes took */
};

/* Where a notice speaks of. */
struct notice_place {
	size_t file;	   /* in the change; NOTICE_NO_FILE: a guide's path */
	struct span path;  /* of the guide */
	uint32_t line;	   /* of the new side; 0: of the file as a whole */
	struct span text;  /* the line as it is, or empty */
	size_t at;	   /* the byte of it that is spoken of */
	struct span quote; /* for people, where text is empty */
};

#define NOTICE_NO_FILE ((size_t)-1)

/* Say it; fact is a clause, for people: visible, masked, in the arena. */
void notice_say(struct notices *n, enum notice row,
		const struct notice_place *p, const char *fact);

/* Each looks for its own. */
void notice_invisible(struct notices *n);
void notice_secrets(struct notices *n);
void notice_guides(struct notices *n);
void notice_baseline(struct notices *n);
void notice_attributes(struct notices *n);

/* The Rust of the change's file, if its new side was read; or NULL. */
const struct code_file *notice_code(const struct notices *n, size_t file);

/* The first token on the line, or the last one before it; of a source that has
 * any. */
uint32_t notice_token(const struct source *s, uint32_t line);

/* Is the change's file i one whose lines may be quoted? */
bool notice_reads(const struct notices *n, size_t i);

#endif
