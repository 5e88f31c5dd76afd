/*
 * gather - everything a task is about, collected from the repository.
 */
#ifndef AGENT_GATHER_H
#define AGENT_GATHER_H

#include "agent/agent_file.h"
#include "agent/code.h"
#include "agent/known.h"
#include "agent/masked.h"
#include "agent/surround.h"
#include "core/change.h"
#include "core/guide.h"
#include "core/report.h"
#include "repo/repo.h"

struct arena;
struct baseline;
struct settings;
struct survey;
struct unidiff_ids;
struct task;

/* What the user asked for; borrowed. */
struct task_request {
	const struct task *task;
	struct rev_spec spec; /* review */
	const char *text;     /* design: the request's words */
	struct span diff;     /* a diff that was given */
	const char *agent;    /* NULL: the embedded one */
	const char *intent;   /* the text itself, or NULL */
	enum guides_from guides_from;
};

/* A file sent whole (design) with its content id. */
struct source_file {
	struct span path, text;
};

/* A diff that was given: what is known of its files. */
struct given {
	size_t whole;	/* files read as more than lines: both sides known */
	size_t lines;	/* those of which the diff's lines are all there is */
	size_t patches; /* with a message of their own */
	struct span one_sided; /* the first of those below, as diff names it */
	size_t one_sided_len;  /* files of one folder only, left out by it */
	const char *no_repo;   /* why no repository is read, or NULL */
	/* HEAD may hold the change already, so that what it says of itself
	 * there is not to be trusted: attributes, agent files */
	bool attributes, agents;
	const struct unidiff_ids *ids; /* one a file of the change */
};

/* Bytes that each may take in a prompt; 0: as many as there are. */
struct prompt_limits {
	size_t map, intent;
	size_t around; /* code around, dependencies and facts */
};

/* The outcome; lives in the arena, borrows the request. */
struct task_input {
	const struct task *task;
	const struct task_request *request;
	struct agent_file agent;
	struct rev_range range;
	struct change change;
	struct code code;	   /* review */
	struct surround surround;  /* review */
	const struct trust *trust; /* NULL: the old side is what is trusted */
	const struct baseline *baseline; /* review; NULL: none is given */
	struct known_rows known; /* its entries about files of the change */
	struct guide_list guides;
	struct commit_list commits;    /* stated intent: messages */
	VEC(struct cover) covers;      /* one a changed file, same order */
	struct masked_lines masked;    /* lines that are not sent whole */
	struct tree_list tree;	       /* design */
	const struct survey *survey;   /* design; NULL otherwise */
	VEC(struct source_file) files; /* design */
	struct span title;	       /* "2 commits + 3 uncommitted files" */
	bool empty;		       /* nothing to review */
	const char *empty_why;	       /* a reason of its own, or NULL */
	const struct given *given;     /* NULL: git's own diff */
	struct repo_info info;
	struct prompt_limits most;
	/* A part of a review: what it is a part of, which one (from 1), of how
	 * many; NULL: this is the whole. change, covers and code.files are then
	 * the part's own, code.rules the findings about them. */
	const struct task_input *whole;
	size_t part, parts;
};

/* What the review is of as a whole. */
static inline const struct task_input *task_whole(const struct task_input *in)
{
	return in->whole ? in->whole : in;
}

/*
 * Fill out for the request's task. Errors are the repository's (ERR_REPO) or
 * the agent file's (ERR_USAGE).
 */
int task_gather(struct task_input *out, struct arena *a, struct repo *r,
		const struct task_request *rq, const struct settings *s,
		struct error *err);

#endif
