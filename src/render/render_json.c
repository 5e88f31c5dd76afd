/*
 * Field names are a promise: added to, never renamed; "version" counts
 * breaking changes.
 */
#include "render/render.h"

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/json_parts.h"

#define REPORT_VERSION 1

static const char *section_state_name(enum section_state s)
{
	static const char *const names[] = {
		[SECTION_MISSING] = "missing",
		[SECTION_EMPTY] = "empty",
		[SECTION_PRESENT] = "present",
		[SECTION_CUT] = "cut",
	};

	return names[s];
}

static void add_sections(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "sections");

	vec_each (struct section, s, &r->sections) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "id", s->want->id);
		cJSON_AddStringToObject(row, "name", s->want->name);
		cJSON_AddStringToObject(row, "state",
					section_state_name(s->state));
		json_markdown(row, "text", s->text);
		cJSON_AddItemToArray(list, row);
	}
}

/* What came of looking it up. */
static void add_check(cJSON *row, const struct finding *f)
{
	cJSON_AddStringToObject(row, "check", finding_check_name(f->check));
	json_text_or_null(row, "fact", f->fact);
	cJSON_AddBoolToObject(row, "old_side", f->old);
	cJSON_AddBoolToObject(row, "pre_existing", f->pre_existing);
	cJSON_AddBoolToObject(row, "mask", f->mask);
	json_text_or_null(row, "fingerprint", span_of(f->fingerprint));
}

static void add_known(cJSON *o, struct span reason, struct span until,
		      bool expired)
{
	json_text_or_null(o, "reason", reason);
	json_text_or_null(o, "expires", until);
	cJSON_AddBoolToObject(o, "expired", expired);
}

/* Against the baseline; what its entry says of it when it has one. */
static void add_age(cJSON *row, const struct finding *f)
{
	cJSON_AddStringToObject(row, "age", finding_age_name(f->age));
	if (f->age == FINDING_KNOWN)
		add_known(cJSON_AddObjectToObject(row, "known"),
			  f->known_reason, f->known_until, f->known_expired);
	else
		cJSON_AddNullToObject(row, "known");
}

static void add_fix(cJSON *row, const struct finding *f)
{
	cJSON *list = cJSON_AddArrayToObject(row, "fix");

	if (!annotation_has_fix(f))
		return;
	vec_each (struct finding_edit, e, &f->fix) {
		cJSON *edit = cJSON_CreateObject();

		cJSON_AddNumberToObject(edit, "first", e->first);
		cJSON_AddNumberToObject(edit, "last", e->last);
		json_text(edit, "text", e->text);
		cJSON_AddItemToArray(list, edit);
	}
}

static void add_findings(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "findings");

	vec_each (struct finding, f, &r->findings) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "level",
					finding_level_name(f->level));
		cJSON_AddStringToObject(row, "section",
					r->sections.ptr[f->section].want->id);
		json_text_or_null(row, "path", f->path);
		json_count(row, "line", f->line ? (int64_t)f->line : -1);
		json_markdown(row, "text", f->text);
		json_text_or_null(row, "quote", f->quote);
		cJSON_AddBoolToObject(row, "own", f->own);
		json_text_or_null(row, "rule", span_of(f->rule));
		add_check(row, f);
		add_age(row, f);
		add_fix(row, f);
		cJSON_AddItemToArray(list, row);
	}
}

static void add_files(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "files");

	vec_each (struct cover, c, &r->files) {
		cJSON *row = cJSON_CreateObject();

		json_text(row, "path", c->path);
		cJSON_AddStringToObject(row, "coverage",
					cover_state_name(c->state));
		cJSON_AddNumberToObject(row, "hunks", c->hunks);
		cJSON_AddNumberToObject(row, "hunks_sent", c->hunks_sent);
		json_count(row, "part", c->part ? (int64_t)c->part : -1);
		json_count(row, "last_part",
			   c->part ? (int64_t)c->last_part : -1);
		json_text_or_null(row, "reason", c->reason);
		json_text_or_null(row, "summary", c->summary);
		json_text_or_null(row, "note", c->note);
		cJSON_AddBoolToObject(row, "counts_as_covered", c->counts);
		cJSON_AddItemToArray(list, row);
	}
}

static void add_entries(cJSON *o, const char *key,
			const struct known_finding *k, size_t n)
{
	cJSON *list = cJSON_AddArrayToObject(o, key);

	for (; n--; k++) {
		cJSON *row = cJSON_CreateObject();

		json_text(row, "fingerprint", span_of(k->fingerprint));
		cJSON_AddStringToObject(row, "level",
					finding_level_name(k->level));
		json_text_or_null(row, "section", k->section);
		json_text(row, "path", k->path);
		json_count(row, "line", k->line ? (int64_t)k->line : -1);
		json_markdown(row, "text", k->text);
		json_text_or_null(row, "quote", k->quote);
		cJSON_AddBoolToObject(row, "own", k->own);
		json_text_or_null(row, "rule", k->rule);
		cJSON_AddBoolToObject(row, "old_side", k->old);
		cJSON_AddStringToObject(row, "state",
					known_state_name(k->state));
		json_text_or_null(row, "model_says",
				  span_of(known_said_name(k->said)));
		add_known(row, k->reason, k->until, k->expired);
		cJSON_AddItemToArray(list, row);
	}
}

static void add_baseline(cJSON *o, const struct report *r)
{
	cJSON *b;

	if (!r->baseline) {
		cJSON_AddNullToObject(o, "baseline");
		return;
	}
	b = cJSON_AddObjectToObject(o, "baseline");
	json_text_or_null(b, "name", r->baseline_name);
	json_text_or_null(b, "from", r->baseline_from);
	add_entries(b, "gone", r->gone.ptr, r->gone.len);
	add_entries(b, "open", r->open.ptr, r->open.len);
}

static void add_guides(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "guides");

	vec_each (struct guide, g, &r->guides.guides) {
		cJSON *row = cJSON_CreateObject();

		json_text(row, "path", g->path);
		cJSON_AddStringToObject(row, "status",
					guide_status_name(g->status));
		json_text_or_null(row, "imported_by", g->imported_by);
		json_text_or_null(row, "id", span_of(g->id));
		cJSON_AddItemToArray(list, row);
	}
	json_text_or_null(o, "guides_from", r->guides.source);
}

static void add_side(cJSON *o, const char *key, struct span name,
		     const char *id)
{
	cJSON *side = cJSON_AddObjectToObject(o, key);

	json_text_or_null(side, "name", name);
	json_text_or_null(side, "id", span_of(id));
}

static cJSON *usage_item(const struct usage *u)
{
	cJSON *row = cJSON_CreateObject();

	json_count(row, "input_tokens", u->input);
	json_count(row, "cache_read_tokens", u->cache_read);
	json_count(row, "cache_write_tokens", u->cache_write);
	json_count(row, "output_tokens", u->output);
	json_count(row, "reasoning_tokens", u->reasoning);
	json_count(row, "requests", u->requests);
	if (u->cost < 0)
		cJSON_AddNullToObject(row, "cost_usd");
	else
		cJSON_AddNumberToObject(row, "cost_usd", u->cost);
	return row;
}

static void add_masked(cJSON *o, const struct mask_counts *c)
{
	cJSON *kinds = cJSON_AddObjectToObject(o, "masked_kinds");
	size_t i;

	for (i = 0; i < MASK_KINDS; i++)
		if (c->of[i])
			cJSON_AddNumberToObject(kinds, mask_kind(i), c->of[i]);
}

static cJSON *build(const struct report *r)
{
	cJSON *o = cJSON_CreateObject(), *prompt;

	cJSON_AddNumberToObject(o, "version", REPORT_VERSION);
	cJSON_AddStringToObject(o, "tool", "architect " VERSION);
	cJSON_AddStringToObject(o, "task", r->task);
	cJSON_AddBoolToObject(o, "complete", report_complete(r) && !r->partial);
	json_text(o, "title", r->title);
	cJSON_AddBoolToObject(o, "existing_code", r->existing);
	add_side(o, "old", r->old_name, r->old_id);
	add_side(o, "new", r->new_name, r->new_id);
	if (r->preamble.len)
		json_markdown(o, "preamble", r->preamble);
	else
		cJSON_AddNullToObject(o, "preamble");
	add_sections(o, r);
	add_findings(o, r);
	json_exact_or_null(o, "patch", r->patch);
	add_files(o, r);
	cJSON_AddBoolToObject(o, "full_coverage", !report_uncovered(r));
	json_silenced(o, r);
	cJSON_AddNumberToObject(o, "own_left_out", r->own_left_out);
	add_baseline(o, r);
	add_guides(o, r);
	cJSON_AddBoolToObject(o, "offline", r->offline);
	json_text_or_null(o, "provider", r->provider);
	json_text_or_null(o, "host", r->host);
	json_text_or_null(o, "model", r->model);
	prompt = cJSON_AddObjectToObject(o, "prompt");
	json_text_or_null(prompt, "id", span_of(r->prompt_id));
	cJSON_AddNumberToObject(prompt, "bytes", (double)r->prompt_bytes);
	cJSON_AddNumberToObject(prompt, "parts",
				r->parts ? (double)r->parts : 1);
	cJSON_AddNumberToObject(prompt, "masked", (double)r->masked.total);
	add_masked(prompt, &r->masked);
	cJSON_AddItemToObject(o, "usage", usage_item(&r->usage));
	cJSON_AddNumberToObject(o, "seconds", r->seconds);
	return o;
}

void render_json(struct buf *out, const struct report *r,
		 const struct render_style *style)
{
	(void)style;
	json_begin();
	json_end(out, build(r), true);
	buf_addc(out, '\n');
}

void render_json_line(struct buf *out, const struct report *r)
{
	json_begin();
	json_end(out, build(r), false);
}

void render_usage_json(struct buf *out, const struct usage *u)
{
	json_begin();
	json_end(out, usage_item(u), false);
}
