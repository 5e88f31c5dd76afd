/*
 * SQL tables and .proto messages of the change, and which Rust speaks of them.
 * Words alone: neither language is parsed further than its declarations. Total,
 * linear.
 */
#include "agent/surround_parts.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"

#define SCHEMAS_MAX 24u

/* The words of a text in turn, each with its line; what stands in comments and
 * strings is skipped. */
struct words {
	struct span rest;
	bool sql; /* `--` comments, quoted names; else `//` */
	uint32_t line;
	struct span word;
};

static bool word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.';
}

static void skip(struct words *w, size_t n)
{
	for (size_t i = 0; i < n && i < w->rest.len; i++)
		w->line += w->rest.ptr[i] == '\n';
	w->rest = span_from(w->rest, n);
}

static void skip_until(struct words *w, struct span end)
{
	ptrdiff_t at = span_find(w->rest, end);

	skip(w, at < 0 ? w->rest.len : (size_t)at + end.len);
}

static bool next_word(struct words *w)
{
	while (w->rest.len) {
		size_t n = 0;

		if (span_starts(w->rest, w->sql ? "--" : "//")) {
			skip_until(w, SPAN("\n"));
		} else if (span_starts(w->rest, "/*")) {
			skip(w, 2);
			skip_until(w, SPAN("*/"));
		} else if (*w->rest.ptr == '\'' ||
			   (!w->sql && *w->rest.ptr == '"')) {
			char quote = *w->rest.ptr;

			skip(w, 1);
			skip_until(w, (struct span){ &quote, 1 });
		} else if (!word_char(*w->rest.ptr)) {
			skip(w, 1);
		} else {
			while (n < w->rest.len && word_char(w->rest.ptr[n]))
				n++;
			w->word = span_first(w->rest, n);
			skip(w, n);
			return true;
		}
	}
	return false;
}

static bool word_in(struct span word, const char *const *list)
{
	for (; *list; list++)
		if (span_eqs_nocase(word, *list))
			return true;
	return false;
}

/* What stands behind the schema's dot: "orders" of "public.orders". */
static struct span last_part(struct span word)
{
	size_t n = word.len;

	while (n && word.ptr[n - 1] != '.')
		n--;
	return span_from(word, n);
}

static struct surround_schema *add(struct chooser *c,
				   const struct file_change *f,
				   struct span name, const char *what)
{
	struct surround_schema *row;

	if (!name.len || isdigit((unsigned char)*name.ptr) ||
	    c->out->schemas.len >= SCHEMAS_MAX)
		return NULL;
	vec_each (struct surround_schema, s, &c->out->schemas)
		if (span_eq(s->name, name) && span_eq(s->path, f->path))
			return NULL;
	row = vec_push(&c->out->schemas, c->arena);
	row->path = f->path;
	row->name = name;
	row->what = what;
	return row;
}

/* Uses of the word are counted with the row's. */
static void count_word(struct chooser *c, struct surround_schema *row,
		       struct span word)
{
	const struct index_count *n = index_count(
		&c->out->index, word, SPAN(""), ITEM_KINDS, row->path);

	if (n && row->words < sizeof(row->uses) / sizeof(*row->uses))
		row->uses[row->words++] = n;
}

/* Tables that are made, changed, dropped, filled or indexed. */
static void read_sql(struct chooser *c, const struct file_change *f,
		     struct span text)
{
	static const char *const verbs[] = { "create", "alter",	 "drop",
					     "insert", "update", "delete",
					     "index",  NULL };
	static const char *const between[] = { "if",   "not",  "exists", "only",
					       "into", "from", "unique", NULL };
	static const char *const targets[] = { "table", "into", "update",
					       "from",	"on",	NULL };
	struct words w = { .rest = text, .sql = true };
	bool verb = false, target = false;

	while (next_word(&w)) {
		struct surround_schema *row;

		if (word_in(w.word, verbs)) {
			verb = true;
			target = span_eqs_nocase(w.word, "update");
		} else if (verb && word_in(w.word, targets)) {
			target = true;
		} else if (target && !word_in(w.word, between)) {
			row = add(c, f, last_part(w.word), "table");
			if (row)
				count_word(c, row, row->name);
			verb = target = false;
		}
	}
}

/* "Greeter" is greeter_server::Greeter and greeter_client::GreeterClient in
 * what prost and tonic make of it. */
static void count_message(struct chooser *c, struct surround_schema *row)
{
	count_word(c, row, row->name);
	if (strcmp(row->what, "service") != 0)
		return;
	count_word(c, row,
		   span_of(arena_printf(c->arena, "%.*sClient",
					SPAN_ARG(row->name))));
	count_word(c, row,
		   span_of(arena_printf(c->arena, "%.*sServer",
					SPAN_ARG(row->name))));
}

/* Numbers of changed lines, ascending; of removed ones the line before. */
struct changes {
	VEC(uint32_t) lines;
	size_t at; /* those before are of what was read already */
};

static void list_changes(struct chooser *c, struct changes *out,
			 const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks) {
		uint32_t line = h->new_start;

		vec_each (struct diff_line, l, &h->lines) {
			if (l->origin != '-')
				line = l->new_no;
			if (l->origin != ' ')
				*vec_push(&out->lines, c->arena) = line;
		}
	}
}

/* Is one between these two? Asked in ascending order. */
static bool changed_in(struct changes *ch, uint32_t first, uint32_t end)
{
	while (ch->at < ch->lines.len && ch->lines.ptr[ch->at] < first)
		ch->at++;
	return ch->at < ch->lines.len && ch->lines.ptr[ch->at] < end;
}

/* A declaration that has been read, up to the next one's line. */
struct declaration {
	const char *what; /* NULL: none yet */
	struct span name;
	uint32_t line;
};

static void end_declaration(struct chooser *c, const struct file_change *f,
			    const struct declaration *d, struct changes *ch,
			    uint32_t end)
{
	struct surround_schema *row;

	if (!d->what || !changed_in(ch, d->line, end))
		return;
	row = add(c, f, d->name, d->what);
	if (row)
		count_message(c, row);
}

/* Messages, enums and services with a changed line. */
static void read_proto(struct chooser *c, const struct file_change *f,
		       struct span text)
{
	static const char *const kinds[] = { "message", "enum", "service" };
	struct words w = { .rest = text, .line = 1 };
	struct declaration now = { 0 }, next = { 0 };
	struct changes ch = { 0 };

	list_changes(c, &ch, f);
	while (next_word(&w)) {
		if (next.what) {
			end_declaration(c, f, &now, &ch, next.line);
			now = next;
			now.name = w.word;
			next.what = NULL;
			continue;
		}
		for (size_t i = 0; i < 3; i++)
			if (span_eqs(w.word, kinds[i]))
				next.what = kinds[i];
		next.line = w.line;
	}
	end_declaration(c, f, &now, &ch, UINT32_MAX);
}

void want_schemas(struct chooser *c)
{
	for (size_t i = 0; i < c->in->change.files.len; i++) {
		const struct file_change *f = &c->in->change.files.ptr[i];
		struct span text = f->new_text.len ? f->new_text : f->old_text;

		if (!cover_shown(&c->in->covers.ptr[i]))
			continue;
		if (span_ends(f->path, ".sql"))
			read_sql(c, f, text);
		else if (span_ends(f->path, ".proto"))
			read_proto(c, f, text);
	}
}
