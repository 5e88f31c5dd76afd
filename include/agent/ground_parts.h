/* ground_parts - what the files of ground share; not for callers. */
#ifndef AGENT_GROUND_PARTS_H
#define AGENT_GROUND_PARTS_H

#include "agent/anchor.h"
#include "agent/claims.h"
#include "agent/shown.h"
#include "base/arena.h"
#include "core/remark.h"

struct report;
struct task_input;

/* What it costs to look at one path of many. */
#define PATH_COST 8u

/* A finding, and what is to become of it in its section's text. */
struct grounded {
	struct remark remark; /* its finding is what the report gets */
	struct span path;     /* as written; in the section's text */
	uint32_t line;
	struct span write_path; /* in its place; empty: it stays */
	bool say_fact;		/* the fact is said behind the words */
};

/* A place as it was written, and what it turned out to be. */
struct place {
	struct span path;
	uint32_t line;
	const struct grounded *row; /* of findings there the one that holds */
	bool torn;		    /* it turned out to be several */
};

struct ground {
	struct report *report;
	struct arena *arena;
	const struct task_input *in;
	struct shown shown;
	struct claims claims;
	VEC(struct grounded) rows; /* section by section */
	struct place *places;	   /* sorted, none twice */
	size_t places_len;
	struct arena scratch; /* for one finding */
	size_t work, spare;   /* left for finding quotes, and for telling
			       * where else they stand */
};

/* What is known of a finding while it is looked up. */
struct look {
	struct finding *f;
	struct quotation quote;
	struct anchor_hint hint;
	const struct shown_file *file; /* NULL: none of that path */
	enum shown_match match;
	struct anchor at; /* when it is verified */
};

/* Does what is known of the code say otherwise than the finding? Then its fact
 * is set, a clause with a place. */
bool facts_contradict(struct ground *g, struct look *l);

/* What became of a place that was written so; NULL: nothing is known, or it is
 * torn. */
const struct grounded *ground_place(const struct ground *g, struct span path,
				    uint32_t line);
/* Take so many bytes' worth of comparing off what is spare; false: it is not
 * there any more, and what was to be found out is left alone. */
bool ground_afford(struct ground *g, size_t bytes);
/* Look one finding up. */
void ground_look(struct ground *g, struct grounded *row);
/* The section's text with what came of its findings, rows [from, to). */
struct span ground_write(struct ground *g, struct span text, size_t from,
			 size_t to);

#endif
