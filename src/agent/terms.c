/*
 * A form is one spelling to look for, as its stem. A text is walked once; at
 * each place where a word, or a part of a name, begins with the first two
 * letters of some form, the words that may end further on are compared.
 */
#include "agent/terms.h"

#include <string.h>

#include "agent/thesaurus.h"

/* A name's parts that one word may run over: `My_Sql_Db`. */
#define PARTS_MAX 4
#define REQUEST_MAX 16384 /* bytes of a request that are read for words */
/* What grammar and guesses make of a term's weight. */
#define HEAD_WEIGHT 1.3
#define CODE_WEIGHT 1.6
#define PAIR_WEIGHT 0.4
#define FAMILY_WEIGHT 0.7
#define PART_WEIGHT 0.4
#define PLACE_WEIGHT 0.8 /* behind "in", "for", "over" … */

struct term_form {
	char stem[TERM_BYTES], root[TERM_BYTES];
	uint8_t stem_len, root_len;
	uint8_t term;
	bool weak;
	uint16_t next; /* of the same bucket, + 1 */
};

enum { OTHER, LOWER, UPPER, DIGIT };

static int class_of(char c)
{
	static const uint8_t classes[256] = {
		['0'] = DIGIT, DIGIT,	      DIGIT,	     DIGIT,
		DIGIT,	       ['5'] = DIGIT, DIGIT,	     DIGIT,
		DIGIT,	       DIGIT,	      ['A'] = UPPER, UPPER,
		UPPER,	       UPPER,	      UPPER,	     UPPER,
		UPPER,	       ['H'] = UPPER, UPPER,	     UPPER,
		UPPER,	       UPPER,	      UPPER,	     UPPER,
		['O'] = UPPER, UPPER,	      UPPER,	     UPPER,
		UPPER,	       UPPER,	      UPPER,	     ['V'] = UPPER,
		UPPER,	       UPPER,	      UPPER,	     UPPER,
		['a'] = LOWER, LOWER,	      LOWER,	     LOWER,
		LOWER,	       LOWER,	      LOWER,	     ['h'] = LOWER,
		LOWER,	       LOWER,	      LOWER,	     LOWER,
		LOWER,	       LOWER,	      ['o'] = LOWER, LOWER,
		LOWER,	       LOWER,	      LOWER,	     LOWER,
		LOWER,	       ['v'] = LOWER, LOWER,	     LOWER,
		LOWER,	       LOWER,
	};

	return classes[(unsigned char)c];
}

static unsigned bucket(char a, char b)
{
	return ((unsigned char)a & 31u) << 5 | ((unsigned char)b & 31u);
}

/* Is it there already, for the same term? */
static bool has_form(const struct terms *t, const struct term_form *f, size_t n)
{
	vec_each (struct term_form, g, &t->form)
		if (g->term == f->term && g->stem_len == n &&
		    !memcmp(g->stem, f->stem, n))
			return true;
	return false;
}

/* weak: a synonym, whose own derivations are too far away. */
static void add_form(struct terms *t, struct arena *a, struct span word,
		     uint32_t term, bool weak)
{
	struct term_form f = { .term = (uint8_t)term, .weak = weak };
	size_t n = term_stem(f.stem, word);
	uint16_t *first;

	if (n < 2 || has_form(t, &f, n))
		return;
	memcpy(f.root, f.stem, n);
	f.stem_len = (uint8_t)n;
	f.root_len = (uint8_t)term_root(f.root, n);
	first = &t->bucket[bucket(f.stem[0], f.stem[1])];
	f.next = *first;
	*vec_push(&t->form, a) = f;
	*first = (uint16_t)t->form.len;
}

/* A term with its own spelling, and what means the same. */
static uint32_t add_term(struct terms *t, struct arena *a, struct term term)
{
	uint32_t at = (uint32_t)t->term.len;
	char stem[TERM_BYTES];
	struct span rest, word;
	size_t n = term_stem(stem, term.word);

	if (at == TERMS_MAX)
		return TERM_OWN;
	*vec_push(&t->term, a) = term;
	if (term.kind == TERM_PAIR)
		return at;
	add_form(t, a, term.word, at, false);
	rest = span_of(thesaurus_same((struct span){ stem, n }));
	while (text_field(&rest, ' ', &word))
		if (!span_eq(word, term.word))
			add_form(t, a, word, at, true);
	return at;
}

static void add_family(struct terms *t, struct arena *a, uint32_t of)
{
	struct span word = t->term.ptr[of].word, rest, one;
	const char *row = thesaurus_family(word);
	uint32_t at = (uint32_t)t->term.len;

	if (!row || at == TERMS_MAX)
		return;
	*vec_push(&t->term, a) = (struct term){
		.kind = TERM_FAMILY,
		.word = span_of(row),
		.of = of,
		.weight = t->term.ptr[of].weight * FAMILY_WEIGHT,
		.head = t->term.ptr[of].head,
	};
	rest = span_of(row);
	while (text_field(&rest, ' ', &one))
		if (!span_eq(one, word))
			add_form(t, a, one, at, false);
}

static struct span lower(struct arena *a, struct span word)
{
	char *p = arena_cstr(a, word);
	size_t n = 0;

	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] != '_')
			p[n++] = (char)(class_of(word.ptr[i]) == UPPER
						? word.ptr[i] | 0x20
						: word.ptr[i]);
	return (struct span){ p, n };
}

/* The s of "TTLs" and "URLs". */
static bool plural_s(struct span s, size_t i)
{
	return i < s.len && s.ptr[i] == 's' &&
	       (i + 1 == s.len || class_of(s.ptr[i + 1]) == OTHER);
}

/* Does a part of a name begin at i, whatever stands there in front? */
static bool part_start(struct span s, size_t i)
{
	int before = i ? class_of(s.ptr[i - 1]) : OTHER;
	int now = class_of(s.ptr[i]);
	int next = i + 1 < s.len ? class_of(s.ptr[i + 1]) : OTHER;

	if (now == OTHER || before == OTHER)
		return now != OTHER;
	return now == UPPER &&
	       (before != UPPER || (next == LOWER && !plural_s(s, i + 1)));
}

/* Where the part of a name that begins at i ends. */
static size_t part_end(struct span s, size_t i)
{
	size_t e = i + 1;

	while (e < s.len && class_of(s.ptr[e]) != OTHER && !part_start(s, e))
		e++;
	return e;
}

size_t terms_parts(struct span name)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++)
		n += part_start(name, i);
	return n;
}

/* Is it spelled as code is: more than one part, each of two letters or more? */
static bool code_name(struct span w)
{
	size_t parts = 0;

	for (size_t i = 0, e; i < w.len; i = e) {
		if (w.ptr[i] == '_') {
			e = i + 1;
			continue;
		}
		e = part_end(w, i);
		if (e - i < 2)
			return false;
		parts++;
	}
	return parts > 1;
}

static bool known(const struct terms *t, struct span word)
{
	char stem[TERM_BYTES], other[TERM_BYTES];
	size_t n = term_stem(stem, word);

	vec_each (struct term, one, &t->term)
		if (one->kind != TERM_FAMILY &&
		    term_stem(other, one->word) == n && !memcmp(stem, other, n))
			return true;
	return false;
}

static void add_parts(struct terms *t, struct arena *a, struct span name,
		      uint32_t of)
{
	for (size_t i = 0, e; i < name.len; i = e) {
		struct span part;

		e = name.ptr[i] == '_' ? i + 1 : part_end(name, i);
		part = lower(a, (struct span){ name.ptr + i, e - i });
		if (part.len > 2 && !thesaurus_common(part) && !known(t, part))
			add_term(t, a,
				 (struct term){ .kind = TERM_PART,
						.word = part,
						.of = of,
						.weight = PART_WEIGHT });
	}
}

/* Short words tell something when they are written as an acronym. */
static bool telling(struct span w, struct span low)
{
	bool digit = false, upper = true, letter = false;

	for (size_t i = 0; i < w.len; i++) {
		int c = class_of(w.ptr[i]);

		digit = digit || c == DIGIT;
		letter = letter || c != DIGIT;
		upper = upper && c != LOWER;
	}
	return letter && low.len > 1 && low.len <= TERM_BYTES &&
	       (low.len > 2 || digit || upper) && !thesaurus_common(low);
}

/* The next word of the request; gives how it goes on behind it. */
static bool next_word(struct span *rest, struct span *word, bool *joined)
{
	size_t i = 0, e;

	while (i < rest->len && class_of(rest->ptr[i]) == OTHER)
		i++;
	for (e = i; e < rest->len &&
		    (class_of(rest->ptr[e]) != OTHER || rest->ptr[e] == '_');)
		e++;
	if (e == i)
		return false;
	*word = (struct span){ rest->ptr + i, e - i };
	*rest = span_from(*rest, e);
	*joined = rest->len > 1 && (*rest->ptr == ' ' || *rest->ptr == '-') &&
		  class_of(rest->ptr[1]) != OTHER;
	return true;
}

/* The phrase that is being read. */
struct phrase {
	uint32_t last; /* term, or TERM_OWN */
	bool place;    /* it says where or for what, not what */
};

static void end_phrase(struct terms *t, struct phrase *p)
{
	struct term *last = p->last == TERM_OWN ? NULL : &t->term.ptr[p->last];

	if (last && !last->head) {
		last->head = true;
		last->weight *= p->place ? 1 : HEAD_WEIGHT;
	}
	p->last = TERM_OWN;
}

static bool preposition(struct span w)
{
	static const char *const words[] = { "in",   "for", "on",   "over",
					     "from", "to",  "into", "inside" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (span_eqs(w, words[i]))
			return true;
	return false;
}

/* Words one behind the other that code may write as one, and that mean more
 * together: "rate limit". */
static void add_pair(struct terms *t, struct arena *a, uint32_t x, uint32_t y)
{
	const struct term *p = &t->term.ptr[x], *q = &t->term.ptr[y];
	const char *pair = arena_printf(a, "%.*s%.*s", SPAN_ARG(p->word),
					SPAN_ARG(q->word));
	struct span word = span_of(pair);
	double weight = (p->weight + q->weight) / 2 * PAIR_WEIGHT;
	uint32_t at;

	add_form(t, a, word, x, false);
	add_form(t, a, word, y, false);
	at = add_term(t, a,
		      (struct term){ .kind = TERM_PAIR,
				     .word = span_of(arena_printf(
					     a, "%.*s %.*s", SPAN_ARG(p->word),
					     SPAN_ARG(q->word))),
				     .of = TERM_OWN,
				     .weight = weight });
	if (at != TERM_OWN)
		add_form(t, a, word, at, false);
}

static void add_word(struct terms *t, struct arena *a, struct span word,
		     struct span low, struct phrase *phrase)
{
	bool code = code_name(word);
	uint32_t at = TERM_OWN, before = phrase->last;

	if (!known(t, low))
		at = add_term(t, a,
			      (struct term){ .word = low,
					     .of = TERM_OWN,
					     .weight = phrase->place
							       ? PLACE_WEIGHT
						       : code ? CODE_WEIGHT
							      : 1 });
	phrase->last = at;
	if (at == TERM_OWN)
		return;
	if (code)
		add_parts(t, a, word, at);
	else if (before != TERM_OWN)
		add_pair(t, a, before, at);
}

/* "retry webhooks", "stream results": the request's first word is what is to be
 * done. */
static void weigh_verb(struct terms *t, size_t words)
{
	if (words == 1 && t->term.len == 1)
		t->term.ptr[0].weight *= HEAD_WEIGHT;
}

static void terms_of(struct terms *t, struct arena *a, struct span request)
{
	struct span rest = span_first(request, REQUEST_MAX), word;
	struct phrase phrase = { .last = TERM_OWN };
	size_t words = 0;
	bool joined;

	while (next_word(&rest, &word, &joined)) {
		struct span low = lower(a, word);

		words++;
		if (telling(word, low)) {
			add_word(t, a, word, low, &phrase);
			weigh_verb(t, words);
		} else {
			end_phrase(t, &phrase);
			phrase.place = preposition(low) ||
				       (phrase.place && low.len < 4);
		}
		if (!joined) {
			end_phrase(t, &phrase);
			phrase.place = false;
		}
	}
	end_phrase(t, &phrase);
}

/* Two words of a request that mean the same are each its own. */
static void drop_synonyms(struct terms *t)
{
	vec_each (struct term_form, f, &t->form)
		vec_each (const struct term_form, g, &t->form)
			if (f->weak && !g->weak && f->term != g->term &&
			    t->term.ptr[g->term].kind == TERM_WORD &&
			    f->stem_len == g->stem_len &&
			    !memcmp(f->stem, g->stem, g->stem_len))
				f->stem_len = 0;
}

void terms_parse(struct terms *out, struct arena *a, struct span request)
{
	size_t n;

	terms_of(out, a, request);
	drop_synonyms(out);
	n = out->term.len;
	for (size_t i = 0; i < n; i++)
		if (out->term.ptr[i].kind == TERM_WORD)
			add_family(out, a, (uint32_t)i);
}

/* ---- looking for them */

struct scan {
	const struct terms *terms;
	struct arena *arena;
	struct span text;
	struct term_hits *out;
};

/* Does the name end there, but for a number? */
static bool ends_name(struct span text, size_t at)
{
	while (at < text.len && class_of(text.ptr[at]) == DIGIT)
		at++;
	return at == text.len ||
	       (class_of(text.ptr[at]) == OTHER && text.ptr[at] != '_');
}

/* Compare what was read of a name, up to byte `end`, with the forms. */
static void compare(const struct scan *s, uint16_t first, const char *word,
		    size_t n, size_t from, size_t end)
{
	char stem[TERM_BYTES], root[TERM_BYTES];
	size_t stem_len = term_stem(stem, (struct span){ word, n }), root_len;
	struct span text = s->text;

	if (!stem_len)
		return;
	memcpy(root, stem, stem_len);
	root_len = term_root(root, stem_len);
	for (uint16_t i = first; i;) {
		const struct term_form *f = &s->terms->form.ptr[i - 1];
		bool same = f->stem_len == stem_len &&
			    !memcmp(f->stem, stem, stem_len);

		i = f->next;
		if (!same && (f->weak || f->root_len != root_len ||
			      memcmp(f->root, root, root_len) != 0))
			continue;
		*vec_push(&s->out->rows, s->arena) = (struct term_hit){
			.at = (uint32_t)from,
			.len = (uint8_t)(end - from),
			.term = f->term,
			.weak = f->weak || !same,
			.head = ends_name(text, end),
		};
	}
}

/* How much of the bytes before `end` are digits behind letters: 2 of "Map64".
 */
static size_t number_behind(struct span text, size_t from, size_t end)
{
	size_t at = end;

	while (at > from && class_of(text.ptr[at - 1]) == DIGIT)
		at--;
	return at > from ? end - at : 0;
}

/* The words that may begin at a place: one part of a name, or several; with the
 * number behind it and without. */
static void scan_at(const struct scan *s, size_t from, uint16_t first)
{
	struct span text = s->text;
	char word[TERM_BYTES];
	size_t n = 0, at = from;

	for (unsigned parts = 0; parts < PARTS_MAX; parts++) {
		size_t end = part_end(text, at);
		size_t digits = number_behind(text, at, end);

		if (n + (end - at) > TERM_BYTES)
			return;
		memcpy(word + n, text.ptr + at, end - at);
		n += end - at;
		if (digits)
			compare(s, first, word, n - digits, from, end - digits);
		compare(s, first, word, n, from, end);
		at = end;
		if (at + 1 < text.len &&
		    (text.ptr[at] == '_' || text.ptr[at] == '-' ||
		     text.ptr[at] == ' '))
			at++;
		if (at >= text.len || class_of(text.ptr[at]) == OTHER)
			return;
	}
}

void terms_scan(const struct terms *t, struct arena *a, struct span text,
		struct term_hits *out)
{
	struct scan s = { t, a, span_first(text, UINT32_MAX), out };
	int before = OTHER;

	if (!t->form.len)
		return;
	for (size_t i = 0; i + 1 < s.text.len; i++) {
		int now = class_of(s.text.ptr[i]);
		uint16_t first;

		if (now != OTHER && (before == OTHER || now == UPPER)) {
			first = t->bucket[bucket(s.text.ptr[i],
						 s.text.ptr[i + 1])];
			if (first && part_start(s.text, i))
				scan_at(&s, i, first);
		}
		before = now;
	}
}
