#include <cjson/cJSON.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/json_parts.h"
#include "render/sarif_parts.h"

/* GitHub shows no more of it; the help has it whole. */
#define DESCRIPTION_MAX 1024

static void add_code(struct buf *out, const char *title, const char *code)
{
	struct span rest = span_of(code), line;

	buf_addf(out, "\n\n%s:\n", title);
	while (text_line(&rest, &line))
		buf_addf(out, "\n%s%.*s", line.len ? "    " : "",
			 SPAN_ARG(line));
}

/* The text is Markdown that reads well as it is. */
static void add_help(cJSON *rule, struct span text)
{
	cJSON *help = cJSON_AddObjectToObject(rule, "help");

	json_text(help, "text", text);
	json_text(help, "markdown", text);
}

static void add_level(cJSON *rule, const char *level)
{
	cJSON *config = cJSON_AddObjectToObject(rule, "defaultConfiguration");

	cJSON_AddStringToObject(config, "level", level);
}

static void add_properties(cJSON *rule, const char *section,
			   const char *precision)
{
	cJSON *p = cJSON_AddObjectToObject(rule, "properties"), *tags;

	tags = cJSON_AddArrayToObject(p, "tags");
	cJSON_AddItemToArray(tags, cJSON_CreateString("rust"));
	cJSON_AddItemToArray(tags, cJSON_CreateString(section));
	cJSON_AddStringToObject(p, "precision", precision);
}

static cJSON *own_rule(const struct finding_rule *from)
{
	cJSON *rule = cJSON_CreateObject();
	const struct finding f = { .level = from->level, .own = true };
	struct buf b = { 0 };

	cJSON_AddStringToObject(rule, "id", from->id);
	sarif_message(rule, "shortDescription", span_of(from->about));
	sarif_message(rule, "fullDescription",
		      text_clip(span_of(from->why), DESCRIPTION_MAX));
	buf_adds(&b, from->why);
	add_code(&b, "Found", from->bad);
	add_code(&b, "Not found", from->good);
	buf_addf(&b,
		 "\n\nTo silence one place of Rust code, on the line before "
		 "it:\n\n    // architect: allow(%s) the reason\n",
		 from->id);
	add_help(rule, buf_span(&b));
	add_level(rule, sarif_level(annotation_severity(&f)));
	add_properties(rule, from->section, "high");
	buf_release(&b);
	return rule;
}

/* What no rule says: the model's words, or a fact of the review without one. */
static cJSON *section_rule(const struct report *r, const struct finding *f)
{
	const struct section_want *want = r->sections.ptr[f->section].want;
	cJSON *rule = cJSON_CreateObject();
	struct buf b = { 0 };

	annotation_code(&b, r, f);
	cJSON_AddStringToObject(rule, "id", buf_cstr(&b));
	buf_reset(&b);
	buf_addf(&b, "%s%s", want->name,
		 f->own ? ": a fact of the code" : ": a model's finding");
	sarif_message(rule, "shortDescription", buf_span(&b));
	buf_reset(&b);
	buf_addf(&b, "%s, in the section \"%s\" of the report: %s.",
		 f->own ? "What the program itself read in the code"
			: "What a language model says of the code",
		 want->name, want->about);
	sarif_message(rule, "fullDescription", buf_span(&b));
	if (!f->own)
		buf_adds(&b, " Its quote was looked up in the code; a finding "
			     "whose quote is not there says that it is "
			     "unverified and is no error.");
	add_help(rule, buf_span(&b));
	add_level(rule, f->own ? "note" : "warning");
	add_properties(rule, want->id, f->own ? "high" : "medium");
	buf_release(&b);
	return rule;
}

void sarif_rules(struct sarif_rules *out, struct arena *a, cJSON *driver,
		 const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(driver, "rules");
	size_t rows = 2 * r->sections.len;
	int n = 0;

	*out = (struct sarif_rules){
		.report = r,
		.section = arena_array(a, rows, sizeof(int)),
	};
	memset(out->section, -1, rows * sizeof(int));
	vec_each (struct finding_rule, rule, &r->rules) {
		cJSON_AddItemToArray(list, own_rule(rule));
		n++;
	}
	vec_each (struct finding, f, &r->findings) {
		int *at = &out->section[2 * f->section + f->own];

		if (f->rule || *at >= 0)
			continue;
		*at = n++;
		cJSON_AddItemToArray(list, section_rule(r, f));
	}
}

int sarif_rule(const struct sarif_rules *rules, const struct finding *f)
{
	const struct report *r = rules->report;

	if (!f->rule)
		return rules->section[2 * f->section + f->own];
	for (size_t i = 0; i < r->rules.len; i++)
		if (!strcmp(r->rules.ptr[i].id, f->rule))
			return (int)i;
	return -1;
}
