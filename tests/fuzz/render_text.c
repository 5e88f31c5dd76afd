/*
 * A report's text on a terminal, whatever came: nothing of it acts on the
 * terminal but our own colours and links, nothing hides, and no line but code
 * is wider than the terminal.
 */
#include <assert.h>
#include <ctype.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/columns.h"
#include "cli/highlight.h"
#include "core/report.h"
#include "render/render.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Bytes of `ESC [ digits and semicolons m`, or of `ESC ] 8 ; ; URL ESC \`. */
static size_t sequence(struct span s)
{
	size_t n = 2;

	if (span_starts(s, "\x1b[")) {
		while (n < s.len &&
		       (isdigit((unsigned char)s.ptr[n]) || s.ptr[n] == ';'))
			n++;
		return n < s.len && s.ptr[n] == 'm' ? n + 1 : 0;
	}
	if (!span_starts(s, "\x1b]8;;"))
		return 0;
	for (n = 5; n + 1 < s.len && s.ptr[n] != '\x1b'; n++)
		if (s.ptr[n] <= ' ' || s.ptr[n] > '~')
			return 0;
	return n + 1 < s.len && s.ptr[n + 1] == '\\' ? n + 2 : 0;
}

/* Without our own sequences; there must be no other. */
static void strip(struct buf *out, struct span s)
{
	while (s.len) {
		size_t n = s.ptr[0] == '\x1b' ? sequence(s) : 0;

		assert(s.ptr[0] != '\x1b' || n);
		if (!n)
			buf_addc(out, s.ptr[0]);
		s = span_from(s, n ? n : 1);
	}
}

static void check(struct span s, size_t width)
{
	struct span line;
	uint32_t cp;
	size_t at;

	assert(text_utf8_valid(s));
	assert(!text_hidden(s, &at, &cp));
	for (at = 0; at < s.len; at++)
		assert((unsigned char)s.ptr[at] >= ' ' || s.ptr[at] == '\n');
	while (width && text_line(&s, &line))
		assert(columns_of(line) <= width);
}

/* Could there be code, which is left in its lines? */
static bool any_code(struct span s)
{
	return span_chr(s, '`') >= 0 || span_chr(s, '~') >= 0 ||
	       span_chr(s, '\t') >= 0 || span_find(s, SPAN("    ")) >= 0;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const struct section_want want = { "Summary", "summary", "" };
	struct span text = { (const char *)data, size };
	struct render_style style = { .width = size ? 20 + data[0] % 100 : 0,
				      .highlight = highlight_rust };
	struct report r = { .task = "review", .title = SPAN("1 commit") };
	struct buf bare = { 0 }, full = { 0 }, stripped = { 0 };
	struct arena a = { 0 };

	*vec_push(&r.sections, &a) = (struct section){ .want = &want,
						       .state = SECTION_PRESENT,
						       .text = text };
	*vec_push(&r.files, &a) = (struct cover){ .path = SPAN("a.rs") };
	render_text(&bare, &r, &style);
	check(buf_span(&bare), any_code(text) ? 0 : style.width);
	style.color = style.links = true;
	style.root = "/r";
	render_text(&full, &r, &style);
	strip(&stripped, buf_span(&full));
	check(buf_span(&stripped), any_code(text) ? 0 : style.width);
	/* what is out of proportion may be so in colours alone */
	assert(full.len > 65536 ||
	       span_eq(buf_span(&bare), buf_span(&stripped)));
	buf_release(&bare);
	buf_release(&full);
	buf_release(&stripped);
	arena_release(&a);
	return 0;
}
