#include "render/places.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/report.h"
#include "render/annotation.h"

static int compare(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int d = n ? memcmp(x->ptr, y->ptr, n) : 0;

	return d ? d : (x->len > y->len) - (x->len < y->len);
}

static void add_path(struct places *p, struct arena *a, struct span path)
{
	struct span file = annotation_file(path);

	if (file.len && file.len == path.len)
		*vec_push(&p->paths, a) = file;
}

void places_init(struct places *p, struct arena *a, const struct report *r,
		 const char *root)
{
	*p = (struct places){ .root = root };
	if (!root || root[0] != '/')
		return;
	vec_each (struct cover, c, &r->files)
		add_path(p, a, c->path);
	vec_each (struct finding, f, &r->findings)
		if (finding_sure(f) && !f->old)
			add_path(p, a, f->path);
	if (p->paths.len)
		qsort(p->paths.ptr, p->paths.len, sizeof(struct span), compare);
}

/* What a URL's path may hold as it is (RFC 3986: unreserved, and `/`). */
static void add_encoded(struct buf *out, struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0x80 && (isalnum(c) || (c && strchr("-._~/", c))))
			buf_addc(out, (char)c);
		else
			buf_addf(out, "%%%02X", c);
	}
}

struct span places_url(const struct places *p, struct arena *a,
		       struct span path, uint32_t line)
{
	struct span root = span_of(p->root), url;
	struct buf b = { 0 };

	if (!p->paths.len ||
	    !bsearch(&path, p->paths.ptr, p->paths.len, sizeof(path), compare))
		return (struct span){ 0 };
	buf_adds(&b, "file://");
	while (span_ends(root, "/"))
		root.len--;
	add_encoded(&b, root);
	buf_addc(&b, '/');
	add_encoded(&b, path);
	if (line)
		buf_addf(&b, "#%u", line);
	url = arena_span(a, buf_span(&b));
	buf_release(&b);
	return url;
}

static bool path_byte(char c)
{
	unsigned char u = (unsigned char)c;

	return isalnum(u) || u >= 0x80 || (u && strchr("._-/+@", u));
}

/* The number that s begins with, of *n digits, nine at most; 0: none. */
static uint32_t line_at(struct span s, size_t *n)
{
	uint32_t line = 0;

	for (*n = 0; *n < s.len && *n < 9 && isdigit((unsigned char)s.ptr[*n]);
	     ++*n)
		line = line * 10 + (uint32_t)(s.ptr[*n] - '0');
	return line;
}

void places_link(const struct places *p, struct arena *a, struct flow *f)
{
	struct span s = buf_span(&f->text), url;
	size_t begin = 0, at, digits;
	uint32_t line;

	if (!p->paths.len)
		return;
	if (f->links.len)
		begin = f->links.ptr[f->links.len - 1].to;
	for (at = begin; at < s.len; at++) {
		struct span path = { s.ptr + begin, at - begin };

		if (s.ptr[at] != ':') {
			if (!path_byte(s.ptr[at]))
				begin = at + 1;
			continue;
		}
		line = line_at(span_from(s, at + 1), &digits);
		url = line ? places_url(p, a, path, line) : (struct span){ 0 };
		if (url.len) {
			flow_link(f, a, begin, at + 1 + digits, url);
			at += digits;
		}
		begin = at + 1;
	}
}
