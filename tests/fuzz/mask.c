/*
 * Masked bytes have the length and the lines they had, and nothing is left
 * in them for a second pass to mask.
 */
#include <assert.h>

#include "base/buf.h"
#include "base/mask.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct mask_counts n = { 0 }, more = { 0 };
	struct buf out = { 0 }, again = { 0 };
	size_t i;

	mask_bytes(&out, in, &n);
	assert(out.len == size);
	assert(n.total > 0 || span_eq(buf_span(&out), in));
	for (i = 0; i < size; i++)
		assert((in.ptr[i] == '\n') == (out.ptr[i] == '\n'));
	mask_bytes(&again, buf_span(&out), &more);
	assert(more.total == 0);
	assert(span_eq(buf_span(&again), buf_span(&out)));
	mask_credential_path(in);
	buf_release(&out);
	buf_release(&again);
	return 0;
}
