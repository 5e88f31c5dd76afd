/* remark_parts - what the files of remark share; not for callers. */
#ifndef CORE_REMARK_PARTS_H
#define CORE_REMARK_PARTS_H

#include "core/remark.h"

/* Take a place off the start of *s: plain, bold, in back-ticks, a link. */
bool remark_place(struct remark *rm, struct span *s);
/* Bytes of a dash, colon or comma at the start of s. */
size_t remark_separator(struct span s);
/* s without what parts a level or a place from what follows. */
struct span remark_gap(struct span s);

#endif
