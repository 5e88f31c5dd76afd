/*
 * rust_index - how fast a tree is searched for the names that a change uses.
 *
 *	rust_index FILE|@LIST…
 *
 * The files are in memory. What every sixteenth of the first 160 uses is looked
 * for in all of them, five rounds, of which the fastest counts.
 */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/vec.h"
#include "rust/index.h"

#define ROUNDS 5
#define BYTES_MAX (256u << 20)
#define GOAL_MBS 1000.0

struct file {
	struct span path, text;
};

struct corpus {
	struct arena arena;
	VEC(struct file) files;
	size_t bytes;
};

static void add_file(struct corpus *c, const char *path)
{
	struct error err = { 0 };
	struct span text;

	if (c->bytes > BYTES_MAX ||
	    fs_read(&text, &c->arena, path, LEXER_BYTES_MAX, &err))
		return;
	*vec_push(&c->files, &c->arena) = (struct file){ span_of(path), text };
	c->bytes += text.len;
}

static void add_list(struct corpus *c, const char *path)
{
	struct error err = { 0 };
	struct span list, name;

	if (fs_read(&list, &c->arena, path, BYTES_MAX, &err)) {
		fprintf(stderr, "rust_index: %s\n", err.msg);
		return;
	}
	while (text_line(&list, &name))
		add_file(c, arena_cstr(&c->arena, name));
}

/* Of the processor: what else the machine does is not counted. */
static double now(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void want(struct index *ix, const struct corpus *c)
{
	for (size_t i = 0; i < c->files.len && i < 160; i += 16) {
		struct references refs;
		struct source s;

		source_read(&s, ix->arena, c->files.ptr[i].path,
			    c->files.ptr[i].text);
		reference_collect(&refs, ix->arena, &s, NULL, 0);
		index_want_references(ix, &refs);
	}
}

static double skim_all(const struct index *ix, const struct corpus *c,
		       size_t *hits)
{
	struct skim_hits found = { 0 };
	struct arena a = { 0 };
	double start = now();

	vec_each (struct file, f, &c->files)
		skim_run(&ix->skim, &a, f->text, &found);
	start = now() - start;
	*hits = found.rows.len;
	arena_release(&a);
	return start;
}

static double index_all(struct index *ix, const struct corpus *c)
{
	struct arena scratch = { 0 };
	double start = now();

	vec_each (struct file, f, &c->files)
		index_add(ix, &scratch, f->path, f->text);
	start = now() - start;
	arena_release(&scratch);
	return start;
}

int main(int argc, char **argv)
{
	double skim = 1e9, whole = 1e9, mb;
	struct corpus c = { 0 };
	struct index ix = { 0 };
	size_t hits = 0;

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '@')
			add_list(&c, argv[i] + 1);
		else
			add_file(&c, argv[i]);
	}
	mb = (double)c.bytes / 1e6;
	for (int i = 0; i < ROUNDS; i++) {
		struct arena a = { 0 };
		double s;

		index_init(&ix, &a, NULL, 0);
		want(&ix, &c);
		s = skim_all(&ix, &c, &hits);
		skim = s < skim ? s : skim;
		s = index_all(&ix, &c);
		whole = s < whole ? s : whole;
		if (i == ROUNDS - 1)
			printf("%zu files, %.1f MB, %zu names\n"
			       "skim                       %7.1f MB/s  %zu "
			       "hits (goal >= %.0f MB/s)\n"
			       "index                      %7.1f MB/s  %zu "
			       "definitions, %.1f MB of it lexed, %.1f MB "
			       "kept\n",
			       c.files.len, mb, ix.skim.words.len, mb / skim,
			       hits, GOAL_MBS, mb / whole, ix.definitions.len,
			       (double)ix.read_bytes / 1e6,
			       (double)a.total / 1e6);
		arena_release(&a);
	}
	arena_release(&c.arena);
	return 0;
}
