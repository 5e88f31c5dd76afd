/*
 * buf - growing bytes.
 *
 * Always NUL-terminated behind the last byte once something was added. Owned
 * by whoever declared it; buf_release() when done. Out of memory ends the
 * process with one line.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/text.h"

/* Zero-initialised is empty and ready. */
struct buf {
	char *ptr;
	size_t len, cap;
};

void buf_add(struct buf *b, const void *p, size_t n);
void buf_addc(struct buf *b, char c);
void buf_adds(struct buf *b, const char *s);
void buf_addsp(struct buf *b, struct span s);
void buf_addf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Room for n more bytes; returns where they go. Then add to len yourself. */
char *buf_reserve(struct buf *b, size_t n);
/* Remove the first n bytes. */
void buf_drop(struct buf *b, size_t n);
/* Remove all but the first n bytes. */
void buf_cut(struct buf *b, size_t n);
/* Empty but keep the memory. */
void buf_reset(struct buf *b);
void buf_release(struct buf *b);
/* The bytes, borrowed until the next change. */
struct span buf_span(const struct buf *b);
/* As a C string, "" when empty. */
const char *buf_cstr(const struct buf *b);

#endif
