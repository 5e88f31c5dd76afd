#include "rust/source.h"

#include "base/generated.h"

/* More of a line is not shown: each place of one would be as long. */
#define LINE_BEFORE 200
#define LINE_BEHIND 800

/* Does the path have a folder that one of the patterns matches? */
static bool in_folder(struct span path, const char *patterns)
{
	struct span rest = path, part;

	while (text_field(&rest, '/', &part)) {
		struct span words = span_of(patterns), word;

		while (rest.len && text_field(&words, ' ', &word))
			if (text_glob(word, part))
				return true;
	}
	return false;
}

/* Is the file's name one of these? */
static bool named(struct span path, const char *patterns)
{
	struct span rest = path, name = path, words = span_of(patterns), word;

	while (text_field(&rest, '/', &name))
		;
	while (text_field(&words, ' ', &word))
		if (text_glob(word, name))
			return true;
	return false;
}

/* What Cargo builds by default, and by the custom of its users: modules that
 * hold tests, crates that serve tests alone. */
enum source_role source_role(struct span path)
{
	if (in_folder(path, "benches bench benchmarks"))
		return ROLE_BENCH;
	if (in_folder(path, "test tests tests-* *-test *-tests *-testing "
			    "testing test_util* test-util* test_helper*") ||
	    named(path, "test.rs tests.rs *_test.rs *_tests.rs testing.rs "
			"test_util* test_helper*"))
		return ROLE_TEST;
	if (in_folder(path, "examples"))
		return ROLE_EXAMPLE;
	if (named(path, "build.rs") && !in_folder(path, "src"))
		return ROLE_BUILD;
	if (named(path, "main.rs") || in_folder(path, "bin"))
		return ROLE_BINARY;
	return ROLE_LIBRARY;
}

static bool named_generated(struct span path)
{
	return span_ends(path, ".pb.rs") || in_folder(path, "generated");
}

/* A generator's words in a comment in front of all code, where attributes of
 * the file may stand too. */
static bool says_generated(const struct lexer *lx, const struct tree *t)
{
	uint32_t code = 0;

	while (code + 2 < lx->count && lx->tok[code].kind == TOKEN_HASH &&
	       lx->tok[code + 1].kind == TOKEN_NOT)
		code = t->mate[code + 2] + 1;
	for (uint32_t i = 0; i < lx->comments; i++) {
		const struct comment *c = &lx->comment[i];
		struct span text = { lx->src.ptr + c->start, c->len };

		if (c->token > code || c->start > GENERATED_BYTES)
			break;
		if (generated_words(text))
			return true;
	}
	return false;
}

void source_skim(struct source *out, struct arena *a, struct span path,
		 struct span text)
{
	*out = (struct source){ .path = path, .role = source_role(path) };
	lexer_run(&out->lx, a, text);
	tree_build(&out->tree, a, &out->lx);
	out->generated =
		named_generated(path) || says_generated(&out->lx, &out->tree);
	outline_build(&out->outline, a, &out->tree);
	import_collect(&out->imports, a, &out->outline);
}

void source_read(struct source *out, struct arena *a, struct span path,
		 struct span text)
{
	source_skim(out, a, path, text);
	tree_statements(&out->tree, a);
	context_build(&out->context, a, &out->outline);
}

bool source_understood(const struct source *s)
{
	return !(s->lx.flags & LEXER_LIMIT) && !s->lx.errors && !s->tree.flags;
}

bool source_test(const struct source *s, uint32_t token)
{
	uint32_t item;

	if (s->role == ROLE_TEST || s->role == ROLE_BENCH || s->outline.test)
		return true;
	item = outline_at(&s->outline, s->lx.tok[token].start);
	return item != OUTLINE_NONE &&
	       s->outline.item[item].flags & ITEM_IN_TEST;
}

uint32_t source_item(const struct source *s, uint32_t token,
		     enum item_kind kind)
{
	uint32_t i = outline_at(&s->outline, s->lx.tok[token].start);

	while (i != OUTLINE_NONE && s->outline.item[i].kind != kind)
		i = s->outline.item[i].parent;
	return i;
}

struct span source_line(const struct source *s, uint32_t line)
{
	uint32_t i = lexer_at_line(&s->lx, line);
	struct span src = s->lx.src;
	size_t at, from, to;

	if (i >= s->lx.count || s->lx.tok[i].line != line)
		return (struct span){ 0 };
	at = from = to = s->lx.tok[i].start;
	while (from && at - from < LINE_BEFORE && src.ptr[from - 1] != '\n')
		from--;
	while (to < src.len && to - at < LINE_BEHIND && src.ptr[to] != '\n')
		to++;
	/* never the second half of a character */
	while (from < at && ((unsigned char)src.ptr[from] & 0xc0) == 0x80)
		from++;
	src = text_clip(span_from(src, from), to - from);
	return span_trim(src);
}
