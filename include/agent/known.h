/*
 * known - a baseline's entries against a review: which findings are known,
 * which entries nothing repeats, and what can be told of those.
 */
#ifndef AGENT_KNOWN_H
#define AGENT_KNOWN_H

#include "base/text.h"
#include "base/vec.h"
#include "core/report.h"

struct baseline;
struct buf;
struct rule;
struct rule_spot;
struct task_input;

/* An entry about a file that the review looks at. */
struct known_row {
	const struct known_finding *entry;
	unsigned number; /* "k1" to the model */
	size_t file;	 /* in the change */
	/* by the code it quotes alone, whatever findings there are */
	enum known_state state;
};

/* What a model is asked about first; the gravest first, then by place. */
struct known_rows {
	VEC(struct known_row) rows;
};

/*
 * The entries about what is shown or deleted of in's change. What they quote is
 * looked up in the whole new text of the file, masked as quotes are: where it
 * still stands the entry may be open; where no line of it does it is gone, when
 * a rule of the program said it, and not found again when a model did. Without
 * the text or a quote neither can be told. Bounded: what there is no time for
 * cannot be told either.
 */
void known_find(struct known_rows *out, struct arena *a,
		const struct task_input *in, const struct baseline *b);
/* Does the baseline, if there is one, hold this place of a rule's, and does its
 * entry count? Asked once a place: an entry speaks of as many as it was written
 * for, so that a copy of a line is new. A rule_known_fn. */
bool known_spot(const void *baseline, const struct rule *rule, struct span path,
		const struct rule_spot *spot);
/* Is there anything to ask a model about? Entries that are gone are not. */
bool known_asks(const struct known_rows *known);
/* "k3 [must-fix] src/a.rs:7, Critical Issues — …" and its quote, of each that
 * is asked about, at most KNOWN_ASKED of them; how many are left out. */
#define KNOWN_ASKED 60
size_t known_write(struct buf *out, const struct known_rows *known);

/*
 * Of a report that is whole, against in->baseline (none: nothing happens): the
 * age of its findings, marked in the sections' text; the entries that nothing
 * repeats; what the model says of them, checked and marked where it says so.
 * New texts live in the arena, entries where the baseline does.
 */
void known_apply(struct report *r, struct arena *a,
		 const struct task_input *in);
/* The entries of the next baseline, and how they stand against the old. */
struct known_list {
	VEC(struct known_finding) entries;
	size_t fresh, kept, dropped;
};
/*
 * The report's sure findings and every place that a rule of the program found,
 * also where the report only counts it or a model speaks of it; with reason and
 * expiry of the old ones; and what of the old is not known to be gone. old may
 * be NULL.
 */
void known_next(struct known_list *out, struct arena *a, const struct report *r,
		const struct task_input *in, const struct baseline *old);

#endif
