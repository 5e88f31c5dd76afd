/* Idiomatic Rust: Arcs and Strings that have a name and are cloned on added
 * lines. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/clones.h"

#define FILES 3u
#define NAMES 6u /* of one line */

static bool fresh(const struct rule_file *f, const struct clone_row *row)
{
	uint32_t line = f->now->lx.tok[row->token].line;

	return (f->line[line] & (LINE_ADDED | LINE_MOVED)) == LINE_ADDED;
}

/* ", of an `Arc`: `pool` (:12), `self.pool` (:20)" */
static void add_kind(struct offline *o, const struct rule_file *f,
		     const struct clones *c, enum clone_of of, bool first)
{
	uint32_t n = 0;

	vec_each (const struct clone_row, row, &c->rows) {
		if (row->of != of || !fresh(f, row) || n++ >= NAMES)
			continue;
		if (n == 1)
			buf_addf(o->out, "%s of %s `%s`: ", first ? "," : ";",
				 of == CLONE_ARC ? "an" : "a",
				 clone_of_name(of));
		add_comma(o->out, n - 1);
		quote_code(o->out, row->name);
		buf_addf(o->out, " (:%u)", f->now->lx.tok[row->token].line);
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
}

static void add_file(struct facts *list, const struct rule_file *f)
{
	struct offline *o = list->o;
	struct clones c = { 0 };
	uint32_t first = 0, n[CLONE_KINDS] = { 0 };

	clones_find(&c, o->arena, f->now);
	vec_each (const struct clone_row, row, &c.rows) {
		if (!fresh(f, row))
			continue;
		n[row->of]++;
		if (!first)
			first = f->now->lx.tok[row->token].line;
	}
	if (!first || !fact_begin(list, f->now->path, first, false))
		return;
	add_count(o->out, n[CLONE_ARC] + n[CLONE_STRING], "clone", "clones");
	buf_adds(o->out, o->all ? "" : " added");
	if (n[CLONE_ARC])
		add_kind(o, f, &c, CLONE_ARC, true);
	if (n[CLONE_STRING])
		add_kind(o, f, &c, CLONE_STRING, !n[CLONE_ARC]);
	fact_end(list);
}

void offline_clones(struct offline *o)
{
	struct facts list = { .o = o, .most = FILES };

	vec_each (struct rule_file, f, &o->in->code.rule_files)
		if (f->now && !f->test)
			add_file(&list, f);
	facts_close(&list, "file with clones of what has a name",
		    "files with clones of what has a name");
}
