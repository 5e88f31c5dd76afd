/*
 * rustdump - what the Rust layer sees, as tab-separated rows, so that anyone
 * can compare it with another tool.
 *
 *	rustdump tokens|outline|findings|panics|guards FILE…
 *	rustdump commits FOLDER RANGE
 *
 * tokens:  file, kind, first byte, byte behind the last, first line, last
 *	    line, flags; comments too, white space not.
 * outline: file, kind, name, first line (attributes and docs not counted),
 *	    last line, flags, lead line (counted), parent's row or -.
 * findings: file, rule, name of the item around it, line, line, tier and
 *	    level, fact; as if every line were added to a public library.
 * panics:  file, kind, name of the item around it, line, line, flags ("cfg":
 *	    of an item with a #[cfg]); test code left out.
 * guards:  file, kind, name or -, line it is bound or taken on, last line of
 *	    its life, how it is held, lines of the `.await`s it is alive at.
 * commits: see rustdump.h.
 *
 * Flags of the file come first, as a row of kind "file", when there are any.
 * FILE may be `@LIST`, a file of names.
 */
#include "rustdump.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fs.h"
#include "rust/guard.h"
#include "rust/lexer.h"
#include "rust/look.h"
#include "rust/outline.h"
#include "rust/panics.h"
#include "rust/rules.h"
#include "rust/tree.h"

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

static void dump_file(const char *path, const struct lexer *lx,
		      const struct tree *t)
{
	if (!lx->flags && !lx->errors && !t->flags)
		return;
	printf("%s\tfile\t\t1\t%u\terrors=%u", path, lx->lines, lx->errors);
	for (size_t i = 0; i < sizeof(lexer_words) / sizeof(*lexer_words); i++)
		if (lx->flags & lexer_words[i].flag)
			printf(",%s", lexer_words[i].word);
	if (t->flags & TREE_DAMAGED)
		printf(",damaged");
	if (t->flags & TREE_DEEP)
		printf(",deep");
	putchar('\n');
}

static void dump_tokens(const char *path, struct span src, struct arena *a)
{
	struct lexer_piece it = { 0 };
	struct lexer lx;
	struct tree t;

	lexer_run(&lx, a, src);
	tree_build(&t, a, &lx);
	dump_file(path, &lx, &t);
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

static const char *const vis_words[] = {
	[VIS_PUB] = "pub",
	[VIS_CRATE] = "pub(crate)",
	[VIS_RESTRICTED] = "pub(in)",
};

static const struct {
	unsigned flag;
	const char *word;
} item_words[] = {
	{ ITEM_ASYNC, "async" },       { ITEM_UNSAFE, "unsafe" },
	{ ITEM_CONST_FN, "const" },    { ITEM_EXTERN, "extern" },
	{ ITEM_DEFAULT, "default" },   { ITEM_SAFE, "safe" },
	{ ITEM_GEN, "gen" },	       { ITEM_AUTO, "auto" },
	{ ITEM_MUT, "mut" },	       { ITEM_NEGATIVE, "negative" },
	{ ITEM_TEST, "test" },	       { ITEM_CFG_TEST, "cfg-test" },
	{ ITEM_IGNORED, "ignored" },   { ITEM_HIDDEN, "hidden" },
	{ ITEM_EXPORTED, "exported" }, { ITEM_DEPRECATED, "deprecated" },
	{ ITEM_IN_TEST, "in-test" },   { ITEM_IN_MACRO, "in-macro" },
	{ ITEM_LOCAL, "local" },       { ITEM_CUT, "cut" },
};

static void dump_item_flags(const struct item *it)
{
	const char *sep = "";

	if (it->vis != VIS_PRIVATE) {
		fputs(vis_words[it->vis], stdout);
		sep = ",";
	}
	for (size_t i = 0; i < sizeof(item_words) / sizeof(*item_words); i++)
		if (it->flags & item_words[i].flag) {
			printf("%s%s", sep, item_words[i].word);
			sep = ",";
		}
}

/* A use's path may take several lines. */
static void dump_name(struct span name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		if (c > ' ')
			putchar(c);
		else if (i && (unsigned char)name.ptr[i - 1] > ' ')
			putchar(' ');
	}
}

static void dump_outline(const char *path, struct span src, struct arena *a)
{
	struct outline o;
	struct lexer lx;
	struct tree t;

	lexer_run(&lx, a, src);
	tree_build(&t, a, &lx);
	outline_build(&o, a, &t);
	dump_file(path, &lx, &t);
	for (uint32_t i = 0; i < o.count; i++) {
		const struct item *it = &o.item[i];

		printf("%s\t%s\t", path, outline_kind_name(it->kind));
		dump_name(it->name);
		printf("\t%u\t%u\t", it->line, it->last_line);
		dump_item_flags(it);
		printf("\t%u\t", it->lead_line);
		if (it->parent == OUTLINE_NONE)
			puts("-");
		else
			printf("%u\n", it->parent);
	}
}

static void dump_group(const char *path, const struct rule_group *g)
{
	for (size_t i = 0; i < g->places.len; i++) {
		const struct rule_place *p = &g->places.ptr[i];

		printf("%s\t%s\t", path, g->rule->id);
		dump_name(g->item);
		printf("\t%u\t%u\t%c,%s\t%.*s\n", p->line, p->line,
		       "ABC"[g->rule->tier], finding_level_name(p->level),
		       SPAN_ARG(p->fact));
	}
}

static void dump_findings(const char *path, struct span src, struct arena *a)
{
	struct source s;
	static const struct reach reach = { .module = REACH_PUBLIC,
					    .library = true,
					    .published = true };
	struct rule_file file = { .now = &s, .reach = &reach };
	struct rule_input in = { .file = &file, .files = 1, .uncapped = true };
	struct rule_report report;
	uint8_t *line;

	source_read(&s, a, span_of(path), src);
	dump_file(path, &s.lx, &s.tree);
	line = arena_array(a, s.lx.lines + 2u, 1);
	memset(line, LINE_ADDED, s.lx.lines + 2u);
	file.line = line;
	rules_run(&report, a, &in);
	for (size_t i = 0; i < report.groups.len; i++)
		dump_group(path, &report.groups.ptr[i]);
}

/* Does an item around the token have a #[cfg(…)]? */
static bool conditional(const struct source *s, uint32_t token)
{
	uint32_t i = outline_at(&s->outline, s->lx.tok[token].start);

	for (; i != OUTLINE_NONE; i = s->outline.item[i].parent)
		for (uint32_t t = s->outline.item[i].lead;
		     t < s->outline.item[i].head; t++)
			if (look_is(s, t, "cfg"))
				return true;
	return false;
}

static void dump_panics(const char *path, struct span src, struct arena *a)
{
	struct source s;

	source_read(&s, a, span_of(path), src);
	dump_file(path, &s.lx, &s.tree);
	for (uint32_t i = 0; i < s.lx.count; i++) {
		enum panic_kind kind = panic_at(&s, i);
		uint32_t item, line = look_line(&s, i);

		if (kind == PANIC_NONE || source_test(&s, i))
			continue;
		item = outline_at(&s.outline, s.lx.tok[i].start);
		printf("%s\t%s\t", path, panic_name(kind));
		if (item != OUTLINE_NONE)
			dump_name(s.outline.item[item].name);
		printf("\t%u\t%u\t%s\n", line, line,
		       conditional(&s, i) ? "cfg" : "");
	}
}

static void dump_guards(const char *path, struct span src, struct arena *a)
{
	static const char *const kinds[] = { "lock", "refcell", "span" };
	static const char *const holds[] = { "bound", "pattern", "parameter",
					     "extended", "temporary" };
	struct source s;
	struct guards all;

	source_read(&s, a, span_of(path), src);
	dump_file(path, &s.lx, &s.tree);
	guards_find(&all, a, &s, ~0u);
	vec_each (struct guard, g, &all.row) {
		const char *sep = "";
		bool named = g->name != GUARD_NONE;

		printf("%s\t%s\t%.*s\t%u\t%u\t%s\t", path, kinds[g->kind],
		       SPAN_ARG(named ? lexer_text(&s.lx, g->name) : SPAN("-")),
		       s.lx.tok[named ? g->name : g->first].line,
		       s.lx.tok[g->end].line, holds[g->hold]);
		for (uint32_t i = 0; i < g->awaits; i++, sep = ",")
			printf("%s%u", sep,
			       s.lx.tok[all.await.ptr[g->await + i]].line);
		putchar('\n');
	}
}

static const struct {
	const char *name;
	dump_fn *dump;
} dumps[] = {
	{ "tokens", dump_tokens },     { "outline", dump_outline },
	{ "findings", dump_findings }, { "panics", dump_panics },
	{ "guards", dump_guards },
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

static int history(const char *dir, const char *range)
{
	struct error err = { 0 };

	if (!dump_commits(dir, range, &err))
		return 0;
	fprintf(stderr, "rustdump: %s\n", err.msg);
	return 1;
}

int main(int argc, char **argv)
{
	dump_fn *dump = NULL;
	int rc = 0;

	if (argc == 4 && !strcmp(argv[1], "commits"))
		return history(argv[2], argv[3]);

	for (size_t i = 0; argc > 1 && i < sizeof(dumps) / sizeof(*dumps); i++)
		if (!strcmp(argv[1], dumps[i].name))
			dump = dumps[i].dump;
	if (!dump || argc < 3) {
		fputs("usage: rustdump tokens|outline|findings|panics|guards "
		      "FILE...\n"
		      "       rustdump commits FOLDER RANGE\n",
		      stderr);
		return 2;
	}
	for (int i = 2; i < argc; i++)
		rc |= argv[i][0] == '@' ? dump_list(dump, argv[i] + 1)
					: dump_path(dump, argv[i]);
	return rc ? 1 : 0;
}
