/* Taking is total: any bytes, linear time, nothing read past the message. */
#include "repo/wire.h"

#include <string.h>

static void raw(struct wire *w, void *v, size_t n)
{
	if (w->to) {
		buf_add(w->to, v, n);
		return;
	}
	if (w->bad || w->from.len < n) {
		w->bad = true;
		memset(v, 0, n);
		return;
	}
	memcpy(v, w->from.ptr, n);
	w->from = span_from(w->from, n);
}

void wire_bool(struct wire *w, bool *v)
{
	unsigned char c = *v;

	raw(w, &c, 1);
	if (c > 1)
		w->bad = true;
	*v = c == 1;
}

void wire_u32(struct wire *w, uint32_t *v)
{
	raw(w, v, sizeof(*v));
}

void wire_u64(struct wire *w, uint64_t *v)
{
	raw(w, v, sizeof(*v));
}

void wire_size(struct wire *w, size_t *v)
{
	uint64_t n = *v;

	wire_u64(w, &n);
	if (n > SIZE_MAX / 2) {
		w->bad = true;
		n = 0;
	}
	*v = (size_t)n;
}

/* Take n bytes without copying them. */
static struct span bytes(struct wire *w, size_t n)
{
	struct span s = { 0 };

	if (w->bad || n > w->from.len) {
		w->bad = true;
		return s;
	}
	s = span_first(w->from, n);
	w->from = span_from(w->from, n);
	return s;
}

void wire_span(struct wire *w, struct span *s)
{
	size_t n = s->len;

	wire_size(w, &n);
	if (w->to)
		buf_add(w->to, s->ptr, n);
	else
		*s = bytes(w, n);
}

void wire_cstr(struct wire *w, const char **s)
{
	size_t n = *s ? strlen(*s) + 1 : 0;
	struct span got;

	wire_size(w, &n);
	if (w->to) {
		buf_add(w->to, *s, n);
		return;
	}
	got = bytes(w, n);
	*s = NULL;
	if (!got.len)
		return;
	if (memchr(got.ptr, 0, got.len) != got.ptr + got.len - 1)
		w->bad = true;
	else
		*s = got.ptr;
}

void wire_id(struct wire *w, char (*id)[41])
{
	unsigned char full = (*id)[0] != 0;

	raw(w, &full, 1);
	if (full)
		raw(w, *id, 40);
	(*id)[full ? 40 : 0] = 0;
	if (full && strspn(*id, "0123456789abcdef") != 40) {
		w->bad = true;
		(*id)[0] = 0;
	}
}

void wire_enum(struct wire *w, unsigned *v, unsigned n)
{
	uint32_t got = *v;

	wire_u32(w, &got);
	if (got >= n) {
		w->bad = true;
		got = 0;
	}
	*v = got;
}

void wire_count(struct wire *w, size_t *n, size_t least)
{
	wire_size(w, n);
	if (!w->to && *n > w->from.len / least)
		w->bad = true;
	if (w->bad)
		*n = 0;
}
