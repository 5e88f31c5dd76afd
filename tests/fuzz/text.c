/*
 * What is made visible is visible, valid and unchanged by a second pass; a
 * glob ends soon; clipping, lines and code points lose no byte.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_visible(struct span in, bool one_line)
{
	struct buf out = { 0 }, again = { 0 };
	size_t n =
		one_line ? text_visible_line(&out, in) : text_visible(&out, in);
	struct span s = buf_span(&out);
	uint32_t cp;

	assert(text_utf8_valid(s));
	assert(text_visible(&again, s) == 0);
	assert(span_eq(s, buf_span(&again)));
	assert(n > 0 || one_line || span_eq(s, in));
	while (s.len) {
		cp = (uint32_t)text_utf8(&s);
		assert(cp >= 0x20 || (!one_line && (cp == '\n' || cp == '\t')));
		assert(cp < 0x7F || cp > 0x9F);
		assert(cp != 0x200B && cp != 0x200E && cp != 0x200F);
		assert(cp < 0x202A || cp > 0x202E);
		assert(cp < 0x2060 || cp > 0x2069);
		assert(cp < 0xE0000 || cp > 0xE0FFF);
	}
	buf_release(&out);
	buf_release(&again);
}

static void check_lines(struct span in)
{
	struct span rest = in, line;
	size_t bytes = 0, n = 0;

	for (; text_line(&rest, &line); n++)
		bytes += line.len + 1;
	assert(n == text_count_lines(in));
	assert(bytes == in.len || bytes == in.len + 1);
}

static void check_clip(struct span in, size_t max)
{
	struct span cut = text_clip(in, max);

	assert(cut.len <= max && cut.len <= in.len);
	assert(!text_utf8_valid(in) || text_utf8_valid(cut));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size }, pattern;

	check_visible(in, false);
	check_visible(in, true);
	check_lines(in);
	check_clip(in, size ? data[0] : 0);
	if (text_field(&in, '\0', &pattern) && in.ptr)
		text_glob(pattern, in);
	return 0;
}
