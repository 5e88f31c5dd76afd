#include "render/json_parts.h"

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "core/report.h"
#include "base/ci_log.h"
#include "render/defuse.h"

void json_begin(void)
{
	cJSON_Hooks hooks = { base_malloc, base_free };

	cJSON_InitHooks(&hooks);
}

void json_end(struct buf *out, cJSON *o, bool pretty)
{
	char *text = pretty ? cJSON_Print(o) : cJSON_PrintUnformatted(o);

	ci_log_json(out, span_of(text));
	cJSON_free(text);
	cJSON_Delete(o);
}

static cJSON *text_item(struct span s)
{
	struct buf b = { 0 };
	cJSON *item;

	text_visible(&b, s);
	item = cJSON_CreateString(buf_cstr(&b));
	buf_release(&b);
	return item;
}

void json_text(cJSON *o, const char *key, struct span s)
{
	cJSON_AddItemToObject(o, key, text_item(s));
}

void json_text_or_null(cJSON *o, const char *key, struct span s)
{
	if (s.len)
		json_text(o, key, s);
	else
		cJSON_AddNullToObject(o, key);
}

void json_exact_or_null(cJSON *o, const char *key, struct span s)
{
	if (s.len && text_plain(s))
		json_text(o, key, s);
	else
		cJSON_AddNullToObject(o, key);
}

void json_markdown(cJSON *o, const char *key, struct span s)
{
	struct buf seen = { 0 }, b = { 0 };

	text_visible(&seen, s);
	defuse_markdown(&b, buf_span(&seen));
	cJSON_AddStringToObject(o, key, buf_cstr(&b));
	buf_release(&seen);
	buf_release(&b);
}

void json_count(cJSON *o, const char *key, int64_t n)
{
	if (n < 0)
		cJSON_AddNullToObject(o, key);
	else
		cJSON_AddNumberToObject(o, key, (double)n);
}

void json_silenced(cJSON *o, const struct report *r)
{
	cJSON *list = cJSON_AddArrayToObject(o, "silenced");

	vec_each (struct silenced, s, &r->silenced) {
		cJSON *row = cJSON_CreateObject();

		cJSON_AddStringToObject(row, "rule", s->rule);
		json_text(row, "path", s->path);
		cJSON_AddNumberToObject(row, "line", s->line);
		json_text_or_null(row, "reason", s->reason);
		cJSON_AddItemToArray(list, row);
	}
}
