/* "*(known until 2027-01-31: rewritten in June)*" behind a finding's place. */
#include <ctype.h>

#include "agent/known_parts.h"
#include "core/remark.h"
#include "base/arena.h"
#include "base/buf.h"

#define REASON_BYTES 200

/* People's words within emphasis: no mark of theirs is one of Markdown's. */
static void add_plain(struct buf *out, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (ispunct((unsigned char)s.ptr[i]) &&
		    strchr("\\`*_[]<>&|~", s.ptr[i]))
			buf_addc(out, '\\');
		buf_addc(out, s.ptr[i]);
	}
}

static void add_mark(struct buf *out, const struct remark *at,
		     const struct finding *f)
{
	buf_adds(out, at->place.len ? " *(known" : "*(known");
	if (f->known_until.len)
		buf_addf(out, " until %.*s%s", SPAN_ARG(f->known_until),
			 f->known_expired ? ", expired" : "");
	if (f->known_reason.len) {
		buf_adds(out, ": ");
		add_plain(out, text_clip(f->known_reason, REASON_BYTES));
		if (f->known_reason.len > REASON_BYTES)
			buf_adds(out, " …");
	}
	buf_adds(out, at->place.len ? ")*" : ")* ");
}

/* The text's findings are the report's, in order, or nothing is marked. */
static void mark_section(struct report *r, struct arena *a, unsigned section)
{
	struct section *s = &r->sections.ptr[section];
	const char *from = s->text.ptr, *end = from + s->text.len;
	struct remarks read = { 0 };
	struct buf out = { 0 };
	size_t k = 0;

	remark_read(&read, a, s->text, section);
	vec_each (struct finding, f, &r->findings) {
		const struct remark *at;
		const char *to;

		if (f->section != section || k == read.rows.len)
			continue;
		at = &read.rows.ptr[k++];
		to = at->place.ptr + at->place.len;
		if (f->age != FINDING_KNOWN)
			continue;
		buf_add(&out, from, (size_t)(to - from));
		add_mark(&out, at, f);
		from = to;
	}
	if (out.len && k == read.rows.len) {
		buf_add(&out, from, (size_t)(end - from));
		s->text = arena_span(a, buf_span(&out));
	}
	buf_release(&out);
}

void known_mark(struct report *r, struct arena *a)
{
	for (unsigned i = 0; i < r->sections.len; i++)
		if (r->sections.ptr[i].text.len)
			mark_section(r, a, i);
}
