/* Code Examples: the edits that findings carry, as patches. */
#include "agent/offline_parts.h"

#include "agent/fix.h"
#include "agent/patch.h"
#include "agent/quote.h"

#define PATCHES 4u
#define PATCH_LINES 40u

struct examples {
	struct offline *o;
	uint32_t said, left;	 /* patches */
	uint32_t hidden;	 /* that hold what is masked or escaped */
	uint32_t findings, bare; /* places in all; those without an edit */
};

/* A fence longer than any run of back-ticks in the text. */
static void add_fenced(struct buf *out, struct span text)
{
	size_t run = text_longest_run(text, '`'), most = run < 2 ? 2 : run;

	for (size_t i = 0; i <= most; i++)
		buf_addc(out, '`');
	buf_adds(out, "diff\n");
	buf_addsp(out, text);
	for (size_t i = 0; i <= most; i++)
		buf_addc(out, '`');
	buf_adds(out, "\n\n");
}

static void add_patch(struct examples *e, const struct rule_group *g,
		      const struct rule_place *p)
{
	const struct source *s = g->file->now;
	struct buf patch = { 0 };
	struct buf *out = e->o->out;

	if (!patch_write(&patch, s->path, s->lx.src, p->edits.ptr,
			 p->edits.len)) {
		e->bare++;
	} else if (fix_alters(buf_span(&patch))) {
		e->hidden++;
	} else if (e->said >= PATCHES ||
		   text_count_lines(buf_span(&patch)) > PATCH_LINES) {
		e->left++;
	} else {
		e->said++;
		buf_adds(out, "- ");
		quote_place(out, s->path, p->line);
		buf_addf(out, " — the edit for `%s`%s:\n\n", g->rule->id,
			 patch_crlf(s->lx.src)
				 ? ", for lines that end in CRLF (`git -c "
				   "core.autocrlf=true apply`)"
				 : "");
		add_fenced(out, buf_span(&patch));
	}
	buf_release(&patch);
}

static void add_nothing(const struct examples *e)
{
	const struct rule_report *rules = &e->o->in->code.rules;
	struct buf *out = e->o->out;
	uint32_t n = 0;

	if (!e->findings) {
		buf_addf(out,
			 "No edit: no finding stands on the %u %sline%s of ",
			 rules->lines, word_added(e->o), plural(rules->lines));
		add_what(e->o);
		buf_adds(out, ".\n");
		return;
	}
	buf_adds(out, "No edit follows from a finding by tokens alone: ");
	vec_each (struct rule_group, g, &rules->groups) {
		if (n++ >= PATCHES)
			break;
		add_comma(out, n - 1);
		buf_addf(out, "`%s` (", g->rule->id);
		quote_place(out, g->path, g->places.ptr[0].line);
		buf_adds(out, g->places.ptr[0].old ? " before)" : ")");
	}
	buf_adds(out, ".\n");
}

void offline_examples(struct offline *o)
{
	struct examples e = { .o = o };
	struct facts more = { .o = o };

	vec_each (struct rule_group, g, &o->in->code.rules.groups)
		vec_each (struct rule_place, p, &g->places) {
			e.findings++;
			if (p->edits.len && !p->old)
				add_patch(&e, g, p);
			else
				e.bare++;
		}
	if (!e.said)
		add_nothing(&e);
	more.left = e.left;
	facts_close(&more, "edit of a finding", "edits of findings");
	if (e.hidden)
		buf_addf(o->out,
			 "- %u edit%s not shown: lines around %s hold what is "
			 "masked or escaped here.\n",
			 e.hidden, e.hidden == 1 ? " is" : "s are",
			 e.hidden == 1 ? "it" : "them");
}
