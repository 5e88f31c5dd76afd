/*
 * Two bytes say how, then comes the file as it was, a NUL, and the file as it
 * is; without a NUL the file is new. What rules say lies on lines that were
 * added and not moved, in order, in one visible line each; their edits lie in
 * the file and do not meet.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/reach.h"
#include "rust/rules.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static const char *const paths[] = {
	"src/lib.rs",	"src/main.rs",	 "build.rs",	 "tests/a.rs",
	"src/a/mod.rs", "examples/a.rs", "benches/a.rs", "a.pb.rs",
};

static const struct reach reaches[] = {
	{ .module = REACH_PUBLIC, .library = true, .published = true },
	{ .module = REACH_PUBLIC, .library = true },
	{ .module = REACH_PRIVATE },
};

/* One line, every byte of it printable or UTF-8. */
static void check_words(struct span words)
{
	struct span rest = words;

	while (rest.len) {
		int32_t c = text_utf8(&rest);

		assert(c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0));
	}
}

static void check_edits(const struct rule_place *p, const struct source *s)
{
	uint32_t end = 0;

	vec_each (const struct rule_edit, e, &p->edits) {
		assert(!p->old && e->from <= e->to && e->to <= s->lx.src.len);
		assert(e->from >= end);
		end = e->to;
	}
}

static void check_place(const struct rule_group *g, const struct rule_place *p)
{
	const struct source *s = p->old ? g->file->was : g->file->now;

	assert(s && p->line >= 1 && p->line <= s->lx.lines);
	assert(p->token < s->lx.count);
	assert(s->lx.tok[p->token].line == p->line);
	assert(p->old || (g->file->line[p->line] & (LINE_ADDED | LINE_MOVED)) ==
				 LINE_ADDED);
	assert(p->level < LEVEL_COUNT && p->level >= g->level);
	assert(p->fact.len && !memchr(p->quote.ptr, '\n', p->quote.len));
	check_words(p->fact);
	check_words(p->reason);
	check_edits(p, s);
}

static void check_group(const struct rule_group *g, bool uncapped)
{
	struct buf b = { 0 };

	assert(g->places.len && g->places.len <= g->total);
	assert(uncapped || g->places.len <= RULE_PLACES);
	for (size_t i = 0; i < g->places.len; i++) {
		const struct rule_place *p = &g->places.ptr[i];

		check_place(g, p);
		assert(!i || p[-1].old < p->old ||
		       (p[-1].old == p->old && p[-1].line < p->line));
	}
	rule_group_write(&b, g);
	check_words(buf_span(&b));
	buf_release(&b);
}

static int order(const struct rule_group *a, const struct rule_group *b)
{
	size_t n = a->path.len < b->path.len ? a->path.len : b->path.len;
	int c;

	if (a->rule->tier != b->rule->tier)
		return (int)a->rule->tier - (int)b->rule->tier;
	if (a->level != b->level)
		return (int)a->level - (int)b->level;
	c = memcmp(a->path.ptr, b->path.ptr, n);
	return c ? c
		 : (a->path.len > b->path.len) - (a->path.len < b->path.len);
}

static void check_report(const struct rule_report *r,
			 const struct rule_input *in)
{
	bool capped = !in->uncapped;

	assert(!capped || r->groups.len <= RULE_FINDINGS);
	assert(!r->left_out || (capped && r->groups.len == RULE_FINDINGS));
	for (size_t i = 0; i < r->groups.len; i++) {
		const struct rule_group *g = &r->groups.ptr[i];

		check_group(g, in->uncapped);
		assert(!i || order(g - 1, g) <= 0);
		vec_each (const struct rule_place, p, &g->places)
			assert(!p->allowed ||
			       (p->own_allow && !in->trust_allows));
	}
	vec_each (const struct rule_group, g, &r->silenced) {
		check_group(g, in->uncapped);
		vec_each (const struct rule_place, p, &g->places)
			assert(p->allowed &&
			       (!p->own_allow || in->trust_allows));
	}
}

/* Which lines are new: all, or as the byte has it. */
static const uint8_t *mark_lines(struct arena *a, uint32_t lines,
				 unsigned char how)
{
	static const uint8_t kinds[] = { 0, LINE_ADDED, LINE_ADDED | LINE_MOVED,
					 LINE_ADDED };
	uint8_t *line = arena_array(a, lines + (size_t)2, 1);

	for (uint32_t i = 0; i < lines + 2; i++)
		line[i] = how & 1 ? LINE_ADDED
				  : kinds[(i * 2654435761u >> how / 16) & 3];
	return line;
}

static struct source *read_side(struct arena *a, const char *path,
				struct span text)
{
	struct source *s = arena_new(a, struct source);

	source_read(s, a, span_of(path), text);
	return s;
}

static void run(struct arena *a, unsigned char how, unsigned char lines,
		struct span was, struct span now)
{
	struct rule_file f[2] = { 0 };
	struct rule_input in = { .file = f, .files = 2 };
	struct rule_report r;

	in.trust_allows = how & 1;
	in.uncapped = how & 2;
	in.existing = how & 128;
	f[0].reach = how & 32 ? &reaches[how >> 6 & 1] : NULL;
	f[1].reach = how & 64 ? &reaches[2] : NULL;
	f[0].now = read_side(a, paths[how >> 2 & 7], now);
	f[0].line = mark_lines(a, f[0].now->lx.lines, lines);
	f[0].was = was.ptr ? read_side(a, paths[how >> 2 & 7], was) : NULL;
	/* the same turned round, so that there is more than one file */
	f[1].was = f[0].now;
	if (was.ptr) {
		f[1].now = read_side(a, "src/b.rs", was);
		f[1].line = mark_lines(a, f[1].now->lx.lines, how);
	}
	rules_run(&r, a, &in);
	check_report(&r, &in);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size }, was = { 0 };
	const char *end;
	struct arena a = { 0 };

	if (size < 2)
		return 0;
	text = span_from(text, 2);
	end = memchr(text.ptr, '\0', text.len);
	if (end) {
		was = span_first(text, (size_t)(end - text.ptr));
		text = span_from(text, was.len + 1);
	}
	run(&a, data[0], data[1], was, text);
	arena_release(&a);
	return 0;
}
