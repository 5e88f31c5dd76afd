/* The baseline against the report, and the next baseline. */
#include <stdlib.h>
#include <string.h>

#include "agent/baseline.h"
#include "agent/fingerprint.h"
#include "agent/gather.h"
#include "agent/known_parts.h"
#include "agent/redact.h"
#include "base/arena.h"
#include "base/buf.h"
#include "rust/rules.h"

/* The entry that a finding repeats, or NULL. */
static const struct known_finding *entry_of(const struct baseline *b,
					    const struct finding *f)
{
	return finding_sure(f) ? baseline_find(b, f->fingerprint) : NULL;
}

static void mark_spots(bool *again, const struct baseline *b,
		       const struct rule_group *g)
{
	vec_each (const struct rule_spot, s, &g->spots) {
		const struct known_finding *k;
		char fingerprint[17];

		fingerprint_spot(fingerprint, g->rule, g->path, s);
		k = baseline_find(b, fingerprint);
		if (k)
			again[k - b->entries.ptr] = true;
	}
}

/* Which entries are found again, in the order of the baseline: by a finding, or
 * by a rule at a place that a finding only counts. */
static bool *find_again(const struct report *r, struct arena *a,
			const struct task_input *in, const struct baseline *b)
{
	bool *again = arena_array(a, b->entries.len, sizeof(*again));

	vec_each (const struct finding, f, &r->findings) {
		const struct known_finding *k = entry_of(b, f);

		if (k)
			again[k - b->entries.ptr] = true;
	}
	if (!b->entries.len)
		return again;
	vec_each (const struct rule_group, g, &in->code.rules.groups)
		mark_spots(again, b, g);
	vec_each (const struct rule_group, g, &in->code.rules.cut)
		mark_spots(again, b, g);
	return again;
}

/* Does a rule tell it from the known place that looks the same? */
static bool copy_of_known(const struct finding *f, const struct task_input *in)
{
	if (!f->own || !f->rule)
		return false;
	vec_each (const struct rule_group, g, &in->code.rules.groups)
		if (!strcmp(g->rule->id, f->rule) &&
		    span_eq(g->path, f->path) && g->places.len &&
		    g->places.ptr[0].line == f->line)
			return !g->known;
	return false;
}

static void set_ages(struct report *r, const struct task_input *in)
{
	vec_each (struct finding, f, &r->findings) {
		const struct known_finding *k = entry_of(in->baseline, f);

		if (!finding_sure(f) || !f->fingerprint[0])
			continue;
		if (k && !k->expired && copy_of_known(f, in))
			k = NULL;
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
	set_ages(r, in);
	again = find_again(r, a, in, b);
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

static void add_finding(struct known_list *out, struct arena *a,
			const struct report *r, const struct finding *f)
{
	struct known_finding *k = vec_push(&out->entries, a);

	*k = (struct known_finding){
		.path = f->path,
		.line = f->line,
		.level = f->level,
		.section = span_of(r->sections.ptr[f->section].want->id),
		.rule = span_of(f->rule),
		.text = words(a, f->text),
		.quote = f->quote,
		.own = f->own,
		.old = f->old,
	};
	memcpy(k->fingerprint, f->fingerprint, sizeof(k->fingerprint));
}

static struct span masked(struct arena *a, struct span quote)
{
	struct buf b = { 0 };

	redact_line(&b, quote, NULL);
	quote = arena_span(a, buf_span(&b));
	buf_release(&b);
	return quote;
}

/* Every place of a rule's, whatever the report has room for and whatever a
 * model speaks of: the next review may say it. */
static void add_group(struct known_list *out, struct arena *a,
		      const struct report *r, const struct rule_group *g)
{
	if (g->rule->tier != TIER_A && !r->offline)
		return;
	vec_each (const struct rule_spot, s, &g->spots) {
		struct known_finding *k = vec_push(&out->entries, a);

		*k = (struct known_finding){
			.path = g->path,
			.line = s->line,
			.level = g->level,
			.section = span_of(g->rule->section),
			.rule = span_of(g->rule->id),
			.text = span_of(g->rule->about),
			.quote = masked(a, s->quote),
			.own = true,
			.old = s->old,
			.times = 1,
		};
		fingerprint_spot(k->fingerprint, g->rule, g->path, s);
	}
}

static int by_fingerprint(const void *x, const void *y)
{
	const struct known_finding *const *a = x, *const *b = y;
	int c = strcmp((*a)->fingerprint, (*b)->fingerprint);

	return c ? c : *a < *b ? -1 : *a > *b;
}

/* None twice: the first of each stays. Of one that is there already the
 * people's part and the words stay, so that nothing differs in vain. */
static void join_old(struct known_list *l, struct arena *a,
		     const struct baseline *old)
{
	size_t n = l->entries.len;
	struct known_finding **row = arena_array(a, n, sizeof(*row)),
			     *to = arena_array(a, n, sizeof(*to));

	for (size_t i = 0; i < n; i++)
		row[i] = &l->entries.ptr[i];
	if (n)
		qsort(row, n, sizeof(*row), by_fingerprint);
	l->entries.len = 0;
	for (size_t i = 0; i < n; i++) {
		const struct known_finding *was =
			baseline_find(old, row[i]->fingerprint);

		if (i &&
		    !strcmp(row[i]->fingerprint, row[i - 1]->fingerprint)) {
			to[l->entries.len - 1].times += row[i]->times;
			continue;
		}
		to[l->entries.len] = *row[i];
		if (was) {
			to[l->entries.len].text = was->text;
			to[l->entries.len].reason = was->reason;
			to[l->entries.len].until = was->until;
		}
		l->kept += was != NULL;
		l->fresh += !was;
		l->entries.len++;
	}
	l->entries.ptr = to;
	l->entries.cap = n;
}

/* What nothing repeats stays, unless it is known to be gone. */
static void keep_others(struct known_list *out, struct arena *a,
			const struct report *r, const struct task_input *in,
			const struct baseline *old)
{
	bool *drop = find_again(r, a, in, old);
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
		if (finding_sure(f) && f->fingerprint[0])
			add_finding(out, a, r, f);
	vec_each (const struct rule_group, g, &in->code.rules.groups)
		add_group(out, a, r, g);
	vec_each (const struct rule_group, g, &in->code.rules.cut)
		add_group(out, a, r, g);
	join_old(out, a, old);
	keep_others(out, a, r, in, old);
}
