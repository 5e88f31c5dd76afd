/*
 * A worker that was taken over may answer anything: taking it reads nothing
 * outside the message and makes room for no more than its length warrants.
 */
#include <assert.h>
#include <string.h>

#include "repo/wire.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static size_t sum(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (unsigned char)s.ptr[i];
	return n;
}

static size_t touch_change(struct wire *w)
{
	struct change c = { 0 };
	size_t n = 0;

	wire_change(w, &c);
	vec_each (const struct file_change, f, &c.files) {
		n += sum(f->old_text) + sum(f->new_text);
		vec_each (const struct hunk, h, &f->hunks)
			vec_each (const struct diff_line, l, &h->lines)
				n += sum(l->text);
	}
	return n;
}

static size_t touch_guides(struct wire *w)
{
	struct guide_list l = { 0 };
	size_t n = 0;

	wire_guides(w, &l);
	vec_each (const struct guide, g, &l.guides)
		n += sum(g->text) + sum(g->path);
	return n;
}

static size_t touch_range(struct wire *w)
{
	struct rev_range r = { 0 };
	size_t n = 0;

	wire_range(w, &r);
	vec_each (const struct span, s, &r.paths)
		n += sum(*s);
	return n;
}

static size_t touch_bases(struct wire *w)
{
	struct base_want want = { 0 };
	struct base base = { 0 };

	wire_want(w, &want);
	wire_base(w, &base);
	return sum(want.path) + sum(want.old_path) + sum(want.id) +
	       sum(base.text) + strlen(base.id);
}

static size_t touch_error(struct wire *w)
{
	struct error err = { 0 };

	wire_error(w, &err);
	return sum(span_of(err.msg));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static size_t (*const takers[])(struct wire *) = {
		touch_change, touch_guides, touch_range,
		touch_error,  touch_bases,
	};
	struct arena a = { 0 };
	struct wire w = { .from = { (const char *)data, size }, .arena = &a };
	uint32_t which = 0;

	wire_u32(&w, &which);
	takers[which % (sizeof(takers) / sizeof(*takers))](&w);
	assert(a.total <= 64 * size + (1 << 20));
	arena_release(&a);
	return 0;
}
