/*
 * What holds of every page, whatever bytes were put into it: shared by the unit
 * tests and the fuzz target. A tokenizer that knows the tags and attributes the
 * program writes and takes nothing else: html_broken() says what it met.
 */
#ifndef HTML_STRICT_H
#define HTML_STRICT_H

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/vec.h"

#define STRICT_DEPTH 256

struct strict {
	struct span rest;
	struct arena arena;
	struct span open[STRICT_DEPTH];
	size_t depth;
	VEC(struct span) ids, targets;
};

/* Elements, each between blanks; those that hold nothing; those whose text no
 * tag may stand in. */
static const char strict_elements[] =
	" a article blockquote body button code col colgroup details div em "
	"fieldset footer form h1 h2 h3 h4 h5 h6 head header html label legend "
	"li main nav ol option output p pre script section select span strong "
	"style summary svg table tbody td th thead title tr ul br hr input "
	"meta rect ";
static const char strict_void[] = " br col hr input meta rect ";
static const char strict_raw[] = " script style ";
static const char strict_attributes[] =
	" aria-hidden aria-label aria-labelledby autocomplete charset checked "
	"class colspan content data-level data-part data-section focusable "
	"height href http-equiv id lang name open preserveAspectRatio scope "
	"start tabindex type value viewBox width x y ";

static inline bool strict_in(const char *list, struct span word)
{
	struct span rest = span_of(list), one;

	while (text_field(&rest, ' ', &one))
		if (word.len && span_eq(one, word))
			return true;
	return false;
}

/* A name's length at the start of s. */
static inline size_t strict_name(struct span s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] && strchr(" \n>=/\"", s.ptr[n]) == NULL)
		n++;
	return n;
}

/* Text or an attribute's value: known references, nothing raw. */
static inline const char *strict_text(struct span s)
{
	static const char *const refs[] = { "&amp;", "&lt;", "&gt;", "&quot;",
					    "&#39;" };

	for (size_t i = 0; i < s.len; i++) {
		bool known = false;

		if (strchr("<>\"'", s.ptr[i]) && s.ptr[i])
			return "an unescaped character";
		if (s.ptr[i] != '&')
			continue;
		for (size_t k = 0; k < sizeof(refs) / sizeof(*refs); k++)
			known |= span_starts(span_from(s, i), refs[k]);
		if (!known)
			return "an unknown reference";
	}
	return NULL;
}

/* The name of a page of a batch, in the same folder? */
static inline bool strict_neighbour(struct span s)
{
	static const char bytes[] = "abcdefghijklmnopqrstuvwxyz0123456789._~-";

	for (size_t i = 0; i < s.len; i++)
		if (!s.ptr[i] || !strchr(bytes, s.ptr[i]))
			return false;
	return span_ends(s, ".html");
}

static inline const char *strict_value(struct strict *st, struct span name,
				       struct span value)
{
	/* the page's policy, of our own making */
	if (span_eqs(name, "content"))
		return NULL;
	if (span_eqs(name, "id")) {
		vec_each (struct span, id, &st->ids)
			if (span_eq(*id, value))
				return "an id given twice";
		*vec_push(&st->ids, &st->arena) = value;
	}
	if (span_eqs(name, "aria-labelledby"))
		*vec_push(&st->targets, &st->arena) = value;
	if (span_eqs(name, "href") && !strict_neighbour(value)) {
		if (!span_starts(value, "#"))
			return "a link out of the page";
		*vec_push(&st->targets, &st->arena) = span_from(value, 1);
	}
	return strict_text(value);
}

/* What stands between a tag's name and its `>`, which is taken off. */
static inline const char *strict_attribute_list(struct strict *st)
{
	for (;;) {
		struct span name, value = { 0 };
		const char *wrong;
		ptrdiff_t end;

		while (span_starts(st->rest, " ") || span_starts(st->rest, "/"))
			st->rest = span_from(st->rest, 1);
		if (span_starts(st->rest, ">")) {
			st->rest = span_from(st->rest, 1);
			return NULL;
		}
		name = span_first(st->rest, strict_name(st->rest));
		if (!strict_in(strict_attributes, name))
			return "an unknown attribute";
		st->rest = span_from(st->rest, name.len);
		if (span_starts(st->rest, "=\"")) {
			st->rest = span_from(st->rest, 2);
			end = span_chr(st->rest, '"');
			if (end < 0)
				return "an open attribute";
			value = span_first(st->rest, (size_t)end);
			st->rest = span_from(st->rest, (size_t)end + 1);
		}
		wrong = strict_value(st, name, value);
		if (wrong)
			return wrong;
	}
}

static inline const char *strict_end_tag(struct strict *st)
{
	struct span name;

	st->rest = span_from(st->rest, 2);
	name = span_first(st->rest, strict_name(st->rest));
	if (!st->depth || !span_eq(st->open[--st->depth], name))
		return "an end tag that ends nothing";
	st->rest = span_from(st->rest, name.len);
	if (!span_starts(st->rest, ">"))
		return "an end tag with more in it";
	st->rest = span_from(st->rest, 1);
	return NULL;
}

static inline const char *strict_raw_text(struct strict *st, struct span name)
{
	ptrdiff_t end = span_find(st->rest, SPAN("</"));

	if (end < 0 ||
	    !span_starts(span_from(st->rest, (size_t)end + 2),
			 span_eqs(name, "style") ? "style>" : "script>"))
		return "an end tag in a style or script";
	st->rest = span_from(st->rest, (size_t)end);
	return NULL;
}

static inline const char *strict_tag(struct strict *st)
{
	struct span name;
	const char *wrong;

	if (span_starts(st->rest, "</"))
		return strict_end_tag(st);
	st->rest = span_from(st->rest, 1);
	name = span_first(st->rest, strict_name(st->rest));
	if (!strict_in(strict_elements, name))
		return "an unknown element";
	st->rest = span_from(st->rest, name.len);
	wrong = strict_attribute_list(st);
	if (wrong || strict_in(strict_void, name))
		return wrong;
	if (st->depth == STRICT_DEPTH)
		return "elements nested too deep";
	st->open[st->depth++] = name;
	return strict_in(strict_raw, name) ? strict_raw_text(st, name) : NULL;
}

static inline const char *strict_targets(const struct strict *st)
{
	vec_each (struct span, to, &st->targets) {
		bool found = false;

		vec_each (struct span, id, &st->ids)
			found |= span_eq(*to, *id);
		if (!found)
			return "a link to nowhere";
	}
	return NULL;
}

static inline const char *strict_run(struct strict *st)
{
	const char *wrong = NULL;
	ptrdiff_t n;

	if (!span_starts(st->rest, "<!DOCTYPE html>\n"))
		return "no document";
	st->rest = span_from(st->rest, 15);
	while (st->rest.len && !wrong) {
		n = span_chr(st->rest, '<');
		wrong = strict_text(
			span_first(st->rest, n < 0 ? st->rest.len : (size_t)n));
		if (wrong || n < 0)
			break;
		st->rest = span_from(st->rest, (size_t)n);
		wrong = strict_tag(st);
	}
	if (!wrong && st->depth)
		wrong = "an open element";
	return wrong ? wrong : strict_targets(st);
}

/* What is wrong with a page, or NULL. */
static inline const char *html_broken(struct span page)
{
	struct strict st = { .rest = page };
	const char *wrong;
	uint32_t cp;
	size_t at;

	if (text_hidden(page, &at, &cp))
		return "an invisible character";
	if (!text_utf8_valid(page))
		return "bytes that are no UTF-8";
	wrong = strict_run(&st);
	arena_release(&st.arena);
	return wrong;
}

#endif
