#include <cjson/cJSON.h>

#include "base/buf.h"
#include "core/report.h"
#include "render/annotation.h"
#include "render/json_parts.h"
#include "render/sarif_parts.h"

const char *sarif_level(enum severity s)
{
	static const char *const names[] = {
		[SEVERITY_ERROR] = "error",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = "note",
	};

	return names[s];
}

void sarif_message(cJSON *o, const char *key, struct span words)
{
	json_text(cJSON_AddObjectToObject(o, key), "text", words);
}

void sarif_artifact(cJSON *o, const char *key, struct span file)
{
	cJSON *location = cJSON_AddObjectToObject(o, key);
	struct buf b = { 0 };

	text_percent(&b, file, "/");
	cJSON_AddStringToObject(location, "uri", buf_cstr(&b));
	cJSON_AddStringToObject(location, "uriBaseId", SARIF_ROOT);
	buf_release(&b);
}

/* The line, with what it says where that was found in it. */
static void add_region(cJSON *physical, const struct finding *f, uint32_t line)
{
	cJSON *region = cJSON_AddObjectToObject(physical, "region");
	struct span quote = f->quote, first;

	cJSON_AddNumberToObject(region, "startLine", line);
	if (finding_sure(f) && text_line(&quote, &first) && first.len)
		sarif_message(region, "snippet", first);
}

/* Without a region the whole file is meant. */
static void add_locations(cJSON *row, const struct annotation *an,
			  const struct finding *f)
{
	cJSON *list, *one, *physical;

	if (!an->file.len)
		return;
	list = cJSON_AddArrayToObject(row, "locations");
	one = cJSON_CreateObject();
	physical = cJSON_AddObjectToObject(one, "physicalLocation");
	sarif_artifact(physical, "artifactLocation", an->file);
	if (an->line)
		add_region(physical, f, an->line);
	cJSON_AddItemToArray(list, one);
}

/*
 * GitHub goes by primaryLocationLineHash alone, which its upload makes of the
 * line; where there is none it would take every upload's for another finding.
 */
static void add_fingerprints(cJSON *row, const struct annotation *an,
			     const struct finding *f)
{
	cJSON *prints;

	if (!f->fingerprint[0])
		return;
	prints = cJSON_AddObjectToObject(row, "partialFingerprints");
	cJSON_AddStringToObject(prints, "architectFingerprint/v1",
				f->fingerprint);
	if (!an->line)
		cJSON_AddStringToObject(prints, "primaryLocationLineHash",
					f->fingerprint);
}

/* All results of a run have both or none has. */
static void add_baseline(cJSON *row, const struct report *r,
			 const struct finding *f)
{
	bool known = f->age == FINDING_KNOWN;
	cJSON *list, *one;

	if (!r->baseline)
		return;
	cJSON_AddStringToObject(row, "baselineState",
				known ? "unchanged" : "new");
	list = cJSON_AddArrayToObject(row, "suppressions");
	if (!known || f->known_expired)
		return;
	one = cJSON_CreateObject();
	cJSON_AddStringToObject(one, "kind", "external");
	cJSON_AddStringToObject(one, "status", "accepted");
	if (f->known_reason.len)
		json_text(one, "justification", f->known_reason);
	cJSON_AddItemToArray(list, one);
}

/* From the first line's begin to the begin of the one behind the last. */
static cJSON *replacement(const struct finding_edit *e)
{
	cJSON *o = cJSON_CreateObject(), *region;

	region = cJSON_AddObjectToObject(o, "deletedRegion");
	cJSON_AddNumberToObject(region, "startLine", e->first);
	cJSON_AddNumberToObject(region, "startColumn", 1);
	cJSON_AddNumberToObject(region, "endLine", (double)e->last + 1);
	cJSON_AddNumberToObject(region, "endColumn", 1);
	if (e->text.len)
		sarif_message(o, "insertedContent", e->text);
	return o;
}

static void add_fixes(cJSON *row, const struct annotation *an,
		      const struct finding *f)
{
	cJSON *fix, *change, *list;

	if (an->elsewhere || !annotation_has_fix(f))
		return;
	fix = cJSON_CreateObject();
	cJSON_AddItemToArray(cJSON_AddArrayToObject(row, "fixes"), fix);
	sarif_message(fix, "description",
		      SPAN("What mends it; it was tried that it applies."));
	change = cJSON_CreateObject();
	cJSON_AddItemToArray(cJSON_AddArrayToObject(fix, "artifactChanges"),
			     change);
	sarif_artifact(change, "artifactLocation", an->file);
	list = cJSON_AddArrayToObject(change, "replacements");
	vec_each (struct finding_edit, e, &f->fix)
		cJSON_AddItemToArray(list, replacement(e));
}

static void add_properties(cJSON *row, const struct report *r,
			   const struct finding *f)
{
	cJSON *p = cJSON_AddObjectToObject(row, "properties");

	cJSON_AddStringToObject(p, "level", finding_level_name(f->level));
	cJSON_AddStringToObject(p, "section",
				r->sections.ptr[f->section].want->id);
	cJSON_AddBoolToObject(p, "own", f->own);
	cJSON_AddStringToObject(p, "check", finding_check_name(f->check));
	if (f->fact.len)
		json_text(p, "fact", f->fact);
	if (f->path.len && !annotation_file(f->path).len)
		json_text(p, "namedPlace", f->path);
	if (f->old)
		cJSON_AddNumberToObject(p, "lineBeforeTheChange", f->line);
	if (f->pre_existing)
		cJSON_AddTrueToObject(p, "preExisting");
	if (f->mask)
		cJSON_AddTrueToObject(p, "mask");
	if (f->known_until.len)
		json_text(p, "knownExpires", f->known_until);
	if (f->known_expired)
		cJSON_AddTrueToObject(p, "knownExpired");
}

static cJSON *result(const struct sarif_rules *rules, const struct finding *f)
{
	const struct report *r = rules->report;
	struct annotation an = annotation_of(r, f);
	cJSON *row = cJSON_CreateObject();
	int rule = sarif_rule(rules, f);
	struct buf b = { 0 };

	annotation_code(&b, r, f);
	cJSON_AddStringToObject(row, "ruleId", buf_cstr(&b));
	if (rule >= 0)
		cJSON_AddNumberToObject(row, "ruleIndex", rule);
	cJSON_AddStringToObject(row, "level", sarif_level(an.severity));
	buf_reset(&b);
	annotation_words(&b, f, true);
	sarif_message(row, "message", buf_span(&b));
	add_locations(row, &an, f);
	add_fingerprints(row, &an, f);
	add_baseline(row, r, f);
	add_fixes(row, &an, f);
	add_properties(row, r, f);
	buf_release(&b);
	return row;
}

void sarif_results(cJSON *run, const struct sarif_rules *rules)
{
	cJSON *list = cJSON_AddArrayToObject(run, "results");

	vec_each (struct finding, f, &rules->report->findings)
		cJSON_AddItemToArray(list, result(rules, f));
}
