/*
 * text_parts - what render_text.c and text_ledger.c share.
 */
#ifndef RENDER_TEXT_PARTS_H
#define RENDER_TEXT_PARTS_H

#include "render/sheet.h"

struct report;

/* Words that may hold names of others, made visible on one line. */
void text_words(struct flow *f, unsigned ink, struct span s);
/* "12,345" */
void text_count(struct flow *f, unsigned ink, long long n);
/* Write the flow as prose, and empty it. */
void text_flow(struct sheet *sh, struct flow *f);
/* What was looked at, what not and why, by whom, at which price. */
void text_ledger(struct sheet *sh, const struct report *r);

#endif
