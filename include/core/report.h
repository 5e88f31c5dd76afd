/*
 * report - what a review or a design came to: sections, findings, and the
 * program's own account of what was looked at.
 */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/mask.h"
#include "base/text.h"
#include "base/vec.h"
#include "core/finding.h"
#include "core/guide.h"
#include "core/usage.h"

struct buf;
struct change;

/* The sections a reply must have, in the order they are printed. */
struct section_list {
	const struct section_want {
		const char *name;  /* "Async/Performance Considerations" */
		const char *id;	   /* "async-performance": JSON, URLs */
		const char *about; /* one line for the prompt */
	} * want;
	size_t len;
};

/* The eight of the embedded agent. */
extern const struct section_list eight_sections;

enum section_state {
	SECTION_MISSING,
	SECTION_EMPTY,	 /* a heading with nothing below it */
	SECTION_PRESENT, /* "None." is present */
	SECTION_CUT	 /* the last one of a reply cut by length */
};

struct section {
	const struct section_want *want;
	enum section_state state;
	bool duplicate;	  /* came more than once; joined */
	struct span text; /* below the heading, trimmed */
};

enum cover_state { COVER_FULL, COVER_HUNKS, COVER_SUMMARY, COVER_SKIPPED };

/* One row of the ledger: a changed file and how much of it was sent. */
struct cover {
	struct span path;
	enum cover_state state;
	uint32_t hunks_sent, hunks; /* COVER_HUNKS */
	/* of a review in parts, from 1: where it is first and last shown; 0:
	 * nowhere, or there is one part only */
	uint32_t part, last_part;
	struct span reason;  /* all but COVER_FULL */
	struct span summary; /* what the change does to it, in words */
	struct span note;    /* what was not done with it all the same */
	bool unread; /* Rust that rules and facts say nothing of: see note, or
		      * without a model reason */
	bool counts; /* for --require-full-coverage: full, or all that there is
		      * to show, or left out at the user's own wish; not what
		      * was only read as a diff's lines */
};

/* "full", "hunks", "summary", "skipped" */
const char *cover_state_name(enum cover_state s);
/* Is its text shown, all of it or some hunks? */
static inline bool cover_shown(const struct cover *c)
{
	return c->state == COVER_FULL || c->state == COVER_HUNKS;
}

/* A finding of the program's own that a comment in the code keeps back. */
struct silenced {
	const char *rule;
	struct span path;
	uint32_t line;
	struct span reason; /* the comment's words; may be empty */
};

/* What became of a baseline's entry that no finding of this review repeats;
 * its file was looked at. */
enum known_state {
	KNOWN_STANDS,	 /* the code it quotes is still in the file */
	KNOWN_UNSEEN,	 /* that cannot be told */
	KNOWN_GONE,	 /* a rule's own: the code it quotes is not there */
	KNOWN_NOT_AGAIN, /* likewise a model's, which proves nothing */
	KNOWN_STATES
};

/* What the model says of an entry it was asked about. */
enum known_said { SAID_NOTHING, SAID_OPEN, SAID_UNSURE, SAID_SOLVED };

/* An entry of the baseline. */
struct known_finding {
	char fingerprint[17];
	struct span path;
	uint32_t line; /* when it was written; 0: none */
	enum finding_level level;
	struct span section;	 /* its id; may be empty, as all below */
	struct span rule;	 /* of the program's */
	struct span text, quote; /* clipped */
	struct span reason, until;
	uint32_t times; /* places that it speaks of; 0 is 1 */
	bool own, old;	/* as a finding's */
	bool expired;
	enum known_state state;
	enum known_said said;
};

struct report {
	const char *task;  /* "review", "design" */
	struct span title; /* what was looked at, in words */
	VEC(struct section) sections;
	VEC(struct finding) findings;
	VEC(struct finding_rule) rules; /* those the findings name, once each */
	struct span preamble; /* text before the first heading, kept */
	/* The findings' fixes together as `git apply` takes them in the
	 * reviewed tree: exact bytes, printable as they are; may be empty */
	struct span patch;
	struct span patch_note; /* what was left out of it; may be empty */
	bool partial;		/* printed by --partial: not a review */
	bool existing;		/* of code as it stands, not of a change */
	/* the change as it is, its secrets in the clear: whoever prints lines
	 * of it masks them first; NULL: a design */
	const struct change *change;
	/* the ledger */
	VEC(struct cover) files;
	VEC(struct silenced) silenced;
	uint32_t own_left_out; /* own findings beyond the most that is said */
	bool baseline;	       /* one was given; findings have their age */
	struct span baseline_name,
		baseline_from;		/* "the base tree …" or empty */
	VEC(struct known_finding) gone; /* KNOWN_GONE, KNOWN_NOT_AGAIN */
	VEC(struct known_finding) open; /* KNOWN_STANDS, KNOWN_UNSEEN */
	struct guide_list guides;
	char old_id[41], new_id[41];	/* commits or trees; "" = not one */
	struct span old_name, new_name; /* "HEAD~1", "work tree" … */
	bool offline; /* no model was asked: model, host, prompt are empty */
	struct span provider, model, host;
	char prompt_id[41];	   /* git blob id of the first request's body */
	size_t prompt_bytes;	   /* of all parts */
	size_t parts;		   /* requests the prompt was put in; 0 is 1 */
	struct mask_counts masked; /* in what was sent */
	struct usage usage;
	double seconds;
};

/* Findings against a baseline, in a line:
 * "2 new, 3 known (1 expired), 1 gone, 1 not found again, 2 not repeated" */
void report_ages_write(struct buf *out, const struct report *r);
/* "open", "unseen", "gone", "not found again" */
const char *known_state_name(enum known_state s);
/* "open", "cannot tell", "solved"; NULL: nothing was said */
const char *known_said_name(enum known_said s);

/* What was said, out of another report: sections, findings and preamble, with
 * their texts in the arena. Patch and ledger stay as they are. */
void report_copy(struct report *out, struct arena *a,
		 const struct report *from);

/* What every form says of a partial report, behind "Partial: ". */
extern const char report_partial_words[];
/* Are all sections present? */
bool report_complete(const struct report *r);
/* How many changed files --require-full-coverage objects to. */
size_t report_uncovered(const struct report *r);
/* The sentence about them: ERR_PARTIAL, -1; 0 when there is none. */
int report_check_coverage(const struct report *r, struct error *err);
/* ERR_GATE with what trips it, when a finding counts for a gate at the level
 * of that name; NULL: there is no gate. */
int report_check_gate(const struct report *r, const char *level,
		      struct error *err);
/*
 * "" when complete; otherwise what is wrong, in one line: "missing: Summary,
 * Action Items; empty: Code Examples; cut: Testing Recommendations".
 */
const char *report_gap(const struct report *r, struct arena *a);

#endif
