/* Architecture: fields, variants and constants, modules that are used anew;
 * with signatures and dependencies. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/look.h"
#include "rust/member.h"

#define NONE OUTLINE_NONE

#define MEMBERS 5u
#define EDGES 4u
#define NAMES 5u /* of one line */
#define KEPT 4u
#define IMPORTS_MAX 500u

/* ---- fields, variants, values */

static bool same(const struct source *s, uint32_t i, const struct source *t,
		 uint32_t k)
{
	return span_eq(lexer_text(&s->lx, i), lexer_text(&t->lx, k));
}

static uint32_t add_missing(struct offline *o, const char *word,
			    const struct source *s, const struct members *of,
			    const struct members *in, bool types)
{
	uint32_t n = 0;

	vec_each (struct member, m, &of->rows) {
		if (item_member_named(in, m->name) || n++ >= NAMES)
			continue;
		buf_adds(o->out, n > 1 ? ", " : word);
		quote_tokens(o->out, s, m->token, types ? m->to : m->token + 1);
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
	return n;
}

static bool same_member(const struct source *s, const struct member *a,
			const struct source *t, const struct member *b)
{
	if (a->to - a->from != b->to - b->from)
		return false;
	for (uint32_t i = 0; i < a->to - a->from; i++)
		if (!same(s, a->from + i, t, b->from + i))
			return false;
	return true;
}

/* Where the variants that an enum gained are named. */
static void add_named(struct offline *o, const struct touched *t,
		      const struct members *now, const struct members *was)
{
	vec_each (struct member, m, &now->rows) {
		const struct index_count *n;
		struct span last = t->s->path;

		if (item_member_named(was, m->name))
			continue;
		n = variant_uses(o, t, m->name);
		if (!n || !n->places)
			continue;
		buf_adds(o->out, "; ");
		quote_code(o->out, m->name);
		buf_adds(o->out, " is named at ");
		for (uint32_t i = 0; i < n->places && i < KEPT; i++) {
			add_comma(o->out, i);
			add_place_in(o->out, last, n->place[i].path,
				     n->place[i].line);
			last = n->place[i].path;
		}
		if (n->uses > KEPT)
			buf_addf(o->out, " and %u more", n->uses - KEPT);
	}
}

static void add_members(struct offline *o, struct facts *f,
			const struct touched *t)
{
	bool variants = t->item->kind == ITEM_ENUM;
	struct members now, was;
	struct buf *out = o->out;
	size_t n = 0;

	item_members_find(&now, o->arena, t->now, t->item);
	item_members_find(&was, o->arena, t->was,
			  &t->was->outline.item[t->change->was]);
	if (!edited_fact(f, t))
		return;
	buf_addf(out, "%s ", outline_kind_name(t->item->kind));
	edited_code_path(o, t);
	n += add_missing(o,
			 variants ? " gains the variant " : " gains the field ",
			 t->now, &now, &was, true);
	n += add_missing(o,
			 variants ? n ? "; loses the variant "
				      : " loses the variant "
			 : n	  ? "; loses the field "
				  : " loses the field ",
			 t->was, &was, &now, false);
	vec_each (struct member, m, &now.rows) {
		const struct member *old = item_member_named(&was, m->name);

		if (!old || same_member(t->now, m, t->was, old))
			continue;
		buf_adds(out, n++ ? "; " : " changes ");
		quote_tokens(out, t->was, old->token, old->to);
		buf_adds(out, " → ");
		quote_tokens(out, t->now, m->from, m->to);
	}
	if (variants)
		add_named(o, t, &now, &was);
	/* only its attributes may differ, or a tuple's types */
	if (n)
		fact_end(f);
	else
		fact_drop(f);
}

static bool valued(const struct touched *t)
{
	return t->item->kind == ITEM_CONST || t->item->kind == ITEM_STATIC;
}

static void add_value(struct offline *o, struct facts *f,
		      const struct touched *t)
{
	const struct item *old = &t->was->outline.item[t->change->was];

	if (!edited_fact(f, t))
		return;
	buf_addf(o->out, "%s ", outline_kind_name(t->item->kind));
	edited_code_path(o, t);
	buf_adds(o->out, ": ");
	quote_tokens(o->out, t->was, item_body_start(t->was, old), old->last);
	buf_adds(o->out, " → ");
	quote_tokens(o->out, t->now, item_body_start(t->now, t->item),
		     t->item->last);
	fact_end(f);
}

static void add_types(struct offline *o)
{
	struct facts f = { .o = o, .most = MEMBERS };

	vec_each (struct touched, t, &o->touched) {
		if (t->aside || !t->now || !t->was ||
		    !(t->change->parts & PART_BODY))
			continue;
		if (valued(t))
			add_value(o, &f, t);
		else if (t->item->kind == ITEM_STRUCT ||
			 t->item->kind == ITEM_ENUM ||
			 t->item->kind == ITEM_UNION)
			add_members(o, &f, t);
	}
	facts_close(&f, "type or constant that changed",
		    "types or constants that changed");
}

/* ---- modules */

/* What stands before the last segment; of a glob all of it. */
static struct span module_of(const struct import *im)
{
	struct span path = im->path;

	if (span_eqs(im->name, "*"))
		return path;
	for (size_t i = path.len; i > 1; i--)
		if (path.ptr[i - 1] == ':' && path.ptr[i - 2] == ':')
			return span_first(path, i - 2);
	return path;
}

static bool uses(const struct source *s, struct span module)
{
	for (size_t i = 0; s && i < s->imports.len; i++)
		if (span_eq(module_of(&s->imports.row[i]), module))
			return true;
	return false;
}

/* So many are compared with each other. */
static bool few_imports(const struct source *s)
{
	return !s || s->imports.len <= IMPORTS_MAX;
}

static bool in_test(const struct source *s, const struct import *im)
{
	return s->outline.item[im->item].flags & ITEM_IN_TEST;
}

static bool own(struct span module)
{
	return span_starts(module, "crate") || span_starts(module, "super") ||
	       span_starts(module, "self");
}

/* Is this the first import of a module that the other side does not use? */
static bool begins_edge(const struct source *s, const struct source *other,
			size_t i)
{
	const struct import *im = &s->imports.row[i];
	struct span module = module_of(im);

	if (in_test(s, im) || uses(other, module))
		return false;
	/* a new file uses many: those of its own crate tell where it stands */
	if (!other && !own(module))
		return false;
	while (i-- > 0)
		if (!in_test(s, &s->imports.row[i]) &&
		    span_eq(module_of(&s->imports.row[i]), module))
			return false;
	return true;
}

static void add_imported(struct offline *o, const struct source *s,
			 struct span module)
{
	uint32_t n = 0;

	quote_code(o->out, module);
	for (size_t i = 0; i < s->imports.len; i++) {
		const struct import *im = &s->imports.row[i];

		if (in_test(s, im) || !span_eq(module_of(im), module) ||
		    span_eq(im->path, module) || n++ >= NAMES)
			continue;
		buf_adds(o->out, n > 1 ? ", " : " (");
		quote_code(o->out, im->name);
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
	if (n)
		buf_addc(o->out, ')');
}

static uint32_t add_edges_of(struct offline *o, const struct source *s,
			     const struct source *other, const char *word)
{
	uint32_t n = 0;

	for (size_t i = 0; s && i < s->imports.len; i++) {
		if (!begins_edge(s, other, i) || n++ >= NAMES)
			continue;
		buf_adds(o->out, n > 1 ? ", " : word);
		add_imported(o, s, module_of(&s->imports.row[i]));
	}
	if (n > NAMES)
		buf_addf(o->out, " and %u more", n - NAMES);
	return n;
}

/* The line of the first import that makes an edge; 0: there is none. */
static uint32_t first_edge(const struct source *s, const struct source *other)
{
	uint32_t line = 0;

	for (size_t i = 0; s && i < s->imports.len; i++) {
		uint32_t at = s->lx.tok[s->imports.row[i].token].line;

		if (begins_edge(s, other, i) && (!line || at < line))
			line = at;
	}
	return line;
}

static void add_edges(struct offline *o)
{
	struct facts f = { .o = o, .most = EDGES };

	vec_each (struct rule_file, file, &o->in->code.rule_files) {
		uint32_t now, was;
		const struct source *s;

		if (!few_imports(file->now) || !few_imports(file->was))
			continue;
		now = first_edge(file->now, file->was);
		was = first_edge(file->was, file->now);
		s = now ? file->now : file->was;
		if (file->test || !file->now || (!now && !was) ||
		    s->role == ROLE_TEST || s->role == ROLE_BENCH ||
		    !fact_begin(&f, s->path, now ? now : was, !now))
			continue;
		add_edges_of(o, file->now, file->was,
			     file->was ? "now uses " : "uses ");
		add_edges_of(o, file->was, file->now,
			     now ? "; no longer uses " : "no longer uses ");
		fact_end(&f);
	}
	facts_close(&f, "file that uses other modules",
		    "files that use other modules");
}

/* ---- what stays */

/* When no signature changed: that is a fact, too. */
static void add_kept(struct offline *o)
{
	struct facts f = { .o = o, .most = 1 };
	const struct source *first = NULL;
	uint32_t n = 0;

	vec_each (struct touched, t, &o->touched) {
		if (t->aside || !t->now || !t->was ||
		    t->item->kind != ITEM_FN ||
		    !(t->change->parts & PART_BODY) ||
		    t->change->parts & PART_HEADER || n++ >= KEPT)
			continue;
		if (n == 1) {
			first = t->s;
			edited_fact(&f, t);
			buf_adds(o->out, "signature as before: ");
		} else {
			buf_adds(o->out, ", ");
		}
		edited_code_path(o, t);
		if (n > 1 && t->s == first) {
			buf_addf(o->out, " (:%u)", edited_line(t));
		} else if (n > 1) {
			buf_adds(o->out, " (");
			quote_place(o->out, t->s->path, edited_line(t));
			buf_addc(o->out, ')');
		}
	}
	if (n > KEPT)
		buf_addf(o->out, " and %u more", n - KEPT);
	if (n)
		fact_end(&f);
}

void offline_design(struct offline *o)
{
	offline_api(o);
	offline_signatures(o);
	add_types(o);
	add_edges(o);
	offline_cargo(o);
	add_kept(o);
}
