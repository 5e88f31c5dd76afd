/*
 * Decisions compared: a longest common subsequence by hash (Hunt and McIlroy),
 * of bounded size, then what is left between two that stayed.
 */
#include "rust/decision.h"

#include "rust/look.h"

/* Words of a decision that are compared with another's. */
#define WORDS_MAX 64
/* Pairs of decisions that are. */
#define COMPARED_MAX 10000

#define NONE UINT32_MAX
#define ELSEWHERE (UINT32_MAX - 1) /* it only moved */

struct align {
	struct arena *arena;
	const struct source *now, *was;
	const struct decision *new, *old;
	uint32_t n, m;
	uint32_t *mate, *old_mate; /* the other's index, or NONE */
	uint32_t compared;	   /* pairs that were asked for a word */
};

/* What is the same at both ends needs no table. */
static void trim(struct align *a, uint32_t *from, uint32_t *n, uint32_t *m)
{
	uint32_t i = 0;

	*n = a->n;
	*m = a->m;
	for (; i < *n && i < *m && a->new[i].hash == a->old[i].hash; i++) {
		a->mate[i] = i;
		a->old_mate[i] = i;
	}
	*from = i;
	while (*n > i && *m > i && a->new[*n - 1].hash == a->old[*m - 1].hash) {
		(*n)--;
		(*m)--;
		a->mate[*n] = *m;
		a->old_mate[*m] = *n;
	}
}

static void align(struct align *a)
{
	uint32_t from, n, m, w;
	uint16_t *len;

	trim(a, &from, &n, &m);
	n -= from;
	m -= from;
	w = m + 1;
	if (!n || !m || n > DECISIONS_MAX || m > DECISIONS_MAX)
		return;
	len = arena_array(a->arena, (size_t)(n + 1) * w, sizeof(*len));
	for (uint32_t i = n; i-- > 0;)
		for (uint32_t k = m; k-- > 0;) {
			uint16_t right = len[i * w + k + 1];
			uint16_t down = len[(i + 1) * w + k];

			if (a->new[from + i].hash == a->old[from + k].hash)
				len[i * w + k] =
					(uint16_t)(len[(i + 1) * w + k + 1] +
						   1);
			else
				len[i * w + k] = right > down ? right : down;
		}
	for (uint32_t i = 0, k = 0; i < n && k < m;) {
		if (a->new[from + i].hash == a->old[from + k].hash) {
			a->mate[from + i] = from + k;
			a->old_mate[from + k] = from + i;
			i++;
			k++;
		} else if (len[(i + 1) * w + k] >= len[i * w + k + 1]) {
			i++;
		} else {
			k++;
		}
	}
}

/* What stands elsewhere now only moved. */
static void drop_moved(struct align *a)
{
	for (uint32_t i = 0; i < a->n && i < DECISIONS_MAX * 2; i++)
		for (uint32_t k = 0; k < a->m && k < DECISIONS_MAX * 2; k++)
			if (a->mate[i] == NONE && a->old_mate[k] == NONE &&
			    a->new[i].hash == a->old[k].hash) {
				a->mate[i] = ELSEWHERE;
				a->old_mate[k] = ELSEWHERE;
			}
}

static bool has_word(const struct source *s, const struct decision *d,
		     struct span word)
{
	for (uint32_t i = d->from; i < d->to && i < d->from + WORDS_MAX; i++)
		if (span_eq(lexer_text(&s->lx, i), word))
			return true;
	return false;
}

/* Do they take each other's place, and have a word in common? */
static bool akin(struct align *a, const struct decision *new,
		 const struct decision *old)
{
	if (new->kind != old->kind || a->compared++ > COMPARED_MAX)
		return false;
	for (uint32_t i = new->from; i < new->to &&i < new->from + WORDS_MAX;
	     i++)
		if (lexer_name(look_kind(a->now, i)) &&
		    has_word(a->was, old, lexer_text(&a->now->lx, i)))
			return true;
	return false;
}

/* Is there a new one of [i, n) that the old one became? */
static bool became(struct align *a, uint32_t i, uint32_t n,
		   const struct decision *old)
{
	for (uint32_t end = i + DECISIONS_MAX; i < n && i < end; i++)
		if (a->mate[i] == NONE && akin(a, &a->new[i], old))
			return true;
	return false;
}

/* New ones [i, n) and old ones [k, m) stand between two that stayed. */
static void add_gap(struct decision_changes *out, struct align *a, uint32_t i,
		    uint32_t n, uint32_t k, uint32_t m)
{
	while (i < n || k < m) {
		struct decision_change c = { 0 };

		if (i < n && a->mate[i] != NONE) {
			i++;
			continue;
		}
		if (k < m && a->old_mate[k] != NONE) {
			k++;
			continue;
		}
		if (i < n && k < m && akin(a, &a->new[i], &a->old[k])) {
			c.now = &a->new[i++];
			c.was = &a->old[k++];
		} else if (k < m && !became(a, i, n, &a->old[k])) {
			c.was = &a->old[k++];
		} else {
			c.now = &a->new[i++];
		}
		*vec_push(&out->rows, a->arena) = c;
	}
}

/* Anchors are pairs in the same order on both sides; moved ones are none. */
static void add_rows(struct decision_changes *out, struct align *a)
{
	uint32_t i = 0, k = 0;

	for (uint32_t at = 0; at < a->n; at++) {
		uint32_t mate = a->mate[at];

		if (mate >= ELSEWHERE)
			continue;
		add_gap(out, a, i, at, k, mate);
		i = at + 1;
		k = mate + 1;
	}
	add_gap(out, a, i, a->n, k, a->m);
}

static uint32_t *none_array(struct arena *a, uint32_t n)
{
	uint32_t *p = arena_array(a, (size_t)n + 1, sizeof(*p));

	for (uint32_t i = 0; i <= n; i++)
		p[i] = NONE;
	return p;
}

void decision_diff(struct decision_changes *out, struct arena *arena,
		   const struct source *now, const struct decisions *new,
		   const struct source *was, const struct decisions *old)
{
	struct align a = {
		.arena = arena,
		.now = now,
		.was = was,
		.new = new->rows.ptr,
		.old = old->rows.ptr,
		.n = (uint32_t) new->rows.len,
		.m = (uint32_t)old->rows.len,
	};

	*out = (struct decision_changes){ 0 };
	a.mate = none_array(arena, a.n);
	a.old_mate = none_array(arena, a.m);
	align(&a);
	drop_moved(&a);
	add_rows(out, &a);
}
