/*
 * What holds of a report in every form, whatever it is made of: shared by the
 * unit tests and the fuzz target. Reports are made of any bytes; each check
 * gives what is broken, or NULL.
 */
#ifndef FORMAT_INVARIANTS_H
#define FORMAT_INVARIANTS_H

#include <ctype.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"
#include "core/report.h"
#include "render/render.h"

#define HOLDS(what)                   \
	do {                          \
		if (!(what))          \
			return #what; \
	} while (0)

/* ---- a report of bytes */

static inline unsigned take_byte(struct span *from)
{
	unsigned char c = from->len ? (unsigned char)from->ptr[0] : 0;

	*from = span_from(*from, 1);
	return c;
}

/* Bytes that their length stands before, or one of what hurts most. */
static inline struct span take_text(struct span *from)
{
	static const struct span sharp[] = {
		SPAN("src/lib.rs"),
		SPAN("../../etc/passwd"),
		SPAN("..\\..\\x"),
		SPAN("file:///etc/passwd"),
		SPAN("C:\\x"),
		SPAN("/etc/passwd"),
		SPAN("a/./b"),
		SPAN("%2e%2e/%2fx"),
		SPAN("a\n::error::x\n##[error]x"),
		SPAN("\xc2\xa0::add-mask::x\r\n::y::"),
		SPAN("\xe2\x80\xae\x1b]8;;x\x07\0\xff\xfe"),
		SPAN("</script><!--\"'`|,:%0A"),
		SPAN("![x](http://y)\n```\n::z::\n"),
		SPAN("x##\n[y] ##[z]##vso[w]"),
		SPAN("日本語 👩‍💻 e\xcc\x81"),
		SPAN(""),
	};
	unsigned n = take_byte(from);
	struct span s;

	if (n >= 0xF0)
		return sharp[n - 0xF0];
	s = span_first(*from, n % 64);
	*from = span_from(*from, s.len);
	return s;
}

/* As it is promised: printable, and lines. */
static inline struct span take_patch(struct span *from)
{
	struct span s = take_text(from);

	return span_ends(s, "\n") && text_plain(s) ? s : SPAN("");
}

static inline uint32_t take_line(struct span *from)
{
	unsigned a = take_byte(from), b = take_byte(from);

	return a == 0xFF ? UINT32_MAX - b : a << 8 | b;
}

static inline void take_finding(struct report *r, struct arena *a,
				struct span *from)
{
	static const char *const rules[] = { NULL, "unfinished", "elsewhere" };
	struct finding *f = vec_push(&r->findings, a);
	unsigned bits = take_byte(from), more = take_byte(from);

	f->level = bits & 3;
	f->check = bits >> 2 & 3;
	f->own = bits >> 4 & 1;
	f->old = bits >> 5 & 1;
	f->pre_existing = bits >> 6 & 1;
	f->mask = bits >> 7;
	f->rule = f->own ? rules[more % 3] : NULL;
	f->section = (more >> 2) % (unsigned)r->sections.len;
	f->age = r->baseline ? 1 + (more >> 5 & 1) : FINDING_AGE_UNKNOWN;
	f->known_expired = more >> 6 & 1;
	if (more >> 7)
		memcpy(f->fingerprint, "0123456789abcdef", 17);
	f->line = take_line(from);
	f->path = take_text(from);
	f->text = take_text(from);
	f->quote = take_text(from);
	f->fact = take_text(from);
	f->known_reason = take_text(from);
	for (unsigned n = take_byte(from) & 1; n--;) {
		struct finding_edit *e = vec_push(&f->fix, a);

		e->first = 1 + take_line(from) % 1000;
		e->last = e->first - 1 + (take_byte(from) & 3);
		e->text = take_text(from);
	}
}

static inline void take_cover(struct report *r, struct arena *a,
			      struct span *from)
{
	struct cover *c = vec_push(&r->files, a);
	unsigned bits = take_byte(from);

	c->state = bits & 3;
	c->counts = bits >> 2 & 1;
	c->hunks = c->state == COVER_HUNKS ? 9 : 0;
	c->hunks_sent = c->hunks / 2;
	c->path = take_text(from);
	c->reason = take_text(from);
	c->note = take_text(from);
}

/* Borrows the bytes. */
static inline void report_of(struct report *r, struct arena *a,
			     struct span from)
{
	unsigned bits = take_byte(&from);

	*r = (struct report){
		.task = bits & 1 ? "review" : "design",
		.offline = bits >> 1 & 1,
		.partial = bits >> 2 & 1,
		.existing = bits >> 3 & 1,
		.baseline = bits >> 4 & 1,
		.usage = USAGE_UNKNOWN,
		.title = take_text(&from),
		.preamble = take_text(&from),
		.patch = take_patch(&from),
		.model = take_text(&from),
		.new_name = take_text(&from),
	};
	for (size_t i = 0; i < eight_sections.len; i++)
		*vec_push(&r->sections, a) = (struct section){
			.want = &eight_sections.want[i],
			.state = i % 2 ? SECTION_PRESENT : bits >> 5 & 3,
			.text = take_text(&from),
		};
	*vec_push(&r->rules, a) = (struct finding_rule){
		"unfinished", "critical-issues", LEVEL_MUST_FIX, "about",
		"why",	      "bad\n",		 "good\n"
	};
	for (unsigned n = take_byte(&from) & 15; n--;)
		take_cover(r, a, &from);
	*vec_push(&r->silenced, a) =
		(struct silenced){ "unfinished", take_text(&from), 1,
				   take_text(&from) };
	for (int n = 0; from.len && n < 64; n++)
		take_finding(r, a, &from);
}

/* ---- any form */

/* Nothing in it acts on a terminal or hides. */
static inline const char *plain_invariant(struct span text)
{
	HOLDS(text_plain(text));
	HOLDS(span_ends(text, "\n"));
	return NULL;
}

static inline const char *json_invariant(struct json **out, struct arena *a,
					 struct span text)
{
	struct error err = { 0 };
	const char *broken = plain_invariant(text);

	HOLDS(span_find(text, SPAN("##[")) < 0);
	return broken				? broken
	       : json_parse(out, a, text, &err) ? "it is JSON"
						: NULL;
}

/* ---- SARIF */

/* Relative, percent-encoded, and nowhere out of the folder it begins in. */
static inline const char *uri_invariant(struct span uri)
{
	struct span part;

	HOLDS(uri.len > 0);
	for (size_t i = 0; i < uri.len; i++)
		HOLDS(isalnum((unsigned char)uri.ptr[i]) ||
		      (uri.ptr[i] && strchr("-._~/%", uri.ptr[i])));
	while (text_field(&uri, '/', &part))
		HOLDS(part.len && !span_eqs(part, ".") &&
		      !span_eqs(part, ".."));
	return NULL;
}

static inline const char *place_invariant(const struct json *location,
					  struct arena *a)
{
	const struct json *file =
		json_at(location, "physicalLocation", "artifactLocation", NULL);
	const struct json *region =
		json_at(location, "physicalLocation", "region", NULL);
	const char *broken =
		uri_invariant(json_string(json_get(file, "uri"), a));

	HOLDS(!region || json_int(json_get(region, "startLine"), 0) >= 1);
	HOLDS(!location->next);
	return broken;
}

static inline const char *result_invariant(const struct json *result,
					   const struct finding *f,
					   struct arena *a)
{
	const struct json *locations = json_get(result, "locations");
	struct span level = json_string(json_get(result, "level"), a);
	const struct json *kept = json_get(result, "suppressions");

	HOLDS(span_eqs(level, "error") || span_eqs(level, "warning") ||
	      span_eqs(level, "note"));
	HOLDS(finding_sure(f) || !span_eqs(level, "error"));
	HOLDS(!kept || !kept->child ||
	      (f->age == FINDING_KNOWN && !f->known_expired));
	HOLDS(!f->old || !locations ||
	      !json_at(locations->child, "physicalLocation", "region", NULL));
	return locations ? place_invariant(locations->child, a) : NULL;
}

static inline const char *sarif_invariant(const struct report *r,
					  struct arena *a, struct span text)
{
	struct json *log, *run;
	const char *broken = json_invariant(&log, a, text);
	const struct json *at;
	size_t n = 0;

	if (broken)
		return broken;
	run = json_get(log, "runs")->child;
	for (at = json_get(run, "results")->child; at; at = at->next, n++) {
		HOLDS(n < r->findings.len);
		broken = result_invariant(at, &r->findings.ptr[n], a);
		if (broken)
			return broken;
	}
	HOLDS(n == r->findings.len);
	for (at = json_get(run, "artifacts")->child; at; at = at->next) {
		broken = uri_invariant(
			json_string(json_at(at, "location", "uri", NULL), a));
		if (broken)
			return broken;
	}
	return NULL;
}

/* ---- rdjson */

static inline const char *rdjson_invariant(const struct report *r,
					   struct arena *a, struct span text)
{
	struct json *o;
	const char *broken = json_invariant(&o, a, text);
	const struct json *at, *start;
	size_t n = 0;

	if (broken)
		return broken;
	for (at = json_get(o, "diagnostics")->child; at; at = at->next, n++) {
		struct span path =
			json_string(json_at(at, "location", "path", NULL), a);

		start = json_at(at, "location", "range", "start", NULL);
		HOLDS(!span_starts(path, "/") && !span_starts(path, "../"));
		HOLDS(!start || json_int(json_get(start, "line"), 0) >= 1);
		HOLDS(json_int(json_get(start, "line"), 1) <= INT32_MAX);
	}
	HOLDS(n == r->findings.len);
	return NULL;
}

/* ---- github */

/* Does a runner take the line for a command? As in ActionCommand.cs. */
static inline bool runner_command(struct span line)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe3\x80\x80",
					    "\xe2\x80\x83" };

	for (bool cut = true; cut;) {
		cut = line.len && isspace((unsigned char)line.ptr[0]);
		line = span_from(line, cut);
		for (size_t i = 0; i < 3; i++)
			if (span_starts(line, wide[i])) {
				line = span_from(line, strlen(wide[i]));
				cut = true;
			}
	}
	return span_starts(line, "::");
}

/* One that we write: `::error file=…,line=…,title=…::words`. */
static inline bool our_command(struct span line)
{
	static const char *const kinds[] = { "::error ", "::warning ",
					     "::notice " };

	if (span_starts(line, "::group::architect: ") ||
	    span_eqs(line, "::endgroup::"))
		return true;
	for (size_t i = 0; i < 3; i++) {
		struct span rest = line;
		ptrdiff_t end;

		if (!span_starts(line, kinds[i]))
			continue;
		rest = span_from(rest, strlen(kinds[i]));
		end = span_chr(rest, ':');
		return end > 0 &&
		       span_starts(span_from(rest, (size_t)end), "::") &&
		       span_find(span_first(rest, (size_t)end),
				 SPAN("title=")) >= 0;
	}
	return false;
}

static inline const char *github_invariant(struct span text)
{
	const char *broken = plain_invariant(text);
	size_t commands = 0;
	bool over = false;
	struct span line;

	while (!broken && text_line(&text, &line)) {
		HOLDS(!over);
		over = span_eqs(line, "::endgroup::");
		if (!runner_command(line)) {
			HOLDS(span_find(line, SPAN("##[")) < 0);
			HOLDS(span_find(line, SPAN("##vso[")) < 0);
			continue;
		}
		HOLDS(our_command(line));
		commands++;
	}
	HOLDS(broken || over);
	HOLDS(commands <= 10 + 10 + 10 + 2);
	return broken;
}

/* ---- all of them */

static inline const char *one_form(struct buf *out, const char *name,
				   const struct report *r)
{
	static const struct render_style style;

	buf_reset(out);
	renderer_find(name)->render(out, r, &style);
	return name;
}

/* The first form that is broken stands in *form. */
static inline const char *forms_invariant(const struct report *r,
					  struct arena *a, const char **form)
{
	struct buf b = { 0 };
	struct json *o;
	const char *broken;

	*form = one_form(&b, "json", r);
	broken = json_invariant(&o, a, buf_span(&b));
	if (!broken) {
		*form = one_form(&b, "sarif", r);
		broken = sarif_invariant(r, a, buf_span(&b));
	}
	if (!broken) {
		*form = one_form(&b, "rdjson", r);
		broken = rdjson_invariant(r, a, buf_span(&b));
	}
	if (!broken) {
		*form = one_form(&b, "github", r);
		broken = github_invariant(buf_span(&b));
	}
	for (size_t i = 0; i < renderers_len && !broken; i++) {
		*form = one_form(&b, renderers[i].name, r);
		broken = b.len ? plain_invariant(buf_span(&b)) : NULL;
	}
	buf_release(&b);
	return broken;
}

#undef HOLDS
#endif
