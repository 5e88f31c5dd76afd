/*
 * Rules over a change: each row's function walks a file, what it finds is
 * filtered, silenced, grouped, sorted and capped here. Linear but for sorting.
 */
#include "rust/rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "rust/allow.h"
#include "rust/apidiff.h"
#include "rust/rule.h"
#include "rust/stated.h"

/* What stands before a line's first token, when a line is to go above it. */
#define EDIT_INDENT 1024
/* Places of one rule in one file beyond this are not even counted. */
#define PLACES_MAX 10000

/* In the order in which `architect rules` lists them; one a line. */
const struct rule *const rule_table[] = {
	/* clang-format off */
	&rule_unfinished,
	&rule_lock_across_await,
	&rule_refcell_across_await,
	&rule_span_guard_across_await,
	&rule_select_cancel_unsafe,
	&rule_axum_extractor_order,
	&rule_unsafe_without_safety,
	&rule_unsafe_call,
	&rule_unsupported_call,
	&rule_blocking_in_async,
	&rule_tonic_unbounded_stream,
	&rule_unbounded_channel,
	&rule_spawn_in_loop,
	&rule_spawn_dropped,
	&rule_sqlx_interpolated_query,
	&rule_sql_format,
	&rule_sqlx_transaction_unfinished,
	&rule_tonic_internal_error,
	&rule_arrow_row_loop,
	&rule_public_api,
	/* clang-format on */
	&rule_test_weakened,
	&rule_test_removed,
	&rule_panic_in_drop,
	&rule_panic_on_input,
	&rule_boxed_error,
	&rule_public_fn_untested,
	&rule_plain_panic,
	&rule_datafusion_collect,
};

const size_t rule_count = sizeof(rule_table) / sizeof(*rule_table);

const struct rule *rule_find(struct span id)
{
	for (size_t i = 0; i < rule_count; i++)
		if (span_eqs(id, rule_table[i]->id))
			return rule_table[i];
	return NULL;
}

/* A line that a rule has spoken of. */
struct claim {
	const struct rule *rule;
	const struct rule_file *file;
	uint32_t line;
};

struct rule_run {
	struct rule_report *out;
	struct arena *arena;
	const struct rule_input *in;
	const struct rule *rule;
	const struct rule_file *file;
	VEC(struct rule_place) found; /* by this rule in this file */
	VEC(struct claim) claims;     /* of rules that others yield to … */
	VEC(struct claim) fresh;      /* … sorted, but for this one's */
};

struct arena *rule_arena(const struct rule_run *r)
{
	return r->arena;
}

const struct rule_file *rule_file(const struct rule_run *r)
{
	return r->file;
}

/* Code that rules which are not about tests do not speak of. */
static bool aside(const struct rule_file *f, const struct source *s, uint32_t t)
{
	return f->test || s->role == ROLE_EXAMPLE || source_test(s, t);
}

static bool added(const struct rule_file *f, uint32_t line)
{
	return (f->line[line] & (LINE_ADDED | LINE_MOVED)) == LINE_ADDED;
}

/* A mark that the change adds to a file of the base hides nothing. */
static bool generated(const struct rule_file *f)
{
	return f->now->generated && (!f->was || f->was->generated);
}

bool rule_speaks(const struct rule_run *r, uint32_t token)
{
	const struct source *s = r->file->now;

	return s && token < s->lx.count && !generated(r->file) &&
	       !(s->context.flags[token] & CONTEXT_MACRO_DEF) &&
	       (r->rule->tests || !aside(r->file, s, token));
}

bool rule_asks(const struct rule_run *r, uint32_t token)
{
	const struct source *s = r->file->now;

	return s && token < s->lx.count &&
	       added(r->file, s->lx.tok[token].line) && rule_speaks(r, token);
}

static void look_for_allow(const struct rule_run *r, struct rule_place *p)
{
	struct allow a;

	if (p->old)
		return;
	/* comments may be long: they are looked through once a line */
	if (p > r->found.ptr && p[-1].line == p->line && !p[-1].old) {
		p->allowed = p[-1].allowed;
		p->own_allow = p[-1].own_allow;
		p->reason = p[-1].reason;
		return;
	}
	if (!allow_find(&a, r->arena, r->file->now, r->file->line, p->token,
			r->rule))
		return;
	p->allowed = true;
	p->reason = a.reason;
	p->own_allow = !r->in->existing && a.own;
}

static struct rule_place *add_place(struct rule_run *r, const struct source *s,
				    uint32_t token, const char *fmt, va_list ap)
{
	struct rule_place *p;
	struct buf b = { 0 };
	char words[1024];
	struct span quote;
	uint32_t line = s->lx.tok[token].line;

	if (r->found.len >= PLACES_MAX)
		return NULL;
	/* a line may be long: it is looked for once */
	p = r->found.len ? &r->found.ptr[r->found.len - 1] : NULL;
	quote = p && p->line == line && !p->old ? p->quote
						: source_line(s, line);
	p = vec_push(&r->found, r->arena);
	/* not all zero: the room of the file before is used again */
	*p = (struct rule_place){ .token = token,
				  .line = line,
				  .quote = quote,
				  .level = r->rule->level };
	vsnprintf(words, sizeof(words), fmt, ap);
	text_visible_line(&b, text_clip(span_of(words), sizeof(words) - 8));
	p->fact = arena_span(r->arena, buf_span(&b));
	buf_release(&b);
	return p;
}

struct rule_place *rule_found(struct rule_run *r, uint32_t at, uint32_t also,
			      const char *fmt, ...)
{
	struct rule_place *p;
	va_list ap;

	if (!rule_asks(r, at))
		at = also;
	if (!rule_asks(r, at))
		return NULL;
	va_start(ap, fmt);
	p = add_place(r, r->file->now, at, fmt, ap);
	va_end(ap);
	if (p)
		look_for_allow(r, p);
	return p;
}

struct rule_place *rule_lost(struct rule_run *r, uint32_t at, const char *fmt,
			     ...)
{
	const struct source *s = r->file->was;
	struct rule_place *p;
	va_list ap;

	if (!s || at >= s->lx.count || s->generated)
		return NULL;
	va_start(ap, fmt);
	p = add_place(r, s, at, fmt, ap);
	va_end(ap);
	if (p)
		p->old = true;
	return p;
}

void rule_edit(struct rule_run *r, struct rule_place *p, uint32_t from,
	       uint32_t to, struct span text)
{
	struct rule_edit *e;
	size_t i;

	if (!p)
		return;
	e = vec_push(&p->edits, r->arena);
	*e = (struct rule_edit){ from, to, arena_span(r->arena, text) };
	for (i = p->edits.len - 1; i && p->edits.ptr[i - 1].from > from; i--) {
		struct rule_edit later = p->edits.ptr[i - 1];

		p->edits.ptr[i - 1] = p->edits.ptr[i];
		p->edits.ptr[i] = later;
	}
}

void rule_edit_above(struct rule_run *r, struct rule_place *p, uint32_t token,
		     const char *text)
{
	const struct lexer *lx;
	struct buf b = { 0 };
	uint32_t first, line, to;

	if (!p)
		return;
	lx = &r->file->now->lx;
	first = lexer_at_line(lx, lx->tok[token].line);
	line = lx->tok[first].start;
	while (line && lx->src.ptr[line - 1] != '\n' &&
	       lx->tok[first].start - line < EDIT_INDENT)
		line--;
	/* the line may begin inside of a string, or too far away */
	if ((line && lx->src.ptr[line - 1] != '\n') ||
	    (first && lx->tok[first - 1].start + lx->tok[first - 1].len > line))
		return;
	for (to = line; to < lx->tok[first].start; to++)
		if (lx->src.ptr[to] != ' ' && lx->src.ptr[to] != '\t')
			break;
	buf_add(&b, lx->src.ptr + line, to - line);
	buf_adds(&b, text);
	buf_adds(&b, line > 1 && lx->src.ptr[line - 2] == '\r' ? "\r\n" : "\n");
	rule_edit(r, p, line, line, buf_span(&b));
	buf_release(&b);
}

static int by_line(const void *x, const void *y)
{
	const struct rule_place *a = x, *b = y;

	if (a->old != b->old)
		return a->old ? 1 : -1;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->token > b->token) - (a->token < b->token);
}

static const struct source *side_of(const struct rule_run *r,
				    const struct rule_place *p)
{
	return p->old ? r->file->was : r->file->now;
}

static struct span item_around(const struct rule_run *r,
			       const struct rule_place *p)
{
	const struct source *s = side_of(r, p);
	uint32_t i = outline_at(&s->outline, s->lx.tok[p->token].start);

	while (i != OUTLINE_NONE && !s->outline.item[i].name.len)
		i = s->outline.item[i].parent;
	return i == OUTLINE_NONE ? (struct span){ 0 } : s->outline.item[i].name;
}

static struct rule_spot spot_of(const struct rule_run *r,
				const struct rule_place *p)
{
	return (struct rule_spot){ .line = p->line,
				   .old = p->old,
				   .item = item_around(r, p),
				   .quote = p->quote };
}

/* What becomes of a place: those of one lot and file are a group. */
enum lot { LOT_NEW, LOT_KNOWN, LOT_SILENT };

static enum lot lot_of(const struct rule_run *r, const struct rule_place *p)
{
	if (p->allowed && (!p->own_allow || r->in->trust_allows))
		return LOT_SILENT;
	return p->known ? LOT_KNOWN : LOT_NEW;
}

static void ask_known(struct rule_run *r)
{
	const struct rule_input *in = r->in;

	for (size_t i = 0; in->known && i < r->found.len; i++) {
		struct rule_place *p = &r->found.ptr[i];
		struct rule_spot spot = spot_of(r, p);

		if (i && p[-1].line == p->line && p[-1].old == p->old) {
			p->known = p[-1].known;
			continue;
		}
		if (lot_of(r, p) == LOT_SILENT)
			continue;
		p->known = in->known(in->known_ctx, r->rule,
				     side_of(r, p)->path, &spot);
	}
}

static void add_group(struct rule_run *r, enum lot lot)
{
	struct rule_group g = { .rule = r->rule,
				.file = r->file,
				.known = lot == LOT_KNOWN };
	uint32_t line = 0;
	bool old = false;

	g.level = LEVEL_NICE_TO_HAVE;
	vec_each (struct rule_place, p, &r->found) {
		if (lot_of(r, p) != lot || (p->line == line && p->old == old))
			continue;
		line = p->line;
		old = p->old;
		g.total++;
		if (p->level < g.level)
			g.level = p->level;
		if (g.places.len < RULE_PLACES || r->in->uncapped)
			*vec_push(&g.places, r->arena) = *p;
		*vec_push(&g.spots, r->arena) = spot_of(r, p);
	}
	if (!g.total)
		return;
	g.path = side_of(r, &g.places.ptr[0])->path;
	g.item = g.spots.ptr[0].item;
	if (lot == LOT_SILENT)
		*vec_push(&r->out->silenced, r->arena) = g;
	else
		*vec_push(&r->out->groups, r->arena) = g;
}

static bool yielded_to(const struct rule *rule)
{
	for (size_t i = 0; i < rule_count; i++)
		if (rule_table[i]->yields_to &&
		    !strcmp(rule_table[i]->yields_to, rule->id))
			return true;
	return false;
}

static int by_claim(const void *x, const void *y)
{
	const struct claim *a = x, *b = y;

	if (a->rule != b->rule)
		return (uintptr_t)a->rule < (uintptr_t)b->rule ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

static bool claimed(const struct rule_run *r, const struct rule *better,
		    const struct rule_place *p)
{
	struct claim c = { better, r->file, p->line };

	return !p->old && r->claims.len &&
	       bsearch(&c, r->claims.ptr, r->claims.len, sizeof(c), by_claim);
}

/* Forget what a rule that says it better has found; remember what others may
 * find too. */
static void settle_claims(struct rule_run *r)
{
	const struct rule *better = NULL;
	size_t kept = 0;

	if (r->rule->yields_to)
		better = rule_find(span_of(r->rule->yields_to));
	for (size_t i = 0; better && i < r->found.len; i++)
		if (!claimed(r, better, &r->found.ptr[i]))
			r->found.ptr[kept++] = r->found.ptr[i];
	if (better)
		r->found.len = kept;
	if (!yielded_to(r->rule))
		return;
	vec_each (struct rule_place, p, &r->found)
		if (!p->old)
			*vec_push(&r->fresh, r->arena) =
				(struct claim){ r->rule, r->file, p->line };
}

/* What this rule has claimed counts for those that come behind it. */
static void sort_claims(struct rule_run *r)
{
	if (!r->fresh.len)
		return;
	vec_each (struct claim, c, &r->fresh)
		*vec_push(&r->claims, r->arena) = *c;
	r->fresh.len = 0;
	qsort(r->claims.ptr, r->claims.len, sizeof(*r->claims.ptr), by_claim);
}

/* What was found in a file becomes a group. */
static void close_file(struct rule_run *r)
{
	if (r->found.len)
		settle_claims(r);
	if (r->found.len) {
		qsort(r->found.ptr, r->found.len, sizeof(*r->found.ptr),
		      by_line);
		ask_known(r);
		add_group(r, LOT_NEW);
		add_group(r, LOT_KNOWN);
		add_group(r, LOT_SILENT);
	}
	r->found.len = 0;
}

void rule_turn_to(struct rule_run *r, const struct rule_file *file)
{
	if (r->file != file)
		close_file(r);
	r->file = file;
}

static int by_weight(const void *x, const void *y)
{
	const struct rule_group *a = x, *b = y;
	struct span p = a->path, q = b->path;
	size_t n = p.len < q.len ? p.len : q.len;
	int c;

	if (a->known != b->known)
		return a->known ? 1 : -1;
	if (a->rule->tier != b->rule->tier)
		return a->rule->tier < b->rule->tier ? -1 : 1;
	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	c = n ? memcmp(p.ptr, q.ptr, n) : 0;
	if (c || p.len != q.len)
		return c ? c : p.len < q.len ? -1 : 1;
	if (a->places.ptr[0].line != b->places.ptr[0].line)
		return a->places.ptr[0].line < b->places.ptr[0].line ? -1 : 1;
	return strcmp(a->rule->id, b->rule->id);
}

static void count_lines(struct rule_report *out, struct rule_input *in)
{
	for (size_t i = 0; i < in->files; i++) {
		const struct rule_file *f = &in->file[i];
		const struct source *s = f->now;
		uint32_t n = 0;

		if (!s)
			continue;
		for (uint32_t t = 0, line = 0; t < s->lx.count; t++) {
			if (s->lx.tok[t].line == line)
				continue;
			line = s->lx.tok[t].line;
			if (!added(f, line))
				continue;
			n++;
			in->tests_touched |=
				!in->tests_touched && aside(f, s, t);
		}
		out->lines += n;
		out->files += n > 0;
	}
}

static void compare_items(struct rule_report *out, struct arena *a,
			  struct rule_input *in)
{
	struct api_diff *d = arena_new(a, struct api_diff);
	struct stated *said = arena_new(a, struct stated);

	api_diff(d, a, in->file, in->files);
	out->api = in->api = d;
	stated_read(said, a, in->stated);
	in->said = said;
}

static int by_total(const void *x, const void *y)
{
	const struct rule_group *a = x, *b = y;

	if (a->known != b->known)
		return a->known ? 1 : -1;
	if (a->level != b->level)
		return a->level < b->level ? -1 : 1;
	if (a->total != b->total)
		return a->total > b->total ? -1 : 1;
	return (a->file > b->file) - (a->file < b->file);
}

void rules_keep(struct rule_report *out, struct arena *a, size_t from,
		size_t few, bool count)
{
	struct rule_group *g = out->groups.ptr;
	size_t end = out->groups.len, kept = from, n = 0;

	for (size_t i = from; i < end; i++) {
		if (i > from && g[i].known != g[i - 1].known)
			n = 0;
		if (n++ < few) {
			g[kept++] = g[i];
			continue;
		}
		*vec_push(&out->cut, a) = g[i];
		if (count) {
			g[kept - 1].more += g[i].total;
			g[kept - 1].more_files++;
		}
	}
	out->groups.len = kept;
}

static void keep_few(struct rule_run *r, size_t from)
{
	size_t n = r->out->groups.len - from, few = r->rule->few;

	if (!few || n <= few || r->in->uncapped)
		return;
	qsort(r->out->groups.ptr + from, n, sizeof(*r->out->groups.ptr),
	      by_total);
	rules_keep(r->out, r->arena, from, few, true);
}

static void run_rule(struct rule_run *r, const struct rule *rule)
{
	size_t from = r->out->groups.len;

	r->rule = rule;
	for (size_t i = 0; rule->run && i < r->in->files; i++) {
		rule_turn_to(r, &r->in->file[i]);
		if (r->file->now)
			rule->run(r, r->file->now);
	}
	if (rule->run_change && !(rule->compares && r->in->existing))
		rule->run_change(r, r->in);
	close_file(r);
	keep_few(r, from);
	sort_claims(r);
	r->file = NULL;
}

void rules_run(struct rule_report *out, struct arena *a, struct rule_input *in)
{
	struct rule_run r = { .out = out, .arena = a, .in = in };

	*out = (struct rule_report){ 0 };
	count_lines(out, in);
	compare_items(out, a, in);
	for (size_t i = 0; i < rule_count; i++)
		run_rule(&r, rule_table[i]);
	if (out->groups.len)
		qsort(out->groups.ptr, out->groups.len,
		      sizeof(*out->groups.ptr), by_weight);
	if (out->groups.len > RULE_FINDINGS && !in->uncapped) {
		size_t all = out->groups.len;

		rules_keep(out, a, 0, RULE_FINDINGS, false);
		out->left_out = (uint32_t)(all - out->groups.len);
	}
}
