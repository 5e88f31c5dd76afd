#include "llm/provider.h"

#include <string.h>

#include "base/mask.h"
#include "test.h"

START_TEST(every_row_can_be_used)
{
	const struct provider *p = &providers[_i];

	ck_assert_ptr_eq(provider_find(p->name), p);
	ck_assert_ptr_nonnull(p->title);
	if (!strcmp(p->name, "offline")) {
		ck_assert_ptr_null(p->protocol);
		ck_assert_ptr_null(p->base_url);
		return;
	}
	ck_assert_ptr_nonnull(p->protocol);
	ck_assert_ptr_nonnull(p->max_tokens_field);
	ck_assert_ptr_nonnull(p->system_role);
	ck_assert(!p->key_needed || p->key_env[0]);
	ck_assert(p->auth != AUTH_NONE || !p->key_needed);
	if (p->base_url)
		ck_assert_ptr_eq(
			provider_for_url(p->base_url,
					 p->protocol == &anthropic_protocol),
			p);
}
END_TEST

static const struct {
	const char *url;
	bool anthropic;
	const char *name;
} urls[] = {
	{ "https://api.openai.com/v1", false, "openai" },
	{ "https://API.OpenAI.com:443/v1", false, "openai" },
	{ "https://eu.api.openai.com/v1", false, "openai" },
	{ "https://notapi.openai.com.evil.test/v1", false, "compatible" },
	{ "https://xapi.openai.com/v1", false, "compatible" },
	{ "https://gateway.test/api.openai.com", false, "compatible" },
	{ "https://api.openai.com@evil.test/", false, "compatible" },
	{ "https://my.openai.azure.com/openai/v1", false, "azure" },
	{ "http://localhost:11434/v1", false, "ollama" },
	{ "http://[::1]:11434/v1", false, "ollama" },
	{ "http://[fe80::11434]/v1", false, "compatible" },
	{ "https://ollama.com/v1", false, "ollama" },
	{ "http://gpu:9931/v1", false, "llama-server" },
	{ "http://127.0.0.1:80801/v1", false, "compatible" },
	{ "http://127.0.0.1:4000", false, "compatible" },
	{ "http://127.0.0.1:4000", true, "anthropic" },
	{ "http://127.0.0.1:11434", true, "anthropic" },
	{ "https://api.anthropic.com", true, "anthropic" },
	{ "", false, "compatible" },
};

START_TEST(a_url_gives_its_row_away)
{
	ck_assert_str_eq(
		provider_for_url(urls[_i].url, urls[_i].anthropic)->name,
		urls[_i].name);
}
END_TEST

START_TEST(an_unknown_name_has_no_row)
{
	ck_assert_ptr_null(provider_find("nobody"));
	ck_assert_ptr_null(provider_find(""));
	ck_assert_ptr_null(provider_find(NULL));
}
END_TEST

static const struct {
	const char *body, *text;
} errors[] = {
	{ "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\","
	  "\"message\":\"model: claude-xyz\"},\"request_id\":\"r\"}",
	  "model: claude-xyz" },
	{ "{\"error\":{\"message\":\"bad key\",\"code\":\"invalid_api_key\"}}",
	  "bad key" },
	{ "{\"error\":\"model \\\"x\\\" not found\"}",
	  "model \"x\" not found" },
	{ "{\"error\":{\"type\":\"overloaded_error\"}}", "overloaded_error" },
	{ "{\"error\":{\"n\":1}}", "{\"n\":1}" },
	{ "{\"message\":\"no\"}", "no" },
	{ "{\"object\":\"error\",\"message\":\"too long\",\"code\":400}",
	  "too long" },
	{ "{\"detail\":\"Not Found\"}", "Not Found" },
	{ "{\"detail\":[{\"loc\":[],\"msg\":\"field required\"}]}",
	  "field required" },
	{ "[{\"error\":{\"code\":400,\"message\":\"array\"}}]", "array" },
	{ " \n<html><head><title>502 Bad\nGateway</title><style>p{}</style>"
	  "<script>x<y</script></head><!-- a>b --><body><h1>502</h1></body>",
	  "502 Bad Gateway 502" },
	{ "<", "" },
	{ "<script>never closed", "" },
	{ "plain\r\n  text\t here", "plain text here" },
	{ "{\"error\":", "{\"error\":" },
	{ "{\"a\":1}", "{\"a\":1}" },
	{ "\x1b[31mred\xff", "\\u{1b}[31mred\\xff" },
	{ "{\"error\":\"a\\nb\\u001b[2J\"}", "a b\\u{1b}[2J" },
	{ "", "" },
	{ "  ", "" },
	{ "null", "null" },
};

START_TEST(an_error_body_gives_its_sentence)
{
	struct buf out = { 0 };

	provider_error_text(&out, span_of(errors[_i].body));
	ck_assert_str_eq(buf_cstr(&out), errors[_i].text);
	buf_release(&out);
}
END_TEST

START_TEST(an_error_text_is_short_and_whole)
{
	struct buf body = { 0 }, out = { 0 };
	int i;

	for (i = 0; i < 200; i++)
		buf_adds(&body, "\xe2\x82\xac");
	provider_error_text(&out, buf_span(&body));
	ck_assert_uint_eq(out.len, 300);
	buf_reset(&body);
	buf_reset(&out);
	for (i = 0; i < 300; i++)
		buf_addc(&body, '\x01');
	provider_error_text(&out, buf_span(&body));
	ck_assert_uint_le(out.len, 300);
	buf_release(&body);
	buf_release(&out);
}
END_TEST

/* Where the key stands so that the clip at 300 bytes would halve it. */
static const size_t before_key[] = { 0, 280, 290, 299 };

START_TEST(an_error_text_never_holds_a_key_or_half_of_one)
{
	struct buf body = { 0 }, out = { 0 };
	size_t i;

	mask_register(SPAN("hunter2hunter2hunter2"));
	buf_adds(&body, "{\"error\":{\"message\":\"");
	for (i = 0; i < before_key[_i]; i++)
		buf_addc(&body, '.');
	buf_adds(&body, "hunter2hunter2hunter2 is no key\"}}");
	provider_error_text(&out, buf_span(&body));
	ck_assert_uint_gt(out.len, 0);
	ck_assert_ptr_null(strstr(buf_cstr(&out), "hunter"));
	ck_assert_ptr_null(strstr(buf_cstr(&out), ".h"));
	buf_release(&body);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *host, *url; /* NULL: refused */
} hosts[] = {
	{ "", "http://127.0.0.1:11434/v1" },
	{ "0.0.0.0", "http://127.0.0.1:11434/v1" },
	{ "0.0.0.0:8080", "http://127.0.0.1:8080/v1" },
	{ ":8080", "http://127.0.0.1:8080/v1" },
	{ "gpu", "http://gpu:11434/v1" },
	{ "gpu:80", "http://gpu:80/v1" },
	{ "http://gpu", "http://gpu:80/v1" },
	{ "HTTPS://gpu", "https://gpu:443/v1" },
	{ "https://gpu:8443/ollama/", "https://gpu:8443/ollama/v1" },
	{ "gpu/base/v1", "http://gpu:11434/base/v1" },
	{ "ollama.com", "https://ollama.com:443/v1" },
	{ "[::1]", "http://[::1]:11434/v1" },
	{ "[::1]:99", "http://[::1]:99/v1" },
	{ "::1", "http://[::1]:11434/v1" },
	{ "[::]:99", "http://[::1]:99/v1" },
	{ " \"gpu:1\" ", "http://gpu:1/v1" },
	{ "ftp://gpu", NULL },
	{ "gpu:", NULL },
	{ "gpu:0", NULL },
	{ "gpu:65536", NULL },
	{ "gpu:x", NULL },
	{ "user@gpu", NULL },
	{ "a b", NULL },
	{ "gpu?x=1", NULL },
	{ "gpu/x?y", NULL },
	{ "gpu\nx", NULL },
};

START_TEST(ollama_host_is_read_as_its_client_does)
{
	struct buf out = { 0 };
	struct error err = { 0 };
	int rc = ollama_base_url(&out, hosts[_i].host, &err);

	ck_assert_int_eq(rc, hosts[_i].url ? 0 : -1);
	if (hosts[_i].url) {
		ck_assert_str_eq(buf_cstr(&out), hosts[_i].url);
	} else {
		ck_assert_int_eq(err.kind, ERR_USAGE);
		ck_assert_ptr_nonnull(strstr(err.msg, "OLLAMA_HOST"));
		ck_assert_ptr_null(strchr(err.msg, '\n'));
	}
	buf_release(&out);
}
END_TEST

Suite *provider_suite(void)
{
	Suite *s = suite_create("provider");
	TCase *tc = tcase_create("provider");

	tcase_add_loop_test(tc, every_row_can_be_used, 0, (int)providers_len);
	add_rows(tc, a_url_gives_its_row_away, urls);
	add_rows(tc, an_error_body_gives_its_sentence, errors);
	add_rows(tc, ollama_host_is_read_as_its_client_does, hosts);
	tcase_add_test(tc, an_unknown_name_has_no_row);
	tcase_add_test(tc, an_error_text_is_short_and_whole);
	add_rows(tc, an_error_text_never_holds_a_key_or_half_of_one,
		 before_key);
	suite_add_tcase(s, tc);
	return s;
}
