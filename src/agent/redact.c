#include "agent/redact.h"

#include "base/buf.h"
#include "base/mask.h"

bool redact_path(struct span path)
{
	return mask_credential_path(path);
}

static size_t redact(struct buf *out, struct span text,
		     size_t (*visible)(struct buf *out, struct span s))
{
	struct mask_counts counts = { 0 };
	struct buf masked = { 0 };

	mask_bytes(&masked, text, &counts);
	visible(out, buf_span(&masked));
	buf_release(&masked);
	return counts.total;
}

size_t redact_text(struct buf *out, struct span text)
{
	return redact(out, text, text_visible);
}

size_t redact_line(struct buf *out, struct span text)
{
	return redact(out, text, text_visible_line);
}
