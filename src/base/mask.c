/*
 * Two passes, each linear: the registered secrets by memmem(), then the known
 * shapes. A filter over every three bytes finds where a row's hint can stand;
 * only there its pattern runs, anchored. No pattern may look at a byte more
 * than a few times over the whole input: a run without a limit is possessive
 * and begins only where no byte of such a run stands before (ROW_WORD), any
 * other repeat is bounded.
 */
#include "base/mask.h"

#include <assert.h>
#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/placeholder.h"
#include "base/re.h"

#define OWN_MAX 32
#define OWN_MIN 8
#define HINTS_MAX 8
#define FILTER_BITS 16

enum row_flag {
	ROW_WORD = 1, /* begins where no letter, digit, - or _ stands before */
	ROW_NOCASE = 2,
	ROW_BLOCK = 4 /* up to its END line, or to the end */
};

/* `key: Type = "` between a name and its value, in the usual languages. */
#define ASSIGNED                                              \
	"[\"']?\\s{0,8}+(?::\\s{0,4}+&?(?:'static\\s{1,4}+)?" \
	"(?:str|String)\\s{0,4}+)?(?:=>|:=|[=:,(])\\s{0,8}+"  \
	"(?:String::from\\()?b?[\"']?"

/*
 * Shapes as published by their makers, or as gitleaks and GitHub's secret
 * scanning know them. Group 1 is the secret when there is one, otherwise the
 * whole match. More special rows stand first.
 */
static const struct row {
	const char *kind;
	const char *hints[HINTS_MAX];
	unsigned flags;
	bool (*real)(struct span s);
	const char *pattern;
} rows[] = {
	{ "anthropic-key",
	  { "sk-ant-" },
	  ROW_WORD,
	  secret_token,
	  "sk-ant-[\\w-]{24,}+" },
	{ "openai-key", { "sk-" }, ROW_WORD, secret_random, "sk-[\\w-]{20,}+" },
	{ "aws-key-id",
	  { "AKIA", "ASIA", "ABIA", "ACCA" },
	  ROW_WORD,
	  secret_token,
	  "A[A-Z]{3}[A-Z0-9]{16}(?![\\w-])" },
	{ "aws-secret-key",
	  { "secret_access_key", "secretaccesskey", "secret-access-key",
	    "aws_secret_key" },
	  ROW_NOCASE,
	  secret_token,
	  "(?i)(?:secret[_-]?access|aws_secret)[_-]?key" ASSIGNED
	  "([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])" },
	{ "aws-session-token",
	  { "session_token", "sessiontoken" },
	  ROW_NOCASE,
	  secret_token,
	  "(?i)session_?token" ASSIGNED "([A-Za-z0-9/+]{100,2000}+=*+)" },
	{ "github-token",
	  { "ghp_", "gho_", "ghu_", "ghs_", "ghr_" },
	  ROW_WORD,
	  secret_token,
	  "gh[pousr]_\\w{36,}+" },
	{ "github-token",
	  { "github_pat_" },
	  ROW_WORD,
	  secret_token,
	  "github_pat_\\w{40,}+" },
	{ "gitlab-token",
	  { "glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "glsoat-" },
	  ROW_WORD,
	  secret_token,
	  "gl[a-z]{2,4}-[\\w-]{20,}+" },
	{ "slack-token",
	  { "xox", "xapp-" },
	  ROW_WORD,
	  secret_token,
	  "(?:xox[abeoprs]|xapp)(?:\\.xox[bp])?-[\\w-]{20,}+" },
	{ "slack-webhook",
	  { "hooks.slack.com/" },
	  0,
	  secret_token,
	  "hooks\\.slack\\.com/(?:services|workflows|triggers)/"
	  "(\\w{8,32}+/\\w{8,32}+/\\w{16,64}+)" },
	{ "stripe-key",
	  { "sk_live_", "rk_live_", "whsec_" },
	  ROW_WORD,
	  secret_token,
	  "(?:[sr]k_live|whsec)_[A-Za-z0-9]{16,}+" },
	{ "google-api-key",
	  { "AIza" },
	  ROW_WORD,
	  secret_token,
	  "AIza[\\w-]{35}(?![\\w-])" },
	{ "google-oauth",
	  { "ya29.", "GOCSPX-" },
	  ROW_WORD,
	  secret_token,
	  "(?:ya29\\.|GOCSPX-)[\\w-]{20,}+" },
	{ "npm-token",
	  { "npm_" },
	  ROW_WORD,
	  secret_token,
	  "npm_[A-Za-z0-9]{36}(?![\\w-])" },
	{ "pypi-token",
	  { "pypi-" },
	  ROW_WORD,
	  secret_token,
	  "pypi-[\\w-]{50,}+" },
	{ "crates-io-token",
	  { "cio" },
	  ROW_WORD,
	  secret_token,
	  "cio[A-Za-z0-9]{32}(?![\\w-])" },
	{ "hugging-face-token",
	  { "hf_", "api_org_" },
	  ROW_WORD,
	  secret_token,
	  "(?:hf|api_org)_[A-Za-z0-9]{34,}+(?![\\w-])" },
	{ "sendgrid-key",
	  { "SG." },
	  ROW_WORD,
	  secret_token,
	  "SG\\.[\\w-]{20,24}+\\.[\\w-]{39,50}+(?![\\w-])" },
	{ "twilio-key",
	  { "SK" },
	  ROW_WORD,
	  secret_token,
	  "SK[0-9a-f]{32}(?![\\w-])" },
	{ "twilio-token",
	  { "twilio_auth_token", "twilioauthtoken" },
	  ROW_NOCASE,
	  secret_token,
	  "(?i)twilio_?auth_?token" ASSIGNED "([0-9a-f]{32})(?!\\w)" },
	{ "jwt",
	  { "eyJ" },
	  ROW_WORD,
	  secret_any,
	  "eyJ[\\w-]{8,}+\\.[\\w-]{4,}+\\.[\\w-]{16,}+" },
	{ "azure-storage-key",
	  { "AccountKey=" },
	  0,
	  secret_token,
	  "AccountKey=([A-Za-z0-9+/]{86}==)" },
	{ "azure-access-key",
	  { "SharedAccessKey=" },
	  0,
	  secret_token,
	  "SharedAccessKey=([A-Za-z0-9+/]{43}=)" },
	{ "groq-key",
	  { "gsk_" },
	  ROW_WORD,
	  secret_token,
	  "gsk_[A-Za-z0-9]{40,}+" },
	{ "xai-key", { "xai-" }, ROW_WORD, secret_random, "xai-[\\w-]{60,}+" },
	{ "digitalocean-token",
	  { "dop_v1_", "doo_v1_" },
	  ROW_WORD,
	  secret_token,
	  "do[op]_v1_[0-9a-f]{64}(?!\\w)" },
	{ "docker-token",
	  { "dckr_pat_" },
	  ROW_WORD,
	  secret_token,
	  "dckr_pat_[\\w-]{20,}+" },
	{ "shopify-token",
	  { "shpat_", "shpss_" },
	  ROW_WORD,
	  secret_token,
	  "shp(?:at|ss)_[0-9a-fA-F]{32}(?!\\w)" },
	{ "age-key",
	  { "AGE-SECRET-KEY-1" },
	  ROW_WORD,
	  secret_token,
	  "AGE-SECRET-KEY-1[A-Z0-9]{58}(?!\\w)" },
	/* code that only names the BEGIN line has no base64 behind it */
	{ "private-key",
	  { "-----BEGIN " },
	  ROW_BLOCK,
	  secret_any,
	  "-----BEGIN (?:[A-Z0-9]{1,20}+ ){0,4}PRIVATE KEY(?: BLOCK)?-----"
	  "(?:\\\\[nrt]|[^A-Za-z0-9]){0,40}+(?:Proc-Type: |DEK-Info: |"
	  "Version: |Comment: |Hash: |(?=[A-Za-z]{0,47}[0-9+/])"
	  "[A-Za-z0-9+/]{24})" },
	/* hosts of RFC 2606 are examples, whatever the password */
	{ "url-password",
	  { "://" },
	  0,
	  secret_password,
	  "(?<=[A-Za-z0-9+.])://[^\\s/?#:@'\"<>\\\\`]{0,128}+:"
	  "([^\\s/?#'\"<>\\\\`]{1,256})@(?=[\\w\\[{$%-])"
	  "(?!(?:[\\w-]{1,63}\\.){0,8}?(?:example(?:\\.(?:com|org|net))?|test|"
	  "invalid)(?![\\w.-]))" },
	{ "authorization",
	  { "authorization" },
	  ROW_NOCASE,
	  secret_basic,
	  "(?i)authorization[\"']?\\s{0,4}+(?:=>|[:=,])\\s{0,8}+[\"']?"
	  "Basic\\s{1,4}+([A-Za-z0-9+/]{8,}+={0,2}+)" },
	{ "authorization",
	  { "authorization" },
	  ROW_NOCASE,
	  secret_token,
	  "(?i)authorization[\"']?\\s{0,4}+(?:=>|[:=,])\\s{0,8}+[\"']?"
	  "(?:Bearer|Token)\\s{1,4}+([\\w.~+/-]{12,}+={0,2}+)" },
	{ "authorization",
	  { "Bearer " },
	  0,
	  secret_random,
	  "Bearer {1,4}+([\\w.~+/-]{20,}+={0,2}+)" },
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))
_Static_assert(ROWS <= 64, "by_byte has a bit for each row");

/* Compiled once; the registered secrets are set before threads start. */
static struct {
	pthread_once_t once;
	struct re *re[ROWS];
	struct re *end;
	uint64_t filter[(1 << FILTER_BITS) / 64];
	uint64_t by_byte[256]; /* bit i: a hint of row i begins with it */
	struct span own[OWN_MAX];
	size_t nr_own;
} state = { .once = PTHREAD_ONCE_INIT };

static uint32_t filter_slot(uint32_t three)
{
	return (uint32_t)(three * 0x9E3779B1u) >> (32 - FILTER_BITS);
}

static void filter_add(const unsigned char *three)
{
	uint32_t slot = filter_slot((uint32_t)three[0] << 16 |
				    (uint32_t)three[1] << 8 | three[2]);

	state.filter[slot / 64] |= UINT64_C(1) << (slot % 64);
}

/* Every way the hint's first three bytes can be written. */
static void filter_add_hint(const char *hint, bool nocase)
{
	unsigned char t[3];
	unsigned way, i;

	for (way = 0; way < 8; way++) {
		for (i = 0; i < 3 && hint[i]; i++)
			t[i] = (unsigned char)(nocase && way >> i & 1
						       ? toupper(hint[i])
						       : hint[i]);
		if (i == 3)
			filter_add(t);
		else
			for (i = 0; i < 256; i++) {
				t[2] = (unsigned char)i;
				filter_add(t);
			}
	}
}

static struct re *compile(const char *pattern)
{
	struct error err = { 0 };
	struct re *re;
	int bad = re_open(&re, pattern, RE_ANCHORED, &err);

	/* a row of the table that no test ran */
	assert(!bad);
	(void)bad;
	return re;
}

static void compile_all(void)
{
	size_t i, k;

	for (i = 0; i < ROWS; i++) {
		bool nocase = rows[i].flags & ROW_NOCASE;

		state.re[i] = compile(rows[i].pattern);
		for (k = 0; k < HINTS_MAX && rows[i].hints[k]; k++) {
			unsigned char c = (unsigned char)*rows[i].hints[k];

			filter_add_hint(rows[i].hints[k], nocase);
			state.by_byte[c] |= UINT64_C(1) << i;
			if (nocase)
				state.by_byte[toupper(c)] |= UINT64_C(1) << i;
		}
	}
	state.end = compile("-----END (?:[A-Z0-9]{1,20}+ ){0,4}"
			    "PRIVATE KEY(?: BLOCK)?-----");
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/*
 * May a token begin at `at`? Behind a word byte only when that byte belongs to
 * an escape (`\n`, `%3D`) or is the minus in a diff's margin.
 */
static bool word_begins(struct span s, size_t at)
{
	const char *p = s.ptr + at;

	if (!at || !word_byte(p[-1]))
		return true;
	if (p[-1] == '-' && (at == 1 || p[-2] == '\n'))
		return true;
	if (at >= 2 && p[-2] == '\\' && strchr("nrt", p[-1]))
		return true;
	return at >= 3 && p[-3] == '%' && isxdigit((unsigned char)p[-2]) &&
	       isxdigit((unsigned char)p[-1]);
}

static bool hint_stands(const struct row *row, struct span s)
{
	size_t k;

	for (k = 0; k < HINTS_MAX && row->hints[k]; k++) {
		const char *hint = row->hints[k];
		size_t n = strlen(hint);

		if (n > s.len)
			continue;
		if (row->flags & ROW_NOCASE ? !strncasecmp(s.ptr, hint, n)
					    : !memcmp(s.ptr, hint, n))
			return true;
	}
	return false;
}

/* Where a block that begins with `begin` ends: behind its END, or at the end
 * of s. Everything up to there is masked, so nothing is read twice. */
static struct span block(struct span s, struct span begin)
{
	size_t at = (size_t)(begin.ptr - s.ptr) + begin.len;
	struct span end;

	for (;;) {
		ptrdiff_t next = span_find(span_from(s, at), SPAN("-----END "));

		if (next < 0)
			return span_from(s, (size_t)(begin.ptr - s.ptr));
		at += (size_t)next;
		if (re_match(state.end, s, at, &end, 1))
			break;
		at++;
	}
	return (struct span){ begin.ptr,
			      (size_t)(end.ptr + end.len - begin.ptr) };
}

/* The secret that a row's hint at `at` announces; false when there is none. */
static const struct row *find_secret(struct span s, size_t at,
				     struct span *secret)
{
	uint64_t left = state.by_byte[(unsigned char)s.ptr[at]];
	bool word = word_begins(s, at);
	struct span g[2];

	for (; left; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctzll(left);

		if ((rows[i].flags & ROW_WORD && !word) ||
		    !hint_stands(&rows[i], span_from(s, at)) ||
		    !re_match(state.re[i], s, at, g, 2))
			continue;
		*secret = g[1].ptr ? g[1] : g[0];
		if (!rows[i].real(*secret))
			continue;
		if (rows[i].flags & ROW_BLOCK)
			*secret = block(s, *secret);
		return &rows[i];
	}
	return NULL;
}

/* The mask's bytes over `secret`, its newlines kept. */
static void add_mask(struct buf *out, struct span secret, const char *kind)
{
	static const char open[] = "[masked:";
	size_t head = sizeof(open) - 1, label = strlen(kind), i;
	bool fits = secret.len >= head + label + 1;
	char *p = buf_reserve(out, secret.len);

	memset(p, '*', secret.len);
	if (fits) {
		memcpy(p, open, head);
		memcpy(p + head, kind, label);
		p[secret.len - 1] = ']';
	}
	for (i = 0; i < secret.len; i++)
		if (secret.ptr[i] == '\n' || secret.ptr[i] == '\r')
			p[i] = secret.ptr[i];
	out->len += secret.len;
	out->ptr[out->len] = '\0';
}

/* Next place at or behind `at` where three bytes begin some hint, or s.len. */
static size_t next_hint(struct span s, size_t at)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	uint32_t three;

	if (s.len < 3 || at > s.len - 3)
		return s.len;
	three = (uint32_t)p[at] << 8 | p[at + 1];
	for (at += 2; at < s.len; at++) {
		uint32_t slot;

		three = (three << 8 | p[at]) & 0xFFFFFF;
		slot = filter_slot(three);
		if (state.filter[slot / 64] >> (slot % 64) & 1)
			return at - 2;
	}
	return s.len;
}

/*
 * Mask s from `at` on. What stands between a hint and its secret may hold
 * another one (`https://ghp_…:x-oauth-basic@host`); that stretch is bounded,
 * so it is simply read again.
 */
static void mask_shapes(struct buf *out, struct span s, size_t at,
			struct mask_counts *counts)
{
	size_t done = at, begin;

	while ((at = next_hint(s, at)) < s.len) {
		struct span secret;
		const struct row *row = find_secret(s, at, &secret);

		if (!row) {
			at++;
			continue;
		}
		begin = (size_t)(secret.ptr - s.ptr);
		if (begin > at) {
			at++;
			buf_add(out, s.ptr + done, at - done);
			mask_shapes(out, span_first(s, begin), at, counts);
		} else {
			buf_add(out, s.ptr + done, begin - done);
		}
		add_mask(out, secret, row->kind);
		counts->total++;
		done = at = begin + secret.len;
	}
	buf_addsp(out, span_from(s, done));
}

static void mask_own(struct buf *out, struct span s, struct span own,
		     struct mask_counts *counts)
{
	ptrdiff_t at;

	while ((at = span_find(s, own)) >= 0) {
		buf_add(out, s.ptr, (size_t)at);
		s = span_from(s, (size_t)at);
		add_mask(out, span_first(s, own.len), "own-key");
		s = span_from(s, own.len);
		counts->total++;
	}
	buf_addsp(out, s);
}

void mask_bytes(struct buf *out, struct span in, struct mask_counts *counts)
{
	struct mask_counts ignored = { 0 };
	struct buf text[2] = { { 0 }, { 0 } };
	size_t i;

	pthread_once(&state.once, compile_all);
	if (!counts)
		counts = &ignored;
	for (i = 0; i < state.nr_own; i++) {
		if (span_find(in, state.own[i]) < 0)
			continue;
		buf_reset(&text[i % 2]);
		mask_own(&text[i % 2], in, state.own[i], counts);
		in = buf_span(&text[i % 2]);
	}
	buf_reserve(out, in.len);
	mask_shapes(out, in, 0, counts);
	buf_release(&text[0]);
	buf_release(&text[1]);
}

void mask_register(struct span secret)
{
	size_t at;
	char *copy;

	for (at = 0; at < state.nr_own; at++)
		if (span_eq(state.own[at], secret))
			return;
	if (secret.len < OWN_MIN || state.nr_own == OWN_MAX)
		return;
	copy = base_realloc(NULL, secret.len);
	memcpy(copy, secret.ptr, secret.len);
	/* longest first: of one that begins as another does, no tail stays */
	for (; at && state.own[at - 1].len < secret.len; at--)
		state.own[at] = state.own[at - 1];
	state.own[at] = (struct span){ copy, secret.len };
	state.nr_own++;
}
