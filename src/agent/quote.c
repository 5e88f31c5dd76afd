#include "agent/quote.h"

#include "base/buf.h"
#include "base/mask.h"
#include "rust/source.h"

/* Bytes that are looked at for secrets before the text is cut. */
#define LOOK_MAX 4096
/* Tokens before a difference that are shown. */
#define LEAD 4u

/* A path of other bytes might be taken apart: as emphasis, a link, HTML, or by
 * what reads findings. */
static bool odd_path(struct span path)
{
	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i], before = i ? path.ptr[i - 1] : '/';

		if (c == '_' ? before == '_' || before == '/'
			     : !(c >= 'a' && c <= 'z') &&
				       !(c >= 'A' && c <= 'Z') &&
				       !(c >= '0' && c <= '9') && c != '/' &&
				       c != '.' && c != '-' && c != '+')
			return true;
	}
	return !path.len;
}

static void add_ticks(struct buf *out, size_t n)
{
	while (n--)
		buf_addc(out, '`');
}

/* A code span, however many back-ticks the text has. */
static void add_span(struct buf *out, struct span text)
{
	size_t ticks = text_longest_run(text, '`') + 1;
	bool pad = text.len &&
		   (text.ptr[0] == '`' || text.ptr[text.len - 1] == '`');

	add_ticks(out, ticks);
	buf_adds(out, pad ? " " : "");
	buf_addsp(out, text);
	buf_adds(out, pad ? " " : "");
	add_ticks(out, ticks);
}

void quote_place(struct buf *out, struct span path, uint32_t line)
{
	struct buf b = { 0 };

	text_visible_line(&b, path);
	if (line)
		buf_addf(&b, ":%u", line);
	if (odd_path(path))
		add_span(out, buf_span(&b));
	else
		buf_addsp(out, buf_span(&b));
	buf_release(&b);
}

/* Each run of blanks that holds a line end as one blank. */
static void add_one_line(struct buf *out, struct span s)
{
	struct span line;

	s = span_trim(s);
	while (text_line(&s, &line)) {
		buf_addsp(out, span_trim(line));
		s = span_trim(s);
		if (s.len)
			buf_addc(out, ' ');
	}
}

void quote_short(struct buf *out, struct span text, size_t max)
{
	struct buf b = { 0 }, masked = { 0 }, line = { 0 };
	struct span shown;

	mask_bytes(&masked, text_clip(text, LOOK_MAX), NULL);
	add_one_line(&line, buf_span(&masked));
	text_visible_line(&b, buf_span(&line));
	buf_release(&masked);
	buf_release(&line);
	shown = text_clip(buf_span(&b), max);
	if (shown.len < b.len) {
		/* `…` in place of the rest */
		shown = span_trim(shown);
		b.len = shown.len;
		buf_adds(&b, "…");
		shown = buf_span(&b);
	}
	if (!shown.len)
		shown = SPAN("\"\"");
	add_span(out, shown);
	buf_release(&b);
}

void quote_code(struct buf *out, struct span text)
{
	quote_short(out, text, QUOTE_MAX);
}

/* Do tokens i - 1 and i stand apart, also when no line ends between them? */
static bool apart(const struct source *s, uint32_t i)
{
	enum token_kind before = (enum token_kind)s->lx.tok[i - 1].kind;
	enum token_kind kind = (enum token_kind)s->lx.tok[i].kind;

	if (lexer_glued(&s->lx, i - 1))
		return false;
	if (s->lx.tok[i].line == lexer_last_line(&s->lx, i - 1))
		return true;
	return kind != TOKEN_DOT && kind != TOKEN_CLOSE_PAREN &&
	       kind != TOKEN_CLOSE_BRACKET && before != TOKEN_OPEN_PAREN &&
	       before != TOKEN_OPEN_BRACKET;
}

void quote_tokens(struct buf *out, const struct source *s, uint32_t from,
		  uint32_t to)
{
	struct buf b = { 0 };

	for (uint32_t i = from; i < to && b.len < LOOK_MAX; i++) {
		/* a comma that only ends its line */
		if (i > from && i + 1 < to &&
		    s->lx.tok[i].kind == TOKEN_COMMA &&
		    lexer_closes((enum token_kind)s->lx.tok[i + 1].kind) &&
		    s->lx.tok[i + 1].line > s->lx.tok[i].line)
			continue;
		if (i > from && apart(s, i))
			buf_addc(&b, ' ');
		buf_addsp(&b, lexer_text(&s->lx, i));
	}
	quote_code(out, buf_span(&b));
	buf_release(&b);
}

/* Tokens that both begin with, less a few, when what follows would be cut. */
static uint32_t common(const struct source *was, uint32_t a, uint32_t a_to,
		       const struct source *now, uint32_t b, uint32_t b_to)
{
	uint32_t n = 0;

	if (lexer_range(&was->lx, a, a_to - 1).len <= QUOTE_MAX &&
	    lexer_range(&now->lx, b, b_to - 1).len <= QUOTE_MAX)
		return 0;
	while (a + n < a_to && b + n < b_to &&
	       span_eq(lexer_text(&was->lx, a + n),
		       lexer_text(&now->lx, b + n)))
		n++;
	return n > LEAD ? n - LEAD : 0;
}

void quote_became(struct buf *out, const struct source *was, uint32_t was_from,
		  uint32_t was_to, const struct source *now, uint32_t now_from,
		  uint32_t now_to)
{
	uint32_t n = 0;

	if (was_from < was_to && now_from < now_to)
		n = common(was, was_from, was_to, now, now_from, now_to);
	buf_adds(out, n ? "… " : "");
	quote_tokens(out, was, was_from + n, was_to);
	buf_adds(out, n ? " → … " : " → ");
	quote_tokens(out, now, now_from + n, now_to);
}
