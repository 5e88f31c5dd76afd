/* Looking things up in a survey. */
#include <stdlib.h>
#include <string.h>

#include "agent/survey_parts.h"
#include "base/arena.h"

#define TRAITS_MAX 8
/* A trait that matches as much of what the best does touches a design. */
#define TRAIT_SHARE 0.5

const struct source *survey_source(const struct survey *s, uint32_t file)
{
	vec_each (struct survey_source, k, &s->sources)
		if (k->file == file)
			return k->source;
	return NULL;
}

const struct source *survey_source_at(const struct survey *s, struct span path)
{
	vec_each (struct survey_source, k, &s->sources)
		if (span_eq(k->source->path, path))
			return k->source;
	return NULL;
}

uint32_t survey_outline(const struct survey *s, const struct survey_item *it)
{
	const struct source *source = survey_source(s, it->file);

	if (!source)
		return OUTLINE_NONE;
	for (uint32_t i = 0; i < source->outline.count; i++)
		if (source->outline.item[i].line == it->line &&
		    source->outline.item[i].kind == it->kind &&
		    span_eq(source->outline.item[i].name, it->name))
			return i;
	return OUTLINE_NONE;
}

static int order(struct span a, struct span b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return c ? c : (a.len > b.len) - (a.len < b.len);
}

uint32_t survey_path(const struct survey *s, struct span path)
{
	size_t from = 0, to = s->files.len;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int c = order(s->files.ptr[mid].entry->path, path);

		if (!c)
			return (uint32_t)mid;
		if (c < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return SURVEY_NONE;
}

static size_t folder_length(struct span path)
{
	size_t n = path.len;

	while (n && path.ptr[n - 1] != '/')
		n--;
	return n;
}

unsigned survey_distance(const struct survey *s, uint32_t file, uint32_t from)
{
	const struct survey_file *f, *g;
	size_t n;

	if (from == SURVEY_NONE || file == from)
		return 0;
	f = &s->files.ptr[file];
	g = &s->files.ptr[from];
	n = folder_length(f->entry->path);
	if (n == folder_length(g->entry->path) &&
	    !memcmp(f->entry->path.ptr, g->entry->path.ptr, n))
		return 1;
	return f->crate == g->crate && f->crate != SURVEY_NONE ? 2 : 3;
}

/* ---- what the code says of itself */

/* The first line of a documentation comment that says something, or empty. */
struct span survey_first_line(const struct lexer *lx, const struct comment *c)
{
	struct span text = { lx->src.ptr + c->start, c->len }, line;

	text = span_from(text, 3);
	while (text_line(&text, &line)) {
		line = span_trim(line);
		while (line.len && (*line.ptr == '#' || *line.ptr == '*'))
			line = span_trim(span_from(line, 1));
		if (line.len && !span_starts(line, "```") && *line.ptr != '<')
			return text_clip(line, ABOUT_MAX);
	}
	return (struct span){ 0 };
}

struct span survey_outer_doc(const struct lexer *lx, const struct item *it)
{
	uint32_t i = lexer_comment_at(lx, it->start);

	for (; i < lx->comments && lx->comment[i].token <= it->head; i++) {
		struct span line;

		if (lx->comment[i].kind != COMMENT_OUTER_LINE &&
		    lx->comment[i].kind != COMMENT_OUTER_BLOCK)
			continue;
		line = survey_first_line(lx, &lx->comment[i]);
		if (line.len)
			return line;
	}
	return (struct span){ 0 };
}

/* The condition that an item stands under: its own, else of a macro such as
 * `cfg_rt!` around it. */
struct span survey_gate(struct arena *a, const struct source *s, uint32_t item)
{
	const struct item *it = &s->outline.item[item];

	for (uint32_t i = it->lead; i + 2 < it->head; i++)
		if (s->lx.tok[i].kind == TOKEN_HASH &&
		    span_eqs(lexer_text(&s->lx, i + 2), "cfg"))
			return lexer_range(&s->lx, i, s->tree.mate[i + 1]);
	for (uint32_t i = it->parent; i != OUTLINE_NONE;
	     i = s->outline.item[i].parent)
		if (s->outline.item[i].kind == ITEM_CALL &&
		    span_starts(s->outline.item[i].name, "cfg"))
			return span_of(arena_printf(
				a, "%.*s!", SPAN_ARG(s->outline.item[i].name)));
	return (struct span){ 0 };
}

struct span survey_about(const struct survey *s, const struct survey_item *it)
{
	const struct source *source = survey_source(s, it->file);
	const struct survey_file *f = &s->files.ptr[it->file];
	uint32_t item;

	if (it->kind != ITEM_MOD) {
		item = survey_outline(s, it);
		return item == OUTLINE_NONE
			       ? (struct span){ 0 }
			       : survey_outer_doc(&source->lx,
						  &source->outline.item[item]);
	}
	if (f->about.len)
		return f->about;
	vec_each (const struct survey_module, m, &s->modules)
		if (s->files.ptr[m->file].crate == f->crate &&
		    span_eq(m->module, f->module))
			return m->about;
	return (struct span){ 0 };
}

/* ---- traits */

bool survey_impl_of_closest(const struct survey *s,
			    const struct survey_item *it)
{
	const struct survey_item *c = s->closest ? s->closest->item : NULL;

	return c && it->kind == ITEM_IMPL &&
	       span_eq(it->owner, c->owner.len ? c->owner : c->name) &&
	       s->files.ptr[it->file].crate == s->files.ptr[c->file].crate &&
	       (c->kind != ITEM_IMPL || c->file == it->file);
}

static bool has(const struct survey_items *list, const struct survey_item *it)
{
	vec_each (const struct survey_item *, row, list)
		if (*row == it)
			return true;
	return false;
}

static void add(struct survey_items *out, struct arena *a,
		const struct survey_item *it)
{
	if (it && out->len < TRAITS_MAX && !has(out, it))
		*vec_push(out, a) = it;
}

/* Where a trait of that name is defined: the nearest place to a file. */
static const struct survey_item *trait_named(const struct survey *s,
					     struct span name, uint32_t file)
{
	const struct survey_item *best = NULL;

	vec_each (const struct survey_item, it, &s->items)
		if (it->kind == ITEM_TRAIT && span_eq(it->name, name) &&
		    (!best || survey_distance(s, it->file, file) <
				      survey_distance(s, best->file, file)))
			best = it;
	return best;
}

void survey_traits(struct survey_items *out, struct arena *a,
		   const struct survey *s)
{
	size_t n = 0;

	vec_each (const struct survey_item, it, &s->items)
		if (it->trait.len && survey_impl_of_closest(s, it) &&
		    n++ < 2 * TRAITS_MAX)
			add(out, a, trait_named(s, it->trait, it->file));
	vec_each (struct survey_unit *, u, &s->units)
		if ((*u)->item->kind == ITEM_TRAIT &&
		    (*u)->score >= s->units.ptr[0]->score * TRAIT_SHARE)
			add(out, a, (*u)->item);
}

/* ---- crates */

static int by_score(const void *x, const void *y)
{
	const struct survey_crate *a = *(const struct survey_crate *const *)x;
	const struct survey_crate *b = *(const struct survey_crate *const *)y;

	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return (a > b) - (a < b);
}

const struct survey_crate **
survey_packages(struct arena *a, const struct survey *s, size_t *n, size_t *all)
{
	const struct survey_crate **row =
		arena_array(a, s->crates.len, sizeof(*row));

	*n = *all = 0;
	vec_each (const struct survey_crate, c, &s->crates)
		if (c->manifest->package)
			row[(*all)++] = c;
	if (*all)
		qsort(row, *all, sizeof(*row), by_score);
	while (*n < *all && row[*n]->score > 0)
		++*n;
	if (!*n)
		*n = *all;
	return row;
}
