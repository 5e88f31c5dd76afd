/* What a change does to the items of files that are not shown. */
#include "agent/cover.h"

#include "agent/gather.h"
#include "base/buf.h"
#include "rust/item_diff.h"

/* Bytes of both sides that are read for summaries, and names of each kind that
 * one file's tells. */
#define SUMMARY_READ (8u << 20)
#define SUMMARY_NAMES 8u

static const struct source *read_side(struct arena *a, struct span path,
				      struct span text)
{
	struct source *s;

	if (!text.len)
		return NULL;
	s = arena_new(a, struct source);
	source_skim(s, a, path, text);
	return s;
}

/* One of the kinds of change: "adds fn a, struct B and 3 more". */
static void add_names(struct buf *out, const struct item_pair *pair,
		      const struct item_changes *ch, enum item_op op,
		      const char *word)
{
	const struct source *s = op == OP_REMOVED ? pair->was : pair->now;
	unsigned n = 0;

	vec_each (struct item_change, c, &ch->rows) {
		const struct item *it;

		if (c->op != op ||
		    (op == OP_CHANGED && !(c->parts & PART_CODE)))
			continue;
		if (n++ >= SUMMARY_NAMES)
			continue;
		it = &s->outline.item[op == OP_REMOVED ? c->was : c->now];
		if (n == 1)
			buf_addf(out, "%s%s ", out->len ? "; " : "", word);
		else
			buf_adds(out, ", ");
		buf_addf(out, "%s %.*s", outline_kind_name(it->kind),
			 SPAN_ARG(text_clip(it->name, 80)));
	}
	if (n > SUMMARY_NAMES)
		buf_addf(out, " and %u more", n - SUMMARY_NAMES);
}

static void summarise(struct cover *c, struct arena *a,
		      const struct file_change *f)
{
	static const struct {
		enum item_op op;
		const char *word;
	} ops[] = { { OP_ADDED, "adds" },
		    { OP_CHANGED, "changes" },
		    { OP_RENAMED, "renames to" },
		    { OP_REMOVED, "removes" } };
	struct arena own = { 0 };
	struct item_pair pair = { read_side(&own, f->path, f->new_text),
				  read_side(&own, f->old_path, f->old_text) };
	struct item_changes changes = { 0 };
	struct buf b = { 0 };

	item_diff(&changes, &own, &pair, 1);
	for (size_t i = 0; i < sizeof(ops) / sizeof(*ops); i++)
		add_names(&b, &pair, &changes, ops[i].op, ops[i].word);
	if (!b.len)
		buf_adds(&b, "no item changes");
	c->summary = arena_span(a, buf_span(&b));
	c->counts = true;
	buf_release(&b);
	arena_release(&own);
}

void cover_summaries(struct task_input *in, struct arena *a)
{
	size_t room = SUMMARY_READ;

	for (size_t i = 0; i < in->change.files.len; i++) {
		const struct file_change *f = &in->change.files.ptr[i];
		size_t bytes = f->old_text.len + f->new_text.len;

		if (in->covers.ptr[i].state != COVER_SUMMARY || !bytes ||
		    bytes > room || !span_ends(f->path, ".rs"))
			continue;
		room -= bytes;
		summarise(&in->covers.ptr[i], a, f);
	}
}
