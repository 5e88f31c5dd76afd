/*
 * gitignore(5) patterns over paths, as git's wildmatch reads them, without
 * POSIX classes. Total; no pattern makes it go back further than the last
 * star of a component and the last `**`. Part of base/text.
 */
#include "base/text.h"

/* A byte of a [set], which may be escaped; false when none is left. */
static bool set_byte(struct span *s, unsigned char *c)
{
	if (s->len > 1 && s->ptr[0] == '\\')
		*s = span_from(*s, 1);
	if (!s->len)
		return false;
	*c = (unsigned char)s->ptr[0];
	*s = span_from(*s, 1);
	return true;
}

/* One [set] off *p against c. An unclosed set matches nothing. */
static bool match_set(struct span *p, unsigned char c)
{
	struct span s = span_from(*p, 1);
	bool negate = false, hit = false, first = true;

	if (s.len && (s.ptr[0] == '!' || s.ptr[0] == '^')) {
		negate = true;
		s = span_from(s, 1);
	}
	for (; first || !span_starts(s, "]"); first = false) {
		unsigned char lo, hi;

		if (!set_byte(&s, &lo))
			return false;
		hi = lo;
		if (s.len > 1 && s.ptr[0] == '-' && s.ptr[1] != ']') {
			s = span_from(s, 1);
			if (!set_byte(&s, &hi))
				return false;
		}
		/* as git has it, the first byte counts in [b-a] too */
		hit |= c == lo || (c > lo && c <= hi);
	}
	*p = span_from(s, 1);
	return hit != negate && c != '/';
}

/* One pattern element that is no star, off both sides. */
static bool match_one(struct span *p, struct span *s)
{
	if (!p->len || !s->len)
		return false;
	if (p->ptr[0] == '[') {
		if (!match_set(p, (unsigned char)s->ptr[0]))
			return false;
	} else {
		bool any = p->ptr[0] == '?' && s->ptr[0] != '/';

		if (p->ptr[0] == '\\')
			*p = span_from(*p, 1);
		else if (p->ptr[0] == '?' && !any)
			return false;
		if (!p->len || (!any && p->ptr[0] != s->ptr[0]))
			return false;
		*p = span_from(*p, 1);
	}
	*s = span_from(*s, 1);
	return true;
}

/* Where an attempt goes on from after a failure; unset while p.ptr is NULL. */
struct retry {
	struct span p, s;
};

/*
 * The stars that *p begins with. Two or more that fill a component reach
 * across slashes; any others stay within theirs.
 */
static bool take_stars(struct span *p, const char *start)
{
	const char *first = p->ptr;
	bool alone = first == start || first[-1] == '/';

	while (span_starts(*p, "*"))
		*p = span_from(*p, 1);
	return alone && p->ptr - first > 1 && (!p->len || p->ptr[0] == '/');
}

/* A star takes one byte more, or else `**` one component more. */
static bool go_back(struct retry *star, struct retry *deep, struct span *p,
		    struct span *s)
{
	struct retry *to = star;
	ptrdiff_t slash;

	if (star->p.ptr && star->s.len && star->s.ptr[0] != '/') {
		star->s = span_from(star->s, 1);
	} else {
		slash = deep->p.ptr ? span_chr(deep->s, '/') : -1;
		if (slash < 0)
			return false;
		deep->s = span_from(deep->s, (size_t)slash + 1);
		star->p.ptr = NULL;
		to = deep;
	}
	*p = to->p;
	*s = to->s;
	return true;
}

/* Does p match s, or a leading folder of it? */
static bool match(struct span p, struct span s, bool only_folders)
{
	struct retry star = { 0 }, deep = { 0 };
	const char *start = p.ptr;

	for (;;) {
		if (!p.len && (s.len ? s.ptr[0] == '/' : !only_folders))
			return true;
		if (span_starts(p, "*")) {
			if (!take_stars(&p, start)) {
				star = (struct retry){ p, s };
				continue;
			}
			if (!p.len)
				return s.len &&
				       (!only_folders || span_chr(s, '/') >= 0);
			p = span_from(p, 1);
			deep = (struct retry){ p, s };
			star.p.ptr = NULL;
			continue;
		}
		if (match_one(&p, &s)) {
			/* a component that matched stays as it is */
			if (p.ptr[-1] == '/')
				star.p.ptr = NULL;
			continue;
		}
		if (!go_back(&star, &deep, &p, &s))
			return false;
	}
}

bool text_glob(struct span pattern, struct span path)
{
	bool only_folders = span_ends(pattern, "/");
	bool anchored;
	struct span part;

	if (only_folders)
		pattern.len--;
	anchored = span_chr(pattern, '/') >= 0;
	if (span_starts(pattern, "/"))
		pattern = span_from(pattern, 1);
	if (!pattern.len)
		return false;
	if (anchored)
		return match(pattern, path, only_folders);
	do {
		if (match(pattern, path, only_folders))
			return true;
	} while (text_field(&path, '/', &part) && path.ptr);
	return false;
}

const char *text_glob_fault(struct span pattern)
{
	while (pattern.len) {
		const char *at = pattern.ptr;

		if (*at == '[') {
			/* an unclosed set leaves the place as it is */
			match_set(&pattern, 0);
			if (pattern.ptr == at)
				return "`[` is never closed";
			continue;
		}
		if (*at == '\\' && pattern.len == 1)
			return "nothing follows its last `\\`";
		pattern = span_from(pattern, *at == '\\' ? 2 : 1);
	}
	return NULL;
}
