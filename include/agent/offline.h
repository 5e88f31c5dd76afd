/*
 * offline - the reviewer without a model: facts of the change and what the
 * rules find, as the text of a reply in the same eight sections.
 *
 * The text goes through the same parser as a model's. It says first that no
 * model was consulted, and never reads like an all-clear.
 */
#ifndef AGENT_OFFLINE_H
#define AGENT_OFFLINE_H

struct arena;
struct buf;
struct task_input;

/* Append the reply for what was gathered: a review, or a design's survey. */
void offline_reply(struct buf *out, struct arena *a,
		   const struct task_input *in);
/* The survey alone; see agent/survey. */
void offline_survey(struct buf *out, struct arena *a,
		    const struct task_input *in);

#endif
