/*
 * Two passes, each linear: the registered secrets by memmem(), then the known
 * shapes. A filter over every three bytes finds where a row's hint can stand;
 * only there its pattern runs, anchored.
 */
#include "base/mask.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mask_rows.h"
#include "base/re.h"

#define OWN_MAX 32
#define OWN_MIN 8
#define FILTER_BITS 16
#define OWN (MASK_KINDS - 1) /* the kind of our own secrets */

/* Compiled once; the registered secrets are set before threads start. */
static struct {
	pthread_once_t once;
	struct re *re[MASK_KINDS];
	struct re *end;
	uint64_t filter[(1 << FILTER_BITS) / 64];
	/* bit i: a hint of row i begins with it */
	uint64_t by_byte[256][MASK_KINDS / 64];
	/* of rows with the same kind, the first one counts */
	uint8_t counts_as[MASK_KINDS];
	struct span own[OWN_MAX];
	size_t nr_own;
} state = { .once = PTHREAD_ONCE_INIT };

static uint32_t filter_slot(uint32_t three)
{
	return (uint32_t)(three * 0x9E3779B1u) >> (32 - FILTER_BITS);
}

static void filter_add(const unsigned char *three)
{
	uint32_t slot = filter_slot((uint32_t)three[0] << 16 |
				    (uint32_t)three[1] << 8 | three[2]);

	state.filter[slot / 64] |= UINT64_C(1) << (slot % 64);
}

/* Every way the hint's first three bytes can be written. */
static void filter_add_hint(const char *hint, bool nocase)
{
	unsigned char t[3];
	unsigned way, i;

	for (way = 0; way < 8; way++) {
		for (i = 0; i < 3 && hint[i]; i++)
			t[i] = (unsigned char)(nocase && way >> i & 1
						       ? toupper(hint[i])
						       : hint[i]);
		if (i == 3)
			filter_add(t);
		else
			for (i = 0; i < 256; i++) {
				t[2] = (unsigned char)i;
				filter_add(t);
			}
	}
}

static struct re *compile(const char *pattern)
{
	struct error err = { 0 };
	struct re *re;
	int bad = re_open(&re, pattern, RE_ANCHORED, &err);

	/* a row of the table that no test ran */
	assert(!bad);
	(void)bad;
	return re;
}

static void begins(unsigned char c, size_t row)
{
	state.by_byte[c][row / 64] |= UINT64_C(1) << (row % 64);
}

static void prepare_row(size_t i)
{
	const struct mask_row *row = &mask_rows[i];
	bool nocase = row->flags & ROW_NOCASE;
	size_t k;

	if (row->pattern)
		state.re[i] = compile(row->pattern);
	for (k = 0; k < HINTS_MAX && row->hints[k]; k++) {
		unsigned char c = (unsigned char)*row->hints[k];

		filter_add_hint(row->hints[k], nocase);
		begins(c, i);
		if (nocase)
			begins((unsigned char)toupper(c), i);
	}
	for (k = 0; strcmp(mask_rows[k].kind, row->kind) != 0; k++)
		;
	state.counts_as[i] = (uint8_t)k;
}

static void prepare_rows(void)
{
	size_t i;

	for (i = 0; i < mask_rows_len; i++)
		prepare_row(i);
	state.end = compile("-----END (?:[A-Z0-9]{1,20}+ ){0,4}"
			    "PRIVATE KEY(?: BLOCK)?-----");
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/*
 * May a token begin at `at`? Behind a word byte only when that byte belongs to
 * an escape (`\n`, `%3D`) or is the minus in a diff's margin.
 */
static bool word_begins(struct span s, size_t at)
{
	const char *p = s.ptr + at;

	if (!at || !word_byte(p[-1]))
		return true;
	if (p[-1] == '-' && (at == 1 || p[-2] == '\n'))
		return true;
	if (at >= 2 && p[-2] == '\\' && strchr("nrt", p[-1]))
		return true;
	return at >= 3 && p[-3] == '%' && isxdigit((unsigned char)p[-2]) &&
	       isxdigit((unsigned char)p[-1]);
}

static bool hint_stands(const struct mask_row *row, struct span s)
{
	size_t k;

	for (k = 0; k < HINTS_MAX && row->hints[k]; k++) {
		const char *hint = row->hints[k];
		size_t n = strlen(hint);

		if (n > s.len)
			continue;
		if (row->flags & ROW_NOCASE ? !strncasecmp(s.ptr, hint, n)
					    : !memcmp(s.ptr, hint, n))
			return true;
	}
	return false;
}

/* Where a block that begins with `begin` ends: behind its END, or at the end
 * of s. Everything up to there is masked, so nothing is read twice. */
static struct span block(struct span s, struct span begin)
{
	size_t at = (size_t)(begin.ptr - s.ptr) + begin.len;
	struct span end;

	for (;;) {
		ptrdiff_t next = span_find(span_from(s, at), SPAN("-----END "));

		if (next < 0)
			return span_from(s, (size_t)(begin.ptr - s.ptr));
		at += (size_t)next;
		if (re_match(state.end, s, at, &end, 1))
			break;
		at++;
	}
	return (struct span){ begin.ptr,
			      (size_t)(end.ptr + end.len - begin.ptr) };
}

/* Where the row's secret is, whose hint stands at `at`. */
static bool row_finds(size_t i, struct span s, size_t at, struct span *secret)
{
	const struct mask_row *row = &mask_rows[i];
	struct span g[2];

	if (row->find)
		return row->find(s, at, secret);
	if (!re_match(state.re[i], s, at, g, 2))
		return false;
	*secret = g[1].ptr ? g[1] : g[0];
	return row->real(*secret);
}

static const struct mask_row *find_secret(struct span s, size_t at,
					  unsigned skip, struct span *secret);

/* Is what row i found where another row begins to find something? */
static bool gives_way(size_t i, struct span s, struct span found)
{
	struct span inner;

	return mask_rows[i].flags & ROW_AROUND &&
	       find_secret(s, (size_t)(found.ptr - s.ptr), ROW_AROUND, &inner);
}

/* The secret that a row's hint at `at` announces; NULL when there is none.
 * skip: flags of rows that are not asked. */
static const struct mask_row *find_secret(struct span s, size_t at,
					  unsigned skip, struct span *secret)
{
	bool word = word_begins(s, at);
	size_t half;

	for (half = 0; half < MASK_KINDS / 64; half++) {
		uint64_t left = state.by_byte[(unsigned char)s.ptr[at]][half];

		for (; left; left &= left - 1) {
			size_t i = half * 64 + (size_t)__builtin_ctzll(left);
			const struct mask_row *row = &mask_rows[i];

			if (row->flags & skip ||
			    (row->flags & ROW_WORD && !word) ||
			    !hint_stands(row, span_from(s, at)) ||
			    !row_finds(i, s, at, secret) ||
			    gives_way(i, s, *secret))
				continue;
			if (row->flags & ROW_BLOCK)
				*secret = block(s, *secret);
			return row;
		}
	}
	return NULL;
}

static void count(struct mask_counts *c, size_t kind, size_t n)
{
	c->total += n;
	c->of[kind] += (uint32_t)n;
}

/* The mask's bytes over `secret`, its newlines kept. */
static void add_mask(struct buf *out, struct span secret, const char *kind)
{
	static const char open[] = "[masked:";
	size_t head = sizeof(open) - 1, label = strlen(kind), i;
	bool fits = secret.len >= head + label + 1;
	char *p = buf_reserve(out, secret.len);

	memset(p, '*', secret.len);
	if (fits) {
		memcpy(p, open, head);
		memcpy(p + head, kind, label);
		p[secret.len - 1] = ']';
	}
	for (i = 0; i < secret.len; i++)
		if (secret.ptr[i] == '\n' || secret.ptr[i] == '\r')
			p[i] = secret.ptr[i];
	out->len += secret.len;
	out->ptr[out->len] = '\0';
}

/* Next place at or behind `at` where three bytes begin some hint, or s.len. */
static size_t next_hint(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	uint32_t three;

	if (s.len < 3 || at > s.len - 3)
		return s.len;
	three = (uint32_t)p[at] << 8 | p[at + 1];
	for (at += 2; at < s.len; at++) {
		uint32_t slot;

		three = (three << 8 | p[at]) & 0xFFFFFF;
		slot = filter_slot(three);
		if (state.filter[slot / 64] >> (slot % 64) & 1)
			return at - 2;
	}
	return s.len;
}

/*
 * Mask s from `at` on. What stands between a hint and its secret may hold
 * another one (`https://ghp_…:x-oauth-basic@host`); that stretch is bounded,
 * so it is simply read again.
 */
static void mask_shapes(struct buf *out, struct span s, size_t at,
			struct mask_counts *counts)
{
	size_t done = at, begin;

	while ((at = next_hint(s, at)) < s.len) {
		struct span secret;
		const struct mask_row *row = find_secret(s, at, 0, &secret);

		if (!row) {
			at++;
			continue;
		}
		begin = (size_t)(secret.ptr - s.ptr);
		if (begin > at) {
			at++;
			buf_add(out, s.ptr + done, at - done);
			mask_shapes(out, span_first(s, begin), at, counts);
		} else {
			buf_add(out, s.ptr + done, begin - done);
		}
		add_mask(out, secret, row->kind);
		count(counts, state.counts_as[row - mask_rows], 1);
		done = at = begin + secret.len;
	}
	buf_addsp(out, span_from(s, done));
}

static void mask_own(struct buf *out, struct span s, struct span own,
		     struct mask_counts *counts)
{
	ptrdiff_t at;

	while ((at = span_find(s, own)) >= 0) {
		buf_add(out, s.ptr, (size_t)at);
		s = span_from(s, (size_t)at);
		add_mask(out, span_first(s, own.len), mask_kind(OWN));
		s = span_from(s, own.len);
		count(counts, OWN, 1);
	}
	buf_addsp(out, s);
}

void mask_bytes(struct buf *out, struct span in, struct mask_counts *counts)
{
	struct mask_counts ignored = { 0 };
	struct buf text[2] = { { 0 }, { 0 } };
	size_t i;

	pthread_once(&state.once, prepare_rows);
	if (!counts)
		counts = &ignored;
	for (i = 0; i < state.nr_own; i++) {
		if (span_find(in, state.own[i]) < 0)
			continue;
		buf_reset(&text[i % 2]);
		mask_own(&text[i % 2], in, state.own[i], counts);
		in = buf_span(&text[i % 2]);
	}
	buf_reserve(out, in.len);
	mask_shapes(out, in, 0, counts);
	buf_release(&text[0]);
	buf_release(&text[1]);
}

void mask_register(struct span secret)
{
	size_t at;
	char *copy;

	for (at = 0; at < state.nr_own; at++)
		if (span_eq(state.own[at], secret))
			return;
	if (secret.len < OWN_MIN || state.nr_own == OWN_MAX)
		return;
	copy = base_realloc(NULL, secret.len);
	memcpy(copy, secret.ptr, secret.len);
	/* longest first: of one that begins as another does, no tail stays */
	for (; at && state.own[at - 1].len < secret.len; at--)
		state.own[at] = state.own[at - 1];
	state.own[at] = (struct span){ copy, secret.len };
	state.nr_own++;
}

const char *mask_kind(size_t i)
{
	return i < mask_rows_len ? mask_rows[i].kind
	       : i == OWN	 ? "own-key"
				 : NULL;
}

void mask_count(struct mask_counts *c, const char *kind, size_t n)
{
	size_t i = 0;

	while (!mask_kind(i) || strcmp(mask_kind(i), kind) != 0) {
		i++;
		assert(i < MASK_KINDS);
	}
	count(c, i, n);
}

void mask_counts_add(struct mask_counts *to, const struct mask_counts *from)
{
	size_t i;

	for (i = 0; i < MASK_KINDS; i++)
		to->of[i] += from->of[i];
	to->total += from->total;
}

void mask_counts_most(struct mask_counts *to, const struct mask_counts *from)
{
	size_t i;

	for (i = 0; i < MASK_KINDS; i++)
		if (from->of[i] > to->of[i])
			count(to, i, from->of[i] - to->of[i]);
}

void mask_counts_write(struct buf *out, const struct mask_counts *c)
{
	size_t i, n = 0;

	for (i = 0; i < MASK_KINDS; i++)
		if (c->of[i])
			buf_addf(out, "%s%u %s", n++ ? ", " : "", c->of[i],
				 mask_kind(i));
}
