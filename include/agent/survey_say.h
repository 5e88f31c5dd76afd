/*
 * survey_say - what a survey found, as list items of one line each: for a
 * model's prompt, and for the survey without one.
 *
 * What the tree says is quoted (agent/quote); every fact has its place. What is
 * too much is counted. Each function says nothing when there is nothing.
 */
#ifndef AGENT_SURVEY_SAY_H
#define AGENT_SURVEY_SAY_H

#include "agent/survey.h"
#include "base/buf.h"

/* One survey while it is told; arena for what is put together. */
struct teller {
	struct buf *out;
	struct arena *arena;
	const struct survey *s;
};

/* "struct `DelayQueue` (src/time/delay_queue.rs:135)" */
void say_item(const struct teller *t, const struct survey_item *it);
/* "src/a.rs:1, src/b.rs:2" */
void say_place(const struct teller *t, uint32_t file, uint32_t line);
/* "`ttl` in its documentation; `cache` in its name" */
void say_matched(const struct teller *t, const struct survey_unit *u);
/* The name of a file's crate, quoted; "no crate". */
void say_crate(const struct teller *t, uint32_t crate);

/* The words that were looked for, and in how many files each is. */
void say_words(const struct teller *t);
/* Files read, left out, not understood. */
void say_read(const struct teller *t);
/* What matches, best first, at most that many. */
void say_units(const struct teller *t, size_t most);
/* Where the closest implementation is used. */
void say_uses(const struct teller *t);
/* Crates that hold what matches, else all; edition, MSRV, targets. */
void say_crates(const struct teller *t, size_t most);
/* Their modules, with what they are about; at most that many bytes. */
void say_modules(const struct teller *t, size_t bytes);
/* Traits that match, or that the closest implements; who implements them. */
void say_traits(const struct teller *t);

void say_runtime(const struct teller *t);
void say_locks(const struct teller *t);
void say_channels(const struct teller *t);
void say_tasks(const struct teller *t);
void say_errors(const struct teller *t);
void say_siblings(const struct teller *t);
void say_attributes(const struct teller *t);
void say_gates(const struct teller *t);
void say_dependencies(const struct teller *t);
void say_tests(const struct teller *t);

#endif
