/* What other crates see of the change, and what implements the same traits. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "agent/redact.h"
#include "rust/apidiff.h"
#include "rust/look.h"

#define PUBLIC 4u
#define COMPATIBLE 3u
#define SIBLINGS 3u
#define NAMES 6u /* of one line */
/* So many are compared with each other. */
#define ROWS_MAX 2000u

/* ---- the public side */

static struct span name_of(const struct api_row *r)
{
	return r->new_name.len ? r->new_name : r->name;
}

/* Did the change find a public item of this name and keep it? A re-export of
 * it, moved, is most often the path that it had. */
static bool stays(const struct offline *o, struct span name)
{
	vec_each (struct touched, t, &o->touched)
		if (t->was && t->now && span_eq(t->item->name, name) &&
		    t->was->outline.item[t->change->was].vis == VIS_PUB)
			return true;
	return false;
}

static bool comes(const struct offline *o, const struct api_diff *api,
		  const struct api_row *r)
{
	if (r->op != API_ADDED || !r->now_public || r->test ||
	    r->kind == ITEM_IMPL)
		return false;
	if (r->kind != ITEM_USE)
		return true;
	/* a re-export of what is new, too, is said there */
	if (api->rows.len > ROWS_MAX || stays(o, name_of(r)))
		return false;
	vec_each (struct api_row, b, &api->rows)
		if (b->kind != ITEM_USE && b->op == API_ADDED &&
		    span_eq(name_of(b), name_of(r)))
			return false;
	return true;
}

static const struct source *now_of(const struct offline *o,
				   const struct api_row *r)
{
	return o->in->code.rule_files.ptr[r->now_file].now;
}

static uint32_t line_of(const struct offline *o, const struct api_row *r)
{
	return now_of(o, r)->lx.tok[r->now_token].line;
}

/* What other crates can name now and could not before, a line each file. */
static void add_public(struct offline *o, const struct api_diff *api)
{
	const struct api_row *r = api->rows.ptr, *end = r + api->rows.len;
	struct facts f = { .o = o, .most = PUBLIC };
	uint32_t n;

	for (; r < end; r++) {
		uint32_t file = r->now_file;

		if (!comes(o, api, r) ||
		    !fact_begin(&f, now_of(o, r)->path, line_of(o, r), false))
			continue;
		buf_adds(o->out, "new for other crates: ");
		for (n = 0; r < end && r->now_file == file; r++) {
			if (!comes(o, api, r) || n++ >= NAMES)
				continue;
			add_comma(o->out, n - 1);
			quote_code(o->out, name_of(r));
			if (n > 1)
				buf_addf(o->out, " (:%u)", line_of(o, r));
		}
		r--;
		if (n > NAMES)
			buf_addf(o->out, " and %u more", n - NAMES);
		fact_end(&f);
	}
	facts_close(&f, "file with new public items",
		    "files with new public items");
}

/* Public items that differ, but so that what used them compiles. */
static void add_compatible(struct offline *o, const struct api_diff *api)
{
	struct facts f = { .o = o, .most = COMPATIBLE };

	vec_each (struct api_row, r, &api->rows) {
		if (r->op != API_CHANGED || r->test || !r->was_public ||
		    !r->now_public || r->breaking || !r->what.len ||
		    !fact_begin(&f, now_of(o, r)->path, line_of(o, r), false))
			continue;
		buf_adds(o->out, "public ");
		quote_code(o->out, name_of(r));
		buf_adds(o->out, " differs compatibly: ");
		redact_line(o->out, text_clip(r->what, 120), NULL);
		fact_end(&f);
	}
	facts_close(&f, "public item that differs compatibly",
		    "public items that differ compatibly");
}

/* ---- implementations of the same trait */

/* Names of the functions that an impl holds. */
struct methods {
	VEC(struct span) rows;
};

static void methods_of(struct methods *out, struct arena *a,
		       const struct source *s, uint32_t impl)
{
	const struct outline *o = &s->outline;

	for (uint32_t i = impl + 1; i < o->count; i++)
		if (o->item[i].parent == impl && o->item[i].kind == ITEM_FN)
			*vec_push(&out->rows, a) = o->item[i].name;
}

/* The same of headers that the index kept. */
static void methods_kept(struct methods *out, struct arena *a,
			 const struct definition *d)
{
	vec_each (const struct excerpt, e, &d->members) {
		struct source s;

		source_read(&s, a, d->path, e->text);
		for (uint32_t i = 0; i < s.lx.count; i++)
			if (look_kind(&s, i) == KW_FN &&
			    lexer_name(look_kind(&s, i + 1))) {
				*vec_push(&out->rows, a) =
					lexer_word(&s.lx, i + 1);
				break;
			}
	}
}

static bool has(const struct methods *in, struct span name)
{
	vec_each (struct span, s, &in->rows)
		if (span_eq(*s, name))
			return true;
	return false;
}

static void add_missing(struct offline *o, const char *word,
			const struct methods *of, const struct methods *in)
{
	uint32_t n = 0;

	vec_each (struct span, s, &of->rows) {
		if (has(in, *s) || n++ >= NAMES)
			continue;
		buf_adds(o->out, n > 1 ? ", " : word);
		quote_code(o->out, *s);
	}
}

static uint32_t impl_at(const struct source *s, uint32_t line)
{
	for (uint32_t i = 0; i < s->outline.count; i++)
		if (s->outline.item[i].kind == ITEM_IMPL &&
		    s->outline.item[i].line == line)
			return i;
	return OUTLINE_NONE;
}

static const struct source *source_at(const struct offline *o, struct span path)
{
	vec_each (struct rule_file, f, &o->in->code.rule_files)
		if (f->now && span_eq(f->now->path, path))
			return f->now;
	return NULL;
}

static void compare(struct offline *o, const struct surround_trait *t)
{
	const struct source *s = source_at(o, t->path);
	struct methods here = { 0 }, there = { 0 };
	uint32_t impl = s ? impl_at(s, t->line) : OUTLINE_NONE;

	if (impl == OUTLINE_NONE || !t->near[0]->members.len)
		return;
	methods_of(&here, o->arena, s, impl);
	methods_kept(&there, o->arena, t->near[0]);
	add_missing(o, "; not there: ", &here, &there);
	add_missing(o, "; only there: ", &there, &here);
}

static void add_siblings(struct offline *o)
{
	struct facts f = { .o = o, .most = SIBLINGS };

	vec_each (struct surround_trait, t, &o->in->surround.traits) {
		if (!t->nears || !fact_begin(&f, t->path, t->line, false))
			continue;
		buf_addf(o->out, "%simplementation of ", word_new(o));
		quote_code(o->out, t->name);
		buf_adds(o->out, " for ");
		quote_code(o->out, t->self_type);
		buf_addf(o->out, "; %u other%s, nearest ", t->others,
			 plural(t->others));
		add_place_in(o->out, t->path, t->near[0]->path,
			     t->near[0]->line);
		buf_adds(o->out, " for ");
		quote_code(o->out, t->near[0]->self_type);
		compare(o, t);
		fact_end(&f);
	}
	facts_close(&f, "implementation of a trait",
		    "implementations of traits");
}

void offline_api(struct offline *o)
{
	const struct api_diff *api = o->in->code.rules.api;

	if (api && api->rows.len && !o->all) {
		add_public(o, api);
		add_compatible(o, api);
	}
	add_siblings(o);
}
