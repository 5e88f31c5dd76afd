#include "core/report.h"

#include "base/buf.h"

static const struct section_want eight[] = {
	{ "Summary", "summary", "a brief overview of what was found" },
	{ "Critical Issues", "critical-issues",
	  "bugs, unsoundness, anything that must block" },
	{ "Architectural Observations", "architecture",
	  "design patterns, abstractions, modularity" },
	{ "Async/Performance Considerations", "async-performance",
	  "runtime use, efficiency, scalability" },
	{ "Idiomatic Rust Suggestions", "idiomatic-rust",
	  "improvements to the code, with the reason" },
	{ "Code Examples", "code-examples",
	  "concrete replacements for what is criticised" },
	{ "Testing Recommendations", "testing",
	  "how to verify correctness and performance" },
	{ "Action Items", "action-items", "what to do, by priority" },
};

const struct section_list eight_sections = { eight,
					     sizeof(eight) / sizeof(eight[0]) };

bool report_complete(const struct report *r)
{
	vec_each (struct section, s, &r->sections)
		if (s->state != SECTION_PRESENT)
			return false;
	return r->sections.len > 0;
}

size_t report_uncovered(const struct report *r)
{
	size_t n = 0;

	vec_each (struct cover, c, &r->files)
		n += !c->counts;
	return n;
}

int report_check_coverage(const struct report *r, struct error *err)
{
	size_t n = report_uncovered(r);
	struct buf path = { 0 };

	vec_each (struct cover, c, &r->files) {
		if (c->counts)
			continue;
		text_visible_line(&path, text_clip(c->path, 200));
		error_set(err, ERR_PARTIAL,
			  "%zu of %zu files not covered in full, as "
			  "--require-full-coverage wants it: %s%s (%.*s)",
			  n, r->files.len, buf_cstr(&path),
			  n > 1 ? " for one" : "", SPAN_ARG(c->reason));
		buf_release(&path);
		return -1;
	}
	return 0;
}

static void add_state(struct buf *b, const struct report *r,
		      enum section_state state, const char *word)
{
	const char *sep = b->len ? "; " : "";
	bool first = true;

	vec_each (struct section, s, &r->sections) {
		if (s->state != state)
			continue;
		if (first)
			buf_addf(b, "%s%s: ", sep, word);
		buf_addf(b, "%s%s", first ? "" : ", ", s->want->name);
		first = false;
	}
}

const char *report_gap(const struct report *r, struct arena *a)
{
	struct buf b = { 0 };
	char *gap;

	add_state(&b, r, SECTION_MISSING, "missing");
	add_state(&b, r, SECTION_EMPTY, "empty");
	add_state(&b, r, SECTION_CUT, "cut");
	gap = arena_cstr(a, buf_span(&b));
	buf_release(&b);
	return gap;
}
