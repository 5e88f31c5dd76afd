/* What matches: words, items, the closest implementation, traits. */
#include "agent/survey_say.h"

#include <stdlib.h>

#include "agent/quote.h"
#include "agent/thesaurus.h"
#include "base/arena.h"

#define ALSO_MAX 5  /* synonyms that are named */
#define FOUND_MAX 2 /* ways in which a term speaks of an item */
#define SHOWN_MAX 4 /* functions of a type, implementations of a trait */

void say_place(const struct teller *t, uint32_t file, uint32_t line)
{
	quote_place(t->out, t->s->files.ptr[file].entry->path, line);
}

static const char *kind_word(const struct survey_item *it)
{
	switch (it->kind) {
	case ITEM_MOD:
		return "module";
	case ITEM_IMPL:
		return "the impls of";
	case ITEM_TYPE:
		return "type alias";
	case ITEM_MACRO:
		return "macro";
	default:
		return outline_kind_name(it->kind);
	}
}

/* "Pool::get", "queue::rabbitmq" */
static struct span item_path(const struct teller *t,
			     const struct survey_item *it)
{
	const struct survey_file *f = &t->s->files.ptr[it->file];

	if (it->kind == ITEM_MOD && f->module.len)
		return f->module;
	if (it->kind == ITEM_IMPL || !it->owner.len)
		return it->name;
	return span_of(arena_printf(t->arena, "%.*s::%.*s", SPAN_ARG(it->owner),
				    SPAN_ARG(it->name)));
}

void say_item(const struct teller *t, const struct survey_item *it)
{
	buf_addf(t->out, "%s ", kind_word(it));
	quote_code(t->out, item_path(t, it));
	buf_adds(t->out, " (");
	say_place(t, it->file, it->line);
	buf_addc(t->out, ')');
}

/* ---- the words */

static bool asked_for(const struct term *term)
{
	return term->kind == TERM_WORD;
}

/* Is it a word of the request itself? */
static bool asked_as(const struct teller *t, struct span word)
{
	char stem[TERM_BYTES], other[TERM_BYTES];
	size_t n = term_stem(stem, word);

	vec_each (const struct term, term, &t->s->terms.term)
		if (asked_for(term) && term_stem(other, term->word) == n &&
		    !memcmp(stem, other, n))
			return true;
	return false;
}

static void say_synonyms(const struct teller *t, const struct term *term)
{
	char stem[TERM_BYTES];
	size_t len = term_stem(stem, term->word), n = 0;
	struct span rest, word;

	rest = span_of(thesaurus_same((struct span){ stem, len }));
	while (text_field(&rest, ' ', &word) && n < ALSO_MAX) {
		if (asked_as(t, word))
			continue;
		buf_adds(t->out, n++ ? ", " : " (also ");
		quote_code(t->out, word);
	}
	if (n)
		buf_addc(t->out, ')');
}

static void say_found(const struct teller *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->s->terms.term.len; i++) {
		const struct term *term = &t->s->terms.term.ptr[i];

		if (!asked_for(term) || !t->s->found[i])
			continue;
		buf_adds(t->out, n++ ? "; " : "- Looked for ");
		quote_code(t->out, term->word);
		say_synonyms(t, term);
		buf_addf(t->out, ": %u file%s", t->s->found[i],
			 text_plural(t->s->found[i]));
	}
	if (n)
		buf_adds(t->out, ".\n");
}

static void say_family(const struct teller *t, const struct term *family)
{
	struct span own = t->s->terms.term.ptr[family->of].word;
	struct span rest = family->word, word;
	size_t n = 0;

	buf_adds(t->out, "- In place of ");
	quote_code(t->out, own);
	buf_adds(t->out, " its like was looked for:");
	while (text_field(&rest, ' ', &word))
		if (!span_eq(word, own)) {
			buf_adds(t->out, n++ ? ", " : " ");
			quote_code(t->out, word);
		}
	buf_adds(t->out, ".\n");
}

static void say_missing(const struct teller *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->s->terms.term.len; i++) {
		const struct term *term = &t->s->terms.term.ptr[i];

		if (!asked_for(term) || t->s->found[i])
			continue;
		buf_adds(t->out, n++ ? ", "
				     : "- Nowhere in the Rust files "
				       "read: ");
		quote_code(t->out, term->word);
	}
	if (n)
		buf_adds(t->out, ".\n");
}

void say_words(const struct teller *t)
{
	say_found(t);
	say_missing(t);
	for (size_t i = 0; i < t->s->terms.term.len; i++)
		if (t->s->terms.term.ptr[i].kind == TERM_FAMILY &&
		    t->s->weight[i] > 0)
			say_family(t, &t->s->terms.term.ptr[i]);
}

void say_read(const struct teller *t)
{
	const struct survey *s = t->s;
	size_t all = s->files.len;

	buf_addf(t->out, "- Read %u of %zu Rust file%s (%zu kB)", s->read, all,
		 text_plural(all), s->bytes / 1000);
	if (s->left_out)
		buf_addf(
			t->out,
			"; left out %u: beyond the %u MB that are read, larger "
			"than --max-file, or no text",
			s->left_out, SURVEY_BYTES >> 20);
	if (s->damaged)
		buf_addf(t->out, "; %u %s not understood as Rust", s->damaged,
			 s->damaged == 1 ? "was" : "were");
	if (s->full)
		buf_adds(t->out, "; the tree holds more than is counted here");
	buf_adds(t->out, ".\n");
}

/* ---- why an item matches */

/* Where a term stands, best place first; the n-th of them, or NULL. */
static const char *place_of(const struct teller *t, const struct survey_unit *u,
			    size_t term, size_t n)
{
	const struct survey_file *f = &t->s->files.ptr[u->item->file];
	uint32_t bit = (uint32_t)1 << term;
	const struct {
		bool there;
		const char *words;
	} places[] = {
		{ (u->mark.name | u->mark.weak) & bit, "its name" },
		{ u->mark.doc & bit, "its documentation" },
		{ u->member_names[term], "the names of its functions" },
		{ (f->stem | f->near | f->folder) & bit, "its path" },
		{ (u->mark.header | u->members.header) & bit,
		  "its definitions" },
		{ f->doc & bit, "its module's documentation" },
		{ u->member_docs[term], "its functions' documentation" },
		{ (u->mark.body | u->members.body) & bit, "its code" },
	};

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i].there && !n--)
			return places[i].words;
	return NULL;
}

static struct span told(const struct survey *s, const struct term *term)
{
	return term->kind == TERM_FAMILY ? s->terms.term.ptr[term->of].word
					 : term->word;
}

void say_matched(const struct teller *t, const struct survey_unit *u)
{
	size_t n = 0;

	for (size_t i = 0; i < t->s->terms.term.len; i++) {
		const struct term *term = &t->s->terms.term.ptr[i];
		const char *place;

		if (t->s->weight[i] <= 0 || term->kind == TERM_PAIR ||
		    !(place = place_of(t, u, i, 0)))
			continue;
		buf_adds(t->out, n++ ? "; " : "");
		if (term->kind == TERM_FAMILY)
			buf_adds(t->out, "the like of ");
		quote_code(t->out, told(t->s, term));
		for (size_t k = 0; k < FOUND_MAX && place; k++) {
			buf_addf(t->out, "%s %s", k ? " and" : " in", place);
			place = place_of(t, u, i, k + 1);
		}
	}
}

static void say_about(const struct teller *t, const struct survey_item *it)
{
	struct span about = survey_about(t->s, it);

	if (!about.len)
		return;
	buf_adds(t->out, ", ");
	quote_code(t->out, about);
}

static void say_members(const struct teller *t, const struct survey_unit *u)
{
	for (uint32_t i = 0; i < u->shown && i < SHOWN_MAX; i++) {
		const struct survey_item *m = u->member[i];

		buf_adds(t->out, i		? ", "
				 : u->shown > 1 ? "; functions "
						: "; function ");
		quote_code(t->out, m->name);
		buf_adds(t->out, " (");
		say_place(t, m->file, m->line);
		buf_addc(t->out, ')');
	}
	if (u->matched > SHOWN_MAX)
		buf_addf(t->out, " and %u more", u->matched - SHOWN_MAX);
}

void say_units(const struct teller *t, size_t most)
{
	size_t n = 0;

	vec_each (struct survey_unit *, row, &t->s->units) {
		if (n++ == most)
			break;
		buf_adds(t->out, "- ");
		say_item(t, (*row)->item);
		say_about(t, (*row)->item);
		buf_adds(t->out, ": ");
		say_matched(t, *row);
		say_members(t, *row);
		buf_adds(t->out, ".\n");
	}
	if (t->s->matched > n && n)
		buf_addf(t->out, "- … and %zu more that match less.\n",
			 t->s->matched - n);
}

static void say_use(const struct teller *t, const struct index_place *p)
{
	quote_place(t->out, p->path, p->line);
	if (!p->item.len)
		return;
	buf_adds(t->out, " in ");
	quote_code(t->out, p->item);
}

void say_uses(const struct teller *t)
{
	const struct index_count *c = t->s->uses;

	if (!c)
		return;
	buf_adds(t->out, "- ");
	quote_code(t->out, item_path(t, t->s->closest->item));
	if (!c->uses)
		buf_addf(t->out, " is named in no other file%s",
			 c->tests ? " but tests" : "");
	else
		buf_addf(t->out,
			 " is named %u time%s in other files, tests aside",
			 c->uses, text_plural(c->uses));
	for (uint32_t i = 0; i < c->places && i < SHOWN_MAX; i++) {
		buf_adds(t->out, i ? ", " : ": ");
		say_use(t, &c->place[i]);
	}
	buf_adds(t->out, c->places < c->uses && c->places ? ", …" : "");
	if (c->tests)
		buf_addf(t->out, "; %u time%s in tests", c->tests,
			 text_plural(c->tests));
	if (c->rivals)
		buf_addf(t->out, "; %u other item%s of that name", c->rivals,
			 c->rivals == 1 ? " is" : "s are");
	buf_adds(t->out, ".\n");
}

/* ---- traits */

struct implementor {
	const struct survey_item *item;
	unsigned distance;
};

static int by_distance(const void *x, const void *y)
{
	const struct implementor *a = x, *b = y;

	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

static void say_implementors(const struct teller *t,
			     const struct survey_item *trait)
{
	VEC(struct implementor) all = { 0 };
	uint32_t from = t->s->closest ? t->s->closest->item->file : trait->file;

	vec_each (const struct survey_item, it, &t->s->items)
		if (it->kind == ITEM_IMPL && span_eq(it->trait, trait->name))
			*vec_push(&all, t->arena) = (struct implementor){
				it, survey_distance(t->s, it->file, from)
			};
	if (!all.len) {
		buf_adds(t->out, "; nothing in the tree implements it by name");
		return;
	}
	qsort(all.ptr, all.len, sizeof(*all.ptr), by_distance);
	buf_addf(t->out, "; implemented %zu time%s:", all.len,
		 text_plural(all.len));
	for (size_t i = 0; i < all.len && i < SHOWN_MAX; i++) {
		buf_adds(t->out, i ? ", " : " ");
		quote_code(t->out, all.ptr[i].item->name);
		buf_adds(t->out, " (");
		say_place(t, all.ptr[i].item->file, all.ptr[i].item->line);
		buf_addc(t->out, ')');
	}
	if (all.len > SHOWN_MAX)
		buf_adds(t->out, ", …");
}

void say_traits(const struct teller *t)
{
	struct survey_items traits = { 0 };

	survey_traits(&traits, t->arena, t->s);
	vec_each (const struct survey_item *, it, &traits) {
		buf_adds(t->out, "- ");
		say_item(t, *it);
		say_about(t, *it);
		say_implementors(t, *it);
		buf_adds(t->out, ".\n");
	}
}
