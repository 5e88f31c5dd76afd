/* rustdump - what its two files share. */
#ifndef RUSTDUMP_H
#define RUSTDUMP_H

#include "base/error.h"

/*
 * Rules over the commits of a range (`a..b`, or `b` alone), each against its
 * first parent, as `architect review --commit` takes them. Rows: commit,
 * rule, path, line, tier and level, places, the finding's text; then one of
 * rule "commit" with the groups said, added lines and files looked at, and the
 * subject.
 */
int dump_commits(const char *dir, const char *range, struct error *err);

#endif
