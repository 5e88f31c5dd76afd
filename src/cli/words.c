#include "cli/words.h"

size_t words_split(char *s, char *argv[WORDS_MAX + 2])
{
	size_t n = 0;
	char *to, quote;

	while (n <= WORDS_MAX) {
		while (*s == ' ' || *s == '\t')
			s++;
		if (!*s)
			break;
		argv[n++] = to = s;
		for (quote = 0; *s && (quote || (*s != ' ' && *s != '\t'));
		     s++) {
			if (*s == quote)
				quote = 0;
			else if (!quote && (*s == '\'' || *s == '"'))
				quote = *s;
			else
				*to++ = *s;
		}
		if (*s)
			s++;
		*to = '\0';
	}
	argv[n] = NULL;
	return n;
}
