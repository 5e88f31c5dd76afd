#include "agent/redact.h"

#include "base/buf.h"
#include "base/mask.h"

bool redact_path(struct span path)
{
	return mask_credential_path(path);
}

size_t redact_text(struct buf *out, struct span text)
{
	struct mask_counts counts = { 0 };
	struct buf masked = { 0 };

	mask_bytes(&masked, text, &counts);
	text_visible(out, buf_span(&masked));
	buf_release(&masked);
	return counts.total;
}
