/*
 * diffdump - print what repo_diff() gives as unified diff text, to compare
 * with git's.
 *
 *	diffdump [-C dir] [--staged] [--commit REV] [--merge-base REF]
 *	         [--untracked] [word …] [-- path …]
 *	diffdump [-C dir] -i [-q]     one such line of words on each input line
 *
 * With -i every diff is followed by a line "=== end". -q prints nothing but
 * the sums; -t prints the milliseconds spent.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "repo/repo.h"

#define MAX_WORDS 256

static const struct repo_limits limits = { 60000, (int64_t)1 << 30, 4 << 20,
					   64 << 20 };

static void print_span(char before, struct span s)
{
	putchar(before);
	fwrite(s.ptr, 1, s.len, stdout);
	putchar('\n');
}

static void print_hunk(const struct hunk *h)
{
	printf("@@ -%u", h->old_start);
	if (h->old_lines != 1)
		printf(",%u", h->old_lines);
	printf(" +%u", h->new_start);
	if (h->new_lines != 1)
		printf(",%u", h->new_lines);
	printf(" @@%s%.*s\n", h->heading.len ? " " : "", SPAN_ARG(h->heading));
	vec_each (const struct diff_line, l, &h->lines) {
		print_span(l->origin, l->text);
		if (l->no_newline)
			puts("\\ No newline at end of file");
	}
}

static void print_file(const struct file_change *f)
{
	printf("diff --git a/%.*s b/%.*s\n", SPAN_ARG(f->old_path),
	       SPAN_ARG(f->path));
	printf("%s %o %o %.12s %.12s", file_status_name(f->status), f->old_mode,
	       f->new_mode, f->old_id, f->new_id);
	if (f->status == FILE_RENAMED)
		printf(" %u%%", f->similarity);
	puts("");
	if (f->binary)
		puts("Binary files differ");
	if (f->too_large)
		puts("Too large");
	if (f->submodule) {
		if (f->old_mode == 0160000)
			printf("-Subproject commit %s\n", f->old_id);
		if (f->new_mode == 0160000)
			printf("+Subproject commit %s\n", f->new_id);
	}
	vec_each (const struct hunk, h, &f->hunks)
		print_hunk(h);
}

static void print_change(const struct rev_range *r, const struct change *c)
{
	printf("%.*s..%.*s: %u commits, %zu files, +%u -%u\n",
	       SPAN_ARG(r->old_name), SPAN_ARG(r->new_name), r->commits,
	       c->files.len, c->added, c->removed);
	vec_each (const struct file_change, f, &c->files)
		print_file(f);
	vec_each (const struct span, s, &c->untracked)
		print_span('?', *s);
	vec_each (const struct span, g, &c->guides_edited)
		print_span('!', *g);
}

static void parse(struct rev_spec *spec, const char **words, size_t n)
{
	size_t i;

	*spec = (struct rev_spec){ .words = words };
	for (i = 0; i < n; i++) {
		const char *w = words[i];

		if (!strcmp(w, "--")) {
			spec->dashdash = true;
			spec->paths = words + i + 1;
			spec->npaths = n - i - 1;
			return;
		}
		if (!strcmp(w, "--staged"))
			spec->staged = true;
		else if (!strcmp(w, "--untracked"))
			spec->untracked = true;
		else if (!strcmp(w, "--commit") && i + 1 < n)
			spec->commit = words[++i];
		else if (!strcmp(w, "--merge-base") && i + 1 < n)
			spec->merge_base = words[++i];
		else
			words[spec->nwords++] = w;
	}
}

static int run(struct repo *r, const char **words, size_t n, int quiet)
{
	struct arena a = { 0 };
	struct rev_spec spec;
	struct rev_range range;
	struct change c;
	struct error err = { 0 };
	int rc;

	parse(&spec, words, n);
	rc = repo_resolve(&range, &a, r, &spec, &err);
	if (!rc)
		rc = repo_diff(&c, &a, r, &range, &err);
	if (rc)
		printf("error: %s\n", err.msg);
	else if (!quiet)
		print_change(&range, &c);
	arena_release(&a);
	return rc;
}

static void run_lines(struct repo *r, int quiet)
{
	char line[65536];
	const char *words[MAX_WORDS];

	while (fgets(line, sizeof(line), stdin)) {
		struct arena a = { 0 };
		struct span rest = span_trim(span_of(line)), word;
		size_t n = 0;

		while (n < MAX_WORDS && text_field(&rest, ' ', &word))
			words[n++] = arena_cstr(&a, word);
		run(r, words, n, quiet);
		if (!quiet)
			puts("=== end");
		arena_release(&a);
	}
}

int main(int argc, char **argv)
{
	const char *words[MAX_WORDS], *dir = NULL;
	struct repo *r = NULL;
	struct error err = { 0 };
	int quiet = 0, lines = 0, timed = 0, rc = 0;
	size_t n = 0;
	int64_t start = clock_mono_us();

	for (int i = 1; i < argc && n < MAX_WORDS; i++) {
		if (!strcmp(argv[i], "-C") && i + 1 < argc)
			dir = argv[++i];
		else if (!strcmp(argv[i], "-q"))
			quiet = 1;
		else if (!strcmp(argv[i], "-i"))
			lines = 1;
		else if (!strcmp(argv[i], "-t"))
			timed = 1;
		else
			words[n++] = argv[i];
	}
	if (repo_start(NULL, &err) || repo_open(&r, dir, &limits, &err)) {
		fprintf(stderr, "diffdump: %s\n", err.msg);
		return 1;
	}
	if (lines)
		run_lines(r, quiet);
	else
		rc = run(r, words, n, quiet);
	repo_close(r);
	repo_stop();
	if (timed)
		fprintf(stderr, "%.2f ms\n",
			(double)(clock_mono_us() - start) / 1000);
	return rc ? 1 : 0;
}
