#include "render/annotation.h"

#include "base/buf.h"
#include "core/report.h"
#include "render/defuse.h"

enum severity annotation_severity(const struct finding *f)
{
	static const enum severity of[LEVEL_COUNT] = {
		[LEVEL_MUST_FIX] = SEVERITY_ERROR,
		[LEVEL_SHOULD_FIX] = SEVERITY_WARNING,
		[LEVEL_QUESTION] = SEVERITY_NOTE,
		[LEVEL_NICE_TO_HAVE] = SEVERITY_NOTE,
	};

	if (f->check == FINDING_CONTRADICTED || f->mask ||
	    (f->age == FINDING_KNOWN && !f->known_expired))
		return SEVERITY_NOTE;
	if (of[f->level] == SEVERITY_ERROR && !finding_sure(f))
		return SEVERITY_WARNING;
	return of[f->level];
}

/* One that leads nowhere, or out, also to who takes `\` for a separator. */
static bool bad_part(struct span part)
{
	return !part.len || span_eqs(part, ".") || span_eqs(part, "..");
}

struct span annotation_file(struct span path)
{
	size_t from = 0, i;

	if (span_starts(path, "./"))
		path = span_from(path, 2);
	for (i = 0; i <= path.len; i++) {
		if (i < path.len && path.ptr[i] != '/' && path.ptr[i] != '\\')
			continue;
		if (bad_part(span_first(span_from(path, from), i - from)))
			return (struct span){ 0 };
		from = i + 1;
	}
	return path;
}

/* Where what names no place stands: a tool that shows only what has one must
 * not lose it. */
static struct span first_file(const struct report *r)
{
	struct span first = { 0 };

	vec_each (struct cover, c, &r->files) {
		struct span file = annotation_file(c->path);

		if (file.len && cover_shown(c))
			return file;
		if (!first.len)
			first = file;
	}
	return first;
}

struct annotation annotation_of(const struct report *r, const struct finding *f)
{
	struct annotation a = { .severity = annotation_severity(f),
				.file = annotation_file(f->path) };

	a.elsewhere = !a.file.len;
	if (a.elsewhere)
		a.file = first_file(r);
	else if (!f->old && f->line <= INT32_MAX)
		a.line = f->line;
	return a;
}

void annotation_code(struct buf *out, const struct report *r,
		     const struct finding *f)
{
	if (f->rule)
		buf_adds(out, f->rule);
	else
		buf_addf(out, "%s-%s", f->own ? "own" : "model",
			 r->sections.ptr[f->section].want->id);
}

/* A sentence behind what is there. */
static void add_sentence(struct buf *out, const char *words, struct span more)
{
	char last = out->len ? out->ptr[out->len - 1] : '.';

	if (out->len)
		buf_adds(out, last == '.' || last == '!' || last == '?' ? " "
									: ". ");
	buf_adds(out, words);
	if (more.len) {
		buf_adds(out, ": ");
		buf_addsp(out, more);
	}
	if (!more.len || more.ptr[more.len - 1] != '.')
		buf_addc(out, '.');
}

static void add_place(struct buf *out, const struct finding *f)
{
	struct buf b = { 0 };

	if (f->path.len && !annotation_file(f->path).len) {
		add_sentence(out, "It names the place", f->path);
	} else if (f->old) {
		buf_addf(&b, "Of removed code: line %u before the change",
			 f->line);
		add_sentence(out, buf_cstr(&b), (struct span){ 0 });
	}
	buf_release(&b);
}

static void add_marks(struct buf *out, const struct finding *f)
{
	const struct span none = { 0 };

	if (f->check == FINDING_UNVERIFIED)
		add_sentence(out, "Unverified",
			     f->fact.len ? f->fact
					 : SPAN("what it quotes is not in what "
						"was sent"));
	if (f->check == FINDING_CONTRADICTED)
		add_sentence(out, "Contradicted by the code", f->fact);
	if (f->mask)
		add_sentence(out, "It takes a mask of the program's for code",
			     none);
	if (f->pre_existing)
		add_sentence(out, "On a line that the change leaves", none);
	if (f->age != FINDING_KNOWN)
		return;
	add_sentence(out,
		     f->known_expired
			     ? "Known from the baseline, whose entry has "
			       "expired"
			     : "Known from the baseline",
		     f->known_reason);
}

struct span annotation_bare(struct span words, const char *rule)
{
	static const char own[] = " *(architect's own finding, rule `";
	struct buf name = { 0 };
	ptrdiff_t at = -1;

	if (!rule)
		return words;
	buf_addf(&name, " (`%s`)", rule);
	if (span_ends(words, buf_cstr(&name)))
		words.len -= name.len;
	else if (span_ends(words, ")*"))
		at = span_find(words, span_of(own));
	if (at >= 0)
		words.len = (size_t)at;
	buf_release(&name);
	return words;
}

void annotation_words(struct buf *out, const struct finding *f, bool markdown)
{
	struct buf b = { 0 }, seen = { 0 };

	buf_addsp(&b, annotation_bare(f->text, f->rule));
	add_place(&b, f);
	add_marks(&b, f);
	text_visible_line(&seen, buf_span(&b));
	if (markdown)
		defuse_line(out, buf_span(&seen));
	else
		buf_addsp(out, buf_span(&seen));
	buf_release(&b);
	buf_release(&seen);
}

bool annotation_has_fix(const struct finding *f)
{
	vec_each (struct finding_edit, e, &f->fix)
		if (!text_plain(e->text))
			return false;
	return f->fix.len > 0;
}
