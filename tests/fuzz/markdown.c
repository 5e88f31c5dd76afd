/*
 * The lines of a text make up the text, and so do the parts of a line.
 */
#include <assert.h>

#include "base/markdown.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void within(struct span part, struct span all)
{
	assert(!part.len || (part.ptr >= all.ptr &&
			     part.ptr + part.len <= all.ptr + all.len));
}

static void check_parts(struct span text)
{
	struct md_inline in = { .rest = text };
	enum md_part kind;
	struct span part;
	size_t n = 0;

	while (md_part(&in, &kind, &part)) {
		within(part, text);
		assert(!part.len || part.ptr == text.ptr + n);
		n += part.len;
	}
	assert(n == text.len);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct md_reader r = { .rest = in };
	struct md_line line;
	size_t n = 0;

	while (md_next(&r, &line)) {
		assert(line.whole.len && line.whole.ptr == in.ptr + n);
		n += line.whole.len;
		within(line.raw, line.whole);
		within(line.text, line.raw);
		assert(line.kind != MD_HEADING ||
		       (line.level >= 1 && line.level <= 6));
		assert(line.depth <= MD_DEPTH_MAX);
		check_parts(line.text);
	}
	assert(n == size);
	md_fence_open(&r);
	check_parts(in);
	return 0;
}
