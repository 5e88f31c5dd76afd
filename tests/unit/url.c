/* As http_check_url() reads and judges it: curl's parser, our rules. */
#include "llm/url.h"

#include <string.h>

#include "llm/http.h"
#include "test.h"

static const struct {
	const char *url;
	bool allow_http;
	const char *msg; /* NULL: fine */
} urls[] = {
	{ "https://api.example.com", false, NULL },
	{ "https://api.example.com:8443/v1/", false, NULL },
	{ "http://127.0.0.1:1234/v1", false, NULL },
	{ "http://127.1:1234/v1", false, NULL },
	{ "http://127.255.0.9", false, NULL },
	{ "http://localhost:11434/v1", false, NULL },
	{ "http://[::1]:80/", false, NULL },
	{ "HTTPS://API.example.com", false, NULL },
	{ "http://10.0.0.1/", true, NULL },
	{ "http://10.0.0.1/", false, "plain http" },
	{ "http://localhost.example.com/", false, "plain http" },
	{ "http://127.0.0.1.example.com/", false, "plain http" },
	{ "http://127.0.0.1@example.com/", false, "user name" },
	{ "http://0.0.0.0/", false, "plain http" },
	{ "http://[::2]/", false, "plain http" },
	{ "https://user:secret@api.example.com", false, "user name" },
	{ "https://user@api.example.com", true, "user name" },
	{ "https://api.example.com?x=1", false, "query" },
	{ "https://api.example.com#x", false, "fragment" },
	{ "https://", false, "not a URL" },
	{ "ftp://api.example.com", false, "only https" },
	{ "file:///etc/passwd", false, "only https" },
	{ "127.0.0.1:8080", false,
	  "'127.0.0.1:8080' has no scheme: put http:// or https:// before" },
	{ "localhost:8080/v1", false, "has no scheme" },
	{ "api.example.com", false, "has no scheme" },
	{ "me:secret@api.example.com", false, "has no scheme" },
	{ "http://127.0.0.1:", false, "no port behind its last colon" },
	{ "http://[::1]:/v1", false, "no port behind its last colon" },
	{ "https://me:secret@h:", false, "no port behind its last colon" },
	{ "", false, "not a URL" },
	{ "https://a b/", false, "not a URL" },
	{ "https://a\nb/", false, "not a URL" },
	{ "https://h:99999/", false, "not a URL" },
};

START_TEST(a_url_is_judged_before_it_is_talked_to)
{
	struct error err = { 0 };
	int r = http_check_url(urls[_i].url, urls[_i].allow_http, &err);

	if (!urls[_i].msg) {
		ck_assert_msg(!r, "%s", err.msg);
		return;
	}
	ck_assert_int_eq(r, -1);
	ck_assert_int_eq(err.kind, ERR_USAGE);
	ck_assert_msg(strstr(err.msg, urls[_i].msg), "%s", err.msg);
	ck_assert_ptr_null(strstr(err.msg, "secret"));
}
END_TEST

Suite *url_suite(void)
{
	Suite *s = suite_create("url");
	TCase *tc = tcase_create("url");

	add_rows(tc, a_url_is_judged_before_it_is_talked_to, urls);
	suite_add_tcase(s, tc);
	return s;
}
