/*
 * Field names are a promise: added to, never renamed; "version" counts
 * breaking changes.
 */
#include "render/render.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "render/defuse.h"

#define REPORT_VERSION 1

static cJSON *text_item(struct span s)
{
	struct buf b = { 0 };
	cJSON *item;

	text_visible(&b, s);
	item = cJSON_CreateString(buf_cstr(&b));
	buf_release(&b);
	return item;
}

/* Markdown of others: whoever shows it is to be as safe as in the other form */
static void add_markdown(cJSON *o, const char *key, struct span s)
{
	struct buf seen = { 0 }, b = { 0 };

	text_visible(&seen, s);
	defuse_markdown(&b, buf_span(&seen));
	cJSON_AddItemToObject(o, key, cJSON_CreateString(buf_cstr(&b)));
	buf_release(&seen);
	buf_release(&b);
}

static void add_text(cJSON *o, const char *key, struct span s)
{
	cJSON_AddItemToObject(o, key, text_item(s));
}

/* Absent is null, so that every field is always there. */
static void add_text_or_null(cJSON *o, const char *key, struct span s)
{
	if (s.len)
		add_text(o, key, s);
	else
		cJSON_AddNullToObject(o, key);
}

static void add_count(cJSON *o, const char *key, int64_t n)
{
	if (n < 0)
		cJSON_AddNullToObject(o, key);
	else
		cJSON_AddNumberToObject(o, key, (double)n);
}

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
		add_markdown(row, "text", s->text);
		cJSON_AddItemToArray(list, row);
	}
}

/* What came of looking it up. */
static void add_check(cJSON *row, const struct finding *f)
{
	cJSON_AddStringToObject(row, "check", finding_check_name(f->check));
	add_text_or_null(row, "fact", f->fact);
	cJSON_AddBoolToObject(row, "old_side", f->old);
	cJSON_AddBoolToObject(row, "pre_existing", f->pre_existing);
	cJSON_AddBoolToObject(row, "mask", f->mask);
	add_text_or_null(row, "fingerprint", span_of(f->fingerprint));
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
		add_text_or_null(row, "path", f->path);
		add_count(row, "line", f->line ? (int64_t)f->line : -1);
		add_markdown(row, "text", f->text);
		add_text_or_null(row, "quote", f->quote);
		cJSON_AddBoolToObject(row, "own", f->own);
		add_text_or_null(row, "rule", span_of(f->rule));
		add_check(row, f);
		cJSON_AddItemToArray(list, row);
	}
}

static void add_files(cJSON *o, const struct report *r)
{
	static const char *const names[] = {
		[COVER_FULL] = "full",
		[COVER_HUNKS] = "hunks",
		[COVER_SUMMARY] = "summary",
		[COVER_SKIPPED] = "skipped",
	};
	cJSON *list = cJSON_AddArrayToObject(o, "files");

	vec_each (struct cover, c, &r->files) {
		cJSON *row = cJSON_CreateObject();

		add_text(row, "path", c->path);
		cJSON_AddStringToObject(row, "coverage", names[c->state]);
		cJSON_AddNumberToObject(row, "hunks", c->hunks);
		cJSON_AddNumberToObject(row, "hunks_sent", c->hunks_sent);
		add_count(row, "part", c->part ? (int64_t)c->part : -1);
		add_count(row, "last_part",
			  c->part ? (int64_t)c->last_part : -1);
		add_text_or_null(row, "reason", c->reason);
		add_text_or_null(row, "summary", c->summary);
		add_text_or_null(row, "note", c->note);
		cJSON_AddBoolToObject(row, "counts_as_covered", c->counts);
		cJSON_AddItemToArray(list, row);
	}
}

static void add_silenced(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "silenced");

	vec_each (struct silenced, s, &r->silenced) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "rule", s->rule);
		add_text(row, "path", s->path);
		cJSON_AddNumberToObject(row, "line", s->line);
		add_text_or_null(row, "reason", s->reason);
		cJSON_AddItemToArray(list, row);
	}
	cJSON_AddNumberToObject(o, "own_left_out", r->own_left_out);
}

static void add_guides(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "guides");

	vec_each (struct guide, g, &r->guides.guides) {
		cJSON *row = cJSON_CreateObject();

		add_text(row, "path", g->path);
		cJSON_AddStringToObject(row, "status",
					guide_status_name(g->status));
		add_text_or_null(row, "imported_by", g->imported_by);
		add_text_or_null(row, "id", span_of(g->id));
		cJSON_AddItemToArray(list, row);
	}
	add_text_or_null(o, "guides_from", r->guides.source);
}

static void add_side(cJSON *o, const char *key, struct span name,
		     const char *id)
{
	cJSON *side = cJSON_AddObjectToObject(o, key);

	add_text_or_null(side, "name", name);
	add_text_or_null(side, "id", span_of(id));
}

static cJSON *usage_item(const struct usage *u)
{
	cJSON *row = cJSON_CreateObject();

	add_count(row, "input_tokens", u->input);
	add_count(row, "cache_read_tokens", u->cache_read);
	add_count(row, "cache_write_tokens", u->cache_write);
	add_count(row, "output_tokens", u->output);
	add_count(row, "reasoning_tokens", u->reasoning);
	add_count(row, "requests", u->requests);
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
	cJSON_AddBoolToObject(o, "complete", report_complete(r));
	add_text(o, "title", r->title);
	cJSON_AddBoolToObject(o, "existing_code", r->existing);
	add_side(o, "old", r->old_name, r->old_id);
	add_side(o, "new", r->new_name, r->new_id);
	if (r->preamble.len)
		add_markdown(o, "preamble", r->preamble);
	else
		cJSON_AddNullToObject(o, "preamble");
	add_sections(o, r);
	add_findings(o, r);
	add_files(o, r);
	cJSON_AddBoolToObject(o, "full_coverage", !report_uncovered(r));
	add_silenced(o, r);
	add_guides(o, r);
	cJSON_AddBoolToObject(o, "offline", r->offline);
	add_text_or_null(o, "provider", r->provider);
	add_text_or_null(o, "host", r->host);
	add_text_or_null(o, "model", r->model);
	prompt = cJSON_AddObjectToObject(o, "prompt");
	add_text_or_null(prompt, "id", span_of(r->prompt_id));
	cJSON_AddNumberToObject(prompt, "bytes", (double)r->prompt_bytes);
	cJSON_AddNumberToObject(prompt, "parts",
				r->parts ? (double)r->parts : 1);
	cJSON_AddNumberToObject(prompt, "masked", (double)r->masked.total);
	add_masked(prompt, &r->masked);
	cJSON_AddItemToObject(o, "usage", usage_item(&r->usage));
	cJSON_AddNumberToObject(o, "seconds", r->seconds);
	return o;
}

/* Without memory a report would lack what did not fit: the process ends. */
static void use_memory(void)
{
	cJSON_Hooks hooks = { base_malloc, base_free };

	cJSON_InitHooks(&hooks);
}

/* Print and free it. */
static void print(struct buf *out, cJSON *o, bool formatted)
{
	char *text = formatted ? cJSON_Print(o) : cJSON_PrintUnformatted(o);

	buf_adds(out, text);
	cJSON_free(text);
	cJSON_Delete(o);
}

void render_json(struct buf *out, const struct report *r,
		 const struct render_style *style)
{
	(void)style;
	use_memory();
	print(out, build(r), true);
	buf_addc(out, '\n');
}

void render_json_line(struct buf *out, const struct report *r)
{
	use_memory();
	print(out, build(r), false);
}

void render_usage_json(struct buf *out, const struct usage *u)
{
	use_memory();
	print(out, usage_item(u), false);
}
