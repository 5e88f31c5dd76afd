/*
 * Sixty-four bytes at a time become one bit each (part of a word or not), words
 * are the runs of bits, and a word's length and first eight bytes are its hash.
 * Total, linear.
 */
#include "rust/skim.h"

#include <string.h>

#include "base/arena.h"
#include "rust/scan.h"

#define FILTER_BITS 16
#define BLOCK 64

static bool word_byte(unsigned char c)
{
	return c >= 0x80 || scan_class[c] & SCAN_CONT;
}

bool skim_word_byte(unsigned char c)
{
	return word_byte(c);
}

/* One bit a byte of the eight at p, the first one lowest: is it a word's? */
static uint64_t word_bits(const unsigned char *p)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t ones = 0x0101010101010101, high = ones * 0x80;
	uint64_t all, x, low, in;

	memcpy(&all, p, 8);
	x = all & ~high;
	low = x | ones * 0x20;
	in = (low + ones * (0x80 - 'a')) & ~(low + ones * (0x7f - 'z'));
	in |= (x + ones * (0x80 - '0')) & ~(x + ones * (0x7f - '9'));
	in |= ones * 0x80 - (x ^ ones * '_');
	in = ((in | all) & high) >> 7;
	return in * 0x0102040810204080 >> 56;
#else
	uint64_t bits = 0;

	for (unsigned i = 0; i < 8; i++)
		bits |= (uint64_t)word_byte(p[i]) << i;
	return bits;
#endif
}

static uint64_t block_bits(const unsigned char *p)
{
	uint64_t bits = 0;

	for (unsigned i = 0; i < BLOCK; i += 8)
		bits |= word_bits(p + i) << i;
	return bits;
}

/* The first eight bytes of a word; what lies behind it does not matter. */
static uint64_t first_bytes(const unsigned char *p, size_t len,
			    const unsigned char *end)
{
	uint64_t x = 0;

	if (end - p < 8) {
		memcpy(&x, p, len < 8 ? len : 8);
		return x;
	}
	memcpy(&x, p, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return len < 8 ? x & (((uint64_t)1 << len * 8) - 1) : x;
#else
	return len < 8 ? x & ~(UINT64_MAX >> len * 8) : x;
#endif
}

static uint32_t hash(uint64_t first, size_t len)
{
	first = (first ^ len * 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
	return (uint32_t)(first >> 32);
}

static uint32_t hash_span(struct span w)
{
	const unsigned char *p = (const unsigned char *)w.ptr;

	return hash(first_bytes(p, w.len, p + w.len), w.len);
}

static bool filtered(const struct skim *s, uint32_t h)
{
	h >>= 32 - FILTER_BITS;
	return s->filter[h / 64] >> h % 64 & 1;
}

static uint32_t find(const struct skim *s, struct span word, uint32_t h)
{
	size_t i = h & (s->slots - 1);

	for (; s->slot[i]; i = (i + 1) & (s->slots - 1))
		if (span_eq(s->words.ptr[s->slot[i] - 1], word))
			return s->slot[i] - 1;
	return SKIM_NONE;
}

uint32_t skim_find(const struct skim *s, struct span word)
{
	return s->words.len && word.len ? find(s, word, hash_span(word))
					: SKIM_NONE;
}

static void put(struct skim *s, uint32_t number, uint32_t h)
{
	size_t i = h & (s->slots - 1);

	while (s->slot[i])
		i = (i + 1) & (s->slots - 1);
	s->slot[i] = number + 1;
	h >>= 32 - FILTER_BITS;
	s->filter[h / 64] |= (uint64_t)1 << h % 64;
}

static void grow(struct skim *s, struct arena *a)
{
	s->slots = s->slots ? s->slots * 2 : 64;
	s->slot = arena_array(a, s->slots, sizeof(*s->slot));
	if (!s->filter)
		s->filter = arena_array(a, (1u << FILTER_BITS) / 64,
					sizeof(*s->filter));
	for (uint32_t i = 0; i < s->words.len; i++)
		put(s, i, hash_span(s->words.ptr[i]));
}

static bool all_word(struct span w)
{
	for (size_t i = 0; i < w.len; i++)
		if (!word_byte((unsigned char)w.ptr[i]))
			return false;
	return w.len;
}

uint32_t skim_add(struct skim *s, struct arena *a, struct span word)
{
	uint32_t number = skim_find(s, word);

	if (number != SKIM_NONE)
		return number;
	if (s->words.len >= SKIM_WORDS_MAX || !all_word(word))
		return SKIM_NONE;
	if (s->words.len * 2 >= s->slots)
		grow(s, a);
	number = (uint32_t)s->words.len;
	*vec_push(&s->words, a) = word;
	put(s, number, hash_span(word));
	return number;
}

struct walk {
	const struct skim *skim;
	const unsigned char *base, *end;
	struct arena *arena;
	struct skim_hits *out;
};

static void hit(struct walk *w, const unsigned char *p, size_t len, uint32_t h)
{
	struct span word = { (const char *)p, len };
	uint32_t number = find(w->skim, word, h);

	if (number != SKIM_NONE)
		*vec_push(&w->out->rows, w->arena) =
			(struct skim_hit){ number, (uint32_t)(p - w->base) };
}

static inline void look(struct walk *w, const unsigned char *p, size_t len)
{
	uint32_t h = hash(first_bytes(p, len, w->end), len);

	if (filtered(w->skim, h))
		hit(w, p, len, h);
}

/* The word at p, which goes on at least to q; where it ends. */
static const unsigned char *long_word(struct walk *w, const unsigned char *p,
				      const unsigned char *q)
{
	while (q < w->end && word_byte(*q))
		q++;
	look(w, p, (size_t)(q - p));
	return q;
}

/* The words that begin in the block at p; where to go on. */
static const unsigned char *block(struct walk *w, const unsigned char *p)
{
	uint64_t bits = block_bits(p);

	while (bits) {
		unsigned start = (unsigned)__builtin_ctzll(bits), len;
		uint64_t rest = ~(bits >> start);

		len = (unsigned)__builtin_ctzll(rest | (uint64_t)1 << 63);
		if (start + len >= BLOCK - 1)
			return long_word(w, p + start, p + start + len);
		look(w, p + start, len);
		bits &= bits + ((uint64_t)1 << start);
	}
	return p + BLOCK;
}

void skim_run(const struct skim *s, struct arena *a, struct span text,
	      struct skim_hits *out)
{
	const unsigned char *p = (const unsigned char *)text.ptr;
	struct walk w = { .skim = s, .base = p, .arena = a, .out = out };

	if (!s->words.len || !text.len)
		return;
	w.end = p + (text.len > UINT32_MAX ? UINT32_MAX : text.len);
	while (w.end - p >= BLOCK)
		p = block(&w, p);
	while (p < w.end)
		p = word_byte(*p) ? long_word(&w, p, p) : p + 1;
}
