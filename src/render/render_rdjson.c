/*
 * rdjson: reviewdog's DiagnosticResult (proto/rdf/reviewdog.proto), by which
 * reviewdog comments on the merge requests of any forge.
 */
#include "render/render.h"

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/json_parts.h"

static const char *severity_name(enum severity s)
{
	static const char *const names[] = {
		[SEVERITY_ERROR] = "ERROR",
		[SEVERITY_WARNING] = "WARNING",
		[SEVERITY_NOTE] = "INFO",
	};

	return names[s];
}

static void add_text(cJSON *o, const char *key, const struct buf *b)
{
	json_text(o, key, buf_span(b));
}

/* column 0: the line as a whole */
static void add_position(cJSON *range, const char *key, uint32_t line,
			 int column)
{
	cJSON *p = cJSON_AddObjectToObject(range, key);

	cJSON_AddNumberToObject(p, "line", line);
	if (column)
		cJSON_AddNumberToObject(p, "column", column);
}

static void add_location(cJSON *o, const struct annotation *an)
{
	cJSON *location = cJSON_AddObjectToObject(o, "location");
	struct buf b = { 0 };

	text_visible_line(&b, an->file);
	add_text(location, "path", &b);
	if (an->line)
		add_position(cJSON_AddObjectToObject(location, "range"),
			     "start", an->line, 0);
	buf_release(&b);
}

/*
 * Whole lines, their last line end left out. What is inserted, and a line that
 * becomes empty (which would read as one that goes), ends at the begin of the
 * line behind it.
 */
static cJSON *suggestion(const struct finding_edit *e)
{
	cJSON *o = cJSON_CreateObject();
	cJSON *range = cJSON_AddObjectToObject(o, "range");
	struct span text = e->text;

	if (e->last < e->first || span_eqs(text, "\n")) {
		add_position(range, "start", e->first, 1);
		add_position(range, "end", e->last + 1, 1);
	} else {
		add_position(range, "start", e->first, 0);
		add_position(range, "end", e->last, 0);
		if (span_ends(text, "\n"))
			text.len--;
	}
	json_text(o, "text", text);
	return o;
}

/* Each suggestion is taken by itself: of several edits that belong together
 * none would do. */
static void add_suggestion(cJSON *o, const struct annotation *an,
			   const struct finding *f)
{
	if (an->elsewhere || f->fix.len != 1 || !annotation_has_fix(f) ||
	    f->fix.ptr[0].last >= INT32_MAX)
		return;
	cJSON_AddItemToArray(cJSON_AddArrayToObject(o, "suggestions"),
			     suggestion(&f->fix.ptr[0]));
}

/* As the report lists it. */
static void add_original(cJSON *o, const struct finding *f)
{
	struct span quote = f->quote, line;
	struct buf b = { 0 };

	buf_addf(&b, "[%s] ", finding_level_name(f->level));
	text_visible_line(&b, f->path);
	if (f->path.len && f->line)
		buf_addf(&b, ":%u", f->line);
	buf_adds(&b, f->path.len ? " — " : "");
	text_visible_line(&b, f->text);
	while (text_line(&quote, &line)) {
		buf_adds(&b, "\n  > ");
		text_visible_line(&b, line);
	}
	add_text(o, "original_output", &b);
	buf_release(&b);
}

static cJSON *diagnostic(const struct report *r, const struct finding *f)
{
	struct annotation an = annotation_of(r, f);
	cJSON *o = cJSON_CreateObject();
	struct buf b = { 0 };

	buf_addf(&b, "%s: ", finding_level_name(f->level));
	/* comments are read one by one: each says so */
	if (r->partial)
		buf_adds(&b, "(of a partial reply, no review) ");
	annotation_words(&b, f, true);
	add_text(o, "message", &b);
	add_location(o, &an);
	cJSON_AddStringToObject(o, "severity", severity_name(an.severity));
	buf_reset(&b);
	annotation_code(&b, r, f);
	add_text(cJSON_AddObjectToObject(o, "code"), "value", &b);
	add_suggestion(o, &an, f);
	add_original(o, f);
	buf_release(&b);
	return o;
}

void render_rdjson(struct buf *out, const struct report *r,
		   const struct render_style *style)
{
	cJSON *o, *list;

	(void)style;
	json_begin();
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(cJSON_AddObjectToObject(o, "source"), "name",
				"architect");
	list = cJSON_AddArrayToObject(o, "diagnostics");
	vec_each (struct finding, f, &r->findings)
		cJSON_AddItemToArray(list, diagnostic(r, f));
	json_end(out, o, true);
	buf_addc(out, '\n');
}
