/*
 * The names that added lines use: wanted of the index, then shown as they are
 * defined. And the uses of what changed, counted.
 */
#include "agent/surround_parts.h"

#include "base/arena.h"
#include "rust/look.h"
#include "rust/member.h"
#include "rust/names.h"

/* Changed items whose uses are counted, and definitions offered. */
#define COUNTS_MAX 200u
#define DEFINITIONS_MAX 1000u
/* Candidates of one reference that are shown. */
#define SHOWN_MAX 3u
/* Uses that make a name weigh more. */
#define USES_MAX 50u

static bool counted(enum item_kind kind)
{
	return kind == ITEM_FN || kind == ITEM_STRUCT || kind == ITEM_ENUM ||
	       kind == ITEM_UNION || kind == ITEM_TRAIT || kind == ITEM_TYPE ||
	       kind == ITEM_CONST || kind == ITEM_STATIC || kind == ITEM_MACRO;
}

/* The impl or trait around an item, or NULL. */
static const struct item *owner_of(const struct source *s, uint32_t item)
{
	uint32_t i = outline_owner(&s->outline, item);

	return i == OUTLINE_NONE ? NULL : &s->outline.item[i];
}

/* Does a function take self? */
static bool takes_self(const struct source *s, const struct item *it)
{
	uint32_t i = look_generics(s, it->key + 2), end = i + 6;

	if (it->kind != ITEM_FN || look_kind(s, i) != TOKEN_OPEN_PAREN)
		return false;
	while (++i < end && look_kind(s, i) != TOKEN_COMMA)
		if (look_kind(s, i) == KW_SELF)
			return true;
	return false;
}

/* Does somebody name it when he uses it, and it alone? */
static bool called_by_name(const struct source *s, const struct item *it,
			   const struct item *owner)
{
	if (!counted(it->kind) || !it->name.len || it->flags & ITEM_LOCAL ||
	    item_test(s, it) || s->generated || span_eqs(it->name, "main"))
		return false;
	if (names_common(it->name) && (!owner || takes_self(s, it)))
		return false;
	return !owner ||
	       !names_plain_trait(index_last_segment(owner->trait_path));
}

static bool header_new(const struct code_file *f, const struct item *it)
{
	uint32_t last = it->open == OUTLINE_NONE
				? it->last_line
				: f->now->lx.tok[it->open].line;

	for (uint32_t n = it->line; n <= last; n++)
		if (f->line[n] & LINE_ADDED)
			return true;
	return false;
}

static bool counted_already(const struct chooser *c, const struct item *it,
			    const struct item *owner, struct span home)
{
	vec_each (struct surround_use, u, &c->out->uses)
		if (span_eq(u->count->name, it->name) &&
		    span_eq(u->count->home, home) &&
		    (owner ? span_eq(u->count->owner, owner->name)
			   : !u->count->owner.len))
			return true;
	return false;
}

static void count_uses(struct chooser *c)
{
	vec_each (struct changed_item, at, &c->items) {
		const struct source *s = at->file->now;
		const struct item *it = &s->outline.item[at->item];
		const struct item *owner = owner_of(s, at->item);
		const struct index_count *n;

		if (c->out->uses.len >= COUNTS_MAX)
			return;
		if (!called_by_name(s, it, owner) ||
		    counted_already(c, it, owner, s->path))
			continue;
		n = index_count(&c->out->index, it->name,
				owner ? owner->name : (struct span){ 0 },
				it->kind, s->path);
		if (n)
			*vec_push(&c->out->uses,
				  c->arena) = (struct surround_use){
				at->file, at->item,
				!c->in->range.all && header_new(at->file, it), n
			};
	}
}

/* Which of the rules' files this part of the change shows: the items are those
 * of all of it. */
static void note_shown(struct chooser *c)
{
	const struct code *code = &c->in->code;

	c->shown = arena_array(c->arena, code->rule_files.len + 1,
			       sizeof(*c->shown));
	for (size_t i = 0; i < code->rule_files.len; i++) {
		const struct rule_file *f = &code->rule_files.ptr[i];

		c->shown[i] = !c->in->whole ||
			      change_file(&c->in->change,
					  f->now ? f->now->path : f->was->path);
	}
}

/* What is gone may still be called. */
static void count_gone(struct chooser *c)
{
	const struct code *code = &c->in->code;
	struct index *ix = &c->out->index;

	vec_each (struct item_change, r, &code->items.rows) {
		const struct source *s = code->rule_files.ptr[r->was_file].was;
		const struct item *it, *owner;
		const struct index_count *n;

		if (r->op != OP_REMOVED || !c->shown[r->was_file] ||
		    r->inside != OUTLINE_NONE || ix->counts.len >= COUNTS_MAX)
			continue;
		it = &s->outline.item[r->was];
		owner = owner_of(s, r->was);
		if (!called_by_name(s, it, owner))
			continue;
		n = index_count(ix, it->name,
				owner ? owner->name : (struct span){ 0 },
				it->kind, s->path);
		if (n)
			*vec_push(&c->out->gone, c->arena) = n;
	}
}

/* Variants that enums gained: where they are named as `Enum::Variant`. */
static void count_variants(struct chooser *c)
{
	const struct code *code = &c->in->code;
	struct index *ix = &c->out->index;

	vec_each (struct item_change, r, &code->items.rows) {
		struct members now, was;
		const struct source *s, *t;

		if (r->now == OUTLINE_NONE || r->was == OUTLINE_NONE ||
		    !(r->parts & PART_BODY) || !c->shown[r->file])
			continue;
		s = code->rule_files.ptr[r->file].now;
		t = code->rule_files.ptr[r->was_file].was;
		if (s->outline.item[r->now].kind != ITEM_ENUM)
			continue;
		item_members_find(&now, c->arena, s, &s->outline.item[r->now]);
		item_members_find(&was, c->arena, t, &t->outline.item[r->was]);
		vec_each (struct member, m, &now.rows)
			if (!item_member_named(&was, m->name) &&
			    ix->counts.len < COUNTS_MAX)
				index_count(ix, m->name,
					    s->outline.item[r->now].name,
					    ITEM_FN, s->path);
	}
}

void want_names(struct chooser *c)
{
	size_t n = c->in->code.files.len, i = 0;

	c->refs = arena_array(c->arena, n, sizeof(*c->refs));
	vec_each (struct code_file, f, &c->in->code.files) {
		struct references *refs = &c->refs[i++];

		if (!f->now || f->now->generated)
			continue;
		reference_collect(refs, c->arena, f->now, f->line, LINE_ADDED);
		index_want_references(&c->out->index, refs);
	}
	note_shown(c);
	count_uses(c);
	count_gone(c);
	count_variants(c);
}

/* A definition that references mean. */
struct meant {
	const struct definition *d;
	unsigned uses;
	bool alone, test;
};

struct meanings {
	VEC(struct meant) rows;
};

static void mean(struct chooser *c, struct meanings *m,
		 const struct definition *d, const struct reference *r,
		 bool alone, bool test)
{
	struct meant *row = NULL;

	vec_each (struct meant, at, &m->rows)
		if (at->d == d)
			row = at;
	if (!row) {
		if (m->rows.len == DEFINITIONS_MAX)
			return;
		row = vec_push(&m->rows, c->arena);
		row->d = d;
		row->test = true;
	}
	row->uses += r->count;
	row->alone |= alone;
	row->test &= test;
}

static void look_up(struct chooser *c, struct meanings *m,
		    const struct source *s, const struct references *refs)
{
	struct index_site site = index_site(&c->out->index, c->arena, s->path);

	vec_each (struct reference, r, &refs->rows) {
		struct index_answer found;
		bool test = source_test(s, r->token);

		index_find(&found, &c->out->index, r, &site);
		for (size_t i = 0; i < found.len && i < SHOWN_MAX; i++)
			mean(c, m, found.candidate[i], r, found.len == 1, test);
	}
}

/* Lines of an excerpt from a number on. */
static struct excerpt from_line(struct excerpt e, uint32_t line)
{
	struct span rest = e.text, skipped;

	for (; e.line < line && text_line(&rest, &skipped); e.line++)
		e.text = rest;
	return e;
}

static bool type_like(const struct definition *d)
{
	return d->kind != ITEM_FN && d->kind != ITEM_MOD;
}

static void offer_definition(struct chooser *c, const struct meant *m)
{
	const struct definition *d = m->d;
	bool whole = type_like(d) && d->whole.text.len &&
		     d->last_line - d->line < SURROUND_TYPE_LINES;
	struct offer *o =
		offer_add(c, whole ? SURROUND_TYPE : SURROUND_SIGNATURE,
			  page_of(&c->out->pages, d->path));

	o->name = d->name;
	o->test = m->test;
	o->rank = (m->alone ? 0 : 2 * USES_MAX) +
		  (m->uses < USES_MAX ? USES_MAX - m->uses : 0);
	piece_add(&o->whole, c->arena, d->around);
	piece_add(&o->whole, c->arena, d->doc);
	if (!whole)
		piece_add(&o->whole, c->arena, d->header);
	else if (d->last_line - d->lead_line < SURROUND_TYPE_LINES)
		piece_add(&o->whole, c->arena, d->whole);
	else
		piece_add(&o->whole, c->arena, from_line(d->whole, d->line));
	if (!whole && d->kind == ITEM_TRAIT)
		vec_each (struct excerpt, e, &d->members)
			piece_add(&o->whole, c->arena, *e);
}

void choose_names(struct chooser *c)
{
	struct meanings m = { 0 };

	for (size_t i = 0; i < c->in->code.files.len; i++)
		if (c->in->code.files.ptr[i].now)
			look_up(c, &m, c->in->code.files.ptr[i].now,
				&c->refs[i]);
	vec_each (struct meant, row, &m.rows)
		offer_definition(c, row);
}
