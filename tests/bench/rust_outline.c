/*
 * rust_outline - how fast Rust is read, and how hostile input fares.
 *
 *	rust_outline FILE|@LIST…
 *
 * The files are read into memory and then taken in turn, five rounds, of which
 * the fastest counts. Hostile inputs are 1, 2 and 4 MB of one piece repeated,
 * through every room; the time of each and the worst are printed.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fs.h"
#include "base/vec.h"
#include "rust/context.h"
#include "rust/lexer.h"
#include "rust/outline.h"
#include "rust/tree.h"

#define ROUNDS 5
#define BYTES_MAX (256u << 20)
#define GOAL_MBS 250.0
#define GOAL_MS 1000.0

enum rooms {
	LEX,
	OUTLINE, /* lexer, brackets, items: the goal is for this */
	ALL	 /* statements and contexts too */
};

struct corpus {
	struct arena arena;
	VEC(struct span) files;
	size_t bytes;
};

static void add_file(struct corpus *c, const char *path)
{
	struct error err = { 0 };
	struct span src;

	if (c->bytes > BYTES_MAX)
		return;
	if (fs_read(&src, &c->arena, path, LEXER_BYTES_MAX, &err))
		return;
	*vec_push(&c->files, &c->arena) = src;
	c->bytes += src.len;
}

static void add_list(struct corpus *c, const char *path)
{
	struct error err = { 0 };
	struct span list, name;

	if (fs_read(&list, &c->arena, path, BYTES_MAX, &err)) {
		fprintf(stderr, "rust_outline: %s\n", err.msg);
		return;
	}
	while (text_line(&list, &name))
		add_file(c, arena_cstr(&c->arena, name));
}

static uint32_t read_one(struct arena *a, struct span src, enum rooms rooms)
{
	struct context context;
	struct outline outline;
	struct lexer lx;
	struct tree tree;

	lexer_run(&lx, a, src);
	if (rooms == LEX)
		return lx.count;
	tree_build(&tree, a, &lx);
	outline_build(&outline, a, &tree);
	if (rooms == OUTLINE)
		return outline.count;
	tree_statements(&tree, a);
	context_build(&context, a, &outline);
	return context.body[0] + tree.first[0];
}

/* Of the processor: what else the machine does is not counted. */
static double now(void)
{
	struct timespec t = { 0 };

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double fastest(const struct corpus *c, enum rooms rooms, uint64_t *count)
{
	double best = 1e9;

	for (int round = 0; round < ROUNDS; round++) {
		struct arena a = { 0 };
		double start = now();

		*count = 0;
		vec_each (struct span, src, &c->files) {
			*count += read_one(&a, *src, rooms);
			arena_reset(&a);
		}
		start = now() - start;
		if (start < best)
			best = start;
		arena_release(&a);
	}
	return best;
}

static void speed(const struct corpus *c)
{
	static const char *const names[] = { "lexer", "lexer + outline",
					     "with statements, contexts" };
	double mb = (double)c->bytes / 1e6;

	printf("%zu files, %.1f MB\n", c->files.len, mb);
	for (int rooms = LEX; rooms <= ALL; rooms++) {
		uint64_t count;
		double s = fastest(c, (enum rooms)rooms, &count);

		printf("%-26s %7.1f MB/s", names[rooms], mb / s);
		if (rooms == LEX)
			printf("  %.1f M tokens", (double)count / 1e6);
		if (rooms == OUTLINE)
			printf("  %llu items (goal >= %.0f MB/s)",
			       (unsigned long long)count, GOAL_MBS);
		putchar('\n');
	}
}

static const char *const pieces[] = {
	"(",
	"[",
	"{",
	")",
	"]",
	"}",
	"()",
	"{}",
	"({",
	"|| {",
	"|| ",
	"|a",
	"(|a",
	"<",
	">",
	"'",
	"\"",
	"\\\"",
	"\"\n\\",
	"r#",
	"r#\"",
	"r#\"\n",
	"br##\"#",
	"r\"",
	"/*",
	"/*/",
	"/* \n",
	"*/",
	"//\n",
	"///\n",
	"\n",
	"{\n",
	"}\n",
	" {\n",
	"{\n ",
	" }\n",
	"(\n}\n",
	"{\nfn\n",
	"#",
	"#[",
	"#[a]",
	"#![a]",
	"a::",
	"a!",
	"a!{",
	"a!(",
	"a::b!{",
	"fn ",
	"fn a(",
	"fn a<",
	"fn a(){",
	"fn a();",
	"fn a(){}",
	"impl ",
	"impl {",
	"impl A for ",
	"impl<",
	"{}impl A",
	"async ",
	"pub ",
	"pub(",
	"const A:",
	"{}const A:",
	"{const A:",
	"const A:[{}",
	"static A:",
	"type A=",
	"use a",
	"use a::{",
	"mod a{",
	"struct A<",
	"trait A:",
	"union A{",
	"macro_rules!a{",
	"macro a",
	"extern \"\" ",
	"extern crate a",
	"match a{",
	"loop {",
	"for a in ",
	"while ",
	"async {",
	"unsafe {",
	"let a=",
	"a,",
	"a;",
	"a=>",
	"a<",
	"'a",
	"'a'",
	"b'",
	"0.",
	"1e",
	".0",
	"<<<<<<< a\n",
	"=======\n",
	"---\n",
	"#!",
	"\xe2\x80\xa8",
	"\xc3\xbc",
	"\xff",
	"\xf0",
	"m!{fn a(",
	"m!(impl A ",
	"m!{const A:{}",
	"/// a\nfn a();",
	"#[cfg(all(",
	"#[cfg(any(test,",
	"spawn_blocking(|| ",
	"(|a;",
	"|(|",
	"{ | ",
	"fn a<{",
	"<{",
};

static double hostile_ms(const char *piece, size_t len, size_t bytes)
{
	struct arena a = { 0 };
	struct buf b = { 0 };
	double start, ms;

	while (b.len + len <= bytes)
		buf_add(&b, piece, len);
	start = now();
	read_one(&a, buf_span(&b), ALL);
	ms = (now() - start) * 1e3;
	arena_release(&a);
	buf_release(&b);
	return ms;
}

struct worst {
	double ms, growth;
	char ms_of[32], growth_of[32];
};

static void hostile_one(struct worst *w, const char *piece, size_t len)
{
	struct buf name = { 0 };
	double ms[3];

	text_visible_line(&name, (struct span){ piece, len });
	for (int i = 0; i < 3; i++)
		ms[i] = hostile_ms(piece, len, (size_t)1 << (20 + i));
	if (ms[2] > w->ms) {
		w->ms = ms[2];
		snprintf(w->ms_of, sizeof(w->ms_of), "%s", buf_cstr(&name));
	}
	/* beyond noise: doubled input, more than doubled time */
	if (ms[2] > 100 && ms[2] / ms[1] > w->growth) {
		w->growth = ms[2] / ms[1];
		snprintf(w->growth_of, sizeof(w->growth_of), "%s",
			 buf_cstr(&name));
	}
	if (ms[2] > 250)
		printf("  %-20s 1 MB %6.0f  2 MB %6.0f  4 MB %6.0f ms\n",
		       buf_cstr(&name), ms[0], ms[1], ms[2]);
	buf_release(&name);
}

static void hostile(void)
{
	struct worst w = { 0 };

	for (int c = 0; c < 256; c++) {
		char byte = (char)c;

		hostile_one(&w, &byte, 1);
	}
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		hostile_one(&w, pieces[i], strlen(pieces[i]));
	printf("4 MB of any of 256 bytes and %zu pieces: at most %.0f ms, "
	       "of `%s` (goal < %.0f ms)\n",
	       sizeof(pieces) / sizeof(*pieces), w.ms, w.ms_of, GOAL_MS);
	printf("from 2 MB to 4 MB the time of those above 100 ms grows by at "
	       "most %.2f, of `%s` (goal: about 2)\n",
	       w.growth, w.growth_of);
}

int main(int argc, char **argv)
{
	struct corpus c = { 0 };

	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '@')
			add_list(&c, argv[i] + 1);
		else
			add_file(&c, argv[i]);
	}
	if (c.files.len)
		speed(&c);
	hostile();
	arena_release(&c.arena);
	return 0;
}
