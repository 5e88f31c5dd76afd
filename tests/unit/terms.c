/* The telling words of a request, and where a text speaks of them. */
#include "agent/terms.h"

#include "base/arena.h"
#include "base/buf.h"
#include "test.h"

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

/* Words that are one to a reader, and words that are not. */
static const struct {
	const char *a, *b;
	enum { APART, ALIKE, AKIN } how; /* akin: of one root */
} words[] = {
	{ "cache", "caches", ALIKE },
	{ "cache", "caching", ALIKE },
	{ "cache", "cached", ALIKE },
	{ "Cache", "CACHE", ALIKE },
	{ "retry", "retries", ALIKE },
	{ "retry", "retrying", ALIKE },
	{ "query", "queries", ALIKE },
	{ "index", "indexes", ALIKE },
	{ "index", "indices", ALIKE },
	{ "batch", "batches", ALIKE },
	{ "log", "logging", ALIKE },
	{ "poll", "polling", ALIKE },
	{ "embed", "embedding", ALIKE },
	{ "stream", "streams", ALIKE },
	{ "address", "addresses", ALIKE },
	{ "status", "statuses", ALIKE },
	{ "map", "mapping", ALIKE },
	{ "limit", "limiter", AKIN },
	{ "compress", "compression", AKIN },
	{ "compress", "compressor", AKIN },
	{ "expire", "expiration", AKIN },
	{ "migrate", "migration", AKIN },
	{ "log", "logger", AKIN },
	{ "store", "storage", AKIN },
	{ "encode", "encoder", AKIN },
	{ "authenticate", "authentication", AKIN },
	/* what only looks alike */
	{ "use", "user", APART },
	{ "time", "timer", APART },
	{ "order", "ord", APART },
	{ "string", "str", APART },
	{ "server", "service", APART },
	{ "bus", "bu", APART },
	{ "speed", "spe", APART },
	{ "act", "action", APART },
	{ "cat", "cats", ALIKE },
	{ "as", "a", APART },
};

START_TEST(words_are_told_by_what_they_come_from)
{
	char a[TERM_BYTES], b[TERM_BYTES];
	size_t n = term_stem(a, span_of(words[_i].a));
	size_t m = term_stem(b, span_of(words[_i].b));
	bool alike = n == m && !memcmp(a, b, n);

	n = term_root(a, n);
	m = term_root(b, m);
	ck_assert_int_eq(alike			      ? ALIKE
			 : n == m && !memcmp(a, b, n) ? AKIN
						      : APART,
			 words[_i].how);
}
END_TEST

/* Each term; `*` behind a phrase's noun, `+` before a pair, `.` before a part,
 * `~` before a family. */
static const struct {
	const char *request, *terms;
} requests[] = {
	{ "add a TTL cache", "ttl cache* +ttl cache" },
	{ "Implement caching", "caching*" },
	{ "per-tenant rate limit",
	  "tenant rate +tenant rate limit* +rate limit" },
	{ "retry with backoff in the client", "retry* backoff* client*" },
	{ "stream query results over gRPC",
	  "stream query +stream query results* +query results grpc*" },
	{ "a cache, a queue", "cache* queue*" },
	/* names in code are whole, and their parts beside them */
	{ "extend `PoolOptions`", "pooloptions* .pool .options" },
	{ "max_idle_ms for MyPool::get",
	  "maxidlems* .max .idle mypool* .pool" },
	{ "OAuth2 and gRPC", "oauth2* grpc*" },
	/* a family, for the word the tree may lack */
	{ "upload to S3", "upload* s3* ~s3 gcs azure oss hdfs r2 minio" },
	/* short words count as acronyms or with digits */
	{ "db of go", "" },
	{ "DB over h2 with IO", "db* h2* io*" },
	/* nothing telling */
	{ "", "" },
	{ "make it work please", "" },
	{ "\303\244\303\266\303\274 \360\237\246\200", "" },
	{ "42 + 4711", "" },
	/* once is enough */
	{ "cache the caches in a Cache", "cache*" },
};

START_TEST(a_request_gives_its_telling_words)
{
	static const char *const marks[] = { [TERM_WORD] = "",
					     [TERM_PAIR] = "+",
					     [TERM_PART] = ".",
					     [TERM_FAMILY] = "~" };
	struct terms t = { 0 };
	struct buf got = { 0 };

	terms_parse(&t, &arena, span_of(requests[_i].request));
	vec_each (const struct term, one, &t.term)
		buf_addf(&got, "%s%s%.*s%s", got.len ? " " : "",
			 marks[one->kind], SPAN_ARG(one->word),
			 one->head && one->kind == TERM_WORD ? "*" : "");
	ck_assert_str_eq(buf_cstr(&got), requests[_i].terms);
	buf_release(&got);
}
END_TEST

/* What was found of the text: `?` behind what is not sure, `$` where a name
 * ends. */
static const struct {
	const char *request, *text, *found;
} texts[] = {
	{ "cache", "Cache", "Cache$" },
	{ "cache", "LruCache<K>", "Lru? Cache$" },
	{ "cache", "my_cache_size", "cache" },
	{ "cache", "CacheMetrics", "Cache" },
	/* what the request has a word for is no synonym of another one */
	{ "an LRU cache", "LruCache",
	  "Lru LruCache$ LruCache$ LruCache$ "
	  "Cache$" },
	{ "cache", "caches and caching", "caches$ caching$" },
	{ "cache", "LRUCache", "LRU? Cache$" },
	{ "cache", "cachet Cacheline scache", "" },
	{ "TTL", "TTLCache ttl_ms TTLs", "TTL ttl TTLs$" },
	{ "ttl", "expires_at, time_to_live", "expires? time_to_live?$" },
	{ "mysql", "MySql my_sql mysql MYSQL MySqlPool",
	  "MySql$ my_sql$ mysql$ MYSQL$ MySql" },
	{ "mysql", "MyQuery mysqlx my", "" },
	{ "limit", "RateLimiter", "Limiter?$" },
	{ "s3", "S3Client s3_url s32", "S3 s3" },
	{ "cache", "Cache2 CacheV2 cache64x 2cache", "Cache$ Cache" },
	{ "http2", "Http2 http", "Http2$" },
	{ "http", "HTTPServer http2 https", "HTTP http$ https$" },
	{ "grpc", "gRPC GrpcServer", "gRPC$ Grpc" },
	/* a pair is found as one word too, and both its words with it */
	{ "rate limit", "ratelimit", "ratelimit$ ratelimit$ ratelimit$" },
	{ "rate limit", "rate-limit",
	  "rate$ rate-limit$ rate-limit$ "
	  "rate-limit$ limit$" },
	/* any bytes, and nothing past the end */
	{ "cache",
	  "\xff"
	  "cache\xff",
	  "cache$" },
	{ "cache", "cach", "cach$" }, /* of one stem */
	{ "cache", "c", "" },
	{ "cache", "", "" },
	{ "", "cache", "" },
};

START_TEST(a_text_is_searched_for_them_in_any_spelling)
{
	struct terms t = { 0 };
	struct term_hits hits = { 0 };
	struct buf got = { 0 };

	terms_parse(&t, &arena, span_of(texts[_i].request));
	terms_scan(&t, &arena, span_of(texts[_i].text), &hits);
	vec_each (const struct term_hit, h, &hits.rows)
		buf_addf(&got, "%s%.*s%s%s", got.len ? " " : "", h->len,
			 texts[_i].text + h->at, h->weak ? "?" : "",
			 h->head ? "$" : "");
	ck_assert_str_eq(buf_cstr(&got), texts[_i].found);
	buf_release(&got);
}
END_TEST

START_TEST(names_are_taken_apart)
{
	static const struct {
		const char *name;
		size_t parts;
	} names[] = {
		{ "cache", 1 },	     { "LruCache", 2 }, { "lru_cache", 2 },
		{ "HTTPServer", 2 }, { "TTLs", 1 },	{ "S3Client", 2 },
		{ "_x", 1 },	     { "", 0 },		{ "a__b", 2 },
		{ "v2Api", 2 },	     { "parseURL", 2 },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		ck_assert_msg(terms_parts(span_of(names[i].name)) ==
				      names[i].parts,
			      "%s", names[i].name);
}
END_TEST

START_TEST(a_long_request_is_bounded)
{
	struct terms t = { 0 };
	struct term_hits hits = { 0 };
	struct buf b = { 0 };

	for (int i = 0; i < 20000; i++)
		buf_addf(&b, "word%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26,
			 'a' + i / 676 % 26);
	terms_parse(&t, &arena, buf_span(&b));
	ck_assert_uint_eq(t.term.len, TERMS_MAX);
	terms_scan(&t, &arena, buf_span(&b), &hits);
	vec_each (const struct term_hit, h, &hits.rows)
		ck_assert_uint_lt(h->term, TERMS_MAX);
	buf_release(&b);
}
END_TEST

Suite *terms_suite(void)
{
	Suite *s = suite_create("terms");
	TCase *tc = tcase_create("terms");

	tcase_add_checked_fixture(tc, NULL, teardown);
	add_rows(tc, words_are_told_by_what_they_come_from, words);
	add_rows(tc, a_request_gives_its_telling_words, requests);
	add_rows(tc, a_text_is_searched_for_them_in_any_spelling, texts);
	tcase_add_test(tc, names_are_taken_apart);
	tcase_add_test(tc, a_long_request_is_bounded);
	suite_add_tcase(s, tc);
	return s;
}
