/*
 * rules - what the program itself finds in a change, from its tokens.
 *
 * Every rule needs evidence in the tokens and speaks of added lines only: not
 * of moved ones, nor of tests, examples, benches, generated files (a mark that
 * the change puts into an old file makes it none) or macro_rules! bodies. What
 * it finds is grouped by file and rule, capped, and what the caps cut is
 * counted. Total and linear in the tokens.
 *
 * `// architect: allow(rule) reason` on the line before a place (or in the run
 * of line comments that ends there) silences it, unless that comment is itself
 * on a line that is added or not trusted: the change cannot excuse itself. An
 * `#[allow(…)]` of the lint of rustc's or clippy's that a rule names does the
 * same for what the attribute stands on.
 */
#ifndef RUST_RULES_H
#define RUST_RULES_H

#include "base/vec.h"
#include "core/finding.h"
#include "rust/reach.h"
#include "rust/source.h"

#define RULE_PLACES 3	 /* shown of a group */
#define RULE_FINDINGS 12 /* groups said in a review */

struct api_diff;
struct rule_run;
struct rule_input;
struct stated;

enum rule_tier { TIER_A, TIER_B, TIER_C };

/* One row. All strings are const; texts for people are in full sentences. */
struct rule {
	const char *id; /* "lock-across-await" */
	enum rule_tier tier;
	enum finding_level level;
	const char *section;	      /* a section's id: "critical-issues" */
	const char *about;	      /* one line, for lists */
	const char *consequence;      /* what follows from the fact: no capital,
				       * no full stop */
	const char *remedy;	      /* what to do, likewise; or NULL */
	const char *why, *bad, *good; /* --explain */
	const char *lint; /* "clippy::await_holding_lock"; or NULL */
	bool tests;	  /* speaks of test code too */
	bool always;	  /* printed whatever a model says beside it */
	unsigned few; /* groups of it in a review, those with the most places;
		       * the rest is counted in the last. 0: all */
	/* The id of a row above this one that says the same better: where both
	 * find something on a line, this one is silent. Or NULL. */
	const char *yields_to;
	/* One file's tokens; or NULL. */
	void (*run)(struct rule_run *r, const struct source *s);
	bool draft;    /* its edits hold words that a person is to replace */
	bool compares; /* speaks of changes alone, not of existing code */
	/* The change as a whole; or NULL. */
	void (*run_change)(struct rule_run *r, const struct rule_input *in);
};

extern const struct rule *const rule_table[];
extern const size_t rule_count;
/* The row of that id, or NULL. */
const struct rule *rule_find(struct span id);

enum rule_line {
	LINE_ADDED = 1,	   /* new on this side */
	LINE_MOVED = 2,	   /* of those: taken away elsewhere in the change */
	LINE_UNTRUSTED = 4 /* not of the revision that the change is judged by
			    */
};

/* Is what such a line asks for the change's own wish? */
static inline bool rule_own_line(uint8_t line)
{
	return line & (LINE_ADDED | LINE_UNTRUSTED);
}

/* One changed Rust file. */
struct rule_file {
	const struct source *now;  /* NULL: deleted */
	const struct source *was;  /* NULL: added */
	const uint8_t *line;	   /* of now: flags by line number, from 1 */
	const struct reach *reach; /* who can name its items, by the new tree,
				    * of a deleted file by the old; NULL:
				    * nobody asked, and nothing is known */
	bool test;		   /* compiled for tests alone */
};

/* Who a place is, wherever its line moves. */
struct rule_spot {
	uint32_t line;
	bool old;
	struct span item; /* the fn or type around it; may be empty */
	struct span quote;
};

/* Was this found before? Asked once for a line. */
typedef bool rule_known_fn(const void *ctx, const struct rule *rule,
			   struct span path, const struct rule_spot *spot);

struct rule_input {
	const struct rule_file *file;
	size_t files;
	bool trust_allows; /* an allow of the change itself silences too */
	/* Code as it stands, every line marked as added: an allow silences,
	 * and what compares two sides says nothing. */
	bool existing;
	bool uncapped;	    /* every place and every group, for measuring */
	struct span stated; /* what the change says of itself, see stated.h */
	/* Tells places that are known from new ones: they never share a group,
	 * nor take another's room. NULL: none is. */
	rule_known_fn *known;
	const void *known_ctx;
	bool announced; /* a new version, or an entry in a change log */
	/* Set by rules_run(): is any line of any test added? */
	bool tests_touched;
	/* and what becomes of the items, see apidiff.h. */
	const struct api_diff *api;
	const struct stated *said; /* stated, read */
};

/* Bytes [from, to) of the new file replaced by text. */
struct rule_edit {
	uint32_t from, to;
	struct span text;
};

struct rule_place {
	uint32_t line;
	bool old;		  /* of the old side: what was there is gone */
	enum finding_level level; /* the rule's, unless it says otherwise */
	/* The fact with its evidence, as a clause: "the std guard `g` taken
	 * at line 84 is alive at the `.await` of line 88". */
	struct span fact;
	struct span quote;	     /* the source line, trimmed */
	VEC(struct rule_edit) edits; /* sorted; a mechanical remedy */
	bool allowed;		     /* a comment asks to silence it … */
	bool own_allow;		     /* … which the change itself adds */
	struct span reason;	     /* its first line, visible; may be empty */
	bool known;		     /* by rule_input.known */
	uint32_t token;		     /* where, in the side's source */
};

/* One finding: a rule's places in one file. */
struct rule_group {
	const struct rule *rule;
	const struct rule_file *file;
	enum finding_level level; /* the gravest of all places */
	struct span path;
	struct span item; /* the fn or type around the first place */
	VEC(struct rule_place) places; /* the first RULE_PLACES, by line */
	VEC(struct rule_spot) spots;   /* of every place found, by line */
	uint32_t total;		       /* places found */
	bool known;		       /* all of them, or none */
	uint32_t more, more_files;     /* of the rule, in groups not said */
};

struct rule_report {
	VEC(struct rule_group) groups;	 /* to be said: A, B, C; by level */
	VEC(struct rule_group) silenced; /* for the ledger */
	VEC(struct rule_group) cut;	 /* what the caps leave no room for */
	uint32_t left_out;		 /* groups beyond RULE_FINDINGS */
	uint32_t lines, files;		 /* added lines looked at */
	const struct api_diff *api;	 /* of the same files */
};

void rules_run(struct rule_report *out, struct arena *a, struct rule_input *in);
/* Of the groups from that one on, those that are new before those that are
 * known, keep the first few of either; the others are cut. count: the last one
 * that is kept says how many. */
void rules_keep(struct rule_report *out, struct arena *a, size_t from,
		size_t few, bool count);

/*
 * The finding's text: fact, consequence, remedy, further places as
 * `path:line`, what was left out; one paragraph, no place in front of it.
 */
void rule_group_write(struct buf *out, const struct rule_group *g);

#endif
