#include "core/finding.h"

#include <ctype.h>
#include <string.h>

static const char *const names[LEVEL_COUNT] = {
	[LEVEL_MUST_FIX] = "must-fix",
	[LEVEL_SHOULD_FIX] = "should-fix",
	[LEVEL_QUESTION] = "question",
	[LEVEL_NICE_TO_HAVE] = "nice-to-have",
};

const char *finding_level_name(enum finding_level l)
{
	return names[l];
}

bool finding_sure(const struct finding *f)
{
	return !f->mask && f->check != FINDING_CONTRADICTED &&
	       (f->own || f->check == FINDING_VERIFIED);
}

bool finding_gates(const struct finding *f, enum finding_level level)
{
	return f->level <= level && finding_sure(f) && !f->pre_existing &&
	       (f->age != FINDING_KNOWN || f->known_expired);
}

const char *finding_age_name(enum finding_age a)
{
	static const char *const words[] = {
		[FINDING_AGE_UNKNOWN] = "unknown",
		[FINDING_NEW] = "new",
		[FINDING_KNOWN] = "known",
	};

	return words[a];
}

const char *finding_check_name(enum finding_check c)
{
	static const char *const words[] = {
		[FINDING_UNCHECKED] = "unchecked",
		[FINDING_VERIFIED] = "verified",
		[FINDING_UNVERIFIED] = "unverified",
		[FINDING_CONTRADICTED] = "contradicted",
	};

	return words[c];
}

enum mark { UNVERIFIED, CONTRADICTED, MASKED, OLD, PRE_EXISTING, MARKS };

static const char *const marks[MARKS] = {
	[UNVERIFIED] = "unverified",	 [CONTRADICTED] = "contradicted",
	[MASKED] = "masked value",	 [OLD] = "before the change",
	[PRE_EXISTING] = "pre-existing",
};

const char *finding_mark(const struct finding *f)
{
	if (f->check == FINDING_UNVERIFIED)
		return marks[UNVERIFIED];
	if (f->check == FINDING_CONTRADICTED)
		return marks[CONTRADICTED];
	if (f->mask)
		return marks[MASKED];
	if (f->old)
		return marks[OLD];
	return f->pre_existing ? marks[PRE_EXISTING] : NULL;
}

size_t finding_mark_at(struct span s)
{
	if (!span_starts(s, "*("))
		return 0;
	for (size_t i = 0; i < MARKS; i++) {
		size_t n = strlen(marks[i]);

		if (span_starts(span_from(s, 2), marks[i]) &&
		    span_starts(span_from(s, 2 + n), ")*"))
			return n + 4;
	}
	return 0;
}

static bool separator(char c)
{
	return c == '-' || c == ' ' || c == '_';
}

/* Letters agree; where the name has a hyphen, separators are optional. */
static bool same_word(struct span w, const char *name)
{
	for (; *name; name++) {
		if (*name == '-') {
			while (w.len && separator(w.ptr[0]))
				w = span_from(w, 1);
			continue;
		}
		if (!w.len || tolower((unsigned char)w.ptr[0]) != *name)
			return false;
		w = span_from(w, 1);
	}
	return !w.len;
}

int finding_level_find(struct span word)
{
	int i;

	for (i = 0; i < LEVEL_COUNT; i++)
		if (same_word(span_trim(word), names[i]))
			return i;
	return -1;
}
