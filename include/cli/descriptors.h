/*
 * descriptors - how many files this process may have open.
 */
#ifndef CLI_DESCRIPTORS_H
#define CLI_DESCRIPTORS_H

#include <stdint.h>

/*
 * Make room for want more open files: raise the limit as far as the system lets
 * a process raise its own. Returns how many more may be open, at most want.
 */
int64_t descriptors_free(int64_t want);

#endif
