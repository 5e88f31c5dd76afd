/*
 * Axum, sqlx, tonic, Arrow: what their types, functions and methods are called.
 */
#include "rust/names.h"

/* axum::extract and axum_extra::extract, and what others wrap them in. */
static const struct {
	const char *type;
	enum names_extractor kind;
} extractors[] = {
	{ "Option", EXTRACTOR_WRAP },
	{ "Result", EXTRACTOR_WRAP },
	{ "WithRejection", EXTRACTOR_WRAP }, /* axum_extra */
	{ "Either", EXTRACTOR_WRAP },	     /* axum_extra */
	{ "Valid", EXTRACTOR_WRAP },	     /* axum_valid */
	{ "Garde", EXTRACTOR_WRAP },	     /* axum_valid */
	{ "NoApi", EXTRACTOR_WRAP },	     /* aide */
	{ "HeaderMap", EXTRACTOR_PARTS },
	{ "Method", EXTRACTOR_PARTS },
	{ "Uri", EXTRACTOR_PARTS },
	{ "Version", EXTRACTOR_PARTS },
	{ "Parts", EXTRACTOR_PARTS },
	{ "Extensions", EXTRACTOR_PARTS },
	{ "State", EXTRACTOR_AXUM },
	{ "Path", EXTRACTOR_AXUM },
	{ "Query", EXTRACTOR_AXUM },
	{ "OptionalQuery", EXTRACTOR_AXUM },
	{ "OptionalPath", EXTRACTOR_AXUM },
	{ "RawQuery", EXTRACTOR_AXUM },
	{ "RawPathParams", EXTRACTOR_AXUM },
	{ "Extension", EXTRACTOR_AXUM },
	{ "TypedHeader", EXTRACTOR_AXUM },
	{ "ConnectInfo", EXTRACTOR_AXUM },
	{ "MatchedPath", EXTRACTOR_AXUM },
	{ "NestedPath", EXTRACTOR_AXUM },
	{ "OriginalUri", EXTRACTOR_AXUM },
	{ "Host", EXTRACTOR_AXUM },
	{ "Scheme", EXTRACTOR_AXUM },
	{ "WebSocketUpgrade", EXTRACTOR_AXUM },
	{ "CookieJar", EXTRACTOR_AXUM },
	{ "SignedCookieJar", EXTRACTOR_AXUM },
	{ "PrivateCookieJar", EXTRACTOR_AXUM },
	{ "Json", EXTRACTOR_BODY },
	{ "Form", EXTRACTOR_BODY },
	{ "RawForm", EXTRACTOR_BODY },
	{ "Multipart", EXTRACTOR_BODY },
	{ "JsonLines", EXTRACTOR_BODY },
	{ "JsonDeserializer", EXTRACTOR_BODY },
	{ "Protobuf", EXTRACTOR_BODY },
	{ "RawBody", EXTRACTOR_BODY },	  /* axum 0.6 */
	{ "BodyStream", EXTRACTOR_BODY }, /* axum 0.6 */
	{ "Body", EXTRACTOR_PLAIN_BODY },
	{ "Bytes", EXTRACTOR_PLAIN_BODY },
	{ "BytesMut", EXTRACTOR_PLAIN_BODY },
	{ "String", EXTRACTOR_PLAIN_BODY },
	{ "Request", EXTRACTOR_PLAIN_BODY },
};

enum names_extractor names_extractor(struct span type)
{
	for (size_t i = 0; i < sizeof(extractors) / sizeof(*extractors); i++)
		if (span_eqs(type, extractors[i].type))
			return extractors[i].kind;
	if (span_ends(type, "Json") || span_ends(type, "Form") ||
	    span_ends(type, "Multipart"))
		return EXTRACTOR_LIKE_BODY;
	return EXTRACTOR_NONE;
}

/* axum::routing, axum::middleware, and aide's `_with` of them. */
static const char *const routes[] = {
	"get",
	"post",
	"put",
	"patch",
	"delete",
	"head",
	"options",
	"trace",
	"connect",
	"any",
	"on",
	"fallback",
	"from_fn",
	"from_fn_with_state",
	"map_request",
	"routes", /* utoipa_axum's macro */
	"map_request_with_state",
};

bool names_axum_route(struct span name)
{
	if (span_ends(name, "_with"))
		name.len -= 5;
	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
		if (span_eqs(name, routes[i]))
			return true;
	return false;
}

static bool listed(struct span word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (span_eqs(word, list[i]))
			return true;
	return false;
}

#define LISTED(word, list) listed(word, list, sizeof(list) / sizeof(*list))

bool names_sqlx_function(struct span name)
{
	static const char *const list[] = {
		"query",	   "query_as",		"query_scalar",
		"query_with",	   "query_as_with",	"query_scalar_with",
		"raw_sql",	   "query_with_result", "query_as_with_result",
		"query_statement",
	};

	return LISTED(name, list);
}

bool names_sqlx_method(struct span name)
{
	static const char *const list[] = {
		"execute",   "execute_many",   "fetch",	  "fetch_one",
		"fetch_all", "fetch_optional", "prepare", "fetch_many",
		"describe",  "prepare_with",
	};

	return LISTED(name, list);
}

bool names_schema_part(struct span word)
{
	static const char *const list[] = {
		"table",    "tbl",	 "column", "col",	"schema",
		"database", "db",	 "index",  "idx",	"constraint",
		"sequence", "seq",	 "view",   "partition", "tablename",
		"dbname",   "namespace",
	};

	return LISTED(word, list);
}

/* sqlx, SeaORM, and what is built around them. */
bool names_begin(struct span method)
{
	static const char *const list[] = {
		"begin",
		"begin_with",
		"begin_with_config",
		"start_transaction",
		"begin_immediate",
		"begin_transaction",
	};

	return LISTED(method, list);
}

bool names_finish(struct span method)
{
	static const char *const list[] = {
		"commit",   "rollback", "into_inner", "finish",
		"complete", "close",	"end",	      "abort",
		"save",	    "done",	"discard",
	};

	return LISTED(method, list);
}

bool names_write(struct span function)
{
	static const char *const verbs[] = {
		"insert",      "update",   "delete",	"create",    "save",
		"set",	       "remove",   "add",	"store",     "upsert",
		"mark",	       "write",	   "record",	"put",	     "enqueue",
		"push",	       "replace",  "increment", "decrement", "execute",
		"exec",	       "append",   "register",	"archive",   "purge",
		"assign",      "revoke",   "grant",	"ack",	     "apply",
		"bump",	       "cancel",   "claim",	"clear",     "complete",
		"consume",     "ensure",   "finish",	"import",    "link",
		"migrate",     "move",	   "persist",	"process",   "publish",
		"recalculate", "release",  "rename",	"restore",   "seed",
		"sync",	       "transfer", "truncate",	"unlink",    "populate",
		"copy",
	};

	for (size_t i = 0; i < function.len; i++)
		if (function.ptr[i] == '_')
			function.len = i;
	return LISTED(function, verbs);
}

bool names_maps_error(struct span method)
{
	static const char *const list[] = {
		"map_err",	  "or_else",	   "unwrap_or_else",
		"map_err_status", "err_into_with",
	};

	return LISTED(method, list);
}

bool names_own_fault(struct span word)
{
	static const char *const list[] = {
		"serialize",  "encode",	  "spawn", "join",
		"send",	      "sender",	  "post",  "handle",
		"JoinHandle", "compress", "emit",  "lock",
	};

	return LISTED(word, list);
}

/* arrow_array::cast::AsArray */
bool names_arrow_cast(struct span method)
{
	static const char *const list[] = {
		"downcast_ref",
		"as_primitive",
		"as_primitive_opt",
		"as_string",
		"as_string_opt",
		"as_string_view",
		"as_boolean",
		"as_boolean_opt",
		"as_binary",
		"as_list",
		"as_list_opt",
		"as_struct",
		"as_struct_opt",
		"as_dictionary",
		"as_any_dictionary",
		"as_map",
		"as_binary_view",
		"as_fixed_size_list",
		"as_fixed_size_binary",
		"as_run",
	};

	return LISTED(method, list);
}

bool names_arrow_row(struct span method)
{
	static const char *const list[] = {
		"value",	   "is_null", "is_valid",
		"value_unchecked", "key",     "value_length",
	};

	return LISTED(method, list);
}

bool names_data_frame(struct span method)
{
	static const char *const list[] = {
		"sql",	      "read_parquet",	  "read_csv",
		"read_json",  "read_avro",	  "read_arrow",
		"read_table", "read_batch",	  "read_batches",
		"table",      "sql_with_options", "execute_logical_plan",
		"sql_to_df",  "read_empty",
	};

	return LISTED(method, list);
}

bool names_frame_variable(struct span name)
{
	return span_eqs(name, "df") || span_ends(name, "_df") ||
	       span_eqs(name, "dataframe") || span_eqs(name, "data_frame");
}

bool names_small_result(struct span method)
{
	static const char *const list[] = {
		"limit",     "aggregate",  "count",	  "describe",
		"explain",   "head",	   "show_limit",  "write_parquet",
		"write_csv", "write_json", "write_table",
	};

	return LISTED(method, list);
}

bool names_hands_on(struct span method)
{
	static const char *const list[] = {
		"map_err",	   "context",  "with_context",	 "unwrap",
		"expect",	   "wrap_err", "change_context", "boxed",
		"into_diagnostic", "trace",    "into",
	};

	return LISTED(method, list);
}

bool names_plain_type(struct span type)
{
	static const char *const list[] = {
		"i8",
		"i16",
		"i32",
		"i64",
		"i128",
		"isize",
		"u8",
		"u16",
		"u32",
		"u64",
		"u128",
		"usize",
		"f32",
		"f64",
		"bool",
		"Uuid",
		"Ulid",
		"Ksuid",
		"DateTime",
		"NaiveDateTime",
		"NaiveDate",
		"Decimal",
		"OffsetDateTime",
		"Duration",
		"IpAddr",
		"NonZeroU32",
		"NonZeroU64",
		"NonZeroUsize",
		"Instant",
		"Timestamp",
	};

	return LISTED(type, list);
}

bool names_plain_method(struct span name)
{
	static const char *const list[] = {
		"len",
		"count",
		"as_secs",
		"as_millis",
		"as_micros",
		"as_nanos",
		"timestamp",
		"timestamp_millis",
		"timestamp_micros",
		"num_days",
		"num_seconds",
		"as_u64",
		"as_i64",
		"as_f64",
		"as_bool",
		"num_milliseconds",
		"hyphenated",
		"as_hyphenated",
		"timestamp_nanos",
		"to_rfc3339",
		"unix_timestamp",
		"as_secs_f64",
		"last_insert_rowid",
		"last_insert_id",
		"rows_affected",
	};

	return LISTED(name, list);
}
