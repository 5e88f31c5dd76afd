/*
 * A guide's text: stripping comments only takes bytes away, what is imported
 * was written in it, and a path that is let through stays in the tree.
 */
#include <assert.h>
#include <string.h>

#include "repo/guide_source.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_path(struct span path)
{
	struct span part;

	assert(!path.len || *path.ptr != '/');
	while (text_field(&path, '/', &part)) {
		assert(!span_eqs(part, ".."));
		assert(!span_eqs_nocase(part, ".git"));
		assert(!part.len || !memchr(part.ptr, 0, part.len));
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size }, text, path;
	struct import_list list = { 0 };
	struct arena a = { 0 };

	text = guide_strip(&a, in);
	assert(text.len <= size + 1); /* a last line may gain its newline */
	guide_imports(&list, &a, text);
	vec_each (const struct span, p, &list.paths)
		if (guide_path(&a, &path, SPAN("docs/deep"), *p))
			check_path(path);
	arena_release(&a);
	return 0;
}
