#include "agent/parts.h"

#include <stdlib.h>

#include "agent/gather.h"
#include "agent/prompt.h"
#include "agent/task.h"
#include "llm/models.h"

/* Of the room for material: what the map and the stated intent may take, and
 * what is left to the code around the patch when there are several parts. */
#define MAP_SHARE 4
#define INTENT_SHARE 8
#define AROUND_SHARE 5
/* Tokens of the words between the blocks, and what a map's row says of its
 * part. */
#define WORDS 400
#define ROW_WORDS 8
/* Of the room of all parts, what is given away before packing. */
#define FILL(room) ((room) - (room) / 10)
/* With less room for hunks than this a part is none. */
#define LEAST_ROOM 500

/* One plan while it is made. */
struct packing {
	struct parts *out;
	struct arena *arena;
	const struct task_input *in;
	const struct model *model;
	size_t most;
	int64_t *left;	   /* of each part */
	uint32_t *in_part; /* by file: the last part it was put into, plus 1 */
	uint32_t *from;	   /* by file: its first chunk; one more at the end */
	int64_t *tokens;   /* by file: of its chunks that are not left out */
};

static size_t bytes_of(int64_t tokens, const struct model *m)
{
	const size_t sample = 100000;
	double per = (double)sample / (double)model_tokens(m, sample);

	return tokens > 0 ? (size_t)((double)tokens * per) + 1 : 1;
}

/* What a piece costs in a part: the first of a file brings its fences. */
static int64_t cost(const struct packing *p, const struct chunk *c, size_t part)
{
	return c->tokens + (p->in_part[c->file] == part + 1
				    ? 0
				    : budget_file(p->in, c->file, p->model));
}

static bool put(struct packing *p, struct chunk *c, size_t part)
{
	int64_t n = cost(p, c, part);

	if (n > p->left[part])
		return false;
	p->left[part] -= n;
	p->in_part[c->file] = (uint32_t)part + 1;
	c->part = (uint32_t)part;
	return true;
}

static bool open_part(struct packing *p)
{
	if (p->out->count == p->most)
		return false;
	p->left[p->out->count++] = p->out->room;
	return true;
}

/* Into the newest part, any other with room, a new one; else nowhere. */
static void put_anywhere(struct packing *p, struct chunk *c)
{
	size_t n = p->out->count;

	if (n && put(p, c, n - 1))
		return;
	for (size_t i = 0; i + 1 < n; i++)
		if (put(p, c, i))
			return;
	if (cost(p, c, n) > p->out->room || !open_part(p) || !put(p, c, n))
		c->part = PART_NONE;
}

static void put_files(struct packing *p, const uint32_t *file, size_t n,
		      size_t part)
{
	for (size_t i = 0; i < n; i++)
		for (uint32_t k = p->from[file[i]]; k < p->from[file[i] + 1];
		     k++) {
			struct chunk *c = &p->out->chunks.rows.ptr[k];

			if (c->part == PART_NONE)
				continue;
			if (part == PART_NONE)
				put_anywhere(p, c);
			else
				put(p, c, part);
		}
}

/* Files that belong together: into one part when any has the room. */
static void put_group(struct packing *p, const uint32_t *file, size_t n)
{
	int64_t sum = 0;
	size_t parts = p->out->count;

	for (size_t i = 0; i < n; i++)
		sum += p->tokens[file[i]];
	if (!sum)
		return;
	if (sum <= p->out->room) {
		if (parts && sum <= p->left[parts - 1]) {
			put_files(p, file, n, parts - 1);
			return;
		}
		for (size_t i = 0; i + 1 < parts; i++)
			if (sum <= p->left[i]) {
				put_files(p, file, n, i);
				return;
			}
		if (open_part(p)) {
			put_files(p, file, n, p->out->count - 1);
			return;
		}
	}
	put_files(p, file, n, PART_NONE);
}

/* A file's group, then its place: groups stand together. */
struct member {
	uint32_t group, file;
};

static int by_group(const void *x, const void *y)
{
	const struct member *a = x, *b = y;

	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a->file > b->file) - (a->file < b->file);
}

static void pack(struct packing *p)
{
	size_t n = p->in->change.files.len, from = 0, i;
	const uint32_t *group =
		parts_related(p->arena, p->in, p->tokens, p->out->room);
	struct member *m = arena_array(p->arena, n + 1, sizeof(*m));
	uint32_t *file = arena_array(p->arena, n + 1, sizeof(*file));

	for (i = 0; i < n; i++)
		m[i] = (struct member){ group[i], (uint32_t)i };
	qsort(m, n, sizeof(*m), by_group);
	for (i = 0; i < n; i++)
		file[i] = m[i].file;
	for (i = 1; i <= n; i++)
		if (i == n || m[i].group != m[from].group) {
			put_group(p, file + from, i - from);
			from = i;
		}
}

/* By file: its chunks, and what they cost when they stand together. */
static void count_files(struct packing *p)
{
	const struct chunks *all = &p->out->chunks;
	size_t n = p->in->change.files.len, k = 0;

	for (size_t i = 0; i < n; i++) {
		p->from[i] = (uint32_t)k;
		p->tokens[i] = 0;
		for (; k < all->rows.len && all->rows.ptr[k].file == i; k++)
			if (all->rows.ptr[k].part != PART_NONE)
				p->tokens[i] += all->rows.ptr[k].tokens;
		if (p->tokens[i])
			p->tokens[i] +=
				budget_file(p->in, (uint32_t)i, p->model);
	}
	p->from[n] = (uint32_t)k;
}

/* Does this piece begin a hunk? */
static bool begins_hunk(const struct chunk *c)
{
	return !c->first;
}

static void sum_up(const struct packing *p)
{
	struct parts *out = p->out;
	uint32_t *last = arena_array(p->arena, out->count, sizeof(*last));

	out->sum = arena_array(p->arena, out->count, sizeof(*out->sum));
	vec_each (struct chunk, c, &out->chunks.rows) {
		struct part_sum *s;

		if (c->part == PART_NONE)
			continue;
		s = &out->sum[c->part];
		s->tokens += c->tokens;
		s->hunks += begins_hunk(c);
		if (last[c->part] == c->file + 1)
			continue;
		last[c->part] = c->file + 1;
		s->files++;
		s->tokens += budget_file(p->in, c->file, p->model);
	}
	for (size_t i = 0; i < out->count; i++)
		out->sum[i].around =
			bytes_of(out->beside - out->sum[i].tokens, p->model);
}

/* c is left out; the file's other pieces may be shown. */
static const char *why_left_out(const struct parts *p, const struct chunk *c)
{
	if (c->lost)
		return "its part of the review failed";
	if (c->tokens > p->room)
		return "a line is longer than a request holds";
	return begins_hunk(c) ? "over --max-parts"
			      : "over --max-parts, a hunk is cut";
}

/* The ledger's row of a file: how many of its hunks stand in some part. */
static void cover_chunks(const struct parts *p, struct cover *c,
			 const struct chunk *chunk, size_t n)
{
	uint32_t sent = 0;
	bool whole = false;

	for (size_t i = 0; i < n; i++) {
		uint32_t part = chunk[i].part;

		whole = (begins_hunk(&chunk[i]) || whole) && part != PART_NONE;
		if (i + 1 == n || begins_hunk(&chunk[i + 1]))
			sent += whole;
		if (part == PART_NONE) {
			c->reason = span_of(why_left_out(p, &chunk[i]));
			continue;
		}
		if (p->split && (!c->part || part + 1 < c->part))
			c->part = part + 1;
		if (p->split && part + 1 > c->last_part)
			c->last_part = part + 1;
	}
	c->hunks_sent = sent;
	if (sent == c->hunks)
		return;
	c->state = sent || c->part ? COVER_HUNKS : COVER_SKIPPED;
	c->counts = false;
}

static void cover_all(const struct parts *p, struct cover *row, size_t n)
{
	const struct chunk *c = p->chunks.rows.ptr;
	size_t left = p->chunks.rows.len, k;

	for (; left; c += k, left -= k) {
		for (k = 1; k < left && c[k].file == c->file;)
			k++;
		if (c->file < n)
			cover_chunks(p, &row[c->file], c, k);
	}
}

void parts_lose(struct parts *p, struct cover *row, size_t n, const bool *lost)
{
	vec_each (struct chunk, c, &p->chunks.rows)
		if (c->part != PART_NONE && lost[c->part]) {
			c->part = PART_NONE;
			c->lost = true;
		}
	for (size_t i = 0; i < n; i++)
		row[i].part = row[i].last_part = 0;
	cover_all(p, row, n);
}

/* Pack what is not left out, from the start. */
static void pack_anew(struct packing *p)
{
	p->out->count = 0;
	memset(p->in_part, 0, p->in->change.files.len * sizeof(*p->in_part));
	count_files(p);
	pack(p);
}

static bool all_packed(const struct packing *p)
{
	vec_each (struct chunk, c, &p->out->chunks.rows)
		if (c->part == PART_NONE)
			return false;
	return true;
}

/* Holes that the packing left, for the riskiest of what was left out. */
static void fill_holes(struct packing *p)
{
	size_t n = p->out->chunks.rows.len;
	struct chunk **order = budget_by_risk(&p->out->chunks, p->arena);

	for (size_t i = 0; i < n; i++)
		if (order[i]->part == PART_NONE && order[i]->tokens)
			put_anywhere(p, order[i]);
}

static void share_out(struct packing *p)
{
	struct parts *out = p->out;

	p->left = arena_array(p->arena, p->most, sizeof(*p->left));
	pack_anew(p);
	if (!all_packed(p)) {
		budget_choose(&out->chunks, p->arena, p->in,
			      FILL(out->room * (int64_t)p->most));
		pack_anew(p);
		fill_holes(p);
	}
	if (!out->count)
		out->count = 1;
}

static int64_t measure(struct packing *p)
{
	size_t n = p->in->change.files.len;
	int64_t sum = 0;

	budget_measure(&p->out->chunks, p->arena, p->in, p->model,
		       p->out->room);
	p->in_part = arena_array(p->arena, n + 1, sizeof(*p->in_part));
	p->from = arena_array(p->arena, n + 1, sizeof(*p->from));
	p->tokens = arena_array(p->arena, n + 1, sizeof(*p->tokens));
	count_files(p);
	for (size_t i = 0; i < n; i++)
		sum += p->tokens[i];
	return sum;
}

/* What the map will say of parts. */
static int64_t rows_words(const struct task_input *in, int64_t room)
{
	int64_t words = ROW_WORDS * (int64_t)in->change.files.len;

	return words < room / (2 * MAP_SHARE) ? words : room / (2 * MAP_SHARE);
}

void parts_plan(struct parts *out, struct arena *a, struct task_input *in,
		const struct model *m, int64_t room, size_t most)
{
	struct packing p = { .out = out,
			     .arena = a,
			     .in = in,
			     .model = m,
			     .most = most ? most : 1 };
	int64_t shared;
	bool small;

	out->count = 1;
	if (room == INT64_MAX || in->task == &task_design)
		return;
	in->most.map = bytes_of(room / MAP_SHARE, m);
	in->most.intent = bytes_of(room / INTENT_SHARE, m);
	shared = prompt_shared_tokens(in, m) + rows_words(in, room);
	out->each = prompt_fixed_tokens(in, m) + WORDS + shared;
	out->beside = room - WORDS - shared;
	out->room = out->beside - out->beside / AROUND_SHARE;
	small = out->room < LEAST_ROOM;
	if (small) /* no number of parts would help */
		out->room = INT64_MAX / 2;
	out->total = measure(&p);
	out->split = !small && out->total > out->beside;
	if (out->split)
		share_out(&p);
	cover_all(out, in->covers.ptr, in->covers.len);
	sum_up(&p);
}
