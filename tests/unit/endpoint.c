#include "llm/endpoint.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mask.h"
#include "core/settings.h"
#include "llm/provider.h"
#include "test.h"

/* Up to four NAME=VALUE; then what must come of it. */
static const struct {
	const char *env[4];
	const char *provider, *base_url; /* options; NULL: not given */
	const char *row, *url, *key_from, *header;
} found[] = {
	{ { "ANTHROPIC_API_KEY=k1" },
	  NULL,
	  NULL,
	  "anthropic",
	  "https://api.anthropic.com/v1/messages",
	  "ANTHROPIC_API_KEY",
	  "x-api-key: k1" },
	/* the key wins over the token, and never both are sent */
	{ { "ANTHROPIC_API_KEY=k1", "ANTHROPIC_AUTH_TOKEN=t1" },
	  NULL,
	  NULL,
	  "anthropic",
	  "https://api.anthropic.com/v1/messages",
	  "ANTHROPIC_API_KEY",
	  "x-api-key: k1" },
	{ { "ANTHROPIC_AUTH_TOKEN=t1", "OPENAI_API_KEY=k2" },
	  NULL,
	  NULL,
	  "anthropic",
	  "https://api.anthropic.com/v1/messages",
	  "ANTHROPIC_AUTH_TOKEN",
	  "authorization: Bearer t1" },
	{ { "ANTHROPIC_API_KEY=", "OPENAI_API_KEY=k2" },
	  NULL,
	  NULL,
	  "openai",
	  "https://api.openai.com/v1/chat/completions",
	  "OPENAI_API_KEY",
	  "authorization: Bearer k2" },
	/* a /v1 too many, a slash too many */
	{ { "ANTHROPIC_API_KEY=k1", "ANTHROPIC_BASE_URL=https://gw.x/a/v1/" },
	  NULL,
	  NULL,
	  "anthropic",
	  "https://gw.x/a/v1/messages",
	  "ANTHROPIC_API_KEY",
	  "x-api-key: k1" },
	{ { "OPENAI_BASE_URL=http://127.0.0.1:11434/v1" },
	  NULL,
	  NULL,
	  "ollama",
	  "http://127.0.0.1:11434/v1/chat/completions",
	  NULL,
	  NULL },
	/* who sets the URL means the key to go with it */
	{ { "OPENAI_BASE_URL=http://127.0.0.1:8080/v1", "OPENAI_API_KEY=k2" },
	  NULL,
	  NULL,
	  "llama-server",
	  "http://127.0.0.1:8080/v1/chat/completions",
	  "OPENAI_API_KEY",
	  "authorization: Bearer k2" },
	{ { "OLLAMA_HOST=0.0.0.0" },
	  NULL,
	  NULL,
	  "ollama",
	  "http://127.0.0.1:11434/v1/chat/completions",
	  NULL,
	  NULL },
	/* a local server named by --provider gets no hosted vendor's key */
	{ { "OPENAI_API_KEY=k2" },
	  "ollama",
	  NULL,
	  "ollama",
	  "http://127.0.0.1:11434/v1/chat/completions",
	  NULL,
	  NULL },
	{ { "AZURE_OPENAI_API_KEY=k3" },
	  "azure",
	  "https://x.openai.azure.com/openai/v1",
	  "azure",
	  "https://x.openai.azure.com/openai/v1/chat/completions",
	  "AZURE_OPENAI_API_KEY",
	  "api-key: k3" },
	{ { "AZURE_OPENAI_API_KEY=k3", "AZURE_OPENAI_AD_TOKEN=t3" },
	  "azure",
	  "https://x.openai.azure.com/openai/v1",
	  "azure",
	  "https://x.openai.azure.com/openai/v1/chat/completions",
	  "AZURE_OPENAI_AD_TOKEN",
	  "authorization: Bearer t3" },
	{ { "ANTHROPIC_API_KEY=sk-ant-oat01-x" },
	  NULL,
	  NULL,
	  "anthropic",
	  "https://api.anthropic.com/v1/messages",
	  "ANTHROPIC_API_KEY",
	  "anthropic-beta: oauth-2025-04-20" },
};

/* Beside architect.keyCommand, which prints "k9". */
static const struct {
	const char *env[4];
	const char *provider, *base_url;
	const char *row, *key_from;
	bool wants;
} commanded[] = {
	{ { NULL }, NULL, NULL, "anthropic", "architect.keyCommand", true },
	{ { NULL }, "openai", NULL, "openai", "architect.keyCommand", true },
	/* the environment stands before the configuration */
	{ { "ANTHROPIC_API_KEY=k1" },
	  NULL,
	  NULL,
	  "anthropic",
	  "ANTHROPIC_API_KEY",
	  false },
	{ { "OPENAI_API_KEY=k2" },
	  NULL,
	  NULL,
	  "openai",
	  "OPENAI_API_KEY",
	  false },
	{ { "OPENAI_API_KEY=k2" },
	  "anthropic",
	  NULL,
	  "anthropic",
	  "architect.keyCommand",
	  true },
	{ { "ANTHROPIC_API_KEY=k1" },
	  "mistral",
	  NULL,
	  "mistral",
	  "architect.keyCommand",
	  true },
	/* never to a local server, nor to one that nobody knows */
	{ { NULL }, "ollama", NULL, "ollama", NULL, false },
	{ { "OLLAMA_HOST=127.0.0.1" }, NULL, NULL, "ollama", NULL, false },
	{ { "OPENAI_BASE_URL=http://127.0.0.1:8080/v1" },
	  NULL,
	  NULL,
	  "llama-server",
	  NULL,
	  false },
	{ { NULL },
	  NULL,
	  "https://gateway.test/v1",
	  "compatible",
	  NULL,
	  false },
};

static struct arena arena;

static void setup(void)
{
	size_t i;

	for (i = 0; endpoint_secret_env[i]; i++)
		unsetenv(endpoint_secret_env[i]);
	unsetenv("ANTHROPIC_BASE_URL");
	unsetenv("OPENAI_BASE_URL");
	unsetenv("OLLAMA_HOST");
}

static void teardown(void)
{
	arena_release(&arena);
}

static void set_env(const char *const env[4])
{
	size_t i;

	for (i = 0; i < 4 && env[i]; i++) {
		char *name = arena_strdup(&arena, env[i]);
		char *eq = strchr(name, '=');

		*eq = '\0';
		setenv(name, eq + 1, 1);
	}
}

static int count_headers(const struct endpoint *ep, const char *prefix)
{
	const char *const *h;
	int n = 0;

	for (h = ep->headers; *h; h++)
		n += span_starts(span_of(*h), prefix);
	return n;
}

START_TEST(the_first_credential_in_order_decides)
{
	struct settings s = { .provider = "auto", .api_version = "2023-06-01" };
	struct error err = { 0 };
	struct endpoint ep;

	set_env(found[_i].env);
	if (found[_i].provider)
		s.provider = found[_i].provider;
	s.base_url = found[_i].base_url;
	ck_assert_msg(!endpoint_resolve(&ep, &arena, &s, NULL, true, &err),
		      "%s", err.msg);
	ck_assert_str_eq(ep.provider->name, found[_i].row);
	ck_assert_str_eq(ep.url, found[_i].url);
	ck_assert_pstr_eq(ep.key_from, found[_i].key_from);
	if (found[_i].header)
		ck_assert_int_eq(count_headers(&ep, found[_i].header), 1);
	ck_assert_int_le(count_headers(&ep, "x-api-key:") +
				 count_headers(&ep, "api-key:") +
				 count_headers(&ep, "authorization:"),
			 found[_i].key_from ? 1 : 0);
}
END_TEST

START_TEST(a_key_command_comes_last)
{
	struct settings s = { .provider = "auto",
			      .api_version = "2023-06-01",
			      .key_command = "cmd" };
	struct error err = { 0 };
	struct endpoint ep;

	set_env(commanded[_i].env);
	if (commanded[_i].provider)
		s.provider = commanded[_i].provider;
	s.base_url = commanded[_i].base_url;
	ck_assert_int_eq(endpoint_wants_key(&s), commanded[_i].wants);
	ck_assert_msg(!endpoint_resolve(&ep, &arena, &s, "k9", true, &err),
		      "%s", err.msg);
	ck_assert_str_eq(ep.provider->name, commanded[_i].row);
	ck_assert_pstr_eq(ep.key_from, commanded[_i].key_from);
	s.key_command = NULL;
	ck_assert(!endpoint_wants_key(&s));
}
END_TEST

START_TEST(every_key_of_the_environment_is_hidden)
{
	struct settings s = { .provider = "ollama" };
	struct endpoint ep;
	struct buf out = { 0 };
	size_t i;

	for (i = 0; endpoint_secret_env[i]; i++)
		setenv(endpoint_secret_env[i],
		       arena_printf(&arena, "hunter2-%02zu", i), 1);
	ck_assert_int_eq(
		endpoint_resolve(&ep, &arena, &s, "hunter2-of-cmd", true, NULL),
		0);
	for (i = 0; endpoint_secret_env[i]; i++)
		mask_bytes(&out, span_of(getenv(endpoint_secret_env[i])), NULL);
	mask_bytes(&out, SPAN("hunter2-of-cmd"), NULL);
	ck_assert_ptr_null(strstr(buf_cstr(&out), "hunter2"));
	buf_release(&out);
}
END_TEST

/* Who gets the review when nothing is set, or is asked for by name. */
static const struct {
	const char *env[4];
	const char *provider;
	bool need_key, offline, by_default;
} offline[] = {
	{ { NULL }, "auto", true, true, true },
	{ { NULL }, "auto", false, false, false },
	{ { "ANTHROPIC_API_KEY=" }, "auto", true, true, true },
	{ { "ANTHROPIC_API_KEY=k" }, "auto", true, false, false },
	{ { "ANTHROPIC_API_KEY=k" }, "offline", true, true, false },
	{ { NULL }, "offline", true, true, false },
	{ { NULL }, "offline", false, true, false },
	{ { "OLLAMA_HOST=127.0.0.1" }, "auto", true, false, false },
};

START_TEST(without_a_credential_no_model_is_asked)
{
	struct settings s = { .api_version = "2023-06-01" };
	struct error err = { 0 };
	struct endpoint ep;

	set_env(offline[_i].env);
	s.provider = offline[_i].provider;
	ck_assert_int_eq(endpoint_resolve(&ep, &arena, &s, NULL,
					  offline[_i].need_key, &err),
			 0);
	ck_assert_int_eq(ep.offline, offline[_i].offline);
	ck_assert_int_eq(ep.by_default, offline[_i].by_default);
	ck_assert_int_eq(!ep.url, offline[_i].offline);
}
END_TEST

static const struct {
	const char *env[4];
	const char *provider, *base_url, *error;
} refused[] = {
	{ { NULL }, "anthropic", NULL, "needs a key: set ANTHROPIC_API_KEY" },
	{ { NULL }, "anthropc", NULL, "did you mean 'anthropic'?" },
	{ { "OPENAI_API_KEY=k" }, NULL, "http://example.org/v1", "plain http" },
	{ { "ANTHROPIC_API_KEY=k", "ANTHROPIC_BASE_URL=127.0.0.1:8080" },
	  NULL,
	  NULL,
	  "ANTHROPIC_BASE_URL: '127.0.0.1:8080' has no scheme" },
	{ { "OPENAI_API_KEY=k" },
	  NULL,
	  "http://127.0.0.1:",
	  "--base-url: 'http://127.0.0.1:' has no port" },
	{ { NULL },
	  "azure",
	  "https://x.openai.azure.com/openai/v1",
	  "set AZURE_OPENAI_AD_TOKEN or AZURE_OPENAI_API_KEY" },
	{ { "OPENAI_API_KEY=k" }, NULL, "ftp://example.org/v1", "" },
	{ { "OPENAI_API_KEY=k" }, NULL, "https://u:p@example.org/v1", "" },
	{ { "ANTHROPIC_API_KEY=a\nx: y" }, NULL, NULL, "control character" },
	{ { "OLLAMA_HOST=:::" }, NULL, NULL, "" },
};

START_TEST(what_is_wrong_is_said_with_what_to_set)
{
	struct settings s = { .provider = "auto", .api_version = "2023-06-01" };
	struct error err = { 0 };
	struct endpoint ep;

	set_env(refused[_i].env);
	if (refused[_i].provider)
		s.provider = refused[_i].provider;
	s.base_url = refused[_i].base_url;
	ck_assert_int_eq(endpoint_resolve(&ep, &arena, &s, NULL, true, &err),
			 -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, refused[_i].error) != NULL, "%s",
		      err.msg);
}
END_TEST

START_TEST(without_a_key_nothing_is_sent_but_all_can_be_shown)
{
	struct settings s = { .provider = "auto", .api_version = "2023-06-01" };
	struct endpoint ep;

	ck_assert_int_eq(endpoint_resolve(&ep, &arena, &s, NULL, false, NULL),
			 0);
	ck_assert_str_eq(ep.provider->name, "anthropic");
	ck_assert_ptr_null(ep.key);
}
END_TEST

Suite *endpoint_suite(void)
{
	Suite *s = suite_create("endpoint");
	TCase *tc = tcase_create("endpoint");

	tcase_add_checked_fixture(tc, setup, teardown);
	add_rows(tc, the_first_credential_in_order_decides, found);
	add_rows(tc, a_key_command_comes_last, commanded);
	tcase_add_test(tc, every_key_of_the_environment_is_hidden);
	add_rows(tc, without_a_credential_no_model_is_asked, offline);
	add_rows(tc, what_is_wrong_is_said_with_what_to_set, refused);
	tcase_add_test(tc, without_a_key_nothing_is_sent_but_all_can_be_shown);
	suite_add_tcase(s, tc);
	return s;
}
