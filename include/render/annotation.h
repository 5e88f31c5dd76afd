/*
 * annotation - a finding as the tools that show it beside code want it: how
 * grave, at which place of the tree, under which name, in which words.
 */
#ifndef RENDER_ANNOTATION_H
#define RENDER_ANNOTATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct buf;
struct finding;
struct report;

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

struct annotation {
	enum severity severity;
	struct span file; /* see annotation_file(); empty: none */
	uint32_t line;	  /* of the new side, at most 2^31 - 1; 0: the whole
			   * file is meant */
	bool elsewhere;	  /* the finding names no file of a tree: this one is
			   * the first that was looked at */
};

/*
 * What is not sure (an unverified finding, say) is never an error; what the
 * code contradicts, what takes a mask for code and what the baseline knows is a
 * note. A line before the change has no place in the new file.
 */
struct annotation annotation_of(const struct report *r,
				const struct finding *f);
/* The first of these alone. */
enum severity annotation_severity(const struct finding *f);
/*
 * Could it be a file of the tree: relative, with no empty, `.` or `..` part?
 * Then its path, without a leading "./"; empty otherwise.
 */
struct span annotation_file(struct span path);
/* A finding's rule; those that none says are called by whose they are and their
 * section: "model-critical-issues", "own-testing". */
void annotation_code(struct buf *out, const struct report *r,
		     const struct finding *f);
/* What is wrong, and in a sentence each what else is known of it: one line,
 * defused for whoever reads Markdown in it, or else as it is. */
void annotation_words(struct buf *out, const struct finding *f, bool markdown);
/* Words of a finding without the name of its rule (or NULL) behind them, for
 * where that stands beside them. */
struct span annotation_bare(struct span words, const char *rule);
/* Has it a fix whose bytes may be printed as they are? */
bool annotation_has_fix(const struct finding *f);

#endif
