/*
 * remark - the findings written in a section's text.
 *
 *	- [must-fix] src/pool.rs:88 — what is wrong
 *	  > let conn = self.idle.lock().unwrap().pop();
 *
 * A list item whose level stands in brackets; or in emphasis, code or before a
 * colon, when a path follows. The place may be missing, in back-ticks, bold or
 * a link; `:88-92`, `:L88`, `#L88`, `(line 88)` are read as line 88. The quote
 * is the first quotation, fence or line of code in the item. An item that
 * names none of the four levels is no finding. Total, linear.
 */
#ifndef AGENT_REMARK_H
#define AGENT_REMARK_H

struct arena;
struct report;

/* Append the findings of the section of that index to r->findings. */
void remark_parse(struct report *r, struct arena *a, unsigned section);

#endif
