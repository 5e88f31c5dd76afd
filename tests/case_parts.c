/* What the requests of a review in parts must be, taken together. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "case.h"
#include "llm/models.h"

/* Texts of a body: of the system prompt and of all messages. */
static void texts_of(struct buf *out, const cJSON *v)
{
	const cJSON *text = cJSON_GetObjectItemCaseSensitive(v, "text");

	if (cJSON_IsString(text)) {
		buf_adds(out, text->valuestring);
		buf_addc(out, '\n');
	}
	for (v = v ? v->child : NULL; v; v = v->next)
		texts_of(out, v);
}

static void judge_window(struct buf *out, const struct test_case *c, size_t i,
			 const cJSON *body, struct span texts)
{
	const cJSON *reply =
		cJSON_GetObjectItemCaseSensitive(body, "max_tokens");
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(body, "model");
	const char *id = cJSON_IsString(name) ? name->valuestring : "";
	int64_t n = model_text_tokens(model_find("anthropic", id, &id), texts);

	if (cJSON_IsNumber(reply))
		n += (int64_t)reply->valuedouble;
	if (n > c->window)
		buf_addf(out, "request %zu takes about %lld tokens of %lld\n",
			 i + 1, (long long)n, (long long)c->window);
}

struct lines {
	struct arena *arena;
	VEC(struct span) rows;
};

/* "path 12 +" of every changed line in the diffs, of every line of files. */
static void note_lines(struct lines *to, struct span rest)
{
	struct span line, path = { 0 };
	bool begins = false, whole = false;

	while (text_line(&rest, &line)) {
		char sign = line.len > 6 ? line.ptr[6] : ' ';

		if (span_starts(line, "<<<diff ") ||
		    span_starts(line, "<<<file ")) {
			begins = true;
			whole = line.ptr[3] == 'f';
		} else if (begins) {
			path = line;
			begins = false;
		} else if (span_starts(line, ">>>diff ") ||
			   span_starts(line, ">>>file ")) {
			path.len = 0;
		} else if (path.len && (whole || sign == '+' || sign == '-')) {
			*vec_push(&to->rows, to->arena) =
				span_of(arena_printf(to->arena, "%.*s %.7s",
						     SPAN_ARG(path), line.ptr));
		}
	}
}

static int by_text(const void *x, const void *y)
{
	return strcmp(((const struct span *)x)->ptr,
		      ((const struct span *)y)->ptr);
}

static void judge_lines(struct buf *out, const struct test_case *c,
			const struct lines *lines)
{
	const struct span *l = lines->rows.ptr;
	size_t n = lines->rows.len;

	if (n != (size_t)c->patch)
		buf_addf(out, "%zu changed lines are shown, not %d\n", n,
			 c->patch);
	qsort(lines->rows.ptr, n, sizeof(*l), by_text);
	for (size_t i = 1; i < n; i++)
		if (span_eq(l[i], l[i - 1])) {
			buf_addf(out, "shown twice: %s\n", l[i].ptr);
			return;
		}
}

void case_judge_parts(struct buf *out, const struct test_case *c,
		      const struct case_result *res)
{
	struct lines lines = { .arena = c->arena };

	for (size_t i = 0; i < fake_requests(res->server); i++) {
		struct span raw = fake_request(res->server, i)->body;
		cJSON *body = cJSON_ParseWithLength(raw.ptr, raw.len);
		struct buf texts = { 0 };

		texts_of(&texts, body);
		if (c->window)
			judge_window(out, c, i, body, buf_span(&texts));
		if (c->patch)
			note_lines(&lines,
				   arena_span(c->arena, buf_span(&texts)));
		buf_release(&texts);
		cJSON_Delete(body);
	}
	if (c->patch)
		judge_lines(out, c, &lines);
}
