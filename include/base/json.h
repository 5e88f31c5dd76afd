/*
 * json - strict JSON in (RFC 8259), JSON text out.
 *
 * In: one pass checks UTF-8, depth (64), trailing bytes and that no string
 * holds a NUL (U+0000, also escaped), and leaves a tree whose strings borrow
 * from the input. cJSON accepts all of those, and takes an allocation a value;
 * so it builds what we send, and never reads what we get. A duplicate key
 * keeps the first.
 *
 * Out: cJSON objects built by the caller, or the escaping function below.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"

struct arena;
struct buf;

enum json_type {
	JSON_NULL,
	JSON_FALSE,
	JSON_TRUE,
	JSON_NUMBER,
	JSON_STRING,
	JSON_ARRAY,
	JSON_OBJECT
};

/* One value. Lives in the arena; raw and key borrow from the input. */
struct json {
	enum json_type type;
	bool escaped; /* a string that holds escapes */
	bool key_escaped;
	struct span key; /* of a member, without quotes, still escaped */
	struct span raw; /* the value's bytes; a string's without quotes */
	struct json *next, *child;
};

/* ERR_INTERNAL kind is never used: a bad text is ERR_MODEL, with its offset. */
int json_parse(struct json **out, struct arena *a, struct span text,
	       struct error *err);

/* Member of an object by exact name; NULL when absent, null, or no object. */
const struct json *json_get(const struct json *obj, const char *key);
/* Walk a path of names: json_at(v, "message", "usage", NULL). */
const struct json *json_at(const struct json *v, ...) __attribute__((sentinel));
/*
 * The string's text, escapes decoded (into the arena when there are any); lone
 * surrogates become U+FFFD. {NULL,0} when v is NULL or no string.
 */
struct span json_string(const struct json *v, struct arena *a);
/* A whole number within ±2^53, else fallback (floats, 1e999, null, NULL). */
int64_t json_int(const struct json *v, int64_t fallback);
double json_number(const struct json *v, double fallback);

/*
 * Append s as a JSON string with its quotes. Invalid UTF-8 and NUL become
 * U+FFFD; everything else round-trips.
 */
void json_quote(struct buf *out, struct span s);

#endif
