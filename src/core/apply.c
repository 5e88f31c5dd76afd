#include "core/apply.h"

#include "base/buf.h"
#include "core/change.h"

/* A file while its new side is made. */
struct making {
	struct buf *out;
	size_t begin;	  /* of it in out */
	struct span rest; /* of the old side */
	uint64_t line_no; /* of its first line */
};

/* May another line follow what was made? */
static bool open_end(const struct making *m)
{
	return m->out->len == m->begin || m->out->ptr[m->out->len - 1] == '\n';
}

/* Take the next old line if it is l's text and ends as l says. */
static bool take_same(struct making *m, const struct diff_line *l)
{
	size_t n = l->text.len;

	if (!span_eq(span_first(m->rest, n), l->text))
		return false;
	if (l->no_newline ? m->rest.len != n
			  : m->rest.len == n || m->rest.ptr[n] != '\n')
		return false;
	m->rest = span_from(m->rest, n + !l->no_newline);
	m->line_no++;
	return true;
}

static bool copy_to(struct making *m, uint64_t line_no)
{
	struct span from = m->rest, line;

	while (m->line_no < line_no) {
		if (!text_line(&m->rest, &line))
			return false;
		m->line_no++;
	}
	buf_addsp(m->out, span_first(from, from.len - m->rest.len));
	return true;
}

static bool apply_hunk(struct making *m, const struct hunk *h)
{
	if (!copy_to(m, (uint64_t)h->old_start + !h->old_lines))
		return false;
	vec_each (struct diff_line, l, &h->lines) {
		if (l->origin != '+' && !take_same(m, l))
			return false;
		if (l->origin == '-')
			continue;
		if (!open_end(m))
			return false;
		buf_addsp(m->out, l->text);
		if (!l->no_newline)
			buf_addc(m->out, '\n');
	}
	return true;
}

void hunks_side(struct buf *out, const struct file_change *f, char sign)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			if (l->origin != sign)
				continue;
			buf_addsp(out, l->text);
			if (!l->no_newline)
				buf_addc(out, '\n');
		}
}

bool hunks_apply(struct buf *out, const struct file_change *f, struct span old)
{
	struct making m = {
		.out = out, .begin = out->len, .rest = old, .line_no = 1
	};

	vec_each (struct hunk, h, &f->hunks)
		if (!apply_hunk(&m, h))
			return false;
	if (m.rest.len && !open_end(&m))
		return false;
	buf_addsp(out, m.rest);
	return true;
}
