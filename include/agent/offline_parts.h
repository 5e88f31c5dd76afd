/* offline_parts - what the files of the offline review share; not for
 * callers. */
#ifndef AGENT_OFFLINE_PARTS_H
#define AGENT_OFFLINE_PARTS_H

#include "agent/gather.h"
#include "base/buf.h"
#include "rust/decision.h"
#include "rust/item_diff.h"

/* One changed item: a row of the change map. */
struct touched {
	const struct item_change *change;
	const struct source *now, *was; /* its sides; NULL: not there */
	const struct item *item;	/* of now, else of was */
	const struct source *s;		/* the side of item */
	const struct rule_file *file;	/* it stands in, or stood */
	uint32_t added, removed;	/* lines, comments and all */
	bool test;			/* in test code */
	bool is_test;			/* a test itself */
	bool aside; /* in test code, and other code changed, too */
	/* what Critical Issues said of it: decisions that differ; the first
	 * unsafe block that stayed as it was, with its SAFETY comment */
	uint32_t decisions, unsafe_line;
	struct span safety;
};

/* One review while it is written. */
struct offline {
	struct buf *out;
	struct arena *arena;
	const struct task_input *in;
	VEC(struct touched) touched; /* as in->code.items.rows */
	struct names *names;	     /* of what tests may speak of */
	bool all;		     /* existing code: nothing is a change */
	bool tests_only;	     /* all that changed is test code */
	uint32_t unread;	     /* Rust files that were not read as such */
	struct buf left;	     /* what the section's lists left out */
	uint32_t tight;		     /* how much shorter lists are, from 0 */
};

/* One fact, in the arena. */
struct fact_row {
	struct span path;
	uint32_t line;
	bool old;	       /* of the file as it was */
	struct span subject;   /* what it is said of, or empty */
	struct span text;      /* what is said */
	struct fact_row *next; /* the same is said of, or NULL */
	struct fact_row *tail; /* of those, the last */
};

/*
 * A list of facts: each an item with its place. Of those that say the same the
 * first one stands, and where the others are; those beyond `most` are counted.
 */
struct facts {
	struct offline *o;
	uint32_t most, said, left;
	/* private */
	VEC(struct fact_row) rows;
	struct fact_row at;    /* the one being said */
	size_t start, subject; /* in o->out: its item's and its subject's */
	size_t list;	       /* where the first one begins */
	bool again;	       /* something is said twice */
};

/* Begin an item "- path:line — "; false: there are far too many. old: the line
 * is of the file as it was. End it with fact_end(). */
bool fact_begin(struct facts *f, struct span path, uint32_t line, bool old);
/* How many facts the list may hold. */
uint32_t facts_most(const struct facts *f);
/* What was written since is the subject: "`a`" of "`a` gains `b`". */
void fact_subject(struct facts *f);
void fact_end(struct facts *f);
/* There is nothing to say: take the item back. */
void fact_drop(struct facts *f);
/* The list is whole. The section ends with how many were left out: "3
 * conditions". */
void facts_close(struct facts *f, const char *one, const char *many);

const char *plural(size_t n);
/* "new " of a change, "" of existing code; likewise "added ". */
const char *word_new(const struct offline *o);
const char *word_added(const struct offline *o);
/* How much of a file is looked at: "+3 -1", of existing code "3 lines". */
void add_extent(const struct offline *o, const struct file_change *f);
/* "3 things", "1 thing" */
void add_count(struct buf *out, size_t n, const char *one, const char *many);
/* The n-th of some words with commas: ", " but for the first. */
void add_comma(struct buf *out, size_t n);

/* Fill o->touched. */
void edited_find(struct offline *o);
/* "pub async fn `Pool::get`", "impl `Clone for Pool`" */
void edited_name(struct buf *out, const struct touched *t);
/* The same without kind and qualifiers: "Pool::get". Lives in the arena. */
struct span edited_path(struct arena *a, const struct source *s, uint32_t item);
/* It as a code span: "`Pool::get`". */
void edited_code_path(struct offline *o, const struct touched *t);
uint32_t edited_line(const struct touched *t);
/* Where it stands: fact_begin() at its place. */
bool edited_fact(struct facts *f, const struct touched *t);

/* Is it code that runs: a function, a const's value? */
bool edited_code(const struct touched *t);
/* Is this line of its file new, as far as the change tells? */
bool edited_new(const struct touched *t, uint32_t line);

/* The type or trait of an associated item, by its last segment, or empty. */
struct span edited_owner(const struct touched *t);
/* Is it in an impl of a trait? */
bool edited_of_trait(const struct touched *t);
/* The uses that were counted of an item, or NULL. */
const struct index_count *edited_uses(const struct offline *o,
				      const struct touched *t);
/* The same of an enum's variant. */
const struct index_count *variant_uses(const struct offline *o,
				       const struct touched *t,
				       struct span variant);
/* ", 4 calls in 2 files, nearest src/a.rs:10"; nothing of no uses. home: the
 * file that was named last. */
void add_uses(struct buf *out, const struct index_count *n, struct span home);
/* Does the index know calls of it: not of names that many types have? */
bool uses_known(const struct index_count *n);
/* Are the uses that were counted those of this item, or of few others too? */
bool uses_told(const struct index_count *n);
/* Of this item alone, as far as names tell? */
bool uses_sure(const struct index_count *n);

/* A `pub` function that no test uses, as far as the tree was read. */
bool edited_silent(const struct offline *o, const struct touched *t);
/* Fill o->names. */
void names_find(struct offline *o);
/* Does a new or changed test name it? */
bool edited_tested(const struct offline *o, const struct touched *t);

/* What of the change a test calls: the first function that it alone is called
 * like; or NULL. */
const struct touched *edited_named(const struct offline *o,
				   const struct touched *test);

/* What is reviewed: "commit 1a2b3c4d5e (2 files)". */
void add_what(struct offline *o);
/* ":12" in the file that was named last, "path:12" in another. */
void add_place_in(struct buf *out, struct span last, struct span path,
		  uint32_t line);

/* ": 3 fns changed, 1 type added. Of these 2 `pub`", over the whole change. */
void add_totals(struct offline *o);

/* The sections. Each says at least one line. */
void offline_summary(struct offline *o);
void offline_map(struct offline *o); /* of the summary */
void offline_critical(struct offline *o);
void offline_async(struct offline *o);
void offline_design(struct offline *o);
void offline_signatures(struct offline *o); /* of the architecture */
void offline_api(struct offline *o);	    /* of the architecture */
void offline_cargo(struct offline *o);	    /* of the architecture */
void offline_idiom(struct offline *o);
void offline_clones(struct offline *o); /* of the idioms */
void offline_examples(struct offline *o);
void offline_testing(struct offline *o);
void offline_actions(struct offline *o);

#endif
