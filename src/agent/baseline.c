/* Reading is total: what is not exactly of the form is refused with its line,
 * since a field that is misspelled would silence for ever. */
#include "agent/baseline.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/json.h"

#define FILE_VERSION 1
#define NAME_BYTES 64u
#define PATH_BYTES 4096u
#define LINE_MOST 1000000000
/* What of a file is no entry, and more. */
#define FRAME_BYTES 1024u

/* A field of an entry: false, when its value is not what is expected. */
typedef bool read_fn(struct known_finding *k, struct arena *a,
		     const struct json *v);

static bool text(struct span *out, struct arena *a, const struct json *v,
		 size_t most)
{
	if (v->type == JSON_NULL)
		return true;
	*out = json_string(v, a);
	return v->type == JSON_STRING && out->len <= most;
}

/* The same for people: one line that hides nothing. */
static bool line(struct span *out, struct arena *a, const struct json *v,
		 size_t most)
{
	struct buf b = { 0 };

	if (!text(out, a, v, most))
		return false;
	text_visible_line(&b, *out);
	*out = arena_span(a, buf_span(&b));
	buf_release(&b);
	return true;
}

/* An id of ours: made visible it is no longer, for it is written whole. */
static bool name(struct span *out, struct arena *a, const struct json *v)
{
	return line(out, a, v, NAME_BYTES) && out->len <= NAME_BYTES;
}

static bool flag(bool *out, const struct json *v)
{
	*out = v->type == JSON_TRUE;
	return v->type == JSON_TRUE || v->type == JSON_FALSE;
}

static bool read_path(struct known_finding *k, struct arena *a,
		      const struct json *v)
{
	return text(&k->path, a, v, PATH_BYTES);
}

static bool read_line(struct known_finding *k, struct arena *a,
		      const struct json *v)
{
	int64_t n = json_int(v, -1);

	(void)a;
	if (v->type == JSON_NULL)
		return true;
	k->line = n >= 0 && n <= LINE_MOST ? (uint32_t)n : 0;
	return n >= 0 && n <= LINE_MOST;
}

static bool read_times(struct known_finding *k, struct arena *a,
		       const struct json *v)
{
	int64_t n = json_int(v, 0);

	(void)a;
	k->times = n >= 1 && n <= LINE_MOST ? (uint32_t)n : 0;
	return k->times > 0;
}

static bool read_level(struct known_finding *k, struct arena *a,
		       const struct json *v)
{
	int level = finding_level_find(json_string(v, a));

	if (level >= 0)
		k->level = (enum finding_level)level;
	return level >= 0;
}

static bool read_section(struct known_finding *k, struct arena *a,
			 const struct json *v)
{
	return name(&k->section, a, v);
}

static bool read_own(struct known_finding *k, struct arena *a,
		     const struct json *v)
{
	(void)a;
	return flag(&k->own, v);
}

static bool read_rule(struct known_finding *k, struct arena *a,
		      const struct json *v)
{
	return name(&k->rule, a, v);
}

static bool read_old(struct known_finding *k, struct arena *a,
		     const struct json *v)
{
	(void)a;
	return flag(&k->old, v);
}

static bool read_text(struct known_finding *k, struct arena *a,
		      const struct json *v)
{
	return line(&k->text, a, v, BASELINE_TEXT_READ);
}

static bool read_quote(struct known_finding *k, struct arena *a,
		       const struct json *v)
{
	return text(&k->quote, a, v, BASELINE_TEXT_READ);
}

static bool read_fingerprint(struct known_finding *k, struct arena *a,
			     const struct json *v)
{
	struct span s = json_string(v, a);

	if (s.len != sizeof(k->fingerprint) - 1)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!memchr("0123456789abcdef", s.ptr[i], 16))
			return false;
	memcpy(k->fingerprint, s.ptr, s.len);
	return true;
}

static bool read_reason(struct known_finding *k, struct arena *a,
			const struct json *v)
{
	return line(&k->reason, a, v, BASELINE_TEXT_READ);
}

static bool read_expires(struct known_finding *k, struct arena *a,
			 const struct json *v)
{
	struct date today = date_today();

	if (v->type == JSON_NULL)
		return true;
	k->until = json_string(v, a);
	if (!date_valid(k->until))
		return false;
	k->expired = date_before(k->until, &today);
	return true;
}

static const struct field {
	const char *name;
	read_fn *read;
	const char *expected;
} fields[] = {
	{ "path", read_path, "a text of at most 4 KiB" },
	{ "line", read_line, "a number from 0 on" },
	{ "times", read_times, "a number from 1 on" },
	{ "level", read_level,
	  "must-fix, should-fix, question or nice-to-have" },
	{ "section", read_section, "a text of at most 64 bytes" },
	{ "own", read_own, "true or false" },
	{ "rule", read_rule, "a text of at most 64 bytes, or null" },
	{ "old_side", read_old, "true or false" },
	{ "text", read_text, "a text of at most 4 KiB" },
	{ "quote", read_quote, "a text of at most 4 KiB" },
	{ "fingerprint", read_fingerprint, "16 lower-case hex digits" },
	{ "reason", read_reason, "a text of at most 4 KiB, or null" },
	{ "expires", read_expires, "a day as \"2027-01-31\", or null" },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

/* ---- in */

struct reading {
	struct baseline *to;
	struct arena *arena;
	struct span text;
	struct error *err;
};

/* "FILE:12: …" */
static int refuse(const struct reading *rd, const char *at, const char *why)
{
	return error_set(rd->err, ERR_USAGE, "%s:%zu: %s", rd->to->name,
			 text_line_at(rd->text, at), why);
}

static int refuse_field(const struct reading *rd, const struct json *v)
{
	const char *names[FIELDS], *near, *word;
	struct buf shown = { 0 };
	int rc;

	for (size_t i = 0; i < FIELDS; i++)
		names[i] = fields[i].name;
	text_visible_line(&shown, text_clip(v->key, 40));
	word = arena_cstr(rd->arena, buf_span(&shown));
	buf_release(&shown);
	near = text_nearest(word, names, FIELDS);
	rc = refuse(rd, v->raw.ptr,
		    near ? arena_printf(rd->arena,
					"an entry has no field \"%s\": did you "
					"mean \"%s\"?",
					word, near)
			 : arena_printf(rd->arena,
					"an entry has no field \"%s\": take "
					"it out",
					word));
	return rc;
}

static int read_field(const struct reading *rd, struct known_finding *k,
		      const struct json *v, unsigned *seen)
{
	for (size_t i = 0; i < FIELDS; i++) {
		const struct field *f = &fields[i];

		if (!span_eqs(v->key, f->name))
			continue;
		if (*seen & 1u << i)
			return refuse(rd, v->raw.ptr,
				      arena_printf(rd->arena,
						   "\"%s\" stands twice in an "
						   "entry",
						   f->name));
		*seen |= 1u << i;
		if (f->read(k, rd->arena, v))
			return 0;
		return refuse(rd, v->raw.ptr,
			      arena_printf(rd->arena, "\"%s\" must be %s",
					   f->name, f->expected));
	}
	return refuse_field(rd, v);
}

static int read_entry(const struct reading *rd, const struct json *v)
{
	struct known_finding *k = vec_push(&rd->to->entries, rd->arena);
	unsigned seen = 0;

	if (rd->to->entries.len > BASELINE_ENTRIES)
		return refuse(rd, v->raw.ptr,
			      "more than 20000 entries: keep those that count");
	if (v->type != JSON_OBJECT)
		return refuse(rd, v->raw.ptr, "an entry must be an object");
	for (const struct json *m = v->child; m; m = m->next)
		if (read_field(rd, k, m, &seen))
			return -1;
	if (!k->fingerprint[0])
		return refuse(rd, v->raw.ptr,
			      "an entry lacks its \"fingerprint\"");
	return 0;
}

static int by_fingerprint(const void *x, const void *y)
{
	const struct known_finding *a = x, *b = y;

	return strcmp(a->fingerprint, b->fingerprint);
}

/* In the order that baseline_find() wants. */
static int sort_entries(const struct reading *rd)
{
	struct known_finding *k = rd->to->entries.ptr;

	if (rd->to->entries.len)
		qsort(k, rd->to->entries.len, sizeof(*k), by_fingerprint);
	for (size_t i = 1; i < rd->to->entries.len; i++)
		if (!by_fingerprint(&k[i - 1], &k[i]))
			return error_set(rd->err, ERR_USAGE,
					 "%s: the fingerprint %s stands twice: "
					 "keep one of its entries",
					 rd->to->name, k[i].fingerprint);
	return 0;
}

static int check_version(const struct reading *rd, const struct json *root)
{
	int64_t version = json_int(json_get(root, "version"), -1);

	if (version == FILE_VERSION)
		return 0;
	if (version > FILE_VERSION)
		return error_set(rd->err, ERR_USAGE,
				 "%s is a baseline of version %lld, which a "
				 "newer architect reads: this one knows "
				 "version %d",
				 rd->to->name, (long long)version,
				 FILE_VERSION);
	return error_set(rd->err, ERR_USAGE,
			 "%s is no baseline (\"version\": 1 is missing): write "
			 "one with --write-baseline",
			 rd->to->name);
}

int baseline_parse(struct baseline *out, struct arena *a, struct span text,
		   struct error *err)
{
	struct reading rd = { .to = out, .arena = a, .text = text, .err = err };
	const struct json *list;
	struct json *root;

	memset(&out->entries, 0, sizeof(out->entries));
	if (json_parse(&root, a, text, err)) {
		err->kind = ERR_USAGE;
		return error_prefix(err, "%s is no baseline", out->name);
	}
	if (check_version(&rd, root))
		return -1;
	list = json_get(root, "findings");
	if (!list || list->type != JSON_ARRAY)
		return error_set(err, ERR_USAGE,
				 "%s: a list \"findings\" is expected",
				 out->name);
	for (const struct json *v = list->child; v; v = v->next)
		if (read_entry(&rd, v))
			return -1;
	out->seen = arena_array(a, out->entries.len, sizeof(*out->seen));
	return sort_entries(&rd);
}

const struct known_finding *baseline_find(const struct baseline *b,
					  const char *fingerprint)
{
	struct known_finding key = { 0 };

	if (!b->entries.len ||
	    strlen(fingerprint) + 1 != sizeof(key.fingerprint))
		return NULL;
	memcpy(key.fingerprint, fingerprint, sizeof(key.fingerprint));
	return bsearch(&key, b->entries.ptr, b->entries.len, sizeof(key),
		       by_fingerprint);
}

/* ---- out */

static int by_place(const void *x, const void *y)
{
	const struct known_finding *a = x, *b = y;
	int c = memcmp(a->path.len ? a->path.ptr : "",
		       b->path.len ? b->path.ptr : "",
		       a->path.len < b->path.len ? a->path.len : b->path.len);

	if (!c)
		c = (a->path.len > b->path.len) - (a->path.len < b->path.len);
	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	return c ? c : by_fingerprint(a, b);
}

static void add_key(struct buf *out, const char *key)
{
	buf_addf(out, "      \"%s\": ", key);
}

static void add_text(struct buf *out, const char *key, struct span s,
		     const char *end)
{
	add_key(out, key);
	if (s.len)
		json_quote(out, s);
	else
		buf_adds(out, "null");
	buf_adds(out, end);
}

static void add_entry(struct buf *out, const struct known_finding *k)
{
	buf_adds(out, "    {\n");
	add_text(out, "path", k->path, ",\n");
	add_key(out, "line");
	buf_addf(out, "%u,\n", k->line);
	if (k->times > 1) {
		add_key(out, "times");
		buf_addf(out, "%u,\n", k->times);
	}
	add_text(out, "level", span_of(finding_level_name(k->level)), ",\n");
	add_text(out, "section", k->section, ",\n");
	add_key(out, "own");
	buf_addf(out, "%s,\n", k->own ? "true" : "false");
	add_text(out, "rule", k->rule, ",\n");
	add_key(out, "old_side");
	buf_addf(out, "%s,\n", k->old ? "true" : "false");
	add_text(out, "text", text_clip(k->text, BASELINE_TEXT), ",\n");
	add_text(out, "quote", text_clip(k->quote, BASELINE_TEXT), ",\n");
	add_text(out, "fingerprint", span_of(k->fingerprint), ",\n");
	/* what is invisible in it is longer than it was read */
	add_text(out, "reason", text_clip(k->reason, BASELINE_TEXT_READ),
		 ",\n");
	add_text(out, "expires", k->until, "\n");
	buf_adds(out, "    }");
}

static bool too_long(const struct known_finding *k)
{
	return k->path.len > PATH_BYTES;
}

/* What cannot be read again is last. */
static int by_gravity(const void *x, const void *y)
{
	const struct known_finding *a = x, *b = y;
	int c = too_long(a) - too_long(b);

	if (!c)
		c = (a->level > b->level) - (a->level < b->level);
	return c ? c : by_place(a, b);
}

/* Put the gravest first; how many of them a file may hold. */
static size_t fit(struct known_finding *entries, size_t n)
{
	size_t bytes = FRAME_BYTES, i;
	struct buf one = { 0 };

	qsort(entries, n, sizeof(*entries), by_gravity);
	for (i = 0; i < n && i < BASELINE_ENTRIES; i++) {
		buf_reset(&one);
		add_entry(&one, &entries[i]);
		bytes += one.len + strlen(",\n");
		if (bytes > BASELINE_BYTES || too_long(&entries[i]))
			break;
	}
	buf_release(&one);
	return i;
}

size_t baseline_write(struct buf *out, struct known_finding *entries, size_t n)
{
	size_t all = n;

	if (n)
		n = fit(entries, n);
	if (n)
		qsort(entries, n, sizeof(*entries), by_place);
	buf_addf(out,
		 "{\n  \"version\": %d,\n  \"tool\": \"architect " VERSION
		 "\",\n  \"findings\": [",
		 FILE_VERSION);
	for (size_t i = 0; i < n; i++) {
		buf_adds(out, i ? ",\n" : "\n");
		add_entry(out, &entries[i]);
	}
	buf_adds(out, n ? "\n  ]\n}\n" : "]\n}\n");
	return all - n;
}
