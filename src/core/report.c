#include "core/report.h"

#include "base/buf.h"

/* Findings that a tripped gate names. */
#define TRIPPED_SAID 3

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

/* Whoever adds a field to one of them sees to its copy below. */
#define SIZE(type, n) (sizeof(void *) != 8 || sizeof(struct type) == (n))
_Static_assert(SIZE(section, 32), "section_copy() copies all of it");
_Static_assert(SIZE(finding, 192), "finding_copy() copies all of it");

static void section_copy(struct section *to, struct arena *a,
			 const struct section *from)
{
	*to = *from;
	to->text = arena_span(a, from->text);
}

static void finding_copy(struct finding *to, struct arena *a,
			 const struct finding *from)
{
	*to = *from;
	to->path = arena_span(a, from->path);
	to->text = arena_span(a, from->text);
	to->quote = arena_span(a, from->quote);
	to->fact = arena_span(a, from->fact);
	to->known_reason = arena_span(a, from->known_reason);
	to->known_until = arena_span(a, from->known_until);
	to->fix.ptr = NULL;
	to->fix.len = to->fix.cap = 0;
	vec_each (struct finding_edit, e, &from->fix)
		*vec_push(&to->fix, a) =
			(struct finding_edit){ e->first, e->last,
					       arena_span(a, e->text) };
}

void report_copy(struct report *out, struct arena *a, const struct report *from)
{
	out->sections.len = out->findings.len = 0;
	vec_each (struct section, s, &from->sections)
		section_copy(vec_push(&out->sections, a), a, s);
	vec_each (struct finding, f, &from->findings)
		finding_copy(vec_push(&out->findings, a), a, f);
	out->preamble = arena_span(a, from->preamble);
}

const char *cover_state_name(enum cover_state s)
{
	static const char *const names[] = {
		[COVER_FULL] = "full",
		[COVER_HUNKS] = "hunks",
		[COVER_SUMMARY] = "summary",
		[COVER_SKIPPED] = "skipped",
	};

	return names[s];
}

void report_ages_write(struct buf *out, const struct report *r)
{
	size_t fresh = 0, known = 0, expired = 0, gone = 0;

	vec_each (struct finding, f, &r->findings) {
		fresh += f->age == FINDING_NEW;
		known += f->age == FINDING_KNOWN;
		expired += f->age == FINDING_KNOWN && f->known_expired;
	}
	vec_each (struct known_finding, k, &r->gone)
		gone += k->state == KNOWN_GONE;
	buf_addf(out, "%zu new, %zu known", fresh, known);
	if (expired)
		buf_addf(out, " (%zu expired)", expired);
	if (gone)
		buf_addf(out, ", %zu gone", gone);
	if (r->gone.len > gone)
		buf_addf(out, ", %zu not found again", r->gone.len - gone);
	if (r->open.len)
		buf_addf(out, ", %zu not repeated", r->open.len);
}

const char *known_state_name(enum known_state s)
{
	static const char *const names[KNOWN_STATES] = {
		[KNOWN_STANDS] = "open",
		[KNOWN_UNSEEN] = "unseen",
		[KNOWN_GONE] = "gone",
		[KNOWN_NOT_AGAIN] = "not found again",
	};

	return names[s];
}

const char *known_said_name(enum known_said s)
{
	static const char *const names[] = {
		[SAID_NOTHING] = NULL,
		[SAID_OPEN] = "open",
		[SAID_UNSURE] = "cannot tell",
		[SAID_SOLVED] = "solved",
	};

	return names[s];
}

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
			  n > 1 ? " for one" : "",
			  SPAN_ARG(c->reason.len ? c->reason : c->note));
		buf_release(&path);
		return -1;
	}
	return 0;
}

/* "[must-fix] src/pool.rs:88 (unfinished)" */
static void add_tripped(struct buf *b, const struct finding *f)
{
	buf_addf(b, "[%s]", finding_level_name(f->level));
	if (f->path.len) {
		buf_addc(b, ' ');
		text_visible_line(b, text_clip(f->path, 80));
		if (f->line)
			buf_addf(b, ":%u", f->line);
	}
	if (f->own && f->rule)
		buf_addf(b, " (%s)", f->rule);
	if (f->known_expired)
		buf_addf(b, " known until %.*s", SPAN_ARG(f->known_until));
}

int report_check_gate(const struct report *r, const char *level,
		      struct error *err)
{
	int least = level ? finding_level_find(span_of(level)) : -1;
	struct buf b = { 0 };
	size_t n = 0;

	if (least < 0)
		return 0;
	vec_each (struct finding, f, &r->findings) {
		if (!finding_gates(f, (enum finding_level)least))
			continue;
		if (n++ >= TRIPPED_SAID)
			continue;
		buf_adds(&b, n > 1 ? ", " : "");
		add_tripped(&b, f);
	}
	if (n > TRIPPED_SAID)
		buf_addf(&b, " and %zu more", n - TRIPPED_SAID);
	if (n)
		error_set(err, ERR_GATE, "%zu finding%s for --fail-on %s: %s",
			  n, text_plural(n), level, buf_cstr(&b));
	buf_release(&b);
	return n ? -1 : 0;
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

const char report_partial_words[] =
	"the model's reply was incomplete or refused. This is not a review; "
	"what an incomplete reply says of the code was not looked up in it.";

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
