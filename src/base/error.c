#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may have cut a UTF-8 sequence in two: drop the half. */
static void clip(char *s, size_t cap, int wanted)
{
	size_t n = cap - 1, tail = 0;
	unsigned char lead;

	if (wanted < 0 || (size_t)wanted < cap)
		return;
	while (tail < 3 && ((unsigned char)s[n - 1 - tail] & 0xC0) == 0x80)
		tail++;
	lead = (unsigned char)s[n - 1 - tail];
	if (lead >= 0xC0 && tail < (lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1))
		s[n - 1 - tail] = '\0';
}

/* Through a copy: the words may hold err->msg itself. */
int error_set(struct error *err, enum error_kind kind, const char *fmt, ...)
{
	char words[sizeof(err->msg)] = "";
	va_list ap;
	int n;

	if (!err)
		return -1;
	err->kind = kind;
	va_start(ap, fmt);
	n = vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	clip(words, sizeof(words), n);
	memcpy(err->msg, words, sizeof(words));
	return -1;
}

int error_prefix(struct error *err, const char *fmt, ...)
{
	char old[sizeof(err->msg)];
	va_list ap;
	int n, m;

	if (!err)
		return -1;
	memcpy(old, err->msg, sizeof(old));
	va_start(ap, fmt);
	n = vsnprintf(err->msg, sizeof(err->msg), fmt, ap);
	va_end(ap);
	clip(err->msg, sizeof(err->msg), n);
	if (n < 0 || (size_t)n >= sizeof(err->msg))
		return -1;
	m = snprintf(err->msg + n, sizeof(err->msg) - (size_t)n, ": %s", old);
	clip(err->msg, sizeof(err->msg), n + m);
	return -1;
}

int error_suffix(struct error *err, const char *fmt, ...)
{
	char words[sizeof(err->msg)];
	size_t n;
	va_list ap;
	int m;

	if (!err)
		return -1;
	va_start(ap, fmt);
	vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	n = strlen(err->msg);
	m = snprintf(err->msg + n, sizeof(err->msg) - n, "; %s", words);
	clip(err->msg, sizeof(err->msg), (int)n + m);
	return -1;
}
