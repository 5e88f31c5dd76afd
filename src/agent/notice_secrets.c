/* Secrets on added lines. */
#include "agent/notice_parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hashes.h"
#include "base/mask.h"
#include "base/placeholder.h"
#include "core/hunk_mask.h"

/* The longest plain word taken for a development password. */
#define WORD_BYTES 16

/* Kinds that rest on a name or a place in a text, not on the secret's own form:
 * tests and documentation are full of them. */
static bool by_name(struct span kind)
{
	static const char *const kinds[] = { "password", "secret", "basic-auth",
					     "url-password", "authorization" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (span_eqs(kind, kinds[i]))
			return true;
	return false;
}

/* Does a folder or a file's name say that people or programs put examples
 * there: docs/, website/, example-configs/, a.example.toml? */
static bool path_aside(struct span path)
{
	static const char *const words[] = {
		"tests", "test",      "testing", "examples", "example",
		"bench", "benches",   "sample",	 "samples",  "testdata",
		"docs",	 "doc",	      "website", "fixtures", "fixture",
		"demo",	 "generated",
	};
	struct span word = { path.ptr, 0 };

	for (size_t i = 0; i < path.len; i++) {
		if (!strchr("/.-_", path.ptr[i])) {
			word.len++;
			continue;
		}
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (span_eqs_nocase(word, words[k]))
				return true;
		word = (struct span){ path.ptr + i + 1, 0 };
	}
	return false;
}

/* Is the line of a test, an example, documentation, or what a program wrote? */
static bool aside(const struct notices *n, const struct masked_line *l)
{
	const struct file_change *f = &n->in->change.files.ptr[l->file];
	const struct code_file *c = notice_code(n, l->file);
	const struct source *s = c ? c->now : NULL;
	struct span text = span_trim(l->text);

	vec_each (struct rule_file, r, &n->in->code.rule_files)
		if (s && r->now == s && r->test)
			return true;
	if (s && (s->generated || span_starts(text, "///") ||
		  span_starts(text, "//!") ||
		  (s->lx.count && source_test(s, notice_token(s, l->line)))))
		return true;
	return f->generated == SAYS_YES || f->new_marked || path_aside(f->path);
}

/* One secret of a line. */
struct secret {
	struct span kind, value, behind; /* and the line behind it */
};

/* The next secret of a line whose mask is beside it; *at goes on. */
static bool next_secret(struct span line, struct span mask, size_t *at,
			struct secret *out)
{
	struct span label;
	size_t from = *at, to;

	while (from < line.len && line.ptr[from] == mask.ptr[from])
		from++;
	if (from == line.len)
		return false;
	label = span_from(mask, from);
	for (to = from; to < line.len && mask.ptr[to] != ']'; to++)
		if (!span_starts(label, "[masked:") && mask.ptr[to] != '*')
			break;
	to += to < line.len && mask.ptr[to] == ']';
	out->value = span_first(span_from(line, from), to - from);
	out->behind = span_from(line, to);
	label = span_starts(label, "[masked:") ? span_from(label, 8)
					       : (struct span){ 0 };
	out->kind = label;
	for (out->kind.len = 0; out->kind.len < label.len &&
				label.ptr[out->kind.len] != '*' &&
				label.ptr[out->kind.len] != ']';)
		out->kind.len++;
	*at = to > from ? to : from + 1;
	return true;
}

/* `postgres:vector@localhost`: a plain word, for a host that is one's own. */
static bool local_word(const struct secret *x)
{
	static const char *const hosts[] = { "@localhost", "@127.", "@0.0.0.0",
					     "@[::1]" };

	for (size_t i = 0; i < x->value.len; i++)
		if (!islower((unsigned char)x->value.ptr[i]))
			return false;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (span_starts(x->behind, hosts[i]))
			return x->value.len <= WORD_BYTES;
	return false;
}

/* Is the secret no more than a name makes of it, and its value or its place
 * say that it opens nothing? */
static bool harmless(const struct secret *x, bool is_aside)
{
	if (x->kind.len && !by_name(x->kind))
		return false;
	return is_aside || local_word(x) ||
	       (span_eqs(x->kind, "secret") && secret_readable(x->value));
}

/* What is to be said of a row: the value's hash, or that it is nothing. */
struct told {
	uint64_t value;
	size_t row, file;
	uint32_t files; /* others that hold it */
	bool say;
};

static struct told judge(const struct notices *n, const struct masked_line *l)
{
	struct told t = { .file = l->file, .say = true };
	bool is_aside = aside(n, l), any = false;
	struct buf mask = { 0 };
	struct secret x;
	size_t at = 0;

	mask_bytes(&mask, l->text, NULL);
	while (mask.len == l->text.len &&
	       next_secret(l->text, buf_span(&mask), &at, &x)) {
		any = true;
		if (harmless(&x, is_aside))
			continue;
		t.value = hash_span(HASH_START, x.value);
		buf_release(&mask);
		return t;
	}
	buf_release(&mask);
	/* masked only with the lines around it: a key's block, or the middle
	 * of one, which may be a certificate's */
	t.say = !any && !(is_aside && by_name(span_of(l->kind))) &&
		!(span_eqs(span_of(l->kind), HUNK_KEY_KIND) &&
		  span_find(l->text, SPAN("PRIVATE KEY")) < 0);
	return t;
}

static int by_value(const void *a, const void *b)
{
	const struct told *x = *(const struct told *const *)a;
	const struct told *y = *(const struct told *const *)b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Of a value in several files the first file tells, and how many more there
 * are. */
static void tell_once(struct told *row, size_t rows, struct arena *a)
{
	struct told **at = arena_array(a, rows + 1, sizeof(struct told *));
	size_t last = 0;

	for (size_t i = 0; i < rows; i++)
		at[i] = &row[i];
	qsort(at, rows, sizeof(*at), by_value);
	for (size_t i = 1; i < rows; i++) {
		if (!at[i]->value || at[i]->value != at[last]->value) {
			last = i;
			continue;
		}
		if (at[i]->file == at[last]->file)
			continue;
		at[i]->say = false;
		at[last]->files += at[i]->file != at[i - 1]->file;
	}
}

static const char *fact_of(struct notices *n, const struct masked_line *l,
			   const struct told *t)
{
	if (!t->files)
		return arena_printf(
			n->arena, "a secret (%s) stands in the clear", l->kind);
	return arena_printf(n->arena,
			    "a secret (%s) stands in the clear, here and in "
			    "%u more file%s",
			    l->kind, t->files, text_plural(t->files));
}

void notice_secrets(struct notices *n)
{
	const struct masked_line *before = NULL, *line = n->in->masked.rows.ptr;
	VEC(struct told) told = { 0 };

	vec_each (struct masked_line, l, &n->in->masked.rows) {
		bool more = masked_goes_on(before, l);
		struct told t;

		before = l;
		if (!l->added || more)
			continue;
		t = judge(n, l);
		t.row = (size_t)(l - line);
		if (t.say)
			*vec_push(&told, n->arena) = t;
	}
	tell_once(told.ptr, told.len, n->arena);
	for (size_t i = 0; i < told.len; i++) {
		const struct masked_line *l = &line[told.ptr[i].row];
		struct notice_place p = {
			.file = l->file,
			.line = l->line,
			.text = l->text,
		};

		if (told.ptr[i].say)
			notice_say(n, NOTICE_SECRET, &p,
				   fact_of(n, l, &told.ptr[i]));
	}
}
