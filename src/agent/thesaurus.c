#include "agent/thesaurus.h"

#include "agent/terms.h"

static const char common[] =
	" a abilities ability able about across add added adding after again "
	"all allow allowing already also an and another any approach are "
	"around as at avoid back based be because been before behavior "
	"behaviour being better between both build built but by can "
	"capabilities capability change cleanly code component components "
	"could crate crates create custom design do does each easy "
	"efficient enable ensure etc every existing expose extend "
	"facilities facility fast fix for from full get give good handle "
	"handled handling has have having helper helpers how i if implement "
	"implementation implementing improve in inside instead into "
	"introduce is it its itself just keep kind let like logic make "
	"makes many mechanism more most must my need needed needs new next "
	"no not now of off offer on once one only onto optional or other "
	"our out over own per please possible proper properly provide put "
	"rather real really refactor rewrite rust safe same set several "
	"should simple single so some something somewhere still such "
	"support supported supporting supports take than that the their "
	"them then there these they thing this those through to too turn up "
	"us use used uses using utilities utility variant various very via "
	"want wants was way we well what when where whether which while who "
	"whole will with within without work works would wrapper wrappers "
	"write you your ";

bool thesaurus_common(struct span word)
{
	size_t n = sizeof(common) - 1;

	for (size_t i = 0; i + word.len + 2 <= n; i++)
		if (common[i] == ' ' && common[i + 1 + word.len] == ' ' &&
		    !memcmp(common + i + 1, word.ptr, word.len))
			return true;
	return false;
}

/* Each row's words mean the same in a request; crates that do it count. */
static const char *const same[] = {
	"ttl expiry expire expiring timetolive",
	"cache lru memoize moka",
	"retry backoff backon",
	"ratelimit throttle governor",
	"adapter driver connector backend",
	"limit quota",
	"grpc tonic",
	"auth authentication authorization authenticate authorize login",
	"config configuration settings options",
	"database db",
	"connection conn",
	"message msg",
	"parameter param",
	"argument arg",
	"directory dir folder",
	"metrics telemetry statistics stats",
	"tracing opentelemetry otel",
	"pubsub subscribe publish",
	"webhook hook",
	"websocket ws",
	"kubernetes k8s",
	"postgres postgresql pg",
	"compress compression codec",
	"encrypt encryption cipher",
	"pagination paginate page cursor",
	"delete remove",
	"cleanup clean purge vacuum gc",
	"health healthcheck liveness",
	"timeout deadline",
	"shutdown drain",
	"scheduler schedule cron",
	"upload multipart",
	"email mail smtp",
	"dedup deduplicate idempotent idempotency",
	"async asynchronous",
	"wal writeaheadlog",
	"ingest ingestion",
	"upsert merge",
};

/* Each row's words are things of one kind. */
static const char *const families[] = {
	"clickhouse mysql mariadb postgres postgresql sqlite mssql oracle "
	"duckdb cassandra mongodb cockroachdb snowflake bigquery",
	"kafka rabbitmq nats pulsar sqs sns pubsub kinesis amqp mqtt redis "
	"redpanda",
	"s3 gcs azure oss hdfs r2 minio",
	"gzip zstd lz4 brotli snappy deflate zlib bzip2",
	"parquet orc avro json csv arrow ndjson",
	"oauth oidc saml ldap jwt",
	"prometheus influxdb opentsdb otlp graphite statsd datadog jaeger "
	"loki elasticsearch splunk",
	"slack discord telegram teams email pagerduty",
	"tcp udp unix quic vsock",
	"mutex rwlock semaphore barrier condvar",
	"memcached redis",
	"toml yaml json ron",
	"hnsw ivf pq sq flat diskann",
	"hive glue unity iceberg delta hudi",
};

/* Is the word one of a row's? Compared by stem. */
static bool in_row(const char *row, struct span stem)
{
	struct span rest = span_of(row), word;
	char other[TERM_BYTES];

	while (text_field(&rest, ' ', &word)) {
		size_t n = term_stem(other, word);

		if (n && span_eq((struct span){ other, n }, stem))
			return true;
	}
	return false;
}

const char *thesaurus_same(struct span stem)
{
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (in_row(same[i], stem))
			return same[i];
	return NULL;
}

const char *thesaurus_family(struct span word)
{
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++) {
		struct span rest = span_of(families[i]), one;

		while (text_field(&rest, ' ', &one))
			if (span_eq(one, word))
				return families[i];
	}
	return NULL;
}
