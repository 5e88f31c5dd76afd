/*
 * Two files, parted by a NUL: every value has its place in the tree and a line
 * of its file; a file differs from itself in nothing; rows are sorted, one line
 * each, and with the files swapped the same rows come mirrored.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rust/cargo.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* No recursion: keys and brackets nest deep together. */
static void check_tree(const struct toml_file *f)
{
	const struct toml *v = f->root;
	size_t nodes = 0;

	assert(f->bad_line <= (f->lines ? f->lines : 1));
	assert(f->whole || f->bad);
	for (;;) {
		toml_each (c, v) {
			assert(c->parent == v);
			assert(c->line >= 1 && c->line <= f->lines);
			if (v->type == TOML_TABLE)
				assert(find_toml_key(v, c->key) == c);
			assert(++nodes <= TOML_NODES_MAX);
		}
		if (v->child) {
			v = v->child;
			continue;
		}
		while (v != f->root && !v->next)
			v = v->parent;
		if (v == f->root)
			return;
		v = v->next;
	}
}

static void check_manifest(const struct manifest *m)
{
	size_t i;

	for (i = 0; i < m->facts.len; i++) {
		const struct fact *f = m->facts.ptr + i;

		assert(f->line >= 1 && f->line <= m->lines);
		assert(!i || f[-1].kind <= f->kind);
	}
	for (i = 0; i < m->deps.len; i++) {
		const struct dependency *d = m->deps.ptr + i;
		size_t col;

		assert(d->line >= 1 && d->line <= m->lines);
		for (col = 0; col < DEPENDENCY_COLUMNS; col++)
			assert(d->col[col].line >= 1 &&
			       d->col[col].line <= m->lines);
	}
}

static void check_rows(const struct cargo_changes *ch, unsigned lines)
{
	const struct cargo_change *before = NULL;
	struct buf b = { 0 };

	vec_each (const struct cargo_change, c, &ch->rows) {
		assert(c->line >= 1 && c->line <= lines);
		assert(!before || before->subject <= c->subject);
		assert(c->op != CARGO_ADDED || !c->old.len ||
		       c->subject == SUBJECT_DUPLICATE ||
		       span_eqs(c->old, "no"));
		assert(!c->down || c->level);
		buf_reset(&b);
		cargo_change_write(&b, c);
		assert(b.len && !strpbrk(buf_cstr(&b), "\n\t\r"));
		assert(b.len == strlen(buf_cstr(&b)));
		assert(text_utf8_valid(buf_span(&b)));
		before = c;
	}
	buf_release(&b);
}

static bool mirrored(const struct cargo_change *a, const struct cargo_change *b)
{
	static const enum cargo_op other[] = { CARGO_REMOVED, CARGO_ADDED,
					       CARGO_CHANGED };

	return a->subject == b->subject && a->op == other[b->op] &&
	       a->level == b->level && (!a->level || a->down != b->down) &&
	       span_eq(a->name, b->name) && span_eq(a->item, b->item) &&
	       span_eq(a->old, b->new) && span_eq(a->new, b->old);
}

static void check_mirror(struct arena *a, const struct cargo_changes *ab,
			 const struct cargo_changes *ba)
{
	bool *used = arena_array(a, ba->rows.len, sizeof(bool));
	size_t i;

	assert(ab->rows.len == ba->rows.len);
	if (ab->rows.len > 200)
		return;
	vec_each (const struct cargo_change, c, &ab->rows) {
		for (i = 0; i < ba->rows.len; i++)
			if (!used[i] && mirrored(c, &ba->rows.ptr[i]))
				break;
		assert(i < ba->rows.len);
		used[i] = true;
	}
}

static unsigned greater(unsigned a, unsigned b)
{
	return a > b ? a : b;
}

static void check_manifests(struct arena *a, struct span x, struct span y)
{
	struct cargo_changes ab, ba, aa;
	struct manifest m, n;

	manifest_parse(&m, a, x);
	manifest_parse(&n, a, y);
	check_manifest(&m);
	check_manifest(&n);
	manifest_diff(&ab, a, &m, &n);
	manifest_diff(&ba, a, &n, &m);
	manifest_diff(&aa, a, &m, &m);
	assert(!aa.rows.len);
	check_rows(&ab, greater(m.lines, n.lines));
	check_mirror(a, &ab, &ba);
	manifest_inherit(&m, a, &n);
	check_manifest(&m);
	manifest_diff(&ab, a, &n, &m);
	check_rows(&ab, greater(m.lines, n.lines));
	manifest_member(&n, manifest_value(&m, FACT_NAME));
}

static void check_locks(struct arena *a, struct span x, struct span y)
{
	struct cargo_changes ab, ba, aa;
	struct lock m, n;

	lock_parse(&m, a, x);
	lock_parse(&n, a, y);
	lock_diff(&ab, a, &m, &n);
	lock_diff(&ba, a, &n, &m);
	lock_diff(&aa, a, &m, &m);
	assert(!aa.rows.len);
	check_rows(&ab, greater(m.lines, n.lines));
	check_mirror(a, &ab, &ba);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct span rest = { (const char *)data, size }, x = { 0 };
	struct toml_file f;
	struct arena a = { 0 };

	text_field(&rest, '\0', &x);
	parse_toml(&f, &a, x);
	check_tree(&f);
	check_manifests(&a, x, rest);
	check_locks(&a, x, rest);
	arena_release(&a);
	return 0;
}
