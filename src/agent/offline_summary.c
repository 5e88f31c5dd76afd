/* The Summary: what was read, what the authors say, the change map, what else
 * changed, what speaks for the change. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/safety.h"

#define NONE OUTLINE_NONE

#define OTHER_FILES 8u
#define INTENTS 3u

static void add_read(struct offline *o)
{
	const struct task_input *in = o->in;
	const struct rule_report *rules = &in->code.rules;
	struct buf *out = o->out;
	size_t n = in->code.rule_files.len;

	buf_adds(out, "No model was consulted. The program itself read ");
	text_visible_line(out, in->title);
	if (o->all)
		buf_addf(out, ", %u lines", in->change.added);
	else
		buf_addf(out, ", +%u -%u lines", in->change.added,
			 in->change.removed);
	if (!n) {
		buf_adds(out, o->unread ? "; none of it was read as Rust.\n\n"
					: "; none of it is Rust.\n\n");
		return;
	}
	buf_addf(out, "; %zu Rust file%s with %u %sline%s of code", n,
		 plural(n), rules->lines, word_added(o), plural(rules->lines));
	add_totals(o);
	if (o->unread && in->given)
		buf_addf(out,
			 ". Of %u more only the lines of the diff are known",
			 o->unread);
	else if (o->unread)
		buf_addf(out,
			 ". %u more Rust file%s not read, and nothing is said "
			 "of %s (the ledger tells why)",
			 o->unread, o->unread == 1 ? " was" : "s were",
			 o->unread == 1 ? "it" : "them");
	buf_adds(out, ".\n\n");
}

static void add_intent(struct offline *o)
{
	const struct task_input *in = o->in;
	struct facts f = { .o = o };
	uint32_t n = 0;
	struct span rest = span_trim(span_of(in->request->intent)), line;

	if (text_line(&rest, &line)) {
		buf_adds(o->out, "- Stated intent: ");
		quote_code(o->out, line);
		buf_addc(o->out, '\n');
	}
	vec_each (struct commit_info, c, &in->commits.commits) {
		if (n++ >= INTENTS) {
			f.left++;
			continue;
		}
		buf_addf(o->out,
			 "- The author%s%.10s says: ", c->id[0] ? " of " : "",
			 c->id);
		quote_code(o->out, c->subject);
		buf_addc(o->out, '\n');
	}
	facts_close(&f, "commit message", "commit messages");
}

static bool rust_file(const struct offline *o, size_t index)
{
	vec_each (struct code_file, c, &o->in->code.files)
		if (c->index == index)
			return true;
	return false;
}

static void add_lines(const struct offline *o, const struct file_change *f)
{
	buf_adds(o->out, " (");
	if (f->status == FILE_ADDED && !o->all) {
		buf_adds(o->out, "new, ");
	} else if (f->status == FILE_RENAMED) {
		buf_adds(o->out, "was ");
		quote_place(o->out, f->old_path, 0);
		buf_adds(o->out, ", ");
	}
	add_extent(o, f);
	buf_addc(o->out, ')');
}

/* Files that are not read as Rust, with the lines that changed. */
static void add_other_files(struct offline *o)
{
	const struct change *c = &o->in->change;
	uint32_t said = 0, left = 0;

	for (size_t i = 0; i < c->files.len; i++) {
		const struct file_change *f = &c->files.ptr[i];

		if (rust_file(o, i))
			continue;
		if (said >= OTHER_FILES) {
			left++;
			continue;
		}
		buf_adds(o->out, said++	     ? ", "
				 : o->unread ? "- Not read as Rust: "
					     : "- Not Rust: ");
		quote_place(o->out, f->path, 0);
		if (f->binary)
			buf_adds(o->out, " (binary)");
		else if (f->status == FILE_DELETED)
			buf_adds(o->out, " (deleted)");
		else
			add_lines(o, f);
	}
	if (left)
		buf_addf(o->out, " and %u more", left);
	if (said)
		buf_adds(o->out, ".\n");
}

/* A new test that names what changed. */
static void praise_test(struct offline *o)
{
	struct facts f = { .o = o, .most = 1 };

	vec_each (struct touched, t, &o->touched) {
		const struct touched *named =
			t->is_test && !t->was ? edited_named(o, t) : NULL;

		if (!named || !edited_fact(&f, t))
			continue;
		buf_adds(o->out, "for the change: the new test ");
		quote_code(o->out, t->item->name);
		buf_adds(o->out, " calls ");
		edited_code_path(o, named);
		fact_end(&f);
		return;
	}
}

/* New unsafe code that says why it is sound. */
static void praise_safety(struct offline *o)
{
	struct facts f = { .o = o, .most = 1 };
	struct safety safety = { 0 };

	vec_each (struct touched, t, &o->touched) {
		if (!t->now || t->test || !edited_code(t))
			continue;
		for (uint32_t i = t->item->head; i <= t->item->last; i++) {
			uint32_t line = t->s->lx.tok[i].line, c;

			if (!safety_block(t->s, i) || !edited_new(t, line))
				continue;
			if (safety.s != t->s)
				safety_read(&safety, o->arena, t->s,
					    SAFETY_FORMAL);
			c = safety_comment(&safety, i);
			if (c == SAFETY_NONE ||
			    !edited_new(t, t->s->lx.comment[c].line) ||
			    !fact_begin(&f, t->s->path, line, false))
				continue;
			buf_adds(o->out,
				 "for the change: its unsafe block in ");
			edited_code_path(o, t);
			buf_adds(o->out, " says why it is sound");
			fact_end(&f);
			return;
		}
	}
}

void offline_summary(struct offline *o)
{
	add_read(o);
	add_intent(o);
	offline_map(o);
	add_other_files(o);
	if (!o->all) {
		praise_test(o);
		praise_safety(o);
	}
}
