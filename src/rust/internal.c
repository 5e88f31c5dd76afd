/*
 * A text is read sentence by sentence, as its words in small letters with one
 * space on each side.
 */
#include "rust/internal.h"

#include "base/buf.h"

enum place {
	OPENING, /* the first words of all */
	SAID,	 /* in the first sentence, or one about the crate */
	OF_CRATE /* in one about the crate */
};

static const struct {
	const char *words;
	enum place place;
} signs[] = {
	{ " internal code ", OPENING },
	{ " internal component ", OPENING },
	{ " internal components ", OPENING },
	{ " internal details ", OPENING },
	{ " internal functionality ", OPENING },
	{ " internal helpers ", OPENING },
	{ " internal implementation ", OPENING },
	{ " internal macros ", OPENING },
	{ " internal support ", OPENING },
	{ " internal tools ", OPENING },
	{ " internal types ", OPENING },
	{ " internal utilities ", OPENING },
	{ " implementation detail ", OPENING },
	{ " implementation details ", OPENING },
	{ " do not use ", OPENING },
	{ " internal crate ", SAID },
	{ " internal dependency ", SAID },
	{ " internal library ", SAID },
	{ " implementation detail of ", SAID },
	{ " internal use only ", SAID },
	{ " not intended for direct use ", SAID },
	{ " not intended for external use ", SAID },
	{ " not intended for general use ", SAID },
	{ " not intended for public use ", SAID },
	{ " not intended for use outside ", SAID },
	{ " not intended to be used directly ", SAID },
	{ " not meant for direct use ", SAID },
	{ " not meant to be used directly ", SAID },
	{ " do not depend on this ", SAID },
	{ " do not use directly ", SAID },
	{ " do not use this crate directly ", SAID },
	{ " implementation detail ", OF_CRATE },
	{ " for internal use ", OF_CRATE },
	{ " internal api ", OF_CRATE },
};

static bool about_crate(struct span sentence)
{
	return span_find(sentence, SPAN(" this crate ")) >= 0 ||
	       span_find(sentence, SPAN(" this library ")) >= 0 ||
	       span_find(sentence, SPAN(" this package ")) >= 0 ||
	       span_find(sentence, SPAN(" internal crate ")) >= 0;
}

static bool sentence_says(struct span sentence, bool first)
{
	bool crate = about_crate(sentence);

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		bool asked = signs[i].place == OPENING ? first
			     : signs[i].place == SAID  ? first || crate
						       : crate;
		ptrdiff_t at;

		if (!asked)
			continue;
		at = span_find(sentence, span_of(signs[i].words));
		if (at == 0 || (at > 0 && signs[i].place != OPENING))
			return true;
	}
	return false;
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Does a sentence end at i: a full stop before a space, or an empty line? */
static bool sentence_ends(struct span text, size_t i)
{
	char next = i + 1 < text.len ? text.ptr[i + 1] : ' ';

	return (text.ptr[i] == '.' && (next == ' ' || next == '\n')) ||
	       (text.ptr[i] == '\n' && next == '\n');
}

bool internal_text(struct span text)
{
	struct buf b = { 0 };
	bool first = true, found = false;

	text = span_first(text, INTERNAL_MAX);
	for (size_t i = 0; i <= text.len && !found; i++) {
		if (i < text.len && letter(text.ptr[i])) {
			if (!b.len)
				buf_addc(&b, ' ');
			buf_addc(&b, lower(text.ptr[i]));
		} else if (b.len && b.ptr[b.len - 1] != ' ') {
			buf_addc(&b, ' ');
		}
		if (b.len && (i == text.len || sentence_ends(text, i))) {
			found = sentence_says(buf_span(&b), first);
			first = false;
			b.len = 0;
		}
	}
	buf_release(&b);
	return found;
}

bool internal_docs(struct span source)
{
	struct buf docs = { 0 };
	struct span line;
	bool found;

	while (docs.len < INTERNAL_MAX && text_line(&source, &line)) {
		line = span_trim(line);
		if (span_starts(line, "//!")) {
			buf_addsp(&docs, span_trim(span_from(line, 3)));
			buf_addc(&docs, '\n');
		} else if (line.len && !span_starts(line, "//") &&
			   !span_starts(line, "#!")) {
			break;
		}
	}
	found = internal_text(buf_span(&docs));
	buf_release(&docs);
	return found;
}
