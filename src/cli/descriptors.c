#include "cli/descriptors.h"

#include <fcntl.h>
#include <sys/resource.h>

/* Descriptors below end that are in use; end is kept small by the caller. */
static int64_t used_below(int64_t end)
{
	int64_t n = 0;
	int fd;

	for (fd = 0; fd < end; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

int64_t descriptors_free(int64_t want)
{
	/* what is open now is numbered low: as nothing was closed yet, there
	 * are no more of them than this */
	enum { MOST_USED = 256 };
	struct rlimit lim;
	int64_t have, used;

	if (getrlimit(RLIMIT_NOFILE, &lim))
		return want;
	have = lim.rlim_cur < INT32_MAX ? (int64_t)lim.rlim_cur : INT32_MAX;
	used = used_below(have < MOST_USED ? have : MOST_USED);
	if (have - used < want && lim.rlim_max > lim.rlim_cur) {
		lim.rlim_cur = (rlim_t)(used + want) < lim.rlim_max
				       ? (rlim_t)(used + want)
				       : lim.rlim_max;
		if (!setrlimit(RLIMIT_NOFILE, &lim))
			have = (int64_t)lim.rlim_cur;
	}
	if (have - used > want)
		return want;
	return have > used ? have - used : 0;
}
