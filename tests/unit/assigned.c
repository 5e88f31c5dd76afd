#include "base/assigned.h"

#include <string.h>

#include "base/buf.h"
#include "base/mask.h"
#include "test.h"

/* Drawn at random once, in pieces that no scanner takes for a key. */
#define DRAWN20    \
	"q7Rk2ZpW" \
	"x9LvT4bNe8Yd"
#define DRAWN32 DRAWN20 "Hs3GfJ6uAc1M"
#define HEX40                 \
	"3f9a1c07e5b2d8460a7" \
	"1fe93c4b5d286a09e17c4"
#define CHOSEN  \
	"Zx81-" \
	"horse!Rt"

/* What stands before the secret, the secret, and behind it. */
static const struct {
	const char *before, *secret, *after, *kind;
} rows[] = {
	{ "const API_TOKEN: &str = \"", DRAWN32, "\";", "secret" },
	{ "const TOKEN: &'static str = \"", DRAWN20, "\";", "secret" },
	{ "static SECRET: Option<&str> = Some(\"", DRAWN20, "\");", "secret" },
	{ "let api_key = \"", DRAWN32, "\".to_string();", "secret" },
	{ "let apiKey=String::from(\"", DRAWN32, "\");", "secret" },
	{ "    access_token: r#\"", DRAWN32, "\"#.into(),", "secret" },
	{ "let key = SecretString::from(\"", DRAWN32, "\");", "secret" },
	{ ".header(\"X-Api-Key\", \"", DRAWN32, "\")", "secret" },
	{ "cmd.env(\"GITHUB_TOKEN\",\n\t\"", HEX40, "\")", "secret" },
	{ ".bearer_auth(\"", DRAWN32, "\")", "secret" },
	{ "  \"client_secret\": \"", DRAWN32, "\",\n", "secret" },
	{ "{\\\"token\\\":\\\"", DRAWN32, "\\\"}", "secret" },
	{ "SIGNING_KEY=", DRAWN32, "\n", "secret" },
	{ "export SERVICE_TOKEN=", HEX40, "\n", "secret" },
	{ "  - ADMIN_KEY=", DRAWN20, "\n", "secret" },
	{ "a:\n  auth_token: ", DRAWN32, " # prod\n", "secret" },
	{ "auth_token = ", DRAWN32, "\n", "secret" },
	{ "\"https://h/?access_token=", DRAWN20, "&page=2\"", "secret" },
	{ "if token == \"", DRAWN20, "\" {", "secret" },
	{ "TOKEN_PROD='", DRAWN20, "'", "secret" },
	{ ".password(\"", CHOSEN, "\")", "password" },
	{ "let password = \"", CHOSEN, "\";", "password" },
	{ "Password::new(\"", CHOSEN, "\")", "password" },
	{ "password: &'a str = \"", CHOSEN, "\"", "password" },
	{ "options.insert(\"password\", \"", CHOSEN, "\");", "password" },
	{ "  password: ", CHOSEN, "\n", "password" },
	{ "DB_PASSWORD=", CHOSEN, "\n", "password" },
	{ "ENV PGPASSWORD=", "abc123", "\n", "password" },
	{ "-POSTGRES_PASSWORD=", CHOSEN, "\n", "password" },
	{ "\"host=db user=app password=", CHOSEN, " dbname=x\"", "password" },
	{ "\"Server=db;User=a;Pwd=", CHOSEN, ";\"", "password" },
	{ "ALTER ROLE app WITH PASSWORD '", CHOSEN, "';", "password" },
	{ "psql --password=", CHOSEN, " -h db", "password" },
	{ "passphrase => '", CHOSEN, "'", "password" },
	{ "client.basic_auth(\"bot\", Some(\"", CHOSEN, "\"))", "basic-auth" },
	{ "basic_auth(user, \"", CHOSEN, "\")", "basic-auth" },
};

START_TEST(what_a_telling_name_is_given_is_masked_and_nothing_around_it)
{
	struct buf in = { 0 }, out = { 0 }, want = { 0 };
	struct mask_counts n = { 0 }, of_kind = { 0 };
	struct span shown;

	buf_addf(&in, "%s%s%s", rows[_i].before, rows[_i].secret,
		 rows[_i].after);
	mask_bytes(&out, buf_span(&in), &n);
	mask_count(&of_kind, rows[_i].kind, 1);
	ck_assert_msg(!memcmp(&n, &of_kind, sizeof(n)), "%s", buf_cstr(&out));
	ck_assert_uint_eq(out.len, in.len);
	shown = span_from(buf_span(&out), strlen(rows[_i].before));
	ck_assert(span_starts(buf_span(&out), rows[_i].before));
	ck_assert(span_eqs(span_from(shown, strlen(rows[_i].secret)),
			   rows[_i].after));
	mask_bytes(&want, buf_span(&out), NULL);
	ck_assert_str_eq(buf_cstr(&want), buf_cstr(&out));
	buf_release(&in);
	buf_release(&out);
	buf_release(&want);
}
END_TEST

static const char *const near_misses[] = {
	/* placeholders and what is filled in elsewhere */
	"let password = \"changeme\";",
	"password: \"${DB_PASSWORD}\"",
	"PASSWORD=$DB_PASSWORD1\n",
	"TOKEN=${{ secrets.TOKEN_2 }}\n",
	"token: \"<token>\"",
	"api_key = \"your-api-key-1234567890\"",
	"api_key = \"xxxxxxxxxxxxxxxxxxxxxxxx\"",
	"password = \"{password}1\"",
	"let password = std::env::var(\"DB_PASSWORD_2\")?;",
	"let token = env!(\"API_TOKEN_V2\");",
	".password(&self.password1)",
	"password: password2,",
	"password: self.password2\n",
	"let token = tokens[i1].next2();",
	"PASSWORD=$(cat /run/secrets/pg1)\n",
	"password = \"/run/secrets/db1\"",
	"password = \"hunter\"",
	"password: \"secret123\"",
	/* ids and hashes under other names */
	"checksum = \"" HEX40 HEX40 "\"",
	"const COMMIT: &str = \"" HEX40 "\";",
	"token = \"550e8400-e29b-41d4-a716-446655440000\"",
	"request_id: \"" DRAWN32 "\"",
	"token_hash = \"" HEX40 "\"",
	"key_id: \"" DRAWN32 "\"",
	"let expected = \"" DRAWN32 "==\";",
	"public_key = \"" DRAWN32 "\"",
	"{ \"key\": \"" DRAWN32 "\" }",
	"next_page_token: \"" DRAWN32 "\"",
	"uses: actions/checkout@" HEX40,
	/* names and words */
	"const TOKEN_HEADER: &str = \"x-amz-security-token-2\";",
	"const TOKEN: &str = \"X-Service-Auth-Token-V2\";",
	"error(\"password\", \"errors.password.min_length_8\")",
	"token: \"the second token of line 2\"",
	"let secret = \"kubernetes-secret-name\";",
	"use crate::token::Token2;",
	"Token::Ident2 => \"identifier12345\",",
	"fn token(&self) -> Token<'a> { Token::new(\"let2\") }",
	"max_tokens = 128000\n",
	"password: String,",
	"password_hash: \"" HEX40 "\"",
	"let tokenizer = \"cl100k_base_tokenizer_v2\";",
	"#[serde(rename = \"password2\")]",
	"\"password\": { \"type\": \"string\", \"minLength\": 8 }",
	"https://docs.rs/secrecy/0.8.0/secrecy/struct.Secret.html",
	"GET /users?token=abc",
	"password = 'a b1'",
	"secret:\n  name1: " DRAWN32,
};

START_TEST(what_only_looks_assigned_stays)
{
	struct buf out = { 0 };

	mask_bytes(&out, span_of(near_misses[_i]), NULL);
	ck_assert_str_eq(buf_cstr(&out), near_misses[_i]);
	buf_release(&out);
}
END_TEST

START_TEST(a_known_key_keeps_its_kind_under_a_telling_name)
{
	struct mask_counts n = { 0 };
	struct buf out = { 0 }, kinds = { 0 };

	mask_bytes(&out,
		   SPAN("token = \"gh"
			"p_" DRAWN32 "Ki0Q\"\nsecret = \"" DRAWN32 "\""),
		   &n);
	mask_counts_write(&kinds, &n);
	ck_assert_str_eq(buf_cstr(&kinds), "1 github-token, 1 secret");
	buf_release(&out);
	buf_release(&kinds);
}
END_TEST

/* Each of these made some scanner quadratic; Check's own limit of seconds
 * would end a test that is. */
static const char *const towers[] = {
	"token",	 "token=",	"token=\"",  "password(",
	"key: &str = ",	 "secret_",	"secret::",  "token=String::from(",
	"\"token\",\n",	 "password '",	"pwd=a1;",   "--token=",
	"basic_auth(a,", "token=\\\"a", "key : <<<", "bearer\n",
};

START_TEST(time_is_linear_whatever_is_assigned)
{
	struct buf in = { 0 }, out = { 0 };

	while (in.len < 512 * 1024)
		buf_adds(&in, towers[_i]);
	mask_bytes(&out, buf_span(&in), NULL);
	ck_assert_uint_eq(out.len, in.len);
	buf_release(&in);
	buf_release(&out);
}
END_TEST

Suite *assigned_suite(void)
{
	Suite *s = suite_create("assigned");
	TCase *tc = tcase_create("assigned");

	add_rows(tc,
		 what_a_telling_name_is_given_is_masked_and_nothing_around_it,
		 rows);
	add_rows(tc, what_only_looks_assigned_stays, near_misses);
	tcase_add_test(tc, a_known_key_keeps_its_kind_under_a_telling_name);
	add_rows(tc, time_is_linear_whatever_is_assigned, towers);
	suite_add_tcase(s, tc);
	return s;
}
