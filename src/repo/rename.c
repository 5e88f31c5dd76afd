/*
 * Which deleted and added files are one file renamed: git's own algorithm, so
 * that the pairs are git's. libgit2's find_similar measures differently.
 * From git's diffcore-rename.c and diffcore-delta.c (2.39 to 2.51): the same
 * content first, then a base name that only one file on each side has, then
 * the best of all pairs unless there are too many.
 * Linear in the files' bytes, plus the pairs under git's limit.
 */
#include "repo/pair.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define HASH_BASE 107927u
#define LIMIT 1000u	      /* diff.renameLimit */
#define LEAST 30000u	      /* 50 % */
#define LEAST_BASENAME 45000u /* half way from LEAST to all */
#define CANDIDATES 4	      /* kept for each added file */

/* How many bytes of a text lie in lines (or runs of 64) of one hash. */
struct chunk {
	unsigned hash, bytes;
};

struct candidate {
	size_t from, to; /* in sources and targets */
	unsigned score;
	bool basename, used;
	size_t order; /* makes the sort stable */
};

struct search {
	struct store *s;
	VEC(struct pair *) sources, targets;
	struct error *err;
};

static int by_hash(const void *a, const void *b)
{
	const struct chunk *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Equal hashes become one chunk. */
static size_t fold(struct chunk *c, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(c, n, sizeof(*c), by_hash);
	for (size_t i = 0; i < n; i++) {
		if (kept && c[kept - 1].hash == c[i].hash)
			c[kept - 1].bytes += c[i].bytes;
		else
			c[kept++] = c[i];
	}
	return kept;
}

static void count_chunks(struct store *s, struct half *h)
{
	VEC(struct chunk) chunks = { 0 };
	const char *p = h->text.ptr;
	bool is_text = !half_binary(h);
	uint32_t a = 0, b = 0, old;
	unsigned n = 0;

	for (size_t i = 0; i < h->text.len; i++) {
		unsigned char c = (unsigned char)p[i];

		if (is_text && c == '\r' && i + 1 < h->text.len &&
		    p[i + 1] == '\n')
			continue;
		old = a;
		a = (a << 7) ^ (b >> 25);
		b = (b << 7) ^ (old >> 25);
		a += c;
		if (++n < 64 && c != '\n')
			continue;
		*vec_push(&chunks, &s->arena) =
			(struct chunk){ (a + b * 0x61) % HASH_BASE, n };
		n = a = b = 0;
	}
	if (n)
		*vec_push(&chunks, &s->arena) =
			(struct chunk){ (a + b * 0x61) % HASH_BASE, n };
	h->nchunks = fold(chunks.ptr, chunks.len);
	h->chunks =
		chunks.ptr ? chunks.ptr : arena_new(&s->arena, struct chunk);
}

/* Bytes of `to` that came from `from`. */
static uint64_t copied(const struct half *from, const struct half *to)
{
	size_t i = 0, j = 0;
	uint64_t sum = 0;

	while (i < from->nchunks && j < to->nchunks) {
		const struct chunk *x = &from->chunks[i], *y = &to->chunks[j];

		if (x->hash == y->hash) {
			sum += x->bytes < y->bytes ? x->bytes : y->bytes;
			i++;
			j++;
		} else if (x->hash < y->hash) {
			i++;
		} else {
			j++;
		}
	}
	return sum;
}

/* The size alone, from the header: most pairs are told apart by it. */
static bool size_of(struct store *s, const struct half *h, uint64_t *size)
{
	git_object_t type;
	size_t n;

	if (h->loaded) {
		*size = h->text.len;
		return !h->too_large;
	}
	if (git_odb_read_header(&n, &type, s->odb, &h->id))
		return false;
	*size = n;
	return n <= (uint64_t)s->place.limits.max_file;
}

static int similarity(struct search *f, unsigned *score, struct half *from,
		      struct half *to, unsigned least)
{
	uint64_t a, b, max, delta;

	*score = 0;
	if (!S_ISREG(from->mode) || !S_ISREG(to->mode) ||
	    !size_of(f->s, from, &a) || !size_of(f->s, to, &b))
		return 0;
	max = a > b ? a : b;
	delta = a > b ? a - b : b - a;
	if (max * (RENAME_MAX - least) < delta * RENAME_MAX || !b)
		return 0;
	if (half_load(f->s, from, f->err) || half_load(f->s, to, f->err))
		return -1;
	if (!from->chunks)
		count_chunks(f->s, from);
	if (!to->chunks)
		count_chunks(f->s, to);
	*score = (unsigned)(copied(from, to) * RENAME_MAX / max);
	return 0;
}

static struct span basename_of(const struct half *h)
{
	struct span name = h->path;
	ptrdiff_t slash;

	while ((slash = span_chr(name, '/')) >= 0)
		name = span_from(name, (size_t)slash + 1);
	return name;
}

static bool same_basename(const struct pair *from, const struct pair *to)
{
	return span_eq(basename_of(&from->old), basename_of(&to->new));
}

/* A source that was taken has no sides left. */
static bool taken(const struct pair *source)
{
	return !source->old.mode;
}

static bool renamed(const struct pair *target)
{
	return target->old.mode;
}

static void join(struct pair *from, struct pair *to, unsigned score)
{
	to->old = from->old;
	to->score = score;
	from->old.mode = 0;
}

static bool identical(const struct pair *from, const struct pair *to)
{
	if (!git_oid_equal(&from->old.id, &to->new.id))
		return false;
	return (S_ISREG(from->old.mode) && S_ISREG(to->new.mode)) ||
	       from->old.mode == to->new.mode;
}

/* Index of sources by content id, to keep this linear. */
static int by_id(const void *a, const void *b)
{
	const struct pair *x = *(struct pair *const *)a;
	const struct pair *y = *(struct pair *const *)b;
	int order = git_oid_cmp(&x->old.id, &y->old.id);

	return order ? order : (x > y) - (x < y);
}

static void find_identical(struct search *f)
{
	size_t n = f->sources.len;
	struct pair **sorted = arena_array(&f->s->arena, n, sizeof(*sorted));

	memcpy(sorted, f->sources.ptr, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_id);
	for (size_t i = 0; i < f->targets.len; i++) {
		struct pair *to = f->targets.ptr[i], *best = NULL;
		size_t low = 0, high = n;

		while (low < high) {
			size_t mid = low + (high - low) / 2;

			if (git_oid_cmp(&sorted[mid]->old.id, &to->new.id) < 0)
				low = mid + 1;
			else
				high = mid;
		}
		for (; low < n &&
		       git_oid_equal(&sorted[low]->old.id, &to->new.id);
		     low++) {
			if (taken(sorted[low]) || !identical(sorted[low], to))
				continue;
			if (!best)
				best = sorted[low];
			if (same_basename(sorted[low], to)) {
				best = sorted[low];
				break;
			}
		}
		if (best)
			join(best, to, RENAME_MAX);
	}
}

/* A base name and the one pair that has it on this side. */
struct named {
	struct span name;
	struct pair *pair;
};

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
	int order = n ? memcmp(x->name.ptr, y->name.ptr, n) : 0;

	if (order)
		return order;
	return (x->name.len > y->name.len) - (x->name.len < y->name.len);
}

/* Sort by name and leave out the names that stand there twice. */
static size_t unique(struct named *v, size_t n)
{
	size_t kept = 0;

	if (n)
		qsort(v, n, sizeof(*v), by_name);
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;

		while (end < n && !by_name(&v[i], &v[end]))
			end++;
		if (end == i + 1)
			v[kept++] = v[i];
		i = end;
	}
	return kept;
}

static int find_basenames(struct search *f)
{
	struct named *from, *to;
	size_t n = 0, m = 0, i = 0, j = 0;

	from = arena_array(&f->s->arena, f->sources.len, sizeof(*from));
	to = arena_array(&f->s->arena, f->targets.len, sizeof(*to));
	for (size_t k = 0; k < f->sources.len; k++) {
		struct pair *p = f->sources.ptr[k];

		if (!taken(p))
			from[n++] = (struct named){ basename_of(&p->old), p };
	}
	for (size_t k = 0; k < f->targets.len; k++) {
		struct pair *p = f->targets.ptr[k];

		if (!renamed(p))
			to[m++] = (struct named){ basename_of(&p->new), p };
	}
	n = unique(from, n);
	m = unique(to, m);
	while (i < n && j < m) {
		int order = by_name(&from[i], &to[j]);
		unsigned score;

		if (order) {
			i += order < 0;
			j += order > 0;
			continue;
		}
		if (similarity(f, &score, &from[i].pair->old, &to[j].pair->new,
			       LEAST_BASENAME))
			return -1;
		if (score >= LEAST_BASENAME)
			join(from[i].pair, to[j].pair, score);
		i++;
		j++;
	}
	return 0;
}

/* Best first; those that hold nothing last. */
static int by_score(const struct candidate *a, const struct candidate *b)
{
	if (!a->used || !b->used)
		return (int)b->used - (int)a->used;
	if (a->score == b->score)
		return (int)b->basename - (int)a->basename;
	return a->score < b->score ? 1 : -1;
}

static int by_score_stable(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = by_score(x, y);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

static void keep_if_better(struct candidate *m, const struct candidate *c)
{
	size_t worst = 0;

	for (size_t i = 1; i < CANDIDATES; i++)
		if (by_score(&m[i], &m[worst]) > 0)
			worst = i;
	if (by_score(&m[worst], c) > 0)
		m[worst] = *c;
}

static void drop_taken(struct search *f)
{
	size_t n = 0, m = 0;

	for (size_t i = 0; i < f->sources.len; i++)
		if (!taken(f->sources.ptr[i]))
			f->sources.ptr[n++] = f->sources.ptr[i];
	for (size_t i = 0; i < f->targets.len; i++)
		if (!renamed(f->targets.ptr[i]))
			f->targets.ptr[m++] = f->targets.ptr[i];
	f->sources.len = n;
	f->targets.len = m;
}

static int score_all(struct search *f, struct candidate *all)
{
	for (size_t i = 0; i < f->targets.len; i++) {
		struct pair *to = f->targets.ptr[i];

		for (size_t j = 0; j < f->sources.len; j++) {
			struct pair *from = f->sources.ptr[j];
			struct candidate c = { .from = j,
					       .to = i,
					       .used = true };

			if (similarity(f, &c.score, &from->old, &to->new,
				       LEAST))
				return -1;
			c.basename = same_basename(from, to);
			keep_if_better(&all[i * CANDIDATES], &c);
		}
	}
	return 0;
}

static int find_best(struct search *f)
{
	struct candidate *all;
	size_t n;

	drop_taken(f);
	n = f->targets.len * CANDIDATES;
	if (!n || !f->sources.len ||
	    f->targets.len > (size_t)LIMIT * LIMIT / f->sources.len)
		return 0;
	all = arena_array(&f->s->arena, n, sizeof(*all));
	if (score_all(f, all))
		return -1;
	for (size_t i = 0; i < n; i++)
		all[i].order = i;
	qsort(all, n, sizeof(*all), by_score_stable);
	for (size_t i = 0; i < n; i++) {
		if (!all[i].used || all[i].score < LEAST)
			break;
		if (!renamed(f->targets.ptr[all[i].to]) &&
		    !taken(f->sources.ptr[all[i].from]))
			join(f->sources.ptr[all[i].from],
			     f->targets.ptr[all[i].to], all[i].score);
	}
	return 0;
}

int find_renames(struct store *s, struct pair_list *l, struct error *err)
{
	struct search f = { .s = s, .err = err };
	size_t kept = 0;
	int rc = 0;

	vec_each (struct pair, p, &l->pairs) {
		if (p->conflicted)
			continue;
		if (!p->old.mode)
			*vec_push(&f.targets, &s->arena) = p;
		else if (!p->new.mode)
			*vec_push(&f.sources, &s->arena) = p;
	}
	if (!f.sources.len || !f.targets.len)
		return 0;
	find_identical(&f);
	rc = find_basenames(&f);
	if (!rc)
		rc = find_best(&f);
	for (size_t i = 0; i < l->pairs.len; i++) {
		struct pair *p = &l->pairs.ptr[i];

		if (p->conflicted || p->old.mode || p->new.mode)
			l->pairs.ptr[kept++] = *p;
	}
	l->pairs.len = kept;
	return rc;
}
