/* gitignore(5) patterns over paths. Part of base/text. */
#include "base/text.h"

/* One [set] off *p against c. An unclosed set is a literal '['. */
static bool match_set(struct span *p, char c)
{
	struct span s = span_from(*p, 1);
	bool negate = false, hit = false, first = true;

	if (s.len && (s.ptr[0] == '!' || s.ptr[0] == '^')) {
		negate = true;
		s = span_from(s, 1);
	}
	for (; s.len && (first || s.ptr[0] != ']'); first = false) {
		char lo = s.ptr[0], hi = lo;

		if (s.len > 2 && s.ptr[1] == '-' && s.ptr[2] != ']') {
			hi = s.ptr[2];
			s = span_from(s, 2);
		}
		hit |= c >= lo && c <= hi;
		s = span_from(s, 1);
	}
	if (!s.len) {
		*p = span_from(*p, 1);
		return c == '[';
	}
	*p = span_from(s, 1);
	return hit != negate && c != '/';
}

/* One pattern element that is no star, off both sides. */
static bool match_one(struct span *p, struct span *s)
{
	char c = p->ptr[0];

	if (!s->len)
		return false;
	if (c == '[') {
		if (!match_set(p, s->ptr[0]))
			return false;
	} else if (c == '?') {
		if (s->ptr[0] == '/')
			return false;
		*p = span_from(*p, 1);
	} else {
		if (c == '\\' && p->len > 1)
			*p = span_from(*p, 1);
		if (p->ptr[0] != s->ptr[0])
			return false;
		*p = span_from(*p, 1);
	}
	*s = span_from(*s, 1);
	return true;
}

/*
 * Two points to go back to: the last `*`, which may not take a slash, and the
 * last `**`, which may. Going back further can never help.
 */
static bool match(struct span p, struct span s)
{
	struct span star_p = { 0 }, star_s = { 0 };
	struct span deep_p = { 0 }, deep_s = { 0 };
	bool whole = false; /* two stars and a slash: whole components */

	while (s.len || p.len) {
		if (span_starts(p, "**")) {
			p = span_from(p, 2);
			whole = span_starts(p, "/");
			if (whole)
				p = span_from(p, 1);
			deep_p = p;
			deep_s = s;
			star_p.ptr = NULL;
			continue;
		}
		if (p.len && p.ptr[0] == '*') {
			p = span_from(p, 1);
			star_p = p;
			star_s = s;
			continue;
		}
		if (p.len && match_one(&p, &s))
			continue;
		if (star_p.ptr && star_s.len && star_s.ptr[0] != '/') {
			star_s = span_from(star_s, 1);
			s = star_s;
			p = star_p;
			continue;
		}
		if (deep_p.ptr && deep_s.len) {
			ptrdiff_t slash = span_chr(deep_s, '/');

			if (whole && slash < 0)
				return false;
			deep_s = span_from(deep_s,
					   whole ? (size_t)slash + 1 : 1);
			s = deep_s;
			p = deep_p;
			star_p.ptr = NULL;
			continue;
		}
		return false;
	}
	return true;
}

bool text_glob(struct span pattern, struct span path)
{
	struct span folder, rest = path;
	bool anchored;
	size_t i;

	if (pattern.len && pattern.ptr[pattern.len - 1] == '/')
		pattern.len--;
	anchored = span_chr(pattern, '/') >= 0;
	if (pattern.len && pattern.ptr[0] == '/')
		pattern = span_from(pattern, 1);
	for (i = 0; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/')
			continue;
		folder = span_first(path, i);
		if (match(pattern,
			  anchored ? folder
				   : (struct span){ rest.ptr,
						    (size_t)(path.ptr + i -
							     rest.ptr) }))
			return true;
		if (i < path.len)
			rest = span_from(path, i + 1);
	}
	return false;
}
