/*
 * SARIF 2.1.0 (OASIS, errata 01), as GitHub's code scanning takes it: every
 * result has a place where any file was looked at, a rule that explains itself,
 * and paths relative to the top folder. What the review kept back (silenced by
 * a comment, gone since the baseline) is no result, for GitHub would open it
 * anew: it stands in the run's properties.
 */
#include "render/render.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/json_parts.h"
#include "render/sarif_parts.h"

#define SCHEMA                                                        \
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/" \
	"schemas/sarif-schema-2.1.0.json"

static void add_tool(struct sarif_rules *rules, struct arena *a, cJSON *run,
		     const struct report *r)
{
	cJSON *tool = cJSON_AddObjectToObject(run, "tool");
	cJSON *driver = cJSON_AddObjectToObject(tool, "driver");

	cJSON_AddStringToObject(driver, "name", "architect");
	cJSON_AddStringToObject(driver, "version", VERSION);
	cJSON_AddStringToObject(driver, "semanticVersion", VERSION);
	sarif_rules(rules, a, driver, r);
}

static void add_invocation(cJSON *run, const struct report *r)
{
	cJSON *one = cJSON_CreateObject(), *list, *note;
	struct buf b = { 0 };

	cJSON_AddItemToArray(cJSON_AddArrayToObject(run, "invocations"), one);
	cJSON_AddBoolToObject(one, "executionSuccessful",
			      report_complete(r) && !r->partial);
	if (report_complete(r) && !r->partial)
		return;
	list = cJSON_AddArrayToObject(one, "toolExecutionNotifications");
	note = cJSON_CreateObject();
	cJSON_AddStringToObject(note, "level", "error");
	buf_addf(&b, "Partial: %s", report_partial_words);
	sarif_message(note, "message", buf_span(&b));
	buf_release(&b);
	cJSON_AddItemToArray(list, note);
}

/* Which tree of which repository it was; whoever runs us tells the latter. */
static void add_provenance(cJSON *run, const struct report *r,
			   const char *repository)
{
	cJSON *one;

	if (!repository)
		return;
	one = cJSON_CreateObject();
	cJSON_AddItemToArray(
		cJSON_AddArrayToObject(run, "versionControlProvenance"), one);
	json_text(one, "repositoryUri", span_of(repository));
	if (r->new_id[0])
		cJSON_AddStringToObject(one, "revisionId", r->new_id);
	cJSON_AddStringToObject(cJSON_AddObjectToObject(one, "mappedTo"),
				"uriBaseId", SARIF_ROOT);
}

static void add_root(cJSON *run)
{
	cJSON *bases = cJSON_AddObjectToObject(run, "originalUriBaseIds");

	sarif_message(cJSON_AddObjectToObject(bases, SARIF_ROOT), "description",
		      SPAN("The top folder of the repository."));
}

static cJSON *artifact(const struct cover *c, struct span file)
{
	cJSON *o = cJSON_CreateObject(), *p;

	sarif_artifact(o, "location", file);
	if (cover_shown(c))
		cJSON_AddItemToArray(cJSON_AddArrayToObject(o, "roles"),
				     cJSON_CreateString("analysisTarget"));
	p = cJSON_AddObjectToObject(o, "properties");
	cJSON_AddStringToObject(p, "coverage", cover_state_name(c->state));
	if (c->state == COVER_HUNKS) {
		cJSON_AddNumberToObject(p, "hunks", c->hunks);
		cJSON_AddNumberToObject(p, "hunksSent", c->hunks_sent);
	}
	if (c->reason.len)
		json_text(p, "reason", c->reason);
	if (c->summary.len)
		json_text(p, "summary", c->summary);
	if (c->note.len)
		json_text(p, "note", c->note);
	return o;
}

static void add_artifacts(cJSON *run, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(run, "artifacts");

	vec_each (struct cover, c, &r->files) {
		struct span file = annotation_file(c->path);

		if (file.len)
			cJSON_AddItemToArray(list, artifact(c, file));
	}
}

static void add_gone(cJSON *p, const struct report *r)
{
	cJSON *list;

	if (!r->baseline)
		return;
	list = cJSON_AddArrayToObject(p, "gone");
	vec_each (struct known_finding, k, &r->gone) {
		cJSON *row = cJSON_CreateObject();

		json_text(row, "fingerprint", span_of(k->fingerprint));
		json_text(row, "path", k->path);
		cJSON_AddStringToObject(row, "state",
					known_state_name(k->state));
		cJSON_AddItemToArray(list, row);
	}
}

static void add_properties(cJSON *run, const struct report *r)
{
	cJSON *p = cJSON_AddObjectToObject(run, "properties");

	cJSON_AddStringToObject(p, "task", r->task);
	json_text(p, "title", r->title);
	cJSON_AddBoolToObject(p, "offline", r->offline);
	json_text_or_null(p, "model", r->model);
	json_text_or_null(p, "oldId", span_of(r->old_id));
	json_text_or_null(p, "newId", span_of(r->new_id));
	json_silenced(p, r);
	cJSON_AddNumberToObject(p, "ownLeftOut", r->own_left_out);
	add_gone(p, r);
}

static cJSON *build_run(struct arena *a, const struct report *r,
			const struct render_style *style)
{
	cJSON *run = cJSON_CreateObject();
	struct sarif_rules rules;
	struct buf b = { 0 };

	add_tool(&rules, a, run, r);
	buf_addf(&b, "architect/%s/", r->task);
	cJSON_AddStringToObject(
		cJSON_AddObjectToObject(run, "automationDetails"), "id",
		buf_cstr(&b));
	add_invocation(run, r);
	add_provenance(run, r, style->repository);
	add_root(run);
	cJSON_AddStringToObject(run, "columnKind", "unicodeCodePoints");
	sarif_results(run, &rules);
	add_artifacts(run, r);
	add_properties(run, r);
	buf_release(&b);
	return run;
}

void render_sarif(struct buf *out, const struct report *r,
		  const struct render_style *style)
{
	struct arena a = { 0 };
	cJSON *o;

	json_begin();
	o = cJSON_CreateObject();
	cJSON_AddStringToObject(o, "$schema", SCHEMA);
	cJSON_AddStringToObject(o, "version", "2.1.0");
	cJSON_AddItemToArray(cJSON_AddArrayToObject(o, "runs"),
			     build_run(&a, r, style));
	json_end(out, o, true);
	buf_addc(out, '\n');
	arena_release(&a);
}
