/*
 * merge - the replies about the parts of a review as one report, without
 * asking a model again.
 *
 * Nothing that was said is lost: a section holds what every part's holds, in
 * the order of the parts, but for "None." where another part has more. Its
 * findings stand first to last by level; one that several parts make, known by
 * its fingerprint, stands once, with what the others say differently below it.
 * Action Items become one numbered list, the first of each part first. Linear
 * but for sorting.
 */
#ifndef AGENT_MERGE_H
#define AGENT_MERGE_H

#include <stddef.h>

struct arena;
struct report;
struct section_list;

/*
 * Fill out's sections, findings and preamble from n reports (NULL: that part
 * came to nothing) of a review in n parts. One alone is taken as it is.
 * sections are complete when they are in all that are there.
 */
void merge_reports(struct report *out, struct arena *a,
		   const struct section_list *want,
		   const struct report *const *part, size_t n);

#endif
