/*
 * What was defused holds nothing more to defuse, whatever came.
 */
#include <assert.h>

#include "base/buf.h"
#include "render/defuse.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct buf seen = { 0 }, once = { 0 }, twice = { 0 };

	text_visible(&seen, in);
	defuse_markdown(&once, buf_span(&seen));
	assert(once.len <= 4 * seen.len + 70000);
	defuse_markdown(&twice, buf_span(&once));
	/* longer ones may differ at what is looked at no further */
	assert(once.len > 250 || span_eq(buf_span(&once), buf_span(&twice)));
	buf_reset(&once);
	defuse_line(&once, buf_span(&seen));
	buf_release(&seen);
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
