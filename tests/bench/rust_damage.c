/*
 * rust_damage - what of a file's items is still seen when it is damaged.
 *
 *	rust_damage FILE|@LIST…
 *
 * Each file is damaged in five ways at three lines of it. Items that do not
 * hold the damaged line are looked for again, by kind, name and line; printed
 * is the share that is found, and the share of damaged files that keep all of
 * theirs. Of a truncated file only the items that end before the cut count.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "rust/outline.h"

#define PLACES 3

enum damage { MISSING, EXTRA, QUOTE, CUT, CONFLICT, DAMAGES };

static const char *const words[DAMAGES] = {
	[MISSING] = "a line's `{` or `}` missing",
	[EXTRA] = "a `}` too many",
	[QUOTE] = "a stray quote",
	[CUT] = "cut off",
	[CONFLICT] = "conflict markers",
};

struct tally {
	unsigned long items, kept, files, whole;
};

static void read_items(struct outline *o, struct arena *a, struct lexer *lx,
		       struct tree *t, struct span src)
{
	lexer_run(lx, a, src);
	tree_build(t, a, lx);
	outline_build(o, a, t);
}

/* Append the file's damaged copy; false when the line does not serve. */
static bool inflict(struct buf *out, enum damage d, struct span src,
		    size_t from, size_t to)
{
	struct span line = { src.ptr + from, to - from };
	struct span rest = span_from(src, to);
	ptrdiff_t at;

	buf_reset(out);
	buf_add(out, src.ptr, from);
	switch (d) {
	case MISSING:
		at = span_chr(line, '{');
		if (at < 0)
			at = span_chr(line, '}');
		if (at < 0)
			return false;
		buf_add(out, line.ptr, (size_t)at);
		buf_addsp(out, span_from(line, (size_t)at + 1));
		break;
	case EXTRA:
		buf_addsp(out, line);
		buf_adds(out, " }");
		break;
	case QUOTE:
		buf_addsp(out, line);
		buf_addc(out, '"');
		break;
	case CUT:
		return true;
	case CONFLICT:
		buf_adds(out, "<<<<<<< HEAD\n");
		buf_addsp(out, line);
		buf_adds(out, "\n=======\n");
		buf_addsp(out, line);
		buf_adds(out, "\n>>>>>>> other");
		break;
	case DAMAGES:
		return false;
	}
	buf_addsp(out, rest);
	return true;
}

/* Is the item there, `moved` lines further down when it is behind the line? */
static bool found(const struct outline *o, const struct item *it, uint32_t line)
{
	/* sorted by line: the first one of that line */
	uint32_t lo = 0, hi = o->count;

	while (lo < hi) {
		uint32_t mid = (lo + hi) / 2;

		if (o->item[mid].line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < o->count && o->item[lo].line == line; lo++)
		if (o->item[lo].kind == it->kind &&
		    span_eq(o->item[lo].name, it->name))
			return true;
	return false;
}

static void compare(struct tally *t, enum damage d, const struct outline *was,
		    const struct outline *now, uint32_t line)
{
	uint32_t moved = d == CONFLICT ? 4 : 0;
	unsigned long items = 0, kept = 0;

	for (uint32_t i = 0; i < was->count; i++) {
		const struct item *it = &was->item[i];
		bool behind = it->lead_line > line;

		if (it->lead_line <= line && it->last_line >= line)
			continue;
		if (d == CUT && behind)
			continue;
		items++;
		kept += found(now, it, it->line + (behind ? moved : 0));
	}
	t->items += items;
	t->kept += kept;
	t->files++;
	t->whole += items == kept;
}

static void damage_file(struct tally *tally, const char *path)
{
	struct error err = { 0 };
	struct arena a = { 0 }, scratch = { 0 };
	struct outline was, now;
	struct lexer lx, lx2;
	struct tree t, t2;
	struct span src;
	struct buf b = { 0 };

	if (fs_read(&src, &a, path, 512 << 10, &err))
		return;
	read_items(&was, &a, &lx, &t, src);
	for (unsigned p = 1; p <= PLACES && lx.lines > 20; p++) {
		uint32_t line = lx.lines * p / (PLACES + 1);
		uint32_t tok = lexer_at_line(&lx, line);
		size_t from, to;

		line = lx.tok[tok].line;
		for (from = lx.tok[tok].start;
		     from && src.ptr[from - 1] != '\n';)
			from--;
		for (to = from; to < src.len && src.ptr[to] != '\n';)
			to++;
		for (enum damage d = 0; d < DAMAGES; d++) {
			if (!inflict(&b, d, src, from, to))
				continue;
			read_items(&now, &scratch, &lx2, &t2, buf_span(&b));
			compare(&tally[d], d, &was, &now, line);
			arena_reset(&scratch);
		}
	}
	buf_release(&b);
	arena_release(&scratch);
	arena_release(&a);
}

static void damage_list(struct tally *tally, const char *path)
{
	struct error err = { 0 };
	struct arena a = { 0 };
	struct span list, name;

	if (!fs_read(&list, &a, path, 64 << 20, &err))
		while (text_line(&list, &name))
			damage_file(tally, arena_cstr(&a, name));
	arena_release(&a);
}

int main(int argc, char **argv)
{
	struct tally tally[DAMAGES] = { 0 };

	for (int i = 1; i < argc; i++)
		if (argv[i][0] == '@')
			damage_list(tally, argv[i] + 1);
		else
			damage_file(tally, argv[i]);
	for (enum damage d = 0; d < DAMAGES; d++)
		printf("%-28s %6.2f %% of %lu items kept, %6.2f %% of %lu "
		       "damaged files keep all\n",
		       words[d],
		       tally[d].items ? 100.0 * (double)tally[d].kept /
						(double)tally[d].items
				      : 100,
		       tally[d].items,
		       tally[d].files ? 100.0 * (double)tally[d].whole /
						(double)tally[d].files
				      : 100,
		       tally[d].files);
	return 0;
}
