/*
 * The words of an input's first line are looked for in all of it: the skim
 * finds what a plain search finds, and what the index keeps are whole lines of
 * the input, at their numbers.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "rust/index.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void check_skim(struct arena *a, const struct skim *s, struct span text)
{
	struct skim_hits hits = { 0 };
	size_t at = 0, n = 0;

	skim_run(s, a, text, &hits);
	while (at < text.len) {
		size_t from = at;
		struct span word;

		while (at < text.len &&
		       skim_word_byte((unsigned char)text.ptr[at]))
			at++;
		word = (struct span){ text.ptr + from, at - from };
		if (at == from)
			at++;
		else if (skim_find(s, word) != SKIM_NONE) {
			assert(n < hits.rows.len);
			assert(hits.rows.ptr[n].at == from);
			assert(hits.rows.ptr[n].word == skim_find(s, word));
			n++;
		}
	}
	assert(n == hits.rows.len);
}

static void check_excerpt(struct span text, struct excerpt e)
{
	struct span line;

	if (!e.text.len)
		return;
	for (uint32_t n = 1; n < e.line; n++)
		assert(text_line(&text, &line));
	assert(text.len >= e.text.len);
	assert(!memcmp(text.ptr, e.text.ptr, e.text.len));
	assert(text.len == e.text.len || e.text.ptr[e.text.len - 1] == '\n');
}

static void check_index(struct arena *a, struct index *ix, struct span text)
{
	struct arena scratch = { 0 };
	struct references refs;
	struct source s;
	struct index_site site = index_site(ix, a, SPAN("src/a.rs"));

	index_add(ix, &scratch, site.path, text);
	arena_release(&scratch);
	vec_each (struct definition *, d, &ix->definitions) {
		check_excerpt(text, (*d)->doc);
		check_excerpt(text, (*d)->header);
		check_excerpt(text, (*d)->whole);
		vec_each (struct excerpt, m, &(*d)->members)
			check_excerpt(text, *m);
	}
	source_read(&s, a, site.path, text);
	reference_collect(&refs, a, &s, NULL, 0);
	vec_each (struct reference, r, &refs.rows) {
		struct index_answer found;

		assert(r->token < s.lx.count && r->name.len);
		index_find(&found, ix, r, &site);
		assert(found.len <= found.known);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span text = { (const char *)data, size }, rest = text;
	struct span line = { 0 }, word;
	struct arena a = { 0 };
	struct index ix;
	unsigned n = 0;

	index_init(&ix, &a, NULL, 0);
	text_line(&rest, &line);
	while (n++ < 64 && text_field(&line, ' ', &word)) {
		index_want(&ix, word, INDEX_ITEM | INDEX_IMPL, SPAN(""));
		index_count(&ix, word, SPAN(""), n % 2 ? ITEM_FN : ITEM_KINDS,
			    SPAN("src/b.rs"));
	}
	check_skim(&a, &ix.skim, text);
	check_index(&a, &ix, text);
	arena_release(&a);
	return 0;
}
