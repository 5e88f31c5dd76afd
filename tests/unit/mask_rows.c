#include "base/mask_rows.h"

#include <string.h>

#include "base/buf.h"
#include "base/mask.h"
#include "test.h"

/* Drawn at random once; the forms are made of them here, so that no scanner
 * takes this file for a place of keys. */
static const char hex[] =
	"3f9a1c07e5b2d8460a71fe93c4b5d2868d07b3e5f19ac4426e0b";
static const char mix[] =
	"q7Rk2ZpWx9LvT4bNe8YdHs3GfJ6uAc1MwP5oKi0QZr8TnB2vXqL7"
	"yEd4Uj9CsW3hFaM6kPg1q7Rk2ZpWx9LvT4bNe8YdHs3GfJ6uAc1M"
	"wP5oKi0QZr8TnB2vXqL7yEd4Uj9CsW3hFaM6kPg1q7Rk2ZpWx9Lv"
	"T4bNe8YdHs3GfJ6uAc1MwP5oKi0QZr8TnB2vXqL7yEd4Uj9CsW3h";
static const char low[] = "q7rk2zpwx9lvt4bne8ydhs3gfj6uac1mwp5oki0qzr8tnb2v";
static const char big[] = "Q7RK2ZPWX9LVT4BNE8YDHS3GFJ6UAC1MWP5OKI0QZR8TNB2V";

/* What begins the secret, in two parts, and how much of which letters follows;
 * then more of the same, or nothing. `open` stands before and is no secret. */
static const struct {
	const char *kind, *open, *a, *b, *from;
	size_t n;
	const char *c, *from2;
	size_t n2;
} rows[] = {
	{ "vault-token", "", "hv", "s.", mix, 28, "", "", 0 },
	{ "terraform-token", "Xy12.atlasv1", ".", "", mix, 64, "", "", 0 },
	{ "grafana-token", "", "gl", "sa_", mix, 32, "_", hex, 8 },
	{ "databricks-token", "", "da", "pi", hex, 32, "", "", 0 },
	{ "sentry-token", "", "sn", "tryu_", hex, 48, "", "", 0 },
	{ "linear-key", "", "lin", "_api_", mix, 40, "", "", 0 },
	{ "notion-token", "", "nt", "n_", mix, 46, "", "", 0 },
	{ "postman-key", "", "PM", "AK-", hex, 24, "-", hex, 34 },
	{ "newrelic-key", "", "NR", "AK-", big, 27, "", "", 0 },
	{ "telegram-token", "bot123456789:", "A", "A", mix, 33, "", "", 0 },
	{ "discord-webhook", "discord.com/api/webhooks/1234567890123456789/",
	  "", "", mix, 68, "", "", 0 },
	{ "mailgun-key", "", "ke", "y-", hex, 32, "", "", 0 },
	{ "square-token", "", "sq0", "atp-", mix, 22, "", "", 0 },
	{ "paypal-token", "", "access_token", "$production$", low, 16, "$", hex,
	  32 },
	{ "perplexity-key", "", "pp", "lx-", mix, 48, "", "", 0 },
	{ "replicate-token", "", "r", "8_", mix, 37, "", "", 0 },
	{ "langsmith-key", "", "lsv2", "_pt_", hex, 32, "_", hex, 10 },
	{ "pinecone-key", "", "pc", "sk_", mix, 60, "", "", 0 },
	{ "supabase-token", "", "sb", "p_", hex, 40, "", "", 0 },
	{ "supabase-token", "", "sb_", "secret_", mix, 31, "", "", 0 },
	{ "planetscale-token", "", "pscale", "_pw_", mix, 43, "", "", 0 },
	{ "doppler-token", "", "dp", ".pt.", mix, 43, "", "", 0 },
	{ "atlassian-token", "", "ATA", "TT3", mix, 180, "=", big, 8 },
	{ "bitbucket-token", "", "AT", "BB", mix, 32, "", "", 0 },
	{ "figma-token", "", "fi", "gd_", mix, 40, "", "", 0 },
	{ "alibaba-key-id", "", "LT", "AI", mix, 20, "", "", 0 },
	{ "tailscale-key", "", "ts", "key-auth-", mix, 16, "-", mix, 32 },
	{ "fly-token", "", "Fl", "yV1 fm2_", mix, 100, "", "", 0 },
	{ "rubygems-key", "", "ruby", "gems_", hex, 48, "", "", 0 },
	{ "nuget-key", "", "oy", "2", low, 43, "", "", 0 },
	{ "artifactory-key", "", "AK", "Cp", mix, 69, "", "", 0 },
	{ "circleci-token", "", "CCI", "PAT_", mix, 66, "", "", 0 },
	{ "buildkite-token", "", "bk", "ua_", hex, 40, "", "", 0 },
	{ "onepassword-token", "", "ops", "_eyJ", mix, 200, "", "", 0 },
	{ "heroku-key", "", "HR", "KU-", hex, 36, "", "", 0 },
	{ "wallet-key", "", "xp", "rv", mix, 107, "", "", 0 },
};

static void add_first(struct buf *out, const char *of, size_t n)
{
	ck_assert_uint_le(n, strlen(of));
	buf_add(out, of, n);
}

START_TEST(each_service_s_keys_are_masked_under_its_name)
{
	struct mask_counts n = { 0 }, want = { 0 };
	struct buf in = { 0 }, out = { 0 };
	size_t i, open;

	buf_addf(&in, "x = \"%s", rows[_i].open);
	open = in.len;
	buf_addf(&in, "%s%s", rows[_i].a, rows[_i].b);
	add_first(&in, rows[_i].from, rows[_i].n);
	buf_adds(&in, rows[_i].c);
	add_first(&in, rows[_i].from2, rows[_i].n2);
	buf_adds(&in, "\";\n");
	mask_bytes(&out, buf_span(&in), &n);
	mask_count(&want, rows[_i].kind, 1);
	ck_assert_msg(!memcmp(&n, &want, sizeof(n)), "%s", buf_cstr(&out));
	ck_assert_uint_eq(out.len, in.len);
	ck_assert(!memcmp(in.ptr, out.ptr, open));
	ck_assert_str_eq(out.ptr + out.len - 3, "\";\n");
	for (i = open + sizeof("[masked:") + strlen(rows[_i].kind);
	     i < in.len - 4; i++)
		ck_assert_int_eq(out.ptr[i], '*');
	buf_release(&in);
	buf_release(&out);
}
END_TEST

static const char *const near_misses[] = {
	"hvs.capacity()",
	"dapi_client.call()",
	"glc_context_new_with_long_name(a_parameter_of_it)",
	"user.key-bindings",
	"id 12345678:AAAA",
	"r8_unorm_texture_format_of_wgpu_is_a_name",
	"oy2 is no key",
	"ATBB and LTAI are prefixes",
	"discord.com/api/webhooks/123/abc",
	"tskey-auth-",
	"fm2_",
	"ops_eyJ",
	"rubygems_version",
	"ntn_count_of_all_the_things_in_this_long_identifier_name",
	"pcsk_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
};

START_TEST(what_only_begins_like_a_service_s_key_stays)
{
	struct buf out = { 0 };

	mask_bytes(&out, span_of(near_misses[_i]), NULL);
	ck_assert_str_eq(buf_cstr(&out), near_misses[_i]);
	buf_release(&out);
}
END_TEST

START_TEST(every_kind_has_a_name_that_fits_a_mask)
{
	for (size_t i = 0; i < mask_rows_len; i++) {
		const char *c = mask_rows[i].kind;

		for (; *c; c++)
			ck_assert_msg((*c >= 'a' && *c <= 'z') || *c == '-',
				      "%s", mask_rows[i].kind);
		ck_assert(!mask_rows[i].pattern != !mask_rows[i].find);
	}
}
END_TEST

Suite *mask_rows_suite(void)
{
	Suite *s = suite_create("mask_rows");
	TCase *tc = tcase_create("mask_rows");

	add_rows(tc, each_service_s_keys_are_masked_under_its_name, rows);
	add_rows(tc, what_only_begins_like_a_service_s_key_stays, near_misses);
	tcase_add_test(tc, every_kind_has_a_name_that_fits_a_mask);
	suite_add_tcase(s, tc);
	return s;
}
