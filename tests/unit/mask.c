#include "base/mask.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

/* Drawn at random once, in pieces that no scanner takes for a key. */
#define HEX32                 \
	"3f9a1c07e5b2d8460a7" \
	"1fe93c4b5d286"
#define MIX16      \
	"q7Rk2ZpW" \
	"x9LvT4bN"
#define MIX20 MIX16 "e8Yd"
#define MIX32            \
	MIX16 "Hs3GfJ6u" \
	      "Ac1MwP5o"
#define MIX36 MIX32 "Ki0Q"
#define MIX48            \
	MIX32 "Zr8TnB2v" \
	      "XqL7yEd4"
#define MIX64            \
	MIX48 "Uj9CsW3h" \
	      "FaM6kPg1"
#define BIG16      \
	"Q7RK2ZPW" \
	"X5LVT4BN"
#define PEM64                              \
	"MIIEvQIBADANBgkqhkiG9w0BAQEFAASC" \
	"BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj"
#define PEM(kind) "-----" kind " PRIVATE KEY-----"

/* before, the secret in two parts, behind it; the mask's label */
static const struct {
	const char *before, *a, *b, *after, *kind;
} secrets[] = {
	{ "key = \"", "sk-ant-", "api03-" MIX64, "\"", "anthropic-key" },
	{ "-", "sk-ant-", "oat01-" MIX48, "\n", "anthropic-key" },
	{ "{\"text\":\"a\\n", "sk-ant-", "api03-" MIX48, "\"}",
	  "anthropic-key" },
	{ "?key%3D", "sk-ant-", "admin01-" MIX48, "&", "anthropic-key" },
	{ "OPENAI_API_KEY=", "sk-", MIX48, "\n", "openai-key" },
	{ "'", "sk-", "proj-" MIX64 "_" MIX32, "'", "openai-key" },
	{ "", "sk-", "svcacct-" MIX64, "", "openai-key" },
	{ "deepseek: ", "sk-", HEX32, "", "openai-key" },
	{ "router ", "sk-", "or-v1-" HEX32 HEX32, " ", "openai-key" },
	{ "aws_access_key_id = ",
	  "AK"
	  "IA",
	  BIG16, "\n", "aws-key-id" },
	{ "(",
	  "AS"
	  "IA",
	  BIG16, ")", "aws-key-id" },
	{ "aws_secret_access_key = ", MIX20, "/" MIX16 "+k2", "\n",
	  "aws-secret-key" },
	{ "const AWS_SECRET_ACCESS_KEY: &'static str = \"", MIX20, MIX16 "+/k2",
	  "\";", "aws-secret-key" },
	{ "\"SecretAccessKey\": \"", MIX20, MIX16 "A/k2", "\"",
	  "aws-secret-key" },
	{ "set_var(\"AWS_SECRET_ACCESS_KEY\", \"", MIX20, MIX16 "A/k2", "\")",
	  "aws-secret-key" },
	{ "aws_session_token=", MIX64, MIX64 "/+" MIX32 "==", "\n",
	  "aws-session-token" },
	{ "token: ",
	  "gh"
	  "p_",
	  MIX36, "\n", "github-token" },
	{ "",
	  "gh"
	  "o_",
	  MIX36, "", "github-token" },
	{ "",
	  "gh"
	  "u_",
	  MIX36, "", "github-token" },
	{ "https://",
	  "gh"
	  "s_",
	  MIX36, "@github.com/a/b", "github-token" },
	{ "",
	  "gh"
	  "r_",
	  MIX48, "", "github-token" },
	{ "\"",
	  "github_"
	  "pat_",
	  "11ABCDEFG0" MIX16 "_" MIX48, "\"", "github-token" },
	{ "",
	  "gl"
	  "pat-",
	  MIX20, "", "gitlab-token" },
	{ "CI_DEPLOY=",
	  "gl"
	  "dt-",
	  MIX20, "\n", "gitlab-token" },
	{ "",
	  "xo"
	  "xb-",
	  "2493817465-8830172645-" MIX20, "", "slack-token" },
	{ "",
	  "xo"
	  "xp-",
	  "2493817465-8830172645-" HEX32, "", "slack-token" },
	{ "",
	  "xa"
	  "pp-",
	  "1-A04KZ93-5502817-" HEX32, "", "slack-token" },
	{ "https://hooks.slack.com/services/", "T04KZ93QP/", "B05LM27XW/" MIX20,
	  "\"", "slack-webhook" },
	{ "",
	  "sk_"
	  "live_",
	  MIX20, "", "stripe-key" },
	{ "",
	  "rk_"
	  "live_",
	  MIX36, "", "stripe-key" },
	{ "",
	  "wh"
	  "sec_",
	  MIX32, "", "stripe-key" },
	{ "key=",
	  "AI"
	  "za",
	  MIX32 "-_9", "&", "google-api-key" },
	{ "",
	  "ya"
	  "29.",
	  "a0Af" MIX64, "", "google-oauth" },
	{ "",
	  "GOC"
	  "SPX-",
	  MIX20 "-"
		"k3w8x2q",
	  "", "google-oauth" },
	{ "//registry/:_authToken=",
	  "np"
	  "m_",
	  MIX36, "\n", "npm-token" },
	{ "",
	  "py"
	  "pi-",
	  "AgEIcHlwaS5vcmc" MIX64, "", "pypi-token" },
	{ "token = \"",
	  "ci"
	  "o",
	  MIX32, "\"", "crates-io-token" },
	{ "",
	  "h"
	  "f_",
	  MIX32 "kQ", "", "hugging-face-token" },
	{ "",
	  "S"
	  "G.",
	  MIX20 "k3"
		"." MIX36 "abCd8_x",
	  "", "sendgrid-key" },
	{ "",
	  "S"
	  "K",
	  HEX32, "", "twilio-key" },
	{ "TWILIO_AUTH_TOKEN=", HEX32, "", "\n", "twilio-token" },
	{ "cookie=",
	  "ey"
	  "J",
	  "hbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9." MIX32, ";", "jwt" },
	{ "AccountName=a;AccountKey=", MIX64,
	  MIX20 "k3"
		"==",
	  ";EndpointSuffix=x", "azure-storage-key" },
	{ "SharedAccessKey=", MIX36,
	  "Zx81Rt+"
	  "=",
	  ";", "azure-access-key" },
	{ "",
	  "gs"
	  "k_",
	  MIX48, "", "groq-key" },
	{ "",
	  "xa"
	  "i-",
	  MIX64, "", "xai-key" },
	{ "",
	  "do"
	  "p_v1_",
	  HEX32 HEX32, "", "digitalocean-token" },
	{ "",
	  "dckr_"
	  "pat_",
	  MIX20 "-x", "", "docker-token" },
	{ "",
	  "shp"
	  "at_",
	  HEX32, "", "shopify-token" },
	{ "",
	  "AGE-SECRET-"
	  "KEY-1",
	  BIG16 BIG16 BIG16 "Q7RK2ZPWX5", "", "age-key" },
	{ "postgres://app:", "s3cr3t-Horse", "-battery9", "@db.internal/app",
	  "url-password" },
	{ "amqp://svc:", "Tr0ub4dor&3", "-correct", "@mq:5672/%2f",
	  "url-password" },
	{ "https://bot:", "9f8a7b6c5d", "4e3f", "@examples.com.evil.org/",
	  "url-password" },
	{ "redis://:", "9f8a7b6c5d", "4e3f2a1b0c", "@cache:6379",
	  "url-password" },
	{ "mysql://a:", "pa55", "w@rd-with-at-sign", "@h", "url-password" },
	{ "Authorization: Bearer ", MIX32, "", "\r\n", "authorization" },
	{ "-H 'authorization: token ", HEX32, "", "'", "authorization" },
	{ ".header(\"Authorization\", \"Bearer ", MIX20, MIX16, "\")",
	  "authorization" },
	{ "Authorization: Basic ", "YXBwOnMzY3IzdC1Ib3JzZS1i",
	  "YXR0ZXJ5OQ==", "\r\n", "authorization" },
	{ "curl -H 'X: Bearer ", MIX32, "", "'", "authorization" },
	{ "\"", PEM("BEGIN RSA"), "\\n" PEM64 "\\n" PEM("END RSA"), "\"",
	  "private-key" },
	{ "", PEM("BEGIN OPENSSH"), "\\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAE",
	  "", "private-key" },
};

static struct span joined(struct buf *b, const char *before, struct span mid,
			  const char *after)
{
	buf_reset(b);
	buf_adds(b, before);
	buf_addsp(b, mid);
	buf_adds(b, after);
	return buf_span(b);
}

/* The mask as the header describes it. */
static void expected_mask(struct buf *b, struct span secret, const char *kind)
{
	struct buf label = { 0 };
	size_t i;

	buf_addf(&label, "[masked:%s", kind);
	for (i = 0; i < secret.len; i++) {
		char c = i < label.len ? label.ptr[i] : '*';

		if (label.len + 1 > secret.len)
			c = '*';
		else if (i == secret.len - 1)
			c = ']';
		buf_addc(b, c);
	}
	buf_release(&label);
}

START_TEST(a_secret_is_masked_and_nothing_around_it)
{
	struct buf in = { 0 }, want = { 0 }, mask = { 0 }, sec = { 0 };
	struct buf out = { 0 }, again = { 0 };
	struct mask_counts n = { 0 }, more = { 0 };

	buf_adds(&sec, secrets[_i].a);
	buf_adds(&sec, secrets[_i].b);
	expected_mask(&mask, buf_span(&sec), secrets[_i].kind);
	joined(&in, secrets[_i].before, buf_span(&sec), secrets[_i].after);
	joined(&want, secrets[_i].before, buf_span(&mask), secrets[_i].after);
	mask_bytes(&out, buf_span(&in), &n);
	ck_assert_str_eq(buf_cstr(&out), buf_cstr(&want));
	ck_assert_uint_eq(n.total, 1);
	mask_bytes(&again, buf_span(&out), &more);
	ck_assert_str_eq(buf_cstr(&again), buf_cstr(&out));
	ck_assert_uint_eq(more.total, 0);
	buf_release(&in);
	buf_release(&want);
	buf_release(&mask);
	buf_release(&sec);
	buf_release(&out);
	buf_release(&again);
}
END_TEST

static const char *const near_misses[] = {
	"let key = \"sk-ant-...\";",
	"export ANTHROPIC_API_KEY=sk-ant-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	"sk-ant-your-key-goes-here-1234567890",
	"sk-ant-api03-example-key-for-documentation-only",
	".sk-fading-circle .sk-circle-fade-dot-wrapper-container2 {",
	"task-ant-colony-optimisation-with-pheromones-9000",
	"sk-test-0000-not-a-key-at-all-0000",
	"disk-usage-of-the-very-long-directory-name-1",
	"sk_test_" MIX20,
	"pk_live_" MIX20,
	"AKIAIOSFODNN7EXAMPLE",
	"MAKIAVELLI: see the AKIAK range",
	"aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
	"let aws_secret_access_key = "
	"std::env::var(\"AWS_SECRET_ACCESS_KEY\")?;",
	"ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
	"fn ghost(ghp_count: usize, gho_st: u8) -> ghs_Type {}",
	"ghp_000000000000000000000000000000000000",
	"glpat-your_token_here_123",
	"xoxb-your-token-here-1234",
	"https://hooks.slack.com/services/T00000000/B00000000/"
	"XXXXXXXXXXXXXXXXXXXXXXXX",
	"AIzaSyExampleExampleExampleExampleExamp",
	"npm_config_registry npm_package_version npm_lifecycle_event",
	"pypi-publish: uses pypa/gh-action-pypi-publish@release/v1",
	"precious ciodefghijklmnopqrst",
	"hf_hub_download(repo_id, hf_transfer_enabled_for_large_files)",
	"SKIPPED TASKS: SK1234",
	"msg.SG.sender",
	"eyJhbGciOi...",
	"eyJ is how every JSON object begins in base64.",
	"AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4"
	"I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
	"postgres://user:password@localhost/db",
	"postgres://postgres:postgres@localhost:5432/test",
	"amqp://guest:guest@localhost:5672/%2f",
	"postgres://app:${PASSWORD}@db/app",
	"postgres://app:$PGPASSWORD@db/app",
	"postgres://app:<password>@db/app",
	"format!(\"postgres://{}:{}@{}/{}\", user, pw, host, db)",
	"format!(\"redis://{user}:{password}@{host}\")",
	"mysql://root:xxxx@db",
	"mysql://root:secret123@db",
	"postgres://username:p@ssw0rd@db",
	"https://bot:9f8a7b6c5d4e@api.example.com/v1",
	"https://bot:9f8a7b6c5d4e@mq.test:5672",
	"-H \"Authorization: Bearer OAUTH2_TOKEN\"",
	"mysql://root:***@db",
	"mysql://app:%s@db",
	"http://localhost:8080/path@2x.png",
	"ssh://git@github.com:22/a/b.git",
	"http://[::1]:8080/",
	"// see https://docs.rs/tokio/1.0/tokio/: it's user@example.com",
	"Authorization: Bearer <token>",
	"Authorization: Bearer ${TOKEN}",
	"format!(\"Authorization: Bearer {}\", token)",
	"Authorization: Bearer YOUR_ACCESS_TOKEN",
	"Authorization: Basic dXNlcjpwYXNzd29yZA==",
	"Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
	"Authorization: Basic authentication scheme",
	"the Bearer authentication-scheme-of-the-gateway",
	"if pem.starts_with(\"-----BEGIN PRIVATE KEY-----\") {\n"
	"\treturn Err(ErrorKind::PrivateKeyGivenForCertificate);\n}\n",
	"const BEGIN: &str = \"-----BEGIN RSA PRIVATE KEY-----\";\n"
	"const END: &str = \"-----END RSA PRIVATE KEY-----\";\n",
	"-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----\n",
	"-----BEGIN PUBLIC KEY-----\n" PEM64 "\n-----END PUBLIC KEY-----\n",
	"-----BEGIN CERTIFICATE-----\n" PEM64 "\n-----END CERTIFICATE-----\n",
	"",
};

START_TEST(what_only_looks_like_a_secret_stays)
{
	struct buf out = { 0 };
	struct mask_counts n = { 0 };

	mask_bytes(&out, span_of(near_misses[_i]), &n);
	ck_assert_str_eq(buf_cstr(&out), near_misses[_i]);
	ck_assert_uint_eq(n.total, 0);
	buf_release(&out);
}
END_TEST

static const struct {
	const char *in, *out;
} blocks[] = {
	{ "a\n" PEM("BEGIN") "\n" PEM64 "\nAbc=\n" PEM("END") "\nb\n",
	  "a\n[masked:private-key********\n"
	  "********************************"
	  "********************************\n****\n"
	  "************************]\nb\n" },
	/* not terminated: to the end */
	{ PEM("BEGIN EC") "\r\n" PEM64 "\r\nfn main() {}\n",
	  "[masked:private-key***********\r\n"
	  "********************************"
	  "********************************\r\n************\n" },
	{ "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 2\n\nlQ\n"
	  "-----END PGP PRIVATE KEY BLOCK-----",
	  "[masked:private-key******************\n**********\n\n**\n"
	  "**********************************]" },
	{ PEM("BEGIN RSA") "\nProc-Type: 4,ENCRYPTED\n\n" PEM("END RSA") "\nx",
	  "[masked:private-key************\n**********************\n\n"
	  "****************************]\nx" },
	/* in a diff's lines, both END forms */
	{ "+" PEM("BEGIN") "\n+" PEM64 "\n+" PEM("END") "\n+x",
	  "+[masked:private-key********\n*"
	  "********************************"
	  "********************************\n"
	  "*************************]\n+x" },
};

START_TEST(a_private_key_is_masked_to_its_end_and_keeps_its_lines)
{
	struct buf out = { 0 }, again = { 0 };
	struct mask_counts n = { 0 };

	mask_bytes(&out, span_of(blocks[_i].in), &n);
	ck_assert_str_eq(buf_cstr(&out), blocks[_i].out);
	ck_assert_uint_eq(n.total, 1);
	mask_bytes(&again, buf_span(&out), &n);
	ck_assert_str_eq(buf_cstr(&again), blocks[_i].out);
	ck_assert_uint_eq(n.total, 1);
	buf_release(&out);
	buf_release(&again);
}
END_TEST

START_TEST(several_secrets_are_masked_and_counted)
{
	static const char in[] = "a=sk-"
				 "ant-" MIX48 " b=gh"
				 "p_" MIX36 " c=postgres://u:Zx81Rt9q@h\n";
	struct buf out = { 0 };
	struct mask_counts n = { 0 };

	mask_bytes(&out, SPAN(in), &n);
	ck_assert_uint_eq(n.total, 3);
	ck_assert_uint_eq(out.len, sizeof(in) - 1);
	ck_assert_ptr_null(strstr(buf_cstr(&out), MIX16));
	ck_assert_ptr_nonnull(strstr(buf_cstr(&out), "u:********@h\n"));
	buf_reset(&out);
	/* one before the other's secret, behind its hint */
	mask_bytes(&out,
		   SPAN("https://gh"
			"p_" MIX36 ":x-oauth-basic@github.com"),
		   NULL);
	ck_assert_ptr_null(strstr(buf_cstr(&out), MIX16));
	ck_assert_ptr_null(strstr(buf_cstr(&out), "oauth"));
	ck_assert_uint_eq(out.len, 73);
	buf_reset(&out);
	/* appends, and takes no counts too */
	buf_adds(&out, "before ");
	mask_bytes(&out, SPAN("plain"), NULL);
	ck_assert_str_eq(buf_cstr(&out), "before plain");
	buf_release(&out);
}
END_TEST

START_TEST(a_secret_of_ours_is_masked_wherever_it_stands)
{
	struct buf out = { 0 };
	struct mask_counts n = { 0 };

	mask_register(SPAN("short"));
	mask_register(SPAN("hunter2hunter2hunter2"));
	mask_register(SPAN("eight-by"));
	mask_bytes(&out, SPAN("short xhunter2hunter2hunter2hunter2y eight-by"),
		   &n);
	ck_assert_str_eq(buf_cstr(&out),
			 "short x[masked:own-key*****]hunter2y ********");
	ck_assert_uint_eq(n.total, 2);
	buf_reset(&out);
	mask_bytes(&out, SPAN("x[masked:own-key*****]y ********"), &n);
	ck_assert_str_eq(buf_cstr(&out), "x[masked:own-key*****]y ********");
	ck_assert_uint_eq(n.total, 2);
	buf_release(&out);
}
END_TEST

START_TEST(of_a_secret_that_begins_as_another_no_tail_stays)
{
	struct buf out = { 0 };

	mask_register(SPAN("hunter2hunter2"));
	mask_register(SPAN("hunter2hunter2-and-more"));
	mask_bytes(&out, SPAN("hunter2hunter2-and-more"), NULL);
	ck_assert_str_eq(buf_cstr(&out), "[masked:own-key*******]");
	buf_release(&out);
}
END_TEST

START_TEST(no_more_than_32_secrets_of_ours_are_kept)
{
	struct mask_counts n = { 0 };
	struct buf out = { 0 };
	char name[32];
	int i;

	for (i = 0; i < 80; i++) {
		/* each twice: the second time takes no place */
		snprintf(name, sizeof(name), "own-secret-%02d", i / 2);
		mask_register(span_of(name));
	}
	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "own-secret-%02d", i);
		mask_bytes(&out, span_of(name), &n);
	}
	ck_assert_uint_eq(n.total, 32);
	buf_release(&out);
}
END_TEST

/* Each of these made some scanner quadratic; Check's own limit of seconds
 * would end a test that is. */
static const char *const towers[] = {
	"sk-",
	"sk-ant-",
	"eyJ",
	"eyJa.",
	"eyJaaaaaaaaa.",
	"://",
	"://a:",
	"://a:b@",
	"-----BEGIN ",
	"-----END ",
	"ghp_",
	"xoxb-",
	"SG.",
	"hf_",
	"\\nsk-",
	"Bearer ",
	"a",
	"AccountKey=",
	"authorization: Bearer ",
	"-----BEGIN PRIVATE KEY-----\n",
	"secret_access_key=\"",
	"%3Dsk-",
	"-----BEGIN PRIVATE KEY-----\nProc-Type: -----END ",
	"\n-sk-",
	"SK",
};

START_TEST(time_is_linear_whatever_comes)
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

Suite *mask_suite(void)
{
	Suite *s = suite_create("mask");
	TCase *tc = tcase_create("mask");

	add_rows(tc, a_secret_is_masked_and_nothing_around_it, secrets);
	add_rows(tc, what_only_looks_like_a_secret_stays, near_misses);
	add_rows(tc, a_private_key_is_masked_to_its_end_and_keeps_its_lines,
		 blocks);
	tcase_add_test(tc, several_secrets_are_masked_and_counted);
	tcase_add_test(tc, a_secret_of_ours_is_masked_wherever_it_stands);
	tcase_add_test(tc, no_more_than_32_secrets_of_ours_are_kept);
	tcase_add_test(tc, of_a_secret_that_begins_as_another_no_tail_stays);
	add_rows(tc, time_is_linear_whatever_comes, towers);
	suite_add_tcase(s, tc);
	return s;
}
