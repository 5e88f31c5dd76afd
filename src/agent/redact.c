#include "agent/redact.h"

#include "base/buf.h"
#include "base/mask.h"

bool redact_path(struct span path)
{
	return mask_credential_path(path);
}

static void redact(struct buf *out, struct span text,
		   size_t (*visible)(struct buf *out, struct span s),
		   struct mask_counts *masked)
{
	struct buf clean = { 0 };

	mask_bytes(&clean, text, masked);
	visible(out, buf_span(&clean));
	buf_release(&clean);
}

void redact_text(struct buf *out, struct span text, struct mask_counts *masked)
{
	redact(out, text, text_visible, masked);
}

void redact_line(struct buf *out, struct span text, struct mask_counts *masked)
{
	redact(out, text, text_visible_line, masked);
}
