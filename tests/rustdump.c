/*
 * rustdump - what the Rust layer sees, as tab-separated rows, so that anyone
 * can compare it with another tool.
 *
 *	rustdump tokens|outline FILE…
 *
 * tokens:  file, kind, first byte, byte behind the last, first line, last
 *	    line, flags; comments too, white space not.
 * outline: file, kind, name, first line (attributes and docs not counted),
 *	    last line, flags, lead line (counted), parent's row or -.
 *
 * Flags of the file come first, as a row of kind "file", when there are any.
 * FILE may be `@LIST`, a file of names. Names are printed as they are.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fs.h"
#include "rust/lexer.h"

typedef void dump_fn(const char *path, struct span src, struct arena *a);

static const struct {
	unsigned flag;
	const char *word;
} lexer_words[] = {
	{ LEXER_TOO_LONG, "too-long" },
	{ LEXER_TOO_MANY, "too-many" },
	{ LEXER_CUT, "cut" },
	{ LEXER_CONFLICT, "conflict" },
};

static void dump_file(const char *path, const struct lexer *lx)
{
	if (!lx->flags && !lx->errors)
		return;
	printf("%s\tfile\t\t1\t%u\terrors=%u", path, lx->lines, lx->errors);
	for (size_t i = 0; i < sizeof(lexer_words) / sizeof(*lexer_words); i++)
		if (lx->flags & lexer_words[i].flag)
			printf(",%s", lexer_words[i].word);
	putchar('\n');
}

static void dump_tokens(const char *path, struct span src, struct arena *a)
{
	struct lexer_piece it = { 0 };
	struct lexer lx;

	lexer_run(&lx, a, src);
	dump_file(path, &lx);
	while (lexer_piece(&it, &lx)) {
		size_t at = (size_t)(it.text.ptr - lx.src.ptr);

		if (it.token)
			printf("%s\t%s\t%zu\t%zu\t%u\t%u\t\n", path,
			       lexer_kind_name(it.token->kind), at,
			       at + it.text.len, it.token->line,
			       lexer_last_line(&lx, it.next_token - 1));
		else if (it.comment)
			printf("%s\t%s\t%zu\t%zu\t%u\t%u\t\n", path,
			       lexer_comment_name(it.comment->kind), at,
			       at + it.text.len, it.comment->line,
			       it.comment->last_line);
	}
}

static const struct {
	const char *name;
	dump_fn *dump;
} dumps[] = {
	{ "tokens", dump_tokens },
};

static int dump_path(dump_fn *dump, const char *path)
{
	struct error err = { 0 };
	struct arena a = { 0 };
	struct span src = { 0 };
	int rc = fs_read(&src, &a, path, 64u << 20, &err);

	if (rc)
		fprintf(stderr, "rustdump: %s\n", err.msg);
	else
		dump(path, src, &a);
	arena_release(&a);
	return rc;
}

static int dump_list(dump_fn *dump, const char *path)
{
	struct error err = { 0 };
	struct arena a = { 0 };
	struct span list = { 0 }, name;
	int rc = fs_read(&list, &a, path, 64u << 20, &err);

	if (rc)
		fprintf(stderr, "rustdump: %s\n", err.msg);
	while (!rc && text_line(&list, &name))
		rc = dump_path(dump, arena_cstr(&a, name));
	arena_release(&a);
	return rc;
}

int main(int argc, char **argv)
{
	dump_fn *dump = NULL;
	int rc = 0;

	for (size_t i = 0; argc > 1 && i < sizeof(dumps) / sizeof(*dumps); i++)
		if (!strcmp(argv[1], dumps[i].name))
			dump = dumps[i].dump;
	if (!dump || argc < 3) {
		fputs("usage: rustdump tokens|outline FILE...\n", stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		rc |= argv[i][0] == '@' ? dump_list(dump, argv[i] + 1)
					: dump_path(dump, argv[i]);
	return rc ? 1 : 0;
}
