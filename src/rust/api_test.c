/*
 * Tests: how much they assert, and which of those that went are still there by
 * another name. Total; linear but for sorting.
 */
#include <stdlib.h>

#include "base/vec.h"
#include "rust/apidiff_parts.h"
#include "rust/names.h"

/* A sketch is the least hashes, by as many functions, of all runs of three
 * tokens; the share of equal ones estimates the share of common runs (Broder,
 * "On the resemblance and containment of documents", 1997). */
#define SKETCH 16
#define ALIKE 8	    /* of them equal: about half the runs in common */
#define TOO_MANY 32 /* candidates of one hash */

struct sketch {
	uint64_t least[SKETCH];
};

uint32_t api_asserts(const struct source *s, uint32_t item)
{
	const struct item *it = &s->outline.item[item];
	uint32_t n = api_attribute(s, item, "should_panic");

	for (uint32_t i = it->key; i <= it->last && i < s->lx.count; i++) {
		if (!lexer_name(look_kind(s, i)) ||
		    !names_assertion(lexer_word(&s->lx, i)))
			continue;
		n += (look_kind(s, i + 1) == TOKEN_NOT &&
		      lexer_opens(look_kind(s, i + 2))) ||
		     look_kind(s, i + 1) == TOKEN_OPEN_PAREN;
	}
	return n;
}

/* splitmix64's: one run, many functions. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static void read_sketch(struct sketch *k, const struct source *s,
			const struct item *it)
{
	uint64_t a = 0, b = 0;

	for (size_t i = 0; i < SKETCH; i++)
		k->least[i] = UINT64_MAX;
	for (uint32_t t = it->open; t < it->last && t < s->lx.count; t++) {
		uint64_t c = hash_span(HASH_START, lexer_text(&s->lx, t));
		uint64_t run = hash_add(hash_add(a, b), c);

		for (size_t i = 0; i < SKETCH; i++) {
			uint64_t h = mix(run + i * 0x9e3779b97f4a7c15u);

			if (h < k->least[i])
				k->least[i] = h;
		}
		a = b;
		b = c;
	}
}

static unsigned in_common(const struct sketch *a, const struct sketch *b)
{
	unsigned n = 0;

	for (size_t i = 0; i < SKETCH; i++)
		n += a->least[i] == b->least[i];
	return n;
}

struct candidate {
	uint64_t hash;
	uint32_t entry, sketch;
	bool now;
};

struct tests {
	struct api_entries *e;
	VEC(struct sketch) sketches;
	VEC(struct candidate) rows;
};

static int by_hash(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->now != b->now)
		return a->now ? 1 : -1;
	return (a->entry > b->entry) - (a->entry < b->entry);
}

static void add_test(struct tests *t, struct arena *a,
		     const struct rule_file *file, uint32_t index)
{
	const struct api_entry *e = &t->e->rows.ptr[index];
	const struct source *s = e->now ? file[e->file].now : file[e->file].was;
	const struct item *it = &s->outline.item[e->item];
	struct sketch *k;

	if (it->open == OUTLINE_NONE)
		return;
	k = vec_push(&t->sketches, a);
	read_sketch(k, s, it);
	for (size_t i = 0; i < SKETCH; i++)
		*vec_push(&t->rows, a) =
			(struct candidate){ hash_add(k->least[i], i), index,
					    (uint32_t)t->sketches.len - 1,
					    e->now };
}

/* Rows [from, to) share a hash: those before `news` are of the old side. */
static void match_bucket(struct tests *t, size_t from, size_t news, size_t to)
{
	struct api_entry *e = t->e->rows.ptr;

	if (to - from > TOO_MANY)
		return;
	for (size_t i = from; i < news; i++) {
		const struct candidate *a = &t->rows.ptr[i];

		for (size_t k = news; k < to; k++) {
			const struct candidate *b = &t->rows.ptr[k];

			if (e[a->entry].mate != OUTLINE_NONE ||
			    e[b->entry].mate != OUTLINE_NONE ||
			    in_common(&t->sketches.ptr[a->sketch],
				      &t->sketches.ptr[b->sketch]) < ALIKE)
				continue;
			e[a->entry].mate = b->entry;
			e[b->entry].mate = a->entry;
			e[a->entry].other_name = e[b->entry].other_name = true;
		}
	}
}

void api_match_tests(struct api_entries *e, struct arena *a,
		     const struct rule_file *file)
{
	struct tests t = { .e = e };
	size_t news, to;

	for (uint32_t i = 0; i < e->rows.len; i++)
		if (e->rows.ptr[i].test && e->rows.ptr[i].mate == OUTLINE_NONE)
			add_test(&t, a, file, i);
	if (!t.rows.len)
		return;
	qsort(t.rows.ptr, t.rows.len, sizeof(*t.rows.ptr), by_hash);
	for (size_t from = 0; from < t.rows.len; from = to) {
		for (news = from;
		     news < t.rows.len && !t.rows.ptr[news].now &&
		     t.rows.ptr[news].hash == t.rows.ptr[from].hash;)
			news++;
		for (to = news; to < t.rows.len &&
				t.rows.ptr[to].hash == t.rows.ptr[from].hash;)
			to++;
		match_bucket(&t, from, news, to);
	}
}
