#include "cli/batch_input.h"

#include "base/arena.h"
#include "base/json.h"

enum { MAX_PATHS = 10000 };

/* The string fields, each with its place. */
static const struct {
	const char *name;
	size_t offset;
} fields[] = {
	{ "id", offsetof(struct batch_line, id) },
	{ "review", offsetof(struct batch_line, review) },
	{ "design", offsetof(struct batch_line, design) },
	{ "repo", offsetof(struct batch_line, repo) },
	{ "intent", offsetof(struct batch_line, intent) },
	{ "agent", offsetof(struct batch_line, agent) },
	{ "model", offsetof(struct batch_line, model) },
};

static int take_paths(struct batch_line *out, struct arena *a,
		      const struct json *v, struct error *err)
{
	const struct json *one;

	if (v->type != JSON_ARRAY)
		return error_set(err, ERR_USAGE, "\"paths\" must be an array");
	for (one = v->child; one; one = one->next)
		out->npaths++;
	if (out->npaths > MAX_PATHS)
		return error_set(err, ERR_USAGE, "more than %d \"paths\"",
				 MAX_PATHS);
	out->paths = arena_array(a, out->npaths + 1, sizeof(char *));
	out->npaths = 0;
	for (one = v->child; one; one = one->next) {
		if (one->type != JSON_STRING)
			return error_set(err, ERR_USAGE,
					 "\"paths\" must hold strings");
		out->paths[out->npaths++] = arena_cstr(a, json_string(one, a));
	}
	return 0;
}

static int take_field(struct batch_line *out, struct arena *a,
		      const struct json *v, struct error *err)
{
	size_t i;

	if (span_eqs(v->key, "paths"))
		return take_paths(out, a, v, err);
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!span_eqs(v->key, fields[i].name))
			continue;
		if (v->type != JSON_STRING)
			return error_set(err, ERR_USAGE,
					 "\"%s\" must be a string",
					 fields[i].name);
		*(const char **)((char *)out + fields[i].offset) =
			arena_cstr(a, json_string(v, a));
		return 0;
	}
	return error_set(err, ERR_USAGE, "unknown field \"%.*s\"",
			 SPAN_ARG(span_first(v->key, 40)));
}

int batch_line_parse(struct batch_line *out, struct arena *a, struct span line,
		     struct error *err)
{
	const struct json *v;
	struct json *doc;

	*out = (struct batch_line){ 0 };
	if (json_parse(&doc, a, line, err)) {
		err->kind = ERR_USAGE;
		return -1;
	}
	if (doc->type != JSON_OBJECT)
		return error_set(err, ERR_USAGE, "not a JSON object");
	for (v = doc->child; v; v = v->next)
		if (v->type != JSON_NULL && take_field(out, a, v, err))
			return -1;
	if (!out->id || !*out->id)
		return error_set(err, ERR_USAGE, "\"id\" is missing");
	if (!out->review == !out->design)
		return error_set(err, ERR_USAGE,
				 "exactly one of \"review\" and \"design\" is "
				 "needed");
	return 0;
}
