/*
 * GitHub's workflow commands: findings as annotations of the files, and the
 * report in the log, folded. A step shows at most ten annotations of a kind
 * (https://docs.github.com/actions, "Workflow commands", and its limits): the
 * gravest come first, and what finds no room is counted.
 */
#include "render/render.h"

#include "base/buf.h"
#include "base/ci_log.h"
#include "core/report.h"
#include "render/annotation.h"

/* One note is kept for the count. */
static const struct {
	const char *command;
	size_t room;
} kinds[] = {
	[SEVERITY_ERROR] = { "error", 10 },
	[SEVERITY_WARNING] = { "warning", 10 },
	[SEVERITY_NOTE] = { "notice", 9 },
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void add_property(struct buf *out, const char *name, struct span value)
{
	struct buf seen = { 0 };

	text_visible_line(&seen, value);
	buf_addf(out, "%s=", name);
	ci_log_words(out, buf_span(&seen), true);
	buf_release(&seen);
}

static void add_title(struct buf *out, const struct report *r,
		      const struct finding *f)
{
	struct buf b = { 0 };

	buf_addf(&b, "%s: %s", finding_level_name(f->level),
		 f->rule ? f->rule : r->sections.ptr[f->section].want->name);
	add_property(out, "title", buf_span(&b));
	buf_release(&b);
}

static void add_annotation(struct buf *out, const struct report *r,
			   const struct finding *f, const struct annotation *an)
{
	struct buf words = { 0 };

	buf_addf(out, "::%s ", kinds[an->severity].command);
	if (!an->elsewhere) {
		add_property(out, "file", an->file);
		buf_addc(out, ',');
	}
	if (an->line)
		buf_addf(out, "line=%u,", an->line);
	add_title(out, r, f);
	buf_adds(out, "::");
	annotation_words(&words, f, false);
	ci_log_words(out, buf_span(&words), false);
	buf_addc(out, '\n');
	buf_release(&words);
}

/* Those of a kind; how many found no room. */
static size_t add_kind(struct buf *out, const struct report *r,
		       enum severity kind)
{
	size_t n = 0;

	vec_each (struct finding, f, &r->findings) {
		struct annotation an = annotation_of(r, f);

		if (an.severity == kind && n++ < kinds[kind].room)
			add_annotation(out, r, f, &an);
	}
	return n > kinds[kind].room ? n - kinds[kind].room : 0;
}

static void add_count(struct buf *out, const size_t *left)
{
	const char *sep = "::notice title=architect::not annotated, for a step "
			  "shows ten of a kind: ";
	bool any = false;

	for (size_t i = 0; i < KINDS; i++) {
		if (!left[i])
			continue;
		buf_addf(out, "%s%zu %s%s", any ? ", " : sep, left[i],
			 kinds[i].command, text_plural(left[i]));
		any = true;
	}
	if (any)
		buf_adds(out, "; the report below has all\n");
}

static void add_report(struct buf *out, const struct report *r,
		       const struct render_style *style)
{
	struct buf b = { 0 };

	buf_adds(out, "::group::architect: ");
	text_visible_line(&b, r->title);
	ci_log_words(out, buf_span(&b), false);
	buf_addc(out, '\n');
	buf_reset(&b);
	render_markdown(&b, r, style);
	ci_log_text(out, buf_span(&b));
	buf_adds(out, "::endgroup::\n");
	buf_release(&b);
}

void render_github(struct buf *out, const struct report *r,
		   const struct render_style *style)
{
	size_t left[KINDS];

	if (r->partial)
		buf_addf(out, "::warning title=architect::Partial: %s\n",
			 report_partial_words);
	for (size_t i = 0; i < KINDS; i++)
		left[i] = add_kind(out, r, (enum severity)i);
	add_count(out, left);
	add_report(out, r, style);
}

/* The first n sections and the ledger. */
static void add_short(struct buf *out, const struct report *r,
		      const struct render_style *style, size_t n)
{
	struct report first = *r;

	if (n < r->sections.len)
		buf_addf(out,
			 "> **Cut**: %zu of %zu sections found no room here; "
			 "the report itself has them.\n\n",
			 r->sections.len - n, r->sections.len);
	first.sections.len = n;
	render_markdown(out, &first, style);
}

void render_summary(struct buf *out, const struct report *r,
		    const struct render_style *style, size_t most)
{
	for (size_t n = r->sections.len + 1; n--;) {
		buf_reset(out);
		add_short(out, r, style, n);
		if (out->len <= most)
			return;
	}
	buf_reset(out);
	buf_adds(out, "> **Cut**: the report finds no room here; the log has "
		      "it.\n");
	if (out->len > most)
		buf_reset(out);
}
