#include "cli/site.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "agent/review.h"
#include "agent/gather.h"
#include "base/fs.h"
#include "base/mask.h"
#include "cli/style.h"
#include "core/finding.h"

/* A name's bytes without the suffix; file systems take 255. */
#define NAME_BYTES_MAX 200
/* What is kept of an error. */
#define WHY_BYTES_MAX 300

int site_open(struct site *p, const char *dir, const struct settings *s,
	      struct error *err)
{
	p->dir = dir;
	style_init(&p->style, s, false, NULL);
	p->style.index = "index.html";
	return dir ? fs_mkdirs(dir, 0777, err) : 0;
}

static void spell(struct buf *out, unsigned char c)
{
	if (islower(c) || isdigit(c) || c == '-' || (c == '.' && out->len))
		buf_addc(out, (char)c);
	else if (isupper(c))
		buf_addf(out, "_%c", tolower(c));
	else if (c == '_')
		buf_adds(out, "__");
	else
		buf_addf(out, "~%02x", c);
}

const char *site_name(struct arena *a, const char *id, size_t number)
{
	struct buf b = { 0 };
	const char *name;

	if (!*id)
		buf_addc(&b, '~');
	else if (!strcmp(id, "index"))
		buf_adds(&b, "~69ndex");
	else
		for (; *id && b.len < NAME_BYTES_MAX; id++)
			spell(&b, (unsigned char)*id);
	if (*id && b.len >= NAME_BYTES_MAX)
		buf_addf(&b, "~~%zu", number);
	buf_adds(&b, ".html");
	name = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return name;
}

static int write_file(const struct site *p, const char *name, struct error *err)
{
	struct buf path = { 0 };
	int rc;

	buf_addf(&path, "%s/%s", p->dir, name);
	rc = fs_write_atomic(buf_cstr(&path), buf_span(&p->out), fs_new_mode(),
			     err);
	buf_release(&path);
	return rc;
}

static struct span keep(struct site *p, struct span s)
{
	return arena_span(&p->arena, text_clip(s, WHY_BYTES_MAX));
}

/* What one commit says of itself, or what was looked at. */
static struct span title_of(struct site *p, const struct task_input *in)
{
	struct buf masked = { 0 };
	struct span title;

	if (in->commits.commits.len != 1)
		return keep(p, in->title);
	mask_bytes(&masked, in->commits.commits.ptr[0].subject, NULL);
	title = keep(p, buf_span(&masked));
	buf_release(&masked);
	return title;
}

int site_add(struct site *p, const struct review *rv, const char *status,
	     const char *why, struct error *err)
{
	struct index_row *row;
	const char *name;

	if (!p->dir)
		return 0;
	row = vec_push(&p->rows, &p->arena);
	row->number = rv->number;
	row->id = keep(p, span_of(rv->id));
	row->status = status;
	row->failed = rv->err.kind != ERR_NONE;
	row->why = keep(p, span_of(why));
	row->usage = rv->usage;
	if (rv->input)
		row->title = title_of(p, rv->input);
	if (rv->status != JOB_COMPLETE)
		return 0;
	vec_each (struct finding, f, &rv->report.findings)
		row->levels[f->level]++;
	name = site_name(&p->arena, rv->id, rv->number);
	buf_reset(&p->out);
	render_html(&p->out, &rv->report, &p->style);
	if (write_file(p, name, err))
		return -1;
	row->file = name;
	return 0;
}

static int by_number(const void *x, const void *y)
{
	const struct index_row *a = x, *b = y;

	return (a->number > b->number) - (a->number < b->number);
}

int site_index(struct site *p, struct error *err)
{
	if (!p->dir)
		return 0;
	if (p->rows.len)
		qsort(p->rows.ptr, p->rows.len, sizeof(*p->rows.ptr),
		      by_number);
	buf_reset(&p->out);
	render_index(&p->out, p->rows.ptr, p->rows.len);
	return write_file(p, "index.html", err);
}

void site_close(struct site *p)
{
	arena_release(&p->arena);
	buf_release(&p->out);
}
