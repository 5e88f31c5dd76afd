/*
 * What the program knows of the tree around a change, in words for a model.
 */
#include "agent/surround.h"

#include "base/buf.h"

/* Changed items whose uses are told, and places of each. */
#define USES_MAX 24u
#define PLACES_MAX 3u
#define SIGNATURE " (new or with another signature)"

static void add_place(struct buf *out, struct span path, uint32_t line)
{
	text_visible_line(out, path);
	buf_addf(out, ":%u", line);
}

static void add_crates(struct buf *out, const struct surround *s)
{
	vec_each (struct surround_crate, c, &s->crates) {
		buf_adds(out, "crate ");
		text_visible_line(out, text_clip(c->name, 100));
		if (c->folder.len) {
			buf_adds(out, " in ");
			text_visible_line(out, c->folder);
			buf_addc(out, '/');
		}
		if (c->edition.len) {
			buf_adds(out, ": edition ");
			text_visible_line(out, text_clip(c->edition, 20));
		} else {
			buf_adds(out, ": edition 2015 (none is set)");
		}
		if (c->msrv.len) {
			buf_adds(out, ", rust-version ");
			text_visible_line(out, text_clip(c->msrv, 20));
		} else {
			buf_adds(out, ", no rust-version");
		}
		if (c->member)
			buf_addf(out, ", in a workspace of %zu crate%s",
				 s->members, text_plural(s->members));
		buf_addc(out, '\n');
	}
}

static void add_traits(struct buf *out, const struct surround *s)
{
	vec_each (struct surround_trait, t, &s->traits) {
		buf_addc(out, '`');
		text_visible_line(out, t->name);
		buf_adds(out, "` is implemented anew at ");
		add_place(out, t->path, t->line);
		if (!t->others) {
			buf_adds(out, "; no other implementation was found\n");
			continue;
		}
		buf_addf(out,
			 "; %u other implementation%s, nearest:", t->others,
			 text_plural(t->others));
		for (uint32_t i = 0; i < t->nears; i++) {
			buf_adds(out, i ? ", " : " ");
			add_place(out, t->near[i]->path, t->near[i]->line);
		}
		buf_addc(out, '\n');
	}
}

static void add_places(struct buf *out, const struct index_place *p, uint32_t n)
{
	for (uint32_t i = 0; i < n && i < PLACES_MAX; i++) {
		buf_adds(out, i ? ", " : " ");
		add_place(out, p[i].path, p[i].line);
		if (!p[i].item.len)
			continue;
		buf_adds(out, " in `");
		text_visible_line(out, p[i].item);
		buf_addc(out, '`');
	}
}

/* what: of the item, in parentheses; may be empty. */
static void add_count(struct buf *out, const struct index_count *c,
		      const char *what)
{
	const char *use = c->kind == ITEM_FN ? "call" : "use";

	buf_addc(out, '`');
	if (c->owner.len) {
		text_visible_line(out, c->owner);
		buf_adds(out, "::");
	}
	text_visible_line(out, c->name);
	buf_adds(out, "` of ");
	text_visible_line(out, c->home);
	buf_adds(out, what);
	if (c->uses)
		buf_addf(out, ": %u %s%s, %u in tests", c->uses, use,
			 text_plural(c->uses), c->tests);
	else if (c->tests)
		buf_addf(out, ": %u %s%s, in tests alone", c->tests, use,
			 text_plural(c->tests));
	else
		buf_addf(out, ": no %s found", use);
	if (c->places) {
		buf_adds(out, "; nearest:");
		add_places(out, c->place, c->places);
	}
	if (c->rivals)
		buf_addf(out, "; by its name, which %u other item%s", c->rivals,
			 c->rivals == 1 ? " has" : "s have");
	buf_addc(out, '\n');
}

/* Types are used everywhere; who calls what is what matters. */
static bool told(const struct index_count *c)
{
	return c->kind == ITEM_FN || c->kind == ITEM_MACRO ||
	       c->kind == ITEM_TRAIT;
}

/* Those with a new signature first. */
static void add_uses(struct buf *out, const struct surround *s)
{
	unsigned n = 0;

	for (int signature = 1; signature >= 0; signature--)
		vec_each (struct surround_use, u, &s->uses)
			if (u->signature == signature && told(u->count) &&
			    n++ < USES_MAX)
				add_count(out, u->count,
					  signature ? SIGNATURE : "");
}

/* What is removed and still used; a name that others have may be theirs. */
static void add_gone(struct buf *out, const struct surround *s)
{
	unsigned n = 0;

	vec_each (const struct index_count *, c, &s->gone)
		if ((*c)->uses + (*c)->tests > 0 && told(*c) && n++ < USES_MAX)
			add_count(out, *c, " (removed)");
}

static void add_schemas(struct buf *out, const struct surround *s)
{
	vec_each (struct surround_schema, k, &s->schemas) {
		bool any = false;

		text_visible_line(out, k->path);
		buf_addf(out, ": %s `", k->what);
		text_visible_line(out, text_clip(k->name, 100));
		buf_adds(out, "`: ");
		for (uint32_t i = 0; i < k->words; i++) {
			const struct index_count *c = k->uses[i];

			if (!c->uses && !c->tests)
				continue;
			buf_addf(out, "%sthe word `", any ? "; " : "");
			text_visible_line(out, text_clip(c->name, 100));
			buf_addf(out, "` stands %u time%s in %u Rust file%s:",
				 c->uses + c->tests,
				 text_plural(c->uses + c->tests), c->files,
				 text_plural(c->files));
			add_places(out, c->places ? c->place : c->test,
				   c->places ? c->places : c->test_places);
			any = true;
		}
		buf_adds(out, any ? "\n"
				  : "no Rust file that was read speaks "
				    "of it\n");
	}
}

void surround_facts(struct buf *out, const struct surround *s)
{
	add_crates(out, s);
	add_traits(out, s);
	add_uses(out, s);
	add_gone(out, s);
	add_schemas(out, s);
	if (!s->uses.len && !s->gone.len && !s->traits.len && !s->schemas.len)
		return;
	buf_addf(
		out, "looked for in %zu of %zu Rust file%s%s\n", s->index.files,
		s->tree_files > s->index.files ? s->tree_files : s->index.files,
		text_plural(s->tree_files),
		s->tree_files > s->index.files
			? ", the nearest ones; counts are of these"
			: "");
}
