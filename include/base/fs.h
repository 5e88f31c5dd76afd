/*
 * fs - whole files in under a ceiling, whole files out or not at all.
 */
#ifndef BASE_FS_H
#define BASE_FS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct arena;
struct span;

/*
 * Read a regular file, a pipe or "-" (stdin) into the arena. More than max
 * bytes, a folder or an unreadable file is ERR_REPO, naming the path; the
 * first of these is told by FS_TOO_LARGE in place of -1.
 */
#define FS_TOO_LARGE (-2)
int fs_read(struct span *out, struct arena *a, const char *path, size_t max,
	    struct error *err);
/* Is nothing of that name there? False when it is there but out of reach. */
bool fs_absent(const char *path);
/*
 * Put data into path whole: a new file beside it (O_EXCL, mode), fsync, then
 * rename. On failure ERR_IO and path is as it was. A symlink at path is
 * replaced, never followed; into a device, a pipe or what fs_descriptor() knows
 * it is written as it is.
 */
int fs_write_atomic(const char *path, struct span data, unsigned mode,
		    struct error *err);
/* The descriptor that path is a name of, whether it is open or not:
 * /dev/stdout, /dev/fd/63, /proc/self/fd/3. -1: of none. */
int fs_descriptor(const char *path);
/* Could fs_write_atomic() begin to write there now? If not, errno tells why. */
bool fs_writable(const char *path);
/* The folder that path's last name is in. */
const char *fs_folder(struct arena *a, const char *path);
/* Are both one file, or would they be once they are written? */
bool fs_same(const char *a, const char *b);
/* The mode of a new file of the user's: 0666 but for the umask. */
unsigned fs_new_mode(void);
/* Append data to a file, which may be new (mode 0666 but for the umask).
 * ERR_IO; part of it may then be there. */
int fs_append(const char *path, struct span data, struct error *err);
/* The path from the root; `.`, `..` and `//` go by name alone, whatever is a
 * link. NULL: the current folder has no name. */
char *fs_absolute(struct arena *a, const char *path);
/* The same with every link followed; NULL: it leads nowhere. */
char *fs_real(struct arena *a, const char *path);
/* mkdir -p with mode but for the umask. ERR_IO. */
int fs_mkdirs(const char *path, unsigned mode, struct error *err);
/* $XDG_STATE_HOME/architect or ~/.local/state/architect; NULL without HOME. */
const char *fs_state_dir(struct arena *a);
/* The user's home folder from $HOME, or NULL. */
const char *fs_home(void);

#endif
