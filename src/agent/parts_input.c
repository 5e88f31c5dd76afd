/* One part of a plan, as an input of its own. */
#include "agent/parts.h"

#include "agent/gather.h"

/* Numbers of a run of lines out of a hunk. Without lines of a side git names
 * the line before. */
static void number(struct hunk *to, const struct hunk *h, uint32_t first)
{
	uint32_t old = h->old_start, new = h->new_start;

	for (uint32_t i = 0; i < first; i++) {
		old += h->lines.ptr[i].origin != '+';
		new += h->lines.ptr[i].origin != '-';
	}
	to->old_lines = to->new_lines = 0;
	vec_each (struct diff_line, l, &to->lines) {
		to->old_lines += l->origin != '+';
		to->new_lines += l->origin != '-';
	}
	to->old_start = to->old_lines || !first || !old ? old : old - 1;
	to->new_start = to->new_lines || !first || !new ? new : new - 1;
}

static void add_hunk(struct file_change *f, struct arena *a,
		     const struct hunk *h, const struct chunk *c)
{
	struct hunk *to = vec_push(&f->hunks, a);

	*to = *h;
	if (c->lines == h->lines.len)
		return;
	to->lines.ptr += c->first;
	to->lines.len = to->lines.cap = c->lines;
	number(to, h, c->first);
}

/* A new row for a file of the whole. */
static struct file_change *add_file(struct task_input *in, struct arena *a,
				    const struct task_input *whole, size_t file)
{
	struct file_change *f = vec_push(&in->change.files, a);
	struct cover *c = vec_push(&in->covers, a);

	*f = whole->change.files.ptr[file];
	*c = whole->covers.ptr[file];
	if (c->part || c->state == COVER_SKIPPED)
		memset(&f->hunks, 0, sizeof(f->hunks));
	return f;
}

/* Does this part hold the file? The first takes all of which nothing is shown.
 */
static bool holds(const struct cover *c, size_t part)
{
	return c->part ? c->part <= part + 1 && part + 1 <= c->last_part
		       : part == 0;
}

static void add_files(struct task_input *in, struct arena *a,
		      const struct parts *p, const struct task_input *whole,
		      size_t part, uint32_t *row)
{
	size_t k = 0;

	for (size_t i = 0; i < whole->change.files.len; i++) {
		struct file_change *f = NULL;

		if (!whole->covers.ptr[i].part &&
		    holds(&whole->covers.ptr[i], part))
			f = add_file(in, a, whole, i);
		for (; k < p->chunks.rows.len; k++) {
			const struct chunk *c = &p->chunks.rows.ptr[k];

			if (c->file != i)
				break;
			if (c->part != part)
				continue;
			if (!f)
				f = add_file(in, a, whole, i);
			add_hunk(f, a,
				 &whole->change.files.ptr[i].hunks.ptr[c->hunk],
				 c);
		}
		if (!f)
			continue;
		row[i] = (uint32_t)in->change.files.len;
		in->covers.ptr[in->covers.len - 1].hunks_sent =
			(uint32_t)f->hunks.len;
	}
}

static bool shows(const struct file_change *f, uint32_t line, bool old)
{
	vec_each (struct hunk, h, &f->hunks)
		if (old ? line >= h->old_start &&
				    line - h->old_start < h->old_lines
			: line >= h->new_start &&
				    line - h->new_start < h->new_lines)
			return true;
	return false;
}

/* A finding of the program's goes where its first place is shown; one about
 * what no part shows to the first. */
static void add_groups(struct task_input *in, struct arena *a,
		       const struct task_input *whole, size_t part)
{
	memset(&in->code.rules.groups, 0, sizeof(in->code.rules.groups));
	vec_each (struct rule_group, g, &whole->code.rules.groups) {
		const struct rule_place *p = &g->places.ptr[0];
		const struct file_change *f = change_file(&in->change, g->path);
		bool elsewhere = change_file(&whole->change, g->path);

		if (f ? shows(f, p->line, p->old) || !f->hunks.len
		      : !elsewhere && part == 0)
			*vec_push(&in->code.rules.groups, a) = *g;
	}
}

/* Of a file that several parts share, the flags of the lines shown here. */
static const uint8_t *own_lines(struct arena *a, const struct code_file *c,
				const struct file_change *f)
{
	uint32_t lines = c->now ? c->now->lx.lines : 0;
	uint8_t *line = arena_alloc(a, (size_t)lines + 2);

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->new_no && l->new_no <= lines)
				line[l->new_no] = c->line[l->new_no];
	return line;
}

/* Rows of lists that go by the change's files. */
static void add_rows(struct task_input *in, struct arena *a,
		     const struct task_input *whole, const uint32_t *row)
{
	memset(&in->code.files, 0, sizeof(in->code.files));
	memset(&in->masked.rows, 0, sizeof(in->masked.rows));
	vec_each (struct code_file, f, &whole->code.files)
		if (row[f->index]) {
			struct code_file *to = vec_push(&in->code.files, a);

			*to = *f;
			to->index = row[f->index] - 1;
			if (whole->covers.ptr[f->index].part !=
			    whole->covers.ptr[f->index].last_part)
				to->line = own_lines(
					a, f, &in->change.files.ptr[to->index]);
		}
	memset(&in->known, 0, sizeof(in->known));
	vec_each (struct known_row, k, &whole->known.rows)
		if (row[k->file])
			*vec_push(&in->known.rows, a) = *k;
	vec_each (struct masked_line, l, &whole->masked.rows)
		if (row[l->file]) {
			struct masked_line *to = vec_push(&in->masked.rows, a);

			*to = *l;
			to->file = row[l->file] - 1;
		}
}

struct task_input *parts_input(const struct parts *p, struct arena *a,
			       const struct task_input *whole, size_t part)
{
	struct task_input *in = arena_new(a, struct task_input);
	uint32_t *row;

	*in = *whole;
	if (p->sum)
		in->most.around = p->sum[part].around;
	if (!p->split)
		return in;
	row = arena_array(a, whole->change.files.len + 1, sizeof(*row));
	in->whole = whole;
	in->part = part + 1;
	in->parts = p->count;
	memset(&in->change.files, 0, sizeof(in->change.files));
	memset(&in->covers, 0, sizeof(in->covers));
	add_files(in, a, p, whole, part, row);
	add_rows(in, a, whole, row);
	add_groups(in, a, whole, part);
	return in;
}
