#include "render/places.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/change.h"
#include "core/report.h"
#include "render/annotation.h"

static int compare(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	size_t n = x->len < y->len ? x->len : y->len;
	int d = n ? memcmp(x->ptr, y->ptr, n) : 0;

	return d ? d : (x->len > y->len) - (x->len < y->len);
}

static void add_path(struct path_list *list, struct arena *a, struct span path)
{
	struct span file = annotation_file(path);

	if (file.len && file.len == path.len)
		*vec_push(&list->rows, a) = file;
}

static void sort(struct path_list *list)
{
	if (list->rows.len)
		qsort(list->rows.ptr, list->rows.len, sizeof(struct span),
		      compare);
}

static bool has(const struct path_list *list, struct span path)
{
	return list->rows.len && bsearch(&path, list->rows.ptr, list->rows.len,
					 sizeof(path), compare);
}

void places_init(struct places *p, struct arena *a, const struct report *r,
		 const char *root)
{
	*p = (struct places){ .root = root };
	if (!root || root[0] != '/')
		return;
	vec_each (struct cover, c, &r->files)
		add_path(&p->paths, a, c->path);
	vec_each (struct finding, f, &r->findings)
		if (finding_sure(f) && !f->old)
			add_path(&p->paths, a, f->path);
	sort(&p->paths);
	if (!r->change)
		return;
	vec_each (struct file_change, f, &r->change->files)
		if (f->status == FILE_DELETED)
			add_path(&p->gone, a, f->path);
	sort(&p->gone);
}

struct span places_url(const struct places *p, struct arena *a,
		       struct span path, uint32_t line)
{
	struct span root = span_of(p->root), url;
	struct buf b = { 0 };

	if (!has(&p->paths, path) || has(&p->gone, path))
		return (struct span){ 0 };
	buf_adds(&b, "file://");
	while (span_ends(root, "/"))
		root.len--;
	text_percent(&b, root, "/");
	buf_addc(&b, '/');
	text_percent(&b, path, "/");
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

bool place_find(struct place *p, struct span s, size_t from)
{
	size_t at, digits;

	for (at = from; at < s.len; at++) {
		if (s.ptr[at] != ':') {
			if (!path_byte(s.ptr[at]))
				from = at + 1;
			continue;
		}
		*p = (struct place){ .path = { s.ptr + from, at - from },
				     .begin = from };
		p->line = line_at(span_from(s, at + 1), &digits);
		p->end = at + 1 + digits;
		if (p->line && p->path.len)
			return true;
		from = at + 1;
	}
	return false;
}

bool place_before(struct span s)
{
	static const char *const words[] = { "(before)", "(before the change)",
					     "before" };
	size_t i;

	while (s.len && strchr("` \n", s.ptr[0]) && s.ptr[0])
		s = span_from(s, 1);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct span rest = span_from(s, strlen(words[i]));

		/* "a.rs:1 before the lock" is something else */
		if (span_starts(s, words[i]) &&
		    (words[i][0] == '(' || !rest.len ||
		     (rest.ptr[0] && strchr(",;)\n", rest.ptr[0]))))
			return true;
	}
	return false;
}

void places_link(const struct places *p, struct arena *a, struct flow *f)
{
	struct span s = buf_span(&f->text), url;
	struct place place;
	size_t at = 0;

	if (!p->paths.rows.len)
		return;
	if (f->links.len)
		at = f->links.ptr[f->links.len - 1].to;
	while (place_find(&place, s, at)) {
		url = place_before(span_from(s, place.end))
			      ? (struct span){ 0 }
			      : places_url(p, a, place.path, place.line);
		if (url.len)
			flow_link(f, a, place.begin, place.end, url);
		at = url.len ? place.end : place.begin + place.path.len + 1;
	}
}
