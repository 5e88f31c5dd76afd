/*
 * quote - text of the repository within a report's Markdown: always one line,
 * secrets masked, invisible bytes made visible, and nothing in it that Markdown
 * or a reader of findings would act on.
 */
#ifndef AGENT_QUOTE_H
#define AGENT_QUOTE_H

#include <stdint.h>

#include "base/text.h"

struct buf;
struct source;

/* Bytes of a code span that are shown. */
#define QUOTE_MAX 88

/* "path", "path:line" when a line is given; in back-ticks where need be. */
void quote_place(struct buf *out, struct span path, uint32_t line);
/* A code span of at most QUOTE_MAX bytes, or max; `""` of no bytes. */
void quote_code(struct buf *out, struct span text);
void quote_short(struct buf *out, struct span text, size_t max);
/* The same of tokens [from, to), on one line, without comments. */
void quote_tokens(struct buf *out, const struct source *s, uint32_t from,
		  uint32_t to);
/* What tokens [from, to) of one side became: "`a` → `b`"; of long ones what
 * both begin with is left out but for a few tokens. */
void quote_became(struct buf *out, const struct source *was, uint32_t was_from,
		  uint32_t was_to, const struct source *now, uint32_t now_from,
		  uint32_t now_to);

#endif
