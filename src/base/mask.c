#include "base/mask.h"

#include "base/buf.h"

void mask_bytes(struct buf *out, struct span in, struct mask_counts *counts)
{
	(void)counts;
	buf_addsp(out, in);
}
