/* Dependencies: what manifests and lock files say now and did not before;
 * tables and messages of other files. */
#include "agent/offline_parts.h"

#include "agent/quote.h"
#include "rust/cargo.h"

#define MANIFESTS 5u
#define LOCKS 2u
#define SCHEMAS 4u
#define NAMES 6u     /* of one line */
#define ROW_MAX 160u /* bytes */

static bool named(struct span path, const char *name)
{
	size_t n = strlen(name);

	return span_ends(path, name) &&
	       (path.len == n || path.ptr[path.len - n - 1] == '/');
}

static uint32_t first_added(const struct file_change *f)
{
	vec_each (struct hunk, h, &f->hunks)
		vec_each (struct diff_line, l, &h->lines)
			if (l->origin == '+')
				return l->new_no;
	return 0;
}

static void add_row(struct buf *out, const struct cargo_change *c)
{
	struct buf b = { 0 };

	cargo_change_write(&b, c);
	quote_short(out, buf_span(&b), ROW_MAX);
	buf_release(&b);
}

/* The same done to another name: the source of all crates of a workspace. */
static bool alike(const struct cargo_change *a, const struct cargo_change *b)
{
	return a->subject == b->subject && a->op == b->op &&
	       span_eq(a->old, b->old) && span_eq(a->new, b->new) &&
	       a->old.len + a->new.len > 0 &&
	       a->subject != SUBJECT_OF(FACT_FEATURE_ITEM);
}

/* The rows alike from c to end; said: which of them stand in a line. */
static void add_alike(struct buf *out, const struct cargo_changes *rows,
		      const struct cargo_change *c, bool *said)
{
	const struct cargo_change *end = rows->rows.ptr + rows->rows.len;
	uint32_t n = 0;

	for (const struct cargo_change *b = c + 1; b < end; b++) {
		if (said[b - rows->rows.ptr] || !alike(c, b))
			continue;
		said[b - rows->rows.ptr] = true;
		if (n++ >= NAMES)
			continue;
		buf_adds(out, n > 1 ? ", " : "; the same for ");
		quote_code(out, b->name);
		buf_addf(out, " (:%u)", b->line);
	}
	if (n > NAMES)
		buf_addf(out, " and %u more", n - NAMES);
}

static void add_manifest(struct offline *o, struct facts *f,
			 const struct file_change *file)
{
	struct manifest old = { 0 }, new = { 0 };
	struct cargo_changes rows = { 0 };
	bool *said;

	manifest_parse(&old, o->arena, file->old_text);
	manifest_parse(&new, o->arena, file->new_text);
	manifest_diff(&rows, o->arena, &old, &new);
	said = arena_alloc(o->arena, rows.rows.len + 1);
	vec_each (struct cargo_change, c, &rows.rows) {
		bool gone = c->op == CARGO_REMOVED;

		if (said[c - rows.rows.ptr] ||
		    !fact_begin(f, gone ? file->old_path : file->path, c->line,
				gone))
			continue;
		add_row(o->out, c);
		add_alike(o->out, &rows, c, said);
		fact_end(f);
	}
}

/* What a reader should see first. */
static int gravity(const struct cargo_change *c)
{
	if (c->subject == SUBJECT_CHECKSUM ||
	    c->subject == SUBJECT_CRATE_SOURCE)
		return 3;
	if (c->level == LEVEL_MAJOR || c->subject == SUBJECT_DUPLICATE ||
	    (c->subject == SUBJECT_CRATE && c->op == CARGO_ADDED))
		return 2;
	return 1;
}

static void add_locked(struct buf *out, const struct cargo_change *c)
{
	struct buf b = { 0 };

	cargo_change_write(&b, c);
	quote_code(out, buf_span(&b));
	buf_release(&b);
}

static void add_lock(struct offline *o, struct facts *f,
		     const struct file_change *file)
{
	struct lock old = { 0 }, new = { 0 };
	struct cargo_changes rows = { 0 };
	uint32_t n = 0;

	lock_parse(&old, o->arena, file->old_text);
	lock_parse(&new, o->arena, file->new_text);
	lock_diff(&rows, o->arena, &old, &new);
	for (int grave = 3; grave > 0; grave--)
		vec_each (struct cargo_change, c, &rows.rows) {
			bool gone = c->op == CARGO_REMOVED;

			if (gravity(c) != grave || n++ >= NAMES)
				continue;
			if (n > 1)
				buf_adds(o->out, ", ");
			else if (!fact_begin(f,
					     gone ? file->old_path : file->path,
					     c->line, gone))
				return;
			add_locked(o->out, c);
		}
	if (n > NAMES)
		buf_addf(o->out, " and %u more changes of locked crates",
			 n - NAMES);
	if (n)
		fact_end(f);
}

/* Of tables and messages that the change touches, who names them. */
static void add_schemas(struct offline *o)
{
	struct facts f = { .o = o, .most = SCHEMAS };

	vec_each (struct surround_schema, s, &o->in->surround.schemas) {
		const struct file_change *file =
			change_file(&o->in->change, s->path);
		struct span last = s->path;
		uint32_t said = 0;

		if (!file || !fact_begin(&f, s->path, first_added(file), false))
			continue;
		buf_addf(o->out, "%s ", s->what);
		quote_code(o->out, s->name);
		for (uint32_t i = 0; i < s->words; i++)
			for (uint32_t k = 0; k < s->uses[i]->places; k++) {
				const struct index_place *p =
					&s->uses[i]->place[k];

				if (said++ >= NAMES)
					break;
				buf_adds(o->out,
					 said == 1 ? ", named at " : ", ");
				add_place_in(o->out, last, p->path, p->line);
				last = p->path;
			}
		if (!said)
			buf_adds(o->out, ", named in none of the Rust read");
		fact_end(&f);
	}
	facts_close(&f, "table or message", "tables or messages");
}

/* What the manifests and lock files of a change do. */
static void add_dependencies(struct offline *o)
{
	struct facts manifests = { .o = o, .most = MANIFESTS };
	struct facts locks = { .o = o, .most = LOCKS };

	vec_each (struct file_change, f, &o->in->change.files)
		if (named(f->path, "Cargo.toml") && !f->binary)
			add_manifest(o, &manifests, f);
	facts_close(&manifests, "line of a manifest", "lines of manifests");
	vec_each (struct file_change, f, &o->in->change.files)
		if (named(f->path, "Cargo.lock") && !f->binary)
			add_lock(o, &locks, f);
	facts_close(&locks, "lock file", "lock files");
}

void offline_cargo(struct offline *o)
{
	if (!o->all)
		add_dependencies(o);
	add_schemas(o);
}
