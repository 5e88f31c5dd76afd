/* How the offline review says things: places, lists, counts. */
#include "agent/offline_parts.h"

#include "agent/quote.h"

/* Facts that are written although the list is full: as many times over. */
#define LATE 8u
/* Places of the same fact. */
#define LIKEWISE 4u
/* Each time a review is written again its lists are this much shorter. */
#define TIGHT 4u

const char *plural(size_t n)
{
	return text_plural(n);
}

const char *word_new(const struct offline *o)
{
	return o->all ? "" : "new ";
}

const char *word_added(const struct offline *o)
{
	return o->all ? "" : "added ";
}

void add_extent(const struct offline *o, const struct file_change *f)
{
	if (o->all)
		add_count(o->out, f->added, "line", "lines");
	else
		buf_addf(o->out, "+%u -%u", f->added, f->removed);
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

uint32_t facts_most(const struct facts *f)
{
	uint32_t tight = f->o->tight;

	return tight ? (f->most * (TIGHT - tight) + TIGHT - 1) / TIGHT
		     : f->most;
}

bool fact_begin(struct facts *f, struct span path, uint32_t line, bool old)
{
	struct buf *out = f->o->out;

	/* what comes late may still be the same as something said */
	if (!f->most || f->said + f->left > f->most * LATE) {
		f->left++;
		return false;
	}
	f->at = (struct fact_row){ .path = path, .line = line, .old = old };
	f->start = out->len;
	if (!f->said)
		f->list = f->start;
	buf_adds(out, "- ");
	quote_place(out, path, line);
	buf_adds(out, old ? " (before) — " : " — ");
	f->subject = out->len;
	return true;
}

static struct span kept(struct facts *f, size_t from, size_t to)
{
	struct span s = { f->o->out->ptr + from, to - from };

	return arena_span(f->o->arena, s);
}

void fact_subject(struct facts *f)
{
	size_t len = f->o->out->len;

	f->at.subject = kept(f, f->subject, len);
	f->subject = len;
}

static void cut(struct buf *out, size_t len)
{
	out->len = len;
	if (out->ptr)
		out->ptr[len] = '\0';
}

void fact_drop(struct facts *f)
{
	cut(f->o->out, f->start);
}

/* The fact that says the same, or NULL. */
static struct fact_row *said_before(struct facts *f)
{
	vec_each (struct fact_row, r, &f->rows)
		if (span_eq(r->text, f->at.text) &&
		    !r->subject.len == !f->at.subject.len)
			return r;
	return NULL;
}

static void join(struct facts *f, struct fact_row *first)
{
	struct fact_row *r = arena_new(f->o->arena, struct fact_row);

	*r = f->at;
	if (first->tail)
		first->tail->next = r;
	else
		first->next = r;
	first->tail = r;
	f->again = true;
}

void fact_end(struct facts *f)
{
	struct buf *out = f->o->out;
	struct fact_row *first;

	f->at.text = kept(f, f->subject, out->len);
	first = said_before(f);
	if (first) {
		join(f, first);
		cut(out, f->start);
	} else if (f->said >= facts_most(f)) {
		f->left++;
		cut(out, f->start);
	} else {
		f->said++;
		*vec_push(&f->rows, f->o->arena) = f->at;
		buf_addc(out, '\n');
	}
}

static void add_row(struct buf *out, const struct fact_row *r)
{
	struct span last = r->path;
	uint32_t n = 0;

	buf_adds(out, "- ");
	quote_place(out, r->path, r->line);
	buf_adds(out, r->old ? " (before) — " : " — ");
	buf_addsp(out, r->subject);
	buf_addsp(out, r->text);
	for (r = r->next; r; r = r->next) {
		if (n++ >= LIKEWISE)
			continue;
		buf_adds(out, n > 1	       ? ", "
			      : r->subject.len ? "; likewise "
					       : "; likewise at ");
		if (r->subject.len) {
			buf_addsp(out, r->subject);
			buf_adds(out, " (");
		}
		add_place_in(out, last, r->path, r->line);
		buf_adds(out, r->old ? " before" : "");
		buf_adds(out, r->subject.len ? ")" : "");
		last = r->path;
	}
	if (n > LIKEWISE)
		buf_addf(out, " and %u more", n - LIKEWISE);
	buf_addc(out, '\n');
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

void facts_close(struct facts *f, const char *one, const char *many)
{
	if (f->again) {
		cut(f->o->out, f->list);
		vec_each (struct fact_row, r, &f->rows)
			add_row(f->o->out, r);
	}
	if (!f->left)
		return;
	buf_adds(&f->o->left, f->o->left.len ? ", " : "- Left out here: ");
	add_count(&f->o->left, f->left, one, many);
}
