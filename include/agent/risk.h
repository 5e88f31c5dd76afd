/*
 * risk - what of a change a reviewer must not miss.
 *
 * By the tokens and items of Rust files, by the path of others. Total, linear.
 */
#ifndef AGENT_RISK_H
#define AGENT_RISK_H

#include <stdint.h>

#include "core/change.h"

struct arena;
struct task_input;

/* The marks of one file's lines, by number from 1; NULL: not read as Rust. */
struct risk_file {
	const uint16_t *now, *was;
	uint32_t now_lines, was_lines;
	unsigned rest; /* of the file as a whole */
};

/* One for each file of the change, in the arena. */
struct risk_file *risk_read(struct arena *a, const struct task_input *in);
/*
 * How much it matters that these lines of a hunk are looked at: unsafe code
 * first, then FFI, async code with locks, atomics, Drop, public items, build
 * scripts, other code; documentation and tests last.
 */
unsigned risk_of(const struct risk_file *f, const struct diff_line *line,
		 size_t n);

#endif
