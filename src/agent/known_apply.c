/* The baseline against the report, and the next baseline. */
#include <string.h>

#include "agent/baseline.h"
#include "agent/gather.h"
#include "agent/known_parts.h"
#include "base/arena.h"
#include "base/buf.h"

/* The entry that a finding repeats, or NULL. */
static const struct known_finding *entry_of(const struct baseline *b,
					    const struct finding *f)
{
	return finding_sure(f) ? baseline_find(b, f->fingerprint) : NULL;
}

/* Which entries findings repeat, in the order of the baseline. */
static bool *find_again(const struct report *r, struct arena *a,
			const struct baseline *b)
{
	bool *again = arena_array(a, b->entries.len, sizeof(*again));

	vec_each (const struct finding, f, &r->findings) {
		const struct known_finding *k = entry_of(b, f);

		if (k)
			again[k - b->entries.ptr] = true;
	}
	return again;
}

static void set_ages(struct report *r, const struct baseline *b)
{
	vec_each (struct finding, f, &r->findings) {
		const struct known_finding *k = entry_of(b, f);

		if (!finding_sure(f) || !f->fingerprint[0])
			continue;
		f->age = k ? FINDING_KNOWN : FINDING_NEW;
		if (!k)
			continue;
		f->known_reason = k->reason;
		f->known_until = k->until;
		f->known_expired = k->expired;
	}
}

static bool is_gone(enum known_state s)
{
	return s == KNOWN_GONE || s == KNOWN_NOT_AGAIN;
}

static void list_entries(struct report *r, struct arena *a,
			 const struct known_outcome *of, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		enum known_state state = of[i].row->state;
		struct known_finding *k;

		if (of[i].again)
			continue;
		k = is_gone(state) ? vec_push(&r->gone, a)
				   : vec_push(&r->open, a);
		*k = *of[i].row->entry;
		k->state = state;
		k->said = of[i].said;
	}
}

void known_apply(struct report *r, struct arena *a, const struct task_input *in)
{
	const struct baseline *b = in->baseline;
	size_t n = in->known.rows.len;
	struct known_outcome *of;
	bool *again;

	if (!b)
		return;
	r->baseline = true;
	r->baseline_name = span_of(b->name);
	r->baseline_from = b->from;
	set_ages(r, b);
	again = find_again(r, a, b);
	of = arena_array(a, n, sizeof(*of));
	for (size_t i = 0; i < n; i++) {
		of[i].row = &in->known.rows.ptr[i];
		of[i].again = again[of[i].row->entry - b->entries.ptr];
	}
	known_said(r, a, of, n);
	known_mark(r, a);
	list_entries(r, a, of, n);
}

/* ---- the next one */

/* As many bytes as are written, on one line. */
static struct span words(struct arena *a, struct span s)
{
	struct buf b = { 0 };

	text_visible_line(&b, text_clip(span_trim(s), BASELINE_TEXT));
	s = arena_span(a, buf_span(&b));
	buf_release(&b);
	return s;
}

/* Of one that is there already the people's part and the first words stay. */
static void add_finding(struct known_list *out, struct arena *a,
			const struct report *r, const struct finding *f,
			const struct known_finding *was)
{
	struct known_finding *k = vec_push(&out->entries, a);

	*k = (struct known_finding){
		.path = f->path,
		.line = f->line,
		.level = f->level,
		.section = span_of(r->sections.ptr[f->section].want->id),
		.rule = span_of(f->rule),
		.text = was ? was->text : words(a, f->text),
		.quote = f->quote,
		.own = f->own,
		.old = f->old,
	};
	memcpy(k->fingerprint, f->fingerprint, sizeof(k->fingerprint));
	if (was) {
		k->reason = was->reason;
		k->until = was->until;
	}
	out->kept += was != NULL;
	out->fresh += !was;
}

/* Is it in the list already? The list is short, or its findings are few. */
static bool has(const struct known_list *l, const struct finding *f)
{
	vec_each (const struct known_finding, k, &l->entries)
		if (!strcmp(k->fingerprint, f->fingerprint))
			return true;
	return false;
}

static void keep_others(struct known_list *out, struct arena *a,
			const struct report *r, const struct task_input *in,
			const struct baseline *old)
{
	bool *drop = find_again(r, a, old);
	struct known_rows rows = { 0 };

	known_find(&rows, a, in, old);
	vec_each (const struct known_row, k, &rows.rows) {
		bool *at = &drop[k->entry - old->entries.ptr];

		if (*at || !is_gone(k->state))
			continue;
		*at = true;
		out->dropped++;
	}
	for (size_t i = 0; i < old->entries.len; i++) {
		if (drop[i])
			continue;
		*vec_push(&out->entries, a) = old->entries.ptr[i];
		out->kept++;
	}
}

void known_next(struct known_list *out, struct arena *a, const struct report *r,
		const struct task_input *in, const struct baseline *old)
{
	static const struct baseline none = { 0 };

	old = old ? old : &none;
	vec_each (const struct finding, f, &r->findings)
		if (finding_sure(f) && f->fingerprint[0] && !has(out, f))
			add_finding(out, a, r, f, entry_of(old, f));
	keep_others(out, a, r, in, old);
}
