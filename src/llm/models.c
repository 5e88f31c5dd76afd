/*
 * Sources: the vendors' model and price pages as of models_date. What they do
 * not say is 0 (sizes) or negative (prices), never a guess, with one
 * exception: see OPENAI_WINDOW.
 */
#include "llm/models.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/vec.h"

#define M 1000000
#define K 1000
#define REPLY 16000
#define NEW TOKENS_CLAUDE
#define OLD TOKENS_CLAUDE_OLD
/*
 * Windows that are not published are taken as the prompt size up to which the
 * normal price holds: larger ones are accepted, but cost twice as much.
 */
#define OPENAI_WINDOW (272 * K)
#define UNKNOWN -1.0

const char models_date[] = "2026-11-18";

#define A "anthropic"
#define O "openai"
#define G "gemini"
/* id, alias, $ in, out, cache read, cache write */
#define CLAUDE(id, alias, in, out, rd, wr, tokens)                            \
	{                                                                     \
		id, A, alias, M, 128 * K, REPLY, in, out, rd, wr, 0, 0, 0, 0, \
			0, tokens, 0, 0                                       \
	}
#define CLAUDE_OLD(id, in, out, rd, wr)                                        \
	{                                                                      \
		id, A, NULL, 200 * K, 64 * K, REPLY, in, out, rd, wr, 0, 0, 0, \
			0, 0, OLD, 0, 0                                        \
	}
/* over 272K tokens of prompt: 2 x in, 1.5 x out */
#define GPT(id, window, max, in, out, rd, wr)                              \
	{                                                                  \
		id, O, NULL, window, max, REPLY, in, out, rd, wr, 272 * K, \
			2 * (in), 1.5 * (out), 2 * (rd), 2 * (wr),         \
			TOKENS_OPENAI, 0, 0                                \
	}
#define GEMINI(id, window, max, in, out, over, in2, out2)                     \
	{                                                                     \
		id, G, NULL, window, max, REPLY, in, out, UNKNOWN, UNKNOWN,   \
			over, in2, out2, UNKNOWN, UNKNOWN, TOKENS_GEMMA, 0, 0 \
	}

static const struct model table[] = {
	CLAUDE("claude-fable-5-2", "fable", 8, 40, 0.20, 10, NEW),
	CLAUDE("claude-mythos-5-2", NULL, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN,
	       NEW),
	CLAUDE("claude-fable-5-1", NULL, 10, 50, 0.25, 12.5, NEW),
	CLAUDE("claude-opus-5-5", "opus", 4, 20, 0.20, 5, NEW),
	CLAUDE("claude-sonnet-5-5", "sonnet", 2, 10, 0.10, 2.5, NEW),
	{ "claude-haiku-5-5", A, "haiku", M, 128 * K, REPLY, 0.10, 0.50, 0.01,
	  0.125, 100 * K, 0.50, 2.50, 0.05, 0.625, NEW, 0, 0 },
	CLAUDE("claude-opus-5", NULL, 5, 25, 0.50, 6.25, NEW),
	CLAUDE("claude-sonnet-5", NULL, 2, 10, 0.20, 2.5, NEW),
	CLAUDE("claude-opus-4-8", NULL, 5, 25, 0.50, 6.25, NEW),
	CLAUDE("claude-opus-4-7", NULL, 5, 25, 0.50, 6.25, NEW),
	CLAUDE("claude-opus-4-6", NULL, 5, 25, 0.50, 6.25, OLD),
	CLAUDE("claude-sonnet-4-6", NULL, 3, 15, 0.30, 3.75, OLD),
	CLAUDE_OLD("claude-haiku-4-5", 1, 5, 0.10, 1.25),
	CLAUDE_OLD("claude-opus-4-5", 5, 25, 0.50, 6.25),
	CLAUDE_OLD("claude-sonnet-4-5", 3, 15, 0.30, 3.75),
	GPT("gpt-6.2-astra", 1050 * K, 128 * K, 8, 40, 0.40, UNKNOWN),
	GPT("gpt-6.2-sol", OPENAI_WINDOW, 0, 2, 10, 0.10, 2.50),
	GPT("gpt-6.1-sol", OPENAI_WINDOW, 0, 2, 10, UNKNOWN, UNKNOWN),
	GPT("gpt-6.1-terra", OPENAI_WINDOW, 0, 1, 5, UNKNOWN, UNKNOWN),
	GPT("gpt-6-astra", OPENAI_WINDOW, 0, 10, 50, 1.00, UNKNOWN),
	GPT("gpt-6-sol", OPENAI_WINDOW, 0, 2, 10, UNKNOWN, UNKNOWN),
	GPT("gpt-6-luna", OPENAI_WINDOW, 0, 0.10, 0.50, UNKNOWN, UNKNOWN),
	GPT("gpt-5.6-sol", OPENAI_WINDOW, 0, 4, 20, 0.40, UNKNOWN),
	GPT("gpt-5.6-terra", OPENAI_WINDOW, 0, 2, 12, 0.20, UNKNOWN),
	GPT("gpt-5.6-luna", OPENAI_WINDOW, 0, 0.20, 1.20, 0.02, UNKNOWN),
	GEMINI("gemini-3.8-flash", M, 64 * K, 0.75, 3.75, 0, 0, 0),
	GEMINI("gemini-3.6-flash", 0, 0, 1.50, 7.50, 0, 0, 0),
	GEMINI("gemini-3.5-flash-lite", 0, 0, 0.30, 2.50, 0, 0, 0),
	GEMINI("gemini-3.5-flash", 0, 0, 1.50, 9, 0, 0, 0),
	GEMINI("gemini-3.1-pro-preview", 0, 0, 2, 12, 200 * K, 4, 18),
};

#define ROWS (sizeof(table) / sizeof(table[0]))
/* Of one provider, that a misspelt name is held against. */
#define MOST_NAMES 64

/* The rows of the override file: the one thing that is not const here. */
static VEC(struct model) loaded;

const struct model *model_at(size_t i)
{
	if (i < loaded.len)
		return &loaded.ptr[i];
	i -= loaded.len;
	return i < ROWS ? &table[i] : NULL;
}

static bool digits(const char *s, size_t n)
{
	return strspn(s, "0123456789") >= n;
}

/* Is rest what may follow an id: nothing, or a date of the same model? */
static bool same_model(const char *rest)
{
	if (!*rest || !strcmp(rest, "-latest"))
		return true;
	if (*rest != '-' && *rest != '@')
		return false;
	rest++;
	/* 20251001 or 2025-10-01 */
	return (digits(rest, 8) && !rest[8]) ||
	       (digits(rest, 4) && rest[4] == '-' && digits(rest + 5, 2) &&
		rest[7] == '-' && digits(rest + 8, 2) && !rest[10]);
}

static const struct model *find_id(const char *provider, const char *name)
{
	const struct model *m;
	size_t i, n;

	for (i = 0; (m = model_at(i)); i++) {
		n = strlen(m->id);
		if ((!provider || !strcmp(m->provider, provider)) &&
		    !strncmp(m->id, name, n) && same_model(name + n))
			return m;
	}
	return NULL;
}

/* An alias's row; the environment can put another id in its place. */
static const struct model *find_alias(const char *provider, const char *name,
				      const char **id)
{
	static const char *const overrides[][2] = {
		{ "fable", "ANTHROPIC_DEFAULT_FABLE_MODEL" },
		{ "opus", "ANTHROPIC_DEFAULT_OPUS_MODEL" },
		{ "sonnet", "ANTHROPIC_DEFAULT_SONNET_MODEL" },
		{ "haiku", "ANTHROPIC_DEFAULT_HAIKU_MODEL" },
	};
	const struct model *m;
	const char *other;
	size_t i;

	if (!provider || strcmp(provider, A) != 0)
		return NULL;
	for (i = 0; i < sizeof(overrides) / sizeof(overrides[0]); i++) {
		if (strcmp(name, overrides[i][0]) != 0)
			continue;
		other = getenv(overrides[i][1]);
		if (other && *other) {
			*id = other;
			return find_id(provider, other);
		}
	}
	for (i = 0; (m = model_at(i)); i++) {
		if (strcmp(m->provider, A) || !m->alias ||
		    strcmp(m->alias, name) != 0)
			continue;
		*id = m->id;
		return m;
	}
	return NULL;
}

const struct model *model_find(const char *provider, const char *name,
			       const char **id)
{
	const struct model *m;
	const char *sent = name;

	m = find_alias(provider, name, &sent);
	if (!m && sent == name)
		m = find_id(provider, name);
	if (id)
		*id = sent;
	return m;
}

const char *model_near(const char *provider, const char *name)
{
	const char *names[2 * MOST_NAMES];
	const struct model *m;
	size_t n = 0;

	for (size_t i = 0; (m = model_at(i)) && n < 2 * MOST_NAMES - 1; i++) {
		if (strcmp(m->provider, provider) != 0)
			continue;
		names[n++] = m->id;
		if (m->alias)
			names[n++] = m->alias;
	}
	return text_nearest(name, names, n);
}

double model_cost(const struct model *m, const struct usage *u)
{
	const struct {
		int64_t n;
		double price, long_price;
	} parts[] = {
		{ u->input, m->input, m->long_input },
		{ u->output, m->output, m->long_output },
		{ u->cache_read, m->cache_read, m->long_cache_read },
		{ u->cache_write, m->cache_write, m->long_cache_write },
	};
	bool is_long = m->long_over && usage_prompt(u) > m->long_over;
	double sum = 0;
	size_t i;

	if (u->input < 0 || u->output < 0)
		return -1;
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		double price = is_long ? parts[i].long_price : parts[i].price;

		if (parts[i].n <= 0)
			continue;
		if (price < 0)
			return -1;
		sum += (double)parts[i].n * price / M;
	}
	return sum;
}

struct model model_blank(const char *provider, const char *id)
{
	return (struct model){
		.id = id,
		.provider = provider,
		.reply = REPLY,
		.input = UNKNOWN,
		.output = UNKNOWN,
		.cache_read = UNKNOWN,
		.cache_write = UNKNOWN,
		.long_input = UNKNOWN,
		.long_output = UNKNOWN,
		.long_cache_read = UNKNOWN,
		.long_cache_write = UNKNOWN,
		.tokenizer = estimate_family(id),
	};
}

/* The user's own figure, before any of ours. */
static int64_t divide(size_t bytes, double per)
{
	double tokens = (double)bytes / per;
	int64_t whole = (int64_t)tokens;

	return whole + ((double)whole < tokens);
}

int64_t model_text_tokens(const struct model *m, struct span text)
{
	if (m && m->bytes_per_token > 0)
		return divide(text.len, m->bytes_per_token);
	return estimate_tokens(m ? m->tokenizer : TOKENS_UNKNOWN, text);
}

int64_t model_tokens(const struct model *m, size_t bytes)
{
	if (m && m->bytes_per_token > 0)
		return divide(bytes, m->bytes_per_token);
	return estimate_bytes(m ? m->tokenizer : TOKENS_UNKNOWN, bytes);
}

/* ---- the override file */

static int64_t size_field(const struct json *row, const char *name)
{
	int64_t n = json_int(json_get(row, name), 0);

	return n > 0 ? n : 0;
}

static double price_field(const struct json *row, const char *name,
			  double fallback)
{
	double d = json_number(json_get(row, name), fallback);

	return d >= 0 ? d : UNKNOWN;
}

static const char *word_field(const struct json *row, const char *name,
			      struct arena *a)
{
	struct span s = json_string(json_get(row, name), a);

	return s.len ? arena_cstr(a, s) : NULL;
}

static int load_row(struct arena *a, const char *path, const struct json *row,
		    size_t number, struct error *err)
{
	struct model m = { .id = word_field(row, "id", a),
			   .provider = word_field(row, "provider", a) };

	if (!m.id || !m.provider)
		return error_set(err, ERR_USAGE,
				 "%s: model %zu needs \"id\" and \"provider\"",
				 path, number);
	m.alias = word_field(row, "alias", a);
	m.window = size_field(row, "window");
	m.max_output = size_field(row, "max_output");
	m.reply = size_field(row, "reply");
	if (!m.reply)
		m.reply = REPLY;
	if (m.max_output && m.reply > m.max_output)
		m.reply = m.max_output;
	m.input = price_field(row, "input", UNKNOWN);
	m.output = price_field(row, "output", UNKNOWN);
	m.cache_read = price_field(row, "cache_read", UNKNOWN);
	m.cache_write = price_field(row, "cache_write", UNKNOWN);
	m.long_over = size_field(row, "long_over");
	m.long_input = price_field(row, "long_input", m.input);
	m.long_output = price_field(row, "long_output", m.output);
	m.long_cache_read = price_field(row, "long_cache_read", m.cache_read);
	m.long_cache_write =
		price_field(row, "long_cache_write", m.cache_write);
	m.tokenizer = estimate_family(m.id);
	m.bytes_per_token = price_field(row, "bytes_per_token", 0);
	*vec_push(&loaded, a) = m;
	return 0;
}

int models_load(struct arena *a, const char *path, struct error *err)
{
	const struct json *rows, *row;
	struct json *root;
	struct span text;
	size_t number = 0;
	int rc = -1;

	memset(&loaded, 0, sizeof(loaded));
	if (fs_read(&text, a, path, 4 * M, err))
		goto out;
	if (json_parse(&root, a, text, err)) {
		error_prefix(err, "%s", path);
		goto out;
	}
	rows = json_get(root, "models");
	if (!rows || rows->type != JSON_ARRAY) {
		error_set(err, ERR_USAGE, "%s: a list \"models\" is expected",
			  path);
		goto out;
	}
	for (row = rows->child; row; row = row->next)
		if (load_row(a, path, row, ++number, err))
			goto out;
	rc = 0;
out:
	if (rc) {
		memset(&loaded, 0, sizeof(loaded));
		if (err)
			err->kind = ERR_USAGE;
	}
	return rc;
}
