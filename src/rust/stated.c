#include "rust/stated.h"

#include <string.h>

#include "base/arena.h"

static bool word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static uint64_t hash(struct span word, bool fold)
{
	uint64_t h = 0xcbf29ce484222325; /* FNV-1a */

	for (size_t i = 0; i < word.len; i++)
		h = (h ^
		     (unsigned char)(fold ? lower(word.ptr[i]) : word.ptr[i])) *
		    0x100000001b3;
	return h;
}

/* Capitals and `_`, or what stands before and behind it: `a`, a::b, a(). */
static bool reads_as_code(struct span word, char before, char behind)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] == '_' || word.ptr[i] != lower(word.ptr[i]))
			return true;
	return before == '`' || behind == '`' || before == ':' || behind == '(';
}

/* A line that begins "feat!:", "feat(pool)!:" (conventionalcommits.org) or, as
 * some have it, "feat!(pool):". */
static bool marked(struct span line)
{
	bool mark = false;
	size_t n = 0;

	while (n < line.len && word_byte(line.ptr[n]))
		n++;
	if (!n)
		return false;
	line = span_from(line, n);
	for (unsigned k = 0; k < 2; k++) {
		ptrdiff_t close;

		if (span_starts(line, "!")) {
			mark = true;
			line = span_from(line, 1);
		}
		close = span_chr(line, ')');
		if (span_starts(line, "(") && close > 0)
			line = span_from(line, (size_t)close + 1);
	}
	return mark && span_starts(line, ":");
}

static bool begins_nocase(struct span line, const char *word)
{
	return span_eqs_nocase(span_first(line, strlen(word)), word);
}

/* "Revert …", "pool: revert …", "This reverts commit …". */
static bool takes_back(struct span line)
{
	ptrdiff_t colon = span_chr(line, ':');

	return begins_nocase(line, "revert") ||
	       begins_nocase(line, "this reverts") ||
	       (colon >= 0 &&
		begins_nocase(span_trim(span_from(line, (size_t)colon + 1)),
			      "revert"));
}

static void add_words(struct stated *out, struct arena *a, struct span text)
{
	ptrdiff_t empty = span_find(text, SPAN("\n\n"));
	size_t head = empty < 0 ? text.len : (size_t)empty, i = 0, from;

	while (i < text.len) {
		struct span word;

		if (!word_byte(text.ptr[i])) {
			i++;
			continue;
		}
		for (from = i; i < text.len && word_byte(text.ptr[i]);)
			i++;
		word = span_first(span_from(text, from), i - from);
		*vec_push(from < head ? &out->head.rows : &out->body.rows, a) =
			hash(word, true);
		out->breaking |= span_eqs_nocase(word, "breaking");
		if (reads_as_code(word, from ? text.ptr[from - 1] : ' ',
				  i < text.len ? text.ptr[i] : ' '))
			*vec_push(&out->code.rows, a) = hash(word, false);
	}
}

void stated_read(struct stated *out, struct arena *a, struct span text)
{
	struct span rest = span_first(text, STATED_MAX), line;

	*out = (struct stated){ 0 };
	add_words(out, a, rest);
	for (bool head = true; text_line(&rest, &line);) {
		head &= line.len > 0;
		out->breaking |= marked(line);
		/* a change log, further down, has many */
		out->reverts |= head ? takes_back(line)
				     : begins_nocase(line, "this reverts");
	}
	hashes_sort(&out->head);
	hashes_sort(&out->body);
	hashes_sort(&out->code);
}

bool stated_says(const struct stated *st, const char *const *words)
{
	for (; st && *words; words++)
		if (hashes_has(&st->head, hash(span_of(*words), true)))
			return true;
	return false;
}

bool stated_mentions(const struct stated *st, const char *const *words)
{
	if (stated_says(st, words))
		return true;
	for (; st && *words; words++)
		if (hashes_has(&st->body, hash(span_of(*words), true)))
			return true;
	return false;
}

bool stated_names(const struct stated *st, struct span name)
{
	return st && hashes_has(&st->code, hash(name, false));
}
