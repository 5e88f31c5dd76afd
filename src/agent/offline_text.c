/* How the offline review says things: places, lists, counts. */
#include "agent/offline_parts.h"

#include "agent/quote.h"

const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

const char *word_new(const struct offline *o)
{
	return o->all ? "" : "new ";
}

const char *word_added(const struct offline *o)
{
	return o->all ? "" : "added ";
}

void add_count(struct buf *out, size_t n, const char *one, const char *many)
{
	buf_addf(out, "%zu %s", n, n == 1 ? one : many);
}

void add_comma(struct buf *out, size_t n)
{
	if (n)
		buf_adds(out, ", ");
}

bool fact_begin(struct facts *f, struct span path, uint32_t line, bool old)
{
	struct buf *out = f->o->out;

	if (f->said >= f->most) {
		f->left++;
		return false;
	}
	f->said++;
	buf_adds(out, "- ");
	quote_place(out, path, line);
	buf_adds(out, old ? " (before) — " : " — ");
	return true;
}

void add_place_in(struct buf *out, struct span last, struct span path,
		  uint32_t line)
{
	if (span_eq(last, path))
		buf_addf(out, ":%u", line);
	else
		quote_place(out, path, line);
}

void add_what(struct offline *o)
{
	text_visible_line(o->out, o->in->title);
}

void fact_end(struct facts *f)
{
	buf_addc(f->o->out, '\n');
}

void facts_close(struct facts *f, const char *one, const char *many)
{
	if (!f->left)
		return;
	buf_adds(&f->o->left, f->o->left.len ? ", " : "- Left out here: ");
	add_count(&f->o->left, f->left, one, many);
}
