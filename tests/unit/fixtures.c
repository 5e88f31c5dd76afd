/*
 * Recorded streams decode to what they carry. They lie outside the repository
 * ($ARCHITECT_SHARED, or ../shared); without them this says so and checks
 * nothing. What a stream carries is read here a second time and naively: the
 * whole file, split at blank lines, through cJSON.
 */
#include <cjson/cJSON.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/vec.h"
#include "replay.h"

#define CALLS 16
#define PIECE 61
#define SHORT 6000 /* bytes */

static const struct {
	const char *dir, *end;
	const char *provider;
	int at_least; /* files */
} folders[] = {
	{ "anthropic/recorded", ".sse", "anthropic", 27 },
	{ "anthropic/handmade", ".sse", "anthropic", 3 },
	{ "anthropic/handmade", "_response.txt", "anthropic", 7 },
	{ "openai/recorded", ".sse", "openai", 12 },
	{ "openai/dialects", ".sse", "openai", 10 },
	{ "compatible/recorded", ".sse", "compatible", 12 },
};

static const char *shared(void)
{
	const char *dir = getenv("ARCHITECT_SHARED");

	return dir && *dir ? dir : "../shared";
}

/* ---- the naive reader */

struct carried {
	struct buf text, calls; /* calls: "id name arguments\n" each */
	struct buf args[CALLS];
	char *ids[CALLS], *names[CALLS];
	long index[CALLS];
	size_t n;
	char stop[64];
	struct usage usage;
};

static cJSON *get(const cJSON *v, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(v, name);
}

static const char *text_of(const cJSON *v)
{
	return cJSON_IsString(v) ? v->valuestring : "";
}

static void set_count(int64_t *to, const cJSON *v)
{
	if (cJSON_IsNumber(v))
		*to = (int64_t)v->valuedouble;
}

/* The call of that index; a different id there is another one. */
static size_t carried_call(struct carried *c, long index, const char *id,
			   struct arena *a)
{
	size_t i, at = CALLS;

	for (i = 0; i < c->n; i++)
		if (c->index[i] == index)
			at = i;
	if (at == CALLS ||
	    (*id && *c->ids[at] && strcmp(id, c->ids[at]) != 0)) {
		ck_assert_uint_lt(c->n, CALLS);
		at = c->n++;
		c->index[at] = index;
		c->ids[at] = c->names[at] = arena_strdup(a, "");
	}
	if (!*c->ids[at])
		c->ids[at] = arena_strdup(a, id);
	return at;
}

static void naive_anthropic(struct carried *c, const cJSON *v, struct arena *a)
{
	const char *type = text_of(get(v, "type"));
	const cJSON *delta = get(v, "delta"), *block = get(v, "content_block");
	const cJSON *usage = get(v, "usage");
	long index = cJSON_IsNumber(get(v, "index"))
			     ? (long)get(v, "index")->valuedouble
			     : 0;
	size_t at;

	if (!strcmp(type, "message_start"))
		usage = get(get(v, "message"), "usage");
	set_count(&c->usage.input, get(usage, "input_tokens"));
	set_count(&c->usage.cache_read, get(usage, "cache_read_input_tokens"));
	set_count(&c->usage.cache_write,
		  get(usage, "cache_creation_input_tokens"));
	set_count(&c->usage.output, get(usage, "output_tokens"));
	set_count(&c->usage.reasoning,
		  get(get(usage, "output_tokens_details"), "thinking_tokens"));
	if (!strcmp(text_of(get(block, "type")), "tool_use")) {
		at = carried_call(c, index, text_of(get(block, "id")), a);
		c->names[at] = arena_strdup(a, text_of(get(block, "name")));
	}
	if (!strcmp(text_of(get(delta, "type")), "text_delta"))
		buf_adds(&c->text, text_of(get(delta, "text")));
	for (at = 0; at < c->n; at++)
		if (c->index[at] == index)
			buf_adds(&c->args[at],
				 text_of(get(delta, "partial_json")));
	if (*text_of(get(delta, "stop_reason")))
		snprintf(c->stop, sizeof(c->stop), "%s",
			 text_of(get(delta, "stop_reason")));
}

static void naive_openai_usage(struct usage *u, const cJSON *v)
{
	const cJSON *in = get(v, "prompt_tokens_details");
	const cJSON *out = get(v, "completion_tokens_details");
	int64_t total = -1, prompt = -1;

	set_count(&prompt, get(v, "prompt_tokens"));
	if (prompt < 0)
		return;
	set_count(&total, get(v, "total_tokens"));
	set_count(&u->cache_read, get(in, "cached_tokens"));
	set_count(&u->output, get(v, "completion_tokens"));
	set_count(&u->reasoning, get(out, "reasoning_tokens"));
	u->input = prompt - (u->cache_read > 0 ? u->cache_read : 0);
	/* all that is not prompt was written by the model */
	if (total > 0)
		u->output = total - prompt;
}

static void naive_openai(struct carried *c, const cJSON *v, struct arena *a)
{
	const cJSON *choice = cJSON_GetArrayItem(get(v, "choices"), 0);
	const cJSON *delta = get(choice, "delta"), *part, *call;
	long position = 0;

	naive_openai_usage(&c->usage, get(v, "usage"));
	if (choice && cJSON_IsNumber(get(choice, "index")) &&
	    get(choice, "index")->valuedouble > 0)
		return;
	buf_adds(&c->text, text_of(get(delta, "content")));
	buf_adds(&c->text, text_of(get(delta, "refusal")));
	if (cJSON_IsArray(get(delta, "content")))
		cJSON_ArrayForEach (part, get(delta, "content"))
			buf_adds(&c->text, text_of(get(part, "text")));
	cJSON_ArrayForEach (call, get(delta, "tool_calls")) {
		const cJSON *f = get(call, "function");
		long index = cJSON_IsNumber(get(call, "index"))
				     ? (long)get(call, "index")->valuedouble
				     : position;
		size_t at = carried_call(c, index, text_of(get(call, "id")), a);

		if (!*c->names[at])
			c->names[at] = arena_strdup(a, text_of(get(f, "name")));
		buf_adds(&c->args[at], text_of(get(f, "arguments")));
		position++;
	}
	if (*text_of(get(choice, "finish_reason")))
		snprintf(c->stop, sizeof(c->stop), "%s",
			 text_of(get(choice, "finish_reason")));
}

/* Each "data: " line of these files is one event. */
static void naive_read(struct carried *c, struct span file, bool anthropic,
		       struct arena *a)
{
	struct span line;
	size_t i;

	c->usage = USAGE_UNKNOWN;
	while (text_line(&file, &line)) {
		cJSON *v;

		if (!span_starts(line, "data: ") ||
		    span_starts(line, "data: [DONE]"))
			continue;
		v = cJSON_ParseWithLength(line.ptr + 6, line.len - 6);
		ck_assert_ptr_nonnull(v);
		if (anthropic)
			naive_anthropic(c, v, a);
		else
			naive_openai(c, v, a);
		cJSON_Delete(v);
	}
	for (i = 0; i < c->n; i++) {
		buf_addf(&c->calls, "%s %s %s\n", c->ids[i], c->names[i],
			 buf_cstr(&c->args[i]));
		buf_release(&c->args[i]);
	}
}

/* ---- ours beside it */

static void check_usage(const struct usage *got, const struct usage *want)
{
	ck_assert_int_eq(got->input, want->input);
	ck_assert_int_eq(got->cache_read, want->cache_read);
	ck_assert_int_eq(got->cache_write, want->cache_write);
	ck_assert_int_eq(got->output, want->output);
	ck_assert_int_eq(got->reasoning, want->reasoning);
}

static void check_carried(const struct turn *t, const struct carried *c)
{
	struct buf calls = { 0 };

	vec_each (struct turn_part, p, &t->parts)
		if (p->kind == PART_TOOL_CALL)
			buf_addf(&calls, "%.*s %.*s %s\n", SPAN_ARG(p->id),
				 SPAN_ARG(p->name), buf_cstr(&p->raw));
	ck_assert_str_eq(buf_cstr(&t->text), buf_cstr(&c->text));
	ck_assert_str_eq(buf_cstr(&calls), buf_cstr(&c->calls));
	ck_assert_str_eq(t->stop_word, c->stop);
	ck_assert_int_eq(t->error_status, 0);
	ck_assert(turn_whole(t));
	check_usage(&t->usage, &c->usage);
	buf_release(&calls);
}

static void check_split(struct replay *r, const struct provider *p,
			struct span file, size_t cut, size_t step,
			struct span want)
{
	replay(r, p, file, cut, step);
	ck_assert_msg(span_eq(buf_span(&r->log), want),
		      "cut at %zu, then every %zu", cut, step);
}

/*
 * Byte by byte; in pieces that begin at every offset, so that each byte is a
 * cut once; and, where the file is short, cut in two at each byte.
 */
static void check_splits(struct replay *r, const struct provider *p,
			 struct span file)
{
	struct buf want = { 0 };
	size_t cut;

	buf_addsp(&want, buf_span(&r->log));
	check_split(r, p, file, 1, 1, buf_span(&want));
	for (cut = 1; cut <= PIECE; cut++)
		check_split(r, p, file, cut, PIECE, buf_span(&want));
	for (cut = 1; cut < file.len && file.len <= SHORT; cut++)
		check_split(r, p, file, cut, file.len, buf_span(&want));
	buf_release(&want);
}

static void check_file(const struct provider *p, struct span file,
		       struct arena *a)
{
	struct carried c = { 0 };
	struct replay r = { 0 };

	naive_read(&c, file, !strcmp(p->name, "anthropic"), a);
	replay(&r, p, file, file.len, file.len);
	ck_assert_msg(!r.err.kind, "%s", r.err.msg);
	check_carried(&r.turn, &c);
	check_splits(&r, p, file);
	buf_release(&c.text);
	buf_release(&c.calls);
	replay_release(&r);
}

START_TEST(a_recorded_stream_decodes_to_what_it_carries)
{
	struct arena a = { 0 };
	const char *path =
		arena_printf(&a, "%s/fixtures/%s", shared(), folders[_i].dir);
	DIR *dir = opendir(path);
	struct dirent *e;
	int n = 0;

	if (!dir) {
		printf("fixtures: %s is not here: skipped\n", folders[_i].dir);
		arena_release(&a);
		return;
	}
	while ((e = readdir(dir))) {
		struct error err = { 0 };
		struct span file;

		if (!span_ends(span_of(e->d_name), folders[_i].end))
			continue;
		ck_assert_msg(
			!fs_read(&file, &a,
				 arena_printf(&a, "%s/%s", path, e->d_name),
				 1 << 24, &err),
			"%s", err.msg);
		check_file(provider_find(folders[_i].provider), file, &a);
		n++;
	}
	closedir(dir);
	ck_assert_int_ge(n, folders[_i].at_least);
	printf("fixtures: %s/*%s: %d streams\n", folders[_i].dir,
	       folders[_i].end, n);
	arena_release(&a);
}
END_TEST

/* A few read by hand, so that two readers cannot be wrong together. */
static const struct {
	const char *file, *provider;
	enum stop_reason stop;
	struct usage usage;
	const char *begins, *ends;
} by_hand[] = {
	{ "anthropic/handmade/basic_response.txt",
	  "anthropic",
	  STOP_END,
	  { 11, -1, -1, 6, -1, 0, -1 },
	  "Hello there!",
	  "Hello there!" },
	{ "anthropic/handmade/stream-a-refusal.sse",
	  "anthropic",
	  STOP_REFUSAL,
	  { 28, 0, 0, 106, 67, 0, -1 },
	  "Hi",
	  "Hi" },
	{ "anthropic/handmade/incomplete_partial_json_response.txt",
	  "anthropic",
	  STOP_LENGTH,
	  { 450, 0, 0, 124, -1, 0, -1 },
	  "I'll create a",
	  "do that for you now." },
	{ "compatible/recorded/deepseek-tool-call.sse",
	  "deepseek",
	  STOP_TOOLS,
	  { 19, 320, -1, 83, 39, 0, -1 },
	  "",
	  "" },
	{ "compatible/recorded/xai-text.sse",
	  "xai",
	  STOP_END,
	  { 1, 11, -1, 342, 340, 0, -1 },
	  "",
	  "rok" },
	{ "compatible/recorded/groq-text.sse",
	  "groq",
	  STOP_END,
	  { 45, -1, -1, 662, -1, 0, -1 },
	  "Introducing",
	  "." },
	{ "compatible/recorded/mistral-reasoning.sse",
	  "mistral",
	  STOP_END,
	  { 10, -1, -1, 46, -1, 0, -1 },
	  "2 + 2 = 4",
	  "2 + 2 = 4" },
};

START_TEST(a_stream_read_by_hand_decodes_to_that)
{
	struct arena a = { 0 };
	struct replay r = { 0 };
	struct error err = { 0 };
	struct span file, text;

	if (fs_read(&file, &a,
		    arena_printf(&a, "%s/fixtures/%s", shared(),
				 by_hand[_i].file),
		    1 << 24, &err)) {
		printf("fixtures: %s is not here: skipped\n", by_hand[_i].file);
		arena_release(&a);
		return;
	}
	replay(&r, provider_find(by_hand[_i].provider), file, 100, 100);
	text = buf_span(&r.turn.text);
	ck_assert_int_eq(r.turn.stop, by_hand[_i].stop);
	ck_assert(span_starts(text, by_hand[_i].begins));
	ck_assert(span_ends(text, by_hand[_i].ends));
	check_usage(&r.turn.usage, &by_hand[_i].usage);
	replay_release(&r);
	arena_release(&a);
}
END_TEST

Suite *fixtures_suite(void)
{
	Suite *s = suite_create("fixtures");
	TCase *tc = tcase_create("fixtures");

	tcase_set_timeout(tc, 120);
	add_rows(tc, a_recorded_stream_decodes_to_what_it_carries, folders);
	add_rows(tc, a_stream_read_by_hand_decodes_to_that, by_hand);
	suite_add_tcase(s, tc);
	return s;
}
