#include "rust/allow.h"

#include <stdio.h>

#include "base/buf.h"
#include "rust/look.h"

/* So many comments in a row, and so much of each, are looked at for each place:
 * a hundred thousand would be read again for every place behind them. */
#define COMMENT_RUN 32
#define COMMENT_BYTES 1024
#define REASON_BYTES 200

/* The comment that ends on the line before this one, or on the line itself
 * behind the code of the one before, and asks to be silent about the rule. */
static const struct comment *find_comment(const struct source *s, uint32_t line,
					  const struct rule *rule,
					  struct span *reason)
{
	uint32_t i = s->lx.comments, want = line - 1;
	char words[96];
	struct span key;

	snprintf(words, sizeof(words), "architect: allow(%s)", rule->id);
	key = span_of(words);
	/* comments are sorted: the last one that starts before the line */
	if (line) {
		uint32_t token = lexer_at_line(&s->lx, line);

		i = lexer_comment_at(&s->lx, s->lx.tok[token].start);
	}
	for (unsigned n = 0; i-- && n < COMMENT_RUN; n++) {
		const struct comment *c = &s->lx.comment[i];
		struct span text = { s->lx.src.ptr + c->start, c->len };
		ptrdiff_t at;

		if (c->last_line != want || c->kind > COMMENT_BLOCK)
			return NULL;
		at = span_find(span_first(text, COMMENT_BYTES), key);
		if (at >= 0) {
			if (c->kind == COMMENT_BLOCK && span_ends(text, "*/"))
				text.len -= 2;
			*reason = span_from(text, (size_t)at + key.len);
			return c;
		}
		want = c->line - 1;
	}
	return NULL;
}

/* From where the comment begins to its words. */
static bool own_comment(const struct source *s, const uint8_t *flags,
			const struct comment *c, const char *words)
{
	const char *at = s->lx.src.ptr + c->start;
	uint32_t no = c->line;
	bool own = rule_own_line(flags[no]);

	for (; at < words; at++)
		if (*at == '\n')
			own |= rule_own_line(flags[++no]);
	return own;
}

/* From the `#` to the lint. */
static bool own_attribute(const struct source *s, const uint8_t *flags,
			  uint32_t i, uint32_t lint)
{
	bool own = false;

	for (; i <= lint; i++)
		own |= rule_own_line(flags[look_line(s, i)]);
	return own;
}

bool allow_find(struct allow *out, struct arena *a, const struct source *s,
		const uint8_t *flags, uint32_t token, const struct rule *rule)
{
	struct span words = { 0 }, line = { 0 };
	struct buf reason = { 0 };
	const struct comment *c;
	uint32_t i = LOOK_NONE, lint = 0;

	c = find_comment(s, look_line(s, token), rule, &words);
	if (!c && rule->lint)
		i = look_allowed(s, token, rule->lint, &lint);
	if (!c && i == LOOK_NONE)
		return false;
	out->own = c ? own_comment(s, flags, c, words.ptr)
		     : own_attribute(s, flags, i, lint);
	if (!c)
		words = source_line(s, look_line(s, i));
	text_line(&words, &line);
	text_visible_line(&reason, text_clip(span_trim(line), REASON_BYTES));
	out->reason = arena_span(a, buf_span(&reason));
	buf_release(&reason);
	return true;
}
