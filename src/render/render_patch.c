/* The patch was made to be printed as it is: agent/fix sees to it. */
#include "render/render.h"

#include "base/buf.h"
#include "core/report.h"

void render_patch(struct buf *out, const struct report *r,
		  const struct render_style *style)
{
	(void)style;
	buf_addsp(out, r->patch);
}
