/*
 * words - a command line of the user's own as an argument vector.
 */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stddef.h>

#define WORDS_MAX 32

/*
 * Split s in place: blanks part words, quotes of either kind keep them
 * together. argv ends in NULL. Returns how many words there are, at most one
 * too many (WORDS_MAX + 1).
 */
size_t words_split(char *s, char *argv[WORDS_MAX + 2]);

#endif
