/*
 * context - how much of what a reviewer needs is in the prompt, and what it
 * costs.
 *
 *	context REPOSITORY <IDS
 *
 * IDs of commits, one a line; each is gathered as for a review. Of its added
 * Rust lines: is the item around shown whole? Of the names on them that the
 * repository defines: is the definition shown? The whole tree is read for that,
 * not the part that the program reads.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "agent/gather.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "core/settings.h"
#include "repo/repo.h"

#define MARGIN 9u /* bytes before a line and behind it */
#define BYTES_PER_TOKEN 3.2
#define TREE_BYTES (512u << 20)

struct tally {
	size_t commits, failed;
	size_t whole, torn, long_ones, between, unread; /* added lines */
	size_t names, defined, answered, shown;
	size_t u3, u10, beside;
	VEC(double) beside_share, ms;
	struct arena arena;
};

/* One commit. */
struct review {
	struct arena arena;
	struct task_input in;
	struct pages shown; /* patch and context */
	struct index all;   /* of the whole tree */
	struct references *refs;
};

static void show_all(struct review *v)
{
	v->shown = (struct pages){ .arena = &v->arena, .most = SIZE_MAX };
	vec_each (struct file_change, f, &v->in.change.files)
		page_show(&v->shown, f);
	vec_each (struct page *, p, &v->in.surround.pages.rows) {
		struct piece piece = { .page = page_of(&v->shown, (*p)->path) };

		vec_each (struct page_line, l, &(*p)->lines)
			*vec_push(&piece.lines, &v->arena) = (struct excerpt){
				l->number, l->text.len ? l->text : SPAN("\n")
			};
		piece_take(&v->shown, &piece);
	}
}

static bool lines_shown(struct review *v, struct span path, uint32_t first,
			uint32_t last)
{
	const struct page *p = page_of(&v->shown, path);

	for (uint32_t n = first; n <= last; n++)
		if (!page_has(p, n))
			return false;
	return true;
}

/* The item that a line belongs to: none that holds others, none in a body. */
static uint32_t item_of(const struct outline *o, uint32_t line)
{
	uint32_t i = outline_at_line(o, line), found = OUTLINE_NONE;

	for (; i != OUTLINE_NONE; i = o->item[i].parent)
		if (o->item[i].kind != ITEM_IMPL &&
		    o->item[i].kind != ITEM_TRAIT &&
		    o->item[i].kind != ITEM_MOD &&
		    o->item[i].kind != ITEM_EXTERN_BLOCK &&
		    (o->item[i].kind != ITEM_CALL || found == OUTLINE_NONE))
			found = i;
	if (found != OUTLINE_NONE && o->item[found].kind == ITEM_CALL &&
	    found + 1 < o->count && o->item[found + 1].parent == found)
		return OUTLINE_NONE;
	return found;
}

static void measure_lines(struct tally *t, struct review *v,
			  const struct code_file *c)
{
	const struct file_change *f = &v->in.change.files.ptr[c->index];

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			const struct item *it;
			uint32_t i;

			if (l->origin != '+')
				continue;
			i = item_of(&c->now->outline, l->new_no);
			if (i == OUTLINE_NONE) {
				t->between++;
				continue;
			}
			it = &c->now->outline.item[i];
			if (it->last_line - it->line + 1 > SURROUND_WHOLE)
				t->long_ones++;
			else if (lines_shown(v, f->path, it->line,
					     it->last_line))
				t->whole++;
			else
				t->torn++;
		}
}

struct adding {
	struct review *v;
	struct arena scratch;
};

static const struct tree_entry **rust_entries(struct review *v, size_t *n)
{
	const struct tree_list *tree = &v->in.code.side.tree;
	const struct tree_entry **row =
		arena_array(&v->arena, tree->entries.len + 1, sizeof(*row));

	vec_each (const struct tree_entry, e, &tree->entries)
		if (span_ends(e->path, ".rs") &&
		    !change_file(&v->in.change, e->path))
			row[(*n)++] = e;
	return row;
}

static struct adding *adding;
static const struct tree_entry **entries;

static void add_text(void *ctx, size_t i, struct span text)
{
	(void)ctx;
	if (text.len)
		index_add(&adding->v->all, &adding->scratch, entries[i]->path,
			  text);
}

/* Every file of the tree, without a bound. */
static void index_tree(struct review *v, struct repo *r)
{
	const struct code *code = &v->in.code;
	struct adding add = { .v = v };
	struct error err = { 0 };
	char(*ids)[41];
	size_t n = 0;

	index_init(&v->all, &v->arena, v->in.surround.index.crate,
		   v->in.surround.index.crates);
	v->refs = arena_array(&v->arena, code->files.len + 1, sizeof(*v->refs));
	for (size_t i = 0; i < code->files.len; i++) {
		const struct code_file *c = &code->files.ptr[i];

		if (!c->now)
			continue;
		reference_collect(&v->refs[i], &v->arena, c->now, c->line,
				  LINE_ADDED);
		vec_each (struct reference, ref, &v->refs[i].rows)
			index_want(&v->all, ref->name, INDEX_ITEM, ref->owner);
	}
	adding = &add;
	entries = rust_entries(v, &n);
	vec_each (const struct code_file, c, &code->files)
		if (c->now)
			index_add_source(&v->all, &add.scratch, c->now);
	ids = arena_array(&v->arena, n + 1, sizeof(*ids));
	for (size_t i = 0; i < n; i++)
		memcpy(ids[i], entries[i]->id, sizeof(*ids));
	if (n && repo_each_blob(add_text, NULL, NULL, r, (const char(*)[41])ids,
				n, TREE_BYTES, &err))
		fprintf(stderr, "context: %s\n", err.msg);
	arena_release(&add.scratch);
}

static void measure_names(struct tally *t, struct review *v, size_t i)
{
	const struct source *s = v->in.code.files.ptr[i].now;
	struct index_site site = index_site(&v->all, &v->arena, s->path);

	vec_each (struct reference, ref, &v->refs[i].rows) {
		struct index_answer a;
		bool shown = false;

		index_find(&a, &v->all, ref, &site);
		t->names++;
		t->defined += a.known > 0;
		t->answered += a.len > 0;
		for (size_t k = 0; k < a.len; k++)
			shown |= lines_shown(v, a.candidate[k]->path,
					     a.candidate[k]->line,
					     a.candidate[k]->line);
		t->shown += shown;
	}
}

/* What a patch with so many lines of context takes, margins too. */
static size_t patch_bytes(struct arena *a, const struct file_change *f,
			  uint32_t context)
{
	struct pages p = { .arena = a, .most = SIZE_MAX };
	struct page *page = page_of(&p, f->path);
	struct span rest = f->new_text, line;
	size_t bytes = 0;

	vec_each (struct hunk, h, &f->hunks) {
		uint32_t more = context > 3 ? context - 3 : 0;

		for (uint32_t n = h->new_start > more ? h->new_start - more : 1;
		     n < h->new_start + h->new_lines + more; n++) {
			struct excerpt e = { n, SPAN("x\n") };
			struct piece piece = { .page = page };

			*vec_push(&piece.lines, a) = e;
			piece_take(&p, &piece);
		}
		vec_each (struct diff_line, l, &h->lines)
			bytes += l->origin == '-' ? l->text.len + MARGIN : 0;
	}
	for (uint32_t n = 1; text_line(&rest, &line); n++)
		bytes += page_has(page, n) ? line.len + MARGIN : 0;
	return bytes;
}

static void measure_cost(struct tally *t, struct review *v)
{
	const struct surround *s = &v->in.surround;
	struct buf facts = { 0 };
	size_t u3 = 0, beside;

	vec_each (struct file_change, f, &v->in.change.files) {
		if (!span_ends(f->path, ".rs"))
			continue;
		u3 += patch_bytes(&v->arena, f, 3);
		t->u10 += patch_bytes(&v->arena, f, 10);
	}
	surround_facts(&facts, s);
	beside = s->pages.bytes + s->cargo.len + facts.len;
	buf_release(&facts);
	t->u3 += u3;
	t->beside += beside;
	*vec_push(&t->beside_share, &t->arena) =
		u3 ? (double)beside / (double)u3 : 0;
}

static void measure(struct tally *t, struct repo *r, const char *id)
{
	static const struct settings settings = { .max_guides = 64 << 10 };
	struct task_request rq = { .task = &task_review,
				   .spec = { .commit = id } };
	struct review v = { 0 };
	struct error err = { 0 };
	int64_t start = clock_mono_us();

	t->commits++;
	if (task_gather(&v.in, &v.arena, r, &rq, &settings, &err)) {
		fprintf(stderr, "context: %s: %s\n", id, err.msg);
		t->failed++;
		arena_release(&v.arena);
		return;
	}
	surround_read(&v.in, &v.arena, r);
	*vec_push(&t->ms, &t->arena) = (double)(clock_mono_us() - start) / 1000;
	show_all(&v);
	index_tree(&v, r);
	for (size_t i = 0; i < v.in.code.files.len; i++) {
		const struct code_file *c = &v.in.code.files.ptr[i];

		if (!c->now)
			continue;
		measure_lines(t, &v, c);
		measure_names(t, &v, i);
	}
	measure_cost(t, &v);
	arena_release(&v.arena);
}

static int by_value(const void *x, const void *y)
{
	double a = *(const double *)x, b = *(const double *)y;

	return (a > b) - (a < b);
}

static double percent(size_t a, size_t b)
{
	return b ? 100.0 * (double)a / (double)b : 0;
}

static double rank(double *row, size_t n, double share)
{
	if (!n)
		return 0;
	qsort(row, n, sizeof(*row), by_value);
	return row[(size_t)((double)(n - 1) * share)];
}

static void print(struct tally *t)
{
	size_t in_items = t->whole + t->torn;

	printf("%zu commits, %zu not gathered\n", t->commits, t->failed);
	printf("added lines: %zu in items of at most %u lines, whole in the "
	       "prompt %.2f %% (goal >= 99 %%)\n",
	       in_items, SURROUND_WHOLE, percent(t->whole, in_items));
	printf("             %zu in longer items, shown in part; %zu between "
	       "items\n",
	       t->long_ones, t->between);
	printf("names on added lines: %zu; the repository has one of that "
	       "name: "
	       "%.1f %%; which one is told: %.1f %%\n",
	       t->names, percent(t->defined, t->names),
	       percent(t->answered, t->names));
	printf("             of those told, shown %.1f %%; of all that the "
	       "repository has, %.1f %%\n",
	       percent(t->shown, t->answered), percent(t->shown, t->defined));
	printf("tokens a commit: -U3 %.0f, -U10 %.0f (x %.2f), -U3 and context "
	       "%.0f (x %.2f; median x %.2f)\n",
	       (double)t->u3 / BYTES_PER_TOKEN / (double)t->commits,
	       (double)t->u10 / BYTES_PER_TOKEN / (double)t->commits,
	       (double)t->u10 / (double)(t->u3 ? t->u3 : 1),
	       (double)(t->u3 + t->beside) / BYTES_PER_TOKEN /
		       (double)t->commits,
	       1 + (double)t->beside / (double)(t->u3 ? t->u3 : 1),
	       1 + rank(t->beside_share.ptr, t->beside_share.len, .5));
	printf("gathered in: median %.1f ms, p90 %.1f ms, longest %.1f ms\n",
	       rank(t->ms.ptr, t->ms.len, .5), rank(t->ms.ptr, t->ms.len, .9),
	       rank(t->ms.ptr, t->ms.len, 1));
}

int main(int argc, char **argv)
{
	static const struct repo_limits limits = { 60000, (int64_t)1 << 30,
						   4 << 20, 1 << 30 };
	static const char *const none[] = { NULL };
	struct error err = { 0 };
	struct tally t = { 0 };
	struct repo *r = NULL;
	char id[64];

	if (argc != 2) {
		fputs("usage: context REPOSITORY <IDS\n", stderr);
		return 2;
	}
	if (repo_start(none, &err) || repo_open(&r, argv[1], &limits, &err)) {
		fprintf(stderr, "context: %s\n", err.msg);
		return 1;
	}
	while (fgets(id, sizeof(id), stdin)) {
		id[strcspn(id, "\n")] = '\0';
		measure(&t, r, id);
	}
	print(&t);
	repo_close(r);
	repo_stop();
	arena_release(&t.arena);
	return 0;
}
