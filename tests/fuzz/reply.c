/*
 * Whatever a model says, there are eight sections, findings point into them,
 * and no line is lost but headings, rules and the fence around it all. Merged
 * with itself a reply gains nothing.
 */
#include <assert.h>
#include <string.h>

#include "agent/reply.h"
#include "agent/title.h"
#include "base/arena.h"
#include "core/report.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* Rules, underlines, fences: lines without a letter may go. */
static bool only_marks(struct span line)
{
	size_t i;

	for (i = 0; i < line.len; i++)
		if (!line.ptr[i] || !strchr("=-*_~` \t\r\v\f", line.ptr[i]))
			return false;
	return true;
}

static bool heading(struct span line)
{
	struct title t;

	/* with a block's marker before it or without */
	if (title_match(&t, &eight_sections, line))
		return true;
	while (line.len && line.ptr[0] &&
	       strchr("# \t0123456789.)*+-", line.ptr[0]))
		line = span_from(line, 1);
	while (line.len && strchr("# \t", line.ptr[line.len - 1]) &&
	       line.ptr[line.len - 1])
		line.len--;
	return title_match(&t, &eight_sections, line);
}

static bool kept(const struct report *r, struct span line)
{
	if (span_find(r->preamble, line) >= 0)
		return true;
	vec_each (struct section, s, &r->sections)
		if (span_find(s->text, line) >= 0)
			return true;
	return false;
}

/* The first line may be the BOM's or open the fence around it all. */
static void check_lines(const struct report *r, struct span text)
{
	struct span line;
	bool first = true;

	while (text_line(&text, &line)) {
		line = span_trim(line);
		if (!only_marks(line) && !first && !heading(line))
			assert(kept(r, line));
		first = first && !line.len;
	}
}

static void check_findings(const struct report *r)
{
	vec_each (struct finding, f, &r->findings) {
		assert(f->section < r->sections.len);
		assert(f->level < LEVEL_COUNT);
		assert(r->sections.ptr[f->section].text.len);
	}
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span in = { (const char *)data, size };
	struct report r = { 0 }, same = { 0 };
	struct arena a = { 0 };
	size_t findings;
	const char *gap;

	reply_parse(&r, &a, &eight_sections, in, size % 2);
	assert(r.sections.len == eight_sections.len);
	check_lines(&r, in);
	check_findings(&r);
	findings = r.findings.len;
	gap = report_gap(&r, &a);
	reply_parse(&same, &a, &eight_sections, in, size % 2);
	reply_merge(&r, &a, &same);
	assert(r.findings.len == findings);
	assert(!strcmp(report_gap(&r, &a), gap));
	arena_release(&a);
	return 0;
}
