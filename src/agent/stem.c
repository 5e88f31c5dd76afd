/*
 * A light stemmer: after Porter (1980), steps 1a to 1c, with what few endings
 * of agents and actions source code is full of. Two words of one origin need
 * only come out alike; what comes out need not be a word.
 */
#include <string.h>

#include "agent/terms.h"

#define LEAST_ROOT 4 /* letters that must stay */

static bool ends(const char *w, size_t n, const char *suffix)
{
	size_t m = strlen(suffix);

	return n > m && !memcmp(w + n - m, suffix, m);
}

static bool vowel(const char *w, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (w[i] && strchr("aeiouy", w[i]))
			return true;
	return false;
}

static size_t plural(const char *w, size_t n)
{
	if (ends(w, n, "ches") || ends(w, n, "shes") || ends(w, n, "sses") ||
	    ends(w, n, "xes") || ends(w, n, "zes"))
		return n - 2;
	if (n > 3 && ends(w, n, "s") && !ends(w, n, "ss") &&
	    !ends(w, n, "us") && !ends(w, n, "is"))
		return n - 1;
	return n;
}

static size_t tense(const char *w, size_t n)
{
	if (n > 5 && ends(w, n, "ing") && vowel(w, n - 3))
		return n - 3;
	if (n > 4 && ends(w, n, "ed") && !ends(w, n, "eed") && vowel(w, n - 2))
		return n - 2;
	return n;
}

/* The last letter: no final e, y as i, none twice. */
static size_t finish(char *w, size_t n)
{
	if (n > 3 && w[n - 1] == 'e')
		n--;
	if (n > 2 && w[n - 1] == 'y')
		w[n - 1] = 'i';
	if (n > 3 && w[n - 1] == w[n - 2])
		n--;
	return n;
}

size_t term_stem(char *out, struct span word)
{
	static const char *const odd[][2] = {
		{ "indices", "index" },
		{ "embed", "embedd" },
		{ "vertices", "vertex" },
	};
	size_t n = word.len;

	if (n > TERM_BYTES)
		return 0;
	for (size_t i = 0; i < n; i++)
		out[i] = (char)(word.ptr[i] >= 'A' && word.ptr[i] <= 'Z'
					? word.ptr[i] + ('a' - 'A')
					: word.ptr[i]);
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++)
		if (span_eqs((struct span){ out, n }, odd[i][0])) {
			n = strlen(odd[i][1]);
			memcpy(out, odd[i][1], n);
			return finish(out, n);
		}
	if (n > 4 && (ends(out, n, "ies") || ends(out, n, "ied"))) {
		n -= 2;
		return n;
	}
	n = plural(out, n);
	n = tense(out, n);
	return finish(out, n);
}

size_t term_root(char *w, size_t n)
{
	size_t from = n;

	if (ends(w, n, "er") || ends(w, n, "or"))
		n -= 2;
	/* "logger", "setter" */
	if (n != from && n > 3 && w[n - 1] == w[n - 2])
		return n - 1;
	if (ends(w, n, "ion"))
		n -= 3;
	if (n < LEAST_ROOT)
		return from;
	if ((ends(w, n, "at") || (n == from && ends(w, n, "ag"))) &&
	    n - 2 >= LEAST_ROOT)
		n -= 2;
	if (n != from && n > LEAST_ROOT && w[n - 1] == w[n - 2])
		n--;
	return n;
}
