/*
 * Linear in the bytes fed, whatever the split: each byte is searched once for
 * LF and once for CR, and copied only when its line or event does not end in
 * the bytes it came with. Total: any bytes, NUL and invalid UTF-8 included.
 */
#include "llm/sse.h"

#include <string.h>

static const char bom[] = "\xEF\xBB\xBF";

/* The bytes being fed and where the next line ends of both kinds are. */
struct cursor {
	const char *p, *end;
	const char *lf, *cr; /* at or behind p; end when there is none */
};

static const char *find(const char *p, const char *end, char c)
{
	const char *hit = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;

	return hit ? hit : end;
}

/* The end of the line at c->p, or c->end. Never looks at a byte twice. */
static const char *line_end(struct cursor *c)
{
	if (c->lf < c->p)
		c->lf = find(c->p, c->end, '\n');
	if (c->cr < c->p)
		c->cr = find(c->p, c->end, '\r');
	return c->lf < c->cr ? c->lf : c->cr;
}

static int too_big(const struct sse *s, struct error *err)
{
	return error_set(err, ERR_MODEL,
			 "the model's stream holds an event of more than %zu "
			 "bytes; raise the ceiling of one event",
			 s->max_event);
}

static bool over(const struct sse *s, size_t n)
{
	return s->max_event && n > s->max_event;
}

static void keep_span(struct span *s, struct buf *copy)
{
	if (!s->len || s->ptr == copy->ptr)
		return;
	buf_reset(copy);
	buf_addsp(copy, *s);
	*s = buf_span(copy);
}

/* Make event and data outlive the bytes they were borrowed from. */
static void keep(struct sse *s)
{
	keep_span(&s->event, &s->event_copy);
	keep_span(&s->data, &s->data_copy);
}

static int add_data(struct sse *s, struct span value, struct error *err)
{
	if (!s->has_data) {
		s->has_data = true;
		s->data = value;
		return 0;
	}
	if (over(s, s->data.len + 1 + value.len))
		return too_big(s, err);
	keep_span(&s->data, &s->data_copy);
	if (!s->data.len)
		buf_reset(&s->data_copy);
	buf_addc(&s->data_copy, '\n');
	buf_addsp(&s->data_copy, value);
	s->data = buf_span(&s->data_copy);
	return 0;
}

static int dispatch(struct sse *s, struct error *err)
{
	struct sse_event ev = { s->event, s->data };
	bool any = s->has_data;

	s->event = s->data = (struct span){ "", 0 };
	s->has_data = false;
	if (!any)
		return 0;
	if (!ev.event.len)
		ev.event = SPAN("message");
	return s->sink(s->ctx, &ev, err);
}

/* The value of a field, without the one blank before it. */
static struct span value_from(struct span line, size_t n)
{
	n += n < line.len && line.ptr[n] == ' ';
	return (struct span){ line.ptr + n, line.len - n };
}

static int take_field(struct sse *s, struct span line, struct error *err)
{
	ptrdiff_t colon = span_chr(line, ':');
	struct span name = line, value = { "", 0 };

	if (colon >= 0) {
		name = span_first(line, (size_t)colon);
		value = value_from(line, (size_t)colon + 1);
	}
	if (span_eqs(name, "data"))
		return add_data(s, value, err);
	if (span_eqs(name, "event")) {
		s->event = value;
	} else if (span_eqs(name, "error") && span_starts(value, "{")) {
		s->event = SPAN("error");
		return add_data(s, value, err);
	}
	return 0; /* comments, id, retry and what is unknown */
}

static int take_line(struct sse *s, struct span line, struct error *err)
{
	if (!line.len)
		return dispatch(s, err);
	/* what nearly every line is */
	if (line.len > 5 && !memcmp(line.ptr, "data:", 5))
		return add_data(s, value_from(line, 5), err);
	if (line.len > 6 && !memcmp(line.ptr, "event:", 6)) {
		s->event = value_from(line, 6);
		return 0;
	}
	return take_field(s, line, err);
}

/* A line that began in earlier bytes ends with these. */
static int take_kept_line(struct sse *s, struct span rest, struct error *err)
{
	int rc;

	buf_addsp(&s->line, rest);
	rc = take_line(s, buf_span(&s->line), err);
	keep(s);
	buf_reset(&s->line);
	return rc;
}

static int take_lines(struct sse *s, struct cursor *c, struct error *err)
{
	while (c->p < c->end) {
		const char *stop = line_end(c);
		struct span line = { c->p, (size_t)(stop - c->p) };

		if (over(s, s->line.len + line.len))
			return too_big(s, err);
		if (stop == c->end) {
			buf_addsp(&s->line, line);
			break;
		}
		c->p = stop + 1;
		if (*stop == '\r' && c->p == c->end)
			s->after_cr = true;
		else if (*stop == '\r' && *c->p == '\n')
			c->p++;
		if (s->line.len ? take_kept_line(s, line, err)
				: take_line(s, line, err))
			return -1;
	}
	return 0;
}

/* Skip a byte order mark; what only looked like one begins the first line. */
static void skip_bom(struct sse *s, struct span *bytes)
{
	while (bytes->len && s->bom < 3 && bytes->ptr[0] == bom[s->bom]) {
		s->bom++;
		*bytes = span_from(*bytes, 1);
	}
	if (s->bom < 3 && !bytes->len)
		return;
	s->started = true;
	if (s->bom < 3)
		buf_add(&s->line, bom, s->bom);
}

int sse_feed(struct sse *s, struct span bytes, struct error *err)
{
	struct cursor c;
	int rc;

	if (!s->started)
		skip_bom(s, &bytes);
	if (s->after_cr && bytes.len) {
		s->after_cr = false;
		if (bytes.ptr[0] == '\n')
			bytes = span_from(bytes, 1);
	}
	if (!bytes.len)
		return 0;
	c.p = bytes.ptr;
	c.end = bytes.ptr + bytes.len;
	c.lf = find(c.p, c.end, '\n');
	c.cr = find(c.p, c.end, '\r');
	rc = take_lines(s, &c, err);
	keep(s);
	return rc;
}

int sse_end(struct sse *s, struct error *err)
{
	if (!s->started && s->bom)
		buf_add(&s->line, bom, s->bom);
	s->started = true;
	if (s->line.len && take_kept_line(s, (struct span){ "", 0 }, err))
		return -1;
	return dispatch(s, err);
}

void sse_release(struct sse *s)
{
	buf_release(&s->line);
	buf_release(&s->event_copy);
	buf_release(&s->data_copy);
	s->event = s->data = (struct span){ NULL, 0 };
	s->has_data = false;
}
