#include "agent/fingerprint.h"

#include <stdio.h>

#include "agent/fold.h"
#include "base/arena.h"
#include "core/finding.h"
#include "rust/rules.h"
#include "rust/source.h"

#define DEPTH 8

/* FNV-1a; a zero ends each part. */
static uint64_t hash(uint64_t h, struct span part)
{
	for (size_t i = 0; i < part.len; i++)
		h = (h ^ (unsigned char)part.ptr[i]) * 0x100000001b3;
	return h * 0x100000001b3;
}

static void set(char out[17], const struct fingerprint *of, struct span code,
		const char *rule)
{
	struct buf folded = { 0 };
	uint64_t h = 0xcbf29ce484222325;

	fold_text(&folded, code);
	h = hash(h, of->path);
	h = hash(h, of->item);
	h = hash(h, buf_span(&folded));
	h = hash(h, span_of(rule));
	h = hash(h, span_of(of->section));
	snprintf(out, 17, "%016llx", (unsigned long long)h);
	buf_release(&folded);
}

void fingerprint_set(struct finding *f, const struct fingerprint *of)
{
	struct span code = of->code.len ? of->code : f->quote;

	set(f->fingerprint, of, code.len ? code : f->text, f->rule);
}

void fingerprint_spot(char out[17], const struct rule *rule, struct span path,
		      const struct rule_spot *spot)
{
	const struct fingerprint of = { .path = path,
					.item = spot->item,
					.section = rule->section };

	set(out, &of, spot->quote, rule->id);
}

struct span fingerprint_item(struct arena *a, const struct source *s,
			     uint32_t line)
{
	uint32_t at = s ? outline_at_line(&s->outline, line) : OUTLINE_NONE;
	struct span path = { 0 };

	for (int n = 0; n < DEPTH && at != OUTLINE_NONE; n++) {
		struct span name = s->outline.item[at].name;

		path = span_of(arena_printf(a, "%.*s%s%.*s", SPAN_ARG(name),
					    path.len ? "::" : "",
					    SPAN_ARG(path)));
		at = s->outline.item[at].parent;
	}
	return path;
}
