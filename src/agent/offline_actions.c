/* Action Items: what the findings ask for, by level; then what a person should
 * look at, since no rule decides it. */
#include "agent/offline_parts.h"

#include <stdlib.h>

#include "agent/quote.h"

#define FINDINGS 12u
#define LOOKS 8u
#define CALLED 3u
#define EACH 2u
#define FOREIGN 4u    /* files that are named */
#define SAME_CRATE 2u /* of index_place.distance */

static uint32_t add_findings(struct offline *o)
{
	const struct rule_report *rules = &o->in->code.rules;
	uint32_t n = 0;

	for (int level = 0; level < LEVEL_COUNT; level++)
		vec_each (struct rule_group, g, &rules->groups) {
			if ((int)g->level != level || n >= FINDINGS)
				continue;
			buf_addf(o->out, "%u. ", ++n);
			quote_place(o->out, g->path, g->places.ptr[0].line);
			buf_addf(o->out, "%s (%s) — ",
				 g->places.ptr[0].old ? " (before)" : "",
				 finding_level_name(g->level));
			buf_adds(o->out, g->rule->remedy ? g->rule->remedy
							 : g->rule->about);
			if (g->total > 1)
				buf_addf(o->out, "; %u places", g->total);
			/* a question ends with its own mark */
			buf_adds(o->out, o->out->ptr[o->out->len - 1] == '?'
						 ? "\n"
						 : ".\n");
		}
	return n;
}

/* ---- what a person should look at */

/* An item that is gone and whose name is still used. */
static void add_dangling(struct offline *o, struct facts *f)
{
	vec_each (struct touched, t, &o->touched) {
		const struct index_count *n;

		if (t->now || t->test || t->change->inside != OUTLINE_NONE)
			continue;
		n = edited_uses(o, t);
		/* in another crate it may be another's of that name */
		if (!uses_known(n) || !n->uses || n->rivals || !n->places ||
		    n->place[0].distance > SAME_CRATE ||
		    !fact_begin(f, n->place[0].path, n->place[0].line, false))
			continue;
		edited_code_path(o, t);
		buf_adds(o->out, " is gone and still named here");
		for (uint32_t i = 1; i < n->places; i++) {
			if (n->place[i].distance > SAME_CRATE)
				break;
			buf_adds(o->out, i == 1 ? " and at " : ", ");
			add_place_in(o->out, n->place[i - 1].path,
				     n->place[i].path, n->place[i].line);
		}
		fact_end(f);
	}
}

/* Files of which nothing was understood. */
static void add_unread(struct offline *o, struct facts *f)
{
	const struct task_input *in = o->in;

	for (size_t i = 0; i < in->covers.len; i++) {
		const struct cover *c = &in->covers.ptr[i];

		if (((c->state != COVER_SKIPPED || c->counts) &&
		     !c->note.len) ||
		    !fact_begin(f, c->path, 0, false))
			continue;
		text_visible_line(o->out, c->note.len ? c->note : c->reason);
		fact_end(f);
	}
}

struct called {
	const struct touched *t;
	const struct index_count *n;
};

static int most_called(const void *x, const void *y)
{
	const struct called *a = x, *b = y;

	if (a->n->uses != b->n->uses)
		return a->n->uses < b->n->uses ? 1 : -1;
	return a->t < b->t ? -1 : a->t > b->t;
}

static bool outside(const struct offline *o, const struct index_place *p)
{
	vec_each (struct file_change, f, &o->in->change.files)
		if (span_eq(f->path, p->path))
			return false;
	return true;
}

/* Changed functions that files outside of the change call. */
static void add_called(struct offline *o, struct facts *f)
{
	struct called *all =
		arena_array(o->arena, o->touched.len + 1, sizeof(*all));
	size_t n = 0, said = 0;

	vec_each (struct touched, t, &o->touched) {
		const struct index_count *uses =
			t->now && t->was && !t->test &&
					t->change->parts &
						(PART_BODY | PART_HEADER)
				? edited_uses(o, t)
				: NULL;

		if (uses && uses->uses && uses_sure(uses))
			all[n++] = (struct called){ t, uses };
	}
	if (n)
		qsort(all, n, sizeof(*all), most_called);
	for (size_t i = 0; i < n && said < CALLED; i++) {
		const struct index_place *p = NULL;

		for (uint32_t k = 0; k < all[i].n->places && !p; k++)
			if (outside(o, &all[i].n->place[k]))
				p = &all[i].n->place[k];
		if (!p || !fact_begin(f, p->path, p->line, false))
			continue;
		said++;
		buf_addf(o->out, "%s",
			 all[i].t->item->kind == ITEM_FN ? "calls " : "uses ");
		edited_code_path(o, all[i].t);
		buf_addf(o->out, ", %s changed, in a file that did not",
			 all[i].t->change->parts & PART_HEADER
				 ? "whose signature"
				 : "which");
		fact_end(f);
	}
}

/* Unsafe blocks whose surroundings changed. */
static void add_unsafe(struct offline *o, struct facts *f)
{
	uint32_t n = 0;

	vec_each (struct touched, t, &o->touched) {
		if (!t->unsafe_line || !t->safety.len || n >= EACH ||
		    !fact_begin(f, t->s->path, t->unsafe_line, false))
			continue;
		n++;
		buf_adds(o->out, "after the change of ");
		edited_code_path(o, t);
		buf_adds(o->out, ", does this still hold: ");
		quote_code(o->out, t->safety);
		buf_adds(o->out, "?");
		fact_end(f);
	}
}

static int most_decisions(const void *x, const void *y)
{
	const struct touched *const *a = x, *const *b = y;

	if ((*a)->decisions != (*b)->decisions)
		return (*a)->decisions < (*b)->decisions ? 1 : -1;
	return *a < *b ? -1 : *a > *b;
}

/* Functions that decide otherwise than before, and that no test of the change
 * names. */
static void add_decisions(struct offline *o, struct facts *f)
{
	const struct touched **all =
		arena_array(o->arena, o->touched.len + 1, sizeof(*all));
	size_t n = 0;

	vec_each (struct touched, t, &o->touched)
		if (t->decisions && !t->test && !edited_tested(o, t))
			all[n++] = t;
	if (n)
		qsort(all, n, sizeof(*all), most_decisions);
	for (size_t i = 0; i < n && i < EACH; i++) {
		if (!edited_fact(f, all[i]))
			continue;
		edited_code_path(o, all[i]);
		buf_addf(o->out,
			 " decides otherwise at %u place%s, and no test of the "
			 "change names it",
			 all[i]->decisions, plural(all[i]->decisions));
		fact_end(f);
	}
}

static void add_silent(struct offline *o, struct facts *f)
{
	const struct touched *first = NULL;
	uint32_t n = 0;

	vec_each (struct touched, t, &o->touched) {
		if (!edited_silent(o, t))
			continue;
		first = first ? first : t;
		n++;
	}
	if (!first || !edited_fact(f, first))
		return;
	edited_code_path(o, first);
	if (n > 1)
		buf_addf(o->out, " and %u more", n - 1);
	buf_addf(o->out, ": `pub`, %s%sused by no test that was read",
		 o->all	      ? ""
		 : first->was ? "changed"
			      : "new",
		 o->all ? "" : ", and ");
	fact_end(f);
}

/* The first added line; of nothing added 0. */
static uint32_t first_line(const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == '+')
				return l->new_no;
	return 0;
}

/* Words for people, and what programs write. */
static bool prose(struct span path)
{
	static const char *const ends[] = {
		".md",	".txt",	 ".rst",  ".dic",    ".lock",	   ".snap",
		".svg", ".adoc", ".html", "LICENSE", "CODEOWNERS",
	};

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (span_ends(path, ends[i]))
			return true;
	return false;
}

/* Files of other kinds, which nobody read here. */
static void add_foreign(struct offline *o, struct facts *f)
{
	const struct file_change *file[FOREIGN + 1];
	uint32_t n = 0;

	for (size_t i = 0; i < o->in->change.files.len; i++) {
		const struct file_change *one = &o->in->change.files.ptr[i];

		if (o->in->covers.ptr[i].state == COVER_SKIPPED ||
		    prose(one->path) || span_ends(one->path, ".rs") ||
		    span_ends(one->path, "Cargo.toml") || one->binary ||
		    one->status == FILE_DELETED || !one->hunks.len)
			continue;
		if (n < FOREIGN)
			file[n] = one;
		n++;
	}
	if (!n || !fact_begin(f, file[0]->path, first_line(file[0]), false))
		return;
	buf_adds(o->out, "not Rust, so its content was not judged (");
	add_extent(o, file[0]);
	buf_addc(o->out, ')');
	for (uint32_t i = 1; i < n && i < FOREIGN; i++) {
		buf_adds(o->out, i == 1 ? "; likewise " : ", ");
		quote_place(o->out, file[i]->path, first_line(file[i]));
	}
	if (n > FOREIGN)
		buf_addf(o->out, " and %u more", n - FOREIGN);
	fact_end(f);
}

/* Where to begin, when nothing else is to be said. */
static void add_largest(struct offline *o, struct facts *f)
{
	const struct touched *most = NULL;

	vec_each (struct touched, t, &o->touched)
		if (!t->aside && t->item->kind != ITEM_MOD &&
		    t->item->kind != ITEM_IMPL &&
		    (!most ||
		     t->added + t->removed > most->added + most->removed))
			most = t;
	if (!most || !most->added || !edited_fact(f, most))
		return;
	edited_code_path(o, most);
	buf_addf(o->out, " has the most changed lines (+%u -%u)", most->added,
		 most->removed);
	fact_end(f);
}

void offline_actions(struct offline *o)
{
	const struct rule_report *rules = &o->in->code.rules;
	struct facts f = { .o = o, .most = LOOKS };
	size_t at, len;

	uint32_t n = add_findings(o);

	if (rules->left_out)
		buf_addf(o->out, "\n%u more finding%s left out.\n",
			 rules->left_out,
			 rules->left_out == 1 ? " is" : "s are");
	at = o->out->len;
	if (n) {
		buf_addf(o->out,
			 "\nBeyond the finding%s, for a person to look at in ",
			 plural(n));
		add_what(o);
		buf_adds(o->out, ":\n\n");
	} else {
		buf_adds(o->out, "Nothing to do follows from a rule, which is "
				 "no verdict; for a person to look at in ");
		add_what(o);
		buf_adds(o->out, ":\n\n");
	}
	len = o->out->len;
	add_unread(o, &f);
	add_dangling(o, &f);
	add_unsafe(o, &f);
	add_decisions(o, &f);
	add_silent(o, &f);
	add_called(o, &f);
	add_foreign(o, &f);
	if (!f.said)
		add_largest(o, &f);
	facts_close(&f, "place", "places");
	if (o->out->len > len)
		return;
	o->out->len = at;
	o->out->ptr[at] = '\0';
	if (n)
		return;
	buf_adds(o->out,
		 "Nothing to do follows from a rule; that is no verdict on ");
	add_what(o);
	buf_adds(o->out, ".\n");
}
