/*
 * agent_file - an agent as a file: front matter and a body that is the system
 * prompt.
 *
 * The front matter is not parsed as YAML, since such files often are none:
 * `key:` at column 0, the rest of the line raw; unknown keys are kept; only
 * the first pair of `---` lines counts. A file without front matter is all
 * body.
 */
#ifndef AGENT_AGENT_FILE_H
#define AGENT_AGENT_FILE_H

#include "base/error.h"
#include "core/report.h"

struct arena;
struct repo;

struct agent_file {
	/* {NULL,0} when absent; one visible line each */
	struct span name, description, model;
	struct span front; /* all of the front matter */
	struct span body;
	const char *source; /* "embedded", or where it was found */
	/* From the body's own Output Format list; the eight without one, or
	 * when a reply's headings could not be told apart by its names. */
	struct section_list sections;
};

/* Total. Spans borrow from text; sections live in the arena. */
void agent_file_parse(struct agent_file *out, struct arena *a,
		      struct span text);
/* The value of a front-matter key, trimmed; {NULL,0} when absent. */
struct span agent_file_key(const struct agent_file *f, const char *key);

/*
 * Load what --agent names: NULL or the embedded one's name is the embedded
 * one; a word with a slash or ending in .md is a file; another word is looked
 * up in ~/.claude/agents/, then in .claude/agents/ of the tree rev names (r
 * NULL: not there). ERR_USAGE when it is nowhere, or there and unreadable.
 */
int agent_file_load(struct agent_file *out, struct arena *a, struct repo *r,
		    const char *rev, const char *agent, struct error *err);

#endif
