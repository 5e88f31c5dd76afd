/*
 * Total: any bytes make one line, empty when nothing readable is there.
 * Masked before it is clipped: half a key is no known shape any more.
 */
#include "base/arena.h"
#include "base/mask.h"
#include "llm/decode.h"

#define TEXT_MAX 300
#define READ_MAX (64 * 1024) /* of a page that is no JSON */

/* Skip a tag at *s, and all of a script or style element. */
static void skip_tag(struct span *s)
{
	static const char *const whole[][2] = { { "<script", "</script" },
						{ "<style", "</style" },
						{ "<!--", "-->" } };
	ptrdiff_t end = -1;
	size_t i;

	for (i = 0; i < sizeof(whole) / sizeof(whole[0]); i++)
		if (span_starts(*s, whole[i][0])) {
			end = span_find(*s, span_of(whole[i][1]));
			*s = span_from(*s, end < 0 ? s->len : (size_t)end);
		}
	end = span_chr(*s, '>');
	*s = span_from(*s, end < 0 ? s->len : (size_t)end + 1);
}

/* A page's words without its tags. */
static void add_page(struct buf *out, struct span s)
{
	while (s.len) {
		if (s.ptr[0] == '<') {
			skip_tag(&s);
			buf_addc(out, ' ');
		} else {
			ptrdiff_t at = span_chr(s, '<');
			size_t n = at < 0 ? s.len : (size_t)at;

			buf_add(out, s.ptr, n);
			s = span_from(s, n);
		}
	}
}

static bool blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Runs of white space become one blank. */
static void add_words(struct buf *out, struct span s)
{
	size_t i;

	s = span_trim(s);
	for (i = 0; i < s.len; i++) {
		if (!blank(s.ptr[i]))
			buf_addc(out, s.ptr[i]);
		else if (!blank(s.ptr[i - 1]))
			buf_addc(out, ' ');
	}
}

void provider_error_text(struct buf *out, struct span body)
{
	struct buf page = { 0 }, words = { 0 }, masked = { 0 }, shown = { 0 };
	struct arena a = { 0 };
	struct failure f = { 0 };
	struct json *root;

	body = span_trim(body);
	if (!json_parse(&root, &a, body, NULL) && failure_read(&f, root, &a)) {
		add_words(&words, span_first(f.message, READ_MAX));
	} else if (span_starts(body, "<")) {
		add_page(&page, span_first(body, READ_MAX));
		add_words(&words, buf_span(&page));
	} else {
		add_words(&words, span_first(body, READ_MAX));
	}
	mask_bytes(&masked, buf_span(&words), NULL);
	text_visible_line(&shown, text_clip(buf_span(&masked), TEXT_MAX));
	buf_addsp(out, text_clip(buf_span(&shown), TEXT_MAX));
	arena_release(&a);
	buf_release(&page);
	buf_release(&words);
	buf_release(&masked);
	buf_release(&shown);
}
