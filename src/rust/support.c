#include "rust/support.h"

#include <ctype.h>
#include <string.h>

/* Words of names that say so of a module, a type, a function. */
static const char *const stands_in[] = {
	"mock",	 "mocks", "fake",    "fakes",	 "stub",    "stubs",
	"dummy", "noop",  "fixture", "fixtures", "example", "examples",
};
/* The same of all but functions: `test_connection` may be a program's. */
static const char *const tests[] = { "test", "tests", "testing" };
/* Whole names of functions that make an example of their type. */
static const char *const makers[] = { "generate_config" };
/* What documentation says, in any case. */
static const char *const says[] = {
	"for test",	"in tests",    "test-only",	"test only",
	"testing only", "test helper", "used by tests", "placeholder",
	"a stub",	"mock ",
};

static bool word_in(struct span word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eqs_nocase(word, words[i]))
			return true;
	return false;
}

/* Is a part of snake_case or CamelCase one of the words? */
static bool name_has(struct span name, const char *const *words, size_t n)
{
	struct span word = { name.ptr, 0 };

	for (size_t i = 0; i <= name.len; i++) {
		bool end = i == name.len || name.ptr[i] == '_';
		bool camel = !end && i && isupper((unsigned char)name.ptr[i]) &&
			     !isupper((unsigned char)name.ptr[i - 1]);

		if (end || camel) {
			if (word_in(word, words, n))
				return true;
			word = (struct span){ name.ptr + i + end, 0 };
		}
		word.len += !end;
	}
	return false;
}

#define NAME_HAS(name, table) \
	name_has((name), (table), sizeof(table) / sizeof(*(table)))

/* What stands above the item: its documentation and attributes, of long ones
 * the end. */
static struct span above(const struct source *s, const struct item *it)
{
	uint32_t len = s->lx.tok[it->head].start - it->start;
	uint32_t cut = len > SUPPORT_BYTES ? len - SUPPORT_BYTES : 0;

	return (struct span){ s->lx.src.ptr + it->start + cut, len - cut };
}

static bool holds(struct span text, const char *words)
{
	size_t n = strlen(words);

	for (size_t i = 0; i + n <= text.len; i++)
		if (tolower((unsigned char)text.ptr[i]) == *words &&
		    span_eqs_nocase(span_first(span_from(text, i), n), words))
			return true;
	return false;
}

static bool documented(const struct source *s, const struct item *it)
{
	struct span text = above(s, it);

	for (size_t i = 0; i < sizeof(says) / sizeof(*says); i++)
		if (holds(text, says[i]))
			return true;
	return false;
}

/* The type that the impl at index is of, where the file declares it at most so
 * many items before; or NULL. */
static const struct item *type_of(const struct source *s, uint32_t impl)
{
	struct span name = s->outline.item[impl].name;

	for (uint32_t n = 0; n < SUPPORT_ITEMS && n < impl; n++) {
		const struct item *it = &s->outline.item[impl - 1 - n];

		if ((it->kind == ITEM_STRUCT || it->kind == ITEM_ENUM) &&
		    span_eq(it->name, name))
			return it;
	}
	return NULL;
}

static bool stands_aside(const struct source *s, uint32_t index)
{
	const struct item *it = &s->outline.item[index], *type;

	if (NAME_HAS(it->name, stands_in) || documented(s, it))
		return true;
	if (it->kind == ITEM_FN)
		return word_in(it->name, makers,
			       sizeof(makers) / sizeof(*makers));
	if (NAME_HAS(it->name, tests))
		return true;
	type = it->kind == ITEM_IMPL ? type_of(s, index) : NULL;
	return type && documented(s, type);
}

bool support_code(const struct source *s, uint32_t i)
{
	uint32_t at = i < s->lx.count
			      ? outline_at(&s->outline, s->lx.tok[i].start)
			      : OUTLINE_NONE;

	for (unsigned n = 0; at != OUTLINE_NONE && n < SUPPORT_DEPTH; n++) {
		if (stands_aside(s, at))
			return true;
		at = s->outline.item[at].parent;
	}
	return false;
}

bool support_panics(const struct source *s, uint32_t i)
{
	uint32_t fn = source_item(s, i, ITEM_FN);

	return fn != OUTLINE_NONE &&
	       holds(above(s, &s->outline.item[fn]), "# panics");
}
