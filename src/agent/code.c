#include "agent/code.h"

#include "agent/gather.h"
#include "agent/statement.h"
#include "agent/trust.h"
#include "core/settings.h"

/* A removed text that is yet to be found again. */
struct gone {
	struct span text;
	uint32_t times;
};

/* A hash table of them; a power of two, at most half full. */
struct moved_lines {
	struct gone *slot;
	size_t size;
};

static uint64_t hash(struct span s)
{
	uint64_t h = 0xcbf29ce484222325; /* FNV-1a */

	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3;
	return h;
}

/* The text's place, or the free one it would take. */
static struct gone *find(struct moved_lines *m, struct span text)
{
	size_t at = (size_t)hash(text) & (m->size - 1);

	while (m->slot[at].text.ptr && !span_eq(m->slot[at].text, text))
		at = (at + 1) & (m->size - 1);
	return &m->slot[at];
}

struct moved_lines *moved_lines(struct arena *a, const struct change *c)
{
	struct moved_lines *m = arena_new(a, struct moved_lines);

	for (m->size = 16; m->size < 2 * ((size_t)c->removed + 1);)
		m->size *= 2;
	m->slot = arena_array(a, m->size, sizeof(*m->slot));
	vec_each (struct file_change, f, &c->files)
		vec_each (struct hunk, h, &f->hunks)
			vec_each (struct diff_line, l, &h->lines) {
				struct gone *g;

				if (l->origin != '-')
					continue;
				g = find(m, span_trim(l->text));
				g->text = span_trim(l->text);
				g->times++;
			}
	return m;
}

uint8_t *code_lines(struct arena *a, struct moved_lines *moved,
		    const struct file_change *f, uint32_t lines)
{
	uint8_t *line = arena_array(a, (size_t)lines + 2, 1);

	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines) {
			struct gone *g;

			if (l->origin != '+' || l->new_no > lines)
				continue;
			line[l->new_no] = LINE_ADDED;
			g = find(moved, span_trim(l->text));
			if (!g->times)
				continue;
			g->times--;
			line[l->new_no] |= LINE_MOVED;
		}
	return line;
}

static void note(struct task_input *in, size_t index, const char *words)
{
	in->covers.ptr[index].note = span_of(words);
	in->covers.ptr[index].unread = true;
}

static struct source *read_side(struct arena *a, struct span path,
				struct span text)
{
	struct source *s;

	if (!text.len)
		return NULL;
	s = arena_new(a, struct source);
	source_read(s, a, path, text);
	return s;
}

/* Is there a text that was too much to be handed over? */
static bool held_back(const struct file_change *f)
{
	return (f->new_mode && f->added && !f->new_text.len) ||
	       (f->old_mode && f->removed && !f->old_text.len);
}

/* Read one file; false when the sides are not to be had. */
static bool read_file(struct task_input *in, struct arena *a, size_t index,
		      struct moved_lines *moved, size_t *room)
{
	const struct file_change *f = &in->change.files.ptr[index];
	size_t bytes = f->old_text.len + f->new_text.len;
	struct code_file *c;
	struct source *now, *was;
	uint8_t *lines;

	if (bytes > *room || in->code.files.len >= CODE_FILES_MAX ||
	    held_back(f)) {
		/* of a diff that was given it is said why */
		if (!in->covers.ptr[index].note.len)
			note(in, index,
			     "not read as Rust: the change is too large");
		return false;
	}
	*room -= bytes;
	c = vec_push(&in->code.files, a);
	c->index = index;
	c->was = was = read_side(a, f->old_path, f->old_text);
	c->now = now = read_side(a, f->path, f->new_text);
	if (now && was && trust_marked_since(in->trust, f->path))
		now->generated = was->generated = false;
	if (now) {
		now->givers = &in->code.givers;
		side_know(&in->code.side, now);
	}
	lines = code_lines(a, moved, f, c->now ? c->now->lx.lines : 0);
	trust_lines(in->trust, lines, c->now ? c->now->lx.lines : 0, f->path);
	c->line = lines;
	c->understood = (!c->now || source_understood(c->now)) &&
			(!c->was || source_understood(c->was));
	if (c->now && !source_understood(c->now))
		note(in, index,
		     c->now->lx.flags & LEXER_LIMIT
			     ? "not understood as Rust: too large"
			     : "not understood as Rust: its brackets or "
			       "literals do not close");
	return true;
}

/* What the new sides know of each other. */
static void find_givers(struct code *code, struct arena *a)
{
	VEC(const struct source *) now = { 0 };

	vec_each (struct code_file, c, &code->files)
		if (c->now && c->understood)
			*vec_push(&now, a) = c->now;
	guard_givers_find(&code->givers, a, now.ptr, now.len);
}

static const struct source *tree_source(void *ctx, struct span path)
{
	return side_source(ctx, path);
}

static struct span tree_manifest(void *ctx, struct span path)
{
	return side_text(ctx, path);
}

static void add_rule_file(struct code *code, struct arena *a,
			  const struct code_file *c,
			  const struct reach_tree *tree)
{
	struct rule_file *f = vec_push(&code->rule_files, a);
	struct span path = c->now ? c->now->path : c->was->path;
	struct reach *reach = arena_new(a, struct reach);

	reach_find(reach, a, tree, path);
	f->now = c->now;
	f->was = c->was;
	f->line = c->line;
	f->reach = reach;
	f->test = side_test(tree->ctx, path);
}

static void run_rules(struct task_input *in, struct arena *a,
		      const struct settings *s)
{
	struct code *code = &in->code;
	struct rule_input input = { .trust_allows = s->trust_allows,
				    .existing = in->range.all,
				    .stated = statement_text(in, a),
				    .announced =
					    statement_announces(&in->change),
				    .known = in->baseline ? known_spot : NULL,
				    .known_ctx = in->baseline };
	const struct reach_tree tree = { &code->side, tree_source,
					 tree_manifest };

	vec_each (struct code_file, c, &code->files)
		if (c->understood)
			add_rule_file(code, a, c, &tree);
	input.file = code->rule_files.ptr;
	input.files = code->rule_files.len;
	rules_run(&code->rules, a, &input);
}

static void compare_items(struct code *code, struct arena *a)
{
	size_t n = code->rule_files.len;
	struct item_pair *pair = arena_array(a, n + 1, sizeof(*pair));

	for (size_t i = 0; i < n; i++)
		pair[i] = (struct item_pair){ code->rule_files.ptr[i].now,
					      code->rule_files.ptr[i].was };
	item_diff(&code->items, a, pair, n);
}

void code_read(struct task_input *in, struct arena *a, struct repo *r,
	       const struct settings *s)
{
	struct moved_lines *moved = moved_lines(a, &in->change);
	size_t room = CODE_BYTES_MAX;

	if (in->given && in->given->no_repo)
		r = NULL; /* none is there, or one that is not the diff's */
	side_open(&in->code.side, a, r, &in->range, &in->change);
	for (size_t i = 0; i < in->change.files.len; i++)
		if (span_ends(in->change.files.ptr[i].path, ".rs") &&
		    in->covers.ptr[i].state == COVER_FULL)
			read_file(in, a, i, moved, &room);
	find_givers(&in->code, a);
	run_rules(in, a, s);
	compare_items(&in->code, a);
}
