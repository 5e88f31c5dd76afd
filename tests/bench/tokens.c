/*
 * Estimated tokens of files, one a line: `tokens FAMILY FILE…` prints what the
 * estimate says and the file's name. See tokens.sh.
 */
#include "llm/estimate.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/fs.h"

int main(int argc, char **argv)
{
	struct arena a = { 0 };
	struct error err = { 0 };
	int i;

	if (argc < 3)
		return 2;
	for (i = 2; i < argc; i++) {
		struct span text;

		if (fs_read(&text, &a, argv[i], 64 << 20, &err)) {
			fprintf(stderr, "%s\n", err.msg);
			return 3;
		}
		printf("%lld %s\n",
		       (long long)estimate_tokens(estimate_family(argv[1]),
						  text),
		       argv[i]);
		arena_reset(&a);
	}
	arena_release(&a);
	return 0;
}
