/*
 * Whatever models say of the parts of a review, the report has eight sections,
 * its findings point into them, and no line of any part is lost. Parts stand
 * apart by a byte 0xff.
 */
#include <assert.h>
#include <string.h>

#include "agent/merge.h"
#include "agent/reply.h"
#include "base/arena.h"
#include "core/report.h"

#define PARTS_MAX 4

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Without the marks of lists, quotations and headings, which are written
 * anew where a list is. */
static struct span words_of(struct span line)
{
	line = span_trim(line);
	while (line.len && line.ptr[0] &&
	       strchr("#> \t0123456789.)*+-", line.ptr[0]))
		line = span_from(line, 1);
	return line;
}

static bool says_none(struct span line)
{
	return span_eqs_nocase(line, "none.") || span_eqs_nocase(line, "none");
}

static void check_lines(const struct section *merged, struct span text)
{
	struct span line;

	while (text_line(&text, &line)) {
		line = words_of(line);
		assert(!line.len || says_none(line) ||
		       span_find(merged->text, line) >= 0);
	}
}

static void check(const struct report *out, const struct report *const *part,
		  size_t n)
{
	size_t findings = 0;

	assert(out->sections.len == eight_sections.len);
	for (size_t i = 0; i < n; i++) {
		findings += part[i]->findings.len;
		for (size_t k = 0; k < out->sections.len; k++)
			check_lines(&out->sections.ptr[k],
				    part[i]->sections.ptr[k].text);
	}
	/* without fingerprints none are joined */
	assert(out->findings.len == findings);
	vec_each (struct finding, f, &out->findings)
		assert(f->section < out->sections.len);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span rest = { (const char *)data, size }, text;
	const struct report *part[PARTS_MAX];
	struct report out = { 0 };
	struct arena a = { 0 };
	size_t n = 0;

	while (n < PARTS_MAX && text_field(&rest, '\xff', &text)) {
		struct report *r = arena_new(&a, struct report);

		reply_parse(r, &a, &eight_sections, text, false);
		part[n++] = r;
	}
	if (n) {
		merge_reports(&out, &a, &eight_sections, part, n);
		check(&out, part, n);
	}
	arena_release(&a);
	return 0;
}
