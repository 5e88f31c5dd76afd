/*
 * ground - what a model says of the code, looked up in it.
 *
 * The number is a hint, the quote is the anchor: it is looked for in what was
 * sent, and the true line is written, in the finding and in its section's
 * text. What is not found is marked *(unverified)* behind its place, what the
 * code says otherwise *(contradicted)* with the fact, what stands on lines
 * that the change leaves *(pre-existing)*, on lines before the change *(before
 * the change)*. Nothing is dropped; a finding whose place bears no mark
 * was found there.
 */
#ifndef AGENT_GROUND_H
#define AGENT_GROUND_H

struct arena;
struct report;
struct task_input;

/* Bytes that are looked through for one report; findings beyond are
 * unverified, and say why. */
#define GROUND_WORK (256u << 20)

/*
 * Check every finding of a model's complete report, before the program's own
 * are merged in. `in` is what the prompt was built of.
 */
void ground_report(struct report *r, struct arena *a,
		   const struct task_input *in);

#endif
